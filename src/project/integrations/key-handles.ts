import { wordsOf } from '../../hilt/names.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Value } from '../../syntax/value.ts';
import { literalPattern } from '../../syntax/text/literal-pattern.ts';

/**
 * The names by which other modules get at what a read gives: exports, and properties of exported objects. A module that reads
 * several keys (`export const keys = { bot: …, support: … }`) gives each user only those that it names.
 * Empty where no name can be told.
 */
export function handlesOf(module: ModuleSummary, at: Span): string[] {
  const names = new Set<string>();
  for (const [name, value] of Object.entries(module.bindings)) {
    const path = pathTo(value, at);
    if (path === undefined) continue;
    const property = path.at(-1);
    if (property !== undefined) names.add(property);
    else for (const exported of exportsOf(module, name)) names.add(exported);
  }
  for (const entry of module.exports) {
    const path = entry.value === undefined ? undefined : pathTo(entry.value, at);
    const property = path?.at(-1);
    if (property !== undefined) names.add(property);
    else if (path !== undefined && entry.name !== 'default' && entry.value?.kind !== 'binding') names.add(entry.name);
  }
  for (const fn of module.functions) {
    const isHere = fn.at[0] <= at[0] && at[1] <= fn.at[1];
    if (!isHere) continue;
    const owner = fn.cls === undefined ? fn.name : module.classes[fn.cls]?.name;
    if (owner !== undefined) names.add(owner);
  }
  return [...names];
}

/** Whether a program's text names a handle as a member, in an import or in a destructuring. */
export function namesHandle(text: string, handle: string): boolean {
  if (!text.includes(handle)) return false;
  const name = literalPattern(handle);
  return new RegExp(`\\.\\s*${name}\\b|\\[\\s*['"\`]${name}['"\`]|\\{[^{}]*\\b${name}\\b[^{}]*\\}\\s*(?:=|from\\b)`).test(text);
}

/** A binding is reached by its exported names, or by those of the bindings that are made of it. */
function exportsOf(module: ModuleSummary, name: string): string[] {
  const direct = module.exports.filter((entry) => entry.local === name || (entry.value?.kind === 'binding' && entry.value.name === name));
  // What is imported by default has whatever name the importer gives it.
  return direct.flatMap((entry) => (entry.name === 'default' ? [] : [entry.name]));
}

/** The property names that lead to the read inside a value; `undefined` where it is not in it. */
function pathTo(value: Value, at: Span): string[] | undefined {
  switch (value.kind) {
    case 'variable':
    case 'secret':
      return value.at[0] === at[0] ? [] : undefined;
    case 'object':
      return firstPath(value.entries.map(({ key, value: inner }) => ({ name: key?.kind === 'text' ? key.text : undefined, inner })), at);
    case 'extended':
      return pathTo(value.base, at) ?? firstPath(value.entries.map(({ key, value: inner }) => ({ name: key?.kind === 'text' ? key.text : undefined, inner })), at);
    case 'call':
      if (value.at[0] === at[0] && value.at[1] === at[1]) return [];
      return firstPath([...value.args.map((arg) => ({ name: undefined, inner: arg.value })), { name: undefined, inner: value.callee }], at);
    case 'choice':
      return firstPath(value.options.map((inner) => ({ name: undefined, inner })), at);
    case 'concat':
      return firstPath(value.parts.map((inner) => ({ name: undefined, inner })), at);
    case 'array':
      return firstPath(value.items.map((item) => ({ name: undefined, inner: item.value })), at);
    case 'member':
      return pathTo(value.object, at);
    default:
      return undefined;
  }
}

function firstPath(parts: readonly { readonly name: string | undefined; readonly inner: Value }[], at: Span): string[] | undefined {
  for (const { name, inner } of parts) {
    const path = pathTo(inner, at);
    // `apiKey` is the client's option, not a name that anyone asks for.
    if (path) return name === undefined || isOption(name) ? path : [name, ...path];
  }
  return undefined;
}

function isOption(name: string): boolean {
  return wordsOf(name).join(' ') === 'API KEY' || name.toLowerCase() === 'x-hilt-key' || name === 'headers';
}
