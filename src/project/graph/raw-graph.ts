import { decode } from '../../sources/decode.ts';
import { textIn, textOfFile } from '../../sources/file-text.ts';
import type { Source, SourceFile } from '../../sources/source.ts';
import type { Alias } from './resolution.ts';
import { openByteEdges } from './byte-edges.ts';
import { isCodeFile } from './code-file.ts';
import { createEdgeList, type EdgeList } from './edge-list.ts';
import { edgeKind, importEdges, importMapOf, type RawEdge } from './import-edges.ts';
import { folderOf, joinPath } from './posix-path.ts';
import { TextTable, type FlatTexts } from './text-table.ts';

/** The edges of every code file of a snapshot as they are written, not yet resolved. */
export interface RawGraph {
  /** Code files in path order; a file's number is its place here. */
  readonly files: readonly string[];
  /** Edges of file `i` are `words[offsets[i]]` to `words[offsets[i + 1]]`. */
  readonly offsets: Uint32Array;
  readonly words: Uint32Array;
  readonly specifiers: TextTable;
  /** Import maps of pages, as aliases below the page's folder. */
  readonly aliases: readonly Alias[];
}

/** Edges that are known without reading the file. */
export interface KnownEdges {
  readonly specifiers: FlatTexts;
  /** Words of the file's edges by `specifiers`, or `undefined` if the file must be read. */
  edgesOf(path: string): Uint32Array | undefined;
}

/**
 * Collects the edges of all code files. Files that cannot be read have none; the source tells them in its own notices.
 *
 * @param pages Where pages are opened for their import maps; default: `source`
 */
export function collectEdges(source: Source, known?: KnownEdges, pages: Source = source): RawGraph {
  const files = [...source.paths()].filter(isCodeFile).sort();
  const offsets = new Uint32Array(files.length + 1);
  const aliases: Alias[] = [];
  const stored = files.map((path) => known?.edgesOf(path));
  const edges = (stored.includes(undefined) ? openByteEdges(known?.specifiers) : undefined) ?? createEdgeList(new TextTable(known?.specifiers));
  const open = opener(source, files, (number) => stored[number] === undefined);
  files.forEach((path, number) => {
    const own = stored[number];
    if (own !== undefined) edges.pushWords(own);
    else pushEdges(open(path, number), path, edges);
    offsets[number + 1] = edges.length;
    if (/\.x?html?$/i.test(path)) aliases.push(...importMapAliases(pages, path));
  });
  return { files, offsets, ...edges.done(), aliases };
}

// Blobs that are fetched together: enough to make the cost of asking small, few enough to be held in memory.
const portion = 200;

/**
 * Opens many files at the least cost: listed files need not be looked up one by one, and blobs are fetched in portions,
 * of those that must be read.
 */
function opener(source: Source, files: readonly string[], isWanted: (number: number) => boolean): (path: string, number: number) => SourceFile | undefined {
  if (source.prefetch === undefined) {
    return alongListing(source);
  }
  let fetched = 0;
  return (path, number) => {
    if (number >= fetched) {
      const next: string[] = [];
      for (fetched = number; fetched < files.length && next.length < portion; fetched++) if (isWanted(fetched)) next.push(files[fetched] ?? '');
      source.prefetch?.(next);
    }
    return source.open(path);
  };
}

/** Takes the files as they are listed, which is the order in which they are asked for; those that are asked for later wait. */
function alongListing(source: Source): (path: string) => SourceFile | undefined {
  const waiting = new Map<string, SourceFile>();
  let listing: Iterator<SourceFile> | undefined;
  let isDone = false;
  return (path) => {
    const early = waiting.get(path);
    if (early !== undefined) return early;
    listing ??= source.files()[Symbol.iterator]();
    while (!isDone) {
      const next = listing.next();
      if (next.done === true) isDone = true;
      else if (next.value.path === path) return next.value;
      else if (isCodeFile(next.value.path)) waiting.set(next.value.path, next.value);
    }
    return source.open(path);
  };
}

/** The edges of one file as it stands now. */
export function edgesOfFile(file: SourceFile | undefined, path: string): RawEdge[] {
  return importEdges(path, textIn(file) ?? '');
}

function pushEdges(file: SourceFile | undefined, path: string, edges: EdgeList): void {
  const bytes = file?.read();
  if (bytes === undefined || bytes.length === 0) return;
  if (!isUtf16(bytes) && edgeKind(path) === 0 && edges.takeModule(bytes)) return;
  const { text, isLatin1 } = searchText(bytes);
  for (const edge of importEdges(path, text)) edges.push(edge, isLatin1);
}

function isUtf16(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return first >= 0xfe || first === 0 || second === 0;
}

/** Latin-1 is read at twice the speed of UTF-8 and shows the same ASCII; UTF-16 must be decoded. */
function searchText(bytes: Uint8Array): { text: string; isLatin1: boolean } {
  if (isUtf16(bytes)) return { text: decode(bytes).text, isLatin1: false };
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'), isLatin1: true };
}

function importMapAliases(source: Source, path: string): Alias[] {
  const folder = folderOf(path);
  return Object.entries(importMapOf(textOfFile(source, path))).flatMap(([find, url]) => {
    const to = url.startsWith('.') || url.startsWith('/') ? joinPath(folder, url) : undefined;
    if (to === undefined) return [];
    return [find.endsWith('/') ? { folder, find, to } : { folder, find, to, exact: true as const }];
  });
}
