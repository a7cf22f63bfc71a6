import { isWebOnly } from '../frameworks/config-facts.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import type { DeadGuard } from '../frameworks/framework.ts';
import type { BundlerProfile } from './bundler-profile.ts';

/**
 * The bundler's behaviour as liveness asks for it. Where versions differ and the version is not known, `lenient` takes
 * what keeps more: what only ships then is `possible`.
 */
export function profileOf({ framework, traits: strictTraits, looseTraits, bundler, facts: configured }: DetectedFramework, lenient: boolean): BundlerProfile {
  const traits = lenient ? looseTraits : strictTraits;
  const facts = Object.fromEntries(framework.deadGuards.flatMap(factOfGuard));
  // Whoever decides `import.meta.env.SSR` decides its neighbours too (built: Vite, Rsbuild, webpack).
  const hasMode = 'import.meta.env.SSR' in facts || bundler === 'vite';
  // Bun takes `development` for the mode; that the build says otherwise, by a variable of its environment, nothing tells.
  const isDevelopment = traits.foldsNodeEnv === 'development';
  const foldsNodeEnv = isDevelopment ? !lenient : (traits.foldsNodeEnv ?? !lenient);
  return {
    treeShaking: traits.treeShaking,
    keeps: (effect) => traits.keepsEffects[effect] ?? lenient,
    keepsUnusedProperty: traits.keepsUnusedProperties,
    keepsUnusedItems: traits.keepsUnusedItems,
    keepsUnusedDynamicImport: traits.keepsUncalledDynamicImports ?? lenient,
    keepsWholeJson: traits.keepsWholeJson,
    keepsUnusedJson: traits.keepsUnusedJson,
    keepsVerbatimImports: traits.keepsVerbatimImports ?? lenient,
    honoursSideEffects: traits.honoursSideEffects,
    followsUnusedImports: traits.followsUnusedImports,
    foldsConstants: traits.foldsConstants,
    keepsModules: traits.keepsModules,
    foldsFlag: (how) => how === 'type' || (traits.foldsFlags.includes(how) && !(lenient && traits.foldsFlagsSometimes.includes(how))),
    keepsWholeDynamic: traits.keepsWholeDynamic === 'sometimes' ? lenient && 'member' : traits.keepsWholeDynamic,
    keepsNamedDynamic: (how) => traits.keepsNamedDynamic[how] ?? lenient,
    keepsIdleParts: (of) => traits.keepsIdleParts === 'all' || (of !== undefined && traits.keepsIdleParts.includes(of)),
    keepsRequiredJson: traits.keepsRequiredJson,
    keepsDestructured: traits.keepsDestructured,
    keepsDestructuredObject: traits.keepsDestructuredObject,
    keepsIndexed: traits.keepsIndexed,
    keepsOptionalNamespace: traits.keepsOptionalNamespace,
    keepsReexportedNamespace: traits.keepsReexportedNamespace,
    keepsEnumMembers: traits.keepsEnumMembers,
    keepsUnusedCommonJs: traits.keepsUnusedCommonJs,
    keepsUncalledRequires: traits.keepsUncalledRequires,
    keepsRequiredModules: traits.keepsRequiredModules,
    foldsTypeof: traits.foldsTypeof,
    takesUnread: lenient || traits.treeShaking !== 'export',
    followsUrls: traits.followsUrls,
    followsFolders: traits.followsFolders,
    facts: {
      ...(foldsNodeEnv ? { production: !isDevelopment } : {}),
      ...(hasMode ? { 'import.meta.env.PROD': true, 'import.meta.env.DEV': false, 'import.meta.hot': false } : {}),
      ...facts,
      ...(isWebOnly(configured) ? { 'Platform.OS web': true, 'Platform.OS ios': false, 'Platform.OS android': false, 'Platform.OS native': false } : {}),
    },
    importedFacts: (specifier, name) => framework.deadGuards.find((guard) => 'module' in guard && guard.module === specifier && guard.name === name)?.client as boolean | undefined,
  };
}

function factOfGuard(guard: DeadGuard): [string, boolean][] {
  return 'expression' in guard ? [[guard.expression, guard.client === true || guard.client === 'object']] : [];
}
