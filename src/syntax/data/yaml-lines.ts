import { standsFor, verbatim } from './mapped-text.ts';
import type { DataNode, ListNode, MapNode, ScalarNode } from './tree.ts';

/**
 * What indentation, `key: value` and `- item` say of a text that no YAML parser takes: a broken manifest, or a template.
 * Flow collections and block scalars are texts here. Lines that are neither are passed over.
 */
export function readYamlLines(source: string): DataNode {
  const root: MapNode = { kind: 'map', entries: [], at: [0, source.length] };
  const open: Level[] = [{ indent: -1, map: root }];
  let block: number | undefined;
  for (let start = 0; start < source.length; ) {
    const newline = source.indexOf('\n', start);
    const end = newline === -1 ? source.length : newline;
    const line = source.slice(start, end);
    const indent = line.length - line.trimStart().length;
    const isBlank = line.trim() === '' || line.trimStart().startsWith('#');
    if (block !== undefined && !isBlank && indent <= block) block = undefined;
    if (!isBlank && block === undefined) block = takeLine(open, source, start, end, indent);
    start = end + 1;
  }
  return root;
}

/** A key whose value may follow on deeper lines. */
interface Level {
  readonly indent: number;
  map?: MapNode;
  list?: ListNode;
  /** Replaces the value in the map above, once it is known to be a map or a list. */
  become?(node: DataNode): void;
}

const linePattern = /^([\t ]*)((?:-[\t ]+)*)(?:("[^"]*"|'[^']*'|[\w.$/@-]+):(?=[\t \r]|$))?[\t ]*(.*)$/;

/** Takes one line; answers its indentation where it opens a block scalar. */
function takeLine(open: Level[], source: string, start: number, end: number, indent: number): number | undefined {
  const match = linePattern.exec(source.slice(start, end).trimEnd());
  if (match === null) return undefined;
  const [, , dashes = '', key, rest = ''] = match;
  let column = indent;
  for (const dash of dashes.match(/-[\t ]+/g) ?? []) {
    const list = listAt(open, column, start);
    column += dash.length;
    if (list === undefined) return undefined;
    open.push({ indent: column - 1, become: (node) => list.items.push(node) });
  }
  const restEnd = start + source.slice(start, end).trimEnd().length;
  const scalar = scalarOf(source, restEnd - rest.length, restEnd);
  if (key === undefined) {
    if (dashes !== '') open.pop()?.become?.(scalar);
    return /^[|>][+-]?\d?$/.test(rest) ? indent : undefined;
  }
  const map = mapAt(open, column, start);
  if (map === undefined) return undefined;
  const nameAt = start + source.slice(start, end).indexOf(key, column);
  const bare = /^["']/.test(key) ? 1 : 0;
  const entry = { name: key.slice(bare, key.length - bare), at: [nameAt + bare, nameAt + key.length - bare] as const };
  const index = map.entries.push({ ...entry, node: scalar }) - 1;
  const isBlock = /^[|>][+-]?\d?[+-]?(?:\s+#.*)?$/.test(rest);
  if (rest === '' || /^[&!]\S+$/.test(rest)) open.push({ indent: column, become: (node) => { map.entries[index] = { ...entry, node }; } });
  return isBlock ? column : undefined;
}

function mapAt(open: Level[], column: number, start: number): MapNode | undefined {
  while (open.length > 1 && (open.at(-1)?.indent ?? -1) >= column) open.pop();
  const level = open.at(-1);
  if (level === undefined) return undefined;
  if (level.map === undefined) {
    level.map = { kind: 'map', entries: [], at: [start, start] };
    level.become?.(level.map);
  }
  return level.map;
}

/** The list whose dashes stand in this column: below a key of the same column or of one further left. */
function listAt(open: Level[], column: number, start: number): ListNode | undefined {
  while (open.length > 1 && ((open.at(-1)?.indent ?? -1) > column || ((open.at(-1)?.indent ?? -1) === column && open.at(-1)?.map !== undefined))) open.pop();
  const level = open.at(-1);
  if (level === undefined || level.map !== undefined && level.indent === -1) return undefined;
  if (level.list === undefined) {
    level.list = { kind: 'list', items: [], at: [start, start] };
    level.become?.(level.list);
  }
  return level.list;
}

function scalarOf(source: string, from: number, to: number): ScalarNode {
  let start = from;
  let end = to;
  const quote = source[start];
  if (quote === '"' || quote === "'") {
    const close = source.indexOf(quote, start + 1);
    if (close !== -1 && close < end) return { kind: 'scalar', at: [start, close + 1], content: verbatim(source, start + 1, close) };
  }
  const comment = /\s#/.exec(source.slice(start, end));
  if (comment !== null) end = start + comment.index;
  while (end > start && /\s/.test(source[end - 1] ?? '')) end -= 1;
  const anchor = /^[&!]\S+\s+/.exec(source.slice(start, end));
  if (anchor !== null) start += anchor[0].length;
  if (start === end) return { kind: 'scalar', at: [start, end], content: standsFor('', [start, end]), value: { kind: 'constant', value: null } };
  return { kind: 'scalar', at: [start, end], content: verbatim(source, start, end) };
}
