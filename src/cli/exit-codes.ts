import type { Notice } from '../sources/notice.ts';
import type { Arguments } from './arguments.ts';

/** The exit codes of every command, as `--help` prints them. */
export const exitCodes = { clean: 0, findings: 1, failure: 2 } as const;

/** Whether something was not read that should have been, and nobody said that this is all right: then no command is a success. */
export function isIncomplete({ allowIncomplete }: Pick<Arguments, 'allowIncomplete'>, notices: readonly Notice[]): boolean {
  return !allowIncomplete && notices.some(({ level }) => level === 'incomplete');
}
