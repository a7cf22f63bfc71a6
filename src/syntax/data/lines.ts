import { createMappedText, type MappedText } from './mapped-text.ts';

/** A line of a file without its line end; `end` is where its content ends, `next` where the following line starts. */
export interface Line { readonly start: number; readonly end: number; readonly next: number }

/** The lines of a text, whether they end in LF or CRLF; a byte order mark belongs to none. */
export function* linesOf(source: string): Generator<Line> {
  let start = source.startsWith('\uFEFF') ? 1 : 0;
  while (start < source.length) {
    const line = lineFrom(source, start);
    yield line;
    start = line.next;
  }
}

export function lineFrom(source: string, start: number): Line {
  const newline = source.indexOf('\n', start);
  const next = newline === -1 ? source.length : newline + 1;
  let end = newline === -1 ? source.length : newline;
  if (end > start && source[end - 1] === '\r') end -= 1;
  return { start, end, next };
}

/** A line and those that it is continued on. */
export interface LogicalLine { readonly text: MappedText; readonly start: number; readonly end: number; readonly next: number }

/**
 * Joins the lines that end in `mark` (a backslash) with those after them. `between` stands for the break in the text;
 * the white space that a continued line begins with goes. `skips` names lines in between that do not count: comments of a Dockerfile.
 */
export function logicalLine(source: string, start: number, mark: string, between: string, skips?: RegExp): LogicalLine {
  const text = createMappedText();
  let line = lineFrom(source, start);
  let from = start;
  for (;;) {
    const trimmed = source.slice(from, line.end).trimEnd();
    const continues = trimmed.endsWith(mark) && !trimmed.endsWith(mark + mark) && line.next < source.length;
    if (!continues) {
      text.append(source.slice(from, line.end), from, line.end);
      return { text: text.finish(), start, end: line.end, next: line.next };
    }
    const stop = from + trimmed.length - mark.length;
    text.append(source.slice(from, stop), from, stop);
    line = lineFrom(source, line.next);
    while (skips?.test(source.slice(line.start, line.end)) === true && line.next < source.length) line = lineFrom(source, line.next);
    from = line.start + (/^[\t ]*/.exec(source.slice(line.start, line.end))?.[0].length ?? 0);
    if (between !== '') text.append(between, stop, from);
  }
}
