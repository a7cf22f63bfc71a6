import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Value } from '../../syntax/value.ts';
import { decide, type Facts } from './dead-regions.ts';
import type { LivenessGraph } from './liveness-graph.ts';

const maxHops = 8;

/** A flag of another module: `debug`, `flags.debug`. */
interface ImportedFlag { readonly specifier: string; readonly name: string; readonly member: string | undefined; readonly equals?: string | number | undefined }

/**
 * How a flag comes out that a module imports: a constant, a test that the bundler decides (`export const isDev = …`), a property of
 * a plain object. `undefined`: it is known at run time only, or this bundler does not look.
 */
export function importedFlag(graph: LivenessGraph, module: ModuleSummary, flag: ImportedFlag, facts: Facts, hops = 0): boolean | undefined {
  const { specifier, name, member, equals } = flag;
  if (hops > maxHops || !facts.foldsFlag(equals === undefined ? 'imported' : 'imported-text')) return undefined;
  if (name === '*') return member === undefined ? undefined : importedFlag(graph, module, { specifier, name: member, member: undefined, equals }, facts, hops + 1);
  const plain = member === undefined && equals === undefined ? graph.importedFlag(module, specifier, name) : undefined;
  if (plain !== undefined) return plain;
  const target = graph.imported(module, specifier);
  if (target?.language === 'json') return jsonFlag(target, flag, facts);
  const entry = target?.exports.find((each) => each.name === name && !each.typeOnly);
  if (!target || !entry) return undefined;
  if (entry.from) return importedFlag(graph, target, { ...entry.from, member, equals }, facts, hops + 1);
  const local = entry.local ?? '';
  if (member !== undefined) return facts.foldsFlag('object') ? outcomeOf(propertyOf(bindingOf(target, local), member), equals) : undefined;
  if (equals !== undefined) return outcomeOf(bindingOf(target, local), equals);
  const test = target.flags?.[local];
  return test && decide(test, facts);
}

/** `flags.debug` of a JSON file, by its default export or by name. */
function jsonFlag(module: ModuleSummary, { name, member, equals }: ImportedFlag, facts: Facts): boolean | undefined {
  if (!facts.foldsFlag('json')) return undefined;
  const property = name === 'default' ? member : member === undefined ? name : undefined;
  const value = module.exports.find((entry) => property !== undefined && entry.name === property)?.value;
  return outcomeOf(value, equals);
}

function bindingOf(module: ModuleSummary, name: string): Value | undefined {
  return Object.hasOwn(module.bindings, name) ? module.bindings[name] : undefined;
}

function propertyOf(value: Value | undefined, property: string): Value | undefined {
  return value?.kind === 'object' ? value.entries.find((entry) => entry.key?.kind === 'text' && entry.key.text === property)?.value : undefined;
}

/** Whether a constant is true, or equals what it is compared with. */
function outcomeOf(value: Value | undefined, equals: string | number | undefined): boolean | undefined {
  const held = value?.kind === 'constant' ? value.value : value?.kind === 'text' ? value.text : value?.kind === 'number' ? value.value : undefined;
  if (equals !== undefined) return typeof held === 'string' || typeof held === 'number' ? held === equals : undefined;
  return typeof held === 'boolean' ? held : undefined;
}
