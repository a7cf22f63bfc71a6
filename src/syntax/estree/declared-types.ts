import type { FunctionSummary, ModuleSummary } from '../module-summary.ts';
import type { TypeRef } from '../type-ref.ts';
import { parseType } from './parse.ts';
import { isNode, staticKey, unwrap, type Node } from './node.ts';
import { isFunction, type Scope, type Scopes } from './scopes.ts';
import { readTags, typeDefinitions, type TypeTag } from './type-tags.ts';
import type { ValueReader } from './values.ts';

type Note = (it: DeclaredTypes, node: Node, scope: Scope) => void;
type SignatureTypes = Pick<FunctionSummary, 'parameterTypes' | 'returnType' | 'expectedType'>;

/** Collects what a module declares of types, while its tree is visited; parents must be noted before what is in them. */
export class DeclaredTypes {
  readonly #values: ValueReader;
  readonly #scopes: Scopes;
  readonly #text: string;
  readonly #hasTags: boolean;
  readonly #declared: Record<string, TypeRef> = Object.create(null);
  readonly #signatures: Record<string, TypeRef> = Object.create(null);
  readonly #augmented: Record<string, TypeRef> = Object.create(null);
  readonly #functions = new Map<Node, SignatureTypes>();
  /** What is expected of object literals and functions, by their node. */
  readonly #expected = new Map<Node, TypeRef>();

  constructor(values: ValueReader, scopes: Scopes, text: string) {
    this.#values = values;
    this.#scopes = scopes;
    this.#text = text;
    this.#hasTags = /@(?:type|param|returns?|typedef|import)\s*\{/.test(text);
  }

  ofModule(): Pick<ModuleSummary, 'types' | 'signatures' | 'augmentedTypes'> {
    if (this.#hasTags) for (const { name, type } of typeDefinitions(this.#text)) add(this.#declared, name, this.#tagged(type));
    return {
      ...(Object.keys(this.#declared).length > 0 ? { types: this.#declared } : {}),
      ...(Object.keys(this.#signatures).length > 0 ? { signatures: this.#signatures } : {}),
      ...(Object.keys(this.#augmented).length > 0 ? { augmentedTypes: this.#augmented } : {}),
    };
  }

  ofFunction(node: Node): SignatureTypes {
    return this.#functions.get(node) ?? {};
  }

  /** The declared type of a field of a class, from its annotation or its comment. */
  ofField(member: Node, scope: Scope): TypeRef | undefined {
    return this.#values.types.read(member['typeAnnotation'], scope) ?? this.#tagged(this.#tagsBefore(member).find(({ tag }) => tag === 'type')?.type);
  }

  /** What an object literal is declared to be. */
  expected(node: Node): TypeRef | undefined {
    return this.#expected.get(node);
  }

  note(node: Node, scope: Scope): void {
    DeclaredTypes.#notes.get(node.type)?.(this, node, scope);
  }

  /** By the type of a node: most say nothing of types, and to compare theirs with each of these takes longer than to look it up. */
  static readonly #notes = new Map(Object.entries<Note>({
    TSTypeAliasDeclaration: (it, node, scope) => it.#noteType(it.#declared, node, scope),
    TSInterfaceDeclaration: (it, node, scope) => it.#noteType(it.#declared, node, scope),
    TSDeclareFunction: (it, node, scope) => it.#noteType(it.#signatures, node, scope),
    TSModuleDeclaration: (it, node, scope) => it.#noteAugmentation(node, scope),
    TSGlobalDeclaration: (it, node, scope) => it.#noteAugmentation(node, scope),
    VariableDeclaration: (it, node, scope) => it.#noteVariables(node, scope),
    PropertyDefinition: (it, node, scope) => it.#noteField(node, scope),
    AccessorProperty: (it, node, scope) => it.#noteField(node, scope),
    TSAsExpression: (it, node, scope) => it.#expect(node['expression'], it.#values.types.read(node['typeAnnotation'], scope)),
    TSSatisfiesExpression: (it, node, scope) => it.#expect(node['expression'], it.#values.types.read(node['typeAnnotation'], scope)),
    TSTypeAssertion: (it, node, scope) => it.#expect(node['expression'], it.#values.types.read(node['typeAnnotation'], scope)),
    AssignmentPattern: (it, node, scope) => it.#expect(node['right'], it.#values.types.ofPattern(node['left'], scope)),
    ReturnStatement: (it, node, scope) => it.#noteReturn(node, scope),
    ObjectExpression: (it, node) => it.#expectOfProperties(node),
    ArrayExpression: (it, node) => it.#expectOfElements(node),
    CallExpression: (it, node, scope) => it.#expectOfArguments(node, scope),
    NewExpression: (it, node, scope) => it.#expectOfArguments(node, scope),
    FunctionDeclaration: (it, node, scope) => it.#noteFunction(node, scope),
    FunctionExpression: (it, node, scope) => it.#noteFunction(node, scope),
    ArrowFunctionExpression: (it, node, scope) => it.#noteFunction(node, scope),
  }));

  #noteType(known: Record<string, TypeRef>, node: Node, scope: Scope): void {
    if (scope.parent === undefined && isNode(node['id'])) add(known, node['id']['name'], this.#values.types.declared(node, scope));
  }

  #noteVariables(node: Node, scope: Scope): void {
    for (const { id, init } of node['declarations'] as { id: Node; init: Node | null }[]) {
      if (init) this.#expect(init, this.#values.types.ofPattern(id, scope) ?? this.#tagged(this.#tagsBefore(node).find(({ tag }) => tag === 'type')?.type));
    }
  }

  #noteField(node: Node, scope: Scope): void {
    if (isNode(node['value'])) this.#expect(node['value'], this.ofField(node, scope));
  }

  #noteReturn(node: Node, scope: Scope): void {
    if (isNode(node['argument'])) this.#expect(node['argument'], this.ofFunction(scope.fn).returnType);
  }

  /** `declare module "fastify" { interface FastifyInstance { hilt: HiltClient } }`, `declare global { namespace Express { … } }`. */
  #noteAugmentation(node: Node, scope: Scope): void {
    if (scope.parent !== undefined) return;
    const body: unknown = node['body']?.body;
    // `namespace A.B` of Babel: the inner one is the body.
    if (!Array.isArray(body)) return isNode(node['body']) && node['body'].type === 'TSModuleDeclaration' ? this.#noteAugmentation(node['body'], scope) : undefined;
    for (const statement of body as Node[]) {
      const declaration: Node = isNode(statement['declaration']) ? statement['declaration'] : statement;
      if (declaration.type === 'TSModuleDeclaration') this.#noteAugmentation(declaration, scope);
      if (declaration.type === 'TSInterfaceDeclaration') add(this.#augmented, declaration['id'].name, this.#values.types.declared(declaration, scope));
    }
  }

  #noteFunction(node: Node, outer: Scope): void {
    if (!isFunction(node)) return;
    const scope = this.#scopes.opened(node) ?? outer;
    const { parameters, returns } = this.#values.types.signature(node, scope);
    const expected = this.#expected.get(node);
    const own = expected?.kind === 'function' ? expected : undefined;
    const tags = this.#hasTags ? this.#tagsBefore(node) : [];
    const parameterTypes = parameters.map((type, index) => type ?? own?.parameters[index] ?? this.#tagged(tags.find(({ tag, name }) => tag === 'param' && name === nameOfPattern(node['params'][index]))?.type) ?? null);
    const returnType = returns ?? own?.returns ?? this.#tagged(tags.find(({ tag }) => tag === 'returns')?.type);
    this.#functions.set(node, { ...(parameterTypes.some((type) => type !== null) ? { parameterTypes } : {}), ...(returnType ? { returnType } : {}), ...(expected && !own ? { expectedType: expected } : {}) });
    if (node['body'].type !== 'BlockStatement') this.#expect(node['body'], returnType);
  }

  #expect(node: Node, type: TypeRef | undefined): void {
    if (!type) return;
    const inner = unwrap(node);
    switch (inner.type) {
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (!this.#expected.has(inner)) this.#expected.set(inner, type);
        return;
      case 'ConditionalExpression':
        this.#expect(inner['consequent'], type);
        this.#expect(inner['alternate'], type);
        return;
      case 'LogicalExpression':
        this.#expect(inner['right'], type);
    }
  }

  #expectOfProperties(node: Node): void {
    const type = this.#expected.get(node);
    for (const property of type ? (node['properties'] as Node[]) : []) {
      const name = property.type === 'Property' ? staticKey(property['key'], property['computed'] === true) : undefined;
      if (type && name !== undefined && isNode(property['value'])) this.#expect(property['value'], { kind: 'member', of: type, name });
    }
  }

  #expectOfElements(node: Node): void {
    const type = this.#expected.get(node);
    for (const element of type ? (node['elements'] as (Node | null)[]) : []) if (type && element) this.#expect(element, { kind: 'member', of: type, name: 'number' });
  }

  /** What the function that is called declares of its parameters; only objects ask for it. */
  #expectOfArguments(node: Node, scope: Scope): void {
    (node['arguments'] as Node[] | undefined)?.forEach((argument, index) => {
      if (unwrap(argument).type !== 'ObjectExpression') return;
      this.#expect(argument, { kind: 'argument', callee: this.#values.read(node['callee'], scope), index, ...(node.type === 'NewExpression' ? { isNew: true } : {}) });
    });
  }

  #tagsBefore(node: Node): readonly TypeTag[] {
    return this.#hasTags ? readTags(this.#text, node.range[0]) : [];
  }

  #tagged(text: string | undefined): TypeRef | undefined {
    const node = text === undefined ? undefined : parseType(text);
    return node && this.#values.types.read(node, this.#scopes.module);
  }
}

function add(types: Record<string, TypeRef>, name: string, type: TypeRef | undefined): void {
  if (!type) return;
  const known = types[name];
  // An interface may be declared in parts, a function by several signatures.
  types[name] = known ? { kind: 'either', options: [known, type] } : type;
}

function nameOfPattern(pattern: Node): string | undefined {
  const inner: Node = pattern.type === 'AssignmentPattern' ? pattern['left'] : pattern;
  return inner.type === 'Identifier' ? inner['name'] : undefined;
}
