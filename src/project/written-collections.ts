import type { ArrayItem, ObjectEntry, Value } from '../syntax/value.ts';
import { containerKind, listItems } from './containers.ts';
import type { Evaluator } from './evaluate.ts';
import { choiceOf, type Lazy, type Resolved, type ResolvedEntry } from './resolved.ts';
import { entriesByRound } from './rounds.ts';

/** An entry of an object literal; in a loop over something known, one a round. */
export function entriesWritten(evaluator: Evaluator, lazy: Lazy, entry: ObjectEntry): readonly ResolvedEntry[] {
  const repeated = entriesByRound(evaluator, lazy, entry);
  if (repeated) return repeated;
  return [{
    ...(entry.key ? { key: { ...lazy, value: entry.key, at: entry.at } } : {}),
    ...(entry.spread ? { spread: true as const } : {}),
    value: { ...lazy, value: entry.value, at: entry.valueAt },
    place: { module: lazy.module, at: entry.at },
  }];
}

/** An element of a list literal, or an argument; a list that is known is laid out where it is spread. */
export function itemsWritten(evaluator: Evaluator, lazy: Lazy, item: ArrayItem): Lazy[] {
  const inner: Lazy = { module: lazy.module, frame: lazy.frame, value: item.value, at: item.at };
  if (!item.spread) return [inner];
  const spread = evaluator.head(inner);
  if (spread.kind === 'array') return [...spread.items];
  if (spread.kind === 'text' && spread.text.length <= 4096) return [...spread.text].map((text) => ({ ...inner, value: { kind: 'text', text } as const }));
  if (spread.kind === 'object' && spread.container) return [...(listItems(evaluator, spread, { module: inner.module, at: item.at }) ?? [{ ...inner, spread: true as const }])];
  return [{ ...inner, spread: true }];
}

/** An object or a list with what later statements put into it. */
export function extendedValue(evaluator: Evaluator, { module, frame }: Lazy, value: Extract<Value, { kind: 'extended' }>): Resolved {
  const base = evaluator.part(module, value.base, frame);
  if (!isExtensible(base)) return base;
  const around: Lazy = { module, value, frame, at: undefined };
  return extendedBase(evaluator, base, value.entries.flatMap((entry) => entriesWritten(evaluator, around, entry)), () => value.items.flatMap((item) => itemsWritten(evaluator, around, item)));
}

/** Whether what is put into a value shows in it. */
function isExtensible(base: Resolved): boolean {
  if (base.kind === 'choice') return base.options.some(isExtensible);
  return base.kind === 'array' || base.kind === 'function' || base.kind === 'object' || base.kind === 'class' || (base.kind === 'call' && base.isNew);
}

/** What is put in is read once, however many values it may be put into. */
function extendedBase(evaluator: Evaluator, base: Resolved, added: readonly ResolvedEntry[], items: () => readonly Lazy[]): Resolved {
  if (base.kind === 'choice') return choiceOf(base.options.map((option) => extendedBase(evaluator, option, added, items)));
  if (base.kind === 'array') return { kind: 'array', items: withItems(evaluator, [...base.items, ...items()], added) };
  if (base.kind === 'function') return { ...base, entries: added };
  if (base.kind === 'object') return { ...base, entries: [...base.entries, ...added] };
  if (base.kind === 'class') return { ...base, entries: added };
  // `new Headers(init)`, `new Map()`, `new URLSearchParams()`: what is set on them is what they hold.
  if (base.kind === 'call' && base.isNew) {
    const init = base.args[0];
    const entries = init ? [{ spread: true as const, value: init, place: base.place }, ...added] : added;
    return { kind: 'object', entries, ...containerKind(base.callee.kind === 'global' ? base.callee.path : ''), place: base.place };
  }
  return base;
}

/** `list[1] = "…"`: no more than follow the list without a gap. */
function withItems(evaluator: Evaluator, items: Lazy[], added: readonly ResolvedEntry[]): Lazy[] {
  for (const { key, value } of added) {
    const index = key && evaluator.head(key);
    const at = index?.kind === 'number' ? index.value : index?.kind === 'text' ? Number(index.text) : -1;
    if (Number.isInteger(at) && at >= 0 && at <= items.length) items[at] = value;
  }
  return items;
}
