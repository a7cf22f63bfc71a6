import { openByteSearch, type ByteSearch } from './byte-search.ts';
import { nextRun } from './character-runs.ts';
import { decodeBudget, decodedViews, shortestDecoded } from './encodings.ts';
import { needleTable, type Needle, type NeedleTable } from './needle-table.ts';

/** What the bytes of a file name of Hilt. */
export interface NeedleHits {
  /** A key's prefix, a fragment of one, or one that is encoded. */
  readonly key: boolean;
  /** The word `hilt`, in any case. */
  readonly hilt: boolean;
}

/**
 * Bytes by which the chunks of a file that is read in pieces must overlap, so that no needle is cut in two: a key of 64
 * characters under three encodings that make six bytes of each.
 */
export const needleOverlap = 16_384;

/**
 * Whether a file's bytes mention Hilt or may hold a Hilt secret in a form that `findSecretsInText` undoes; every other file
 * needs no closer look. Reads the bytes once for all needles, and decodes only runs that can be encoded text.
 *
 * The bytes are the file's own, in whatever encoding: UTF-8, UTF-16 of either order, Latin-1.
 */
export function mentionsHilt(bytes: Uint8Array): boolean {
  searched += bytes.length;
  if (quickSearch()?.isPlain(bytes) === true) return false;
  return hasNeedle(bytes, 'any') || hasEncodedNeedle(bytes);
}

/** Which of the two the bytes mention. Costs more than {@link mentionsHilt}: for files that are read closely. */
export function needlesIn(bytes: Uint8Array): NeedleHits {
  searched += bytes.length;
  return { hilt: hasNeedle(bytes, 'hilt'), key: hasNeedle(bytes, 'key') || hasEncodedNeedle(bytes) };
}

// The search: two bytes at a time

interface PairTable {
  /** By pair: 0, or 1 + the index of its candidates. */
  readonly slots: Uint8Array;
  readonly needles: readonly Needle[];
  /** Index of a needle, how far before its end the pair stands, and so on; the first is the pair. */
  readonly candidates: NeedleTable['pairs'];
}

let table: PairTable | undefined;

function makePairTable(): PairTable {
  const { needles, pairs } = needleTable();
  const slots = new Uint8Array(65_536);
  pairs.forEach(([pair], index) => {
    const [first, second] = [pair.charCodeAt(0), pair.charCodeAt(1)];
    slots[isLittleEndian ? first | (second << 8) : (first << 8) | second] = index + 1;
  });
  return { slots, needles, candidates: pairs };
}

/** How a `Uint16Array` reads two bytes. */
const isLittleEndian = new Uint16Array(Uint8Array.of(1, 0).buffer)[0] === 1;

function isLowerCase(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function hasNeedle(bytes: Uint8Array, what: Needle['of'] | 'any'): boolean {
  const quick = quickSearch();
  return quick === undefined ? hasNeedleInPlace(bytes, what) : quick.somePair(bytes, (at) => isAtPair(bytes, at, what));
}

/** Bytes that were searched so far, and from how many on to make the quick search pays: from a file and what it imports on. */
let searched = 0;
const worthQuickSearch = 20 * 1024;
let madeQuick: { readonly search: ByteSearch | undefined } | undefined;

function quickSearch(): ByteSearch | undefined {
  return searched < worthQuickSearch ? undefined : (madeQuick ??= { search: makeQuickSearch() }).search;
}

function makeQuickSearch(): ByteSearch | undefined {
  const { needles, candidates } = (table ??= makePairTable());
  const pairs = candidates.map(([pair, ...places]) => {
    const [before, behind] = [neighboursOf(places, -1, needles), neighboursOf(places, 2, needles)];
    return { pair: pair.charCodeAt(0) | (pair.charCodeAt(1) << 8), ...(before && { before }), ...(behind && { behind }) };
  });
  return openByteSearch(pairs, [{ members: runMembers, shortest: shortestRun }, { members: symbolMembers, shortest: shortestSymbols }]);
}

/** The bytes that stand so far from the beginning of a pair in its needles; `undefined` where the pair begins or ends one. */
function neighboursOf(places: readonly number[], distance: number, needles: readonly Needle[]): ReadonlySet<number> | undefined {
  const bytes = new Set<number>();
  for (let i = 0; i < places.length; i += 2) {
    const { text, anyCase } = needles[places[i] as number] as Needle;
    const byte = text.charCodeAt((places[i + 1] as number) + distance);
    if (Number.isNaN(byte)) return undefined;
    bytes.add(byte);
    if (anyCase && isLowerCase(byte)) bytes.add(byte & ~0x20);
  }
  return bytes;
}

function hasNeedleInPlace(bytes: Uint8Array, what: Needle['of'] | 'any'): boolean {
  const { slots } = (table ??= makePairTable());
  // Pairs must be aligned in memory; the first byte of an odd offset is only ever part of a needle that reaches beyond it.
  const skip = bytes.byteOffset % 2;
  const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset + skip, Math.max(0, bytes.length - skip) >> 1);
  for (let i = 0; i < pairs.length; i++) if (slots[pairs[i] as number] !== 0 && isAtPair(bytes, 2 * i + skip, what)) return true;
  return false;
}

/** Whether one of the needles that hold the pair of bytes at this offset stands around it. */
function isAtPair(bytes: Uint8Array, at: number, what: Needle['of'] | 'any'): boolean {
  const { slots, candidates, needles } = table as PairTable;
  const [first, second] = [bytes[at] as number, bytes[at + 1] as number];
  const slot = slots[isLittleEndian ? first | (second << 8) : (first << 8) | second] as number;
  return slot !== 0 && isAt(candidates[slot - 1] as NeedleTable['pairs'][number], needles, what, bytes, at);
}

function isAt(candidates: NeedleTable['pairs'][number], needles: readonly Needle[], what: Needle['of'] | 'any', bytes: Uint8Array, at: number): boolean {
  for (let i = 1; i < candidates.length; i += 2) {
    const needle = needles[candidates[i] as number] as Needle;
    if ((what === 'any' || needle.of === what) && standsAt(needle, bytes, at - (candidates[i + 1] as number))) return true;
  }
  return false;
}

function standsAt({ text, anyCase }: Needle, bytes: Uint8Array, start: number): boolean {
  const length = text.length;
  if (start < 0 || start + length > bytes.length) return false;
  for (let i = 0; i < length; i++) {
    const wanted = text.charCodeAt(i);
    const byte = bytes[start + i] as number;
    if (byte !== wanted && !(anyCase && isLowerCase(wanted) && byte === (wanted & ~0x20))) return false;
  }
  return true;
}

// Encoded text

/** Characters of base64, base64url and hex. */
const runMembers = membersOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-');
/** Characters of lists of bytes and of escapes, forwards and backwards. */
const symbolMembers = membersOf('0123456789ABCDEFabcdefxXuU\\%&#;{}[](),:- \t\r\n');

const shortestRun = Math.ceil((shortestDecoded * 4) / 3);
const shortestSymbols = 3 * shortestDecoded - 1;

function membersOf(members: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const member of members) table[member.charCodeAt(0)] = 1;
  return table;
}

function hasEncodedNeedle(bytes: Uint8Array): boolean {
  const quick = quickSearch();
  if (quick?.mayHaveRun(bytes, 0) !== false && hasEncodedRun(bytes)) return true;
  if (quick?.mayHaveRun(bytes, 1) !== false && hasEscapedRun(bytes)) return true;
  return hasNul(bytes) && mentionsHilt(bytes.filter((byte) => byte !== 0));
}

/** A buffer is searched by the C library; other typed arrays are ten times slower. */
function hasNul({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  return Buffer.from(buffer, byteOffset, byteLength).includes(0);
}

function hasEncodedRun(bytes: Uint8Array): boolean {
  for (let start = nextRun(bytes, runMembers, shortestRun, 0); start >= 0; ) {
    let end = runEnd(bytes, runMembers, start + shortestRun);
    if (mayBeEncoded(bytes, start, end)) {
      end = endOfLines(bytes, end);
      if (decodesToNeedle(bytes, start, end)) return true;
    }
    start = nextRun(bytes, runMembers, shortestRun, end);
  }
  return false;
}

/** As `hasEncodedRun`, of lists of bytes and escapes. */
function hasEscapedRun(bytes: Uint8Array): boolean {
  for (let start = nextRun(bytes, symbolMembers, shortestSymbols, 0); start >= 0; ) {
    const end = runEnd(bytes, symbolMembers, start + shortestSymbols);
    if (mayBeBytes(bytes, start, end) && decodesToNeedle(bytes, start, end)) return true;
    start = nextRun(bytes, symbolMembers, shortestSymbols, end);
  }
  return false;
}

function runEnd(bytes: Uint8Array, members: Uint8Array, from: number): number {
  let end = from;
  while (end < bytes.length && members[bytes[end] as number] === 1) end++;
  return end;
}

/** Where the lines end that may continue an encoded text. Too far does no harm. */
function endOfLines(bytes: Uint8Array, from: number): number {
  let end = from;
  for (let lineStart = from - 32; end - lineStart >= 32; ) {
    let next = end;
    while (next < bytes.length && next - end < 512 && isBetweenLines(bytes[next] as number)) next++;
    lineStart = next;
    end = next;
    end = runEnd(bytes, runMembers, end);
    // A comment's leader, or the `n` of an escaped line break, is a run of its own.
    if (end < bytes.length && end - lineStart < 4 && isBetweenLines(bytes[end] as number)) lineStart -= 32;
  }
  return end;
}

function isBetweenLines(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09 || byte === 0x5c || byte === 0x23 || byte === 0x2a || byte === 0x3e;
}

function decodesToNeedle(bytes: Uint8Array, start: number, end: number): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  const budget = decodeBudget(text.length);
  for (const view of decodedViews(text, budget)) {
    if (view.depth > 0 && /(?:hk_(?:live|sandbox)|hilt_live|hst)_/.test(view.text)) return true;
  }
  return budget.exhausted;
}

/**
 * By place in a group of four and by byte: at which of ten readings the byte can be part of ASCII text. Bits 0-3: base64 that
 * begins 0-3 characters into the group, bits 4-7: the same backwards, bits 8-9: hex whose first digit stands at an even or odd place.
 */
let readings: Uint16Array | undefined;

function makeReadings(): Uint16Array {
  const table = new Uint16Array(4 * 256);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let byte = 0; byte < 256; byte++) {
    const character = String.fromCharCode(byte).replace('-', '+').replace('_', '/');
    const sextet = alphabet.indexOf(character);
    if (sextet < 0) continue;
    // ASCII bytes have no top bit: of the first, second and third sextet that is 32, 8 and 2.
    const fits = [sextet < 32, (sextet & 8) === 0, (sextet & 2) === 0, true];
    const isHex = /[0-9A-Fa-f]/.test(character);
    for (let place = 0; place < 4; place++) {
      let bits = 0;
      for (let phase = 0; phase < 4; phase++) {
        if (fits[(place - phase + 4) % 4]) bits |= 1 << phase;
        if (fits[(phase - place + 4) % 4]) bits |= 16 << phase;
      }
      for (let parity = 0; parity < 2; parity++) {
        if (isHex && (place % 2 !== parity || /[02-7]/.test(character))) bits |= 256 << parity;
      }
      table[place * 256 + byte] = bits;
    }
  }
  return table;
}

/** Whether sixteen characters in a row can be one reading of ASCII text: what every run of {@link shortestRun} that is one has. */
function mayBeEncoded(bytes: Uint8Array, start: number, end: number): boolean {
  const table = (readings ??= makeReadings());
  let previous = 0;
  for (let i = start; i + 8 <= end; i += 8) {
    let block = 0x3ff;
    for (let j = i; j < i + 8; j++) block &= table[((j - start) % 4) * 256 + (bytes[j] as number)] as number;
    if ((block & previous) !== 0) return true;
    previous = block;
  }
  return false;
}

/**
 * Whether a run of symbols can be {@link shortestDecoded} bytes of ASCII text: that many escapes, or that many numbers in a row
 * that read as text in decimal or in hex, forwards or backwards. Indentation, brackets and tables of other numbers are not.
 */
function mayBeBytes(bytes: Uint8Array, start: number, end: number): boolean {
  let escapes = 0;
  const streaks = [newStreak(), newStreak(), newStreak(), newStreak()] as const;
  const [decimals, backwardDecimals, hexes, backwardHexes] = streaks;
  for (let i = start; i < end; ) {
    const byte = bytes[i] as number;
    if (byte === 0x5c || byte === 0x25 || byte === 0x26) escapes++;
    if (hexValues[byte] === noDigit) {
      i++;
      continue;
    }
    if (byte === 0x30 && isX(bytes[i + 1])) i += 2;
    else if (byte === 0x30 && isX(bytes[i - 1]) && hexValues[bytes[i + 1] as number] === noDigit) {
      // The `0x` of a number that is written backwards.
      i++;
      continue;
    }
    let decimal = 0;
    let backwardDecimal = 0;
    let hexValue = 0;
    let backwardHex = 0;
    let digits = 0;
    for (let scale = 1; i < end && hexValues[bytes[i] as number] !== noDigit; i++, digits++, scale *= 10) {
      const digit = hexValues[bytes[i] as number] as number;
      decimal = digit > 9 ? Number.NaN : decimal * 10 + digit;
      backwardDecimal += digit * scale;
      hexValue = (hexValue * 16 + digit) & 0xffff;
      backwardHex = (backwardHex >> 4) | (digit << 4);
    }
    if (isForeign(hexValue, digits)) escapes--;
    extendStreak(decimals, digits <= 3 ? decimal : Number.NaN);
    extendStreak(backwardDecimals, digits <= 3 && decimal >= 0 ? backwardDecimal : Number.NaN);
    extendStreak(hexes, digits === 2 ? hexValue : Number.NaN);
    extendStreak(backwardHexes, digits === 2 ? backwardHex : Number.NaN);
    if (streaks.some(isLikeText)) return true;
  }
  return escapes >= shortestDecoded;
}

/** Numbers in a row that are printable characters, and how many of them are less than the one before. */
interface Streak { length: number; descents: number; previous: number }

function newStreak(): Streak {
  return { length: 0, descents: 0, previous: 0 };
}

function extendStreak(streak: Streak, value: number): void {
  if (!isPrintable(value)) {
    streak.length = 0;
    streak.descents = 0;
    return;
  }
  streak.length++;
  if (value < streak.previous) streak.descents++;
  streak.previous = value;
}

/** Text goes down as often as up (the prefix of a key alone three times); tables of versions and of code points are sorted. */
function isLikeText({ length, descents }: Streak): boolean {
  return length >= shortestDecoded && descents * 6 >= length;
}

function isX(byte: number | undefined): boolean {
  return byte === 0x78 || byte === 0x58;
}

/** Whether an escape of so many digits yields no ASCII, read either way: the tables of Unicode ranges are full of these. */
function isForeign(value: number, digits: number): boolean {
  if (digits === 4) return value > 0x7f && (value & 0xff) !== 0;
  return digits === 2 && value > 0x7f && (value & 0x0f) > 7;
}

/** Printable ASCII, line breaks, and the NUL of UTF-16. */
function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0;
}

const noDigit = 0xff;
const hexValues = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(byte).toLowerCase());
  return value < 0 ? noDigit : value;
});
