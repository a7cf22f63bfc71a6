import type { Effect, ExportEntry, ImportedCall, ModuleSummary, Statement } from '../../syntax/module-summary.ts';
import { contains, type Span } from '../../syntax/span.ts';
import type { BundlerProfile } from './bundler-profile.ts';
import { isInside } from './live-module.ts';
import type { LivenessGraph } from './liveness-graph.ts';

export function isCommonJs(module: ModuleSummary): boolean {
  if (module.imports.some((edge) => edge.how === 'import' || edge.how === 'reexport')) return false;
  return module.exports.some((entry) => entry.name === 'module.exports') || (module.exports.length > 0 && module.exports.every((entry) => entry.local === undefined && !entry.from && entry.name !== 'default') && module.statements.every((statement) => !module.exports.some((entry) => statement.declares.includes(entry.name))));
}

export function hasEffects(graph: LivenessGraph, module: ModuleSummary | undefined, profile: BundlerProfile): boolean {
  return module?.statements.some((statement) => isKept(graph, module, statement, profile)) ?? false;
}

/** Whether a statement stays although nobody uses what it declares. */
export function isKept(graph: LivenessGraph, module: ModuleSummary, statement: Statement, profile: BundlerProfile): boolean {
  return statement.effects.some((effect) => (effect === 'import-call' ? (statement.calls ?? []).some((call) => effectsOfCall(graph, module, call, profile, 0).some(profile.keeps)) : profile.keeps(effect)));
}

const maxHops = 8;

/** What a call of something imported does; of a class that is not in the repository nothing is known but that it is one. */
function effectsOfCall(graph: LivenessGraph, module: ModuleSummary, { specifier, name, isNew }: ImportedCall, profile: BundlerProfile, hops: number): readonly Effect[] {
  const unknown: readonly Effect[] = [isNew ? 'new-outside' : 'effect'];
  // Without tree shaking nobody looks across modules.
  if (profile.treeShaking !== 'export') return unknown;
  const target = hops > maxHops ? undefined : graph.imported(module, specifier);
  if (!target) return unknown;
  const entry = target.exports.find((each) => each.name === name && !each.typeOnly);
  if (!entry) return target.exports.some((each) => each.name === '*') ? effectsBehindStars(graph, target, { specifier, name, isNew }, profile, hops) : unknown;
  if (entry.from) return effectsOfCall(graph, target, { ...entry.from, isNew }, profile, hops + 1);
  const local = entry.local ?? entry.name;
  return (target.callEffects && Object.hasOwn(target.callEffects, local) ? target.callEffects[local] : undefined) ?? ['effect'];
}

/** `export *`: the first module that has the name. */
function effectsBehindStars(graph: LivenessGraph, target: ModuleSummary, call: ImportedCall, profile: BundlerProfile, hops: number): readonly Effect[] {
  for (const entry of target.exports) {
    const behind = entry.name === '*' && entry.from ? graph.imported(target, entry.from.specifier) : undefined;
    if (behind?.exports.some((each) => each.name === call.name)) return effectsOfCall(graph, target, { ...call, specifier: entry.from?.specifier ?? '' }, profile, hops + 1);
  }
  return ['effect'];
}

/** Names that statements which are still there mention, or that are exported on. */
export function usedNames(module: ModuleSummary, gone: ReadonlySet<number>, dead: readonly Span[]): Set<string> {
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
export function onlyUsedBy(module: ModuleSummary, stripped: readonly ExportEntry[]): Set<number> {
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
