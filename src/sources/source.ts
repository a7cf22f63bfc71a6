import type { Notice } from './notice.ts';

/** One file of a snapshot (the working tree, the index, a commit, stdin). */
export interface SourceFile {
  /** POSIX path relative to the root; bytes that are not UTF-8 are shown as U+FFFD. */
  readonly path: string;
  /** Git's object id of the content where git knows it: the cache key. */
  readonly blob?: string;
  /**
   * The content, or `undefined` where it cannot be had; then a notice says why (a tracked file that is deleted in the working tree has none).
   * The bytes may lie in a buffer that is used again: they are valid until any file is read next.
   */
  read(): Uint8Array | undefined;
  /**
   * Whether `search` is true of some part of the content; `false` also where it cannot be had. A large file goes by in parts, in constant memory.
   * Each part begins with the last `overlap` bytes of the one before, so that nothing of up to `overlap + 1` bytes is cut in two.
   * A part is valid only during the call.
   */
  contains?(search: (part: Uint8Array) => boolean, overlap: number): boolean;
}

/**
 * A snapshot of files. The engine reports on `files()`; `open` follows imports to any other file of the same snapshot,
 * so that a staged scan never mixes the index with the working tree.
 */
export interface Source {
  /** Absolute path that `SourceFile.path` is relative to: git's top level, else the working directory. */
  readonly root: string;
  /** The files to report on, in path order. */
  files(): Iterable<SourceFile>;
  /** Any file of the snapshot by its POSIX path relative to the root, or `undefined` if the snapshot has none. */
  open(path: string): SourceFile | undefined;
  /** Reads these files together, where that costs less than one by one; `open` and `head` then find them at hand. */
  prefetch?(paths: Iterable<string>): void;
  /**
   * The content of those of `paths` that can be had without listing the snapshot: for many guesses at few files. `undefined` stands where
   * only `open` can tell the content; a path that is left out may yet be there, in a damaged or partial repository.
   */
  peek?(paths: Iterable<string>): ReadonlyMap<string, Uint8Array | undefined>;
  /** Every path of the snapshot, for module resolution and manifests. Computed on first use. */
  paths(): ReadonlySet<string>;
  /** Files of a working tree that have another content here than on disk, or are not there at all. */
  readonly overlaid?: ReadonlySet<string>;
  /** Filled while files are read. */
  readonly notices: readonly Notice[];
}
