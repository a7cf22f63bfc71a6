import type { ImportEdge, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { BundlerProfile } from './bundler-profile.ts';
import { deadRegions, type Facts } from './dead-regions.ts';
import { importedFlag } from './imported-flags.ts';
import { isInside, isUnread, type LiveModule, type Members } from './live-module.ts';
import { isRawText, type LiveSearch } from './live-search.ts';
import type { LivenessGraph } from './liveness-graph.ts';
import { hasEffects, isCommonJs, isKept, onlyUsedBy, usedNames } from './statement-use.ts';
import { UsedExports } from './used-exports.ts';
import { UsedStatements } from './used-statements.ts';

export interface LivenessEntry {
  readonly file: string;
  /** Exports that the framework takes out of the client's copy, with what only they use. */
  readonly strips: (name: string) => boolean;
  /** Exports that the framework takes; all where it is left out. */
  readonly takes?: (name: string) => boolean;
}

export interface LiveEdge { readonly from: string; readonly to: string; readonly at: Span }

/** The result for one set of entries: what is live, and by which edges. */
export interface Liveness {
  readonly modules: ReadonlyMap<string, LiveModule>;
  readonly edges: readonly LiveEdge[];
  /** The exports that are used, by file; `*` for all of them. */
  readonly used: ReadonlyMap<string, ReadonlySet<string>>;
}

const wholeLanguages = new Set(['vue', 'svelte', 'astro', 'html', 'json']);

/** Follows what entries use, export by export and statement by statement, as a tree-shaking bundler does. */
export function findLive(graph: LivenessGraph, entries: readonly LivenessEntry[], profile: BundlerProfile): Liveness {
  return new LivenessSearch(graph, profile).from(entries);
}

class LivenessSearch implements LiveSearch {
  readonly graph: LivenessGraph;
  readonly profile: BundlerProfile;
  readonly #modules = new Map<string, LiveModule>();
  readonly #edges: LiveEdge[] = [];
  readonly #exports = new UsedExports(this);
  readonly #statements = new UsedStatements(this);
  readonly #linked = new Set<string>();
  readonly #queue: (() => void)[] = [];

  constructor(graph: LivenessGraph, profile: BundlerProfile) {
    this.graph = graph;
    this.profile = profile;
  }

  from(entries: readonly LivenessEntry[]): Liveness {
    for (const entry of entries) this.#enter(entry);
    for (let index = 0; index < this.#queue.length; index += 1) this.#queue[index]?.();
    return { modules: this.#modules, edges: this.#edges, used: this.#exports.used };
  }

  later(step: () => void): void {
    this.#queue.push(step);
  }

  useStatement(live: LiveModule, index: number, asked: Members): void {
    this.#statements.use(live, index, asked);
  }

  useImported(target: string, imported: string, members: Members): void {
    this.#exports.useImported(target, imported, members);
  }

  #enter({ file, strips, takes }: LivenessEntry): void {
    const module = this.graph.module(file);
    if (!module) return;
    const stripped = module.exports.filter((entry) => strips(entry.name));
    const gone = stripped.length > 0 ? onlyUsedBy(module, stripped) : new Set<number>();
    this.include(file, gone, true);
    for (const entry of module.exports) {
      if (entry.typeOnly || strips(entry.name) || (takes && entry.name !== '*' && !takes(entry.name))) continue;
      if (entry.name === '*') this.#exports.useStar(file, entry);
      else this.later(() => this.#exports.use(file, entry.name, 'all'));
    }
  }

  /** Evaluates a module: what has effects is kept. `gone`: statements that the framework removed. */
  include(file: string, gone: ReadonlySet<number> = new Set(), isEntry = false): LiveModule | undefined {
    const known = this.#modules.get(file);
    if (known) return known;
    const summary = this.graph.module(file);
    if (!summary) return undefined;
    const facts: Facts = { ...this.profile, importedFacts: (specifier, name, asked) => (asked.equals === undefined ? this.profile.importedFacts(specifier, name, asked) : undefined) ?? importedFlag(this.graph, summary, { specifier, name, member: asked.member, equals: asked.equals }, this.profile) };
    const dead = [...deadRegions(summary.branches, facts), ...this.graph.strippedRegions(summary)];
    const live: LiveModule = { summary, statements: new Map(), places: new Map(), uncertain: new Set(), whole: false, evaluated: false, dead };
    this.#modules.set(file, live);
    const isWhole = this.profile.treeShaking === 'file' || (wholeLanguages.has(summary.language) && summary.language !== 'json') || summary.parse === 'text';
    if (isWhole && summary.language !== 'json') {
      live.whole = true;
      this.later(() => this.#useWhole(live));
      return live;
    }
    if (summary.language === 'json' && this.profile.keepsUnusedJson) this.#exports.useJson(live, 'default', 'all');
    if (this.profile.treeShaking === 'module') this.later(() => this.#exports.useAll(file));
    if (isEntry || !this.#isSideEffectFree(file)) this.evaluate(live, gone);
    else if (this.profile.followsUnusedImports) this.#followBareImports(live, gone);
    return live;
  }

  /** What the module does when it loads: done by every module that is not left out for having no side effects, and by those of which something is used. */
  evaluate(live: LiveModule, gone: ReadonlySet<number> = new Set()): void {
    if (live.evaluated) return;
    live.evaluated = true;
    live.summary.statements.forEach((statement, index) => {
      if (!gone.has(index) && isKept(this.graph, live.summary, statement, this.profile)) this.later(() => this.#statements.keep(live, index));
    });
    this.#followBareImports(live, gone);
  }

  #isSideEffectFree(file: string): boolean {
    const { honoursSideEffects } = this.profile;
    return honoursSideEffects !== false && this.graph.isSideEffectFree(file) && (honoursSideEffects === true || this.graph.isInLinkedPackage(file));
  }

  /** Static imports evaluate their module even where no name is used, unless it has no effects or the import is only of types. */
  #followBareImports(live: LiveModule, gone: ReadonlySet<number>): void {
    const { summary } = live;
    const used = usedNames(summary, gone, live.dead);
    const isStripped = gone.size > 0 || this.graph.strippedRegions(summary).length > 0;
    for (const edge of summary.imports) {
      const isVerbatim = this.profile.keepsVerbatimImports && this.graph.isVerbatim(summary.file);
      if ((edge.typeOnly && !(edge.inlineTypes && isVerbatim)) || (edge.how !== 'import' && edge.how !== 'reexport')) continue;
      if (isStripped && edge.names.length > 0 && !edge.names.some((name) => used.has(name.local))) continue;
      const isElided = isTypeScript(summary) && edge.how === 'import' && edge.names.length > 0 && !edge.names.some((name) => !name.typeOnly && used.has(name.local));
      if (isElided && !isVerbatim) continue;
      for (const target of this.targets(summary, edge)) {
        if (this.#isSideEffectFree(target)) continue;
        // A re-export alone keeps the module's effects, not its exports.
        if (hasEffects(this.graph, this.graph.module(target), this.profile) || edge.names.length === 0) this.link(live, target, edge.at);
        this.later(() => void this.include(target));
      }
    }
    // What CommonJS requires is there before anybody calls the function that requires it.
    if (this.profile.keepsUncalledRequires && isCommonJs(summary)) for (const edge of summary.imports) if (edge.how === 'require' && !isInside(live.dead, edge.at)) this.later(() => this.followLoaded(live, edge));
    if (this.profile.keepsUnusedDynamicImport) {
      for (const edge of summary.imports) if (edge.how === 'dynamic' && !isInside(live.dead, edge.at)) this.later(() => this.followLoaded(live, edge));
    }
  }

  #useWhole(live: LiveModule): void {
    live.whole = true;
    for (const target of this.graph.markupImports(live.summary)) {
      if (!this.graph.isRelevant(target)) continue;
      this.link(live, target, [0, 0]);
      this.later(() => void this.include(target, undefined, true));
      // `<script src="./options.ts">` of Vue is the component itself.
      if (live.summary.language === 'vue' || (isUnread(live.summary) && this.profile.takesUnread)) this.later(() => this.#exports.useAll(target));
    }
    live.summary.statements.forEach((_, index) => live.statements.set(index, { members: 'all' }));
    for (const edge of live.summary.imports) {
      if (edge.typeOnly || isInside(live.dead, edge.at)) continue;
      if (edge.how !== 'import' && edge.how !== 'reexport') {
        this.followLoaded(live, edge);
        continue;
      }
      for (const target of this.targets(live.summary, edge)) {
        this.link(live, target, edge.at);
        this.include(target);
        const isFileLevel = this.profile.treeShaking === 'file';
        for (const name of edge.names) {
          if (!name.typeOnly && !isFileLevel) this.later(() => this.#exports.useImported(target, name.imported, 'all'));
        }
        if (edge.how === 'reexport' && edge.names.some((name) => name.imported === '*')) this.#exports.useAll(target);
      }
    }
  }

  /** Dynamic imports, `require`, workers, assets and globs: the module is used whole. */
  followLoaded(live: LiveModule, edge: ImportEdge): void {
    if ((edge.how === 'asset' || edge.how === 'worker') && !this.profile.followsUrls) return;
    if (edge.how === 'glob' && !this.profile.followsFolders) return;
    for (const target of this.targets(live.summary, edge)) {
      this.link(live, target, edge.at);
      const loaded = this.include(target, undefined, edge.how === 'worker');
      if (!loaded) continue;
      if (edge.how === 'asset' || isRawText(edge.specifier)) loaded.whole = true;
      else if (edge.how !== 'worker') this.#useLoaded(loaded, target, edge);
    }
  }

  #useLoaded(loaded: LiveModule, target: string, edge: ImportEdge): void {
    const isRequired = edge.how === 'require';
    if (loaded.summary.language === 'json') return this.#exports.useJson(loaded, 'default', (isRequired && !this.profile.keepsRequiredJson && edge.members) || 'all');
    if (isCommonJs(loaded.summary)) return this.#exports.useCommonJs(loaded, (edge.how === 'require' && edge.members) || 'all');
    const { keepsWholeDynamic, keepsRequiredModules } = this.profile;
    if (edge.how === 'require' && keepsRequiredModules) return this.#exports.useAll(target);
    if (edge.named && this.profile.keepsNamedDynamic(edge.named)) return this.#exports.useAll(target);
    if (edge.members && !(keepsWholeDynamic === 'member' ? edge.how === 'dynamic' && !edge.destructured : keepsWholeDynamic)) return this.#exports.useImported(target, '*', edge.members);
    this.#exports.useAll(target);
  }

  targets(from: ModuleSummary, edge: Pick<ImportEdge, 'specifier' | 'how' | 'except'>): string[] {
    return this.graph.targets(from.file, edge).filter((target) => this.graph.isRelevant(target) && !this.graph.isServerOnly(target, edge.specifier));
  }

  link(live: LiveModule, to: string, at: Span): void {
    const question = `${live.summary.file}\n${to}`;
    if (this.#linked.has(question)) return;
    this.#linked.add(question);
    this.#edges.push({ from: live.summary.file, to, at });
  }
}

function isTypeScript({ language }: ModuleSummary): boolean {
  return language === 'ts' || language === 'tsx';
}
