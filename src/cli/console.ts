import { isatty } from 'node:tty';
import { styleText } from 'node:util';
import { maskKeys } from '../engine/mask.ts';
import type { Style } from '../formatters/formatter.ts';
import { makePrintable } from '../formatters/printable.ts';

/** Writes the report. The streams are opened only when something is written: that costs more than the clean path has. */
export function writeStdout(text: string): void {
  if (text !== '') write(process.stdout, text);
}

/** Writes lines for people to stderr: notices, errors. Keys are masked and control characters made visible. */
export function writeStderr(text: string): void {
  write(process.stderr, `${maskKeys(text).split('\n').map(makePrintable).join('\n')}\n`);
}

const guarded = new WeakSet<NodeJS.WriteStream>();

/** A reader that has gone away (`| head`) is no fault of ours; anything else is. */
function write(stream: NodeJS.WriteStream, text: string): void {
  if (!guarded.has(stream)) {
    guarded.add(stream);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  stream.write(text);
}

export function isStdoutTerminal(): boolean {
  return isatty(1);
}

/**
 * Colours for stdout: as told by `--color` and `--no-color`, else as the terminal, NO_COLOR, NODE_DISABLE_COLORS and FORCE_COLOR say.
 *
 * @param color what the options say; `undefined` where they say nothing
 */
export function getPaint(color: boolean | undefined): (style: Style, text: string) => string {
  if (color === false) return (_style, text) => text;
  if (color === true) return (style, text) => styleText(style, text, { validateStream: false });
  return (style, text) => styleText(style, text, { stream: process.stdout });
}
