import { Buffer } from 'node:buffer';
import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { searchedMemory } from '../hilt/byte-search.ts';
import { describeFileFailure } from './file-failure.ts';
import { absolutePath, pathOf, type ListedFile } from './list-files.ts';
import type { Notice } from './notice.ts';
import type { NoticeList } from './notice-list.ts';
import type { SourceFile } from './source.ts';

/** What files on disk are read with. */
export interface Reading {
  /** Absolute path, symlinks resolved. */
  readonly root: string;
  readonly notices: NoticeList;
  /** Bytes above which a file is not read. */
  readonly maxFileSize: number;
  /** The files were not asked for: others name them. Where one cannot be read, the scan of those that were is complete all the same. */
  readonly followed?: boolean;
}

export interface DiskEntry extends ListedFile {
  /** Where it lies, absolute, if not at its path below the root; bytes where the name is not UTF-8. */
  readonly place?: string | Buffer;
  /** The user asked for this very file: when it cannot be read, the scan is incomplete. */
  readonly named?: boolean;
}

/** 100 MiB: above what any host takes in a push, and far above any source file. */
export const defaultMaxFileSize = 100 * 1024 * 1024;

/**
 * A file of the disk, read when asked for. Symlinks are not followed: as in git, a link's content is the path it points to.
 * Never blocks on a pipe or a device.
 *
 * A class, so that one object is made for each of many files and not one for each of its functions.
 */
export class DiskFile implements SourceFile {
  readonly path: string;
  readonly #entry: string | DiskEntry;
  readonly #reading: Reading;

  /** @param entry A path alone: a tracked file */
  constructor(entry: string | DiskEntry, reading: Reading) {
    this.path = pathOf(entry);
    this.#entry = entry;
    this.#reading = reading;
  }

  read(): Uint8Array | undefined {
    return withContent(this.#entry, this.#reading, undefined, asIs, readWhole);
  }

  contains(search: (part: Uint8Array) => boolean, overlap: number): boolean {
    return withContent(this.#entry, this.#reading, false, search, (file) => searchParts(file, search, overlap));
  }
}

const asIs = (bytes: Uint8Array): Uint8Array | undefined => bytes;

/** A regular file that is open for reading; `size` in bytes when it was opened. */
export interface OpenFile {
  readonly descriptor: number;
  readonly size: number;
}

/** Without these flags (Windows) the kind of a file must be asked for before it is opened. */
const noFollow = constants.O_NOFOLLOW as number | undefined;
const openFlags = constants.O_RDONLY | (noFollow ?? 0) | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** Where the entry lies on disk. */
function placeOf(entry: string | DiskEntry, { root }: Pick<Reading, 'root'>): string | Buffer {
  return (typeof entry === 'string' ? undefined : entry.place) ?? absolutePath(root, entry);
}

/**
 * Opens the entry and hands it to one of two functions: the bytes of a small file, which lie in the shared buffer, and those of a link,
 * or a large file. Where it cannot be had, gives a notice and `otherwise`.
 */
function withContent<T>(listed: string | DiskEntry, reading: Reading, otherwise: T, ofBytes: (bytes: Uint8Array) => T, ofLarge: (file: OpenFile) => T): T {
  try {
    const place = placeOf(listed, reading);
    if (noFollow === undefined && lstatSync(place).isSymbolicLink()) return ofBytes(readLink(entryOf(listed), reading));
    const descriptor = openSync(place, openFlags);
    try {
      const small = readSmall(descriptor);
      if (small !== undefined && small.length <= reading.maxFileSize) return ofBytes(noteLfsPointer(pathOf(listed), small, reading.notices));
      const status = fstatSync(descriptor);
      if (status.isDirectory()) return otherwise;
      if (!status.isFile()) return tellSpecial(entryOf(listed), reading), otherwise;
      if (status.size > reading.maxFileSize) return tellTooLarge(pathOf(listed), reading), otherwise;
      return ofLarge({ descriptor, size: status.size });
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const entry = entryOf(listed);
    // Linux and macOS say ELOOP for a link that is not to be followed, FreeBSD EMLINK.
    if ((code === 'ELOOP' || code === 'EMLINK') && noFollow !== undefined) return withLink(entry, reading, otherwise, ofBytes);
    tellFailure(entry, reading, error);
    return otherwise;
  }
}

function entryOf(listed: string | DiskEntry): DiskEntry {
  return typeof listed === 'string' ? { path: listed, tracked: true } : listed;
}

function withLink<T>(entry: DiskEntry, reading: Reading, otherwise: T, ofLink: (target: Uint8Array) => T): T {
  let target: Uint8Array;
  try {
    target = readLink(entry, reading);
  } catch (error) {
    tellFailure(entry, reading, error);
    return otherwise;
  }
  return ofLink(target);
}

function readLink(entry: DiskEntry, reading: Reading): Uint8Array {
  const target = readlinkSync(placeOf(entry, reading), 'buffer');
  tellLink(entry, reading);
  return target;
}

function tellLink(entry: DiskEntry, reading: Reading): void {
  const { notices, root } = reading;
  const file = entry.path;
  try {
    const real = realpathSync(placeOf(entry, reading));
    if (isInside(root, real)) {
      if (!entry.named) return;
      notices.add({ code: 'link-not-followed', level: 'info', file, message: 'This is a symlink: the path it holds was scanned, not the file it points to. Name that file to have it scanned.' });
    } else {
      notices.add({ code: 'link-outside', level: 'info', file, message: 'This symlink leaves the scanned folder: the path it holds was scanned, what it points to was not.' });
    }
  } catch (error) {
    const loop = (error as NodeJS.ErrnoException).code === 'ELOOP';
    const message = loop ? 'This symlink leads back to itself: only the path it holds was scanned.' : 'This symlink points to nothing: only the path it holds was scanned.';
    notices.add({ code: 'broken-link', level: 'info', file, message });
  }
}

/** Whether `path` is `folder` or below it; both absolute, symlinks resolved. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function tellFailure(entry: DiskEntry, reading: Reading, cause: unknown): void {
  const { notices } = reading;
  const { code } = cause as NodeJS.ErrnoException;
  const file = entry.path;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    if (entry.skipped) notices.add({ code: 'sparse-checkout', level: 'info', message: 'This is a sparse checkout: tracked files that are not checked out were not scanned. To scan them too: git sparse-checkout disable' });
    if (entry.tracked) return;
    notices.add({ code: 'vanished', level: 'info', file, message: 'This file was deleted while the scan ran.' });
    return;
  }
  // What opening a socket gives.
  if (code === 'ENXIO' || code === 'EOPNOTSUPP') return tellSpecial(entry, reading);
  notices.add({ code: 'unreadable', level: levelOf(reading), file, message: `This file could not be read (${describeFileFailure(cause)}), so it was not scanned. Make it readable, or list it under \`ignore\`.` });
}

function tellSpecial(entry: DiskEntry, { notices }: Pick<Reading, 'notices'>): void {
  const level = entry.named ? 'incomplete' : 'info';
  notices.add({ code: 'special-file', level, file: entry.path, message: 'This is a pipe, socket or device, not a file: it was not read.' });
}

/** What it means for the scan that a file could not be read. */
function levelOf({ followed }: Pick<Reading, 'followed'>): Notice['level'] {
  return followed === true ? 'info' : 'incomplete';
}

/** The notice for a file that is over the limit, wherever it was found. */
export function tellTooLarge(file: string, reading: Pick<Reading, 'notices' | 'maxFileSize' | 'followed'>): void {
  const { notices, maxFileSize } = reading;
  const limit = maxFileSize >= 1 << 20 ? `${Math.floor(maxFileSize / (1 << 20))} MiB` : `${maxFileSize} bytes`;
  notices.add({ code: 'too-large', level: levelOf(reading), file, message: `This file is larger than ${limit}, so it was not scanned. List it under \`ignore\` if it holds no code or text.` });
}

/** One buffer for all small files: reading into fresh memory takes longer than reading. It is made when the first one is read. */
let madeShared: Uint8Array | undefined;

function sharedBuffer(): Uint8Array {
  return (madeShared ??= searchedMemory() ?? Buffer.allocUnsafeSlow(1 << 16));
}

/**
 * The content of a regular file that is neither empty nor fills the shared buffer: nearly every file, at half the price of asking first what it
 * is. `undefined` for everything else, of which nothing is taken: a read at an offset is refused by pipes and folders, and leaves the
 * descriptor where it was.
 */
function readSmall(descriptor: number): Uint8Array | undefined {
  const shared = sharedBuffer();
  try {
    let got = readSync(descriptor, shared, 0, shared.length, 0);
    if (got === 0) return undefined;
    // Some file systems give less than was asked for, up to the end of a block. Anywhere else a short read is the end of the file.
    for (let more = -1; more !== 0 && got % blockSize === 0 && got < shared.length; got += more) more = readSync(descriptor, shared, got, shared.length - got, got);
    return got < shared.length ? shared.subarray(0, got) : undefined;
  } catch (error) {
    if (notAFile.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** The smallest that disks and networks have. */
const blockSize = 512;

/** What a read at an offset gives for a folder, a pipe, and a device. */
const notAFile = new Set(['EISDIR', 'ESPIPE', 'EAGAIN', 'ENXIO', 'EINVAL']);

/** For the parts of large files; made when the first one comes. */
let partBuffer: Buffer | undefined;
const partSize = 1 << 20;

/** The whole content. Small files come in a shared buffer. */
export function readWhole(file: OpenFile): Uint8Array {
  const shared = sharedBuffer();
  const buffer = file.size <= shared.length ? shared : Buffer.allocUnsafeSlow(file.size);
  return buffer.subarray(0, fill(file.descriptor, buffer, 0, file.size));
}

/** Hands the content to `search` in parts until it is true of one. */
export function searchParts(file: OpenFile, search: (part: Uint8Array) => boolean, overlap: number): boolean {
  if (file.size <= sharedBuffer().length) return search(readWhole(file));
  if (!partBuffer || partBuffer.length < overlap * 2) partBuffer = Buffer.allocUnsafeSlow(Math.max(partSize, overlap * 2));
  const buffer = partBuffer;
  let kept = 0;
  for (;;) {
    const end = kept + fill(file.descriptor, buffer, kept, buffer.length - kept);
    if (end > kept && search(buffer.subarray(0, end))) return true;
    if (end < buffer.length) return false;
    kept = Math.min(overlap, end);
    buffer.copyWithin(0, end - kept, end);
  }
}

/** Reads on until `length` bytes are there or the file ends. A file that says it is empty may yet have content (`/proc`). */
function fill(descriptor: number, buffer: Uint8Array, start: number, length: number): number {
  let got = 0;
  do {
    const count = readSync(descriptor, buffer, start + got, (length || buffer.length) - got, null);
    if (count === 0) break;
    got += count;
  } while (got < length);
  return got;
}

const lfsMark = Buffer.from('version https://git-lfs.github.com/spec/v1\n');

/** Tells of a Git LFS pointer (its specification: the version line comes first, and it is under 1024 bytes). Returns the bytes. */
export function noteLfsPointer(file: string, bytes: Uint8Array, notices: NoticeList): Uint8Array {
  if (bytes.length >= lfsMark.length && bytes.length < 1024 && bytes[0] === lfsMark[0] && lfsMark.compare(bytes, 0, lfsMark.length) === 0) {
    notices.add({ code: 'lfs-pointer', level: 'info', file, message: 'This is a Git LFS pointer: the file it stands for is not in the repository and was not scanned. To scan it: git lfs pull' });
  }
  return bytes;
}
