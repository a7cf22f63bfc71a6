/**
 * A node of an ESTree, whoever made it: espree, typescript-eslint, Babel, vue, svelte, astro or oxc.
 * Their typed unions disagree, so fields are read by name; `range` is what all of them share.
 */
export interface Node {
  readonly type: string;
  readonly range: readonly [number, number];
  // One shape for six parsers: a typed union would describe only one of them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [field: string]: any;
}

const notChildren = new Set([
  'type', 'range', 'loc', 'start', 'end', 'parent', 'tokens', 'comments', 'raw', 'value', 'name', 'operator', 'kind',
  // Types are no code: a name that stands only in one is no use of it.
  'typeAnnotation', 'typeParameters', 'typeArguments', 'superTypeParameters', 'superTypeArguments', 'returnType', 'implements',
  // vue-eslint-parser's own links.
  'references', 'variables', 'errors', 'xmlnsAttribute',
]);

/** Node fields whose `value` is a child node, not a primitive. */
const valueIsChild = new Set([
  'Property', 'PropertyDefinition', 'AccessorProperty', 'MethodDefinition', 'JSXAttribute', 'VAttribute', 'ClassProperty', 'ClassPrivateProperty',
  'SvelteAttribute', 'SvelteShorthandAttribute', 'SvelteSpecialDirective', 'SvelteDirective', 'SvelteStyleDirective', 'ImportAttribute',
  'AstroTemplateLiteralAttribute', 'AstroShorthandAttribute',
]);

const typeOnlyNodes = new Set([
  'TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'TSDeclareFunction', 'TSAbstractMethodDefinition', 'TSAbstractPropertyDefinition', 'TSIndexSignature',
]);

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Where `name` is a node of its own: `<Form />`. */
function hasNamedNode({ type }: Node): boolean {
  return type === 'JSXOpeningElement' || type.startsWith('Svelte');
}

/** A tree is walked several times, for scopes, values, references and effects: what was found is kept as long as the node is. */
const known = new WeakMap<Node, readonly Node[]>();

/** The child nodes that hold code, in source order as far as the fields have it. */
export function childrenOf(node: Node): readonly Node[] {
  let children = known.get(node);
  if (children === undefined) known.set(node, (children = findChildren(node)));
  return children;
}

function findChildren(node: Node): Node[] {
  const children: Node[] = [];
  if (typeOnlyNodes.has(node.type)) return children;
  for (const key of Object.keys(node)) {
    const child: unknown = node[key];
    // Most fields: to know them here is cheaper than to look their names up.
    if (typeof child !== 'object' || child === null) continue;
    if (notChildren.has(key) && !(key === 'value' && valueIsChild.has(node.type)) && !(key === 'name' && hasNamedNode(node))) continue;
    if (Array.isArray(child)) {
      for (const item of child) if (isNode(item)) children.push(item);
    } else if (isNode(child)) children.push(child);
  }
  return children;
}

/** Strips what changes types or grouping but not the value: `as`, `satisfies`, `!`, `<T>x`, parentheses, `?.` chains, `await`. */
export function unwrap(node: Node): Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ParenthesizedExpression':
      case 'ChainExpression':
      case 'TypeCastExpression':
      case 'JSXExpressionContainer':
      case 'VExpressionContainer':
      case 'SvelteMustacheTag':
        if (!isNode(current['expression'])) return current;
        current = current['expression'];
        continue;
      case 'AwaitExpression':
        current = current['argument'];
        continue;
      default:
        return current;
    }
  }
}

/** The name of a property, method or member as source has it, where it is static. */
export function staticKey(key: Node, computed: boolean): string | undefined {
  if (!computed && (key.type === 'Identifier' || key.type === 'PrivateIdentifier' || key.type === 'PrivateName')) {
    const name: unknown = key['name'] ?? key['id']?.name;
    if (typeof name !== 'string') return undefined;
    // `#key` and `key` are two members of a class.
    return key.type === 'Identifier' ? name : `#${name}`;
  }
  if (key.type === 'Literal' && (typeof key['value'] === 'string' || typeof key['value'] === 'number')) return String(key['value']);
  if (key.type === 'TemplateLiteral' && key['expressions'].length === 0) return key['quasis'][0]?.value.cooked ?? undefined;
  return undefined;
}
