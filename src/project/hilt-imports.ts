import { checksumOf } from '../hilt/digest.ts';
import { directivesOf } from '../syntax/directives.ts';
import { importEdges } from './graph/import-edges.ts';
import { folderOf, joinPath } from './graph/posix-path.ts';

/** A path as imports name it: without its ending and without `index`. */
export function stemOf(path: string): string {
  return path.replace(/(?:\.d)?\.[A-Za-z]+$/, '').replace(/(?:^|\/)index$/, '');
}

/** What a file imports as values, as it is written, in a settled order. */
function importsIn(path: string, text: string): string[] {
  const specifiers = importEdges(path, text).filter((edge) => !edge.typeOnly).map((edge) => `${edge.how} ${edge.specifier}`);
  return [...new Set(specifiers)].sort();
}

/** Of what a file imports, and of the directives that say where it runs. */
export function importsChecksum(path: string, text: string): string {
  return checksumOf([...directivesOf(text).map(({ name }) => name), ...importsIn(path, text)].join('\n'));
}

/** The files on the way to Hilt, so that an import can be told to lead there without resolving it. */
export interface WayToHilt {
  readonly stems: ReadonlySet<string>;
  /** Every end of a stem: aliases and base folders put something else before it. */
  readonly ends: ReadonlySet<string>;
  /** Packages of the repository that have such a file. */
  readonly packages: readonly string[];
}

export function wayToHilt(files: Iterable<string>, packages: readonly string[]): WayToHilt {
  const stems = new Set<string>();
  const ends = new Set<string>();
  for (const file of files) {
    const stem = stemOf(file);
    stems.add(stem);
    for (let rest = stem; ; rest = rest.slice(rest.indexOf('/') + 1)) {
      ends.add(rest);
      if (!rest.includes('/')) break;
    }
  }
  return { stems, ends, packages };
}

/** Whether an import of the file may lead to one of the files. Errs on the side of yes. */
export function mayLeadTo({ stems, ends, packages }: WayToHilt, path: string, text: string): boolean {
  return importEdges(path, text).some(({ specifier, how, typeOnly }) => {
    if (typeOnly) return false;
    if (how === 'glob') return true;
    const plain = specifier.replace(/[?#].*$/, '');
    if (plain.startsWith('.')) {
      const target = joinPath(folderOf(path), plain);
      return target !== undefined && (stems.has(stemOf(target)) || stems.has(target));
    }
    return packages.some((name) => plain === name || plain.startsWith(`${name}/`)) || endsOf(plain).some((end) => ends.has(stemOf(end)) || ends.has(end));
  });
}

/** `@/lib/hilt` may be any path that ends in `lib/hilt`, and with a base folder also one that ends in the whole. */
function endsOf(specifier: string): string[] {
  const parts = specifier.split('/').filter((part) => part !== '');
  return [0, 1, 2].flatMap((skip) => (skip < parts.length ? [parts.slice(skip).join('/')] : [])).map((end) => end.replace(/^[~#@$]/, ''));
}

/** Whether a file may hand on a key that it is given, or asks for one, though it says nothing of Hilt. */
export function mayHandOn({ receivers, words }: { readonly receivers: readonly string[]; readonly words: readonly string[] }, path: string, text: string): boolean {
  return receivers.includes(path) || words.some((word) => text.includes(word));
}
