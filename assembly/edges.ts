import { enlarge, reserve } from './memory';
import { numberOf } from './texts';

export { indexTexts, numberOf, takeTexts, textBytes, textCount, textEnds } from './texts';

/**
 * Reads the imports of modules from their bytes, if all of them are written as nearly all are: without comments, escapes and computed
 * arguments. Where it reads a module, it takes what `importEdges` (src/project/graph/import-edges.ts) finds in its text, without making
 * a text of a file of which a few lines matter. The words are those of src/project/graph/edge-table.ts.
 */

// --- the words of all edges so far --------------------------------------------------------------------------------------------

let words: i32 = 0;
let count: i32 = 0;
let room: i32 = 0;

export function pushWord(word: u32): void {
  if (count === room) {
    room = max(4096, 2 * room);
    words = enlarge(words, count << 2, room << 2);
  }
  store<u32>(words + (count << 2), word);
  count++;
}

export function wordCount(): i32 {
  return count;
}

/** Offset of the words, four bytes each. */
export function wordBytes(): i32 {
  return words;
}

// Of a word that is no glob and no script: how the module is imported, and whether only types are. Above them is the specifier's number.
const asImport: i32 = 0;
const asReexport: i32 = 1;
const asDynamic: i32 = 2;
const asRequire: i32 = 3;
const typesOnly: i32 = 8;
const flagSize: i32 = 64;

// --- the module that is read --------------------------------------------------------------------------------------------------

/** So many bytes around a text may be looked at; the one before it and those behind it are ends of lines. */
const slack: i32 = 64;

let text: i32 = 0;
let end: i32 = 0;
let textRoom: i32 = 0;

/** The offset to which a module of `length` bytes is to be written. */
export function place(length: i32): i32 {
  if (length > textRoom) {
    textRoom = max(length, 1 << 16);
    text = reserve(textRoom + 2 * slack) + slack;
  }
  return text;
}

/** What a reader gives where only the text can tell; else it gives the offset from which to search on. */
const unclear: i32 = -1;

/** Takes the edges of the module that was written to `place`; `false`, and none taken, where its text has to be read. */
export function readModule(length: i32): bool {
  end = text + length;
  store<u8>(text - 1, <u8>newline);
  memory.fill(end, <u8>newline, slack);
  const before = count;
  let done = text;
  for (let at = text; at < end; at += 16) {
    // A bit for each of 16 bytes.
    for (let hits = wordsIn(at); hits !== 0; hits &= hits - 1) {
      const hit = at + ctz(hits);
      if (hit < done) continue;
      done = readWord(hit);
      if (done !== unclear) continue;
      count = before;
      return false;
    }
  }
  return true;
}

/** Which of the 16 bytes at `at` begin a part of `import`, `require`, `from`, `Worker` and `Worklet` that few other words have. */
function wordsIn(at: i32): i32 {
  const first = v128.load(at);
  const second = v128.load(at, 1);
  const third = v128.load(at, 2);
  const imports = v128.and(is(first, m), is(second, p));
  const requires = v128.and(is(first, e), is(second, q));
  const froms = v128.and(v128.and(is(first, r), is(second, o)), is(third, m));
  const workers = v128.and(v128.and(is(first, capitalW), is(second, o)), is(third, r));
  const all = v128.or(v128.or(imports, requires), v128.or(froms, workers));
  return v128.any_true(all) ? i8x16.bitmask(all) : 0;
}

function is(bytes: v128, wanted: i32): v128 {
  return i8x16.eq(bytes, i8x16.splat(<i8>wanted));
}

/** Reads the word a part of which begins at `at`. */
function readWord(at: i32): i32 {
  switch (byteAt(at)) {
    case m: return isImportWord(at - 1) ? readImport(at - 1) : at + 1;
    case e: return isRequireWord(at - 1) ? readRequire(at - 1) : at + 1;
    case r: return isFromWord(at - 1) ? readFrom(at - 1) : at + 1;
    default: return byteAt(at + 3) === k ? unclear : at + 1;
  }
}

function readImport(at: i32): i32 {
  const after = at + importLength;
  const next = byteAt(after);
  // `importScripts` loads a worker's: it is for the text.
  if (next === capitalS) return unclear;
  if (!standsAlone(at, importLength) || byteAt(at - 1) === dollar || next === dollar) return after;
  if (next === openParen) return takeArgument(at, after, asDynamic);
  if (byteAt(at - 1) === dot) return after;
  if (next === dot) return isMetaEnv(after) ? after : unclear;
  const quote = clauseEnd(after);
  if (!isQuote(byteAt(quote))) return isInComment(at) ? after : unclear;
  if (skipSpace(after) === quote) return takeLiteral(at, quote, asImport);
  return endsWithFrom(quote) ? takeStatement(at, after, quote, asImport) : unclear;
}

/** `export { x } from "y"` and `export * from "y"`, read back from `from`; an import has been read before its `from` is found. */
function readFrom(at: i32): i32 {
  const after = at + fromLength;
  if (!standsAlone(at, fromLength) || byteAt(at - 1) === dollar || byteAt(at - 1) === dot) return after;
  const quote = skipSpace(after);
  const next = byteAt(quote);
  if (!isQuote(next)) return next === slash || next >= beyondAscii ? unclear : after;
  let start = at - 1;
  while (start >= text && isInClause(byteAt(start)) && !isExportAt(start)) start--;
  if (start < text || !isExportAt(start) || byteAt(start - 1) === dollar || byteAt(start - 1) === dot) return unclear;
  const clause = skipSpace(start + exportLength);
  const first = byteAt(clause);
  const isClause = first === openBrace || first === star || (isTypeWord(clause) && standsAlone(clause, typeLength));
  return isClause ? takeStatement(start, clause, quote, asReexport) : unclear;
}

function readRequire(at: i32): i32 {
  const after = at + requireLength;
  if (!standsAlone(at, requireLength) || byteAt(at - 1) === dollar || byteAt(after) === dollar) return after;
  const paren = skipSpace(after);
  const next = byteAt(paren);
  if (next === openParen) return takeArgument(at, paren, asRequire);
  return next === dot || next === slash || next >= beyondAscii ? unclear : after;
}

/** The only argument of a call whose parenthesis is at `paren`. */
function takeArgument(at: i32, paren: i32, how: i32): i32 {
  const quote = skipSpace(paren + 1);
  if (!isQuote(byteAt(quote))) return unclear;
  const last = literalEnd(quote);
  return last !== unclear && byteAt(skipSpace(last)) === closeParen ? takeLiteral(at, quote, how) : unclear;
}

/** A statement whose clause, from `start` to `quote`, has no byte in it that no plain clause holds. */
function takeStatement(at: i32, start: i32, quote: i32, how: i32): i32 {
  let hasType = false;
  for (let i = start; i < quote; i++) {
    if (byteAt(i) !== p) continue;
    // Then the clause belongs to that statement.
    if (isKeyword(i - 2)) return unclear;
    hasType = hasType || isTypeWord(i - 2);
  }
  return takeLiteral(at, quote, hasType && isTypeClause(start, quote) ? how | typesOnly : how);
}

function takeLiteral(at: i32, quote: i32, flags: i32): i32 {
  const last = literalEnd(quote);
  if (last === unclear || mayBeComment(at)) return unclear;
  const start = quote + 1;
  const length = last - 1 - start;
  if (length > 0 && !namesHost(start)) pushWord(numberOf(start, length) * flagSize + flags);
  return last;
}

/**
 * `type X`, `type { … }`, `type * as x`, `typeof X`, or braces in which every name is marked `type`.
 * `type` alone is the name of a default import.
 */
function isTypeClause(start: i32, quote: i32): bool {
  const last = backOverSpace(backOverSpace(quote) - fromLength);
  const first = skipSpace(start);
  const behind = skipTypeWord(first);
  if (behind !== first) {
    const next = skipSpace(behind);
    return next < last && byteAt(next) !== comma;
  }
  return byteAt(first) === openBrace && areTypeNames(first + 1, last);
}

/** Whether there are names in the braces, and all of them are marked `type`. */
function areTypeNames(start: i32, last: i32): bool {
  let hasName = false;
  let at = skipSpace(start);
  while (at < last && byteAt(at) !== closeBrace) {
    if (byteAt(at) !== comma) {
      if (!isMarkedType(at)) return false;
      hasName = true;
      while (at < last && !endsName(byteAt(at))) at++;
    } else {
      at++;
    }
    at = skipSpace(at);
  }
  return hasName && at < last;
}

/** `type X` and `type X as Y`; of `type as x` it is `type` itself that is imported. */
function isMarkedType(at: i32): bool {
  const behind = skipTypeWord(at);
  if (behind === at || !isSpace(byteAt(behind))) return false;
  const name = skipSpace(behind);
  if (!isAsWord(name)) return !endsName(byteAt(name));
  const next = skipSpace(name + asLength);
  return endsName(byteAt(next)) || isAsWord(next);
}

/** The offset behind `type` or `typeof`, or `at` where neither stands there. */
function skipTypeWord(at: i32): i32 {
  if (!isTypeWord(at)) return at;
  const after = load<u16>(at, typeLength) === OF ? at + typeLength + 2 : at + typeLength;
  return isInName(byteAt(after)) ? at : after;
}

// --- where a statement begins and ends ----------------------------------------------------------------------------------------

/** Half of what the reader of texts looks at (specifier-text.ts): longer ones are for it. */
const longest: i32 = 1024;

/** The offset of the first byte that no plain clause holds. */
function clauseEnd(start: i32): i32 {
  const limit = min(end, start + longest);
  let at = start;
  while (at < limit && isInClause(byteAt(at))) at++;
  return at;
}

function endsWithFrom(quote: i32): bool {
  const at = backOverSpace(quote) - fromLength;
  return isFromWord(at) && standsAlone(at, fromLength) && byteAt(at - 1) !== dollar;
}

/** Behind the closing quote, or `unclear`. */
function literalEnd(quote: i32): i32 {
  const limit = min(end, quote + longest);
  const mark = byteAt(quote);
  for (let at = quote + 1; at < limit; at++) {
    const byte = byteAt(at);
    if (byte === mark) return at + 1;
    if (byte === backslash || byte === newline || isQuote(byte)) return unclear;
  }
  return unclear;
}

/** `https:`, `data:` and others that name what is no module of the repository, as `isRemote` (raw-edge.ts) has them. */
function namesHost(at: i32): bool {
  if (byteAt(at) === slash) return byteAt(at + 1) === slash;
  const word = load<u32>(at);
  if (word === HTTP) return byteAt(at + 4) === colon || (byteAt(at + 4) === s && byteAt(at + 5) === colon);
  return byteAt(at + 4) === colon && (word === NODE || word === DATA || word === BLOB || word === FILE);
}

const longestIndent: i32 = 200;

/** Whether the line may have begun with a comment. */
function mayBeComment(at: i32): bool {
  if (byteAt(at - 1) === newline) return false;
  const start = lineStart(at);
  if (start === unclear) return true;
  const first = byteAt(start);
  return first === slash || first === star || first >= beyondAscii;
}

/** Whether the line is a comment for sure: `//` or `*` are its first bytes, and no `/` ends that before `at`. */
function isInComment(at: i32): bool {
  const start = lineStart(at);
  if (start === unclear) return false;
  if (byteAt(start) === slash && byteAt(start + 1) === slash) return true;
  if (byteAt(start) !== star || !isSpace(byteAt(start + 1))) return false;
  for (let i = start; i < at; i++) if (byteAt(i) === slash) return false;
  return true;
}

/** The first byte of the line that is no space, or `unclear` where that is too far away to tell. */
function lineStart(at: i32): i32 {
  const floor = max(text, at - longestIndent);
  let start = at;
  while (start > floor && byteAt(start - 1) !== newline) start--;
  return start === floor && floor > text ? unclear : skipSpace(start);
}

function skipSpace(start: i32): i32 {
  let at = start;
  while (at < end && isSpace(byteAt(at))) at++;
  return at;
}

function backOverSpace(start: i32): i32 {
  let at = start;
  while (at > text && isSpace(byteAt(at - 1))) at--;
  return at;
}

// --- words --------------------------------------------------------------------------------------------------------------------

// Letters as numbers of two and four bytes, the first lowest.
const IMPO: u32 = 0x6f706d69;
const EXPO: u32 = 0x6f707865;
const RT: u32 = 0x7472;
const REQU: u32 = 0x75716572;
const UIRE: u32 = 0x65726975;
const FROM: u32 = 0x6d6f7266;
const TYPE: u32 = 0x65707974;
const OF: u32 = 0x666f;
const AS: u32 = 0x7361;
const MET: u32 = 0x74656d2e;
const A_EN: u32 = 0x6e652e61;
const HTTP: u32 = 0x70747468;
const NODE: u32 = 0x65646f6e;
const DATA: u32 = 0x61746164;
const BLOB: u32 = 0x626f6c62;
const FILE: u32 = 0x656c6966;

const importLength: i32 = 6;
const exportLength: i32 = 6;
const requireLength: i32 = 7;
const fromLength: i32 = 4;
const typeLength: i32 = 4;
const asLength: i32 = 2;

function isImportWord(at: i32): bool {
  return load<u32>(at) === IMPO && load<u16>(at, 4) === RT;
}

function isExportWord(at: i32): bool {
  return load<u32>(at) === EXPO && load<u16>(at, 4) === RT;
}

function isExportAt(at: i32): bool {
  return isExportWord(at) && standsAlone(at, exportLength);
}

function isRequireWord(at: i32): bool {
  return load<u32>(at) === REQU && load<u32>(at, 3) === UIRE;
}

function isFromWord(at: i32): bool {
  return load<u32>(at) === FROM;
}

function isTypeWord(at: i32): bool {
  return load<u32>(at) === TYPE;
}

function isAsWord(at: i32): bool {
  return load<u16>(at) === AS && !isInName(byteAt(at + asLength));
}

/** `import` or `export`, neither a property nor part of a name. */
function isKeyword(at: i32): bool {
  if (!isImportWord(at) && !isExportWord(at)) return false;
  const before = byteAt(at - 1);
  const after = byteAt(at + importLength);
  return !isInName(before) && before !== dot && !isInName(after) && after !== dot;
}

/** `.meta.env` */
function isMetaEnv(at: i32): bool {
  return load<u32>(at) === MET && load<u32>(at, 4) === A_EN && byteAt(at + 8) === v;
}

function standsAlone(at: i32, length: i32): bool {
  return !isInWord(byteAt(at - 1)) && !isInWord(byteAt(at + length));
}

// --- bytes --------------------------------------------------------------------------------------------------------------------

const newline: i32 = 0x0a;
const dollar: i32 = 0x24;
const openParen: i32 = 0x28;
const closeParen: i32 = 0x29;
const star: i32 = 0x2a;
const comma: i32 = 0x2c;
const dot: i32 = 0x2e;
const slash: i32 = 0x2f;
const colon: i32 = 0x3a;
const capitalS: i32 = 0x53;
const capitalW: i32 = 0x57;
const backslash: i32 = 0x5c;
const e: i32 = 0x65;
const k: i32 = 0x6b;
const m: i32 = 0x6d;
const o: i32 = 0x6f;
const p: i32 = 0x70;
const q: i32 = 0x71;
const r: i32 = 0x72;
const s: i32 = 0x73;
const v: i32 = 0x76;
const openBrace: i32 = 0x7b;
const closeBrace: i32 = 0x7d;
const beyondAscii: i32 = 0x80;

function byteAt(at: i32): i32 {
  return load<u8>(at);
}

/** Letters, digits and `_`. */
function isInWord(byte: i32): bool {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f;
}

function isInName(byte: i32): bool {
  return isInWord(byte) || byte === dollar;
}

function isSpace(byte: i32): bool {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function isQuote(byte: i32): bool {
  return byte === 0x22 || byte === 0x27;
}

/** What stands in a clause without comments and quoted names. */
function isInClause(byte: i32): bool {
  return isInName(byte) || isSpace(byte) || byte === openBrace || byte === closeBrace || byte === comma || byte === star;
}

function endsName(byte: i32): bool {
  return byte === comma || byte === closeBrace;
}
