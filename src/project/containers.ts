import type { Evaluator } from './evaluate.ts';
import { joinTexts } from './folded-texts.ts';
import { resolvedLazy, type Lazy, type Place, type Resolved } from './resolved.ts';

/** Texts above this many characters are not taken apart. */
const longestList = 4096;

/** What a loop or a spread goes over: the items of a list, the characters of a text, the pairs of a `Map`. */
export function listItems(evaluator: Evaluator, list: Resolved, place: Place): readonly Lazy[] | undefined {
  if (list.kind === 'array') return list.items;
  if (list.kind === 'text' && list.text.length <= longestList) return [...list.text].map((text) => resolvedLazy({ kind: 'text', text }, place));
  if (list.kind !== 'object' || !list.container) return undefined;
  const pairs = objectPairs(evaluator, resolvedLazy(list, place));
  return pairs?.kind === 'array' ? pairs.items : undefined;
}

export function isNewContainer(path: string): boolean {
  return path === 'Headers' || path === 'Map' || path === 'URLSearchParams' || path === 'Set' || path === 'String' || path === 'Array';
}

export function newContainer(evaluator: Evaluator, path: string, args: readonly Lazy[], place: Place): Resolved | undefined {
  const [first] = args;
  if (path === 'String') return first && joinTexts([evaluator.head(first)], place);
  if (path === 'Array') return args.length === 1 && first && evaluator.head(first).kind !== 'text' ? undefined : { kind: 'array', items: args };
  if (path === 'Set') {
    const items = first && evaluator.head(first);
    return items?.kind === 'array' ? items : undefined;
  }
  const kind = containerKind(path);
  if (!first) return { kind: 'object', entries: [], ...kind, place };
  const init = evaluator.head(first);
  if (init.kind === 'array') {
    const filled = fromEntries(evaluator, first, place);
    return filled?.kind === 'object' ? { ...filled, ...kind } : filled;
  }
  return init.kind === 'object' ? { ...init, ...kind } : undefined;
}

/** What a container is besides an object with entries. */
export function containerKind(path: string): { container: true; isText?: true } {
  return path === 'URLSearchParams' ? { container: true, isText: true } : { container: true };
}

/** `new HttpHeaders({ … })` and `new HttpParams({ fromObject: { … } })` of Angular. */
export function angularContainer(evaluator: Evaluator, { specifier, name }: Extract<Resolved, { kind: 'outside' }>, [init]: readonly Lazy[], place: Place): Resolved | undefined {
  if (specifier !== '@angular/common/http' || !/^Http(?:Headers|Params)$/.test(name)) return undefined;
  const given = init && name === 'HttpParams' ? resolvedLazy(evaluator.property(evaluator.head(init), 'fromObject', place), place) : init;
  return newContainer(evaluator, 'Headers', given ? [given] : [], place);
}

export function fromEntries(evaluator: Evaluator, list: Lazy, place: Place): Resolved | undefined {
  const pairs = evaluator.head(list);
  // Python's `dict(mapping)`.
  if (pairs.kind === 'environment' || (pairs.kind === 'object' && !pairs.container)) return pairs;
  if (pairs.kind === 'object') return { kind: 'object', entries: pairs.entries, place };
  if (pairs.kind !== 'array') return undefined;
  const entries = pairs.items.flatMap((item) => {
    const pair = evaluator.head(item);
    if (pair.kind !== 'array') return [];
    const [key, value] = pair.items;
    return key && value ? [{ key, value, place: item.at ? { module: item.module, at: item.at } : place }] : [];
  });
  return { kind: 'object', entries, place };
}

export function objectParts(evaluator: Evaluator, object: Lazy, part: 'key' | 'value'): Resolved | undefined {
  const { entries, isOpen } = evaluator.entries(evaluator.head(object));
  if (isOpen) return undefined;
  return { kind: 'array', items: entries.flatMap((entry) => (part === 'value' ? [entry.value] : entry.key ? [entry.key] : [])) };
}

export function objectPairs(evaluator: Evaluator, object: Lazy): Resolved | undefined {
  const { entries, isOpen } = evaluator.entries(evaluator.head(object));
  if (isOpen) return undefined;
  const items = entries.flatMap((entry) => (entry.key ? [resolvedLazy({ kind: 'array', items: [entry.key, entry.value] }, entry.place)] : []));
  return { kind: 'array', items };
}
