import { enlarge, reserve } from './memory';

/** The texts of a `TextTable` (src/project/graph/text-table.ts) while they are collected: the same bytes, ends and numbers. */

let size: i32 = 0;
let room: i32 = 0;
/** By number, four bytes each: where the text ends in `bytes`, and its hash. */
let ends: i32 = 0;
let hashes: i32 = 0;
let bytes: i32 = 0;
let bytesRoom: i32 = 0;
/** Open addressing: a slot holds 1 + the number of a text, or 0. */
let slots: i32 = 0;
let slotCount: i32 = 0;

export function textCount(): i32 {
  return size;
}

/** Offset of the ends, of which there are `textCount`. */
export function textEnds(): i32 {
  return ends;
}

/** Offset of the texts' bytes. */
export function textBytes(): i32 {
  return bytes;
}

/** Makes room for texts that have their numbers already; these are then written to `textEnds` and `textBytes`, and `indexTexts` is called. */
export function takeTexts(count: i32, length: i32): void {
  size = count;
  room = count;
  ends = reserve(count << 2);
  hashes = reserve(count << 2);
  bytes = reserve(length);
  bytesRoom = length;
}

export function indexTexts(): void {
  for (let number = 0; number < size; number++) {
    const start = endOf(number - 1);
    setHash(number, hashOf(bytes + start, endOf(number) - start));
  }
  makeSlots();
}

/** The number of the text whose UTF-8 lies at `from`; a new one where it is new. */
export function numberOf(from: i32, length: i32): i32 {
  if (2 * size + 2 > slotCount) makeSlots();
  const hash = hashOf(from, length);
  const mask = slotCount - 1;
  let slot = hash & mask;
  for (let found = slotAt(slot); found !== 0; found = slotAt(slot)) {
    if (hashAt(found - 1) === hash && isText(found - 1, from, length)) return found - 1;
    slot = (slot + 1) & mask;
  }
  append(from, length, hash);
  setSlot(slot, size);
  return size - 1;
}

function isText(number: i32, from: i32, length: i32): bool {
  const at = endOf(number - 1);
  if (endOf(number) - at !== length) return false;
  let i = 0;
  for (; i + 8 <= length; i += 8) if (load<u64>(bytes + at + i) !== load<u64>(from + i)) return false;
  for (; i < length; i++) if (load<u8>(bytes + at + i) !== load<u8>(from + i)) return false;
  return true;
}

function append(from: i32, length: i32, hash: i32): void {
  const start = endOf(size - 1);
  if (start + length > bytesRoom) {
    bytesRoom = max(start + length, max(2 * bytesRoom, 1 << 16));
    bytes = enlarge(bytes, start, bytesRoom);
  }
  if (size === room) {
    room = max(4096, 2 * room);
    ends = enlarge(ends, size << 2, room << 2);
    hashes = enlarge(hashes, size << 2, room << 2);
  }
  memory.copy(bytes + start, from, length);
  store<i32>(ends + (size << 2), start + length);
  setHash(size, hash);
  size++;
}

/** At least half of the slots stay free until there are four times as many texts. */
function makeSlots(): void {
  slotCount = 16_384;
  while (slotCount < 8 * size) slotCount <<= 1;
  slots = reserve(slotCount << 2);
  const mask = slotCount - 1;
  for (let number = 0; number < size; number++) {
    let slot = hashAt(number) & mask;
    while (slotAt(slot) !== 0) slot = (slot + 1) & mask;
    setSlot(slot, number + 1);
  }
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) of 64 bits, but for taking eight bytes at once while there are as many. */
function hashOf(from: i32, length: i32): i32 {
  const prime: u64 = 0x100000001b3;
  let hash: u64 = (<u64>0xcbf29ce4 << 32) | 0x84222325;
  let i = 0;
  for (; i + 8 <= length; i += 8) hash = (hash ^ load<u64>(from + i)) * prime;
  for (; i < length; i++) hash = (hash ^ <u64>load<u8>(from + i)) * prime;
  return <i32>(hash ^ (hash >>> 32));
}

function endOf(number: i32): i32 {
  return number < 0 ? 0 : load<i32>(ends + (number << 2));
}

function hashAt(number: i32): i32 {
  return load<i32>(hashes + (number << 2));
}

function setHash(number: i32, hash: i32): void {
  store<i32>(hashes + (number << 2), hash);
}

function slotAt(slot: i32): i32 {
  return load<i32>(slots + (slot << 2));
}

function setSlot(slot: i32, value: i32): void {
  store<i32>(slots + (slot << 2), value);
}
