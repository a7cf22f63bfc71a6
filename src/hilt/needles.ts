import { decodeBudget, decodedViews, nextRun, shortestDecoded } from './encodings.ts';

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
  return hasNeedle(bytes, 'any') || hasEncodedNeedle(bytes);
}

/** Which of the two the bytes mention. Costs more than {@link mentionsHilt}: for files that are read closely. */
export function needlesIn(bytes: Uint8Array): NeedleHits {
  return { hilt: hasNeedle(bytes, 'hilt'), key: hasNeedle(bytes, 'key') || hasEncodedNeedle(bytes) };
}

// The needles

interface Needle {
  readonly of: 'key' | 'hilt';
  /** Characters U+0000 to U+00FF, each a byte. In lower case where either case counts. */
  readonly text: string;
  readonly anyCase: boolean;
}

/** Characters of a key's prefix. One of them is escaped, or `hk_` stands in the text. */
const prefixCharacters = ['h', 'k', '_'];
/** The same for `hst_`. */
const tokenCharacters = ['s', 't'];

function needles(): Needle[] {
  return [
    ...texts('hilt', ['hilt', 'h\0i\0l\0t'], true),
    ...texts('key', [
      'hk_', 'hst_', '_live_', '_sandbox_',
      // Split literals: `"hk" + "_live" + "_"`, `["hk", "live", …].join("_")`.
      ...['"', "'", '`'].flatMap((quote) => [`${quote}hk${quote}`, `${quote}hst${quote}`, `_live${quote}`, `${quote}live_`, `_sandbox${quote}`, `${quote}sandbox_`]),
      // What is replaced or taken apart: `"hk-live-…".replaceAll("-", "_")`, `"hk|live|…".split("|")`, `"HK_LIVE_".toLowerCase()`.
      ...['-', '|', '.', ':', '/', ' ', ',', ';', '~', '#', '+', '*', '__'].flatMap((separator) => [`hk${separator}live`, `hk${separator}sandbox`]),
      'HK_LIVE', 'HK_SANDBOX', 'HK-LIVE', 'HK-SANDBOX',
      // One character a literal: `["h", "k", …]`.
      ...['"', "'"].flatMap((quote) => [',', ', ', '+', ' + '].map((separator) => `${quote}h${quote}${separator}${quote}k`)),
      // Bytes: `String.fromCharCode(104, 107, 95, …)`, `[0x68, 0x6b, …]`.
      '104,107', '104, 107', '104 107', '104,115,116', '104, 115, 116', '68 6b', '68 6B', '68:6b', '68:6B', '68, 0x6b', '68, 0x6B', '68,0x6b', '68,0x6B', '68,0x73', '68, 0x73',
      // Backwards.
      '_evil_', '_xobdnas_', '_tsh',
      // UTF-16 of either byte order, also when its NULs are escaped.
      'h\0k\0_', 'h\0s\0t\0_', 'h%00k', 'h%00s%00t', 'h\\u0000k', 'h\\u0000s', 'h\\x00k', 'h\\x00s', 'h\\0k', 'h\\0s', 'h&#0;k', 'h&#0;s', 'h&#x0;k', 'h&#x0;s',
      '&lowbar;', '&UnderBar;', 'amp;lowbar;', 'amp;UnderBar;',
    ]),
    ...texts('key', [hex('hk_'), hex('hst_'), hex('_kh'), hex('_tsh')], true),
    ...texts('key', [...prefixCharacters, ...tokenCharacters].flatMap(escapesOf), true),
    ...texts('key', ['hk_l', 'hk_s', 'hst_', '_evil_', '_xobdnas_', '_tsh'].flatMap(base64Forms).flatMap((form) => [form, reversed(form)])),
  ];
}

function texts(of: Needle['of'], patterns: readonly string[], anyCase = false): Needle[] {
  return patterns.map((pattern) => ({ of, text: anyCase ? pattern.toLowerCase() : pattern, anyCase }));
}

function hex(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}

/** How one character is written as an escape. A percent sign and a backslash may be escaped in their turn. */
function escapesOf(character: string): string[] {
  const code = character.charCodeAt(0);
  const digits = code.toString(16);
  return [
    `%${digits}`, `%25${digits}`, `%2525${digits}`, `%u00${digits}`,
    `\\x${digits}`, `\\u00${digits}`, `\\u{${digits}`, `\\u{00${digits}`, `\\u000000${digits}`, `%5cx${digits}`, `%5cu00${digits}`,
    `\\${code.toString(8)}`, `#${code};`, `#0${code}`, `#${code}&`, `#x${digits}`, `#x0${digits}`, `#x00${digits}`,
  ];
}

/** The base64 characters that `text` always yields, at each of the three alignments. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from('\0'.repeat(before) + text, 'latin1').toString('base64url');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + text.length) * 8) / 6);
    return encoded.slice(first, last);
  });
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

// The search: two bytes at a time

/**
 * Bytes are read in pairs at even offsets. A needle of three or more bytes holds one pair at an even and one at an odd offset
 * of its own, so a table of those pairs tells where to compare.
 */
interface PairTable {
  /** By pair: 0, or 1 + the index of its candidates. */
  readonly slots: Uint8Array;
  readonly candidates: readonly (readonly Candidate[])[];
}

/** A needle, and how far before its end the pair stands. */
interface Candidate { readonly needle: Needle; readonly offset: number }

const tables = new Map<string, PairTable>();

function tableOf(what: Needle['of'] | 'any'): PairTable {
  const known = tables.get(what);
  if (known) return known;
  const table = makeTable(needles().filter((needle) => what === 'any' || needle.of === what));
  tables.set(what, table);
  return table;
}

/** Runs once in most processes, and a commit waits for it: written to be quick before it is compiled. */
function makeTable(all: readonly Needle[]): PairTable {
  const slots = new Uint8Array(65_536);
  const candidates: Candidate[][] = [];
  const add = (first: number, second: number, candidate: Candidate): void => {
    const pair = isLittleEndian ? first | (second << 8) : (first << 8) | second;
    const slot = slots[pair] as number;
    if (slot !== 0) candidates[slot - 1]?.push(candidate);
    else slots[pair] = candidates.push([candidate]);
  };
  for (const needle of all) {
    const { text, anyCase } = needle;
    for (let parity = 0; parity < 2; parity++) {
      const offset = rarestPair(text, parity);
      const candidate = { needle, offset };
      const first = text.charCodeAt(offset);
      const second = text.charCodeAt(offset + 1);
      const [firstHasCase, secondHasCase] = [anyCase && isLowerCase(first), anyCase && isLowerCase(second)];
      add(first, second, candidate);
      if (firstHasCase) add(first & ~0x20, second, candidate);
      if (secondHasCase) add(first, second & ~0x20, candidate);
      if (firstHasCase && secondHasCase) add(first & ~0x20, second & ~0x20, candidate);
    }
  }
  if (candidates.length > 254) throw new Error(`${candidates.length} pairs of bytes are more than a table of bytes can number.`);
  return { slots, candidates };
}

/** How a `Uint16Array` reads two bytes. */
const isLittleEndian = new Uint16Array(Uint8Array.of(1, 0).buffer)[0] === 1;

function isLowerCase(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/** Bytes of program text and prose, the most frequent first. What is not listed is rare. */
const frequent = ' etaoinsrldcupmfhgyb\n,.vw"kx\';:()=_T0/-1SCEI{}ANRPLDM2O*Fq';
const ranks = new Uint8Array(256).fill(frequent.length);
for (let i = 0; i < frequent.length; i++) ranks[frequent.charCodeAt(i)] = i + 1;

/** Where in a needle the pair stands that other text has least, at an even or an odd offset. */
function rarestPair(text: string, parity: number): number {
  let best = parity;
  let bestRank = -1;
  for (let offset = parity; offset + 1 < text.length; offset += 2) {
    const rank = (ranks[text.charCodeAt(offset)] as number) * (ranks[text.charCodeAt(offset + 1)] as number);
    if (rank > bestRank) [best, bestRank] = [offset, rank];
  }
  return best;
}

function hasNeedle(bytes: Uint8Array, what: Needle['of'] | 'any'): boolean {
  const { slots, candidates } = tableOf(what);
  // Pairs must be aligned in memory; the first byte of an odd offset is only ever part of a needle that reaches beyond it.
  const skip = bytes.byteOffset % 2;
  const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset + skip, Math.max(0, bytes.length - skip) >> 1);
  for (let i = 0; i < pairs.length; i++) {
    const slot = slots[pairs[i] as number] as number;
    if (slot !== 0 && isAt(candidates[slot - 1] ?? [], bytes, 2 * i + skip)) return true;
  }
  return false;
}

function isAt(candidates: readonly Candidate[], bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < candidates.length; i++) {
    const { needle, offset } = candidates[i] as Candidate;
    if (standsAt(needle, bytes, at - offset)) return true;
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
  for (let start = nextRun(bytes, runMembers, shortestRun, 0); start >= 0; ) {
    let end = runEnd(bytes, runMembers, start + shortestRun);
    if (mayBeEncoded(bytes, start, end)) {
      end = endOfLines(bytes, end);
      if (decodesToNeedle(bytes, start, end)) return true;
    }
    start = nextRun(bytes, runMembers, shortestRun, end);
  }
  for (let start = nextRun(bytes, symbolMembers, shortestSymbols, 0); start >= 0; ) {
    const end = runEnd(bytes, symbolMembers, start + shortestSymbols);
    if (mayBeBytes(bytes, start, end) && decodesToNeedle(bytes, start, end)) return true;
    start = nextRun(bytes, symbolMembers, shortestSymbols, end);
  }
  return bytes.includes(0) && mentionsHilt(bytes.filter((byte) => byte !== 0));
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
