import type { KeyOptions } from '../hilt/key-options.ts';
import type { LinkSettings } from '../project/link-settings.ts';

export type RuleLevel = 'off' | 'warn' | 'error';

export interface RuleSetting {
  /** Without it the rule has its own severity of `recommended`. */
  readonly level?: RuleLevel;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a scan needs to know beside its source. Everything has a default. */
export interface ScanSettings {
  /** By rule id. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly key: KeyOptions;
  /** Whether a file (POSIX path relative to the root) is left out. */
  readonly ignores: (file: string) => boolean;
  /** Fingerprints of accepted findings. */
  readonly baseline: ReadonlySet<string>;
  /** Whether imports are followed to other files. */
  readonly project: boolean;
  /** What the configuration says of the repository as a whole. */
  readonly link: LinkSettings;
  /** A text that differs where the configuration does. */
  readonly identity?: string;
  /** The tool's version, which turns the cache on; asked for when the first file mentions Hilt. */
  readonly cacheVersion?: () => Promise<string>;
  /** Whether the inventory of keys is made. */
  readonly inventory?: boolean;
  /** Whether masked code frames are made for the findings. */
  readonly frames: boolean;
}
