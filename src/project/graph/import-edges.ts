import type { ImportEdge } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';

/**
 * What a file seems to import, found in its text without parsing it. A superset of the truth: it may name an import that stands
 * in a string, and never leaves out one that a bundler would follow and that is written with literals.
 */
export interface RawEdge {
  /** As written, escapes undone. For `how: "glob"` a glob pattern in picomatch's syntax. */
  readonly specifier: string;
  readonly how: ImportEdge['how'];
  readonly typeOnly: boolean;
  /** The literal with its quotes; offsets in the text that was given. */
  readonly at: Span;
  /** Stands in a processed `<script>` of an Astro file: a program of the client inside a file of the server. */
  readonly script?: true;
  /** Of a glob: patterns that it leaves out. */
  readonly except?: readonly string[];
}

/** Files whose imports are followed. Declaration files hold types alone and are no modules for any bundler. */
export function isCodeFile(path: string): boolean {
  return codeFile.test(path) && !declarationFile.test(path);
}

const codeFile = /\.(?:[mc]?[jt]s|[jt]sx|vue|svelte|astro|html?|xhtml|mdx)$/i;
const declarationFile = /\.d\.[mc]?ts$|\.d\.[^./]+\.ts$/i;

/**
 * The import edges of one file, in order of position. `text` may also be bytes read as Latin-1, at twice the speed of decoded text;
 * then offsets are bytes and a specifier outside ASCII must be decoded by the caller.
 */
export function importEdges(file: string, text: string): RawEdge[] {
  const kind = fileKind(file);
  if (kind === 'html') return htmlEdges(text);
  const edges: RawEdge[] = [];
  collectCode(text, edges);
  if (kind === 'component') collectScriptSources(text, edges);
  return kind === 'component' && file.endsWith('.astro') ? markAstroScripts(text, edges) : edges;
}

/** Files of one kind with the same content have the same edges. */
export function edgeKind(file: string): number {
  const kind = fileKind(file);
  if (kind === 'code') return 0;
  return kind === 'html' ? 1 : file.endsWith('.astro') ? 2 : 3;
}

function fileKind(file: string): 'html' | 'component' | 'code' {
  if (/\.x?html?$/i.test(file)) return 'html';
  return /\.(?:vue|svelte|astro)$/i.test(file) ? 'component' : 'code';
}

// --- code -------------------------------------------------------------------------------------------------------------------

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

function collectCode(text: string, edges: RawEdge[]): void {
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
const backtick = 96;

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

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;
}

function isStringQuote(code: number): boolean {
  return code === 34 || code === 39;
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
  if (/^type(?:of)?\b/.test(written)) return !/^type(?:of)?\s*(?:,|$)/.test(written);
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

interface Literal { readonly body: string; readonly quote: number; readonly at: Span }

const longestLiteral = 2048;

/** The string or template that begins at `start`. A string ends on its line; what is longer than a path can be is none. */
function literalAt(text: string, start: number): Literal | undefined {
  const quote = text.charCodeAt(start);
  if (!isStringQuote(quote) && quote !== backtick) return undefined;
  const limit = Math.min(text.length, start + longestLiteral);
  for (let i = start + 1; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return { body: text.slice(start + 1, i), quote, at: [start, i + 1] };
    if (code === 92) i++;
    else if (code === 10 && quote !== backtick) return undefined;
  }
  return undefined;
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

function isTemplate(literal: Literal): boolean {
  return literal.quote === backtick && literal.body.includes('${');
}

// What bundlers put in the place of an expression inside a path: any name, and any folder (webpack takes the whole tree).
const anything = '{*,**/*}';

function templateGlob(body: string): string {
  return escapeGlob(unescape(body.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '\u0001'))).replaceAll('\u0001', anything);
}

function escapeGlob(path: string): string {
  return path.replace(/[*?[\](){}!]/g, '\\$&');
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

function braces(extension: string): string {
  const options = extension.replace(/^\((?:\?:)?|\)$/g, '').split('|');
  return options.length === 1 ? (options[0] ?? '*') : `{${options.join(',')}}`;
}

// --- workers by URL -----------------------------------------------------------------------------------------------------------

const workerCall =
  /\b(?:new\s+(?:Shared)?Worker|[sS]erviceWorker\s*\??\.\s*register|Worklet\s*\??\.\s*addModule|importScripts)\s*\(\s*((?:(['"`])(?:(?!\2)[^\\\n$])*\2\s*,?\s*)+)/g;

/** Workers and scripts named by a URL: relative to the page, so `worker.js` means `./worker.js`. */
function collectWorkers(text: string, edges: RawEdge[]): void {
  if (!text.includes('Work') && !text.includes('Scripts')) return;
  for (const match of text.matchAll(workerCall)) {
    const list = match[1] ?? '';
    const listAt = match.index + match[0].length - list.length;
    for (const literal of list.matchAll(/(['"`])((?:(?!\1)[^\\\n])*)\1/g)) {
      const specifier = urlSpecifier(literal[2] ?? '');
      const at = listAt + literal.index;
      if (specifier !== undefined) push(text, match.index, { specifier, how: 'worker', typeOnly: false, at: [at, at + literal[0].length] }, edges);
      if (!match[0].includes('importScripts')) break;
    }
  }
}

/** A URL of a page as a specifier: `main.js` becomes `./main.js`. Other hosts and inline data are no modules of the repository. */
function urlSpecifier(url: string): string | undefined {
  const path = url.replace(/^%PUBLIC_URL%|^\{\{[^}]*\}\}(?=\/)|^<%=?[^%]*%>(?=\/)/, '');
  if (path === '' || /^[a-z][a-z0-9+.-]*:|^\/\/|[<{]/i.test(path)) return undefined;
  return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}

// --- HTML and components --------------------------------------------------------------------------------------------------------

const scriptTag = /<script\b((?:[^<>"']|"[^"]{0,2000}"|'[^']{0,2000}'){0,2000})>/gi;
const closingScript = /<\/script\s*>/gi;
const sourceAttribute = /(?:^|\s)src\s*=\s*("([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const typeAttribute = /(?:^|\s)type\s*=\s*["']?([^\s"'>]+)/i;

interface ScriptTag { readonly attributes: string; readonly attributesAt: number; readonly start: number; readonly end: number }

/** The `<script>` elements of a page or component; `start` to `end` is the program text. */
function scriptTags(text: string): ScriptTag[] {
  const tags: ScriptTag[] = [];
  scriptTag.lastIndex = 0;
  for (let open = scriptTag.exec(text); open !== null; open = scriptTag.exec(text)) {
    const start = scriptTag.lastIndex;
    closingScript.lastIndex = start;
    const close = closingScript.exec(text);
    const end = close === null ? text.length : close.index;
    tags.push({ attributes: open[1] ?? '', attributesAt: open.index + '<script'.length, start, end });
    scriptTag.lastIndex = end;
  }
  return tags;
}

function htmlEdges(text: string): RawEdge[] {
  const edges: RawEdge[] = [];
  for (const tag of scriptTags(text)) {
    if (!isProgram(tag.attributes)) continue;
    pushSource(text, tag, false, edges);
    const inside: RawEdge[] = [];
    collectCode(text.slice(tag.start, tag.end), inside);
    for (const edge of inside) edges.push({ ...edge, at: [edge.at[0] + tag.start, edge.at[1] + tag.start] });
  }
  return edges;
}

/** A script without a type, a module, or one that a loader in the page compiles; JSON, templates and import maps are data. */
function isProgram(attributes: string): boolean {
  const type = typeAttribute.exec(attributes)?.[1]?.toLowerCase();
  return type === undefined || /^(?:module|text\/(?:java|ecma|type)script|application\/(?:java|ecma)script|text\/(?:babel|jsx|partytown)|ts|tsx)$/.test(type);
}

function collectScriptSources(text: string, edges: RawEdge[]): void {
  if (!text.includes('<script')) return;
  for (const tag of scriptTags(text)) pushSource(text, tag, true, edges);
  edges.sort((left, right) => left.at[0] - right.at[0]);
}

function pushSource(text: string, tag: ScriptTag, component: boolean, edges: RawEdge[]): void {
  const match = sourceAttribute.exec(tag.attributes);
  if (match === null) return;
  const url = match[2] ?? match[3] ?? match[4] ?? '';
  const specifier = component && /^[@~#]/.test(url) ? url : urlSpecifier(url);
  if (specifier === undefined) return;
  const raw = match[1] ?? '';
  const at = tag.attributesAt + match.index + match[0].length - raw.length;
  push(text, at, { specifier, how: 'import', typeOnly: false, at: [at, at + raw.length] }, edges);
}

/** Frontmatter of an Astro file runs on the server; its `<script>` elements are programs of the client. */
function markAstroScripts(text: string, edges: readonly RawEdge[]): RawEdge[] {
  const tags = scriptTags(text);
  const inScript = (at: number): boolean => tags.some((tag) => at >= tag.attributesAt && at < tag.end);
  return edges.map((edge) => (inScript(edge.at[0]) ? { ...edge, script: true } : edge));
}

/** `imports` of a page's import maps, as written: bare name or prefix to URL. A broken map maps nothing, as in a browser. */
export function importMapOf(text: string): Record<string, string> {
  const map: Record<string, string> = {};
  if (!text.includes('importmap')) return map;
  for (const tag of scriptTags(text)) {
    if (typeAttribute.exec(tag.attributes)?.[1]?.toLowerCase() !== 'importmap') continue;
    for (const [name, url] of Object.entries(parsedImports(text.slice(tag.start, tag.end)))) {
      if (typeof url === 'string') map[name] = url;
    }
  }
  return map;
}

function parsedImports(json: string): object {
  try {
    const parsed: unknown = JSON.parse(json);
    const imports = typeof parsed === 'object' && parsed !== null && 'imports' in parsed ? parsed.imports : undefined;
    return typeof imports === 'object' && imports !== null ? imports : {};
  } catch {
    return {};
  }
}

// --- pushing --------------------------------------------------------------------------------------------------------------------

function pushStatic(scan: Scan, index: number, start: number, how: RawEdge['how'], typeOnly: boolean): number | undefined {
  const literal = literalAt(scan.text, start);
  if (literal === undefined) return undefined;
  return push(scan.text, index, { specifier: unescape(literal.body), how, typeOnly, at: literal.at }, scan.edges);
}

/** Adds the edge unless its statement begins in a comment line or names nothing of the repository; gives the offset behind the literal. */
function push(text: string, index: number, edge: RawEdge, edges: RawEdge[]): number {
  if (edge.specifier !== '' && !isRemote(edge.specifier) && !inCommentLine(text, index)) edges.push(edge);
  return edge.at[1];
}

function isRemote(specifier: string): boolean {
  return /^(?:https?:|data:|blob:|node:|file:|\/\/)/.test(specifier) || specifier.length > 1024;
}

function unescape(body: string): string {
  if (!body.includes('\\')) return body;
  return body
    .replace(/\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (whole, long: string | undefined, four: string | undefined, two: string | undefined) => {
      const code = Number.parseInt(long ?? four ?? two ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/\\\n/g, '')
    .replace(/\\(.)/g, '$1');
}

const longestIndent = 400;

/**
 * Whether the line begins with a comment that has not ended at `index`. Only the line's own start is looked at: what stands in the middle
 * of a block comment without the customary `*` stays an edge, which a parser then refutes.
 */
function inCommentLine(text: string, index: number): boolean {
  const floor = Math.max(0, index - longestIndent);
  let start = index;
  while (start > floor && text.charCodeAt(start - 1) !== 10) start--;
  if (start === floor && floor > 0) return false;
  while (start < index && isSpace(text.charCodeAt(start))) start++;
  const first = text.charCodeAt(start);
  if (first === 47 && text.charCodeAt(start + 1) === 47) return true;
  const block = (first === 47 && text.charCodeAt(start + 1) === 42) || (first === 42 && text.charCodeAt(start + 1) !== 47);
  return block && !text.slice(start, index).includes('*/') && !/^\*\s*(?:as|from)\b/.test(text.slice(start, start + 20));
}
