import { backwards, characters, hexDigits, printable, runsOf } from './character-runs.ts';
import { continued, derive, maximumDepth, piecesOf, type View } from './encoded-view.ts';

const symbols = characters('0123456789ABCDEFabcdefxXuU\\%&#;{}[](),:- \t\r\n');

/** Texts that are written as lists of byte values, and escapes that are written backwards. */
export function* symbolRuns(view: View, shortest: number): Generator<View> {
  for (const run of runsOf(view.text, symbols, 3 * shortest - 1)) {
    for (const [start, end] of piecesOf(run)) {
      const text = view.text.slice(start, end);
      yield* byteLists(view, text, start, shortest, start > run[0]);
      if (view.depth + 2 > maximumDepth || countNumbers(text) < shortest) continue;
      const turned = backwards(text);
      yield derive(view, end < run[1] ? continued(turned) : turned, view.depth + 1, (a, b) => [end - b, end - a]);
    }
  }
}

/** How many runs of hex digits the text has. */
function countNumbers(text: string): number {
  let count = 0;
  let inNumber = false;
  for (let i = 0; i < text.length; i++) {
    const isDigit = hexDigits[text.charCodeAt(i)] === 1;
    if (isDigit && !inNumber) count++;
    inNumber = isDigit;
  }
  return count;
}

/** `0x68, 0x6b, …`, `68 6b …`, `68:6B:…` and `104, 107, …`. */
function* byteLists(view: View, text: string, offset: number, shortest: number, isContinued: boolean): Generator<View> {
  // Digits of an escape (`&#104;`, `%68`) are no items of a list.
  const tokens = [...text.matchAll(/(?<![%#\\xXuU0-9A-Fa-f]|u\{)(?:0[xX])?([0-9A-Fa-f]+)/g)];
  if (tokens.length < shortest) return;
  for (const radix of [16, 10]) {
    const bytes = Uint8Array.from(tokens, (token) => byteOf(token[0], token[1] ?? '', radix));
    for (const [from, to] of runsOf(bytes, printable, shortest)) {
      const at = tokens.slice(from, to).map((token) => [offset + token.index, offset + token.index + token[0].length] as const);
      const decoded = Buffer.from(bytes.subarray(from, to)).toString('latin1');
      // The first number of a piece may be half of one.
      yield derive(view, isContinued && from <= 1 ? continued(decoded) : decoded, view.depth + 1, (start, end) =>
        [at[start]?.[0] ?? offset, at[end - 1]?.[1] ?? offset]);
    }
  }
}

const noByte = 0xff;

function byteOf(token: string, digits: string, radix: number): number {
  if (radix === 16) return digits.length === 2 ? Number.parseInt(digits, 16) : noByte;
  return /^\d{1,3}$/.test(token) && Number(token) < noByte ? Number(token) : noByte;
}
