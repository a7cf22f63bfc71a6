import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './posix-path.ts';

/** Symlinks on disk that decide where imports lead: installed packages of the repository itself, linked folders. Keeps what it was asked. */
export class DiskLinks {
  readonly #root: string;
  readonly #targets = new Map<string, string | undefined>();
  readonly #folders = new Map<string, string>();
  #isRacy = false;

  constructor(root: string) {
    this.#root = root;
  }

  /** Where a path relative to the root leads, absolute; `undefined` where it is no symlink, or one that leads nowhere. */
  targetOf(path: string): string | undefined {
    if (this.#targets.has(path)) return this.#targets.get(path);
    const folder = folderOf(path);
    if (!this.#folders.has(folder)) this.#folders.set(folder, this.#identityOf(folder));
    const target = targetOf(join(this.#root, path));
    this.#targets.set(path, target);
    return target;
  }

  /** What {@link areSame} needs to tell whether the answers still hold; `undefined` where a folder changed just now, so that its time says nothing. */
  answers(): LinkAnswers | undefined {
    if (this.#isRacy) return undefined;
    return { folders: [...this.#folders], targets: [...this.#targets].flatMap(([path, target]) => (target === undefined ? [] : [[path, target] as const])) };
  }

  #identityOf(folder: string): string {
    const { identity, changedAt } = identityOf(join(this.#root, folder));
    if (Date.now() - changedAt < coarsestClock) this.#isRacy = true;
    return identity;
  }
}

/** The folders that were looked into, each with what changes when an entry comes or goes, and the links that were found. */
export interface LinkAnswers {
  readonly folders: readonly (readonly [path: string, identity: string])[];
  readonly targets: readonly (readonly [path: string, target: string])[];
}

export function areSame(root: string, { folders, targets }: LinkAnswers): boolean {
  return folders.every(([path, identity]) => identityOf(join(root, path)).identity === identity) && targets.every(([path, target]) => targetOf(join(root, path)) === target);
}

/** Milliseconds. Some file systems count in steps of two seconds. */
const coarsestClock = 2000;

function identityOf(folder: string): { identity: string; changedAt: number } {
  try {
    const status = lstatSync(folder, { bigint: true, throwIfNoEntry: false });
    return status === undefined ? absent : { identity: `${status.ino}:${status.mtimeNs}`, changedAt: Number(status.mtimeMs) };
  } catch {
    // A file stands where the folder would be.
    return absent;
  }
}

const absent = { identity: '', changedAt: 0 };

function targetOf(path: string): string | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? realpathSync(path) : undefined;
  } catch {
    // A dangling or circular link leads nowhere.
    return undefined;
  }
}
