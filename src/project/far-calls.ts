import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Value } from '../syntax/value.ts';
import { partsOf } from '../syntax/value-parts.ts';
import type { Evaluator } from './evaluate.ts';
import type { Frame, Lazy, Resolved, ResolvedFunction } from './resolved.ts';

/** Calls inside calls that are looked at with whatever they are given. */
const nearDepth = 3;
/** How deep what a call is given is looked through, and how many parts of each thing. */
const maxNesting = 4;
/** What an object was made with is further from what one of its methods gives. */
const nestingOfSelf = 2;
const maxParts = 24;
/** A word of a program, which names a case or a field. */
const plainWord = /^[a-z][A-Za-z-]{0,24}$/;
/** What speaks of Hilt, or looks random. */
const partOfKey = /hk_|hilt|^(?=.*\d)(?=.*[A-Za-z])[\w+/=-]{8,}$/i;
const tellingWord = /hilt|key|token|secret|auth|cookie|bearer|live|sandbox|header|url/i;

/**
 * Whether a function that is called `depth` calls below what is asked about is looked at with its arguments. Programs that go
 * through data of any shape call one another in more ways than can be followed; so far down only what is given a secret, a read
 * of a variable, a text that may be part of one or of a request is worth it. The others give what they give to everybody.
 */
export function isFollowed(evaluator: Evaluator, depth: number, { frame, self, bound = [] }: ResolvedFunction, args: readonly Lazy[]): boolean {
  return depth <= nearDepth || isTellingCall(evaluator, [...bound, ...args], self) || isTellingFrame(evaluator, frame);
}

/** Whether arguments, or the object that a method is called on, bring a secret, a read of a variable or a telling text. */
export function isTellingCall(evaluator: Evaluator, args: readonly Lazy[], self: Resolved | undefined): boolean {
  // A number may be a character; what comes after it counts the rounds.
  return args.some((argument, index) => isTellingLazy(evaluator, argument, index === 0 ? 0 : 1)) || (self !== undefined && isTelling(evaluator, self, nestingOfSelf));
}

const tellingFrames = new WeakMap<Frame, boolean>();

/** Whether a call that is being looked at, or one around it, brings anything of that kind. */
export function isTellingFrame(evaluator: Evaluator, frame: Frame | undefined): boolean {
  if (!frame) return false;
  const known = tellingFrames.get(frame);
  if (known !== undefined) return known;
  // Against circles: until more is known it tells nothing.
  tellingFrames.set(frame, false);
  const answer = isTellingCall(evaluator, frame.args, frame.self) || isTellingFrame(evaluator, frame.outer);
  tellingFrames.set(frame, answer);
  return answer;
}

function isTellingLazy(evaluator: Evaluator, { known, value, module, frame }: Lazy, nesting: number): boolean {
  return known ? isTelling(evaluator, known, nesting) : isTellingValue(evaluator, value, module, frame, nesting);
}

/** Inside something else nearly every text and number is the program's own: `{ kind: "text" }`. */
function isTellingText(text: string, nesting: number): boolean {
  if (nesting > 0) return partOfKey.test(text);
  return text.length > 1 && (!plainWord.test(text) || tellingWord.test(text));
}

function isTelling(evaluator: Evaluator, value: Resolved, nesting: number): boolean {
  if (nesting > maxNesting) return false;
  const inner = (part: Resolved): boolean => isTelling(evaluator, part, nesting + 1);
  const innerLazy = (part: Lazy): boolean => isTellingLazy(evaluator, part, nesting + 1);
  switch (value.kind) {
    case 'text':
      return isTellingText(value.text, nesting);
    case 'number':
      return nesting === 0;
    case 'secret':
    case 'variable':
    case 'environment':
      return true;
    case 'concat':
      return value.parts.slice(0, maxParts).some(inner);
    case 'choice':
      // Of a few texts each is as near as one.
      return value.options.slice(0, maxParts).some((option) => isTelling(evaluator, option, nesting));
    case 'array':
      return value.items.slice(0, maxParts).some(innerLazy);
    case 'object':
      return value.entries.slice(0, maxParts).some((entry) => innerLazy(entry.value));
    case 'member':
      return inner(value.object);
    case 'call':
      return inner(value.callee) || value.args.slice(0, maxParts).some(innerLazy);
    case 'instance':
      return value.args.slice(0, maxParts).some(innerLazy) || isTellingFrame(evaluator, value.frame);
    case 'function':
      return isTellingFrame(evaluator, value.frame);
    default:
      return false;
  }
}

function isTellingValue(evaluator: Evaluator, value: Value, module: ModuleSummary, frame: Frame | undefined, nesting: number): boolean {
  if (nesting > maxNesting) return false;
  const inner = (part: Value): boolean => isTellingValue(evaluator, part, module, frame, nesting + 1);
  switch (value.kind) {
    case 'text':
      return isTellingText(value.text, nesting);
    case 'number':
      return nesting === 0;
    case 'secret':
    case 'variable':
      return true;
    case 'import':
      return nesting === 0 && isTelling(evaluator, evaluator.head({ module, value, frame: undefined, at: undefined }), nesting);
    case 'binding':
      return isTellingBinding(evaluator, value.name, module);
    case 'parameter':
      return argumentsFor(value, module, frame).some((argument) => isTellingLazy(evaluator, argument, nesting));
    case 'this':
      return selfOf(frame).some((self) => isTelling(evaluator, self, nestingOfSelf));
    // What is taken of something is no part of it.
    case 'member':
      return inner(value.object);
    case 'choice':
      return value.options.slice(0, maxParts).some((option) => isTellingValue(evaluator, option, module, frame, nesting));
    case 'function':
      return isTellingFrame(evaluator, frame);
    default:
      return partsOf(value).slice(0, maxParts).some(inner);
  }
}

const tellingBindings = new WeakMap<Value, boolean>();

function isTellingBinding(evaluator: Evaluator, name: string, module: ModuleSummary): boolean {
  const bound = Object.hasOwn(module.bindings, name) ? module.bindings[name] : undefined;
  if (!bound) return false;
  const known = tellingBindings.get(bound);
  if (known !== undefined) return known;
  tellingBindings.set(bound, false);
  const answer = isTellingValue(evaluator, bound, module, undefined, 0);
  tellingBindings.set(bound, answer);
  return answer;
}

function selfOf(frame: Frame | undefined): readonly Resolved[] {
  for (let current = frame; current; current = current.outer) if (current.self) return [current.self];
  return [];
}

/** What a parameter was given in the calls that are looked at. */
function argumentsFor({ fn, index, rest }: Extract<Value, { kind: 'parameter' }>, module: ModuleSummary, frame: Frame | undefined): readonly Lazy[] {
  for (let current = frame; current; current = current.outer) {
    if (current.fn === fn && current.module === module) return current.args.slice(index, rest ? undefined : index + 1);
  }
  return [];
}
