import type { Span } from '../../syntax/span.ts';

/** A part of a template that is evaluated. */
export interface TemplatePart {
  /** Without the marks around it. */
  readonly at: Span;
  readonly text: string;
  /** What it evaluates to is written into the page. */
  readonly isShown: boolean;
}

/** What a template evaluates, in order; comments hold nothing. */
export function templateParts(file: string, text: string): readonly TemplatePart[] {
  if (/\.(?:pug|jade)$/.test(file)) return indentedParts(text, pug);
  if (/\.haml$/.test(file)) return indentedParts(text, haml);
  if (/\.slim$/.test(file)) return indentedParts(text, slim);
  if (/\.(?:cshtml|razor)$/.test(file)) return razorParts(text);
  return taggedParts(file, text).sort((left, right) => left.at[0] - right.at[0]);
}

// --- tags ------------------------------------------------------------------------------------------------------------------------

/** `<%= %>` of EJS, Eta and ERB, `{{ }}` and `{% %}` of Handlebars, Jinja, Twig, Liquid and Blade. */
function taggedParts(file: string, text: string): TemplatePart[] {
  // In ERB `<%-` only trims: https://docs.ruby-lang.org/en/master/ERB.html
  const shows = /\.(?:erb|h?eex|leex)$/.test(file) ? /^==?/ : /^[=~-]/;
  const percent = between(text, '<%', '%>').flatMap((part) => (/^(?:[#%@!]|--)/.test(part.text) ? [] : [within(part, shows.exec(part.text)?.[0].length)]));
  const braces = between(withoutComments(text), '{{', '}}').flatMap((part) => {
    if (/^(?:--|!(?!!))/.test(part.text)) return [];
    if (keyword.test(part.text)) return [within(part, undefined)];
    return [within(part, /^[#/>^&%]/.test(part.text) && !part.text.startsWith('&') ? undefined : /^[{&-]?/.exec(part.text)?.[0].length)];
  });
  // https://hexdocs.pm/phoenix_live_view/assigns-eex.html
  const curly = file.endsWith('.heex') ? [...text.matchAll(/\{([^{}\n]{1,400})\}/g)].map(({ index, 1: inside = '' }) => partAt(text, index + 1, index + 1 + inside.length, true)) : [];
  const statements = between(withoutComments(text), '{%', '%}').map((part) => within(part, undefined));
  return [...percent, ...braces, ...statements, ...curly, ...expressionParts(file, text), ...(file.endsWith('.blade.php') ? bladeParts(text) : [])];
}

/** Of Go: what stands behind it is asked, not shown (https://pkg.go.dev/text/template#hdr-Actions). */
const keyword = /^-?\s*(?:if|else|range|with|end|define|block|template|break|continue)\b/;

/** `${key}` of JSP, FreeMarker and Velocity; of Thymeleaf in its own attributes and brackets (https://www.thymeleaf.org/doc/tutorials/3.1/usingthymeleaf.html). */
function expressionParts(file: string, text: string): TemplatePart[] {
  const isPlain = /\.(?:jspx?|ftlh?|vm)$/.test(file);
  if (!isPlain && !/\bth:|\[[[(]\$\{/.test(text)) return [];
  return [...text.matchAll(/[$*#]\{([^{}\n]*)\}/g)].flatMap(({ index, 0: match, 1: inside = '' }) => {
    const before = text.slice(Math.max(0, index - 300), index);
    const attribute = /([\w:-]+)\s*=\s*(?:"[^"<>]*|'[^'<>]*)$/.exec(before)?.[1];
    const isOfEngine = isPlain || (attribute !== undefined ? /^(?:data-)?th[:-]/.test(attribute) : /\[[[(]\s*$/.test(before));
    if (!isOfEngine) return [];
    const isAsked = attribute !== undefined && (asking.test(attribute) || /^\s*(?:\?|[!=]=|[<>]|and\b|or\b)/.test(text.slice(index + match.length, index + match.length + 20)));
    return [partAt(text, index + 2, index + 2 + inside.length, !isAsked)];
  });
}

const asking = /(?:^|[:-])(?:if|unless|test|when|switch|case|each|items|object|with|assert|block|var)$/;

/** https://laravel.com/docs/blade#displaying-unescaped-data */
function bladeParts(text: string): TemplatePart[] {
  const calls = [...text.matchAll(/@(?:json|js)(?=\()/g)].map(({ index, 0: name }) => partAt(text, index + name.length + 1, closing(text, index + name.length) - 1, true));
  return [...between(text, '{!!', '!!}').map((part) => within(part, 0)), ...calls];
}

const razorStatement = /^(?:if|else|foreach|for|while|switch|case|using|lock|try|catch|do|model|page|inject|section|functions|code|layout|inherits|implements|attribute|namespace|addTagHelper|removeTagHelper|typeparam|rendermode|preservewhitespace)\b/;

/** `@key`, `@Model.Key`, `@(key)` are shown; `@{ … }`, `@if (…)` and directives are not: https://learn.microsoft.com/aspnet/core/mvc/views/razor */
function razorParts(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at)) {
    const start = at + 1;
    const next = text.charAt(start);
    if (next === '*') at = endOf(text, '*@', start);
    else if (next === '@' || /[\w.]/.test(text.charAt(at - 1))) at = start + 1;
    else if (next === '(' || next === '{') {
      at = closing(text, start);
      parts.push(partAt(text, start + 1, at - 1, next === '('));
    } else if (razorStatement.test(text.slice(start, start + 20))) {
      at = lineEndAt(text, start);
      parts.push(partAt(text, start, at, false));
    } else {
      at = chainEnd(text, start);
      if (at > start) parts.push(partAt(text, start, at, true));
    }
  }
  return parts;
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end === -1 ? text.length : end + mark.length;
}

/** Where `Model.Keys["hilt"].Trim()` ends. */
function chainEnd(text: string, start: number): number {
  let at = start + (/^(?:await\s+)?[A-Za-z_]\w*/.exec(text.slice(start, start + 200))?.[0].length ?? 0);
  for (let next = at; next > start;) {
    at = next;
    const member = /^[?!]?\.[A-Za-z_]\w*/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
    next = member > 0 ? at + member : /[([]/.test(text.charAt(at)) ? closing(text, at) : start;
  }
  return Math.max(at, start + 1);
}

function between(text: string, open: string, close: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (let start = text.indexOf(open); start !== -1;) {
    const end = text.indexOf(close, start + open.length);
    if (end === -1) break;
    parts.push(partAt(text, start + open.length, end, false));
    start = text.indexOf(open, end + close.length);
  }
  return parts;
}

function partAt(text: string, start: number, end: number, isShown: boolean): TemplatePart {
  return { at: [start, end], text: text.slice(start, end), isShown };
}

/** The part without its first characters, which say that it is shown; not shown where there are none to say so. */
function within(part: TemplatePart, skipped: number | undefined): TemplatePart {
  const skip = skipped ?? 0;
  return { at: [part.at[0] + skip, part.at[1]], text: part.text.slice(skip), isShown: skipped !== undefined };
}

/** `{# … #}`, `{{!-- … --}}`, `{{-- … --}}`, blanked, so that offsets stay. */
function withoutComments(text: string): string {
  let result = text;
  for (const [open, close] of [['{#', '#}'], ['{{!--', '--}}'], ['{{--', '--}}']] as const) {
    if (!result.includes(open)) continue;
    for (const { at } of between(result, open, close).reverse()) {
      const end = at[1] + close.length;
      const start = at[0] - open.length;
      result = result.slice(0, start) + ' '.repeat(end - start) + result.slice(end);
    }
  }
  return result;
}

// --- lines -----------------------------------------------------------------------------------------------------------------------

/** An engine whose lines are elements, nested by their indentation. */
interface IndentedSyntax {
  /** A comment, with everything below it. */
  readonly comment: RegExp;
  /** A line of code, of which nothing is shown. */
  readonly code: RegExp;
  /** Text below it is taken as it is, but for interpolations. */
  readonly textBlock: RegExp;
  /** The name of an element. */
  readonly element: RegExp;
  /** What may follow it: attributes. */
  readonly attributes: RegExp;
  /** What makes the rest of the line an expression that is shown. */
  readonly shown: RegExp;
  readonly interpolation: RegExp;
}

/** https://pugjs.org/language/attributes.html, /code.html, /interpolation.html */
const pug: IndentedSyntax = {
  comment: /^\/\//,
  code: /^(?:-|\+|mixin\b|(?:if|unless|else|each|for|while|case|when|include|extends|block|append|prepend)\b)/,
  textBlock: /^(?::[\w-]+|[\w.#:-]*(?:\(.*\))?\.[ \t]*$)/,
  element: /^[\w.#:-]*/,
  attributes: /^(?:&attributes)?\(/,
  shown: /^[ \t]*!?=/,
  interpolation: /[#!]\{/g,
};

/** https://haml.info/docs/yardoc/file.REFERENCE.html */
const haml: IndentedSyntax = {
  comment: /^-#/,
  code: /^-/,
  textBlock: /^:\w+/,
  element: /^(?:[%.#][\w:.#-]*)?/,
  attributes: /^[({[]/,
  shown: /^[<>]*[!&]?[=~]/,
  interpolation: /#\{/g,
};

/** https://github.com/slim-template/slim#syntax-example */
const slim: IndentedSyntax = {
  comment: /^\//,
  code: /^-/,
  textBlock: /^(?:\w+:[ \t]*$|[|'])/,
  element: /^[\w.#-]*/,
  attributes: /^[ \t]+(?=[\w:-]+==?\S)/,
  shown: /^[ \t]*==?[<>]*/,
  interpolation: /#\{/g,
};

function indentedParts(text: string, syntax: IndentedSyntax): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let offset = 0;
  /** Lines indented deeper than this are text, or a comment. */
  let block: { indent: number; isComment: boolean } | undefined;
  while (offset < text.length) {
    const newline = text.indexOf('\n', offset);
    const end = newline === -1 ? text.length : newline;
    const start = offset + (/^[ \t]*/.exec(text.slice(offset, end))?.[0].length ?? 0);
    const line = text.slice(start, end).trimEnd();
    const indent = start - offset;
    if (block && line !== '' && indent <= block.indent) block = undefined;
    let next = end + 1;
    if (syntax.comment.test(line) && !block) block = { indent, isComment: true };
    else if (line !== '' && !block?.isComment) {
      if (!block && !syntax.code.test(line)) next = Math.max(next, elementParts(text, start, end, syntax, parts));
      else if (!block) parts.push(partAt(text, start, end, false));
      parts.push(...interpolations(text, start, Math.max(end, next - 1), syntax));
      if (!block && syntax.textBlock.test(line)) block = { indent, isComment: false };
    }
    offset = next;
  }
  return parts;
}

/** Attributes, which may go on over lines, and what is shown behind them. Returns where the next line starts. */
function elementParts(text: string, start: number, lineEnd: number, syntax: IndentedSyntax, parts: TemplatePart[]): number {
  let at = start + (syntax.element.exec(text.slice(start, lineEnd))?.[0].length ?? 0);
  let end = lineEnd;
  for (let found = syntax.attributes.exec(text.slice(at, end)); found; found = syntax.attributes.exec(text.slice(at, end))) {
    const isBracketed = /[({[]$/.test(found[0]);
    const close = isBracketed ? closing(text, at + found[0].length - 1) : end;
    parts.push(partAt(text, at + found[0].length, isBracketed ? close - 1 : close, true));
    at = close;
    if (at > end) end = lineEndAt(text, at);
    if (!isBracketed) break;
  }
  const shown = syntax.shown.exec(text.slice(at, end));
  if (shown) parts.push(partAt(text, at + shown[0].length, end, true));
  // `li: a(href=key)`: https://pugjs.org/language/tags.html#block-expansion
  else if (syntax === pug && text.slice(start, at).endsWith(':') && /^[ \t]+\S/.test(text.slice(at, end))) return elementParts(text, at + (/^[ \t]+/.exec(text.slice(at, end))?.[0].length ?? 0), end, syntax, parts);
  return end + 1;
}

function lineEndAt(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}

function interpolations(text: string, start: number, end: number, { interpolation }: IndentedSyntax): TemplatePart[] {
  return [...text.slice(start, end).matchAll(interpolation)].map(({ index, 0: open }) => {
    const from = start + index + open.length;
    return partAt(text, from, Math.min(end, closing(text, from - 1) - 1), true);
  });
}

const brackets: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };
/** Longer than the attributes of any element. */
const longest = 4000;

/** Behind the bracket that closes the one at `open`; without one, not far behind it. */
function closing(text: string, open: number): number {
  const expected: string[] = [];
  const limit = Math.min(text.length, open + longest);
  let quote = '';
  for (let at = open; at < limit; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (/["'`]/.test(character)) quote = character;
    else if (brackets[character] !== undefined) expected.push(brackets[character]);
    else if (character === expected.at(-1)) {
      expected.pop();
      if (expected.length === 0) return at + 1;
    }
  }
  return limit;
}
