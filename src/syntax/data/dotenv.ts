import type { Span } from '../span.ts';
import { addComment, declare, noticeLines, type DataFileDraft } from './data-file.ts';
import { createMappedText, verbatim, type MappedTextBuilder } from './mapped-text.ts';
import { shellReferences, valueOfLiteral, valueOfText, variable } from './references.ts';

const assignment = /[\t ]*(?:export[\t ]+)?([A-Za-z_][\w.-]*)[\t ]*(?:=|:(?=[\t \r\n]))[\t ]*/dy;
const nameAlone = /[\t ]*(?:export[\t ]+)?([A-Z][A-Z0-9_]*)[\t ]*(?=#|\r?\n|\r?$)/dy;
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
  noticeLines(draft, wrong, '`NAME=value`');
}

/** Reads one assignment or comment from the line's start; answers an offset in the line where it ends. */
function readLine(draft: DataFileDraft, start: number, wrong: number[]): number {
  const { source } = draft;
  const blank = matchAt(blankOrComment, source, start);
  if (blank !== null) return addLineComment(draft, start + blank[0].length);
  const assigned = matchAt(assignment, source, start);
  if (assigned !== null) return readValue(draft, assigned[1] ?? '', assigned.indices?.[1] ?? [start, start], start + assigned[0].length, wrong);
  const alone = matchAt(nameAlone, source, start);
  const at = alone?.indices?.[1];
  if (alone === null || at === undefined) {
    wrong.push(start);
    return start;
  }
  declare(draft, alone[1] ?? '', at, [], variable(alone[1] ?? '', 'expansion', at), at);
  return addLineComment(draft, start + alone[0].length);
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
  declare(draft, name, at, [], valueOfText(text, shellReferences, [from, from]), [from, end]);
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
  declare(draft, name, at, [], value, [from, end]);
  const lineStop = lineEnd(source, end);
  const comment = commentStart(source, end, lineStop);
  if (comment !== undefined) addComment(draft, comment, lineStop);
  return lineStop;
}

/** An assignment to be seen inside a quoted value says that the quote was never closed. */
const nextAssignment = /\n[\t ]*(?:export[\t ]+)?[A-Z_][A-Z0-9_]*=["'\w]/;

/** The offset after the quote that closes the one at `open`. */
function closingQuote(source: string, open: number): number | undefined {
  const quote = source[open];
  for (let at = open + 1; at < source.length; at += 1) {
    if (source[at] === '\\' && quote === '"') at += 1;
    else if (source[at] === quote) return nextAssignment.test(source.slice(open, at)) ? undefined : at + 1;
  }
  return undefined;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '`': '`' };

/** Adds what stands between the quotes at `open` and `close`, with the escapes of double quotes undone. */
function appendQuoted(text: MappedTextBuilder, source: string, open: number, close: number): void {
  let from = open + 1;
  if (source[open] === '"') {
    for (let at = source.indexOf('\\', from); at !== -1 && at < close; at = source.indexOf('\\', at + 2)) {
      const character = escapes[source[at + 1] ?? ''];
      if (character === undefined) continue;
      text.append(source.slice(from, at), from, at);
      text.append(character, at, at + 2);
      from = at + 2;
    }
  }
  text.append(source.slice(from, close), from, close);
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  if (end === -1) return source.endsWith('\r') ? Math.max(from, source.length - 1) : source.length;
  return source[end - 1] === '\r' && end > from ? end - 1 : end;
}

/** A `#` begins a comment at the start of the value and after white space. */
function commentStart(source: string, from: number, end: number): number | undefined {
  for (let at = source.indexOf('#', from); at !== -1 && at < end; at = source.indexOf('#', at + 1)) {
    if (at === from || /\s/.test(source[at - 1] ?? '')) return at;
  }
  return undefined;
}

function trimmedEnd(source: string, from: number, end: number): number {
  let at = end;
  while (at > from && /\s/.test(source[at - 1] ?? '')) at -= 1;
  return at;
}
