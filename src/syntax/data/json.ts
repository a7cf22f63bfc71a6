import type { JSONScanner } from 'jsonc-parser';
import type { Span } from '../span.ts';
import { addComment, noticePlaces, type DataFileDraft } from './data-file.ts';
import { declareTree } from './declare-tree.ts';
import { loadJsonc } from './libraries.ts';
import { alignEscapes, verbatim } from './mapped-text.ts';
import { documentReferences } from './references.ts';
import type { DataNode, ListNode, MapNode } from './tree.ts';

// The library's token kinds are a `const enum`, which isolated modules cannot read.
const token = {
  openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, colon: 6, null: 7, true: 8, false: 9,
  string: 10, number: 11, lineComment: 12, blockComment: 13, lineBreak: 14, blank: 15, unknown: 16, end: 17,
} as const;

/**
 * Reads JSON, JSONC, what people write of JSON5, and JSON lines. Missing commas, trailing commas, unclosed brackets
 * and other errors cost a notice, not the rest of the file.
 *
 * The tokens are jsonc-parser's; its own tree builder is recursive and dies of a deeply nested file, so that the tree is built here.
 */
export function readJson(draft: DataFileDraft): void {
  const scanner = loadJsonc().createScanner(draft.source, false);
  const building: Building = { draft, scanner, roots: [], open: [], wrong: [] };
  scanner.setPosition(draft.source.startsWith('\uFEFF') ? 1 : 0);
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) takeToken(building, kind);
  if (building.open.length > 0) building.wrong.push(draft.source.length);
  for (const frame of building.open) frame.span[1] = draft.source.length;
  for (const root of building.roots) declareTree(draft, root, documentReferences);
  noticePlaces(draft, building.wrong, 'valid JSON');
}

interface Building {
  readonly draft: DataFileDraft;
  readonly scanner: JSONScanner;
  readonly roots: DataNode[];
  readonly open: Frame[];
  readonly wrong: number[];
}

interface Frame {
  readonly node: MapNode | ListNode;
  /** The key whose value is awaited. */
  key?: { readonly name: string; readonly at: Span } | undefined;
  /** The node's `at`, whose end is known once it closes. */
  readonly span: [number, number];
}

function takeToken(building: Building, kind: number): void {
  const { scanner, open, wrong } = building;
  const start = scanner.getTokenOffset();
  const end = start + scanner.getTokenLength();
  switch (kind) {
    case token.openBrace:
    case token.openBracket: return openContainer(building, kind, start, end);
    case token.closeBrace:
    case token.closeBracket: return closeContainer(building, kind === token.closeBrace ? 'map' : 'list', start, end);
    case token.comma: {
      const frame = open.at(-1);
      if (frame?.key !== undefined) wrong.push(start);
      if (frame !== undefined) frame.key = undefined;
      return;
    }
    case token.string: return takeText(building, scanner.getTokenValue(), start, end);
    case token.number: return takeNumber(building, start, end);
    case token.true:
    case token.false: return takeConstant(building, kind === token.true, start, end);
    case token.null: return takeConstant(building, null, start, end);
    case token.lineComment: return addComment(building.draft, start, end);
    case token.blockComment:
      if (end > building.draft.source.length) wrong.push(start);
      return addComment(building.draft, start, end, true);
    case token.unknown: return takeUnknown(building, start, end);
    default:
  }
}

function openContainer(building: Building, kind: number, start: number, end: number): void {
  const span: [number, number] = [start, end];
  const node: MapNode | ListNode =
    kind === token.openBrace ? { kind: 'map', entries: [], at: span } : { kind: 'list', items: [], at: span };
  attach(building, node, start);
  building.open.push({ node, span });
}

function closeContainer(building: Building, kind: 'map' | 'list', start: number, end: number): void {
  const { open, wrong } = building;
  const index = open.findLastIndex((frame) => frame.node.kind === kind);
  if (index === -1 || index !== open.length - 1) wrong.push(start);
  if (index === -1) return;
  for (const frame of open.splice(index)) frame.span[1] = end;
}

/** Puts a value where it belongs: below the awaited key, into the list, or at the top. */
function attach(building: Building, node: DataNode, start: number): void {
  const frame = building.open.at(-1);
  if (frame === undefined) building.roots.push(node);
  else if (frame.node.kind === 'list') frame.node.items.push(node);
  else if (frame.key === undefined) building.wrong.push(start);
  else {
    frame.node.entries.push({ name: frame.key.name, at: frame.key.at, node });
    frame.key = undefined;
  }
}

function takeText(building: Building, text: string, start: number, end: number): void {
  const { source } = building.draft;
  const quote = source[start];
  const isClosed = end - start > 1 && source[end - 1] === quote;
  if (!isClosed) building.wrong.push(start);
  const contentEnd = isClosed ? end - 1 : end;
  const frame = building.open.at(-1);
  if (frame?.node.kind === 'map' && frame.key === undefined) {
    frame.key = { name: text, at: [start + 1, contentEnd] };
    return;
  }
  const content = alignEscapes(text, source.slice(start + 1, contentEnd), start + 1);
  attach(building, { kind: 'scalar', at: [start, end], content }, start);
}

function takeNumber(building: Building, start: number, end: number): void {
  const content = verbatim(building.draft.source, start, end);
  attach(building, { kind: 'scalar', at: [start, end], content, value: { kind: 'number', value: Number(content.text) } }, start);
}

function takeConstant(building: Building, value: boolean | null, start: number, end: number): void {
  attach(building, { kind: 'scalar', at: [start, end], content: verbatim(building.draft.source, start, end), value: { kind: 'constant', value } }, start);
}

/** JSON5: a key without quotes, or a text in single quotes. */
function takeUnknown(building: Building, start: number, end: number): void {
  const { source } = building.draft;
  if (source[start] === "'") {
    const match = /'((?:[^'\\\n]|\\.)*)'/sy;
    match.lastIndex = start;
    const found = match.exec(source);
    // What goes on behind the closing quote without a separator is no JSON5 either.
    if (found !== null && match.lastIndex >= end) {
      building.scanner.setPosition(match.lastIndex);
      return takeText(building, undoEscapes(found[1] ?? ''), start, match.lastIndex);
    }
  }
  const frame = building.open.at(-1);
  const name = source.slice(start, end);
  if (frame?.node.kind === 'map' && frame.key === undefined && /^[\w$]+$/.test(name)) frame.key = { name, at: [start, end] };
  else building.wrong.push(start);
}

function undoEscapes(raw: string): string {
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs, (_, unicode: string | undefined, hex: string | undefined, other: string | undefined) => {
    const code = unicode ?? hex;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' }[other ?? ''] ?? other ?? '';
  });
}
