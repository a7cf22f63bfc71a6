import type { Span } from '../syntax/span.ts';

/** A place of the text that is or yields a secret; `preview` is what may be shown of it. */
export interface MaskedSpan {
  readonly at: Span;
  readonly preview?: string;
}

/** A masked piece of text and where in it the piece's own subject stands (UTF-16 offsets). */
export interface MaskedText {
  readonly text: string;
  readonly subject: Span;
}

const keyShapes = /((?:hk_(?:live|sandbox)|hilt_live|hst)_)([A-Za-z0-9_-]{4})[A-Za-z0-9_-]+/g;
const jwtShapes = /eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g;

/**
 * Shortens everything that has the shape of a Hilt secret to its prefix and four characters.
 * Cheap and free of imports: the last line of defence for every text that leaves the process.
 */
export function maskKeys(text: string): string {
  return text.replace(keyShapes, '$1$2…').replace(jwtShapes, 'eyJ…');
}

/** One character, plain or escaped: `a`, `\x61`, `\u0061`, `&#97;`, `\141`. */
const unit = String.raw`(?:\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\u\{[0-9a-f]{1,6}\}|\\[0-7]{3}|&#x?[0-9a-f]{1,6};|[A-Za-z0-9_+/=%-])`;
const runs = new RegExp(`${unit}{8,}`, 'gi');
const edgeRuns = new RegExp(`^${unit}+|${unit}+$`, 'gi');
const numberLists = /(?:(?:0x[0-9a-f]{1,4}|\d{2,4})[\s,]+){3,}(?:0x[0-9a-f]{1,4}|\d{2,4})/gi;
const quoted = /(["'`])(?:\\[^]|(?!\1)[^\\])+(?:\1|$)/g;
const digits = /\b(?:0x[0-9a-f]+|\d{2,})\b/gi;

/**
 * Masks whatever could be a secret or a piece of one: key shapes, runs of eight or more characters that mix letters and
 * digits, lists of numbers (character codes). It rather masks too much, for texts whose origin is not known.
 */
export function maskRuns(text: string): string {
  return maskKeys(text)
    .replace(runs, (run) => (/[A-Za-z&\\]/.test(run) && /\d/.test(run) ? '…' : run))
    .replace(numberLists, '…');
}

/** Characters on either side of the subject that are looked at: a minified file is one line. */
export const frameMargin = 240;

/**
 * Masks the part of `text` in `line` for a code frame.
 *
 * @param line the span of the shown line, without its line break
 * @param subject what the frame points at; it is clipped to the line
 * @param secrets every place of the text within {@link frameMargin} that is known to be a secret, in any order
 */
export function maskLine(text: string, line: Span, subject: Span, secrets: readonly MaskedSpan[]): MaskedText {
  const own: Span = [clamp(subject[0], line), clamp(subject[1], line)];
  const shown: Span = [Math.max(line[0], own[0] - frameMargin), Math.min(line[1], own[1] + frameMargin)];
  const isPieced = secrets.some(({ at }) => at[0] < own[1] && own[0] < at[1] && !isOneLiteral(text.slice(at[0], at[1])));
  const maskGap = (start: number, end: number): string => {
    const gap = maskRuns(maskEdges(text.slice(start, end), start === shown[0] && start > line[0], end === shown[1] && end < line[1]));
    return isPieced ? maskPieces(gap) : gap;
  };

  let masked = '';
  let start = 0;
  let end = 0;
  let done = shown[0];
  for (const place of mergePlaces([...secrets, { at: own }], shown)) {
    masked += maskGap(done, place.at[0]);
    if (place.at[0] <= own[0]) start = masked.length;
    masked += place.preview === undefined ? maskGap(place.at[0], place.at[1]) : maskSecret(text.slice(place.at[0], place.at[1]), place.preview);
    if (place.at[1] >= own[1] && end === 0) end = masked.length;
    done = place.at[1];
  }
  masked += maskGap(done, shown[1]);
  return { text: masked, subject: [start, Math.max(end, start)] };
}

function clamp(offset: number, [start, end]: Span): number {
  return Math.min(Math.max(offset, start), end);
}

/** The places inside `shown` in order, overlapping ones made one; a secret's preview wins over none. */
function mergePlaces(places: readonly MaskedSpan[], shown: Span): MaskedSpan[] {
  const merged: { at: Span; preview?: string }[] = [];
  const inOrder = places.filter(({ at }) => at[0] <= shown[1] && at[1] >= shown[0]).sort((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1]);
  for (const { at, preview } of inOrder) {
    const clipped: Span = [clamp(at[0], shown), clamp(at[1], shown)];
    const last = merged.at(-1);
    if (last && clipped[0] < last.at[1]) {
      last.at = [last.at[0], Math.max(last.at[1], clipped[1])];
      const shownAs = last.preview ?? preview;
      if (shownAs !== undefined) last.preview = shownAs;
    } else {
      merged.push({ at: clipped, ...(preview !== undefined && { preview }) });
    }
  }
  return merged;
}

/** A literal keeps its quotes; an expression keeps what is not a literal in it; anything else becomes the preview. */
function maskSecret(text: string, preview: string): string {
  const quote = /^["'`]/.exec(text)?.[0];
  if (quote && isOneLiteral(text)) return text.length > 1 && text.endsWith(quote) ? quote + preview + quote : quote + preview;
  if (/["'`(+[]/.test(text)) return maskPieces(maskRuns(text));
  return preview;
}

function isOneLiteral(text: string): boolean {
  const quote = /^["'`]/.exec(text)?.[0];
  if (!quote) return !/["'`(+[]/.test(text);
  return !text.slice(1, -1).replace(/\\[^]/g, '').includes(quote);
}

/** What a secret is put together from: the content of every literal and every number. */
function maskPieces(text: string): string {
  return text.replace(quoted, (literal) => literal.charAt(0) + '…' + literal.charAt(0)).replace(digits, '…');
}

/** A cut at the margin may go through a secret: what touches it is not shown. */
function maskEdges(text: string, atStart: boolean, atEnd: boolean): string {
  if (!atStart && !atEnd) return text;
  return text.replace(edgeRuns, (run, offset: number) => {
    const touches = (atStart && offset === 0) || (atEnd && offset + run.length === text.length);
    return touches ? '…' : run;
  });
}
