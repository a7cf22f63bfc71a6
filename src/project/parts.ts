import { isKeyName } from '../hilt/names.ts';
import type { Evaluator } from './evaluate.ts';
import { choiceOf, maxAlternatives, resolvedLazy, type Place, type Resolved, type ResolvedEntry } from './resolved.ts';

/** One of the elements of a list, whichever; `undefined` where they are not known. */
export function elementOf(evaluator: Evaluator, list: Resolved): Resolved | undefined {
  const items = itemsOf(evaluator, list);
  return items.length === 0 ? undefined : choiceOf(items);
}

/** What `map.forEach((value, key) => …)` and `headers.forEach` call their function with, whichever. */
export function partOfPairs(evaluator: Evaluator, map: Resolved, part: 'key' | 'value'): Resolved | undefined {
  if (map.kind !== 'object' || !map.container) return undefined;
  const parts = evaluator.entries(map).entries.slice(0, maxAlternatives).flatMap((entry) => (entry.key ? [evaluator.head(part === 'key' ? entry.key : entry.value)] : []));
  return parts.length === 0 ? undefined : choiceOf(parts);
}

/** One column of a table of tests: `each([[a, b], …])` passes rows laid out, `each([a, b])` as they are. */
export function rowOf(evaluator: Evaluator, table: Resolved, column: number): Resolved | undefined {
  const cells = itemsOf(evaluator, table).flatMap((row): Resolved[] => {
    if (row.kind !== 'array') return column === 0 ? [row] : [];
    const cell = row.items[column];
    return cell ? [evaluator.head(cell)] : [];
  });
  return cells.length === 0 ? undefined : choiceOf(cells);
}

function itemsOf(evaluator: Evaluator, list: Resolved): Resolved[] {
  if (list.kind === 'choice') return list.options.flatMap((option) => itemsOf(evaluator, option)).slice(0, maxAlternatives);
  if (list.kind === 'array') return list.items.slice(0, maxAlternatives).map((item) => (item.spread ? { kind: 'unknown' } : evaluator.head(item)));
  // `for (const [key, value] of new Map(…))`
  if (list.kind !== 'object' || !list.container) return [];
  return evaluator.entries(list).entries.slice(0, maxAlternatives).flatMap((entry) => (entry.key ? [{ kind: 'array', items: [entry.key, entry.value] }] : []));
}

/** An object without the named properties: `const { key, ...rest } = config`. What is no object of the program stays whole. */
export function restOf(evaluator: Evaluator, object: Resolved, except: readonly string[], place: Place): Resolved {
  if (object.kind === 'choice') return choiceOf(object.options.map((option) => restOf(evaluator, option, except, place)));
  // `const { HILT_API_KEY, ...rest } = process.env`: whoever takes the key out has thought of it.
  if (object.kind === 'environment' && except.some((name) => isKeyName(name, { names: [] }))) return { kind: 'unknown' };
  if (object.kind !== 'object') return object;
  const isKept = (entry: ResolvedEntry): boolean => {
    const key = entry.key && evaluator.head(entry.key);
    return key?.kind !== 'text' || !except.includes(key.text);
  };
  const entries = object.entries.flatMap((entry): ResolvedEntry[] => {
    const spread = entry.spread ? evaluator.head(entry.value) : undefined;
    if (spread?.kind !== 'object' && spread?.kind !== 'choice') return isKept(entry) ? [entry] : [];
    return [{ ...entry, value: resolvedLazy(restOf(evaluator, spread, except, entry.place), entry.place) }];
  });
  return { ...object, entries };
}
