import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { acceptFindings, formatBaseline, pruneBaseline, readBaseline } from '../../engine/baseline.ts';
import { UsageError } from '../../engine/errors.ts';
import { run } from '../../engine/run.ts';
import type { Arguments } from '../arguments.ts';
import { writeStderr, writeStdout } from '../console.ts';
import { exitCodes, isIncomplete } from '../exit-codes.ts';
import * as messages from '../messages.ts';
import { tellNotices } from '../notices.ts';
import { writeFile } from '../reports.ts';

const defaultName = 'hilt-guard.baseline';

/**
 * Accepts today's findings, or with `--prune` drops the entries whose findings are gone. The file is the one of
 * `--baseline`, of the configuration, or `hilt-guard.baseline` in the root.
 *
 * @returns 2 where not everything could be read: a baseline of half a scan is written, but is no success
 */
export async function runBaseline(args: Arguments): Promise<number> {
  if (args.prune && args.operands.length > 0) throw new UsageError(messages.pruneNeedsWholeTree());
  const { findings, notices, config, root } = await run({
    cwd: process.cwd(),
    input: { kind: 'tree', paths: args.operands },
    rules: args.rules,
    project: args.project,
    frames: false,
    baseline: false,
    ...(args.config !== undefined && { config: args.config }),
  });
  tellNotices(notices, args.quiet);
  const isPartial = isIncomplete(args, notices);
  if (isPartial && args.prune) {
    writeStderr(messages.pruneIncomplete());
    return exitCodes.failure;
  }
  const path = args.baseline !== undefined ? resolve(args.baseline) : (config.baseline ?? join(root, defaultName));
  const old = existsSync(path) ? readBaseline(path) : [];
  const entries = args.prune ? pruneBaseline(old, findings) : acceptFindings(old, findings);
  const text = formatBaseline(entries);
  writeFile(path, text, messages.baselineNotWritten);
  writeStdout(describe(path, old.length, text.split('\n').length - 2));
  if (args.baseline === undefined && config.baseline === undefined) {
    writeStderr(`Name it in hilt-guard.config.json, so that scans read it: { "baseline": "${defaultName}" }`);
  }
  if (!isPartial) return exitCodes.clean;
  writeStderr(messages.incomplete());
  return exitCodes.failure;
}

function describe(path: string, before: number, after: number): string {
  const change = after - before;
  const changed = change < 0 ? `${-change} dropped` : `${change} added`;
  return `${path}: ${after} accepted ${after === 1 ? 'finding' : 'findings'} (${changed}).\n`;
}
