import { isKeyHeader } from '../hilt/header.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Value } from '../syntax/value.ts';
import { partsOf } from '../syntax/value-parts.ts';
import { needsCall } from './composed-secrets.ts';
import { stepsOfSurvey, type Evaluator } from './evaluate.ts';
import type { ModuleEdge } from './graph/module-graph.ts';
import type { Project } from './project.ts';
import type { Resolved } from './resolved.ts';

const prefixes = ['hk_live_', 'hk_sandbox_'];
const maxHops = 6;
const maxFiles = 500;

/**
 * Files that may put a key together from pieces that another module exports, or hand a secret to a wrapper: the importers
 * of modules that export the beginning of a key or fill a slot from an argument, through re-exports. They need not mention
 * Hilt themselves.
 */
export function findComposers(modules: Iterable<ModuleSummary>, project: Pick<Project, 'evaluator'>, importersOf: (file: string) => readonly ModuleEdge[], fillsSlots: (module: ModuleSummary) => boolean): string[] {
  const sources = [...modules].filter((module) => (module.exports.length > 0 && (exportsFragment(module, project.evaluator) || completesFragment(module))) || fillsSlots(module));
  if (sources.length === 0) return [];
  const found = new Set<string>();
  const queue = sources.map(({ file }) => ({ file, hops: 0 }));
  for (let next = queue.shift(); next && found.size < maxFiles; next = queue.shift()) {
    if (next.hops >= maxHops) continue;
    for (const edge of importersOf(next.file)) {
      if (edge.typeOnly || found.has(edge.from)) continue;
      found.add(edge.from);
      queue.push({ file: edge.from, hops: next.hops + 1 });
    }
  }
  return [...found];
}

/** A function that puts the beginning of a key before its argument. */
function completesFragment(module: ModuleSummary): boolean {
  if (!module.mentions.key) return false;
  return module.folds.some((fold) => fold.fn >= 0 && needsCall(fold) && textsIn(fold.value, 0).some(isFragment));
}

function textsIn(value: Value, depth: number): string[] {
  if (depth > 8) return [];
  switch (value.kind) {
    case 'text':
      return [value.text];
    case 'concat':
    case 'choice':
    case 'array':
    case 'call':
      return partsOf(value).flatMap((part) => textsIn(part, depth + 1));
    case 'member':
      return textsIn(value.object, depth + 1);
    default:
      return [];
  }
}

function exportsFragment(module: ModuleSummary, evaluator: Evaluator): boolean {
  if (!module.mentions.key && !module.mentions.hiltPay) return false;
  return evaluator.withOwnBudget(module.file, stepsOfSurvey, () => module.exports.some((entry) => entry.value !== undefined && holdsFragment(evaluator.look(module, entry.value), evaluator, 0)));
}

function holdsFragment(value: Resolved, evaluator: Evaluator, depth: number): boolean {
  if (depth > 3) return false;
  switch (value.kind) {
    case 'text':
      return isFragment(value.text) || isKeyHeader(value.text);
    case 'choice':
      return value.options.some((option) => holdsFragment(option, evaluator, depth + 1));
    case 'array':
      return value.items.slice(0, 64).some((item) => holdsFragment(evaluator.head(item), evaluator, depth + 1));
    case 'object':
      return value.entries.slice(0, 256).some((entry) => holdsFragment(evaluator.head(entry.value), evaluator, depth + 1));
    case 'function':
      return (value.module.functions[value.fn]?.returns ?? []).some((returned) => mayBeFragment(returned) && holdsFragment(evaluator.look(value.module, returned), evaluator, depth + 1));
    case 'class': {
      const statics = value.module.classes[value.cls]?.statics ?? {};
      return Object.values(statics).some((held) => holdsFragment(evaluator.look(value.module, held), evaluator, depth + 1));
    }
    case 'concat':
      return value.parts.some((part) => holdsFragment(part, evaluator, depth + 1));
    default:
      return false;
  }
}

/** What a function gets from another one is that one's, if it is exported; to follow all that services of an application give would take seconds. */
function mayBeFragment(value: Value): boolean {
  if (value.kind === 'object') return value.entries.some((entry) => entry.value.kind !== 'binding' && mayBeFragment(entry.value));
  return value.kind !== 'call' && value.kind !== 'parameter';
}

/** Ends like the beginning of a key, or holds a prefix with too little behind it. */
function isFragment(text: string): boolean {
  if (prefixes.some((prefix) => text.includes(prefix) || text.includes([...prefix].reverse().join('')))) return true;
  return prefixes.some((prefix) => Array.from({ length: prefix.length - 1 }, (_, index) => prefix.slice(0, index + 2)).some((beginning) => text.endsWith(beginning)));
}
