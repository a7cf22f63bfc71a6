import { callArrayMethod, itemsOfLength } from './array-methods.ts';
import type { CallSite } from './call-site.ts';
import { angularContainer, objectPairs, objectParts } from './containers.ts';
import { convictRead } from './convict.ts';
import { bufferText, decodeBytes } from './decoded-bytes.ts';
import { environmentCall } from './environment-calls.ts';
import type { Evaluator } from './evaluate.ts';
import { isFollowed } from './far-calls.ts';
import { isSameForAllCalls } from './fixed-results.ts';
import { isTextLike, joinTexts } from './folded-texts.ts';
import { frameOf } from './frames.ts';
import { callGlobal } from './global-calls.ts';
import { calleeName, choiceOf, ownerOf, resolvedLazy, spanOf, withType, type Frame, type Lazy, type Place, type Resolved, type ResolvedFunction } from './resolved.ts';
import { foldTextMethod, isMask, matchOf } from './text-methods.ts';

/** Calls of project functions that are followed into each other. */
const maxCallDepth = 8;

const unknown: Resolved = { kind: 'unknown' };
/** Methods that give their receiver back, or a text that still holds all of it. */
const keepsReceiver = new Set(['trim', 'trimStart', 'trimEnd', 'toString', 'valueOf', 'normalize', 'toLowerCase', 'toUpperCase', 'replace', 'replaceAll', 'padStart', 'padEnd', 'catch', 'finally', 'freeze']);

/** What a call or a `new` gives. */
export function resolveCall(evaluator: Evaluator, callee: Resolved, site: CallSite): Resolved {
  const { args, isNew, place, frame } = site;
  const depth = (frame?.depth ?? 0) + 1;
  if (!isNew && calleeName(callee) === 'bind' && callee.kind !== 'function') return boundBy(callee, args) ?? { kind: 'call', callee, args, isNew, place };
  switch (callee.kind) {
    case 'choice':
      return choiceOf(callee.options.map((option) => resolveCall(evaluator, option, site)));
    case 'function':
      return isNew && callee.module.language !== 'python' ? { kind: 'call', callee, args, isNew, place } : readAtCall(evaluator, applyFunction(evaluator, callee, args, depth), args, place);
    case 'class':
      // Python's classes are called as functions are.
      return isNew || callee.module.language === 'python' ? { kind: 'instance', module: callee.module, cls: callee.cls, args, frame: callee.frame, place } : unknown;
    case 'member':
      return callMember(evaluator, callee, site) ?? environmentCall(evaluator, callee, args, place) ?? { kind: 'call', callee, args, isNew, place };
    case 'global':
      return callGlobal(evaluator, callee.path, site) ?? environmentCall(evaluator, callee, args, place) ?? { kind: 'call', callee, args, isNew, place };
    case 'environment':
      // `Deno.env.toObject()`
      return callee;
    case 'outside':
      return callOfNode(evaluator, callee, site) ?? (isNew ? angularContainer(evaluator, callee, args, place) : undefined) ?? environmentCall(evaluator, callee, args, place) ?? { kind: 'call', callee, args, isNew, place };
    default:
      return environmentCall(evaluator, callee, args, place) ?? { kind: 'call', callee, args, isNew, place };
  }
}

/** `console.log.bind(console)` is `console.log`; what else is bound is not kept but for functions of the project. */
function boundBy(callee: Resolved, args: readonly Lazy[]): Resolved | undefined {
  const owner = ownerOf(callee);
  return owner?.kind === 'function' ? { ...owner, bound: [...(owner.bound ?? []), ...args.slice(1)] } : owner;
}

/** `atob` of `node:buffer` and `format` of `node:util`: what Node has as globals too, or folds as they do. */
function callOfNode(evaluator: Evaluator, callee: Extract<Resolved, { kind: 'outside' }>, site: CallSite): Resolved | undefined {
  if (!/^(?:node:)?(?:buffer|util|querystring)$/.test(callee.specifier)) return undefined;
  const path = callee.name.replace(/^default\./, '');
  return callGlobal(evaluator, path === 'format' ? 'util.format' : path, site);
}

/** `requireEnv("X")` reads `X`, not the function that looks up whatever name it is given: the read stands where the name is. */
function readAtCall(evaluator: Evaluator, result: Resolved, args: readonly Lazy[], place: Place): Resolved {
  switch (result.kind) {
    case 'variable': {
      const { name, form, place: readAt } = result;
      const isNamed = form === 'dynamic' && args.some((argument) => isPartOf(evaluator.head(argument), name));
      return isNamed ? { ...result, place, lookedUpAt: result.lookedUpAt ?? readAt } : result;
    }
    case 'choice':
      return { ...result, options: result.options.map((option) => readAtCall(evaluator, option, args, place)) };
    default:
      return result;
  }
}

/** Whether an argument names the variable, or a part of its name: `keyOf("BOT")` for `HILT_API_KEY_BOT`. */
function isPartOf(argument: Resolved, name: string): boolean {
  return argument.kind === 'text' && argument.text !== '' && name.includes(argument.text.toUpperCase());
}

/** The values that a function may return for these arguments. */
export function applyFunction(evaluator: Evaluator, callee: ResolvedFunction, args: readonly Lazy[], depth: number): Resolved {
  const summary = callee.module.functions[callee.fn];
  if (!summary || depth > maxCallDepth) return unknown;
  if (summary.returns.length === 0) return { kind: 'constant', value: undefined };
  const identity = `${callee.module.file}:${callee.fn}`;
  if (evaluator.active.has(identity)) return unknown;
  // What does not depend on the call is the same for all of them, and looked at once.
  const frame = isSameForAllCalls(summary) || !isFollowed(evaluator, depth, callee, args) ? undefined : frameOf(callee, args, depth);
  evaluator.active.add(identity);
  const returned = choiceOf(summary.returns.map((value) => evaluator.head({ module: callee.module, value, frame, at: spanOf(value) })));
  evaluator.active.delete(identity);
  return summary.returnType ? withType(returned, { module: callee.module, ref: summary.returnType }) : returned;
}

function callMember(evaluator: Evaluator, callee: Extract<Resolved, { kind: 'member' }>, site: CallSite): Resolved | undefined {
  const { args, isNew, place, frame } = site;
  if (isNew || callee.property.kind !== 'text') return undefined;
  const name = callee.property.text;
  const receiver = callee.object;
  if (receiver.kind === 'choice') {
    return choiceOf(receiver.options.map((option) => resolveCall(evaluator, evaluator.property(option, name, place), site)));
  }
  if (name === 'get_secret_value' && args.length === 0) return hiddenValue(evaluator, receiver);
  if (receiver.kind === 'call') {
    const setting = convictRead(evaluator, receiver, name, args[0], place);
    if (setting) return setting;
  }
  if (receiver.kind === 'function') return callFunctionMethod(evaluator, receiver, name, site);
  if (receiver.kind === 'array') return callArrayMethod(evaluator, receiver.items, name, site);
  if (receiver.kind === 'object' || receiver.kind === 'environment') return callObjectMethod(evaluator, receiver, name, site);
  const folded = foldTextMethod(evaluator, receiver, name, site);
  if (folded) return folded;
  if (name === 'fill' && args[0] && receiver.kind === 'call' && calleeName(receiver.callee) === 'Array' && receiver.args[0]) {
    const items = itemsOfLength(evaluator, receiver.args[0], place);
    return items && callArrayMethod(evaluator, items, name, site);
  }
  if (name === 'match' && args[0]) return matchOf(evaluator, receiver, evaluator.head(args[0]), place);
  if (name === 'exec' && args[0]) return matchOf(evaluator, evaluator.head(args[0]), receiver, place);
  if (name === 'then' && args[0]) return callWith(evaluator, args[0], [resolvedLazy(receiver, place)], frame);
  if (name === 'toString' && receiver.kind === 'call') return bufferText(evaluator, receiver, args, place) ?? undefined;
  if (name === 'decode' && receiver.kind === 'call' && calleeName(receiver.callee) === 'TextDecoder') return decodeBytes(evaluator, args, place);
  if (name === 'concat' && isTextLike(receiver)) return joinTexts([receiver, ...args.map((argument) => evaluator.head(argument))], place);
  if (keepsReceiver.has(name) && isTextLike(receiver) && !isMask(evaluator, name, args)) return receiver;
  return undefined;
}

/** What pydantic's `SecretStr` keeps from being printed. */
function hiddenValue(evaluator: Evaluator, receiver: Resolved): Resolved {
  const [hidden] = receiver.kind === 'call' && /^Secret(?:Str|Bytes)?$/.test(calleeName(receiver.callee)) ? receiver.args : [];
  return hidden ? evaluator.head(hidden) : receiver;
}

/** Methods of `Headers`, `Map`, `URLSearchParams` and plain objects that were laid out as objects. */
function callObjectMethod(evaluator: Evaluator, receiver: Resolved, name: string, { args, place }: CallSite): Resolved | undefined {
  if (receiver.kind === 'object' && receiver.container && args.length === 0) {
    const whole = resolvedLazy(receiver, place);
    if (name === 'values') return objectParts(evaluator, whole, 'value');
    if (name === 'keys') return objectParts(evaluator, whole, 'key');
    if (name === 'entries') return objectPairs(evaluator, whole);
  }
  const [first, second] = args;
  // `new Map().set("a", b)`, and Angular's headers and parameters, which each call copies.
  if (receiver.kind === 'object' && receiver.container && first && second && (name === 'set' || name === 'append')) return { ...receiver, entries: [...receiver.entries, { key: first, value: second, place }] };
  const key = first ? evaluator.head(first) : undefined;
  if ((name === 'get' || name === 'getOrThrow') && key?.kind === 'text') return evaluator.property(receiver, key.text, place);
  return undefined;
}

function callFunctionMethod(evaluator: Evaluator, receiver: ResolvedFunction, name: string, { args, frame }: CallSite): Resolved | undefined {
  const depth = (frame?.depth ?? 0) + 1;
  if (name === 'call') return applyFunction(evaluator, receiver, args.slice(1), depth);
  if (name === 'apply') {
    const list = args[1] ? evaluator.head(args[1]) : undefined;
    return applyFunction(evaluator, receiver, list?.kind === 'array' ? list.items : [], depth);
  }
  return undefined;
}

/** What a callback gives for these arguments. */
export function callWith(evaluator: Evaluator, callback: Lazy, args: readonly Lazy[], frame: Frame | undefined): Resolved {
  const callee = evaluator.head(callback);
  if (callee.kind === 'function') return applyFunction(evaluator, callee, args, (frame?.depth ?? 0) + 1);
  if (callee.kind === 'global') return resolveCall(evaluator, callee, { args: args.slice(0, 1), isNew: false, place: placeOfLazy(callback), frame });
  return unknown;
}

function placeOfLazy(lazy: Lazy): Place {
  return { module: lazy.module, at: lazy.at ?? [0, 0] };
}
