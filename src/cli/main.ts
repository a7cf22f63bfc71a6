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
  let args: Arguments | undefined;
  try {
    args = parseArguments(argv);
    return await runCommand(args);
  } catch (error) {
    await reportFailure(error, args?.command === 'hook');
    return exitCodes.failure;
  }
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
      const [{ UsageError }, { notYet }] = await Promise.all([import('../engine/errors.ts'), import('./messages.ts')]);
      throw new UsageError(notYet(`The command "${args.command}"`));
    }
  }
}

/** Known errors are one message; anything else is a fault of the tool and comes with version and stack. */
export async function reportFailure(error: unknown, isHook = false): Promise<void> {
  const [{ writeStderr }, { commitBlockedByFailure, internalError }] = await Promise.all([import('./console.ts'), import('./messages.ts')]);
  if (error instanceof Error && knownErrors.has(error.name)) {
    writeStderr(`hilt-guard: ${error.message}`);
  } else {
    const [{ describeStack }, { readPackageInfo }] = await Promise.all([import('./stack.ts'), import('./package-info.ts')]);
    const { version, reportAt } = readPackageInfo();
    writeStderr(internalError(version, reportAt, describeStack(error)));
  }
  if (isHook) writeStderr(commitBlockedByFailure());
}
