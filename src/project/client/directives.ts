import { decode } from '../../sources/decode.ts';
import type { Source } from '../../sources/source.ts';
import { directivesOf, type Directive } from '../../syntax/text/directives.ts';

/** Tells of files whether they begin with `"use client"`, each read once. */
export function clientDirectives(source: Source): (file: string) => Directive | undefined {
  const known = new Map<string, Directive | undefined>();
  return (file) => {
    if (known.has(file)) return known.get(file);
    const bytes = source.open(file)?.read();
    const directive = bytes && directivesOf(decode(bytes).text).find(({ name }) => name === 'use client');
    known.set(file, directive);
    return directive;
  };
}
