import type { Span } from '../../syntax/span.ts';

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
