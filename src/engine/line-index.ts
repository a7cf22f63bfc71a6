import type { Span } from '../syntax/span.ts';
import type { Position, Range } from './finding.ts';

/** Where the lines of one text begin. */
export interface LineIndex {
  /** UTF-16 offsets of the first character of each line. */
  readonly starts: readonly number[];
  /** UTF-16 length of the whole text. */
  readonly length: number;
}

/** A line ends with LF, CRLF or a lone CR, as editors and git hosts count them. */
export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return { starts, length: text.length };
}

/** 1-based line and column (UTF-16 units) of an offset; offsets beyond the text stand at its end. */
export function getPosition(lines: LineIndex, offset: number): Position {
  const inside = Math.min(Math.max(offset, 0), lines.length);
  let low = 0;
  let high = lines.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines.starts[middle] ?? 0) <= inside) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: inside - (lines.starts[low] ?? 0) + 1 };
}

export function getRange(lines: LineIndex, span: Span): Range {
  return { start: getPosition(lines, span[0]), end: getPosition(lines, span[1]) };
}

/** The span of a 1-based line without its line break; empty beyond the text. */
export function getLineSpan(lines: LineIndex, text: string, line: number): Span {
  const start = lines.starts[line - 1] ?? lines.length;
  let end = lines.starts[line] ?? lines.length;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return [start, end];
}
