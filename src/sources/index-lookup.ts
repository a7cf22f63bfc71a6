import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GitContext } from './git.ts';
import { areHarmlessExtensions, endOfName, flagsAt, headerLength, idAt, idLength, modeAt, nameAt, nameBits, paddedLength, stageBits } from './index-layout.ts';

/** Any of these says that the index is not at `.git/index`, but for `GIT_INDEX_FILE`, which names it. */
const movedBy = ['GIT_DIR', 'GIT_COMMON_DIR', 'GIT_WORK_TREE'];

/** Entries that are gone through for one name; a folder may hold any number. */
const maxEntries = 2_000;

const regularFile = 0o10;
/** What git writes for a file, one that may be run, a symlink and a repository of its own. */
const modes = new Set([0o100644, 0o100755, 0o120000, 0o160000]);
/** Bytes that are searched in less time than it takes to halve them. */
const quicklySearched = 16 * 1024;
/** Names are searched for further back than this only where they are as long. */
const maxEntryLength = 4_096;

/**
 * The ids of those of `paths` that the index holds, read from its file in less time than git needs to start. `undefined` where git has
 * to be asked: the index is kept elsewhere, in another format or in parts, holds something else than plain files there, or would take too long.
 */
export function idsInIndex({ cwd, env }: GitContext, paths: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (movedBy.some((name) => env[name] !== undefined)) return undefined;
  const index = read(resolve(cwd, env['GIT_INDEX_FILE'] ?? '.git/index'));
  const end = index && endOfEntries(index);
  if (!index || end === undefined) return undefined;
  const wanted = new Set(paths);
  const found = new Map<string, string>();
  for (const stem of stemsOf(paths)) if (!findEntries(index, end, Buffer.from(stem), wanted, found)) return undefined;
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

/**
 * Where the entries end: in version 2, with ids of 20 bytes, where the tree that git keeps there follows the last entry, and behind it
 * nothing that splits the index into two files or puts folders in the place of their files. `undefined`: it is not so.
 */
function endOfEntries(index: Buffer): number | undefined {
  if (index.length < headerLength + idLength || index.toString('latin1', 0, 4) !== 'DIRC' || index.readUInt32BE(4) !== 2) return undefined;
  if (index.readUInt32BE(8) === 0) return areHarmlessExtensions(index, headerLength) ? headerLength : undefined;
  const tree = index.lastIndexOf('TREE', index.length - idLength, 'latin1');
  return tree >= 0 && areHarmlessExtensions(index, tree) && endsEntry(index, tree) ? tree : undefined;
}

function endsEntry(index: Buffer, end: number): boolean {
  for (let start = end - paddedLength(nameAt, 1); start >= headerLength && end - start <= maxEntryLength; start -= 8) {
    if (beginsEntry(index, start)) return nextEntry(index, start) === end;
  }
  return false;
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
function findEntries(index: Buffer, end: number, stem: Buffer, wanted: ReadonlySet<string>, found: Map<string, string>): boolean {
  let entry = findFirst(index, end, stem);
  for (let count = 0; entry < end && beginsWith(index, entry, stem); count++) {
    if (count >= maxEntries || !beginsEntry(index, entry)) return false;
    const path = index.toString('utf8', entry + nameAt, endOfName(index, entry + nameAt));
    if (wanted.has(path)) {
      if (index.readUInt16BE(entry + modeAt + 2) >> 12 !== regularFile) return false;
      found.set(path, index.toString('hex', entry + idAt, entry + flagsAt));
    }
    entry = nextEntry(index, entry);
  }
  return true;
}

/** The first entry whose name begins with `stem`, or `end`. */
function findFirst(index: Buffer, end: number, stem: Buffer): number {
  const [low, high] = narrow(index, end, stem);
  const near = index.subarray(0, Math.min(high + nameAt + stem.length, index.length));
  for (let name = near.indexOf(stem, low + nameAt); name >= 0; name = near.indexOf(stem, name + 1)) {
    if ((name - nameAt - headerLength) % 8 === 0 && beginsEntry(index, name - nameAt)) return name - nameAt;
  }
  return end;
}

/** From where to where the first entry may begin whose name does not come before `stem`: entries are sorted by the bytes of their names. */
function narrow(index: Buffer, end: number, stem: Buffer): [low: number, high: number] {
  let low = headerLength;
  let high = end;
  while (high - low > quicklySearched) {
    const middle = low + (((high - low) >> 4) << 3);
    const entry = entryFrom(index, middle, high);
    if (entry === undefined) high = middle;
    else if (index.compare(stem, 0, stem.length, entry + nameAt, endOfName(index, entry + nameAt)) < 0) low = nextEntry(index, entry);
    else high = entry;
  }
  return [low, high];
}

/** The first entry that begins at `from` or later and before `end`. Nothing says where entries begin, but that the next one begins where it ends. */
function entryFrom(index: Buffer, from: number, end: number): number | undefined {
  for (let start = from; start < end; start += 8) {
    if (!beginsEntry(index, start)) continue;
    const next = nextEntry(index, start);
    if (next >= end || beginsEntry(index, next)) return start;
  }
  return undefined;
}

function beginsWith(index: Buffer, entry: number, stem: Buffer): boolean {
  const name = entry + nameAt;
  return index.compare(stem, 0, stem.length, name, Math.min(name + stem.length, index.length)) === 0;
}

/**
 * Whether an entry begins here: modes are few among all numbers of 32 bits, and the length of the name stands before it. Stages of a
 * merge count as no entry.
 */
function beginsEntry(index: Buffer, entry: number): boolean {
  if (entry + nameAt > index.length - idLength || !modes.has(index.readUInt32BE(entry + modeAt))) return false;
  const flags = index.readUInt16BE(entry + flagsAt);
  const length = endOfName(index, entry + nameAt) - (entry + nameAt);
  return (flags & stageBits) === 0 && length > 0 && (flags & nameBits) === Math.min(length, nameBits);
}

function nextEntry(index: Buffer, entry: number): number {
  return entry + paddedLength(nameAt, endOfName(index, entry + nameAt) - (entry + nameAt));
}
