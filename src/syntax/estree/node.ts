import type { Span } from '../span.ts';

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

/**
 * A tree is walked several times, for scopes, values, references and effects: what was found is kept at the node. Weak maps take
 * a third of the time that it takes to read a module.
 */
const known = Symbol('children');

interface Walked { [known]?: readonly Node[] }

/** The child nodes that hold code, in source order as far as the fields have it. */
export function childrenOf(node: Node): readonly Node[] {
  return (node as Walked)[known] ?? keepChildren(node);
}

function keepChildren(node: Node): readonly Node[] {
  const children = findChildren(node);
  if (Object.isExtensible(node)) (node as Walked)[known] = children;
  return children;
}

const none: readonly Node[] = [];

/** Names, literals and pieces of templates: two of three nodes. */
export function isLeaf({ type, decorators }: Node): boolean {
  return type === 'Identifier' ? (decorators as unknown[] | undefined)?.length === 0 : type === 'Literal' || type === 'TemplateElement';
}

/** Where the code is in the nodes that a tree has most of, whoever made it: to look is cheaper than to go through all fields. */
const codeFields = new Map<string, readonly string[]>(Object.entries({
  MemberExpression: ['object', 'property'], CallExpression: ['callee', 'arguments'], ExpressionStatement: ['expression'], BlockStatement: ['body'],
  ObjectExpression: ['properties'], Property: ['key', 'value'], VariableDeclaration: ['declarations'], VariableDeclarator: ['id', 'init'],
  ArrowFunctionExpression: ['params', 'body'], AwaitExpression: ['argument'], ReturnStatement: ['argument'], BinaryExpression: ['left', 'right'], AssignmentExpression: ['left', 'right'],
}));

function findChildren(node: Node): readonly Node[] {
  if (typeOnlyNodes.has(node.type)) return none;
  const fields = codeFields.get(node.type) ?? Object.keys(node).filter((field) => mayHoldCode(field, node));
  const children: Node[] = [];
  for (let i = 0; i < fields.length; i++) {
    const child: unknown = node[fields[i] as string];
    if (isNode(child)) children.push(child);
    else if (Array.isArray(child)) for (const item of child) if (isNode(item)) children.push(item);
  }
  return children;
}

function mayHoldCode(field: string, node: Node): boolean {
  // Most fields: to know them here is cheaper than to look their names up.
  if (typeof node[field] !== 'object') return false;
  return !notChildren.has(field) || (field === 'value' && valueIsChild.has(node.type)) || (field === 'name' && hasNamedNode(node));
}

/** Where the node stands: offsets in the file, in UTF-16 units. */
export function spanOf(node: Node): Span {
  return node.range;
}

/** The operands of `a + b + c`, in order. A long chain leans to the left: taken as a list, so that its length costs no depth. */
export function operandsOf(sum: Node): Node[] {
  const operands: Node[] = [];
  let current = sum;
  while (current.type === 'BinaryExpression' && current['operator'] === '+') {
    operands.push(current['right']);
    current = unwrap(current['left']);
  }
  return [...operands, current].reverse();
}

/** Strips what changes types or grouping but not the value: `as`, `satisfies`, `!`, `<T>x`, parentheses, `?.` chains, `await`. */
export function unwrap(node: Node): Node {
  for (let current = node; ; ) {
    const inside = wrappers.get(current.type);
    if (inside === undefined) return current;
    const inner: unknown = current[inside];
    if (!isNode(inner)) return current;
    current = inner;
  }
}

const wrappers = new Map([
  ...[
    'TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion', 'TSInstantiationExpression', 'ParenthesizedExpression', 'ChainExpression',
    'TypeCastExpression', 'JSXExpressionContainer', 'VExpressionContainer', 'SvelteMustacheTag',
  ].map((type): [string, string] => [type, 'expression']),
  ['AwaitExpression', 'argument'],
]);

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
