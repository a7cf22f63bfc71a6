import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitFolder } from './cache-file.ts';

/** Where a file of ours is kept between commits: in git's own folder, which no repository can bring with it. `undefined` where there is none. */
export function keptFile(root: string, name: string): string | undefined {
  const folder = gitFolder(root);
  return folder === undefined ? undefined : join(folder, 'hilt-guard', name);
}

/** Moved into place at once, so that no other run sees half of it. A place that cannot be written only costs time. */
export function replaceKept(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, content, { mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    removeKept(temporary);
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
