import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathOf } from './list-files.ts';
import { once } from './once.ts';
import { noteLfsPointer, tellTooLarge } from './read-file.ts';
import type { Source, SourceFile } from './source.ts';
import { displayPath, followedIn, openOnDisk, openTree } from './working-tree.ts';

export interface StdinOptions {
  readonly cwd: string;
  /** Where the text would stand, relative to `cwd`; it need not exist. */
  readonly filename: string;
  readonly bytes: Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  /** Bytes above which the text is not looked at. Default: 100 MiB. */
  readonly maxFileSize?: number;
}

/** One file from memory, in the place of the working tree's file of that name; all else is the working tree. */
export function openStdin(options: StdinOptions): Source {
  const tree = openTree(options);
  const { reading } = tree;
  const others = followedIn(tree);
  const path = displayPath(reading.root, realPlace(resolve(tree.found.cwd, options.filename)));
  const isTooLarge = options.bytes.length > reading.maxFileSize;
  const file: SourceFile = {
    path,
    read: () => (isTooLarge ? undefined : noteLfsPointer(path, options.bytes, reading.notices)),
    contains: (search) => (isTooLarge ? (tellTooLarge(path, reading), false) : search(options.bytes)),
  };
  return {
    root: reading.root,
    notices: reading.notices.all,
    files: () => [file],
    overlaid: new Set([path]),
    open: (other) => (other === path ? file : openOnDisk(other, others)),
    paths: once(() => new Set([...tree.list().map(pathOf), path])),
  };
}

/** The path with the links above it resolved, as far as its folder exists. */
function realPlace(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    // An editor may name a file in a folder that is not there yet.
    return path;
  }
}
