import type { Arguments } from './arguments.ts';
import { parseArguments } from './arguments.ts';
import { exitCodes } from './exit-codes.ts';

/** Errors whose message is made for users; `GitError` and `SourceError` come from the sources. */
const knownErrors = new Set(['UsageError', 'ConfigError', 'GitError', 'SourceError']);

/**
 * Runs the command line and gives the exit code. Whatever is thrown is told on stderr with keys masked.
 *
 * @param argv without node and the script
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await runCommand(parseArguments(argv));
  } catch (error) {
    await reportFailure(error, getHook(argv));
    return exitCodes.failure;
  }
}

/** The git hook that is run, also where its other arguments cannot be understood. */
function getHook(argv: readonly string[]): string | undefined {
  const [command, hook = ''] = argv.filter((arg) => !arg.startsWith('-'));
  return command === 'hook' ? hook : undefined;
}

/** Only what a command needs is loaded: the hook runs on every commit. */
async function runCommand(args: Arguments): Promise<number> {
  switch (args.command) {
    case 'help': {
      const [{ helpText }, { writeStdout }] = await Promise.all([import('./help.ts'), import('./console.ts')]);
      writeStdout(helpText);
      return exitCodes.clean;
    }
    case 'version': {
      const [{ readPackageInfo }, { writeStdout }] = await Promise.all([import('./package-info.ts'), import('./console.ts')]);
      writeStdout(`${readPackageInfo().version}\n`);
      return exitCodes.clean;
    }
    case 'scan':
      return (await import('./commands/scan.ts')).runScan(args);
    case 'hook':
      return (await import('./commands/hook.ts')).runHook(args);
    case 'baseline':
      return (await import('./commands/baseline.ts')).runBaseline(args);
    case 'explain':
      return (await import('./commands/explain.ts')).runExplain(args);
    case 'keys':
      return (await import('./commands/keys.ts')).runKeys(args);
    case 'bundle':
    case 'init': {
      const [{ UsageError }, { commandNotYet }] = await Promise.all([import('../engine/errors.ts'), import('./messages.ts')]);
      throw new UsageError(commandNotYet(args.command));
    }
  }
}

/**
 * Known errors are one message; anything else is a fault of the tool and comes with version and stack.
 *
 * @param hook the git hook that is blocked by it
 */
export async function reportFailure(error: unknown, hook?: string): Promise<void> {
  const [{ writeStderr }, { commitBlockedByFailure, internalError, pushBlockedByFailure }] = await Promise.all([import('./console.ts'), import('./messages.ts')]);
  if (error instanceof Error && knownErrors.has(error.name)) {
    writeStderr(`hilt-guard: ${error.message}`);
  } else {
    const [{ describeStack }, { readPackageInfo }] = await Promise.all([import('./stack.ts'), import('./package-info.ts')]);
    const { version, reportAt } = readPackageInfo();
    writeStderr(internalError(version, reportAt, describeStack(error)));
  }
  if (hook !== undefined) writeStderr(hook === 'pre-push' ? pushBlockedByFailure() : commitBlockedByFailure());
}
