import { openByteSearch, type ByteSearch, type SearchedPair } from '../../hilt/byte-search.ts';
import { once } from '../../sources/once.ts';
import { isTypeClause, lastKeyword } from './code-edges.ts';
import { isRemote, type RawEdge } from './raw-edge.ts';
import { longestLiteral } from './specifier-text.ts';

/** Takes an edge whose specifier is the bytes from `start` to `end`. */
export type TakeEdge = (how: RawEdge['how'], start: number, end: number, typeOnly: boolean) => void;

/**
 * Reads the imports of a module from its bytes, if all of them are written as nearly all are: without comments, escapes and computed
 * arguments. Gives `false` where one is not: then its text has to be read, and what was taken is to be thrown away.
 * Where it gives `true`, it has taken what `importEdges` finds in the text, without making one of a file of which a few lines matter.
 *
 * @param bytes UTF-8
 */
export function takePlainEdges(bytes: Uint8Array, take: TakeEdge): boolean {
  const search = openWordSearch();
  if (search === undefined) return false;
  let done = 0;
  return !search.somePair(bytes, (at) => {
    if (at < done) return false;
    const end = readWord(bytes, at, take);
    if (end === unclear) return true;
    done = end;
    return false;
  });
}

/** What a reader gives where only the text can tell; else it is the offset from which to search on. */
const unclear = -1;

// Pairs are found at even offsets: a word that begins at one shows another pair than a word that does not.
const openWordSearch = once((): ByteSearch | undefined => {
  const codes = (letters: string): ReadonlySet<number> => new Set(Array.from(letters, (letter) => code(letter, 0)));
  const pairOf = (letters: string): number => code(letters, 0) | (code(letters, 1) << 8);
  const between = (before: string, letters: string, behind: string): SearchedPair => ({ before: codes(before), pair: pairOf(letters), behind: codes(behind) });
  return openByteSearch([
    between('m', 'po', 'r'), between('i', 'mp', 'o'), // import
    between('e', 'qu', 'i'), between('r', 'eq', 'u'), // require
    { before: codes('r'), pair: pairOf('om') }, between('f', 'ro', 'm'), // from
    { pair: pairOf('Wo'), behind: codes('r') }, between('W', 'or', 'k'), // Worker, Worklet
  ], [], 'own');
});

function code(text: string, at: number): number {
  return text.charCodeAt(at);
}

const [m, p, q, e, o, r] = Array.from('mpqeor', (letter) => code(letter, 0));

/** Reads the word in which the pair at `at` stands. */
function readWord(bytes: Uint8Array, at: number, take: TakeEdge): number {
  switch (bytes[at]) {
    case p: return readImport(bytes, at - 2, take);
    case m: return readImport(bytes, at - 1, take);
    case q: return readRequire(bytes, at - 2, take);
    case e: return readRequire(bytes, at - 1, take);
    case o: return bytes[at + 1] === m ? readFrom(bytes, at - 2, take) : unclear;
    case r: return readFrom(bytes, at - 1, take);
    default: return unclear;
  }
}

const importWord = Buffer.from('import');
const exportWord = Buffer.from('export');
const requireWord = Buffer.from('require');
const fromWord = Buffer.from('from');
const metaEnv = Buffer.from('.meta.env');

// What a byte can be part of.
const word = 1;
const space = 2;
const clause = 4;
const kinds = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const char = String.fromCharCode(byte);
  kinds[byte] = (/\w/.test(char) ? word : 0) | (/\s/.test(char) ? space : 0) | (/[\w$\s,{}*]/.test(char) ? clause : 0);
}
const capitalS = code('S', 0);
const dollar = code('$', 0);
const dot = code('.', 0);
const slash = code('/', 0);
const star = code('*', 0);
const open = code('(', 0);
const close = code(')', 0);
const brace = code('{', 0);
const newline = code('\n', 0);
const backslash = code('\\', 0);
const colon = code(':', 0);
const beyondAscii = 0x80;

function isAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  if (at < 0) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/** Whether the word at `at` is one of its own. */
function isWord(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  return isAt(bytes, at, wanted) && !isKind(bytes[at - 1], word) && !isKind(bytes[at + wanted.length], word);
}

function isKind(byte: number | undefined, kind: number): boolean {
  return ((kinds[byte ?? newline] as number) & kind) !== 0;
}

function isQuote(byte: number | undefined): boolean {
  return byte === 34 || byte === 39;
}

/** The offset of the first byte that is no ASCII space. */
function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isKind(bytes[at], space)) at++;
  return at;
}

function readImport(bytes: Uint8Array, at: number, take: TakeEdge): number {
  const after = at + importWord.length;
  // `importScripts` loads a worker's: it is for the text.
  if (bytes[after] === capitalS) return unclear;
  if (!isWord(bytes, at, importWord) || bytes[at - 1] === dollar || bytes[after] === dollar) return after;
  if (bytes[after] === open) return takeArgument(bytes, at, after, 'dynamic', take);
  if (bytes[at - 1] === dot) return after;
  if (bytes[after] === dot) return isAt(bytes, after, metaEnv) ? after : unclear;
  const quote = clauseEnd(bytes, after);
  if (!isQuote(bytes[quote])) return isInComment(bytes, at) ? after : unclear;
  if (skipSpace(bytes, after) === quote) return takeLiteral(bytes, at, quote, 'import', take);
  return endsWithFrom(bytes, quote) ? takeStatement(bytes, at, after, quote, 'import', take) : unclear;
}

/** `export { x } from "y"` and `export * from "y"`, read back from `from`; an import has been read before its `from` is found. */
function readFrom(bytes: Uint8Array, at: number, take: TakeEdge): number {
  const after = at + fromWord.length;
  if (!isWord(bytes, at, fromWord) || bytes[at - 1] === dollar || bytes[at - 1] === dot) return after;
  const quote = skipSpace(bytes, after);
  const next = bytes[quote] ?? newline;
  if (!isQuote(next)) return next === slash || next >= beyondAscii ? unclear : after;
  let start = at - 1;
  while (isKind(bytes[start], clause) && start >= 0 && !isWord(bytes, start, exportWord)) start--;
  if (!isWord(bytes, start, exportWord) || bytes[start - 1] === dollar || bytes[start - 1] === dot) return unclear;
  const clauseStart = skipSpace(bytes, start + exportWord.length);
  const isReexport = bytes[clauseStart] === brace || bytes[clauseStart] === star || isWord(bytes, clauseStart, typeWord);
  return isReexport ? takeStatement(bytes, start, clauseStart, quote, 'reexport', take) : unclear;
}

/** A statement whose clause begins at `start` and has no byte in it that no plain clause holds. */
function takeStatement(bytes: Uint8Array, at: number, start: number, quote: number, how: 'import' | 'reexport', take: TakeEdge): number {
  if (!hasMark(bytes, start, quote)) return takeLiteral(bytes, at, quote, how, take);
  const written = textOf(bytes, start, quote);
  return lastKeyword(written) === undefined ? takeLiteral(bytes, at, quote, how, take, isTypeClause(written)) : unclear;
}

function readRequire(bytes: Uint8Array, at: number, take: TakeEdge): number {
  const after = at + requireWord.length;
  if (!isWord(bytes, at, requireWord) || bytes[at - 1] === dollar || bytes[after] === dollar) return after;
  const next = skipSpace(bytes, after);
  if (bytes[next] === open) return takeArgument(bytes, at, next, 'require', take);
  return bytes[next] === dot || bytes[next] === slash || (bytes[next] ?? 0) >= beyondAscii ? unclear : after;
}

/** The only argument of a call whose parenthesis is at `paren`. */
function takeArgument(bytes: Uint8Array, at: number, paren: number, how: 'dynamic' | 'require', take: TakeEdge): number {
  const quote = skipSpace(bytes, paren + 1);
  if (!isQuote(bytes[quote])) return unclear;
  const end = literalEnd(bytes, quote);
  return end !== unclear && bytes[skipSpace(bytes, end)] === close ? takeLiteral(bytes, at, quote, how, take) : unclear;
}

/** The offset of the first byte that no plain clause holds. */
function clauseEnd(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + longestLiteral / 2);
  let at = from;
  while (at < limit && isKind(bytes[at], clause)) at++;
  return at;
}

function endsWithFrom(bytes: Uint8Array, quote: number): boolean {
  let end = quote;
  while (isKind(bytes[end - 1], space)) end--;
  const at = end - fromWord.length;
  return isWord(bytes, at, fromWord) && bytes[at - 1] !== dollar;
}

/** Whether a name in a clause may mark types, or belong to another statement. */
function hasMark(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === p && (isAt(bytes, at - 2, typeWord) || isAt(bytes, at, portWord))) return true;
  return false;
}

const typeWord = Buffer.from('type');
const portWord = Buffer.from('port');

/** Behind the closing quote, or `unclear`. */
function literalEnd(bytes: Uint8Array, quote: number): number {
  const limit = Math.min(bytes.length, quote + longestLiteral / 2);
  for (let at = quote + 1; at < limit; at++) {
    const byte = bytes[at] as number;
    if (byte === bytes[quote]) return at + 1;
    if (byte === backslash || byte === newline || isQuote(byte)) return unclear;
  }
  return unclear;
}

function takeLiteral(bytes: Uint8Array, at: number, quote: number, how: RawEdge['how'], take: TakeEdge, typeOnly = false): number {
  const end = literalEnd(bytes, quote);
  if (end === unclear || mayBeComment(bytes, at)) return unclear;
  const [first, last] = [quote + 1, end - 1];
  if (first < last && !namesHost(bytes, first, last)) take(how, first, last, typeOnly);
  return end;
}

const longestIndent = 200;

/** Whether the line may have begun with a comment. */
function mayBeComment(bytes: Uint8Array, at: number): boolean {
  if (at === 0 || bytes[at - 1] === newline) return false;
  const start = lineStart(bytes, at);
  const first = start === unclear ? slash : (bytes[start] ?? 0);
  return first === slash || first === star || first >= beyondAscii;
}

/** Whether the line is a comment for sure: `//` or `*` are its first bytes, and no `/` ends that before `at`. */
function isInComment(bytes: Uint8Array, at: number): boolean {
  const start = lineStart(bytes, at);
  if (start === unclear) return false;
  if (bytes[start] === slash && bytes[start + 1] === slash) return true;
  return bytes[start] === star && isKind(bytes[start + 1], space) && bytes.subarray(start, at).indexOf(slash) < 0;
}

/** The first byte of the line that is no space, or `unclear` where that is too far away to tell. */
function lineStart(bytes: Uint8Array, at: number): number {
  const floor = Math.max(0, at - longestIndent);
  let start = at;
  while (start > floor && bytes[start - 1] !== newline) start--;
  return start === floor && floor > 0 ? unclear : skipSpace(bytes, start);
}

const longestScheme = 6;

function namesHost(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] === slash) return bytes[start + 1] === slash;
  const limit = Math.min(end, start + longestScheme);
  let at = start;
  while (at < limit && bytes[at] !== colon) at++;
  return at < limit && isRemote(textOf(bytes, start, end));
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}
