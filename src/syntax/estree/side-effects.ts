import type { Statement } from '../module-summary.ts';
import { isNode, unwrap, type Node } from './node.ts';

type Effect = Statement['effect'];

const declarations = new Set([
  'FunctionDeclaration', 'ImportDeclaration', 'ExportAllDeclaration', 'TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'TSDeclareFunction',
  'TSImportEqualsDeclaration', 'TSEnumDeclaration', 'EmptyStatement',
]);
const pureExpressions = new Set(['Literal', 'Identifier', 'FunctionExpression', 'ArrowFunctionExpression', 'ThisExpression', 'MetaProperty', 'StringLiteral', 'Super']);
const maxDepth = 200;

/**
 * What evaluating a top-level statement may do when nothing uses what it declares. Follows what minifiers and bundlers share;
 * where they differ (an unused `new`) the kind says so and the framework decides.
 */
export function effectOf(node: Node, text: string): Effect {
  if (declarations.has(node.type)) return 'none';
  switch (node.type) {
    case 'VariableDeclarator':
      if (node['id'].type !== 'Identifier' && node['init']) return worst([expressionEffect(node['init'], text, 0)]);
      return node['init'] ? expressionEffect(node['init'], text, 0) : 'none';
    case 'ClassDeclaration':
      return classEffect(node, text, 0);
    case 'ExportNamedDeclaration':
      return isNode(node['declaration']) ? effectOf(node['declaration'], text) : 'none';
    case 'ExportDefaultDeclaration':
      return declarations.has(node['declaration'].type) ? 'none' : node['declaration'].type === 'ClassDeclaration' ? classEffect(node['declaration'], text, 0) : expressionEffect(node['declaration'], text, 0);
    case 'ExpressionStatement':
      // A directive or a bare constant.
      return node['expression'].type === 'Literal' ? 'none' : expressionEffect(node['expression'], text, 0);
    default:
      return 'effect';
  }
}

function expressionEffect(outer: Node, text: string, depth: number): Effect {
  if (depth > maxDepth) return 'effect';
  const node = unwrap(outer);
  if (pureExpressions.has(node.type)) return 'none';
  const below = (child: unknown): Effect => (isNode(child) ? expressionEffect(child, text, depth + 1) : 'none');
  switch (node.type) {
    case 'TemplateLiteral':
      return worst(node['expressions'].map(below));
    case 'BinaryExpression':
    case 'LogicalExpression':
      return worst([below(node['left']), below(node['right'])]);
    case 'ConditionalExpression':
      return worst([below(node['test']), below(node['consequent']), below(node['alternate'])]);
    case 'UnaryExpression':
      return node['operator'] === 'delete' ? 'effect' : below(node['argument']);
    case 'ArrayExpression':
      return worst(node['elements'].map(below));
    case 'SpreadElement':
      return below(node['argument']);
    case 'ObjectExpression':
      return worst(node['properties'].map((property: Node) => (property.type === 'SpreadElement' ? below(property['argument']) : worst([property['computed'] ? below(property['key']) : 'none', below(property['value'])]))));
    case 'SequenceExpression':
      return worst(node['expressions'].map(below));
    case 'MemberExpression':
      return worst([below(node['object']), node['computed'] === true ? below(node['property']) : 'none']);
    case 'ClassExpression':
      return classEffect(node, text, depth);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return isAnnotatedPure(node, text) ? worst(node['arguments'].map(below)) : 'effect';
    case 'NewExpression':
      return worst([isAnnotatedPure(node, text) ? 'none' : 'new', ...node['arguments'].map(below)]);
    case 'JSXElement':
    case 'JSXFragment':
      return 'none';
    default:
      return 'effect';
  }
}

function classEffect(node: Node, text: string, depth: number): Effect {
  if (depth > maxDepth || (node['decorators']?.length ?? 0) > 0) return 'effect';
  const effects: Effect[] = isNode(node['superClass']) ? [expressionEffect(node['superClass'], text, depth + 1)] : [];
  for (const member of node['body'].body as Node[]) {
    if (member.type === 'StaticBlock') return 'effect';
    if (member['computed'] === true) effects.push(expressionEffect(member['key'], text, depth + 1));
    if (member['static'] === true && isNode(member['value'])) effects.push(expressionEffect(member['value'], text, depth + 1));
  }
  return worst(effects);
}

function worst(effects: readonly Effect[]): Effect {
  if (effects.includes('effect')) return 'effect';
  return effects.includes('new') ? 'new' : 'none';
}

/** `/* @__PURE__ *\/` or `/*#__PURE__*\/` right before the call (rollupjs.org, "Annotations"). */
function isAnnotatedPure(node: Node, text: string): boolean {
  const before = text.slice(Math.max(0, node.range[0] - 40), node.range[0]);
  return /\/\*\s*[@#]__PURE__\s*\*\/\s*\(?\s*$/.test(before);
}
