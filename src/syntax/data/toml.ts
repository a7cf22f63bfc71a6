import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import { addComment, addNotice, noticePlaces, type DataFileDraft } from './data-file.ts';
import { declareTree } from './declare-tree.ts';
import { loadToml } from './libraries.ts';
import { createMappedText, escapeLength, verbatim, type MappedText } from './mapped-text.ts';
import { documentReferences } from './references.ts';
import type { DataNode, ListNode, MapNode, ScalarNode } from './tree.ts';

/**
 * Reads TOML. No kept library gives positions, so that a scanner finds what stands where; smol-toml judges whether
 * the file is valid, and the tests hold the scanner against its values.
 */
export function readToml(draft: DataFileDraft): void {
  const { source } = draft;
  const root: MapNode = { kind: 'map', entries: [], at: [0, source.length] };
  const scan: Scan = { draft, source, at: source.startsWith('\uFEFF') ? 1 : 0, wrong: [], tables: new Map(), root };
  let table = root;
  while (skipBlank(scan, true)) {
    const line = scan.at;
    const next = source[line] === '[' ? readHeader(scan) : readAssignment(scan, table, 0);
    if (next === undefined || !endsLine(scan)) passLine(scan, line);
    else table = next;
  }
  declareTree(draft, root, documentReferences);
  noticeInvalid(scan);
}

/** What the scanner let pass and TOML does not allow: a key given twice, a date that is none. */
const validationLimit = 1_000_000;

function noticeInvalid({ draft, source, wrong }: Scan): void {
  if (wrong.length > 0 || source.length > validationLimit) return noticePlaces(draft, wrong, 'valid TOML');
  const { parse, TomlError } = loadToml();
  try {
    parse(source.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The library's message quotes the line.
    const line = error instanceof TomlError ? ` (line ${error.line})` : '';
    addNotice(draft, 'parse-error', `is not valid TOML${line}; what could be read was read`);
  }
}

interface Scan {
  readonly draft: DataFileDraft;
  readonly source: string;
  at: number;
  readonly wrong: number[];
  /** The tables and arrays of tables below a table, by name. */
  readonly tables: Map<MapNode, Map<string, MapNode | ListNode>>;
  readonly root: MapNode;
}

interface Key { readonly name: string; readonly at: Span }

/** Skips white space, comments and, where asked, line ends. Answers whether anything is left. */
function skipBlank(scan: Scan, lines: boolean): boolean {
  const { source } = scan;
  for (;;) {
    const character = source[scan.at];
    if (character === '#') {
      const end = lineEnd(source, scan.at);
      addComment(scan.draft, scan.at, end);
      scan.at = end;
    } else if (character === ' ' || character === '\t' || (lines && (character === '\n' || character === '\r'))) scan.at += 1;
    else return character !== undefined;
  }
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  if (end === -1) return source.length;
  return source[end - 1] === '\r' && end > from ? end - 1 : end;
}

function endsLine(scan: Scan): boolean {
  return !skipBlank(scan, false) || scan.source[scan.at] === '\n' || scan.source[scan.at] === '\r';
}

/** Gives the line up that began at `start`, and goes on after it. */
function passLine(scan: Scan, start: number): void {
  scan.wrong.push(start);
  scan.at = Math.max(lineEnd(scan.source, scan.at), start + 1);
}

function readHeader(scan: Scan): MapNode | undefined {
  const isArray = scan.source.startsWith('[[', scan.at);
  scan.at += isArray ? 2 : 1;
  const keys = readKeys(scan);
  const closing = isArray ? ']]' : ']';
  if (keys === undefined || !scan.source.startsWith(closing, scan.at)) return undefined;
  scan.at += closing.length;
  const last = keys.pop();
  const parent = descend(scan, scan.root, keys);
  if (last === undefined) return undefined;
  return isArray ? appendTable(scan, parent, last) : childTable(scan, parent, last);
}

function readKeys(scan: Scan): Key[] | undefined {
  const keys: Key[] = [];
  do {
    if (keys.length > 0) scan.at += 1;
    skipBlank(scan, false);
    const key = readKey(scan);
    if (key === undefined) return undefined;
    keys.push(key);
    skipBlank(scan, false);
  } while (scan.source[scan.at] === '.');
  return keys;
}

const bareKey = /[\p{L}\p{N}_-]+/uy;

function readKey(scan: Scan): Key | undefined {
  const { source, at } = scan;
  if (source[at] === '"' || source[at] === "'") {
    const text = readLine(scan);
    return text && { name: text.text, at: [at + 1, scan.at - 1] };
  }
  bareKey.lastIndex = at;
  const name = bareKey.exec(source)?.[0];
  if (name === undefined) return undefined;
  scan.at += name.length;
  return { name, at: [at, scan.at] };
}

function descend(scan: Scan, from: MapNode, keys: readonly Key[]): MapNode {
  let table = from;
  for (const key of keys) table = childTable(scan, table, key);
  return table;
}

function childTable(scan: Scan, parent: MapNode, key: Key): MapNode {
  const known = scan.tables.get(parent)?.get(key.name);
  if (known?.kind === 'map') return known;
  const last = known?.items.at(-1);
  if (last?.kind === 'map') return last;
  const table: MapNode = { kind: 'map', entries: [], at: key.at };
  return addChild(scan, parent, key, table);
}

function appendTable(scan: Scan, parent: MapNode, key: Key): MapNode {
  const known = scan.tables.get(parent)?.get(key.name);
  const list: ListNode = known?.kind === 'list' ? known : addChild(scan, parent, key, { kind: 'list', items: [], at: key.at });
  const table: MapNode = { kind: 'map', entries: [], at: key.at };
  list.items.push(table);
  return table;
}

function addChild<T extends MapNode | ListNode>(scan: Scan, parent: MapNode, key: Key, node: T): T {
  parent.entries.push({ ...key, node });
  const children = scan.tables.get(parent) ?? new Map<string, MapNode | ListNode>();
  scan.tables.set(parent, children.set(key.name, node));
  return node;
}

/** Reads `a.b = value` into the table and answers the table. */
function readAssignment(scan: Scan, table: MapNode, depth: number): MapNode | undefined {
  const keys = readKeys(scan);
  const last = keys?.pop();
  if (keys === undefined || last === undefined || scan.source[scan.at] !== '=') return undefined;
  scan.at += 1;
  const value = readValue(scan, depth);
  if (value === undefined) return undefined;
  descend(scan, table, keys).entries.push({ ...last, node: value });
  return table;
}

const maximumDepth = 500;

function readValue(scan: Scan, depth: number): DataNode | undefined {
  skipBlank(scan, false);
  if (depth > maximumDepth) return undefined;
  switch (scan.source[scan.at]) {
    case '"':
    case "'": return readText(scan);
    case '[': return readArray(scan, depth);
    case '{': return readInlineTable(scan, depth);
    default: return readBare(scan);
  }
}

function readArray(scan: Scan, depth: number): ListNode | undefined {
  const start = scan.at;
  const items: DataNode[] = [];
  scan.at += 1;
  while (skipBlank(scan, true)) {
    if (scan.source[scan.at] === ']') {
      scan.at += 1;
      return { kind: 'list', items, at: [start, scan.at] };
    }
    const item = readValue(scan, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    skipBlank(scan, true);
    if (scan.source[scan.at] === ',') scan.at += 1;
    else if (scan.source[scan.at] !== ']') return undefined;
  }
  return undefined;
}

function readInlineTable(scan: Scan, depth: number): MapNode | undefined {
  const start = scan.at;
  const at: [number, number] = [start, start];
  const table: MapNode = { kind: 'map', entries: [], at };
  scan.at += 1;
  while (skipBlank(scan, true)) {
    if (scan.source[scan.at] === '}') {
      scan.at += 1;
      at[1] = scan.at;
      return table;
    }
    if (readAssignment(scan, table, depth + 1) === undefined) return undefined;
    skipBlank(scan, true);
    if (scan.source[scan.at] === ',') scan.at += 1;
    else if (scan.source[scan.at] !== '}') return undefined;
  }
  return undefined;
}

const bareValue = /[^\s,#[\]{}"'=]+(?:[ T]\d\d:\d\d[^\s,#[\]{}]*)?/y;

/** A number, a boolean or a date. */
function readBare(scan: Scan): ScalarNode | undefined {
  const { source, at } = scan;
  bareValue.lastIndex = at;
  const text = bareValue.exec(source)?.[0];
  if (text === undefined) return undefined;
  scan.at += text.length;
  const value = bareConstant(text);
  const scalar = { kind: 'scalar' as const, at: [at, scan.at] as const, content: verbatim(source, at, scan.at) };
  return value === undefined ? scalar : { ...scalar, value };
}

function bareConstant(text: string): Value | undefined {
  if (text === 'true' || text === 'false') return { kind: 'constant', value: text === 'true' };
  const number = Number(text.replaceAll('_', ''));
  return Number.isNaN(number) ? undefined : { kind: 'number', value: number };
}

function readText(scan: Scan): ScalarNode | undefined {
  const { source, at } = scan;
  const quote = source[at] ?? '';
  const content = source.startsWith(quote.repeat(3), at) ? readLines(scan, quote) : readLine(scan);
  return content && { kind: 'scalar', at: [at, scan.at], content };
}

/** `"…"` or `'…'`, which end on their line. */
function readLine(scan: Scan): MappedText | undefined {
  const { source, at } = scan;
  const stop = lineEnd(source, at);
  const quote = source[at];
  let close = at + 1;
  while (close < stop && source[close] !== quote) close += source[close] === '\\' && quote === '"' ? 2 : 1;
  if (close >= stop) return undefined;
  scan.at = close + 1;
  return quote === '"' ? undoEscapes(source, at + 1, close) : verbatim(source, at + 1, close);
}

/** `"""…"""` or `'''…'''`; a line end right after the opening is not part of it, up to two quotes before the closing are. */
function readLines(scan: Scan, quote: string): MappedText | undefined {
  const { source } = scan;
  let start = scan.at + 3;
  const triple = quote.repeat(3);
  let close = start;
  while (close < source.length && !source.startsWith(triple, close)) close += source[close] === '\\' && quote === '"' ? 2 : 1;
  if (close >= source.length) return undefined;
  while (source[close + 3] === quote) close += 1;
  scan.at = close + 3;
  if (source.startsWith('\r\n', start)) start += 2;
  else if (source[start] === '\n') start += 1;
  return quote === '"' ? undoEscapes(source, start, close) : verbatim(source, start, close);
}

const escapes: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001B', '"': '"', '\\': '\\' };
const lineContinuation = /\\[\t ]*\r?\n\s*/y;

function undoEscapes(source: string, start: number, end: number): MappedText {
  const raw = source.slice(start, end);
  if (!raw.includes('\\')) return verbatim(source, start, end);
  const text = createMappedText();
  let from = 0;
  for (let at = raw.indexOf('\\'); at !== -1; at = raw.indexOf('\\', from)) {
    text.append(raw.slice(from, at), start + from, start + at);
    lineContinuation.lastIndex = at;
    const folded = lineContinuation.exec(raw)?.[0].length;
    const length = folded ?? escapeLength(raw, at);
    if (folded === undefined) text.append(escaped(raw.slice(at + 1, at + length)), start + at, start + at + length);
    from = at + length;
  }
  text.append(raw.slice(from), start + from, end);
  return text.finish();
}

function escaped(escape: string): string {
  const code = Number.parseInt(escape.slice(1), 16);
  if (/^[xuU]/.test(escape)) return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD';
  return escapes[escape] ?? escape;
}
