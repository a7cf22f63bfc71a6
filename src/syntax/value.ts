import type { Secret } from '../hilt/secret.ts';
import type { Span } from './span.ts';
import type { TypeRef } from './type-ref.ts';

/**
 * What an expression may be, as plain data that can be cached and linked without an AST.
 *
 * A summary folds what one file can tell; what depends on another module or on a caller stays symbolic
 * (`import`, `parameter`, `this`, `call`, …) and is resolved by `src/project/evaluate.ts`.
 * No value ever holds the text of a secret: folding replaces it by `secret`.
 * `type` is what the code declares of a value whose origin the file does not tell.
 */
export type Value =
  | TextValue
  | NumberValue
  | ConstantValue
  | SecretValue
  | VariableValue
  | GlobalValue
  | ImportValue
  | BindingValue
  | ParameterValue
  | ThisValue
  | MemberValue
  | ObjectValue
  | ArrayValue
  | ConcatValue
  | ChoiceValue
  | CallValue
  | FunctionValue
  | ClassValue
  | ElementValue
  | ExtendedValue
  | UnknownValue;

/** A constant string without a secret in it. */
export interface TextValue { readonly kind: 'text'; readonly text: string; readonly at?: Span }

export interface NumberValue { readonly kind: 'number'; readonly value: number }

export interface ConstantValue { readonly kind: 'constant'; readonly value: boolean | null | undefined }

/** A constant string that is a secret. Text around it stands beside it in a `concat`. */
export interface SecretValue {
  readonly kind: 'secret';
  readonly secret: Secret;
  /** The literal, or the outermost expression that yields it. */
  readonly at: Span;
}

/** How code asks for a configured value. Bundlers replace some of these and not others (`bundles.md` 2.2). */
export type VariableAccess =
  | 'process.env'
  | 'import.meta.env'
  | 'Deno.env'
  | 'Bun.env'
  /** Python: `os.environ["X"]`, `os.getenv("X")`, a field of pydantic's `BaseSettings`. */
  | 'os.environ'
  /** `import { X } from "$env/static/private"`, `@env`, `astro:env/server`; `module` names it. */
  | 'module'
  /** A Worker's `env.X`, `c.env.X`. */
  | 'binding'
  /** `useRuntimeConfig().x`; the name is the dotted path. */
  | 'runtime-config'
  /** `Constants.expoConfig.extra.x`. */
  | 'expo-extra'
  /** `env("X")`, `getEnv("X")`, `config.get("X")`, `os.getenv("X")`. */
  | 'helper'
  /** `$X`, `${X}`, `$(X)`, `{{ .Values.x }}`, `${{ vars.X }}` in a file that is not a program. */
  | 'expansion'
  /** A reference into a store of secrets, as written: `secrets.X` of a workflow, `op://…`, `vault:…`, an ARN; `object/key` for a `secretKeyRef`. */
  | 'secret';

export type VariableForm = 'dot' | 'bracket' | 'optional' | 'parenthesised' | 'destructured' | 'alias' | 'dynamic' | 'call';

/** A read of a named variable of the environment or of configuration. */
export interface VariableValue {
  readonly kind: 'variable';
  readonly name: string;
  readonly access: VariableAccess;
  readonly form: VariableForm;
  readonly module?: string;
  /** Of a `binding` the code that it is a member of: `env`, `c.env`. */
  readonly owner?: string;
  /** The read itself (`process.env.HILT_API_KEY`), where a finding stands. */
  readonly at: Span;
}

/**
 * A global by its dotted path: `process.env`, `fetch`, `console.log`, `window.localStorage`, `import.meta.url`.
 * Arithmetic is a call of `operator:-`, `operator:^` and so on; a regular expression a `new` of `RegExp`;
 * a command of a shell a call of `shell:curl`, a request of a `.http` file one of `http:request`.
 * What a loop goes through is a call of `operator:element` with the whole (a map's key one of `operator:key`), a row of a table of tests one of `operator:row` with
 * the table and the column, what is caught one of `operator:caught` at what was tried, what an object's rest keeps one of `operator:rest` with the object and the keys that are left out.
 */
export interface GlobalValue { readonly kind: 'global'; readonly path: string; readonly at?: Span }

/** An imported binding; `name` is `default`, `*` (the namespace, also what `require` gives) or an export's name. */
export interface ImportValue { readonly kind: 'import'; readonly specifier: string; readonly name: string; readonly at?: Span; readonly type?: TypeRef }

/** A top-level binding of the same module, kept by name so that summaries have no circles. */
export interface BindingValue { readonly kind: 'binding'; readonly name: string; readonly at?: Span; readonly type?: TypeRef }

/** A parameter of the function `fn` (index into `ModuleSummary.functions`). */
export interface ParameterValue {
  readonly kind: 'parameter';
  readonly fn: number;
  readonly index: number;
  readonly rest?: true;
  readonly fallback?: Value;
  /** What the call that the function is written into passes it, as far as that is known: an element of what `.map` goes through. */
  readonly given?: Value;
  /** The parameter's own name, where it has one. */
  readonly name?: string;
  readonly at?: Span;
  readonly type?: TypeRef;
}

/** `this` inside the class `cls` (index into `ModuleSummary.classes`). */
export interface ThisValue { readonly kind: 'this'; readonly cls: number }

export interface MemberValue { readonly kind: 'member'; readonly object: Value; readonly property: Value; readonly at?: Span; readonly type?: TypeRef }

export interface ObjectValue {
  readonly kind: 'object';
  /** In source order; a later entry wins. A spread has no key; an accessor or method holds a `function`. */
  readonly entries: readonly ObjectEntry[];
  /** The keyword arguments of a call, as its last argument. */
  readonly keywords?: true;
  readonly at?: Span;
}

export interface ObjectEntry {
  readonly key?: Value;
  readonly spread?: true;
  readonly value: Value;
  /** The whole property (`"X-Hilt-Key": key`). */
  readonly at: Span;
  /** The value's own expression. */
  readonly valueAt: Span;
}

export interface ArrayValue { readonly kind: 'array'; readonly items: readonly ArrayItem[]; readonly at?: Span }
export interface ArrayItem { readonly spread?: true; readonly value: Value; readonly at: Span }

/** `+`, templates, `.concat`, `.join`: text in order. */
export interface ConcatValue { readonly kind: 'concat'; readonly parts: readonly Value[]; readonly at?: Span }

/**
 * Either of these: ternary, `||`, `??`, `&&`, several assignments. In source order, the preferred first.
 * `fallback`: the last stands where the others are `null` or `undefined`.
 */
export interface ChoiceValue { readonly kind: 'choice'; readonly options: readonly Value[]; readonly fallback?: true; readonly at?: Span }

/** The result of a call or of `new`. `await` is transparent. */
export interface CallValue {
  readonly kind: 'call';
  readonly callee: Value;
  readonly args: readonly ArrayItem[];
  readonly isNew?: true;
  readonly at: Span;
  readonly type?: TypeRef;
  /** `inject<HiltClient>(token)` */
  readonly typeArguments?: readonly (TypeRef | null)[];
}

/** Index into `ModuleSummary.functions`. */
export interface FunctionValue { readonly kind: 'function'; readonly fn: number }

/** Index into `ModuleSummary.classes`. */
export interface ClassValue { readonly kind: 'class'; readonly cls: number }

/** A JSX element or a template component. `type` is a text for an intrinsic element. */
export interface ElementValue {
  readonly kind: 'element';
  readonly type: Value;
  /** Attributes; `children` holds the children as an array. */
  readonly props: ObjectValue;
  readonly at: Span;
}

/** A value and what later statements put into it: `h.x = v`, `h.set(k, v)`, `parts.push(v)`. */
export interface ExtendedValue {
  readonly kind: 'extended';
  readonly base: Value;
  readonly entries: readonly ObjectEntry[];
  readonly items: readonly ArrayItem[];
}

export interface UnknownValue { readonly kind: 'unknown'; readonly at?: Span; readonly type?: TypeRef }
