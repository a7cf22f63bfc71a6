import type { CST, Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import { addComment, addNotice, lineOf, type DataFileDraft } from './data-file.ts';
import { declareTree } from './declare-tree.ts';
import { loadYaml } from './libraries.ts';
import { alignEscapes, createMappedText, standsFor, verbatim, type MappedText } from './mapped-text.ts';
import { manifestReferences, variable } from './references.ts';
import { maskTemplates } from './template-mask.ts';
import type { DataNode, MapNode, ScalarNode } from './tree.ts';
import { readYamlLines } from './yaml-lines.ts';

/** Characters beyond which a document is read line by line: the parser takes two seconds and 150 MB a megabyte. */
const parserLimit = 400_000;

/** The parser's time grows with the square of the nesting and of the errors; beyond these a text is read line by line. */
const maximumErrors = 200;
const maximumStack = 500;

/**
 * Reads YAML: every document of the stream, anchors, aliases and merge keys, block scalars, duplicate keys.
 * Helm and Jinja templates are read as the YAML that they are around their `{{ … }}`; what is still no YAML is read line by line.
 */
export function readYaml(draft: DataFileDraft): void {
  const { source } = draft;
  if (source.length > parserLimit) {
    addNotice(draft, 'parse-skipped', `is longer than ${parserLimit} characters and was read line by line`);
    return readByLines(draft);
  }
  const masked = maskTemplates(source);
  const parsed = parse(draft, masked);
  if (parsed === undefined) {
    addNotice(draft, 'parse-error', 'is nested too deeply or too broken to be read as YAML; it was read line by line');
    return readByLines(draft);
  }
  for (const document of parsed) {
    if (document.contents === null) continue;
    const reading: Reading = { source, masked, anchors: anchorsOf(document.contents), nodes: new Map() };
    const root = nodeOf(reading, document.contents);
    if (root !== undefined) declareTree(draft, root, manifestReferences);
  }
  const broken = parsed.flatMap((document) => document.errors)[0];
  if (broken === undefined) return;
  addNotice(draft, 'parse-error', `is not valid YAML from line ${lineOf(source, broken.pos[0])} on (${broken.code}) and was read line by line there; the text was searched all the same`);
  declareLines(draft, broken.pos[0]);
}

function readByLines(draft: DataFileDraft): void {
  draft.comments.length = 0;
  for (const { index, 0: indent, 1: comment = '' } of draft.source.matchAll(/^[\t ]*(#[^\r\n]*)/gm)) {
    const start = index + indent.length - comment.length;
    addComment(draft, start, start + comment.length);
  }
  declareLines(draft);
}

function declareLines(draft: DataFileDraft, from = 0): void {
  const known = new Set(draft.declarations.map((declaration) => declaration.at[0]));
  const lines: DataFileDraft = { ...draft, declarations: [], commands: [] };
  declareTree(lines, readYamlLines(draft.source), manifestReferences);
  const isNew = ({ at }: { readonly at: Span }): boolean => at[1] > from && !known.has(at[0]);
  draft.declarations.push(...lines.declarations.filter(isNew));
  draft.commands.push(...lines.commands.filter(({ at }) => at[1] > from && !draft.commands.some((command) => command.at[0] === at[0])));
}

/** The documents, or `undefined` where the text is beyond the parser. Comments are noted on the way. */
function parse(draft: DataFileDraft, masked: string): readonly Document.Parsed[] | undefined {
  const { Composer, CST: cst, Lexer, Parser } = loadYaml();
  const parser = new Parser();
  const composer = new Composer({ merge: true, prettyErrors: false, strict: false, uniqueKeys: false, logLevel: 'silent' });
  let offset = 0;
  let inScalar = false;
  let errors = 0;
  function* tokens(): Generator<CST.Token> {
    for (const lexeme of new Lexer().lex(masked)) {
      const type = inScalar ? 'scalar' : cst.tokenType(lexeme);
      if (type === 'comment' && draft.source[offset] === '#') addComment(draft, offset, offset + lexeme.trimEnd().length);
      inScalar = !inScalar && type === 'scalar';
      if (!(type === 'scalar' && inScalar) && type !== 'doc-mode' && type !== 'flow-error-end') offset += lexeme.length;
      for (const token of parser.next(lexeme)) {
        if (token.type === 'error') errors += 1;
        yield token;
      }
      if (errors > maximumErrors || parser.stack.length > maximumStack) throw new RangeError('Not YAML that a person wrote.');
    }
    yield* parser.end();
  }
  try {
    return [...composer.compose(tokens(), true, masked.length)];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

interface Reading {
  readonly source: string;
  /** The text that was parsed: as long as the source, with templates masked. */
  readonly masked: string;
  readonly anchors: ReadonlyMap<string, readonly Node[]>;
  readonly nodes: Map<Node, DataNode>;
}

/** Every node that has an anchor; a name may be given again, and an alias means the last one before it. */
function anchorsOf(root: Node): Map<string, Node[]> {
  const { visit } = loadYaml();
  const anchors = new Map<string, Node[]>();
  visit(root, {
    Node(_, node) {
      const { anchor } = node as { anchor?: string };
      if (anchor === undefined) return;
      const named = anchors.get(anchor);
      if (named === undefined) anchors.set(anchor, [node]);
      else named.push(node);
    },
  });
  return anchors;
}

function nodeOf(reading: Reading, node: Node | null): DataNode | undefined {
  if (node === null) return undefined;
  const known = reading.nodes.get(node);
  if (known !== undefined) return known;
  const { isAlias, isMap, isSeq, isScalar } = loadYaml();
  if (isAlias(node)) {
    const target = anchored(reading, node.source, node.range?.[0] ?? 0);
    return target && nodeOf(reading, target);
  }
  if (isMap(node)) return mapOf(reading, node);
  if (isSeq(node)) return listOf(reading, node);
  return isScalar(node) ? scalarOf(reading, node) : undefined;
}

function anchored(reading: Reading, name: string, before: number): Node | undefined {
  return reading.anchors.get(name)?.findLast((node) => (node.range?.[0] ?? 0) < before);
}

function mapOf(reading: Reading, map: YAMLMap): DataNode {
  const node: MapNode = { kind: 'map', entries: [], at: trimmedSpan(reading, map) };
  reading.nodes.set(map, node);
  const merged: MapNode[] = [];
  for (const pair of map.items) {
    const key = keyOf(reading, pair);
    if (key === undefined) continue;
    const value = nodeOf(reading, pair.value as Node | null) ?? missing(key.at);
    if (key.name === '<<') merged.push(...mapsOf(value));
    else node.entries.push({ ...key, node: value });
  }
  mergeInto(node, merged);
  return node;
}

/** YAML 1.1 `<<`: the keys of other maps, where the map does not have them itself. */
function mergeInto(node: MapNode, merged: readonly MapNode[]): void {
  const own = new Set(node.entries.map((entry) => entry.name));
  for (const other of merged) {
    if (other === node) continue;
    for (const entry of [...other.entries]) {
      if (own.has(entry.name)) continue;
      own.add(entry.name);
      node.entries.push(entry);
    }
  }
}

function mapsOf(node: DataNode): MapNode[] {
  if (node.kind === 'map') return [node];
  return node.kind === 'list' ? node.items.filter((item) => item.kind === 'map') : [];
}

function keyOf(reading: Reading, pair: Pair): { name: string; at: Span } | undefined {
  const { isScalar } = loadYaml();
  const key = pair.key;
  if (!isScalar(key) || key.range == null) return undefined;
  const { content } = scalarOf(reading, key as Scalar);
  const [first] = content.pieces;
  const last = content.pieces.at(-1);
  return { name: content.text, at: [first?.[1] ?? key.range[0], last?.[2] ?? key.range[1]] };
}

function missing(at: Span): ScalarNode {
  return { kind: 'scalar', at: [at[1], at[1]], content: standsFor('', [at[1], at[1]]), value: { kind: 'constant', value: null } };
}

function listOf(reading: Reading, list: YAMLSeq): DataNode {
  const items: DataNode[] = [];
  const node: DataNode = { kind: 'list', items, at: trimmedSpan(reading, list) };
  reading.nodes.set(list, node);
  for (const item of list.items) {
    const value = nodeOf(reading, item as Node | null);
    if (value !== undefined) items.push(value);
  }
  return node;
}

function spanOf(node: Node): Span {
  return [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
}

/** Without the line ends that the parser counts to a block scalar or a block collection. */
function trimmedSpan(reading: Reading, node: Node): Span {
  const [start, rangeEnd] = spanOf(node);
  let end = rangeEnd;
  while (end > start && /\s/.test(reading.source[end - 1] ?? '')) end -= 1;
  return [start, end];
}

function scalarOf(reading: Reading, scalar: Scalar): ScalarNode {
  const at = trimmedSpan(reading, scalar);
  const content = contentOf(reading, scalar, at);
  const value = taggedValue(scalar, at) ?? plainValue(reading, scalar, at);
  return value === undefined ? { kind: 'scalar', at, content } : { kind: 'scalar', at, content, value };
}

/** Numbers, booleans and null are told by the schema; a template in their place is a text. */
function plainValue(reading: Reading, scalar: Scalar, at: Span): Value | undefined {
  const { value } = scalar;
  if (reading.source.slice(...at) !== reading.masked.slice(...at)) return undefined;
  if (typeof value === 'number') return { kind: 'number', value };
  if (typeof value === 'boolean' || value === null) return { kind: 'constant', value };
  return undefined;
}

/** CloudFormation's `!Ref` and `!GetAtt`, Home Assistant's `!secret`, Ansible's `!vault`, GitLab's `!reference`. */
function taggedValue(scalar: Scalar, at: Span): Value | undefined {
  const text = typeof scalar.value === 'string' ? scalar.value : undefined;
  if (text === undefined) return undefined;
  switch (scalar.tag) {
    case '!Ref':
    case '!GetAtt':
    case '!ImportValue':
    case '!env':
    case '!ENV': return variable(text, 'expansion', at);
    case '!secret': return variable(text, 'secret', at);
    case '!vault':
    case '!encrypted': return { kind: 'unknown', at };
    default: return undefined;
  }
}

function contentOf(reading: Reading, scalar: Scalar, at: Span): MappedText {
  const { source, masked } = reading;
  const [start, end] = at;
  const text = typeof scalar.value === 'string' ? scalar.value : source.slice(start, end);
  const isMasked = source.slice(start, end) !== masked.slice(start, end);
  switch (scalar.type) {
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE': {
      const raw = source.slice(start + 1, end - 1);
      if (isMasked) return verbatim(source, start + 1, end - 1);
      return scalar.type === 'QUOTE_DOUBLE' ? alignQuoted(text, raw, start + 1) : alignSingle(text, raw, start + 1);
    }
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED': return alignBlock(reading, scalar, at);
    default: return isMasked || !source.slice(start, end).includes('\n') ? verbatim(source, start, end) : alignLines(text, source, start, end);
  }
}

function alignQuoted(text: string, raw: string, start: number): MappedText {
  return raw.includes('\n') ? standsFor(text, [start, start + raw.length]) : alignEscapes(text, raw, start);
}

/** In single quotes the only escape is the doubled quote. */
function alignSingle(text: string, raw: string, start: number): MappedText {
  if (raw.includes('\n')) return standsFor(text, [start, start + raw.length]);
  const builder = createMappedText();
  let from = 0;
  for (let at = raw.indexOf("''"); at !== -1; at = raw.indexOf("''", at + 2)) {
    builder.append(raw.slice(from, at), start + from, start + at);
    builder.append("'", start + at, start + at + 2);
    from = at + 2;
  }
  builder.append(raw.slice(from), start + from, start + raw.length);
  return builder.finish();
}

/** The lines of a block scalar without their indentation; with templates masked, as they stand in the file. */
function alignBlock(reading: Reading, scalar: Scalar, [start, end]: Span): MappedText {
  const { source, masked } = reading;
  const header = masked.indexOf('\n', start);
  if (header === -1 || header >= end) return standsFor('', [end, end]);
  const value = typeof scalar.value === 'string' ? scalar.value : '';
  if (source.slice(header, end) === masked.slice(header, end)) return alignLines(value, source, header + 1, end);
  const restored = createMappedText();
  const stripped = alignLines(value, masked, header + 1, end);
  for (const [index, [offset, from, to]] of stripped.pieces.entries()) {
    const text = stripped.text.slice(offset, stripped.pieces[index + 1]?.[0]);
    restored.append(text.length === to - from ? source.slice(from, to) : text, from, to);
  }
  return restored.finish();
}

/** Brings the folded or unindented text of several lines together with the lines. */
function alignLines(text: string, source: string, start: number, end: number): MappedText {
  const builder = createMappedText();
  let at = start;
  while (at < end && builder.length < text.length) {
    const newline = source.indexOf('\n', at);
    const lineStop = newline === -1 || newline > end ? end : newline;
    const [from, to] = trimmed(source, at, lineStop);
    if (from < to) {
      const found = text.indexOf(source.slice(from, to), builder.length);
      if (found === -1 || text.slice(builder.length, found).trim() !== '') return standsFor(text, [start, end]);
      const indent = Math.min(found - builder.length, from - at);
      builder.append(text.slice(builder.length, found - indent), at, at);
      builder.append(text.slice(found - indent, found), from - indent, from);
      builder.append(source.slice(from, to), from, to);
    }
    at = lineStop + 1;
  }
  builder.append(text.slice(builder.length), end, end);
  return builder.finish();
}

function trimmed(source: string, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(source[from] ?? '')) from += 1;
  while (to > from && /\s/.test(source[to - 1] ?? '')) to -= 1;
  return [from, to];
}
