import { writeFileSync } from 'node:fs';
import { UsageError } from '../engine/errors.ts';
import { describeFileFailure } from '../sources/file-failure.ts';
import { getNearestName } from '../engine/nearest-name.ts';
import type { ScanResult } from '../engine/scan.ts';
import { formatNames, loadFormatter } from '../formatters/index.ts';
import type { Formatter } from '../formatters/formatter.ts';
import type { Arguments } from './arguments.ts';
import { getPaint, isStdoutTerminal, writeStdout } from './console.ts';
import * as messages from './messages.ts';
import { readPackageInfo } from './package-info.ts';

/**
 * Writes every report that was asked for: files first, so that stdout is last and a failure is seen.
 *
 * @throws UsageError for an unknown format or a file that cannot be written
 */
export async function writeReports(result: ScanResult, { reports, color }: Pick<Arguments, 'reports' | 'color'>): Promise<void> {
  const { name, version } = readPackageInfo();
  const inOrder = [...reports].sort((a, b) => Number(a.output === undefined) - Number(b.output === undefined));
  for (const { format, output } of inOrder) {
    const formatter = await getFormatter(format);
    const toFile = output !== undefined;
    const text = formatter(result, {
      tool: { name, version },
      paint: getPaint(toFile ? false : color),
      isTerminal: !toFile && isStdoutTerminal(),
    });
    if (toFile) writeFile(output, text);
    else writeStdout(text);
  }
}

/** @throws UsageError with the nearest name */
export async function getFormatter(format: string): Promise<Formatter> {
  const formatter = await loadFormatter(format);
  if (!formatter) throw new UsageError(messages.unknownFormat(format, formatNames, getNearestName(format, formatNames)));
  return formatter;
}

/** @throws UsageError where the file cannot be written */
export function writeFile(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new UsageError(messages.outputNotWritten(path, describeFileFailure(cause)), { cause });
  }
}
