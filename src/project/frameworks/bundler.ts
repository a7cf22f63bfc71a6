import type { VariableForm } from '../../syntax/value.ts';

export type BundlerId =
  | 'esbuild' | 'rollup' | 'rolldown' | 'vite' | 'webpack' | 'rspack' | 'parcel' | 'bun' | 'metro' | 'turbopack' | 'angular' | 'none';

/**
 * What a bundler keeps and replaces. All of it was built and looked at (esbuild 0.28, Rollup 4, Rolldown 1, Vite 7 and 8, webpack 5,
 * Rspack 2, Parcel 2, Bun 1, Metro 0.83, Next 16, Angular 21); `undefined` where versions differ and the version is not known.
 */
export interface BundlerTraits {
  /** What is dropped when nobody uses it: exports of a module that ships, or only modules that nobody imports. */
  readonly treeShaking: 'export' | 'module';
  /** Whether `export const c = new C(KEY)` stays when nobody imports `c`. */
  readonly keepsUnusedNew: boolean | undefined;
  /** Whether properties of an imported object that nobody reads stay. */
  readonly keepsUnusedProperties: boolean | undefined;
  /** Whether a default import of JSON ships the whole file, also when one property is read. */
  readonly keepsWholeJson: boolean | undefined;
  /** Whether `import()` in a function that nobody calls still makes a chunk that can be downloaded. */
  readonly keepsUncalledDynamicImports: boolean | undefined;
  /** Whether `verbatimModuleSyntax` keeps imports whose names are only types. */
  readonly keepsVerbatimImports: boolean | undefined;
  readonly sourceMapsByDefault: boolean;
  /** Whether `process.env.NODE_ENV !== "production"` is decided when bundling. */
  readonly foldsNodeEnv: boolean;
  /** Whether legal comments (`/*!`, `@license`) stay in the output or in a file beside it. */
  readonly keepsLegalComments: boolean;
  /** Forms in which a defined expression is replaced. */
  readonly definedForms: readonly VariableForm[];
}

const dotted: readonly VariableForm[] = ['dot', 'bracket', 'optional', 'parenthesised'];

const shaking: BundlerTraits = {
  treeShaking: 'export',
  keepsUnusedNew: true,
  keepsUnusedProperties: true,
  keepsWholeJson: true,
  keepsUncalledDynamicImports: undefined,
  keepsVerbatimImports: true,
  sourceMapsByDefault: false,
  foldsNodeEnv: true,
  keepsLegalComments: true,
  definedForms: dotted,
};

const rolldown: BundlerTraits = { ...shaking, foldsNodeEnv: false, keepsUncalledDynamicImports: false };

// Rollup proves classes pure, drops properties that nobody reads, and has neither `define` nor JSON of its own (plugins replace text).
const rollup: BundlerTraits = {
  ...shaking,
  keepsUnusedNew: false,
  keepsUnusedProperties: false,
  keepsWholeJson: false,
  keepsUncalledDynamicImports: false,
  foldsNodeEnv: false,
  definedForms: ['dot'],
};

const webpack: BundlerTraits = {
  ...shaking,
  keepsUnusedProperties: false,
  keepsWholeJson: false,
  keepsUncalledDynamicImports: true,
  keepsVerbatimImports: undefined,
  keepsLegalComments: true,
  definedForms: [...dotted, 'destructured', 'alias'],
};

/** The traits of a bundler in a major version; without a version, what its versions share. */
export function bundlerTraits(id: BundlerId, major?: number): BundlerTraits {
  switch (id) {
    case 'esbuild':
      return { ...shaking, keepsUncalledDynamicImports: true };
    case 'angular':
      // Builds with esbuild from version 17 on; the Webpack builder before it.
      return { ...shaking, keepsUncalledDynamicImports: true };
    case 'rollup':
      return rollup;
    case 'rolldown':
      return rolldown;
    case 'vite':
      return viteTraits(major);
    case 'webpack':
      return webpack;
    case 'turbopack':
      return { ...webpack, definedForms: ['dot', 'bracket', 'optional', 'alias'], keepsUnusedProperties: undefined };
    case 'rspack':
      return { ...webpack, definedForms: [...dotted, 'alias'] };
    case 'parcel':
      return { ...webpack, keepsWholeJson: true, keepsVerbatimImports: false, sourceMapsByDefault: true, definedForms: ['dot', 'bracket', 'destructured'] };
    case 'bun':
      return { ...shaking, keepsVerbatimImports: false, foldsNodeEnv: false, definedForms: ['dot', 'bracket', 'parenthesised'] };
    case 'metro':
      // Without tree shaking whatever is imported ships whole (metro 0.83, built).
      return { ...shaking, treeShaking: 'module', keepsUncalledDynamicImports: true, keepsVerbatimImports: false, definedForms: ['dot', 'bracket'] };
    case 'none':
      // A page loads its modules as they are.
      return { ...shaking, treeShaking: 'module', keepsUncalledDynamicImports: true, foldsNodeEnv: false, definedForms: [] };
  }
}

/** Vite 8 bundles with Rolldown, earlier ones with Rollup (https://vite.dev/guide/migration); esbuild or Oxc replaces `define`. */
function viteTraits(major: number | undefined): BundlerTraits {
  if (major === undefined) return { ...rolldown, keepsUnusedNew: undefined, keepsUnusedProperties: undefined, keepsWholeJson: undefined, foldsNodeEnv: true };
  return major >= 8 ? { ...rolldown, foldsNodeEnv: true } : { ...rollup, foldsNodeEnv: true, definedForms: dotted };
}
