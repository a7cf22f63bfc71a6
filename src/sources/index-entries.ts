import { areHarmlessExtensions, endOfName, flagsAt, headerLength, idAt, idLength, modeAt, nameAt, nameBits, paddedLength, stageBits } from './index-layout.ts';

/** The entries of a git index. */
export interface IndexEntries {
  /** The entries as they are in the file, but without when their files were last looked at. */
  readonly bytes: Buffer;
  /** Where each entry begins, and its name. */
  readonly starts: Uint32Array;
  readonly names: Uint32Array;
}

/**
 * Reads an index (gitformat-index(5)) so far as it can be compared with another. `undefined` where more than the entries counts, or where
 * git does not compare each file with the disk: a split or sparse index, a merge that is not finished, files that git was told not to
 * look at, names that are not written out (version 4), ids of 32 bytes.
 *
 * @param index The bytes of the file; they are changed.
 */
export function entriesOfIndex(index: Buffer): IndexEntries | undefined {
  if (index.length < headerLength + idLength || index.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = index.readUInt32BE(4);
  const count = index.readUInt32BE(8);
  if (version < 2 || version > 3 || count > index.length / idAt) return undefined;
  const [starts, names] = [new Uint32Array(count), new Uint32Array(count)];
  const end = readEntries(index, version, starts, names);
  return end === undefined || !areHarmlessExtensions(index, end) ? undefined : { bytes: index.subarray(headerLength, end), starts, names };
}

/** The names, as the bytes that git has. */
export function namesIn({ bytes, names }: IndexEntries): Buffer[] {
  return Array.from(names, (at) => bytes.subarray(at, endOfName(bytes, at)));
}

/** The names of the entries whose content differs, or `undefined` where the two differ in more: other files, another kind of file. */
export function changedContents(before: IndexEntries, now: IndexEntries): Buffer[] | undefined {
  if (before.bytes.length !== now.bytes.length || before.starts.length !== now.starts.length) return undefined;
  if (before.bytes.equals(now.bytes)) return [];
  const changed: Buffer[] = [];
  for (let i = 0; i < now.starts.length; i++) {
    const start = now.starts[i] ?? 0;
    const end = now.starts[i + 1] ?? now.bytes.length;
    if (before.starts[i] !== start) return undefined;
    if (before.bytes.compare(now.bytes, start, end, start, end) === 0) continue;
    const isSame = (from: number, to: number): boolean => before.bytes.compare(now.bytes, from, to, from, to) === 0;
    if (!isSame(start, start + idAt) || !isSame(start + flagsAt, end)) return undefined;
    const name = now.names[i] ?? 0;
    changed.push(now.bytes.subarray(name, endOfName(now.bytes, name)));
  }
  return changed;
}

const assumeValid = 0x8000;
const isExtended = 0x4000;
const skipWorktree = 0x4000;

/**
 * Notes where the entries and their names are, from the end of the header on, and clears times and sizes. Gives the offset behind the
 * last entry, or `undefined` where one is not plain or makes no sense.
 */
function readEntries(index: Buffer, version: number, starts: Uint32Array, names: Uint32Array): number | undefined {
  const last = index.length - idLength;
  let at = headerLength;
  for (let i = 0; i < starts.length; i++) {
    if (at + flagsAt + 2 > last) return undefined;
    const flags = index.readUInt16BE(at + flagsAt);
    let name = at + nameAt;
    if ((flags & (assumeValid | stageBits)) !== 0) return undefined;
    if ((flags & isExtended) !== 0) {
      if (version < 3 || (index.readUInt16BE(name) & skipWorktree) !== 0) return undefined;
      name += 2;
    }
    // The mode is one of the things that `lstat` gave, and counts.
    index.fill(0, at, at + modeAt);
    index.fill(0, at + modeAt + 4, at + idAt);
    starts[i] = at - headerLength;
    names[i] = name - headerLength;
    at += paddedLength(name - at, (flags & nameBits) === nameBits ? endOfName(index, name) - name : flags & nameBits);
    if (at > last) return undefined;
  }
  return at;
}
