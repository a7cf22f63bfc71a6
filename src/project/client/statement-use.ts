import type { ExportEntry, ModuleSummary } from '../../syntax/module-summary.ts';
import { contains, type Span } from '../../syntax/span.ts';
import type { BundlerProfile } from './bundler-profile.ts';
import { isInside } from './live-module.ts';

export function isCommonJs(module: ModuleSummary): boolean {
  if (module.imports.some((edge) => edge.how === 'import' || edge.how === 'reexport')) return false;
  return module.exports.some((entry) => entry.name === 'module.exports') || (module.exports.length > 0 && module.exports.every((entry) => entry.local === undefined && !entry.from && entry.name !== 'default') && module.statements.every((statement) => !module.exports.some((entry) => statement.declares.includes(entry.name))));
}

export function hasEffects(module: ModuleSummary | undefined, profile: BundlerProfile): boolean {
  return module?.statements.some((statement) => statement.effects.some((effect) => profile.keeps(effect))) ?? false;
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
