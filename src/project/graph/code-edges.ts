import type { Span } from '../../syntax/span.ts';
import { isSpace, push, type RawEdge } from './raw-edge.ts';
import { anything, braces, escapeGlob, isStringQuote, isTemplate, literalAt, longestLiteral, templateGlob, unescape } from './specifier-text.ts';
import { collectWorkers } from './worker-edges.ts';

// One pass looks for the keyword that every import begins with; V8 searches these three at more than 1 GB/s.
// Declarations are the most common exports and import nothing.
const head = /\b(?:import|export(?!\s+(?:function|const|class|async|let|var|enum|interface|abstract|declare|namespace|default\s+(?!from\b)))|require)\b/g;
const memberCall = /\s*\.\s*(meta|resolve(?:Weak)?|context|defer|source)\b(?:\s*\.\s*(\w+))?/y;

interface Scan {
  readonly text: string;
  readonly edges: RawEdge[];
  /** No clause that begins before this offset leads to a `from`: what keeps a hostile file linear. */
  barren: number;
  /** No block comment that begins at or behind this offset ends. */
  unclosed: number;
}

export function collectCode(text: string, edges: RawEdge[]): void {
  const scan: Scan = { text, edges, barren: 0, unclosed: Infinity };
  head.lastIndex = 0;
  for (let hit = head.exec(text); hit !== null; hit = head.exec(text)) {
    const after = hit.index + hit[0].length;
    head.lastIndex = Math.max(after, readStatement(scan, hit[0], hit.index, after));
  }
  collectWorkers(text, edges);
}

const openParen = 40;
const closeParen = 41;
const dot = 46;
const slash = 47;
const star = 42;
const dollar = 36;

/** Reads what follows a keyword and gives the offset from which to search on. */
function readStatement(scan: Scan, keyword: string, index: number, after: number): number {
  const before = scan.text.charCodeAt(index - 1);
  const next = scan.text.charCodeAt(after);
  if (before === dollar || next === dollar) return after;
  if (keyword === 'require') return readRequire(scan, index, after);
  if (next === openParen) return keyword === 'import' ? readCall(scan, index, after, 'dynamic') : after;
  // `x.import` and `x.export` are properties.
  if (before === dot) return after;
  if (next === dot) return readImportMember(scan, index, after);
  return readStatic(scan, keyword === 'import', index, after);
}

// `import x, { y } from "z"` and `export { y } from "z"` as nearly all are written: one match instead of a walk over the clause.
// No two repeats stand side by side, so it takes linear time on any text.
const plainStatement = /\s*(?:[\w$]+(?:\s*,\s*(?:\{[\w$\s,]*\}|\*\s*as\s+[\w$]+))?|\{[\w$\s,]*\}|\*(?:\s*as\s+[\w$]+)?)\s*\bfrom\s*(['"])([^'"\\\n]*)\1/y;

/** Reads a statement without types, comments and escapes; `undefined` if it is another. */
function readPlain({ text, edges }: Scan, isImport: boolean, index: number, after: number): number | undefined {
  plainStatement.lastIndex = after;
  const match = plainStatement.exec(text);
  if (match === null || match[0].length > longestLiteral) return undefined;
  const specifier = match[2] ?? '';
  const end = plainStatement.lastIndex;
  const start = end - specifier.length - 2;
  const clause = text.slice(after, start);
  if (clause.includes('type') || clause.includes('port')) return undefined;
  return push(text, index, { specifier, how: isImport ? 'import' : 'reexport', typeOnly: false, at: [start, end] }, edges);
}

function readStatic(scan: Scan, isImport: boolean, index: number, after: number): number {
  const plain = readPlain(scan, isImport, index, after);
  if (plain !== undefined) return plain;
  const { text } = scan;
  if (isImport) {
    const start = skipGap(scan, after);
    if (isStringQuote(text.charCodeAt(start))) return pushStatic(scan, index, start, 'import', false) ?? after;
    if (text.charCodeAt(start) === openParen) return readCall(scan, index, start, 'dynamic');
  }
  if (after < scan.barren) return after;
  const end = clauseEnd(scan, after);
  const clause = text.slice(after, end);
  if (!isStringQuote(text.charCodeAt(end)) || !endsWithFrom(clause)) {
    scan.barren = end;
    return after;
  }
  const last = lastKeyword(clause);
  const reexport = last === undefined ? !isImport : last.keyword === 'export';
  const own = last === undefined ? clause : clause.slice(last.end);
  const start = last === undefined ? index : after + last.end - last.keyword.length;
  return pushStatic(scan, start, end, reexport ? 'reexport' : 'import', isTypeClause(own)) ?? after;
}

const clauseBreak = /['"`;()=/]/g;

/**
 * Offset of the first character that no import clause holds. Comments belong to the clause, and so do
 * quoted names (`"a-b" as x`).
 */
function clauseEnd(scan: Scan, from: number): number {
  const { text } = scan;
  clauseBreak.lastIndex = from;
  for (let hit = clauseBreak.exec(text); hit !== null; hit = clauseBreak.exec(text)) {
    const next = hit[0] === '/' ? skipComment(scan, hit.index) : skipQuotedName(text, hit.index);
    if (next === undefined) return hit.index;
    clauseBreak.lastIndex = next;
  }
  return text.length;
}

const quotedName = /(['"])[^'"\n]{0,200}\1\s*(?=[,}]|as\b)/y;

function skipQuotedName(text: string, at: number): number | undefined {
  quotedName.lastIndex = at;
  return quotedName.exec(text) === null ? undefined : quotedName.lastIndex;
}

/** Offset behind the comment that begins at `at`, or `undefined` if none does. */
function skipComment(scan: Scan, at: number): number | undefined {
  const { text } = scan;
  const next = text.charCodeAt(at + 1);
  if (next === slash) {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
  if (next !== star) return undefined;
  const end = at >= scan.unclosed ? -1 : text.indexOf('*/', at + 2);
  if (end >= 0) return end + 2;
  scan.unclosed = Math.min(scan.unclosed, at);
  return text.length;
}

/** Offset of the first character that is neither white space nor comment. */
function skipGap(scan: Scan, from: number): number {
  const { text } = scan;
  let at = from;
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at++;
    const next = text.charCodeAt(at) === slash ? skipComment(scan, at) : undefined;
    if (next === undefined) return at;
    at = next;
  }
}

function endsWithFrom(clause: string): boolean {
  return /(?:^|[^\w$.])from\s*$/.test(clause.slice(-40)) || /(?:^|[^\w$.])from(?:\s|\/\*[^*]*\*\/|\/\/[^\n]*\n)*$/.test(clause.slice(-400));
}

/** A clause that runs over another `import` or `export` belongs to the last one. */
function lastKeyword(clause: string): { keyword: string; end: number } | undefined {
  if (!clause.includes('port')) return undefined;
  let last: { keyword: string; end: number } | undefined;
  const code = clause.includes('/') ? clause.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => ' '.repeat(comment.length)) : clause;
  for (const match of code.matchAll(/(?<![\w$.])(?:im|ex)port(?![\w$.])/g)) {
    last = { keyword: match[0], end: match.index + match[0].length };
  }
  return last;
}

/**
 * `type X`, `type { … }`, `type * as x`, `typeof X`, or braces in which every name is marked `type`.
 * `type` alone is the name of a default import.
 */
function isTypeClause(clause: string): boolean {
  if (!clause.includes('type')) return false;
  const written = clause.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ').replace(/\bfrom\s*$/, '').trim();
  if (/^type(?:of)?(?![\w$])/.test(written)) return !/^type(?:of)?\s*(?:,|$)/.test(written);
  if (!written.startsWith('{')) return false;
  const names = written.slice(1, written.lastIndexOf('}')).split(',').map((name) => name.trim()).filter((name) => name !== '');
  return names.length > 0 && names.every((name) => /^type(?:of)?\s+(?!as\s+(?!as\b)\S)/.test(name));
}

function readImportMember(scan: Scan, index: number, after: number): number {
  memberCall.lastIndex = after;
  const member = memberCall.exec(scan.text);
  if (member === null) return after;
  const end = memberCall.lastIndex;
  if (member[1] === 'defer' || member[1] === 'source') return readCall(scan, index, end, 'dynamic');
  if (member[1] !== 'meta') return after;
  if (member[2] === 'url') return readUrl(scan, index, end);
  if (member[2] === 'glob' || member[2] === 'globEager') return readGlob(scan, index, end);
  if (member[2] === 'webpackContext') return readContext(scan, index, end);
  if (member[2] === 'resolve') return readCall(scan, index, end, 'asset');
  return end;
}

function readRequire(scan: Scan, index: number, after: number): number {
  const next = scan.text.charCodeAt(after);
  if (next !== dot) return readCall(scan, index, after, 'require');
  memberCall.lastIndex = after;
  const member = memberCall.exec(scan.text);
  if (member === null) return after;
  if (member[1] === 'context') return readContext(scan, index, memberCall.lastIndex);
  return readCall(scan, index, memberCall.lastIndex, 'require');
}

/** Offset of a call's first argument, or `undefined` if no parenthesis follows. */
function argumentStart(scan: Scan, after: number): number | undefined {
  const open = skipGap(scan, after);
  return scan.text.charCodeAt(open) === openParen ? skipGap(scan, open + 1) : undefined;
}

/** `import(…)` or `require(…)`. An argument that is no single literal gives a glob, or every literal in it that looks like a path. */
function readCall(scan: Scan, index: number, after: number, how: RawEdge['how']): number {
  const start = argumentStart(scan, after);
  if (start === undefined) return after;
  const literal = literalAt(scan.text, start);
  const next = literal === undefined ? undefined : scan.text[skipGap(scan, literal.at[1])];
  if (literal === undefined || next === '?' || next === '=') return readComputed(scan, index, start, how);
  const { at } = literal;
  if (next === '+') return push(scan.text, index, { specifier: `${escapeGlob(unescape(literal.body))}${anything}`, how: 'glob', typeOnly: false, at }, scan.edges);
  if (isTemplate(literal)) return push(scan.text, index, { specifier: templateGlob(literal.body), how: 'glob', typeOnly: false, at }, scan.edges);
  return push(scan.text, index, { specifier: unescape(literal.body), how, typeOnly: false, at }, scan.edges);
}

const computedLength = 300;

function readComputed(scan: Scan, index: number, start: number, how: RawEdge['how']): number {
  const window = scan.text.slice(start, start + computedLength);
  const argument = window.slice(0, closingOffset(window));
  let end = start;
  for (const match of argument.matchAll(/(['"`])((?:\.{0,2}\/|[@~#])[^'"`\n\\$]*)\1/g)) {
    const at = start + match.index;
    end = push(scan.text, index, { specifier: match[2] ?? '', how, typeOnly: false, at: [at, at + match[0].length] }, scan.edges);
  }
  return end;
}

/** Offset of the parenthesis that closes the call whose arguments `text` begins with; the whole length if it is further away. */
function closingOffset(text: string): number {
  let depth = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === openParen) depth++;
    else if (code === closeParen && --depth === 0) return i;
  }
  return text.length;
}

const urlBefore =
  /([\w$.]+\s*\(\s*)?(?:\/\*[^*]*\*\/\s*)?\bnew\s+URL\s*\(\s*(?:\/\*[^*]*\*\/\s*)?((['"`])((?:(?!\3)[^\\\n])*)\3)\s*,\s*$/;

/** `new URL("./x", import.meta.url)`, read backwards from `import.meta.url`. */
function readUrl(scan: Scan, index: number, after: number): number {
  const from = Math.max(0, index - computedLength);
  const before = scan.text.slice(from, index);
  const call = before.lastIndexOf('URL');
  if (call < 0) return after;
  const match = urlBefore.exec(before);
  if (match === null) return after;
  const written = match[2] ?? '';
  const body = match[4] ?? '';
  const start = from + before.lastIndexOf(written);
  const at: Span = [start, start + written.length];
  const template = match[3] === '`' && body.includes('${');
  const how = /(?:Worker|register|addModule)\s*\(\s*$/.test(match[1] ?? '') ? 'worker' : 'asset';
  push(scan.text, index, { specifier: template ? templateGlob(body) : unescape(body), how: template ? 'glob' : how, typeOnly: false, at }, scan.edges);
  return after;
}

/** `import.meta.glob("./*.ts")` and its array form (https://vite.dev/guide/features#glob-import). */
function readGlob(scan: Scan, index: number, after: number): number {
  const open = scan.text.indexOf('(', after);
  if (open < 0 || open - after > computedLength) return after;
  const window = scan.text.slice(open + 1, open + 1 + 4 * computedLength);
  const call = window.slice(0, closingOffset(window));
  const list = /^\s*\[[^\]]*\]/.exec(call)?.[0] ?? /^\s*(['"`])[^'"`]*\1/.exec(call)?.[0] ?? '';
  const patterns = [...list.matchAll(/(['"`])((?:(?!\1)[^\\\n])*)\1/g)];
  const except = patterns.map((match) => match[2] ?? '').filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  for (const match of patterns) {
    const specifier = match[2] ?? '';
    if (specifier.startsWith('!')) continue;
    const at = open + 1 + match.index;
    const edge: RawEdge = { specifier, how: 'glob', typeOnly: false, at: [at, at + match[0].length] };
    push(scan.text, index, except.length > 0 ? { ...edge, except } : edge, scan.edges);
  }
  return open + 1 + list.length;
}

/** `require.context("./folder", deep, /\.vue$/)` of webpack, Rspack and Metro. */
function readContext(scan: Scan, index: number, after: number): number {
  const start = argumentStart(scan, after);
  const literal = start === undefined ? undefined : literalAt(scan.text, start);
  if (literal === undefined) return after;
  const end = literal.at[1];
  const rest = scan.text.slice(end, end + computedLength);
  const flat = /^\s*,\s*false\b|^\s*,\s*\{[^}]*recursive\s*:\s*false/.test(rest);
  const extension = /^[^)]*?\/[^/\n]*?\\\.(\w+|\((?:\?:)?[\w|]+\))\$\//.exec(rest)?.[1];
  const names = extension === undefined ? '*' : `*.${braces(extension)}`;
  const folder = escapeGlob(unescape(literal.body).replace(/\/+$/, ''));
  return push(scan.text, index, { specifier: `${folder}/${flat ? '' : '**/'}${names}`, how: 'glob', typeOnly: false, at: literal.at }, scan.edges);
}

function pushStatic(scan: Scan, index: number, start: number, how: RawEdge['how'], typeOnly: boolean): number | undefined {
  const literal = literalAt(scan.text, start);
  if (literal === undefined) return undefined;
  return push(scan.text, index, { specifier: unescape(literal.body), how, typeOnly, at: literal.at }, scan.edges);
}
