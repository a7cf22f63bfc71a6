import { statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Notice } from '../sources/notice.ts';

/**
 * Tells of files and folders that the user named and the configuration leaves out: who names a file takes silence for an all-clear.
 *
 * @param paths relative to `cwd`
 * @param ignores of a POSIX path relative to `root`
 */
export function noticesOfLeftOut(paths: readonly string[], cwd: string, root: string, ignores: (file: string) => boolean): Notice[] {
  const isLeftOut = (path: string): boolean => {
    const file = relative(root, resolve(cwd, path)).split(sep).join('/');
    if (file === '') return false;
    return ignores(file) || (isFolder(resolve(cwd, path)) && ignores(`${file}/x`) && ignores(`${file}/x/x`));
  };
  const leftOut = paths.filter(isLeftOut);
  if (leftOut.length === 0) return [];
  const named = leftOut.slice(0, 3).map((path) => JSON.stringify(path)).join(', ');
  const more = leftOut.length > 3 ? ` and ${leftOut.length - 3} more` : '';
  return [{ code: 'ignored', level: 'info', message: `The configuration lists what was named under \`ignore\`, so it was not scanned: ${named}${more}.` }];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
