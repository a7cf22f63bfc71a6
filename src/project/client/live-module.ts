import { isMarkupLanguage, isScriptLanguage } from '../../sources/language.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { contains, type Span } from '../../syntax/span.ts';

/** What ships of one module. */
export interface LiveModule {
  readonly summary: ModuleSummary;
  /** Whole statements, by index; `members` limits a kept object to the properties that are read. */
  readonly statements: Map<number, LiveStatement>;
  /** Of statements that are kept for what they do alone: the places that do it, by index. */
  readonly places: Map<number, readonly Span[]>;
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

/** A program of which only the text was searched, so that what of it is used is not known. Of a page all is shown. */
export function isUnread({ parse, language }: ModuleSummary): boolean {
  return parse === 'text' && (isScriptLanguage(language) || isMarkupLanguage(language)) && language !== 'html';
}

/** What is used of an object or a namespace: paths of names, their steps joined by NUL. */
export type Members = 'all' | readonly string[];

export function keepMembers(kept: LiveStatement, members: Members): void {
  if (members === 'all') kept.members = 'all';
  else if (kept.members !== 'all') for (const member of members) kept.members.add(member);
}

/** The first step of a member's path, and what follows it. */
export function stepOf(member: string): { readonly name: string; readonly rest?: string } {
  const end = member.indexOf('\0');
  return end < 0 ? { name: member } : { name: member.slice(0, end), rest: member.slice(end + 1) };
}

export function isInside(regions: readonly Span[], at: Span): boolean {
  return regions.some((region) => contains(region, at));
}
