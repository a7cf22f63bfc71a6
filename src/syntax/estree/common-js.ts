import type { ExportEntry } from '../module-summary.ts';
import type { Value } from '../value.ts';
import { isNode, spanOf, staticKey, unwrap, type Node } from './node.ts';
import { lookUp, type Scope } from './scopes.ts';
import type { ValueReader } from './values.ts';

/** What a module exports by statements: assignments to `module.exports` and `exports`, and what compilers and `Object` do to them. */
export class CommonJsExports {
  readonly #values: ValueReader;

  constructor(values: ValueReader) {
    this.#values = values;
  }

  /** `module.exports = …`, `exports.name = …`, `module.exports.name = …`. */
  ofAssignment(left: Node, key: string | undefined, node: Node, value: Value, scope: Scope): ExportEntry[] {
    if (key === undefined) return [];
    const object = unwrap(left['object']);
    const isModule = object.type === 'Identifier' && object['name'] === 'module' && key === 'exports' && !lookUp(scope, 'module');
    if (isModule) return [{ name: 'module.exports', typeOnly: false, at: spanOf(node), value, ...localName(node['right']) }];
    return isExports(object, scope) ? [{ name: key, typeOnly: false, at: spanOf(node), value, ...localName(node['right']) }] : [];
  }

  /** `Object.assign(exports, …)`, `Object.defineProperty(exports, name, …)`, and `__exportStar(require(…), exports)` of TypeScript. */
  ofCall(node: Node, callee: Value, scope: Scope): ExportEntry[] {
    const [first, second, third]: readonly Node[] = node['arguments'] ?? [];
    const name = calledName(callee);
    if (!first || name === undefined) return [];
    if (name === '__exportStar' || name === '__export') return this.#star(first, scope);
    if (!second || !isExports(unwrap(first), scope)) return [];
    if (name === 'Object.assign') return (node['arguments'] as Node[]).slice(1).flatMap((each) => this.#all(each, scope));
    const key = name === 'Object.defineProperty' && third ? this.#values.read(second, scope) : undefined;
    return third && key?.kind === 'text' && key.text !== '__esModule' ? this.#described(key.text, third, scope) : [];
  }

  #star(source: Node, scope: Scope): ExportEntry[] {
    const value = this.#values.read(source, scope);
    return value.kind === 'import' && value.name === '*' ? [{ name: '*', typeOnly: false, at: spanOf(source), from: { specifier: value.specifier, name: '*' } }] : [];
  }

  #all(node: Node, scope: Scope): ExportEntry[] {
    const object = unwrap(node);
    if (object.type !== 'ObjectExpression') return this.#star(object, scope);
    return (object['properties'] as Node[]).flatMap((property) => {
      if (property.type === 'SpreadElement') return this.#star(property['argument'], scope);
      const name = isNode(property['key']) ? staticKey(property['key'], property['computed'] === true) : undefined;
      return name === undefined || !isNode(property['value']) ? [] : [{ name, typeOnly: false, at: spanOf(property), value: this.#values.read(property['value'], scope), ...localName(property['value']) }];
    });
  }

  /** A property descriptor's `value`, or what its `get` returns. */
  #described(name: string, descriptor: Node, scope: Scope): ExportEntry[] {
    const value = this.#values.read(descriptor, scope);
    const entry = value.kind === 'object' ? value.entries.find(({ key }) => key?.kind === 'text' && (key.text === 'value' || key.text === 'get')) : undefined;
    if (!entry) return [];
    const at = spanOf(descriptor);
    const isGetter = entry.key?.kind === 'text' && entry.key.text === 'get';
    return [{ name, typeOnly: false, at, value: isGetter ? { kind: 'call', callee: entry.value, args: [], at } : entry.value }];
  }
}

function isExports(object: Node, scope: Scope): boolean {
  if (object.type === 'Identifier') return object['name'] === 'exports' && !lookUp(scope, 'exports');
  return object.type === 'MemberExpression' && object['object'].name === 'module' && staticKey(object['property'], object['computed'] === true) === 'exports' && !lookUp(scope, 'module');
}

function calledName(callee: Value): string | undefined {
  if (callee.kind === 'global') return callee.path.startsWith('tslib.') ? callee.path.slice('tslib.'.length) : callee.path;
  if (callee.kind === 'member' && callee.property.kind === 'text') return callee.property.text;
  return callee.kind === 'binding' || callee.kind === 'import' ? callee.name : undefined;
}

export function localName(node: Node): { local?: string } {
  const name: unknown = node.type === 'Identifier' ? node['name'] : node['id']?.name;
  return typeof name === 'string' ? { local: name } : {};
}

/** Node's `require`, or one that `createRequire` of `node:module` made. */
export function isRequire(node: Node, scope: Scope): boolean {
  const callee = unwrap(node);
  if (callee.type !== 'Identifier') return false;
  const variable = lookUp(scope, callee['name']);
  if (!variable) return callee['name'] === 'require';
  const init = variable.kind === 'const' && variable.path.length === 0 && variable.init ? unwrap(variable.init) : undefined;
  if (init?.type !== 'CallExpression') return false;
  const maker = unwrap(init['callee']);
  const name: unknown = maker.type === 'MemberExpression' ? maker['property'].name : maker['name'];
  const source = lookUp(variable.scope, (maker.type === 'MemberExpression' ? unwrap(maker['object'])['name'] : name) as string)?.importFrom;
  return source !== undefined && /^(?:node:)?module$/.test(source.specifier) && (name === 'createRequire' || source.name === 'createRequire');
}
