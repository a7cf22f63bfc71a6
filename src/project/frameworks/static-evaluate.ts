import type { Node } from '../../syntax/estree/node.ts';
import type { Span } from '../../syntax/span.ts';
import { joinPath } from '../graph/posix-path.ts';
import { knownCall } from './static-calls.ts';
import { isFunction, memberPath, nodeOf, nodesOf, walk } from './static-node.ts';
import type { Binding, Scope } from './static-scope.ts';
import { entriesOf, parts, valuesAt, type StaticEntry, type StaticValue } from './static-value.ts';

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

/** Text as far as it is known; a path with text behind it is a path. */
function joined(parts: readonly StaticValue[], at: Span): StaticValue {
  const [first, ...rest] = parts;
  if (first === undefined) return { kind: 'text', text: '', at };
  if (parts.every((part) => part.kind === 'text')) return { kind: 'text', text: parts.map((part) => part.text).join(''), at };
  if (first.kind === 'path' && rest.every((part) => part.kind === 'text')) {
    const path = joinPath(first.path, rest.map((part) => part.text).join(''));
    return path === undefined ? { kind: 'unknown', at } : { kind: 'path', path, at };
  }
  return { kind: 'concat', parts: parts.flatMap((part) => (part.kind === 'concat' ? part.parts : [part])), at };
}

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

function lookUp(name: string, scope: Scope): { binding: Binding; owner: Scope } | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const binding = at.names.get(name);
    if (binding !== undefined) return { binding, owner: at };
  }
  return undefined;
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

/** The value of a member: of the environment a variable, of an object its last entry of that name. */
function propertyOf(object: StaticValue, key: string, at: Span): StaticValue {
  if (object.kind === 'environment') return { kind: 'env', name: key, at };
  // `loadEnv(…)` gives the environment, `dotenv.config()` has it under `parsed`, `z.parse(process.env)` hands it on.
  if (object.kind === 'call' && object.args.some((arg) => arg.kind === 'environment')) return { kind: 'env', name: key, at };
  const item = object.kind === 'array' ? object.items[Number(key)] : undefined;
  if (item !== undefined) return item;
  const found = valuesAt(object, [key]);
  if (found.length === 1 && found[0] !== undefined) return found[0];
  if (found.length > 1) return { kind: 'choice', options: found, at };
  // `env.HILT_API_KEY` of a module that cannot be read (a validated environment): the name says what it is.
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(key) ? { kind: 'env', name: key, at } : { kind: 'unknown', at };
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
    const inner: Scope = { ...scope, names: new Map(), assigned: new Map(), outer: scope };
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

/** Gives the names of a pattern their values. */
function bindPattern(scope: Scope, pattern: Node, value: StaticValue): void {
  switch (pattern.type) {
    case 'Identifier':
      scope.names.set(String(pattern['name']), { kind: 'value', value });
      return;
    case 'AssignmentPattern': {
      const left = nodeOf(pattern['left']);
      return left === undefined ? undefined : bindPattern(scope, left, value);
    }
    case 'ArrayPattern':
      for (const [index, item] of Object.entries(Array.isArray(pattern['elements']) ? pattern['elements'] : [])) {
        const element = nodeOf(item);
        if (element !== undefined) bindPattern(scope, element, propertyOf(value, index, element.range));
      }
      return;
    case 'ObjectPattern':
      for (const property of nodesOf(pattern['properties'])) {
        const key = property.type === 'RestElement' ? undefined : keyOf(property, scope);
        const target = nodeOf(property['value']);
        if (key !== undefined && target !== undefined) bindPattern(scope, target, propertyOf(value, key, property.range));
      }
  }
}

// A list that is longer is generated.
const mostItems = 200;

/** `Object.entries(x)`, `list.map(f)` and their like: of what is known the result; of the environment it stays the environment. */
function listCall(node: Node, callee: string, args: readonly StaticValue[], scope: Scope): StaticValue | undefined {
  const at: Span = node.range;
  const [first] = args;
  if (/^Object\.(?:keys|values|entries|fromEntries)$/.test(callee)) return first === undefined ? undefined : ofObject(callee.slice('Object.'.length), first, at);
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

function itemsOf(value: StaticValue): readonly StaticValue[] | undefined {
  const lists = parts(value).flatMap((part) => (part.kind === 'array' ? [part.items] : []));
  return lists.length > 0 ? lists.flat() : undefined;
}

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

function ofObject(method: string, value: StaticValue, at: Span): StaticValue | undefined {
  const environment = parts(value).find((part) => part.kind === 'environment');
  if (environment) return { ...environment, at };
  if (method === 'fromEntries') {
    const items = itemsOf(value);
    return items && { kind: 'object', at, entries: items.map((item) => entryOfPair(item)) };
  }
  const entries = entriesOf(value);
  if (entries.length === 0 || entries.some((entry) => entry.key === undefined)) return undefined;
  const named = entries.map((entry): StaticValue => ({ kind: 'text', text: entry.key ?? '', at: entry.keyAt }));
  if (method === 'keys') return { kind: 'array', items: named, at };
  const values = entries.map((entry) => entry.value);
  return { kind: 'array', at, items: method === 'values' ? values : named.map((name, index): StaticValue => ({ kind: 'array', items: [name, values[index] ?? { kind: 'unknown', at }], at })) };
}

function entryOfPair(pair: StaticValue): StaticEntry {
  const [key, value] = pair.kind === 'array' ? pair.items : [];
  if (key?.kind !== 'text' || value === undefined) return { value: { kind: 'unknown', at: pair.at }, at: pair.at, keyAt: pair.at };
  return { key: key.text, value, at: pair.at, keyAt: key.at };
}

function functionValue(node: Node, at: Span, scope: Scope): StaticValue {
  const inner: Scope = { ...scope, names: new Map(), assigned: new Map(), outer: scope };
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

function keyOf(property: Node, scope: Scope): string | undefined {
  const key = nodeOf(property['key']);
  if (key === undefined) return undefined;
  if (property['computed'] === true) {
    const value = evaluate(key, scope);
    return value.kind === 'text' ? value.text : undefined;
  }
  return key.type === 'Identifier' ? String(key['name']) : String(key['value']);
}

export function memberKey(node: Node, scope: Scope): string | undefined {
  const property = nodeOf(node['property']);
  if (node['computed'] !== true) return property === undefined ? undefined : String(property['name']);
  const value = evaluate(property, scope);
  if (value.kind === 'constant' && typeof value.value === 'number') return String(value.value);
  return value.kind === 'text' ? value.text : undefined;
}

/** Values of another file keep their meaning and stand where this file names them. */
function located(value: StaticValue, at: Span): StaticValue {
  switch (value.kind) {
    case 'object':
      return { ...value, at, entries: value.entries.map((entry) => ({ ...entry, at, keyAt: at, value: located(entry.value, at) })) };
    case 'array':
      return { ...value, at, items: value.items.map((item) => located(item, at)) };
    case 'choice':
      return { ...value, at, options: value.options.map((option) => located(option, at)) };
    case 'call':
      return { ...value, at, args: value.args.map((arg) => located(arg, at)), results: value.results.map((result) => located(result, at)) };
    case 'function':
      return { ...value, at, returns: value.returns.map((item) => located(item, at)) };
    case 'concat':
      return { ...value, at, parts: value.parts.map((part) => located(part, at)) };
    default:
      return { ...value, at };
  }
}

// --- declarations ---------------------------------------------------------------------------------------------------------------

/** Makes the names known that statements declare, those of nested blocks too, but not those of nested functions. */
export function declareIn(scope: Scope, statements: readonly Node[]): void {
  for (const statement of statements) declareStatement(scope, statement);
}

function declareStatement(scope: Scope, statement: Node): void {
  switch (statement.type) {
    case 'ImportDeclaration':
      return declareImport(scope, statement);
    case 'ExportNamedDeclaration': {
      const declaration = nodeOf(statement['declaration']);
      return declaration === undefined ? undefined : declareStatement(scope, declaration);
    }
    case 'FunctionDeclaration': {
      const name = nodeOf(statement['id']);
      return name === undefined ? undefined : void scope.names.set(String(name['name']), { kind: 'function', node: statement });
    }
    case 'VariableDeclaration':
      for (const declarator of nodesOf(statement['declarations'])) declarePattern(scope, nodeOf(declarator['id']), nodeOf(declarator['init']), []);
      return;
    case 'ExpressionStatement':
      recordLoop(scope, nodeOf(statement['expression']));
      return recordAssignment(scope, nodeOf(statement['expression']));
    case 'ForOfStatement':
      return recordRounds(scope, statement['right'], nodesOf(nodeOf(statement['left'])?.['declarations'])[0]?.['id'], statement['body']);
    case 'ReturnStatement':
      return;
    default:
      for (const key of ['body', 'consequent', 'alternate', 'block', 'finalizer']) declareIn(scope, nodesOf(statement[key]));
  }
}

function declareImport(scope: Scope, statement: Node): void {
  const specifier = String(nodeOf(statement['source'])?.['value'] ?? '');
  for (const item of nodesOf(statement['specifiers'])) {
    const local = String(nodeOf(item['local'])?.['name'] ?? '');
    const imported = nodeOf(item['imported']);
    const name = item.type === 'ImportDefaultSpecifier' ? 'default' : item.type === 'ImportNamespaceSpecifier' ? '*' : String(imported?.['name'] ?? imported?.['value'] ?? '');
    scope.names.set(local, { kind: 'import', specifier, name });
  }
}

export function declarePattern(scope: Scope, pattern: Node | undefined, init: Node | undefined, path: readonly string[]): void {
  if (pattern === undefined) return;
  if (pattern.type === 'Identifier') {
    scope.names.set(String(pattern['name']), init === undefined ? { kind: 'parameter' } : { kind: 'expression', node: init, path });
  } else if (pattern.type === 'AssignmentPattern') {
    declarePattern(scope, nodeOf(pattern['left']), init, path);
  } else if (pattern.type === 'ObjectPattern') {
    for (const property of nodesOf(pattern['properties'])) {
      const key = property.type === 'RestElement' ? undefined : keyOf(property, scope);
      if (key !== undefined) declarePattern(scope, nodeOf(property['value']), init, [...path, key]);
      else declarePattern(scope, nodeOf(property['argument']), init, path);
    }
  }
}

/** Remembers `config.env = { … }` and `define[name] = x`: they add to the object that the name holds. */
function recordAssignment(scope: Scope, expression: Node | undefined): void {
  if (expression?.type !== 'AssignmentExpression') return;
  const left = nodeOf(expression['left']);
  const [name, ...path] = memberPath(left)?.split('.') ?? computedPath(left, scope);
  const node = nodeOf(expression['right']);
  if (name === undefined || node === undefined || path.length === 0) return;
  const { assigned } = lookUp(name, scope)?.owner ?? scope;
  assigned.set(name, [...(assigned.get(name) ?? []), { path, node, scope }]);
}

/** `define[key]` by a key that is known; of the environment any name may be one. */
function computedPath(left: Node | undefined, scope: Scope): string[] {
  const object = left?.type === 'MemberExpression' && left['computed'] === true ? nodeOf(left['object']) : undefined;
  const key = left === undefined || object?.type !== 'Identifier' ? undefined : memberKey(left, scope);
  return key === undefined ? [] : [String(object?.['name']), key];
}

/** `names.forEach((name) => { define[name] = x; })` */
function recordLoop(scope: Scope, call: Node | undefined): void {
  const callee = call?.type === 'CallExpression' ? nodeOf(call['callee']) : undefined;
  if (callee?.type !== 'MemberExpression' || nodeOf(callee['property'])?.['name'] !== 'forEach') return;
  const [fn] = nodesOf(call?.['arguments']);
  if (fn && isFunction(fn)) recordRounds(scope, callee['object'], nodesOf(fn['params'])[0], fn['body']);
}

/** The assignments in a loop over a list that is known, once for each item. */
function recordRounds(scope: Scope, list: unknown, pattern: unknown, body: unknown): void {
  const [variable, block] = [nodeOf(pattern), nodeOf(body)];
  const value = evaluate(nodeOf(list), scope);
  if (variable === undefined || block === undefined) return;
  if (value.kind === 'environment') return recordAll(scope, nodeOf(list), block);
  for (const item of (itemsOf(value) ?? []).slice(0, mostItems)) {
    const inner: Scope = { ...scope, names: new Map(), assigned: new Map(), outer: scope };
    bindPattern(inner, variable, item);
    declareIn(inner, block.type === 'BlockStatement' ? nodesOf(block['body']) : [block]);
  }
}

/** A loop over the environment that fills an object: all of it is put in. */
function recordAll(scope: Scope, list: Node | undefined, block: Node): void {
  walk(block, (child) => {
    const left = child.type === 'AssignmentExpression' ? nodeOf(child['left']) : undefined;
    const object = left?.type === 'MemberExpression' && left['computed'] === true ? nodeOf(left['object']) : undefined;
    if (object?.type === 'Identifier' && list) {
      const name = String(object['name']);
      const { assigned } = lookUp(name, scope)?.owner ?? scope;
      assigned.set(name, [...(assigned.get(name) ?? []), { path: [], node: list, scope }]);
    }
    return true;
  });
}
