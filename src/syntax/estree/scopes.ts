import { childrenOf, isLeaf, isNode, staticKey, unwrap, type Node } from './node.ts';

export type VariableKind = 'const' | 'let' | 'function' | 'class' | 'parameter' | 'import' | 'enum' | 'namespace' | 'other';

/** A write to a variable, or to a property of what it holds. */
export interface Write {
  readonly node: Node;
  readonly scope: Scope;
  readonly operator: string;
  /** The assigned expression; absent where the value cannot be told (`x++`). */
  readonly value?: Node;
  /** The variable goes through the elements (`of`) or the keys (`in`) of `value`. */
  readonly each?: 'of' | 'in';
  /** Destructuring path of the write, as for `Variable.path`. */
  readonly path: readonly PathStep[];
  /** Inside a branch, a loop or another function than the declaration: it may or may not have happened. */
  readonly conditional: boolean;
  /** The loop that it happens in, each time round. */
  readonly loop?: Loop;
}

/** A loop statement, or the function that `forEach` calls with each item. */
export interface Loop {
  readonly node: Node;
  /** What `forEach` goes over. */
  readonly list?: Node;
  readonly scope: Scope;
  readonly outer: Loop | undefined;
  /** Between the loop and what it is asked for stands a branch. */
  readonly conditional: boolean;
}

/** One step from an initialiser to a destructured name: a property, an index, or what a rest element leaves. */
export interface PathStep {
  readonly key?: string;
  readonly keyNode?: Node;
  readonly rest?: true;
  /** Keys that an object's rest leaves out. */
  readonly except?: readonly string[];
  readonly fallback?: Node;
  /** The property or element pattern, where a read of the name stands. */
  readonly at: Node;
}

export interface PropertyWrite {
  /** Properties between the variable and the object that is written to: `["headers"]` in `options.headers.Cookie = c`. */
  readonly under: readonly string[];
  readonly key?: string;
  readonly keyNode: Node;
  readonly computed: boolean;
  readonly value: Node;
  readonly node: Node;
  readonly scope: Scope;
}

/** A call that changes what the variable holds: `.set(k, v)`, `.append(k, v)`, `.push(v)`, `Object.assign(x, more)`. */
export interface MutatingCall {
  /** As in {@link PropertyWrite}. */
  readonly under: readonly string[];
  readonly method: string;
  /** Adds the entries of its arguments: `headers.update(more)` of Python. */
  readonly merges: boolean;
  readonly args: readonly Node[];
  readonly node: Node;
  readonly scope: Scope;
}

export interface Variable {
  readonly name: string;
  readonly kind: VariableKind;
  readonly scope: Scope;
  /** The declaration: declarator, function, class, parameter pattern, import specifier, enum. */
  readonly node: Node;
  readonly init?: Node;
  readonly path: readonly PathStep[];
  readonly parameter?: { readonly fn: Node; readonly index: number; readonly rest: boolean; readonly fallback?: Node };
  readonly importFrom?: { readonly specifier: string; readonly name: string; readonly typeOnly: boolean };
  /** Further declarations of the name that add to it: enums, namespaces. */
  readonly merged: Node[];
  /** The `for (;;)` statement that counts with it. */
  counter?: Node;
  readonly writes: Write[];
  readonly propertyWrites: PropertyWrite[];
  readonly mutatingCalls: MutatingCall[];
}

export interface Scope {
  readonly parent: Scope | undefined;
  /** Function node, or the program for the module's own scope. */
  readonly fn: Node;
  /** The class that opens it. */
  readonly cls?: Node;
  readonly variables: Map<string, Variable>;
  /** A namespace or a static block: `var` and functions inside belong to it. */
  readonly hoists?: true;
}

/** The call that a function is written into as an argument, from 0. */
export interface PassedTo { readonly call: Node; readonly index: number; readonly scope: Scope }

export interface Scopes {
  readonly module: Scope;
  /** Classes and object literals: what `this` may stand for. */
  readonly owners: readonly Node[];
  /** Where a function is an argument of a call. */
  passedTo(fn: Node): PassedTo | undefined;
  /** The block that a `catch` stands after. */
  tried(clause: Node): Node | undefined;
  /** The scope that a node opens, if it opens one. */
  opened(node: Node): Scope | undefined;
}

export function lookUp(scope: Scope, name: string): Variable | undefined {
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    const variable = current.variables.get(name);
    if (variable) return variable;
  }
  return undefined;
}

export function isClass(node: Node): boolean {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
/** A function with a body: an abstract method and an overload are types. */
export function isFunction(node: Node): boolean {
  return functionTypes.has(node.type) && isNode(node['body']);
}

const branching = new Set([
  'IfStatement', 'ConditionalExpression', 'SwitchCase', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement',
  'TryStatement', 'CatchClause', 'LogicalExpression',
]);
const blockScoped = new Set([
  'BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement', 'CatchClause', 'StaticBlock', 'TSModuleBlock',
  'VElement', 'SvelteIfBlock', 'SvelteElseBlock', 'SvelteEachBlock', 'SvelteAwaitThenBlock', 'SvelteAwaitCatchBlock', 'SvelteKeyBlock', 'SvelteSnippetBlock',
]);
const mutatingMethods = new Set(['set', 'append', 'push', 'unshift', 'setHeader', 'header']);
const maxRecursion = 300;
/** Properties that are followed from a variable to what is written to. */
const maxUnder = 4;

interface Frame {
  readonly node: Node;
  readonly scope: Scope;
  readonly conditional: boolean;
  readonly loop?: Loop | undefined;
}

const loops = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);

/**
 * Works out which name means what. Own and small, since it has to serve every parser's tree, vue and svelte templates among
 * them, within the start-up budget of a commit hook (`docs/decisions.md`).
 */
export function analyseScopes(program: Node): Scopes {
  const module: Scope = { parent: undefined, fn: program, variables: new Map() };
  const opened = new Map<Node, Scope>();
  const passed = new Map<Node, PassedTo>();
  const tried = new Map<Node, Node>();
  const writes: Frame[] = [];
  const counting: Node[] = [];
  const owners: Node[] = [];
  const callbacks = new Map<Node, Loop>();
  const queue: Frame[] = [{ node: program, scope: module, conditional: false }];

  // Deep nesting goes back to the queue instead of down the stack, so that no input overflows it.
  function descend(frame: Frame, depth: number): void {
    const children = childrenOf(frame.node);
    if (children.length === 0) return;
    const isBranch = branching.has(frame.node.type);
    const loop = loops.has(frame.node.type) ? { node: frame.node, scope: frame.scope, outer: frame.loop, conditional: false }
      : isBranch && frame.loop ? { ...frame.loop, conditional: true } : frame.loop;
    for (let i = 0; i < children.length; i++) {
      const child = children[i] as Node;
      // They declare nothing, and are most of a tree.
      if (isLeaf(child)) continue;
      const next = { node: child, scope: frame.scope, conditional: frame.conditional || isBranch, loop };
      if (depth > maxRecursion) queue.push(next);
      else visit(next, depth + 1);
    }
  }

  function visit(frame: Frame, depth: number): void {
    const { node, scope } = frame;
    if (isFunction(node)) return visitFunction(frame, depth);
    if (blockScoped.has(node.type)) {
      const inner: Scope = { parent: scope, fn: scope.fn, variables: new Map(), ...(hoisting.has(node.type) ? { hoists: true } : {}) };
      opened.set(node, inner);
      if (node.type === 'ForStatement') counting.push(node);
      if (node.type === 'CatchClause' && isNode(node['param'])) declarePattern(inner, node['param'], 'other', node);
      for (const pattern of templateNames(node)) declarePattern(inner, pattern, 'other', node);
      if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') writes.push({ ...frame, scope: inner, conditional: true });
      return descend({ ...frame, scope: inner }, depth);
    }
    declare(node, scope);
    if (node.type === 'TryStatement' && isNode(node['handler']) && isNode(node['block'])) tried.set(node['handler'], node['block']);
    if (node.type === 'TSEnumDeclaration') return descend({ ...frame, scope: enumScope(node, scope) }, depth);
    if (node.type === 'AssignmentExpression' || node.type === 'UpdateExpression' || node.type === 'CallExpression') writes.push(frame);
    if (node.type === 'CallExpression' || node.type === 'NewExpression') notePassed(node, scope);
    if (node.type === 'CallExpression') noteCallback(frame);
    if (node.type === 'ObjectExpression') owners.push(node);
    if (isClass(node)) {
      owners.push(node);
      const inner: Scope = { parent: scope, fn: scope.fn, cls: node, variables: new Map() };
      opened.set(node, inner);
      if (node.type === 'ClassExpression' && node['id']) add(inner, node['id'].name, 'class', node);
      return descend({ ...frame, scope: inner }, depth);
    }
    descend(frame, depth);
  }

  function notePassed(call: Node, scope: Scope): void {
    (call['arguments'] as Node[] | undefined)?.forEach((argument, index) => {
      const fn = unwrap(argument);
      if (isFunction(fn)) passed.set(fn, { call, index, scope });
    });
  }

  function visitFunction(frame: Frame, depth: number): void {
    const { node, scope } = frame;
    if (node.type === 'FunctionDeclaration' && node['id']) add(functionScope(scope), node['id'].name, 'function', node);
    const inner: Scope = { parent: scope, fn: node, variables: new Map() };
    opened.set(node, inner);
    if (node.type === 'FunctionExpression' && node['id']) add(inner, node['id'].name, 'function', node);
    node['params'].forEach((parameter: Node, index: number) => declareParameter(inner, node, parameter, index));
    descend({ node, scope: inner, conditional: false, loop: callbacks.get(node) }, depth);
  }

  /** `list.forEach((item) => { … })` */
  function noteCallback({ node, scope, loop }: Frame): void {
    const callee = unwrap(node['callee']);
    const callback: Node | undefined = node['arguments']?.[0];
    if (callee.type !== 'MemberExpression' || !callback || !isFunction(callback) || staticKey(callee['property'], callee['computed'] === true) !== 'forEach') return;
    callbacks.set(callback, { node: callback, list: callee['object'], scope, outer: loop, conditional: false });
  }

  /** Members of an enum are names inside it. */
  function enumScope(node: Node, scope: Scope): Scope {
    const inner: Scope = { parent: scope, fn: scope.fn, variables: new Map() };
    opened.set(node, inner);
    for (const member of (node['body']?.members ?? node['members'] ?? []) as Node[]) {
      const name = isNode(member['id']) ? staticKey(member['id'], false) : undefined;
      if (name !== undefined && isNode(member['initializer'])) add(inner, name, 'const', member, { init: member['initializer'] });
    }
    return inner;
  }

  while (queue.length > 0) {
    const frame = queue.pop();
    if (frame) visit(frame, 0);
  }
  for (const node of counting) noteCounters(node, opened.get(node));
  for (const frame of writes) recordWrite(frame);
  return { module, owners, opened: (node) => opened.get(node), passedTo: (fn) => passed.get(fn), tried: (clause) => tried.get(clause) };
}

const hoisting = new Set(['TSModuleBlock', 'StaticBlock']);

function noteCounters(node: Node, scope: Scope | undefined): void {
  for (const declarator of (node['init']?.declarations ?? []) as Node[]) {
    const variable = declarator['id'].type === 'Identifier' ? scope?.variables.get(declarator['id'].name) : undefined;
    if (variable) variable.counter = node;
  }
}

/** The patterns that a piece of a template binds for what is inside it: `v-for`, `v-slot`, `{#each}`, `{:then}`, `{#snippet}`. */
function templateNames(node: Node): Node[] {
  switch (node.type) {
    case 'VElement':
      return (node['variables'] ?? []).map((variable: { id: Node }) => variable.id);
    case 'SvelteEachBlock':
      return [node['context'], node['index']].filter(isNode);
    case 'SvelteAwaitThenBlock':
      return [node['value']].filter(isNode);
    case 'SvelteAwaitCatchBlock':
      return [node['error']].filter(isNode);
    case 'SvelteSnippetBlock':
      return (node['params'] ?? []).filter(isNode);
    default:
      return [];
  }
}

/** The names of `A.B.C`, or of a plain identifier; empty for anything else (`declare module "x"`). */
export function qualifiedNames(node: Node | undefined): string[] {
  if (node?.type === 'Identifier') return [node['name']];
  return node?.type === 'TSQualifiedName' ? [...qualifiedNames(node['left']), node['right'].name] : [];
}

/** `var` and function declarations belong to the function; blocks in between do not hold them. */
function functionScope(scope: Scope): Scope {
  let current = scope;
  while (current.parent && current.parent.fn === current.fn && !current.hoists) current = current.parent;
  return current;
}

function add(scope: Scope, name: string, kind: VariableKind, node: Node, more: Partial<Variable> = {}): void {
  const known = scope.variables.get(name);
  if (known && (kind === 'enum' || kind === 'namespace')) known.merged.push(node);
  // Overloads, `declare` twins and a type beside its value: the one with a value wins.
  if (known && known.kind !== 'other') return;
  scope.variables.set(name, { name, kind, scope, node, path: [], merged: [], writes: [], propertyWrites: [], mutatingCalls: [], ...more });
}

function declare(node: Node, scope: Scope): void {
  switch (node.type) {
    case 'VariableDeclaration': {
      const target = node['kind'] === 'var' ? functionScope(scope) : scope;
      const kind = node['kind'] === 'const' ? 'const' : 'let';
      for (const declarator of node['declarations']) {
        declarePattern(target, declarator.id, kind, declarator, declarator.init ?? undefined);
      }
      return;
    }
    // `{@const x = …}`
    case 'SvelteConstTag':
      for (const declarator of node['declarations'] ?? []) declarePattern(scope, declarator.id, 'const', declarator, declarator.init ?? undefined);
      return;
    case 'ClassDeclaration':
      if (node['id']) add(scope, node['id'].name, 'class', node);
      return;
    case 'TSEnumDeclaration':
      add(scope, node['id'].name, 'enum', node);
      return;
    case 'TSModuleDeclaration':
      if (node['body'] && qualifiedNames(node['id']).length > 0) add(scope, qualifiedNames(node['id'])[0] as string, 'namespace', node);
      return;
    case 'ImportDeclaration':
      for (const specifier of node['specifiers']) declareImport(scope, node, specifier);
      return;
    case 'TSImportEqualsDeclaration':
      if (node['moduleReference']?.type === 'TSExternalModuleReference') {
        const specifier = node['moduleReference'].expression?.value;
        if (typeof specifier === 'string') {
          add(scope, node['id'].name, 'import', node, { importFrom: { specifier, name: '*', typeOnly: node['importKind'] === 'type' } });
        }
      } else if (node['importKind'] !== 'type' && isNode(node['moduleReference'])) add(scope, node['id'].name, 'const', node, { init: node['moduleReference'] });
      return;
  }
}

function declareImport(scope: Scope, declaration: Node, specifier: Node): void {
  const source: unknown = declaration['source']?.value;
  if (typeof source !== 'string') return;
  const name =
    specifier.type === 'ImportDefaultSpecifier' ? 'default'
    : specifier.type === 'ImportNamespaceSpecifier' ? '*'
    : String(specifier['imported']?.name ?? specifier['imported']?.value);
  const typeOnly = declaration['importKind'] === 'type' || specifier['importKind'] === 'type' || declaration['importKind'] === 'typeof';
  add(scope, specifier['local'].name, 'import', specifier, { importFrom: { specifier: source, name, typeOnly } });
}

function declareParameter(scope: Scope, fn: Node, parameter: Node, index: number): void {
  let pattern = parameter.type === 'TSParameterProperty' ? (parameter['parameter'] as Node) : parameter;
  let fallback: Node | undefined;
  let rest = false;
  if (pattern.type === 'AssignmentPattern') {
    fallback = pattern['right'];
    pattern = pattern['left'];
  }
  if (pattern.type === 'RestElement') {
    rest = true;
    pattern = pattern['argument'];
  }
  const origin = { fn, index, rest, ...(fallback ? { fallback } : {}) };
  for (const { name, path, node } of namesOf(pattern, [])) {
    scope.variables.set(name, { name, kind: 'parameter', scope, node, path, parameter: origin, merged: [], writes: [], propertyWrites: [], mutatingCalls: [] });
  }
}

function declarePattern(scope: Scope, pattern: Node, kind: VariableKind, node: Node, init?: Node): void {
  for (const { name, path } of namesOf(pattern, [])) {
    add(scope, name, kind, node, { path, ...(init ? { init } : {}) });
  }
}

/** Every name that a pattern binds, with the path from the destructured value to it. */
export function namesOf(pattern: Node, path: readonly PathStep[]): { name: string; path: readonly PathStep[]; node: Node }[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern['name'], path, node: pattern }];
    case 'AssignmentPattern': {
      const last = path.at(-1);
      const withFallback = last ? [...path.slice(0, -1), { ...last, fallback: pattern['right'] as Node }] : path;
      return namesOf(pattern['left'], withFallback);
    }
    case 'ObjectPattern':
      return pattern['properties'].flatMap((property: Node) => {
        if (property.type === 'RestElement' || property.type === 'ExperimentalRestProperty') {
          return namesOf(property['argument'], [...path, { rest: true, except: keysOf(pattern), at: property }]);
        }
        const key = staticKey(property['key'], property['computed'] === true);
        const step: PathStep = key === undefined ? { keyNode: property['key'], at: property } : { key, at: property };
        return namesOf(property['value'], [...path, step]);
      });
    case 'ArrayPattern':
      return pattern['elements'].flatMap((element: Node | null, index: number) => {
        if (!element) return [];
        if (element.type === 'RestElement') return namesOf(element['argument'], [...path, { rest: true, key: String(index), at: element }]);
        return namesOf(element, [...path, { key: String(index), at: element }]);
      });
    case 'TSParameterProperty':
      return namesOf(pattern['parameter'], path);
    default:
      return [];
  }
}

function keysOf(pattern: Node): string[] {
  return (pattern['properties'] as Node[]).flatMap((property) => {
    const key = isNode(property['key']) ? staticKey(property['key'], property['computed'] === true) : undefined;
    return key === undefined ? [] : [key];
  });
}

function recordWrite({ node, scope, conditional, loop }: Frame): void {
  if (node.type === 'CallExpression') return recordMutatingCall(node, scope);
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
