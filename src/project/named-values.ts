import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Value } from '../syntax/value.ts';

export interface NamedValue { readonly name: string; readonly value: Value }

/**
 * Values that a name stands for in a program: what is bound, assigned or set to it, also as a field of a class or by a call that is
 * given name and value, and what stands in for a variable of that name.
 */
export function namedValues(module: ModuleSummary): NamedValue[] {
  const bound = Object.entries(module.bindings).flatMap(([name, value]) => withDefaults(name, value));
  const fields = module.classes.flatMap((cls) => [
    ...Object.entries(cls.fields).flatMap(([name, values]) => values.flatMap((value) => withDefaults(name, value))),
    ...Object.entries(cls.statics).flatMap(([name, value]) => withDefaults(name, value)),
  ]);
  const used = module.uses.flatMap((use): NamedValue[] => {
    switch (use.kind) {
      case 'call': {
        const [first, second] = use.args;
        // `setenv("HILT_API_KEY", "…")`, `getenv("HILT_API_KEY", "…")`
        const pair = first?.value.kind === 'text' && second ? [{ name: first.value.text, value: second.value }] : [];
        return [...pair, ...use.args.flatMap((item) => fallbacksOf(item.value))];
      }
      case 'return':
        return fallbacksOf(use.value);
      case 'property':
        return use.key.kind === 'text' ? withDefaults(use.key.text, use.value) : fallbacksOf(use.value);
      case 'assign':
        return use.property.kind === 'text' ? withDefaults(use.property.text, use.value) : fallbacksOf(use.value);
      default:
        return [];
    }
  });
  return [...bound, ...fields, ...used];
}

function withDefaults(name: string, value: Value): NamedValue[] {
  return [{ name, value }, ...defaultsOf(value, 0).map((each) => ({ name, value: each })), ...fallbacksOf(value)];
}

function fallbacksOf(value: Value): NamedValue[] {
  if (value.kind !== 'choice') return [];
  const read = value.options.find((option) => option.kind === 'variable');
  return read?.kind === 'variable' ? value.options.flatMap((option) => (option.kind === 'variable' ? [] : [{ name: read.name, value: option }])) : [];
}

/** Calls within calls that are looked at: `z.string().min(1).default("…").optional()`. */
const maxCalls = 8;

/** What the schema of a variable gives where it is not set: `.default("…")` of zod, `str({ default: "…" })` of envalid, `optional(schema, "…")` of valibot. */
function defaultsOf(value: Value, depth: number): Value[] {
  if (value.kind !== 'call' || depth >= maxCalls) return [];
  const { callee, args } = value;
  const method = callee.kind === 'member' && callee.property.kind === 'text' ? callee.property.text : callee.kind === 'import' ? callee.name : '';
  const [first, second] = args;
  const given = /^(?:default|prefault|catch)$/.test(method) ? first : /^(?:optional|fallback|nullish|nullable)$/.test(method) ? second : undefined;
  const options = args.flatMap((item) => (item.value.kind === 'object' ? item.value.entries : []));
  const named = options.filter(({ key }) => key?.kind === 'text' && /^(?:default|devDefault|testDefault|defaultValue)$/.test(key.text));
  return [...(given ? [given.value] : []), ...named.map((entry) => entry.value), ...(callee.kind === 'member' ? defaultsOf(callee.object, depth + 1) : [])];
}
