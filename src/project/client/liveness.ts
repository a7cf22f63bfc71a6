import type { Effect, ExportEntry, FlagKind, ImportEdge, ModuleSummary, Reference, Statement } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Value } from '../../syntax/value.ts';
import { deadRegions, type Facts } from './dead-regions.ts';
import { importedFlag } from './imported-flags.ts';

/** What a bundler keeps and decides, as far as it makes a difference to what ships. */
export interface BundlerProfile {
  /** `export`: unused exports are dropped; `module`: all exports of a module that is imported ship (Metro); `file`: a file ships as it is. */
  readonly treeShaking: 'export' | 'module' | 'file';
  /** Whether code that may do this stays where nobody uses what it declares. */
  readonly keeps: (effect: Effect) => boolean;
  /** Whether `{ url, key }` ships whole where only `url` is read. `undefined`: it depends. */
  readonly keepsUnusedProperty: boolean | undefined;
  /** Whether a default import of JSON ships the whole file. `undefined`: it depends. */
  readonly keepsWholeJson: boolean | undefined;
  /** Whether JSON that is imported ships although nobody reads it. */
  readonly keepsUnusedJson: boolean;
  /** Whether items of an array that nobody reads ship. */
  readonly keepsUnusedItems: boolean;
  /** Whether a dynamic import in a function that nobody calls makes a chunk. */
  readonly keepsUnusedDynamicImport: boolean;
  /** Build-time facts that the bundler knows in client code, by name (`typeof window`, `production`). */
  readonly facts: Readonly<Record<string, boolean>>;
  /** Constants that an import gives in client code: `$app/environment browser`. */
  readonly importedFacts: (specifier: string, name: string, member?: string) => boolean | undefined;
  /** Whether imports whose names are only used as types stay, where tsconfig asks for them as they are (`verbatimModuleSyntax`). */
  readonly keepsVerbatimImports: boolean;
  /** Whether `"sideEffects": false` counts. */
  readonly honoursSideEffects: boolean | 'workspace';
  /** Whether a module without side effects still takes in those with some that it imports and does not use. */
  readonly followsUnusedImports: boolean;
  /** Whether flags of the module are looked into: `const debug = false`, `flags.debug`, an imported constant. */
  readonly foldsFlag: (how: FlagKind | 'imported') => boolean;
  /** Whether `const { a } = await import(…)` and `(await import(…)).a` ship the whole module, or only the latter does. */
  readonly keepsWholeDynamic: boolean | 'member';
  /** Whether `const { a } = ns` ships the whole namespace or object. */
  readonly keepsDestructured: boolean;
  readonly keepsDestructuredObject: boolean;
  /** Whether `export * as ns from` ships the whole namespace. */
  readonly keepsReexportedNamespace: boolean;
  /** Whether `ns?.a` ships the whole namespace. */
  readonly keepsOptionalNamespace: boolean;
  /** Whether a dynamic import of a template text takes in the folder that it may mean. */
  readonly followsFolders: boolean;
  /** Whether members of enumerations that nobody reads ship. */
  readonly keepsEnumMembers: boolean | undefined;
  /** Whether exports of CommonJS modules that nobody uses ship. */
  readonly keepsUnusedCommonJs: boolean | undefined;
  /** Whether a `require` in a function that nobody calls takes its module in. */
  readonly keepsUncalledRequires: boolean;
  /** Whether a `require` of an ES module takes all its exports, whatever is read of them. */
  readonly keepsRequiredModules: boolean;
  /** Whether `new URL("./x", import.meta.url)` and workers are followed. */
  readonly followsUrls: boolean;
}

export interface LivenessEntry {
  readonly file: string;
  /** Exports that the framework takes out of the client's copy, with what only they use. */
  readonly strips: (name: string) => boolean;
  /** Exports that the framework takes; all where it is left out. */
  readonly takes?: (name: string) => boolean;
}

/** The modules of a project as liveness needs them. */
export interface LivenessGraph {
  module(file: string): ModuleSummary | undefined;
  /** The files that an import means; several for a glob or a platform choice. */
  targets(from: string, edge: Pick<ImportEdge, 'specifier' | 'how' | 'except'>): readonly string[];
  /** Files that a page or component names in its markup: `<script src>`. */
  markupImports(module: ModuleSummary): readonly string[];
  /** Whether anything behind the file matters; others are not followed. */
  isRelevant(file: string): boolean;
  /** Whether a client build refuses or replaces the module (`server-only`, `.server` files). */
  isServerOnly(file: string, specifier: string): boolean;
  /** Whether the file's package says that it has no side effects. */
  isSideEffectFree(file: string): boolean;
  /** Whether the file belongs to a package that others import by its name. */
  isInLinkedPackage(file: string): boolean;
  /** Whether the file's tsconfig asks for imports as they are written. */
  isVerbatim(file: string): boolean;
  /** The module that an import means. */
  imported(module: ModuleSummary, specifier: string): ModuleSummary | undefined;
  /** The constant that an import gives, where it is a plain boolean of another module. */
  importedFlag(module: ModuleSummary, specifier: string, name: string): boolean | undefined;
  /** Regions that the framework takes out of the client's copy: arguments of server functions, bodies under `"use server"`. */
  strippedRegions(module: ModuleSummary): readonly Span[];
}

export interface LiveEdge { readonly from: string; readonly to: string; readonly at: Span }

/** What ships of one module. */
export interface LiveModule {
  readonly summary: ModuleSummary;
  /** Whole statements, by index; `members` limits a kept object to the properties that are read. */
  readonly statements: Map<number, LiveStatement>;
  /** Statements that ship with some bundlers of the kind. */
  readonly uncertain: Set<number>;
  /** Everything ships: components, whole modules, assets. */
  whole: boolean;
  /** Its effects are kept. */
  evaluated: boolean;
  readonly dead: readonly Span[];
}

export interface LiveStatement {
  members: Set<string> | 'all';
  /** Of a JSON file: properties are read through its default export. */
  byDefault?: true;
  /** Of a JSON file: another module exports it on, through which fewer bundlers look. */
  reexported?: true;
}

type Members = 'all' | readonly string[];

function keepMembers(kept: LiveStatement, members: Members): void {
  if (members === 'all') kept.members = 'all';
  else if (kept.members !== 'all') for (const member of members) kept.members.add(member);
}

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
    const facts: Facts = { ...this.#profile, importedFacts: (specifier, name, member) => this.#profile.importedFacts(specifier, name) ?? importedFlag(this.#graph, summary, { specifier, name, member }, this.#profile) };
    const dead = [...deadRegions(summary.branches, facts), ...this.#graph.strippedRegions(summary)];
    const live: LiveModule = { summary, statements: new Map(), uncertain: new Set(), whole: false, evaluated: false, dead };
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
      if (!gone.has(index) && statement.effects.some((effect) => this.#profile.keeps(effect))) this.#queue.push(() => this.#useStatement(live, index, 'all'));
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
        if (hasEffects(this.#graph.module(target), this.#profile) || edge.names.length === 0) this.#link(live, target, edge.at);
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

  #useStatement(live: LiveModule, index: number, asked: Members): void {
    const members = isWholeList(live.summary, index, asked) ? 'all' : asked;
    const known = live.statements.get(index);
    const kept: LiveStatement = known ?? { members: new Set() };
    keepMembers(kept, members);
    live.statements.set(index, kept);
    if (known) return;
    const statement = live.summary.statements[index];
    if (!statement) return;
    this.#evaluate(live);
    this.#followReferences(live, statement);
    this.#followWrites(live, statement);
  }

  /** `Page.getInitialProps = …` and `key = …` stay with what they write to: the first name in them. */
  #followWrites(live: LiveModule, { declares }: Statement): void {
    if (declares.length === 0) return;
    live.summary.statements.forEach((statement, index) => {
      const writes = statement.effects.includes('local-write') || statement.effects.includes('prototype-write');
      const target = writes ? statement.references[0] : undefined;
      if (target && declares.includes(target.name)) this.#queue.push(() => this.#useStatement(live, index, 'all'));
    });
  }

  #followReferences(live: LiveModule, statement: Statement): void {
    for (const reference of statement.references) {
      if (!isInside(live.dead, reference.at)) this.#queue.push(() => this.#useName(live, reference));
    }
    for (const edge of live.summary.imports) {
      if (edge.how === 'import' || edge.how === 'reexport' || edge.typeOnly) continue;
      if (contains(statement.at, edge.at) && !isInside(live.dead, edge.at)) this.#queue.push(() => this.#followLoaded(live, edge));
    }
  }

  #useName(live: LiveModule, { name, members: read, destructured, optional, at }: Reference): void {
    const { summary } = live;
    const ofObject: Members = read && !(destructured && this.#profile.keepsDestructuredObject) ? read : 'all';
    const isHidden = (destructured && this.#profile.keepsDestructured) || (optional && this.#profile.keepsOptionalNamespace);
    const ofNamespace: Members = read && !isHidden ? read : 'all';
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
    if (loaded.summary.language === 'json') return this.#useJson(loaded, 'default', 'all');
    if (isCommonJs(loaded.summary)) return this.#useCommonJs(loaded, (edge.how === 'require' && edge.members) || 'all');
    const { keepsWholeDynamic, keepsRequiredModules } = this.#profile;
    if (edge.how === 'require' && keepsRequiredModules) return this.#useAllExports(target);
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

function isTypeScript({ language }: ModuleSummary): boolean {
  return language === 'ts' || language === 'tsx';
}

function isCommonJs(module: ModuleSummary): boolean {
  if (module.imports.some((edge) => edge.how === 'import' || edge.how === 'reexport')) return false;
  return module.exports.some((entry) => entry.name === 'module.exports') || (module.exports.length > 0 && module.exports.every((entry) => entry.local === undefined && !entry.from && entry.name !== 'default') && module.statements.every((statement) => !module.exports.some((entry) => statement.declares.includes(entry.name))));
}

function hasEffects(module: ModuleSummary | undefined, profile: BundlerProfile): boolean {
  return module?.statements.some((statement) => statement.effects.some((effect) => profile.keeps(effect))) ?? false;
}

/** Names that statements which are still there mention, or that are exported on. */
function usedNames(module: ModuleSummary, gone: ReadonlySet<number>, dead: readonly Span[]): Set<string> {
  const names = new Set<string>();
  module.statements.forEach((statement, index) => {
    if (gone.has(index)) return;
    for (const reference of statement.references) if (!isInside(dead, reference.at)) names.add(reference.name);
  });
  for (const edge of module.imports) {
    for (const name of edge.names) {
      const isExportedOn = module.exports.some((entry) => entry.from?.specifier === edge.specifier && entry.from.name === name.imported);
      if (isExportedOn) names.add(name.local);
    }
  }
  return names;
}

/** Statements that only stripped exports need, effects included: Next.js and React Router take them out together. */
function onlyUsedBy(module: ModuleSummary, stripped: readonly ExportEntry[]): Set<number> {
  const gone = new Set<number>();
  module.statements.forEach((statement, index) => {
    const isStripped = stripped.some((entry) => (entry.local !== undefined && statement.declares.includes(entry.local)) || (entry.local === undefined && contains(statement.at, entry.at)));
    if (isStripped) gone.add(index);
  });
  for (let grew = true; grew; ) {
    grew = false;
    module.statements.forEach((statement, index) => {
      if (gone.has(index) || statement.declares.length === 0) return;
      const users = module.statements.flatMap((other, position) => (other.references.some((reference) => statement.declares.includes(reference.name)) ? [position] : []));
      const isExported = module.exports.some((entry) => entry.local !== undefined && statement.declares.includes(entry.local) && !stripped.includes(entry));
      if (isExported || users.length === 0 || !users.every((position) => gone.has(position))) return;
      gone.add(index);
      grew = true;
    });
  }
  return gone;
}

function exportsName(graph: LivenessGraph, file: string, name: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  const module = graph.module(file);
  if (!module) return false;
  if (module.exports.some((entry) => entry.name === name && !entry.typeOnly) || isCommonJs(module)) return true;
  return module.exports.some((entry) => entry.name === '*' && entry.from !== undefined && graph.targets(file, { specifier: entry.from.specifier, how: 'reexport' }).some((target) => exportsName(graph, target, name, seen)));
}

function isInside(regions: readonly Span[], at: Span): boolean {
  return regions.some((region) => contains(region, at));
}

export function contains(outer: Span, inner: Span): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}

/** Whether what stands at `at` ships, as far as liveness was followed. `undefined`: it does not. */
export function shippedAt(live: LiveModule, at: Span, profile: BundlerProfile): 'certain' | 'possible' | undefined {
  if (isInside(live.dead, at)) return undefined;
  if (live.whole) return 'certain';
  if (live.summary.language === 'json') {
    const keys = live.summary.exports.filter((entry) => entry.name !== 'default').map((entry) => ({ name: entry.name, at: entry.at }));
    const kept = live.statements.get(0);
    const keepsWhole = kept?.reexported ? profile.keepsWholeJson || undefined : profile.keepsWholeJson;
    return shippedProperty(kept, at, keys, kept?.byDefault ? keepsWhole : profile.treeShaking !== 'export');
  }
  for (const [index, kept] of live.statements) {
    const statement = live.summary.statements[index];
    if (!statement || !contains(statement.at, at)) continue;
    const keepsUnused = keepsUnusedIn(live.summary, statement, profile);
    const shipped = shippedProperty(kept, at, propertiesOf(live.summary, statement), keepsUnused);
    return shipped && live.uncertain.has(index) ? 'possible' : shipped;
  }
  return undefined;
}

function shippedProperty(kept: LiveStatement | undefined, at: Span, properties: readonly Property[], keepsUnused: boolean | undefined): 'certain' | 'possible' | undefined {
  if (!kept) return undefined;
  if (kept.members === 'all' || isReadAt([...kept.members], at, properties)) return 'certain';
  return keepsUnused === undefined ? 'possible' : keepsUnused ? 'certain' : undefined;
}

/** Whether what stands at `at` belongs to one of the members, or to no property at all. */
function isReadAt(members: readonly string[], at: Span, properties: readonly Property[]): boolean {
  const property = properties.find((each) => contains(each.at, at));
  if (!property) return true;
  const steps = members.map(stepOf).filter((step) => step.name === property.name);
  const deeper = steps.flatMap((step) => (step.rest === undefined ? [] : [step.rest]));
  if (deeper.length < steps.length) return true;
  return deeper.length > 0 && isReadAt(deeper, at, property.value ? propertiesOfValue(property.value) : []);
}

/** The first step of a member's path, and what follows it. */
function stepOf(member: string): { readonly name: string; readonly rest?: string } {
  const end = member.indexOf('\0');
  return end < 0 ? { name: member } : { name: member.slice(0, end), rest: member.slice(end + 1) };
}

/** `keys.find(…)`, `keys.length`: a list of which something else than an item is asked. */
function isWholeList(module: ModuleSummary, index: number, members: Members): boolean {
  const isList = members !== 'all' && module.statements[index]?.declares.some((name) => module.bindings[name]?.kind === 'array');
  return isList === true && members.some((member) => !/^\d+$/.test(stepOf(member).name));
}

function keepsUnusedIn(module: ModuleSummary, statement: Statement, profile: BundlerProfile): boolean | undefined {
  const isExported = module.exports.some((entry) => entry.local !== undefined && statement.declares.includes(entry.local));
  if (statement.enumeration && isExported) return profile.keepsEnumMembers;
  if (statement.enumeration) return profile.treeShaking !== 'export';
  if (module.exports.some((entry) => entry.name === 'module.exports' && contains(statement.at, entry.at))) return profile.keepsUnusedCommonJs;
  const isArray = statement.declares.some((name) => module.bindings[name]?.kind === 'array');
  if (isArray) return profile.keepsUnusedItems;
  // Methods and getters may read the other properties; who looks into them differs.
  const hasCode = propertiesOf(module, statement).some(({ value }) => value?.kind === 'function' || value?.kind === 'call');
  return hasCode ? profile.keepsUnusedProperty || undefined : profile.keepsUnusedProperty;
}

/** The top-level properties of the object, enumeration or array that a statement declares or exports by default. */
function propertiesOf(module: ModuleSummary, statement: Statement): Property[] {
  const name = statement.declares[0];
  const value = name === undefined ? module.exports.find((entry) => (entry.name === 'default' || entry.name === 'module.exports') && contains(statement.at, entry.at))?.value : module.bindings[name];
  return value ? propertiesOfValue(value) : [];
}

interface Property { readonly name: string; readonly at: Span; readonly value?: Value }

function propertiesOfValue(value: Value): Property[] {
  if (value.kind === 'array') return value.items.map((item, index) => ({ name: String(index), at: item.at, value: item.value }));
  if (value.kind !== 'object') return [];
  return value.entries.flatMap((entry) => (entry.key?.kind === 'text' ? [{ name: entry.key.text, at: entry.at, value: entry.value }] : []));
}

/** `import text from "./x.js?raw"`: the file itself. */
function isRawText(specifier: string): boolean {
  return /\?(?:raw|url|inline)\b/.test(specifier);
}
