/**
 * Searches bytes in a WebAssembly module of its own: V8 makes machine code of it at once, in less than a millisecond, while it runs the
 * same loops of JavaScript slowly for the first megabytes, and then compiles them more than once.
 */
export interface ByteSearch {
  /** Calls `isHit` with the offset of each place where one of the pairs stands before a byte that may follow it, until it is true of one. */
  somePair(bytes: Uint8Array, isHit: (at: number) => boolean): boolean;
  /** Whether a run of this number may be in the bytes; `true` also where they are too many to say. */
  mayHaveRun(bytes: Uint8Array, run: number): boolean;
}

/** Two bytes, the first in the lower half of the number, and which bytes may stand behind them: all, where that is left out. */
export interface SearchedPair {
  readonly pair: number;
  readonly next?: ReadonlySet<number>;
}

/** So many bytes in a row of which `members` holds 1. */
export interface SearchedRun {
  readonly members: Uint8Array;
  readonly shortest: number;
}

/** `undefined` where there is no WebAssembly (`--jitless`) or no room for its memory. */
export function openByteSearch(pairs: readonly SearchedPair[], runs: readonly SearchedRun[]): ByteSearch | undefined {
  try {
    const memory = new WebAssembly.Memory({ initial: pages });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()), { m: { m: memory } });
    const { findPair, hasRun } = exports as unknown as Exports;
    const heap = new Uint8Array(memory.buffer);
    pairs.forEach((pair, index) => addPair(heap, pair, index + 1));
    runs.forEach(({ members }, number) => heap.set(members, membersAt + number * members.length));
    return {
      somePair(bytes, isHit) {
        for (let from = 0; from < bytes.length; from += capacity) {
          const part = bytes.length <= capacity ? bytes : bytes.subarray(from, from + capacity);
          heap.set(part);
          // The byte behind a part decides too. Behind the last there is what was searched before: the caller looks closer.
          if (from + capacity < bytes.length) heap[capacity] = bytes[from + capacity] as number;
          for (let at = findPair(0, part.length); at >= 0; at = findPair(at + 2, part.length)) if (isHit(from + at)) return true;
        }
        return false;
      },
      mayHaveRun(bytes, run) {
        if (bytes.length > capacity) return true;
        heap.set(bytes);
        return hasRun(bytes.length, membersAt + run * 256, runs[run]?.shortest ?? 1) === 1;
      },
    };
  } catch {
    return undefined;
  }
}

interface Exports {
  /** From the even offset `at` on the first below `end` at which a pair stands before a byte that may follow it, or -1. */
  findPair(at: number, end: number): number;
  /** Whether `shortest` bytes of the set whose table lies at `members` stand in a row before `end`: 1 or 0. */
  hasRun(end: number, members: number, shortest: number): number;
}

// The memory: what is searched; the number of each pair; of each number the bytes that may follow, a bit each; the sets of runs.
const capacity = 1 << 16;
const pairsAt = capacity + 64;
const followersAt = pairsAt + (1 << 16);
const followerSize = 32;
const membersAt = followersAt + 256 * followerSize;
const pages = 3;

function addPair(heap: Uint8Array, { pair, next }: SearchedPair, number: number): void {
  heap[pairsAt + pair] = number;
  const followers = heap.subarray(followersAt + number * followerSize, followersAt + (number + 1) * followerSize);
  if (next === undefined) followers.fill(0xff);
  else for (const byte of next) followers[byte >> 3] = (followers[byte >> 3] as number) | (1 << (byte & 7));
}

// --- the module: instructions as in the WebAssembly specification, section 5.4 --------------------------------------------------

function moduleBytes(): Uint8Array {
  const bodies = [findPairBody(), hasRunBody()].flatMap((body) => [...unsigned(body.length), ...body]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [2, 0x60, 2, integer, integer, 1, integer, 0x60, 3, integer, integer, integer, 1, integer]), // (i32, i32) => i32, and of three
    ...section(2, [1, ...name('m'), ...name('m'), 0x02, 0x00, pages]), // the memory, as m.m
    ...section(3, [2, 0, 1]),
    ...section(7, [2, ...name('findPair'), 0x00, 0, ...name('hasRun'), 0x00, 1]),
    ...section(10, [2, ...bodies]),
  ]);
}

/** Asks for four pairs at once, since nearly always there is none. */
function findPairBody(): number[] {
  const [at, end, number, next] = [0, 1, 2, 3] as const;
  const pairAt = (offset: number): number[] => [...get(at), 0x2f, 1, offset, 0x2d, 0, ...unsigned(pairsAt)];
  return [
    ...locals(2),
    ...[0x03, nothing],
    ...get(at), ...get(end), 0x4f, 0x04, nothing, ...number32(-1), 0x0f, 0x0b, // at >= end: return -1
    ...pairAt(0), ...pairAt(2), 0x72, ...pairAt(4), 0x72, ...pairAt(6), 0x72, 0x45, // no pair in eight bytes:
    ...[0x04, nothing], ...get(at), ...number32(8), 0x6a, ...set(at), 0x0c, 1, 0x0b, // at += 8, again
    ...pairAt(0), ...tee(number), 0x04, nothing, // one here:
    ...get(number), ...number32(5), 0x74, ...get(at), 0x2d, 0, 2, ...tee(next), ...number32(3), 0x76, 0x6a, 0x2d, 0, ...unsigned(followersAt),
    ...get(next), ...number32(7), 0x71, 0x76, ...number32(1), 0x71, // may the next byte follow?
    ...[0x04, nothing], ...get(at), 0x0f, 0x0b, 0x0b, // return at
    ...get(at), ...number32(2), 0x6a, ...set(at), 0x0c, 0, // at += 2, again
    ...[0x0b, 0x00, 0x0b],
  ];
}

/** Looks from the end of a run that would begin at `start` back to it: most are refuted at once, and the next can only begin behind that. */
function hasRunBody(): number[] {
  const [end, members, shortest, start, at] = [0, 1, 2, 3, 4] as const;
  return [
    ...locals(2),
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

/** What is needed of it; TypeScript counts it to the DOM. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};
