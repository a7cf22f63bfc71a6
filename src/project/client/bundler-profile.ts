import type { Effect, FlagKind } from '../../syntax/module-summary.ts';
import type { ImportedFlagKind } from '../frameworks/bundler.ts';

/** What a bundler keeps and decides, as far as it makes a difference to what ships. */
export interface BundlerProfile {
  /** `export`: unused exports are dropped; `module`: all exports of a module that is imported ship (Metro); `file`: a file ships as it is. */
  readonly treeShaking: 'export' | 'module' | 'file';
  /** Whether code that may do this stays where nobody uses what it declares. */
  readonly keeps: (effect: Effect) => boolean;
  /** Whether `{ url, key }` ships whole where only `url` is read. `undefined`: it depends. */
  readonly keepsUnusedProperty: boolean | undefined;
  /** Whether a default import of JSON ships the whole file. `undefined`: it depends. */
  readonly keepsWholeJson: boolean | undefined;
  /** Whether JSON that is imported ships although nobody reads it. */
  readonly keepsUnusedJson: boolean;
  /** Whether items of an array that nobody reads ship. */
  readonly keepsUnusedItems: boolean;
  /** Whether a dynamic import in a function that nobody calls makes a chunk. */
  readonly keepsUnusedDynamicImport: boolean;
  /** Build-time facts that the bundler knows in client code, by name (`typeof window`, `production`). */
  readonly facts: Readonly<Record<string, boolean>>;
  /** Constants that an import gives in client code: `$app/environment browser`. */
  readonly importedFacts: (specifier: string, name: string, asked: { readonly member?: string; readonly equals?: string | number }) => boolean | undefined;
  /** Whether imports whose names are only used as types stay, where tsconfig asks for them as they are (`verbatimModuleSyntax`). */
  readonly keepsVerbatimImports: boolean;
  /** Whether `"sideEffects": false` counts. */
  readonly honoursSideEffects: boolean | 'workspace';
  /** Whether a module without side effects still takes in those with some that it imports and does not use. */
  readonly followsUnusedImports: boolean;
  /** Whether `if (false)` is decided at all. */
  readonly foldsConstants: boolean;
  /** Whether of a module that is taken in everything ships, used or not. */
  readonly keepsModules: boolean;
  /** Whether flags of the module are looked into: `const debug = false`, `flags.debug`, an imported constant. */
  readonly foldsFlag: (how: FlagKind | ImportedFlagKind) => boolean;
  /** Whether `const { a } = await import(…)` and `(await import(…)).a` ship the whole module, or only the latter does. */
  readonly keepsWholeDynamic: boolean | 'member';
  /** Whether JSON that CommonJS requires ships whole, also where one property is read. */
  readonly keepsRequiredJson: boolean;
  /** Whether `const ns = await import(…)`, and `import(…).then((ns) => …)`, ship the whole module whatever is read of `ns`. */
  readonly keepsNamedDynamic: (how: 'variable' | 'parameter') => boolean;
  /** Whether of a statement that nobody uses all stays, or only what does something. */
  readonly keepsIdleParts: (of: 'static' | 'heritage' | 'immediate' | undefined) => boolean;
  /** Whether `const { a } = ns` ships the whole namespace or object. */
  readonly keepsDestructured: boolean;
  readonly keepsDestructuredObject: boolean;
  /** Whether `object[name]` ships all of the object where `name` is a constant. */
  readonly keepsIndexed: boolean;
  /** Whether `export * as ns from` ships the whole namespace. */
  readonly keepsReexportedNamespace: boolean;
  /** Whether `ns?.a` ships the whole namespace. */
  readonly keepsOptionalNamespace: boolean;
  /** Whether a dynamic import of a template text takes in the folder that it may mean. */
  readonly followsFolders: boolean;
  /** Whether members of enumerations that nobody reads ship. */
  readonly keepsEnumMembers: boolean | undefined;
  /** Whether what stands in a program that was searched as text only, for it is too large, counts as used, and all that it imports. */
  readonly takesUnread: boolean;
  /** Whether exports of CommonJS modules that nobody uses ship. */
  readonly keepsUnusedCommonJs: boolean | undefined;
  /** Whether a `require` in a function that nobody calls takes its module in. */
  readonly keepsUncalledRequires: boolean;
  /** Whether a `require` of an ES module takes all its exports, whatever is read of them. */
  readonly keepsRequiredModules: boolean;
  /** Whether `typeof key` of a constant text is decided. */
  readonly foldsTypeof: boolean;
  /** Whether `new URL("./x", import.meta.url)` and workers are followed. */
  readonly followsUrls: boolean;
}
