import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gitFolder } from './cache-file.ts';
import { replaceFile } from './replace-file.ts';

/** Where a file of ours is kept between commits: in git's own folder, which no repository can bring with it. `undefined` where there is none. */
export function keptFile(root: string, name: string): string | undefined {
  const folder = gitFolder(root);
  return folder === undefined ? undefined : join(folder, 'hilt-guard', name);
}

/** A place that cannot be written only costs time. */
export function replaceKept(file: string, content: string | Uint8Array): void {
  try {
    replaceFile(file, content);
  } catch {
    // The next run works it out again.
  }
}

/** Also where nobody may: then nothing of it is used, for it is not what it should be, or it is written anew. */
export function removeKept(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Nothing was written, or nothing may be removed.
  }
}
