import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import type { Place } from '../resolved.ts';
import { keyOf } from './chain.ts';
import { requestsOf } from './find-requests.ts';
import type { Request } from './request.ts';
import { dependsOnParameter } from './url.ts';

/**
 * The requests in which code of `module` may have a part: its own, and those of the modules that call into it.
 * A wrapper without its arguments is left out where a caller in view gives them.
 */
export function requestsAround(project: Project, module: ModuleSummary): Request[] {
  const all = modulesAround(project, module).flatMap((each) => requestsOf(project, each));
  const filled = new Set(all.filter((request) => !isWaiting(request)).map((request) => keyOf(request.place)));
  return all.filter((request) => !isWaiting(request) || !filled.has(keyOf(request.place)));
}

function isWaiting({ url, credentials }: Request): boolean {
  return url.isOpen || credentials.some(({ value }) => value !== undefined && dependsOnParameter(value));
}

function modulesAround(project: Project, module: ModuleSummary): readonly ModuleSummary[] {
  if (module.exports.length === 0) return [module];
  const others = project.dependents?.(module) ?? [...project.modules.values()];
  return [...new Set([module, ...others.filter((each) => each.imports.length > 0)])];
}

/**
 * Where in `module` a finding about something at `place` stands: there, or, where that is in a file that never mentions Hilt and so
 * is not reported on, at the innermost call that leads to it from one that does. `undefined`: not in this module.
 */
export function spanIn(module: ModuleSummary, place: Place, request: Request): Span | undefined {
  const reported = [place, request.place, ...request.calls.toReversed()].find(({ module: owner }) => owner.mentions.hilt || owner.mentions.key);
  return reported?.module === module ? reported.at : undefined;
}

/** One step of a trace: the calls of wrappers, then the request. */
export interface RequestStep { readonly file: string; readonly at: Span; readonly message: string }

export function stepsTo(request: Request): RequestStep[] {
  const calls = request.calls.map(({ module, at }) => ({ file: module.file, at, message: 'calls a function that makes the request' }));
  return [...calls, { file: request.place.module.file, at: request.place.at, message: request.label }];
}
