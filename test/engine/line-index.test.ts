import { describe, expect, it } from 'vitest';
import { getLineSpan, getPosition, getRange, indexLines } from '../../src/engine/line-index.ts';

describe('positions', () => {
  it('are 1-based', () => expect(getPosition(indexLines('abc'), 0)).toEqual({ line: 1, column: 1 }));
  it('count LF, CRLF and a lone CR as one line end each', () => {
    const lines = indexLines('a\nb\r\nc\rd');
    expect([0, 2, 5, 7].map((offset) => getPosition(lines, offset).line)).toEqual([1, 2, 3, 4]);
  });
  it('count columns in UTF-16 units', () => expect(getPosition(indexLines('😀x'), 2)).toEqual({ line: 1, column: 3 }));
  it('stand at the end for an offset behind it', () => expect(getPosition(indexLines('ab\n'), 99)).toEqual({ line: 2, column: 1 }));
  it('make ranges over lines', () => {
    expect(getRange(indexLines('ab\ncd'), [1, 4])).toEqual({ start: { line: 1, column: 2 }, end: { line: 2, column: 2 } });
  });
  it('give the span of a line without its line break', () => {
    const text = 'ab\r\ncd';
    expect(getLineSpan(indexLines(text), text, 1)).toEqual([0, 2]);
    expect(getLineSpan(indexLines(text), text, 2)).toEqual([4, 6]);
    expect(getLineSpan(indexLines(text), text, 9)).toEqual([6, 6]);
  });
});
