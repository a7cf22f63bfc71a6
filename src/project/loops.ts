import type { ModuleSummary } from '../syntax/module-summary.ts';
import { listItems } from './containers.ts';
import type { Evaluator } from './evaluate.ts';
import { frameOf } from './frames.ts';
import { resolvedLazy, type Frame, type Lazy, type Place, type Resolved } from './resolved.ts';
import { joinTexts } from './folded-texts.ts';

/** Rounds of a loop that are followed. */
const maxRounds = 512;

/**
 * What the reader of programs says of loops, as calls: `operator:element` is what the loop's variable holds, `operator:range` what
 * `for (let i = from; i < to; i += step)` counts through, `operator:append` and `operator:prepend` what a text gets in all rounds.
 */
export function resolveLoop(evaluator: Evaluator, path: string, args: readonly Lazy[], place: Place, frame: Frame | undefined): Resolved | undefined {
  const [list, loop, added, test] = args;
  if (!list || !loop) return undefined;
  switch (path) {
    case 'operator:element':
      return elementHeld(evaluator, loop, frame);
    case 'operator:range':
      return added && test && range(evaluator, args, place);
    case 'operator:append':
    case 'operator:prepend':
      return added && repeat(evaluator, list, loop, added, path === 'operator:prepend', place);
    default:
      return undefined;
  }
}

/** Stands for no function: a loop is known by where it begins. */
function identityOf(start: number): number {
  return -10 - start;
}

/** The element in the round that is looked at; `undefined` where no round is. */
function elementHeld(evaluator: Evaluator, loop: Lazy, frame: Frame | undefined): Resolved | undefined {
  const item = loop.value.kind === 'number' ? heldBy(frame, loop.module, loop.value.value) : undefined;
  return item && evaluator.head(item);
}

/** What the variable of the loop that begins at `start` holds in the round that is looked at. */
export function heldBy(frame: Frame | undefined, module: ModuleSummary, start: number): Lazy | undefined {
  for (let current = frame; current; current = current.outer) {
    if (current.fn === identityOf(start) && current.module === module) return current.args[0];
  }
  return undefined;
}

/** A round of the loop that begins at `start`. */
export function roundFrame(module: ModuleSummary, start: number, item: Lazy, outer: Frame | undefined): Frame {
  return { module, fn: identityOf(start), args: [item], self: undefined, outer, depth: outer?.depth ?? 0 };
}

function range(evaluator: Evaluator, args: readonly Lazy[], place: Place): Resolved | undefined {
  const [from, to, step, test] = args.map((argument) => evaluator.head(argument));
  if (from?.kind !== 'number' || to?.kind !== 'number' || step?.kind !== 'number' || test?.kind !== 'text') return undefined;
  const goesOn = (value: number): boolean => {
    switch (test.text) {
      case '<': return value < to.value;
      case '<=': return value <= to.value;
      case '>': return value > to.value;
      case '>=': return value >= to.value;
      default: return value !== to.value;
    }
  };
  const items: Lazy[] = [];
  for (let value = from.value; goesOn(value); value += step.value) {
    if (items.length >= maxRounds) return undefined;
    items.push(resolvedLazy({ kind: 'number', value }, place));
  }
  return { kind: 'array', items };
}

function repeat(evaluator: Evaluator, list: Lazy, loop: Lazy, added: Lazy, front: boolean, place: Place): Resolved | undefined {
  const items = listItems(evaluator, evaluator.head(list), place);
  if (!items || items.length > maxRounds) return undefined;
  const by = evaluator.head(loop);
  const pieces = items.map((item, index): Resolved => {
    const round: Frame | undefined =
      by.kind === 'function' ? frameOf(by, [item, resolvedLazy({ kind: 'number', value: index }, place)], (added.frame?.depth ?? 0) + 1)
      : by.kind === 'number' ? roundFrame(loop.module, by.value, item, added.frame)
      : undefined;
    return round ? evaluator.head({ ...added, frame: round }) : { kind: 'unknown' };
  });
  return joinTexts([{ kind: 'text', text: '' }, ...(front ? pieces.reverse() : pieces)], place);
}
