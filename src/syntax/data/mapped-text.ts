import type { Span } from '../span.ts';

/**
 * Text as a reader of the format gets it (escapes undone, indentation and continuation lines taken off),
 * with where each part of it stands in the file.
 */
export interface MappedText {
  readonly text: string;
  /** In text order, without gaps in `text`. */
  readonly pieces: readonly Piece[];
}

/**
 * `[offset in the text, start in the file, end in the file]`. A piece as long in the file as in the text maps
 * character by character; any other piece (an escape, a folded line) only as a whole.
 */
export type Piece = readonly [offset: number, start: number, end: number];

/** A part of the file as it stands. */
export function verbatim(source: string, start: number, end: number): MappedText {
  return { text: source.slice(start, end), pieces: [[0, start, end]] };
}

/** Text that stands for the whole of `at`, without a finer map. */
export function standsFor(text: string, at: Span): MappedText {
  return { text, pieces: [[0, at[0], at[1]]] };
}

export interface MappedTextBuilder {
  /** Adds text that stands at `start` to `end` in the file. */
  append(text: string, start: number, end: number): void;
  readonly length: number;
  finish(): MappedText;
}

/** Puts a text together from its parts, in order. */
export function createMappedText(): MappedTextBuilder {
  const texts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  let last: { offset: number; start: number; end: number; exact: boolean } | undefined;
  const flush = (): void => {
    if (last !== undefined) pieces.push([last.offset, last.start, last.end]);
  };
  return {
    append(text, start, end) {
      if (text === '') return;
      const exact = text.length === end - start;
      if (last?.exact === true && exact && last.end === start) last.end = end;
      else {
        flush();
        last = { offset: length, start, end, exact };
      }
      texts.push(text);
      length += text.length;
    },
    get length() {
      return length;
    },
    finish() {
      flush();
      last = undefined;
      return { text: texts.join(''), pieces };
    },
  };
}

/** Where `[start, end)` of the text stands in the file. An empty text has no place: `[0, 0]`. */
export function sourceSpan(mapped: MappedText, start: number, end: number): Span {
  const first = pieceAt(mapped, start);
  const last = pieceAt(mapped, Math.max(start, end - 1));
  if (first === undefined || last === undefined) return [0, 0];
  const from = isExact(mapped, first) ? first.piece[1] + start - first.piece[0] : first.piece[1];
  const to = isExact(mapped, last) ? last.piece[1] + end - last.piece[0] : last.piece[2];
  return [from, Math.max(from, to)];
}

/** The part `[start, end)` of a text, with its map. */
export function sliceMapped(mapped: MappedText, start: number, end: number): MappedText {
  const builder = createMappedText();
  appendMapped(builder, mapped, start, end);
  return builder.finish();
}

/** Adds the part `[start, end)` of another text, with its map. */
export function appendMapped(builder: MappedTextBuilder, mapped: MappedText, start = 0, end = mapped.text.length): void {
  for (let index = pieceAt(mapped, start)?.index ?? 0; (mapped.pieces[index]?.[0] ?? end) < end; index += 1) {
    const from = Math.max(start, mapped.pieces[index]?.[0] ?? 0);
    const to = Math.min(end, mapped.pieces[index + 1]?.[0] ?? mapped.text.length);
    if (from >= to) continue;
    const [sourceStart, sourceEnd] = sourceSpan(mapped, from, to);
    builder.append(mapped.text.slice(from, to), sourceStart, sourceEnd);
  }
}

interface Found { readonly piece: Piece; readonly index: number }

function pieceAt(mapped: MappedText, offset: number): Found | undefined {
  let low = 0;
  let high = mapped.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((mapped.pieces[middle]?.[0] ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = mapped.pieces[low];
  return piece && { piece, index: low };
}

function isExact(mapped: MappedText, { piece, index }: Found): boolean {
  const next = mapped.pieces[index + 1]?.[0] ?? mapped.text.length;
  return next - piece[0] === piece[2] - piece[1];
}

/**
 * The map of a quoted string whose escapes somebody else has undone: `raw` is what stands between the quotes,
 * `start` its offset in the file. Escapes are a backslash with one character, `x` and 2, `u` and 4 or `U` and 8 digits,
 * or `u{…}`. Where the two cannot be brought together the text maps as a whole.
 */
export function alignEscapes(text: string, raw: string, start: number): MappedText {
  if (text === raw) return { text, pieces: [[0, start, start + raw.length]] };
  const builder = createMappedText();
  let at = 0;
  while (at < raw.length) {
    const escape = escapeLength(raw, at);
    if (escape === 0) {
      if (raw[at] !== text[builder.length]) return standsFor(text, [start, start + raw.length]);
      builder.append(raw[at] ?? '', start + at, start + at + 1);
      at += 1;
      continue;
    }
    const long = raw[at + 1] === 'U' || raw[at + 2] === '{';
    const character = long ? String.fromCodePoint(text.codePointAt(builder.length) ?? 0) : (text[builder.length] ?? '');
    builder.append(character, start + at, start + at + escape);
    at += escape;
  }
  const mapped = builder.finish();
  return mapped.text === text ? mapped : standsFor(text, [start, start + raw.length]);
}

/** Length of the escape sequence at `at`, 0 where none stands. */
export function escapeLength(raw: string, at: number): number {
  if (raw[at] !== '\\') return 0;
  switch (raw[at + 1]) {
    case 'x': return 4;
    case 'u': return raw[at + 2] === '{' ? raw.indexOf('}', at) - at + 1 || 2 : 6;
    case 'U': return 10;
    default: return 2;
  }
}
