import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';
import { filesThatReach } from './client-graph.ts';

/**
 * The files in which a commit that changes only modules can make something reach a client: those modules, what they import and what
 * imports them. Of the others, all that decides was there before. `undefined`: any file, also where a framework links its files by
 * their names, so that imports do not tell, and where later runs go by what this one finds.
 */
export function focusOf({ settings }: Project, built: BuiltGraph): ReadonlySet<string> | undefined {
  if (built.detection.frameworks.some(({ framework }) => framework.linksByName === true)) return undefined;
  const changed = settings?.isFirstRun === true ? undefined : settings?.changedModules?.();
  if (changed === undefined || [...changed].some((file) => file.endsWith('.vue'))) return undefined;
  return new Set([...filesThatReach(built, changed), ...built.graph.reachableFrom([...changed].map((file) => ({ file }))).files]);
}
