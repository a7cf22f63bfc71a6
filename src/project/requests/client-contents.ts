import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import type { Lazy, Place, Resolved } from '../resolved.ts';
import { calleeOf, chainsOf, type Chain } from './chain.ts';
import { fillFromClient } from './client-draft.ts';
import { RequestDraft } from './draft.ts';
import { clientOfChain, type Client } from './find-clients.ts';
import { oncePerModule } from '../once-per-project.ts';

/**
 * What an HTTP client, or what its hooks are given, shows of the headers that it sends: `api.defaults.headers`, `session.headers`,
 * the `config` of an interceptor.
 */
export function shownByClient(project: Project, value: Resolved): readonly Resolved[] {
  const [chain] = mayShow(value) ? chainsOf(project, value) : [];
  if (!chain) return [];
  const shown = chain.root.kind === 'parameter' ? ofHook(project, chain, chain.root) : ofClient(project, chain, placeOf(value));
  return shown ? headersOfClient(project, shown, shown.headers) : [];
}

/** The headers that a client sends: `all` of them, or those of a name. */
export function headersOfClient(project: Project, { client, place }: { readonly client: Client; readonly place: Place }, names: string): readonly Resolved[] {
  const draft = new RequestDraft(project);
  fillFromClient(project, draft, client, { asked: place.module, place });
  return [...draft.headers.values()].filter(({ name }) => names === 'all' || names === name).map((header) => project.evaluator.head(header.value));
}

interface Shown { readonly client: Client; readonly headers: string; readonly place: Place }

/** Looked at before chains are, since hardly any value is a client. */
function mayShow(value: Resolved): boolean {
  switch (value.kind) {
    case 'parameter':
    case 'call':
      return true;
    case 'member':
      return /(?:^|\.)(?:defaults|headers|options|config|request)(?:\.|$)/.test(namesOf(value).join('.'));
    case 'outside':
      return /\.defaults(?:\.|$)/.test(value.name);
    case 'object':
      return value.place !== undefined;
    default:
      return false;
  }
}

function namesOf(value: Resolved): string[] {
  if (value.kind !== 'member') return [];
  return [...namesOf(value.object), value.property.kind === 'text' ? value.property.text : ''];
}

function placeOf(value: Resolved): Place | undefined {
  return 'place' in value ? value.place : undefined;
}

function ofClient(project: Project, chain: Chain, place: Place | undefined): Shown | undefined {
  const from = chain.root.kind === 'call' ? chain.root.place : place;
  const found = from && clientOfChain(project, from.module, chain);
  if (!from || !found || found.client.family.state === undefined) return undefined;
  const { client, name } = found;
  const { state = '', isOpen } = client.family;
  if (name === '') return isOpen && client.madeBy.length > 0 ? { client, headers: 'all', place: from } : undefined;
  if (state !== '' && `${state}.`.startsWith(`${name}.`)) return { client, headers: 'all', place: from };
  const inner = state === '' ? name : name.startsWith(`${state}.`) ? name.slice(state.length + 1) : undefined;
  const headers = inner === undefined ? undefined : headersAt(inner);
  return headers === undefined ? undefined : { client, headers, place: from };
}

/** `headers`, `headers.common`, `headers.common.X-Hilt-Key`: which headers stand there. */
export function headersAt(path: string): string | undefined {
  const match = /^headers(?:\.(?:common|get|post|put|patch|delete|head))?(?:\.(.+))?$/.exec(path);
  return match ? (match[1]?.toLowerCase() ?? 'all') : undefined;
}

function ofHook(project: Project, { path }: Chain, { module, fn }: Extract<Resolved, { kind: 'parameter' }>): Shown | undefined {
  const { client, isAnswer = false } = hookOwners(project, module).get(fn) ?? {};
  const place = client?.madeBy.at(-1);
  const names = isAnswer && path[0] === 'response' ? path.slice(1) : path;
  // An answer, and an error, hold the headers of their request in its `config` alone.
  if (!client || !place || (isAnswer && names[0] !== 'config')) return undefined;
  const inner = names.filter((name, index) => index > 0 || !/^(?:options|config)$/.test(name)).join('.');
  const headers = inner === '' ? 'all' : headersAt(inner);
  return headers === undefined ? undefined : { client, headers, place };
}

/** The client that calls a function with its answers, or with its errors, where the value is what it gives to it. */
export function answerHookClient(project: Project, { module, fn, index }: Extract<Resolved, { kind: 'parameter' }>): { readonly client: Client; readonly place: Place } | undefined {
  const owner = hookOwners(project, module).get(fn);
  const place = owner?.client.madeBy.at(-1);
  return owner?.isAnswer && place && index === 0 ? { client: owner.client, place } : undefined;
}

interface Owner { readonly client: Client; readonly isAnswer?: true }

/** The functions of a module that a client calls before it sends, or with what it is answered, each with its client. */
const hookOwners = oncePerModule((project, module): ReadonlyMap<number, Owner> => {
  const owners = new Map<number, Owner>();
  for (const use of module.uses) if (use.kind === 'call') addOwners(project, module, use, owners);
  return owners;
}, { meanwhile: (): ReadonlyMap<number, Owner> => new Map() });

function addOwners(project: Project, module: ModuleSummary, use: CallUse, owners: Map<number, Owner>): void {
  const callee = calleeOf(project, { module, value: use.callee, frame: undefined, at: use.at });
  const args = use.args.map((item): Lazy => ({ module, value: item.value, frame: undefined, at: item.at }));
  const add = (owner: Owner, hook: Lazy): void => {
    const fn = project.evaluator.head(hook);
    if (fn.kind === 'function' && fn.module === module) owners.set(fn.fn, owner);
  };
  // `api.interceptors.request.use((config) => …)`, `api.interceptors.response.use((response) => …, (error) => …)`
  const [chain] = chainsOf(project, callee);
  const hooked = chain && /^interceptors\.(request|response)\.use$/.exec(chain.path.slice(-3).join('.'))?.[1];
  if (chain && hooked !== undefined) {
    const found = clientOfChain(project, module, { ...chain, path: chain.path.slice(0, -3) });
    if (!found) return;
    for (const hook of hooked === 'response' ? args.slice(0, 2) : args.slice(0, 1)) add({ client: found.client, ...(hooked === 'response' ? { isAnswer: true } : {}) }, hook);
    return;
  }
  const made = clientOfChain(project, module, { root: { kind: 'call', callee, args, isNew: use.isNew, place: { module, at: use.at } }, path: [], through: [] });
  if (!made || made.client.options.length === 0) return;
  const draft = new RequestDraft(project);
  for (const options of made.client.options) draft.takeOptions(options);
  for (const { fn } of draft.hooks) add({ client: made.client }, fn);
}
