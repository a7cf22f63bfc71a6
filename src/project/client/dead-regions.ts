import type { Branch, Test } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { BundlerProfile } from './bundler-profile.ts';

/** Regions that the bundler drops, as far as it decides their tests. */
export function deadRegions(branches: readonly Branch[], profile: Facts): Span[] {
  return branches.filter((branch) => {
    const outcome = decide(branch.test, profile);
    return outcome !== undefined && outcome !== branch.runsWhen;
  }).map((branch) => branch.at);
}

export type Facts = Pick<BundlerProfile, 'facts' | 'importedFacts' | 'foldsFlag' | 'foldsConstants'>;

/** How a test comes out under a bundler. `undefined`: it is asked at run time. */
export function decide(test: Test, profile: Facts): boolean | undefined {
  switch (test.kind) {
    case 'constant':
      return profile.foldsConstants ? test.value : undefined;
    case 'fact':
      return profile.facts[test.fact];
    case 'flag':
      if (!profile.foldsFlag(test.how)) return undefined;
      return test.part.kind === 'constant' ? test.part.value : decide(test.part, profile);
    case 'import':
      return profile.importedFacts(test.specifier, test.name, test);
    case 'not': {
      const part = decide(test.part, profile);
      return part === undefined ? undefined : !part;
    }
    case 'and':
    case 'or': {
      const decisive = test.kind === 'or';
      const parts = test.parts.map((part) => decide(part, profile));
      if (parts.includes(decisive)) return decisive;
      return parts.includes(undefined) ? undefined : !decisive;
    }
    case 'unknown':
      return undefined;
  }
}
