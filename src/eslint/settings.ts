import { checkConfig, configSchema } from '../engine/config-schema.ts';
import { ConfigError } from '../engine/errors.ts';
import { getNearestName } from '../engine/nearest-name.ts';
import { showKey } from '../engine/shown-key.ts';

/** `settings.hilt` of an ESLint configuration. What is absent is left to `hilt-guard.config.json`. */
export interface HiltSettings {
  /** Whether imports are followed to other files. Default: true. */
  readonly project: boolean;
  /** Whether findings that are only possible are reported. Default: true. ESLint has one severity for all that a rule finds. */
  readonly possible: boolean;
  readonly names?: readonly string[];
  readonly minBodyLength?: number;
  readonly hosts?: readonly string[];
}

const known = ['project', 'possible', 'key', 'hosts'];
const none: HiltSettings = { project: true, possible: true };
const read = new WeakMap<object, HiltSettings>();

/**
 * Reads and checks `settings.hilt`, once an object.
 *
 * @throws ConfigError that names the setting and what may stand there, never its value
 */
export function readSettings(settings: Readonly<Record<string, unknown>>): HiltSettings {
  const hilt = settings['hilt'];
  if (hilt === undefined) return none;
  if (typeof hilt !== 'object' || hilt === null || Array.isArray(hilt)) throw new ConfigError('settings.hilt of the ESLint configuration must be an object.');
  const checked = read.get(hilt) ?? check(hilt as Record<string, unknown>);
  read.set(hilt, checked);
  return checked;
}

function check(hilt: Record<string, unknown>): HiltSettings {
  const unknown = Object.keys(hilt).find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownKey([unknown], known);
  const { project = true, possible = true, key, hosts } = hilt;
  if (typeof project !== 'boolean') throw new ConfigError('settings.hilt.project of the ESLint configuration must be true or false.');
  if (typeof possible !== 'boolean') throw new ConfigError('settings.hilt.possible of the ESLint configuration must be true or false.');
  // The configuration file has the same two keys, in the same form.
  const checked = checkConfig({ ...(key !== undefined && { key }), ...(hosts !== undefined && { hosts }) });
  if ('problem' in checked) {
    const { path, kind, expected, known: names } = checked.problem;
    if (kind === 'unknown-key') throw unknownKey(path, names);
    throw new ConfigError(`settings.hilt.${showKey(path)} of the ESLint configuration must be ${expected}.`);
  }
  const { config } = checked;
  return {
    project,
    possible,
    ...(config.key?.names && { names: config.key.names }),
    ...(config.key?.minBodyLength !== undefined && { minBodyLength: config.key.minBodyLength }),
    ...(config.hosts && { hosts: config.hosts }),
  };
}

function unknownKey(path: readonly (string | number)[], names: readonly string[]): ConfigError {
  const name = String(path.at(-1));
  const nearest = getNearestName(name, names);
  const hint = nearest !== undefined ? `Did you mean "${nearest}"?` : path.length === 1 && Object.hasOwn(configSchema.entries, name) ? elsewhere(name) : `Known here: ${names.join(', ')}.`;
  return new ConfigError(`settings.hilt of the ESLint configuration has an unknown key "${showKey(path)}". ${hint}`);
}

function elsewhere(name: string): string {
  return name === 'rules' ? 'Levels stand under `rules` of the ESLint configuration: "hilt/no-hardcoded-key": "error".' : `It belongs in hilt-guard.config.json, which ESLint reads too.`;
}
