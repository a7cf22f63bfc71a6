import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

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
