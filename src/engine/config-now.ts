import { dirname, relative, resolve, sep } from 'node:path';
import * as jsonc from 'jsonc-parser';
import { defaultKeyOptions } from '../hilt/key-options.ts';
import { rules } from '../../rules/index.ts';
import { readBaseline } from './baseline.ts';
import { problemError, readRuleSettings } from './config.ts';
import type { Config } from './config.ts';
import { locateWith, parseWith, readConfigText, toConfigFile } from './config-file.ts';
import type { ConfigFile } from './config-file.ts';
import { checkConfig } from './config-schema.ts';
import { findConfig } from './find-config.ts';
import { compileIgnorePatterns } from './ignore-patterns.ts';
import { linkSettingsOf } from './run.ts';
import type { LinkSettings } from '../project/link-settings.ts';

/** What of the configuration a host needs that reports file by file and has severities of its own. */
export type FileConfig = Pick<Config, 'ignores' | 'key'> & {
  readonly link: LinkSettings;
  /** Levels and options, as the scanner has them: by them the baseline was made. */
  readonly rules: Config['rules'];
  /** Fingerprints of accepted findings. */
  readonly baseline: ReadonlySet<string>;
  /** Absolute path of the file that they stand in. */
  readonly baselinePath?: string;
};

const emptyConfig: FileConfig = { ignores: () => false, key: defaultKeyOptions, link: {}, rules: new Map(), baseline: new Set() };

/**
 * Finds and reads the configuration for a host that cannot wait. It loads all that it may need at once, which the command
 * line avoids.
 *
 * @param cwd absolute folder in which the search begins
 * @param root absolute folder in which it ends, and that paths are relative to
 * @throws ConfigError with file, line and column; it names keys of the file, never their values
 */
export function loadConfigNow(cwd: string, root: string): FileConfig {
  const path = findConfig(cwd, root);
  const file = path === undefined ? undefined : readNow(path);
  if (!file) return emptyConfig;
  const checked = checkConfig(file.value);
  if ('problem' in checked) throw problemError(locateWith(jsonc, file, checked.problem.path), checked.problem);
  const { ignore = [], key, hosts, client = [], server = [], integrations = {}, baseline } = checked.config;
  const read = readRuleSettings(checked.config.rules ?? {}, rules);
  if ('problem' in read) throw problemError(locateWith(jsonc, file, read.problem.path), read.problem);
  const baselinePath = baseline === undefined ? undefined : resolve(dirname(file.path), baseline);
  const base = relative(root, dirname(file.path)).split(sep).join('/');
  const ignores = ignore.length === 0 ? () => false : compileIgnorePatterns(ignore, base.startsWith('..') ? '' : base);
  const declared = Object.fromEntries(Object.entries(integrations).map(([name, globs]) => [name, typeof globs === 'string' ? [globs] : globs]));
  return {
    ignores,
    rules: read.settings,
    baseline: new Set(baselinePath === undefined ? [] : readBaseline(baselinePath).map(({ fingerprint }) => fingerprint)),
    ...(baselinePath !== undefined && { baselinePath }),
    link: linkSettingsOf({ integrations: declared, client, server, base, ignores }),
    key: {
      names: key?.names ?? defaultKeyOptions.names,
      minBodyLength: key?.minBodyLength ?? defaultKeyOptions.minBodyLength,
      hosts: hosts ?? defaultKeyOptions.hosts,
    },
  };
}

function readNow(path: string): ConfigFile | undefined {
  const text = readConfigText(path);
  if (text === undefined) return undefined;
  return toConfigFile(parseWith(jsonc, text, path), text, path);
}
