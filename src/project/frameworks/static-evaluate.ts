import type { Node } from '../../syntax/estree/node.ts';
import type { Span } from '../../syntax/span.ts';
import { knownCall, objectCall } from './static-calls.ts';
import { bindPattern, declareIn, declarePattern, keyOf, memberKey } from './static-declarations.ts';
import { isFunction, memberPath, nodeOf, nodesOf, walk } from './static-node.ts';
import { innerScope, lookUp, type Scope } from './static-scope.ts';
import { itemsOf, joined, located, mostItems, propertyOf, type StaticEntry, type StaticValue } from './static-value.ts';

/** What an expression is, as far as the file tells; `unknown` beyond the budget of the scope and where it leads back to itself. */
export function evaluate(node: Node | undefined, scope: Scope): StaticValue {
  if (node === undefined) return { kind: 'unknown', at: [0, 0] };
  const at: Span = node.range;
  if (scope.active.has(node) || --scope.budget.steps < 0) return { kind: 'unknown', at };
  scope.active.add(node);
  try {
    return evaluateNode(node, at, scope);
  } finally {
    scope.active.delete(node);
  }
}

function evaluateNode(node: Node, at: Span, scope: Scope): StaticValue {
  switch (node.type) {
    case 'Literal':
      return literalValue(node, at);
    case 'TemplateLiteral':
      return templateValue(node, at, scope);
    case 'Identifier':
      return evaluateName(String(node['name']), at, scope);
    case 'MemberExpression':
    case 'ChainExpression':
      return memberValue(node, at, scope);
    case 'ObjectExpression':
      return { kind: 'object', entries: nodesOf(node['properties']).map((property) => entryOf(property, scope)), at };
    case 'ArrayExpression':
      return { kind: 'array', items: nodesOf(node['elements']).map((item) => evaluate(item.type === 'SpreadElement' ? nodeOf(item['argument']) : item, scope)), at };
    case 'ConditionalExpression':
      return { kind: 'choice', options: [evaluate(nodeOf(node['consequent']), scope), evaluate(nodeOf(node['alternate']), scope)], at };
    case 'LogicalExpression':
      return { kind: 'choice', options: [evaluate(nodeOf(node['left']), scope), evaluate(nodeOf(node['right']), scope)], at };
    case 'BinaryExpression':
      if (node['operator'] !== '+') return { kind: 'unknown', at };
      return joined([evaluate(nodeOf(node['left']), scope), evaluate(nodeOf(node['right']), scope)], at);
    case 'CallExpression':
    case 'NewExpression':
      return callValue(node, at, scope);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return functionValue(node, at, scope);
    case 'AwaitExpression':
    case 'SpreadElement':
      return evaluate(nodeOf(node['argument']), scope);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return evaluate(nodeOf(node['expression']), scope);
    case 'AssignmentExpression':
      return evaluate(nodeOf(node['right']), scope);
    case 'UnaryExpression':
      return node['operator'] === '!' ? { kind: 'constant', value: undefined, at } : { kind: 'unknown', at };
    default:
      return { kind: 'unknown', at };
  }
}

function literalValue(node: Node, at: Span): StaticValue {
  const value = node['value'];
  if (typeof value === 'string') return { kind: 'text', text: value, at };
  const regex = node['regex'];
  if (typeof regex === 'object' && regex !== null && 'pattern' in regex) return { kind: 'regexp', source: String(regex.pattern), at };
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return { kind: 'constant', value, at };
  return { kind: 'unknown', at };
}

function templateValue(node: Node, at: Span, scope: Scope): StaticValue {
  const parts: StaticValue[] = [];
  const expressions = nodesOf(node['expressions']);
  nodesOf(node['quasis']).forEach((quasi, i) => {
    const value = quasi['value'];
    const text = typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked ?? '') : '';
    if (text !== '') parts.push({ kind: 'text', text, at: quasi.range });
    const expression = expressions[i];
    if (expression !== undefined) parts.push(evaluate(expression, scope));
  });
  return joined(parts, at);
}

/** What a name holds where `scope` stands, with what is put into it. */
export function evaluateName(name: string, at: Span, scope: Scope): StaticValue {
  if (name === 'undefined') return { kind: 'constant', value: undefined, at };
  const found = lookUp(name, scope);
  if (found === undefined) return name === '__dirname' ? { kind: 'path', path: scope.folder, at } : { kind: 'unknown', at };
  const { binding, owner } = found;
  if (binding.kind === 'parameter') return withAssignments(name, { kind: 'unknown', at }, owner);
  if (binding.kind === 'value') return withAssignments(name, binding.value, owner);
  if (binding.kind === 'function') return evaluate(binding.node, owner);
  if (binding.kind === 'import') return importedValue(binding, at, scope);
  const value = binding.path.reduce((object, key) => propertyOf(object, key, at), evaluate(binding.node, owner));
  return withAssignments(name, value, owner);
}

function importedValue(binding: { specifier: string; name: string }, at: Span, scope: Scope): StaticValue {
  if (/^(?:node:)?process$/.test(binding.specifier) && binding.name === 'env') return { kind: 'environment', at };
  const module = scope.read(scope.file, binding.specifier);
  if (module === undefined) return { kind: 'unknown', at };
  return located(binding.name === 'default' ? module.main : module.exported(binding.name), at);
}

function withAssignments(name: string, value: StaticValue, scope: Scope): StaticValue {
  const assigned = scope.assigned.get(name);
  if (assigned === undefined) return value;
  const added = assigned.map(({ path, node, scope: own }) => (path.length === 0 ? spread(evaluate(node, own), node.range) : nested(path, evaluate(node, own), node.range)));
  return { kind: 'choice', options: [value, ...added], at: value.at };
}

function spread(value: StaticValue, at: Span): StaticValue {
  return { kind: 'object', entries: [{ value, at, keyAt: at }], at };
}

function nested(path: readonly string[], value: StaticValue, at: Span): StaticValue {
  return path.reduceRight<StaticValue>((inner, key) => ({ kind: 'object', entries: [{ key, value: inner, at, keyAt: at }], at }), value);
}

function memberValue(node: Node, at: Span, scope: Scope): StaticValue {
  if (node.type === 'ChainExpression') {
    const inner = evaluate(nodeOf(node['expression']), scope);
    return { ...inner, at };
  }
  const path = memberPath(node);
  if (path === 'process.env' || path === 'import.meta.env' || path === 'Bun.env' || path === 'globalThis.process.env') return { kind: 'environment', at };
  if (path === 'import.meta.dirname') return { kind: 'path', path: scope.folder, at };
  if (path === 'import.meta.url' || path === 'import.meta.filename') return { kind: 'path', path: scope.file, at };
  const object = evaluate(nodeOf(node['object']), scope);
  const key = memberKey(node, scope);
  return key === undefined ? { kind: 'unknown', at } : propertyOf(object, key, at);
}

function entryOf(property: Node, scope: Scope): StaticEntry {
  const at: Span = property.range;
  if (property.type === 'SpreadElement') return { value: evaluate(nodeOf(property['argument']), scope), at, keyAt: at };
  const keyNode = nodeOf(property['key']);
  const keyAt: Span = keyNode === undefined ? at : keyNode.range;
  const key = keyOf(property, scope);
  const value = evaluate(nodeOf(property['value']), scope);
  return key === undefined ? { value, at, keyAt } : { key, value, at, keyAt };
}

function callValue(node: Node, at: Span, scope: Scope): StaticValue {
  const calleeNode = nodeOf(node['callee']);
  const callee = memberPath(calleeNode) ?? '';
  const args = nodesOf(node['arguments']).map((arg) => evaluate(arg, scope));
  const known = knownCall(callee, node.type === 'NewExpression', args, at) ?? listCall(node, callee, args, scope);
  if (known !== undefined) return known;
  const results: StaticValue[] = [];
  const fn = functionNamed(calleeNode, scope);
  if (fn !== undefined && node.type === 'CallExpression') return { kind: 'call', callee, isNew: false, args, results: [apply(fn, args)], at };
  const target = calleeNode === undefined ? undefined : calleeNode.type === 'Identifier' || calleeNode.type.endsWith('Expression') ? evaluate(calleeNode, scope) : undefined;
  // `withPlugin(options)(config)`: the outer call holds what the inner one was given too.
  if (target?.kind === 'function') results.push(...target.returns);
  else if (target?.kind === 'call') results.push(target);
  return { kind: 'call', callee, isNew: node.type === 'NewExpression', args, results, at };
}

interface NamedFunction { readonly node: Node; readonly scope: Scope }

/** The function of this file that an expression is or names. */
function functionNamed(node: Node | undefined, scope: Scope): NamedFunction | undefined {
  if (node === undefined) return undefined;
  if (isFunction(node)) return { node, scope };
  const found = node.type === 'Identifier' ? lookUp(String(node['name']), scope) : undefined;
  if (found?.binding.kind === 'function') return { node: found.binding.node, scope: found.owner };
  return found?.binding.kind === 'expression' && found.binding.path.length === 0 && isFunction(found.binding.node) ? { node: found.binding.node, scope: found.owner } : undefined;
}

/** What a function gives for known arguments. */
function apply({ node, scope }: NamedFunction, args: readonly StaticValue[]): StaticValue {
  const at: Span = node.range;
  if (scope.active.has(node)) return { kind: 'unknown', at };
  scope.active.add(node);
  try {
    const inner = innerScope(scope);
    nodesOf(node['params']).forEach((parameter, index) => {
      const value = args[index];
      if (value === undefined) declarePattern(inner, parameter, undefined, []);
      else bindPattern(inner, parameter, value);
    });
    const returned = returnsOf(node, inner);
    return returned.length === 1 && returned[0] !== undefined ? returned[0] : { kind: 'choice', options: returned, at };
  } finally {
    scope.active.delete(node);
  }
}

/** `Object.entries(x)`, `list.map(f)` and their like: of what is known the result; of the environment it stays the environment. */
function listCall(node: Node, callee: string, args: readonly StaticValue[], scope: Scope): StaticValue | undefined {
  const at: Span = node.range;
  const [first] = args;
  if (/^Object\.(?:keys|values|entries|fromEntries)$/.test(callee)) return first === undefined ? undefined : objectCall(callee.slice('Object.'.length), first, at);
  const member = nodeOf(node['callee']);
  if (member?.type !== 'MemberExpression' || member['computed'] === true) return undefined;
  const method = String(nodeOf(member['property'])?.['name'] ?? '');
  if (!listMethods.has(method)) return undefined;
  const list = evaluate(nodeOf(member['object']), scope);
  const [fnNode] = nodesOf(node['arguments']);
  const fn = functionNamed(fnNode, scope);
  if (list.kind === 'environment') return method === 'filter' ? { ...list, ...prefixAsked(fn) } : list;
  const items = itemsOf(list);
  if (items === undefined || items.length > mostItems) return undefined;
  if (method === 'concat') return { kind: 'array', items: [...items, ...args.flatMap((arg) => itemsOf(arg) ?? [arg])], at };
  if (!fn || !callbacks.has(method)) return { kind: 'array', items, at };
  if (method === 'reduce') return items.reduce<StaticValue>((sum, item) => apply(fn, [sum, item]), args[1] ?? { kind: 'unknown', at });
  const made = items.map((item) => apply(fn, [item]));
  return { kind: 'array', items: method === 'flatMap' ? made.flatMap((item) => itemsOf(item) ?? [item]) : made, at };
}

const callbacks = new Set(['map', 'flatMap', 'reduce']);
const listMethods = new Set([...callbacks, 'filter', 'concat', 'slice', 'sort', 'reverse', 'flat']);

/** The prefix of `filter(([name]) => name.startsWith("SHOP_"))`; nothing where the filter asks for something else. */
function prefixAsked(fn: NamedFunction | undefined): { prefix?: readonly string[] } {
  const asked: string[] = [];
  if (fn) {
    walk(fn.node, (child) => {
      const [argument] = child.type === 'CallExpression' ? nodesOf(child['arguments']) : [];
      if (memberPath(nodeOf(child['callee']))?.endsWith('.startsWith') && typeof argument?.['value'] === 'string') asked.push(argument['value']);
      const pattern = child['regex'];
      const start = typeof pattern === 'object' && pattern !== null && 'pattern' in pattern ? /^\^\(?(?:\?:)?([A-Za-z_]\w*)/.exec(String(pattern.pattern))?.[1] : undefined;
      if (start !== undefined) asked.push(start);
      return true;
    });
  }
  return asked.length > 0 ? { prefix: asked } : {};
}

function functionValue(node: Node, at: Span, scope: Scope): StaticValue {
  const inner = innerScope(scope);
  for (const parameter of nodesOf(node['params'])) declarePattern(inner, parameter, undefined, []);
  return { kind: 'function', returns: returnsOf(node, inner), at };
}

/** What a function returns, by the names that its parameters were given. */
function returnsOf(node: Node, inner: Scope): StaticValue[] {
  const body = nodeOf(node['body']);
  if (body === undefined) return [];
  if (body.type !== 'BlockStatement' && body.type !== 'FunctionBody') return [evaluate(body, inner)];
  declareIn(inner, nodesOf(body['body']));
  const returns: StaticValue[] = [];
  walk(body, (child) => {
    if (child.type === 'ReturnStatement') returns.push(evaluate(nodeOf(child['argument']), inner));
    return !isFunction(child);
  });
  return returns;
}
