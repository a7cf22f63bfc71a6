import type { DiskPlace } from '../sources/source.ts';
import { SharedFiles, startThread } from '../sources/two-threads.ts';
import type { OwnNames } from './candidate-search.ts';

/** What the second thread is given (search-thread.ts). */
export interface SearchTask {
  readonly memory: SharedArrayBuffer;
  readonly root: string;
  /** Absolute paths, with NUL between them; an empty one is not looked at. */
  readonly files: string;
  readonly own: OwnNames;
}

/**
 * Has a second thread search files from the last one back. Gives a function that tells, asked for the files in order, which of them
 * were read whole, say nothing of Hilt and leave nothing to tell; all others are for the caller. `undefined` where there is no second thread.
 */
export function startSecondSearch(entries: readonly DiskPlace[], root: string, own: OwnNames): ((path: string) => boolean) | undefined {
  const shared = new SharedFiles(entries.length);
  // A name that is not UTF-8 is left to the first thread.
  const files = entries.map(({ absolute }) => (typeof absolute === 'string' ? absolute : '')).join('\0');
  const task: SearchTask = { memory: shared.memory, root, files, own: { names: own.names, hosts: own.hosts } };
  if (!startThread(new URL('./search-thread.js', import.meta.url), task)) return undefined;
  let at = 0;
  return (path) => {
    while (at < entries.length && entries[at]?.path !== path) at++;
    return at < entries.length && shared.isMarked(at);
  };
}
