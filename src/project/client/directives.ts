import { textOfFile } from '../../sources/file-text.ts';
import { onceEach } from '../../sources/once.ts';
import type { Source } from '../../sources/source.ts';
import { directivesOf, type Directive } from '../../syntax/directives.ts';

/** Tells of files whether they begin with `"use client"`, from their text: the modules of a whole application are not parsed for it. */
export function clientDirectives(source: Source | undefined): (file: string) => Directive | undefined {
  return onceEach((file) => directivesOf(textOfFile(source, file)).find(({ name }) => name === 'use client'));
}
