import type { ModuleSummary, Reference, Statement } from '../../syntax/module-summary.ts';
import { contains, type Span } from '../../syntax/span.ts';
import { isInside, keepMembers, stepOf, type LiveModule, type LiveStatement, type Members } from './live-module.ts';
import { isRawText, type LiveSearch } from './live-search.ts';

/** Follows what statements that are used refer to. */
export class UsedStatements {
  readonly #search: LiveSearch;
  /** Members that were handed on already. */
  readonly #handed = new Set<string>();

  constructor(search: LiveSearch) {
    this.#search = search;
  }

  /** A statement that is kept for what it does: of one that is not used besides, only the places that do it. */
  keep(live: LiveModule, index: number): void {
    const statement = live.summary.statements[index];
    if (!statement?.places || this.#search.profile.keepsIdleParts(statement.placesOf)) return this.use(live, index, 'all');
    if (live.places.has(index) || live.statements.has(index)) return;
    live.places.set(index, statement.places);
    this.#followReferences(live, statement, statement.places);
  }

  /** A statement of which something is used; `asked`: what of its value is read. */
  use(live: LiveModule, index: number, asked: Members): void {
    const members = isWholeList(live.summary, index, asked) ? 'all' : asked;
    const known = live.statements.get(index);
    const kept: LiveStatement = known ?? { members: new Set() };
    keepMembers(kept, members);
    live.statements.set(index, kept);
    const statement = live.summary.statements[index];
    if (!statement) return;
    this.#handOn(live, statement, members);
    if (known) return;
    this.#search.evaluate(live);
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
      this.#search.later(() => this.#useName(live, { name: reference.name, at: reference.at, ...(passed ? { members: passed, renamed: true } : {}) }));
    }
  }

  /** `Page.getInitialProps = …` and `key = …` stay with what they write to: the first name in them. */
  #followWrites(live: LiveModule, { declares }: Statement): void {
    if (declares.length === 0) return;
    live.summary.statements.forEach((statement, index) => {
      const writes = statement.effects.some((effect) => effect === 'local-write' || effect === 'prototype-write' || effect === 'array-call');
      const target = writes ? statement.references[0] : undefined;
      if (target && declares.includes(target.name)) this.#search.later(() => this.use(live, index, 'all'));
    });
  }

  /** `within`: only what stands in these places. */
  #followReferences(live: LiveModule, statement: Statement, within?: readonly Span[]): void {
    for (const reference of statement.references) {
      if (reference.handsOn && !within) continue;
      if (!isInside(live.dead, reference.at) && (!within || isInside(within, reference.at))) this.#search.later(() => this.#useName(live, reference));
    }
    for (const edge of live.summary.imports) {
      if (edge.how === 'import' || edge.how === 'reexport' || edge.typeOnly) continue;
      if (contains(statement.at, edge.at) && !isInside(live.dead, edge.at) && (!within || isInside(within, edge.at))) this.#search.later(() => this.#search.followLoaded(live, edge));
    }
  }

  #useName(live: LiveModule, { name, members: read, destructured, optional, renamed, indexed, asksType, at }: Reference): void {
    const { summary } = live;
    if (asksType && this.#search.profile.foldsTypeof && this.#isText(summary, name)) return;
    const isWhole = (destructured && this.#search.profile.keepsDestructuredObject) || (indexed && this.#search.profile.keepsIndexed);
    const ofObject: Members = read && !isWhole ? read : 'all';
    const isHidden = renamed || indexed || (destructured && this.#search.profile.keepsDestructured) || (optional && this.#search.profile.keepsOptionalNamespace);
    const ofNamespace: Members = !read || isHidden ? 'all' : destructured ? read.map((member) => stepOf(member).name) : read;
    summary.statements.forEach((statement, index) => {
      if (statement.declares.includes(name)) this.use(live, index, ofObject);
    });
    for (const edge of summary.imports) {
      const imported = edge.names.find((each) => each.local === name && !each.typeOnly);
      if (!imported || edge.typeOnly) continue;
      for (const target of this.#search.targets(summary, edge)) {
        if (isRawText(edge.specifier)) this.#useWhole(target);
        this.#search.link(live, target, at[0] >= edge.at[0] && at[1] <= edge.at[1] ? at : edge.at);
        const isJson = this.#search.graph.module(target)?.language === 'json';
        this.#search.useImported(target, imported.imported, imported.imported === '*' || isJson ? ofNamespace : ofObject);
      }
    }
  }

  /** Of a file that is taken as a text, all of it. */
  #useWhole(target: string): void {
    const live = this.#search.include(target);
    if (live) live.whole = true;
  }

  /** Whether a name is of a constant text, here or in the module that it is imported from. */
  #isText(summary: ModuleSummary, name: string): boolean {
    const edge = summary.imports.find((each) => each.names.some((imported) => imported.local === name));
    if (!edge) return isTextConstant(summary, name);
    const imported = edge.names.find((each) => each.local === name)?.imported;
    const target = this.#search.graph.imported(summary, edge.specifier);
    const entry = target?.exports.find((each) => each.name === imported);
    return target !== undefined && entry?.local !== undefined && isTextConstant(target, entry.local);
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
