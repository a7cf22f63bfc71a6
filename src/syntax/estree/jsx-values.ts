import type { Span } from '../span.ts';
import type { ObjectEntry, Value } from '../value.ts';
import { unknown } from './made-values.ts';
import { spanOf, type Node } from './node.ts';
import type { Scope } from './scopes.ts';
import type { ValueReader } from './values.ts';

/** The element that JSX makes: its component, or the name of its tag, and its props, `children` among them. */
export function elementValue(reader: ValueReader, node: Node, scope: Scope, at: Span): Value {
  const opening: Node | undefined = node['openingElement'];
  const name: Node | undefined = opening?.['name'];
  const isIntrinsic = name?.type === 'JSXIdentifier' && /^[a-z]/.test(name['name']);
  const type: Value = !name ? unknown : isIntrinsic ? { kind: 'text', text: name['name'] } : reader.read(name, scope);
  const entries: ObjectEntry[] = (opening?.['attributes'] ?? []).flatMap((attribute: Node) => attributeEntries(reader, attribute, scope));
  const children: Node[] = (node['children'] ?? []).filter((child: Node) => child.type !== 'JSXText' || String(child['value']).trim() !== '');
  if (children.length > 0) {
    const value: Value = { kind: 'array', items: reader.items(children, scope), at };
    entries.push({ key: { kind: 'text', text: 'children' }, value, at, valueAt: at });
  }
  return { kind: 'element', type, props: { kind: 'object', entries, at }, at };
}

function attributeEntries(reader: ValueReader, attribute: Node, scope: Scope): ObjectEntry[] {
  const at = spanOf(attribute);
  if (attribute.type === 'JSXSpreadAttribute') {
    return [{ spread: true, value: reader.read(attribute['argument'], scope), at, valueAt: spanOf(attribute['argument']) }];
  }
  const name = attribute['name'];
  const text = name?.type === 'JSXNamespacedName' ? `${name.namespace.name}:${name.name.name}` : String(name?.name ?? '');
  const valueNode: Node | null = attribute['value'];
  const value: Value = valueNode ? reader.read(valueNode, scope) : { kind: 'constant', value: true };
  return [{ key: { kind: 'text', text }, value, at, valueAt: valueNode ? spanOf(valueNode) : at }];
}
