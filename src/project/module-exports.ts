import { environmentObject } from '../syntax/estree/environment.ts';
import type { ExportEntry, ModuleSummary } from '../syntax/module-summary.ts';
import type { Span } from '../syntax/span.ts';
import type { Evaluator } from './evaluate.ts';
import type { Resolved } from './resolved.ts';
import { declaredFunction } from './types/declared-function.ts';

const unknown: Resolved = { kind: 'unknown' };

/** What a module exports under a name, through re-exports. `undefined`: it has no such export. */
export function exportOf(evaluator: Evaluator, module: ModuleSummary, name: string, seen: Set<ModuleSummary> = new Set()): Resolved | undefined {
  if (seen.has(module)) return undefined;
  seen.add(module);
  const entry = module.exports.findLast((each) => each.name === name && !each.typeOnly);
  if (entry) return exportedBy(evaluator, module, entry, seen);
  const whole = module.exports.find((each) => each.name === 'module.exports');
  if (whole?.value) {
    const value = evaluator.head(evaluator.lazy(module, whole.value));
    return name === 'default' ? value : evaluator.property(value, name);
  }
  for (const star of module.exports) {
    if (star.name !== '*' || !star.from || star.typeOnly || name === 'default') continue;
    const target = evaluator.linker.resolve(module, star.from.specifier);
    const found = target && exportOf(evaluator, target, name, seen);
    if (found) return found;
  }
  const declared = declaredExport(evaluator, module, name);
  if (declared) return declared;
  // `exports.a = …` seen through a default import: the namespace itself; so is a component that a file is as a whole.
  if (name === 'default' && (module.exports.length > 0 || isComponent(module)) && !module.exports.some((each) => each.name === 'default')) return { kind: 'namespace', module };
  return undefined;
}

export function importedFrom(evaluator: Evaluator, module: ModuleSummary, specifier: string, name: string, at?: Span): Resolved {
  const target = evaluator.linker.resolve(module, specifier);
  const inner = module.language === 'python' && name !== '*' ? submoduleOf(evaluator, module, specifier, name, target) : undefined;
  if (inner) return inner;
  if (!target) {
    const access = environmentObject(specifier, name);
    if (access) return { kind: 'environment', access, specifier };
    if (/^(?:node:)?process$/.test(specifier) && (name === 'default' || name === '*')) return { kind: 'global', path: 'process' };
    return { kind: 'outside', specifier, name, ...(at ? { place: { module, at } } : {}) };
  }
  if (name === '*') return namespaceOf(evaluator, target);
  return exportOf(evaluator, target, name) ?? unknown;
}

/** A name that no scope of a Python module declares may come from `from module import *`. `path` is the name, with what is read of it. */
export function importedByStar(evaluator: Evaluator, module: ModuleSummary, path: string): Resolved | undefined {
  if (module.language !== 'python' || !module.exports.some(({ name }) => name === '*')) return undefined;
  const [name = '', ...members] = path.split('.');
  if (name.startsWith('_')) return undefined;
  const found = exportOf(evaluator, module, name);
  return found && members.reduce((object, member) => evaluator.property(object, member), found);
}

/** `from package import module`: what the package does not export is a file in it. */
function submoduleOf(evaluator: Evaluator, module: ModuleSummary, specifier: string, name: string, target: ModuleSummary | undefined): Resolved | undefined {
  if (target?.exports.some((entry) => entry.name === name)) return undefined;
  const inner = evaluator.linker.resolve(module, /\.$/.test(specifier) ? specifier + name : `${specifier}.${name}`);
  return inner && inner !== target ? namespaceOf(evaluator, inner) : undefined;
}

function namespaceOf(evaluator: Evaluator, module: ModuleSummary): Resolved {
  const whole = module.exports.find((entry) => entry.name === 'module.exports');
  return whole?.value ? evaluator.head(evaluator.lazy(module, whole.value)) : { kind: 'namespace', module };
}

/** `export declare const x: "…"`, `export declare const enum E { … }`, `export declare function f(): T`: what a declaration file tells. */
function declaredExport(evaluator: Evaluator, module: ModuleSummary, name: string): Resolved | undefined {
  const local = module.exports.findLast((each) => each.name === name && each.local !== undefined)?.local;
  if (local === undefined) return undefined;
  const fn = declaredFunction(module, local).type;
  if (fn) return { kind: 'unknown', type: fn };
  const bound = Object.hasOwn(module.bindings, local) ? module.bindings[local] : undefined;
  return bound && (bound.kind === 'unknown' || bound.kind === 'object') ? evaluator.look(module, bound) : undefined;
}

function exportedBy(evaluator: Evaluator, module: ModuleSummary, entry: ExportEntry, seen: Set<ModuleSummary>): Resolved | undefined {
  if (entry.value) return evaluator.head(evaluator.lazy(module, entry.value));
  if (!entry.from) return undefined;
  const target = evaluator.linker.resolve(module, entry.from.specifier);
  if (!target) return { kind: 'outside', specifier: entry.from.specifier, name: entry.from.name, place: { module, at: entry.at } };
  return entry.from.name === '*' ? namespaceOf(evaluator, target) : exportOf(evaluator, target, entry.from.name, seen);
}

/** A file that is a component, whatever it exports besides. */
function isComponent({ language }: ModuleSummary): boolean {
  return language === 'vue' || language === 'svelte' || language === 'astro';
}
