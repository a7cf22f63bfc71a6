import type { Span } from '../span.ts';
import type { TypeRef } from '../type-ref.ts';
import type { Value } from '../value.ts';
import { spanOf, type Node } from './node.ts';

export const unknown: Value = { kind: 'unknown' };
export const undefinedValue: Value = { kind: 'constant', value: undefined };

/** What evaluating takes for a call of an operator of our own (`GlobalValue`). */
export function operation(name: 'caught' | 'element' | 'key' | 'row' | 'rest' | 'range' | 'append' | 'prepend', operands: readonly Value[], at: Span): Value {
  return { kind: 'call', callee: { kind: 'global', path: `operator:${name}` }, args: operands.map((value) => ({ value, at })), at };
}

/** A call that stands where the node does, its arguments with it. */
export function called(callee: Value, values: readonly Value[], node: Node): Value {
  const at = spanOf(node);
  return { kind: 'call', callee, args: values.map((value) => ({ value, at })), at };
}

/** The value with what is declared of it, where it does not tell by itself what it is. */
export function typed(value: Value, type: TypeRef | undefined): Value {
  if (!type) return value;
  switch (value.kind) {
    case 'call':
    case 'member':
    case 'parameter':
    case 'binding':
    case 'import':
    case 'unknown':
      return { ...value, type };
    case 'choice':
      return { ...value, options: value.options.map((option) => typed(option, type)) };
    default:
      return value;
  }
}
