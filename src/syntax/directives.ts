import type { Span } from './span.ts';

export interface Directive { readonly name: string; readonly at: Span }

/**
 * The directives at the top of a module's text (`"use client"`), without parsing it: strings on their own before anything else.
 * A hashbang, comments and white space may stand before and between them.
 */
export function directivesOf(text: string): Directive[] {
  const directives: Directive[] = [];
  const space = /(?:\s|\ufeff|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  const literal = /(['"])((?:(?!\1)[^\\\n])*)\1/y;
  let at = text.startsWith('#!') ? Math.max(text.indexOf('\n'), 0) : 0;
  for (;;) {
    space.lastIndex = at;
    space.exec(text);
    literal.lastIndex = space.lastIndex;
    const match = literal.exec(text);
    if (match === null) return directives;
    const start = match.index;
    const end = literal.lastIndex;
    // A string that goes on (`"a".length`, `"a" + b`) is an expression; one that ends its line or statement is a directive.
    const rest = /^[ \t]*(?:;|\r?\n|$|\}|\/\/|\/\*)/.test(text.slice(end, end + 40)) && !/^[ \t]*\r?\n\s*[.+?[(`,*/=&|<>-](?!\/|\*)/.test(text.slice(end, end + 200));
    if (!rest) return directives;
    directives.push({ name: match[2] ?? '', at: [start, end] });
    at = /^[ \t]*;/.test(text.slice(end, end + 40)) ? text.indexOf(';', end) + 1 : end;
  }
}
