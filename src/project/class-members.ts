import type { ClassSummary, ModuleSummary } from '../syntax/module-summary.ts';
import type { Evaluator } from './evaluate.ts';
import { choiceOf, type Frame, type Lazy, type Resolved, type ResolvedInstance } from './resolved.ts';
import { inParameterOrder } from './signature.ts';

/** Superclasses that are followed. */
const maxGenerations = 30;

/** A field, accessor or method of an instance, its superclasses included. */
export function instanceProperty(evaluator: Evaluator, instance: ResolvedInstance, name: string, generation = 0): Resolved | undefined {
  const cls = instance.module.classes[instance.cls];
  // A class may extend itself, as code that is written to be read by us does.
  if (!cls || generation > maxGenerations) return undefined;
  const frame = constructorFrame(instance, cls);
  const field = Object.hasOwn(cls.fields, name) ? cls.fields[name] : undefined;
  if (field && field.length > 0) return choiceOf(field.map((value) => evaluator.part(instance.module, value, frame)));
  const method = Object.hasOwn(cls.methods, name) ? cls.methods[name] : undefined;
  if (method !== undefined) return { kind: 'function', module: instance.module, fn: method, frame: instance.frame, self: instance };
  // Python's instances have the attributes of their class; in a static member of JavaScript `this` is the class.
  const shared = Object.hasOwn(cls.statics, name) ? staticProperty(evaluator, instance.module, instance.cls, name, frame) : undefined;
  if (shared) return shared;
  const parent = parentInstance(evaluator, instance);
  if (parent?.kind === 'instance') {
    const inherited = instanceProperty(evaluator, parent, name, generation + 1);
    // Inside an inherited method `this` is still the instance, whose own methods it calls.
    return inherited?.kind === 'function' && inherited.self?.kind === 'instance' ? { ...inherited, self: instance } : inherited;
  }
  // A method of a class outside the project is one of this instance.
  return parent && parent.kind !== 'call' ? evaluator.property(parent, name) : undefined;
}

const constructorFrames = new WeakMap<ResolvedInstance, Frame>();

/** One frame an instance, so that what its fields hold is worked out once. */
function constructorFrame(instance: ResolvedInstance, cls: ClassSummary): Frame {
  let frame = constructorFrames.get(instance);
  if (!frame) constructorFrames.set(instance, (frame = newConstructorFrame(instance, cls)));
  return frame;
}

/** An instance of a class that nobody in view made. */
export function openInstance({ openInstances }: Evaluator, module: ModuleSummary, cls: number): ResolvedInstance {
  let instances = openInstances.get(module);
  if (!instances) openInstances.set(module, (instances = new Map()));
  let instance = instances.get(cls);
  if (!instance) instances.set(cls, (instance = { kind: 'instance', module, cls, args: [], frame: undefined, isOpen: true }));
  return instance;
}

function newConstructorFrame(instance: ResolvedInstance, cls: ClassSummary): Frame {
  const args = inParameterOrder(instance.module, instance.module.functions[cls.constructor_ ?? -1], instance.args);
  return { module: instance.module, fn: cls.constructor_ ?? -2, args, self: instance, outer: instance.frame, depth: (instance.frame?.depth ?? 0) + 1 };
}

/** The instance as its superclass sees it: another instance, or a call of `new` on a class outside the project. */
export function parentInstance(evaluator: Evaluator, instance: ResolvedInstance): Resolved | undefined {
  const cls = instance.module.classes[instance.cls];
  if (!cls?.superclass) return undefined;
  const parent = evaluator.part(instance.module, cls.superclass, instance.frame);
  const args = superArguments(instance, cls);
  const place = instance.place ?? { module: instance.module, at: cls.at };
  // A constructor of its own gives the arguments; else whoever made the instance did.
  const isOpen = instance.isOpen && cls.constructor_ === undefined ? { isOpen: true as const } : {};
  if (parent.kind === 'class') return { kind: 'instance', module: parent.module, cls: parent.cls, args, ...isOpen, frame: parent.frame, place };
  return { kind: 'call', callee: parent, args, isNew: true, place };
}

function superArguments(instance: ResolvedInstance, cls: ClassSummary): readonly Lazy[] {
  if (cls.constructor_ === undefined) return instance.args;
  const frame = constructorFrame(instance, cls);
  const use = instance.module.uses.find((each) => each.kind === 'call' && each.fn === cls.constructor_ && each.callee.kind === 'global' && each.callee.path === 'super');
  if (use?.kind !== 'call') return [];
  return use.args.map((item) => ({ module: instance.module, value: item.value, frame, at: item.at, ...(item.spread ? { spread: true as const } : {}) }));
}

/** A static member of a class, its superclasses included. */
export function staticProperty(evaluator: Evaluator, module: ModuleSummary, index: number, name: string, frame: Frame | undefined, generation = 0): Resolved | undefined {
  const cls = module.classes[index];
  const value = cls && Object.hasOwn(cls.statics, name) ? cls.statics[name] : undefined;
  if (value) return evaluator.part(module, value, frame);
  if (!cls?.superclass || generation > maxGenerations) return undefined;
  const parent = evaluator.part(module, cls.superclass, frame);
  return parent.kind === 'class' ? staticProperty(evaluator, parent.module, parent.cls, name, parent.frame, generation + 1) : undefined;
}

/** `super.name`, where it is known whose method runs. */
export function inheritedMember(evaluator: Evaluator, path: string, frame: Frame | undefined): Resolved | undefined {
  const name = path.startsWith('super.') ? path.slice('super.'.length) : undefined;
  const self = name === undefined || !frame ? undefined : asWritten(evaluator, selfIn(frame), frame);
  const parent = self?.kind === 'instance' ? parentInstance(evaluator, self) : undefined;
  return name !== undefined && parent?.kind === 'instance' ? instanceProperty(evaluator, parent, name) : undefined;
}

/** The instance as the class sees it in which the running method is written. */
function asWritten(evaluator: Evaluator, self: Resolved | undefined, { module, fn }: Frame): Resolved | undefined {
  let cls: number | undefined;
  for (let current = fn; current >= 0 && cls === undefined; current = module.functions[current]?.parent ?? -1) cls = module.functions[current]?.cls;
  if (cls === undefined) return self;
  let seen = self;
  for (let generation = 0; seen?.kind === 'instance' && generation <= maxGenerations; generation += 1) {
    if (seen.module === module && seen.cls === cls) return seen;
    seen = parentInstance(evaluator, seen);
  }
  return self;
}

/** What `this` is in the calls that are looked at. */
export function selfIn(frame: Frame | undefined): Resolved | undefined {
  for (let current = frame; current; current = current.outer) if (current.self) return current.self;
  return undefined;
}
