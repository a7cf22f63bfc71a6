import { isMarkupLanguage, isNotebook, isScriptLanguage } from '../sources/language.ts';
import type { Language, ModuleSummary } from '../syntax/module-summary.ts';
import type { Span } from '../syntax/span.ts';
import { getLineSpan, getPosition } from './line-index.ts';
import type { LineIndex } from './line-index.ts';

/** The inside of a comment: its text without what opens and closes it, and where that text stands. */
export interface CommentText {
  readonly text: string;
  readonly at: Span;
  readonly block: boolean;
  /** A comment of JavaScript or TypeScript, or of a component's markup, where ESLint and its plugins for components read directives. */
  readonly script: boolean;
  /** A comment of a document, which blank lines set apart from what follows. */
  readonly isApart?: true;
}

/** Languages whose parser lists every comment, so that nothing else can be one. */
function listsComments(language: Language): boolean {
  return isScriptLanguage(language) || language === 'python';
}

const slashes = ['//', '/*'];
/** Templates have the comments of their engine beside those of markup: Handlebars, Twig and Jinja, Razor, EJS and ERB, Liquid, Pug. */
const markup = ['<!--', '{{!', '{#', '@*', '<%', '{%', '/*', '//-'];
/** Documents have comments that are links to nowhere (`[//]: # (…)`) in Markdown, and begin with two dots in reStructuredText. */
const documents = ['[', '.. '];
const every = [...slashes, ...markup, ...documents, '#', '--', ';', '%', '{-', '(*', '<#', 'REM ', '::', "'"];

/** What ends a comment, for those that may end before their line does. */
const closers: Readonly<Record<string, string>> = {
  '<!--': '-->', '/*': '*/', '{{!': '}}', '{#': '#}', '@*': '*@', '<%': '%>', '{%': '%}', '{-': '-}', '(*': '*)', '<#': '#>',
};

/**
 * Every sign that opens a comment, the longer ones first. `REM` of batch files and the apostrophe of Visual Basic begin their line.
 * JSON has none; a member of the name `//` is what people write instead.
 */
const signs = String.raw`\{\{!(?:--)?|\{#-?|@\*+|<%(?:#|--|-?\s*#)|\{%-?\s*(?:#|comment\s*-?%\})|\{\s*\/\*+|\/\*+|\/\/+-?|<!--+|\{-|\(\*+|<#|#+!?|--+|;+|%+|::|!|(?<=^\s*)\.\.\s|(?<=^\s{0,3})\[(?:\/\/|comment|_)\]:\s{0,8}(?:#|<#?>)\s{1,8}[("']|(?<=^\s*)REM\s|(?<=^\s*)'|"\/\/"\s*:\s*"`;
/** Characters of a line before a marker: nobody writes comments into a line that is longer. */
const longestPrefix = 4_000;
/** Characters that stand between what opens a comment and a marker. */
const longestOpening = 200;
const opening = new RegExp(String.raw`^\s*(?:${signs})?[\s*]*`, 'i');
const lastOpening = new RegExp(String.raw`(?:${signs})[\s*]*$`, 'i');

/** What opens a comment in files that are read line by line. JSON has no comments; JSONC's are listed by its parser. */
const openers: Partial<Record<Language, readonly string[]>> = {
  js: slashes, jsx: slashes, ts: slashes, tsx: slashes, dts: slashes,
  vue: markup, svelte: markup, astro: markup, html: markup, xml: markup, markdown: every,
  json: [...slashes, '"//"'],
  yaml: ['#'], toml: ['#'], dotenv: ['#'], properties: ['#', ';', '!', '//'], dockerfile: ['#'], shell: ['#'], makefile: ['#'], python: ['#'],
  http: ['#', '//'],
  hcl: ['#', ...slashes],
  kotlin: slashes, swift: slashes, dart: slashes, groovy: slashes,
};

const isBatch = /\.(?:bat|cmd)$/i;
const batch = ['REM ', '::'];

/** The comments of a file that hold `marker`, in position order. A marker in a string literal is in no comment. */
export function getCommentsWith(marker: RegExp, module: ModuleSummary, text: string, lines: LineIndex): CommentText[] {
  const listed = [module, ...(module.parts ?? [])].flatMap((part) => part.comments.map(({ at, block }) => makeComment(text, at, block, module.language)));
  const comments = listed.filter((comment) => marker.test(comment.text)).sort(byPlace);
  const found = isListedByParser(module) ? [] : findLineComments(marker, module, text, lines);
  return [...comments, ...apartFrom(comments, found)].sort(byPlace);
}

function byPlace(a: CommentText, b: CommentText): number {
  return a.at[0] - b.at[0];
}

/** Those of `found` that overlap neither a listed comment nor the one before them. Both are in position order. */
function* apartFrom(listed: readonly CommentText[], found: Iterable<CommentText>): Iterable<CommentText> {
  let next = 0;
  let covered = 0;
  for (const comment of found) {
    while (next < listed.length && (listed[next] as CommentText).at[1] <= comment.at[0]) next++;
    const other = listed[next];
    if (comment.at[0] < covered || (other && other.at[0] < comment.at[1])) continue;
    covered = comment.at[1];
    yield comment;
  }
}

function isListedByParser(module: ModuleSummary): boolean {
  return module.parse !== 'text' && listsComments(module.language) && !isNotebook(module.file);
}

function makeComment(text: string, at: Span, block: boolean, language: Language): CommentText {
  const raw = text.slice(at[0], at[1]);
  const opener = opening.exec(raw)?.[0] ?? '';
  return {
    text: raw.slice(opener.length).replace(/\s*(?:\*+\/\}?|--+>|-*\}\}|[-*]?#?\}|\*@|-*%>|-?%\}|#>|\*\)|",?)\s*$/, '').replace(raw.startsWith('[') ? /[)"']$/ : /$^/, ''),
    at,
    block,
    script: (isScriptLanguage(language) || isMarkupLanguage(language)) && /^\s*\/[/*]|^(?!\s*<!--)/.test(raw),
    ...(/^\[|^\.\. /.test(raw) ? { isApart: true as const } : {}),
  };
}

function* findLineComments(marker: RegExp, { file, language }: ModuleSummary, text: string, lines: LineIndex): Iterable<CommentText> {
  if (isNotebook(file)) return yield* findNotebookComments(marker, text, lines);
  const everywhere = new RegExp(marker.source, `g${marker.flags}`);
  for (const match of text.matchAll(everywhere)) {
    const line = getLineSpan(lines, text, getPosition(lines, match.index).line);
    if (match.index - line[0] > longestPrefix) continue;
    const opener = getOpener(text.slice(line[0], match.index), (isBatch.test(file) ? batch : openers[language]) ?? every);
    if (!opener) continue;
    const start = line[0] + opener.index;
    const closer = closers[opener.text];
    const closed = closer === undefined ? -1 : text.indexOf(closer, match.index);
    const end = closer !== undefined && closed >= 0 ? closed + closer.length : line[1];
    yield { ...makeComment(text, [start, end], closer !== undefined, language), script: opener.text === '<!--' && isMarkupLanguage(language) };
  }
}

/** Lines of a notebook are strings of JSON: a comment stands inside one of them, and ends with it. */
function* findNotebookComments(marker: RegExp, text: string, lines: LineIndex): Iterable<CommentText> {
  for (const match of text.matchAll(new RegExp(marker.source, `g${marker.flags}`))) {
    const [start, lineEnd] = getLineSpan(lines, text, getPosition(lines, match.index).line);
    if (match.index - start > longestPrefix) continue;
    const opener = getOpener(withoutString(text.slice(start, match.index)), every);
    if (!opener) continue;
    const length = text.slice(match.index, lineEnd).search(/\\n|"/);
    const end = length < 0 ? lineEnd : match.index + length;
    yield makeComment(text, [start + opener.index, end], false, 'json');
  }
}

/** As the cell has it, at the same offsets: without the quote that opens the string and the backslashes before quotes. */
function withoutString(line: string): string {
  return line.replace(/^(\s*(?:"source"\s*:\s*\[?\s*)?)"/, (_, before: string) => ' '.repeat(before.length + 1)).replaceAll('\\"', ' "');
}

/**
 * The comment opener that stands right before the marker (only blanks and comment signs between), outside of quotes.
 * An apostrophe between letters (`don't`) opens no quote.
 */
function getOpener(before: string, allowed: readonly string[]): { index: number; text: string } | undefined {
  const from = Math.max(0, before.length - longestOpening);
  const found = before.slice(from).search(lastOpening);
  if (found < 0) return undefined;
  const index = from + found;
  const sign = before.slice(index).replace(/^rem/i, 'REM').replace(/^\{\s*(?=\/\*)/, '');
  const text = allowed.find((opener) => sign.startsWith(opener));
  if (text === undefined || isInQuotes(before.slice(0, index))) return undefined;
  return { index: index + Math.max(before.slice(index).indexOf(text), 0), text };
}

function isInQuotes(text: string): boolean {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\\') i++;
    else if (quote) quote = character === quote ? '' : quote;
    else if (character === "'" && /[A-Za-z]/.test(text.charAt(i - 1)) && /[A-Za-z]/.test(text.charAt(i + 1))) continue;
    else if (character === '"' || character === "'" || character === '`') quote = character;
  }
  return quote !== '';
}
