import type { ObjectEntry, Value } from '../value.ts';
import { callbackSource } from './callbacks.ts';
import { called, operation, typed, undefinedValue, unknown } from './made-values.ts';
import { memberOf } from './member-values.ts';
import { isNode, spanOf, staticKey, type Node } from './node.ts';
import { qualifiedNames } from './declared-names.ts';
import type { PathStep, Scope, Variable } from './scopes.ts';
import type { ValueReader } from './values.ts';

/** What a variable holds by its declaration, and by those that add to it, before anything is written to it. */
export function declaredValue(reader: ValueReader, variable: Variable): Value {
  const declared = declaredOnce(reader, variable);
  if (variable.merged.length === 0) return declared;
  const more = variable.merged.map((node) => (node.type === 'TSEnumDeclaration' ? enumValue(reader, node, variable.scope) : namespaceValue(reader, node)));
  return { kind: 'extended', base: declared, entries: more.flatMap((each) => (each.kind === 'object' ? each.entries : [])), items: [] };
}

function declaredOnce(reader: ValueReader, variable: Variable): Value {
  switch (variable.kind) {
    case 'function':
      return { kind: 'function', fn: reader.functionOf(variable.node) };
    case 'class':
      return { kind: 'class', cls: reader.classOf(variable.node) };
    case 'enum':
      return enumValue(reader, variable.node, variable.scope);
    case 'namespace':
      return namespaceValue(reader, variable.node);
    case 'parameter':
      return parameterValue(reader, variable);
    case 'other':
      return caughtValue(reader, variable);
    default:
      return initialisedValue(reader, variable);
  }
}

/** What is caught: a call of `operator:caught` where the block stands that was tried. What a template's loop binds is not known. */
function caughtValue(reader: ValueReader, { node, path, scope }: Variable): Value {
  const tried = reader.scopes.tried(node);
  return tried ? along(reader, path, operation('caught', [], spanOf(tried)), scope) : unknown;
}

function initialisedValue(reader: ValueReader, { kind, init, path, scope, node }: Variable): Value {
  const type = isNode(node['id']) ? reader.types.ofPattern(node['id'], scope) : undefined;
  if (init) return along(reader, path, typed(reader.read(init, scope), type), scope);
  // A constant without a value is one that `declare` tells of.
  return kind === 'const' && type ? { kind: 'unknown', type, at: spanOf(node) } : undefinedValue;
}

function parameterValue(reader: ValueReader, variable: Variable): Value {
  const { fn, index, rest, fallback } = variable.parameter as NonNullable<Variable['parameter']>;
  const given = rest ? undefined : givenToCallback(reader, fn, index) ?? reader.owners.givenTo(fn, index);
  const base: Value = {
    kind: 'parameter', fn: reader.functionOf(fn), index,
    ...(rest ? { rest: true } : {}),
    ...(fallback ? { fallback: reader.read(fallback, variable.scope) } : {}),
    ...(given ? { given } : {}),
    ...(variable.path.length === 0 ? { name: variable.name } : {}),
    at: spanOf(variable.node),
  };
  return along(reader, variable.path, base, variable.scope);
}

/** What a callback is given by the call that it is written into: `list.map(fn)`, `promise.then(fn)`, `it.each(table)(name, fn)`. */
function givenToCallback(reader: ValueReader, fn: Node, index: number): Value | undefined {
  const passed = reader.scopes.passedTo(fn);
  const source = passed && callbackSource(passed.call, passed.index, index);
  if (!passed || !source) return undefined;
  const at = spanOf(source.of);
  if (source.how === 'caught') return operation('caught', [], at);
  const value = reader.read(source.of, passed.scope);
  if (source.how === 'itself') return value;
  return source.how === 'element' || source.how === 'key' ? operation(source.how, [value], at) : operation('row', [value, { kind: 'number', value: index }], at);
}

/** Follows a destructuring path from the whole value to the name. */
export function along(reader: ValueReader, path: readonly PathStep[], value: Value, scope: Scope): Value {
  let current = value;
  for (const step of path) {
    if (step.rest) {
      if (step.except && step.except.length > 0) current = operation('rest', [current, ...step.except.map((text): Value => ({ kind: 'text', text }))], spanOf(step.at));
      if (step.key !== undefined && step.key !== '0') current = called(memberOf(current, { kind: 'text', text: 'slice' }, spanOf(step.at), 'destructured'), [{ kind: 'number', value: Number(step.key) }], step.at);
      continue;
    }
    const property: Value = step.key === undefined ? reader.read(step.keyNode as Node, scope) : { kind: 'text', text: step.key };
    current = reader.noted(memberOf(current, property, spanOf(step.at), 'destructured'));
    if (step.fallback) current = { kind: 'choice', options: [current, reader.read(step.fallback, scope)], fallback: true };
  }
  return current;
}

function enumValue(reader: ValueReader, node: Node, scope: Scope): Value {
  const members: Node[] = node['body']?.members ?? node['members'] ?? [];
  const entries: ObjectEntry[] = [];
  let next = 0;
  for (const member of members) {
    const key = staticKey(member['id'], false);
    const value: Value = member['initializer'] ? reader.read(member['initializer'], reader.scopes.opened(node) ?? scope) : { kind: 'number', value: next };
    next = value.kind === 'number' ? value.value + 1 : next + 1;
    if (key === undefined) continue;
    const place = { at: spanOf(member), valueAt: spanOf(member['initializer'] ?? member) };
    entries.push({ key: { kind: 'text', text: key }, value, ...place });
    // A number leads back to its name.
    if (value.kind === 'number') entries.push({ key: { kind: 'text', text: String(value.value) }, value: { kind: 'text', text: key }, ...place });
  }
  return { kind: 'object', entries, at: spanOf(node) };
}

function namespaceValue(reader: ValueReader, node: Node): Value {
  const block: Node = node['body'];
  const scope = reader.scopes.opened(block);
  if (!scope) return unknown;
  const entries: ObjectEntry[] = [...scope.variables.values()].map((inner) => ({
    key: { kind: 'text', text: inner.name }, value: reader.valueOf(inner), at: spanOf(inner.node), valueAt: spanOf(inner.node),
  }));
  const inner: Value = { kind: 'object', entries, at: spanOf(node) };
  // `namespace A.B { … }` is `B` inside `A`.
  return qualifiedNames(node['id']).slice(1).reduceRight<Value>(
    (value, name) => ({ kind: 'object', entries: [{ key: { kind: 'text', text: name }, value, at: spanOf(node), valueAt: spanOf(node) }], at: spanOf(node) }), inner);
}
