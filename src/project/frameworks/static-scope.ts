import type { Node } from '../../syntax/estree/node.ts';
import type { StaticValue } from './static-value.ts';

export interface StaticModule {
  readonly file: string;
  /** What the module exports as its default, or by `module.exports`. */
  readonly main: StaticValue;
  exported(name: string): StaticValue;
  /** Every call and construction in the file, wherever it stands. */
  calls(): readonly (StaticValue & { readonly kind: 'call' })[];
  /** Every assignment to a member, wherever it stands, with the keys that are known: `args[0]["process.env"].X = value`. */
  writes(): readonly { readonly keys: readonly string[]; readonly value: StaticValue }[];
  /** Whether the parser took the file as it is. */
  readonly isWhole: boolean;
}

/** Reads a module that a configuration imports; `undefined` if it is not in the repository. */
export type ModuleReader = (from: string, specifier: string) => StaticModule | undefined;

/** The names that are known where an expression stands. */
export interface Scope {
  readonly file: string;
  readonly folder: string;
  readonly names: Map<string, Binding>;
  readonly assigned: Map<string, Assigned[]>;
  readonly outer: Scope | undefined;
  readonly read: ModuleReader;
  /** Evaluates an expression. Declarations ask for it here, since what a function declares is part of evaluating its call. */
  readonly evaluate: (node: Node | undefined, scope: Scope) => StaticValue;
  /** Expressions under evaluation: a circle ends as `unknown`. */
  readonly active: Set<Node>;
  readonly budget: { steps: number };
}

/** `config.env = x`, `define[name] = x`: a value that is put below a name. Without a path: all of it is put in. */
export interface Assigned { readonly path: readonly string[]; readonly node: Node; readonly scope: Scope }

export type Binding =
  | { readonly kind: 'expression'; readonly node: Node; readonly path: readonly string[] }
  | { readonly kind: 'import'; readonly specifier: string; readonly name: string }
  | { readonly kind: 'function'; readonly node: Node }
  | { readonly kind: 'parameter' }
  /** A parameter, or the variable of a loop, whose value is known. */
  | { readonly kind: 'value'; readonly value: StaticValue };

/** A scope of its own inside another one. */
export function innerScope(scope: Scope): Scope {
  return { ...scope, names: new Map(), assigned: new Map(), outer: scope };
}

/** What a name is bound to, and the scope that binds it. */
export function lookUp(name: string, scope: Scope): { binding: Binding; owner: Scope } | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const binding = at.names.get(name);
    if (binding !== undefined) return { binding, owner: at };
  }
  return undefined;
}
