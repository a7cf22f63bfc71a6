import { lstatSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { digestOf } from '../../hilt/digest.ts';
import { describeFileFailure } from '../../sources/file-failure.ts';
import type { FlatTexts } from '../graph/text-table.ts';
import { replaceFile } from './replace-file.ts';

/** What is known of one content, by git's id of it. Holds no text of the file but the specifiers of its imports. */
export interface BlobRecord {
  /** Hexadecimal. */
  readonly blob: string;
  /** Import edges as words of an edge table, and the kind of file that they were read from (`edgeKind`, 0 to 3). */
  readonly words?: Uint32Array;
  readonly kind?: number;
  /** Whether the content mentions Hilt at all. */
  readonly mention?: boolean;
}

export interface CacheContent {
  readonly specifiers: FlatTexts;
  readonly records: readonly BlobRecord[];
  readonly links?: CachedLinks;
}

/** Where the edges of one snapshot led. `world` is the digest of all that decides it beside the edges. */
export interface CachedLinks {
  readonly world: string;
  /** Modules by number; the first `ends.length` are the code files of the snapshot. */
  readonly names: readonly string[];
  /** Content of each code file when it was linked, empty where git did not know it. */
  readonly blobs: readonly string[];
  readonly ends: Uint32Array;
  readonly targets: Uint32Array;
  readonly words: Uint32Array;
}

/** To whom a cache belongs: one written by another version, or for another folder, is foreign. */
export interface CacheOwner { readonly version: string; readonly root: string }

export type CacheRead =
  | { readonly state: 'read'; readonly content: CacheContent }
  | { readonly state: 'absent' }
  /** Damaged or foreign; `why` says which. */
  | { readonly state: 'discarded'; readonly why: string };

const magic = 'hilt-guard cache';
const format = 3;
// A file of this size would hold a repository of millions of modules; anything larger was not written by us.
const largest = 512 * 1024 * 1024;

/** The cache's file: beside other tools' caches in `node_modules`, else in git's own folder; `undefined` where there is neither. */
export function cacheFileOf(root: string): string | undefined {
  if (isFolder(join(root, 'node_modules'))) return join(root, 'node_modules', '.cache', 'hilt-guard', 'modules.bin');
  const git = gitFolder(root);
  return git === undefined ? undefined : join(git, 'hilt-guard', 'modules.bin');
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** `.git`, or the folder that a `.git` file of a linked worktree names (gitrepository-layout(5)). */
export function gitFolder(root: string): string | undefined {
  const path = join(root, '.git');
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory()) return path;
  if (!status?.isFile()) return undefined;
  const target = /^gitdir: (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1];
  const folder = target === undefined ? undefined : resolve(root, target.trim());
  return folder !== undefined && isFolder(folder) ? folder : undefined;
}

/** Reads a cache as a whole or not at all. Never throws. */
export function readCacheFile(file: string, owner: CacheOwner): CacheRead {
  let bytes: Buffer;
  try {
    const status = lstatSync(file, { throwIfNoEntry: false });
    if (status === undefined) return { state: 'absent' };
    if (!status.isFile() || status.size > largest) return { state: 'discarded', why: 'it is no plain file' };
    bytes = readFileSync(file);
  } catch (error) {
    return { state: 'discarded', why: `it could not be read (${describeFileFailure(error)})` };
  }
  const header = headerOf(bytes);
  if (header === undefined) return { state: 'discarded', why: 'it is damaged' };
  if (header.version !== owner.version || header.format !== format) return { state: 'discarded', why: 'another version wrote it' };
  if (header.root !== owner.root) return { state: 'discarded', why: 'it was written for another folder' };
  const body = bytes.subarray(header.length);
  if (digestOf(body) !== header.digest) return { state: 'discarded', why: 'it is damaged' };
  const content = contentOf(body, header);
  return content === undefined ? { state: 'discarded', why: 'it is damaged' } : { state: 'read', content };
}

interface Header {
  readonly version: string;
  readonly format: number;
  readonly root: string;
  readonly digest: string;
  readonly count: number;
  readonly idLength: number;
  readonly wordCount: number;
  /** Specifiers, and the bytes that they take. */
  readonly textCount: number;
  readonly textLength: number;
  /** Code files and edges of the links. */
  readonly fileCount: number;
  readonly linkCount: number;
  /** Bytes of the header with its line break. */
  readonly length: number;
}

function headerOf(bytes: Buffer): Header | undefined {
  const end = bytes.indexOf(10);
  if (end < 0 || end > 10_000 || bytes.toString('latin1', 0, magic.length) !== magic) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8', magic.length, end));
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { version, format: written, root, digest, count, idLength, wordCount, textCount, textLength, fileCount, linkCount } = parsed as Record<string, unknown>;
  if (typeof version !== 'string' || typeof written !== 'number' || typeof root !== 'string' || typeof digest !== 'string') return undefined;
  if (!isCount(count) || !isCount(idLength) || !isCount(wordCount) || !isCount(textCount) || !isCount(textLength) || !isCount(fileCount) || !isCount(linkCount)) return undefined;
  return { version, format: written, root, digest, count, idLength, wordCount, textCount, textLength, fileCount, linkCount, length: end + 1 };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 2 ** 31;
}

// The body: ids, one byte of flags each, the end of each record's words, the words; of the links the ends, targets and words; of the specifiers
// the ends and their bytes; at last, as JSON, what of the links is text. Numbers are as the machine has them: a cache does not travel.
const hasWords = 1;
const hasMention = 2;
const mentions = 4;
const kindShift = 3;

function contentOf(body: Buffer, { count, idLength, wordCount, textCount, textLength, fileCount, linkCount }: Header): CacheContent | undefined {
  const flagsAt = count * idLength;
  const endsAt = flagsAt + count;
  const wordsAt = endsAt + count * 4;
  const linksAt = wordsAt + wordCount * 4;
  const specifiersAt = linksAt + (fileCount + 2 * linkCount) * 4;
  const textAt = specifiersAt + textCount * 4 + textLength;
  if (textAt > body.length) return undefined;
  const ends = numbersAt(body, endsAt, count);
  const words = numbersAt(body, wordsAt, wordCount);
  const texts = textsIn(body.toString('utf8', textAt));
  if (texts === undefined) return undefined;
  const specifiers = { ends: numbersAt(body, specifiersAt, textCount), bytes: body.subarray(specifiersAt + textCount * 4, textAt) };
  const ids = body.toString('hex', 0, flagsAt);
  const records: BlobRecord[] = [];
  let start = 0;
  for (let i = 0; i < count; i++) {
    const end = ends[i] ?? 0;
    const flags = body[flagsAt + i] ?? 0;
    if (end < start || end > wordCount) return undefined;
    const blob = ids.slice(i * idLength * 2, (i + 1) * idLength * 2);
    records.push({
      blob,
      ...(flags & hasWords ? { words: words.subarray(start, end), kind: flags >> kindShift } : {}),
      ...(flags & hasMention ? { mention: (flags & mentions) !== 0 } : {}),
    });
    start = end;
  }
  if (texts.world === '') return { specifiers, records };
  const linkEnds = numbersAt(body, linksAt, fileCount);
  const targets = numbersAt(body, linksAt + fileCount * 4, linkCount);
  const linkWords = numbersAt(body, linksAt + (fileCount + linkCount) * 4, linkCount);
  return { specifiers, records, links: { world: texts.world, names: texts.names, blobs: texts.blobs, ends: linkEnds, targets, words: linkWords } };
}

/** A copy, since a view must begin at a multiple of four. */
function numbersAt(body: Buffer, at: number, count: number): Uint32Array {
  const copy = new Uint8Array(count * 4);
  copy.set(body.subarray(at, at + count * 4));
  return new Uint32Array(copy.buffer);
}

interface Texts { readonly world: string; readonly names: string[]; readonly blobs: string[] }

function textsIn(json: string): Texts | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (!Array.isArray(value)) return undefined;
    const [world, names, blobs]: unknown[] = value;
    return typeof world === 'string' && areStrings(names) && areStrings(blobs) ? { world, names, blobs } : undefined;
  } catch {
    return undefined;
  }
}

function areStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Throws as `fs` does. */
export function writeCacheFile(file: string, owner: CacheOwner, content: CacheContent): void {
  const { records, links, specifiers } = content;
  const idLength = (records[0]?.blob.length ?? 40) / 2;
  const wordCount = records.reduce((count, record) => count + (record.words?.length ?? 0), 0);
  const ends = new Uint32Array(records.length);
  const words = new Uint32Array(wordCount);
  let end = 0;
  records.forEach((record, i) => {
    if (record.words !== undefined) words.set(record.words, end);
    end += record.words?.length ?? 0;
    ends[i] = end;
  });
  const body = Buffer.concat([
    Buffer.from(records.map((record) => record.blob).join(''), 'hex'),
    Uint8Array.from(records, flagsOf),
    new Uint8Array(ends.buffer),
    new Uint8Array(words.buffer),
    ...(links === undefined ? [] : [links.ends, links.targets, links.words].map(bytesOf)),
    bytesOf(specifiers.ends), specifiers.bytes,
    Buffer.from(JSON.stringify([links?.world ?? '', links?.names ?? [], links?.blobs ?? []])),
  ]);
  const header = { ...owner, format, digest: digestOf(body), count: records.length, idLength, wordCount, textCount: specifiers.ends.length, textLength: specifiers.bytes.length, fileCount: links?.ends.length ?? 0, linkCount: links?.targets.length ?? 0 };
  replaceFile(file, Buffer.concat([Buffer.from(`${magic}${JSON.stringify(header)}\n`), body]));
}

function bytesOf(list: Uint32Array): Uint8Array {
  return new Uint8Array(list.buffer, list.byteOffset, list.byteLength);
}

function flagsOf(record: BlobRecord): number {
  return (record.words === undefined ? 0 : hasWords | ((record.kind ?? 0) << kindShift)) | (record.mention === undefined ? 0 : hasMention) | (record.mention === true ? mentions : 0);
}
