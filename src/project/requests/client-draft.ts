import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import type { Place } from '../resolved.ts';
import { takeFromLinks } from './apollo-links.ts';
import { browserStateOf } from './browser-state.ts';
import { keyOf } from './chain.ts';
import { applyChange, applyHook, stateChangesOf, type StateChange } from './client-state.ts';
import type { RequestDraft } from './draft.ts';
import type { Client } from './find-clients.ts';

/** Who asks about a client: the module that is looked at, and where in which module the client is used. */
interface Asking { readonly asked: ModuleSummary; readonly place: Place }

/** Takes what a client gives to each of its requests: what its makers were given, what was set on it since, and what its hooks do. */
export function fillFromClient(project: Project, draft: RequestDraft, client: Client, { asked, place }: Asking): void {
  draft.bases.push(...client.bases);
  draft.host = client.host;
  for (const options of client.options) draft.takeOptions(options);
  if (client.cookies === 'always') {
    draft.add({ kind: 'cookie-jar', name: client.family.id === 'supertest' ? 'agent' : 'cookie jar', value: undefined, place: client.madeBy.at(-1) ?? place, isProperty: false, confidence: 'certain' });
  }
  const made = new Set(client.madeBy.map(keyOf));
  for (const change of clientChanges(project, client, made, [asked, place.module])) applyChange(project, draft, change);
  if (client.family.id === 'apollo') takeFromLinks(project, draft, client, ownersOf(project, client, [asked, place.module]));
  browserStateOf(project, place.module, client.family.id).fill(draft);
  runHooks(project, draft);
}

export function runHooks(project: Project, draft: RequestDraft): void {
  for (const hook of draft.hooks.splice(0)) applyHook(project, draft, hook);
}

/** What was set on the instance in its own module, in the asked one, and in modules that import it; for a library, in modules in view. */
function clientChanges(project: Project, client: Client, made: ReadonlySet<string>, asking: readonly ModuleSummary[]): StateChange[] {
  const owners = ownersOf(project, client, asking);
  for (const module of made.size === 0 ? [...owners] : []) for (const edge of module.imports) addImported(project, module, edge.specifier, owners);
  return [...owners].flatMap((module) => stateChangesOf(project, module)).filter((change) => {
    const isOfAll = change.library !== undefined && isOfLibrary(client, change.library);
    if (made.size === 0) return isOfAll && (change.path[0] === 'ajaxSetup' || (change.path.length > 1 && (change.path[0] === 'defaults' || change.path[0] === 'interceptors')));
    // An instance of axios begins with the library's defaults.
    if (isOfAll) return client.family.id === 'axios' && change.path.length > 1 && change.path[0] === 'defaults';
    if (client.family.isImmutable && !made.has(keyOf(change.place))) return false;
    return change.path[0] !== 'open' && [...change.through].some((key) => made.has(key)) && isOnInstance(change, made);
  });
}

/** The modules that may change an instance, or put it together with others. */
function ownersOf(project: Project, client: Client, asking: readonly ModuleSummary[]): Set<ModuleSummary> {
  const owners = new Set([...client.madeBy.map((place) => place.module), ...asking]);
  if (/^(?:axios|apollo|hey-api)$/.test(client.family.id)) for (const place of client.madeBy) for (const module of importersOf(project, place.module)) owners.add(module);
  return owners;
}

/** A change on the instance itself, not on a request that was made by it. */
function isOnInstance(change: StateChange, made: ReadonlySet<string>): boolean {
  return [...change.through].every((key) => made.has(key));
}

function importersOf(project: Project, module: ModuleSummary): readonly ModuleSummary[] {
  return project.dependents?.(module) ?? [...project.modules.values()];
}

function addImported(project: Project, module: ModuleSummary, specifier: string, owners: Set<ModuleSummary>): void {
  const target = specifier.startsWith('.') || specifier.startsWith('@/') || specifier.startsWith('~') ? project.resolve(module, specifier) : undefined;
  if (target) owners.add(target);
}

function isOfLibrary({ family }: Client, library: string): boolean {
  return family.packages.includes(library) || (family.globals ?? []).includes(library);
}
