import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { loadConfigNow, type FileConfig } from '../engine/config-now.ts';
import { findConfig } from '../engine/find-config.ts';
import { maskKeys } from '../engine/mask.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import { findRoot } from '../sources/root.ts';
import { WorkingCopy } from './working-copy.ts';

/** What holds for every file of one working directory. */
export interface Place {
  /** Absolute path: git's top level, else the working directory. */
  readonly root: string;
  readonly config: FileConfig;
  /** The files of the root, or `undefined` where git does not let us see them. */
  readonly copy: (keyOptions: KeyOptions) => WorkingCopy | undefined;
}

/** Milliseconds after which the configuration is looked for anew: an editor runs for days. */
const configAge = 1_000;

interface Known { readonly place: Place; readonly readAt: number; readonly root: FoundRoot; readonly stamp: string }
interface FoundRoot { readonly root: string; readonly cwd: string; readonly isReadable: boolean }

const places = new Map<string, Known>();
const copies = new Map<string, WorkingCopy>();

/**
 * The root and the configuration for a working directory.
 *
 * @throws ConfigError where the configuration cannot be used
 */
export function getPlace(cwd: string): Place {
  const known = places.get(cwd);
  const now = performance.now();
  if (known && now - known.readAt < configAge) return known.place;
  const found = known?.root ?? findPlace(cwd);
  const path = findConfig(found.cwd, found.root);
  // The same object as long as it says the same: what was linked by it still holds.
  const config = known?.stamp === stampOf(path, known?.place.config.baselinePath) ? known.place.config : loadConfigNow(found.cwd, found.root);
  const stamp = stampOf(path, config.baselinePath);
  const place: Place = { root: found.root, config, copy: (keyOptions) => (found.isReadable ? getCopy(found.root, keyOptions) : undefined) };
  places.set(cwd, { place, readAt: now, root: found, stamp });
  return place;
}

/** Of the configuration and of the baseline that it names. */
function stampOf(...paths: readonly (string | undefined)[]): string {
  return paths.map((path) => {
    const stat = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    return `${path}:${stat?.mtimeMs}:${stat?.size}`;
  }).join('\n');
}

function findPlace(cwd: string): FoundRoot {
  try {
    const { root, cwd: real } = findRoot(cwd);
    return { root, cwd: real, isReadable: true };
  } catch (error) {
    warn(error);
    return { root: cwd, cwd, isReadable: false };
  }
}

function getCopy(root: string, keyOptions: KeyOptions): WorkingCopy {
  const identity = JSON.stringify([root, keyOptions]);
  let copy = copies.get(identity);
  if (!copy) copies.set(identity, (copy = new WorkingCopy(root, keyOptions)));
  return copy;
}

const warned = new Set<string>();

/** Files are linted all the same: what git says is told once, as a warning of the process. */
export function warn(error: unknown): void {
  const message = maskKeys(error instanceof Error ? error.message : String(error));
  if (warned.has(message)) return;
  warned.add(message);
  process.emitWarning(`hilt-guard cannot look at other files, so values that are imported are not followed: ${message}`, 'HiltGuardWarning');
}

/**
 * POSIX path of a linted file relative to the root; `undefined` for a text without a file (`<input>`) and for files outside of the root.
 *
 * @param path as ESLint has it: absolute, symlinks not resolved
 */
export function pathInRoot(path: string, root: string): string | undefined {
  if (!isAbsolute(path)) return undefined;
  const way = relative(root, join(realFolder(dirname(path)), basename(path)));
  if (way.startsWith('..') || isAbsolute(way)) return undefined;
  return sep === '/' ? way : way.split(sep).join('/');
}

const realFolders = new Map<string, string>();

function realFolder(folder: string): string {
  let real = realFolders.get(folder);
  if (real === undefined) {
    try {
      real = realpathSync(folder);
    } catch {
      // A file that is not saved yet may stand in a folder that is not there yet.
      return folder;
    }
    realFolders.set(folder, real);
  }
  return real;
}
