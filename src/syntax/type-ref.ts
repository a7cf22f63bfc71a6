import type { Value } from './value.ts';

/**
 * What a type annotation says, as far as it tells which class, which shape or which text a value is. Plain data: names stay names,
 * and `src/project/declared-types.ts` looks them up, through imports and re-exports. Keywords (`string`, `any`, `void`) and what
 * computes types (conditional and mapped types) are left out: a type that is absent says nothing.
 */
export type TypeRef =
  | NamedType
  | ImportedType
  | TextType
  | ShapeType
  | FunctionType
  | EitherType
  | MemberType
  | TypeOfValue
  | ArgumentType
  | GenericType;

/** A type that is declared in the module, or one that is built in (`Promise`, `Array`, `Pick`). */
export interface NamedType { readonly kind: 'named'; readonly name: string; readonly args?: readonly (TypeRef | null)[] }

/** `name` is as for `ImportValue`. */
export interface ImportedType { readonly kind: 'import'; readonly specifier: string; readonly name: string; readonly args?: readonly (TypeRef | null)[] }

/** A literal type. */
export interface TextType { readonly kind: 'text'; readonly text: string }

/** An interface or a type literal; `bases` are what it extends. A method is a member that is a function. */
export interface ShapeType { readonly kind: 'shape'; readonly members: Readonly<Record<string, TypeRef>>; readonly bases?: readonly TypeRef[] }

export interface FunctionType { readonly kind: 'function'; readonly parameters: readonly (TypeRef | null)[]; readonly returns?: TypeRef }

/** A union, or an intersection: one of these, or all of them. */
export interface EitherType { readonly kind: 'either'; readonly options: readonly TypeRef[] }

/** `T["client"]`, `Namespace.T`, an element of `T[]` (`number`). */
export interface MemberType { readonly kind: 'member'; readonly of: TypeRef; readonly name: string }

/** `typeof value`. */
export interface TypeOfValue { readonly kind: 'typeof'; readonly value: Value }

/** What a function takes at a place: the type of an object that is written as its argument. */
export interface ArgumentType { readonly kind: 'argument'; readonly callee: Value; readonly index: number; readonly isNew?: true }

/** An alias or an interface with type parameters, which stand in it as names. */
export interface GenericType { readonly kind: 'generic'; readonly parameters: readonly string[]; readonly type: TypeRef }
