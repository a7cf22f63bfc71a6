import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { GitContext } from './git.ts';

/** Any of these says that objects lie somewhere else than in `.git/objects`, or also there. */
const movedBy = ['GIT_DIR', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY'];

/**
 * What `git add` has just written: a blob of an ordinary commit is a file of its own, deflated behind the line `blob <size>`
 * (gitrepository-layout(5), "objects"). To read it takes half of what a git process does. `undefined`: git has to be asked, which
 * also knows what to say where the file is damaged.
 */
export function readLooseBlob({ cwd, env }: GitContext, id: string, maxBytes: number): Uint8Array | undefined {
  if (movedBy.some((name) => env[name] !== undefined) || !/^[0-9a-f]{40,64}$/.test(id)) return undefined;
  try {
    const object = inflateSync(readFileSync(join(cwd, '.git/objects', id.slice(0, 2), id.slice(2))), { maxOutputLength: maxBytes });
    const start = object.indexOf(0) + 1;
    return object.toString('latin1', 0, start) === `blob ${object.length - start}\0` ? object.subarray(start) : undefined;
  } catch {
    // Packed, larger than that, or damaged.
    return undefined;
  }
}
