import { maskKeys, maskRuns } from '../engine/mask.ts';

/**
 * An error's stack with those of its causes. Messages of unknown errors may quote a file (a parser's "unexpected token"),
 * so they are masked as heavily as a code frame; the frames below them hold paths and names only.
 */
export function describeStack(error: unknown): string {
  if (!(error instanceof Error)) return maskRuns(String(error));
  const { name, message, stack = '', cause } = error;
  const frames = stack.split('\n').filter((line) => /^\s+at .+:\d+:\d+\)?$|^\s+at .+\(native\)$/.test(line) && !message.includes(line));
  const own = [`${name}: ${maskRuns(message)}`, ...frames.map(maskKeys)].join('\n');
  return cause === undefined ? own : `${own}\nCaused by: ${describeStack(cause)}`;
}
