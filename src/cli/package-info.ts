import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PackageInfo {
  /** Absolute folder of the installed package. */
  readonly root: string;
  readonly name: string;
  readonly version: string;
  /** Where faults are reported. */
  readonly reportAt: string;
}

/** Reads our own package.json: the nearest above this file that has a name; the one of `dist/src/cli/` only says how its files are read. */
export function readPackageInfo(): PackageInfo {
  for (let url = new URL('./', import.meta.url); ; url = new URL('../', url)) {
    const root = fileURLToPath(url);
    const manifest = readManifest(join(root, 'package.json'));
    if (manifest) return { root, ...manifest };
    if (url.pathname === '/') throw new Error('The package.json of hilt-guard is missing: install it again.');
  }
}

/** Of what is kept between runs: the version, and the build of it. What another build kept may say other things. */
export function readCacheVersion(): string {
  const launcher = statSync(new URL('bin.js', import.meta.url), { throwIfNoEntry: false });
  return `${readPackageInfo().version} ${launcher?.mtimeMs ?? 'sources'}`;
}

function readManifest(path: string): Omit<PackageInfo, 'root'> | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const { name, version, bugs } = JSON.parse(text) as { name?: string; version: string; bugs?: { url?: string } };
  return name === undefined ? undefined : { name, version, reportAt: bugs?.url ?? `https://www.npmjs.com/package/${name}` };
}
