import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mentionsHilt, needleOverlap, needlesIn } from '../hilt/needles.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import { buildModuleGraph, type BuiltGraph } from '../project/graph/build.ts';
import { isCodeFile } from '../project/graph/code-file.ts';
import { importEdges } from '../project/graph/import-edges.ts';
import type { Resolution } from '../project/graph/resolution.ts';
import { resolutionOf } from '../project/link.ts';
import { readText } from '../sources/file-text.ts';
import type { Source } from '../sources/source.ts';
import { openWorkingTree } from '../sources/working-tree.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import { summarise } from '../syntax/summarise.ts';

/** What is known of one file of the disk, as of `stamp`. */
interface Entry {
  readonly stamp: string;
  mentions?: boolean;
  piece?: boolean;
  edges?: { readonly all: boolean; readonly list: readonly string[] };
  summary?: ModuleSummary;
}

/** A part of its own running time that listing the files anew may take: an editor must not wait for it. */
const listingShare = 50;
const shortestListing = 2_000;
/** Milliseconds for which it is taken as known who imports whom, as far as that takes more than the modules at hand to tell. */
const importsAge = 5_000;
const moduleEndings = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.mts', '.cjs', '.cts', '.json', '/index.ts', '/index.js'];
/** Imports of files that are not there, as far as it is watched whether they come to be. */
const maxMissing = 200;
/** Barrels of barrels: what re-exports a piece of a key is followed so far. */
const maxReexports = 4;

/**
 * The files of one repository as they lie on disk, for a process that lives long: each is read when it is needed first,
 * and again when its time stamp or size has changed.
 */
export class WorkingCopy {
  /** Absolute path that every other path is relative to. */
  readonly root: string;
  /** Grows when anything that was read has changed. What was linked before is then stale. */
  generation = 0;
  readonly #keyOptions: KeyOptions;
  readonly #entries = new Map<string, Entry>();
  /** Files with a summary. */
  readonly #modules = new Set<string>();
  /** Imports of files that are not there, or that are on disk but not of the repository: git ignores them. */
  readonly #missing = new Map<string, 'absent' | 'ignored'>();
  #source: Source | undefined;
  #resolution: Resolution | undefined;
  /** What the resolution was made from. */
  #manifests: readonly string[] = [];
  #candidates: Set<string> | undefined;
  #graph: { readonly generation: number; readonly built: BuiltGraph } | undefined;
  #imports: { readonly generation: number; readonly at: number; readonly candidates: ReadonlySet<string>; readonly importers: ReadonlyMap<string, ReadonlySet<string>> } | undefined;
  /** Counts the files that were seen to have changed. */
  #changed = 0;
  #listedAt = 0;
  #listingTook = 0;

  constructor(root: string, keyOptions: KeyOptions) {
    this.root = root;
    this.#keyOptions = keyOptions;
  }

  /** Forgets the modules that have changed on disk since they were read. Call it before the questions about another text. */
  freshen(): void {
    if (this.#source && performance.now() - this.#listedAt > Math.max(shortestListing, this.#listingTook * listingShare)) this.#listAgain(this.#source);
    for (const path of this.#modules) this.#current(path);
    if (this.#manifests.some((path) => this.#hasChanged(path))) return this.#forgetListing();
    for (const [question, what] of this.#missing) {
      const [from = '', specifier = ''] = question.split('\n');
      if (what === 'absent' && this.#isOnDisk(from, specifier)) return this.#forgetListing();
    }
  }

  /** The file that `specifier` means in the file `from`, also one that was made after the files were listed. */
  resolve(from: string, specifier: string): string | undefined {
    const found = this.#resolver().resolve(from, specifier);
    if (found !== undefined || !specifier.startsWith('.')) return found;
    const question = `${from}\n${specifier}`;
    if (this.#missing.get(question) === 'ignored') return undefined;
    if (!this.#isOnDisk(from, specifier)) {
      if (this.#missing.size < maxMissing) this.#missing.set(question, 'absent');
      return undefined;
    }
    this.#forgetListing();
    this.#missing.set(question, 'ignored');
    return this.#resolver().resolve(from, specifier);
  }

  /** The files as they were listed last. */
  get source(): Source {
    return this.#opened();
  }

  /** The imports of all files on disk. The first call reads the whole repository. */
  get graph(): BuiltGraph {
    if (this.#graph?.generation !== this.generation) this.#graph = { generation: this.generation, built: buildModuleGraph(this.#opened()) };
    return this.#graph.built;
  }

  /** Whether git (or, outside of a repository, the folder) has the file among its own. */
  has(path: string): boolean {
    return this.#opened().paths().has(path);
  }

  /** The decoded text, or `undefined` if there is no such file. */
  text(path: string): string | undefined {
    return readText(this.#opened(), path);
  }

  /** The summary of a file, or `undefined` if there is no such file. */
  module(path: string): ModuleSummary | undefined {
    const entry = this.#entries.get(path) ?? this.#current(path);
    if (!entry) return undefined;
    if (!entry.summary) {
      const text = this.text(path);
      if (text === undefined) return undefined;
      entry.summary = summarise(path, text, this.#keyOptions).summary;
      this.#modules.add(path);
    }
    return entry.summary;
  }

  /** Whether a file holds what may be a piece of a key, or re-exports from a file that does. */
  leadsToPiece(path: string): boolean {
    return this.#leads(path, (file, entry) => this.#holdsPiece(file, entry), 0, new Set());
  }

  /** Whether a file mentions Hilt, or re-exports from a file that does. */
  leadsToMention(path: string): boolean {
    return this.#leads(path, (file, entry) => this.#mentions(file, entry), 0, new Set());
  }

  /** Every file that mentions Hilt, summarised. The first call reads the whole repository. */
  candidates(ignores: (file: string) => boolean): ModuleSummary[] {
    return this.#candidatePaths().filter((path) => !ignores(path)).flatMap((path) => this.module(path) ?? []);
  }

  /** The files that mention Hilt and import a file, by way of each other and of what re-exports it. Nothing is parsed for it. */
  dependentsOf(path: string, ignores: (file: string) => boolean): string[] {
    const now = performance.now();
    const known = this.#imports;
    const isFresh = known !== undefined && known.generation === this.generation && now - known.at < importsAge;
    const candidates = isFresh ? known.candidates : new Set(this.#candidatePaths());
    const importers = isFresh ? known.importers : this.#importers(candidates);
    if (!isFresh) this.#imports = { generation: this.generation, at: now, candidates, importers };
    const found = new Set<string>();
    const queue = [path];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const importer of importers.get(next) ?? []) {
        if (importer === path || found.has(importer)) continue;
        found.add(importer);
        queue.push(importer);
      }
    }
    return [...found].filter((file) => candidates.has(file) && !ignores(file)).sort();
  }

  /** Tells of a file that has been seen to mention Hilt since the files were listed. */
  addCandidate(path: string): void {
    if (!this.#candidates || this.#candidates.has(path)) return;
    this.#candidates.add(path);
    this.generation += 1;
  }

  #candidatePaths(): string[] {
    this.#candidates ??= this.#findCandidates();
    return [...this.#candidates].sort();
  }

  /** By file, those that import it: files that mention Hilt, and files that only re-export. */
  #importers(candidates: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
    const importers = new Map<string, Set<string>>();
    const seen = new Set<string>();
    const queue = [...candidates];
    for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
      if (seen.has(from) || !isCodeFile(from)) continue;
      seen.add(from);
      for (const target of this.#targetsOf(from, candidates.has(from))) {
        const known = importers.get(target);
        if (known) known.add(from);
        else importers.set(target, new Set([from]));
        queue.push(target);
      }
    }
    return importers;
  }

  /** The files that one imports, or only those that it re-exports from. */
  #targetsOf(path: string, all: boolean): string[] {
    const entry = this.#current(path);
    if (!entry) return [];
    const isKnown = entry.edges?.all === all || entry.edges?.all === true;
    if (!isKnown) entry.edges = { all, list: this.#readEdges(path, all) };
    return entry.edges?.list.flatMap((specifier) => this.resolve(path, specifier) ?? []) ?? [];
  }

  #readEdges(path: string, all: boolean): string[] {
    const text = this.text(path) ?? '';
    // A barrel imports as well where it exports under other names.
    if (!all && !/\bexport\b[^;=]*\bfrom\b|\bexport\s*\{/.test(text)) return [];
    return importEdges(path, text).flatMap(({ specifier, typeOnly, how }) => (typeOnly || how === 'glob' || how === 'asset' ? [] : [specifier]));
  }

  #findCandidates(): Set<string> {
    const found = new Set<string>();
    for (const { path } of this.#opened().files()) {
      const entry = this.#current(path);
      if (entry && this.#mentions(path, entry)) found.add(path);
    }
    return found;
  }

  #leads(path: string, isWanted: (path: string, entry: Entry) => boolean, depth: number, seen: Set<string>): boolean {
    if (seen.has(path)) return false;
    seen.add(path);
    const entry = this.#current(path);
    if (!entry) return false;
    if (isWanted(path, entry)) return true;
    return depth < maxReexports && this.#targetsOf(path, false).some((target) => this.#leads(target, isWanted, depth + 1, seen));
  }

  #holdsPiece(path: string, entry: Entry): boolean {
    if (entry.piece === undefined) {
      const bytes = this.#opened().open(path)?.read();
      entry.piece = bytes !== undefined && needlesIn(bytes).key;
    }
    return entry.piece;
  }

  #mentions(path: string, entry: Entry): boolean {
    return (entry.mentions ??= this.#search(path));
  }

  #search(path: string): boolean {
    const file = this.#opened().open(path);
    const names = [...this.#keyOptions.names, ...this.#keyOptions.hosts].map((name) => Buffer.from(name));
    const search = (part: Uint8Array): boolean => mentionsHilt(part) || names.some((name) => Buffer.from(part.buffer, part.byteOffset, part.byteLength).includes(name));
    if (!file) return false;
    if (file.contains) return file.contains(search, needleOverlap);
    const bytes = file.read();
    return bytes !== undefined && search(bytes);
  }

  /** What is known of a file as it is now; what was known of an older state of it is dropped. */
  #current(path: string): Entry | undefined {
    const known = this.#entries.get(path);
    const stamp = this.#stampOf(path);
    if (known && known.stamp === stamp) return known;
    if (known) this.#changed += 1;
    if (known?.summary) {
      this.generation += 1;
      this.#modules.delete(path);
    }
    this.#entries.delete(path);
    if (stamp === undefined) return undefined;
    const entry: Entry = { stamp };
    this.#entries.set(path, entry);
    return entry;
  }

  #isOnDisk(from: string, specifier: string): boolean {
    const base = join(dirname(from), specifier);
    const stem = base.replace(/\.[mc]?[jt]sx?$/, '');
    return [base, ...moduleEndings.map((ending) => stem + ending)].some((path) => this.#stampOf(path) !== undefined);
  }

  #stampOf(path: string): string | undefined {
    const stat = statSync(join(this.root, path), { throwIfNoEntry: false });
    return stat?.isFile() ? `${stat.mtimeMs}:${stat.size}:${stat.ino}` : undefined;
  }

  #opened(): Source {
    if (this.#source) return this.#source;
    const before = performance.now();
    this.#source = openWorkingTree({ cwd: this.root });
    this.#listedAt = performance.now();
    this.#listingTook = this.#listedAt - before;
    return this.#source;
  }

  /** Where the same files are there and none of them has changed, all that is known still holds. */
  #listAgain(before: Source): void {
    const start = performance.now();
    const source = openWorkingTree({ cwd: this.root });
    const changed = this.#changed;
    if (!isSame(source.paths(), before.paths())) {
      this.#forgetListing();
    } else if (this.#candidates || this.#graph) {
      const candidates = this.#findCandidates();
      const hasOthers = this.#candidates !== undefined && !isSame(candidates, this.#candidates);
      this.#candidates = candidates;
      if (hasOthers || (this.#graph && this.#changed > changed)) this.generation += 1;
    }
    this.#source = source;
    this.#listedAt = performance.now();
    this.#listingTook = this.#listedAt - start;
  }

  #hasChanged(path: string): boolean {
    const known = this.#entries.get(path);
    return this.#current(path) !== known && known !== undefined;
  }

  #resolver(): Resolution {
    if (!this.#resolution) {
      const source = this.#opened();
      this.#manifests = [...source.paths()].filter((path) => isManifest(path) && this.#current(path));
      this.#resolution = resolutionOf(source);
    }
    return this.#resolution;
  }

  #forgetListing(): void {
    this.generation += 1;
    this.#manifests = [];
    this.#missing.clear();
    this.#source = undefined;
    this.#resolution = undefined;
    this.#candidates = undefined;
  }
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const each of a) if (!b.has(each)) return false;
  return true;
}

/** What decides how imports are resolved. */
function isManifest(path: string): boolean {
  return /(?:^|\/)(?:package|[jt]sconfig[^/]*)\.json$/.test(path);
}
