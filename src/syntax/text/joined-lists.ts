import type { Span } from '../span.ts';
import type { Chain, Piece } from './pieces.ts';

/** What stands between the name of a joining call and the first piece, and behind the last. */
const around = 120;

/** A list between the call and the pieces: `[`, `array(`, `@(`, `new string[] {`, `List.of(`, `[]string{`. */
const listStart = String.raw`(?:(?:new\b\s{0,4}[\w.]{0,16}\s{0,4}\[\]\s{0,4}|[\w.]{0,24}\s{0,4}|\[\]\w{1,12}|@)?[[({]\s{0,40})?`;
const separator = String.raw`(["'])([^"'\\]{0,4})\1`;
/** `"_".join([`, `implode("_", [`, `String.join("_", List.of(`, `join '_', ` of Perl */
const separatorFirst = new RegExp(String.raw`(?:${separator}\s{0,8}\.join\s{0,8}\(|(?:join|implode|mkString)[ \t]{0,8}\(?\s{0,8}${separator.replace('\\1', '\\3')}\s{0,8},)\s{0,8}${listStart}$`, 'i');
/** `].join("_")`, `).joinToString(separator = "_")`, `) -join '_'` */
const separatorLast = /^\s{0,40},?\s{0,40}(?:[\])}]\s{0,40}(?:\.|->)\s{0,8}(?:join(?:ed|ToString)?|mkString)|[\])}]?[ \t]{0,8}-join)\s{0,8}\(?\s{0,8}(?:(?:separator|sep)\s{0,8}[:=]\s{0,8})?(?:(["'])([^"'\\]{0,4})\1)?/i;
/** `table.concat({…}, "_")`, `paste("hk", …, sep = "_")` */
const separatorArgument = /^\s{0,40},?\s{0,40}[\])}]?\s{0,8},\s{0,8}(?:sep(?:arator)?\s{0,4}=\s{0,4})?(["'`])([^"'`\\]{0,4})\1\s{0,8}\)/;
const takesSeparator = new RegExp(String.raw`\b(?:join|concat|paste|implode)\s{0,8}\(\s{0,8}${listStart}$`, 'i');
/** Calls that put their arguments, or the items of one list, together with nothing between. */
const plain = new RegExp(String.raw`(?:\bconcat!?|\bC(?:oncat|ONCAT)|\bpaste0|\bSprint|\bimplode|\bstr|-join)\s{0,8}\(?\s{0,40}${listStart}$`);
/** Part of the name of every call above: most lists, of data above all, stand beside none. */
const callNames = /join|implode|mkstring|conc|paste|sprint|str|collect/i;
const concatenated = /^\s{0,40},?\s{0,40}[\])}]\s{0,40}\.(?:concat|collect::<String>)\(\s{0,8}\)/;

/**
 * The pieces of a list between commas, where a call around them joins them, and what it puts between them. A list of single
 * characters needs no call: nothing but a text is written that way.
 */
export function joinedList(text: string, pieces: readonly Piece[]): Chain | undefined {
  const start = pieces[0]?.outer[0] ?? 0;
  const end = pieces.at(-1)?.outer[1] ?? start;
  const before = text.slice(Math.max(0, start - around), start);
  const after = text.slice(end, end + around);
  const list = (put: string, from = 0): Chain => ({ pieces: pieces.slice(from), separator: put, weak: true });
  const letters = (): Chain | undefined => (pieces.length >= 16 && pieces.every(({ inner: [from, to] }) => to - from === 1) ? list('') : undefined);
  if (!callNames.test(before) && !callNames.test(after)) return letters();

  const first = separatorFirst.exec(before);
  if (first) return list(first[2] ?? first[4] ?? '');
  const last = separatorLast.exec(after);
  if (last) return list(last[2] ?? '');
  const argument = takesSeparator.test(before) ? separatorArgument.exec(after) : null;
  if (argument) return list(argument[2] ?? '');
  if (/(?<!-)\b(?:join|implode|concat_ws)\s{0,8}\(\s{0,40}$/i.test(before)) {
    // The first of the pieces is what is put between the others.
    const inner = pieces[0]?.inner ?? [0, 0];
    return pieces.length > 2 ? list(text.slice(inner[0], inner[1]), 1) : undefined;
  }
  if (/\bjoin[ \t]{1,8}$/.test(before) && pieces.length > 2) return list(text.slice(...(pieces[0]?.inner ?? [0, 0])), 1);
  if (plain.test(before) || concatenated.test(after)) return list('');
  return letters();
}

/** `%w[hk live 9f…].join("_")` of Ruby, `join("_", qw(hk live 9f…))` of Perl. */
const words = /(?:%w|\bqw)\s{0,2}[[({<]\s{0,40}([\w+/=-]{1,256}(?:\s{1,40}[\w+/=-]{1,256}){1,64})\s{0,40}[\])}>]/g;

/** Lists of words without quotes, where a call joins them. */
export function* wordLists(text: string): Generator<Chain> {
  for (const match of text.matchAll(words)) {
    const before = text.slice(Math.max(0, match.index - around), match.index);
    const joined = separatorLast.exec(text.slice(match.index + match[0].length - 1, match.index + match[0].length + around)) ?? separatorFirst.exec(before);
    if (!joined) continue;
    const start = match.index + match[0].indexOf(match[1] ?? '');
    const pieces = [...(match[1] ?? '').matchAll(/\S+/g)].map((word): Piece => {
      const span: Span = [start + word.index, start + word.index + word[0].length];
      return { inner: span, outer: span };
    });
    yield { pieces, separator: joined[2] ?? joined[4] ?? '', weak: true };
  }
}

/** `${"9f…"}`, `{"9f…"}`, `\("9f…")`, `#{'9f…'}`: a literal that is inserted into another. */
const inserted = /(?<=[\w-])(?:[$#]?\{|\\\()\s{0,4}(["'])([\w-]{1,256})\1\s{0,4}[)}]/g;
const longestWord = 256;

/** Words of a literal with the literals that are inserted into it: `"hk_live_${"9f…"}"`, `$"hk_live_{"9f…"}"`. */
export function* insertedLiterals(text: string): Generator<Chain> {
  for (const match of text.matchAll(inserted)) {
    const end = match.index + match[0].length;
    const before = /[\w-]*$/.exec(text.slice(Math.max(0, match.index - longestWord), match.index))?.[0] ?? '';
    const after = /^[\w-]*/.exec(text.slice(end, end + longestWord))?.[0] ?? '';
    const literal = match.index + match[0].indexOf(match[1] ?? '') + 1;
    const spans: Span[] = [[match.index - before.length, match.index], [literal, literal + (match[2] ?? '').length], [end, end + after.length]];
    yield { pieces: spans.map((span) => ({ inner: span, outer: span })), separator: '', weak: true };
  }
}
