import type { Node } from '../../syntax/estree/node.ts';
import { parseProgram } from '../../syntax/estree/parse.ts';
import type { Span } from '../../syntax/span.ts';
import { joinPath } from '../graph/posix-path.ts';

/**
 * What an expression of a configuration file is, read from its AST and never run. Wrappers (`defineConfig(x)`, `withPlugin(x)`) hold what they are
 * given; functions hold what they return; what cannot be known is `unknown`.
 */
export type StaticValue =
  | { readonly kind: 'text'; readonly text: string; readonly at: Span }
  | { readonly kind: 'constant'; readonly value: number | boolean | null | undefined; readonly at: Span }
  /** A read of one variable of the environment. */
  | { readonly kind: 'env'; readonly name: string; readonly at: Span }
  /** The environment as an object; `prefix` limits its names. */
  | { readonly kind: 'environment'; readonly prefix?: readonly string[]; readonly at: Span }
  /** A path relative to the root of the repository. */
  | { readonly kind: 'path'; readonly path: string; readonly at: Span }
  | { readonly kind: 'concat'; readonly parts: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'object'; readonly entries: readonly StaticEntry[]; readonly at: Span }
  | { readonly kind: 'array'; readonly items: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'regexp'; readonly source: string; readonly at: Span }
  /** Any of these, or all of them merged. */
  | { readonly kind: 'choice'; readonly options: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'call'; readonly callee: string; readonly isNew: boolean; readonly args: readonly StaticValue[]; readonly results: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'function'; readonly returns: readonly StaticValue[]; readonly at: Span }
  | { readonly kind: 'unknown'; readonly at: Span };

export interface StaticEntry {
  /** `undefined` for a spread or a computed key. */
  readonly key?: string;
  readonly value: StaticValue;
  /** The whole property. */
  readonly at: Span;
  /** The key alone. */
  readonly keyAt: Span;
}

export interface StaticModule {
  readonly file: string;
  /** What the module exports as its default, or by `module.exports`. */
  readonly main: StaticValue;
  exported(name: string): StaticValue;
  /** Every call and construction in the file, wherever it stands. */
  calls(): readonly (StaticValue & { readonly kind: 'call' })[];
  /** Every assignment to a member, wherever it stands, with the keys that are known: `args[0]["process.env"].X = value`. */
  writes(): readonly { readonly keys: readonly string[]; readonly value: StaticValue }[];
  /** Whether the parser took the file as it is. */
  readonly isWhole: boolean;
}

/** Reads a module that a configuration imports; `undefined` if it is not in the repository. */
export type ModuleReader = (from: string, specifier: string) => StaticModule | undefined;

interface Scope {
  readonly file: string;
  readonly folder: string;
  readonly names: Map<string, Binding>;
  readonly assigned: Map<string, { readonly path: readonly string[]; readonly node: Node }[]>;
  readonly outer: Scope | undefined;
  readonly read: ModuleReader;
  /** Expressions under evaluation: a circle ends as `unknown`. */
  readonly active: Set<Node>;
  readonly budget: { steps: number };
}

type Binding =
  | { readonly kind: 'expression'; readonly node: Node; readonly path: readonly string[] }
  | { readonly kind: 'import'; readonly specifier: string; readonly name: string }
  | { readonly kind: 'function'; readonly node: Node }
  | { readonly kind: 'parameter' };

const mostSteps = 50_000;

/** Reads one JS or TS file. A file with syntax errors is read as far as the parser came. */
export function readStaticModule(file: string, text: string, read: ModuleReader): StaticModule {
  const slash = file.lastIndexOf('/');
  // TypeScript's grammar holds that of JavaScript but for JSX.
  const parsed = parseProgram(text, /x$/.test(file) ? 'tsx' : 'ts');
  const root: Node = parsed?.program ?? { type: 'Program', range: [0, 0], body: [] };
  const scope: Scope = { file, folder: slash < 0 ? '' : file.slice(0, slash), names: new Map(), assigned: new Map(), outer: undefined, read, active: new Set(), budget: { steps: mostSteps } };
  declareIn(scope, nodesOf(root['body']));
  const named = new Map<string, Node>();
  const mains: Node[] = [];
  for (const statement of nodesOf(root['body'])) collectExports(statement, mains, named);
  return {
    file,
    main: mains.length === 1 ? evaluate(mains[0], scope) : { kind: 'choice', options: mains.map((node) => evaluate(node, scope)), at: [0, 0] },
    exported: (name) => evaluateExport(name, named.get(name), scope),
    calls: () => allCalls(root, scope),
    writes: () => allWrites(root, scope),
    isWhole: parsed?.recovered === false,
  };
}

function evaluateExport(name: string, node: Node | undefined, scope: Scope): StaticValue {
  if (node !== undefined) return evaluate(node, scope);
  return scope.names.has(name) ? evaluateName(name, [0, 0], scope) : { kind: 'unknown', at: [0, 0] };
}

function collectExports(statement: Node, mains: Node[], named: Map<string, Node>): void {
  if (statement.type === 'ExportDefaultDeclaration' || statement.type === 'TSExportAssignment') {
    const node = nodeOf(statement['declaration']) ?? nodeOf(statement['expression']);
    if (node !== undefined) mains.push(node);
  }
  if (statement.type !== 'ExpressionStatement') return;
  const expression = nodeOf(statement['expression']);
  if (expression?.type !== 'AssignmentExpression') return;
  const target = memberPath(nodeOf(expression['left']));
  const value = nodeOf(expression['right']);
  if (target === undefined || value === undefined) return;
  if (target === 'module.exports' || target === 'exports.default' || target === 'module.exports.default') mains.push(value);
  else if (/^(?:module\.)?exports\.\w+$/.test(target)) named.set(target.slice(target.lastIndexOf('.') + 1), value);
}

// --- declarations ---------------------------------------------------------------------------------------------------------------

/** Makes the names known that statements declare, those of nested blocks too, but not those of nested functions. */
function declareIn(scope: Scope, statements: readonly Node[]): void {
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
      return recordAssignment(scope, nodeOf(statement['expression']));
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

function declarePattern(scope: Scope, pattern: Node | undefined, init: Node | undefined, path: readonly string[]): void {
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

// --- evaluation -----------------------------------------------------------------------------------------------------------------

function evaluate(node: Node | undefined, scope: Scope): StaticValue {
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

function evaluateName(name: string, at: Span, scope: Scope): StaticValue {
  if (name === 'undefined') return { kind: 'constant', value: undefined, at };
  const found = lookUp(name, scope);
  if (found === undefined) return name === '__dirname' ? { kind: 'path', path: scope.folder, at } : { kind: 'unknown', at };
  const { binding, owner } = found;
  if (binding.kind === 'parameter') return withAssignments(name, { kind: 'unknown', at }, owner);
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

/** Remembers `config.env = { … }`: it adds to the object that the name holds. */
function recordAssignment(scope: Scope, expression: Node | undefined): void {
  if (expression?.type !== 'AssignmentExpression') return;
  const [name, ...path] = memberPath(nodeOf(expression['left']))?.split('.') ?? [];
  const node = nodeOf(expression['right']);
  if (name === undefined || node === undefined || path.length === 0) return;
  scope.assigned.set(name, [...(scope.assigned.get(name) ?? []), { path, node }]);
}

function withAssignments(name: string, value: StaticValue, scope: Scope): StaticValue {
  const assigned = scope.assigned.get(name);
  if (assigned === undefined) return value;
  const added = assigned.map(({ path, node }) => nested(path, evaluate(node, scope), node.range));
  return { kind: 'choice', options: [value, ...added], at: value.at };
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

function memberKey(node: Node, scope: Scope): string | undefined {
  const property = nodeOf(node['property']);
  if (node['computed'] !== true) return property === undefined ? undefined : String(property['name']);
  const value = evaluate(property, scope);
  return value.kind === 'text' ? value.text : undefined;
}

/** The value of a member: of the environment a variable, of an object its last entry of that name. */
function propertyOf(object: StaticValue, key: string, at: Span): StaticValue {
  if (object.kind === 'environment') return { kind: 'env', name: key, at };
  // `loadEnv(…)` gives the environment, `dotenv.config()` has it under `parsed`, `z.parse(process.env)` hands it on.
  if (object.kind === 'call' && object.args.some((arg) => arg.kind === 'environment')) return { kind: 'env', name: key, at };
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

function keyOf(property: Node, scope: Scope): string | undefined {
  const key = nodeOf(property['key']);
  if (key === undefined) return undefined;
  if (property['computed'] === true) {
    const value = evaluate(key, scope);
    return value.kind === 'text' ? value.text : undefined;
  }
  return key.type === 'Identifier' ? String(key['name']) : String(key['value']);
}

function callValue(node: Node, at: Span, scope: Scope): StaticValue {
  const calleeNode = nodeOf(node['callee']);
  const callee = memberPath(calleeNode) ?? '';
  const args = nodesOf(node['arguments']).map((arg) => evaluate(arg, scope));
  const known = knownCall(callee, node.type === 'NewExpression', args, at);
  if (known !== undefined) return known;
  const results: StaticValue[] = [];
  const target = calleeNode === undefined ? undefined : calleeNode.type === 'Identifier' || calleeNode.type.endsWith('Expression') ? evaluate(calleeNode, scope) : undefined;
  // `withPlugin(options)(config)`: the outer call holds what the inner one was given too.
  if (target?.kind === 'function') results.push(...target.returns);
  else if (target?.kind === 'call') results.push(target);
  return { kind: 'call', callee, isNew: node.type === 'NewExpression', args, results, at };
}

/** Calls whose result is known from their arguments. */
function knownCall(callee: string, isNew: boolean, args: readonly StaticValue[], at: Span): StaticValue | undefined {
  const [first, second, third] = args;
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  if (isNew) return name === 'URL' && first?.kind === 'text' && second?.kind === 'path' ? pathFrom(folder(second.path), [first], at) : undefined;
  switch (callee) {
    case 'JSON.stringify':
    case 'String':
    case 'fileURLToPath':
    case 'url.fileURLToPath':
      return first;
    case 'Object.assign':
      return { kind: 'choice', options: args, at };
    case 'process.cwd':
      return { kind: 'path', path: '', at };
    case 'Deno.env.get':
      return first?.kind === 'text' ? { kind: 'env', name: first.text, at } : undefined;
    case 'Deno.env.toObject':
      return { kind: 'environment', at };
    default:
  }
  if (name === 'loadEnv') return loadedEnv(third, at);
  // A plugin may bear the name too: `resolve({ browser: true })`.
  if ((name === 'resolve' || name === 'join') && first?.kind !== 'object' && args.length > 0) return first?.kind === 'path' ? pathFrom(first.path, args.slice(1), at) : /^(?:path\.|resolve$|join$)/.test(callee) ? pathFrom('', args, at) : undefined;
  if (name === 'dirname' && first?.kind === 'path') return { kind: 'path', path: folder(first.path), at };
  return undefined;
}

/** Vite's `loadEnv(mode, folder, prefix)`: `VITE_` by default, everything for `""`. */
function loadedEnv(prefix: StaticValue | undefined, at: Span): StaticValue {
  if (prefix === undefined) return { kind: 'environment', prefix: ['VITE_'], at };
  const texts = textsOf(prefix);
  return texts.length === 0 || texts.includes('') ? { kind: 'environment', at } : { kind: 'environment', prefix: texts, at };
}

function pathFrom(base: string, parts: readonly StaticValue[], at: Span): StaticValue {
  let path: string | undefined = base;
  for (const part of parts) {
    if (part.kind === 'path') path = part.path;
    else if (part.kind === 'text' && path !== undefined) path = joinPath(path, part.text);
    else return { kind: 'unknown', at };
  }
  return path === undefined ? { kind: 'unknown', at } : { kind: 'path', path, at };
}

function folder(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function functionValue(node: Node, at: Span, scope: Scope): StaticValue {
  const inner: Scope = { ...scope, names: new Map(), assigned: new Map(), outer: scope };
  for (const parameter of nodesOf(node['params'])) declarePattern(inner, parameter, undefined, []);
  const body = nodeOf(node['body']);
  if (body === undefined) return { kind: 'unknown', at };
  if (body.type !== 'BlockStatement' && body.type !== 'FunctionBody') return { kind: 'function', returns: [evaluate(body, inner)], at };
  declareIn(inner, nodesOf(body['body']));
  const returns: StaticValue[] = [];
  walk(body, (child) => {
    if (child.type === 'ReturnStatement') returns.push(evaluate(nodeOf(child['argument']), inner));
    return !isFunction(child);
  });
  return { kind: 'function', returns, at };
}

function isFunction(node: Node): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration';
}

function allCalls(root: Node, scope: Scope): (StaticValue & { kind: 'call' })[] {
  const calls: (StaticValue & { kind: 'call' })[] = [];
  walkScopes(root, scope, (node, at) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return;
    const value = evaluate(node, at);
    if (value.kind !== 'call') return;
    calls.push(value);
    // webpack-chain: `config.plugin("define").use(webpack.DefinePlugin, [options])` is `new webpack.DefinePlugin(options)`.
    const made = memberPath(nodesOf(node['arguments'])[0]);
    const options = value.args[1];
    if (value.callee === '' && made !== undefined && options?.kind === 'array') calls.push({ ...value, callee: made, isNew: true, args: options.items });
  });
  return calls;
}

function allWrites(root: Node, scope: Scope): { keys: readonly string[]; value: StaticValue }[] {
  const writes: { keys: readonly string[]; value: StaticValue }[] = [];
  walkScopes(root, scope, (node, at) => {
    if (node.type !== 'AssignmentExpression') return;
    const keys: string[] = [];
    let target = nodeOf(node['left']);
    for (; target?.type === 'MemberExpression'; target = nodeOf(target['object'])) keys.unshift(memberKey(target, at) ?? '*');
    if (keys.length > 0) writes.push({ keys, value: evaluate(nodeOf(node['right']), at) });
  });
  return writes;
}

/** Visits every node with the names that are known where it stands. */
function walkScopes(root: Node, scope: Scope, see: (node: Node, scope: Scope) => void): void {
  const visit = (node: Node, at: Scope): void => {
    walk(node, (child) => {
      if (child !== node && isFunction(child)) {
        const inner: Scope = { ...at, names: new Map(), assigned: new Map(), outer: at };
        for (const parameter of nodesOf(child['params'])) declarePattern(inner, parameter, undefined, []);
        declareIn(inner, nodesOf(nodeOf(child['body'])?.['body']));
        visit(child, inner);
        return false;
      }
      see(child, at);
      return true;
    });
  };
  visit(root, scope);
}

// --- queries --------------------------------------------------------------------------------------------------------------------

/** Every value that may stand at a path of keys: through wrappers, functions, choices and spreads. `*` takes any key. */
export function valuesAt(value: StaticValue, path: readonly string[]): StaticValue[] {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  return parts(value).flatMap((part) => {
    if (part.kind === 'array' && key === '*') return part.items.flatMap((item) => valuesAt(item, rest));
    if (part.kind !== 'object') return [];
    const own = part.entries.filter((entry) => entry.key !== undefined && (key === '*' || entry.key === key));
    const spread = part.entries.filter((entry) => entry.key === undefined && entry.value.kind !== 'object').flatMap((entry) => valuesAt(entry.value, path));
    const inner = part.entries.filter((entry) => entry.key === undefined && entry.value.kind === 'object').flatMap((entry) => valuesAt(entry.value, path));
    return [...own.flatMap((entry) => valuesAt(entry.value, rest)), ...inner, ...spread];
  });
}

const deepest = 30;

/** The values that a value consists of, wrappers and functions opened. */
export function parts(value: StaticValue, depth = 0): StaticValue[] {
  if (depth > deepest) return [];
  switch (value.kind) {
    case 'choice':
      return value.options.flatMap((option) => parts(option, depth + 1));
    case 'function':
      return value.returns.flatMap((item) => parts(item, depth + 1));
    case 'call':
      return [value, ...value.args.flatMap((arg) => parts(arg, depth + 1)), ...value.results.flatMap((item) => parts(item, depth + 1))];
    default:
      return [value];
  }
}

/** The entries of an object through wrappers and spreads; an entry without key is one that could not be read. */
export function entriesOf(value: StaticValue): StaticEntry[] {
  return parts(value).flatMap((part) => {
    if (part.kind !== 'object') return [];
    return part.entries.flatMap((entry) => (entry.key === undefined && canOpen(entry.value) ? entriesOf(entry.value) : [entry]));
  });
}

function canOpen(value: StaticValue): boolean {
  return parts(value).some((part) => part.kind === 'object');
}

/** The texts of a string, a list of strings, or a choice of them. */
export function textsOf(value: StaticValue): string[] {
  return parts(value).flatMap((part) => (part.kind === 'text' ? [part.text] : part.kind === 'array' ? part.items.flatMap(textsOf) : []));
}

// --- nodes ----------------------------------------------------------------------------------------------------------------------

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function nodeOf(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.filter(isNode);
  return isNode(value) ? [value] : [];
}

/** `a.b.c` of identifiers; `undefined` for anything else. */
function memberPath(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type === 'MetaProperty') return 'import.meta';
  if (node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression') return memberPath(nodeOf(node['expression']));
  if (node.type !== 'MemberExpression' || node['computed'] === true) return undefined;
  const object = memberPath(nodeOf(node['object']));
  return object === undefined ? undefined : `${object}.${String(nodeOf(node['property'])?.['name'] ?? '')}`;
}

function walk(node: Node, visit: (node: Node) => boolean): void {
  if (!visit(node)) return;
  for (const key of Object.keys(node)) {
    if (key === 'type' || key === 'range' || key === 'loc' || key === 'parent') continue;
    for (const child of nodesOf(node[key])) walk(child, visit);
  }
}
