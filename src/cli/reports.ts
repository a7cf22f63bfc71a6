import { writeFileSync } from 'node:fs';
import { UsageError } from '../engine/errors.ts';
import { describeFileFailure } from '../sources/file-failure.ts';
import { getNearestName } from '../engine/nearest-name.ts';
import type { ScanResult } from '../engine/scan.ts';
import { formatNames, loadFormatter } from '../formatters/index.ts';
import type { FormatContext, Formatter } from '../formatters/formatter.ts';
import type { Arguments } from './arguments.ts';
import { getPaint, isStdoutTerminal, writeStdout } from './console.ts';
import * as messages from './messages.ts';
import { readPackageInfo } from './package-info.ts';

/**
 * Writes every report that was asked for.
 *
 * @throws UsageError for an unknown format or a file that cannot be written
 */
export async function writeReports(result: ScanResult, { reports, color }: Pick<Arguments, 'reports' | 'color'>): Promise<void> {
  const targets = await Promise.all(reports.map(async ({ format, output }) => ({ formatter: await getFormatter(format), output })));
  writeFormatted(result, targets, color);
}

/** Where something is written, and in which form; without an output, to stdout. */
interface FormattedTarget<Shown> {
  readonly formatter: (shown: Shown, context: FormatContext) => string;
  readonly output: string | undefined;
}

/**
 * Writes one thing in every form that was asked for: files first, so that stdout is last and a failure is seen.
 *
 * @param color what the options say; `undefined` where they say nothing
 * @throws UsageError for a file that cannot be written
 */
export function writeFormatted<Shown>(shown: Shown, targets: readonly FormattedTarget<Shown>[], color: boolean | undefined): void {
  const { name, version } = readPackageInfo();
  for (const { formatter, output } of [...targets].sort((a, b) => Number(a.output === undefined) - Number(b.output === undefined))) {
    const toFile = output !== undefined;
    const text = formatter(shown, { tool: { name, version }, paint: getPaint(toFile ? false : color), isTerminal: !toFile && isStdoutTerminal() });
    if (toFile) writeFile(output, text, messages.outputNotWritten);
    else writeStdout(text);
  }
}

/** @throws UsageError with the nearest name */
export async function getFormatter(format: string): Promise<Formatter> {
  const formatter = await loadFormatter(format);
  if (!formatter) throw new UsageError(messages.unknownFormat(format, formatNames, getNearestName(format, formatNames)));
  return formatter;
}

/** @throws UsageError with the text of `refusal` where the file cannot be written */
export function writeFile(path: string, text: string, refusal: (path: string, cause: string) => string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new UsageError(refusal(path, describeFileFailure(cause)), { cause });
  }
}
