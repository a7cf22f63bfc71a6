import { convictRead } from './convict.ts';
import type { Evaluator } from './evaluate.ts';
import { foldGlobal, foldMethod, type Constant } from '../syntax/run/fold.ts';
import { angularContainer, fromEntries, isNewContainer, listItems, newContainer, objectPairs, objectParts } from './containers.ts';
import { bufferText, decodeBytes } from './decoded-bytes.ts';
import { environmentCall } from './environment-calls.ts';
import { isFollowed } from './far-calls.ts';
import { constantsOf, isTextLike, joinTexts, valueOfConstant } from './folded-texts.ts';
import { parseJson, stringified } from './json-values.ts';
import { isSameForAllCalls } from './fixed-results.ts';
import { frameOf } from './frames.ts';
import { resolveLoop } from './loops.ts';
import { elementOf, partOfPairs, restOf, rowOf } from './parts.ts';
import { foldMatch, foldReplacePattern, foldSplitPattern } from '../syntax/run/patterns.ts';
import { runCommand } from './shell-commands.ts';
import { calleeName, choiceOf, ownerOf, resolvedLazy, spanOf, withType, type Frame, type Lazy, type Place, type Resolved, type ResolvedFunction } from './resolved.ts';

/** Calls of project functions that are followed into each other. */
const maxCallDepth = 8;

const unknown: Resolved = { kind: 'unknown' };
/** Methods that give their receiver back, or a text that still holds all of it. */
const keepsReceiver = new Set(['trim', 'trimStart', 'trimEnd', 'toString', 'valueOf', 'normalize', 'toLowerCase', 'toUpperCase', 'replace', 'replaceAll', 'padStart', 'padEnd', 'catch', 'finally', 'freeze']);
/** Functions that give their first argument back. */
const keepsArgument = /^(?:Object\.freeze|Object\.seal|structuredClone|Promise\.resolve|encodeURIComponent|encodeURI|decodeURIComponent|btoa|atob|Readonly|useMemo|useRef)$/;
const partOperators = new Set(['operator:element', 'operator:key', 'operator:row', 'operator:rest']);

/** What a call or a `new` gives. */
export function resolveCall(evaluator: Evaluator, callee: Resolved, args: readonly Lazy[], isNew: boolean, place: Place, frame: Frame | undefined): Resolved {
  const depth = (frame?.depth ?? 0) + 1;
  if (!isNew && calleeName(callee) === 'bind' && callee.kind !== 'function') return boundBy(callee, args) ?? { kind: 'call', callee, args, isNew, place };
  switch (callee.kind) {
    case 'choice':
      return choiceOf(callee.options.map((option) => resolveCall(evaluator, option, args, isNew, place, frame)));
    case 'function':
      return isNew && callee.module.language !== 'python' ? { kind: 'call', callee, args, isNew, place } : readAtCall(evaluator, applyFunction(evaluator, callee, args, depth), args, place);
    case 'class':
      // Python's classes are called as functions are.
      return isNew || callee.module.language === 'python' ? { kind: 'instance', module: callee.module, cls: callee.cls, args, frame: callee.frame, place } : unknown;
    case 'member':
      return callMember(evaluator, callee, args, isNew, place, frame) ?? environmentCall(evaluator, callee, args, place) ?? { kind: 'call', callee, args, isNew, place };
    case 'global':
      return callGlobal(evaluator, callee.path, args, isNew, place, frame) ?? environmentCall(evaluator, callee, args, place) ?? { kind: 'call', callee, args, isNew, place };
    case 'environment':
      // `Deno.env.toObject()`
      return callee;
    case 'outside':
      return callOfNode(evaluator, callee, args, isNew, place, frame) ?? (isNew ? angularContainer(evaluator, callee, args, place) : undefined) ?? environmentCall(evaluator, callee, args, place) ?? { kind: 'call', callee, args, isNew, place };
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
function callOfNode(evaluator: Evaluator, callee: Extract<Resolved, { kind: 'outside' }>, args: readonly Lazy[], isNew: boolean, place: Place, frame: Frame | undefined): Resolved | undefined {
  if (!/^(?:node:)?(?:buffer|util|querystring)$/.test(callee.specifier)) return undefined;
  const path = callee.name.replace(/^default\./, '');
  return callGlobal(evaluator, path === 'format' ? 'util.format' : path, args, isNew, place, frame);
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

function callMember(evaluator: Evaluator, callee: Extract<Resolved, { kind: 'member' }>, args: readonly Lazy[], isNew: boolean, place: Place, frame: Frame | undefined): Resolved | undefined {
  if (isNew || callee.property.kind !== 'text') return undefined;
  const name = callee.property.text;
  const receiver = callee.object;
  if (receiver.kind === 'choice') {
    return choiceOf(receiver.options.map((option) => resolveCall(evaluator, evaluator.property(option, name, place), args, false, place, frame)));
  }
  if (name === 'get_secret_value' && args.length === 0) return hiddenValue(evaluator, receiver);
  if (receiver.kind === 'call') {
    const setting = convictRead(evaluator, receiver, name, args[0], place);
    if (setting) return setting;
  }
  if (receiver.kind === 'function') return callFunctionMethod(evaluator, receiver, name, args, frame);
  if (receiver.kind === 'array') return callArrayMethod(evaluator, receiver.items, name, args, place, frame);
  if (receiver.kind === 'object' || receiver.kind === 'environment') return callObjectMethod(evaluator, receiver, name, args, place);
  const folded = foldTextMethod(evaluator, receiver, name, args, place);
  if (folded) return folded;
  if (name === 'fill' && args[0] && receiver.kind === 'call' && calleeName(receiver.callee) === 'Array' && receiver.args[0]) {
    const items = itemsOfLength(evaluator, receiver.args[0], place);
    return items && callArrayMethod(evaluator, items, name, args, place, frame);
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

/** `key.replace(/./g, "*")`: what is left of a secret tells nothing. */
function isMask(evaluator: Evaluator, name: string, args: readonly Lazy[]): boolean {
  const replacement = /^replace(?:All)?$/.test(name) && args[1] ? evaluator.head(args[1]) : undefined;
  return replacement?.kind === 'function' || (replacement?.kind === 'text' && /[*•·#…]|\.{3}|^[xX]+$|redacted|masked|hidden/i.test(replacement.text));
}

function foldTextMethod(evaluator: Evaluator, receiver: Resolved, name: string, args: readonly Lazy[], place: Place): Resolved | undefined {
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
  const given = callWith(evaluator, replacement, [search], undefined);
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
function matchOf(evaluator: Evaluator, text: Resolved | undefined, by: Resolved | undefined, place: Place): Resolved | undefined {
  const pattern = by && patternOf(evaluator, by);
  const found = text?.kind === 'text' && pattern ? foldMatch(text.text, pattern.source, pattern.flags) : undefined;
  return found === undefined ? undefined : valueOfConstant(found, place);
}

function callArrayMethod(evaluator: Evaluator, items: readonly Lazy[], name: string, args: readonly Lazy[], place: Place, frame: Frame | undefined): Resolved | undefined {
  switch (name) {
    case 'join':
      return joinItems(evaluator, items, args, place);
    case 'map':
    case 'flatMap': {
      const callback = args[0];
      if (!callback || items.length > 512) return undefined;
      const mapped: Resolved = { kind: 'array', items: items.map((item, index) => resolvedLazy(callWith(evaluator, callback, [item, resolvedLazy({ kind: 'number', value: index }, place)], frame), place)) };
      return name === 'map' ? mapped : { kind: 'array', items: mapped.items.flatMap((item) => itemsOf(evaluator, item)) };
    }
    case 'reduce':
      return reduceItems(evaluator, items, args, place, frame);
    case 'reduceRight':
      return reduceItems(evaluator, items.toReversed(), args, place, frame);
    case 'pop':
    case 'shift': {
      const item = name === 'pop' ? items.at(-1) : items[0];
      return item && !item.spread ? evaluator.head(item) : undefined;
    }
    case 'fill':
      return args.length === 1 ? { kind: 'array', items: items.map(() => args[0] as Lazy) } : undefined;
    case 'sort':
    case 'toSorted': {
      const constant = args.length === 0 ? evaluator.constant({ kind: 'array', items }) : undefined;
      const folded = constant && foldMethod(constant.value, name, []);
      return folded === undefined ? { kind: 'array', items } : valueOfConstant(folded, place);
    }
    case 'filter':
      return { kind: 'array', items: withoutEmpty(evaluator, items, args[0]) };
    case 'values':
      return { kind: 'array', items };
    case 'reverse':
    case 'toReversed':
      return { kind: 'array', items: items.toReversed() };
    case 'find':
      return choiceOf(items.slice(0, 16).map((item) => evaluator.head(item)));
    case 'concat': {
      const added = args.flatMap((argument) => {
        const value = evaluator.head(argument);
        return value.kind === 'array' ? value.items : [argument];
      });
      return { kind: 'array', items: [...items, ...added] };
    }
    case 'slice':
    case 'flat':
    case 'at':
    case 'toString': {
      const receiver = evaluator.constant({ kind: 'array', items });
      const constants = constantsOf(evaluator, args);
      const folded = receiver && constants ? foldMethod(receiver.value, name, constants) : undefined;
      return folded === undefined ? undefined : valueOfConstant(folded, place);
    }
    default:
      return undefined;
  }
}

/** `.filter(Boolean)`; what another test leaves is not known, so everything stays. */
function withoutEmpty(evaluator: Evaluator, items: readonly Lazy[], test: Lazy | undefined): readonly Lazy[] {
  const by = test && evaluator.head(test);
  if (by?.kind !== 'global' || by.path !== 'Boolean' || items.length > 512) return items;
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
  if (items.length > 65_536) return undefined;
  const parts: Resolved[] = [];
  items.forEach((item, index) => {
    if (index > 0) parts.push(separator);
    const value = evaluator.head(item);
    // `[a, undefined].join()` leaves out what is not there.
    parts.push(value.kind === 'constant' && typeof value.value !== 'boolean' ? { kind: 'text', text: '' } : value);
  });
  return parts.length === 0 ? { kind: 'text', text: '' } : joinTexts([{ kind: 'text', text: '' }, ...parts], place);
}

function reduceItems(evaluator: Evaluator, items: readonly Lazy[], args: readonly Lazy[], place: Place, frame: Frame | undefined): Resolved | undefined {
  const [callback, initial] = args;
  const [first, ...others] = initial ? [initial, ...items] : items;
  if (!callback || !first || items.length > 512) return undefined;
  let sum: Lazy = first;
  for (const item of others) sum = resolvedLazy(callWith(evaluator, callback, [sum, item], frame), place);
  return evaluator.head(sum);
}

/** Methods of `Headers`, `Map`, `URLSearchParams` and plain objects that were laid out as objects. */
function callObjectMethod(evaluator: Evaluator, receiver: Resolved, name: string, args: readonly Lazy[], place: Place): Resolved | undefined {
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

function callFunctionMethod(evaluator: Evaluator, receiver: ResolvedFunction, name: string, args: readonly Lazy[], frame: Frame | undefined): Resolved | undefined {
  const depth = (frame?.depth ?? 0) + 1;
  if (name === 'call') return applyFunction(evaluator, receiver, args.slice(1), depth);
  if (name === 'apply') {
    const list = args[1] ? evaluator.head(args[1]) : undefined;
    return applyFunction(evaluator, receiver, list?.kind === 'array' ? list.items : [], depth);
  }
  return undefined;
}

/** `String.fromCharCode.apply(null, codes)` */
function applyGlobal(evaluator: Evaluator, path: string, isList: boolean, args: readonly Lazy[], place: Place, frame: Frame | undefined): Resolved | undefined {
  const list = isList && args[0] ? evaluator.head(args[0]) : undefined;
  if (isList && list?.kind !== 'array') return undefined;
  return callGlobal(evaluator, path, list?.kind === 'array' ? list.items : args, false, place, frame);
}

function callGlobal(evaluator: Evaluator, path: string, args: readonly Lazy[], isNew: boolean, place: Place, frame: Frame | undefined): Resolved | undefined {
  if (isNew) return isNewContainer(path) ? newContainer(evaluator, path, args, place) : undefined;
  const applied = /^(.+)\.(?:call|apply)$/.exec(path);
  if (applied) return applyGlobal(evaluator, applied[1] ?? '', path.endsWith('.apply'), args.slice(1), place, frame);
  const [first, second] = args;
  const inLoop = path.startsWith('operator:') ? resolveLoop(evaluator, path, args, place, frame) : undefined;
  if (inLoop) return inLoop;
  if (partOperators.has(path)) return first && partOf(evaluator, path, evaluator.head(first), args.slice(1), place);
  const constants = constantsOf(evaluator, args);
  const folded = constants ? foldGlobal(path, constants) : undefined;
  if (path.startsWith('shell:')) return runCommand(evaluator, path.slice('shell:'.length), args, place);
  if (path === 'os.environ.copy') return { kind: 'environment', access: 'os.environ' };
  if (path === 'os.getenv' && first) return variableNamed(evaluator, first, place);
  if (folded !== undefined) return valueOfConstant(folded, place);
  if (!first) return undefined;
  switch (path) {
    case 'Object.assign':
      return { kind: 'object', entries: args.map((value) => ({ spread: true, value, place })), place };
    case 'Object.entries':
      return objectPairs(evaluator, first);
    case 'Object.values':
      return objectParts(evaluator, first, 'value');
    case 'Object.keys':
      return objectParts(evaluator, first, 'key');
    case 'Object.fromEntries':
      return fromEntries(evaluator, first, place);
    case 'String':
      return joinTexts([evaluator.head(first)], place);
    case 'JSON.stringify':
      return stringified(evaluator, evaluator.head(first), second && evaluator.head(second));
    case 'JSON.parse':
      return parseJson(evaluator, first, place);
    case 'Array.from': {
      if (!second) return fromList(evaluator, first, place);
      const items = listItems(evaluator, evaluator.head(first), place) ?? itemsOfLength(evaluator, first, place);
      return items && callArrayMethod(evaluator, items, 'map', [second], place, frame);
    }
    case 'Promise.all':
      return evaluator.head(first);
    case 'Reflect.get': {
      const key = second ? evaluator.head(second) : undefined;
      return key?.kind === 'text' ? evaluator.property(evaluator.head(first), key.text, place) : undefined;
    }
    case 'String.raw':
      return undefined;
  }
  return keepsArgument.test(path) ? evaluator.head(first) : undefined;
}

function partOf(evaluator: Evaluator, path: string, whole: Resolved, others: readonly Lazy[], place: Place): Resolved | undefined {
  const named = others.map((each) => evaluator.head(each));
  // The variable of a loop is known by the loop, a callback's parameter is not.
  if (path === 'operator:element') return (others.length === 0 ? partOfPairs(evaluator, whole, 'value') : undefined) ?? elementOf(evaluator, whole);
  if (path === 'operator:key') return partOfPairs(evaluator, whole, 'key');
  if (path === 'operator:row') return named[0]?.kind === 'number' ? rowOf(evaluator, whole, named[0].value) : undefined;
  return restOf(evaluator, whole, named.flatMap((key) => (key.kind === 'text' ? [key.text] : [])), place);
}

function fromList(evaluator: Evaluator, list: Lazy, place: Place): Resolved {
  const value = evaluator.head(list);
  // Whoever goes through an environment or a dictionary of Python gets its names.
  if (value.kind === 'environment') return { kind: 'unknown' };
  const names = value.kind === 'object' && !value.container ? objectParts(evaluator, list, 'key') : undefined;
  const items = names ? undefined : listItems(evaluator, value, place);
  if (names) return names;
  return items ? { kind: 'array', items } : value;
}

/** `Array.from({ length: 3 }, …)` and `Array(3)`: items that are nothing yet. */
function itemsOfLength(evaluator: Evaluator, list: Lazy, place: Place): readonly Lazy[] | undefined {
  const value = evaluator.head(list);
  const length = value.kind === 'object' ? evaluator.property(value, 'length', place) : value;
  if (length.kind !== 'number' || !(length.value >= 0 && length.value <= 512)) return undefined;
  return Array.from({ length: Math.floor(length.value) }, () => resolvedLazy({ kind: 'constant', value: undefined }, place));
}

/** `os.getenv(name)`, where the name is not written out. */
function variableNamed(evaluator: Evaluator, argument: Lazy, place: Place): Resolved | undefined {
  const name = evaluator.head(argument);
  return name.kind === 'text' ? { kind: 'variable', name: name.text, access: 'os.environ', form: 'dynamic', place } : undefined;
}

function callWith(evaluator: Evaluator, callback: Lazy, args: readonly Lazy[], frame: Frame | undefined): Resolved {
  const callee = evaluator.head(callback);
  if (callee.kind === 'function') return applyFunction(evaluator, callee, args, (frame?.depth ?? 0) + 1);
  if (callee.kind === 'global') return resolveCall(evaluator, callee, args.slice(0, 1), false, placeOfLazy(callback), frame);
  return unknown;
}

function placeOfLazy(lazy: Lazy): Place {
  return { module: lazy.module, at: lazy.at ?? [0, 0] };
}
