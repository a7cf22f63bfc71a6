import type { Span } from '../span.ts';
import { createMappedText, escapeLength, verbatim, type MappedText } from './mapped-text.ts';

/** How strings and comments look in a language with braces. */
export interface NativeSyntax {
  /** The quotes of strings; others open a character literal. */
  readonly quotes: string;
  /** What opens an interpolation inside double quotes (in Dart inside both). */
  readonly interpolation: '$' | '\\(' | undefined;
  readonly interpolatesSingle: boolean;
  readonly tripleQuotes: boolean;
  readonly nestedComments: boolean;
  readonly hashComments: boolean;
  /** `<<EOT` … `EOT` */
  readonly heredocs: boolean;
}

const base: NativeSyntax = { quotes: '"', interpolation: undefined, interpolatesSingle: false, tripleQuotes: true, nestedComments: false, hashComments: false, heredocs: false };

export const nativeSyntaxes = {
  kotlin: { ...base, interpolation: '$', nestedComments: true },
  swift: { ...base, interpolation: '\\(', nestedComments: true },
  dart: { ...base, quotes: '"\'', interpolation: '$', interpolatesSingle: true },
  groovy: { ...base, quotes: '"\'', interpolation: '$' },
  java: base,
  hcl: { ...base, interpolation: '$', tripleQuotes: false, hashComments: true, heredocs: true },
} as const satisfies Record<string, NativeSyntax>;

export type NativeLanguage = keyof typeof nativeSyntaxes;

export type NativeToken = WordToken | StringToken | PunctuationToken;
export interface WordToken { readonly kind: 'word'; readonly text: string; readonly at: Span }
export interface PunctuationToken { readonly kind: 'punctuation'; readonly text: string; readonly at: Span }
export interface StringToken {
  readonly kind: 'string';
  /** Texts, and the source ranges of the expressions between them. */
  readonly parts: readonly (MappedText | Span)[];
  readonly at: Span;
}

export interface NativeTokens {
  readonly tokens: readonly NativeToken[];
  readonly comments: readonly { readonly at: Span; readonly block: boolean }[];
  /** Where strings or comments are never closed. */
  readonly unclosed: readonly number[];
}

const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const number = /\d[\w.]*/y;
const blanks = /\s+/y;
const operator = /\?\?|\?:|\?\.|!!|==|!=|<=|>=|=>|->|\+=|&&|\|\||::|./sy;

/** Splits a source into words, strings and punctuation, as far as all languages with braces agree. */
export function tokenize(source: string, syntax: NativeSyntax): NativeTokens {
  const tokens: NativeToken[] = [];
  const comments: { at: Span; block: boolean }[] = [];
  const unclosed: number[] = [];
  for (let at = 0; at < source.length; ) {
    const blank = match(blanks, source, at);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const comment = commentEnd(source, at, syntax);
    if (comment !== undefined) {
      const block = source[at + 1] === '*';
      if (comment > source.length) unclosed.push(at);
      comments.push({ at: [at, Math.min(comment, source.length)], block });
      at = comment;
      continue;
    }
    const string = readString(source, at, syntax);
    if (string !== undefined) {
      if (string.isOpen) unclosed.push(at);
      tokens.push({ kind: 'string', parts: string.parts, at: [at, string.end] });
      at = string.end;
      continue;
    }
    const text = match(word, source, at) ?? match(number, source, at);
    const symbol = text ?? match(operator, source, at) ?? '';
    tokens.push({ kind: text === undefined ? 'punctuation' : 'word', text: symbol, at: [at, at + symbol.length] });
    at += symbol.length;
  }
  return { tokens, comments, unclosed };
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** The end of the comment that begins at `at`; beyond the source where it is never closed. */
function commentEnd(source: string, at: number, syntax: NativeSyntax): number | undefined {
  const isLine = source.startsWith('//', at) || (syntax.hashComments && source[at] === '#');
  if (isLine) {
    const end = source.indexOf('\n', at);
    if (end === -1) return source.length;
    return source[end - 1] === '\r' ? end - 1 : end;
  }
  if (!source.startsWith('/*', at)) return undefined;
  let depth = 1;
  const mark = /\/\*|\*\//g;
  mark.lastIndex = at + 2;
  for (let found = mark.exec(source); found !== null; found = mark.exec(source)) {
    if (found[0] === '*/') depth -= 1;
    else if (syntax.nestedComments) depth += 1;
    if (depth === 0) return found.index + 2;
  }
  return source.length + 1;
}

interface ReadString { readonly parts: readonly (MappedText | Span)[]; readonly end: number; readonly isOpen: boolean }

function readString(source: string, at: number, syntax: NativeSyntax): ReadString | undefined {
  if (syntax.heredocs && source.startsWith('<<', at)) return readHeredoc(source, at);
  if (source[at] === '#' && /^#+"/.test(source.slice(at, at + 8))) return readHashString(source, at);
  if ((source[at] === 'r' || source[at] === '@') && syntax.quotes.includes(source[at + 1] ?? ' ')) return readQuoted(source, at + 1, { ...syntax, interpolation: undefined }, true);
  const quote = source[at] ?? '';
  if (syntax.quotes.includes(quote)) return readQuoted(source, at, syntax, false);
  return quote === "'" ? readCharacter(source, at) : undefined;
}

/** `'c'` of Kotlin and Java; elsewhere an apostrophe is nothing. */
function readCharacter(source: string, at: number): ReadString | undefined {
  const found = /^'(?:\\u[0-9a-fA-F]{4}|\\.|[^'\\\n])'/.exec(source.slice(at, at + 8))?.[0];
  if (found === undefined) return undefined;
  return { parts: [verbatim(source, at + 1, at + found.length - 1)], end: at + found.length, isOpen: false };
}

function readHeredoc(source: string, at: number): ReadString | undefined {
  const head = /<<-?([A-Za-z_]\w*)[\t ]*\r?\n/y;
  head.lastIndex = at;
  const name = head.exec(source)?.[1];
  if (name === undefined) return undefined;
  const from = head.lastIndex;
  const closing = new RegExp(`^[\\t ]*${name}[\\t ]*\\r?$`, 'gm');
  closing.lastIndex = from;
  const close = closing.exec(source);
  const end = close?.index ?? source.length;
  return { parts: [verbatim(source, from, end)], end: close === null ? end : end + close[0].trimEnd().length, isOpen: close === null };
}

/** Swift's `#"…"#`, in which a backslash is a backslash. */
function readHashString(source: string, at: number): ReadString {
  const hashes = /^#+/.exec(source.slice(at, at + 8))?.[0] ?? '#';
  const open = source.startsWith('"""', at + hashes.length) ? '"""' : '"';
  const from = at + hashes.length + open.length;
  const close = source.indexOf(open + hashes, from);
  const end = close === -1 ? source.length : close;
  return { parts: [verbatim(source, from, end)], end: Math.min(source.length, end + open.length + hashes.length), isOpen: close === -1 };
}

/** No quote, escape, interpolation or line end. */
const plainText = /[^"'\\$\n]+/y;

function readQuoted(source: string, at: number, syntax: NativeSyntax, isRaw: boolean): ReadString {
  const quote = source[at] ?? '';
  const isTriple = syntax.tripleQuotes && source.startsWith(quote.repeat(3), at);
  const close = isTriple ? quote.repeat(3) : quote;
  const interpolation = quote === '"' || syntax.interpolatesSingle ? syntax.interpolation : undefined;
  const parts: (MappedText | Span)[] = [];
  const from = at + close.length;
  if (!isTriple && source[from] === quote) return { parts: [], end: from + 1, isOpen: false };
  const simple = isTriple ? undefined : match(plainText, source, from);
  const simpleEnd = from + (simple?.length ?? 0);
  if (simple !== undefined && source[simpleEnd] === quote) return { parts: [verbatim(source, from, simpleEnd)], end: simpleEnd + 1, isOpen: false };
  let text = createMappedText();
  let cursor = from;
  let failures = 0;
  const flush = (): void => {
    if (text.length > 0) parts.push(text.finish());
    text = createMappedText();
  };
  const finish = (end: number, isOpen: boolean): ReadString => {
    flush();
    return { parts, end, isOpen };
  };
  while (cursor < source.length) {
    if (source.startsWith(close, cursor)) return finish(cursor + close.length, false);
    if (!isTriple && source[cursor] === '\n') return finish(cursor, true);
    const mayInterpolate = interpolation !== undefined && failures < maximumFailures && source.startsWith(interpolation, cursor);
    const expression = mayInterpolate ? interpolated(source, cursor, interpolation) : undefined;
    if (mayInterpolate && expression === undefined) failures += 1;
    if (expression !== undefined) {
      flush();
      parts.push(expression.at);
      cursor = expression.end;
      continue;
    }
    const escape = isRaw || source[cursor] !== '\\' ? 0 : escapeLength(source, cursor);
    const stop = cursor + (escape || (match(plainText, source, cursor)?.length ?? 1));
    text.append(escape === 0 ? source.slice(cursor, stop) : escaped(source.slice(cursor, stop)), cursor, stop);
    cursor = stop;
  }
  return finish(source.length, true);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0' };

function escaped(escape: string): string {
  const code = Number.parseInt(escape.slice(2).replace('{', ''), 16);
  if (/^\\[xuU][0-9a-fA-F{]/.test(escape) && code <= 0x10_ff_ff) return String.fromCodePoint(code);
  return escapes[escape[1] ?? ''] ?? escape.slice(1);
}

/** Bounds that keep hostile text from costing its square. */
const longestInterpolation = 1_000;
const maximumFailures = 50;

/** `$name`, `${expression}` or `\(expression)`: the range of the expression, and where the string goes on. */
function interpolated(source: string, at: number, opening: '$' | '\\('): { at: Span; end: number } | undefined {
  if (opening === '$' && source[at + 1] !== '{') {
    const name = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?/.exec(source.slice(at + 1, at + 200))?.[0];
    return name === undefined ? undefined : { at: [at + 1, at + 1 + name.length], end: at + 1 + name.length };
  }
  const [open, close] = opening === '$' ? ['{', '}'] : ['(', ')'];
  let depth = 1;
  for (let cursor = at + 2; cursor < source.length && cursor - at < longestInterpolation; cursor += 1) {
    if (source[cursor] === '\n') return undefined;
    if (source[cursor] === open) depth += 1;
    if (source[cursor] === close) depth -= 1;
    if (depth === 0) return { at: [at + 2, cursor], end: cursor + 1 };
  }
  return undefined;
}
