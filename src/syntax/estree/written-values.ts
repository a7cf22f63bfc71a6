import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import { along } from './declared-values.ts';
import { additionOf, countOf, loopsAround } from './loops.ts';
import { called, operation, unknown } from './made-values.ts';
import { spanOf, unwrap, type Node } from './node.ts';
import { lookUp, type Loop, type Scope, type Variable, type Write } from './scopes.ts';
import type { ValueReader } from './values.ts';

const maxWrites = 16;

/** What a variable holds after the writes before `reference`; without one, after all of them. */
export function afterWrites(reader: ValueReader, variable: Variable, initial: Value, reference?: Node, scope?: Scope): Value {
  if (variable.writes.length === 0) return initial;
  if (variable.counter && variable.writes.every(({ operator }) => operator !== '=')) return countedValue(reader, variable.counter, variable) ?? unknown;
  if (variable.writes.length > maxWrites) return unknown;
  const isSequential = reference !== undefined && scope?.fn === variable.scope.fn;
  const writes = variable.writes
    .filter((write) => !isSequential || write.conditional || write.node.range[1] <= reference.range[0] || write.node === reference)
    .sort((a, b) => a.node.range[0] - b.node.range[0]);
  let value = initial;
  for (let i = 0; i < writes.length; i++) {
    const write = writes[i] as Write;
    const repeated = repeatedAdditions(reader, variable, writes.slice(i));
    value = repeated ? { kind: 'concat', parts: repeated.front ? [repeated.added, value] : [value, repeated.added], at: spanOf(write.node) } : afterWrite(reader, write, value);
    i += repeated ? repeated.count - 1 : 0;
  }
  return value;
}

/** Whether a loop repeats an assignment that adds to what its variable holds. */
export function isRepeated(node: Node, scope: Scope): boolean {
  const left = unwrap(node['left']);
  const variable = left.type === 'Identifier' ? lookUp(scope, left['name']) : undefined;
  const write = variable?.writes.find((each) => each.node === node);
  return variable !== undefined && write?.value !== undefined && loopsAround(write, variable).length > 0 && additionOf(variable.name, write.operator, write.value) !== undefined;
}

function afterWrite(reader: ValueReader, write: Write, before: Value): Value {
  if (!write.value) return unknown;
  const at = spanOf(write.node);
  const assigned = along(reader, write.path, assignedValue(reader, write, write.value), write.scope);
  const after: Value =
    write.operator === '=' ? assigned
    : write.operator === '+=' ? { kind: 'concat', parts: [before, assigned], at }
    : write.operator === '||=' || write.operator === '??=' || write.operator === '&&=' ? { kind: 'choice', options: [before, assigned], at }
    : unknown;
  if (!write.conditional || isUndefined(before)) return after;
  return { kind: 'choice', options: [before, after], at };
}

function assignedValue(reader: ValueReader, { each, scope, node: loop }: Write, node: Node): Value {
  return each ? elementOf(iteratedList(reader, loop, scope), loop, spanOf(node)) : reader.read(node, scope);
}

/** What the first writes add to the variable together, if a loop repeats them. */
function repeatedAdditions(reader: ValueReader, variable: Variable, writes: readonly Write[]): { added: Value; count: number; front: boolean } | undefined {
  const [first] = writes;
  const around = first ? loopsAround(first, variable) : [];
  const [loop] = around;
  if (!first || !loop) return undefined;
  const inLoop = variable.writes.filter((write) => write.loop?.node === loop.node);
  const additions = inLoop.map((write) => (write.value && write.path.length === 0 && !write.loop?.conditional ? additionOf(variable.name, write.operator, write.value) : undefined));
  const front = additions[0]?.front;
  if (front === undefined || !additions.every((addition) => addition?.front === front)) return undefined;
  const parts = inLoop.flatMap((write, i) => (additions[i]?.operands ?? []).map((operand) => reader.read(operand, write.scope)));
  let added: Value = { kind: 'concat', parts, at: spanOf(first.node) };
  for (const each of around) {
    const list = listOf(reader, each);
    if (!list) return undefined;
    const over: Value = each.list ? { kind: 'function', fn: reader.functionOf(each.node) } : { kind: 'number', value: each.node.range[0] };
    added = operation(front ? 'prepend' : 'append', [list, over, added], spanOf(first.node));
  }
  return { added, count: Math.max(1, writes.filter((write) => inLoop.includes(write)).length), front };
}

/** What a loop goes over. */
function listOf(reader: ValueReader, { node, list, scope }: Loop): Value | undefined {
  if (list) return reader.read(list, scope);
  return node.type === 'ForStatement' ? rangeOf(reader, node, scope) : iteratedList(reader, node, scope);
}

function iteratedList(reader: ValueReader, node: Node, scope: Scope): Value {
  const list = reader.read(node['right'], scope);
  return node.type === 'ForInStatement' ? called({ kind: 'global', path: 'Object.keys' }, [list], node['right']) : list;
}

function rangeOf(reader: ValueReader, node: Node, scope: Scope): Value | undefined {
  const count = countOf(node);
  if (!count) return undefined;
  const { from, to, test, step } = count;
  return operation('range', [reader.read(from, scope), reader.read(to, scope), { kind: 'number', value: step }, { kind: 'text', text: test }], spanOf(node));
}

function countedValue(reader: ValueReader, node: Node, variable: Variable): Value | undefined {
  const range = countOf(node)?.name === variable.name ? rangeOf(reader, node, variable.scope) : undefined;
  return range && elementOf(range, node, spanOf(node));
}

/** The element of a list that a loop's variable holds. A loop is known by where it begins. */
function elementOf(list: Value, loop: Node, at: Span): Value {
  return operation('element', [list, { kind: 'number', value: loop.range[0] }], at);
}

function isUndefined(value: Value): boolean {
  return value.kind === 'constant' && value.value === undefined;
}
