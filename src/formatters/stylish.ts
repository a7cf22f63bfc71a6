import type { Finding, Summary, TraceStep } from '../engine/finding.ts';
import type { Frame } from '../engine/frame.ts';
import type { FormatContext, Formatter } from './formatter.ts';
import { makePrintable } from './printable.ts';
import { show } from './shown-text.ts';

type Paint = FormatContext['paint'];

/**
 * For people: each finding with its place, what is wrong, the masked line, the way to it, what to do and where to read on;
 * then one line that counts. A clean scan prints nothing, so that hooks stay quiet, unless a person looks at a terminal.
 */
export const formatStylish: Formatter = ({ findings, frames, pages, summary }, { paint, isTerminal }) => {
  if (findings.length === 0) return isTerminal ? `${paint('dim', `No findings in ${count(summary.files, 'file')}.`)}\n` : '';
  const blocks = findings.map((finding) => formatFinding(finding, frames.get(finding), pages.get(finding.rule), paint));
  return `\n${blocks.join('\n')}\n${formatSummary(summary, findings, paint)}\n`;
};

function formatFinding(finding: Finding, frame: Frame | undefined, page: string | undefined, paint: Paint): string {
  const { file, range: { start }, severity, message, rule, trace, help } = finding;
  const place = `${paint('bold', show(file))}:${start.line}:${start.column}`;
  const level = paint(severity === 'error' ? 'red' : 'yellow', severity);
  return [
    `  ${place}  ${level}  ${show(message)}  ${paint('dim', rule)}`,
    '',
    ...(frame ? [...formatFrame(frame, paint), ''] : []),
    ...(trace && trace.length > 0 ? [...formatTrace(trace, paint), ''] : []),
    ...(help === '' ? [] : [`    ${show(help)}`]),
    ...(page === undefined ? [] : [`    ${paint('dim', page)}`]),
    '',
  ].join('\n');
}

function formatFrame({ line, text, subject }: Frame, paint: Paint): string[] {
  const gutter = String(line);
  const before = makeVisible(text.slice(0, subject[0]));
  const own = makeVisible(text.slice(subject[0], subject[1]));
  const after = makeVisible(text.slice(subject[1]));
  return [
    `    ${paint('dim', `${gutter} |`)} ${before}${own}${after}`,
    `    ${paint('dim', `${' '.repeat(gutter.length)} |`)} ${' '.repeat(before.length)}${paint('red', '^'.repeat(Math.max(own.length, 1)))}`,
  ];
}

/** A tab in a frame is one blank, so that the underline stands below what it means. */
function makeVisible(text: string): string {
  return makePrintable(text.replaceAll('\t', ' '));
}

/** Each step is indented below the one that leads to it; what a step says stands in a column of its own. */
function formatTrace(trace: readonly TraceStep[], paint: Paint): string[] {
  const places = trace.map(({ file, range }, depth) => `${'  '.repeat(Math.min(depth, 12))}${show(file)}:${range.start.line}`);
  const width = Math.max(...places.map((place) => place.length));
  return trace.map(({ message }, index) => {
    const place = places[index] ?? '';
    return `    ${message === '' ? place : `${place.padEnd(width)}  ${paint('dim', show(message))}`}`;
  });
}

function formatSummary({ errors, warnings, files, suppressed }: Summary, findings: readonly Finding[], paint: Paint): string {
  const where = new Set(findings.map(({ file }) => file)).size;
  const counted = `${count(errors, 'error')}, ${count(warnings, 'warning')} in ${where} of ${count(files, 'file')}`;
  return `${paint(errors > 0 ? 'red' : 'yellow', counted)}${suppressed > 0 ? paint('dim', ` (${suppressed} suppressed)`) : ''}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
