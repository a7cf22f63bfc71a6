import { applyFunction } from '../calls.ts';
import type { Project } from '../project.ts';
import { calleeOf, chainsOf, type Chain } from '../requests/chain.ts';
import { resolvedLazy, type Lazy, type Place, type Resolved, type ResolvedCall, type ResolvedEntry } from '../resolved.ts';
import { callTaking } from './callbacks.ts';
import { mapped, type Printed } from './printed.ts';
import { parsePath, withoutPaths, type Path } from './redaction-paths.ts';
import { textOf } from './text-of.ts';
import { formattedBy } from './winston-formats.ts';

const maxCalls = 5;
const maxCallDepth = 1;

/**
 * What a logger leaves of its arguments by the settings that it was made with: pino's `redact`, `serializers` and `formatters`,
 * bunyan's `serializers`, tslog's `maskValuesOfKeys`, winston's formats.
 */
export function printedBy(project: Project, { root }: Chain, args: readonly Lazy[]): Printed {
  const settings = makersOf(project, root, 0).flatMap((call) => call.args.flatMap((argument) => settingsIn(project, argument)));
  return settings.reduce<Printed>((printed, setting) => ({ ...printed, ...applied(project, setting, printed.values) }), { values: args });
}

/** The calls that made a logger, outermost last: `pino({ … }).child({ … })`; of `request.log` what the handler was given to. */
function makersOf(project: Project, root: Resolved, depth: number): ResolvedCall[] {
  if (depth >= maxCalls) return [];
  if (root.kind === 'call') return [...chainsOf(project, root.callee).flatMap((chain) => makersOf(project, chain.root, depth + 1)), root];
  const use = root.kind === 'parameter' ? callTaking(root.module, root.fn) : undefined;
  if (root.kind !== 'parameter' || !use) return [];
  return chainsOf(project, calleeOf(project, { module: root.module, value: use.callee, frame: undefined, at: use.at })).flatMap((chain) => makersOf(project, chain.root, depth + 1));
}

interface Setting { readonly name: string; readonly value: Resolved; readonly place: Place; readonly options: Resolved }

/** Names of settings that change what is printed, and of those that hold them: Fastify's `logger`, nestjs-pino's `pinoHttp`. */
const settingNames = /^(?:redact|serializers|formatters|maskValuesOfKeys|format|secrets)$/;
const holders = /^(?:logger|pinoHttp)$/;

function settingsIn(project: Project, argument: Lazy): Setting[] {
  const options = project.evaluator.head(argument);
  if (options.kind !== 'object') return [];
  return project.evaluator.entries(options).entries.flatMap((entry): Setting[] => {
    const name = textOf(project, entry.key);
    if (holders.test(name)) return settingsIn(project, entry.value);
    return settingNames.test(name) ? [{ name, value: project.evaluator.head(entry.value), place: entry.place, options }] : [];
  });
}

function applied(project: Project, { name, value, place, options }: Setting, args: readonly Lazy[]): Printed {
  switch (name) {
    case 'redact':
      return prunedBy(project, args, pathsOf(project, value));
    case 'serializers':
      return { values: args.map((argument) => mapped(project, argument, (printed) => serialised(project, printed, value))) };
    case 'formatters': {
      const log = project.evaluator.property(value, 'log');
      return log.kind === 'function' ? { values: args.map((argument) => mapped(project, argument, (printed) => (printed.kind === 'object' ? applyFunction(project.evaluator, log, [resolvedLazy(printed, place)], maxCallDepth) : printed))) } : { values: args };
    }
    case 'maskValuesOfKeys':
      return { values: args.map((argument) => mapped(project, argument, (printed) => withoutNames(project, printed, namesOf(project, value), 0))) };
    // Of signale, which hides these texts themselves.
    case 'secrets':
      return { values: [] };
    default:
      return formattedBy(project, { format: resolvedLazy(value, place), options, place }, args);
  }
}

function prunedBy(project: Project, args: readonly Lazy[], paths: readonly Path[] | undefined): Printed {
  if (!paths) return { values: args, confidence: 'possible' };
  return { values: args.map((argument) => mapped(project, argument, (value) => withoutPaths(project, value, paths))) };
}

/** `redact: [path, …]`, `redact: { paths: [path, …] }`; `undefined` where they are not all known. */
function pathsOf(project: Project, value: Resolved): Path[] | undefined {
  const list = value.kind === 'object' ? project.evaluator.property(value, 'paths') : value;
  const names = list.kind === 'array' ? list.items.map((item) => (item.spread ? '' : textOf(project, item))) : [''];
  return names.includes('') ? undefined : names.map(parsePath);
}

function namesOf(project: Project, value: Resolved): ReadonlySet<string> {
  return new Set(value.kind === 'array' ? value.items.map((item) => textOf(project, item)) : []);
}

const maxDepth = 8;

/** Without the entries of these names, however deep. */
function withoutNames(project: Project, value: Resolved, names: ReadonlySet<string>, depth: number): Resolved {
  if (value.kind !== 'object' || depth > maxDepth) return value;
  const entries = project.evaluator.entries(value).entries.flatMap((entry): ResolvedEntry[] => {
    if (names.has(textOf(project, entry.key))) return [];
    return [{ ...entry, value: mapped(project, entry.value, (inner) => withoutNames(project, inner, names, depth + 1)) }];
  });
  return { ...value, entries };
}

/** Entries that have a serialiser are printed as what that gives. */
function serialised(project: Project, value: Resolved, serialisers: Resolved): Resolved {
  if (value.kind !== 'object') return value;
  const entries = project.evaluator.entries(value).entries.map((entry) => {
    const serialiser = project.evaluator.property(serialisers, textOf(project, entry.key));
    if (serialiser.kind !== 'function') return entry;
    return { ...entry, value: { ...entry.value, known: applyFunction(project.evaluator, serialiser, [entry.value], maxCallDepth) } };
  });
  return { ...value, entries };
}
