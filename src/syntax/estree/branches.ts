import type { Branch, Test } from '../module-summary.ts';
import { staticKey, unwrap, type Node } from './node.ts';
import { lookUp, type Scope } from './scopes.ts';

const unknownTest: Test = { kind: 'unknown' };
const maxDepth = 40;

/** Regions of a node that run only if a test that bundlers can decide comes out one way. */
export function branchesOf(node: Node, scope: Scope): Branch[] {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression': {
      const test = testOf(node['test'], scope, 0);
      const alternate: Branch[] = node['alternate'] ? [{ test, runsWhen: false, at: spanOf(node['alternate']) }] : [];
      return known(test, [{ test, runsWhen: true, at: spanOf(node['consequent']) }, ...alternate]);
    }
    case 'WhileStatement': {
      const test = testOf(node['test'], scope, 0);
      return test.kind === 'constant' ? [{ test: { kind: 'flag', how: 'loop', part: test }, runsWhen: true, at: spanOf(node['body']) }] : [];
    }
    case 'SwitchStatement':
      return deadCases(node);
    case 'LogicalExpression': {
      if (node['operator'] === '??') return [];
      const test = testOf(node['left'], scope, 0);
      return known(test, [{ test, runsWhen: node['operator'] === '&&', at: spanOf(node['right']) }]);
    }
    case 'BlockStatement':
    case 'Program':
    case 'SwitchCase':
      return afterExits((node['body'] ?? node['consequent']) as Node[], scope);
    default:
      return [];
  }
}

/** Cases that a constant discriminant never meets. */
function deadCases(node: Node): Branch[] {
  const asked = unwrap(node['discriminant']);
  if (asked.type !== 'Literal') return [];
  return (node['cases'] as Node[]).flatMap((each): Branch[] => {
    const tested: Node | null = each['test'];
    const never = tested?.type === 'Literal' && tested['value'] !== asked['value'];
    return never ? [{ test: { kind: 'flag', how: 'switch', part: { kind: 'constant', value: false } }, runsWhen: true, at: spanOf(each) }] : [];
  });
}

/** What follows `return`, and what follows `if (test) return`. */
function afterExits(statements: readonly Node[], scope: Scope): Branch[] {
  const branches: Branch[] = [];
  statements.forEach((statement, index) => {
    const next = statements[index + 1];
    const last = statements.at(-1);
    if (!next || !last) return;
    const at = [next.range[0], last.range[1]] as const;
    if (isExit(statement)) branches.push({ test: { kind: 'constant', value: true }, runsWhen: false, at });
    if (statement.type !== 'IfStatement') return;
    const test = testOf(statement['test'], scope, 0);
    if (isExit(statement['consequent'])) branches.push(...known(test, [{ test, runsWhen: false, at }]));
    else if (statement['alternate'] && isExit(statement['alternate'])) branches.push(...known(test, [{ test, runsWhen: true, at }]));
  });
  return branches;
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
      return unknownTest;
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
    default:
      return unknownTest;
  }
}

function not(test: Test): Test {
  return test.kind === 'unknown' ? test : { kind: 'not', part: test };
}

function identifierTest(node: Node, scope: Scope, depth: number): Test {
  const variable = lookUp(scope, node['name']);
  if (!variable) return factOfPath(node['name']);
  if (variable.importFrom) return { kind: 'import', specifier: variable.importFrom.specifier, name: variable.importFrom.name };
  const isConstant = variable.kind === 'const' && variable.init && variable.path.length === 0 && variable.writes.length === 0;
  const test = isConstant && variable.init ? testOf(variable.init, variable.scope, depth + 1) : unknownTest;
  return test.kind === 'unknown' ? test : { kind: 'flag', how: 'const', part: test };
}

/** A path that a build replaces, or a flag in an object of the module. */
function memberTest(node: Node, scope: Scope): Test {
  const object = unwrap(node['object']);
  const variable = object.type === 'Identifier' ? lookUp(scope, object['name']) : undefined;
  if (!variable) return factOfPath(pathOf(node));
  if (variable.kind !== 'const' || variable.init?.type !== 'ObjectExpression' || variable.propertyWrites.length > 0) return unknownTest;
  const key = staticKey(node['property'], node['computed'] === true);
  const property = (variable.init['properties'] as Node[]).find((each) => each.type === 'Property' && staticKey(each['key'], each['computed'] === true) === key);
  const value: unknown = property?.['value']?.value;
  return typeof value === 'boolean' ? { kind: 'flag', how: 'object', part: { kind: 'constant', value } } : unknownTest;
}

/** `typeof window === "undefined"`, `process.env.NODE_ENV !== "production"`, `process.env.NEXT_RUNTIME === "nodejs"`. */
function comparison(node: Node, scope: Scope): Test {
  const operator: string = node['operator'];
  const isEqual = operator === '===' || operator === '==';
  if (!isEqual && operator !== '!==' && operator !== '!=') return unknownTest;
  const [left, right] = [unwrap(node['left']), unwrap(node['right'])];
  if (left.type === 'Literal' && right.type === 'Literal') return { kind: 'constant', value: (left['value'] === right['value']) === isEqual };
  const [asked, literal] = left.type === 'Literal' ? [right, left] : [left, right];
  if (literal.type !== 'Literal') return unknownTest;
  const test = equality(asked, literal['value'], scope);
  return isEqual ? test : not(test);
}

function equality(asked: Node, value: unknown, scope: Scope): Test {
  if (asked.type === 'UnaryExpression' && asked['operator'] === 'typeof') {
    const name = pathOf(unwrap(asked['argument']));
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
  if (value === true || value === false) {
    const inner = testOf(asked, scope, 1);
    return value ? inner : not(inner);
  }
  return unknownTest;
}

/** Expressions that some build replaces by a constant; `deadGuards` of a framework says by which. */
const decidable = new Set([
  '__DEV__', 'import.meta.env.DEV', 'import.meta.env.PROD', 'import.meta.env.SSR', 'import.meta.server', 'import.meta.client', 'import.meta.browser',
  'process.server', 'process.client', 'process.browser', 'ngServerMode', 'ngDevMode',
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

function spanOf(node: Node): readonly [number, number] {
  return [node.range[0], node.range[1]];
}
