import type { Node } from 'jsonc-parser';
import { loadJsonc } from './data/libraries.ts';
import type { ExportEntry } from './module-summary.ts';
import type { Span } from './span.ts';
import type { ObjectEntry, Value } from './value.ts';

const maxDepth = 64;

/** What `import data from "./data.json"` gives: the document as default export, its top-level keys as named ones. */
export function jsonExports(text: string, literal: (text: string, at: Span) => Value): ExportEntry[] {
  const root = loadJsonc().parseTree(text, [], { allowTrailingComma: true });
  if (!root) return [];
  const value = valueOf(root, literal, 0);
  const at: Span = [root.offset, root.offset + root.length];
  const named = value.kind !== 'object' ? [] : value.entries.flatMap((entry) => (entry.key?.kind === 'text' ? [{ name: entry.key.text, typeOnly: false, at: entry.at, value: entry.value }] : []));
  return [{ name: 'default', typeOnly: false, at, value }, ...named.filter((entry) => entry.name !== 'default')];
}

function valueOf(node: Node, literal: (text: string, at: Span) => Value, depth: number): Value {
  const at: Span = [node.offset, node.offset + node.length];
  if (depth > maxDepth) return { kind: 'unknown', at };
  switch (node.type) {
    case 'string':
      return literal(String(node.value), at);
    case 'number':
      return { kind: 'number', value: Number(node.value) };
    case 'boolean':
    case 'null':
      return { kind: 'constant', value: node.value as boolean | null };
    case 'array':
      return { kind: 'array', items: (node.children ?? []).map((item) => ({ value: valueOf(item, literal, depth + 1), at: [item.offset, item.offset + item.length] as const })), at };
    case 'object':
      return { kind: 'object', entries: (node.children ?? []).flatMap((property) => entryOf(property, literal, depth)), at };
    default:
      return { kind: 'unknown', at };
  }
}

function entryOf(property: Node, literal: (text: string, at: Span) => Value, depth: number): ObjectEntry[] {
  const [key, value] = property.children ?? [];
  if (!key || !value) return [];
  return [{
    key: { kind: 'text', text: String(key.value) },
    value: valueOf(value, literal, depth + 1),
    at: [property.offset, property.offset + property.length],
    valueAt: [value.offset, value.offset + value.length],
  }];
}
