import { lstatSync, readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { checksumOf } from '../../hilt/digest.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { CacheOwner } from './cache-file.ts';
import { keptFile, replaceKept } from './kept-file.ts';
import { holdsToken } from './may-hold-secret.ts';

const format = 1;
const headerEnd = 10;
/** Bytes of all that is kept. What a run has used goes first. */
const largest = 64 * 1024 * 1024;

interface Header extends CacheOwner {
  readonly format: number;
  /** A record is read by the version of V8 that wrote it. */
  readonly v8: string;
  readonly options: string;
  readonly checksum: number;
  readonly records: readonly (readonly [key: string, length: number])[];
}

/**
 * Summaries of the files that a commit leaves as they are, by path and git's id of the content: most commits that concern Hilt look at
 * dozens of such files, and to parse these took longer than to judge what they say. A file in which anything looks like a key, or is
 * random enough to be part of one, is not kept.
 */
export class SummaryCache {
  readonly #file: string;
  readonly #owner: CacheOwner;
  readonly #options: string;
  readonly #kept: ReadonlyMap<string, Uint8Array>;
  readonly #used = new Map<string, Uint8Array>();
  #hasNew = false;

  private constructor(file: string, owner: CacheOwner, options: string) {
    this.#file = file;
    this.#owner = owner;
    this.#options = options;
    this.#kept = readRecords(file, owner, options);
  }

  /** `undefined` where there is no place for one. */
  static open(owner: CacheOwner, options: KeyOptions): SummaryCache | undefined {
    const file = keptFile(owner.root, 'summaries.bin');
    return file === undefined ? undefined : new SummaryCache(file, owner, checksumOf(JSON.stringify(options)));
  }

  get(path: string, blob: string): ModuleSummary | undefined {
    const key = keyOf(path, blob);
    const bytes = this.#kept.get(key);
    if (bytes === undefined) return undefined;
    this.#used.set(key, bytes);
    return deserialize(bytes) as ModuleSummary;
  }

  put(blob: string, text: string, summary: ModuleSummary): void {
    if (mayTellSecrets(text, summary)) return;
    this.#used.set(keyOf(summary.file, blob), serialize(summary));
    this.#hasNew = true;
  }

  /** Keeps what the run has used, and of the rest what is still the content of its file. */
  save(blobOf: (path: string) => string | undefined): void {
    if (!this.#hasNew) return;
    const records = [...this.#used];
    let size = records.reduce((sum, [, bytes]) => sum + bytes.length, 0);
    for (const [key, bytes] of this.#kept) {
      if (this.#used.has(key) || size + bytes.length > largest) continue;
      const [blob, path] = partsOf(key);
      if (blobOf(path) !== blob) continue;
      records.push([key, bytes]);
      size += bytes.length;
    }
    if (size > largest) return;
    const body = Buffer.concat(records.map(([, bytes]) => bytes));
    const header: Header = {
      ...this.#owner, format, v8: process.versions.v8, options: this.#options, checksum: crc32(body),
      records: records.map(([key, bytes]) => [key, bytes.length]),
    };
    replaceKept(this.#file, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]));
  }
}

function keyOf(path: string, blob: string): string {
  return `${blob} ${path}`;
}

function partsOf(key: string): [blob: string, path: string] {
  const space = key.indexOf(' ');
  return [key.slice(0, space), key.slice(space + 1)];
}

/** What an earlier run kept; nothing where that is absent, foreign or damaged. Never throws. */
function readRecords(file: string, owner: CacheOwner, options: string): ReadonlyMap<string, Uint8Array> {
  try {
    const status = lstatSync(file, { throwIfNoEntry: false });
    return status?.isFile() === true && status.size <= 2 * largest ? recordsIn(readFileSync(file), owner, options) : new Map();
  } catch {
    // It was removed meanwhile, or nobody may read it: then everything is parsed again.
    return new Map();
  }
}

function recordsIn(bytes: Buffer, owner: CacheOwner, options: string): ReadonlyMap<string, Uint8Array> {
  const records = new Map<string, Uint8Array>();
  const start = bytes.indexOf(headerEnd) + 1;
  const header = JSON.parse(bytes.toString('utf8', 0, start)) as Partial<Header> | null;
  const isOurs = header?.format === format && header.version === owner.version && header.root === owner.root && header.v8 === process.versions.v8 && header.options === options;
  if (!isOurs || header.checksum !== crc32(bytes.subarray(start))) return records;
  let at = start;
  for (const [key, length] of header.records ?? []) {
    records.set(key, bytes.subarray(at, at + length));
    at += length;
  }
  return records;
}

function mayTellSecrets(text: string, { file, mentions, secrets, packageSecrets = [], made = [] }: ModuleSummary): boolean {
  return mentions.key || secrets.length > 0 || packageSecrets.length > 0 || made.length > 0 || holdsToken(text) || holdsToken(file);
}
