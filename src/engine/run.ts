import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { defaultKeyOptions } from '../hilt/key-options.ts';
import type { LinkSettings } from '../project/link-settings.ts';
import type { Notice } from '../sources/notice.ts';
import type { Source } from '../sources/source.ts';
import type { Config } from './config.ts';
import { UsageError } from './errors.ts';
import { findConfig, noticesOfUnused } from './find-config.ts';
import { scan } from './scan.ts';
import type { ScanResult } from './scan.ts';
import type { RuleLevel, RuleSetting, ScanSettings } from './settings.ts';
import { describeUnknownRule } from './unknown-rule.ts';

/** Which bytes are scanned. Paths are literal, relative to the working directory. */
export type Input =
  | { readonly kind: 'tree'; readonly paths: readonly string[] }
  | { readonly kind: 'staged'; readonly paths: readonly string[] }
  | { readonly kind: 'stdin'; readonly filename: string; readonly bytes: Uint8Array };

export interface RunOptions {
  /** Absolute path. */
  readonly cwd: string;
  readonly input: Input;
  /** Path of a configuration file that is used instead of the one that is found. */
  readonly config?: string;
  /** Path of a baseline file, `false` for none; default: the configuration's. */
  readonly baseline?: string | false;
  /** Levels by rule id; they overrule the configuration's. */
  readonly rules?: ReadonlyMap<string, RuleLevel>;
  readonly project: boolean;
  readonly frames: boolean;
  /** Whether the inventory of keys is made. */
  readonly inventory?: boolean;
  /** Version of the tool; with it the cache of import edges is used. */
  readonly cacheVersion?: () => Promise<string>;
}

export interface RunResult extends ScanResult {
  readonly config: Config;
  /** Absolute path that findings' files are relative to. */
  readonly root: string;
}

/**
 * Opens the source, reads the configuration and scans.
 *
 * @throws UsageError, ConfigError, SourceError (a named path does not exist), GitError
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const cwd = realpathSync(options.cwd);
  const source = await openSource(options.input, cwd);
  const found = options.config === undefined ? findConfig(cwd, source.root) : undefined;
  const config = await getConfig(options.config === undefined ? found : resolve(cwd, options.config), source.root);
  const settings: ScanSettings = {
    rules: await overrule(config.rules, options.rules ?? new Map()),
    key: config.key,
    ignores: options.input.kind === 'staged' ? leaveOutUnnamed(config, options.input.paths, cwd, source) : config.ignores,
    baseline: await readFingerprints(options.baseline === undefined ? config.baseline : options.baseline && resolve(cwd, options.baseline)),
    project: options.project,
    frames: options.frames,
    link: { ...linkSettingsOf(config), types: options.input.kind === 'tree' },
    identity: JSON.stringify([config.path, config.content, [...(options.rules ?? [])]]),
    ...(options.inventory && { inventory: true }),
    ...(options.cacheVersion && { cacheVersion: options.cacheVersion }),
  };
  const result = await scan(source, settings);
  return { ...result, notices: [...noticesOfUnused(found), ...(await noticesOfNamed(options.input, cwd, source.root, config)), ...result.notices], config, root: source.root };
}

async function noticesOfNamed(input: Input, cwd: string, root: string, { ignores }: Config): Promise<readonly Notice[]> {
  const named = input.kind === 'tree' ? input.paths : input.kind === 'stdin' ? [input.filename] : [];
  if (named.length === 0 || ignores === emptyConfig.ignores) return [];
  return (await import('./left-out.ts')).noticesOfLeftOut(named, cwd, root, ignores);
}

/** What the configuration says of the repository as a whole, its globs made relative to the root. */
export function linkSettingsOf({ integrations, client, server, base, ignores }: Pick<Config, 'integrations' | 'client' | 'server' | 'base'> & Partial<Pick<Config, 'ignores'>>): LinkSettings {
  const prefix = base === '' || base.startsWith('..') ? '' : `${base}/`;
  const fromRoot = (globs: readonly string[]): string[] => globs.map((glob) => prefix + glob.replace(/^\.\//, ''));
  return {
    integrations: Object.entries(integrations).map(([name, globs]) => ({ name, globs: fromRoot(globs) })),
    client: fromRoot(client),
    server: fromRoot(server),
    ...(ignores && { ignores }),
  };
}

const emptyConfig: Config = {
  rules: new Map(), ignores: () => false, client: [], server: [], integrations: {}, base: '', key: defaultKeyOptions,
};

async function getConfig(path: string | undefined, root: string): Promise<Config> {
  if (path === undefined) return emptyConfig;
  const { loadConfig } = await import('./config.ts');
  return loadConfig(path, root);
}

/** Only the module of the source that is asked for is loaded: start-up counts on the hook's path. */
async function openSource(input: Input, cwd: string): Promise<Source> {
  if (input.kind === 'staged') {
    const { openStaged } = await import('../sources/index-source.ts');
    return openStaged({ cwd });
  }
  if (input.kind === 'stdin') {
    const { openStdin } = await import('../sources/stdin.ts');
    return openStdin({ cwd, filename: input.filename, bytes: input.bytes });
  }
  const { openWorkingTree } = await import('../sources/working-tree.ts');
  return openWorkingTree({ cwd, ...(input.paths.length > 0 && { paths: input.paths }) });
}

/** Tools such as lint-staged name the staged files; then only their entries of the index are reported on. A file may be in the index alone. */
function leaveOutUnnamed(config: Config, paths: readonly string[], cwd: string, { root, paths: listIndex }: Source): (file: string) => boolean {
  if (paths.length === 0) return config.ignores;
  const named = paths.map((path) => relative(root, resolve(cwd, path)).split(sep).join('/'));
  const isInIndex = (name: string): boolean => listIndex().has(name) || [...listIndex()].some((file) => file.startsWith(`${name}/`));
  const missing = paths.find((path, index) => !existsSync(resolve(cwd, path)) && !isInIndex(named[index] ?? ''));
  if (missing !== undefined) throw new UsageError(`The path "${missing}" does not exist, neither on disk nor in the index. Paths are taken literally: patterns are not expanded.`);
  const isNamed = (file: string): boolean => named.some((name) => name === '' || file === name || file.startsWith(`${name}/`));
  return (file) => !isNamed(file) || config.ignores(file);
}

async function overrule(settings: ReadonlyMap<string, RuleSetting>, levels: ReadonlyMap<string, RuleLevel>): Promise<ReadonlyMap<string, RuleSetting>> {
  if (levels.size === 0) return settings;
  const { rules } = await import('../../rules/index.ts');
  const overruled = new Map(settings);
  for (const [id, level] of levels) {
    if (!rules.some((rule) => rule.id === id)) throw new UsageError(describeUnknownRule(id, rules.map((rule) => rule.id)));
    overruled.set(id, { options: settings.get(id)?.options ?? {}, level });
  }
  return overruled;
}

async function readFingerprints(path: string | false | undefined): Promise<ReadonlySet<string>> {
  if (path === undefined || path === false) return new Set();
  const { readBaseline } = await import('./baseline.ts');
  return new Set(readBaseline(path).map(({ fingerprint }) => fingerprint));
}
