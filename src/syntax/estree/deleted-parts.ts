import type { ObjectEntry, Value } from '../value.ts';
import { operation } from './made-values.ts';
import { memberOf } from './member-values.ts';
import { spanOf, type Node } from './node.ts';
import type { Deletion, Scope, Variable } from './scopes.ts';

/** What a variable holds at `reference`, without what the same function has deleted from it by then: `delete copy.apiKey`. */
export function withoutDeleted(variable: Variable, held: Value, reference: Node, scope: Scope): Value {
  if (variable.deletions.length === 0) return held;
  const before = variable.deletions.filter((deletion) => deletion.scope.fn === scope.fn && deletion.node.range[1] <= reference.range[0]);
  return before.reduce((value, deletion) => without(value, deletion), held);
}

function without(value: Value, { under, key, node }: Pick<Deletion, 'under' | 'key' | 'node'>): Value {
  const at = spanOf(node);
  const [first, ...others] = under;
  if (first === undefined) return operation('rest', [value, { kind: 'text', text: key }], at);
  const inner = without(memberOf(value, { kind: 'text', text: first }, at, 'alias'), { under: others, key, node });
  const entry: ObjectEntry = { key: { kind: 'text', text: first }, value: inner, at, valueAt: at };
  return { kind: 'object', entries: [{ spread: true, value, at, valueAt: at }, entry], at };
}
