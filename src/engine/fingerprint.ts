import { digestOf } from '../hilt/digest.ts';
import type { Span } from '../syntax/span.ts';
import { getLineSpan, getPosition } from './line-index.ts';
import type { LineIndex } from './line-index.ts';
import { placesNear } from './secret-places.ts';
import type { SecretPlaces } from './secret-places.ts';

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
  for (const { at: [from, to] } of placesNear(secrets, [start, end])) {
    if (from >= end || to <= done) continue;
    shown += text.slice(done, Math.max(done, from)) + '§';
    done = to;
  }
  shown += text.slice(done, Math.max(done, end));
  return shown.replace(/\s+/g, ' ').trim();
}
