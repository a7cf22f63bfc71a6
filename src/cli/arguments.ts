import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../engine/errors.ts';
import { getNearestName } from '../engine/nearest-name.ts';
import type { RuleLevel } from '../engine/settings.ts';
import * as messages from './messages.ts';

const commands = ['scan', 'hook', 'bundle', 'keys', 'init', 'baseline', 'explain'] as const;
export type CommandName = (typeof commands)[number];

/** One report: a formatter's name and where it goes. Without an output it goes to stdout. */
export interface ReportTarget { readonly format: string; readonly output?: string }

export interface Arguments {
  readonly command: CommandName | 'help' | 'version';
  /** Paths, or what the command takes instead (`pre-commit`, a rule id). Literal. */
  readonly operands: readonly string[];
  readonly staged: boolean;
  readonly stdin: boolean;
  readonly stdinFilename?: string;
  readonly reports: readonly ReportTarget[];
  readonly rules: ReadonlyMap<string, RuleLevel>;
  readonly maxWarnings?: number;
  readonly quiet: boolean;
  readonly config?: string;
  readonly baseline?: string;
  readonly project: boolean;
  readonly cache: boolean;
  readonly allowIncomplete: boolean;
  readonly prune: boolean;
  /** `undefined`: as the terminal and the environment say. */
  readonly color?: boolean;
}

const options = {
  staged: { type: 'boolean' },
  since: { type: 'string' },
  range: { type: 'string' },
  history: { type: 'boolean' },
  all: { type: 'boolean' },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  format: { type: 'string', short: 'f' },
  output: { type: 'string', short: 'o' },
  rule: { type: 'string' },
  'max-warnings': { type: 'string' },
  quiet: { type: 'boolean' },
  config: { type: 'string', short: 'c' },
  baseline: { type: 'string' },
  prune: { type: 'boolean' },
  yes: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  cache: { type: 'boolean' },
  'no-cache': { type: 'boolean' },
  project: { type: 'boolean' },
  'no-project': { type: 'boolean' },
  'allow-incomplete': { type: 'boolean' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

type OptionName = keyof typeof options;

/**
 * Reads the command line (without node and the script). A first operand that is no command is a path.
 *
 * @throws UsageError for an unknown option, a missing or a wrong value; what it quotes is never a key
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, switches, operands, reports } = sortTokens(readTokens(argv));
  const has = (name: OptionName): boolean => values.has(name);
  const get = (name: OptionName): string | undefined => values.get(name)?.at(-1);
  const [first] = operands;
  const named = first && !first.isAfterTerminator ? commands.find((name) => name === first.value) : undefined;
  const command = has('help') ? 'help' : has('version') ? 'version' : (named ?? 'scan');
  if (command === 'scan' && first && !named && !first.isAfterTerminator) checkCommand(first.value);
  checkApplicable(command, values.keys());
  return {
    command,
    operands: operands.slice(named ? 1 : 0).map(({ value }) => value),
    staged: has('staged'),
    stdin: has('stdin'),
    reports: finishReports(reports),
    rules: new Map((values.get('rule') ?? []).map(parseRule)),
    quiet: has('quiet'),
    project: switches.get('project') ?? true,
    cache: switches.get('cache') ?? true,
    allowIncomplete: has('allow-incomplete'),
    prune: has('prune'),
    ...pick('stdinFilename', get('stdin-filename')),
    ...pick('config', get('config')),
    ...pick('baseline', get('baseline')),
    ...pick('maxWarnings', parseCount(get('max-warnings'))),
    ...pick('color', switches.get('color')),
  };
}

/** The command line by what its parts are. */
interface Given {
  /** What each option was given, in order; empty texts for those that take no value. */
  readonly values: ReadonlyMap<OptionName, readonly string[]>;
  /** By the option's name without `no-`. */
  readonly switches: ReadonlyMap<string, boolean>;
  readonly operands: readonly { readonly value: string; readonly isAfterTerminator: boolean }[];
  readonly reports: readonly { format?: string; output?: string }[];
}

function sortTokens(tokens: readonly Token[]): Given {
  const values = new Map<OptionName, string[]>();
  const operands: { value: string; isAfterTerminator: boolean }[] = [];
  const reports: { format?: string; output?: string }[] = [];
  const switches = new Map<string, boolean>();
  let isAfterTerminator = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') isAfterTerminator = true;
    else if (token.kind === 'positional') operands.push({ value: token.value, isAfterTerminator });
    else {
      const name = checkOption(token);
      values.set(name, [...(values.get(name) ?? []), token.value ?? '']);
      if (name === 'format' || name === 'output') addToReports(reports, name, token.value ?? '');
      // `--color --no-color`: the last one counts.
      switches.set(name.replace(/^no-/, ''), !name.startsWith('no-'));
    }
  }
  return { values, switches, operands, reports };
}

type Token = OptionToken | { readonly kind: 'positional'; readonly value: string } | { readonly kind: 'option-terminator' };

function readTokens(argv: readonly string[]): readonly Token[] {
  // What a git hook calls: loading the parser for it would cost every commit a millisecond.
  if (argv.every((arg) => arg === '--staged' || /^[^-]/.test(arg))) {
    return argv.map((arg) => (arg === '--staged' ? { kind: 'option', name: 'staged', rawName: arg, value: undefined, inlineValue: undefined } : { kind: 'positional', value: arg }));
  }
  const { parseArgs } = process.getBuiltinModule('node:util');
  return parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true }).tokens;
}

interface OptionToken { readonly kind: 'option'; readonly name: string; readonly rawName: string; readonly value: string | undefined; readonly inlineValue: boolean | undefined }

function checkOption({ name, rawName, value, inlineValue }: OptionToken): OptionName {
  if (!isOptionName(name)) throw new UsageError(messages.unknownOption(rawName, getNearestName(name, Object.keys(options))));
  if (options[name].type === 'boolean') {
    if (value !== undefined) throw new UsageError(messages.optionTakesNoValue(name));
  } else if (value === undefined || value === '' || (inlineValue === false && /^-./.test(value))) {
    throw new UsageError(messages.optionNeedsValue(name));
  }
  return name;
}

/** A first operand that is neither a command nor a path may be a mistyped command. */
function checkCommand(operand: string): void {
  const nearest = getNearestName(operand, [...commands, 'help', 'version']);
  if (nearest === undefined || existsSync(operand)) return;
  throw new UsageError(messages.unknownCommand(operand, nearest === 'help' || nearest === 'version' ? `--${nearest}` : nearest));
}

/** What later versions take: it must not be passed over in silence. */
const laterOptions = ['since', 'range', 'history', 'all', 'yes', 'dry-run'] as const;

const forReports = ['format', 'output', 'color', 'no-color'] as const;
const forScans = ['rule', 'config', 'quiet', 'project', 'no-project', 'cache', 'no-cache', 'allow-incomplete'] as const;

/** Which options mean something to which command. */
const applicable: Readonly<Record<CommandName, readonly OptionName[]>> = {
  scan: [...forReports, ...forScans, 'staged', 'stdin', 'stdin-filename', 'max-warnings', 'baseline'],
  hook: [...forReports, ...forScans, 'staged', 'max-warnings', 'baseline'],
  keys: [...forReports, ...forScans],
  baseline: [...forScans, 'baseline', 'prune', 'color', 'no-color'],
  explain: ['color', 'no-color'],
  bundle: [],
  init: [],
};

/** @throws UsageError for an option that would do nothing */
function checkApplicable(command: Arguments['command'], given: Iterable<OptionName>): void {
  // Neither `--help` nor a command of a later version looks at the others.
  if (command === 'help' || command === 'version' || applicable[command].length === 0) return;
  for (const name of given) {
    const later = laterOptions.find((one) => one === name);
    if (later) throw new UsageError(messages.optionNotYet(later));
    if (!applicable[command].includes(name)) throw new UsageError(messages.optionNotFor(name, command));
  }
}

function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

function pick<K extends string, T>(name: K, value: T | undefined): { [key in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [key in K]?: T };
}

/** Formats and outputs make pairs in either order: an output belongs to the format before it, else to the one after it. */
function addToReports(reports: { format?: string; output?: string }[], name: 'format' | 'output', value: string): void {
  const open = reports.findLast((report) => report[name] === undefined);
  if (open && open === reports.at(-1)) open[name] = value;
  else reports.push({ [name]: value });
}

function finishReports(reports: readonly { format?: string; output?: string }[]): ReportTarget[] {
  const targets = reports.map(({ format = 'stylish', output }) => (output === undefined || output === '-' ? { format } : { format, output }));
  if (targets.filter((target) => !('output' in target)).length > 1) throw new UsageError(messages.twoReportsOnStdout());
  const files = targets.flatMap(({ output }) => (output === undefined ? [] : [resolve(output)]));
  if (new Set(files).size < files.length) throw new UsageError(messages.twoReportsInOneFile());
  return targets.length > 0 ? targets : [{ format: 'stylish' }];
}

const levels = ['off', 'warn', 'error'];

function parseRule(text: string): [string, RuleLevel] {
  const [, id, level = ''] = /^(?:hilt\/)?([^=]+)=(.*)$/s.exec(text) ?? [];
  if (id === undefined || !levels.includes(level)) throw new UsageError(messages.badRuleOption(level === '' ? undefined : getNearestName(level, levels)));
  return [id, level as RuleLevel];
}

function parseCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(messages.badCount('max-warnings'));
  return Number(text);
}
