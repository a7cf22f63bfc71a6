import type { Secret } from '../hilt/secret.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Span } from '../syntax/span.ts';
import type { Value, VariableAccess, VariableForm } from '../syntax/value.ts';
import type { TypeIn } from './types/lookup.ts';

/** A range in a module of the project. */
export interface Place { readonly module: ModuleSummary; readonly at: Span }

/** The arguments that a function was called with, while its body is looked at. */
export interface Frame {
  readonly module: ModuleSummary;
  /** Index into `module.functions`. */
  readonly fn: number;
  readonly args: readonly Lazy[];
  readonly self: Resolved | undefined;
  /** The frame that the function was created in. */
  readonly outer: Frame | undefined;
  readonly depth: number;
  /** Values that were looked at in this frame; a number: one that is being looked at. */
  memo?: Map<Value, Resolved | number>;
}

/** A value that is not yet looked at: what it means depends on its module and on the calls around it. */
export interface Lazy {
  readonly module: ModuleSummary;
  readonly value: Value;
  readonly frame: Frame | undefined;
  readonly at: Span | undefined;
  readonly spread?: true;
  /** The answer, where it is known already. */
  readonly known?: Resolved;
}

/** A value as far as the whole project knows it. Parts are looked at on demand. */
export type Resolved =
  | ResolvedText
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'constant'; readonly value: boolean | null | undefined }
  | ResolvedSecret
  | ResolvedVariable
  /** The whole environment as an object. */
  | { readonly kind: 'environment'; readonly access: VariableAccess; readonly specifier?: string }
  | { readonly kind: 'global'; readonly path: string; readonly place?: Place; readonly type?: TypeIn }
  /** An export of a package outside the project; members are appended: `HiltClient`, `default.create`. */
  | { readonly kind: 'outside'; readonly specifier: string; readonly name: string; readonly place?: Place }
  | { readonly kind: 'namespace'; readonly module: ModuleSummary }
  | ResolvedObject
  /** `isText`: it is written out as JSON. */
  | { readonly kind: 'array'; readonly items: readonly Lazy[]; readonly isText?: true }
  | { readonly kind: 'concat'; readonly parts: readonly Resolved[]; readonly place?: Place }
  | { readonly kind: 'choice'; readonly options: readonly Resolved[] }
  | ResolvedMember
  | ResolvedCall
  | ResolvedFunction
  /** `entries`: what statements outside its body put on it. */
  | { readonly kind: 'class'; readonly module: ModuleSummary; readonly cls: number; readonly frame: Frame | undefined; readonly entries?: readonly ResolvedEntry[] }
  | ResolvedInstance
  | { readonly kind: 'element'; readonly type: Lazy; readonly props: Lazy; readonly place: Place }
  | { readonly kind: 'parameter'; readonly module: ModuleSummary; readonly fn: number; readonly index: number; readonly name?: string; readonly place?: Place; readonly type?: TypeIn }
  | { readonly kind: 'unknown'; readonly place?: Place; readonly type?: TypeIn };

export interface ResolvedText {
  readonly kind: 'text';
  readonly text: string;
  readonly place?: Place;
  /** Where the parts of a text that was put together stand. */
  readonly pieces?: readonly TextPiece[];
}
/** A part of a text, by its offsets. */
export interface TextPiece { readonly start: number; readonly end: number; readonly place: Place }
export interface ResolvedSecret { readonly kind: 'secret'; readonly secret: Secret; readonly place: Place }
export interface ResolvedVariable {
  readonly kind: 'variable';
  readonly name: string;
  readonly access: VariableAccess;
  readonly form: VariableForm;
  readonly specifier?: string;
  readonly place: Place;
  /** Where a function looks it up that was given the name at `place`. */
  readonly lookedUpAt?: Place;
}
export interface ResolvedObject {
  readonly kind: 'object';
  readonly entries: readonly ResolvedEntry[];
  /** A `Map`, `Headers` or `URLSearchParams`: its entries are no properties alone, it has methods. */
  readonly container?: true;
  /** A `URLSearchParams`, which as a text is all that it holds, or an object that is written out as JSON. */
  readonly isText?: true;
  readonly place?: Place;
}
export interface ResolvedEntry {
  readonly key?: Lazy;
  readonly spread?: true;
  readonly value: Lazy;
  readonly place: Place;
  /** Put in by a statement that runs for each element of a list; `place` is the element's. */
  readonly isRepeated?: true;
}
export interface ResolvedMember { readonly kind: 'member'; readonly object: Resolved; readonly property: Resolved; readonly place?: Place; readonly type?: TypeIn }
export interface ResolvedCall {
  readonly kind: 'call';
  readonly callee: Resolved;
  readonly args: readonly Lazy[];
  readonly isNew: boolean;
  readonly place: Place;
  /** What is declared of the result. */
  readonly type?: TypeIn;
  readonly typeArguments?: readonly TypeIn[];
}
export interface ResolvedFunction {
  readonly kind: 'function';
  readonly module: ModuleSummary;
  readonly fn: number;
  readonly frame: Frame | undefined;
  readonly self: Resolved | undefined;
  /** Arguments that `.bind` fixed. */
  readonly bound?: readonly Lazy[];
  /** What statements outside its body put on it. */
  readonly entries?: readonly ResolvedEntry[];
}
export interface ResolvedInstance {
  readonly kind: 'instance';
  readonly module: ModuleSummary;
  readonly cls: number;
  readonly args: readonly Lazy[];
  /** Nobody in view made it: what its constructor was given is not known. */
  readonly isOpen?: true;
  readonly frame: Frame | undefined;
  readonly place?: Place;
}

/** Alternatives of one value that are followed. */
export const maxAlternatives = 16;

export function spanOf(value: Value): Span | undefined {
  return 'at' in value ? value.at : undefined;
}

/** What of a kind a value is or is made of: each of its alternatives, and each piece of a text. */
export function ofKind<K extends 'secret' | 'variable'>(value: Resolved, kind: K): Extract<Resolved, { kind: K }>[] {
  if (value.kind === 'choice') return value.options.flatMap((option) => ofKind(option, kind));
  if (value.kind === 'concat') return value.parts.flatMap((part) => ofKind(part, kind));
  return value.kind === kind ? [value as Extract<Resolved, { kind: K }>] : [];
}

/** Either of these, flat; what cannot be told, and what says the same, stands once. */
export function choiceOf(options: readonly Resolved[]): Resolved {
  const first = options[0];
  if (options.length === 1 && first) return first;
  const flat: Resolved[] = [];
  let hasUnknown = false;
  const add = (option: Resolved): void => {
    if (flat.length >= 4 * maxAlternatives) return;
    if (option.kind === 'unknown' ? hasUnknown : isRepeated(option, flat)) return;
    hasUnknown ||= option.kind === 'unknown';
    flat.push(option);
  };
  for (const option of options) {
    if (option.kind === 'choice') option.options.forEach(add);
    else add(option);
  }
  const only = flat[0];
  return flat.length === 1 && only ? only : { kind: 'choice', options: flat };
}

function isRepeated(option: Resolved, others: readonly Resolved[]): boolean {
  if (option.kind === 'constant' || option.kind === 'number') return others.some((other) => other.kind === option.kind && other.value === option.value);
  return others.includes(option);
}

/** The value with what is declared of it, where it does not tell by itself what it is. */
export function withType(value: Resolved, type: TypeIn): Resolved {
  switch (value.kind) {
    case 'unknown':
    case 'call':
    case 'member':
    case 'parameter':
    case 'global':
      return value.type ? value : { ...value, type };
    case 'choice':
      return { ...value, options: value.options.map((option) => withType(option, type)) };
    default:
      return value;
  }
}

/** Where the part of a text from `start` up to `end` stands: at the literal that holds all of it, else where the text was put together. */
export function placeWithin({ place, pieces = [] }: ResolvedText, start: number, end: number): Place | undefined {
  return pieces.find((piece) => piece.start <= start && end <= piece.end)?.place ?? place;
}

/** A text without its first characters. */
export function textFrom(value: ResolvedText, from: number): ResolvedText {
  const pieces = value.pieces?.flatMap(({ start, end, place }) => (end > from ? [{ start: Math.max(0, start - from), end: end - from, place }] : []));
  return { ...value, text: value.text.slice(from), ...(pieces ? { pieces } : {}) };
}

/** A value that is known already, where a lazy one is asked for. */
export function resolvedLazy(known: Resolved, place: Place): Lazy {
  return { module: place.module, value: { kind: 'unknown' }, frame: undefined, at: place.at, known };
}

/** What a method is taken from, where that is no function of the project: `console.log` of `console.log.bind`. */
export function ownerOf(method: Resolved): Resolved | undefined {
  if (method.kind === 'member') return method.object;
  const cut = (path: string): string => path.slice(0, path.lastIndexOf('.'));
  if (method.kind === 'global' && method.path.includes('.')) return { ...method, path: cut(method.path) };
  return method.kind === 'outside' && method.name.includes('.') ? { ...method, name: cut(method.name) } : undefined;
}

/** The last name of what is called: `createEnv`, `get`, `fetch`; empty where it has none. */
export function calleeName(callee: Resolved): string {
  switch (callee.kind) {
    case 'global':
      return callee.path.split('.').at(-1) ?? '';
    case 'outside':
      return callee.name.split('.').at(-1) ?? '';
    case 'member':
      return callee.property.kind === 'text' ? callee.property.text : '';
    case 'function':
      return callee.module.functions[callee.fn]?.name ?? '';
    default:
      return '';
  }
}
