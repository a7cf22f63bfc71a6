import { namesOf } from './declared-names.ts';
import { isNode, staticKey, unwrap, type Node } from './node.ts';
import { lookUp, type Loop, type Scope } from './scopes.ts';

const mutatingMethods = new Set(['set', 'append', 'push', 'unshift', 'setHeader', 'header']);
/** Properties that are followed from a variable to what is written to. */
const maxUnder = 4;

/** A node on the way through the tree, with what stands around it. */
export interface Visit {
  readonly node: Node;
  readonly scope: Scope;
  readonly conditional: boolean;
  readonly loop?: Loop | undefined;
}

/** Notes at its variable what an assignment, a loop or a call writes to it, or to what it holds. */
export function recordWrite({ node, scope, conditional, loop }: Visit): void {
  if (node.type === 'CallExpression') return recordMutatingCall(node, scope);
  if (node.type === 'UnaryExpression') return recordDeletion(node, scope);
  if (node.type === 'UpdateExpression') {
    const target = unwrap(node['argument']);
    if (target.type !== 'Identifier') return;
    lookUp(scope, target['name'])?.writes.push({ node, scope, operator: '++', path: [], conditional: true });
    return;
  }
  if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
    const left: Node = node['left'].type === 'VariableDeclaration' ? node['left'].declarations[0].id : node['left'];
    const each = node.type === 'ForOfStatement' ? 'of' : 'in';
    for (const { name, path } of namesOf(left, [])) lookUp(scope, name)?.writes.push({ node, scope, operator: '=', value: node['right'], each, path, conditional: true });
    return;
  }
  const left = node['left'] as Node;
  if (left.type === 'MemberExpression') {
    const target = targetOf(left['object']);
    const key = staticKey(left['property'], left['computed'] === true);
    if (target) lookUp(scope, target.name)?.propertyWrites.push({
      under: target.under, ...(key === undefined ? {} : { key }), keyNode: left['property'], computed: left['computed'] === true, value: node['right'], node, scope,
    });
    return;
  }
  for (const { name, path } of namesOf(left, [])) {
    const variable = lookUp(scope, name);
    if (!variable) continue;
    variable.writes.push({ node, scope, operator: node['operator'], value: node['right'], path, conditional: conditional || variable.scope.fn !== scope.fn, ...(loop ? { loop } : {}) });
  }
}

function recordDeletion(node: Node, scope: Scope): void {
  const left = unwrap(node['argument']);
  const key = left.type === 'MemberExpression' ? staticKey(left['property'], left['computed'] === true) : undefined;
  const target = key === undefined ? undefined : targetOf(left['object']);
  if (key !== undefined && target) lookUp(scope, target.name)?.deletions.push({ under: target.under, key, node, scope });
}

/** The variable that an object belongs to, and the properties that lead to it from there. */
function targetOf(object: Node): { name: string; under: readonly string[] } | undefined {
  const under: string[] = [];
  let current = unwrap(object);
  while (current.type === 'MemberExpression') {
    const key = staticKey(current['property'], current['computed'] === true);
    if (key === undefined || under.length >= maxUnder) return undefined;
    under.unshift(key);
    current = unwrap(current['object']);
  }
  return current.type === 'Identifier' ? { name: current['name'], under } : undefined;
}

function recordMutatingCall(node: Node, scope: Scope): void {
  const callee = unwrap(node['callee']);
  if (callee.type !== 'MemberExpression') return;
  const method = staticKey(callee['property'], callee['computed'] === true);
  const merges = node['merges'] === true;
  if (method === undefined) return;
  const object = unwrap(callee['object']);
  if (object.type === 'Identifier' && (object['name'] === 'Object' || object['name'] === 'Reflect') && !lookUp(scope, object['name'])) return recordObjectCall(node, scope, method);
  if (!merges && !mutatingMethods.has(method)) return;
  const target = targetOf(object);
  if (target) lookUp(scope, target.name)?.mutatingCalls.push({ under: target.under, method, merges, args: node['arguments'], node, scope });
}

/** `Object.assign(x, more)`, `Object.defineProperty(x, key, { value })`, `Reflect.set(x, key, value)`: their first argument is what changes. */
function recordObjectCall(node: Node, scope: Scope, method: string): void {
  const [first, ...others] = node['arguments'] as Node[];
  const target = first && targetOf(first);
  const variable = target && lookUp(scope, target.name);
  if (!target || !variable) return;
  const record = (args: readonly (Node | undefined)[], merges = false): void => {
    if (args.every((argument) => argument !== undefined)) variable.mutatingCalls.push({ under: target.under, method: 'set', merges, args, node, scope });
  };
  if (method === 'assign') record(others, true);
  else if (method === 'set') record(others.slice(0, 2));
  else if (method === 'defineProperty') record([others[0], describedValue(others[1])]);
}

/** `value` of a property descriptor. */
function describedValue(descriptor: Node | undefined): Node | undefined {
  const properties = descriptor && unwrap(descriptor).type === 'ObjectExpression' ? (unwrap(descriptor)['properties'] as Node[]) : [];
  const value: unknown = properties.find((property) => isNode(property['key']) && staticKey(property['key'], property['computed'] === true) === 'value')?.['value'];
  return isNode(value) ? value : undefined;
}
