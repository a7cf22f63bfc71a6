import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { checksumOf } from '../../hilt/digest.ts';
import { hideKeys } from '../../sources/hide-keys.ts';
import type { Source } from '../../sources/source.ts';
import type { KnownState } from '../known-state.ts';
import type { CacheOwner } from './cache-file.ts';
import { keptFile, removeKept, replaceKept } from './kept-file.ts';

const format = 3;
// What is kept is names of files; more than this was not written by us.
const largest = 16 * 1024 * 1024;

/** `checksum` is that of the state as JSON. */
interface Stored extends CacheOwner { readonly format: number; readonly checksum: string; readonly state: KnownState }

function fileOf(root: string): string | undefined {
  return keptFile(root, 'state.json');
}

export function hasKnownState(root: string): boolean {
  const file = fileOf(root);
  return file !== undefined && look(file) !== undefined;
}

/** `undefined` also where something other than a folder is in the way, or nobody may look. */
function look(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** What an earlier run found out; `undefined` where there is nothing, or what is there is foreign or damaged. Never throws. */
export function readKnownState(source: Pick<Source, 'root'>, version: string): KnownState | undefined {
  const file = fileOf(source.root);
  const status = file === undefined ? undefined : look(file);
  if (file === undefined || !status?.isFile() || status.size > largest) return undefined;
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<Stored> | null;
    const isOurs = stored?.format === format && stored.version === version && stored.root === source.root && stored.checksum === checksumOf(JSON.stringify(stored.state));
    return isOurs ? stored.state : undefined;
  } catch {
    // Damaged, or removed meanwhile: then everything is worked out again.
    return undefined;
  }
}

/**
 * Keeps a state for the next run, or forgets the one that is kept: also where a name in it could be a key, since nothing of ours may hold one.
 * A place that cannot be written only costs time.
 */
export function keepKnownState(source: Pick<Source, 'root'>, version: string, state: KnownState | undefined): void {
  const file = fileOf(source.root);
  if (file === undefined) return;
  const text = state === undefined ? undefined : JSON.stringify(state);
  if (state === undefined || text === undefined || hideKeys(text) !== text) return removeKept(file);
  const stored: Stored = { format, version, root: source.root, checksum: checksumOf(text), state };
  replaceKept(file, JSON.stringify(stored));
}
