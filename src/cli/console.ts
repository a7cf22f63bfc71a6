import { isatty } from 'node:tty';
import { styleText } from 'node:util';
import { UsageError } from '../engine/errors.ts';
import { maskKeys } from '../engine/mask.ts';
import type { Style } from '../formatters/formatter.ts';
import { makePrintable } from '../formatters/printable.ts';
import { describeFileFailure } from '../sources/file-failure.ts';
import { streamNotWritten } from './messages.ts';

/** Writes the report. The streams are opened only when something is written: that costs more than the clean path has. */
export function writeStdout(text: string): void {
  if (text !== '') write(process.stdout, text);
}

/** Writes lines for people to stderr: notices, errors. Keys are masked and control characters made visible. */
export function writeStderr(text: string): void {
  write(process.stderr, `${maskKeys(text).split('\n').map(makePrintable).join('\n')}\n`);
}

const guarded = new WeakSet<NodeJS.WriteStream>();

/** A terminal and a pipe fail by an event, a file by throwing. */
function write(stream: NodeJS.WriteStream, text: string): void {
  if (!guarded.has(stream)) {
    guarded.add(stream);
    stream.on('error', tellFailure);
  }
  try {
    stream.write(text);
  } catch (error) {
    tellFailure(error as NodeJS.ErrnoException);
  }
}

/** A reader that has gone away (`| head`) is no failure; a report that is cut off by a full disk must not pass for a whole one. */
function tellFailure(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  if (error.code === undefined) throw error;
  throw new UsageError(streamNotWritten(describeFileFailure(error)), { cause: error });
}

export function isStdoutTerminal(): boolean {
  return isatty(1);
}

/**
 * Colours for stdout: as told by `--color` and `--no-color`, else as the environment says.
 *
 * @param color what the options say; `undefined` where they say nothing
 */
export function getPaint(color: boolean | undefined): (style: Style, text: string) => string {
  if (!(color ?? wantsColor(process.env, isStdoutTerminal()))) return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}

/** As https://force-color.org and https://no-color.org have it, and with the order that Node has for the two. */
function wantsColor({ FORCE_COLOR: force, NO_COLOR, NODE_DISABLE_COLORS, TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (NO_COLOR || NODE_DISABLE_COLORS) return false;
  return isTerminal && TERM !== 'dumb';
}
