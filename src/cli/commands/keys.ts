import { UsageError } from '../../engine/errors.ts';
import { getNearestName } from '../../engine/nearest-name.ts';
import { run } from '../../engine/run.ts';
import { inventoryFormatNames, loadInventoryFormatter, type InventoryFormatter } from '../../formatters/inventory.ts';
import type { Arguments } from '../arguments.ts';
import { writeStderr } from '../console.ts';
import { exitCodes, isIncomplete } from '../exit-codes.ts';
import * as messages from '../messages.ts';
import { tellNotices } from '../notices.ts';
import { writeFormatted } from '../reports.ts';

/**
 * Shows every key and key name of the repository: where it is declared and read, which integrations use it, whether it reaches a
 * client, and what the rules find. It lists and does not judge: findings do not change the exit code.
 *
 * @returns 0, or 2 where not everything could be read
 */
export async function runKeys(args: Arguments): Promise<number> {
  if (args.operands.length > 0) throw new UsageError(messages.keysNeedsWholeTree());
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
  writeFormatted(inventory ?? { keys: [], integrations: [] }, targets, args.color);
  if (notices.length > 0) tellNotices(notices, args.quiet);
  if (!isIncomplete(args, notices)) return exitCodes.clean;
  writeStderr(messages.incomplete());
  return exitCodes.failure;
}

/** The default of other commands stands for the table. */
async function getFormatter(format: string): Promise<InventoryFormatter> {
  const formatter = await loadInventoryFormatter(format === 'stylish' ? 'table' : format);
  if (!formatter) throw new UsageError(messages.unknownFormat(format, inventoryFormatNames, getNearestName(format, inventoryFormatNames)));
  return formatter;
}
