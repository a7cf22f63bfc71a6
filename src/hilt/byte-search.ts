/**
 * Searches bytes in a WebAssembly module of its own: V8 makes machine code of it at once, in less than a millisecond, while it runs the
 * same loops of JavaScript slowly for the first megabytes, and then compiles them more than once.
 */
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

interface Memory { readonly buffer: ArrayBuffer }

let shared: Memory | undefined;
let room: Uint8Array | undefined;

/** 64 KiB that are searched where they lie; all other bytes are copied for that. `undefined` where there is no WebAssembly (`--jitless`) or no room for its memory. */
export function searchedMemory(): Uint8Array | undefined {
  const buffer = sharedMemory()?.buffer;
  // What is read there may end within a pair: the byte behind it, where there was none before, is no NUL.
  return (room ??= buffer && new Uint8Array(buffer, 0, copyAt).fill(blank).subarray(readAt, readAt + capacity));
}

function sharedMemory(): Memory | undefined {
  return (shared ??= newMemory());
}

function newMemory(): Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: pages });
  } catch {
    return undefined;
  }
}

/**
 * `undefined` where `searchedMemory` is. At most two runs.
 *
 * @param where One search has the memory that files are read into; any other has its own, and copies them there
 */
export function openByteSearch(pairs: readonly SearchedPair[], runs: readonly SearchedRun[], where: 'shared' | 'own' = 'shared'): ByteSearch | undefined {
  const own = where === 'shared' ? sharedMemory() : newMemory();
  if (own === undefined) return undefined;
  const { buffer } = own;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(runs)), { m: { m: own } });
  const { isPlain, findPair, hasRun } = exports as unknown as Exports;
  const heap = new Uint8Array(buffer);
  addPairs(heap, pairs);
  runs.forEach(({ members }, number) => heap.set(members, membersAt + number * members.length));
  const place = (bytes: Uint8Array): number => {
    if (bytes.buffer === buffer) return bytes.byteOffset;
    heap.set(bytes, copyAt);
    heap[copyAt + bytes.length] = blank;
    return copyAt;
  };
  return {
    isPlain(bytes) {
      if (bytes.length > capacity) return false;
      const start = place(bytes);
      return isPlain(start, start + bytes.length) === 1;
    },
    somePair(bytes, isHit) {
      for (let from = 0; from < bytes.length; from += capacity) {
        const part = bytes.length <= capacity ? bytes : bytes.subarray(from, from + capacity);
        const start = place(part);
        const end = start + part.length;
        // The bytes around a part decide too. Around the whole there is what was searched before: the caller looks closer.
        if (from > 0) heap[start - 1] = bytes[from - 1] as number;
        if (from + capacity < bytes.length) heap[end] = bytes[from + capacity] as number;
        for (let at = findPair(start, end, closeLookAt); at >= 0; at = findPair(at + 2, end, closeLookAt)) if (isHit(from + at - start)) return true;
      }
      return false;
    },
    mayHaveRun(bytes, run) {
      if (bytes.length > capacity) return true;
      const start = place(bytes);
      return hasRun(start, start + bytes.length, membersAt + run * 256, runs[run]?.shortest ?? 1) === 1;
    },
  };
}

interface Exports {
  /** Whether a first look from `start` to `end` finds neither a pair nor a run: 1 or 0. */
  isPlain(start: number, end: number): number;
  /** From `at` on the first at an even distance and below `end` at which a pair stands between bytes that may stand around it by the table `look`, or -1. */
  findPair(at: number, end: number, look: number): number;
  /** Whether `shortest` bytes of the set whose table lies at `members` stand in a row from `start` to `end`: 1 or 0. */
  hasRun(start: number, end: number, members: number, shortest: number): number;
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

// --- the module: instructions as in the WebAssembly specification, section 5.4 --------------------------------------------------

function moduleBytes(runs: readonly SearchedRun[]): Uint8Array {
  const bodies = [findPairBody(), hasRunBody(), isPlainBody(runs)].flatMap((body) => [...unsigned(body.length), ...body]);
  const takes = (count: number): number[] => [0x60, count, ...Array.from({ length: count }, () => integer), 1, integer];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [3, ...takes(3), ...takes(4), ...takes(2)]),
    ...section(2, [1, ...name('m'), ...name('m'), 0x02, 0x00, pages]), // the memory, as m.m
    ...section(3, [3, 0, 1, 2]),
    ...section(7, [3, ...name('findPair'), 0x00, findPair, ...name('hasRun'), 0x00, hasRun, ...name('isPlain'), 0x00, 2]),
    ...section(10, [3, ...bodies]),
  ]);
}

const findPair = 0;
const hasRun = 1;

/** Asks for four pairs at once, since nearly always there is none. */
function findPairBody(): number[] {
  const [at, end, look, number, byte] = [0, 1, 2, 3, 4] as const;
  const pairAt = (offset: number): number[] => [...get(at), 0x2f, 1, offset, 0x2d, 0, ...unsigned(pairsAt)];
  /** Whether the bit of `byte` is set in the 32 bytes at `number` + `offset`; the other bits are of no meaning. */
  const isAllowed = (offset: number): number[] => [...tee(byte), ...number32(3), 0x76, ...get(number), 0x6a, 0x2d, 0, offset, ...get(byte), ...number32(7), 0x71, 0x76];
  return [
    ...locals(2),
    ...[0x03, nothing],
    ...get(at), ...get(end), 0x4f, 0x04, nothing, ...number32(-1), 0x0f, 0x0b, // at >= end: return -1
    ...pairAt(0), ...pairAt(2), 0x72, ...pairAt(4), 0x72, ...pairAt(6), 0x72, 0x45, // no pair in eight bytes:
    ...[0x04, nothing], ...get(at), ...number32(8), 0x6a, ...set(at), 0x0c, 1, 0x0b, // at += 8, again
    ...pairAt(0), ...tee(number), 0x04, nothing, // one here:
    ...get(number), ...number32(6), 0x74, ...get(look), 0x6a, ...set(number), // number = look + 64 * number
    ...get(at), 0x2d, 0, 2, ...isAllowed(0), ...get(at), ...number32(1), 0x6b, 0x2d, 0, 0, ...isAllowed(32), 0x71, ...number32(1), 0x71, // may its neighbours be there?
    ...[0x04, nothing], ...get(at), 0x0f, 0x0b, 0x0b, // return at
    ...get(at), ...number32(2), 0x6a, ...set(at), 0x0c, 0, // at += 2, again
    ...[0x0b, 0x00, 0x0b],
  ];
}

/** Looks from the end of a run that would begin at `start` back to it: most are refuted at once, and the next can only begin behind that. */
function hasRunBody(): number[] {
  const [start, end, members, shortest, at] = [0, 1, 2, 3, 4] as const;
  return [
    ...locals(1),
    ...[0x03, nothing],
    ...get(start), ...get(shortest), 0x6a, ...number32(1), 0x6b, ...tee(at), ...get(end), 0x4f, 0x04, nothing, ...number32(0), 0x0f, 0x0b, // at = start + shortest - 1 >= end: return 0
    ...[0x03, nothing],
    ...get(at), 0x2d, 0, 0, ...get(members), 0x6a, 0x2d, 0, 0, 0x45, // no member at `at`:
    ...[0x04, nothing], ...get(at), ...number32(1), 0x6a, ...set(start), 0x0c, 2, 0x0b, // start = at + 1, again
    ...get(at), ...get(start), 0x46, 0x04, nothing, ...number32(1), 0x0f, 0x0b, // at === start: return 1
    ...get(at), ...number32(1), 0x6b, ...set(at), 0x0c, 0, // at -= 1
    0x0b,
    ...[0x0b, 0x00, 0x0b],
  ];
}

function isPlainBody(runs: readonly SearchedRun[]): number[] {
  const [start, end] = [0, 1] as const;
  return [
    0, // no locals
    ...get(start), ...get(end), 0x41, ...signed(firstLookAt), 0x10, findPair, ...number32(-1), 0x46,
    ...runs.flatMap(({ shortest }, run) => [...get(start), ...get(end), 0x41, ...signed(membersAt + run * 256), 0x41, ...signed(shortest), 0x10, hasRun, 0x45, 0x71]),
    0x0b,
  ];
}

const integer = 0x7f;
/** The type of a block that leaves no value. */
const nothing = 0x40;

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const tee = (local: number): number[] => [0x22, local];
/** A constant from -64 to 63. */
const number32 = (value: number): number[] => [0x41, value & 0x7f];
const locals = (count: number): number[] => [1, count, integer];
const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];

/** LEB128, as the format has all its numbers. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** The same of a constant; the highest bit that is written is its sign. */
function signed(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}

/** What is needed of it; TypeScript counts it to the DOM. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};
