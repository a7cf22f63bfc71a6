import type { Span } from '../span.ts';
import { isNode, spanOf, staticKey, unwrap, type Node } from './node.ts';
import { lookUp, type Scope, type Variable } from './scopes.ts';
import { contains } from '../span.ts';
import { addTo } from '../group-by.ts';

/** A node, and the scope that it stands in. */
export interface Placed { readonly node: Node; readonly scope: Scope }

/** Code that runs only where nothing is held under a path: a name, and the properties read of it. */
interface Region { readonly at: Span; readonly root: Variable | undefined; readonly fn: Node }
interface Path { readonly path: string; readonly root: Variable | undefined }
/** What else writes to a path. */
interface Assigned { readonly at: Span; readonly fn: Node }

const maxDepth = 20;
/** Regions of one path that are remembered: nobody asks for the same more often. */
const maxRegions = 200;
const askedByText = new Set(['trim', 'toString', 'valueOf', 'trimStart', 'trimEnd']);

/** A call whose arguments after the first are used only where the first is falsy: `assert(key, message)`. */
export function isAssertion(node: Node): boolean {
  const callee = unwrap(node['callee']);
  const name: unknown = callee.type === 'MemberExpression' ? callee['property'].name : callee['name'];
  if (name !== 'assert' && name !== 'ok' && name !== 'invariant') return false;
  return callee.type === 'Identifier' || /^(?:assert|console)$/.test(unwrap(callee['object'])['name'] ?? '');
}

/**
 * Where code has asked for a value and there is none: in `if (!key) { … }`, after `if (key) return`, at the right of `key || …`.
 * Whatever is shown of it there is nothing.
 */
export class EmptyValues {
  readonly #regions = new Map<string, Region[]>();
  readonly #assigned = new Map<string, Assigned[]>();

  /** `tests`: the nodes that choose between ways; `writes`: all assignments. */
  constructor(tests: readonly Placed[], writes: readonly Placed[]) {
    for (const { node, scope } of tests) this.#note(node, scope);
    if (this.#regions.size === 0) return;
    for (const { node, scope } of writes) if (node.type === 'AssignmentExpression') this.#noteAssignment(node['left'], node, scope);
  }

  /** Whether nothing is held under the path that a name or a member stands for. */
  covers(node: Node, scope: Scope): boolean {
    if (this.#regions.size === 0) return false;
    const asked = pathOf(node, scope);
    const regions = asked && this.#regions.get(asked.path);
    return regions?.some((region) => region.root === asked?.root && contains(region.at, spanOf(node)) && !this.#isWritten(asked?.path ?? '', region)) ?? false;
  }

  #note(node: Node, scope: Scope): void {
    switch (node.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        this.#add(node['test'], true, scope, node['consequent']);
        if (isNode(node['alternate'])) this.#add(node['test'], false, scope, node['alternate']);
        return;
      case 'WhileStatement':
        return this.#add(node['test'], true, scope, node['body']);
      case 'LogicalExpression':
        return this.#add(node['left'], node['operator'] === '&&', scope, node['right']);
      case 'CallExpression': {
        const [test, ...others] = node['arguments'] as Node[];
        const [first, last] = [others[0], others.at(-1)];
        if (test && first && last) this.#addSpan(test, false, scope, [first.range[0], last.range[1]]);
        return;
      }
      default:
        this.#noteExits(Array.isArray(node['body']) ? node['body'] as Node[] : node['consequent'] as Node[], scope);
    }
  }

  /** What follows `if (key) return`. */
  #noteExits(statements: readonly Node[], scope: Scope): void {
    const end = statements.at(-1)?.range[1] ?? 0;
    for (const statement of statements) {
      if (statement.type !== 'IfStatement') continue;
      if (leaves(statement['consequent'])) this.#addSpan(statement['test'], false, scope, [statement.range[1], end]);
      else if (isNode(statement['alternate']) && leaves(statement['alternate'])) this.#addSpan(statement['test'], true, scope, [statement.range[1], end]);
    }
  }

  #add(test: Node, outcome: boolean, scope: Scope, region: Node): void {
    this.#addSpan(test, outcome, scope, spanOf(region));
  }

  #addSpan(test: Node, outcome: boolean, scope: Scope, at: Span): void {
    for (const { path, root } of emptyWhen(test, outcome, scope, 0)) {
      const regions = this.#regions.get(path);
      if (!regions) this.#regions.set(path, [{ at, root, fn: scope.fn }]);
      else if (regions.length < maxRegions) regions.push({ at, root, fn: scope.fn });
    }
  }

  #noteAssignment(left: Node, node: Node, scope: Scope): void {
    const path = pathOf(left, scope)?.path;
    if (path === undefined || !this.#regions.has(path)) return;
    addTo(this.#assigned, path, { at: spanOf(node), fn: scope.fn });
  }

  /** Whether something is put there meanwhile: in the region, or by a function that may be called in it. */
  #isWritten(path: string, { at, root, fn }: Region): boolean {
    const isMeanwhile = (write: Assigned): boolean => write.fn !== fn || contains(at, write.at);
    const written = root ? [...root.writes, ...root.propertyWrites, ...root.mutatingCalls] : [];
    if (written.some((write) => isMeanwhile({ at: spanOf(write.node), fn: write.scope.fn }))) return true;
    return this.#assigned.get(path)?.some(isMeanwhile) ?? false;
  }
}

/** What is empty where a test comes out one way. */
function emptyWhen(outer: Node, outcome: boolean, scope: Scope, depth: number): readonly Path[] {
  if (depth > maxDepth) return [];
  const node = unwrap(outer);
  switch (node.type) {
    case 'UnaryExpression':
      return node['operator'] === '!' ? emptyWhen(node['argument'], !outcome, scope, depth + 1) : [];
    case 'LogicalExpression':
      if (node['operator'] !== (outcome ? '&&' : '||')) return [];
      return [...emptyWhen(node['left'], outcome, scope, depth + 1), ...emptyWhen(node['right'], outcome, scope, depth + 1)];
    case 'BinaryExpression':
      return ofComparison(node, outcome, scope);
    case 'CallExpression':
      return outcome ? [] : ofCall(node, scope, depth);
    case 'MemberExpression':
      // `key.length`, which is 0.
      if (!outcome && staticKey(node['property'], node['computed'] === true) === 'length') return pathsOf(node['object'], scope);
      return outcome ? [] : pathsOf(node, scope);
    case 'Identifier':
      return [...(outcome ? [] : pathsOf(node, scope)), ...ofNamedTest(node, outcome, scope, depth)];
    default:
      return [];
  }
}

/** `const isMissing = !key` */
function ofNamedTest(node: Node, outcome: boolean, scope: Scope, depth: number): readonly Path[] {
  const variable = lookUp(scope, node['name']);
  return variable?.kind === 'const' && variable.init && variable.path.length === 0 && variable.init.type !== 'Identifier' && variable.init.type !== 'MemberExpression'
    ? emptyWhen(variable.init, outcome, variable.scope, depth + 1)
    : [];
}

/** `Boolean(key)`, `key.trim()`, Python's `bool(key)` and `len(key)`. */
function ofCall(node: Node, scope: Scope, depth: number): readonly Path[] {
  const callee = unwrap(node['callee']);
  const [first] = node['arguments'] as Node[];
  if (callee.type === 'Identifier' && first && /^(?:Boolean|bool|len|String|str)$/.test(callee['name'])) return emptyWhen(first, false, scope, depth + 1);
  if (callee.type !== 'MemberExpression' || first) return [];
  return askedByText.has(staticKey(callee['property'], callee['computed'] === true) ?? '') || staticKey(callee['property'], false) === 'strip' ? pathsOf(callee['object'], scope) : [];
}

function ofComparison(node: Node, outcome: boolean, scope: Scope): readonly Path[] {
  const equal = /^(?:===?|is)$/.test(node['operator']) ? true : /^(?:!==?|is not)$/.test(node['operator']) ? false : undefined;
  if (equal !== outcome) return [];
  const [left, right] = [unwrap(node['left']), unwrap(node['right'])];
  return [...ofEqual(left, right, scope), ...ofEqual(right, left, scope)];
}

/** `key === undefined`, `key.trim() === ""`, `key.length === 0`, `typeof key === "undefined"`. */
function ofEqual(asked: Node, other: Node, scope: Scope): readonly Path[] {
  if (asked.type === 'UnaryExpression' && asked['operator'] === 'typeof') return other['value'] === 'undefined' ? pathsOf(asked['argument'], scope) : [];
  if (isNothing(other)) return asked.type === 'CallExpression' ? ofCall(asked, scope, 0) : pathsOf(asked, scope);
  return other.type === 'Literal' && other['value'] === 0 ? emptyWhen(asked, false, scope, 0) : [];
}

function isNothing(node: Node): boolean {
  if (node.type === 'Literal') return node['value'] === '' || (node['value'] === null && node['regex'] === undefined && node['bigint'] === undefined);
  return (node.type === 'Identifier' && (node['name'] === 'undefined' || node['name'] === 'None')) || (node.type === 'UnaryExpression' && node['operator'] === 'void');
}

function pathsOf(node: Node, scope: Scope): readonly Path[] {
  const path = pathOf(node, scope);
  return path ? [path] : [];
}

/** `config.hilt.apiKey`: where it begins, and the names. */
function pathOf(outer: Node, scope: Scope): Path | undefined {
  const names: string[] = [];
  let node = unwrap(outer);
  for (; node.type === 'MemberExpression'; node = unwrap(node['object'])) {
    const name = staticKey(node['property'], node['computed'] === true);
    if (name === undefined || names.length >= maxDepth) return undefined;
    names.push(name);
  }
  if (node.type === 'Identifier') return { path: [node['name'], ...names.reverse()].join('.'), root: lookUp(scope, node['name']) };
  return node.type === 'ThisExpression' && names.length > 0 ? { path: ['this', ...names.reverse()].join('.'), root: undefined } : undefined;
}

const leaving = new Set(['ReturnStatement', 'ThrowStatement', 'ContinueStatement', 'BreakStatement']);

/** Whether nothing that follows a statement runs after it. */
function leaves(statement: Node): boolean {
  if (leaving.has(statement.type)) return true;
  if (statement.type === 'BlockStatement' || statement.type === 'Statements') {
    const last = (statement['body'] as Node[]).at(-1);
    return last !== undefined && leaves(last);
  }
  const call = statement.type === 'ExpressionStatement' ? unwrap(statement['expression']) : undefined;
  if (call?.type !== 'CallExpression') return false;
  const callee = unwrap(call['callee']);
  // `process.exit(1)`, Python's `sys.exit()`, and a shell's own.
  return callee.type === 'MemberExpression' ? callee['property'].name === 'exit' : callee.type === 'Identifier' && /^(?:exit|shell:exit|shell:return)$/.test(callee['name']);
}
