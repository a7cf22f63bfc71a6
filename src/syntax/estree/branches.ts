import type { Branch, Test } from '../module-summary.ts';
import { isNode, spanOf, staticKey, unwrap, type Node } from './node.ts';
import { isFunction, lookUp, type Scope, type Variable } from './scopes.ts';

const unknownTest: Test = { kind: 'unknown' };
const maxDepth = 40;
const none: readonly Branch[] = [];

/** Adds the regions of a node that run only if a test that bundlers can decide comes out one way. Most nodes have none. */
export function collectBranches(node: Node, scope: Scope, into: Branch[]): void {
  const read = branchReaders.get(node.type);
  if (read) into.push(...read(node, scope));
  collectTypeTexts(node, into);
}

/** Adds the types of a node that hold texts: a text in a type is gone with the type. */
export function collectTypeTexts(node: Node, into: Branch[]): void {
  if (node['typeAnnotation'] || node['typeParameters']) into.push(...typeTexts(node));
}

type BranchReader = (node: Node, scope: Scope) => readonly Branch[];

/** By the type of a node: most nodes have none, and to compare theirs with each of these takes longer than to look it up. */
const branchReaders = new Map<string, BranchReader>([
  ['IfStatement', ofChoice],
  ['ConditionalExpression', ofChoice],
  ['WhileStatement', ofLoop],
  ['ForStatement', ofLoop],
  ['SwitchStatement', deadCases],
  ['LogicalExpression', ofLogical],
  ['BlockStatement', (node, scope) => afterExits(node['body'], scope)],
  ['Program', (node, scope) => afterExits(node['body'], scope)],
  ['SwitchCase', (node, scope) => afterExits(node['consequent'], scope)],
  // A text in a type is gone with the type.
  ...['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'TSDeclareFunction'].map((type): [string, BranchReader] => [type, (node) => [ofType(node)]]),
]);

function ofChoice(node: Node, scope: Scope): readonly Branch[] {
  const test = testOf(node['test'], scope, 0);
  const alternate: Branch[] = node['alternate'] ? [{ test, runsWhen: false, at: spanOf(node['alternate']) }] : [];
  return known(test, [{ test, runsWhen: true, at: spanOf(node['consequent']) }, ...alternate]);
}

function ofLoop(node: Node, scope: Scope): readonly Branch[] {
  const test = node['test'] ? testOf(node['test'], scope, 0) : unknownTest;
  return test.kind === 'constant' ? [{ test: { kind: 'flag', how: 'loop', part: test }, runsWhen: true, at: spanOf(node['body']) }] : none;
}

function ofLogical(node: Node, scope: Scope): readonly Branch[] {
  if (node['operator'] === '??') return isNullish(node['left']) === false ? [never(node['right'])] : none;
  const test = testOf(node['left'], scope, 0);
  return known(test, [{ test, runsWhen: node['operator'] === '&&', at: spanOf(node['right']) }]);
}

function never(node: Node): Branch {
  return { test: { kind: 'constant', value: true }, runsWhen: false, at: spanOf(node) };
}

function ofType(node: Node): Branch {
  return { test: { kind: 'flag', how: 'type', part: { kind: 'constant', value: true } }, runsWhen: false, at: spanOf(node) };
}

const textTypes = new Set(['TSLiteralType', 'TSTemplateLiteralType', 'TSUnionType', 'TSTypeLiteral']);

/** Types of a node that may hold a text: `x: 'a' | 'b'`, `<T = 'a'>`. They are no children of it, as they are no code. */
function typeTexts(node: Node): Branch[] {
  const annotation: unknown = node['typeAnnotation'];
  const parameters: unknown = node['typeParameters'];
  const type: Node | undefined = isNode(annotation) ? (isNode(annotation['typeAnnotation']) ? annotation['typeAnnotation'] : annotation) : undefined;
  return [...(type && textTypes.has(type.type) ? [ofType(type)] : []), ...(isNode(parameters) && hasDefault(parameters) ? [ofType(parameters)] : [])];
}

function hasDefault(parameters: Node): boolean {
  const list: unknown = parameters['params'];
  return Array.isArray(list) && (list as Node[]).some((parameter) => isNode(parameter['default']) || isNode(parameter['constraint']));
}

/** Cases that a discriminant known at build time never meets: those of other values, and `default` where one of them is met. */
function deadCases(node: Node, scope: Scope): Branch[] {
  const asked = unwrap(node['discriminant']);
  const cases = node['cases'] as Node[];
  const tests = cases.map((each) => (each['test']?.type === 'Literal' ? caseTest(asked, each['test']['value'], scope) : unknownTest));
  const met: Test = { kind: 'or', parts: tests };
  return cases.flatMap((each, index): Branch[] => {
    const before = cases[index - 1];
    const test = each['test'] ? (tests[index] ?? unknownTest) : not(met);
    if (test.kind === 'unknown' || (before && fallsThrough(before))) return [];
    return [{ test: { kind: 'flag', how: 'switch', part: test }, runsWhen: true, at: spanOf(each) }];
  });
}

function caseTest(asked: Node, value: unknown, scope: Scope): Test {
  return asked.type === 'Literal' ? { kind: 'constant', value: asked['value'] === value } : equality(asked, value, scope);
}

function fallsThrough(each: Node): boolean {
  const last: Node | undefined = (each['consequent'] as Node[]).at(-1);
  return !last || !(isExit(last) || last.type === 'BreakStatement' || last.type === 'ContinueStatement');
}

/** What follows `return`, and what follows `if (test) return`. */
function afterExits(statements: readonly Node[], scope: Scope): Branch[] {
  const branches: Branch[] = [];
  statements.forEach((statement, index) => {
    const next = statements[index + 1];
    const last = statements.at(-1);
    if (!next || !last) return;
    const at = [next.range[0], last.range[1]] as const;
    const how = exitOf(statement);
    if (how) branches.push({ test: { kind: 'flag', how, part: { kind: 'constant', value: true } }, runsWhen: false, at });
    if (statement.type !== 'IfStatement') return;
    const test = testOf(statement['test'], scope, 0);
    if (isExit(statement['consequent'])) branches.push(...known(test, [{ test, runsWhen: false, at }]));
    else if (statement['alternate'] && isExit(statement['alternate'])) branches.push(...known(test, [{ test, runsWhen: true, at }]));
  });
  return branches;
}

/** How a statement never lets the next one run, if it does so. */
function exitOf(statement: Node): 'exit' | 'both-exit' | 'block-exit' | undefined {
  if (statement.type === 'BreakStatement' || statement.type === 'ContinueStatement') return 'exit';
  if (statement.type === 'IfStatement') return statement['alternate'] && isExit(statement['consequent']) && isExit(statement['alternate']) ? 'both-exit' : undefined;
  if (!isExit(statement)) return undefined;
  return statement.type === 'BlockStatement' ? 'block-exit' : 'exit';
}

function isExit(statement: Node): boolean {
  if (statement.type === 'BlockStatement') return statement['body'].length > 0 && isExit(statement['body'].at(-1));
  return statement.type === 'ReturnStatement' || statement.type === 'ThrowStatement';
}

function known(test: Test, branches: Branch[]): Branch[] {
  return test.kind === 'unknown' ? [] : branches;
}

/** What a condition asks, in the terms that bundlers decide at build time. */
export function testOf(outer: Node, scope: Scope, depth: number): Test {
  if (depth > maxDepth) return unknownTest;
  const node = unwrap(outer);
  switch (node.type) {
    case 'Literal':
      return { kind: 'constant', value: Boolean(node['value']) };
    case 'UnaryExpression':
      if (node['operator'] === '!') return not(testOf(node['argument'], scope, depth + 1));
      return node['operator'] === 'void' && unwrap(node['argument']).type === 'Literal' ? { kind: 'constant', value: false } : unknownTest;
    case 'LogicalExpression': {
      const parts = [testOf(node['left'], scope, depth + 1), testOf(node['right'], scope, depth + 1)];
      if (node['operator'] === '??' || parts.every((part) => part.kind === 'unknown')) return unknownTest;
      return { kind: node['operator'] === '&&' ? 'and' : 'or', parts };
    }
    case 'BinaryExpression':
      return comparison(node, scope);
    case 'Identifier':
      return identifierTest(node, scope, depth);
    case 'MemberExpression':
      return memberTest(node, scope);
    case 'CallExpression':
      return constantCall(node, scope);
    default:
      return unknownTest;
  }
}

/** `isDebug()` of a function of the module that gives a constant. */
function constantCall(node: Node, scope: Scope): Test {
  const callee = unwrap(node['callee']);
  const variable = callee.type === 'Identifier' && node['arguments'].length === 0 ? lookUp(scope, callee['name']) : undefined;
  const fn = variable?.kind === 'function' ? variable.node : variable?.kind === 'const' ? variable.init : undefined;
  if (!fn || !isFunction(fn) || fn['async'] === true || fn['generator'] === true) return unknownTest;
  const body: Node = fn['body'];
  const returned: unknown = body.type === 'BlockStatement' ? (body['body'].length === 1 && body['body'][0].type === 'ReturnStatement' ? body['body'][0].argument : undefined) : body;
  return isNode(returned) && unwrap(returned).type === 'Literal' ? { kind: 'flag', how: 'const', part: testOf(returned, variable?.scope ?? scope, 1) } : unknownTest;
}

function not(test: Test): Test {
  return test.kind === 'unknown' ? test : { kind: 'not', part: test };
}

function identifierTest(node: Node, scope: Scope, depth: number): Test {
  const variable = lookUp(scope, node['name']);
  if (!variable) return node['name'] === 'undefined' || node['name'] === 'NaN' ? { kind: 'constant', value: false } : factOfPath(node['name']);
  if (variable.importFrom) return { kind: 'import', specifier: variable.importFrom.specifier, name: variable.importFrom.name };
  const init = constantInit(variable);
  const test = init ? testOf(init, variable.scope, depth + 1) : unknownTest;
  return test.kind === 'unknown' ? test : { kind: 'flag', how: flagKind(variable), part: test };
}

/** A constant of a function stands in plain sight of where it is asked; one of the module may be asked anywhere. */
function flagKind({ scope, kind }: Variable): 'const' | 'local-const' {
  return kind === 'const' && isFunction(scope.fn) ? 'local-const' : 'const';
}

/** The value of a variable that is never written again: a `const`, or a `let` or `var` that might be one. */
function constantInit({ init, path, writes }: Variable): Node | undefined {
  return path.length === 0 && writes.length === 0 ? init : undefined;
}

/** A path that a build replaces, or a flag in an object of the module. */
function memberTest(node: Node, scope: Scope): Test {
  const object = unwrap(node['object']);
  const variable = object.type === 'Identifier' ? lookUp(scope, object['name']) : undefined;
  if (!variable) return factOfPath(pathOf(node));
  if (variable.importFrom) {
    const member = staticKey(node['property'], node['computed'] === true);
    return member === undefined ? unknownTest : { kind: 'import', specifier: variable.importFrom.specifier, name: variable.importFrom.name, member };
  }
  if (variable.kind !== 'const' || variable.init?.type !== 'ObjectExpression' || variable.propertyWrites.length > 0) return unknownTest;
  const key = staticKey(node['property'], node['computed'] === true);
  const property = (variable.init['properties'] as Node[]).find((each) => each.type === 'Property' && staticKey(each['key'], each['computed'] === true) === key);
  const value: unknown = property?.['value']?.value;
  return typeof value === 'boolean' ? { kind: 'flag', how: 'object', part: { kind: 'constant', value } } : unknownTest;
}

/** `typeof window === "undefined"`, `process.env.NODE_ENV !== "production"`, `process.env.NEXT_RUNTIME === "nodejs"`. */
function comparison(node: Node, scope: Scope): Test {
  const operator: string = node['operator'];
  const computed = compareNumbers(node, scope);
  if (computed !== undefined) return computed;
  const isEqual = operator === '===' || operator === '==';
  if (!isEqual && operator !== '!==' && operator !== '!=') return unknownTest;
  const [left, right] = [unwrap(node['left']), unwrap(node['right'])];
  if (left.type === 'Literal' && right.type === 'Literal') return { kind: 'constant', value: (left['value'] === right['value']) === isEqual };
  const [asked, literal] = left.type === 'Literal' ? [right, left] : [left, right];
  if (literal.type !== 'Literal') return unknownTest;
  const test = equality(asked, literal['value'], scope);
  return isEqual ? test : not(test);
}

/** `1 + 1 > 3`, `level > 1`; `undefined` where not both sides are sums of numbers. */
function compareNumbers(node: Node, scope: Scope): Test | undefined {
  const [left, right] = [numberOf(node['left'], scope, 0), numberOf(node['right'], scope, 0)];
  if (!left || !right) return undefined;
  const outcome = compare(node['operator'], left.value, right.value);
  if (outcome === undefined) return undefined;
  const test: Test = { kind: 'constant', value: outcome };
  return left.named || right.named ? { kind: 'flag', how: 'const', part: test } : test;
}

function compare(operator: string, left: number, right: number): boolean | undefined {
  switch (operator) {
    case '>': return left > right;
    case '<': return left < right;
    case '>=': return left >= right;
    case '<=': return left <= right;
    default: return undefined;
  }
}

/** A number, and whether a constant of the module is part of it. */
interface Sum { readonly value: number; readonly named: boolean }

function numberOf(outer: Node, scope: Scope, depth: number): Sum | undefined {
  const node = unwrap(outer);
  if (node.type === 'Literal') return typeof node['value'] === 'number' ? { value: node['value'], named: false } : undefined;
  if (node.type === 'Identifier') {
    const value = literalOf(node, scope)?.value;
    return typeof value === 'number' ? { value, named: true } : undefined;
  }
  if (node.type !== 'BinaryExpression' || depth > maxDepth) return undefined;
  const [left, right] = [numberOf(node['left'], scope, depth + 1), numberOf(node['right'], scope, depth + 1)];
  if (!left || !right) return undefined;
  const named = left.named || right.named;
  switch (node['operator']) {
    case '+': return { value: left.value + right.value, named };
    case '-': return { value: left.value - right.value, named };
    case '*': return { value: left.value * right.value, named };
    default: return undefined;
  }
}

/** Whether an expression is `null` or `undefined`, where its text tells. */
function isNullish(outer: Node): boolean | undefined {
  const node = unwrap(outer);
  if (node.type === 'Literal') return node['value'] === null && node['raw'] === 'null';
  if (node.type === 'TemplateLiteral' || node.type === 'ArrayExpression' || node.type === 'ObjectExpression') return false;
  return undefined;
}

function equality(asked: Node, value: unknown, scope: Scope): Test {
  if (asked.type === 'UnaryExpression' && asked['operator'] === 'typeof') {
    const name = pathOf(unwrap(asked['argument']));
    const constant = literalOf(unwrap(asked['argument']), scope);
    if (constant && constant.value !== null) return { kind: 'flag', how: 'const', part: { kind: 'constant', value: typeof constant.value === value } };
    const known = /^(?:globalThis\.)?(?:window|document|self)$/.test(name) ? 'window' : name === 'process' ? name : undefined;
    if (known === undefined || lookUp(scope, name)) return unknownTest;
    const fact: Test = { kind: 'fact', fact: `typeof ${known}` };
    return value === 'undefined' ? not(fact) : value === 'object' ? fact : unknownTest;
  }
  const path = pathOf(asked);
  if (path === 'Platform.OS' && typeof value === 'string' && lookUp(scope, 'Platform')?.importFrom?.specifier === 'react-native') return { kind: 'fact', fact: `Platform.OS ${value}` };
  if (/^(?:process|import\.meta)\.env\.(?:NODE_ENV|MODE)$/.test(path)) {
    const fact: Test = { kind: 'fact', fact: path.endsWith('MODE') ? 'import.meta.env.PROD' : 'production' };
    return value === 'production' ? fact : value === 'development' || value === 'test' ? { kind: 'and', parts: [not(fact), unknownTest] } : unknownTest;
  }
  if (path === 'process.env.NEXT_RUNTIME' && (value === 'nodejs' || value === 'edge')) return not({ kind: 'fact', fact: 'process.browser' });
  const imported = importedText(asked, value, scope);
  if (imported) return imported;
  const known = literalOf(asked, scope);
  if (known) return { kind: 'flag', how: 'const', part: { kind: 'constant', value: known.value === value } };
  if (value === true || value === false) {
    const inner = testOf(asked, scope, 1);
    return value ? inner : not(inner);
  }
  return unknownTest;
}

/** `MODE === "live"`, `config.mode === "live"` of what another module exports. */
function importedText(asked: Node, value: unknown, scope: Scope): Test | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const object = asked.type === 'MemberExpression' ? unwrap(asked['object']) : asked;
  const from = object.type === 'Identifier' ? lookUp(scope, object['name'])?.importFrom : undefined;
  if (!from) return undefined;
  const member = asked.type === 'MemberExpression' ? staticKey(asked['property'], asked['computed'] === true) : undefined;
  if (asked.type === 'MemberExpression' && member === undefined) return undefined;
  return { kind: 'import', specifier: from.specifier, name: from.name, ...(member === undefined ? {} : { member }), equals: value };
}

/** The literal that a name of the module stands for. */
function literalOf(node: Node, scope: Scope): { readonly value: unknown } | undefined {
  const variable = node.type === 'Identifier' ? lookUp(scope, node['name']) : undefined;
  const init = variable && !variable.importFrom ? constantInit(variable) : undefined;
  const value = init && unwrap(init);
  return value?.type === 'Literal' && !('regex' in value && value['regex']) ? { value: value['value'] } : undefined;
}

/** Expressions that some build replaces by a constant; `deadGuards` of a framework says by which. */
const decidable = new Set([
  '__DEV__', 'import.meta.env.DEV', 'import.meta.env.PROD', 'import.meta.env.SSR', 'import.meta.server', 'import.meta.client', 'import.meta.browser',
  'import.meta.hot', 'module.hot', 'process.server', 'process.client', 'process.browser', 'ngServerMode', 'ngDevMode',
]);

function factOfPath(path: string): Test {
  return decidable.has(path) ? { kind: 'fact', fact: path } : unknownTest;
}

/** The dotted path of a member expression; empty where it has none. */
function pathOf(node: Node): string {
  if (node.type === 'Identifier') return node['name'];
  if (node.type === 'MetaProperty') return 'import.meta';
  if (node.type !== 'MemberExpression') return '';
  const key = staticKey(node['property'], node['computed'] === true);
  const object = pathOf(unwrap(node['object']));
  return key === undefined || object === '' ? '' : `${object}.${key}`;
}
