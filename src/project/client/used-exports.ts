import type { ExportEntry } from '../../syntax/module-summary.ts';
import { contains } from '../../syntax/span.ts';
import { keepMembers, stepOf, type LiveModule, type LiveStatement, type Members } from './live-module.ts';
import type { LiveSearch } from './live-search.ts';
import type { LivenessGraph } from './liveness-graph.ts';
import { isCommonJs } from './statement-use.ts';

/** Follows exports that are used to the statements that make them, through re-exports. */
export class UsedExports {
  readonly #search: LiveSearch;
  readonly #asked = new Set<string>();
  readonly #used = new Map<string, Set<string>>();

  constructor(search: LiveSearch) {
    this.#search = search;
  }

  /** The exports that are used, by file; `*` for all of them. */
  get used(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#used;
  }

  /** Uses what an import names: an export, or with `*` the members of the namespace that are read. */
  useImported(target: string, imported: string, members: Members): void {
    if (imported !== '*') return this.use(target, imported, members);
    if (members === 'all') return this.useAll(target);
    for (const member of members) {
      const { name, rest } = stepOf(member);
      this.use(target, name, rest === undefined ? 'all' : [rest]);
    }
  }

  #markUsed(file: string, name: string): void {
    const names = this.#used.get(file);
    if (names) names.add(name);
    else this.#used.set(file, new Set([name]));
  }

  useAll(file: string): void {
    // Two barrels may re-export each other.
    const question = `${file}\n*`;
    if (this.#asked.has(question)) return;
    this.#asked.add(question);
    this.#markUsed(file, '*');
    const live = this.#search.include(file);
    if (!live) return;
    for (const entry of live.summary.exports) {
      if (entry.typeOnly) continue;
      if (entry.name === '*') this.useStar(file, entry);
      else this.#search.later(() => this.use(file, entry.name, 'all'));
    }
  }

  /** Uses all that `export * from` passes on. */
  useStar(file: string, entry: ExportEntry): void {
    const live = this.#search.include(file);
    if (!live || !entry.from) return;
    for (const target of this.#search.targets(live.summary, { specifier: entry.from.specifier, how: 'reexport' })) {
      this.#search.link(live, target, entry.at);
      this.#search.later(() => this.useAll(target));
    }
  }

  /** Uses an export by its name; `members`: what of the value is read. */
  use(file: string, name: string, members: Members): void {
    const question = `${file}\n${name}\n${members === 'all' ? '*' : members.join()}`;
    if (this.#asked.has(question)) return;
    this.#asked.add(question);
    this.#markUsed(file, name);
    const live = this.#search.include(file);
    if (!live) return;
    const { summary } = live;
    if (summary.language === 'json') return this.useJson(live, name, members);
    const own = summary.exports.filter((entry) => entry.name === name && !entry.typeOnly);
    for (const entry of own) this.#useEntry(live, entry, members);
    if (own.length > 0) return;
    const whole = summary.exports.filter((entry) => entry.name === 'module.exports');
    if (whole.length > 0 || isCommonJs(summary)) return this.useCommonJs(live, name === 'default' ? members : [name]);
    for (const entry of summary.exports) {
      if (entry.name !== '*' || !entry.from || name === 'default') continue;
      for (const target of this.#search.targets(summary, { specifier: entry.from.specifier, how: 'reexport' })) {
        if (!exportsName(this.#search.graph, target, name)) continue;
        this.#search.link(live, target, entry.at);
        this.#search.later(() => this.use(target, name, members));
      }
    }
  }

  #useEntry(live: LiveModule, entry: ExportEntry, members: Members): void {
    if (entry.from) {
      for (const target of this.#search.targets(live.summary, { specifier: entry.from.specifier, how: 'reexport' })) {
        this.#search.link(live, target, entry.at);
        const { name } = entry.from;
        const taken = name === '*' && this.#search.profile.keepsReexportedNamespace ? 'all' : members;
        this.#search.later(() => this.useImported(target, name, taken));
        if (this.#search.graph.module(target)?.language === 'json') this.#search.later(() => this.#markReexported(target));
      }
      return;
    }
    live.summary.statements.forEach((statement, index) => {
      const declares = entry.local !== undefined && statement.declares.includes(entry.local);
      // `export default config` only names what another statement holds.
      if (!declares && entry.local !== undefined && statement.effects.length === 0 && statement.declares.length === 0) return;
      const isDefault = entry.name === 'default' && contains(statement.at, entry.at);
      if (declares || isDefault || contains(statement.at, entry.at)) this.#search.useStatement(live, index, declares || isDefault ? members : 'all');
    });
  }

  #markReexported(file: string): void {
    const kept = this.#search.include(file)?.statements.get(0);
    if (kept) kept.reexported = true;
  }

  /** The module runs as it is; which of its exports that nobody reads are left out differs from bundler to bundler. */
  useCommonJs(live: LiveModule, members: Members): void {
    const unread = members === 'all' ? [] : live.summary.exports.filter((entry) => entry.name !== 'module.exports' && !members.some((member) => stepOf(member).name === entry.name));
    live.summary.statements.forEach((statement, index) => {
      const isUnread = unread.some((entry) => contains(statement.at, entry.at));
      if (isUnread && this.#search.profile.keepsUnusedCommonJs === false) return;
      if (isUnread && this.#search.profile.keepsUnusedCommonJs === undefined) live.uncertain.add(index);
      else live.uncertain.delete(index);
      const isWhole = live.summary.exports.some((entry) => entry.name === 'module.exports' && contains(statement.at, entry.at));
      this.#search.useStatement(live, index, isWhole ? members : 'all');
    });
  }

  /** JSON is one object, whose members are exports too. */
  useJson(live: LiveModule, name: string, members: Members): void {
    const known = live.statements.get(0);
    const kept: LiveStatement = known ?? { members: new Set() };
    keepMembers(kept, name === 'default' ? members : members === 'all' ? [name] : members.map((member) => `${name}\0${member}`));
    if (name === 'default' && members !== 'all') kept.byDefault = true;
    live.statements.set(0, kept);
  }
}

function exportsName(graph: LivenessGraph, file: string, name: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  const module = graph.module(file);
  if (!module) return false;
  if (module.exports.some((entry) => entry.name === name && !entry.typeOnly) || isCommonJs(module)) return true;
  return module.exports.some((entry) => entry.name === '*' && entry.from !== undefined && graph.targets(file, { specifier: entry.from.specifier, how: 'reexport' }).some((target) => exportsName(graph, target, name, seen)));
}
