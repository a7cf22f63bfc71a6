import type { Span } from './span.ts';

/** A component that the markup of a Vue or Svelte file renders: `<PayButton :hilt-key="key" />`. */
export interface MarkupComponent {
  /** As a script would name it: `PayButton` for `<pay-button>`. */
  readonly name: string;
  readonly at: Span;
  readonly attributes: readonly MarkupAttribute[];
}

export interface MarkupAttribute {
  /** As the component names it: `hiltKey` for `:hilt-key`; none of a spread. */
  readonly name?: string;
  readonly at: Span;
  /** Its value: the text between quotes, or an expression without its braces or quotes. */
  readonly valueAt: Span;
  readonly isExpression: boolean;
}

type Dialect = 'vue' | 'svelte';

const tags = { vue: /<([A-Z][\w.]*|[a-z]\w*(?:-\w+)+)(?=[\s/>])/g, svelte: /<([A-Z][\w.]*)(?=[\s/>])/g };
/** More attributes than anyone gives a component. */
const maxAttributes = 200;

/** Components with their attributes in `markup`, which is the file with its scripts, styles and comments blanked. */
export function markupComponents(dialect: Dialect, markup: string): MarkupComponent[] {
  let end = 0;
  return [...markup.matchAll(tags[dialect])].flatMap((match): MarkupComponent[] => {
    // What stands in the value of an attribute is no tag; so each sign is looked at once.
    if (match.index < end) return [];
    const attributes: MarkupAttribute[] = [];
    let at = match.index + match[0].length;
    while (attributes.length < maxAttributes) {
      const next = readAttribute(dialect, markup, at);
      if (!next) break;
      if (next.attribute) attributes.push(next.attribute);
      at = next.end;
    }
    end = at;
    return [{ name: match[1]?.includes('-') ? pascal(match[1]) : (match[1] ?? ''), at: [match.index, at], attributes }];
  });
}

interface Read { readonly end: number; readonly attribute?: MarkupAttribute }

const space = /\s*/y;
const nameOf = /[^\s=>/{"'`]+/y;
const equals = /\s*=\s*/y;
const bare = /[^\s>]+/y;

/** The attribute at `from` or behind its blanks; `undefined` where the tag ends. */
function readAttribute(dialect: Dialect, markup: string, from: number): Read | undefined {
  const start = endOf(space, markup, from) ?? from;
  if (start >= markup.length || markup[start] === '>' || markup[start] === '<') return undefined;
  if (markup[start] === '{') return dialect === 'svelte' ? readBraces(markup, start) : { end: start + 1 };
  const nameEnd = endOf(nameOf, markup, start);
  if (nameEnd === undefined) return { end: start + 1 };
  const written = markup.slice(start, nameEnd);
  const valueStart = endOf(equals, markup, nameEnd);
  if (valueStart === undefined) return { end: nameEnd, ...shorthand(dialect, written, [start, nameEnd]) };
  return readValue(dialect, markup, written, start, valueStart);
}

function readValue(dialect: Dialect, markup: string, written: string, start: number, from: number): Read {
  const quote = markup[from] ?? '';
  if (quote === '{' && dialect === 'svelte') {
    const close = closingBrace(markup, from);
    return close === undefined ? { end: markup.length } : { end: close + 1, ...named(dialect, written, [start, close + 1], [from + 1, close], true) };
  }
  if (quote !== '"' && quote !== "'") {
    const end = endOf(bare, markup, from) ?? from;
    return { end, ...named(dialect, written, [start, end], [from, end], isBound(dialect, written)) };
  }
  const close = markup.indexOf(quote, from + 1);
  if (close < 0) return { end: markup.length };
  const isBraced = dialect === 'svelte' && markup[from + 1] === '{' && closingBrace(markup, from + 1) === close - 1;
  if (isBraced) return { end: close + 1, ...named(dialect, written, [start, close + 1], [from + 2, close - 1], true) };
  return { end: close + 1, ...named(dialect, written, [start, close + 1], [from + 1, close], isBound(dialect, written)) };
}

/** `{name}` and `{...props}`. */
function readBraces(markup: string, start: number): Read {
  const close = closingBrace(markup, start);
  if (close === undefined) return { end: markup.length };
  const inner = markup.slice(start + 1, close);
  const at: Span = [start, close + 1];
  const spread = /^\s*\.\.\./.exec(inner)?.[0];
  if (spread !== undefined) return { end: close + 1, attribute: { at, valueAt: [start + 1 + spread.length, close], isExpression: true } };
  const name = /^\s*([\w$]+)\s*$/.exec(inner)?.[1];
  return { end: close + 1, ...(name === undefined ? {} : { attribute: { name, at, valueAt: [start + 1, close], isExpression: true } }) };
}

/** `:hiltKey` of Vue 3.4 and `bind:hiltKey` of Svelte are given the variable of that name. */
function shorthand(dialect: Dialect, written: string, at: Span): { attribute?: MarkupAttribute } {
  const match = (dialect === 'vue' ? /^(?::|v-bind:)([\w-]+)$/ : /^bind:(\w+)$/).exec(written);
  const name = match?.[1];
  if (name === undefined || name.includes('-')) return {};
  return { attribute: { name, at, valueAt: [at[1] - name.length, at[1]], isExpression: true } };
}

function named(dialect: Dialect, written: string, at: Span, valueAt: Span, isExpression: boolean): { attribute?: MarkupAttribute } {
  if (dialect === 'vue' && written === 'v-bind') return { attribute: { at, valueAt, isExpression: true } };
  const name = propName(dialect, written);
  return name === undefined ? {} : { attribute: { name, at, valueAt, isExpression } };
}

function isBound(dialect: Dialect, written: string): boolean {
  return dialect === 'vue' && /^(?::|\.|v-)/.test(written);
}

/** The prop that an attribute fills; none of listeners, slots and directives. */
function propName(dialect: Dialect, written: string): string | undefined {
  if (dialect === 'svelte') return /^(?:bind:)?([\w$]+)$/.exec(written)?.[1];
  if (written === 'v-model') return 'modelValue';
  const name = /^(?::|\.|v-bind:|v-model:)?([A-Za-z][\w-]*)(?:\.\w+)*$/.exec(written)?.[1];
  return name === undefined || /^v-/.test(written) && !/^v-(?:bind|model):/.test(written) ? undefined : camel(name);
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function pascal(name: string): string {
  return camel(`-${name}`);
}

function endOf(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** The brace that closes the one at `open`; braces in quotes do not count. */
export function closingBrace(text: string, open: number): number | undefined {
  let depth = 0;
  const tokens = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[{}]/g;
  tokens.lastIndex = open;
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    if (match[0] === '{') depth += 1;
    else if (match[0] === '}') depth -= 1;
    if (depth === 0) return match.index;
  }
  return undefined;
}
