import type { ImportEdge, Reference } from '../module-summary.ts';
import { childrenOf, isNode, staticKey, type Node } from './node.ts';
import { isFunction, lookUp, type Scope } from './scopes.ts';

/** `config.url` and `const { url } = config` need one property of `config`. */
function memberRead(node: Node, parent: Node | undefined): Pick<Reference, 'members' | 'destructured'> {
  if (parent?.type === 'VariableDeclarator' && parent['init'] === node) {
    const members = patternKeys(parent['id']);
    return members ? { members, destructured: true } : {};
  }
  if ((parent?.type !== 'MemberExpression' && parent?.type !== 'JSXMemberExpression') || parent['object'] !== node) return {};
  const member = staticKey(parent['property'], parent['computed'] === true) ?? (parent.type === 'JSXMemberExpression' ? parent['property'].name : undefined);
  return member === undefined ? {} : { members: [member] };
}

/** A node on the way through a statement, with the nodes that it stands in. */
export interface Reading { readonly node: Node; readonly scope: Scope; readonly parent: Node | undefined; readonly above: Reading | undefined }

type PathRead = Pick<Reference, 'members' | 'destructured' | 'optional' | 'renamed' | 'indexed' | 'handsOn' | 'asksType'>;

/** As `memberRead`, with the whole path of `config.live.url`. A method's object is used whole: `config.keys.find()` reads `keys`. */
export function pathRead(reading: Reading): PathRead {
  const { node, parent } = reading;
  if (parent?.type === 'VariableDeclarator' && parent['init'] === node) return patternOrAlias(parent, reading, []);
  if (parent?.type === 'SpreadElement') return isInitialValue(reading.above?.above) ? { handsOn: true } : {};
  if (parent?.type === 'UnaryExpression' && parent['operator'] === 'typeof') return { asksType: true };
  const first = memberRead(node, parent);
  if (!first.members) return constantIndex(reading);
  const path = [...first.members];
  let outer = reading.above;
  for (; outer?.parent?.type === 'MemberExpression' && outer.parent['object'] === outer.node; outer = outer.above) {
    const member = staticKey(outer.parent['property'], outer.parent['computed'] === true);
    if (member === undefined) break;
    path.push(member);
  }
  const optional = parent?.['optional'] === true ? { optional: true as const } : {};
  const holder = outer?.parent;
  if (outer && holder?.type === 'VariableDeclarator' && holder['init'] === outer.node) return { ...patternOrAlias(holder, outer, path), ...optional };
  const isCallee = holder?.type === 'CallExpression' && holder['callee'] === outer?.node;
  const read = isCallee && path.length > 1 ? path.slice(0, -1) : path;
  return { members: [read.join('\0')], ...optional };
}

/** `const { url } = config.live`, and `const live = config.live` with what is read of `live`. */
function patternOrAlias(declarator: Node, { scope }: Reading, path: readonly string[]): PathRead {
  const below = (members: readonly string[]): string[] => members.map((member) => [...path, member].join('\0'));
  const whole: PathRead = path.length === 0 ? {} : { members: [path.join('\0')] };
  const { id } = declarator as unknown as { id: Node };
  if (id.type !== 'Identifier') {
    const keys = path.length === 0 ? patternPaths(id, 0) : undefined;
    return keys ? { members: keys, destructured: true } : whole;
  }
  const variable = lookUp(scope, id['name']);
  if (!variable || variable.kind !== 'const' || variable.init !== declarator['init']) return whole;
  if (variable.scope.parent === undefined) return { ...whole, handsOn: true };
  const members = membersRead(variable.scope.fn['body'] ?? variable.scope.fn, id['name'], id);
  return members ? { members: below(members), renamed: true } : whole;
}

/** Whether an object is what a variable of the module, or the default export, is from the start. */
function isInitialValue(reading: Reading | undefined): boolean {
  const parent = reading?.parent;
  return reading?.node.type === 'ObjectExpression' && ((parent?.type === 'VariableDeclarator' && parent['init'] === reading.node) || parent?.type === 'ExportDefaultDeclaration');
}

/** `config[name]` where `name` is a constant text. */
function constantIndex({ node, parent, scope }: Reading): PathRead {
  const index: Node | undefined = parent?.type === 'MemberExpression' && parent['object'] === node && parent['computed'] === true ? parent['property'] : undefined;
  const variable = index?.type === 'Identifier' ? lookUp(scope, index['name']) : undefined;
  const text: unknown = variable?.kind === 'const' && variable.init?.type === 'Literal' ? variable.init['value'] : undefined;
  return typeof text === 'string' ? { members: [text], indexed: true } : {};
}

/** The paths that an object pattern takes: `{ hilt: { key } }` takes `hilt.key`. */
function patternPaths(pattern: Node, depth: number): string[] | undefined {
  if (pattern.type !== 'ObjectPattern' || depth > 8) return undefined;
  const paths: string[] = [];
  for (const property of pattern['properties'] as Node[]) {
    const key = property.type === 'Property' ? staticKey(property['key'], property['computed'] === true) : undefined;
    if (key === undefined) return undefined;
    const inner = isNode(property['value']) ? patternPaths(property['value'], depth + 1) : undefined;
    paths.push(...(inner ? inner.map((path) => `${key}\0${path}`) : [key]));
  }
  return paths;
}

/** The keys that an object pattern takes; `undefined` where it may take all. */
function patternKeys(pattern: Node): string[] | undefined {
  if (pattern.type !== 'ObjectPattern') return undefined;
  const keys: string[] = [];
  for (const property of pattern['properties'] as Node[]) {
    const key = property.type === 'Property' ? staticKey(property['key'], property['computed'] === true) : undefined;
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys;
}

/** The names taken from `await import(…)`: `const { a } = await import(…)`, `(await import(…)).a`. */
export function takenNames(parent: Node | undefined, grandparent: Node | undefined, scope: Scope): Taken {
  if (parent?.type === 'MemberExpression' && staticKey(parent['property'], parent['computed'] === true) === 'then' && grandparent?.type === 'CallExpression') return takenByHandler(grandparent);
  const holder = parent?.type === 'AwaitExpression' ? grandparent : undefined;
  const awaited = parent;
  if (holder?.type === 'VariableDeclarator' && holder['init'] === awaited) {
    if (holder['id'].type === 'Identifier') return takenByName(holder['id'], scope);
    const members = patternKeys(holder['id']);
    return members ? { members, destructured: true } : {};
  }
  if (holder?.type === 'MemberExpression' && holder['object'] === awaited) {
    const member = staticKey(holder['property'], holder['computed'] === true);
    return member === undefined ? {} : { members: [member] };
  }
  return {};
}

/** The names taken from `require(…)`: `require(…).a`, `const { a } = require(…)`, `const keys = require(…)` with what is read of `keys`. */
export function requiredNames(node: Node, parent: Node | undefined, scope: Scope): Pick<ImportEdge, 'members' | 'destructured'> {
  if (parent?.type !== 'VariableDeclarator' || parent['init'] !== node || parent['id'].type !== 'Identifier') return memberRead(node, parent);
  const { members } = takenByName(parent['id'], scope);
  return members ? { members } : {};
}

type Taken = Pick<ImportEdge, 'members' | 'destructured' | 'named'>;

/** `const keys = await import(…)` with what is read of `keys`. */
function takenByName(id: Node, scope: Scope): Taken {
  const variable = lookUp(scope, id['name']);
  const members = variable?.kind === 'const' ? membersRead(variable.scope.fn, id['name'], id) : undefined;
  return members ? { members, destructured: true, named: 'variable' } : {};
}

/** `import(…).then(({ a }) => …)`, `import(…).then((keys) => keys.a)`. */
function takenByHandler(call: Node): Taken {
  const [handler, onFailure] = call['arguments'] as Node[];
  const parameter: Node | undefined = handler && isFunction(handler) && !onFailure ? handler['params'][0] : undefined;
  if (!handler || !parameter) return {};
  const isName = parameter.type === 'Identifier';
  const members = isName ? membersRead(handler['body'], parameter['name']) : patternKeys(parameter);
  return members ? { members, destructured: true, ...(isName ? { named: 'parameter' } : {}) } : {};
}

// Generated code may have thousands of names in one long function, each of which is looked for in all of it.
const mostNodes = 10_000;

/** The members of a name that code reads; `undefined` where it does anything else with the name. */
function membersRead(root: Node, name: string, declared?: Node): string[] | undefined {
  const members = new Set<string>();
  let nodes = 0;
  const queue: { node: Node; parent: Node | undefined }[] = [{ node: root, parent: undefined }];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { node, parent } = next;
    nodes += 1;
    if (nodes > mostNodes) return undefined;
    if (node.type === 'Identifier' && node !== declared && node['name'] === name && !(parent?.type === 'MemberExpression' && parent['property'] === node && parent['computed'] !== true)) {
      const read = memberRead(node, parent).members;
      if (!read) return undefined;
      for (const member of read) members.add(member);
    }
    for (const child of childrenOf(node)) queue.push({ node: child, parent: node });
  }
  return [...members];
}
