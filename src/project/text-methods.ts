import type { CallSite } from './call-site.ts';
import type { Evaluator } from './evaluate.ts';
import { constantsOf, valueOfConstant } from './folded-texts.ts';
import type { Lazy, Place, Resolved } from './resolved.ts';
import { foldMethod, type Constant } from '../syntax/run/fold.ts';
import { foldMatch, foldReplacePattern, foldSplitPattern } from '../syntax/run/patterns.ts';

/** What a method of a text or a number that is known gives. */
export function foldTextMethod(evaluator: Evaluator, receiver: Resolved, name: string, { args, place }: CallSite): Resolved | undefined {
  const constant = evaluator.constant(receiver);
  if (!constant || (typeof constant.value !== 'string' && typeof constant.value !== 'number')) return undefined;
  if (typeof constant.value === 'string' && (name === 'replace' || name === 'replaceAll' || name === 'split')) {
    const byPattern = foldPattern(evaluator, constant.value, name, args);
    if (byPattern !== undefined) return valueOfConstant(byPattern, place);
    const byFunction = name === 'split' ? undefined : replaceByFunction(evaluator, constant.value, args);
    if (byFunction !== undefined) return { kind: 'text', text: byFunction, place };
  }
  const constants = constantsOf(evaluator, args);
  if (!constants) return undefined;
  const folded = foldMethod(constant.value, name, constants);
  return folded === undefined ? undefined : valueOfConstant(folded, place);
}

/** `.replace("ENV", () => "live")`. */
function replaceByFunction(evaluator: Evaluator, text: string, [search, replacement]: readonly Lazy[]): string | undefined {
  const sought = search && evaluator.head(search);
  if (!search || sought?.kind !== 'text' || !replacement || evaluator.head(replacement).kind !== 'function') return undefined;
  const given = evaluator.callWith(replacement, [search], undefined);
  return given.kind === 'text' ? text.replace(sought.text, () => given.text) : undefined;
}

/** `.replace(/-/g, "")` and `.split(/,/)` with a pattern literal that cannot run away. */
function foldPattern(evaluator: Evaluator, text: string, name: string, args: readonly Lazy[]): Constant | undefined {
  const [given, replacement] = args.map((argument) => evaluator.head(argument));
  const pattern = given && patternOf(evaluator, given);
  if (!pattern) return undefined;
  if (name === 'split') return foldSplitPattern(text, pattern.source, pattern.flags);
  return replacement?.kind === 'text' ? foldReplacePattern(text, pattern.source, pattern.flags, replacement.text) : undefined;
}

function patternOf(evaluator: Evaluator, value: Resolved): { source: string; flags: string } | undefined {
  if (value.kind !== 'call' || value.callee.kind !== 'global' || value.callee.path !== 'RegExp') return undefined;
  const [source, flags] = value.args.map((argument) => evaluator.head(argument));
  return source?.kind === 'text' ? { source: source.text, flags: flags?.kind === 'text' ? flags.text : '' } : undefined;
}

/** `"…".match(/…/)`, `/…/.exec("…")` */
export function matchOf(evaluator: Evaluator, text: Resolved | undefined, by: Resolved | undefined, place: Place): Resolved | undefined {
  const pattern = by && patternOf(evaluator, by);
  const found = text?.kind === 'text' && pattern ? foldMatch(text.text, pattern.source, pattern.flags) : undefined;
  return found === undefined ? undefined : valueOfConstant(found, place);
}

/** `key.replace(/./g, "*")`: what is left of a secret tells nothing. */
export function isMask(evaluator: Evaluator, name: string, args: readonly Lazy[]): boolean {
  const replacement = /^replace(?:All)?$/.test(name) && args[1] ? evaluator.head(args[1]) : undefined;
  return replacement?.kind === 'function' || (replacement?.kind === 'text' && /[*•·#…]|\.{3}|^[xX]+$|redacted|masked|hidden/i.test(replacement.text));
}
