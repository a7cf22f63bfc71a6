import type { Value } from './value.ts';

/** The variables that a value reads, in order. */
export function variablesIn(value: Value): (Value & { kind: 'variable' })[] {
  switch (value.kind) {
    case 'variable':
      return [value];
    case 'choice':
      return value.options.flatMap(variablesIn);
    case 'concat':
      return value.parts.flatMap(variablesIn);
    default:
      return [];
  }
}
