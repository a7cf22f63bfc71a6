import { findKeys } from '../hilt/key-grammar.ts';
import type { Secret } from '../hilt/secret.ts';
import type { Fold, ModuleSummary } from '../syntax/module-summary.ts';
import { contains, type Span } from '../syntax/span.ts';
import { templateFrame } from '../syntax/text/template-frame.ts';
import type { Value } from '../syntax/value.ts';
import { partsOf } from '../syntax/value-parts.ts';
import { instancesOf, newInstancesOf } from './instances.ts';
import type { Project } from './project.ts';
import type { Frame, Resolved, ResolvedFunction } from './resolved.ts';
import { oncePerModule } from './once-per-project.ts';
import { stepsOfSurvey } from './evaluate.ts';
import { enclosingFunctions, isInFunction } from '../syntax/enclosing-functions.ts';
import { addTo } from '../syntax/group-by.ts';

export interface ComposedSecret {
  readonly secret: Secret;
  readonly at: Span;
  /** As in `SecretOccurrence`. */
  readonly replaceable: boolean;
  readonly frame?: readonly [before: string, after: string];
}


/**
 * Secrets that exist only once the program puts them together, each at the outermost expression that does so: what values tell,
 * and what stepping through the file told when it was read.
 */
export const findComposedSecrets = oncePerModule((project, module): readonly ComposedSecret[] => withMade(module, composedIn(project, module)), { steps: stepsOfSurvey });

/** Two random keys do not begin alike: one of them is a beginning of the other, and that is what values told. */
function withMade({ made = [], secrets }: ModuleSummary, composed: readonly ComposedSecret[]): readonly ComposedSecret[] {
  if (made.length === 0) return composed;
  // Where the two disagree on what stands in a place, stepping through it is right: it knows what a branch skips.
  const agreed = composed.filter(({ secret, at }) => !made.some((each) => each.at[0] === at[0] && each.at[1] === at[1] && each.secret.digest !== secret.digest));
  const known = new Set([...secrets, ...agreed].map(({ secret }) => secret.preview));
  return [...agreed, ...made.flatMap(({ secret, at }) => (known.has(secret.preview) ? [] : [{ secret, at, replaceable: false }]))];
}

function composedIn(project: Project, module: ModuleSummary): ComposedSecret[] {
  const composed: ComposedSecret[] = [];
  // First what needs no name, and so is cheap: it must not wait behind a file full of names that are not.
  for (const { value } of module.folds) if (isClosed(value)) project.evaluator.look(module, value);
  for (const fold of module.folds) {
    if (composed.some((outer) => contains(outer.at, fold.at))) continue;
    const secrets = secretsOf(project, module, fold);
    if (secrets.length === 0) continue;
    const frame = fold.replaceable === false ? undefined : frameOf(project, module, fold);
    for (const secret of secrets) composed.push({ secret, at: fold.at, replaceable: frame !== undefined, ...(frame?.[0] ? { frame } : {}) });
  }
  return composed;
}

const closed = new WeakMap<Value, boolean>();

/** Whether an expression is made of literals alone. */
function isClosed(value: Value): boolean {
  let answer = closed.get(value);
  if (answer === undefined) closed.set(value, (answer = isMadeOfLiterals(value)));
  return answer;
}

function isMadeOfLiterals(value: Value): boolean {
  switch (value.kind) {
    case 'text':
    case 'number':
    case 'constant':
    case 'secret':
    case 'global':
      return true;
    case 'concat':
    case 'array':
    case 'member':
    case 'call':
      return partsOf(value).every(isClosed);
    default:
      return false;
  }
}

/** Evaluations of an expression with the arguments of a call that one module may cause. */
const maxCalledFolds = 5000;

/**
 * Secrets that a called function or constructor puts together from its arguments and does not return: each at the
 * expression in the function, or at the call where the function is another module's.
 */
export function findSecretsComposedByCalls(project: Project, module: ModuleSummary, known: readonly ComposedSecret[]): ComposedSecret[] {
  const composed: ComposedSecret[] = [];
  const seen = new Set<Frame>();
  let evaluated = 0;
  const made = newInstancesOf(project, module).map(({ frame, call }) => ({ frame, calls: [call] }));
  for (const { frame, calls } of [...instancesOf(project, module), ...made]) {
    const call = calls[0];
    if (!frame || !call || seen.has(frame) || !(module.mentions.key || frame.module.mentions.key)) continue;
    seen.add(frame);
    for (const fold of foldsIn(frame)) {
      if (++evaluated > maxCalledFolds) return composed;
      const at = frame.module === module ? fold.at : call.at;
      const [secret] = textSecretsIn(project, frame.module, fold.value, frame).filter((each) => !isHeldByPart(project, frame.module, fold, each, frame));
      if (!secret || isWrittenInside(module, at, secret, fold.value)) continue;
      if ([...known, ...composed].some((each) => each.secret.digest === secret.digest && (contains(each.at, call.at) || contains(each.at, at)))) continue;
      composed.push({ secret, at, replaceable: false });
    }
  }
  return composed;
}

/** Expressions that depend on how their function is called, by each function that they stand in, and by the class of its methods. */
interface CalledFolds { readonly byFunction: ReadonlyMap<number, readonly Fold[]>; readonly byClass: ReadonlyMap<number, readonly Fold[]> }

const calledFolds = new WeakMap<ModuleSummary, CalledFolds>();

/** The expressions of the called function, in order; of a class's methods, where the frame stands for an object alone. */
function foldsIn({ module, fn, self }: Frame): readonly Fold[] {
  let folds = calledFolds.get(module);
  if (!folds) calledFolds.set(module, (folds = sortFolds(module)));
  const own = folds.byFunction.get(fn) ?? [];
  const ofMethods = fn < 0 && self?.kind === 'instance' && self.module === module ? (folds.byClass.get(self.cls) ?? []) : [];
  return ofMethods.length === 0 ? own : [...own, ...ofMethods];
}

function sortFolds(module: ModuleSummary): CalledFolds {
  const [byFunction, byClass] = [new Map<number, Fold[]>(), new Map<number, Fold[]>()];
  for (const fold of module.folds.filter(needsCall)) {
    for (const fn of enclosingFunctions(module, fold.fn)) addTo(byFunction, fn, fold);
    const cls = module.functions[fold.fn]?.cls;
    if (cls !== undefined) addTo(byClass, cls, fold);
  }
  return { byFunction, byClass };
}

/** Whether the value of an expression depends on how its function is called. */
export function needsCall(fold: Fold): boolean {
  return dependsOnCall(fold.value);
}

const depending = new WeakMap<Value, boolean>();

function dependsOnCall(value: Value): boolean {
  let answer = depending.get(value);
  if (answer === undefined) depending.set(value, (answer = value.kind === 'parameter' || value.kind === 'this' || partsOf(value).some(dependsOnCall)));
  return answer;
}

/** The composed text around the key; where the expression yields one of several texts, each must be a key and nothing else. */
function frameOf(project: Project, module: ModuleSummary, fold: Fold): readonly [string, string] | undefined {
  const resolved = project.evaluator.look(module, fold.value);
  const texts = resolved.kind === 'text' ? [resolved.text] : resolved.kind === 'choice' ? resolved.options.map((option) => (option.kind === 'text' ? option.text : '')) : [];
  const frames = texts.map((text) => {
    const [key, ...more] = findKeys(text, project.keyOptions, module.mentions);
    return key && more.length === 0 ? templateFrame(text, key.start, key.end) : undefined;
  });
  return frames.length === 1 || frames.every((frame) => frame?.[0] === '') ? frames[0] : undefined;
}

function secretsOf(project: Project, module: ModuleSummary, fold: Fold): Secret[] {
  if (!mayCompose(project, module, fold.value)) return [];
  const own = textSecretsIn(project, module, fold.value).filter((secret) => !isWrittenInside(module, fold.at, secret, fold.value) && !isHeldByPart(project, module, fold, secret));
  return own.length > 0 && isYieldedByCallee(project, module, fold.value, own) ? [] : own;
}

/** A function that puts the same key together from what it holds itself: the finding stands there. */
function isYieldedByCallee(project: Project, module: ModuleSummary, value: Value, secrets: readonly Secret[]): boolean {
  if (value.kind !== 'call') return false;
  return functionsIn(project.evaluator.look(module, value.callee)).some((callee) =>
    callee.module.folds.some((fold) => !(callee.module === module && fold.value === value) && isInFunction(callee.module, fold.fn, callee.fn)
      && textSecretsIn(project, callee.module, fold.value).some((held) => secrets.some((secret) => secret.digest === held.digest))));
}

function functionsIn(value: Resolved): ResolvedFunction[] {
  if (value.kind === 'choice') return value.options.flatMap(functionsIn);
  return value.kind === 'function' ? [value] : [];
}

/** Calls with no argument and no text can only pass on what was composed elsewhere; most calls give no text at all. */
function mayCompose(project: Project, module: ModuleSummary, value: Value): boolean {
  if (value.kind !== 'call') return true;
  if (value.args.length === 0 && value.callee.kind !== 'member') return false;
  return !isMethodOfOthers(project.evaluator.look(module, value.callee));
}

/** Methods that give a text whatever they are called on: what their arguments are made of. */
const givesText = new Set(['concat', 'then', 'toString', 'decode', 'exec', 'fill', 'bind', 'call', 'apply', 'get_secret_value']);

/** A method of something that the program does not hold, `response.json`: what it gives is not known either. */
function isMethodOfOthers(callee: Resolved): boolean {
  return callee.kind === 'member' && callee.property.kind === 'text' && !givesText.has(callee.property.text) && isHeldByOthers(callee.object);
}

function isHeldByOthers(value: Resolved): boolean {
  return value.kind === 'parameter' || value.kind === 'call' || (value.kind === 'member' && isHeldByOthers(value.object));
}

/** The keys of one text that the value may be: the first that holds any. */
function textSecretsIn(project: Project, module: ModuleSummary, value: Value, frame?: Frame): Secret[] {
  for (const text of textsOf(project.evaluator.head({ module, value, frame, at: undefined }))) {
    const keys = findKeys(text, project.keyOptions, module.mentions);
    if (keys.length > 0) return keys.map((key) => key.secret);
  }
  return [];
}

function secretsIn(project: Project, module: ModuleSummary, value: Value, frame?: Frame): Secret[] {
  const texts = textsOf(project.evaluator.head({ module, value, frame, at: undefined }));
  return texts.flatMap((text) => findKeys(text, project.keyOptions, module.mentions).map((key) => key.secret));
}

function textsOf(value: Resolved): string[] {
  switch (value.kind) {
    case 'text':
      return [value.text];
    case 'choice':
      return value.options.flatMap(textsOf);
    case 'concat':
      return value.parts.flatMap(textsOf);
    default:
      return [];
  }
}

/**
 * The literal itself holds the key, or its beginning: the finding stands there. Of a list of character codes, say, the
 * elements are still constants, wherever they are put together; a key in plain text is none, so what is composed is another.
 */
function isWrittenInside(module: ModuleSummary, at: Span, secret: Secret, value: Value): boolean {
  return module.secrets.some((written) => (contains(at, written.at) && written.secret.preview === secret.preview)
    || (written.form !== 'plain' && written.secret.digest === secret.digest && mayComeFrom(module, value, written.at)));
}

/** Values that are looked into for where a text may come from. */
const maxLooked = 4_096;

/** Whether a value may be made of what is written within `place` of the module. Only literals, and names for them, say that they are not. */
function mayComeFrom(module: ModuleSummary, value: Value, place: Span, seen = new Set<Value>()): boolean {
  if (seen.has(value)) return false;
  if (seen.size > maxLooked) return true;
  seen.add(value);
  const any = (values: readonly (Value | undefined)[]): boolean => values.some((each) => each !== undefined && mayComeFrom(module, each, place, seen));
  switch (value.kind) {
    case 'text':
      return value.at !== undefined && contains(place, value.at);
    case 'number':
    case 'constant':
    case 'secret':
    case 'global':
    case 'import':
      return false;
    case 'binding': {
      const bound = module.bindings[value.name];
      return bound === undefined || mayComeFrom(module, bound, place, seen);
    }
    case 'concat':
      return any(value.parts);
    case 'choice':
      return any(value.options);
    case 'array':
      return value.items.some((item) => contains(place, item.at)) || any(value.items.map((item) => item.value));
    case 'object':
      return any(value.entries.map((entry) => entry.value));
    case 'member':
      return any([value.object, value.property]);
    case 'call':
      return value.args.some((item) => contains(place, item.at)) || any([value.callee, ...value.args.map((item) => item.value)]);
    default:
      return true;
  }
}

/** A name, an import or a call inside the expression already holds the whole key: it was put together there. */
function isHeldByPart(project: Project, module: ModuleSummary, fold: Fold, secret: Secret, frame?: Frame): boolean {
  return referencesOf(fold.value, fold.at).some((part) => secretsIn(project, module, part, frame).some((held) => held.digest === secret.digest));
}

/** The parts of an expression that stand for something written elsewhere. */
function referencesOf(value: Value, within: Span, isRoot = true, seen = new Set<Value>()): Value[] {
  if (seen.has(value)) return [];
  seen.add(value);
  const inner = (part: Value): Value[] => referencesOf(part, within, false, seen);
  const at = 'at' in value ? value.at : undefined;
  if (!isRoot && at && !contains(within, at) && value.kind !== 'text') return [value];
  switch (value.kind) {
    case 'import':
    case 'binding':
    case 'parameter':
      return [value];
    case 'member':
      return [value, ...inner(value.object)];
    case 'concat':
    case 'choice':
    case 'array':
    case 'object':
    case 'extended':
      return partsOf(value).flatMap(inner);
    case 'call': {
      // What a loop adds is put together by the assignment in it.
      if (value.callee.kind === 'global' && /^operator:(?:append|prepend)$/.test(value.callee.path)) return value.args.flatMap((item) => inner(item.value));
      const withoutArguments: Value[] = value.args.length > 0 ? [{ ...value, args: [] }] : [];
      const self = isRoot ? withoutArguments : [value];
      const receiver = value.callee.kind === 'member' ? value.callee.object : undefined;
      return [...self, ...inner(value.callee).filter((part) => part !== value.callee), ...value.args.flatMap((item) => inner(item.value)), ...(receiver ? inner(receiver) : [])];
    }
    default:
      return [];
  }
}
