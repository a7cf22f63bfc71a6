import { join } from 'node:path';
import { describeFileFailure } from '../../sources/file-failure.ts';
import type { Notice } from '../../sources/notice.ts';
import type { Source } from '../../sources/source.ts';
import { edgeKind } from '../graph/import-edges.ts';
import type { World } from '../graph/build.ts';
import type { LinkedEdges, PreviousLinks } from '../graph/module-graph.ts';
import { textNumberOf } from '../graph/edge-table.ts';
import type { KnownEdges, RawGraph } from '../graph/raw-graph.ts';
import { TextTable, type FlatTexts } from '../graph/text-table.ts';
import { cacheFileOf, readCacheFile, writeCacheFile, type BlobRecord, type CacheContent, type CacheOwner } from './cache-file.ts';
import { freshBlobs } from './fresh-blobs.ts';
import { keyLike, mayHoldSecret } from './may-hold-secret.ts';
import { worldDigest } from './world-digest.ts';

/** What earlier runs learned of contents, by their git id. Read and written as a whole. */
export interface BlobCache {
  /** The id of a file's content, where git is sure of it. */
  blobOf(path: string): string | undefined;
  readonly edges: KnownEdges;
  links(world: World): PreviousLinks | undefined;
  /** Whether a content mentions Hilt, if an earlier run has seen. */
  mention(blob: string): boolean | undefined;
  rememberMention(blob: string, mention: boolean): void;
  /** Keeps the edges and links of a graph, and writes what changed. A cache that cannot be written is told in `notices`. */
  save(raw?: RawGraph, linked?: LinkedEdges, world?: World): void;
  readonly notices: readonly Notice[];
}

export interface BlobCacheOptions {
  /** Version of the tool. */
  readonly version: string;
  /** Default: as `cacheFileOf` has it. */
  readonly file?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Opens the cache of a snapshot, or `undefined` where there is no place for one. */
export function openBlobCache(source: Source, options: BlobCacheOptions): BlobCache | undefined {
  const file = options.file ?? cacheFileOf(source.root);
  if (file === undefined) return undefined;
  const owner: CacheOwner = { version: options.version, root: source.root };
  const notices: Notice[] = [];
  const content = readOwn(file, owner, source, notices);
  const records = new Map(content.records.map((record) => [record.blob, record]));
  const mentions = new Map<string, boolean>();
  const blobOf = blobsOf(source, options.env);
  let read = 0;
  let digest: string | undefined;
  const digestOf = (world: World): string => (digest ??= worldDigest(source, world, blobOf));
  return {
    blobOf,
    edges: {
      specifiers: content.specifiers,
      edgesOf: (path) => {
        const blob = blobOf(path);
        if (blob === undefined) return undefined;
        const record = records.get(blob);
        if (record?.words !== undefined && record.kind === edgeKind(path)) return record.words;
        read++;
        return undefined;
      },
    },
    links: (world) => {
      const { links } = content;
      if (links === undefined || links.world !== digestOf(world)) return undefined;
      const isSame = (number: number): boolean => links.blobs[number] !== '' && links.blobs[number] === blobOf(links.names[number] ?? '');
      return { linked: { ...links, names: TextTable.from(links.names), sources: links.ends.length, specifiers: new TextTable(content.specifiers) }, isSame };
    },
    mention: (blob) => mentions.get(blob) ?? records.get(blob)?.mention,
    rememberMention: (blob, mention) => void mentions.set(blob, mention),
    save: (raw, linked, world) => {
      const isLinked = world === undefined || content.links?.world === digestOf(world);
      if (read === 0 && mentions.size === 0 && isLinked) return;
      const next = raw === undefined ? withMentions(content, mentions) : contentOf(raw, blobOf, records, mentions);
      try {
        writeCacheFile(file, owner, raw === undefined || linked === undefined || world === undefined ? next : withLinks(next, raw, linked, digestOf(world), blobOf));
      } catch (error) {
        notices.push({ code: 'cache-discarded', level: 'info', message: `The cache ${file} could not be written (${describeFileFailure(error)}), so the next scan reads every file again.` });
      }
    },
    notices,
  };
}

/** Links are kept of files whose content git knows and whose edges are kept too; a name that looks like a key keeps them all out. */
function withLinks(content: CacheContent, raw: RawGraph, linked: LinkedEdges, world: string, blobOf: (path: string) => string | undefined): CacheContent {
  const names = linked.names.all();
  if (names.some((name) => keyLike.test(name))) return content;
  const kept = new Set(content.records.filter((record) => record.words !== undefined).map((record) => record.blob));
  const blobs = raw.files.map((path) => {
    const blob = blobOf(path);
    return blob !== undefined && kept.has(blob) ? blob : '';
  });
  return { ...content, links: { world, names, blobs, ends: linked.ends, targets: linked.targets, words: linked.words } };
}

const nothing: CacheContent = { specifiers: new TextTable().flat(), records: [] };

/** A cache that came with the repository was not written by us: whoever wrote it could have hidden a file from the scan. */
function readOwn(file: string, owner: CacheOwner, source: Source, notices: Notice[]): CacheContent {
  const discard = (why: string): CacheContent => {
    notices.push({ code: 'cache-discarded', level: 'info', message: `The cache ${file} was discarded because ${why}; every file is read again.` });
    return nothing;
  };
  const inRepository = file.startsWith(join(source.root, '/')) ? file.slice(source.root.length + 1).replaceAll('\\', '/') : undefined;
  if (inRepository !== undefined && source.paths().has(inRepository)) return discard('it is part of the repository');
  const result = readCacheFile(file, owner);
  if (result.state === 'discarded') return discard(result.why);
  return result.state === 'read' ? result.content : nothing;
}

/** The index knows the id of each file; on disk git must say which files are as the index has them. */
function blobsOf(source: Source, env: NodeJS.ProcessEnv | undefined): (path: string) => string | undefined {
  if (source.prefetch !== undefined) return (path) => source.open(path)?.blob;
  let fresh: ReadonlyMap<string, string> | undefined;
  return (path) => {
    fresh ??= freshBlobs(source.root, env);
    return source.overlaid?.has(path) === true ? undefined : fresh.get(path);
  };
}

/** Only what the snapshot has now is kept, so that the cache does not grow with history. */
function contentOf(raw: RawGraph, blobOf: (path: string) => string | undefined, known: ReadonlyMap<string, BlobRecord>, mentions: ReadonlyMap<string, boolean>): CacheContent {
  const { specifiers, unsafe } = withoutSecrets(raw.specifiers);
  const records = new Map<string, BlobRecord>();
  const withMention = (record: BlobRecord): BlobRecord => {
    const mention = mentions.get(record.blob) ?? known.get(record.blob)?.mention;
    return mention === undefined ? record : { ...record, mention };
  };
  raw.files.forEach((path, number) => {
    const blob = blobOf(path);
    if (blob === undefined || records.has(blob)) return;
    const words = raw.words.subarray(raw.offsets[number] ?? 0, raw.offsets[number + 1] ?? 0);
    const isSafe = words.every((word) => !unsafe.has(textNumberOf(word)));
    records.set(blob, withMention(isSafe ? { blob, words, kind: edgeKind(path) } : { blob }));
  });
  for (const [blob, mention] of mentions) if (!records.has(blob)) records.set(blob, { blob, mention });
  return { specifiers, records: [...records.values()] };
}

/** The table with the same numbers, but without the texts that may hold a secret; `unsafe` are the numbers of these. */
function withoutSecrets(texts: TextTable): { specifiers: FlatTexts; unsafe: ReadonlySet<number> } {
  const unsafe = new Set<number>();
  for (let number = 0; number < texts.size; number++) if (mayHoldSecret(texts.at(number))) unsafe.add(number);
  const { bytes, ends } = texts.flat();
  if (unsafe.size === 0) return { specifiers: { bytes, ends }, unsafe };
  const safe = Uint8Array.from(bytes);
  for (const number of unsafe) safe.fill(0, number === 0 ? 0 : ends[number - 1], ends[number]);
  return { specifiers: { bytes: safe, ends }, unsafe };
}

function withMentions(content: CacheContent, mentions: ReadonlyMap<string, boolean>): CacheContent {
  const records = content.records.map((record) => {
    const mention = mentions.get(record.blob);
    return mention === undefined ? record : { ...record, mention };
  });
  const known = new Set(records.map((record) => record.blob));
  const added = [...mentions].filter(([blob]) => !known.has(blob)).map(([blob, mention]) => ({ blob, mention }));
  return { ...content, records: [...records, ...added] };
}
