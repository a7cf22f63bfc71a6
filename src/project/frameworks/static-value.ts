import type { Span } from '../../syntax/span.ts';
import { joinPath } from '../graph/posix-path.ts';

/**
 * What an expression of a configuration file is, read from its AST and never run. Wrappers (`defineConfig(x)`, `withPlugin(x)`) hold what they are
 * given; functions hold what they return; what cannot be known is `unknown`.
 */
export type StaticValue =
  | { readonly kind: 'text'; readonly text: string; readonly at: Span }
  | { readonly kind: 'constant'; readonly value: number | boolean | null | undefined; readonly at: Span }
  /** A read of one variable of the environment. */
  | { readonly kind: 'env'; readonly name: string; readonly at: Span }
  /** The environment as an object; `prefix` limits its names. */
  | { readonly kind: 'environment'; readonly prefix?: readonly string[]; readonly at: Span }
  /** A path relative to the root of the repository. */
  | { readonly kind: 'path'; readonly path: string; readonly at: Span }
  | { readonly kind: 'concat'; readonly parts: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'object'; readonly entries: readonly StaticEntry[]; readonly at: Span }
  | { readonly kind: 'array'; readonly items: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'regexp'; readonly source: string; readonly at: Span }
  /** Any of these, or all of them merged. */
  | { readonly kind: 'choice'; readonly options: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'call'; readonly callee: string; readonly isNew: boolean; readonly args: readonly StaticValue[]; readonly results: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'function'; readonly returns: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'unknown'; readonly at: Span };

export interface StaticEntry {
  /** `undefined` for a spread or a computed key. */
  readonly key?: string;
  readonly value: StaticValue;
  /** The whole property. */
  readonly at: Span;
  /** The key alone. */
  readonly keyAt: Span;
}

/** Every value that may stand at a path of keys: through wrappers, functions, choices and spreads. `*` takes any key. */
export function valuesAt(value: StaticValue, path: readonly string[]): StaticValue[] {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  return parts(value).flatMap((part) => {
    if (part.kind === 'array' && key === '*') return part.items.flatMap((item) => valuesAt(item, rest));
    if (part.kind !== 'object') return [];
    const own = part.entries.filter((entry) => entry.key !== undefined && (key === '*' || entry.key === key));
    const spread = part.entries.filter((entry) => entry.key === undefined && entry.value.kind !== 'object').flatMap((entry) => valuesAt(entry.value, path));
    const inner = part.entries.filter((entry) => entry.key === undefined && entry.value.kind === 'object').flatMap((entry) => valuesAt(entry.value, path));
    return [...own.flatMap((entry) => valuesAt(entry.value, rest)), ...inner, ...spread];
  });
}

const deepest = 30;

/** The values that a value consists of, wrappers and functions opened. */
export function parts(value: StaticValue, depth = 0): StaticValue[] {
  if (depth > deepest) return [];
  switch (value.kind) {
    case 'choice':
      return value.options.flatMap((option) => parts(option, depth + 1));
    case 'function':
      return value.returns.flatMap((item) => parts(item, depth + 1));
    case 'call':
      return [value, ...value.args.flatMap((arg) => parts(arg, depth + 1)), ...value.results.flatMap((item) => parts(item, depth + 1))];
    default:
      return [value];
  }
}

/** The entries of an object through wrappers and spreads; an entry without key is one that could not be read. */
export function entriesOf(value: StaticValue): StaticEntry[] {
  return parts(value).flatMap((part) => {
    if (part.kind !== 'object') return [];
    return part.entries.flatMap((entry) => (entry.key === undefined && canOpen(entry.value) ? entriesOf(entry.value) : [entry]));
  });
}

function canOpen(value: StaticValue): boolean {
  return parts(value).some((part) => part.kind === 'object');
}

/** The texts of a string, a list of strings, or a choice of them. */
export function textsOf(value: StaticValue): string[] {
  return parts(value).flatMap((part) => (part.kind === 'text' ? [part.text] : part.kind === 'array' ? part.items.flatMap(textsOf) : []));
}

/** Items of a list that are looked at: one that is longer is generated. */
export const mostItems = 200;

/** The items of a list, of all lists where it is a choice of them. */
export function itemsOf(value: StaticValue): readonly StaticValue[] | undefined {
  const lists = parts(value).flatMap((part) => (part.kind === 'array' ? [part.items] : []));
  return lists.length > 0 ? lists.flat() : undefined;
}

/** The value of a member: of the environment a variable, of an object its last entry of that name. */
export function propertyOf(object: StaticValue, key: string, at: Span): StaticValue {
  if (object.kind === 'environment') return { kind: 'env', name: key, at };
  // `loadEnv(…)` gives the environment, `dotenv.config()` has it under `parsed`, `z.parse(process.env)` hands it on.
  if (object.kind === 'call' && object.args.some((arg) => arg.kind === 'environment')) return { kind: 'env', name: key, at };
  const item = object.kind === 'array' ? object.items[Number(key)] : undefined;
  if (item !== undefined) return item;
  const found = valuesAt(object, [key]);
  if (found.length === 1 && found[0] !== undefined) return found[0];
  if (found.length > 1) return { kind: 'choice', options: found, at };
  // `env.HILT_API_KEY` of a module that cannot be read (a validated environment): the name says what it is.
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(key) ? { kind: 'env', name: key, at } : { kind: 'unknown', at };
}

/** Text as far as it is known; a path with text behind it is a path. */
export function joined(parts: readonly StaticValue[], at: Span): StaticValue {
  const [first, ...rest] = parts;
  if (first === undefined) return { kind: 'text', text: '', at };
  if (parts.every((part) => part.kind === 'text')) return { kind: 'text', text: parts.map((part) => part.text).join(''), at };
  if (first.kind === 'path' && rest.every((part) => part.kind === 'text')) {
    const path = joinPath(first.path, rest.map((part) => part.text).join(''));
    return path === undefined ? { kind: 'unknown', at } : { kind: 'path', path, at };
  }
  return { kind: 'concat', parts: parts.flatMap((part) => (part.kind === 'concat' ? part.parts : [part])), at };
}

/** Values of another file keep their meaning and stand where this file names them. */
export function located(value: StaticValue, at: Span): StaticValue {
  switch (value.kind) {
    case 'object':
      return { ...value, at, entries: value.entries.map((entry) => ({ ...entry, at, keyAt: at, value: located(entry.value, at) })) };
    case 'array':
      return { ...value, at, items: value.items.map((item) => located(item, at)) };
    case 'choice':
      return { ...value, at, options: value.options.map((option) => located(option, at)) };
    case 'call':
      return { ...value, at, args: value.args.map((arg) => located(arg, at)), results: value.results.map((result) => located(result, at)) };
    case 'function':
      return { ...value, at, returns: value.returns.map((item) => located(item, at)) };
    case 'concat':
      return { ...value, at, parts: value.parts.map((part) => located(part, at)) };
    default:
      return { ...value, at };
  }
}
