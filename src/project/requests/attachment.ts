import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import type { Lazy, Place, Resolved } from '../resolved.ts';
import { findCallers } from './callers.ts';
import { keyOf } from './chain.ts';
import { requestsOf } from './find-requests.ts';
import type { Request } from './request.ts';
import { isWaiting } from './waiting.ts';
import { oncePerProject } from '../once-per-project.ts';
import { addTo } from '../../syntax/group-by.ts';

/**
 * The requests in which code of `module` may have a part: its own, and those of the modules that call into it.
 * A wrapper without its arguments is left out where a caller in view gives them.
 */
export function requestsAround(project: Project, module: ModuleSummary): readonly Request[] {
  // An editor asks about one file and knows who imports it; a scan asks about all of them.
  if (project.dependents) return withoutFilled(modulesAround(project, module).flatMap((each) => requestsOf(project, each)));
  return requestsByModule(project).get(module) ?? [];
}

/** Every request of the project, by each module that has a part in it. */
const requestsByModule = oncePerProject((project): ReadonlyMap<ModuleSummary, readonly Request[]> => {
  const byModule = new Map<ModuleSummary, Request[]>();
  // Their callers are modules of the project from here on. A commit is judged by what stands in the modules that it changes.
  const changed = project.settings?.changedModules?.();
  findCallers(project, [...project.modules.values()].filter(({ file }) => changed?.has(file) !== false));
  for (const request of withoutFilled([...project.modules.values()].flatMap((each) => requestsOf(project, each)))) {
    for (const module of modulesOf(request)) addTo(byModule, module, request);
  }
  return byModule;
});

function modulesOf(request: Request): Set<ModuleSummary> {
  const parts = [...request.headers, ...request.credentials, ...request.query, ...request.body];
  const places = [request.place, ...request.calls, ...request.url.values.flatMap(({ place }) => place ?? []), ...parts.flatMap((part) => [part.place, ...('value' in part && part.value ? placesOf(part.value) : [])])];
  return new Set(places.map((place) => place.module));
}

function placesOf(value: Resolved | Lazy): Place[] {
  if ('frame' in value && !('kind' in value)) return [{ module: value.module, at: value.at ?? [0, 0] }];
  const resolved = value as Resolved;
  if (resolved.kind === 'choice') return resolved.options.flatMap(placesOf);
  if (resolved.kind === 'concat') return resolved.parts.flatMap(placesOf);
  return 'place' in resolved && resolved.place ? [resolved.place] : [];
}

function withoutFilled(all: readonly Request[]): Request[] {
  const filled = new Set(all.filter((request) => !isWaiting(request) || request.isOfInstance).map((request) => keyOf(request.place)));
  const used = new Set(all.flatMap((request) => (request.isSetUp ? [] : (request.madeBy ?? []).map(keyOf))));
  return all.filter((request) => (request.isSetUp ? !used.has(keyOf(request.place)) : !isWaiting(request) || request.isOfInstance || !filled.has(keyOf(request.place))));
}

function modulesAround(project: Project, module: ModuleSummary): readonly ModuleSummary[] {
  if (module.exports.length === 0) return [module];
  const others = [...(project.dependents?.(module) ?? project.modules.values()), ...findCallers(project, [module])];
  return [...new Set([module, ...others.filter((each) => each.imports.length > 0)])];
}

/**
 * Where in `module` a finding about something at `place` stands: there, or, where that is in a file that is not reported on, at the
 * innermost call that leads to it from one that is. `undefined`: not in this module.
 */
export function spanIn(module: ModuleSummary, place: Place, request: Request): Span | undefined {
  const reported = [place, request.place, ...request.calls.toReversed()].find(({ module: owner }) => isReportedOn(owner, request));
  return reported?.module === module ? reported.at : undefined;
}

/** A file that mentions Hilt, or uses one that does for the request: calls its wrapper, or a client that it made. */
function isReportedOn(module: ModuleSummary, { calls, place }: Request): boolean {
  if (isMention(module) || (calls.length === 0 && place.module === module)) return true;
  const first = calls.findIndex((call) => call.module === module);
  return first >= 0 && [...calls.slice(first + 1), place].some((step) => isMention(step.module));
}

function isMention({ mentions }: ModuleSummary): boolean {
  return mentions.hilt || mentions.key;
}

/** One step of a trace: the calls of wrappers, then the request. */
export interface RequestStep { readonly file: string; readonly at: Span; readonly message: string }

export function stepsTo(request: Request): RequestStep[] {
  const calls = request.calls.map(({ module, at }) => ({ file: module.file, at, message: 'calls a function that makes the request' }));
  return [...calls, { file: request.place.module.file, at: request.place.at, message: request.label }];
}
