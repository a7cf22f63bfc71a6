import type { CallSite } from './call-site.ts';
import type { Evaluator } from './evaluate.ts';
import { constantsOf, joinTexts, valueOfConstant } from './folded-texts.ts';
import { choiceOf, resolvedLazy, type Lazy, type Place, type Resolved } from './resolved.ts';
import { foldMethod } from '../syntax/run/fold.ts';

/** Items that a callback is called with, one by one. */
const maxItems = 512;
/** Items that are joined to a text. */
const maxJoined = 65_536;

/** What a method of a list gives that is known item by item. */
export function callArrayMethod(evaluator: Evaluator, items: readonly Lazy[], name: string, site: CallSite): Resolved | undefined {
  const { args, place } = site;
  switch (name) {
    case 'join':
      return joinItems(evaluator, items, args, place);
    case 'map':
      return mapItems(evaluator, items, site);
    case 'flatMap': {
      const mapped = mapItems(evaluator, items, site);
      return mapped && { kind: 'array', items: mapped.items.flatMap((item) => itemsOf(evaluator, item)) };
    }
    case 'reduce':
      return reduceItems(evaluator, items, site);
    case 'reduceRight':
      return reduceItems(evaluator, items.toReversed(), site);
    case 'pop':
    case 'shift': {
      const item = name === 'pop' ? items.at(-1) : items[0];
      return item && !item.spread ? evaluator.head(item) : undefined;
    }
    case 'fill':
      return args.length === 1 ? { kind: 'array', items: items.map(() => args[0] as Lazy) } : undefined;
    case 'sort':
    case 'toSorted':
      return (args.length === 0 ? foldItems(evaluator, items, name, site) : undefined) ?? { kind: 'array', items };
    case 'filter':
      return { kind: 'array', items: withoutEmpty(evaluator, items, args[0]) };
    case 'values':
      return { kind: 'array', items };
    case 'reverse':
    case 'toReversed':
      return { kind: 'array', items: items.toReversed() };
    case 'find':
      return choiceOf(items.slice(0, 16).map((item) => evaluator.head(item)));
    case 'concat':
      return { kind: 'array', items: [...items, ...args.flatMap((argument) => itemsOf(evaluator, argument))] };
    case 'slice':
    case 'flat':
    case 'at':
    case 'toString':
      return foldItems(evaluator, items, name, site);
    default:
      return undefined;
  }
}

function mapItems(evaluator: Evaluator, items: readonly Lazy[], { args: [callback], place, frame }: CallSite): (Resolved & { kind: 'array' }) | undefined {
  if (!callback || items.length > maxItems) return undefined;
  return { kind: 'array', items: items.map((item, index) => resolvedLazy(evaluator.callWith(callback, [item, resolvedLazy({ kind: 'number', value: index }, place)], frame), place)) };
}

/** Of constants, what the method itself gives. */
function foldItems(evaluator: Evaluator, items: readonly Lazy[], name: string, { args, place }: CallSite): Resolved | undefined {
  const receiver = evaluator.constant({ kind: 'array', items });
  const constants = constantsOf(evaluator, args);
  const folded = receiver && constants ? foldMethod(receiver.value, name, constants) : undefined;
  return folded === undefined ? undefined : valueOfConstant(folded, place);
}

/** `.filter(Boolean)`; what another test leaves is not known, so everything stays. */
function withoutEmpty(evaluator: Evaluator, items: readonly Lazy[], test: Lazy | undefined): readonly Lazy[] {
  const by = test && evaluator.head(test);
  if (by?.kind !== 'global' || by.path !== 'Boolean' || items.length > maxItems) return items;
  return items.filter((item) => {
    const value = item.spread ? undefined : evaluator.constant(evaluator.head(item));
    return !value || Boolean(value.value);
  });
}

function itemsOf(evaluator: Evaluator, item: Lazy): readonly Lazy[] {
  const value = evaluator.head(item);
  return value.kind === 'array' ? value.items : [item];
}

function joinItems(evaluator: Evaluator, items: readonly Lazy[], args: readonly Lazy[], place: Place): Resolved | undefined {
  const separator = args[0] ? evaluator.head(args[0]) : { kind: 'text' as const, text: ',' };
  if (items.length > maxJoined) return undefined;
  const parts: Resolved[] = [];
  items.forEach((item, index) => {
    if (index > 0) parts.push(separator);
    const value = evaluator.head(item);
    // `[a, undefined].join()` leaves out what is not there.
    parts.push(value.kind === 'constant' && typeof value.value !== 'boolean' ? { kind: 'text', text: '' } : value);
  });
  return parts.length === 0 ? { kind: 'text', text: '' } : joinTexts([{ kind: 'text', text: '' }, ...parts], place);
}

function reduceItems(evaluator: Evaluator, items: readonly Lazy[], { args: [callback, initial], place, frame }: CallSite): Resolved | undefined {
  const [first, ...others] = initial ? [initial, ...items] : items;
  if (!callback || !first || items.length > maxItems) return undefined;
  let sum: Lazy = first;
  for (const item of others) sum = resolvedLazy(evaluator.callWith(callback, [sum, item], frame), place);
  return evaluator.head(sum);
}

/** `Array.from({ length: 3 }, …)` and `Array(3)`: items that are nothing yet. */
export function itemsOfLength(evaluator: Evaluator, list: Lazy, place: Place): readonly Lazy[] | undefined {
  const value = evaluator.head(list);
  const length = value.kind === 'object' ? evaluator.property(value, 'length', place) : value;
  if (length.kind !== 'number' || !(length.value >= 0 && length.value <= maxItems)) return undefined;
  return Array.from({ length: Math.floor(length.value) }, () => resolvedLazy({ kind: 'constant', value: undefined }, place));
}
