import { searchCode } from './search-code.ts';
import { assembly, assemblyMemory, type AssemblyMemory } from './web-assembly.ts';

/** Searches bytes in a module of WebAssembly. */
export interface ByteSearch {
  /** Whether there is no pair between bytes that may stand around it, no run and no NUL; `false` also where the bytes are too many to say. */
  isPlain(bytes: Uint8Array): boolean;
  /** Calls `isHit` with the offset of each place where one of the pairs stands between bytes that may stand around it, until it is true of one. */
  somePair(bytes: Uint8Array, isHit: (at: number) => boolean): boolean;
  /** Whether a run of this number may be in the bytes; `true` also where they are too many to say. */
  mayHaveRun(bytes: Uint8Array, run: number): boolean;
}

/** Two bytes, the first in the lower half of the number, and which bytes may stand around them: all, where that is left out. */
export interface SearchedPair {
  readonly pair: number;
  readonly before?: ReadonlySet<number>;
  readonly behind?: ReadonlySet<number>;
}

/** So many bytes in a row of which `members` holds 1. */
export interface SearchedRun {
  readonly members: Uint8Array;
  readonly shortest: number;
}

// The memory: bytes that are read into it, bytes that are copied there; the number of each pair; of each number which bytes may stand
// behind and before it, a bit each, once for a first look, in which a NUL counts as a pair, and once for a close one; the sets of runs.
const capacity = 1 << 16;
/** The byte before a text is looked at, and some behind it. */
const slack = 64;
const readAt = slack;
const copyAt = readAt + capacity + 2 * slack;
const pairsAt = copyAt + capacity + slack;
const firstLookAt = pairsAt + (1 << 16);
const neighboursSize = 64;
const closeLookAt = firstLookAt + 256 * neighboursSize;
const membersAt = closeLookAt + 256 * neighboursSize;
const pages = 4;
const blank = 0x20;
/** The number of a NUL. */
const nul = 255;

/** What assembly/search.ts exports, where its functions are explained. */
interface Exports {
  findPair(start: number, end: number, pairs: number, look: number): number;
  hasRun(start: number, end: number, members: number, shortest: number): number;
}

const makeInstance = assembly<Exports>(searchCode);
let made: AssemblyMemory | undefined;
let room: Uint8Array | undefined;

/** 64 KiB that are searched where they lie; all other bytes are copied for that. `undefined` where there is no WebAssembly (`--jitless`) or no room for its memory. */
export function searchedMemory(): Uint8Array | undefined {
  const buffer = memory()?.buffer;
  // What is read there may end within a pair: the byte behind it, where there was none before, is no NUL.
  return (room ??= buffer && new Uint8Array(buffer, 0, copyAt).fill(blank).subarray(readAt, readAt + capacity));
}

function memory(): AssemblyMemory | undefined {
  return (made ??= assemblyMemory(pages));
}

/** `undefined` where `searchedMemory` is. At most two runs; one search only, for its tables lie in the memory. */
export function openByteSearch(pairs: readonly SearchedPair[], runs: readonly SearchedRun[]): ByteSearch | undefined {
  const own = memory();
  const instance = own && makeInstance({ env: { memory: own } });
  if (own === undefined || instance === undefined) return undefined;
  const { buffer } = own;
  const { findPair, hasRun } = instance;
  const heap = new Uint8Array(buffer);
  addPairs(heap, pairs);
  runs.forEach(({ members }, number) => heap.set(members, membersAt + number * members.length));
  const place = (bytes: Uint8Array): number => {
    if (bytes.buffer === buffer) return bytes.byteOffset;
    heap.set(bytes, copyAt);
    heap[copyAt + bytes.length] = blank;
    return copyAt;
  };
  const isRunIn = (start: number, end: number, run: number): boolean => hasRun(start, end, membersAt + run * 256, runs[run]?.shortest ?? 1) === 1;
  return {
    isPlain(bytes) {
      if (bytes.length > capacity) return false;
      const start = place(bytes);
      const end = start + bytes.length;
      if (findPair(start, end, pairsAt, firstLookAt) >= 0) return false;
      for (let run = 0; run < runs.length; run++) if (isRunIn(start, end, run)) return false;
      return true;
    },
    somePair(bytes, isHit) {
      for (let from = 0; from < bytes.length; from += capacity) {
        const part = bytes.length <= capacity ? bytes : bytes.subarray(from, from + capacity);
        const start = place(part);
        const end = start + part.length;
        // The bytes around a part decide too. Around the whole there is what was searched before: the caller looks closer.
        if (from > 0) heap[start - 1] = bytes[from - 1] as number;
        if (from + capacity < bytes.length) heap[end] = bytes[from + capacity] as number;
        for (let at = findPair(start, end, pairsAt, closeLookAt); at >= 0; at = findPair(at + 2, end, pairsAt, closeLookAt)) if (isHit(from + at - start)) return true;
      }
      return false;
    },
    mayHaveRun(bytes, run) {
      if (bytes.length > capacity) return true;
      const start = place(bytes);
      return isRunIn(start, start + bytes.length, run);
    },
  };
}

/** A commit waits for this: what is the same in both looks is copied. */
function addPairs(heap: Uint8Array, pairs: readonly SearchedPair[]): void {
  heap.fill(nul, pairsAt, pairsAt + 256);
  for (let second = 0; second < 256; second++) heap[pairsAt + (second << 8)] = nul;
  pairs.forEach(({ pair, before, behind }, index) => {
    heap[pairsAt + pair] = index + 1;
    const at = closeLookAt + (index + 1) * neighboursSize;
    allow(heap, at, behind);
    allow(heap, at + neighboursSize / 2, before);
  });
  heap.copyWithin(firstLookAt, closeLookAt, closeLookAt + (pairs.length + 1) * neighboursSize);
  const allowAnywhere = (number: number): unknown => heap.fill(0xff, firstLookAt + number * neighboursSize, firstLookAt + (number + 1) * neighboursSize);
  allowAnywhere(nul);
  pairs.forEach(({ pair }, index) => {
    if ((pair & 0xff) === 0 || pair >> 8 === 0) allowAnywhere(index + 1);
  });
}

function allow(heap: Uint8Array, at: number, allowed: ReadonlySet<number> | undefined): void {
  if (allowed === undefined) heap.fill(0xff, at, at + neighboursSize / 2);
  else for (const byte of allowed) heap[at + (byte >> 3)] = (heap[at + (byte >> 3)] as number) | (1 << (byte & 7));
}
