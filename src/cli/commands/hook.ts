import { UsageError } from '../../engine/errors.ts';
import { getNearestName } from '../../engine/nearest-name.ts';
import type { Arguments } from '../arguments.ts';
import { exitCodes } from '../exit-codes.ts';
import * as messages from '../messages.ts';
import { runScan } from './scan.ts';

/**
 * What the git hooks call. It blocks (with 1 or 2) and says why; it never lets a commit pass because something broke.
 *
 * @returns the exit code
 */
export async function runHook(args: Arguments): Promise<number> {
  const [hook, ...rest] = args.operands;
  if (hook === 'pre-push') throw new UsageError(messages.hookNotYet());
  if (hook !== 'pre-commit') throw new UsageError(messages.unknownHook(getNearestName(hook ?? '', ['pre-commit'])));
  if (rest.length > 0) throw new UsageError(messages.hookTakesNoPaths());
  const code = await runScan({ ...args, command: 'scan', operands: [], staged: true });
  if (code !== exitCodes.clean) {
    const { writeStderr } = await import('../console.ts');
    writeStderr(code === exitCodes.findings ? messages.commitBlockedByFindings() : messages.commitBlockedByFailure());
  }
  return code;
}
