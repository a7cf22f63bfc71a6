import type { Span } from '../span.ts';

/** Neighbouring pieces of text that the program joins. */
export interface Chain {
  readonly pieces: readonly Piece[];
  readonly separator: string;
  /** Nothing but blanks or commas stands between the pieces: only what looks random is taken for a key. */
  readonly weak: boolean;
}

/** What is joined, without quotes, and the whole literal with them. */
export interface Piece { readonly inner: Span; readonly outer: Span }
