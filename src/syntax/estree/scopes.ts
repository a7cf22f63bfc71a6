import type { EmptyValues } from './empty-values.ts';
import { isNode, type Node } from './node.ts';

export type VariableKind = 'const' | 'let' | 'function' | 'class' | 'parameter' | 'import' | 'enum' | 'namespace' | 'other';

/** A write to a variable, or to a property of what it holds. */
export interface Write {
  readonly node: Node;
  readonly scope: Scope;
  readonly operator: string;
  /** The assigned expression; absent where the value cannot be told (`x++`). */
  readonly value?: Node;
  /** The variable goes through the elements (`of`) or the keys (`in`) of `value`. */
  readonly each?: 'of' | 'in';
  /** Destructuring path of the write, as for `Variable.path`. */
  readonly path: readonly PathStep[];
  /** Inside a branch, a loop or another function than the declaration: it may or may not have happened. */
  readonly conditional: boolean;
  /** The loop that it happens in, each time round. */
  readonly loop?: Loop;
}

/** A loop statement, or the function that `forEach` calls with each item. */
export interface Loop {
  readonly node: Node;
  /** What `forEach` goes over. */
  readonly list?: Node;
  readonly scope: Scope;
  readonly outer: Loop | undefined;
  /** Between the loop and what it is asked for stands a branch. */
  readonly conditional: boolean;
}

/** One step from an initialiser to a destructured name: a property, an index, or what a rest element leaves. */
export interface PathStep {
  readonly key?: string;
  readonly keyNode?: Node;
  readonly rest?: true;
  /** Keys that an object's rest leaves out. */
  readonly except?: readonly string[];
  readonly fallback?: Node;
  /** The property or element pattern, where a read of the name stands. */
  readonly at: Node;
}

export interface PropertyWrite {
  /** Properties between the variable and the object that is written to: `["headers"]` in `options.headers.Cookie = c`. */
  readonly under: readonly string[];
  readonly key?: string;
  readonly keyNode: Node;
  readonly computed: boolean;
  readonly value: Node;
  readonly node: Node;
  readonly scope: Scope;
}

/** `delete x.key` */
export interface Deletion {
  /** As in {@link PropertyWrite}. */
  readonly under: readonly string[];
  readonly key: string;
  readonly node: Node;
  readonly scope: Scope;
}

/** A call that changes what the variable holds: `.set(k, v)`, `.append(k, v)`, `.push(v)`, `Object.assign(x, more)`. */
export interface MutatingCall {
  /** As in {@link PropertyWrite}. */
  readonly under: readonly string[];
  readonly method: string;
  /** Adds the entries of its arguments: `headers.update(more)` of Python. */
  readonly merges: boolean;
  readonly args: readonly Node[];
  readonly node: Node;
  readonly scope: Scope;
}

export interface Variable {
  readonly name: string;
  readonly kind: VariableKind;
  readonly scope: Scope;
  /** The declaration: declarator, function, class, parameter pattern, import specifier, enum. */
  readonly node: Node;
  readonly init?: Node;
  readonly path: readonly PathStep[];
  readonly parameter?: { readonly fn: Node; readonly index: number; readonly rest: boolean; readonly fallback?: Node };
  readonly importFrom?: { readonly specifier: string; readonly name: string; readonly typeOnly: boolean };
  /** Further declarations of the name that add to it: enums, namespaces. */
  readonly merged: Node[];
  /** The `for (;;)` statement that counts with it. */
  counter?: Node;
  readonly writes: Write[];
  readonly propertyWrites: PropertyWrite[];
  readonly mutatingCalls: MutatingCall[];
  readonly deletions: Deletion[];
}

export interface Scope {
  readonly parent: Scope | undefined;
  /** Function node, or the program for the module's own scope. */
  readonly fn: Node;
  /** The class that opens it. */
  readonly cls?: Node;
  readonly variables: Map<string, Variable>;
  /** A namespace or a static block: `var` and functions inside belong to it. */
  readonly hoists?: true;
}

/** The call that a function is written into as an argument, from 0. */
export interface PassedTo { readonly call: Node; readonly index: number; readonly scope: Scope }

export interface Scopes {
  readonly module: Scope;
  /** Where code has asked for a value and there is none. */
  readonly empty: EmptyValues;
  /** Classes and object literals: what `this` may stand for. */
  readonly owners: readonly Node[];
  /** Where a function is an argument of a call. */
  passedTo(fn: Node): PassedTo | undefined;
  /** The block that a `catch` stands after. */
  tried(clause: Node): Node | undefined;
  /** The scope that a node opens, if it opens one. */
  opened(node: Node): Scope | undefined;
}

/** The variable that a name means in a scope; `undefined` for a global. */
export function lookUp(scope: Scope, name: string): Variable | undefined {
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    const variable = current.variables.get(name);
    if (variable) return variable;
  }
  return undefined;
}

export function isClass(node: Node): boolean {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
/** A function with a body: an abstract method and an overload are types. */
export function isFunction(node: Node): boolean {
  return functionTypes.has(node.type) && isNode(node['body']);
}
