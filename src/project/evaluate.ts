import type { ModuleSummary } from '../syntax/module-summary.ts';
import { maxFoldedText, type Constant } from '../syntax/run/fold.ts';
import type { Span } from '../syntax/span.ts';
import type { Value } from '../syntax/value.ts';
import { callWith, resolveCall } from './calls.ts';
import { inheritedMember, instanceProperty, openInstance, parentInstance, selfIn } from './class-members.ts';
import { constantOf, joinTexts, primitiveText } from './folded-texts.ts';
import { exportOf, importedByStar, importedFrom } from './module-exports.ts';
import { entriesOf } from './object-entries.ts';
import { environmentPaths, propertyOf } from './properties.ts';
import { choiceOf, maxAlternatives, spanOf, withType, type Frame, type Lazy, type Place, type Resolved, type ResolvedEntry, type ResolvedFunction, type ResolvedInstance } from './resolved.ts';
import { SpreadGuard } from './spread-guard.ts';
import { declaredFunction } from './types/declared-function.ts';
import { TypeLookup } from './types/lookup.ts';
import type { TypeOracle } from './types/oracle.ts';
import { entriesWritten, extendedValue, itemsWritten } from './written-collections.ts';
import { WrittenExports } from './written-exports.ts';

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
/** Steps for all that a rule asks of one module, and for what a pass over the project asks of each. */
export const stepsOfModule = 30_000;
/** Steps for what is worked out of every module of a project. */
export const stepsOfSurvey = 2_000;
/** Parts of a text that are no constants; what follows them is left out. */
const maxOpenParts = 64;

/** Who pays for a question: the file that it is about. */
interface Account { readonly file: string | undefined; readonly limit: number; steps: number }

/**
 * Looks at values with the whole project in view: constants are folded, imports and calls followed.
 * It runs no code, and is bounded: in steps per module, in depth, and in the size of texts.
 */
export class Evaluator {
  /** For `module-exports.ts`. */
  readonly linker: Linker;
  /** What annotations declare of values whose origin is not known. */
  readonly types: TypeLookup;
  /** What values without a frame came to; a number: one that is being looked at, with the depth at which it is. */
  readonly #memos = new WeakMap<ModuleSummary, Map<Value, Resolved | number>>();
  readonly #spreads = new SpreadGuard();
  readonly #written: WrittenExports;
  /** For `class-members.ts`. */
  readonly openInstances = new Map<ModuleSummary, Map<number, ResolvedInstance>>();
  #account: Account;
  /** While a pass over the project runs: the accounts of the modules that it asks about. */
  #accounts: Map<string, Account> | undefined;
  #depth = 0;
  /** The least depth that an answer below the present one was cut at. */
  #cutFrom = Infinity;
  #questionFrom = 0;
  /** Files about which a question was cut. */
  readonly #cutFiles = new Set<string>();
  /** Functions whose result is being worked out: a function that calls itself gives nothing that could be told. */
  readonly active = new Set<string>();
  /** Steps that one module's questions may take. */
  readonly #maxSteps: number;

  constructor(linker: Linker, maxSteps = stepsOfModule) {
    this.linker = linker;
    this.#written = new WrittenExports(linker);
    this.types = new TypeLookup(this, linker);
    this.#maxSteps = maxSteps;
    this.#account = { file: undefined, limit: maxSteps, steps: 0 };
  }

  /** Starts the steps of a module anew; call it before the questions about it. `file`: where it stands. */
  renewBudget(file: string): void {
    const account = { file, limit: this.#maxSteps, steps: 0 };
    if (this.#accounts) this.#accounts.set(file, account);
    else this.#account = account;
  }

  /** Asks about one module with steps of its own (at most `limit`), whoever is judged meanwhile. */
  withOwnBudget<Answer>(file: string, limit: number, ask: () => Answer): Answer {
    return this.#payingBy({ file, limit: Math.min(limit, this.#maxSteps), steps: 0 }, undefined, ask);
  }

  /**
   * Asks about the project as a whole. Each module has steps of its own then, so that the last of them is seen as well as the first, and
   * the module that happens to be judged meanwhile neither pays for it nor is named where they do not suffice.
   */
  overProject<Answer>(ask: () => Answer): Answer {
    return this.#payingBy(this.#account, new Map(), ask);
  }

  #payingBy<Answer>(account: Account, accounts: Map<string, Account> | undefined, ask: () => Answer): Answer {
    const before = { account: this.#account, accounts: this.#accounts, questionFrom: this.#questionFrom };
    this.#account = account;
    this.#accounts = accounts;
    this.#questionFrom = account.steps;
    try {
      return ask();
    } finally {
      this.#account = before.account;
      this.#accounts = before.accounts;
      this.#questionFrom = before.questionFrom;
    }
  }

  /** Whose steps a new question takes. */
  #accountFor(file: string): Account {
    if (!this.#accounts) return this.#account;
    const account = this.#accounts.get(file) ?? { file, limit: this.#maxSteps, steps: 0 };
    this.#accounts.set(file, account);
    return account;
  }

  /** The files about which questions were cut at a bound since this was last asked, so that some answers were `unknown`. */
  takeExhausted(): readonly string[] {
    const files = [...this.#cutFiles];
    this.#cutFiles.clear();
    return files;
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
    if (this.#depth === 0) this.#account = this.#accountFor(lazy.module.file);
    const account = this.#account;
    account.steps += 1;
    if (value.kind === 'text') return this.#kept(memo, value, { kind: 'text', text: value.text, ...placeOf(lazy.module, value.at) });
    if (this.#depth === 0) this.#questionFrom = account.steps;
    if (account.steps > account.limit || this.#depth > maxDepth || account.steps - this.#questionFrom > maxStepsOfQuestion) {
      this.#cutFiles.add(account.file ?? lazy.module.file);
      return this.#cutAt(-1);
    }
    return this.#enter(lazy, memo);
  }

  /** The text that a value is, `undefined` where it is none, or not known. */
  text(lazy: Lazy): string | undefined {
    const value = this.head(lazy);
    return value.kind === 'text' ? value.text : undefined;
  }

  /** What a callback gives for these arguments, inside the calls of `frame`. */
  callWith(callback: Lazy, args: readonly Lazy[], frame: Frame | undefined): Resolved {
    return callWith(this, callback, args, frame);
  }

  /** What a part of a value is in the same calls. */
  part(module: ModuleSummary, value: Value, frame: Frame | undefined, at = spanOf(value)): Resolved {
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
    const isWhole = this.#cutFrom >= depth || (depth === 0 && this.#account.steps <= this.#account.limit);
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
        const access = environmentPaths.get(value.path);
        if (access) return { kind: 'environment', access };
        return inheritedMember(this, value.path, frame) ?? importedByStar(this, module, value.path) ?? { kind: 'global', path: value.path, ...place, ...declaredFunction(module, value.path) };
      }
      case 'import':
        return importedFrom(this, module, value.specifier, value.name, value.at);
      case 'binding': {
        const bound = module.bindings[value.name];
        return bound ? this.part(module, bound, undefined, value.at) : unknown;
      }
      case 'parameter':
        return this.#parameter(lazy, value);
      case 'this':
        return selfIn(frame) ?? openInstance(this, module, value.cls);
      case 'member':
        return this.#member(lazy, value);
      case 'object':
        return this.#written.addTo({ kind: 'object', entries: value.entries.flatMap((entry) => entriesWritten(this, lazy, entry)), ...place });
      case 'array':
        return { kind: 'array', items: value.items.flatMap((item) => itemsWritten(this, lazy, item)) };
      case 'concat':
        return this.#concat(lazy, value.parts, value.at);
      case 'choice':
        return this.#choice(lazy, value);
      case 'call':
        return resolveCall(this, this.part(module, value.callee, frame), { args: value.args.flatMap((item) => itemsWritten(this, lazy, item)), isNew: value.isNew === true, place: { module, at: value.at }, frame });
      case 'function':
        return { kind: 'function', module, fn: value.fn, frame, self: selfIn(frame) };
      case 'class':
        return { kind: 'class', module, cls: value.cls, frame };
      case 'element':
        return { kind: 'element', type: { ...lazy, value: value.type, at: spanOf(value.type) }, props: { ...lazy, value: value.props, at: value.at }, place: { module, at: value.at } };
      case 'extended':
        return extendedValue(this, lazy, value);
      case 'unknown':
        return value.type ? this.#byText({ kind: 'unknown', ...place, type: { module, ref: value.type } }) : { kind: 'unknown', ...place };
    }
  }

  #choice(lazy: Lazy, { options, fallback }: Extract<Value, { kind: 'choice' }>): Resolved {
    const resolved = options.map((option) => this.part(lazy.module, option, lazy.frame));
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
      if (value.fallback) return this.part(module, value.fallback, current);
      if (current.self?.kind === 'instance' && current.self.isOpen && argument === undefined) break;
      return { kind: 'constant', value: undefined };
    }
    const given = value.given && this.part(module, value.given, frame);
    if (given && given.kind !== 'unknown') return given;
    const parameter = this.#byText({ kind: 'parameter', module, fn: value.fn, index: value.index, ...(value.name === undefined ? {} : { name: value.name }), ...placeOf(module, value.at) });
    return value.fallback ? choiceOf([parameter, this.part(module, value.fallback, frame)]) : parameter;
  }

  /** What can only be one of a few texts, by its type, is one of them. */
  #byText(value: Extract<Resolved, { kind: 'parameter' | 'unknown' }>): Resolved {
    const texts = this.types.texts(value);
    return texts.length === 0 ? value : choiceOf(texts.map((text) => ({ kind: 'text', text, ...(value.place ? { place: value.place } : {}) })));
  }

  #member({ module, frame }: Lazy, value: Extract<Value, { kind: 'member' }>): Resolved {
    const object = this.part(module, value.object, frame);
    const place = value.at ? { module, at: value.at } : undefined;
    if (value.property.kind === 'text') return propertyOf(this, object, value.property.text, place);
    const property = this.part(module, value.property, frame);
    if (property.kind === 'text' || property.kind === 'number') {
      const name = property.kind === 'text' ? property.text : String(property.value);
      return propertyOf(this, object, name, place, property.kind === 'text' ? 'dynamic' : 'alias');
    }
    if (property.kind === 'choice') {
      const names = property.options.filter((option) => option.kind === 'text').slice(0, maxAlternatives);
      if (names.length > 0) return choiceOf(names.map((name) => propertyOf(this, object, (name as { text: string }).text, place, 'dynamic')));
    }
    return { kind: 'member', object, property, ...(place ? { place } : {}) };
  }

  /** What a function gives when nothing is known of its arguments. */
  resultOf({ module, fn }: ResolvedFunction): Resolved {
    return choiceOf((module.functions[fn]?.returns ?? []).map((value) => this.look(module, value)));
  }

  /** What a function returns, each value by itself, inside the calls that it stands in. */
  returnsOf({ module, fn, frame }: ResolvedFunction): Resolved[] {
    return (module.functions[fn]?.returns ?? []).map((value) => this.head({ module, value, frame, at: undefined }));
  }

  /** Reads what is spread; what comes back on itself adds nothing: `undefined`. */
  spread<Answer>(spread: Lazy, read: (value: Resolved) => Answer): Answer | undefined {
    if (!this.#spreads.enter(spread)) {
      this.#cutAt(-1);
      return undefined;
    }
    const answer = read(this.head(spread));
    this.#spreads.leave();
    return answer;
  }

  /** A property of a value. `place` is where it is read. */
  property(object: Resolved, name: string, place?: Place, form?: 'alias' | 'dynamic'): Resolved {
    return propertyOf(this, object, name, place, form);
  }

  /** What stands at the end of a way of properties. */
  propertyAlong(object: Resolved, names: readonly string[]): Resolved {
    return names.reduce((value, name) => this.property(value, name), object);
  }

  /** Entries with spreads of known objects laid out. `isOpen`: something unknown may add more. */
  entries(object: Resolved): { entries: ResolvedEntry[]; isOpen: boolean } {
    return entriesOf(this, object);
  }

  /** What a module exports under a name, through re-exports. `undefined`: it has no such export. */
  exportOf(module: ModuleSummary, name: string): Resolved | undefined {
    return exportOf(this, module, name);
  }

  /** A field, accessor or method of an instance, its superclasses included. */
  instanceProperty(instance: ResolvedInstance, name: string): Resolved | undefined {
    return instanceProperty(this, instance, name);
  }

  /** The instance as its superclass sees it: another instance, or a call of `new` on a class outside the project. */
  parentInstance(instance: ResolvedInstance): Resolved | undefined {
    return parentInstance(this, instance);
  }

  /** The value as a constant, where every part of it is known. */
  constant(value: Resolved): { readonly value: Constant } | undefined {
    return constantOf(this, value);
  }

  #concat(lazy: Lazy, values: readonly Value[], at: Span | undefined): Resolved {
    const parts: Resolved[] = [];
    let length = 0;
    let open = 0;
    for (const part of values) {
      const resolved = this.part(lazy.module, part, lazy.frame);
      for (const inner of resolved.kind === 'concat' ? resolved.parts : [resolved]) {
        parts.push(inner);
        if (primitiveText(inner) === undefined) open += 1;
      }
      if (open > maxOpenParts) break;
      length += resolved.kind === 'text' ? resolved.text.length : 0;
      if (length > maxFoldedText || parts.length > maxFoldedText) return unknown;
    }
    return joinTexts(parts, at ? { module: lazy.module, at } : undefined);
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

function isNothing(value: Resolved): boolean {
  return value.kind === 'constant' && (value.value === undefined || value.value === null);
}

function placeOf(module: ModuleSummary, at: Span | undefined): { place?: Place } {
  return at ? { place: { module, at } } : {};
}
