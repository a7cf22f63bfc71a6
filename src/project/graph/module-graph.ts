import { textOfFile } from '../../sources/file-text.ts';
import type { Source } from '../../sources/source.ts';
import type { Span } from '../../syntax/span.ts';
import { createNumberList, exceptOf, howOf, isScript, isTypeOnly, specifierOf, textNumberOf } from './edge-table.ts';
import { importEdges, type RawEdge } from './import-edges.ts';
import type { RawGraph } from './raw-graph.ts';
import type { Resolution } from './resolution.ts';
import { TextTable } from './text-table.ts';

/** An import of one module by another; both are paths relative to the root. */
export interface ModuleEdge {
  readonly from: string;
  readonly to: string;
  readonly specifier: string;
  readonly how: RawEdge['how'];
  readonly typeOnly: boolean;
  /** Stands in a processed `<script>` of an Astro file. */
  readonly script: boolean;
}

/** Where a bundle begins: a module, or only the client programs inside it (the scripts of an Astro page). */
export interface GraphEntry {
  readonly file: string;
  readonly part?: 'script';
}

/** What a set of entries reaches over imports that a bundler follows. */
export interface Reach {
  has(file: string): boolean;
  readonly files: readonly string[];
  /** The shortest chain of imports from an entry to the file, empty for an entry itself, `undefined` if it is not reached. */
  pathTo(file: string): readonly ModuleEdge[] | undefined;
}

/** Whether a bundler follows the edge; asked at most once an edge and reach. Edges of types alone are never followed. */
export type FollowsEdge = (edge: ModuleEdge) => boolean;

/**
 * The imports of a repository. Built once, then only queried. Its edges are found in text, so an edge may stand in a string or
 * a comment: confirm those that matter against the module's summary, by way of `follows`.
 */
export interface ModuleGraph {
  /** Modules: code files, and the data and assets that they import. */
  readonly size: number;
  readonly edges: number;
  has(file: string): boolean;
  importsOf(file: string): readonly ModuleEdge[];
  importersOf(file: string): readonly ModuleEdge[];
  /** Specifiers of the file that name nothing of the repository: packages, virtual modules, mistakes. */
  externalsOf(file: string): readonly string[];
  /** Files that import a specifier that names nothing of the repository: `server-only`, `@env`. */
  importersOfExternal(specifier: string): readonly string[];
  reachableFrom(entries: Iterable<GraphEntry>, follows?: FollowsEdge): Reach;
  /** The shortest chain from any entry to the target, breadth first; entries and imports count in their order. */
  shortestPath(entries: Iterable<GraphEntry>, target: string, follows?: FollowsEdge): readonly ModuleEdge[] | undefined;
  /** The literal of an edge in the decoded text of its file, found again on demand. */
  locate(edge: ModuleEdge): Span | undefined;
}

const external = 0xffffffff;

/** Links of an earlier run over the same paths and manifests, so over the same files in the same order. */
export interface PreviousLinks {
  readonly linked: LinkedEdges;
  /** Whether the file's content is the same as then. */
  isSame(number: number): boolean;
}

/** Resolves every edge; but those of files that are the same as in `previous`. */
export function linkEdges(raw: RawGraph, resolution: Resolution, previous?: PreviousLinks): LinkedEdges {
  const before = previous?.linked;
  const names = before === undefined ? TextTable.from(raw.files) : new TextTable(before.names.flat());
  const targets = createNumberList();
  const words = createNumberList();
  const ends = createNumberList();
  raw.files.forEach((file, number) => {
    if (before !== undefined && previous?.isSame(number) === true) {
      for (let at = number === 0 ? 0 : (before.ends[number - 1] ?? 0); at < (before.ends[number] ?? 0); at++) pushEdge(targets, words, before.targets[at] ?? external, before.words[at] ?? 0);
      ends.push(targets.length);
      return;
    }
    for (let i = raw.offsets[number] ?? 0; i < (raw.offsets[number + 1] ?? 0); i++) {
      const word = raw.words[i] ?? 0;
      const found = targetsOf(raw, resolution, file, word);
      if (found.length === 0) pushEdge(targets, words, external, word);
      else for (const path of found) pushEdge(targets, words, names.numberOf(path), word);
    }
    ends.push(targets.length);
  });
  return { names, sources: raw.files.length, ends: ends.view(), targets: targets.view(), words: words.view(), specifiers: raw.specifiers };
}

function pushEdge(targets: { push(value: number): void }, words: { push(value: number): void }, target: number, word: number): void {
  targets.push(target);
  words.push(word);
}

function targetsOf(raw: RawGraph, resolution: Resolution, file: string, word: number): readonly string[] {
  const specifier = specifierOf(word, raw.specifiers);
  if (howOf(word) !== 'glob') return resolution.resolveAll(file, specifier);
  return resolution.resolveGlob(file, specifier, exceptOf(word, raw.specifiers));
}

/** A linked graph as numbers. Modules from `sources` on import nothing. */
export interface LinkedEdges {
  readonly names: TextTable;
  readonly sources: number;
  /** Edges of module `i` end before `ends[i]` and begin at `ends[i - 1]`. */
  readonly ends: Uint32Array;
  /** Module numbers; the highest number stands for what is outside the repository. */
  readonly targets: Uint32Array;
  readonly words: Uint32Array;
  readonly specifiers: TextTable;
}

/** The graph of linked edges; `source` is asked for positions. */
export function createGraph(linked: LinkedEdges, source: Source): ModuleGraph {
  const { targets, words, specifiers } = linked;
  const size = linked.names.size;
  let lookups = 0;
  const numberOf = (file: string): number | undefined => (++lookups <= fewQuestions ? numberOfModule(linked, file) : linked.names.find(file));
  const nameOf = namesOf(linked);
  const startOf = (number: number): number => (number === 0 ? 0 : (linked.ends[number - 1] ?? 0));
  const endOf = (number: number): number => (number < linked.sources ? (linked.ends[number] ?? 0) : startOf(number));
  let reverse: Reverse | undefined;
  let asked = 0;

  const edgeAt = (from: number, at: number): ModuleEdge => {
    const word = words[at] ?? 0;
    return {
      from: nameOf(from),
      to: nameOf(targets[at] ?? 0),
      specifier: specifierOf(word, specifiers),
      how: howOf(word),
      typeOnly: isTypeOnly(word),
      script: isScript(word),
    };
  };
  const edgesOf = (number: number | undefined, wanted: (at: number) => boolean): number[] => {
    const found: number[] = [];
    if (number === undefined || number >= linked.sources) return found;
    for (let at = startOf(number); at < endOf(number); at++) if (wanted(at)) found.push(at);
    return found;
  };
  const isInside = (at: number): boolean => targets[at] !== external;

  const importersOf = (file: string): ModuleEdge[] => {
    const number = numberOf(file);
    if (number === undefined) return [];
    if (++asked <= fewQuestions) return edgesTo(linked, number).map((at) => edgeAt(ownerOf(linked.ends, at), at));
    reverse ??= reversed(linked);
    const found: ModuleEdge[] = [];
    for (let i = reverse.offsets[number] ?? 0; i < (reverse.offsets[number + 1] ?? 0); i++) {
      found.push(edgeAt(reverse.sources[i] ?? 0, reverse.edges[i] ?? 0));
    }
    return found;
  };

  const reach = (entries: Iterable<GraphEntry>, follows?: FollowsEdge, until?: number): Reach => {
    // Two states a module: as a whole, and (Astro) its client scripts alone. The whole holds the part.
    const whole = new Int32Array(size).fill(unreached);
    const part = new Map<number, number>();
    const queue: number[] = [];
    const add = (number: number, isPart: boolean, via: number): void => {
      if (whole[number] !== unreached || (isPart && part.has(number))) return;
      if (isPart) part.set(number, via);
      else whole[number] = via;
      queue.push(isPart ? -1 - number : number);
    };
    for (const entry of entries) {
      const number = numberOf(entry.file);
      if (number !== undefined) add(number, entry.part === 'script', isEntry);
    }
    // Breadth first, the first way to a module is a shortest one.
    for (let next = 0; next < queue.length && (until === undefined || whole[until] === unreached); next++) {
      const item = queue[next] ?? 0;
      const isPart = item < 0;
      const number = isPart ? -1 - item : item;
      for (let at = startOf(number); at < endOf(number); at++) {
        const word = words[at] ?? 0;
        const target = targets[at] ?? external;
        if (target === external || whole[target] !== unreached || isTypeOnly(word) || (isPart && !isScript(word))) continue;
        if (follows === undefined || follows(edgeAt(number, at))) add(target, false, at);
      }
    }
    const viaOf = (number: number): number => (whole[number] !== unreached ? (whole[number] ?? unreached) : (part.get(number) ?? unreached));
    return {
      has: (file) => {
        const number = numberOf(file);
        return number !== undefined && viaOf(number) !== unreached;
      },
      get files() {
        return [...new Set(queue.map((item) => nameOf(item < 0 ? -1 - item : item)))];
      },
      pathTo: (file) => {
        let number = numberOf(file);
        if (number === undefined || viaOf(number) === unreached) return undefined;
        const chain: ModuleEdge[] = [];
        for (let via = viaOf(number); via >= 0; via = viaOf(number)) {
          const from = ownerOf(linked.ends, via);
          chain.push(edgeAt(from, via));
          number = from;
        }
        return chain.reverse();
      },
    };
  };

  return {
    size,
    get edges() {
      return countInside(targets);
    },
    has: (file) => numberOf(file) !== undefined,
    importsOf: (file) => {
      const number = numberOf(file);
      return edgesOf(number, isInside).map((at) => edgeAt(number ?? 0, at));
    },
    importersOf,
    externalsOf: (file) => edgesOf(numberOf(file), (at) => !isInside(at)).map((at) => specifierOf(words[at] ?? 0, specifiers)),
    importersOfExternal: (specifier) => externalImporters(linked, specifier),
    reachableFrom: (entries, follows) => reach(entries, follows),
    shortestPath: (entries, target, follows) => reach(entries, follows, numberOf(target)).pathTo(target),
    locate: (edge) => locateEdge(edge, source),
  };
}

function numberOfModule(linked: LinkedEdges, file: string): number | undefined {
  return numberOfSource(linked, file) ?? linked.names.find(file);
}

/** The number of a code file. They come first and in order: a search among them asks for a few names, where a table would first have to take up all. */
export function numberOfSource({ names, sources }: LinkedEdges, file: string): number | undefined {
  let low = 0;
  let high = sources;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names.at(middle) < file) low = middle + 1;
    else high = middle;
  }
  return low < sources && names.at(low) === file ? low : undefined;
}

/** Names are asked for again and again while the graph is walked. */
function namesOf({ names }: LinkedEdges): (number: number) => string {
  const known = new Array<string | undefined>(names.size);
  return (number) => (known[number] ??= names.at(number));
}

const unreached = -2;
const isEntry = -1;

/** The module whose edges hold the edge `at`: the first that ends behind it. */
function ownerOf(ends: Uint32Array, at: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Above, tables are made that few questions would not pay for: for the importers of a few modules V8 looks through all targets in less time than turning
 * the graph round takes.
 */
const fewQuestions = 16;

function edgesTo({ targets }: LinkedEdges, number: number): number[] {
  const found: number[] = [];
  for (let at = targets.indexOf(number); at >= 0; at = targets.indexOf(number, at + 1)) found.push(at);
  return found;
}

interface Reverse { readonly offsets: Uint32Array; readonly sources: Uint32Array; readonly edges: Uint32Array }

// Loops over all edges are plain: half a million calls of a function are what a reader would wait for.

function reversed({ names, ends, targets }: LinkedEdges): Reverse {
  const offsets = new Uint32Array(names.size + 1);
  for (let at = 0; at < targets.length; at++) {
    const target = targets[at] as number;
    if (target !== external) offsets[target + 1] = (offsets[target + 1] as number) + 1;
  }
  for (let i = 1; i < offsets.length; i++) offsets[i] = (offsets[i] as number) + (offsets[i - 1] as number);
  const size = offsets[offsets.length - 1] ?? 0;
  const sources = new Uint32Array(size);
  const edges = new Uint32Array(size);
  const next = offsets.slice();
  for (let number = 0, at = 0; number < ends.length; number++) {
    for (const end = ends[number] as number; at < end; at++) {
      const target = targets[at] as number;
      if (target === external) continue;
      const place = next[target] as number;
      sources[place] = number;
      edges[place] = at;
      next[target] = place + 1;
    }
  }
  return { offsets, sources, edges };
}

function countInside(targets: Uint32Array): number {
  let count = 0;
  for (let at = 0; at < targets.length; at++) if (targets[at] !== external) count++;
  return count;
}

function externalImporters({ names, ends, targets, words, specifiers }: LinkedEdges, specifier: string): string[] {
  const text = specifiers.find(specifier);
  const found: string[] = [];
  if (text === undefined) return found;
  for (let number = 0, at = 0; number < ends.length; number++) {
    let isImporter = false;
    for (const end = ends[number] as number; at < end; at++) isImporter ||= targets[at] === external && textNumberOf(words[at] as number) === text;
    if (isImporter) found.push(names.at(number));
  }
  return found;
}

/** The graph keeps no positions: only the few edges of a trace are looked up again. */
function locateEdge(edge: ModuleEdge, source: Source): Span | undefined {
  const candidates = importEdges(edge.from, textOfFile(source, edge.from)).filter((raw) => raw.specifier === edge.specifier);
  return (candidates.find((raw) => raw.how === edge.how && raw.typeOnly === edge.typeOnly) ?? candidates[0])?.at;
}
