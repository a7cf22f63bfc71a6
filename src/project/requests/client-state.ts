import type { ModuleSummary, Use } from '../../syntax/module-summary.ts';
import { instancesOf } from '../instances.ts';
import type { Project } from '../project.ts';
import { calleeName, spanOf, type Frame, type Lazy, type Place, type Resolved } from '../resolved.ts';
import { calleeOf, chainsOf, keyOf, placeOf } from './chain.ts';
import type { Hook, RequestDraft } from './draft.ts';
import { headerOfLine } from './header-line.ts';
import type { CredentialKind } from './request.ts';
import { oncePerModule } from '../once-per-project.ts';

/** Something that is set on a client or on a request after it was made: `api.defaults.withCredentials = true`, `xhr.setRequestHeader(…)`. */
export interface StateChange {
  /** Names since the root; the last one is the property, or the method that is called. */
  readonly path: readonly string[];
  /** The calls that made what it is set on. */
  readonly through: ReadonlySet<string>;
  /** The library itself, for `axios.defaults`. */
  readonly library: string | undefined;
  /** Which parameter of its function it is set on. */
  readonly parameter: number | undefined;
  readonly value: Lazy | undefined;
  /** The arguments, where a method is called. */
  readonly args: readonly Lazy[] | undefined;
  readonly place: Place;
  readonly frame: Frame | undefined;
}

const changing = /^(?:set|setHeader|header|headers|setHeaders|setRequestHeader|append|update|auth|withCredentials|query|send|json|body|form|formData|formUrl|write|end|use|open|url|on|options|ajaxSetup|setCookie|set_cookie|add_header|putheader|jar|setopt|setConfig)$/;

/** Everything that a module sets on clients and requests. */
export const stateChangesOf = oncePerModule((project, module): readonly StateChange[] => instancesOf(project, module).flatMap(({ use, module: owner, frame }) => changesOfUse(project, owner, use, frame)));

function changesOfUse(project: Project, module: ModuleSummary, use: Use, frame: Frame | undefined): StateChange[] {
  const place = { module, at: use.at };
  if (use.kind === 'assign') {
    const property = project.evaluator.head({ module, value: use.property, frame, at: use.at });
    const written = property.kind === 'text'
      ? [{ name: property.text, value: { module, value: use.value, frame, at: use.valueAt } as Lazy, place }]
      : writtenByRound(project, { module, value: { kind: 'object', entries: [{ key: use.property, value: use.value, at: use.at, valueAt: use.valueAt }] }, frame, at: use.at });
    if (written.length === 0) return [];
    const object = project.evaluator.head({ module, value: use.object, frame, at: use.at });
    return chainsOf(project, object).flatMap((chain) => written.map(({ name, value, place: at }) => ({ ...changeOf(chain.root, chain.through, [...chain.path, name]), value, args: undefined, place: at, frame })));
  }
  if (use.kind !== 'call' || use.isNew || !mayChange(use)) return [];
  const args = use.args.map((item): Lazy => ({ module, value: item.value, frame, at: item.at, ...(item.spread ? { spread: true as const } : {}) }));
  return chainsOf(project, calleeOf(project, { module, value: use.callee, frame, at: use.at }))
    .map((chain) => ({ ...changeOf(chain.root, chain.through, chain.path), value: undefined, args, place, frame }));
}

/** `defaults.headers.common[name] = value` in a loop: each name with its value. */
function writtenByRound(project: Project, written: Lazy): { readonly name: string; readonly value: Lazy; readonly place: Place }[] {
  return project.evaluator.entries(project.evaluator.head(written)).entries.flatMap(({ key, value, place }) => {
    const name = key && project.evaluator.text(key);
    return name === undefined ? [] : [{ name, value, place }];
  });
}

/** Looked at before the callee is resolved, since most calls change nothing. */
function mayChange(use: Extract<Use, { kind: 'call' }>): boolean {
  const { callee } = use;
  if (callee.kind === 'member') return callee.property.kind !== 'text' || changing.test(callee.property.text);
  return callee.kind === 'global' && changing.test(callee.path.split('.').at(-1) ?? '');
}

function changeOf(root: Resolved, through: readonly Place[], path: readonly string[]): Pick<StateChange, 'path' | 'through' | 'library' | 'parameter'> {
  const library = root.kind === 'outside' ? root.specifier : root.kind === 'global' ? path[0] : undefined;
  return { path: root.kind === 'global' ? path.slice(1) : path, through: new Set(through.map(keyOf)), library, parameter: root.kind === 'parameter' ? root.index : undefined };
}

/** Adds a change to what is known of a request. */
export function applyChange(project: Project, draft: RequestDraft, change: StateChange): void {
  const { path, value, args, place } = change;
  if (value) return draft.take(path, value, place, false);
  const method = path.at(-1);
  const target = path.slice(0, -1);
  const [first, second] = args ?? [];
  switch (method) {
    case 'set':
    case 'setHeader':
    case 'header':
    case 'headers':
    case 'setHeaders':
    case 'setRequestHeader':
    case 'append':
    case 'add_header':
    case 'putheader':
    case 'update':
      return setOn(project, draft, target, first, second, place);
    case 'auth':
      return authorise(project, draft, args ?? [], place);
    case 'withCredentials':
      return draft.add({ kind: 'with-credentials', name: 'withCredentials', value: undefined, place, isProperty: false, confidence: 'certain' });
    case 'query':
      if (first) draft.takeFields(draft.query, first, place);
      return;
    case 'send':
    case 'json':
    case 'body':
    case 'form':
    case 'formData':
    case 'formUrl':
    case 'write':
    case 'end':
      if (first) draft.takeFields(draft.body, first, place);
      return;
    case 'open':
      if (first) draft.take(['method'], first, place, false);
      if (second) draft.urls.push(second);
      return;
    case 'url':
      if (first) draft.urls.push(first);
      return;
    case 'options':
    case 'ajaxSetup':
    case 'setConfig':
      if (first) draft.takeOptions(first);
      return;
    case 'setopt':
      if (first && second) setCurlOption(project, draft, first, second, place);
      return;
    case 'on':
      if (first && second && project.evaluator.text(first) === 'proxyReq') applyHook(project, draft, { fn: second, takes: 'options' });
      return;
    case 'use':
      if (!first) return;
      if (target.join('.') === 'interceptors.request') applyHook(project, draft, { fn: first, takes: 'options' });
      // A middleware of openapi-fetch: `{ onRequest({ request }) { … } }`.
      else if (target.length === 0 && project.evaluator.head(first).kind === 'object') draft.takeOptions(first);
  }
}

function setOn(project: Project, draft: RequestDraft, target: readonly string[], first: Lazy | undefined, second: Lazy | undefined, place: Place): void {
  const owner = target.at(-1);
  if (!first) return;
  if (owner === 'cookies') return draft.take(['cookies'], second ?? first, place, false);
  if (owner === 'searchParams') {
    if (second) draft.query.push({ name: project.evaluator.text(first), value: second, place });
    return;
  }
  if (!second) return draft.takeHeaders(first);
  const name = project.evaluator.text(first);
  if (name !== undefined) return draft.setHeader(name, second, place, false);
  // `for (const [name, value] of Object.entries(given)) request.setHeader(name, value)`
  const entry = { key: first.value, value: second.value, at: place.at, valueAt: second.at ?? place.at };
  draft.takeHeaders({ module: first.module, value: { kind: 'object', entries: [entry] }, frame: first.frame, at: place.at });
}

/** Source: pycurl.io, the options of libcurl without their prefix. */
function setCurlOption(project: Project, draft: RequestDraft, option: Lazy, value: Lazy, place: Place): void {
  const add = (kind: CredentialKind, name: string): void => draft.add({ kind, name, value: project.evaluator.head(value), place, isProperty: false, confidence: 'certain' });
  const name = calleeName(project.evaluator.head(option));
  switch (name) {
    case 'URL':
      return void draft.urls.push(value);
    case 'CUSTOMREQUEST':
      return draft.take(['method'], value, place, false);
    case 'POSTFIELDS':
      return draft.takeFields(draft.body, value, place);
    case 'COOKIE':
    case 'COOKIEFILE':
      return add('cookie', name);
    case 'COOKIEJAR':
      return add('cookie-jar', name);
    case 'USERPWD':
      return add('basic', name);
    case 'XOAUTH2_BEARER':
      return add('bearer', name);
    case 'HTTPHEADER':
      return takeHeaderLines(project, draft, value, place);
  }
}

function takeHeaderLines(project: Project, draft: RequestDraft, lines: Lazy, place: Place): void {
  const list = project.evaluator.head(lines);
  for (const line of list.kind === 'array' ? list.items : []) {
    const header = headerOfLine(project, line);
    if (header) draft.setHeader(header.name, header.value, line.at ? placeOf(line) : place, false);
  }
}

/** `.auth(token, { type: "bearer" })` and `.auth(user, password)` of superagent, `.auth("Bearer …")` of wretch, `.auth(null, null, true, token)` of request. */
function authorise(project: Project, draft: RequestDraft, [first, second, , token]: readonly Lazy[], place: Place): void {
  if (token) return draft.add({ kind: 'bearer', name: 'auth', value: project.evaluator.head(token), place, isProperty: false, confidence: 'certain' });
  if (!first) return;
  const value = project.evaluator.head(first);
  if (!second) return draft.setHeader('authorization', first, place, false);
  const type = project.evaluator.property(project.evaluator.head(second), 'type');
  const isBearer = type.kind === 'text' && type.text === 'bearer';
  draft.add({ kind: isBearer ? 'bearer' : 'basic', name: 'auth', value, place, isProperty: false, confidence: 'certain' });
}

/** What a hook does to the request that it is given: property writes, header setters, and what it returns. */
export function applyHook(project: Project, draft: RequestDraft, { fn: hook, takes }: Hook): void {
  const fn = project.evaluator.head(hook);
  if (fn.kind !== 'function') return;
  const { module, frame } = fn;
  const summary = module.functions[fn.fn];
  for (const use of module.uses) {
    if (use.fn !== fn.fn) continue;
    for (const change of changesOfUse(project, module, use, frame)) if (isOnRequest(change, takes)) applyChange(project, draft, { ...change, path: [...pathTo(takes, change.parameter), ...change.path] });
  }
  for (const value of summary?.returns ?? []) takeReturned(project, draft, { module, value, frame, at: spanOf(value) }, takes);
}

/** What a hook is given besides is the answer, or the request of whoever asks. */
function isOnRequest({ library, through, parameter }: StateChange, takes: Hook['takes']): boolean {
  return library === undefined && through.size === 0 && (takes !== 'options' || parameter === undefined || parameter === 0);
}

/** The option of a request that a parameter of a hook stands for. */
function pathTo(takes: Hook['takes'], parameter: number | undefined): readonly string[] {
  if (takes === 'headers') return ['headers'];
  return takes === 'body and headers' && parameter === 1 ? ['headers'] : [];
}

function takeReturned(project: Project, draft: RequestDraft, returned: Lazy, takes: Hook['takes']): void {
  const value = project.evaluator.head(returned);
  const place = placeOf(returned);
  if (value.kind === 'object') {
    if (takes === 'options') draft.takeOptions(returned);
    else draft.take([takes === 'headers' ? 'headers' : 'body'], returned, place, false);
  }
  // `new Request(request, { headers })`: the address is the one that the hook was given.
  if (value.kind === 'call' && value.isNew && calleeName(value.callee) === 'Request' && value.args[1]) draft.takeOptions(value.args[1]);
}
