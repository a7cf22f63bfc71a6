/** A half-open range of UTF-16 offsets. */
export type Range = readonly [start: number, end: number];

/** A text and where it comes from in the text that the search began with. */
export interface View {
  readonly text: string;
  /** How many encodings were undone to read it. */
  readonly depth: number;
  /** The range of the original that yields the characters from `start` up to `end` of this text. */
  readonly origin: (start: number, end: number) => Range;
}

/** Keys are at most this deep; the encodings of an encoding of an encoding have a meaning, a fourth has none. */
export const maximumDepth = 3;

/**
 * Encoded text longer than this is decoded in pieces: what is kept of a piece, where each of its characters stands, takes many
 * times the memory of its text.
 */
export const longestPiece = 32_768;

/** What two pieces share, so that no key is cut in two: one of 64 characters under two escapes that make eight characters of each. */
export const sharedByPieces = 8_192;

/** The range in pieces of {@link longestPiece} at most; each begins {@link sharedByPieces} before the end of the one before it. */
export function* piecesOf([start, end]: Range): Generator<Range> {
  for (let from = start; ; from += longestPiece - sharedByPieces) {
    yield [from, Math.min(end, from + longestPiece)];
    if (from + longestPiece >= end) return;
  }
}

/**
 * Decoded text that does not begin where its run does. What stands before it is not known here, so it must not begin with a key:
 * the piece before holds that one whole, with what stands before it.
 */
export function continued(text: string): string {
  return `x${text.slice(1)}`;
}

/** A view into `parent`, given where each of its characters stands there. */
export function derive(parent: View, text: string, depth: number, locate: (start: number, end: number) => Range): View {
  return {
    text,
    depth,
    origin: (start, end) => {
      const [from, to] = locate(start, end);
      return parent.origin(from, to);
    },
  };
}
