import { lstatSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { Notice } from '../sources/notice.ts';

const configName = 'hilt-guard.config.json';

/**
 * The nearest configuration from a folder up to the root: `hilt-guard.config.json`, else a `package.json` with `hiltGuard`.
 * Only looks, so that a repository without one loads nothing that reads one.
 *
 * @param cwd absolute folder in which the search begins
 * @param root absolute folder in which it ends
 * @returns an absolute path
 */
export function findConfig(cwd: string, root: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const own = join(folder, configName);
    // Also a symlink that leads nowhere: what it should have said is not passed over.
    if (isThere(own)) return own;
    const manifest = join(folder, 'package.json');
    if (hasOwnKey(manifest)) return manifest;
    if (!folder.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
  }
}

/**
 * Tells of a second configuration in the same folder, which counts for nothing.
 *
 * @param path of the one that was found
 */
export function noticesOfUnused(path: string | undefined): Notice[] {
  if (path === undefined || basename(path) !== configName || !hasOwnKey(join(dirname(path), 'package.json'))) return [];
  return [{ code: 'config-unused', level: 'info', message: `The configuration is ${configName}: "hiltGuard" in package.json beside it is not read. Take it out, or move what it says.` }];
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A folder that may not be looked into.
    return false;
  }
}

/** A manifest that only mentions the word elsewhere, or is broken, is npm's business. */
function hasOwnKey(path: string): boolean {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    // No manifest, or a folder or a broken link of its name. One that may not be read is told by whoever reads it.
    return (error as NodeJS.ErrnoException).code === 'EACCES' && isThere(path);
  }
  if (!text.includes('"hiltGuard"')) return false;
  try {
    const manifest: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof manifest === 'object' && manifest !== null && 'hiltGuard' in manifest;
  } catch {
    // A broken manifest that names us is told by whoever reads it.
    return true;
  }
}
