import { findKeys, looksRandom, type KeyContext } from '../../hilt/key-grammar.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import { overlap, type Span } from '../span.ts';
import type { TextSecret } from './find-secrets.ts';

/**
 * Finds secrets that a text puts together from named constants of the same text, whatever the language: `prefix + "9f…"`,
 * `"${prefix}9f…"`, `KEY=${PREFIX}9f…`, `Sprintf("hk_live_%s", tail)`. For files without a syntax tree: other languages, and programs
 * too large for one. Scopes are not told apart, so only what looks random counts as a key.
 */
export function findNamedSecrets(text: string, options: KeyOptions, mentions: KeyContext): TextSecret[] {
  const constants = constantsOf(text);
  const found: TextSecret[] = [];
  for (const expression of [...formatsOf(text, constants), ...(constants.size === 0 ? [] : [...sumsOf(text, constants), ...insertionsOf(text, constants)])]) {
    const secret = secretOf(expression, options, mentions);
    if (secret && !found.some((each) => overlap(each.at, secret.at))) found.push(secret);
  }
  return found.sort((a, b) => a.at[0] - b.at[0]);
}

/** What a name may stand for, in order of appearance. */
type Constants = ReadonlyMap<string, readonly string[]>;

/** Parts in order, each with the texts that it may be. */
interface Expression { readonly at: Span; readonly parts: readonly (readonly string[])[] }

const maxConstants = 20_000;
const maxTexts = 8;
const maxParts = 32;
const maxCombinations = 64;
const maxExpressions = 5_000;

/** `NAME = "…"`, `name := "…"`, `val name: String = "…"`, `const NAME string = "…"`, `#define NAME "…"`, `define('NAME', '…')`. */
const quotedConstant = /(?<![\w$])\$?([A-Za-z_][\w$]{0,63})['"]?(?:(?:\s{0,4}:\s{0,4}[\w&<>?' ]{1,40}|[ \t]{1,4}[sS]tring)?[ \t]{0,8}:?=[ \t\r\n]{0,8}|[ \t]{0,4},?[ \t]{1,4}|(?<=['"]),|[ \t]{1,4}=>[ \t]{1,4})[@rb]?(["'`])([\w-]{1,256})\2/g;
/** `NAME=value` on a line of its own: environment files, scripts, Makefiles, Dockerfiles. */
const plainConstant = /^[ \t]{0,16}(?:(?:export|ENV|ARG|set|readonly|local)[ \t]{1,8})?([A-Za-z_]\w{0,63})[ \t]{0,8}[:?]?=[ \t]{0,8}["']?([\w-]{1,256})["']?[ \t]*\r?$/gm;

function constantsOf(text: string): Constants {
  const constants = new Map<string, string[]>();
  const add = (name: string, value: string): void => {
    const texts = constants.get(name);
    if (texts ? texts.length >= maxTexts || texts.includes(value) : constants.size >= maxConstants) return;
    if (texts) texts.push(value);
    else constants.set(name, [value]);
  };
  for (const match of text.matchAll(quotedConstant)) if (isPiece(match[3] ?? '')) add(match[1] ?? '', match[3] ?? '');
  for (const match of text.matchAll(plainConstant)) if (isPiece(match[2] ?? '')) add(match[1] ?? '', match[2] ?? '');
  return constants;
}

/** A piece of a prefix, or what may stand behind one. */
function isPiece(value: string): boolean {
  return /^(?:_?hk_?|hst_?|_?live_?|_?sandbox_?|_|hk_(?:live|sandbox)_?.*|_?(?:live|sandbox)_.*|hst_.*)$/.test(value) || (value.length >= 6 && /[A-Za-z]/.test(value) && /\d/.test(value));
}

const operator = /[ \t\r\n]{0,40}(?:\+|\.{1,2}|&|\|\||<>)[ \t\r\n]{0,40}|[ \t]{1,8}(?=["'])/y;
const operand = /(?:[@rb]?(["'`])([\w-]{0,256})\1|((?:\$|this\.|self\.)?[A-Za-z_][\w$]{0,63}(?:(?:\.|::|->)[A-Za-z_][\w$]{0,63}){0,4}))/y;
/** What begins a sum: a literal or a name before an operator. */
const sumStart = /(?:["'`]|(?<![\w$.])(?:\$|this\.|self\.)?[A-Za-z_][\w$]{0,63}(?:(?:\.|::|->)[A-Za-z_][\w$]{0,63}){0,4})(?=[ \t\r\n]{0,40}(?:\+|\.{1,2}[ \t"'`$]|&|\|\||<>)|(?<=[A-Z0-9_])[ \t]{1,8}["'])/g;

/** `prefix + "9f…"`, `$prefix . $tail`, `"hk_" + environment + tail`. */
function* sumsOf(text: string, constants: Constants): Generator<Expression> {
  let covered = 0;
  let count = 0;
  for (const match of text.matchAll(sumStart)) {
    if (match.index < covered) continue;
    const first = /["'`]/.test(match[0]) ? literalEndingAt(text, match.index) : { start: match.index, end: match.index + match[0].length, texts: textsOf(match[0], constants) };
    if (!first || !first.texts || first.start < covered) continue;
    const parts: (readonly string[])[] = [first.texts];
    let end = first.end;
    while (parts.length < maxParts) {
      operator.lastIndex = end;
      if (!operator.test(text)) break;
      operand.lastIndex = operator.lastIndex;
      const next = operand.exec(text);
      const texts = next?.[2] === undefined ? next?.[3] && textsOf(next[3], constants) : [next[2]];
      if (!texts) break;
      parts.push(texts);
      end = operand.lastIndex;
    }
    if (parts.length < 2) continue;
    covered = end;
    if (++count > maxExpressions) return;
    yield { at: [first.start, end], parts };
  }
}

function literalEndingAt(text: string, close: number): { start: number; end: number; texts: readonly string[] } | undefined {
  let start = close - 1;
  while (start >= 0 && close - start < 256 && /[\w-]/.test(text[start] ?? '')) start--;
  return text[start] === text[close] && close - start > 1 ? { start, end: close + 1, texts: [text.slice(start + 1, close)] } : undefined;
}

function textsOf(path: string, constants: Constants): readonly string[] | undefined {
  return constants.get(path.split(/\.|::|->|^\$/).at(-1) ?? '');
}

/** `${name}`, `#{name}`, `\(name)`, `$(name)`, `$($name)`, `{$name}`, `{name}`, `$name`, `%name%`. */
const insertion = /(?:[$#]\{|\\\(|\$\(\$?|\{\$?|\$|%(?=\w{1,64}%))\s{0,4}((?:this\.|self\.|local\.|var\.|::)?[A-Za-z_][\w.]{0,63})\s{0,4}(?:[)}%])?/g;
const aroundInsertion = /[\w-]/;

/** A word with names of constants in it. */
function* insertionsOf(text: string, constants: Constants): Generator<Expression> {
  let count = 0;
  let run: { start: number; end: number; parts: (readonly string[])[] } | undefined;
  for (const match of text.matchAll(insertion)) {
    const texts = insertedTexts(match[0], match[1] ?? '', constants);
    if (!texts) continue;
    const { length } = texts;
    const start = run && wordBetween(text, run.end, match.index) ? run.start : wordStart(text, match.index);
    if (run && (start !== run.start || run.parts.length >= maxParts)) {
      yield finished(text, run);
      run = undefined;
      if (++count > maxExpressions) return;
    }
    run ??= { start, end: start, parts: [] };
    run.parts.push([text.slice(run.end, match.index)], texts.texts);
    run.end = match.index + length;
  }
  if (run) yield finished(text, run);
}

/** `$name` takes as much of a word as is a name; a `${name}` is closed. */
function insertedTexts(written: string, name: string, constants: Constants): { texts: readonly string[]; length: number } | undefined {
  const isBare = /^\$[A-Za-z_]/.test(written);
  const known = textsOf(name, constants);
  if (known) return { texts: known, length: isBare ? 1 + name.length : written.length };
  return undefined;
}

function wordBetween(text: string, from: number, to: number): boolean {
  return to - from <= 256 && /^[\w-]*$/.test(text.slice(from, to));
}

function wordStart(text: string, at: number): number {
  let start = at;
  while (at - start < 256 && aroundInsertion.test(text[start - 1] ?? '')) start--;
  return start;
}

function finished(text: string, { start, end, parts }: { start: number; end: number; parts: (readonly string[])[] }): Expression {
  let stop = end;
  while (stop - end < 256 && aroundInsertion.test(text[stop] ?? '')) stop++;
  return { at: [start, stop], parts: [...parts, [text.slice(end, stop)]] };
}

/** `Sprintf("hk_%s_%s", environment, "9f…")`, `"hk_live_{}".format(tail)`, `format!("hk_live_{}", tail)`. */
const format = /(["'`])([\w-]{0,64}(?:%[svd@]|%\d\$s|\{\d?\})(?:[\w-]|%[svd@]|%\d\$s|\{\d?\}){0,256})\1[ \t]{0,8}(?:,|%|-f|\.format(?:ted)?\()[ \t\r\n]{0,40}\(?/g;

function* formatsOf(text: string, constants: Constants): Generator<Expression> {
  let count = 0;
  for (const match of text.matchAll(format)) {
    if (++count > maxExpressions) return;
    const pieces = (match[2] ?? '').split(/%[svd@]|%\d\$s|\{\d?\}/);
    const values: (readonly string[])[] = [];
    let end = match.index + match[0].length;
    while (values.length < Math.min(pieces.length - 1, maxParts)) {
      operand.lastIndex = end;
      const next = operand.exec(text);
      const texts = next?.[2] === undefined ? next?.[3] && textsOf(next[3], constants) : [next[2]];
      if (!texts) break;
      values.push(texts);
      const separator = /^[ \t\r\n]{0,40},[ \t\r\n]{0,40}/.exec(text.slice(operand.lastIndex, operand.lastIndex + 100));
      end = operand.lastIndex + (separator?.[0].length ?? 0);
      if (!separator) break;
    }
    if (values.length < pieces.length - 1) continue;
    yield { at: [match.index, operand.lastIndex], parts: pieces.flatMap((piece, i) => [[piece], ...(values[i] ? [values[i]] : [])]) };
  }
}

/** The first key among the texts that the expression may yield, which no part of it holds alone. */
function secretOf({ at, parts }: Expression, options: KeyOptions, mentions: KeyContext): TextSecret | undefined {
  for (const combination of combinationsOf(parts)) {
    // What is whole already is found where it is written.
    if (combination.some((part) => findKeys(part, options, mentions).length > 0)) continue;
    for (const key of findKeys(combination.join(''), options, mentions)) {
      if (looksRandom(key.text.replace(/^(?:hk_live|hk_sandbox|hilt_live|hst)_/, ''))) return { secret: key.secret, at, form: 'folded' };
    }
  }
  return undefined;
}

function* combinationsOf(parts: readonly (readonly string[])[]): Generator<string[]> {
  const total = Math.min(maxCombinations, parts.reduce((product, part) => Math.min(maxCombinations, product * part.length), 1));
  for (let number = 0; number < total; number++) {
    let rest = number;
    yield parts.map((part) => {
      const text = part[rest % part.length] ?? '';
      rest = Math.floor(rest / part.length);
      return text;
    });
  }
}
