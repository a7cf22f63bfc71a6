import { isSdkSpecifier } from '../../hilt/sdk.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { TypeRef } from '../../syntax/type-ref.ts';
import { openInstance } from '../class-members.ts';
import type { Evaluator, Linker } from '../evaluate.ts';
import { calleeName, maxAlternatives, type Lazy, type Place, type Resolved } from '../resolved.ts';

/** A declared type, and where its names are looked up. */
export interface TypeIn {
  readonly module: ModuleSummary;
  readonly ref: TypeRef;
  /** What the parameters of a generic alias stand for. */
  readonly given?: ReadonlyMap<string, TypeIn> | undefined;
}

/** What declarations tell of a value. Several of them where it may be one of several, or is an intersection. */
export type Typed =
  /** A value of a type of a package outside the project. `name` has the members that were taken: `HiltClient.products`. */
  | { readonly kind: 'outside'; readonly specifier: string; readonly name: string; readonly args: readonly TypeIn[] }
  /** An instance of a class of the project. */
  | { readonly kind: 'class'; readonly module: ModuleSummary; readonly cls: number }
  /** Of the same type as this value: `typeof x`. */
  | { readonly kind: 'value'; readonly value: Resolved }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'shape' | 'function'; readonly of: TypeIn }
  /** Elements of this type. */
  | { readonly kind: 'many'; readonly of: TypeIn }
  /** The parameters of a function or a constructor as a list. */
  | { readonly kind: 'parameters'; readonly of: Typed };

const maxDepth = 24;
/** Types that are, or give, what they are made of. */
const passThrough = new Set([
  'Promise', 'PromiseLike', 'Awaited', 'Readonly', 'Partial', 'Required', 'NonNullable', 'Exclude', 'Extract', 'Pick', 'Omit', 'NoInfer', 'Observable', 'DeepPartial', 'DeepReadonly', 'Jsonify',
]);
const lists = new Set(['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Iterable', 'AsyncIterable', 'IterableIterator']);
/** Where the libraries of the ecosystem keep the value of a reference: React's refs and state, Vue's and signals' `value`. */
const heldAt = /^(?:current|value|0)$/;
/** Functions that hand out what their first argument, a token or a class, stands for. */
const handsOut = /^(?:use|useContext|inject|get|getOrThrow|getAsync|resolve|resolveAsync|getContext|getInstance|getService|consume|lookup|require|make)$/;

/** Looks up what annotations declare, through aliases, imports and re-exports of types. No checker: it infers nothing. */
export class TypeLookup {
  readonly #evaluator: Evaluator;
  readonly #linker: Linker;
  readonly #known = new WeakMap<Resolved, readonly Typed[]>();
  #depth = 0;

  constructor(evaluator: Evaluator, linker: Linker) {
    this.#evaluator = evaluator;
    this.#linker = linker;
  }

  /** What is declared of a value whose origin is not known. */
  of(value: Resolved): readonly Typed[] {
    const known = this.#known.get(value);
    if (known) return known;
    const found = this.#bounded(() => this.#of(value));
    // Further in, a circle may have cut the answer short.
    if (this.#depth === 0) this.#known.set(value, found);
    return found;
  }

  /**
   * What a type checker says of a value, where annotations say nothing. A question costs a compiler: ask only what decides a finding.
   */
  ask(value: Resolved): readonly Typed[] {
    const oracle = this.#linker.types;
    const place = 'place' in value ? value.place : undefined;
    return oracle && place && this.of(value).length === 0 ? oracle.typeAt(place.module.file, place.at) : [];
  }

  /** As `ask`, for what a call is called on. */
  askReceiver({ module, at }: Place, names: number): readonly Typed[] {
    return this.#linker.types?.receiverOf(module.file, at, names) ?? [];
  }

  /** The texts that a value may be by its declared type, where that is literal through and through. */
  texts(value: Resolved): readonly string[] {
    const types = this.of(value);
    const texts = types.flatMap((type) => (type.kind === 'text' ? [type.text] : []));
    return texts.length === types.length && texts.length <= maxAlternatives ? texts : [];
  }

  resolve(type: TypeIn): readonly Typed[] {
    return this.#bounded(() => this.#resolve(type));
  }

  member(type: Typed, name: string): readonly Typed[] {
    return this.#bounded(() => this.#member(type, name));
  }

  #bounded(look: () => readonly Typed[]): readonly Typed[] {
    if (this.#depth > maxDepth) return [];
    this.#depth += 1;
    const found = look();
    this.#depth -= 1;
    return found;
  }

  #of(value: Resolved): readonly Typed[] {
    if (value.kind === 'choice') return value.options.slice(0, 8).flatMap((option) => this.of(option));
    if (value.kind === 'instance') return [{ kind: 'class', module: value.module, cls: value.cls }];
    if (value.kind !== 'parameter' && value.kind !== 'unknown' && value.kind !== 'call' && value.kind !== 'member' && value.kind !== 'global') return [];
    if (value.type) return this.resolve(value.type);
    switch (value.kind) {
      case 'parameter': {
        const { module, fn, index } = value;
        const ref = module.functions[fn]?.parameterTypes?.[index];
        if (ref) return this.resolve({ module, ref });
        const expected = module.functions[fn]?.expectedType;
        return expected ? this.resolve({ module, ref: expected }).flatMap((type) => this.#parameter(type, index)) : [];
      }
      case 'member':
        return value.property.kind === 'text' ? this.#ofMember(value.object, value.property.text) : [];
      case 'call':
        return this.#ofCall(value);
      default:
        return [];
    }
  }

  #ofMember(object: Resolved, name: string): readonly Typed[] {
    if (object.kind === 'call' && object.typeArguments && heldAt.test(name)) return this.of(object);
    return this.of(object).flatMap((type) => this.member(type, name));
  }

  #ofCall(call: Extract<Resolved, { kind: 'call' }>): readonly Typed[] {
    const { callee, args, isNew, typeArguments } = call;
    if (isNew) return this.of(callee).flatMap((type) => this.#instanceOf(type));
    if (typeArguments) return typeArguments.length === 1 ? typeArguments.flatMap((type) => this.resolve(type)) : [];
    const token = args[0] && handsOut.test(calleeName(callee)) ? this.#evaluator.head(args[0]) : undefined;
    const handed = token ? this.#handedFor(token) : [];
    return handed.length > 0 ? handed : this.of(callee).filter((type) => this.#takes(type, args)).flatMap((type) => this.#returned(type));
  }

  /** Whether an overload takes what a call gives, as far as literals tell. */
  #takes(type: Typed, args: readonly Lazy[]): boolean {
    const { ref } = type.kind === 'function' ? type.of : {};
    if (ref?.kind !== 'function') return true;
    return ref.parameters.every((parameter, index) => {
      const given = parameter?.kind === 'text' && args[index] ? this.#evaluator.head(args[index]) : undefined;
      return parameter?.kind !== 'text' || given?.kind !== 'text' || given.text === parameter.text;
    });
  }

  /** What a token of a container, a context or a class stands for. */
  #handedFor(token: Resolved): readonly Typed[] {
    if (token.kind === 'outside' || token.kind === 'class') return this.#instanceOf({ kind: 'value', value: token });
    if (token.kind !== 'call') return [];
    const given = token.typeArguments ?? (token.type && 'args' in token.type.ref ? argumentsOf(token.type) : []);
    return given.length === 1 ? given.flatMap((type) => this.resolve(type)) : [];
  }

  #resolve({ module, ref, given }: TypeIn): readonly Typed[] {
    const inner = (part: TypeRef): TypeIn => ({ module, ref: part, given });
    switch (ref.kind) {
      case 'text':
        return [{ kind: 'text', text: ref.text }];
      case 'named':
        return this.#named(module, ref, given);
      case 'import':
        return this.#imported(module, ref, argumentsOf({ module, ref, given }));
      case 'either':
        return ref.options.flatMap((option) => this.resolve(inner(option)));
      case 'shape':
      case 'function':
        return [{ kind: ref.kind, of: { module, ref, given } }];
      case 'member':
        return this.resolve(inner(ref.of)).flatMap((type) => this.member(type, ref.name));
      case 'typeof':
        return [{ kind: 'value', value: this.#evaluator.look(module, ref.value) }];
      case 'argument': {
        const callee: Typed = { kind: 'value', value: this.#evaluator.look(module, ref.callee) };
        return this.#parameter(ref.isNew ? { kind: 'parameters', of: callee } : callee, ref.index);
      }
      case 'generic':
        return this.resolve(inner(ref.type));
    }
  }

  #named(module: ModuleSummary, ref: Extract<TypeRef, { kind: 'named' }>, given: TypeIn['given']): readonly Typed[] {
    const stands = given?.get(ref.name);
    if (stands) return this.resolve(stands);
    const args = argumentsOf({ module, ref, given });
    const declared = this.#declaredIn(module, ref.name, args);
    return declared.length > 0 ? declared : this.#builtIn(ref.name, args);
  }

  #declaredIn(module: ModuleSummary, name: string, args: readonly TypeIn[]): readonly Typed[] {
    const type = module.types && Object.hasOwn(module.types, name) ? module.types[name] : undefined;
    if (type?.kind === 'generic') return this.resolve({ module, ref: type.type, given: new Map(type.parameters.flatMap((parameter, index) => (args[index] ? [[parameter, args[index]] as const] : []))) });
    if (type) return this.resolve({ module, ref: type });
    const value = Object.hasOwn(module.bindings, name) ? module.bindings[name] : undefined;
    return value ? this.#instanceOf({ kind: 'value', value: this.#evaluator.look(module, value) }) : [];
  }

  #builtIn(name: string, args: readonly TypeIn[]): readonly Typed[] {
    const [first] = args;
    if (!first) return [];
    if (passThrough.has(name)) return this.resolve(first);
    if (lists.has(name)) return [{ kind: 'many', of: first }];
    switch (name) {
      case 'ReturnType':
        return this.resolve(first).flatMap((type) => this.#returned(type));
      case 'InstanceType':
        return this.resolve(first).flatMap((type) => this.#instanceOf(type));
      case 'Parameters':
        return this.resolve(first);
      case 'ConstructorParameters':
        return this.resolve(first).map((of) => ({ kind: 'parameters', of }));
      case 'Record':
      case 'Map':
        return args[1] ? [{ kind: 'many', of: args[1] }] : [];
      default:
        return [];
    }
  }

  #imported(module: ModuleSummary, { specifier, name }: { specifier: string; name: string }, args: readonly TypeIn[]): readonly Typed[] {
    const target = isSdkSpecifier(specifier) ? undefined : this.#linker.resolve(module, specifier);
    if (!target) {
      if (passThrough.has(name) && args[0]) return this.resolve(args[0]);
      return [{ kind: 'outside', specifier, name, args }];
    }
    const [first = '', ...members] = name.split('.');
    return members.reduce<readonly Typed[]>((types, member) => types.flatMap((type) => this.member(type, member)), this.#exported(target, first, args, new Set()));
  }

  /** What a module exports as a type, through re-exports of types as well. */
  #exported(module: ModuleSummary, name: string, args: readonly TypeIn[], seen: Set<ModuleSummary>): readonly Typed[] {
    if (seen.has(module)) return [];
    seen.add(module);
    const entry = module.exports.findLast((each) => each.name === name);
    if (entry?.from) return this.#imported(module, entry.from, args);
    if (entry?.local !== undefined) return this.#declaredIn(module, entry.local, args);
    if (entry?.value) return this.#instanceOf({ kind: 'value', value: this.#evaluator.look(module, entry.value) });
    for (const star of module.exports) {
      if (star.name !== '*' || !star.from || name === 'default') continue;
      const target = isSdkSpecifier(star.from.specifier) ? undefined : this.#linker.resolve(module, star.from.specifier);
      if (!target && isSdkSpecifier(star.from.specifier)) return [{ kind: 'outside', specifier: star.from.specifier, name, args }];
      const found = target ? this.#exported(target, name, args, seen) : [];
      if (found.length > 0) return found;
    }
    return [];
  }

  /** What `new` makes of a value of this type; what is no class makes nothing. */
  #instanceOf(type: Typed): readonly Typed[] {
    if (type.kind === 'function') return this.#returned(type);
    if (type.kind !== 'value') return [];
    const { value } = type;
    if (value.kind === 'class') return [{ kind: 'class', module: value.module, cls: value.cls }];
    if (value.kind === 'outside') return [{ kind: 'outside', specifier: value.specifier, name: value.name, args: [] }];
    if (value.kind === 'choice') return value.options.slice(0, 8).flatMap((option) => this.#instanceOf({ kind: 'value', value: option }));
    return this.of(value).flatMap((inner) => (inner.kind === 'value' ? this.#instanceOf(inner) : []));
  }

  #returned(type: Typed): readonly Typed[] {
    if (type.kind === 'function') {
      const { ref, module, given } = type.of;
      return ref.kind === 'function' && ref.returns ? this.resolve({ module, ref: ref.returns, given }) : [];
    }
    if (type.kind !== 'value') return [];
    if (type.value.kind !== 'function') return this.of(type.value).flatMap((inner) => (inner.kind === 'function' ? this.#returned(inner) : []));
    const { module, fn } = type.value;
    const declared = module.functions[fn]?.returnType;
    if (declared) return this.resolve({ module, ref: declared });
    return [{ kind: 'value', value: this.#evaluator.resultOf(type.value) }];
  }

  /** The type of the parameter at a place. */
  #parameter(type: Typed, index: number): readonly Typed[] {
    switch (type.kind) {
      case 'function': {
        const { ref, module, given } = type.of;
        const parameter = ref.kind === 'function' ? ref.parameters[index] : undefined;
        return parameter ? this.resolve({ module, ref: parameter, given }) : [];
      }
      case 'parameters':
        return type.of.kind === 'value' ? this.#constructorParameter(type.of.value, index) : [];
      case 'value': {
        const { value } = type;
        const summary = value.kind === 'function' ? value.module.functions[value.fn] : undefined;
        const ref = summary?.parameterTypes?.[index];
        if (value.kind === 'function') return ref ? this.resolve({ module: value.module, ref }) : [];
        return this.of(value).flatMap((inner) => (inner.kind === 'function' ? this.#parameter(inner, index) : []));
      }
      default:
        return [];
    }
  }

  #constructorParameter(value: Resolved, index: number): readonly Typed[] {
    if (value.kind === 'outside') return [{ kind: 'outside', specifier: value.specifier, name: `${value.name}.constructor.${index}`, args: [] }];
    if (value.kind !== 'class') return [];
    const cls = value.module.classes[value.cls];
    if (cls?.constructor_ === undefined) return cls?.superclass ? this.#constructorParameter(this.#evaluator.look(value.module, cls.superclass), index) : [];
    const ref = value.module.functions[cls.constructor_]?.parameterTypes?.[index];
    return ref ? this.resolve({ module: value.module, ref }) : [];
  }

  #member(type: Typed, name: string): readonly Typed[] {
    switch (type.kind) {
      case 'shape':
        return this.#ofShape(type.of, name);
      case 'class':
        return this.#ofClass(type, name);
      case 'outside':
        if (type.args.length === 1 && heldAt.test(name)) return type.args.flatMap((argument) => this.resolve(argument));
        return [...this.#augmented(type.name, name), { ...type, name: `${type.name}.${name}`, args: [] }];
      case 'value':
        if (/^\d+$/.test(name)) return this.#parameter(type, Number(name));
        return [{ kind: 'value', value: this.#evaluator.property(type.value, name) }];
      case 'many':
        return this.resolve(type.of);
      case 'parameters':
      case 'function':
        return /^\d+$/.test(name) ? this.#parameter(type, Number(name)) : [];
      default:
        return [];
    }
  }

  /** What a module of the project adds to an interface of a package: `req.hilt`, `fastify.hiltClient`. Other names are not asked for: it takes all modules. */
  #augmented(owner: string, name: string): readonly Typed[] {
    if (!/hilt|client/i.test(name)) return [];
    const interfaceName = owner.split('.').at(-1) ?? '';
    return [...(this.#linker.modules?.values() ?? [])].flatMap((module) => {
      const ref = module.augmentedTypes && Object.hasOwn(module.augmentedTypes, interfaceName) ? module.augmentedTypes[interfaceName] : undefined;
      return ref ? this.resolve({ module, ref }).flatMap((type) => this.member(type, name)) : [];
    });
  }

  #ofShape({ module, ref, given }: TypeIn, name: string): readonly Typed[] {
    if (ref.kind !== 'shape') return [];
    const member = Object.hasOwn(ref.members, name) ? ref.members[name] : undefined;
    if (member) return this.resolve({ module, ref: member, given });
    return (ref.bases ?? []).flatMap((base) => this.resolve({ module, ref: base, given })).flatMap((base) => this.member(base, name));
  }

  #ofClass({ module, cls }: Extract<Typed, { kind: 'class' }>, name: string): readonly Typed[] {
    const summary = module.classes[cls];
    const declared = summary?.fieldTypes && Object.hasOwn(summary.fieldTypes, name) ? summary.fieldTypes[name] : undefined;
    if (declared) return this.resolve({ module, ref: declared });
    const held = this.#evaluator.instanceProperty(openInstance(this.#evaluator, module, cls), name);
    if (held) return held.kind === 'unknown' ? this.of(held) : [{ kind: 'value', value: held }];
    const parent = summary?.superclass ? this.#instanceOf({ kind: 'value', value: this.#evaluator.look(module, summary.superclass) }) : [];
    return parent.flatMap((type) => (type.kind === 'class' ? this.member(type, name) : []));
  }
}

function argumentsOf({ module, ref, given }: TypeIn): TypeIn[] {
  const args = 'args' in ref ? (ref.args ?? []) : [];
  return args.flatMap((argument) => (argument ? [{ module, ref: argument, given }] : []));
}
