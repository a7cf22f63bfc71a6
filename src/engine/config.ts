import { dirname, relative, resolve, sep } from 'node:path';
import type { Rule } from '../../rules/rule.ts';
import { defaultKeyOptions } from '../hilt/key-options.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import { locate, readConfigFile } from './config-file.ts';
import type { ConfigFile } from './config-file.ts';
import type { ConfigProblem, RawConfig } from './config-schema.ts';
import { ConfigError } from './errors.ts';
import { getNearestName } from './nearest-name.ts';
import type { RuleSetting } from './settings.ts';
import { showKey } from './shown-key.ts';

/** A configuration as the engine needs it. Without a file everything is empty. */
export interface Config {
  /** Absolute path of the file, if there is one. */
  readonly path?: string;
  /** What the file says, as JSON. */
  readonly content?: string;
  /** By rule id; every id is known. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** Whether a file (POSIX path relative to the root) is left out. */
  readonly ignores: (file: string) => boolean;
  /** Globs relative to `base`. */
  readonly client: readonly string[];
  readonly server: readonly string[];
  readonly integrations: Readonly<Record<string, readonly string[]>>;
  /** POSIX folder of the configuration relative to the root; empty for the root. */
  readonly base: string;
  readonly key: KeyOptions;
  /** Absolute path of the baseline file. */
  readonly baseline?: string;
}

/**
 * Reads a configuration that was found or named.
 *
 * @param root absolute folder that paths are relative to
 * @throws ConfigError with file, line and column; it names keys of the file, never their values
 */
export async function loadConfig(path: string, root: string): Promise<Config> {
  const file = await readConfigFile(path);
  if (!file) throw new ConfigError(`The configuration ${path} does not exist${path.endsWith('package.json') ? ' or has no "hiltGuard" key' : ''}. Check --config.`);
  const { checkConfig } = await import('./config-schema.ts');
  const checked = checkConfig(file.value);
  if ('problem' in checked) throw await makeProblemError(file, checked.problem);
  return makeConfig(file, checked.config, root);
}

async function makeConfig(file: ConfigFile, raw: RawConfig, root: string): Promise<Config> {
  const base = relative(root, dirname(file.path)).split(sep).join('/');
  const toList = (globs: string | readonly string[]): readonly string[] => (typeof globs === 'string' ? [globs] : globs);
  return {
    path: file.path,
    content: JSON.stringify(raw),
    rules: await readRules(file, raw.rules ?? {}),
    ignores: await compileIgnore(raw.ignore ?? [], base),
    client: raw.client ?? [],
    server: raw.server ?? [],
    integrations: Object.fromEntries(Object.entries(raw.integrations ?? {}).map(([name, globs]) => [name, toList(globs)])),
    base,
    key: {
      names: raw.key?.names ?? defaultKeyOptions.names,
      minBodyLength: raw.key?.minBodyLength ?? defaultKeyOptions.minBodyLength,
      hosts: raw.hosts ?? defaultKeyOptions.hosts,
    },
    ...(raw.baseline !== undefined && { baseline: resolve(dirname(file.path), raw.baseline) }),
  };
}

/** The matcher is loaded when the first path is asked for, and only where something is ignored. */
async function compileIgnore(patterns: readonly string[], base: string): Promise<(file: string) => boolean> {
  if (patterns.length === 0) return () => false;
  const { compileIgnorePatterns } = await import('./ignore-patterns.ts');
  // A folder outside the root (`--config ../shared.json`) is taken as the root.
  return compileIgnorePatterns(patterns, base.startsWith('..') ? '' : base);
}

async function readRules(file: ConfigFile, raw: NonNullable<RawConfig['rules']>): Promise<ReadonlyMap<string, RuleSetting>> {
  if (Object.keys(raw).length === 0) return new Map();
  const { rules } = await import('../../rules/index.ts');
  const read = readRuleSettings(raw, rules);
  if ('problem' in read) throw await makeProblemError(file, read.problem);
  return read.settings;
}

/** Levels and options by rule id, or what is wrong with them first. */
export function readRuleSettings(raw: NonNullable<RawConfig['rules']>, rules: readonly Pick<Rule, 'id' | 'meta'>[]): { settings: ReadonlyMap<string, RuleSetting> } | { problem: ConfigProblem } {
  const settings = new Map<string, RuleSetting>();
  for (const [name, value] of Object.entries(raw)) {
    const rule = rules.find(({ id }) => id === name.replace(/^hilt\//, ''));
    if (!rule) return { problem: { path: ['rules', name], kind: 'unknown-key', expected: 'a rule id', known: rules.map(({ id }) => id) } };
    if (settings.has(rule.id)) return { problem: { path: ['rules', name], kind: 'repeated-key', expected: rule.id, known: [] } };
    const [level, options = {}] = typeof value === 'string' ? [value] : value;
    const known = getOptionNames(rule.meta.schema);
    const unknown = Object.keys(options).find((option) => !known.includes(option));
    if (unknown !== undefined) return { problem: { path: ['rules', name, 1, unknown], kind: 'unknown-key', expected: `an option of ${rule.id}`, known } };
    settings.set(rule.id, { level, options });
  }
  return { settings };
}

/** The option names of a rule, from the JSON schema that ESLint checks in full. */
function getOptionNames(schema: unknown): string[] {
  const first: unknown = Array.isArray(schema) ? schema[0] : schema;
  if (typeof first !== 'object' || first === null || !('properties' in first)) return [];
  return Object.keys(first.properties ?? {});
}

async function makeProblemError(file: ConfigFile, problem: ConfigProblem): Promise<ConfigError> {
  return problemError(await locate(file, problem.path), problem);
}

/** The error for what `checkConfig` found; `place` is `path:line:column`. */
export function problemError(place: string, { path, kind, expected, known }: ConfigProblem): ConfigError {
  if (kind === 'wrong-value') {
    const name = path.length === 0 ? 'The configuration' : `"${showKey(path)}"`;
    return new ConfigError(`${place}: ${name} must be ${expected}.`);
  }
  if (kind === 'reserved-key') return new ConfigError(`${place}: "${showKey(path)}" is no name that can stand here.`);
  if (kind === 'repeated-key') return new ConfigError(`${place}: "${showKey(path)}" sets the level of "${expected}" a second time. Keep one.`);
  if (known.length === 0) return new ConfigError(`${place}: "${showKey(path)}": this rule has no options. Give it its level alone: "error".`);
  const nearest = getNearestName(String(path.at(-1)), known);
  const hint = nearest !== undefined ? `Did you mean "${nearest}"?` : `Known here: ${known.join(', ')}.`;
  return new ConfigError(`${place}: Unknown key "${showKey(path)}". ${hint}`);
}
