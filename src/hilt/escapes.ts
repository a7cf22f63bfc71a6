import { characters, extend, extendBack, lastAtMost } from './character-runs.ts';
import { continued, derive, longestPiece, sharedByPieces, type View } from './encoded-view.ts';

/** Named entities of the characters that a key or another encoding is written in. Source: the HTML standard's table. */
const namedEntities: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({
  lowbar: '_', UnderBar: '_', amp: '&', percnt: '%', bsol: '\\', equals: '=', plus: '+', sol: '/', num: '#', semi: ';', lbrace: '{', rbrace: '}',
}));

/** Any number of backslashes: a program text inside JSON inside YAML doubles them each time. */
const escapePattern = new RegExp(
  [
    '(?<!\\\\)\\\\+(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\\{0*([0-9A-Fa-f]{1,6})\\}|U([0-9A-Fa-f]{8})|([0-3][0-7]{2}|[1-7][0-7])|(\\/))',
    '%(?:([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))',
    '&(?:#0*([0-9]{1,7});?|#[xX]0*([0-9A-Fa-f]{1,6});?|([A-Za-z]{3,8});)',
  ].join('|'),
  'g',
);

/** What an escaped word is made of: the escapes, and the plain characters between them. */
const wordOrEscape = characters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=%\\&#;{}');

/** Each stretch of the text with escapes in it, with these undone. */
export function* unescaped(view: View): Generator<View> {
  const { text } = view;
  if (!/[\\%&]/.test(text)) return;
  const escape = new RegExp(escapePattern);
  let regionEnd = 0;
  let region: EscapedRegion | undefined;
  for (let match = escape.exec(text); match; match = escape.exec(text)) {
    const yielded = escapedCharacter(match);
    if (yielded === undefined) continue;
    if (!region || match.index >= regionEnd) {
      if (region) yield region.view(view, regionEnd);
      const start = extendBack(text, match.index, regionEnd, wordOrEscape);
      regionEnd = extend(text, escape.lastIndex, wordOrEscape);
      region = new EscapedRegion(start);
    }
    regionEnd = Math.max(regionEnd, escape.lastIndex);
    region.add(match.index, escape.lastIndex, yielded);
    if (escape.lastIndex - region.start < longestPiece) continue;
    yield region.view(view, escape.lastIndex);
    // The last escapes are read again, as the first of the next piece.
    const next = escape.lastIndex - sharedByPieces;
    escape.lastIndex = region.firstFrom(next);
    region = new EscapedRegion(next, true);
  }
  if (region) yield region.view(view, regionEnd);
}

/** The character that an escape stands for, or `undefined` if it is not ASCII, in which keys and their encodings are written. */
function escapedCharacter(match: RegExpExecArray): string | undefined {
  const hex = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[7] ?? match[8] ?? match[10];
  if (hex !== undefined) return codeText(Number.parseInt(hex, 16));
  if (match[5] !== undefined) return codeText(Number.parseInt(match[5], 8));
  if (match[6] !== undefined) return '/';
  return match[9] !== undefined ? codeText(Number(match[9])) : namedEntities.get(match[11] ?? '');
}

function codeText(code: number): string | undefined {
  return code < 0x80 ? String.fromCharCode(code) : undefined;
}

/** A stretch of text with escapes in it: where they stand in the source, and where in the decoded text. */
class EscapedRegion {
  readonly start: number;
  readonly #isContinued: boolean;
  readonly #sourceStarts: number[] = [];
  readonly #sourceEnds: number[] = [];
  readonly #yielded: string[] = [];

  constructor(start: number, isContinued = false) {
    this.start = start;
    this.#isContinued = isContinued;
  }

  add(start: number, end: number, yielded: string): void {
    this.#sourceStarts.push(start);
    this.#sourceEnds.push(end);
    this.#yielded.push(yielded);
  }

  /** Where the first escape at or after `offset` begins: the last one, if none does. */
  firstFrom(offset: number): number {
    const index = lastAtMost(this.#sourceStarts, offset - 1) + 1;
    return this.#sourceStarts[Math.min(index, this.#sourceStarts.length - 1)] ?? offset;
  }

  view(parent: View, end: number): View {
    const pieces: string[] = [];
    const decodedAt: number[] = [];
    let from = this.start;
    let length = 0;
    for (const [i, start] of this.#sourceStarts.entries()) {
      pieces.push(parent.text.slice(from, start), this.#yielded[i] ?? '');
      length += start - from;
      decodedAt.push(length++);
      from = this.#sourceEnds[i] ?? from;
    }
    pieces.push(parent.text.slice(from, end));

    const start = (index: number): number => {
      const escape = lastAtMost(decodedAt, index);
      if (escape < 0) return this.start + index;
      const at = decodedAt[escape] ?? 0;
      return at === index ? (this.#sourceStarts[escape] ?? 0) : (this.#sourceEnds[escape] ?? 0) + index - at - 1;
    };
    const endOf = (index: number): number => {
      const escape = lastAtMost(decodedAt, index);
      return escape >= 0 && decodedAt[escape] === index ? (this.#sourceEnds[escape] ?? 0) : start(index) + 1;
    };
    const text = pieces.join('');
    return derive(parent, this.#isContinued ? continued(text) : text, parent.depth + 1, (first, last) => [start(first), endOf(last - 1)]);
  }
}
