import type { ExportEntry, ImportEdge, ModuleSummary, Reference, Statement } from '../../syntax/module-summary.ts';
import { contains, type Span } from '../../syntax/span.ts';
import type { BundlerProfile } from './bundler-profile.ts';
import { deadRegions, type Facts } from './dead-regions.ts';
import { importedFlag } from './imported-flags.ts';
import { isInside, isUnread, keepMembers, stepOf, type LiveModule, type LiveStatement, type Members } from './live-module.ts';
import type { LivenessGraph } from './liveness-graph.ts';
import { hasEffects, isCommonJs, isKept, onlyUsedBy, usedNames } from './statement-use.ts';

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

class LivenessSearch {
  readonly #graph: LivenessGraph;
  readonly #profile: BundlerProfile;
  readonly #modules = new Map<string, LiveModule>();
  readonly #edges: LiveEdge[] = [];
  readonly #exports = new Set<string>();
  readonly #queue: (() => void)[] = [];

  constructor(graph: LivenessGraph, profile: BundlerProfile) {
    this.#graph = graph;
    this.#profile = profile;
  }

  from(entries: readonly LivenessEntry[]): Liveness {
    for (const entry of entries) this.#enter(entry);
    for (let index = 0; index < this.#queue.length; index += 1) this.#queue[index]?.();
    return { modules: this.#modules, edges: this.#edges, used: this.#used };
  }

  #enter({ file, strips, takes }: LivenessEntry): void {
    const module = this.#graph.module(file);
    if (!module) return;
    const stripped = module.exports.filter((entry) => strips(entry.name));
    const gone = stripped.length > 0 ? onlyUsedBy(module, stripped) : new Set<number>();
    this.#include(file, gone, true);
    for (const entry of module.exports) {
      if (entry.typeOnly || strips(entry.name) || (takes && entry.name !== '*' && !takes(entry.name))) continue;
      if (entry.name === '*') this.#star(file, entry);
      else this.#queue.push(() => this.#useExport(file, entry.name, 'all'));
    }
  }

  /** Evaluates a module: what has effects is kept. `gone`: statements that the framework removed. */
  #include(file: string, gone: ReadonlySet<number> = new Set(), isEntry = false): LiveModule | undefined {
    const known = this.#modules.get(file);
    if (known) return known;
    const summary = this.#graph.module(file);
    if (!summary) return undefined;
    const facts: Facts = { ...this.#profile, importedFacts: (specifier, name, asked) => (asked.equals === undefined ? this.#profile.importedFacts(specifier, name, asked) : undefined) ?? importedFlag(this.#graph, summary, { specifier, name, member: asked.member, equals: asked.equals }, this.#profile) };
    const dead = [...deadRegions(summary.branches, facts), ...this.#graph.strippedRegions(summary)];
    const live: LiveModule = { summary, statements: new Map(), places: new Map(), uncertain: new Set(), whole: false, evaluated: false, dead };
    this.#modules.set(file, live);
    const isWhole = this.#profile.treeShaking === 'file' || (wholeLanguages.has(summary.language) && summary.language !== 'json') || summary.parse === 'text';
    if (isWhole && summary.language !== 'json') {
      live.whole = true;
      this.#queue.push(() => this.#useWhole(live));
      return live;
    }
    if (summary.language === 'json' && this.#profile.keepsUnusedJson) this.#useJson(live, 'default', 'all');
    if (this.#profile.treeShaking === 'module') this.#queue.push(() => this.#useAllExports(file));
    if (isEntry || !this.#isSideEffectFree(file)) this.#evaluate(live, gone);
    else if (this.#profile.followsUnusedImports) this.#followBareImports(live, gone);
    return live;
  }

  /** What the module does when it loads: done by every module that is not left out for having no side effects, and by those of which something is used. */
  #evaluate(live: LiveModule, gone: ReadonlySet<number> = new Set()): void {
    if (live.evaluated) return;
    live.evaluated = true;
    live.summary.statements.forEach((statement, index) => {
      if (!gone.has(index) && isKept(this.#graph, live.summary, statement, this.#profile)) this.#queue.push(() => this.#keepStatement(live, index));
    });
    this.#followBareImports(live, gone);
  }

  #isSideEffectFree(file: string): boolean {
    const { honoursSideEffects } = this.#profile;
    return honoursSideEffects !== false && this.#graph.isSideEffectFree(file) && (honoursSideEffects === true || this.#graph.isInLinkedPackage(file));
  }

  /** Static imports evaluate their module even where no name is used, unless it has no effects or the import is only of types. */
  #followBareImports(live: LiveModule, gone: ReadonlySet<number>): void {
    const { summary } = live;
    const used = usedNames(summary, gone, live.dead);
    const isStripped = gone.size > 0 || this.#graph.strippedRegions(summary).length > 0;
    for (const edge of summary.imports) {
      const isVerbatim = this.#profile.keepsVerbatimImports && this.#graph.isVerbatim(summary.file);
      if ((edge.typeOnly && !(edge.inlineTypes && isVerbatim)) || (edge.how !== 'import' && edge.how !== 'reexport')) continue;
      if (isStripped && edge.names.length > 0 && !edge.names.some((name) => used.has(name.local))) continue;
      const isElided = isTypeScript(summary) && edge.how === 'import' && edge.names.length > 0 && !edge.names.some((name) => !name.typeOnly && used.has(name.local));
      if (isElided && !isVerbatim) continue;
      for (const target of this.#targets(summary, edge)) {
        if (this.#isSideEffectFree(target)) continue;
        // A re-export alone keeps the module's effects, not its exports.
        if (hasEffects(this.#graph, this.#graph.module(target), this.#profile) || edge.names.length === 0) this.#link(live, target, edge.at);
        this.#queue.push(() => void this.#include(target));
      }
    }
    // What CommonJS requires is there before anybody calls the function that requires it.
    if (this.#profile.keepsUncalledRequires && isCommonJs(summary)) for (const edge of summary.imports) if (edge.how === 'require' && !isInside(live.dead, edge.at)) this.#queue.push(() => this.#followLoaded(live, edge));
    if (this.#profile.keepsUnusedDynamicImport) {
      for (const edge of summary.imports) if (edge.how === 'dynamic' && !isInside(live.dead, edge.at)) this.#queue.push(() => this.#followLoaded(live, edge));
    }
  }

  #useWhole(live: LiveModule): void {
    live.whole = true;
    for (const target of this.#graph.markupImports(live.summary)) {
      if (!this.#graph.isRelevant(target)) continue;
      this.#link(live, target, [0, 0]);
      this.#queue.push(() => void this.#include(target, undefined, true));
      // `<script src="./options.ts">` of Vue is the component itself.
      if (live.summary.language === 'vue' || (isUnread(live.summary) && this.#profile.takesUnread)) this.#queue.push(() => this.#useAllExports(target));
    }
    live.summary.statements.forEach((_, index) => live.statements.set(index, { members: 'all' }));
    for (const edge of live.summary.imports) {
      if (edge.typeOnly || isInside(live.dead, edge.at)) continue;
      if (edge.how !== 'import' && edge.how !== 'reexport') {
        this.#followLoaded(live, edge);
        continue;
      }
      for (const target of this.#targets(live.summary, edge)) {
        this.#link(live, target, edge.at);
        this.#include(target);
        const isFileLevel = this.#profile.treeShaking === 'file';
        for (const name of edge.names) {
          if (!name.typeOnly && !isFileLevel) this.#queue.push(() => this.#useImported(target, name.imported, 'all'));
        }
        if (edge.how === 'reexport' && edge.names.some((name) => name.imported === '*')) this.#useAllExports(target);
      }
    }
  }

  /** A statement that is kept for what it does: of one that is not used besides, only the places that do it. */
  #keepStatement(live: LiveModule, index: number): void {
    const statement = live.summary.statements[index];
    if (!statement?.places || this.#profile.keepsIdleParts(statement.placesOf)) return this.#useStatement(live, index, 'all');
    if (live.places.has(index) || live.statements.has(index)) return;
    live.places.set(index, statement.places);
    this.#followReferences(live, statement, statement.places);
  }

  #useStatement(live: LiveModule, index: number, asked: Members): void {
    const members = isWholeList(live.summary, index, asked) ? 'all' : asked;
    const known = live.statements.get(index);
    const kept: LiveStatement = known ?? { members: new Set() };
    keepMembers(kept, members);
    live.statements.set(index, kept);
    const statement = live.summary.statements[index];
    if (!statement) return;
    this.#handOn(live, statement, members);
    if (known) return;
    this.#evaluate(live);
    this.#followReferences(live, statement);
    this.#followWrites(live, statement);
  }

  /** `const other = config`: what is read of the one is read of the other. */
  #handOn(live: LiveModule, { references }: Statement, members: Members): void {
    for (const reference of references) {
      if (!reference.handsOn || isInside(live.dead, reference.at)) continue;
      const under = reference.members?.[0];
      const passed = members === 'all' ? reference.members : members.map((member) => (under === undefined ? member : `${under}\0${member}`));
      const question = `${live.summary.file}\n${reference.at.join()}\n${passed?.join() ?? '*'}`;
      if (this.#handed.has(question)) continue;
      this.#handed.add(question);
      this.#queue.push(() => this.#useName(live, { name: reference.name, at: reference.at, ...(passed ? { members: passed, renamed: true } : {}) }));
    }
  }

  readonly #handed = new Set<string>();

  /** `Page.getInitialProps = …` and `key = …` stay with what they write to: the first name in them. */
  #followWrites(live: LiveModule, { declares }: Statement): void {
    if (declares.length === 0) return;
    live.summary.statements.forEach((statement, index) => {
      const writes = statement.effects.some((effect) => effect === 'local-write' || effect === 'prototype-write' || effect === 'array-call');
      const target = writes ? statement.references[0] : undefined;
      if (target && declares.includes(target.name)) this.#queue.push(() => this.#useStatement(live, index, 'all'));
    });
  }

  /** `within`: only what stands in these places. */
  #followReferences(live: LiveModule, statement: Statement, within?: readonly Span[]): void {
    for (const reference of statement.references) {
      if (reference.handsOn && !within) continue;
      if (!isInside(live.dead, reference.at) && (!within || isInside(within, reference.at))) this.#queue.push(() => this.#useName(live, reference));
    }
    for (const edge of live.summary.imports) {
      if (edge.how === 'import' || edge.how === 'reexport' || edge.typeOnly) continue;
      if (contains(statement.at, edge.at) && !isInside(live.dead, edge.at) && (!within || isInside(within, edge.at))) this.#queue.push(() => this.#followLoaded(live, edge));
    }
  }

  #useName(live: LiveModule, { name, members: read, destructured, optional, renamed, indexed, asksType, at }: Reference): void {
    const { summary } = live;
    if (asksType && this.#profile.foldsTypeof && this.#isText(summary, name)) return;
    const isWhole = (destructured && this.#profile.keepsDestructuredObject) || (indexed && this.#profile.keepsIndexed);
    const ofObject: Members = read && !isWhole ? read : 'all';
    const isHidden = renamed || indexed || (destructured && this.#profile.keepsDestructured) || (optional && this.#profile.keepsOptionalNamespace);
    const ofNamespace: Members = !read || isHidden ? 'all' : destructured ? read.map((member) => stepOf(member).name) : read;
    summary.statements.forEach((statement, index) => {
      if (statement.declares.includes(name)) this.#useStatement(live, index, ofObject);
    });
    for (const edge of summary.imports) {
      const imported = edge.names.find((each) => each.local === name && !each.typeOnly);
      if (!imported || edge.typeOnly) continue;
      for (const target of this.#targets(summary, edge)) {
        if (isRawText(edge.specifier)) this.#useRaw(target);
        this.#link(live, target, at[0] >= edge.at[0] && at[1] <= edge.at[1] ? at : edge.at);
        const isJson = this.#graph.module(target)?.language === 'json';
        this.#useImported(target, imported.imported, imported.imported === '*' || isJson ? ofNamespace : ofObject);
      }
    }
  }

  /** Whether a name is of a constant text, here or in the module that it is imported from. */
  #isText(summary: ModuleSummary, name: string): boolean {
    const edge = summary.imports.find((each) => each.names.some((imported) => imported.local === name));
    if (!edge) return isTextConstant(summary, name);
    const imported = edge.names.find((each) => each.local === name)?.imported;
    const target = this.#graph.imported(summary, edge.specifier);
    const entry = target?.exports.find((each) => each.name === imported);
    return target !== undefined && entry?.local !== undefined && isTextConstant(target, entry.local);
  }

  #useRaw(target: string): void {
    const live = this.#include(target);
    if (live) live.whole = true;
  }

  #useImported(target: string, imported: string, members: Members): void {
    if (imported !== '*') return this.#useExport(target, imported, members);
    if (members === 'all') return this.#useAllExports(target);
    for (const member of members) {
      const { name, rest } = stepOf(member);
      this.#useExport(target, name, rest === undefined ? 'all' : [rest]);
    }
  }

  readonly #used = new Map<string, Set<string>>();
  #markUsed(file: string, name: string): void {
    const names = this.#used.get(file);
    if (names) names.add(name);
    else this.#used.set(file, new Set([name]));
  }

  #useAllExports(file: string): void {
    // Two barrels may re-export each other.
    const question = `${file}\n*`;
    if (this.#exports.has(question)) return;
    this.#exports.add(question);
    this.#markUsed(file, '*');
    const live = this.#include(file);
    if (!live) return;
    for (const entry of live.summary.exports) {
      if (entry.typeOnly) continue;
      if (entry.name === '*') this.#star(file, entry);
      else this.#queue.push(() => this.#useExport(file, entry.name, 'all'));
    }
  }

  #star(file: string, entry: ExportEntry): void {
    const live = this.#include(file);
    if (!live || !entry.from) return;
    for (const target of this.#targets(live.summary, { specifier: entry.from.specifier, how: 'reexport' })) {
      this.#link(live, target, entry.at);
      this.#queue.push(() => this.#useAllExports(target));
    }
  }

  #useExport(file: string, name: string, members: Members): void {
    const question = `${file}\n${name}\n${members === 'all' ? '*' : members.join()}`;
    if (this.#exports.has(question)) return;
    this.#exports.add(question);
    this.#markUsed(file, name);
    const live = this.#include(file);
    if (!live) return;
    const { summary } = live;
    if (summary.language === 'json') return this.#useJson(live, name, members);
    const own = summary.exports.filter((entry) => entry.name === name && !entry.typeOnly);
    for (const entry of own) this.#useEntry(live, entry, members);
    if (own.length > 0) return;
    const whole = summary.exports.filter((entry) => entry.name === 'module.exports');
    if (whole.length > 0 || isCommonJs(summary)) return this.#useCommonJs(live, name === 'default' ? members : [name]);
    for (const entry of summary.exports) {
      if (entry.name !== '*' || !entry.from || name === 'default') continue;
      for (const target of this.#targets(summary, { specifier: entry.from.specifier, how: 'reexport' })) {
        if (!exportsName(this.#graph, target, name)) continue;
        this.#link(live, target, entry.at);
        this.#queue.push(() => this.#useExport(target, name, members));
      }
    }
  }

  #useEntry(live: LiveModule, entry: ExportEntry, members: Members): void {
    if (entry.from) {
      for (const target of this.#targets(live.summary, { specifier: entry.from.specifier, how: 'reexport' })) {
        this.#link(live, target, entry.at);
        const { name } = entry.from;
        const taken = name === '*' && this.#profile.keepsReexportedNamespace ? 'all' : members;
        this.#queue.push(() => this.#useImported(target, name, taken));
        if (this.#graph.module(target)?.language === 'json') this.#queue.push(() => this.#markReexported(target));
      }
      return;
    }
    live.summary.statements.forEach((statement, index) => {
      const declares = entry.local !== undefined && statement.declares.includes(entry.local);
      // `export default config` only names what another statement holds.
      if (!declares && entry.local !== undefined && statement.effects.length === 0 && statement.declares.length === 0) return;
      const isDefault = entry.name === 'default' && contains(statement.at, entry.at);
      if (declares || isDefault || contains(statement.at, entry.at)) this.#useStatement(live, index, declares || isDefault ? members : 'all');
    });
  }

  #markReexported(file: string): void {
    const kept = this.#modules.get(file)?.statements.get(0);
    if (kept) kept.reexported = true;
  }

  /** The module runs as it is; which of its exports that nobody reads are left out differs from bundler to bundler. */
  #useCommonJs(live: LiveModule, members: Members): void {
    const unread = members === 'all' ? [] : live.summary.exports.filter((entry) => entry.name !== 'module.exports' && !members.some((member) => stepOf(member).name === entry.name));
    live.summary.statements.forEach((statement, index) => {
      const isUnread = unread.some((entry) => contains(statement.at, entry.at));
      if (isUnread && this.#profile.keepsUnusedCommonJs === false) return;
      if (isUnread && this.#profile.keepsUnusedCommonJs === undefined) live.uncertain.add(index);
      else live.uncertain.delete(index);
      const isWhole = live.summary.exports.some((entry) => entry.name === 'module.exports' && contains(statement.at, entry.at));
      this.#useStatement(live, index, isWhole ? members : 'all');
    });
  }

  #useJson(live: LiveModule, name: string, members: Members): void {
    const known = live.statements.get(0);
    const kept: LiveStatement = known ?? { members: new Set() };
    keepMembers(kept, name === 'default' ? members : members === 'all' ? [name] : members.map((member) => `${name}\0${member}`));
    if (name === 'default' && members !== 'all') kept.byDefault = true;
    live.statements.set(0, kept);
  }

  /** Dynamic imports, `require`, workers, assets and globs: the module is used whole. */
  #followLoaded(live: LiveModule, edge: ImportEdge): void {
    if ((edge.how === 'asset' || edge.how === 'worker') && !this.#profile.followsUrls) return;
    if (edge.how === 'glob' && !this.#profile.followsFolders) return;
    for (const target of this.#targets(live.summary, edge)) {
      this.#link(live, target, edge.at);
      const loaded = this.#include(target, undefined, edge.how === 'worker');
      if (!loaded) continue;
      if (edge.how === 'asset' || isRawText(edge.specifier)) loaded.whole = true;
      else if (edge.how !== 'worker') this.#useLoaded(loaded, target, edge);
    }
  }

  #useLoaded(loaded: LiveModule, target: string, edge: ImportEdge): void {
    const isRequired = edge.how === 'require';
    if (loaded.summary.language === 'json') return this.#useJson(loaded, 'default', (isRequired && !this.#profile.keepsRequiredJson && edge.members) || 'all');
    if (isCommonJs(loaded.summary)) return this.#useCommonJs(loaded, (edge.how === 'require' && edge.members) || 'all');
    const { keepsWholeDynamic, keepsRequiredModules } = this.#profile;
    if (edge.how === 'require' && keepsRequiredModules) return this.#useAllExports(target);
    if (edge.named && this.#profile.keepsNamedDynamic(edge.named)) return this.#useAllExports(target);
    if (edge.members && !(keepsWholeDynamic === 'member' ? edge.how === 'dynamic' && !edge.destructured : keepsWholeDynamic)) return this.#useImported(target, '*', edge.members);
    this.#useAllExports(target);
  }

  #targets(from: ModuleSummary, edge: Pick<ImportEdge, 'specifier' | 'how' | 'except'>): string[] {
    return this.#graph.targets(from.file, edge).filter((target) => this.#graph.isRelevant(target) && !this.#graph.isServerOnly(target, edge.specifier));
  }

  readonly #linked = new Set<string>();
  #link(live: LiveModule, to: string, at: Span): void {
    const question = `${live.summary.file}\n${to}`;
    if (this.#linked.has(question)) return;
    this.#linked.add(question);
    this.#edges.push({ from: live.summary.file, to, at });
  }
}

/** `keys.find(…)`, `keys.length`: a list of which something else than an item is asked. */
function isWholeList(module: ModuleSummary, index: number, members: Members): boolean {
  const isList = members !== 'all' && module.statements[index]?.declares.some((name) => module.bindings[name]?.kind === 'array');
  return isList === true && members.some((member) => !/^\d+$/.test(stepOf(member).name));
}

function isTextConstant({ bindings }: ModuleSummary, name: string): boolean {
  const value = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
  return value?.kind === 'text' || value?.kind === 'secret';
}

/** `import text from "./x.js?raw"`: the file itself. */
function isRawText(specifier: string): boolean {
  return /\?(?:raw|url|inline)\b/.test(specifier);
}

function isTypeScript({ language }: ModuleSummary): boolean {
  return language === 'ts' || language === 'tsx';
}

function exportsName(graph: LivenessGraph, file: string, name: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  const module = graph.module(file);
  if (!module) return false;
  if (module.exports.some((entry) => entry.name === name && !entry.typeOnly) || isCommonJs(module)) return true;
  return module.exports.some((entry) => entry.name === '*' && entry.from !== undefined && graph.targets(file, { specifier: entry.from.specifier, how: 'reexport' }).some((target) => exportsName(graph, target, name, seen)));
}
