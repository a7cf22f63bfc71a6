import { backwards, characters, extend, hexDigits, lastAtMost, printable, runsOf } from './character-runs.ts';
import { derive, maximumDepth, type Range, type View } from './encoded-view.ts';

const base64 = characters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-');
/** A line of wrapped base64 is at least this long, or it is the last. PEM has 64, MIME 76, YAML 80 columns. */
const shortestLine = 32;

/** Between two lines of one encoded text: a line break or its escape, indentation, and the leader of a comment. */
const lineBreak = /(?:\r?\n|(?:\\r)?\\n|\\\r?\n)[ \t]*(?:(?:\/\/|[#*>])[ \t]*)?/y;

/** Encoded characters without the line breaks between them, and where each line of them stands. */
interface Run {
  readonly text: string;
  /** Index of each line's first character in `text`, and its offset in the view. */
  readonly lines: readonly number[];
  readonly offsets: readonly number[];
  readonly backwards: boolean;
}

/** What the base64 and hex of a text decode to, in both directions; `shortest`: of decoded runs, in bytes. */
export function* encodedRuns(view: View, shortest: number): Generator<View> {
  let covered = 0;
  for (const [start, end] of runsOf(view.text, base64, Math.ceil((shortest * 4) / 3))) {
    if (start < covered) continue;
    const [run, to] = joinLines(view.text, start, end);
    covered = to;
    yield* decodedRun(view, run, shortest, view.depth + 1);
    if (view.depth + 2 > maximumDepth) continue;
    yield* decodedRun(view, { ...run, text: backwards(run.text), backwards: true }, shortest, view.depth + 2);
  }
}

function joinLines(text: string, start: number, end: number): readonly [Run, number] {
  const pieces = [text.slice(start, end)];
  const lines = [0];
  const offsets = [start];
  let length = end - start;
  let lineLength = length;
  while (lineLength >= shortestLine) {
    lineBreak.lastIndex = end;
    if (!lineBreak.test(text)) break;
    const next = lineBreak.lastIndex;
    const nextEnd = extend(text, next, base64);
    if (nextEnd === next) break;
    pieces.push(text.slice(next, nextEnd));
    lines.push(length);
    offsets.push(next);
    lineLength = nextEnd - next;
    length += lineLength;
    end = nextEnd;
  }
  return [{ text: pieces.join(''), lines, offsets, backwards: false }, end];
}

/** The offset in the view of character `index` of the run. */
function offsetIn(run: Run, index: number): number {
  const forward = run.backwards ? run.text.length - 1 - index : index;
  const line = Math.max(0, lastAtMost(run.lines, forward));
  return (run.offsets[line] ?? 0) + forward - (run.lines[line] ?? 0);
}

function rangeIn(run: Run, first: number, last: number): Range {
  const a = offsetIn(run, first);
  const b = offsetIn(run, last);
  return a <= b ? [a, b + 1] : [b, a + 1];
}

function* decodedRun(view: View, run: Run, shortest: number, depth: number): Generator<View> {
  for (let phase = 0; phase < 4; phase++) {
    const bytes = Buffer.from(phase === 0 ? run.text : run.text.slice(phase), 'base64');
    for (const [from, to] of runsOf(bytes, printable, shortest)) {
      yield derive(view, bytes.toString('latin1', from, to), depth, (start, end) =>
        rangeIn(run, phase + Math.floor(((from + start) * 8) / 6), phase + Math.floor(((from + end) * 8 - 1) / 6)));
    }
  }
  for (const [start, end] of runsOf(run.text, hexDigits, 2 * shortest)) {
    for (let phase = 0; phase < 2; phase++) {
      const bytes = Buffer.from(run.text.slice(start + phase, end), 'hex');
      for (const [from, to] of runsOf(bytes, printable, shortest)) {
        const first = start + phase + 2 * from;
        yield derive(view, bytes.toString('latin1', from, to), depth, (a, b) => rangeIn(run, first + 2 * a, first + 2 * b - 1));
      }
    }
  }
}
