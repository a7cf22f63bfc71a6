import { decodeBudget, decodedViews } from '../../hilt/encodings.ts';
import { findKeys, looksRandom, type KeyContext } from '../../hilt/key-grammar.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import { mentionsHilt } from '../../hilt/needles.ts';
import { inOrder, type Span } from '../span.ts';
import type { TextSecret, TextSecrets } from './find-secrets.ts';
import { insertedLiterals, joinedList, wordLists } from './joined-lists.ts';
import type { Chain, Piece } from './pieces.ts';

/**
 * Finds secrets that are cut into neighbouring string literals, whatever the language: `"hk_live_" + "9f…"`, Python's and C's
 * `"hk_live_" "9f…"`, PHP's ` . `, VB's ` & `, SQL's ` || `, `.concat(…)`, `key += "…"`, `["hk", "live", "9f…"].join("_")`,
 * and a line that is continued after a backslash. Nothing is evaluated: only text between the pieces is looked at.
 *
 * The span goes from the first quote to the last of the pieces that hold the secret. A secret within one piece is not reported.
 */
export function findSplitSecrets(text: string, options: KeyOptions, mentions: KeyContext): TextSecrets {
  const budget = { left: 4 * text.length + 100_000 };
  const secrets: TextSecret[] = [];
  for (const chain of chainsOf(text)) {
    const joined = joinPieces(text, chain);
    budget.left -= joined.text.length;
    if (budget.left < 0) return { secrets: ordered(secrets), exhausted: true };
    if (mentionsHilt(Buffer.from(joined.text))) secrets.push(...secretsOf(joined, chain, options, mentions));
  }
  return { secrets: ordered(secrets), exhausted: false };
}

interface Joined {
  readonly text: string;
  /** Where each piece begins in `text`. */
  readonly starts: readonly number[];
}

const longestLiteral = 4096;
const mostPieces = 512;

/** What may stand between two literals that are joined. Blanks are bounded, so that the search stays linear. */
const blank = '[ \\t\\r\\n]{0,120}';
const appending = '(?:concat|[aA]ppend|plus|push_str|[wW]riteString|write)\\(';
/** `String::from("…") +`, `"…".to_owned() +`, `[@"…" stringByAppendingString:@` */
const adapted = '(?:\\)|\\.(?:to_owned|to_string|into|clone)\\(\\)){1,2}[ \\t]{0,8}\\+|stringByAppendingString:';
const operators = ['\\+{1,2}', '\\.{1,3}', '&(?: _)?', '\\|\\|', '<>', '~', '<<', '\\^', '\\*', '\\\\', `\\){0,2}\\.${appending}`, adapted].join('|');
/** `; key += `, `$key .= `, `); builder.append(` */
const assignment = `\\){0,2};?[ \\t\\r\\n]{1,120}(?:[\\w$.]{1,64}[ \\t]{0,8}[+.&<]=|(?:[\\w$]{1,64}(?:\\.|->))?${appending})`;
/** The letters before a quote that mark a kind of string: `f"…"`, `@"…"`. */
const stringPrefix = '[fFrRbBuULN@$]{0,2}';
const between = `(?:${blank}(?:(?:${operators})${blank})?|${assignment}${blank})`;
const joint = new RegExp(`${between}${stringPrefix}["'\`]`, 'y');
const comma = new RegExp(`${blank},${blank}${stringPrefix}["'\`]`, 'y');
/** Blanks alone, or nothing between quotes of one kind, which in some languages is an escaped quote. */
const bareJoint = /^[\s]*[A-Za-z@$]*["'`]$/;

/** The end of one literal and the start of the next: the only places that are looked at. */
const seams = new RegExp(`[A-Za-z0-9_+/=%&#;}-]["'\`](?:${between}|${blank},${blank})${stringPrefix}["'\`][A-Za-z0-9_+/=\\\\%&#-]`, 'g');

function* chainsOf(text: string): Generator<Chain> {
  let covered = 0;
  let coveredByComma = 0;
  for (const seam of matches(text, seams)) {
    const close = seam + 1;
    const first = literalBefore(text, close);
    if (!first) continue;
    if (close >= covered) {
      const chain = follow(text, first, joint);
      covered = chain.pieces.at(-1)?.outer[1] ?? covered;
      if (chain.pieces.length > 1) yield chain;
    }
    if (close >= coveredByComma) {
      const { pieces } = follow(text, first, comma);
      coveredByComma = pieces.at(-1)?.outer[1] ?? coveredByComma;
      const separated = pieces.length > 1 ? joinedList(text, pieces) : undefined;
      if (separated) yield separated;
    }
  }
  yield* continuedLines(text);
  yield* wordLists(text);
  yield* insertedLiterals(text);
}

function* matches(text: string, pattern: RegExp): Generator<number> {
  const search = new RegExp(pattern);
  for (let match = search.exec(text); match; match = search.exec(text)) {
    yield match.index;
    // The next seam may begin within this one: its second literal has one character.
    search.lastIndex = match.index + 1;
  }
}

function follow(text: string, first: Piece, joiner: RegExp): Chain {
  const pieces = [first];
  let weak = joiner === comma;
  for (let end = first.outer[1]; pieces.length < mostPieces; ) {
    joiner.lastIndex = end;
    const match = joiner.exec(text);
    const next = match ? literalAt(text, joiner.lastIndex - 1) : undefined;
    if (!match || !next) break;
    weak ||= bareJoint.test(match[0]);
    pieces.push(next);
    end = next.outer[1];
  }
  return { pieces, separator: '', weak };
}

/** The literal that ends with the quote at `close`. */
function literalBefore(text: string, close: number): Piece | undefined {
  const quote = text[close];
  for (let i = close - 1; i >= Math.max(0, close - longestLiteral); i--) {
    if (text[i] === quote && !isEscaped(text, i)) return { inner: [i + 1, close], outer: [i, close + 1] };
    if (text[i] === '\n' && quote !== '`' && !isEscaped(text, i)) return undefined;
  }
  return undefined;
}

/** The literal that begins with the quote at `open`. */
function literalAt(text: string, open: number): Piece | undefined {
  const quote = text[open];
  for (let i = open + 1; i < Math.min(text.length, open + longestLiteral); i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return { inner: [open + 1, i], outer: [open, i + 1] };
    else if (text[i] === '\n' && quote !== '`') return undefined;
  }
  return undefined;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (backslashes < 64 && text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

// Lines that go on after a backslash

const wordCharacter = /[A-Za-z0-9_+/=-]/;

function* continuedLines(text: string): Generator<Chain> {
  const search = /[A-Za-z0-9_+/=-]\\\r?\n[ \t]{0,120}(?=[A-Za-z0-9_+/=-])/g;
  for (let match = search.exec(text); match; match = search.exec(text)) {
    const pieces = [word(text, match.index, -1)];
    for (let next: RegExpExecArray | null = match; next; ) {
      const piece = word(text, next.index + next[0].length, 1);
      pieces.push(piece);
      const again = /\\\r?\n[ \t]{0,120}(?=[A-Za-z0-9_+/=-])/y;
      again.lastIndex = piece.inner[1];
      search.lastIndex = piece.inner[1];
      next = pieces.length < mostPieces ? again.exec(text) : null;
    }
    yield { pieces, separator: '', weak: false };
  }
}

/** The word that ends (`-1`) or begins (`1`) at `at`. */
function word(text: string, at: number, direction: 1 | -1): Piece {
  let end = at;
  while (Math.abs(end - at) < longestLiteral && wordCharacter.test(text[end] ?? '')) end += direction;
  const span: Span = direction === 1 ? [at, end] : [end + 1, at + 1];
  return { inner: span, outer: span };
}

// Reading the joined text

function joinPieces(text: string, chain: Chain): Joined {
  const starts: number[] = [];
  let joined = '';
  for (const { inner } of chain.pieces) {
    if (starts.length > 0) joined += chain.separator;
    starts.push(joined.length);
    joined += text.slice(inner[0], inner[1]);
  }
  return { text: joined, starts };
}

function secretsOf(joined: Joined, chain: Chain, options: KeyOptions, mentions: KeyContext): TextSecret[] {
  const found: TextSecret[] = [];
  for (const view of decodedViews(joined.text, decodeBudget(joined.text.length))) {
    for (const key of findKeys(view.text, options, mentions)) {
      if (chain.weak && !looksRandom(key.text.replace(/^(?:hk_live|hk_sandbox|hilt_live|hst)_/, ''))) continue;
      const [start, end] = view.origin(key.start, key.end);
      const first = pieceAt(joined, start);
      const last = pieceAt(joined, end - 1);
      if (!first || !last || first === last) continue;
      const [from, to] = [chain.pieces[first - 1], chain.pieces[last - 1]];
      if (!from || !to) continue;
      // Of a piece without quotes only the key's own characters count.
      const at: Span = from.outer === from.inner ?
        [from.inner[0] + start - (joined.starts[first - 1] ?? 0), to.inner[0] + end - (joined.starts[last - 1] ?? 0)]
      : [from.outer[0], to.outer[1]];
      found.push({ secret: key.secret, at, form: 'folded' });
    }
  }
  return found;
}

/** Which piece holds the offset, counted from 1. */
function pieceAt(joined: Joined, offset: number): number {
  return joined.starts.filter((start) => start <= offset).length;
}

/** In position order, once for each place. */
function ordered(secrets: TextSecret[]): TextSecret[] {
  const kept: TextSecret[] = [];
  for (const secret of inOrder(secrets)) {
    if (secret.at[0] >= (kept.at(-1)?.at[1] ?? 0)) kept.push(secret);
  }
  return kept;
}
