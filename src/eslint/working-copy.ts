import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mentionsHilt, needleOverlap } from '../hilt/needles.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import { buildModuleGraph, type BuiltGraph } from '../project/graph/build.ts';
import { importEdges } from '../project/graph/import-edges.ts';
import { createManifests } from '../project/graph/manifest.ts';
import { createResolution, type Resolution } from '../project/graph/resolution.ts';
import { openWorkspace } from '../project/graph/workspace.ts';
import { decode } from '../sources/decode.ts';
import type { Source } from '../sources/source.ts';
import { openWorkingTree } from '../sources/working-tree.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import { summarise } from '../syntax/summarise.ts';

/** What is known of one file of the disk, as of `stamp`. */
interface Entry {
  readonly stamp: string;
  mentions?: boolean;
  leads?: boolean;
  summary?: ModuleSummary;
}

/** A part of its own running time that listing the files anew may take: an editor must not wait for it. */
const listingShare = 50;
const shortestListing = 2_000;
const moduleEndings = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.mts', '.cjs', '.cts', '.json', '/index.ts', '/index.js'];
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
  /** Imports of files that are on disk but not of the repository: git ignores them. */
  readonly #missing = new Set<string>();
  #source: Source | undefined;
  #resolution: Resolution | undefined;
  #candidates: Set<string> | undefined;
  #graph: { readonly generation: number; readonly built: BuiltGraph } | undefined;
  #listedAt = 0;
  #listingTook = 0;

  constructor(root: string, keyOptions: KeyOptions) {
    this.root = root;
    this.#keyOptions = keyOptions;
  }

  /** Forgets the modules that have changed on disk since they were read. Call it before the questions about another text. */
  freshen(): void {
    const age = performance.now() - this.#listedAt;
    if (this.#source && age > Math.max(shortestListing, this.#listingTook * listingShare)) this.#forgetListing();
    for (const path of this.#modules) this.#current(path);
  }

  /** The file that `specifier` means in the file `from`, also one that was made after the files were listed. */
  resolve(from: string, specifier: string): string | undefined {
    const found = this.#resolver().resolve(from, specifier);
    if (found !== undefined || !specifier.startsWith('.')) return found;
    const question = `${from}\n${specifier}`;
    if (this.#missing.has(question) || !this.#isOnDisk(from, specifier)) return undefined;
    this.#forgetListing();
    this.#missing.add(question);
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
    const bytes = this.#opened().open(path)?.read();
    return bytes && decode(bytes).text;
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

  /** Whether a file mentions Hilt, or re-exports what a file that does exports. */
  leadsToMention(path: string): boolean {
    return this.#leads(path, 0, new Set());
  }

  /** Every file that mentions Hilt, summarised. The first call reads the whole repository. */
  candidates(ignores: (file: string) => boolean): ModuleSummary[] {
    this.#candidates ??= this.#findCandidates();
    return [...this.#candidates].sort().flatMap((path) => (ignores(path) ? [] : (this.module(path) ?? [])));
  }

  /** Tells of a file that has been seen to mention Hilt since the files were listed. */
  addCandidate(path: string): void {
    if (!this.#candidates || this.#candidates.has(path)) return;
    this.#candidates.add(path);
    this.generation += 1;
  }

  #findCandidates(): Set<string> {
    const found = new Set<string>();
    for (const { path } of this.#opened().files()) {
      const entry = this.#current(path);
      if (entry && this.#mentions(path, entry)) found.add(path);
    }
    return found;
  }

  #leads(path: string, depth: number, seen: Set<string>): boolean {
    if (seen.has(path)) return false;
    seen.add(path);
    const entry = this.#current(path);
    if (!entry) return false;
    if (this.#mentions(path, entry)) return true;
    if (entry.leads !== undefined || depth >= maxReexports) return entry.leads ?? false;
    const text = this.text(path) ?? '';
    const edges = /\bexport\b[^;'"]*\bfrom\b|\bimport\b/.test(text) && /\bexport\b/.test(text) ? importEdges(path, text) : [];
    const leads = edges.some(({ specifier, typeOnly, how }) => {
      if (typeOnly || (how !== 'reexport' && how !== 'import')) return false;
      const target = this.resolve(path, specifier);
      return target !== undefined && this.#leads(target, depth + 1, seen);
    });
    // A circle or the depth may have cut the search: only what was found is certain.
    if (leads) entry.leads = true;
    return leads;
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

  #resolver(): Resolution {
    if (!this.#resolution) {
      const source = this.#opened();
      const manifests = createManifests(source);
      this.#resolution = createResolution(source, manifests, openWorkspace(source, manifests));
    }
    return this.#resolution;
  }

  #forgetListing(): void {
    this.generation += 1;
    this.#missing.clear();
    this.#source = undefined;
    this.#resolution = undefined;
    this.#candidates = undefined;
  }
}
