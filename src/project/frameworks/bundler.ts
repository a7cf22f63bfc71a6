import type { Effect, FlagKind } from '../../syntax/module-summary.ts';
import type { VariableForm } from '../../syntax/value.ts';
import type { ManifestReading } from '../graph/resolution.ts';

/** Constants of other modules: a truth value, a text that is compared, a property of a JSON file. */
export type ImportedFlagKind = 'imported' | 'imported-text' | 'json';

export type BundlerId =
  | 'esbuild' | 'rollup' | 'rolldown' | 'vite' | 'webpack' | 'rspack' | 'parcel' | 'bun' | 'metro' | 'turbopack' | 'angular' | 'none';

/**
 * What a bundler keeps and replaces. All of it was built and looked at (esbuild 0.28, Rollup 4, Rolldown 1, Vite 7 and 8, webpack 5,
 * Rspack 2, Parcel 2, Bun 1, Metro 0.83, Next 16, Angular 21); `undefined` where versions differ and the version is not known.
 */
export interface BundlerTraits {
  /** What is dropped when nobody uses it: exports of a module that ships, only what a module neither uses nor exports, or nothing of a file. */
  readonly treeShaking: 'export' | 'module' | 'file';
  /** What stays of code whose result nobody uses, by what evaluating it may do; what is missing differs or is not known. */
  readonly keepsEffects: Readonly<Partial<Record<Effect, boolean | undefined>>>;
  /** Whether properties of an imported object that nobody reads stay. */
  readonly keepsUnusedProperties: boolean | undefined;
  /** Whether items of an imported array that nobody reads stay. */
  readonly keepsUnusedItems: boolean;
  /** Whether a default import of JSON ships the whole file, also when one property is read. */
  readonly keepsWholeJson: boolean | undefined;
  /** Whether JSON that is imported ships even if nobody reads it. */
  readonly keepsUnusedJson: boolean;
  /** Whether `import()` in a function that nobody calls still makes a chunk that can be downloaded. */
  readonly keepsUncalledDynamicImports: boolean | undefined;
  /** Whether `verbatimModuleSyntax` keeps imports whose names are only types. */
  readonly keepsVerbatimImports: boolean | undefined;
  /** Whether `if (false)` is decided at all. */
  readonly foldsConstants: boolean;
  /** Whether of a module that is taken in everything ships, used or not, comments too. */
  readonly keepsModules: boolean;
  /** Whether flags are followed to their constant: `const debug = false`, `flags.debug`, an imported constant; and other code that never runs. */
  readonly foldsFlags: readonly (FlagKind | ImportedFlagKind)[];
  /** Those of them that are not always followed. */
  readonly foldsFlagsSometimes: readonly (FlagKind | ImportedFlagKind)[];
  /** Whether `const keys = await import(…)`, and `import(…).then((keys) => …)`, ship the whole module whatever is read of `keys`. */
  readonly keepsNamedDynamic: Readonly<Record<'variable' | 'parameter', boolean | undefined>>;
  /**
   * Whether of a statement that nobody uses all stays, or only what does something; listed: all of a class with a static
   * member that does, or that extends the result of something that does; all of a function that is called where it stands.
   */
  readonly keepsIdleParts: 'all' | readonly ('static' | 'heritage' | 'immediate')[];
  /** Whether JSON that CommonJS requires ships whole, also where one property is read. */
  readonly keepsRequiredJson: boolean;
  /** Whether `const { a } = await import(…)` and `(await import(…)).a` ship the whole module, or only the latter does, always or sometimes. */
  readonly keepsWholeDynamic: boolean | 'member' | 'sometimes';
  /** Whether `const { a } = ns` ships the whole namespace. */
  readonly keepsDestructured: boolean;
  /** Whether `const { a } = object` ships the whole object. */
  readonly keepsDestructuredObject: boolean;
  /** Whether `object[name]` ships all of the object where `name` is a constant. */
  readonly keepsIndexed: boolean;
  /** Whether `export * as ns from` ships the whole namespace, also where one name of it is read. */
  readonly keepsReexportedNamespace: boolean;
  /** Whether `ns?.a` ships the whole namespace. */
  readonly keepsOptionalNamespace: boolean;
  readonly keepsEnumMembers: boolean | undefined;
  readonly keepsUnusedCommonJs: boolean | undefined;
  /** Whether a `require` in a function that nobody calls takes its module in. */
  readonly keepsUncalledRequires: boolean;
  /** Whether a `require` of an ES module takes all its exports, whatever is read of them. */
  readonly keepsRequiredModules: boolean;
  /** Whether `"sideEffects": false` counts; `workspace`: only of a package that is imported by its name. */
  readonly honoursSideEffects: boolean | 'workspace';
  /** Whether a module without side effects still takes in those with some that it imports and does not use. */
  readonly followsUnusedImports: boolean;
  /** Where it resolves a name to another file of a package than most bundlers do. */
  readonly manifests: ManifestReading;
  /** Whether `typeof key` of a constant text is decided, so that the text goes. */
  readonly foldsTypeof: boolean;
  /** Whether `new URL("./x", import.meta.url)` and workers are followed. */
  readonly followsUrls: boolean;
  /** Whether a dynamic import of a template text takes in the folder that it may mean. */
  readonly followsFolders: boolean;
  readonly sourceMapsByDefault: boolean;
  /** Whether a source map holds modules of which nothing is left in the code. */
  readonly mapsHoldUnused: boolean;
  /** Whether `process.env.NODE_ENV !== "production"` is decided when bundling. */
  readonly foldsNodeEnv: boolean | 'development' | undefined;
  /** Whether legal comments (`/*!`, `@license`) stay in the output or in a file beside it; `marked`: only those that begin with `!`. */
  readonly keepsLegalComments: boolean | 'marked';
  /** Forms in which a defined expression is replaced. */
  readonly definedForms: readonly VariableForm[];
}

const dotted: readonly VariableForm[] = ['dot', 'bracket', 'optional', 'parenthesised'];

const shaking: BundlerTraits = {
  treeShaking: 'export',
  keepsEffects: {
    effect: true, 'raw-template': true, 'guarded-call': true, 'array-call': true, 'new-outside': true, 'new-empty': true, 'guarded-new': true, 'new-builtin': false, 'coercing-call': false, new: true, 'new-fields': true, freeze: true, 'prototype-write': true,
    'static-field': false, 'new-collection': false, 'builtin-call': false, 'text-call': false, coercion: false, iife: false, 'clean-call': false, 'member-read': false, destructuring: false, 'local-write': false, 'commonjs-export': false,
  },
  keepsUnusedProperties: true,
  keepsUnusedItems: false,
  keepsWholeJson: true,
  keepsUnusedJson: false,
  keepsUncalledDynamicImports: undefined,
  keepsVerbatimImports: true,
  foldsConstants: true,
  keepsModules: false,
  foldsFlags: ['exit', 'const', 'local-const', 'object', 'imported', 'imported-text', 'unused-local', 'unused-function', 'loop', 'switch', 'both-exit', 'block-exit'],
  foldsFlagsSometimes: [],
  keepsNamedDynamic: { variable: false, parameter: false },
  keepsIdleParts: ['static'],
  keepsRequiredJson: true,
  keepsWholeDynamic: false,
  keepsDestructured: true,
  keepsDestructuredObject: true,
  keepsIndexed: false,
  keepsReexportedNamespace: false,
  keepsOptionalNamespace: true,
  keepsEnumMembers: false,
  keepsUnusedCommonJs: undefined,
  keepsUncalledRequires: true,
  keepsRequiredModules: true,
  honoursSideEffects: true,
  followsUnusedImports: false,
  manifests: {},
  foldsTypeof: true,
  followsUrls: false,
  followsFolders: false,
  sourceMapsByDefault: false,
  mapsHoldUnused: false,
  foldsNodeEnv: true,
  keepsLegalComments: true,
  definedForms: dotted,
};

const esbuild: BundlerTraits = {
  ...shaking,
  keepsEffects: { ...shaking.keepsEffects, 'clean-call': true, 'coercing-call': true, 'new-builtin': true, 'member-read': true, destructuring: true, 'local-write': true, 'commonjs-export': true, 'builtin-call': undefined, 'text-call': true, coercion: true },
  keepsUnusedItems: true,
  keepsUncalledDynamicImports: true,
  foldsFlags: ['exit', 'imported', 'local-const', 'switch', 'both-exit'],
  keepsNamedDynamic: { variable: true, parameter: true },
  keepsIdleParts: 'all',
  followsUnusedImports: true,
  foldsTypeof: false,
  keepsWholeDynamic: true,
  keepsReexportedNamespace: true,
  keepsUnusedCommonJs: true,
  followsFolders: true,
};

const rolldown: BundlerTraits = {
  ...shaking,
  keepsEffects: { ...shaking.keepsEffects, destructuring: true, 'coercing-call': undefined },
  keepsWholeJson: false,
  keepsOptionalNamespace: false,
  keepsUncalledDynamicImports: false,
  keepsUncalledRequires: false,
  foldsFlags: ['exit', 'const', 'local-const', 'imported', 'imported-text', 'json', 'unused-local', 'unused-function', 'loop', 'switch', 'both-exit', 'block-exit'],
  // Only a minified build decides it.
  foldsNodeEnv: undefined,
};

// Rollup proves classes pure, drops properties that nobody reads, and has neither `define` nor JSON of its own (plugins replace text).
const rollup: BundlerTraits = {
  ...shaking,
  keepsEffects: { ...shaking.keepsEffects, 'raw-template': false, 'guarded-call': false, 'array-call': false, 'new-outside': undefined, 'new-empty': false, 'guarded-new': false, new: false, 'new-fields': undefined, freeze: false, 'prototype-write': false, 'commonjs-export': true,
    // A plugin that lowers class fields turns them into calls.
    'static-field': undefined,
  },
  keepsUnusedProperties: false,
  keepsWholeJson: false,
  keepsUncalledDynamicImports: false,
  keepsDestructured: false,
  keepsOptionalNamespace: false,
  keepsDestructuredObject: false,
  foldsFlags: [...shaking.foldsFlags, 'json'],
  keepsNamedDynamic: { variable: true, parameter: undefined },
  keepsWholeDynamic: 'sometimes',
  keepsRequiredJson: false,
  keepsEnumMembers: true,
  honoursSideEffects: 'workspace',
  foldsNodeEnv: undefined,
  // The resolve plugin knows a package by the path that a link has, and the modules in it by the path behind the link.
  manifests: { ignoresBrowserMap: true },
  definedForms: ['dot'],
};

const webpack: BundlerTraits = {
  ...shaking,
  keepsEffects: { ...shaking.keepsEffects, 'clean-call': undefined, 'coercing-call': undefined, 'guarded-call': undefined, 'new-builtin': true, 'new-collection': true, 'builtin-call': true, 'text-call': true, 'prototype-write': false, 'local-write': undefined },
  keepsUnusedProperties: false,
  foldsFlags: [...shaking.foldsFlags, 'json'],
  foldsFlagsSometimes: ['json'],
  keepsIdleParts: [],
  keepsRequiredJson: false,
  keepsWholeJson: false,
  keepsUncalledDynamicImports: true,
  keepsWholeDynamic: 'member',
  keepsDestructured: false,
  keepsEnumMembers: true,
  keepsUnusedCommonJs: false,
  keepsRequiredModules: false,
  followsUrls: true,
  followsFolders: true,
  definedForms: [...dotted, 'destructured', 'alias'],
};

const rspack: BundlerTraits = {
  ...webpack,
  keepsEffects: { ...shaking.keepsEffects, 'raw-template': false, 'new-builtin': true, 'new-empty': false, 'builtin-call': undefined, 'text-call': undefined },
  keepsUncalledDynamicImports: false,
  keepsVerbatimImports: false,
  keepsWholeDynamic: false,
  keepsEnumMembers: undefined,
  keepsUnusedCommonJs: undefined,
  keepsLegalComments: false,
  definedForms: [...dotted, 'alias'],
};

const parcel: BundlerTraits = {
  ...webpack,
  keepsEffects: { ...shaking.keepsEffects, 'clean-call': undefined, 'coercing-call': undefined, 'guarded-call': undefined, 'new-builtin': true, 'new-empty': false, destructuring: true, 'builtin-call': undefined, 'text-call': undefined },
  keepsWholeJson: true,
  keepsUnusedJson: true,
  keepsRequiredJson: true,
  foldsFlags: shaking.foldsFlags,
  keepsVerbatimImports: false,
  keepsReexportedNamespace: true,
  keepsDestructured: true,
  keepsUnusedCommonJs: undefined,
  keepsLegalComments: false,
  sourceMapsByDefault: true,
  mapsHoldUnused: true,
  // Unless the manifest of the root says otherwise (https://parceljs.org/features/dependency-resolution/#package-exports).
  manifests: { ignoresExports: true },
  definedForms: ['dot', 'bracket', 'destructured'],
};

// Without tree shaking every export of what is imported ships; only locals that nobody uses go (0.83 and 0.84 built).
const metro: BundlerTraits = {
  ...shaking,
  treeShaking: 'module',
  keepsEffects: { ...shaking.keepsEffects, 'commonjs-export': true },
  keepsUnusedProperties: false,
  keepsUnusedJson: true,
  keepsUncalledDynamicImports: false,
  keepsVerbatimImports: false,
  keepsUnusedCommonJs: true,
  honoursSideEffects: false,
  foldsFlags: ['exit', 'const', 'local-const', 'object', 'unused-local', 'unused-function', 'loop', 'switch', 'both-exit', 'block-exit'],
  definedForms: ['dot', 'bracket'],
};

const bun: BundlerTraits = {
  ...shaking,
  keepsEffects: { ...shaking.keepsEffects, 'coercing-call': true, 'new-builtin': true, destructuring: undefined, coercion: undefined, 'builtin-call': true, 'text-call': true, iife: true, 'clean-call': true, 'member-read': true, 'local-write': true },
  keepsVerbatimImports: false,
  keepsUnusedItems: true,
  keepsUncalledDynamicImports: false,
  keepsUncalledRequires: false,
  keepsRequiredModules: false,
  followsUnusedImports: true,
  manifests: { conditions: ['development'] },
  foldsTypeof: false,
  foldsFlags: ['exit', 'unused-local', 'local-const'],
  keepsIdleParts: 'all',
  keepsLegalComments: 'marked',
  foldsNodeEnv: 'development',
  definedForms: ['dot', 'bracket', 'parenthesised'],
};

/** The traits of a bundler in a major version; without a version, what its versions share. */
export function bundlerTraits(id: BundlerId, major?: number): BundlerTraits {
  switch (id) {
    case 'esbuild':
    case 'angular':
      // Angular builds with esbuild from version 17 on; with webpack before it.
      return esbuild;
    case 'rollup':
      return rollup;
    case 'rolldown':
      return rolldown;
    case 'vite':
      return viteTraits(major);
    case 'webpack':
      return webpack;
    case 'turbopack':
      return { ...webpack, keepsEffects: shaking.keepsEffects, definedForms: ['dot', 'bracket', 'optional', 'alias'], keepsUnusedProperties: undefined, keepsWholeJson: true };
    case 'rspack':
      return rspack;
    case 'parcel':
      return parcel;
    case 'bun':
      return bun;
    case 'metro':
      return metro;
    case 'none':
      // A page loads its modules as they are.
      return { ...shaking, treeShaking: 'file', keepsUncalledDynamicImports: true, foldsConstants: false, foldsFlags: [], foldsNodeEnv: false, followsUrls: true, definedForms: [] };
  }
}

/** Vite 8 bundles with Rolldown, earlier ones with Rollup (https://vite.dev/guide/migration); esbuild or Oxc replaces `define`. */
function viteTraits(major: number | undefined): BundlerTraits {
  const shared = { foldsNodeEnv: true, honoursSideEffects: true, manifests: {}, followsUrls: true, followsFolders: true, keepsLegalComments: false, keepsEnumMembers: true, definedForms: dotted } as const;
  const eight: BundlerTraits = { ...rolldown, ...shared, keepsWholeJson: true, keepsNamedDynamic: { variable: true, parameter: false }, foldsFlags: rolldown.foldsFlags.filter((flag) => flag !== 'json') };
  // esbuild minifies what Rollup has bundled, and leaves loops that never run.
  const seven: BundlerTraits = { ...rollup, ...shared, keepsEffects: { ...rollup.keepsEffects, 'static-field': false, 'new-fields': false }, keepsUnusedItems: true, foldsFlags: rollup.foldsFlags.filter((flag) => flag !== 'loop'), foldsFlagsSometimes: ['switch'], keepsWholeDynamic: false, keepsIndexed: true, keepsIdleParts: ['static', 'heritage', 'immediate'] };
  if (major !== undefined) return major >= 8 ? eight : seven;
  const { 'commonjs-export': _commonjs, 'raw-template': _raw, 'guarded-call': _guarded, 'array-call': _array, 'new-empty': _empty, 'guarded-new': _guardedNew, 'new-outside': _outside, 'coercing-call': _coercing, new: _new, 'new-fields': _fields, freeze: _freeze, 'prototype-write': _prototype, destructuring: _destructuring, ...agreed } = eight.keepsEffects;
  return { ...eight, keepsEffects: agreed, keepsUnusedProperties: undefined, keepsWholeJson: undefined, keepsNamedDynamic: { variable: true, parameter: undefined } };
}

/** Bundlers that minify only where they are told to; the others do so unless they are told not to. */
const plainByDefault = new Set<BundlerId>(['esbuild', 'rollup', 'rolldown', 'bun']);

/** What a build keeps that is minified, that is not, or of which nothing tells: then what both keep, and what one of them may. */
export function traitsOf(id: BundlerId, major: number | undefined, traits: BundlerTraits, minified: boolean | undefined): Kept {
  if (minified === true || (minified === undefined && !plainByDefault.has(id))) return { strict: traits, loose: traits };
  const plain = unminified(id, major, traits);
  return minified === false ? plain : { strict: traits, loose: plain.loose };
}

interface Kept { readonly strict: BundlerTraits; readonly loose: BundlerTraits }

/** Built without a minifier: esbuild 0.28, Rollup 4, Rolldown 1, Vite 8, webpack 5, Bun 1. */
function unminified(id: BundlerId, major: number | undefined, minified: BundlerTraits): Kept {
  const traits: BundlerTraits = { ...minified, foldsTypeof: false };
  const both = (own: BundlerTraits): Kept => ({ strict: own, loose: own });
  const without = (...flags: (FlagKind | ImportedFlagKind)[]): BundlerTraits['foldsFlags'] => traits.foldsFlags.filter((flag) => !flags.includes(flag));
  const effects = traits.keepsEffects;
  switch (id) {
    case 'esbuild':
      // A statement that never runs stays in some forms, and what only it imports goes.
      return { strict: { ...traits, foldsFlags: ['exit'], foldsNodeEnv: 'development' }, loose: { ...traits, foldsConstants: false, foldsFlags: [], foldsNodeEnv: false } };
    case 'bun':
      return { strict: { ...traits, foldsFlags: [], keepsEffects: { ...effects, 'new-collection': true } }, loose: { ...traits, foldsFlags: [], keepsEffects: { ...effects, 'new-collection': true, coercion: true } } };
    case 'rollup':
      return both({ ...traits, foldsFlags: without('loop', 'switch'), keepsUnusedItems: true, keepsIndexed: true, keepsIdleParts: 'all', keepsEffects: { ...effects, 'member-read': undefined } });
    case 'rolldown':
      return both({ ...traits, foldsFlags: without('loop', 'switch', 'imported-text', 'json'), foldsNodeEnv: 'development', keepsUnusedItems: true, keepsIdleParts: 'all', keepsEffects: { ...effects, 'text-call': true, 'clean-call': true, 'coercing-call': true, 'local-write': undefined, 'member-read': true } });
    case 'vite':
      return both({ ...traits, foldsFlags: without('loop', 'switch'), keepsUnusedItems: true, keepsIdleParts: ['static', 'heritage', 'immediate'], keepsLegalComments: true, ...(major !== undefined && major < 8 ? {} : { keepsEffects: { ...effects, 'text-call': true, 'local-write': undefined } }) });
    case 'webpack':
    case 'rspack':
      return { strict: { ...traits, keepsUnusedProperties: true, keepsUnusedItems: true }, loose: { ...traits, keepsModules: true, foldsFlags: [], keepsUnusedProperties: true, keepsUnusedItems: true } };
    default:
      return both(traits);
  }
}
