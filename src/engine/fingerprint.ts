import { digestOf } from '../hilt/digest.ts';
import type { Span } from '../syntax/span.ts';
import { getLineSpan, getPosition } from './line-index.ts';
import type { LineIndex } from './line-index.ts';

export interface FingerprintInput {
  readonly rule: string;
  /** POSIX path relative to the root. */
  readonly file: string;
  /** The digest of the secret, else the key name or symbol, else the message's id. */
  readonly subject: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly at: Span;
  /** Every place of the file that is known to be a secret: their text is no part of the fingerprint. */
  readonly secrets: SecretPlaces;
}

/** Places of a file by where they start, and how far the ones up to each reach: those near a finding are found without the others. */
export interface SecretPlaces {
  readonly spans: readonly Span[];
  readonly reach: readonly number[];
}

export function sortPlaces(places: readonly Span[]): SecretPlaces {
  const spans = [...places].sort((a, b) => a[0] - b[0]);
  let furthest = 0;
  return { spans, reach: spans.map(([, end]) => (furthest = Math.max(furthest, end))) };
}

/** UTF-16 units on either side of the finding that count: a minified file is one line. */
const margin = 160;

/**
 * 32 hex digits that stay the same while lines move: rule, path, subject, and the text of the finding's lines with
 * secrets masked and white space collapsed. No line number, no commit, nothing from which a key can be told.
 */
export function makeFingerprint(input: FingerprintInput): string {
  return hash([input.rule, input.file, input.subject, getSurroundings(input)]);
}

/** The fingerprint of the n-th (1-based) finding of a file that has the same one. */
export function makeOrdinalFingerprint(fingerprint: string, ordinal: number): string {
  return ordinal === 1 ? fingerprint : hash([fingerprint, String(ordinal)]);
}

function hash(parts: readonly string[]): string {
  return digestOf(JSON.stringify(parts)).slice(0, 32);
}

function getSurroundings({ text, lines, at, secrets }: FingerprintInput): string {
  const first = getLineSpan(lines, text, getPosition(lines, at[0]).line);
  const last = getLineSpan(lines, text, getPosition(lines, at[1]).line);
  const start = Math.max(first[0], at[0] - margin);
  const end = Math.min(Math.max(last[1], at[1]), at[1] + margin);
  let shown = '';
  let done = start;
  for (let i = firstBeyond(secrets.reach, start); i < secrets.spans.length; i++) {
    const [from, to] = secrets.spans[i] as Span;
    if (from >= end) break;
    if (to <= done) continue;
    shown += text.slice(done, Math.max(done, from)) + '§';
    done = to;
  }
  shown += text.slice(done, Math.max(done, end));
  return shown.replace(/\s+/g, ' ').trim();
}

/** The index of the first of ascending numbers that is larger than `limit`. */
function firstBeyond(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
