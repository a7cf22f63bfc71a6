import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Notice } from '../../sources/notice.ts';
import type { LinkAnswers } from '../graph/disk-links.ts';
import type { LinkedEdges } from '../graph/module-graph.ts';
import type { Alias } from '../graph/resolution.ts';
import { TextTable } from '../graph/text-table.ts';
import type { CacheOwner } from './cache-file.ts';
import { keptFile, replaceKept } from './kept-file.ts';
import type { TreeState } from './tree-state.ts';

/** A linked graph, and all that it was made of. */
export interface Snapshot {
  readonly state: TreeState;
  readonly linked: LinkedEdges;
  /** The edges before they were linked: those of file `i` end before `rawEnds[i]`. */
  readonly rawEnds: Uint32Array;
  readonly rawWords: Uint32Array;
  readonly facts: SnapshotFacts;
}

/** What of a snapshot is few and text. */
export interface SnapshotFacts {
  /** Import maps of pages. */
  readonly aliases: readonly Alias[];
  readonly notices: readonly Notice[];
  /** Files that decide where imports lead, each with the digest of its content: empty where git vouches for it, `absent` where there was none. */
  readonly reads: readonly (readonly [path: string, digest: string])[];
  readonly links: LinkAnswers;
  /** Attributes files in the index. */
  readonly attributes: readonly string[];
}

const magic = 'hilt-guard graph';
const format = 2;
const headerLength = 4096;

interface Header extends CacheOwner {
  readonly format: number;
  readonly checksum: number;
  readonly lengths: readonly number[];
  readonly sources: number;
}

function fileOf(root: string): string | undefined {
  return keptFile(root, 'graph.bin');
}

/** What an earlier run kept; `undefined` where there is nothing, or what is there is damaged or foreign. Never throws. */
export function readSnapshot(owner: CacheOwner): Snapshot | undefined {
  const file = fileOf(owner.root);
  try {
    return file === undefined ? undefined : snapshotIn(readFileSync(file), owner);
  } catch {
    // Absent, damaged, or removed meanwhile: then everything is worked out again.
    return undefined;
  }
}

function snapshotIn(bytes: Buffer, owner: CacheOwner): Snapshot | undefined {
  if (bytes.length <= headerLength || bytes.toString('latin1', 0, magic.length) !== magic) return undefined;
  const header = JSON.parse(bytes.toString('utf8', magic.length, headerLength)) as Header;
  if (header.format !== format || header.version !== owner.version || header.root !== owner.root) return undefined;
  const body = bytes.byteOffset % 4 === 0 ? bytes.subarray(headerLength) : Buffer.from(bytes.subarray(headerLength));
  if (header.lengths.reduce((sum, length) => sum + padded(length), 0) !== body.length || header.checksum !== crc32(body)) return undefined;
  let at = 0;
  const next = (): Buffer => {
    const length = header.lengths[index++] ?? 0;
    at += padded(length);
    return body.subarray(at - padded(length), at - padded(length) + length);
  };
  let index = 0;
  const numbers = (): Uint32Array => {
    const part = next();
    return new Uint32Array(part.buffer, part.byteOffset, part.length / 4);
  };
  const texts = (): TextTable => new TextTable({ ends: numbers(), bytes: next() });
  const [rawEnds, rawWords, ends, targets, words] = [numbers(), numbers(), numbers(), numbers(), numbers()];
  const [names, specifiers] = [texts(), texts()];
  const [gitIndex, text] = [next(), next().toString('utf8')];
  const { dirty, untracked, ...facts } = JSON.parse(text) as SnapshotFacts & { dirty: string[]; untracked: string[] };
  return { state: { index: gitIndex, dirty: new Set(dirty), untracked }, linked: { names, sources: header.sources, ends, targets, words, specifiers }, rawEnds, rawWords, facts };
}

/** Keeps a snapshot for the next run. A place that cannot be written only costs time. */
export function writeSnapshot(owner: CacheOwner, { state, linked, rawEnds, rawWords, facts }: Snapshot): void {
  const file = fileOf(owner.root);
  if (file === undefined) return;
  const [names, specifiers] = [linked.names.flat(), linked.specifiers.flat()];
  const text = Buffer.from(JSON.stringify({ ...facts, dirty: [...state.dirty], untracked: state.untracked }));
  const parts = [rawEnds, rawWords, linked.ends, linked.targets, linked.words, names.ends, names.bytes, specifiers.ends, specifiers.bytes, state.index, text];
  const lengths = parts.map((part) => part.byteLength);
  const body = Buffer.alloc(lengths.reduce((sum, length) => sum + padded(length), 0));
  let at = 0;
  for (const part of parts) {
    body.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += padded(part.byteLength);
  }
  const header: Header = { ...owner, format, checksum: crc32(body), lengths, sources: linked.sources };
  const first = Buffer.alloc(headerLength, ' ');
  if (first.write(magic + JSON.stringify(header)) >= headerLength) return;
  replaceKept(file, Buffer.concat([first, body]));
}

/** Numbers must begin at a multiple of four. */
function padded(length: number): number {
  return (length + 3) & ~3;
}
