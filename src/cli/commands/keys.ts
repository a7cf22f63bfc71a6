import { UsageError } from '../../engine/errors.ts';
import { getNearestName } from '../../engine/nearest-name.ts';
import { run } from '../../engine/run.ts';
import { inventoryFormatNames, loadInventoryFormatter, type InventoryFormatter } from '../../formatters/inventory.ts';
import type { Arguments } from '../arguments.ts';
import { getPaint, isStdoutTerminal, writeStderr, writeStdout } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import * as messages from '../messages.ts';
import { tellNotices } from '../notices.ts';
import { readPackageInfo } from '../package-info.ts';
import { writeFile } from '../reports.ts';

/**
 * Shows every key and key name of the repository: where it is declared and read, which integrations use it, whether it reaches a
 * client, and what the rules find. It lists and does not judge: findings do not change the exit code.
 *
 * @returns 0, or 2 where not everything could be read
 */
export async function runKeys(args: Arguments): Promise<number> {
  checkArguments(args);
  const targets = await Promise.all(args.reports.map(async ({ format, output }) => ({ formatter: await getFormatter(format), output })));
  const { inventory, notices } = await run({
    cwd: process.cwd(),
    input: { kind: 'tree', paths: [] },
    rules: args.rules,
    project: args.project,
    frames: false,
    baseline: false,
    inventory: true,
    ...(args.config !== undefined && { config: args.config }),
  });
  const { name, version } = readPackageInfo();
  for (const { formatter, output } of [...targets].sort((a, b) => Number(a.output === undefined) - Number(b.output === undefined))) {
    const toFile = output !== undefined;
    const text = formatter(inventory ?? { keys: [], integrations: [] }, { tool: { name, version }, paint: getPaint(toFile ? false : args.color), isTerminal: !toFile && isStdoutTerminal() });
    if (toFile) writeFile(output, text);
    else writeStdout(text);
  }
  if (notices.length > 0) tellNotices(notices, args.quiet);
  if (args.allowIncomplete || !notices.some(({ level }) => level === 'incomplete')) return exitCodes.clean;
  writeStderr(messages.incomplete());
  return exitCodes.failure;
}

/** Refuses what would be no inventory of the whole repository as it lies on disk. */
function checkArguments(args: Arguments): void {
  if (args.operands.length > 0) throw new UsageError(messages.keysNeedsWholeTree());
}

/** The default of other commands stands for the table. */
async function getFormatter(format: string): Promise<InventoryFormatter> {
  const formatter = await loadInventoryFormatter(format === 'stylish' ? 'table' : format);
  if (!formatter) throw new UsageError(messages.unknownFormat(format, inventoryFormatNames, getNearestName(format, inventoryFormatNames)));
  return formatter;
}
