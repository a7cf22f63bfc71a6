import type { DeclaredIntegration } from './integrations/integration.ts';

/** What a configuration says of the repository as a whole. */
export interface LinkSettings {
  /** Integrations that are named; they take the place of what is worked out. */
  readonly integrations?: readonly DeclaredIntegration[];
  /** Whether a file (POSIX path relative to the root) is left out of everything. */
  readonly ignores?: (file: string) => boolean;
  /** Globs relative to the root: files that are client code, and files that are not. */
  readonly client?: readonly string[];
  readonly server?: readonly string[];
  /** The tool's version, under which the cache of import edges is read and written. Without it there is no cache. */
  readonly cacheVersion?: string;
  /** The modules that a commit changes, where it changes nothing but modules: only what these have to do with can be new. */
  readonly changedModules?: () => ReadonlySet<string> | undefined;
  /** Whether nothing is known of earlier commits, and later ones will go by what is found. */
  readonly isFirstRun?: boolean;
  /** Whether TypeScript's checker is asked what annotations do not tell: where there is time for it. */
  readonly types?: boolean;
}
