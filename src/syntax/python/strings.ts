import type { Span } from '../span.ts';

/** A string token, taken apart. */
export interface StringToken {
  /** Lower case: `r`, `b`, `f`, `rb`, … */
  readonly prefix: string;
  /** What stands between the quotes. */
  readonly inner: Span;
}

const opening = /^([A-Za-z]{0,2})('''|"""|'|")/;

/** The prefix and the inside of the string literal at `[start, end)`; one that is not closed reaches to its end. */
export function stringToken(source: string, [start, end]: Span): StringToken {
  const [whole = '', prefix = '', quote = ''] = opening.exec(source.slice(start, start + 5)) ?? [];
  const from = start + whole.length;
  const isClosed = end - quote.length >= from && source.slice(end - quote.length, end) === quote;
  return { prefix: prefix.toLowerCase(), inner: [from, isClosed ? end - quote.length : end] };
}

const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', a: '\u0007', b: '\b', f: '\f', v: '\v', '\n': '', '\r\n': '' };
const escapes = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3})|N\{[^}]*\}|(\r\n|[\s\S]))/g;

/** Undoes the escapes of a piece of a string (Python Language Reference, 2.4.1); raw strings have none. */
export function cookPython(text: string, prefix: string): string {
  if (prefix.includes('r') || !text.includes('\\')) return text;
  return text.replace(escapes, (whole, hex?: string, short?: string, long?: string, octal?: string, single?: string) => {
    const code = hex ?? short ?? long;
    if (code !== undefined) return characterOf(Number.parseInt(code, 16), whole);
    if (octal !== undefined) return characterOf(Number.parseInt(octal, 8), whole);
    return single === undefined ? whole : (simple[single] ?? whole);
  });
}

function characterOf(code: number, whole: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** A piece of a text with places to fill in, from `.format` or `%`. Spans are within the text. */
export type FormatPiece =
  | { readonly kind: 'text'; readonly text: string; readonly at: Span }
  /** `index` counts from 0; `path` is what follows it (`.name`, `[0]`), which nobody follows. */
  | { readonly kind: 'place'; readonly index: number; readonly path?: true }
  | { readonly kind: 'place'; readonly name: string; readonly path?: true };

/** Takes the template of `str.format` apart; `undefined` where it is none. */
export function formatPieces(template: string): FormatPiece[] | undefined {
  return piecesOf(template, /\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::[^{}]*)?\}/g, (match, next) => {
    if (match[0] === '{{' || match[0] === '}}') return match[0].charAt(0);
    const field = match[1] ?? '';
    const head = /^[^.[]*/.exec(field)?.[0] ?? '';
    const path = head === field ? {} : { path: true as const };
    if (head === '') return { kind: 'place', index: next(), ...path };
    return /^\d+$/.test(head) ? { kind: 'place', index: Number(head), ...path } : { kind: 'place', name: head, ...path };
  });
}

/** Takes the left side of `%` apart (`"%s-%(name)s"`); `undefined` where it has no places. */
export function percentPieces(template: string): FormatPiece[] | undefined {
  return piecesOf(template, /%%|%(?:\(([^)]*)\))?[-+ #0]*(?:\d+)?(?:\.\d+)?[hlL]?([sdrai])/g, (match, next) => {
    if (match[0] === '%%') return '%';
    return match[1] === undefined ? { kind: 'place', index: next() } : { kind: 'place', name: match[1] };
  });
}

function piecesOf(template: string, pattern: RegExp, read: (match: RegExpExecArray, next: () => number) => FormatPiece | string): FormatPiece[] | undefined {
  const pieces: FormatPiece[] = [];
  let count = 0;
  let from = 0;
  let places = 0;
  const addText = (text: string, at: Span): void => void (text !== '' && pieces.push({ kind: 'text', text, at }));
  for (let match = pattern.exec(template); match; match = pattern.exec(template)) {
    addText(template.slice(from, match.index), [from, match.index]);
    const end = match.index + match[0].length;
    const piece = read(match, () => count++);
    if (typeof piece === 'string') addText(piece, [match.index, end]);
    else {
      pieces.push(piece);
      places += 1;
    }
    from = end;
  }
  addText(template.slice(from), [from, template.length]);
  return places > 0 ? pieces : undefined;
}
