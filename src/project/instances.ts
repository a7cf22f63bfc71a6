import type { ModuleSummary, Use } from '../syntax/module-summary.ts';
import { isTellingCall, isTellingFrame } from './far-calls.ts';
import { frameOf } from './frames.ts';
import type { Project } from './project.ts';
import type { Frame, Lazy, Place, Resolved } from './resolved.ts';
import { inParameterOrder } from './signature.ts';
import { oncePerModule, oncePerProject } from './once-per-project.ts';
import { stepsOfSurvey } from './evaluate.ts';
import { enclosingFunctions } from '../syntax/enclosing-functions.ts';
import { addTo } from '../syntax/group-by.ts';

/** Something a program does, seen with the arguments of the calls that lead to it. */
export interface Instance {
  readonly use: Use;
  /** The module that the use is written in. */
  readonly module: ModuleSummary;
  readonly frame: Frame | undefined;
  /** The calls that lead from the asked module to the use, outermost first; empty for its own uses. */
  readonly calls: readonly Place[];
}

/** Wrappers inside wrappers that are followed. */
const maxWrapperDepth = 5;
/** Wrappers inside wrappers that are followed whatever they are given; further in, only what is given something telling. */
const maxPlainWrappers = 1;
/** Uses that calls may add to one module, and to the whole project: each is looked at by several rules. */
const maxAdded = 2_000;
const maxAddedInProject = 400_000;

/** What all modules of a project share: the uses of each function, by its index, and how many calls have added. */
interface Found { readonly uses: Map<ModuleSummary, Map<number, Use[]>>; added: number }
const foundIn = oncePerProject((): Found => ({ uses: new Map(), added: 0 }));

/** Everything that a module does: its own uses, and those of the functions, constructors and methods it calls, with its arguments filled in. */
export const instancesOf = oncePerModule((project, module): readonly Instance[] => collect(project, module, foundIn(project)), { steps: stepsOfSurvey });

/**
 * Breadth first, so that near wrappers are seen before the bounds end. A function that is reached again with arguments that
 * say the same is not looked at again: densely linked modules would else be followed along every path between them.
 */
function collect(project: Project, module: ModuleSummary, found: Found): Instance[] {
  const own: Instance[] = module.uses.map((use) => ({ use, module, frame: undefined, calls: [] }));
  const added: Instance[] = [];
  const seen = new Set<string>();
  for (let level = own; level.length > 0; ) {
    const next: Instance[] = [];
    for (const instance of level) {
      if (added.length + next.length > maxAdded || found.added > maxAddedInProject) break;
      next.push(...follow(project, instance, seen, found));
    }
    found.added += next.length;
    added.push(...next);
    level = next;
  }
  return [...own, ...added];
}

/** The arguments of a call; a list that is known is laid out where it is spread. */
export function argumentsOf(project: Project, use: Extract<Use, { kind: 'call' }>, module: ModuleSummary, frame: Frame | undefined): Lazy[] {
  return use.args.flatMap((item): Lazy[] => {
    const argument: Lazy = { module, value: item.value, frame, at: item.at };
    if (!item.spread) return [argument];
    const list = project.evaluator.head(argument);
    return list.kind === 'array' ? [...list.items] : [{ ...argument, spread: true }];
  });
}

function follow(project: Project, { use, module: owner, frame, calls }: Instance, seen: Set<string>, found: Found): Instance[] {
  if (use.kind !== 'call' || calls.length >= maxWrapperDepth) return [];
  const { evaluator } = project;
  const callee = evaluator.head({ module: owner, value: use.callee, frame, at: use.at });
  if (!mayLeadOn(callee)) return [];
  const args = argumentsOf(project, use, owner, frame);
  // What a function does whatever it is given is seen in its own module.
  if (!isBound(callee) && !args.some((argument) => argument.spread || isTelling(evaluator.head(argument)))) return [];
  const trail = [...calls, { module: owner, at: use.at }];
  const depth = (frame?.depth ?? 0) + 1;
  return targetsOf(project, callee, args, use.isNew, depth).flatMap((target) => {
    if (calls.length > maxPlainWrappers && !isTellingCall(evaluator, target.args, target.self) && !isTellingFrame(evaluator, target.outer)) return [];
    const identity = `${target.module.file}:${target.fn}(${target.args.map((argument) => signatureOf(project, argument)).join()})${target.self ? signatureOf(project, { module: owner, value: { kind: 'unknown' }, frame: undefined, at: use.at, known: target.self }) : ''}`;
    if (seen.has(identity)) return [];
    seen.add(identity);
    return usesIn(found, target.module, target.fn).map((inner) => ({ use: inner, module: target.module, frame: target, calls: trail }));
  });
}

/** Whether a callee is, or may be, the project's own. */
function mayLeadOn(callee: Resolved): boolean {
  return callee.kind === 'choice' ? callee.options.some(mayLeadOn) : callee.kind === 'function' || callee.kind === 'class';
}

/** Whether the function was made, or its object, where something was given already. */
function isBound(callee: Resolved): boolean {
  switch (callee.kind) {
    case 'choice':
      return callee.options.some(isBound);
    case 'function':
      return callee.frame !== undefined || callee.self !== undefined || callee.bound !== undefined;
    case 'class':
      return callee.frame !== undefined;
    default:
      return false;
  }
}

/** Whether an argument brings anything that a rule could go by. */
function isTelling(value: Resolved): boolean {
  return value.kind !== 'unknown' && value.kind !== 'parameter' && value.kind !== 'number' && value.kind !== 'constant';
}

/** What an argument says, in short: two calls with the same signatures do the same as far as a rule can tell. */
function signatureOf(project: Project, argument: Lazy): string {
  const value = project.evaluator.head(argument);
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text);
    case 'number':
    case 'constant':
      return String(value.value);
    case 'secret':
      return value.secret.digest;
    case 'variable':
      return `${value.name}@${value.place.module.file}:${value.place.at[0]}`;
    case 'function':
      return `${value.module.file}:${value.fn}`;
    case 'class':
      return `${value.module.file}.${value.cls}`;
    case 'outside':
      return `${value.specifier}.${value.name}`;
    case 'global':
      return value.path;
    case 'object':
    case 'instance':
      return `${value.kind}@${value.place?.module.file ?? ''}:${value.place?.at[0] ?? ''}`;
    default:
      return value.kind;
  }
}

function usesIn({ uses }: Found, owner: ModuleSummary, fn: number): readonly Use[] {
  let byFunction = uses.get(owner);
  if (!byFunction) uses.set(owner, (byFunction = groupByFunction(owner)));
  return byFunction.get(fn) ?? [];
}

/** An object of a class of the project, as the methods of the class see it. */
export interface NewInstance {
  /** Stands for no function, so that parameters of methods stay parameters; `self` is the object. */
  readonly frame: Frame;
  readonly self: Extract<Resolved, { kind: 'instance' }>;
  /** The `new` that makes it. */
  readonly call: Place;
}

/** The objects that a module makes with arguments: what their methods do with those may never be called where one can see it. */
export function newInstancesOf(project: Project, module: ModuleSummary): NewInstance[] {
  return module.uses.flatMap((use) => {
    if (use.kind !== 'call' || !use.isNew || use.args.length === 0) return [];
    const callee = project.evaluator.look(module, use.callee);
    if (callee.kind !== 'class') return [];
    const args: Lazy[] = use.args.map((item) => ({ module, value: item.value, frame: undefined, at: item.at, ...(item.spread ? { spread: true as const } : {}) }));
    const self = { kind: 'instance', module: callee.module, cls: callee.cls, args, frame: callee.frame } as const;
    return [{ self, frame: { module: callee.module, fn: -2, args: [], self, outer: callee.frame, depth: 1 }, call: { module, at: use.at } }];
  });
}

/** Uses by the function they stand in; those of a nested function count for the enclosing ones too, since callbacks run. */
function groupByFunction(module: ModuleSummary): Map<number, Use[]> {
  const groups = new Map<number, Use[]>();
  for (const use of module.uses) {
    for (const fn of enclosingFunctions(module, use.fn)) addTo(groups, fn, use);
  }
  return groups;
}

function targetsOf(project: Project, callee: Resolved, args: readonly Lazy[], isNew: boolean, depth: number): Frame[] {
  switch (callee.kind) {
    case 'choice':
      return callee.options.flatMap((option) => targetsOf(project, option, args, isNew, depth));
    case 'function':
      return [frameOf(callee, args, depth)];
    case 'class': {
      const cls = callee.module.classes[callee.cls];
      if ((!isNew && callee.module.language !== 'python') || cls?.constructor_ === undefined) return [];
      const self: Resolved = { kind: 'instance', module: callee.module, cls: callee.cls, args, frame: callee.frame };
      const ordered = inParameterOrder(callee.module, callee.module.functions[cls.constructor_], args);
      return [{ module: callee.module, fn: cls.constructor_, args: ordered, self, outer: callee.frame, depth }];
    }
    default:
      return [];
  }
}
