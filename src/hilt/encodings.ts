/**
 * Undoes the encodings that hide a key from a text search: base64 and base64url at any alignment and wrapped over lines, hex,
 * lists of byte values, percent and backslash escapes, HTML entities, UTF-16 between the bytes, and text written backwards.
 *
 * Every decoded text knows where each of its characters comes from, so that what is found in it is reported at the smallest
 * run of the original that yields it.
 */

/** A half-open range of UTF-16 offsets. */
export type Range = readonly [start: number, end: number];

/** A text and where it comes from in the text that the search began with. */
export interface View {
  readonly text: string;
  /** How many encodings were undone to read it. */
  readonly depth: number;
  /** The range of the original that yields the characters from `start` up to `end` of this text. */
  readonly origin: (start: number, end: number) => Range;
}

/** What is left to spend, in UTF-16 units of decoded text. Shared by all the decoding of one file. */
export interface DecodeBudget { left: number; exhausted: boolean }

/** Keys are at most this deep; the encodings of an encoding of an encoding have a meaning, a fourth has none. */
const maximumDepth = 3;

/**
 * Decoded runs shorter than this many bytes are left alone: `hk_live_` and a body of ten. Where the option for the body's
 * length asks for less, callers pass less.
 */
export const shortestDecoded = 18;

/** A budget that ordinary text of this length never uses up: everything in it may be encoded about four times over, and is counted once more where pieces overlap. */
export function decodeBudget(length: number): DecodeBudget {
  return { left: Math.min(5 * length + 1_000_000, 96_000_000), exhausted: false };
}

/**
 * Encoded text longer than this is decoded in pieces: what is kept of a piece, where each of its characters stands, takes many
 * times the memory of its text.
 */
const longestPiece = 32_768;

/** What two pieces share, so that no key is cut in two: one of 64 characters under two escapes that make eight characters of each. */
const sharedByPieces = 8_192;

/**
 * The text itself, then what each of its encoded runs decodes to, each followed by what that decodes to, up to {@link maximumDepth}.
 * Only printable runs of at least `shortest` characters are decoded. A long run comes in pieces that overlap. Ends early when the
 * budget is spent.
 */
export function* decodedViews(text: string, budget: DecodeBudget, shortest = shortestDecoded): Generator<View> {
  yield* withDecoded({ text, depth: 0, origin: (start, end) => [start, end] }, budget, shortest);
}

/** Depth first: of all that a file decodes to, only what is looked at is in memory. */
function* withDecoded(view: View, budget: DecodeBudget, shortest: number): Generator<View> {
  yield view;
  for (const child of childrenOf(view, shortest)) {
    // No key is that short. A text full of single escapes has very many of these.
    if (child.text.length < shortest) continue;
    budget.left -= child.text.length;
    if (budget.left < 0) {
      budget.exhausted = true;
      return;
    }
    yield* withDecoded(child, budget, shortest);
  }
}

/** The range in pieces of {@link longestPiece} at most; each begins {@link sharedByPieces} before the end of the one before it. */
function* piecesOf([start, end]: Range): Generator<Range> {
  for (let from = start; ; from += longestPiece - sharedByPieces) {
    yield [from, Math.min(end, from + longestPiece)];
    if (from + longestPiece >= end) return;
  }
}

/**
 * Decoded text that does not begin where its run does. What stands before it is not known here, so it must not begin with a key:
 * the piece before holds that one whole, with what stands before it.
 */
function continued(text: string): string {
  return `x${text.slice(1)}`;
}

function* childrenOf(view: View, shortest: number): Generator<View> {
  if (view.depth >= maximumDepth) return;
  yield* unescaped(view);
  yield* wideCharacters(view, shortest);
  yield* encodedRuns(view, shortest);
  yield* symbolRuns(view, shortest);
  yield* backwardKeys(view);
}

/** A view into `parent`, given where each of its characters stands there. */
function derive(parent: View, text: string, depth: number, locate: (start: number, end: number) => Range): View {
  return {
    text,
    depth,
    origin: (start, end) => {
      const [from, to] = locate(start, end);
      return parent.origin(from, to);
    },
  };
}

// Escapes

/** Named entities of the characters that a key or another encoding is written in. Source: the HTML standard's table. */
const namedEntities: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({
  lowbar: '_', UnderBar: '_', amp: '&', percnt: '%', bsol: '\\', equals: '=', plus: '+', sol: '/', num: '#', semi: ';', lbrace: '{', rbrace: '}',
}));

/** Any number of backslashes: a program text inside JSON inside YAML doubles them each time. */
const escapePattern = new RegExp(
  [
    '(?<!\\\\)\\\\+(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\\{0*([0-9A-Fa-f]{1,6})\\}|U([0-9A-Fa-f]{8})|([0-3][0-7]{2}|[1-7][0-7])|(\\/))',
    '%(?:([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))',
    '&(?:#0*([0-9]{1,7});?|#[xX]0*([0-9A-Fa-f]{1,6});?|([A-Za-z]{3,8});)',
  ].join('|'),
  'g',
);

/** What an escaped word is made of: the escapes, and the plain characters between them. */
const wordOrEscape = characters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=%\\&#;{}');

function* unescaped(view: View): Generator<View> {
  const { text } = view;
  if (!/[\\%&]/.test(text)) return;
  const escape = new RegExp(escapePattern);
  let regionEnd = 0;
  let region: EscapedRegion | undefined;
  for (let match = escape.exec(text); match; match = escape.exec(text)) {
    const yielded = escapedCharacter(match);
    if (yielded === undefined) continue;
    if (!region || match.index >= regionEnd) {
      if (region) yield region.view(view, regionEnd);
      const start = extendBack(text, match.index, regionEnd, wordOrEscape);
      regionEnd = extend(text, escape.lastIndex, wordOrEscape);
      region = new EscapedRegion(start);
    }
    regionEnd = Math.max(regionEnd, escape.lastIndex);
    region.add(match.index, escape.lastIndex, yielded);
    if (escape.lastIndex - region.start < longestPiece) continue;
    yield region.view(view, escape.lastIndex);
    // The last escapes are read again, as the first of the next piece.
    const next = escape.lastIndex - sharedByPieces;
    escape.lastIndex = region.firstFrom(next);
    region = new EscapedRegion(next, true);
  }
  if (region) yield region.view(view, regionEnd);
}

/** The character that an escape stands for, or `undefined` if it is not ASCII, in which keys and their encodings are written. */
function escapedCharacter(match: RegExpExecArray): string | undefined {
  const hex = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[7] ?? match[8] ?? match[10];
  if (hex !== undefined) return codeText(Number.parseInt(hex, 16));
  if (match[5] !== undefined) return codeText(Number.parseInt(match[5], 8));
  if (match[6] !== undefined) return '/';
  return match[9] !== undefined ? codeText(Number(match[9])) : namedEntities.get(match[11] ?? '');
}

function codeText(code: number): string | undefined {
  return code < 0x80 ? String.fromCharCode(code) : undefined;
}

/** A stretch of text with escapes in it: where they stand in the source, and where in the decoded text. */
class EscapedRegion {
  readonly start: number;
  readonly #isContinued: boolean;
  readonly #sourceStarts: number[] = [];
  readonly #sourceEnds: number[] = [];
  readonly #yielded: string[] = [];

  constructor(start: number, isContinued = false) {
    this.start = start;
    this.#isContinued = isContinued;
  }

  add(start: number, end: number, yielded: string): void {
    this.#sourceStarts.push(start);
    this.#sourceEnds.push(end);
    this.#yielded.push(yielded);
  }

  /** Where the first escape at or after `offset` begins: the last one, if none does. */
  firstFrom(offset: number): number {
    const index = lastAtMost(this.#sourceStarts, offset - 1) + 1;
    return this.#sourceStarts[Math.min(index, this.#sourceStarts.length - 1)] ?? offset;
  }

  view(parent: View, end: number): View {
    const pieces: string[] = [];
    const decodedAt: number[] = [];
    let from = this.start;
    let length = 0;
    for (const [i, start] of this.#sourceStarts.entries()) {
      pieces.push(parent.text.slice(from, start), this.#yielded[i] ?? '');
      length += start - from;
      decodedAt.push(length++);
      from = this.#sourceEnds[i] ?? from;
    }
    pieces.push(parent.text.slice(from, end));

    const start = (index: number): number => {
      const escape = lastAtMost(decodedAt, index);
      if (escape < 0) return this.start + index;
      const at = decodedAt[escape] ?? 0;
      return at === index ? (this.#sourceStarts[escape] ?? 0) : (this.#sourceEnds[escape] ?? 0) + index - at - 1;
    };
    const endOf = (index: number): number => {
      const escape = lastAtMost(decodedAt, index);
      return escape >= 0 && decodedAt[escape] === index ? (this.#sourceEnds[escape] ?? 0) : start(index) + 1;
    };
    const text = pieces.join('');
    return derive(parent, this.#isContinued ? continued(text) : text, parent.depth + 1, (first, last) => [start(first), endOf(last - 1)]);
  }
}

// UTF-16 inside a text of bytes

function* wideCharacters(view: View, shortest: number): Generator<View> {
  const { text } = view;
  if (!text.includes('\0')) return;
  for (const nulFirst of [false, true]) {
    const pair = nulFirst ? `\\0[\\t\\n\\r -~]` : `[\\t\\n\\r -~]\\0`;
    for (const match of text.matchAll(new RegExp(`(?:${pair}){${shortest},}`, 'g'))) {
      const narrow = match[0].replaceAll('\0', '');
      yield derive(view, narrow, view.depth + 1, (start, end) => [match.index + 2 * start, match.index + 2 * end]);
    }
  }
}

// Base64 and hex

const base64 = characters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-');
const hexDigits = characters('0123456789ABCDEFabcdef');
/** Printable bytes, line breaks, and the NUL of UTF-16 (PowerShell's `-EncodedCommand` is base64 of that). */
const printable = characters(`\0\t\n\r${Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).join('')}`);

/** A line of wrapped base64 is at least this long, or it is the last. PEM has 64, MIME 76, YAML 80 columns. */
const shortestLine = 32;

/** Between two lines of one encoded text: a line break or its escape, indentation, and the leader of a comment. */
const lineBreak = /(?:\r?\n|(?:\\r)?\\n|\\\r?\n)[ \t]*(?:(?:\/\/|[#*>])[ \t]*)?/y;

/** Encoded characters without the line breaks between them, and where each line of them stands. */
interface Run {
  readonly text: string;
  /** Index of each line's first character in `text`, and its offset in the view. */
  readonly lines: readonly number[];
  readonly offsets: readonly number[];
  readonly backwards: boolean;
}

function* encodedRuns(view: View, shortest: number): Generator<View> {
  let covered = 0;
  for (const [start, end] of runsOf(view.text, base64, Math.ceil((shortest * 4) / 3))) {
    if (start < covered) continue;
    const [run, to] = joinLines(view.text, start, end);
    covered = to;
    yield* decodedRun(view, run, shortest, view.depth + 1);
    if (view.depth + 2 > maximumDepth) continue;
    yield* decodedRun(view, { ...run, text: backwards(run.text), backwards: true }, shortest, view.depth + 2);
  }
}

function joinLines(text: string, start: number, end: number): readonly [Run, number] {
  const pieces = [text.slice(start, end)];
  const lines = [0];
  const offsets = [start];
  let length = end - start;
  let lineLength = length;
  while (lineLength >= shortestLine) {
    lineBreak.lastIndex = end;
    if (!lineBreak.test(text)) break;
    const next = lineBreak.lastIndex;
    const nextEnd = extend(text, next, base64);
    if (nextEnd === next) break;
    pieces.push(text.slice(next, nextEnd));
    lines.push(length);
    offsets.push(next);
    lineLength = nextEnd - next;
    length += lineLength;
    end = nextEnd;
  }
  return [{ text: pieces.join(''), lines, offsets, backwards: false }, end];
}

/** The offset in the view of character `index` of the run. */
function offsetIn(run: Run, index: number): number {
  const forward = run.backwards ? run.text.length - 1 - index : index;
  const line = Math.max(0, lastAtMost(run.lines, forward));
  return (run.offsets[line] ?? 0) + forward - (run.lines[line] ?? 0);
}

function rangeIn(run: Run, first: number, last: number): Range {
  const a = offsetIn(run, first);
  const b = offsetIn(run, last);
  return a <= b ? [a, b + 1] : [b, a + 1];
}

function* decodedRun(view: View, run: Run, shortest: number, depth: number): Generator<View> {
  for (let phase = 0; phase < 4; phase++) {
    const bytes = Buffer.from(phase === 0 ? run.text : run.text.slice(phase), 'base64');
    for (const [from, to] of runsOf(bytes, printable, shortest)) {
      yield derive(view, bytes.toString('latin1', from, to), depth, (start, end) =>
        rangeIn(run, phase + Math.floor(((from + start) * 8) / 6), phase + Math.floor(((from + end) * 8 - 1) / 6)));
    }
  }
  for (const [start, end] of runsOf(run.text, hexDigits, 2 * shortest)) {
    for (let phase = 0; phase < 2; phase++) {
      const bytes = Buffer.from(run.text.slice(start + phase, end), 'hex');
      for (const [from, to] of runsOf(bytes, printable, shortest)) {
        const first = start + phase + 2 * from;
        yield derive(view, bytes.toString('latin1', from, to), depth, (a, b) => rangeIn(run, first + 2 * a, first + 2 * b - 1));
      }
    }
  }
}

// Lists of byte values, and escapes written backwards

const symbols = characters('0123456789ABCDEFabcdefxXuU\\%&#;{}[](),:- \t\r\n');

function* symbolRuns(view: View, shortest: number): Generator<View> {
  for (const run of runsOf(view.text, symbols, 3 * shortest - 1)) {
    for (const [start, end] of piecesOf(run)) {
      const text = view.text.slice(start, end);
      yield* byteLists(view, text, start, shortest, start > run[0]);
      if (view.depth + 2 > maximumDepth || countNumbers(text) < shortest) continue;
      const turned = backwards(text);
      yield derive(view, end < run[1] ? continued(turned) : turned, view.depth + 1, (a, b) => [end - b, end - a]);
    }
  }
}

/** How many runs of hex digits the text has. */
function countNumbers(text: string): number {
  let count = 0;
  let inNumber = false;
  for (let i = 0; i < text.length; i++) {
    const isDigit = hexDigits[text.charCodeAt(i)] === 1;
    if (isDigit && !inNumber) count++;
    inNumber = isDigit;
  }
  return count;
}

/** `0x68, 0x6b, …`, `68 6b …`, `68:6B:…` and `104, 107, …`. */
function* byteLists(view: View, text: string, offset: number, shortest: number, isContinued: boolean): Generator<View> {
  // Digits of an escape (`&#104;`, `%68`) are no items of a list.
  const tokens = [...text.matchAll(/(?<![%#\\xXuU0-9A-Fa-f]|u\{)(?:0[xX])?([0-9A-Fa-f]+)/g)];
  if (tokens.length < shortest) return;
  for (const radix of [16, 10]) {
    const bytes = Uint8Array.from(tokens, (token) => byteOf(token[0], token[1] ?? '', radix));
    for (const [from, to] of runsOf(bytes, printable, shortest)) {
      const at = tokens.slice(from, to).map((token) => [offset + token.index, offset + token.index + token[0].length] as const);
      const decoded = Buffer.from(bytes.subarray(from, to)).toString('latin1');
      // The first number of a piece may be half of one.
      yield derive(view, isContinued && from <= 1 ? continued(decoded) : decoded, view.depth + 1, (start, end) =>
        [at[start]?.[0] ?? offset, at[end - 1]?.[1] ?? offset]);
    }
  }
}

const noByte = 0xff;

function byteOf(token: string, digits: string, radix: number): number {
  if (radix === 16) return digits.length === 2 ? Number.parseInt(digits, 16) : noByte;
  return /^\d{1,3}$/.test(token) && Number(token) < noByte ? Number(token) : noByte;
}

// Text written backwards

/** The prefixes of keys and setup tokens, last character first. */
const backwardPrefixes = ['_evil_kh', '_xobdnas_kh', '_evil_tlih', '_tsh'];
const bodyCharacters = characters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-');

function* backwardKeys(view: View): Generator<View> {
  const { text } = view;
  for (const prefix of backwardPrefixes) {
    let floor = 0;
    for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
      const end = at + prefix.length;
      if (/[A-Za-z0-9_]/.test(text[end] ?? '')) continue;
      const start = extendBack(text, at, floor, bodyCharacters);
      floor = end;
      yield derive(view, backwards(text.slice(start, end)), view.depth + 1, (a, b) => [end - b, end - a]);
    }
  }
}

// Characters

type Characters = Uint8Array;

function characters(members: string): Characters {
  const table = new Uint8Array(256);
  for (const member of members) table[member.charCodeAt(0)] = 1;
  return table;
}

/**
 * The maximal runs of at least `shortest` members of `set`, in order. Looks at every `shortest`-th character, and back from it
 * to the last that is no member: in text without such runs most characters are never looked at.
 */
function* runsOf(text: string | Uint8Array, set: Uint8Array, shortest: number): Generator<Range> {
  // Characters beyond Latin-1 are members of no set, and must not become one by losing their upper byte.
  const bytes = typeof text === 'string' ? Buffer.from(text.replace(/[^\0-\xff]/g, '\x80'), 'latin1') : text;
  for (let end = 0; ; ) {
    const start = nextRun(bytes, set, shortest, end);
    if (start < 0) return;
    end = start + shortest;
    while (end < bytes.length && set[bytes[end] as number] === 1) end++;
    yield [start, end];
  }
}

/** Where the next run of at least `shortest` members of `set` begins at or after `from`, or -1. */
export function nextRun(bytes: Uint8Array, set: Uint8Array, shortest: number, from: number): number {
  const length = bytes.length;
  let start = from;
  for (let last = start + shortest - 1; last < length; last = start + shortest - 1) {
    let i = last;
    while (i >= start && set[bytes[i] as number] === 1) i--;
    if (i < start) return start;
    start = i + 1;
  }
  return -1;
}

function extend(text: string, from: number, set: Characters): number {
  let end = from;
  while (end < text.length && set[text.charCodeAt(end)] === 1) end++;
  return end;
}

function extendBack(text: string, from: number, floor: number, set: Characters): number {
  let start = from;
  while (start > floor && set[text.charCodeAt(start - 1)] === 1) start--;
  return start;
}

/** The text's characters in opposite order. Encoded runs are ASCII, so UTF-16 units are characters. */
function backwards(text: string): string {
  return Buffer.from(text, 'latin1').reverse().toString('latin1');
}

/** Index of the last of the ascending numbers that is at most `value`, or -1. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
