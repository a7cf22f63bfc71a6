import type { Project } from '../project.ts';
import { clientEntries } from './entries.ts';
import type { ClientEntry } from './entry-search.ts';

const cache = new WeakMap<Project, readonly ClientEntry[]>();

/** The client entries of a project as its settings have them, found once. None without a graph. */
export function entriesOf(project: Project): readonly ClientEntry[] {
  const known = cache.get(project);
  if (known) return known;
  const { graph: built, source, settings } = project;
  if (!built || !source) return [];
  const { client, server } = settings ?? {};
  const entries = clientEntries(source, built, built.detection, { ...(client ? { client } : {}), ...(server ? { server } : {}) });
  cache.set(project, entries);
  return entries;
}
