import type { Evaluator } from './evaluate.ts';
import { choiceOf, type Place, type Resolved, type ResolvedEntry } from './resolved.ts';

const unknown: Resolved = { kind: 'unknown' };

/** What an object with these entries has under a name: the last of them counts. `unknown` where something that is not known may have set it. */
export function entryNamed(evaluator: Evaluator, entries: readonly ResolvedEntry[], name: string): Resolved | undefined {
  let isOpen = false;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index] as ResolvedEntry;
    if (entry.spread) {
      const inner = evaluator.spread(entry.value, (spread) => spreadProperty(evaluator, spread, name, entry.place));
      if (inner?.held) return inner.held;
      isOpen ||= inner?.isOpen === true;
      continue;
    }
    // Tables have hundreds of names, and each of their properties is looked for among them.
    if (entry.key?.known === undefined && entry.key?.value.kind === 'text') {
      if (entry.key.value.text === name) return evaluator.head(entry.value);
      continue;
    }
    const key = entry.key ? evaluator.head(entry.key) : unknown;
    if (key.kind === 'text' ? key.text === name : key.kind === 'number' && String(key.value) === name) return evaluator.head(entry.value);
    if (key.kind !== 'text' && key.kind !== 'number') isOpen = true;
  }
  return isOpen ? unknown : undefined;
}

function spreadProperty(evaluator: Evaluator, spread: Resolved, name: string, place: Place): { readonly held?: Resolved | undefined; readonly isOpen?: true } {
  switch (spread.kind) {
    case 'object':
      return { held: entryNamed(evaluator, spread.entries, name) };
    case 'choice': {
      const found = spread.options.flatMap((option) => (option.kind === 'object' ? entryNamed(evaluator, option.entries, name) ?? [] : []));
      return found.length > 0 ? { held: choiceOf(found) } : {};
    }
    case 'environment':
    case 'namespace':
    case 'instance':
      return { held: evaluator.property(spread, name, place) };
    default:
      return spread.kind === 'constant' ? {} : { isOpen: true };
  }
}

/** Entries with spreads of known objects laid out. `isOpen`: something unknown may add more. */
export function entriesOf(evaluator: Evaluator, object: Resolved): { entries: ResolvedEntry[]; isOpen: boolean } {
  const laidOut: ResolvedEntry[] = [];
  let isOpen = false;
  if (object.kind === 'choice') {
    for (const option of object.options) {
      const inner = entriesOf(evaluator, option);
      laidOut.push(...inner.entries);
      isOpen ||= inner.isOpen;
    }
    return { entries: laidOut, isOpen };
  }
  if (object.kind !== 'object') return { entries: [], isOpen: object.kind !== 'constant' };
  for (const entry of object.entries) {
    if (!entry.spread) {
      laidOut.push(entry);
      continue;
    }
    const inner = evaluator.spread(entry.value, (spread) => entriesOf(evaluator, spread));
    laidOut.push(...(inner?.entries ?? []));
    isOpen ||= inner?.isOpen === true;
  }
  return { entries: laidOut, isOpen };
}
