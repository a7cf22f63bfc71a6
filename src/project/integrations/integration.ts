import type { Secret } from '../../hilt/secret.ts';
import type { Span } from '../../syntax/span.ts';

/** A range in a file of the repository, whether or not the file is a module of the project. */
export interface FilePlace { readonly file: string; readonly at: Span }

/** What kind of manifest, or which place in a package, tells of an integration; as a message says it. */
export type IntegrationKind =
  | 'configured' | 'package' | 'application' | 'command' | 'script' | 'bot' | 'job' | 'worker' | 'function'
  | 'compose service' | 'container image' | 'process' | 'systemd unit' | 'cron entry' | 'workflow job'
  | 'container' | 'chart' | 'resource' | 'deployment';

/** Where a key comes from; two integrations with an equal origin use one key. */
export type KeyOrigin =
  /** The key itself, by digest. */
  | { readonly kind: 'literal'; readonly secret: Secret }
  /** An entry of a store of secrets: `github HILT_API_KEY`, `op://ops/hilt/key`. */
  | { readonly kind: 'reference'; readonly store: string; readonly name: string }
  /** A variable in the environment of a folder (`""` for the root), of which no value is known. */
  | { readonly kind: 'variable'; readonly scope: string; readonly name: string };

/** A variable that a manifest sets for what it runs. */
export interface Feed {
  /** As the program sees it. */
  readonly name: string;
  readonly origins: readonly KeyOrigin[];
  readonly place: FilePlace;
}

/** A file of variables that a manifest names; it need not be in the repository. */
export interface EnvFileReference { readonly path: string; readonly place: FilePlace }

/** One thing that a manifest runs, before it is known which of them are the same integration. */
export interface Unit {
  readonly kind: IntegrationKind;
  /** As a person says it: `telegram-bot`. */
  readonly name: string;
  /** Other names of it: the image, the container. */
  readonly aliases?: readonly string[];
  /** Where it is defined. */
  readonly place: FilePlace;
  /** The folder whose code it runs, where the manifest tells. */
  readonly folder?: string;
  /** Files of the repository that it starts. */
  readonly programs: readonly string[];
  readonly feeds: readonly Feed[];
  readonly envFiles: readonly EnvFileReference[];
}

/** A unit that is deployed or run on its own. */
export interface Integration {
  readonly name: string;
  readonly kind: IntegrationKind;
  readonly place: FilePlace;
  /** The folder whose environment it lives in. */
  readonly folder: string;
  /** Every code file is its own (a workspace package), not only what its entries reach. */
  readonly isWholeFolder: boolean;
  /** What is left of a package when its programs are taken out; a framework serves it, or these files start it. */
  readonly application?: { readonly starts: readonly string[]; readonly isServed: boolean };
  /** Files that start it. Empty where its code is not in the repository. */
  readonly entries: readonly string[];
  readonly feeds: readonly Feed[];
  readonly envFiles: readonly EnvFileReference[];
}

/** An integration that the configuration names, with globs relative to the root. */
export interface DeclaredIntegration { readonly name: string; readonly globs: readonly string[] }

/** Two origins with the same identity are one key. */
export function identityOf(origin: KeyOrigin): string {
  switch (origin.kind) {
    case 'literal':
      return `literal ${origin.secret.digest}`;
    case 'reference':
      return `reference ${origin.store} ${origin.name}`;
    case 'variable':
      return `variable ${origin.scope} ${origin.name}`;
  }
}
