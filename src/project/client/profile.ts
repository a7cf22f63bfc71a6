import type { DetectedFramework } from '../frameworks/detect.ts';
import type { DeadGuard } from '../frameworks/framework.ts';
import type { BundlerProfile } from './liveness.ts';

/**
 * The bundler's behaviour as liveness asks for it. Where versions differ and the version is not known, `lenient` takes
 * what keeps more: what only ships then is `possible`.
 */
export function profileOf({ framework, traits, bundler }: DetectedFramework, lenient: boolean): BundlerProfile {
  const isVite = bundler === 'vite';
  return {
    treeShaking: traits.treeShaking,
    keepsUnusedNew: traits.keepsUnusedNew ?? lenient,
    keepsUnusedProperty: traits.keepsUnusedProperties,
    keepsUnusedDynamicImport: traits.keepsUncalledDynamicImports ?? lenient,
    keepsWholeJson: traits.keepsWholeJson,
    keepsTypeImports: false,
    facts: {
      ...(traits.foldsNodeEnv ? { production: true } : {}),
      ...(isVite ? { 'import.meta.env.PROD': true, 'import.meta.env.DEV': false } : {}),
      ...Object.fromEntries(framework.deadGuards.flatMap(factOfGuard)),
    },
    importedFacts: (specifier, name) => framework.deadGuards.find((guard) => 'module' in guard && guard.module === specifier && guard.name === name)?.client as boolean | undefined,
  };
}

function factOfGuard(guard: DeadGuard): [string, boolean][] {
  return 'expression' in guard ? [[guard.expression, guard.client === true || guard.client === 'object']] : [];
}
