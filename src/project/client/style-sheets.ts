import { textOfFile } from '../../sources/file-text.ts';
import { isStyleSheet, styleSheetImports } from '../../syntax/style-sheet.ts';
import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';

/** The files, with the style sheets that take in one of them. The graph has no edges of style sheets: hardly ever does one hold a key. */
export function withImportingSheets({ source }: Project, { resolution }: BuiltGraph, files: readonly string[]): readonly string[] {
  const found = files.filter(isStyleSheet);
  if (found.length === 0 || !source) return files;
  const importers = new Map<string, string[]>();
  for (const sheet of source.paths()) {
    if (!isStyleSheet(sheet)) continue;
    for (const { specifier } of styleSheetImports(textOfFile(source, sheet))) {
      for (const target of resolution.resolveAll(sheet, specifier)) importers.set(target, [...(importers.get(target) ?? []), sheet]);
    }
  }
  const reached = new Set(found);
  for (const file of reached) for (const sheet of importers.get(file) ?? []) reached.add(sheet);
  return [...new Set([...files, ...reached])];
}
