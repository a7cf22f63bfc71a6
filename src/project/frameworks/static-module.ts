import type { Node } from '../../syntax/estree/node.ts';
import { parseProgram } from '../../syntax/estree/parse.ts';
import { declareIn, declarePattern, memberKey } from './static-declarations.ts';
import { evaluate, evaluateName } from './static-evaluate.ts';
import { isFunction, memberPath, nodeOf, nodesOf, walk } from './static-node.ts';
import { innerScope, type ModuleReader, type Scope, type StaticModule } from './static-scope.ts';
import type { StaticValue } from './static-value.ts';

const mostSteps = 50_000;

/** Reads one JS or TS file. A file with syntax errors is read as far as the parser came. */
export function readStaticModule(file: string, text: string, read: ModuleReader): StaticModule {
  const slash = file.lastIndexOf('/');
  // TypeScript's grammar holds that of JavaScript but for JSX.
  const parsed = parseProgram(text, /x$/.test(file) ? 'tsx' : 'ts');
  const root: Node = parsed?.program ?? { type: 'Program', range: [0, 0], body: [] };
  const scope: Scope = { file, folder: slash < 0 ? '' : file.slice(0, slash), names: new Map(), assigned: new Map(), outer: undefined, read, evaluate, active: new Set(), budget: { steps: mostSteps } };
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
        const inner = innerScope(at);
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
