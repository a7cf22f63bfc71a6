import { applyFunction } from '../calls.ts';
import type { Project } from '../project.ts';
import { calleeName, resolvedLazy, type Lazy, type Place, type Resolved, type ResolvedFunction } from '../resolved.ts';
import { mapped, type Printed } from './printed.ts';

interface Formatting {
  /** The option `format`. */
  readonly format: Lazy;
  /** All options of the logger. */
  readonly options: Resolved;
  readonly place: Place;
}

/** Formats that print all that they are given. Source: github.com/winstonjs/logform, README. */
const wholeFormats = new Set(['json', 'simple', 'timestamp', 'colorize', 'splat', 'errors', 'label', 'align', 'cli', 'padLevels', 'prettyPrint', 'uncolorize', 'metadata', 'ms', 'logstash', 'printf']);
const maxCallDepth = 1;

/** What winston's formats, in turn, make of an object with the level, the message and all else that was given. */
export function formattedBy(project: Project, formatting: Formatting, args: readonly Lazy[]): Printed {
  const formats = formatsIn(project, formatting.format);
  let printed: Printed = { values: args };
  for (const format of formats) printed = { ...printed, ...changedBy(project, format, formatting.place, printed.values) };
  const printer = hasTransportFormat(project, formatting.options) ? undefined : printerOf(project, formats.at(-1));
  return printer ? { ...printed, values: printed.values.map((argument) => writtenBy(project, printer, argument, formatting.place)) } : printed;
}

/** `combine(…)`, laid out. */
function formatsIn(project: Project, format: Lazy): Resolved[] {
  const value = project.evaluator.head(format);
  return value.kind === 'call' && calleeName(value.callee) === 'combine' ? value.args.flatMap((argument) => formatsIn(project, argument)) : [value];
}

function changedBy(project: Project, format: Resolved, place: Place, values: readonly Lazy[]): Printed {
  const change = changeOf(project, format);
  if (!change) return format.kind === 'call' && wholeFormats.has(calleeName(format.callee)) ? { values } : { values, confidence: 'possible' };
  const results = values.map((argument) => mapped(project, argument, (value) => applyFunction(project.evaluator, change, [resolvedLazy(value, place)], maxCallDepth)));
  return { values: results, ...(handsItOn(change) ? { confidence: 'possible' as const } : {}) };
}

/** The function of `winston.format(function)()`. */
function changeOf(project: Project, format: Resolved): ResolvedFunction | undefined {
  const maker = format.kind === 'call' ? format.callee : format;
  if (maker.kind !== 'call' || calleeName(maker.callee) !== 'format' || !maker.args[0]) return undefined;
  const change = project.evaluator.head(maker.args[0]);
  return change.kind === 'function' ? change : undefined;
}

/** Whether a function gives what it is given to another, which may change it. */
function handsItOn({ module, fn }: ResolvedFunction): boolean {
  return module.uses.some((use) => use.kind === 'call' && use.fn === fn && use.args.some(({ value }) => value.kind === 'parameter' && value.fn === fn));
}

function hasTransportFormat(project: Project, options: Resolved): boolean {
  const transports = project.evaluator.property(options, 'transports');
  const each = transports.kind === 'array' ? transports.items.map((item) => project.evaluator.head(item)) : [transports];
  return each.some((transport) => transport.kind === 'call' && transport.args[0] !== undefined && project.evaluator.property(project.evaluator.head(transport.args[0]), 'format').kind !== 'constant');
}

/** The function of a last `printf`. */
function printerOf(project: Project, format: Resolved | undefined): ResolvedFunction | undefined {
  const fn = format?.kind === 'call' && calleeName(format.callee) === 'printf' && format.args[0] ? project.evaluator.head(format.args[0]) : undefined;
  return fn?.kind === 'function' ? fn : undefined;
}

/** The text that `printf` makes of an object, or of a message. */
function writtenBy(project: Project, printer: ResolvedFunction, argument: Lazy, place: Place): Lazy {
  const value = project.evaluator.head(argument);
  const key = resolvedLazy({ kind: 'text', text: 'message' }, place);
  const info: Resolved = value.kind === 'object' ? value : { kind: 'object', entries: [{ key, value: argument, place }] };
  const written = applyFunction(project.evaluator, printer, [resolvedLazy(info, place)], maxCallDepth);
  return written.kind === 'unknown' ? argument : { ...argument, known: written };
}
