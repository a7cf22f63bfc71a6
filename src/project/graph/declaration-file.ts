import type { Source } from '../../sources/source.ts';
import { folderOf, joinPath } from './posix-path.ts';

/**
 * The declaration file that a relative specifier means where the snapshot has no module of that name: what it declares is
 * all that can be known of a module that is built, or written in another language.
 */
export function declarationFile(source: Source, from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const base = joinPath(folderOf(from), specifier.replace(/\.[mc]?js$/, ''));
  return base === undefined ? undefined : [`${base}.d.ts`, `${base}/index.d.ts`].find((path) => source.paths().has(path));
}
