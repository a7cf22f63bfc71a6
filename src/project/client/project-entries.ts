import { clientEntries } from './entries.ts';
import type { ClientEntry } from './entry-search.ts';
import { oncePerProject } from '../once-per-project.ts';

/** The client entries of a project as its settings have them, found once. None without a graph. */
export const entriesOf = oncePerProject((project): readonly ClientEntry[] => {
  const { graph: built, source, settings } = project;
  if (!built || !source) return [];
  const { client, server } = settings ?? {};
  return clientEntries(source, built, built.detection, { ...(client ? { client } : {}), ...(server ? { server } : {}) });
});
