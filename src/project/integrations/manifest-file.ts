import { readText } from '../../sources/file-text.ts';
import { languageOf, type Language } from '../../sources/language.ts';
import type { Notice } from '../../sources/notice.ts';
import type { Source } from '../../sources/source.ts';
import { readDeclarations, type Command, type DataFile } from '../../syntax/data/index.ts';
import type { Declaration } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import { groupBy } from '../../syntax/group-by.ts';

/** A manifest as its declarations: every scalar with the keys that lead to it. Values hold their text plainly and must not be shown. */
export interface ManifestFile {
  readonly file: string;
  readonly language: Language;
  readonly text: string;
  readonly declarations: readonly Declaration[];
  readonly commands: readonly Command[];
  readonly notices: readonly Notice[];
}

/** Reads a manifest of the snapshot, or `undefined` if there is none. What cannot be understood of it is left out, with a notice. */
export function readManifest(source: Source, file: string): ManifestFile | undefined {
  const text = readText(source, file);
  if (text === undefined) return undefined;
  const language = languageOf(file, text);
  const data: DataFile = readDeclarations(language, file, text);
  return { file, language, text, declarations: data.declarations, commands: data.commands, notices: data.notices };
}

/** The text that is declared at exactly this path. */
export function textAt(declarations: readonly Declaration[], path: readonly string[]): string | undefined {
  const name = path.at(-1);
  const found = declarations.find((each) => each.name === name && each.path.length === path.length - 1 && startsWith(each.path, path.slice(0, -1)));
  return found && plainText(found);
}

/** The texts of a list at the path, or the one text. */
export function textsAt(declarations: readonly Declaration[], path: readonly string[]): { readonly text: string; readonly at: Span }[] {
  const own = declarations.filter((each) => (each.name === path.at(-1) && each.path.length === path.length - 1 && startsWith(each.path, path.slice(0, -1))) || (each.path.length === path.length && startsWith(each.path, path) && /^\d+$/.test(each.name)));
  return own.flatMap((each) => {
    const text = plainText(each);
    return text === undefined ? [] : [{ text, at: each.valueAt }];
  });
}

export function plainText({ value }: Declaration): string | undefined {
  return value.kind === 'text' ? value.text : value.kind === 'number' ? String(value.value) : undefined;
}

export function startsWith(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((part, index) => path[index] === part);
}

/** What is declared below a path, by the key that follows it, in the order of the file. */
export function groupsBelow(declarations: readonly Declaration[], prefix: readonly string[]): Map<string, Declaration[]> {
  const below = declarations.filter(({ path }) => path.length > prefix.length && startsWith(path, prefix));
  return groupBy(below, ({ path }) => path[prefix.length] ?? '');
}

/** The commands below a path. */
export function commandsBelow({ commands }: ManifestFile, prefix: readonly string[]): Command[] {
  return commands.filter(({ path }) => startsWith(path, prefix));
}
