import type { Evaluator } from './evaluate.ts';
import { textsOf } from './folded-texts.ts';
import { resolvedLazy, type Lazy, type Place, type Resolved, type ResolvedEntry, type ResolvedObject } from './resolved.ts';

const unknown: Resolved = { kind: 'unknown' };
const maxDepth = 8;

/** `JSON.parse(text)` of a constant; of a variable it is that still. */
export function parseJson(evaluator: Evaluator, argument: Lazy, place: Place): Resolved | undefined {
  const text = evaluator.head(argument);
  // A copy: `JSON.parse(JSON.stringify(value))`.
  if ((text.kind === 'object' || text.kind === 'array') && text.isText) return parsed(text);
  if (text.kind !== 'text' || text.text.length > 65_536) return text.kind === 'variable' ? text : undefined;
  try {
    return fromJson(JSON.parse(text.text), place, 0);
  } catch {
    // Not JSON: the program would throw here.
    return undefined;
  }
}

function parsed(value: Extract<Resolved, { kind: 'object' | 'array' }>): Resolved {
  const { isText: _mark, ...rest } = value;
  return rest as Resolved;
}

/**
 * `JSON.stringify(value, names)` keeps the properties of these names; what a function keeps is not known. `undefined`: what the call
 * gives of its argument is told by who asks for it.
 */
export function stringified(evaluator: Evaluator, value: Resolved, replacer: Resolved = { kind: 'constant', value: undefined }): Resolved | undefined {
  if (replacer.kind === 'constant') return writtenOut(value);
  if (replacer.kind !== 'array' || value.kind !== 'object') return unknown;
  return { ...onlyNamed(evaluator, value, new Set(replacer.items.flatMap((item) => textsOf(evaluator.head(item)))), 0), isText: true };
}

/** Names count at every depth. Source: ECMA-262, `JSON.stringify`, PropertyList. */
function onlyNamed(evaluator: Evaluator, object: ResolvedObject, names: ReadonlySet<string>, depth: number): ResolvedObject {
  const entries = evaluator.entries(object).entries.flatMap((entry): ResolvedEntry[] => {
    if (!entry.key || !textsOf(evaluator.head(entry.key)).some((name) => names.has(name))) return [];
    const inner = depth < maxDepth ? evaluator.head(entry.value) : unknown;
    return [inner.kind === 'object' ? { ...entry, value: { ...entry.value, known: onlyNamed(evaluator, inner, names, depth + 1) } } : entry];
  });
  return { ...object, entries };
}

function writtenOut(value: Resolved): Resolved | undefined {
  switch (value.kind) {
    case 'object':
      return value.container ? undefined : { ...value, isText: true };
    case 'array':
      return { ...value, isText: true };
    case 'instance':
    case 'environment':
      return undefined;
    case 'call':
      return value.isNew ? undefined : value;
    default:
      return value;
  }
}

function fromJson(value: unknown, place: Place, depth: number): Resolved {
  if (depth > 32) return unknown;
  if (typeof value === 'string') return { kind: 'text', text: value, place };
  if (typeof value === 'number') return { kind: 'number', value };
  if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => resolvedLazy(fromJson(item, place, depth + 1), place)) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => ({
      key: resolvedLazy({ kind: 'text', text: key }, place), value: resolvedLazy(fromJson(item, place, depth + 1), place), place,
    }));
    return { kind: 'object', entries, place };
  }
  return { kind: 'constant', value: value as boolean | null };
}
