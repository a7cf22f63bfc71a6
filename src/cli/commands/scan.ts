import { UsageError } from '../../engine/errors.ts';
import type { Input, RunResult } from '../../engine/run.ts';
import { run } from '../../engine/run.ts';
import type { Arguments } from '../arguments.ts';
import { exitCodes, isIncomplete } from '../exit-codes.ts';
import * as messages from '../messages.ts';

/**
 * Scans, writes the reports, tells notices on stderr.
 * Findings at error win over an incomplete scan (both block): 1 names the thing to mend first, and the notices are told anyway.
 *
 * @returns the exit code
 */
export async function runScan(args: Arguments): Promise<number> {
  checkArguments(args);
  await checkFormats(args);
  const result = await run({
    cwd: process.cwd(),
    input: await getInput(args),
    rules: args.rules,
    project: args.project,
    ...(args.cache && { cacheVersion: async () => (await import('../package-info.ts')).readCacheVersion() }),
    frames: args.reports.some(({ format }) => format === 'stylish'),
    ...(args.config !== undefined && { config: args.config }),
    ...(args.baseline !== undefined && { baseline: args.baseline }),
  });
  const shown = args.quiet ? keepErrors(result) : result;
  if (hasSomethingToSay(args, shown)) {
    const { writeReports } = await import('../reports.ts');
    await writeReports(shown, args);
  }
  if (result.notices.length > 0) (await import('../notices.ts')).tellNotices(result.notices, args.quiet);
  return decide(args, result);
}

/** A clean commit is silent, also on a terminal; so the hook loads no formatter and opens no stream. */
function hasSomethingToSay({ staged, reports }: Arguments, { findings }: RunResult): boolean {
  return !staged || findings.length > 0 || reports.some(({ format, output }) => format !== 'stylish' || output !== undefined);
}

/** Refuses early what cannot be meant, before anything is read. */
function checkArguments(args: Arguments): void {
  if (args.stdin && args.staged) throw new UsageError(messages.conflictingOptions('--stdin', '--staged'));
  if (args.stdin && args.operands.length > 0) throw new UsageError(messages.conflictingOptions('--stdin', 'paths'));
  if (args.stdin && args.stdinFilename === undefined) throw new UsageError(messages.stdinNeedsName());
  if (!args.stdin && args.stdinFilename !== undefined) throw new UsageError(messages.nameNeedsStdin());
}

/** The default needs no check, so that the hook loads no formatter for nothing. */
async function checkFormats({ reports }: Arguments): Promise<void> {
  const others = reports.filter(({ format }) => format !== 'stylish');
  if (others.length === 0) return;
  const { getFormatter } = await import('../reports.ts');
  for (const { format } of others) await getFormatter(format);
}

async function getInput(args: Arguments): Promise<Input> {
  if (args.staged) return { kind: 'staged', paths: args.operands };
  if (!args.stdin || args.stdinFilename === undefined) return { kind: 'tree', paths: args.operands };
  const { readStdin } = await import('../read-stdin.ts');
  return { kind: 'stdin', filename: args.stdinFilename, bytes: await readStdin() };
}

function keepErrors(result: RunResult): RunResult {
  const findings = result.findings.filter(({ severity }) => severity === 'error');
  return { ...result, findings, summary: { ...result.summary, findings: findings.length, warnings: 0 } };
}

async function decide(args: Arguments, { summary, notices }: RunResult): Promise<number> {
  const tell = async (text: string): Promise<void> => (await import('../console.ts')).writeStderr(text);
  const isPartial = isIncomplete(args, notices);
  if (isPartial) await tell(summary.errors > 0 ? messages.incompleteWithFindings() : messages.incomplete());
  if (summary.errors > 0) return exitCodes.findings;
  if (isPartial) return exitCodes.failure;
  if (args.maxWarnings !== undefined && summary.warnings > args.maxWarnings) {
    await tell(messages.tooManyWarnings(summary.warnings, args.maxWarnings));
    return exitCodes.findings;
  }
  return exitCodes.clean;
}
