import type { ModuleSummary, Use } from '../syntax/module-summary.ts';
import { groupBy } from '../syntax/group-by.ts';
import type { Place } from './resolved.ts';

const usesByStart = new WeakMap<ModuleSummary, ReadonlyMap<number, readonly Use[]>>();

/** What a module does at exactly this place: calls, assignments, properties. */
export function usesAt({ module, at }: Place): readonly Use[] {
  let byStart = usesByStart.get(module);
  if (!byStart) usesByStart.set(module, (byStart = groupBy(module.uses, (use) => use.at[0])));
  return byStart.get(at[0])?.filter((use) => use.at[1] === at[1]) ?? [];
}
