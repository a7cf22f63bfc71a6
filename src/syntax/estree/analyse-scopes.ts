import { declare, declareName, declareParameter, declarePattern, functionScope, templateNames } from './declared-names.ts';
import { EmptyValues, isAssertion, type Placed } from './empty-values.ts';
import { childrenOf, isLeaf, isNode, staticKey, unwrap, type Node } from './node.ts';
import { recordWrite, type Visit } from './recorded-writes.ts';
import { isFunction, type Loop, type PassedTo, type Scope, type Scopes } from './scopes.ts';

const branching = new Set([
  'IfStatement', 'ConditionalExpression', 'SwitchCase', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement',
  'TryStatement', 'CatchClause', 'LogicalExpression',
]);
type Role = 'function' | 'class' | 'block' | 'enum' | 'declaration' | 'object' | 'try' | 'write' | 'new' | 'call' | 'delete' | 'test';

/** What nodes mean to scopes, by their type: two of three mean nothing. */
const roles = new Map<string, Role>(
  Object.entries<readonly string[]>({
    function: ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'],
    class: ['ClassDeclaration', 'ClassExpression'],
    block: [
      'BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement', 'CatchClause', 'StaticBlock', 'TSModuleBlock',
      'VElement', 'SvelteIfBlock', 'SvelteElseBlock', 'SvelteEachBlock', 'SvelteAwaitThenBlock', 'SvelteAwaitCatchBlock', 'SvelteKeyBlock', 'SvelteSnippetBlock',
    ],
    enum: ['TSEnumDeclaration'],
    declaration: ['VariableDeclaration', 'SvelteConstTag', 'TSModuleDeclaration', 'ImportDeclaration', 'TSImportEqualsDeclaration'],
    object: ['ObjectExpression'],
    try: ['TryStatement'],
    write: ['AssignmentExpression', 'UpdateExpression'],
    delete: ['UnaryExpression'],
    new: ['NewExpression'],
    call: ['CallExpression'],
    test: ['IfStatement', 'ConditionalExpression', 'LogicalExpression', 'WhileStatement', 'SwitchCase', 'Statements', 'Program'],
  }).flatMap(([role, types]) => types.map((type): [string, Role] => [type, role as Role])),
);
const loops = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);
const hoisting = new Set(['TSModuleBlock', 'StaticBlock']);
const maxRecursion = 300;

/**
 * Works out which name means what. Own and small, since it has to serve every parser's tree, vue and svelte templates among
 * them, within the start-up budget of a commit hook (`docs/decisions.md`).
 */
export function analyseScopes(program: Node): Scopes {
  return new ScopeWalker(program);
}

class ScopeWalker implements Scopes {
  readonly module: Scope;
  readonly empty: EmptyValues;
  readonly owners: Node[] = [];
  readonly #opened = new Map<Node, Scope>();
  readonly #passed = new Map<Node, PassedTo>();
  readonly #tried = new Map<Node, Node>();
  readonly #writes: Visit[] = [];
  readonly #tests: Placed[] = [];
  readonly #counting: Node[] = [];
  readonly #callbacks = new Map<Node, Loop>();
  readonly #queue: Visit[] = [];

  constructor(program: Node) {
    this.module = { parent: undefined, fn: program, variables: new Map() };
    this.#queue.push({ node: program, scope: this.module, conditional: false });
    for (let next = this.#queue.pop(); next; next = this.#queue.pop()) this.#visit(next, 0);
    for (const node of this.#counting) noteCounters(node, this.#opened.get(node));
    // At last, when every name is declared that may be written to.
    for (const written of this.#writes) recordWrite(written);
    this.empty = new EmptyValues(this.#tests, this.#writes);
  }

  opened(node: Node): Scope | undefined {
    return this.#opened.get(node);
  }

  passedTo(fn: Node): PassedTo | undefined {
    return this.#passed.get(fn);
  }

  tried(clause: Node): Node | undefined {
    return this.#tried.get(clause);
  }

  /** Deep nesting goes back to the queue instead of down the stack, so that no input overflows it. */
  #descend(visit: Visit, depth: number): void {
    const { node, scope, conditional } = visit;
    const children = childrenOf(node);
    if (children.length === 0) return;
    const isBranch = branching.has(node.type);
    const loop = loopBelow(visit, isBranch);
    for (let i = 0; i < children.length; i++) {
      const child = children[i] as Node;
      // They declare nothing, and are most of a tree.
      if (isLeaf(child)) continue;
      const next = { node: child, scope, conditional: conditional || isBranch, loop };
      if (depth > maxRecursion) this.#queue.push(next);
      else this.#visit(next, depth + 1);
    }
  }

  #visit(visit: Visit, depth: number): void {
    const { node, scope } = visit;
    switch (roles.get(node.type)) {
      case undefined:
        return this.#descend(visit, depth);
      case 'function':
        return isFunction(node) ? this.#visitFunction(visit, depth) : this.#descend(visit, depth);
      case 'block':
        return this.#visitBlock(visit, depth);
      case 'class':
        return this.#visitClass(visit, depth);
      case 'enum':
        declare(node, scope);
        return this.#descend({ ...visit, scope: this.#enumScope(node, scope) }, depth);
      case 'declaration':
        declare(node, scope);
        break;
      case 'object':
        this.owners.push(node);
        break;
      case 'try':
        if (isNode(node['handler']) && isNode(node['block'])) this.#tried.set(node['handler'], node['block']);
        break;
      case 'write':
        this.#writes.push(visit);
        break;
      case 'delete':
        if (node['operator'] === 'delete') this.#writes.push(visit);
        break;
      case 'new':
        this.#notePassed(node, scope);
        break;
      case 'test':
        this.#tests.push(visit);
        break;
      case 'call':
        this.#writes.push(visit);
        if (isAssertion(node)) this.#tests.push(visit);
        this.#notePassed(node, scope);
        this.#noteCallback(visit);
    }
    this.#descend(visit, depth);
  }

  #visitBlock(visit: Visit, depth: number): void {
    const { node, scope } = visit;
    const inner: Scope = { parent: scope, fn: scope.fn, variables: new Map(), ...(hoisting.has(node.type) ? { hoists: true } : {}) };
    this.#opened.set(node, inner);
    if (node.type === 'BlockStatement') this.#tests.push({ node, scope: inner });
    if (node.type === 'ForStatement') this.#counting.push(node);
    if (node.type === 'CatchClause' && isNode(node['param'])) declarePattern(inner, node['param'], 'other', node);
    for (const pattern of templateNames(node)) declarePattern(inner, pattern, 'other', node);
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') this.#writes.push({ ...visit, scope: inner, conditional: true });
    this.#descend({ ...visit, scope: inner }, depth);
  }

  #visitClass(visit: Visit, depth: number): void {
    const { node, scope } = visit;
    declare(node, scope);
    this.owners.push(node);
    const inner: Scope = { parent: scope, fn: scope.fn, cls: node, variables: new Map() };
    this.#opened.set(node, inner);
    if (node.type === 'ClassExpression' && node['id']) declareName(inner, node['id'].name, 'class', node);
    this.#descend({ ...visit, scope: inner }, depth);
  }

  #visitFunction({ node, scope }: Visit, depth: number): void {
    if (node.type === 'FunctionDeclaration' && node['id']) declareName(functionScope(scope), node['id'].name, 'function', node);
    const inner: Scope = { parent: scope, fn: node, variables: new Map() };
    this.#opened.set(node, inner);
    if (node.type === 'FunctionExpression' && node['id']) declareName(inner, node['id'].name, 'function', node);
    node['params'].forEach((parameter: Node, index: number) => declareParameter(inner, node, parameter, index));
    this.#descend({ node, scope: inner, conditional: false, loop: this.#callbacks.get(node) }, depth);
  }

  #notePassed(call: Node, scope: Scope): void {
    (call['arguments'] as Node[] | undefined)?.forEach((argument, index) => {
      const fn = unwrap(argument);
      if (isFunction(fn)) this.#passed.set(fn, { call, index, scope });
    });
  }

  /** `list.forEach((item) => { … })` */
  #noteCallback({ node, scope, loop }: Visit): void {
    const callee = unwrap(node['callee']);
    const callback: Node | undefined = node['arguments']?.[0];
    if (callee.type !== 'MemberExpression' || !callback || !isFunction(callback) || staticKey(callee['property'], callee['computed'] === true) !== 'forEach') return;
    this.#callbacks.set(callback, { node: callback, list: callee['object'], scope, outer: loop, conditional: false });
  }

  /** Members of an enum are names inside it. */
  #enumScope(node: Node, scope: Scope): Scope {
    const inner: Scope = { parent: scope, fn: scope.fn, variables: new Map() };
    this.#opened.set(node, inner);
    for (const member of (node['body']?.members ?? node['members'] ?? []) as Node[]) {
      const name = isNode(member['id']) ? staticKey(member['id'], false) : undefined;
      if (name !== undefined && isNode(member['initializer'])) declareName(inner, name, 'const', member, { init: member['initializer'] });
    }
    return inner;
  }
}

/** The loop that what is below a node happens in. */
function loopBelow({ node, scope, loop }: Visit, isBranch: boolean): Loop | undefined {
  if (loops.has(node.type)) return { node, scope, outer: loop, conditional: false };
  return isBranch && loop ? { ...loop, conditional: true } : loop;
}

function noteCounters(node: Node, scope: Scope | undefined): void {
  for (const declarator of (node['init']?.declarations ?? []) as Node[]) {
    const variable = declarator['id'].type === 'Identifier' ? scope?.variables.get(declarator['id'].name) : undefined;
    if (variable) variable.counter = node;
  }
}
