import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { decide, type Facts } from './dead-regions.ts';
import type { LivenessGraph } from './liveness-graph.ts';

const maxHops = 8;

/** A flag of another module: `debug`, `flags.debug`. */
interface ImportedFlag { readonly specifier: string; readonly name: string; readonly member: string | undefined }

/**
 * How a flag comes out that a module imports: a constant, a test that the bundler decides (`export const isDev = …`), a property of
 * a plain object. `undefined`: it is known at run time only, or this bundler does not look.
 */
export function importedFlag(graph: LivenessGraph, module: ModuleSummary, flag: ImportedFlag, facts: Facts, hops = 0): boolean | undefined {
  const { specifier, name, member } = flag;
  if (hops > maxHops || !facts.foldsFlag('imported')) return undefined;
  if (name === '*') return member === undefined ? undefined : importedFlag(graph, module, { specifier, name: member, member: undefined }, facts, hops + 1);
  const plain = member === undefined ? graph.importedFlag(module, specifier, name) : undefined;
  if (plain !== undefined) return plain;
  const target = graph.imported(module, specifier);
  const entry = target?.exports.find((each) => each.name === name && !each.typeOnly);
  if (!target || !entry) return undefined;
  if (entry.from) return importedFlag(graph, target, { ...entry.from, member }, facts, hops + 1);
  const local = entry.local ?? '';
  if (member !== undefined) return facts.foldsFlag('object') ? constantProperty(target, local, member) : undefined;
  const test = target.flags?.[local];
  return test && decide(test, facts);
}

function constantProperty(module: ModuleSummary, name: string, property: string): boolean | undefined {
  const value = Object.hasOwn(module.bindings, name) ? module.bindings[name] : undefined;
  if (value?.kind !== 'object') return undefined;
  const held = value.entries.find((entry) => entry.key?.kind === 'text' && entry.key.text === property)?.value;
  return held?.kind === 'constant' && typeof held.value === 'boolean' ? held.value : undefined;
}
