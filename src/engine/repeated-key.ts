import type { Node } from 'jsonc-parser';

/**
 * Whether some object of a JSON text has a key twice: `JSON.parse` keeps the last without a word.
 *
 * @param value what `JSON.parse` made of the text
 */
export function hasRepeatedKey(text: string, value: unknown): boolean {
  let written = 0;
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)) if (colon !== undefined) written++;
  return written > countKeys(value);
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const parts = Object.values(value);
  return parts.reduce((sum: number, part) => sum + countKeys(part), Array.isArray(value) ? 0 : parts.length);
}

/** A key that stands twice in one object: the path that leads to it, and where it stands the first and the second time (UTF-16 offsets). */
export interface RepeatedKey { readonly path: readonly (string | number)[]; readonly first: number; readonly second: number }

/**
 * The first repeated key, in the order of the text.
 *
 * @param within the key of the only part that is looked at; of the top level it is looked at itself
 */
export function findRepeatedKey(tree: Node, within: readonly string[]): RepeatedKey | undefined {
  const [own] = within;
  if (own === undefined) return search(tree, []);
  const members = (tree.children ?? []).filter(({ children }) => children?.[0]?.value === own);
  const [first, second] = members;
  if (first && second) return { path: [], first: first.offset, second: second.offset };
  const value = first?.children?.[1];
  return value && search(value, []);
}

function search(node: Node, path: readonly (string | number)[]): RepeatedKey | undefined {
  const seen = new Map<string, number>();
  for (const [index, child] of (node.children ?? []).entries()) {
    const key = node.type === 'object' ? String(child.children?.[0]?.value) : index;
    const value = node.type === 'object' ? child.children?.[1] : child;
    const first = seen.get(String(key));
    if (typeof key === 'string' && first !== undefined) return { path: [...path, key], first, second: child.offset };
    seen.set(String(key), child.offset);
    const below = value && search(value, [...path, key]);
    if (below) return below;
  }
  return undefined;
}
