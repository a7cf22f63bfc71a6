import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GitContext } from './git.ts';

/** Any of these says that the index is not at `.git/index`, but for `GIT_INDEX_FILE`, which names it. */
const movedBy = ['GIT_DIR', 'GIT_COMMON_DIR', 'GIT_WORK_TREE'];

/** Entries that are gone through for one name; a folder may hold any number. */
const maxEntries = 2_000;
/** Names that are searched for, each of them once through the whole index at worst. */
const maxStems = 24;

const headerLength = 12;
/** Before the name of an entry: what `lstat` gave with the mode in it, the id, and flags (gitformat-index(5)). */
const modeAt = -36;
const idAt = -22;
const flagsAt = -2;
const entryStart = -62;
const idLength = 20;

/**
 * The ids of those of `paths` that the index holds, read from its file in less time than git needs to start. `undefined` where git has
 * to be asked: the index is kept elsewhere, in another format or in parts, holds something else than plain files there, or would take too long.
 */
export function idsInIndex({ cwd, env }: GitContext, paths: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (movedBy.some((name) => env[name] !== undefined)) return undefined;
  const index = read(resolve(cwd, env['GIT_INDEX_FILE'] ?? '.git/index'));
  if (!index || !isPlain(index)) return undefined;
  const wanted = new Set(paths);
  const stems = stemsOf(paths);
  if (stems.length > maxStems) return undefined;
  const found = new Map<string, string>();
  for (const stem of stems) if (!findEntries(index, stem, wanted, found)) return undefined;
  return found;
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // There is none, or `.git` is a file that names another folder.
    return undefined;
  }
}

/** Version 2, with ids of 20 bytes, not split into two files and without folders in the place of their files. */
function isPlain(index: Buffer): boolean {
  if (index.length < headerLength || index.toString('latin1', 0, 4) !== 'DIRC' || index.readUInt32BE(4) !== 2) return false;
  if (index.includes('link\0', headerLength, 'latin1') || index.includes('sdir\0', headerLength, 'latin1')) return false;
  return index.readUInt32BE(8) === 0 || beginsEntry(index, headerLength - entryStart);
}

/** The shortest beginnings that every path has one of: `src/a` for `src/a.ts`, `src/a.tsx` and `src/a/index.ts`. Entries are sorted, so what begins alike is together. */
function stemsOf(paths: readonly string[]): string[] {
  const stems: string[] = [];
  for (const stem of [...new Set(paths.map((path) => path.replace(/(?<=[^/])\.[^/.]*$/, '')))].sort((a, b) => a.length - b.length)) {
    if (!stems.some((shorter) => stem.startsWith(shorter))) stems.push(stem);
  }
  return stems;
}

/** Adds what begins with `stem` and is wanted; `false` where git has to be asked. */
function findEntries(index: Buffer, stem: string, wanted: ReadonlySet<string>, found: Map<string, string>): boolean {
  const bytes = Buffer.from(stem);
  let name = index.indexOf(bytes, headerLength - entryStart);
  while (name >= 0 && !beginsEntry(index, name)) name = index.indexOf(bytes, name + 1);
  for (let count = 0; name >= 0 && beginsEntry(index, name) && index.compare(bytes, 0, bytes.length, name, Math.min(name + bytes.length, index.length)) === 0; count++) {
    if (count >= maxEntries) return false;
    const end = index.indexOf(0, name);
    const path = index.toString('utf8', name, end);
    if (wanted.has(path)) {
      if (index.readUInt16BE(name + modeAt) >> 12 !== 8) return false;
      found.set(path, index.toString('hex', name + idAt, name + idAt + idLength));
    }
    name = nextName(name, end);
  }
  return true;
}

/** Whether a name begins here: its length stands before it, and entries are aligned. Stages of a merge count as no entry. */
function beginsEntry(index: Buffer, name: number): boolean {
  if ((name + entryStart - headerLength) % 8 !== 0 || name > index.length - idLength) return false;
  const flags = index.readUInt16BE(name + flagsAt);
  const length = index.indexOf(0, name) - name;
  return (flags & 0x3000) === 0 && (flags & 0xfff) === Math.min(length, 0xfff);
}

/** Entries end with one to eight NULs, so that the next is aligned. */
function nextName(name: number, end: number): number {
  const start = name + entryStart;
  return start + ((end - start + 8) & ~7) - entryStart;
}
