import type { Node } from '../../syntax/estree/node.ts';
import { isFunction, memberPath, nodeOf, nodesOf, walk } from './static-node.ts';
import { innerScope, lookUp, type Scope } from './static-scope.ts';
import { itemsOf, mostItems, propertyOf, type StaticValue } from './static-value.ts';

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

/** Makes the names of a pattern known: of `init` at `path`, or as parameters whose values are not known. */
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
  const value = scope.evaluate(nodeOf(list), scope);
  if (variable === undefined || block === undefined) return;
  if (value.kind === 'environment') return recordAll(scope, nodeOf(list), block);
  for (const item of (itemsOf(value) ?? []).slice(0, mostItems)) {
    const inner = innerScope(scope);
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

/** Gives the names of a pattern their values. */
export function bindPattern(scope: Scope, pattern: Node, value: StaticValue): void {
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

/** The name of a property of a literal or a pattern. */
export function keyOf(property: Node, scope: Scope): string | undefined {
  const key = nodeOf(property['key']);
  if (key === undefined) return undefined;
  if (property['computed'] === true) {
    const value = scope.evaluate(key, scope);
    return value.kind === 'text' ? value.text : undefined;
  }
  return key.type === 'Identifier' ? String(key['name']) : String(key['value']);
}

/** The name of the member that is asked for. */
export function memberKey(node: Node, scope: Scope): string | undefined {
  const property = nodeOf(node['property']);
  if (node['computed'] !== true) return property === undefined ? undefined : String(property['name']);
  const value = scope.evaluate(property, scope);
  if (value.kind === 'constant' && typeof value.value === 'number') return String(value.value);
  return value.kind === 'text' ? value.text : undefined;
}
