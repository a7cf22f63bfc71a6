import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { openDigest } from '../../hilt/digest.ts';
import type { Source } from '../../sources/source.ts';
import type { World } from '../graph/build.ts';

/** Files that decide where imports lead: manifests, and whatever a tsconfig may extend. */
const manifest = /\.jsonc?$|(?:^|\/)pnpm-workspace\.yaml$/;

/**
 * A digest of all that decides where the imports of a snapshot lead, beside the imports: the names of all files, the contents of manifests,
 * aliases, and when packages were last installed or linked. The same digest means the same answers.
 */
export function worldDigest(source: Source, world: World, blobOf: (path: string) => string | undefined): string {
  const hash = openDigest();
  const add = (text: string): void => void hash.update(text).update('\0');
  for (const path of source.paths()) {
    add(path);
    if (manifest.test(path)) hash.update(blobOf(path) ?? source.open(path)?.read() ?? '').update('\0');
  }
  add(JSON.stringify([world.side, world.aliases]));
  for (const item of world.workspace.packages) add(String(installedAt(join(source.root, item.folder, 'node_modules'))));
  return hash.digest('hex');
}

function installedAt(folder: string): number {
  return lstatSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
