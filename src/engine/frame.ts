import type { Span } from '../syntax/span.ts';
import { getLineSpan, getPosition } from './line-index.ts';
import { frameMargin, maskLine } from './mask.ts';
import type { MaskedSpan } from './mask.ts';
import { placesNear } from './secret-places.ts';
import type { SecretPlaces } from './secret-places.ts';
import type { IndexedText } from './text-store.ts';

/** The line of a finding with every secret masked. */
export interface Frame {
  /** 1-based. */
  readonly line: number;
  /** One line, with tabs and whatever control characters the file has. */
  readonly text: string;
  /** What to underline, as UTF-16 offsets in `text`. */
  readonly subject: Span;
}

/** Columns of a frame: wider lines are cut around the subject. */
const width = 100;

export function makeFrame({ text, lines }: IndexedText, at: Span, secrets: SecretPlaces<MaskedSpan>): Frame {
  const { line } = getPosition(lines, at[0]);
  const near = placesNear(secrets, [at[0] - frameMargin, at[1] + frameMargin]);
  const masked = maskLine(text, getLineSpan(lines, text, line), at, near);
  return { line, ...cut(masked.text, masked.subject) };
}

function cut(text: string, subject: Span): { text: string; subject: Span } {
  const indent = /^\s*/.exec(text)?.[0].length ?? 0;
  const from = text.length - indent <= width ? indent : Math.max(indent, Math.min(subject[0] - Math.floor(width / 3), text.length - width));
  const to = Math.min(text.length, from + width);
  const before = from > indent ? '…' : '';
  const shift = before.length - from;
  return {
    text: before + text.slice(from, to) + (to < text.length ? '…' : ''),
    subject: [Math.max(subject[0] + shift, 0), Math.min(Math.max(subject[1], subject[0] + 1), to) + shift],
  };
}
