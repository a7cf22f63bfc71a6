import type { ModuleSummary, Statement } from '../../syntax/module-summary.ts';
import { contains, type Span } from '../../syntax/span.ts';
import type { Value } from '../../syntax/value.ts';
import type { BundlerProfile } from './bundler-profile.ts';
import { isInside, isUnread, stepOf, type LiveModule, type LiveStatement } from './live-module.ts';

/** Whether what stands at `at` ships, as far as liveness was followed. `undefined`: it does not. */
export function shippedAt(live: LiveModule, at: Span, profile: BundlerProfile): 'certain' | 'possible' | undefined {
  if (isInside(live.dead, at)) return undefined;
  if (isUnread(live.summary) && !profile.takesUnread) return undefined;
  if (live.whole) return 'certain';
  if (profile.keepsModules && live.summary.language !== 'json' && (live.evaluated || live.statements.size > 0)) return 'certain';
  if (live.summary.language === 'json') {
    const keys = live.summary.exports.filter((entry) => entry.name !== 'default').map((entry) => ({ name: entry.name, at: entry.at }));
    const kept = live.statements.get(0);
    const keepsWhole = kept?.reexported ? profile.keepsWholeJson || undefined : profile.keepsWholeJson;
    return shippedProperty(kept, at, keys, kept?.byDefault ? keepsWhole : profile.treeShaking !== 'export');
  }
  for (const [index, kept] of live.statements) {
    const statement = live.summary.statements[index];
    if (!statement || !contains(statement.at, at)) continue;
    const keepsUnused = keepsUnusedIn(live.summary, statement, profile);
    const shipped = shippedProperty(kept, at, propertiesOf(live.summary, statement), keepsUnused);
    return shipped && live.uncertain.has(index) ? 'possible' : shipped;
  }
  return [...live.places.values()].some((places) => isInside(places, at)) ? 'certain' : undefined;
}

function shippedProperty(kept: LiveStatement | undefined, at: Span, properties: readonly Property[], keepsUnused: boolean | undefined): 'certain' | 'possible' | undefined {
  if (!kept) return undefined;
  if (kept.members === 'all' || isReadAt([...kept.members], at, properties)) return 'certain';
  return keepsUnused === undefined ? 'possible' : keepsUnused ? 'certain' : undefined;
}

/** Whether what stands at `at` belongs to one of the members, or to no property at all. */
function isReadAt(members: readonly string[], at: Span, properties: readonly Property[]): boolean {
  const property = properties.find((each) => contains(each.at, at));
  if (!property) return true;
  const steps = members.map(stepOf).filter((step) => step.name === property.name);
  const deeper = steps.flatMap((step) => (step.rest === undefined ? [] : [step.rest]));
  if (deeper.length < steps.length) return true;
  return deeper.length > 0 && isReadAt(deeper, at, property.value ? propertiesOfValue(property.value) : []);
}

function keepsUnusedIn(module: ModuleSummary, statement: Statement, profile: BundlerProfile): boolean | undefined {
  const isExported = module.exports.some((entry) => entry.local !== undefined && statement.declares.includes(entry.local));
  if (statement.enumeration && isExported) return profile.keepsEnumMembers;
  if (statement.enumeration) return profile.treeShaking !== 'export';
  if (module.exports.some((entry) => entry.name === 'module.exports' && contains(statement.at, entry.at))) return profile.keepsUnusedCommonJs;
  const isArray = statement.declares.some((name) => module.bindings[name]?.kind === 'array');
  if (isArray) return profile.keepsUnusedItems;
  // Methods and getters may read the other properties; who looks into them differs.
  const hasCode = propertiesOf(module, statement).some(({ value }) => value?.kind === 'function' || value?.kind === 'call');
  return hasCode ? profile.keepsUnusedProperty || undefined : profile.keepsUnusedProperty;
}

/** The top-level properties of the object, enumeration or array that a statement declares or exports by default. */
function propertiesOf(module: ModuleSummary, statement: Statement): Property[] {
  const name = statement.declares[0];
  const value = name === undefined ? module.exports.find((entry) => (entry.name === 'default' || entry.name === 'module.exports') && contains(statement.at, entry.at))?.value : module.bindings[name];
  return value ? propertiesOfValue(value) : [];
}

interface Property { readonly name: string; readonly at: Span; readonly value?: Value }

function propertiesOfValue(value: Value): Property[] {
  if (value.kind === 'array') return value.items.map((item, index) => ({ name: String(index), at: item.at, value: item.value }));
  if (value.kind !== 'object') return [];
  return value.entries.flatMap((entry) => (entry.key?.kind === 'text' ? [{ name: entry.key.text, at: entry.at, value: entry.value }] : []));
}
