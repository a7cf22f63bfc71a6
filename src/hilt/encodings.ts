import { symbolRuns } from './byte-lists.ts';
import { backwards, characters, extendBack } from './character-runs.ts';
import { encodedRuns } from './encoded-runs.ts';
import { derive, maximumDepth, type View } from './encoded-view.ts';
import { unescaped } from './escapes.ts';

/**
 * Undoes the encodings that hide a key from a text search: base64 and base64url at any alignment and wrapped over lines, hex,
 * lists of byte values, percent and backslash escapes, HTML entities, UTF-16 between the bytes, and text written backwards.
 *
 * Every decoded text knows where each of its characters comes from, so that what is found in it is reported at the smallest
 * run of the original that yields it.
 */

/** What is left to spend, in UTF-16 units of decoded text. Shared by all the decoding of one file. */
export interface DecodeBudget { left: number; exhausted: boolean }

/**
 * Decoded runs shorter than this many bytes are left alone: `hk_live_` and a body of ten. Where the option for the body's
 * length asks for less, callers pass less.
 */
export const shortestDecoded = 18;

/** A budget that ordinary text of this length never uses up: everything in it may be encoded about four times over, and is counted once more where pieces overlap. */
export function decodeBudget(length: number): DecodeBudget {
  return { left: Math.min(5 * length + 1_000_000, 96_000_000), exhausted: false };
}

/**
 * The text itself, then what each of its encoded runs decodes to, each followed by what that decodes to, up to {@link maximumDepth}.
 * Only printable runs of at least `shortest` characters are decoded. A long run comes in pieces that overlap. Ends early when the
 * budget is spent.
 */
export function* decodedViews(text: string, budget: DecodeBudget, shortest = shortestDecoded): Generator<View> {
  yield* withDecoded({ text, depth: 0, origin: (start, end) => [start, end] }, budget, shortest);
}

/** Depth first: of all that a file decodes to, only what is looked at is in memory. */
function* withDecoded(view: View, budget: DecodeBudget, shortest: number): Generator<View> {
  yield view;
  for (const child of childrenOf(view, shortest)) {
    // No key is that short. A text full of single escapes has very many of these.
    if (child.text.length < shortest) continue;
    budget.left -= child.text.length;
    if (budget.left < 0) {
      budget.exhausted = true;
      return;
    }
    yield* withDecoded(child, budget, shortest);
  }
}

function* childrenOf(view: View, shortest: number): Generator<View> {
  if (view.depth >= maximumDepth) return;
  yield* unescaped(view);
  yield* wideCharacters(view, shortest);
  yield* encodedRuns(view, shortest);
  yield* symbolRuns(view, shortest);
  yield* backwardKeys(view);
}

/** UTF-16 inside a text of bytes. */
function* wideCharacters(view: View, shortest: number): Generator<View> {
  const { text } = view;
  if (!text.includes('\0')) return;
  for (const nulFirst of [false, true]) {
    const pair = nulFirst ? `\\0[\\t\\n\\r -~]` : `[\\t\\n\\r -~]\\0`;
    for (const match of text.matchAll(new RegExp(`(?:${pair}){${shortest},}`, 'g'))) {
      const narrow = match[0].replaceAll('\0', '');
      yield derive(view, narrow, view.depth + 1, (start, end) => [match.index + 2 * start, match.index + 2 * end]);
    }
  }
}

/** The prefixes of keys and setup tokens, last character first. */
const backwardPrefixes = ['_evil_kh', '_xobdnas_kh', '_evil_tlih', '_tsh'];
const bodyCharacters = characters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-');

function* backwardKeys(view: View): Generator<View> {
  const { text } = view;
  for (const prefix of backwardPrefixes) {
    let floor = 0;
    for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
      const end = at + prefix.length;
      if (/[A-Za-z0-9_]/.test(text[end] ?? '')) continue;
      const start = extendBack(text, at, floor, bodyCharacters);
      floor = end;
      yield derive(view, backwards(text.slice(start, end)), view.depth + 1, (a, b) => [end - b, end - a]);
    }
  }
}
