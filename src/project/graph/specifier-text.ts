import type { Span } from '../../syntax/span.ts';

export interface Literal { readonly body: string; readonly quote: number; readonly at: Span }

export const longestLiteral = 2048;

/** The string or template that begins at `start`. A string ends on its line; what is longer than a path can be is none. */
export function literalAt(text: string, start: number): Literal | undefined {
  const quote = text.charCodeAt(start);
  if (!isStringQuote(quote) && quote !== backtick) return undefined;
  const limit = Math.min(text.length, start + longestLiteral);
  for (let i = start + 1; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return { body: text.slice(start + 1, i), quote, at: [start, i + 1] };
    if (code === 92) i++;
    else if (code === 10 && quote !== backtick) return undefined;
  }
  return undefined;
}

const backtick = 96;

export function isStringQuote(code: number): boolean {
  return code === 34 || code === 39;
}

export function unescape(body: string): string {
  if (!body.includes('\\')) return body;
  return body
    .replace(/\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (whole, long: string | undefined, four: string | undefined, two: string | undefined) => {
      const code = Number.parseInt(long ?? four ?? two ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/\\\n/g, '')
    .replace(/\\(.)/g, '$1');
}

export function isTemplate(literal: Literal): boolean {
  return literal.quote === backtick && literal.body.includes('${');
}

// What bundlers put in the place of an expression inside a path: any name, and any folder (webpack takes the whole tree).
export const anything = '{*,**/*}';

export function templateGlob(body: string): string {
  return escapeGlob(unescape(body.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '\u0001'))).replaceAll('\u0001', anything);
}

export function escapeGlob(path: string): string {
  return path.replace(/[*?[\](){}!]/g, '\\$&');
}

export function braces(extension: string): string {
  const options = extension.replace(/^\((?:\?:)?|\)$/g, '').split('|');
  return options.length === 1 ? (options[0] ?? '*') : `{${options.join(',')}}`;
}
