import type { Value } from './value.ts';

/** The values that a value is made of, one level down: of an object what its properties hold, not their names. */
export function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'member':
      return [value.property, value.object];
    case 'concat':
      return value.parts;
    case 'choice':
      return value.options;
    case 'array':
      return value.items.map((item) => item.value);
    case 'object':
      return value.entries.map((entry) => entry.value);
    case 'extended':
      return [value.base, ...[...value.entries, ...value.items].map((part) => part.value)];
    case 'call':
      return [value.callee, ...value.args.map((item) => item.value)];
    default:
      return [];
  }
}
