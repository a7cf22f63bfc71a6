import { groupBy } from '../group-by.ts';
import type { Span } from '../span.ts';
import type { ArrayItem, ObjectEntry, Value } from '../value.ts';
import { memberOf } from './member-values.ts';
import { spanOf, type Node } from './node.ts';
import type { MutatingCall, PropertyWrite, Variable } from './scopes.ts';
import type { ValueReader } from './values.ts';

/** What a variable holds with all that is put into it afterwards, wherever that stands: properties, `Map` and list methods, `Object.assign`. */
export function extended(reader: ValueReader, variable: Variable, base: Value): Value {
  if (variable.propertyWrites.length === 0 && variable.mutatingCalls.length === 0) return base;
  const own = extendedBy(reader, base, variable.propertyWrites.filter(({ under }) => under.length === 0), variable.mutatingCalls.filter(({ under }) => under.length === 0), variable.node);
  return extendedInside(reader, variable, own);
}

/** `options.headers.Cookie = c`, `request.headers.set(…)`: what is written to an object inside what the variable holds. */
function extendedInside(reader: ValueReader, variable: Variable, base: Value): Value {
  const writes = groupBy(variable.propertyWrites.filter(isInside), pathOf);
  const calls = groupBy(variable.mutatingCalls.filter(isInside), pathOf);
  const paths = new Set([...writes.keys(), ...calls.keys()]);
  if (paths.size === 0 || !holdsParts(base)) return base;
  const entries = [...paths].map((path) => entryInside(reader, variable, base, writes.get(path) ?? [], calls.get(path) ?? []));
  return { kind: 'extended', base, entries, items: [] };
}

interface Placed { readonly under: readonly string[] }

function isInside({ under }: Placed): boolean {
  return under.length > 0;
}

function pathOf({ under }: Placed): string {
  return under.join('.');
}

function entryInside(reader: ValueReader, variable: Variable, base: Value, writes: readonly PropertyWrite[], calls: readonly MutatingCall[]): ObjectEntry {
  const first = writes[0] ?? calls[0];
  const under = first?.under ?? [];
  const at = spanOf(first?.node ?? variable.node);
  const inner = under.reduce<Value>((value, key) => memberOf(value, { kind: 'text', text: key }, at, 'alias'), base);
  const changed = spreadFirst(extendedBy(reader, inner, writes, calls, variable.node), at);
  const value = under.slice(1).reduceRight<Value>((held, key) => ({ kind: 'object', entries: [{ key: { kind: 'text', text: key }, value: held, at, valueAt: at }], at }), changed);
  return { key: { kind: 'text', text: under[0] as string }, value, at, valueAt: at };
}

function extendedBy(reader: ValueReader, base: Value, writes: readonly PropertyWrite[], calls: readonly MutatingCall[], declaration: Node): Value {
  const entries: ObjectEntry[] = writes.map((write) => ({
    key: write.key === undefined ? reader.read(write.keyNode, write.scope) : { kind: 'text', text: write.key },
    value: reader.read(write.value, write.scope),
    at: spanOf(write.node),
    valueAt: spanOf(write.value),
  }));
  const items: ArrayItem[] = [];
  const front: ArrayItem[] = [];
  for (const call of calls) {
    const [first, second] = call.args;
    if (call.merges) entries.push(...call.args.map((argument) => ({ spread: true as const, value: reader.read(argument, call.scope), at: spanOf(call.node), valueAt: spanOf(argument) })));
    else if (call.method === 'unshift') front.unshift(...reader.items(call.args, call.scope));
    else if (call.method === 'push') items.push(...reader.items(call.args, call.scope));
    else if (first && second) {
      entries.push({ key: reader.read(first, call.scope), value: reader.read(second, call.scope), at: spanOf(call.node), valueAt: spanOf(second) });
    }
  }
  const whole: Value = front.length === 0 ? base : { kind: 'array', items: [...front, { spread: true, value: base, at: spanOf(declaration) }] };
  return entries.length + items.length === 0 ? whole : { kind: 'extended', base: whole, entries, items };
}

/** What is put into something unknown is known all the same. */
function spreadFirst(value: Value, at: Span): Value {
  if (value.kind !== 'extended' || value.items.length > 0) return value;
  return { kind: 'object', entries: [{ spread: true, value: value.base, at, valueAt: at }, ...value.entries], at };
}

/** An object of the program, or a request of `fetch`; what a library makes has parts that it alone knows. */
function holdsParts(value: Value): boolean {
  if (value.kind === 'extended') return holdsParts(value.base);
  if (value.kind === 'choice') return value.options.some(holdsParts);
  return value.kind === 'object' || (value.kind === 'call' && value.isNew === true && value.callee.kind === 'global' && value.callee.path === 'Request');
}
