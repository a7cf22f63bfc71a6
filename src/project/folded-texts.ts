import { maxFoldedText, type Constant } from '../syntax/run/fold.ts';
import type { Evaluator } from './evaluate.ts';
import { choiceOf, maxAlternatives, resolvedLazy, type Lazy, type Place, type Resolved, type ResolvedText, type TextPiece } from './resolved.ts';

const unknown: Resolved = { kind: 'unknown' };
/** Items of a list that is taken as a constant, with those of the lists in it. */
const maxConstantItems = 65_536;
/** How deep lists may stand in each other. */
const maxNesting = 120;
/** Parts of one text whose places are kept. */
const maxPieces = 32;
/** Parts and options of one text, those inside of them counted wherever they stand. */
const maxWeight = 2_048;

/** Joins texts; neighbours that are constant melt into one. Numbers alone are added. */
export function joinTexts(parts: readonly Resolved[], place?: Place): Resolved {
  if (parts.length > 0 && parts.every((part) => part.kind === 'number')) {
    return { kind: 'number', value: parts.reduce((sum, part) => sum + (part as { value: number }).value, 0) };
  }
  const alternatives = parts.reduce((count, part) => count * (part.kind === 'choice' ? part.options.length : 1), 1);
  if (alternatives > 1 && alternatives <= maxAlternatives) return choiceOf(expand(parts).map((each) => joinTexts(each, place)));
  const melted: Resolved[] = [];
  for (const part of parts) {
    const text = primitiveText(part);
    const last = melted.at(-1);
    if (text !== undefined && last?.kind === 'text') {
      if (last.text.length + text.length > maxFoldedText) return unknown;
      melted[melted.length - 1] = { kind: 'text', text: last.text + text, ...(place ? { place } : {}), ...piecesOf(last, part) };
    } else if (text !== undefined) melted.push({ kind: 'text', text, ...(place ? { place } : {}), ...piecesOf(undefined, part) });
    else melted.push(part);
  }
  const only = melted[0];
  if (melted.length === 1 && only && !losesParts(only)) return only;
  const isTooMuch = melted.reduce((sum, part) => sum + weightOf(part), 0) > maxWeight;
  return { kind: 'concat', parts: isTooMuch ? melted.map((part) => (part.kind === 'choice' ? unknown : part)) : melted, ...(place ? { place } : {}) };
}

/** As a text it is no longer what it was: `[object Object]`. */
function losesParts(value: Resolved): boolean {
  return (value.kind === 'object' && !value.isText) || value.kind === 'instance' || value.kind === 'environment' || (value.kind === 'call' && value.isNew && (value.callee.kind !== 'global' || value.callee.path.endsWith('Error')));
}

const weights = new WeakMap<Resolved, number>();

/**
 * What it costs to walk through a value. A text that grows by conditional additions (`if (a) s += x; if (b) s += y`) shares what
 * it was before with each of its alternatives, so that it is small to hold but doubles with every one of them for whoever reads it.
 */
function weightOf(value: Resolved): number {
  if (value.kind !== 'choice' && value.kind !== 'concat') return 1;
  let weight = weights.get(value);
  if (weight === undefined) weights.set(value, (weight = (value.kind === 'choice' ? value.options : value.parts).reduce((sum, part) => sum + weightOf(part), 0)));
  return weight;
}

/** Every text that the value may be, where it is known whole. At most sixteen. */
export function textsOf(value: Resolved): string[] {
  if (value.kind === 'choice') return value.options.flatMap((option) => textsOf(option)).slice(0, maxAlternatives);
  const text = primitiveText(value);
  return text === undefined ? [] : [text];
}

/** The value as a constant, where every part of it is known. A list may hold itself, or another many times over: bounded in items and depth. */
export function constantOf(evaluator: Evaluator, value: Resolved, budget = { items: maxConstantItems }, depth = 0): { readonly value: Constant } | undefined {
  switch (value.kind) {
    case 'text':
      return { value: value.text };
    case 'number':
    case 'constant':
      return { value: value.value };
    case 'array': {
      const items: Constant[] = [];
      budget.items -= value.items.length;
      if (budget.items < 0 || depth > maxNesting) return undefined;
      for (const item of value.items) {
        const inner = item.spread ? undefined : constantOf(evaluator, evaluator.head(item), budget, depth + 1);
        if (!inner) return undefined;
        items.push(inner.value);
      }
      return { value: items };
    }
    default:
      return undefined;
  }
}

/** A constant as a value of the project. */
export function valueOfConstant(value: Constant, place: Place): Resolved {
  if (typeof value === 'string') return { kind: 'text', text: value, place };
  if (typeof value === 'number') return { kind: 'number', value };
  if (Array.isArray(value)) return { kind: 'array', items: value.map((item: Constant) => resolvedLazy(valueOfConstant(item, place), place)) };
  return { kind: 'constant', value: value as boolean | null | undefined };
}

/** Every combination of the parts' options. */
function expand(parts: readonly Resolved[]): Resolved[][] {
  let rows: Resolved[][] = [[]];
  for (const part of parts) {
    const options = part.kind === 'choice' ? part.options : [part];
    rows = rows.flatMap((row) => options.map((option) => [...row, option]));
  }
  return rows;
}

function piecesOf(before: ResolvedText | undefined, added: Resolved): { pieces?: readonly TextPiece[] } {
  const known = before?.pieces ?? [];
  if (added.kind !== 'text' || known.length >= maxPieces) return known.length > 0 ? { pieces: known } : {};
  const offset = before?.text.length ?? 0;
  const inner = added.pieces?.map((piece) => ({ ...piece, start: piece.start + offset, end: piece.end + offset }));
  const own = added.place ? [{ start: offset, end: offset + added.text.length, place: added.place }] : [];
  return { pieces: [...known, ...(inner ?? own)] };
}

export function primitiveText(value: Resolved): string | undefined {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'number') return String(value.value);
  return value.kind === 'constant' ? String(value.value) : undefined;
}

/** The arguments of a call, where all of them are constants. */
export function constantsOf(evaluator: Evaluator, args: readonly Lazy[]): Constant[] | undefined {
  const constants: Constant[] = [];
  for (const argument of args) {
    const constant = argument.spread ? undefined : evaluator.constant(evaluator.head(argument));
    if (!constant) return undefined;
    constants.push(constant.value);
  }
  return constants;
}

/** What holds a text as it is, or is one. */
export function isTextLike(value: Resolved): boolean {
  return value.kind === 'secret' || value.kind === 'variable' || value.kind === 'concat' || value.kind === 'parameter' || value.kind === 'text';
}
