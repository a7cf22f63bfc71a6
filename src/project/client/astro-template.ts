import type { Span } from '../../syntax/span.ts';
import { createMappedText, type MappedText, type MappedTextBuilder } from '../../syntax/data/mapped-text.ts';

/** An Astro component as one TSX program: the front matter, then the template in a fragment. */
export interface AstroProgram {
  /** With where each part of it stands in the component. */
  readonly program: MappedText;
  /** Comments of HTML, which are sent to the browser. */
  readonly comments: readonly Span[];
}

const voidElements = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']);
/** Elements whose content is no markup: scripts are programs of their own, styles hold no values. */
const rawElements = new Set(['script', 'style']);

/**
 * The template of Astro is JSX but for HTML's freedoms (comments, void elements, attributes without quotes) and shorthands
 * (https://docs.astro.build/en/reference/astro-syntax). Those are put into JSX's terms; what cannot be is left out.
 */
export function astroProgram(source: string): AstroProgram {
  const output = createMappedText();
  const matter = /^\s*---[^\n]*\n([\s\S]*?)\n---[^\n]*/.exec(source);
  const end = matter ? matter.index + matter[0].length : 0;
  if (matter) {
    const start = matter[0].indexOf('\n') + 1;
    output.append(source.slice(start, start + (matter[1] ?? '').length), start, start + (matter[1] ?? '').length);
  }
  output.append('\n;(<>', end, end);
  const reader: Reader = { source, output, comments: [], at: end, depth: 0 };
  readMarkup(reader, false);
  output.append('</>);\n', source.length, source.length);
  return { program: output.finish(), comments: reader.comments };
}

interface Reader {
  readonly source: string;
  readonly output: MappedTextBuilder;
  readonly comments: Span[];
  at: number;
  /** Of expressions in markup in expressions. */
  depth: number;
}

/** Deeper than anyone nests; beyond it the text is only passed on. */
const maxDepth = 200;

function take(reader: Reader, length: number): void {
  reader.output.append(reader.source.slice(reader.at, reader.at + length), reader.at, reader.at + length);
  reader.at += length;
}

function put(reader: Reader, text: string): void {
  reader.output.append(text, reader.at, reader.at);
}

/** Reads text and elements to the end, or one element with its content where it stands in an expression. */
function readMarkup(reader: Reader, isInExpression: boolean): void {
  const { source } = reader;
  let depth = 0;
  do {
    if (source.startsWith('<!--', reader.at)) skipComment(reader);
    else if (source.startsWith('<!', reader.at)) skipPast(reader, '>');
    else if (/^<\/[\w.:-]*\s*>/.test(source.slice(reader.at, reader.at + 80))) depth -= readClosing(reader);
    else if (/^<(?:[A-Za-z]|>)/.test(source.slice(reader.at, reader.at + 2))) depth += readOpening(reader);
    else if (source[reader.at] === '{') readExpression(reader);
    else readText(reader);
  } while (reader.at < source.length && (!isInExpression || depth > 0));
}

function skipComment(reader: Reader): void {
  const start = reader.at;
  skipPast(reader, '-->');
  reader.comments.push([start, reader.at]);
}

function skipPast(reader: Reader, end: string): void {
  const found = reader.source.indexOf(end, reader.at);
  reader.at = found < 0 ? reader.source.length : found + end.length;
}

/** Answers by how much the depth sinks. */
function readClosing(reader: Reader): number {
  const tag = /^<\/([\w.:-]*)\s*>/.exec(reader.source.slice(reader.at, reader.at + 200));
  if (!tag) {
    reader.at += 1;
    return 0;
  }
  if (voidElements.has(tag[1] ?? '')) {
    reader.at += tag[0].length;
    return 0;
  }
  take(reader, tag[0].length);
  return 1;
}

/** Answers by how much the depth grows. */
function readOpening(reader: Reader): number {
  const { source } = reader;
  const name = /^<([\w.:-]*)/.exec(source.slice(reader.at, reader.at + 200))?.[1] ?? '';
  take(reader, 1 + name.length);
  while (reader.at < source.length) {
    const character = source[reader.at] ?? '';
    if (character === '>' || source.startsWith('/>', reader.at)) break;
    if (/\s/.test(character)) take(reader, 1);
    else readAttribute(reader);
  }
  if (source.startsWith('/>', reader.at)) {
    take(reader, 2);
    return 0;
  }
  const isClosed = voidElements.has(name) || rawElements.has(name);
  if (isClosed) put(reader, ' /');
  take(reader, 1);
  if (rawElements.has(name)) {
    const close = new RegExp(`</${name}\\s*>`, 'gi');
    close.lastIndex = reader.at;
    reader.at = close.exec(source) ? close.lastIndex : source.length;
  }
  return isClosed ? 0 : 1;
}

function readAttribute(reader: Reader): void {
  const { source } = reader;
  if (source[reader.at] === '{') return readShorthand(reader);
  const name = /^[^\s=>/{"'`]+/.exec(source.slice(reader.at, reader.at + 300))?.[0] ?? '';
  if (name === '') {
    reader.at += 1;
    return;
  }
  if (/^[A-Za-z_$][\w$-]*(?::[A-Za-z_$][\w$-]*)?$/.test(name)) take(reader, name.length);
  else {
    reader.output.append('data-name', reader.at, reader.at + name.length);
    reader.at += name.length;
  }
  const equals = /^\s*=\s*/.exec(source.slice(reader.at, reader.at + 100));
  if (!equals) return;
  put(reader, '=');
  reader.at += equals[0].length;
  readAttributeValue(reader);
}

function readAttributeValue(reader: Reader): void {
  const { source } = reader;
  const quote = source[reader.at] ?? '';
  if (quote === '{') return readExpression(reader);
  if (quote === '"' || quote === "'") {
    const end = source.indexOf(quote, reader.at + 1);
    return take(reader, (end < 0 ? source.length : end + 1) - reader.at);
  }
  if (quote === '`') {
    put(reader, '{');
    readTemplate(reader);
    return put(reader, '}');
  }
  const bare = /^[^\s>]*/.exec(source.slice(reader.at, reader.at + 2000))?.[0] ?? '';
  put(reader, '"');
  take(reader, bare.length);
  put(reader, '"');
}

/** `{name}` stands for `name={name}`; `{...props}` is JSX's own. */
function readShorthand(reader: Reader): void {
  const name = /^\{\s*([A-Za-z_$][\w$]*)\s*\}/.exec(reader.source.slice(reader.at, reader.at + 200))?.[1];
  if (name !== undefined) put(reader, `${name}=`);
  readExpression(reader);
}

/** From `{` to its `}`, with strings, comments and markup inside. */
function readExpression(reader: Reader): void {
  const { source } = reader;
  take(reader, 1);
  if (reader.depth >= maxDepth) return;
  reader.depth += 1;
  readExpressionText(reader, source);
  reader.depth -= 1;
}

function readExpressionText(reader: Reader, source: string): void {
  let before = '{';
  while (reader.at < source.length) {
    const character = source[reader.at] ?? '';
    if (character === '}') return take(reader, 1);
    if (character === '{') readExpression(reader);
    else if (character === '"' || character === "'") readString(reader, character);
    else if (character === '`') readTemplate(reader);
    else if (source.startsWith('//', reader.at) || source.startsWith('/*', reader.at)) skipPast(reader, source[reader.at + 1] === '*' ? '*/' : '\n');
    else if (source.startsWith('<!--', reader.at)) skipComment(reader);
    else if (/^<(?:[A-Za-z]|>)/.test(source.slice(reader.at, reader.at + 2)) && /(?:[({[,?:&|=;>]|return)$/.test(before)) readMarkup(reader, true);
    else take(reader, 1);
    if (!/\s/.test(character)) before = (before + character).slice(-6);
  }
}

function readString(reader: Reader, quote: string): void {
  const { source } = reader;
  let end = reader.at + 1;
  while (end < source.length && source[end] !== quote && source[end] !== '\n') end += source[end] === '\\' ? 2 : 1;
  take(reader, Math.min(end + 1, source.length) - reader.at);
}

function readTemplate(reader: Reader): void {
  const { source } = reader;
  take(reader, 1);
  while (reader.at < source.length) {
    if (source[reader.at] === '`') return take(reader, 1);
    if (source.startsWith('${', reader.at)) {
      take(reader, 1);
      readExpression(reader);
    } else take(reader, source[reader.at] === '\\' ? 2 : 1);
  }
}

/** Text up to the next tag or expression; signs that JSX does not allow in text become blanks. */
function readText(reader: Reader): void {
  const { source } = reader;
  const start = reader.at;
  let end = start + 1;
  while (end < source.length && source[end] !== '<' && source[end] !== '{') end += 1;
  reader.output.append(source.slice(start, end).replace(/[<>}]/g, ' '), start, end);
  reader.at = end;
}
