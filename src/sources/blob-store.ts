import type { Buffer } from 'node:buffer';
import { closeSync, fstatSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gitFailure, tryGit, type GitContext, type GitOutput } from './git.ts';
import { idsInIndex } from './index-lookup.ts';
import { readLooseBlob } from './loose-objects.ts';
import { once } from './once.ts';
import type { OpenFile } from './read-file.ts';

/** What git has under an object id. */
export type Blob =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Too large to be kept in memory with others; `size` in bytes. */
  | { readonly kind: 'large'; readonly size: number }
  /** `cause`: git's own words, where it had any. */
  | { readonly kind: 'missing'; readonly cause?: string };

/** Bytes of blobs that are read by one process. */
const portionSize = 4 << 20;
/** Bytes of blobs that are held for those who ask in an order of their own: the modules of most applications. */
const heldSize = 32 << 20;
const portionCount = 2000;
/** So few blobs are fetched without asking for their sizes first: one process less for an ordinary commit. */
const fewBlobs = 256;
/** So few are looked for as files of their own before git is asked. */
const fewLoose = 8;

/**
 * Reads blobs by their ids, many by one git process, and holds a bounded amount of them:
 * a commit of ten thousand files never lies in memory as a whole.
 */
export class BlobStore {
  readonly #git: GitContext;
  #held = new Map<string, Blob>();
  #heldBytes = 0;

  constructor(git: GitContext) {
    this.#git = git;
  }

  /** Whether objects may be missing because a remote has promised to give them when they are asked for (gitglossary(7), "promisor"). */
  readonly isPartialClone = once(() => tryGit(this.#git, ['config', '--get-regexp', String.raw`^(remote\..*\.promisor|extensions\.partialclone)$`]).status === 0);

  /** Whether `get` needs no process. */
  has(id: string): boolean {
    return this.#held.has(id);
  }

  /** The blob, from memory or by a process of its own. */
  get(id: string): Blob {
    const held = this.#held.get(id);
    if (held) return held;
    let found: Blob = { kind: 'missing' };
    for (const { blobs } of this.#portions([id])) found = blobs.get(id) ?? found;
    this.#hold(new Map([[id, found]]));
    return found;
  }

  /**
   * Goes through `ids` in order. Each step tells how many further ones can now be had from `get` without a process, until the next step.
   */
  *load(ids: readonly string[]): Generator<number> {
    for (const portion of this.#portions(ids)) {
      this.#held = portion.blobs;
      this.#heldBytes = 0;
      yield portion.length;
    }
  }

  /** Reads as many of `ids` as fit into one portion, beside what is held. */
  prefetch(ids: readonly string[]): void {
    const wanted = ids.filter((id) => !this.#held.has(id)).slice(0, portionCount);
    for (const { blobs } of this.#portions(wanted)) {
      this.#hold(blobs);
      return;
    }
  }

  /**
   * What the index holds at some of `paths`, by path: one process at most, whatever their number; nothing where that is more than a portion
   * or git stumbles over it. The content of a symlink is its target, and nothing here tells that it is one.
   */
  readPaths(paths: readonly string[]): ReadonlyMap<string, Uint8Array> {
    const near = this.#readNear(paths);
    if (near) return near;
    const named = paths.filter((path) => !path.includes('\n'));
    const found = new Map<string, Uint8Array>();
    const output = this.#catFile('--batch', named.map((path) => `:0:${path}`), portionSize);
    if (output.overflow || output.status !== 0) return found;
    let at = 0;
    for (const { blob } of batchAnswers(output.stdout)) {
      const path = named[at++];
      if (path !== undefined && blob.kind === 'bytes') found.set(path, blob.bytes);
    }
    return found;
  }

  /** The same without a process, where the index can be looked into and the blobs are files of their own. */
  #readNear(paths: readonly string[]): ReadonlyMap<string, Uint8Array> | undefined {
    const ids = idsInIndex(this.#git, paths);
    if (!ids || ids.size > fewLoose) return undefined;
    const loose = this.#readLoose([...ids.values()], portionSize);
    const found = new Map<string, Uint8Array>();
    for (const path of paths) {
      const id = ids.get(path);
      if (id === undefined) continue;
      const blob = loose.get(id);
      if (blob?.kind !== 'bytes') return undefined;
      found.set(path, blob.bytes);
    }
    return found;
  }

  /** Calls `use` with the content of a blob that is too large for memory as a file, which is gone afterwards. Throws what git and the disk throw. */
  withLarge<T>(id: string, use: (file: OpenFile) => T): T {
    // Git gives a blob only as a whole, and a synchronous process only into memory or a file.
    return withTemporaryFile((write, read) => {
      const args = ['cat-file', 'blob', id];
      const output = tryGit(this.#git, args, { output: write });
      if (output.status !== 0) throw gitFailure(this.#git, args, output);
      return use({ descriptor: read, size: fstatSync(read).size });
    });
  }

  #hold(blobs: ReadonlyMap<string, Blob>): void {
    let bytes = 0;
    for (const blob of blobs.values()) if (blob.kind === 'bytes') bytes += blob.bytes.length;
    if (this.#heldBytes + bytes > heldSize) {
      this.#held = new Map();
      this.#heldBytes = 0;
    }
    for (const [id, blob] of blobs) this.#held.set(id, blob);
    this.#heldBytes += bytes;
  }

  *#portions(ids: readonly string[]): Generator<Portion> {
    const unique = [...new Set(ids)];
    if (unique.length === 0) return;
    if (unique.length <= fewBlobs) {
      const blobs = this.#readTogether(unique, portionSize);
      if (blobs) return yield { length: ids.length, blobs };
    }
    const sizes = this.#sizes(unique);
    for (const part of partsOf(ids, sizes)) {
      const small = part.ids.filter((id) => isSmall(sizes.get(id)));
      const blobs = new Map((small.length > 0 && this.#readTogether(small, Infinity)) || []);
      for (const id of part.ids) if (!blobs.has(id)) blobs.set(id, ofSize(sizes.get(id)));
      yield { length: part.length, blobs };
    }
  }

  /** `undefined` where the blobs are larger than `maxBytes` in sum. */
  #readTogether(ids: readonly string[], maxBytes: number): Map<string, Blob> | undefined {
    const loose = ids.length <= fewLoose ? this.#readLoose(ids, maxBytes) : new Map<string, Blob>();
    const others = ids.filter((id) => !loose.has(id));
    if (others.length === 0) return loose;
    const read = this.#askGit(others, maxBytes);
    return read && new Map([...loose, ...read]);
  }

  #readLoose(ids: readonly string[], maxBytes: number): Map<string, Blob> {
    const found = new Map<string, Blob>();
    let left = Math.min(maxBytes, portionSize);
    for (const id of ids) {
      const bytes = readLooseBlob(this.#git, id, left);
      // One that is packed is hardly alone.
      if (!bytes) break;
      found.set(id, { kind: 'bytes', bytes });
      left = Math.max(1, left - bytes.length);
    }
    return found;
  }

  /** Where git stumbles over a damaged blob, the others are read all the same. */
  #askGit(ids: readonly string[], maxBytes: number): Map<string, Blob> | undefined {
    const output = this.#catFile('--batch', ids, maxBytes);
    if (output.overflow) return undefined;
    if (output.status === 0) return parseBatch(output.stdout);
    if (wantedToFetch(output)) return this.#ofPartialClone(ids, maxBytes);
    if (ids.length === 1) return new Map([[ids[0] ?? '', { kind: 'missing', cause: gitFailure(this.#git, ['cat-file'], output).message }]]);
    return this.#halves(ids, (half) => this.#askGit(half, maxBytes));
  }

  #sizes(ids: readonly string[]): Map<string, number> {
    const output = this.#catFile('--batch-check', ids, Infinity);
    if (output.status === 0) return parseSizes(output.stdout);
    if (wantedToFetch(output)) {
      const present = this.#present(ids);
      return present.length > 0 && present.length < ids.length ? this.#sizes(present) : new Map();
    }
    if (ids.length === 1) return new Map();
    return this.#halves(ids, (half) => this.#sizes(half)) ?? new Map<string, number>();
  }

  /** Git gives up at the first object that it would have to fetch, so those that are there are asked for alone. */
  #ofPartialClone(ids: readonly string[], maxBytes: number): Map<string, Blob> | undefined {
    const present = this.#present(ids);
    const found = present.length > 0 && present.length < ids.length ? this.#readTogether(present, maxBytes) : new Map<string, Blob>();
    if (found) for (const id of ids) if (!found.has(id)) found.set(id, { kind: 'missing' });
    return found;
  }

  /** Those of `ids` that need not be fetched, told by the one command that neither fetches nor gives up (git-rev-list(1), `--missing`). */
  #present(ids: readonly string[]): string[] {
    const args = ['rev-list', '--objects', '--no-walk', '--ignore-missing', '--missing=allow-any', '--stdin'];
    const output = tryGit(this.#git, args, { input: `${ids.join('\n')}\n` });
    const listed = new Set(output.stdout.toString('latin1').split('\n').map((line) => line.trimEnd()));
    return ids.filter((id) => listed.has(id));
  }

  #halves<T>(ids: readonly string[], read: (ids: readonly string[]) => Map<string, T> | undefined): Map<string, T> | undefined {
    const middle = ids.length >> 1;
    const first = read(ids.slice(0, middle));
    const second = first && read(ids.slice(middle));
    return second && new Map([...first, ...second]);
  }

  #catFile(mode: '--batch' | '--batch-check', ids: readonly string[], maxBytes: number): GitOutput {
    return tryGit(this.#git, ['cat-file', mode, '--buffer'], { input: `${ids.join('\n')}\n`, maxBytes });
  }
}

function wantedToFetch({ stderr }: GitOutput): boolean {
  return /promisor remote/.test(stderr);
}

/** A run of a list of ids, `length` entries long, and what they name. */
interface Portion {
  readonly length: number;
  readonly blobs: Map<string, Blob>;
}

/** A private file that others cannot open; on POSIX it has no name any more while it is used, so that it cannot outlive the process. */
function withTemporaryFile<T>(use: (write: number, read: number) => T): T {
  // Hardly any commit has a blob that large: `node:os` is loaded when one does.
  const { tmpdir } = process.getBuiltinModule('node:os');
  const folder = mkdtempSync(join(tmpdir(), 'hilt-guard-'));
  const descriptors: number[] = [];
  try {
    const path = join(folder, 'blob');
    const write = openSync(path, 'wx', 0o600);
    descriptors.push(write);
    const read = openSync(path, 'r');
    descriptors.push(read);
    if (process.platform !== 'win32') rmSync(folder, { recursive: true });
    return use(write, read);
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Above this a blob goes through a file, alone. */
function isSmall(size: number | undefined): boolean {
  return size !== undefined && size <= portionSize;
}

function ofSize(size: number | undefined): Blob {
  return size === undefined ? { kind: 'missing' } : { kind: 'large', size };
}

/** Cuts a list into runs whose blobs fit into memory together. An id that comes twice in a run is counted once. */
function* partsOf(ids: readonly string[], sizes: ReadonlyMap<string, number>): Generator<{ length: number; ids: string[] }> {
  let part = new Set<string>();
  let length = 0;
  let bytes = 0;
  for (const id of ids) {
    const size = sizes.get(id) ?? 0;
    const weight = isSmall(size) && !part.has(id) ? size : 0;
    if (length > 0 && (part.size >= portionCount || bytes + weight > portionSize)) {
      yield { length, ids: [...part] };
      part = new Set();
      length = 0;
      bytes = 0;
    }
    part.add(id);
    length += 1;
    bytes += weight;
  }
  if (length > 0) yield { length, ids: [...part] };
}

function parseBatch(output: Buffer): Map<string, Blob> {
  return new Map([...batchAnswers(output)].map(({ id, blob }) => [id, blob]));
}

/** `<id> <type> <size>\n<content>\n`, or `<name> missing\n` (git-cat-file(1), "Batch output"), in the order of the names that were asked for. */
function* batchAnswers(output: Buffer): Generator<{ id: string; blob: Blob }, undefined> {
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const line = output.toString('latin1', at, end);
    at = end + 1;
    if (line.endsWith(' missing')) {
      yield { id: line.slice(0, -' missing'.length), blob: { kind: 'missing' } };
      continue;
    }
    const [id = '', , size = ''] = line.split(' ');
    yield { id, blob: { kind: 'bytes', bytes: output.subarray(at, at + Number(size)) } };
    at += Number(size) + 1;
  }
}

function parseSizes(output: Buffer): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const line of output.toString('latin1').split('\n')) {
    const [id = '', type, size] = line.split(' ');
    if (type === 'blob') sizes.set(id, Number(size));
  }
  return sizes;
}

