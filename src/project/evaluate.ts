import { dictionaryMethods, environmentObject } from '../syntax/estree/environment.ts';
import type { ClassSummary, ExportEntry, ModuleSummary } from '../syntax/module-summary.ts';
import type { Span } from '../syntax/span.ts';
import type { ArrayItem, ObjectEntry, Value, VariableAccess } from '../syntax/value.ts';
import { resolveCall } from './calls.ts';
import { listItems } from './containers.ts';
import { maxFoldedText, type Constant } from '../syntax/run/fold.ts';
import { entriesByRound } from './rounds.ts';
import { inParameterOrder } from './signature.ts';
import { calleeName, choiceOf, maxAlternatives, resolvedLazy, spanOf, withType, type Frame, type Lazy, type Place, type Resolved, type ResolvedEntry, type ResolvedFunction, type ResolvedInstance, type ResolvedText, type TextPiece } from './resolved.ts';
import type { TypeOracle } from './types/oracle.ts';
import { TypeLookup, type TypeIn, type Typed } from './types/lookup.ts';

/** What the evaluator needs of the project around it. */
export interface Linker {
  resolve(from: ModuleSummary, specifier: string): ModuleSummary | undefined;
  readonly modules?: ReadonlyMap<string, ModuleSummary>;
  /** Asked where neither values nor annotations tell. */
  readonly types?: TypeOracle | undefined;
}

const unknown: Resolved = { kind: 'unknown' };
const maxDepth = 120;
/** Steps that one question may take; a key that is put together takes a few hundred. */
const maxStepsOfQuestion = 1_600;
/** Steps that a pass over all modules may take for each of them. */
const maxStepsOfPass = 2_000;
/** Parts of a text that are no constants; what follows them is left out. */
const maxOpenParts = 64;
/** Spreads inside spreads that are laid out. */
const maxSpreads = 60;
/** Spreads that one question looks into: where each is a choice of two, they double at each step. */
const maxSpreadsLooked = 2_000;
/** Items of a list that is taken as a constant, with those of the lists in it. */
const maxConstantItems = 65_536;
/** Superclasses that are followed. */
const maxGenerations = 30;
const environmentPaths: Readonly<Record<string, VariableAccess>> = { 'process.env': 'process.env', 'import.meta.env': 'import.meta.env', 'Bun.env': 'Bun.env', 'Deno.env.toObject': 'Deno.env', 'os.environ': 'os.environ', 'shell:env': 'expansion' };

/**
 * Looks at values with the whole project in view: constants are folded, imports and calls followed.
 * It runs no code, and is bounded: in steps per module, in depth, and in the size of texts.
 */
export class Evaluator {
  readonly #linker: Linker;
  /** What annotations declare of values whose origin is not known. */
  readonly types: TypeLookup;
  /** What values without a frame came to; a number: one that is being looked at, with the depth at which it is. */
  readonly #memos = new WeakMap<ModuleSummary, Map<Value, Resolved | number>>();
  /** What is being laid out where it is spread, outermost first. */
  readonly #spreads: Lazy[] = [];
  #spreadsLooked = 0;
  #steps = 0;
  #depth = 0;
  /** The least depth that an answer below the present one was cut at. */
  #cutFrom = Infinity;
  #questionFrom = 0;
  #wasExhausted = false;
  /** Functions whose result is being worked out: a function that calls itself gives nothing that could be told. */
  readonly active = new Set<string>();
  /** Steps that one module's questions may take. */
  readonly #maxSteps: number;

  constructor(linker: Linker, maxSteps = 30_000) {
    this.#linker = linker;
    this.types = new TypeLookup(this, linker);
    this.#maxSteps = maxSteps;
  }

  /** Starts a new step budget; call it before the questions about another module. */
  renewBudget(): void {
    this.#steps = 0;
  }

  /** Asks about one module with steps of its own, so that a pass over all modules sees the last of them as well as the first. */
  withOwnBudget<Answer>(ask: () => Answer): Answer {
    const taken = this.#steps;
    this.#steps = Math.max(0, this.#maxSteps - maxStepsOfPass);
    const answer = ask();
    this.#steps = taken;
    return answer;
  }

  /** Whether a bound was reached since this was last asked, so that some answers were `unknown`. */
  takeExhausted(): boolean {
    const was = this.#wasExhausted;
    this.#wasExhausted = false;
    return was;
  }

  lazy(module: ModuleSummary, value: Value, frame?: Frame, at?: Span): Lazy {
    return { module, value, frame, at: at ?? spanOf(value) };
  }

  look(module: ModuleSummary, value: Value): Resolved {
    return this.head(this.lazy(module, value));
  }

  /** The value's outermost shape; its parts stay lazy. */
  head(lazy: Lazy): Resolved {
    if (lazy.known) return lazy.known;
    const { value } = lazy;
    if (value.kind === 'number' || value.kind === 'constant') return value;
    const memo = this.#memoFor(lazy.module, lazy.frame && !isSameInAllFrames(value) ? lazy.frame : undefined);
    const known = memo.get(value);
    if (known !== undefined) return typeof known === 'number' ? this.#cutAt(known) : known;
    this.#steps += 1;
    if (value.kind === 'text') return this.#kept(memo, value, { kind: 'text', text: value.text, ...placeOf(lazy.module, value.at) });
    if (this.#depth === 0) this.#questionFrom = this.#steps;
    if (this.#steps > this.#maxSteps || this.#depth > maxDepth || this.#steps - this.#questionFrom > maxStepsOfQuestion) {
      this.#wasExhausted = true;
      return this.#cutAt(-1);
    }
    return this.#enter(lazy, memo);
  }

  #part(module: ModuleSummary, value: Value, frame: Frame | undefined, at = spanOf(value)): Resolved {
    return this.head({ module, value, frame, at });
  }

  #memoFor(module: ModuleSummary, frame: Frame | undefined): Map<Value, Resolved | number> {
    if (frame) return (frame.memo ??= new Map());
    let memo = this.#memos.get(module);
    if (!memo) this.#memos.set(module, (memo = new Map()));
    return memo;
  }

  #kept(memo: Map<Value, Resolved | number>, value: Value, resolved: Resolved): Resolved {
    memo.set(value, resolved);
    return resolved;
  }

  /** Looks at a value while it counts as open. */
  #enter(lazy: Lazy, memo: Map<Value, Resolved | number>): Resolved {
    const { value } = lazy;
    const depth = this.#depth;
    const before = this.#cutFrom;
    this.#cutFrom = Infinity;
    memo.set(value, depth);
    this.#depth += 1;
    const resolved = declaredOf(lazy, this.#resolve(lazy));
    this.#depth = depth;
    // A circle that comes back to this value, or to one below it, is part of the answer; one that goes further up leaves it open.
    // A question that went to its bounds would go there again, so its answer is kept.
    const isWhole = this.#cutFrom >= depth || (depth === 0 && this.#steps <= this.#maxSteps);
    this.#cutFrom = Math.min(before, isWhole ? Infinity : this.#cutFrom);
    if (isWhole) memo.set(value, resolved);
    else memo.delete(value);
    return resolved;
  }

  /** Gives nothing, since the answer is being worked out at `depth`, or (-1) since a bound is reached: what rests on that is not kept. */
  #cutAt(depth: number): Resolved {
    this.#cutFrom = Math.min(this.#cutFrom, depth);
    return unknown;
  }

  #resolve(lazy: Lazy): Resolved {
    const { module, value, frame } = lazy;
    const place = placeOf(module, spanOf(value));
    switch (value.kind) {
      case 'text':
        return { kind: 'text', text: value.text, ...place };
      case 'number':
      case 'constant':
        return value;
      case 'secret':
        return { kind: 'secret', secret: value.secret, place: { module, at: value.at } };
      case 'variable':
        return { kind: 'variable', name: value.name, access: value.access, form: value.form, ...(value.module ? { specifier: value.module } : {}), place: { module, at: value.at } };
      case 'global': {
        const access = environmentPaths[value.path];
        if (access) return { kind: 'environment', access };
        return this.#inherited(value.path, frame) ?? { kind: 'global', path: value.path, ...place, ...declaredFunction(module, value.path) };
      }
      case 'import':
        return this.imported(module, value.specifier, value.name, value.at);
      case 'binding': {
        const bound = module.bindings[value.name];
        return bound ? this.#part(module, bound, undefined, value.at) : unknown;
      }
      case 'parameter':
        return this.#parameter(lazy, value);
      case 'this':
        return this.#self(frame) ?? { kind: 'instance', module, cls: value.cls, args: [], frame: undefined, isOpen: true };
      case 'member':
        return this.#member(lazy, value);
      case 'object':
        return { kind: 'object', entries: value.entries.flatMap((entry) => this.#entry(lazy, entry)), ...place };
      case 'array':
        return { kind: 'array', items: value.items.flatMap((item) => this.#item(lazy, item)) };
      case 'concat':
        return this.#concat(lazy, value.parts, value.at);
      case 'choice':
        return this.#choice(lazy, value);
      case 'call':
        return resolveCall(this, this.#part(module, value.callee, frame), value.args.flatMap((item) => this.#item(lazy, item)), value.isNew === true, { module, at: value.at }, frame);
      case 'function':
        return { kind: 'function', module, fn: value.fn, frame, self: this.#self(frame) };
      case 'class':
        return { kind: 'class', module, cls: value.cls, frame };
      case 'element':
        return { kind: 'element', type: { ...lazy, value: value.type, at: spanOf(value.type) }, props: { ...lazy, value: value.props, at: value.at }, place: { module, at: value.at } };
      case 'extended':
        return this.#extended(lazy, value);
      case 'unknown':
        return value.type ? this.#byText({ kind: 'unknown', ...place, type: { module, ref: value.type } }) : { kind: 'unknown', ...place };
    }
  }

  /** `super.name`, where it is known whose method runs. */
  #inherited(path: string, frame: Frame | undefined): Resolved | undefined {
    const name = path.startsWith('super.') ? path.slice('super.'.length) : undefined;
    const self = name === undefined || !frame ? undefined : this.#asWritten(this.#self(frame), frame);
    const parent = self?.kind === 'instance' ? this.parentInstance(self) : undefined;
    return name !== undefined && parent?.kind === 'instance' ? this.instanceProperty(parent, name) : undefined;
  }

  /** The instance as the class sees it in which the running method is written. */
  #asWritten(self: Resolved | undefined, { module, fn }: Frame): Resolved | undefined {
    let cls: number | undefined;
    for (let current = fn; current >= 0 && cls === undefined; current = module.functions[current]?.parent ?? -1) cls = module.functions[current]?.cls;
    if (cls === undefined) return self;
    let seen = self;
    for (let generation = 0; seen?.kind === 'instance' && generation <= maxGenerations; generation += 1) {
      if (seen.module === module && seen.cls === cls) return seen;
      seen = this.parentInstance(seen);
    }
    return self;
  }

  #entry(lazy: Lazy, entry: ObjectEntry): readonly ResolvedEntry[] {
    const repeated = entriesByRound(this, lazy, entry);
    if (repeated) return repeated;
    return [{
      ...(entry.key ? { key: { ...lazy, value: entry.key, at: entry.at } } : {}),
      ...(entry.spread ? { spread: true as const } : {}),
      value: { ...lazy, value: entry.value, at: entry.valueAt },
      place: { module: lazy.module, at: entry.at },
    }];
  }

  #item(lazy: Lazy, item: ArrayItem): Lazy[] {
    const inner: Lazy = { module: lazy.module, frame: lazy.frame, value: item.value, at: item.at };
    if (!item.spread) return [inner];
    const spread = this.head(inner);
    if (spread.kind === 'array') return [...spread.items];
    if (spread.kind === 'text' && spread.text.length <= 4096) return [...spread.text].map((text) => ({ ...inner, value: { kind: 'text', text } as const }));
    if (spread.kind === 'object' && spread.container) return [...(listItems(this, spread, { module: inner.module, at: item.at }) ?? [{ ...inner, spread: true as const }])];
    return [{ ...inner, spread: true }];
  }

  #self(frame: Frame | undefined): Resolved | undefined {
    for (let current = frame; current; current = current.outer) if (current.self) return current.self;
    return undefined;
  }

  #choice(lazy: Lazy, { options, fallback }: Extract<Value, { kind: 'choice' }>): Resolved {
    const resolved = options.map((option) => this.#part(lazy.module, option, lazy.frame));
    return choiceOf(fallback ? resolved.filter((option, index) => index === resolved.length - 1 || !isNothing(option)) : resolved);
  }

  #parameter({ module, frame }: Lazy, value: Extract<Value, { kind: 'parameter' }>): Resolved {
    for (let current = frame; current; current = current.outer) {
      if (current.fn !== value.fn || current.module !== module) continue;
      if (value.rest) return { kind: 'array', items: current.args.slice(value.index) };
      const argument = current.args[value.index];
      const given = argument && !argument.spread ? this.head(argument) : undefined;
      const isMissing = argument === undefined || (given?.kind === 'constant' && given.value === undefined);
      if (!isMissing) return given ?? unknown;
      if (value.fallback) return this.#part(module, value.fallback, current);
      if (current.self?.kind === 'instance' && current.self.isOpen && argument === undefined) break;
      return { kind: 'constant', value: undefined };
    }
    const given = value.given && this.#part(module, value.given, frame);
    if (given && given.kind !== 'unknown') return given;
    const parameter = this.#byText({ kind: 'parameter', module, fn: value.fn, index: value.index, ...(value.name === undefined ? {} : { name: value.name }), ...placeOf(module, value.at) });
    return value.fallback ? choiceOf([parameter, this.#part(module, value.fallback, frame)]) : parameter;
  }

  /** What can only be one of a few texts, by its type, is one of them. */
  #byText(value: Extract<Resolved, { kind: 'parameter' | 'unknown' }>): Resolved {
    const texts = this.types.texts(value);
    return texts.length === 0 ? value : choiceOf(texts.map((text) => ({ kind: 'text', text, ...(value.place ? { place: value.place } : {}) })));
  }

  #member({ module, frame }: Lazy, value: Extract<Value, { kind: 'member' }>): Resolved {
    const object = this.#part(module, value.object, frame);
    const place = value.at ? { module, at: value.at } : undefined;
    if (value.property.kind === 'text') return this.property(object, value.property.text, place);
    const property = this.#part(module, value.property, frame);
    if (property.kind === 'text' || property.kind === 'number') {
      const name = property.kind === 'text' ? property.text : String(property.value);
      return this.property(object, name, place, property.kind === 'text' ? 'dynamic' : 'alias');
    }
    if (property.kind === 'choice') {
      const names = property.options.filter((option) => option.kind === 'text').slice(0, maxAlternatives);
      if (names.length > 0) return choiceOf(names.map((name) => this.property(object, (name as { text: string }).text, place, 'dynamic')));
    }
    return { kind: 'member', object, property, ...(place ? { place } : {}) };
  }

  /** A property of a value. `place` is where it is read. */
  property(object: Resolved, name: string, place?: Place, form: 'alias' | 'dynamic' = 'alias'): Resolved {
    switch (object.kind) {
      case 'environment':
        // The environment of Python is a dictionary.
        if (object.access === 'os.environ' && dictionaryMethods.has(name)) return memberOf(object, name, place);
        return place ? { kind: 'variable', name, access: object.access, form, ...(object.specifier ? { specifier: object.specifier } : {}), place } : unknown;
      case 'global': {
        const path = `${object.path}.${name}`;
        const access = environmentPaths[path];
        return access ? { kind: 'environment', access } : { kind: 'global', path, ...(place ? { place } : {}) };
      }
      case 'outside': {
        const access = environmentObject(object.specifier, object.name === '*' || object.name === 'default' ? name : `${object.name}.${name}`);
        if (access) return { kind: 'environment', access, specifier: object.specifier };
        const path = object.name === '*' ? name : `${object.name}.${name}`;
        return { kind: 'outside', specifier: object.specifier, name: path, ...(place ? { place } : {}) };
      }
      case 'namespace':
        return this.exportOf(object.module, name) ?? unknown;
      case 'object': {
        const held = this.#objectProperty(object.entries, name);
        // What is not set on an object of a library may still be a method of it.
        if (object.container && (!held || held.kind === 'unknown')) return memberOf(object, name, place);
        return held ?? { kind: 'constant', value: undefined };
      }
      case 'array': {
        const item = /^\d+$/.test(name) ? object.items[Number(name)] : undefined;
        if (item && !item.spread) return this.head(item);
        return name === 'length' && !object.items.some((each) => each.spread) ? { kind: 'number', value: object.items.length } : memberOf(object, name, place);
      }
      case 'text':
        if (name === 'length') return { kind: 'number', value: object.text.length };
        return /^\d+$/.test(name) ? { kind: 'text', text: object.text[Number(name)] ?? '' } : memberOf(object, name, place);
      case 'choice':
        return choiceOf(object.options.map((option) => this.property(option, name, place, form)));
      case 'instance':
        return this.instanceProperty(object, name) ?? memberOf(object, name, place);
      case 'class':
        return (object.entries && this.#objectProperty(object.entries, name)) ?? this.#static(object.module, object.cls, name, object.frame) ?? memberOf(object, name, place);
      case 'function':
        return (object.entries && this.#objectProperty(object.entries, name)) ?? memberOf(object, name, place);
      case 'call':
        return this.#propertyOfCall(object, name, place) ?? memberOf(object, name, place);
      case 'constant':
        return unknown;
      case 'parameter':
      case 'unknown':
      case 'member':
        return this.#propertyByType(object, name, place);
      default:
        return memberOf(object, name, place);
    }
  }

  /**
   * A property of something that only its type tells of. What a class of the project declares is known by that; the method of
   * another subclass may run as well, so that the plain member stays beside a function.
   */
  #propertyByType(object: Resolved, name: string, place: Place | undefined): Resolved {
    const plain = memberOf(object, name, place);
    const held = this.types.of(object).flatMap((type) => this.#heldBy(type, name) ?? []);
    if (held.length === 0) return plain;
    return choiceOf(held.some((value) => value.kind === 'function') ? [plain, ...held] : held);
  }

  #heldBy(type: Typed, name: string): Resolved | undefined {
    const value = this.#heldByDeclaration(type, name);
    // What only the package above a class, or nobody, knows of is not known by its type either.
    return value?.kind === 'unknown' || value?.kind === 'constant' || value?.kind === 'member' || value?.kind === 'parameter' ? undefined : value;
  }

  #heldByDeclaration(type: Typed, name: string): Resolved | undefined {
    if (type.kind === 'class') return this.instanceProperty({ kind: 'instance', module: type.module, cls: type.cls, args: [], isOpen: true, frame: undefined }, name);
    const isOwn = type.kind === 'value' && (type.value.kind === 'object' || type.value.kind === 'instance' || type.value.kind === 'namespace');
    return isOwn ? this.property(type.value, name) : undefined;
  }

  /** What a function gives when nothing is known of its arguments. */
  resultOf({ module, fn }: ResolvedFunction): Resolved {
    return choiceOf((module.functions[fn]?.returns ?? []).map((value) => this.look(module, value)));
  }

  /** A checked environment: `createEnv({ runtimeEnv: process.env }).X`, `schema.parse(process.env).X`, `{ ...process.env }`. */
  #propertyOfCall(object: Extract<Resolved, { kind: 'call' }>, name: string, place: Place | undefined): Resolved | undefined {
    if (!place || !/^[A-Z][A-Z0-9_]+$/.test(name)) return undefined;
    const callee = calleeName(object.callee);
    const readsEnvironment = object.args.some((argument) => this.#holdsEnvironment(argument));
    if (!readsEnvironment && !/^(?:createEnv|cleanEnv|envsafe|parseEnv|loadEnv|defineEnv|validateEnv)$/.test(callee)) return undefined;
    return { kind: 'variable', name, access: 'helper', form: 'alias', place };
  }

  #holdsEnvironment(argument: Lazy): boolean {
    const value = this.head(argument);
    if (value.kind === 'environment') return true;
    if (value.kind !== 'object') return false;
    return value.entries.some((entry) => {
      const inner = this.head(entry.value);
      return inner.kind === 'environment';
    });
  }

  #objectProperty(entries: readonly ResolvedEntry[], name: string): Resolved | undefined {
    let isOpen = false;
    for (let index = entries.length - 1; index >= 0; index -= 1) {
      const entry = entries[index] as ResolvedEntry;
      if (entry.spread) {
        const inner = this.#spread(entry.value, (spread) => this.#spreadProperty(spread, name, entry.place));
        if (inner?.held) return inner.held;
        isOpen ||= inner?.isOpen === true;
        continue;
      }
      // Tables have hundreds of names, and each of their properties is looked for among them.
      if (entry.key?.known === undefined && entry.key?.value.kind === 'text') {
        if (entry.key.value.text === name) return this.head(entry.value);
        continue;
      }
      const key = entry.key ? this.head(entry.key) : unknown;
      if (key.kind === 'text' ? key.text === name : key.kind === 'number' && String(key.value) === name) return this.head(entry.value);
      if (key.kind !== 'text' && key.kind !== 'number') isOpen = true;
    }
    return isOpen ? unknown : undefined;
  }

  #spreadProperty(spread: Resolved, name: string, place: Place): { readonly held?: Resolved | undefined; readonly isOpen?: true } {
    switch (spread.kind) {
      case 'object':
        return { held: this.#objectProperty(spread.entries, name) };
      case 'choice': {
        const found = spread.options.flatMap((option) => (option.kind === 'object' ? this.#objectProperty(option.entries, name) ?? [] : []));
        return found.length > 0 ? { held: choiceOf(found) } : {};
      }
      case 'environment':
      case 'namespace':
      case 'instance':
        return { held: this.property(spread, name, place) };
      default:
        return spread.kind === 'constant' ? {} : { isOpen: true };
    }
  }

  /** Reads what is spread; `headers = { ...headers, [name]: value }` in a loop comes back on itself, and then adds nothing: `undefined`. */
  #spread<Answer>(spread: Lazy, read: (value: Resolved) => Answer): Answer | undefined {
    const { value, frame } = spread;
    if (this.#spreads.length === 0) this.#spreadsLooked = 0;
    this.#spreadsLooked += 1;
    if (this.#spreads.length > maxSpreads || this.#spreadsLooked > maxSpreadsLooked || this.#spreads.some((open) => open.value === value && open.frame === frame)) {
      this.#cutAt(-1);
      return undefined;
    }
    this.#spreads.push(spread);
    const answer = read(this.head(spread));
    this.#spreads.pop();
    return answer;
  }

  /** Entries with spreads of known objects laid out. `isOpen`: something unknown may add more. */
  entries(object: Resolved): { entries: ResolvedEntry[]; isOpen: boolean } {
    const laidOut: ResolvedEntry[] = [];
    let isOpen = false;
    if (object.kind === 'choice') {
      for (const option of object.options) {
        const inner = this.entries(option);
        laidOut.push(...inner.entries);
        isOpen ||= inner.isOpen;
      }
      return { entries: laidOut, isOpen };
    }
    if (object.kind !== 'object') return { entries: [], isOpen: object.kind !== 'constant' };
    for (const entry of object.entries) {
      if (!entry.spread) {
        laidOut.push(entry);
        continue;
      }
      const inner = this.#spread(entry.value, (spread) => this.entries(spread));
      laidOut.push(...(inner?.entries ?? []));
      isOpen ||= inner?.isOpen === true;
    }
    return { entries: laidOut, isOpen };
  }

  #extended({ module, frame }: Lazy, value: Extract<Value, { kind: 'extended' }>): Resolved {
    const base = this.#part(module, value.base, frame);
    return this.#extendedBase(base, value, { module, value, frame, at: undefined });
  }

  #extendedBase(base: Resolved, value: Extract<Value, { kind: 'extended' }>, around: Lazy): Resolved {
    if (base.kind === 'choice') return choiceOf(base.options.map((option) => this.#extendedBase(option, value, around)));
    const added = value.entries.flatMap((entry) => this.#entry(around, entry));
    if (base.kind === 'array') return { kind: 'array', items: this.#withItems([...base.items, ...value.items.flatMap((item) => this.#item(around, item))], added) };
    if (base.kind === 'function') return { ...base, entries: added };
    if (base.kind === 'object') return { ...base, entries: [...base.entries, ...added] };
    if (base.kind === 'class') return { ...base, entries: added };
    // `new Headers(init)`, `new Map()`, `new URLSearchParams()`: what is set on them is what they hold.
    if (base.kind === 'call' && base.isNew) {
      const init = base.args[0];
      const entries = init ? [{ spread: true as const, value: init, place: base.place }, ...added] : added;
      return { kind: 'object', entries, container: true, place: base.place };
    }
    return base;
  }

  /** `list[1] = "…"`: no more than follow the list without a gap. */
  #withItems(items: Lazy[], added: readonly ResolvedEntry[]): Lazy[] {
    for (const { key, value } of added) {
      const index = key && this.head(key);
      const at = index?.kind === 'number' ? index.value : index?.kind === 'text' ? Number(index.text) : -1;
      if (Number.isInteger(at) && at >= 0 && at <= items.length) items[at] = value;
    }
    return items;
  }

  #concat(lazy: Lazy, values: readonly Value[], at: Span | undefined): Resolved {
    const parts: Resolved[] = [];
    let length = 0;
    let open = 0;
    for (const part of values) {
      const resolved = this.#part(lazy.module, part, lazy.frame);
      for (const inner of resolved.kind === 'concat' ? resolved.parts : [resolved]) {
        parts.push(inner);
        if (primitiveText(inner) === undefined) open += 1;
      }
      if (open > maxOpenParts) break;
      length += resolved.kind === 'text' ? resolved.text.length : 0;
      if (length > maxFoldedText || parts.length > maxFoldedText) return unknown;
    }
    return this.concat(parts, at ? { module: lazy.module, at } : undefined);
  }

  /** Joins texts; neighbours that are constant melt into one. Numbers alone are added. */
  concat(parts: readonly Resolved[], place?: Place): Resolved {
    if (parts.length > 0 && parts.every((part) => part.kind === 'number')) {
      return { kind: 'number', value: parts.reduce((sum, part) => sum + (part as { value: number }).value, 0) };
    }
    const alternatives = parts.reduce((count, part) => count * (part.kind === 'choice' ? part.options.length : 1), 1);
    if (alternatives > 1 && alternatives <= maxAlternatives) return choiceOf(expand(parts).map((each) => this.concat(each, place)));
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
    if (melted.length === 1 && only) return only;
    return { kind: 'concat', parts: melted, ...(place ? { place } : {}) };
  }

  imported(module: ModuleSummary, specifier: string, name: string, at?: Span): Resolved {
    const target = this.#linker.resolve(module, specifier);
    const inner = module.language === 'python' && name !== '*' ? this.#submodule(module, specifier, name, target) : undefined;
    if (inner) return inner;
    if (!target) {
      const access = environmentObject(specifier, name);
      if (access) return { kind: 'environment', access, specifier };
      if (/^(?:node:)?process$/.test(specifier) && (name === 'default' || name === '*')) return { kind: 'global', path: 'process' };
      return { kind: 'outside', specifier, name, ...(at ? { place: { module, at } } : {}) };
    }
    if (name === '*') return this.#namespace(target);
    return this.exportOf(target, name) ?? unknown;
  }

  /** `from package import module`: what the package does not export is a file in it. */
  #submodule(module: ModuleSummary, specifier: string, name: string, target: ModuleSummary | undefined): Resolved | undefined {
    if (target?.exports.some((entry) => entry.name === name)) return undefined;
    const inner = this.#linker.resolve(module, /\.$/.test(specifier) ? specifier + name : `${specifier}.${name}`);
    return inner && inner !== target ? this.#namespace(inner) : undefined;
  }

  #namespace(module: ModuleSummary): Resolved {
    const whole = module.exports.find((entry) => entry.name === 'module.exports');
    return whole?.value ? this.head(this.lazy(module, whole.value)) : { kind: 'namespace', module };
  }

  /** What a module exports under a name, through re-exports. `undefined`: it has no such export. */
  exportOf(module: ModuleSummary, name: string, seen: Set<ModuleSummary> = new Set()): Resolved | undefined {
    if (seen.has(module)) return undefined;
    seen.add(module);
    const entry = module.exports.findLast((each) => each.name === name && !each.typeOnly);
    if (entry) return this.#exported(module, entry, seen);
    const whole = module.exports.find((each) => each.name === 'module.exports');
    if (whole?.value) {
      const value = this.head(this.lazy(module, whole.value));
      return name === 'default' ? value : this.property(value, name);
    }
    for (const star of module.exports) {
      if (star.name !== '*' || !star.from || star.typeOnly || name === 'default') continue;
      const target = this.#linker.resolve(module, star.from.specifier);
      const found = target && this.exportOf(target, name, seen);
      if (found) return found;
    }
    const declared = this.#declaredExport(module, name);
    if (declared) return declared;
    // `exports.a = …` seen through a default import: the namespace itself; so is a component that a file is as a whole.
    if (name === 'default' && (module.exports.length > 0 || isComponent(module)) && !module.exports.some((each) => each.name === 'default')) return { kind: 'namespace', module };
    return undefined;
  }

  /** `export declare const x: "…"`, `export declare const enum E { … }`, `export declare function f(): T`: what a declaration file tells. */
  #declaredExport(module: ModuleSummary, name: string): Resolved | undefined {
    const local = module.exports.findLast((each) => each.name === name && each.local !== undefined)?.local;
    if (local === undefined) return undefined;
    const fn = declaredFunction(module, local).type;
    if (fn) return { kind: 'unknown', type: fn };
    const bound = Object.hasOwn(module.bindings, local) ? module.bindings[local] : undefined;
    return bound && (bound.kind === 'unknown' || bound.kind === 'object') ? this.look(module, bound) : undefined;
  }

  #exported(module: ModuleSummary, entry: ExportEntry, seen: Set<ModuleSummary>): Resolved | undefined {
    if (entry.value) return this.head(this.lazy(module, entry.value));
    if (!entry.from) return undefined;
    const target = this.#linker.resolve(module, entry.from.specifier);
    if (!target) return { kind: 'outside', specifier: entry.from.specifier, name: entry.from.name, place: { module, at: entry.at } };
    return entry.from.name === '*' ? this.#namespace(target) : this.exportOf(target, entry.from.name, seen);
  }

  /** A field, accessor or method of an instance, its superclasses included. */
  instanceProperty(instance: ResolvedInstance, name: string, generation = 0): Resolved | undefined {
    const cls = instance.module.classes[instance.cls];
    // A class may extend itself, as code that is written to be read by us does.
    if (!cls || generation > maxGenerations) return undefined;
    const frame = this.#constructorFrame(instance, cls);
    const field = Object.hasOwn(cls.fields, name) ? cls.fields[name] : undefined;
    if (field && field.length > 0) return choiceOf(field.map((value) => this.#part(instance.module, value, frame)));
    const method = Object.hasOwn(cls.methods, name) ? cls.methods[name] : undefined;
    if (method !== undefined) return { kind: 'function', module: instance.module, fn: method, frame: instance.frame, self: instance };
    // Python's instances have the attributes of their class; in a static member of JavaScript `this` is the class.
    const shared = Object.hasOwn(cls.statics, name) ? this.#static(instance.module, instance.cls, name, frame) : undefined;
    if (shared) return shared;
    const parent = this.parentInstance(instance);
    if (parent?.kind === 'instance') {
      const inherited = this.instanceProperty(parent, name, generation + 1);
      // Inside an inherited method `this` is still the instance, whose own methods it calls.
      return inherited?.kind === 'function' && inherited.self?.kind === 'instance' ? { ...inherited, self: instance } : inherited;
    }
    // A method of a class outside the project is one of this instance.
    return parent && parent.kind !== 'call' ? this.property(parent, name) : undefined;
  }

  #constructorFrame(instance: ResolvedInstance, cls: ClassSummary): Frame {
    const args = inParameterOrder(instance.module, instance.module.functions[cls.constructor_ ?? -1], instance.args);
    return { module: instance.module, fn: cls.constructor_ ?? -2, args, self: instance, outer: instance.frame, depth: (instance.frame?.depth ?? 0) + 1 };
  }

  /** The instance as its superclass sees it: another instance, or a call of `new` on a class outside the project. */
  parentInstance(instance: ResolvedInstance): Resolved | undefined {
    const cls = instance.module.classes[instance.cls];
    if (!cls?.superclass) return undefined;
    const parent = this.#part(instance.module, cls.superclass, instance.frame);
    const args = this.#superArguments(instance, cls);
    const place = instance.place ?? { module: instance.module, at: cls.at };
    // A constructor of its own gives the arguments; else whoever made the instance did.
    const isOpen = instance.isOpen && cls.constructor_ === undefined ? { isOpen: true as const } : {};
    if (parent.kind === 'class') return { kind: 'instance', module: parent.module, cls: parent.cls, args, ...isOpen, frame: parent.frame, place };
    return { kind: 'call', callee: parent, args, isNew: true, place };
  }

  #superArguments(instance: ResolvedInstance, cls: ClassSummary): readonly Lazy[] {
    if (cls.constructor_ === undefined) return instance.args;
    const frame = this.#constructorFrame(instance, cls);
    const use = instance.module.uses.find((each) => each.kind === 'call' && each.fn === cls.constructor_ && each.callee.kind === 'global' && each.callee.path === 'super');
    if (use?.kind !== 'call') return [];
    return use.args.map((item) => ({ module: instance.module, value: item.value, frame, at: item.at, ...(item.spread ? { spread: true as const } : {}) }));
  }

  #static(module: ModuleSummary, index: number, name: string, frame: Frame | undefined, generation = 0): Resolved | undefined {
    const cls = module.classes[index];
    const value = cls && Object.hasOwn(cls.statics, name) ? cls.statics[name] : undefined;
    if (value) return this.#part(module, value, frame);
    if (!cls?.superclass || generation > maxGenerations) return undefined;
    const parent = this.#part(module, cls.superclass, frame);
    return parent.kind === 'class' ? this.#static(parent.module, parent.cls, name, parent.frame, generation + 1) : undefined;
  }

  /** Every text that the value may be, where it is known whole. At most sixteen. */
  texts(value: Resolved): string[] {
    if (value.kind === 'choice') return value.options.flatMap((option) => this.texts(option)).slice(0, maxAlternatives);
    const text = primitiveText(value);
    return text === undefined ? [] : [text];
  }

  /** The value as a constant, where every part of it is known. A list may hold itself, or another many times over: bounded in items and depth. */
  constant(value: Resolved, budget = { items: maxConstantItems }, depth = 0): { readonly value: Constant } | undefined {
    switch (value.kind) {
      case 'text':
        return { value: value.text };
      case 'number':
      case 'constant':
        return { value: value.value };
      case 'array': {
        const items: Constant[] = [];
        budget.items -= value.items.length;
        if (budget.items < 0 || depth > maxDepth) return undefined;
        for (const item of value.items) {
          const inner = item.spread ? undefined : this.constant(this.head(item), budget, depth + 1);
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
  fromConstant(value: Constant, place: Place): Resolved {
    if (typeof value === 'string') return { kind: 'text', text: value, place };
    if (typeof value === 'number') return { kind: 'number', value };
    if (Array.isArray(value)) return { kind: 'array', items: value.map((item: Constant) => resolvedLazy(this.fromConstant(item, place), place)) };
    return { kind: 'constant', value: value as boolean | null | undefined };
  }
}

/** Whether a value is the same however its function is called: names of the module, and what is taken from them. */
function isSameInAllFrames(value: Value): boolean {
  let root = value;
  while (root.kind === 'member' && root.property.kind === 'text') root = root.object;
  return root.kind === 'binding' || root.kind === 'import' || root.kind === 'text' || root.kind === 'secret' || root.kind === 'variable' || (root.kind === 'global' && !root.path.startsWith('super'));
}

/** A value with the types that the code writes beside it. */
function declaredOf({ module, value }: Lazy, resolved: Resolved): Resolved {
  const ref = 'type' in value && value.kind !== 'element' ? value.type : undefined;
  const args = value.kind === 'call' && resolved.kind === 'call' ? value.typeArguments : undefined;
  const given = args ? { ...resolved, typeArguments: args.flatMap((each) => (each ? [{ module, ref: each }] : [])) } as Resolved : resolved;
  return ref ? withType(given, { module, ref }) : given;
}

/** The type of a function that is declared without a body. */
function declaredFunction(module: ModuleSummary, name: string): { type?: TypeIn } {
  const { signatures } = module;
  const ref = signatures && Object.hasOwn(signatures, name) ? signatures[name] : undefined;
  return ref ? { type: { module, ref } } : {};
}

/** A file that is a component, whatever it exports besides. */
function isComponent({ language }: ModuleSummary): boolean {
  return language === 'vue' || language === 'svelte' || language === 'astro';
}

function placeOf(module: ModuleSummary, at: Span | undefined): { place?: Place } {
  return at ? { place: { module, at } } : {};
}

function memberOf(object: Resolved, name: string, place: Place | undefined): Resolved {
  return { kind: 'member', object, property: { kind: 'text', text: name }, ...(place ? { place } : {}) };
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

/** Parts of one text whose places are kept. */
const maxPieces = 32;

function piecesOf(before: ResolvedText | undefined, added: Resolved): { pieces?: readonly TextPiece[] } {
  const known = before?.pieces ?? [];
  if (added.kind !== 'text' || known.length >= maxPieces) return known.length > 0 ? { pieces: known } : {};
  const offset = before?.text.length ?? 0;
  const inner = added.pieces?.map((piece) => ({ ...piece, start: piece.start + offset, end: piece.end + offset }));
  const own = added.place ? [{ start: offset, end: offset + added.text.length, place: added.place }] : [];
  return { pieces: [...known, ...(inner ?? own)] };
}

function primitiveText(value: Resolved): string | undefined {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'number') return String(value.value);
  return value.kind === 'constant' ? String(value.value) : undefined;
}

function isNothing(value: Resolved): boolean {
  return value.kind === 'constant' && (value.value === undefined || value.value === null);
}
