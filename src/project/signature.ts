import type { FunctionSummary, ModuleSummary } from '../syntax/module-summary.ts';
import type { Lazy } from './resolved.ts';

/** The arguments of a call in the order of the function's parameters, keywords taken apart. Functions without a signature take them as they are. */
export function inParameterOrder(module: ModuleSummary, summary: FunctionSummary | undefined, args: readonly Lazy[]): readonly Lazy[] {
  const signature = summary?.signature;
  if (!signature) return args;
  const { names, positional } = signature;
  const last = args.at(-1);
  const keywords = last && isKeywords(last) ? last : undefined;
  const given = keywords ? args.slice(0, -1) : args;
  const nothing: Lazy = { module, value: { kind: 'constant', value: undefined }, frame: undefined, at: summary.at };
  const named = names.filter((name) => name !== '*');
  const ordered = named.map((name, index) => {
    if (name === '**') return keywords ? without(keywords, named) : { ...nothing, value: { kind: 'object' as const, entries: [] } };
    const byPosition = index < positional ? given[index] : undefined;
    return byPosition ?? (keywords ? byName(keywords, name) : nothing);
  });
  return [...ordered, ...given.slice(positional)];
}

/** Whether an argument is the object that holds a call's keywords. */
export function isKeywords({ value, known }: Lazy): boolean {
  return known === undefined && value.kind === 'object' && value.keywords === true;
}

/** Left symbolic, so that `**options` is looked into only when the parameter is. */
function byName(keywords: Lazy, name: string): Lazy {
  const own = keywords.value.kind === 'object' ? keywords.value.entries.findLast((entry) => entry.key?.kind === 'text' && entry.key.text === name) : undefined;
  if (own) return { ...keywords, value: own.value, at: own.valueAt };
  return { ...keywords, value: { kind: 'member', object: keywords.value, property: { kind: 'text', text: name } } };
}

function without(keywords: Lazy, names: readonly string[]): Lazy {
  if (keywords.value.kind !== 'object') return keywords;
  const entries = keywords.value.entries.filter(({ key }) => !(key?.kind === 'text' && names.includes(key.text)));
  return { ...keywords, value: { kind: 'object', entries, ...(keywords.value.at ? { at: keywords.value.at } : {}) } };
}
