import type { Source } from '../../sources/source.ts';
import { isRecord, parseManifest } from './manifest.ts';
import { folderOf } from './posix-path.ts';

/**
 * Tells packages of a registry from what a repository may mean by a name, from the few manifests above a file alone: a commit
 * need not list the repository for `import express from 'express'`. `false` where only a resolution can tell.
 */
export function createRegistryNames(source: Source): (from: string, specifier: string) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  return (from, specifier) => {
    const name = /^(?:@[\w.-]+\/)?[\w.-]+(?=$|\/)/.exec(specifier)?.[0];
    if (name === undefined || specifier.startsWith('.')) return false;
    const folder = folderOf(from);
    let names = known.get(folder);
    if (!names) known.set(folder, (names = installedFrom(folder, source)));
    return names.has(name);
  };
}

/** The dependencies that can only come from a registry. None where something may map names: a workspace, or a tsconfig with paths. */
function installedFrom(folder: string, source: Source): ReadonlySet<string> {
  const nothing = new Set<string>();
  const near = source.peek?.(manifestsAbove(folder));
  if (!near || [...near.values()].includes(undefined)) return nothing;
  const names = new Set<string>();
  for (const [path, bytes] of near) {
    const value = bytes && parseManifest(new TextDecoder().decode(bytes));
    const json = value?.json;
    if (!json || !path.endsWith('.json') || mapsNames(json)) return nothing;
    for (const kind of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']) {
      for (const [name, range] of Object.entries(isRecord(json[kind]) ? json[kind] : {})) if (isFromRegistry(range)) names.add(name);
    }
  }
  return names;
}

function manifestsAbove(folder: string): string[] {
  const paths: string[] = [];
  for (let at = folder; ; at = folderOf(at)) {
    for (const name of ['package.json', 'tsconfig.json', 'jsconfig.json', 'pnpm-workspace.yaml', 'lerna.json', 'rush.json']) paths.push(at === '' ? name : `${at}/${name}`);
    if (at === '') return paths;
  }
}

function mapsNames(manifest: Readonly<Record<string, unknown>>): boolean {
  if ('workspaces' in manifest || 'projects' in manifest || 'packages' in manifest || 'extends' in manifest || 'browser' in manifest) return true;
  const options = manifest['compilerOptions'];
  return typeof options === 'object' && options !== null && ('paths' in options || 'baseUrl' in options || 'rootDirs' in options);
}

function isFromRegistry(range: unknown): boolean {
  return typeof range === 'string' && /^[\^~=v]?\d[\w.+-]*$/.test(range);
}
