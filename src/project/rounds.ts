import type { CallValue, ObjectEntry, ParameterValue, Value } from '../syntax/value.ts';
import { partsOf } from '../syntax/value-parts.ts';
import { listItems } from './containers.ts';
import type { Evaluator } from './evaluate.ts';
import { heldBy, roundFrame } from './loops.ts';
import { resolvedLazy, type Frame, type Lazy, type Place, type Resolved, type ResolvedEntry } from './resolved.ts';

/** Rounds in which something is put into an object. */
const maxRounds = 64;
/** How deep a name may hide what a loop goes through: `names[prefix + key.toLowerCase()]`. */
const maxNesting = 8;

/**
 * What a statement in a loop puts into an object, one entry a round, so that names and values stay together:
 * `for (const [name, value] of Object.entries(given)) headers.set(name, value)`. An entry stands where its element is written.
 * `undefined` where the name has to do with no loop over something known.
 */
export function entriesByRound(evaluator: Evaluator, lazy: Lazy, entry: ObjectEntry): readonly ResolvedEntry[] | undefined {
  if (!entry.key || entry.key.kind === 'text') return undefined;
  const source = sourceIn(entry.key, 0);
  const rounds = source && roundsOf(evaluator, lazy, source);
  return rounds?.map(({ frame, item }) => ({
    key: { ...lazy, frame, value: entry.key as Value, at: entry.at },
    value: { ...lazy, frame, value: entry.value, at: entry.valueAt },
    place: item?.at ? { module: item.module, at: item.at } : { module: lazy.module, at: entry.at },
    isRepeated: true,
  }));
}

interface Round { readonly frame: Frame | undefined; readonly item: Lazy | undefined }

/** The variable of a loop, or the parameter of a function that is called with each element. */
type Source = CallValue | ParameterValue;

function sourceIn(value: Value, nesting: number): Source | undefined {
  if (nesting > maxNesting) return undefined;
  if (value.kind === 'parameter') return value.rest ? undefined : value;
  if (value.kind === 'call' && isElement(value)) return value;
  if (value.kind !== 'member' && value.kind !== 'concat' && value.kind !== 'choice' && value.kind !== 'call') return undefined;
  for (const part of partsOf(value)) {
    const found = sourceIn(part, nesting + 1);
    if (found) return found;
  }
  return undefined;
}

function isElement({ callee }: CallValue): boolean {
  return callee.kind === 'global' && (callee.path === 'operator:element' || callee.path === 'operator:key');
}

function roundsOf(evaluator: Evaluator, { module, frame }: Lazy, source: Source): readonly Round[] | undefined {
  const at = source.at;
  const list = source.kind === 'call' ? source.args[0]?.value : listGivenTo(source);
  const start = source.kind === 'call' ? source.args[1]?.value : undefined;
  const place: Place = { module, at: at ?? [0, 0] };
  const inLoop = start?.kind === 'number' ? start.value : undefined;
  const held = source.kind === 'call' ? inLoop !== undefined && heldBy(frame, module, inLoop) : frame && argumentIn(frame, module, source);
  if (held) return [{ frame, item: held }];
  if (!list) return undefined;
  const listed = evaluator.head({ module, value: list, frame, at });
  const items = itemsOf(evaluator, listed, place);
  if (items.length === 0 || items.length > maxRounds || items.some((item) => item.spread)) return undefined;
  if (source.kind === 'call') return inLoop === undefined ? undefined : items.map((item) => ({ frame: roundFrame(module, inLoop, item, frame), item }));
  return items.map((item) => ({ frame: { module, fn: source.fn, args: argumentsWith(evaluator, source, item, listed.kind === 'object'), self: undefined, outer: frame, depth: frame?.depth ?? 0 }, item }));
}

/** `list.forEach((item) => …)`, `list.reduce((sum, item) => …)`; a map calls with value and key. */
function argumentsWith(evaluator: Evaluator, { index }: ParameterValue, item: Lazy, isMap: boolean): readonly Lazy[] {
  const pair = isMap ? evaluator.head(item) : undefined;
  if (pair?.kind === 'array') return pair.items.toReversed();
  const before = Array.from({ length: index }, () => resolvedLazy({ kind: 'unknown' }, { module: item.module, at: item.at ?? [0, 0] }));
  return [...before, item];
}

/** The list whose elements a callback is called with. */
function listGivenTo({ given }: ParameterValue): Value | undefined {
  return given?.kind === 'call' && isElement(given) ? given.args[0]?.value : undefined;
}

function argumentIn(frame: Frame, module: Place['module'], { fn, index }: ParameterValue): Lazy | undefined {
  for (let current: Frame | undefined = frame; current; current = current.outer) {
    if (current.fn === fn && current.module === module) return current.args[index];
  }
  return undefined;
}

function itemsOf(evaluator: Evaluator, list: Resolved, place: Place): readonly Lazy[] {
  if (list.kind === 'choice') return list.options.flatMap((option) => itemsOf(evaluator, option, place));
  return list.kind === 'text' ? [] : listItems(evaluator, list, place) ?? [];
}
