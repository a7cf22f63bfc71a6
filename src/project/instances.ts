import type { ModuleSummary, Use } from '../syntax/module-summary.ts';
import { frameOf } from './calls.ts';
import type { Project } from './project.ts';
import type { Frame, Lazy, Place, Resolved } from './resolved.ts';
import { inParameterOrder } from './signature.ts';

/** Something a program does, seen with the arguments of the calls that lead to it. */
export interface Instance {
  readonly use: Use;
  /** The module that the use is written in. */
  readonly module: ModuleSummary;
  readonly frame: Frame | undefined;
  /** The calls that lead from the asked module to the use, outermost first; empty for its own uses. */
  readonly calls: readonly Place[];
}

/** Wrappers inside wrappers that are followed. */
export const maxWrapperDepth = 5;
const maxInstances = 20_000;

/** Everything that a module does: its own uses, and those of the functions, constructors and methods it calls, with its arguments filled in. */
export function instancesOf(project: Project, module: ModuleSummary): Instance[] {
  const found: Instance[] = [];
  const usesByFunction = new Map<ModuleSummary, Map<number, Use[]>>();
  const active = new Set<string>();

  function usesIn(owner: ModuleSummary, fn: number): readonly Use[] {
    let byFunction = usesByFunction.get(owner);
    if (!byFunction) usesByFunction.set(owner, (byFunction = groupByFunction(owner)));
    return byFunction.get(fn) ?? [];
  }

  function follow(owner: ModuleSummary, use: Use, frame: Frame | undefined, calls: readonly Place[]): void {
    if (use.kind !== 'call' || calls.length >= maxWrapperDepth || found.length > maxInstances) return;
    const { evaluator } = project;
    const callee = evaluator.head({ module: owner, value: use.callee, frame, at: use.at });
    const args: Lazy[] = use.args.map((item) => ({ module: owner, value: item.value, frame, at: item.at, ...(item.spread ? { spread: true as const } : {}) }));
    for (const target of targetsOf(project, callee, args, use.isNew, (frame?.depth ?? 0) + 1)) {
      const key = `${target.module.file}:${target.fn}`;
      if (active.has(key)) continue;
      active.add(key);
      for (const inner of usesIn(target.module, target.fn)) {
        found.push({ use: inner, module: target.module, frame: target, calls: [...calls, { module: owner, at: use.at }] });
        follow(target.module, inner, target, [...calls, { module: owner, at: use.at }]);
      }
      active.delete(key);
    }
  }

  for (const use of module.uses) found.push({ use, module, frame: undefined, calls: [] });
  for (const use of module.uses) follow(module, use, undefined, []);
  return found;
}

/** Uses by the function they stand in; those of a nested function count for the enclosing ones too, since callbacks run. */
function groupByFunction(module: ModuleSummary): Map<number, Use[]> {
  const groups = new Map<number, Use[]>();
  for (const use of module.uses) {
    for (let fn = use.fn; fn >= 0; fn = module.functions[fn]?.parent ?? -1) {
      const group = groups.get(fn);
      if (group) group.push(use);
      else groups.set(fn, [use]);
    }
  }
  return groups;
}

function targetsOf(project: Project, callee: Resolved, args: readonly Lazy[], isNew: boolean, depth: number): Frame[] {
  switch (callee.kind) {
    case 'choice':
      return callee.options.flatMap((option) => targetsOf(project, option, args, isNew, depth));
    case 'function':
      return [frameOf(callee, args, depth)];
    case 'class': {
      const cls = callee.module.classes[callee.cls];
      if ((!isNew && callee.module.language !== 'python') || cls?.constructor_ === undefined) return [];
      const self: Resolved = { kind: 'instance', module: callee.module, cls: callee.cls, args, frame: callee.frame };
      const ordered = inParameterOrder(callee.module, callee.module.functions[cls.constructor_], args);
      return [{ module: callee.module, fn: cls.constructor_, args: ordered, self, outer: callee.frame, depth }];
    }
    default:
      return [];
  }
}
