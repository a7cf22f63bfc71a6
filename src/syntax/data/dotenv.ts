import type { Span } from '../span.ts';
import { addComment, declare, noticePlaces, type DataFileDraft } from './data-file.ts';
import { createMappedText, verbatim, type MappedTextBuilder } from './mapped-text.ts';
import { shellReferences, valueOfLiteral, valueOfText, variable } from './references.ts';

const assignment = /([\t ]*(?:export[\t ]+)?)([A-Za-z_][\w.-]*)[\t ]*(?:=|:(?=[\t \r\n]))[\t ]*/y;
const nameAlone = /([\t ]*(?:export[\t ]+)?)([A-Z][A-Z0-9_]*)[\t ]*(?=#|\r?\n|\r?$)/y;
const blankOrComment = /[\t ]*(?=#|\r?\n|\r?$)/y;

/**
 * Reads a dotenv file as dotenv, Docker Compose and shells agree to read it: `export`, the three quotes (a quoted value may
 * span lines), comments after white space, expansions outside single quotes. A name that stands alone is handed on from the
 * host, as `env_file` and `docker run --env-file` have it.
 */
export function readDotenv(draft: DataFileDraft): void {
  const { source } = draft;
  const wrong: number[] = [];
  let at = source.startsWith('\uFEFF') ? 1 : 0;
  while (at < source.length) {
    const end = readLine(draft, at, wrong);
    const next = source.indexOf('\n', end);
    at = next === -1 ? source.length : next + 1;
  }
  noticePlaces(draft, wrong, '`NAME=value`');
}

/** Reads one assignment or comment from the line's start; answers an offset in the line where it ends. */
function readLine(draft: DataFileDraft, start: number, wrong: number[]): number {
  const { source } = draft;
  const blank = matchAt(blankOrComment, source, start);
  if (blank !== null) return addLineComment(draft, start + blank[0].length);
  const assigned = matchAt(assignment, source, start);
  if (assigned !== null) {
    const [all, before = '', name = ''] = assigned;
    return readValue(draft, name, spanAfter(start, before, name), start + all.length, wrong);
  }
  const alone = matchAt(nameAlone, source, start);
  if (alone === null) {
    wrong.push(start);
    return start;
  }
  const [all, before = '', name = ''] = alone;
  const at = spanAfter(start, before, name);
  declare(draft, { name, at, path: [], value: variable(name, 'expansion', at), valueAt: at });
  return addLineComment(draft, start + all.length);
}

function spanAfter(start: number, before: string, name: string): Span {
  return [start + before.length, start + before.length + name.length];
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** Adds the comment that stands at `at`, if any. */
function addLineComment(draft: DataFileDraft, at: number): number {
  if (draft.source[at] !== '#') return at;
  const end = lineEnd(draft.source, at);
  addComment(draft, at, end);
  return end;
}

function readValue(draft: DataFileDraft, name: string, at: Span, from: number, wrong: number[]): number {
  const { source } = draft;
  const isQuoted = /["'`]/.test(source[from] ?? '');
  if (isQuoted) {
    const end = readQuoted(draft, name, at, from);
    if (end !== undefined) return end;
    wrong.push(from);
  }
  const lineStop = lineEnd(source, from);
  const comment = commentStart(source, from, lineStop);
  if (comment !== undefined) addComment(draft, comment, lineStop);
  const end = trimmedEnd(source, from, comment ?? lineStop);
  const text = verbatim(source, isQuoted ? from + 1 : from, end);
  declare(draft, { name, at, path: [], value: valueOfText(text, shellReferences, [from, from]), valueAt: [from, end] });
  return lineStop;
}

/** A quoted value, and what is glued to it as a shell glues it (`"a"b`). `undefined` where the quote is never closed. */
function readQuoted(draft: DataFileDraft, name: string, at: Span, from: number): number | undefined {
  const { source } = draft;
  const text = createMappedText();
  let expands = false;
  let end = from;
  while (end < source.length && !/\s/.test(source[end] ?? '')) {
    const quote = source[end] ?? '';
    const close = /["'`]/.test(quote) ? closingQuote(source, end) : undefined;
    if (close === undefined && end === from) return undefined;
    const stop = close ?? end + 1;
    if (close === undefined) text.append(quote, end, stop);
    else appendQuoted(text, source, end, close - 1);
    expands ||= quote !== "'" || close === undefined;
    end = stop;
  }
  const mapped = text.finish();
  const empty: Span = [from + 1, from + 1];
  const value = expands ? valueOfText(mapped, shellReferences, empty) : valueOfLiteral(mapped, empty);
  declare(draft, { name, at, path: [], value, valueAt: [from, end] });
  const lineStop = lineEnd(source, end);
  const comment = commentStart(source, end, lineStop);
  if (comment !== undefined) addComment(draft, comment, lineStop);
  return lineStop;
}

/** An assignment to be seen inside a quoted value says that the quote was never closed. */
const nextAssignment = /\n[\t ]*(?:export[\t ]+)?[A-Z_][A-Z0-9_]*=(?:\w|["']\S)/;

/** The offset after the quote that closes the one at `open`. */
function closingQuote(source: string, open: number): number | undefined {
  const quote = source[open];
  for (let at = open + 1; at < source.length; at += 1) {
    if (source[at] === '\\' && quote === '"') at += 1;
    else if (source[at] === quote) return nextAssignment.test(source.slice(open, at + 2)) ? undefined : at + 1;
  }
  return undefined;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '`': '`' };

/** Adds what stands between the quotes at `open` and `close`, with the escapes of double quotes undone. */
function appendQuoted(text: MappedTextBuilder, source: string, open: number, close: number): void {
  const raw = source.slice(open + 1, close);
  const start = open + 1;
  let from = 0;
  for (let at = source[open] === '"' ? raw.indexOf('\\') : -1; at !== -1; at = raw.indexOf('\\', at + 2)) {
    const character = escapes[raw[at + 1] ?? ''];
    if (character === undefined) continue;
    text.append(raw.slice(from, at), start + from, start + at);
    text.append(character, start + at, start + at + 2);
    from = at + 2;
  }
  text.append(raw.slice(from), start + from, close);
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  if (end === -1) return source.endsWith('\r') ? Math.max(from, source.length - 1) : source.length;
  return source[end - 1] === '\r' && end > from ? end - 1 : end;
}

/** A `#` begins a comment at the start of the value and after white space. */
function commentStart(source: string, from: number, end: number): number | undefined {
  const found = /(?:^|\s)#/.exec(source.slice(from, end));
  return found === null ? undefined : from + found.index + found[0].length - 1;
}

function trimmedEnd(source: string, from: number, end: number): number {
  let at = end;
  while (at > from && /\s/.test(source[at - 1] ?? '')) at -= 1;
  return at;
}
