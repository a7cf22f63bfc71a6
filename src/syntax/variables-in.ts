import type { Value } from './value.ts';

/** The variables that a value reads, in order. */
export function variablesIn(value: Value, seen = new Set<Value>()): (Value & { kind: 'variable' })[] {
  if (seen.has(value)) return [];
  seen.add(value);
  const inner = (part: Value): (Value & { kind: 'variable' })[] => variablesIn(part, seen);
  switch (value.kind) {
    case 'variable':
      return [value];
    case 'choice':
      return value.options.flatMap(inner);
    case 'concat':
      return value.parts.flatMap(inner);
    default:
      return [];
  }
}
