import { isNode, unwrap, type Node } from './node.ts';

/**
 * What calling a function may do beyond giving a value, from the least on: nothing; make a text of what it is given, which may run
 * code; throw.
 */
export type Purity = 'clean' | 'coercing' | 'guarded';

const order: readonly Purity[] = ['clean', 'coercing', 'guarded'];
const inert = new Set(['Literal', 'Identifier', 'FunctionExpression', 'ArrowFunctionExpression', 'FunctionDeclaration', 'ClassExpression', 'ThisExpression', 'MetaProperty', 'StringLiteral', 'Super', 'JSXElement', 'JSXFragment']);
const maxDepth = 60;

/** The purity of a function's body; `undefined` where it may do more: call, write, read a member of something unknown. */
export function purityOfFunction(fn: Node): Purity | undefined {
  if (fn['async'] === true || fn['generator'] === true) return undefined;
  const body: Node = fn['body'];
  return body.type === 'BlockStatement' ? worst((body['body'] as Node[]).map(purityOfStatement)) : purityOf(body, 0);
}

/** The purity of a constructor, which may also fill fields of the new object. */
export function purityOfConstructor(fn: Node): Purity | undefined {
  return worst(((fn['body']?.body ?? []) as Node[]).map((statement) => {
    const expression: Node | undefined = statement.type === 'ExpressionStatement' ? statement['expression'] : undefined;
    const isField = expression?.type === 'AssignmentExpression' && expression['operator'] === '=' && expression['left'].object?.type === 'ThisExpression';
    return isField ? purityOf(expression['right'], 0) : purityOfStatement(statement);
  }));
}

/** Whether an expression only gives a value, without calling or writing anything. */
export function isCleanExpression(node: Node): boolean {
  return purityOf(node, 0) !== undefined;
}

function purityOfStatement(statement: Node): Purity | undefined {
  switch (statement.type) {
    case 'ReturnStatement':
      return isNode(statement['argument']) ? purityOf(statement['argument'], 0) : 'clean';
    case 'FunctionDeclaration':
    case 'EmptyStatement':
      return 'clean';
    case 'VariableDeclaration':
      return worst((statement['declarations'] as Node[]).map((each) => (each['id'].type !== 'Identifier' ? undefined : isNode(each['init']) ? purityOf(each['init'], 0) : 'clean')));
    case 'IfStatement':
      return !statement['alternate'] && isThrow(statement['consequent']) && purityOf(statement['test'], 0) ? 'guarded' : undefined;
    default:
      return undefined;
  }
}

function isThrow(statement: Node): boolean {
  const body: Node[] = statement.type === 'BlockStatement' ? statement['body'] : [statement];
  return body.length === 1 && body[0]?.type === 'ThrowStatement';
}

function purityOf(outer: Node, depth: number): Purity | undefined {
  if (depth > maxDepth) return undefined;
  const node = unwrap(outer);
  if (inert.has(node.type)) return 'clean';
  const below = (child: unknown): Purity | undefined => (isNode(child) ? purityOf(child, depth + 1) : undefined);
  switch (node.type) {
    case 'TemplateLiteral':
      return worst([node['expressions'].length > 0 ? 'coercing' : 'clean', ...(node['expressions'] as Node[]).map(below)]);
    case 'BinaryExpression':
      return worst([node['operator'] === '+' ? 'coercing' : 'clean', below(node['left']), below(node['right'])]);
    case 'LogicalExpression':
      return worst([below(node['left']), below(node['right'])]);
    case 'ConditionalExpression':
      return worst([below(node['test']), below(node['consequent']), below(node['alternate'])]);
    case 'UnaryExpression':
      return node['operator'] === 'delete' ? undefined : below(node['argument']);
    case 'ObjectExpression':
      return worst((node['properties'] as Node[]).map((property) => (property.type === 'SpreadElement' ? undefined : below(property['value']))));
    case 'ArrayExpression':
      return worst((node['elements'] as (Node | null)[]).map(below));
    default:
      return undefined;
  }
}

function worst(parts: readonly (Purity | undefined)[]): Purity | undefined {
  return parts.includes(undefined) ? undefined : (order.findLast((purity) => parts.includes(purity)) ?? 'clean');
}
