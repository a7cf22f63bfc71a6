import { sourceSpan, type MappedText } from '../data/mapped-text.ts';
import type { Node } from './node.ts';

/** Gives the nodes of a tree that was read from a mapped text the ranges that they have in the file. */
export function moveNodes(program: Node, mapped: MappedText): void {
  const seen = new Set<object>();
  const open: unknown[] = [program];
  for (let next = open.pop(); next !== undefined || open.length > 0; next = open.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    for (const [field, value] of Object.entries(next)) {
      if (field !== 'range') open.push(value);
      else if (isRange(value)) (next as { range: readonly [number, number] }).range = sourceSpan(mapped, value[0], value[1]);
    }
  }
}

function isRange(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'number');
}
