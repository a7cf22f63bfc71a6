import type { Project } from '../project.ts';
import { detectFrameworks } from '../frameworks/detect.ts';
import { bundleExposures } from './bundle-exposures.ts';
import { clientEntries } from './entries.ts';
import type { Exposure } from './exposure.ts';

const cache = new WeakMap<Project, ReadonlyMap<string, readonly Exposure[]>>();

/** Every key that reaches a client, by the file of its origin. Computed once a project, and only where something of Hilt was found. */
export function exposuresOf(project: Project): ReadonlyMap<string, readonly Exposure[]> {
  const known = cache.get(project);
  if (known) return known;
  const byFile = new Map<string, Exposure[]>();
  for (const exposure of findExposures(project)) {
    const list = byFile.get(exposure.file);
    if (list) list.push(exposure);
    else byFile.set(exposure.file, [exposure]);
  }
  cache.set(project, byFile);
  return byFile;
}

function findExposures(project: Project): Exposure[] {
  const { graph: built, source } = project;
  if (!built || !source) return [];
  const detection = detectFrameworks(source, built.manifests, built.workspace);
  return bundleExposures(project, built, clientEntries(source, built, detection));
}
