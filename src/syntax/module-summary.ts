import type { HiltMentions } from '../hilt/context.ts';
import type { Secret } from '../hilt/secret.ts';
import type { Language } from '../sources/language.ts';
import type { Span } from './span.ts';
import type { TypeRef } from './type-ref.ts';
import type { ArrayItem, ElementValue, Value, VariableValue } from './value.ts';

/** Everything that any rule needs to know of one file, as plain serialisable data. */
export interface ModuleSummary {
  /** POSIX path relative to the root. */
  readonly file: string;
  readonly language: Language;
  /** What of Hilt the text names; decides which rules look at the file at all. */
  readonly mentions: HiltMentions;
  /**
   * `full`: the parser took the file as it is; `recovered`: it has syntax errors and was read as far as it goes;
   * `text`: it was searched as text only (not code, or beyond the parser's bounds).
   */
  readonly parse: 'full' | 'recovered' | 'text';
  /** Secrets that can be read from this file alone, in position order, one entry an occurrence. */
  readonly secrets: readonly SecretOccurrence[];
  /** What is a secret of Hilt only if the package uses hilt.so, which the file itself does not say: `hilt_live_…`, `delivery_claim`. */
  readonly packageSecrets?: readonly SecretOccurrence[];
  /** Of a Vue component: where its scripts stand. What its template sees is less. */
  readonly scripts?: readonly Span[];
  /** Secrets that only stepping through the program tells, at most one a secret. What values tell of as well is told twice. */
  readonly made?: readonly Pick<SecretOccurrence, 'secret' | 'at'>[];
  /** `"use client"`, `"use server"`, … at the top of the module. */
  readonly directives: readonly string[];
  readonly imports: readonly ImportEdge[];
  readonly exports: readonly ExportEntry[];
  /** Top-level bindings by name. */
  readonly bindings: Readonly<Record<string, Value>>;
  /** Aliases and interfaces by name. */
  readonly types?: Readonly<Record<string, TypeRef>>;
  /** Functions that are declared without a body, by name. */
  readonly signatures?: Readonly<Record<string, TypeRef>>;
  /** What the module adds to interfaces of packages and of the global scope, by the interface's name. */
  readonly augmentedTypes?: Readonly<Record<string, TypeRef>>;
  readonly functions: readonly FunctionSummary[];
  readonly classes: readonly ClassSummary[];
  readonly statements: readonly Statement[];
  /** Regions that a bundler may drop, once it decides a test. */
  readonly branches: readonly Branch[];
  /** Top-level constants that stand for a test which bundlers decide, by name: `const isDev = process.env.NODE_ENV !== 'production'`. */
  readonly flags?: Readonly<Record<string, Test>>;
  /** What a call, or `new`, of an exported function or class does, by its local name; one that is not there may do anything. */
  readonly callEffects?: Readonly<Record<string, readonly Effect[]>>;
  readonly uses: readonly Use[];
  /** Expressions that compose text (`+`, templates, string methods, calls), outer before inner. */
  readonly folds: readonly Fold[];
  /** `NAME = value` pairs of files that are not programs: dotenv, YAML, JSON, TOML, Dockerfile, properties, … */
  readonly declarations: readonly Declaration[];
  /** Every read of a variable of the environment or of configuration, in position order. */
  readonly reads: readonly VariableValue[];
  readonly comments: readonly Comment[];
  /** Programs inside the file that run on their own, on the client: the processed scripts of an Astro page. */
  readonly parts?: readonly ModuleSummary[];
}

export type { Language };

export interface SecretOccurrence {
  readonly secret: Secret;
  /** The literal that holds it, or the outermost expression that yields it; in a file without literals, its text. */
  readonly at: Span;
  /** How it stands there, for the message. */
  readonly form: SecretForm;
  /** Whether code that reads the secret can take the place of `at`: a literal that is the secret, or that has it in plain text. */
  readonly replaceable: boolean;
  /** What such code must have before and after it: the text around the secret in a template, the braces of a JSX attribute. */
  readonly frame?: readonly [before: string, after: string];
}

export type SecretForm = 'plain' | 'encoded' | 'folded';

export interface ImportEdge {
  readonly specifier: string;
  readonly how: 'import' | 'reexport' | 'dynamic' | 'require' | 'worker' | 'asset' | 'glob';
  /** `import type`, or names that are only types: no edge for any bundler. */
  readonly typeOnly: boolean;
  /** `import { type A }`: kept for its effects where imports are kept as written. */
  readonly inlineTypes?: true;
  /** Imported names; `*` for the namespace, none for a side-effect import. */
  readonly names: readonly ImportedName[];
  readonly at: Span;
  /** Enclosing function, `-1` at the top level. */
  readonly fn: number;
  /** Of a dynamic import or `require`: the only names that are taken from it. */
  readonly members?: readonly string[];
  /** The names are read of a name for all of them: `const keys = await import(…)`, `import(…).then((keys) => …)`. */
  readonly named?: 'variable' | 'parameter';
  /** Those are taken by destructuring, which more bundlers look into than `(await import(…)).name`. */
  readonly destructured?: true;
  /** Of a glob: patterns that it leaves out. */
  readonly except?: readonly string[];
}

export interface ImportedName { readonly imported: string; readonly local: string; readonly typeOnly: boolean }

export interface ExportEntry {
  /** `default`, an export's name, or `*` for `export * from`. */
  readonly name: string;
  readonly typeOnly: boolean;
  readonly at: Span;
  /** A local value … */
  readonly value?: Value;
  /** … the local binding that holds it, where it has a name … */
  readonly local?: string;
  /** … or another module's export (`name` may be `*`: the namespace). */
  readonly from?: { readonly specifier: string; readonly name: string };
}

export interface Fold {
  readonly value: Value;
  readonly at: Span;
  readonly fn: number;
  /** `false`: no expression of its own (a template's attribute), so that a code rewrite cannot replace it. */
  readonly replaceable?: false;
}

export interface FunctionSummary {
  readonly name?: string;
  readonly at: Span;
  readonly parameters: number;
  /** The parameter in which a platform hands the function its variables: `env` of a Worker. */
  readonly environment?: string;
  /** Every returned value, in source order. */
  readonly returns: readonly Value[];
  readonly directives: readonly string[];
  /** Enclosing function, `-1` at the top level. */
  readonly parent: number;
  /** Class whose method, constructor or field initialiser it is. */
  readonly cls?: number;
  readonly async: boolean;
  /** Of a method: what stands above it with an `@`. */
  readonly decorators?: readonly Value[];
  readonly signature?: Signature;
  /** The declared types of its parameters, and of what it returns, where they say something. */
  readonly parameterTypes?: readonly (TypeRef | null)[];
  readonly returnType?: TypeRef;
  /** The type of the variable, property or parameter that it is written for. */
  readonly expectedType?: TypeRef;
}

export interface ClassSummary {
  readonly name?: string;
  readonly at: Span;
  readonly superclass?: Value;
  /** Function index of the constructor. */
  readonly constructor_?: number;
  /** Instance fields: initialisers, parameter properties and every `this.x = …` of its methods. */
  readonly fields: Readonly<Record<string, readonly Value[]>>;
  /** Instance methods and accessors by name: function indices. */
  readonly methods: Readonly<Record<string, number>>;
  readonly decorators?: readonly Value[];
  readonly statics: Readonly<Record<string, Value>>;
  /** Declared types of fields. */
  readonly fieldTypes?: Readonly<Record<string, TypeRef>>;
}

/**
 * How a function takes keywords, where its language has them: `src/project/signature.ts` puts the arguments of a call in the order
 * of the parameters, which is: positional ones, keyword-only ones, `**` (the keywords that are left), `*` (a rest).
 */
export interface Signature {
  /** Of each parameter, in that order; `**` and `*` for these two. */
  readonly names: readonly string[];
  /** How many of them positions can fill. */
  readonly positional: number;
}

/** A top-level statement, or one declarator of it: the unit that bundlers keep or drop. */
export interface Statement {
  readonly at: Span;
  /** Top-level names that it declares. */
  readonly declares: readonly string[];
  /** Every mention of a top-level name, imports among them, as a value. */
  readonly references: readonly Reference[];
  /** What evaluating it may do; empty where it does nothing. */
  readonly effects: readonly Effect[];
  /** The functions and classes of other modules that it calls, where there is an `import-call` among the effects. */
  readonly calls?: readonly ImportedCall[];
  /** Where in it the code stands that does something, if that is not all of it: minifiers leave out the rest where nobody uses it. */
  readonly places?: readonly Span[];
  /** These are static members of a class, or what it extends, or stand in a function called in place: some bundlers keep all of it then. */
  readonly placesOf?: 'static' | 'heritage' | 'immediate';
  /** An enumeration: bundlers drop members of some. */
  readonly enumeration?: 'enum' | 'const enum';
}

/** `make(x)` or `new Client(x)` of something imported. */
export interface ImportedCall { readonly specifier: string; readonly name: string; readonly isNew: boolean }

/**
 * What evaluating a statement may do when nobody uses what it declares. Every bundler keeps an `effect`; which of the others
 * they drop is in `src/project/frameworks/bundler.ts`.
 */
export type Effect =
  /** `new C(x)` of a class that is not built in. */
  | 'new'
  /** The same of a class with fields. */
  | 'new-fields'
  /** The same of a class without fields and without a constructor. */
  | 'new-empty'
  /** The same of a class whose constructor throws where it is not given what it needs. */
  | 'guarded-new'
  /** `new C(x)` of a class that no module of the project holds. */
  | 'new-outside'
  /** A call, or `new`, of what another module exports: that module tells which of the others it is. */
  | 'import-call'
  /** `new Map([…])`, `new Set([…])`, `new Date('…')`. */
  | 'new-collection'
  /** `new Error('…')`, `new WeakMap([…])`. */
  | 'new-builtin'
  /** `['a'].map((x) => x)`, `list.push('a')` of a list of the module. */
  | 'array-call'
  /** `Object.freeze({…})`. */
  | 'freeze'
  /** `String(x)`, `Symbol(x)`, `Object.keys(x)`. */
  | 'builtin-call'
  /** `'x'.trim()`, `['a', 'b'].join()`, `new RegExp('x')`: of a text that stands in the code. */
  | 'text-call'
  /** `String.raw`, on a template that stands in the code. */
  | 'raw-template'
  /** A text with a hole for a name: making a text of it may run code. */
  | 'coercion'
  /** `(() => x)()`. */
  | 'iife'
  /** A call of a function of the project that only returns, or that is annotated. */
  | 'clean-call'
  /** The same of a function that makes a text of what it is given, which may run code. */
  | 'coercing-call'
  /** The same of a function that throws where it is not given what it needs. */
  | 'guarded-call'
  /** `a.b` of something unknown, a spread of an object. */
  | 'member-read'
  /** `const { a } = b`. */
  | 'destructuring'
  /** `a = x`, `a.b = x` of a binding of the module. */
  | 'local-write'
  /** `exports.a = x`. */
  | 'commonjs-export'
  /** `A.prototype.b = x`. */
  | 'prototype-write'
  /** `static a = x` of a class. */
  | 'static-field'
  | 'effect';

export interface Reference {
  readonly name: string;
  readonly at: Span;
  /**
   * The only properties that are read: `config.url`, `ns.call`, `const { url } = config`; with a NUL between the steps of a path:
   * `config.live.url`.
   */
  readonly members?: readonly string[];
  /** They are read by destructuring, which some bundlers do not look into. */
  readonly destructured?: true;
  /** They are read by `?.`, which some bundlers do not look into. */
  readonly optional?: true;
  /** They are read of another name for it within a function. */
  readonly renamed?: true;
  /** They are read by an index that is a constant: `config[mode]`. */
  readonly indexed?: true;
  /** `typeof key`: of a constant text minifiers know the answer. */
  readonly asksType?: true;
  /** Whatever is read of what the statement declares is read of this: `const other = config`, `const all = { ...config }`. */
  readonly handsOn?: true;
}

/** A region that runs only if `test` comes out as `runsWhen`. */
export interface Branch {
  readonly test: Test;
  readonly runsWhen: boolean;
  readonly at: Span;
}

/** A condition in the terms that bundlers decide at build time; what decides a fact is the framework's. */
export type Test =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'fact'; readonly fact: string }
  /** `equals`: compared with a text or a number; else taken as a truth value. */
  | { readonly kind: 'import'; readonly specifier: string; readonly name: string; readonly member?: string; readonly equals?: string | number }
  | { readonly kind: 'flag'; readonly how: FlagKind; readonly part: Test }
  | { readonly kind: 'not'; readonly part: Test }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Test[] }
  | { readonly kind: 'unknown' };

/**
 * What not every bundler looks into: a type (all do), what follows `return`, `const debug = false` of the module, of a function, `flags.debug`, a local that nobody reads, `while (false)`, `switch ('a')`,
 * what follows a choice that leaves on both sides, what follows a block that leaves.
 */
export type FlagKind = 'type' | 'exit' | 'const' | 'local-const' | 'object' | 'unused-local' | 'unused-function' | 'loop' | 'switch' | 'both-exit' | 'block-exit';

export type Use = CallUse | AssignUse | PropertyUse | ElementUse | ReturnUse | ThrowUse;

interface UseBase {
  readonly at: Span;
  /** Enclosing function, `-1` at the top level. */
  readonly fn: number;
}

/** Every call and `new` of the file. */
export interface CallUse extends UseBase {
  readonly kind: 'call';
  readonly callee: Value;
  /** Keyword arguments (`f(a, headers=h)`) are one last object, marked `keywords`. */
  readonly args: readonly ArrayItem[];
  readonly isNew: boolean;
  /** Whether the result goes anywhere. */
  readonly result: 'used' | 'dropped';
}

/** `object.property = value` (and `+=`). Assignments to variables are folded into the variable. */
export interface AssignUse extends UseBase {
  readonly kind: 'assign';
  readonly object: Value;
  readonly property: Value;
  readonly value: Value;
  readonly valueAt: Span;
}

/** A property of an object literal, or a `[key, value]` pair, whose key is a header or secret name or is computed. */
export interface PropertyUse extends UseBase {
  readonly kind: 'property';
  readonly key: Value;
  readonly value: Value;
  readonly valueAt: Span;
  /** The declared type of the object. */
  readonly of?: TypeRef;
}

export interface ElementUse extends UseBase { readonly kind: 'element'; readonly element: ElementValue }
export interface ReturnUse extends UseBase { readonly kind: 'return'; readonly value: Value }
export interface ThrowUse extends UseBase { readonly kind: 'throw'; readonly value: Value }

export interface Declaration {
  /** The last key, as written: `HILT_API_KEY`. */
  readonly name: string;
  /** The keys above it: `["services", "bot", "environment"]`. */
  readonly path: readonly string[];
  readonly value: Value;
  /** The declared name and the value, each as it stands. */
  readonly at: Span;
  readonly valueAt: Span;
}

export interface Comment { readonly text: string; readonly at: Span; readonly block: boolean }
