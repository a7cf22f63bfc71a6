import { isNode, type Node } from '../../syntax/estree/node.ts';

export function nodeOf(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}

export function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.filter(isNode);
  return isNode(value) ? [value] : [];
}

/** `a.b.c` of identifiers; `undefined` for anything else. */
export function memberPath(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type === 'MetaProperty') return 'import.meta';
  if (node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression') return memberPath(nodeOf(node['expression']));
  if (node.type !== 'MemberExpression' || node['computed'] === true) return undefined;
  const object = memberPath(nodeOf(node['object']));
  return object === undefined ? undefined : `${object}.${String(nodeOf(node['property'])?.['name'] ?? '')}`;
}

export function walk(node: Node, visit: (node: Node) => boolean): void {
  if (!visit(node)) return;
  for (const key of Object.keys(node)) {
    if (key === 'type' || key === 'range' || key === 'loc' || key === 'parent') continue;
    for (const child of nodesOf(node[key])) walk(child, visit);
  }
}

export function isFunction(node: Node): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration';
}
