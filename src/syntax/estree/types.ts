import type { TypeRef } from '../type-ref.ts';
import type { Value } from '../value.ts';
import { isNode, staticKey, type Node } from './node.ts';
import { lookUp, type Scope } from './scopes.ts';

const maxDepth = 16;
/** Types of one module that are looked at; generated declaration files have more. */
const maxSteps = 50_000;
const maxMembers = 400;

/** Babel's trees keep what these return as their annotation. */
const signatureTypes = new Set(['TSFunctionType', 'TSConstructorType', 'TSMethodSignature']);

/** Reads type annotations, of any parser's tree. */
export class TypeReader {
  readonly #readValue: (node: Node, scope: Scope) => Value;
  #steps = 0;

  constructor(readValue: (node: Node, scope: Scope) => Value) {
    this.#readValue = readValue;
  }

  /** What a type says; `undefined` where that is nothing that could be looked up. */
  read(node: unknown, scope: Scope, depth = 0): TypeRef | undefined {
    this.#steps += 1;
    if (!isNode(node) || depth > maxDepth || this.#steps > maxSteps) return undefined;
    const inner = (part: unknown): TypeRef | undefined => this.read(part, scope, depth + 1);
    switch (node.type) {
      case 'TSTypeAnnotation':
      case 'TSParenthesizedType':
      case 'TSOptionalType':
      case 'TSRestType':
        return inner(node['typeAnnotation']);
      case 'TSTypeOperator':
        return node['operator'] === 'readonly' ? inner(node['typeAnnotation']) : undefined;
      case 'TSTypeReference':
        return this.#named(node['typeName'], this.#arguments(node, scope, depth), scope, depth);
      case 'TSInterfaceHeritage':
      case 'TSClassImplements':
      case 'TSExpressionWithTypeArguments':
        return this.#named(node['expression'], this.#arguments(node, scope, depth), scope, depth);
      case 'TSImportType':
        return this.#imported(node, scope, depth);
      case 'TSTypeQuery':
        return this.#typeof(node['exprName'], scope);
      case 'TSLiteralType':
        return typeof node['literal']?.value === 'string' ? { kind: 'text', text: node['literal'].value } : undefined;
      case 'TSUnionType':
      case 'TSIntersectionType':
        return either((node['types'] as Node[]).slice(0, maxMembers).flatMap((each) => inner(each) ?? []));
      case 'TSTypeLiteral':
        return this.#shape(node['members'] ?? [], [], scope, depth);
      case 'TSFunctionType':
      case 'TSConstructorType':
        return this.signature(node, scope, depth + 1);
      case 'TSIndexedAccessType':
        return this.#indexed(node, scope, depth);
      case 'TSArrayType':
        return arrayOf(inner(node['elementType']));
      case 'TSTupleType':
        return this.#tuple(node['elementTypes'] ?? [], scope, depth);
      case 'TSNamedTupleMember':
        return inner(node['elementType']);
      default:
        return undefined;
    }
  }

  /** The type of a parameter or of a declared name, from the pattern that declares it. */
  ofPattern(pattern: unknown, scope: Scope): TypeRef | undefined {
    if (!isNode(pattern)) return undefined;
    if (pattern.type === 'TSParameterProperty') return this.ofPattern(pattern['parameter'], scope);
    if (pattern.type === 'AssignmentPattern') return this.ofPattern(pattern['left'], scope);
    return this.read(pattern['typeAnnotation'], scope);
  }

  /** What a function declares of itself. */
  signature(node: Node, scope: Scope, depth = 0): Extract<TypeRef, { kind: 'function' }> {
    const patterns: Node[] = node['params'] ?? node['parameters'] ?? [];
    const returns = this.read(node['returnType'] ?? (signatureTypes.has(node.type) ? node['typeAnnotation'] : undefined), scope, depth + 1);
    return { kind: 'function', parameters: patterns.map((pattern) => this.ofPattern(pattern, scope) ?? null), ...(returns ? { returns } : {}) };
  }

  /** What the module calls this type: an alias or an interface. */
  declared(node: Node, scope: Scope): TypeRef | undefined {
    if (node.type === 'TSDeclareFunction') return this.signature(node, { parent: scope, fn: node, variables: new Map() });
    const type = this.#body(node, scope);
    const parameters = ((node['typeParameters']?.params ?? []) as Node[]).map((each) => String(each['name']?.name ?? each['name']));
    return type && parameters.length > 0 ? { kind: 'generic', parameters, type } : type;
  }

  #body(node: Node, scope: Scope): TypeRef | undefined {
    if (node.type === 'TSTypeAliasDeclaration') return this.read(node['typeAnnotation'], scope);
    const bases = ((node['extends'] ?? []) as Node[]).flatMap((each) => this.read(each, scope) ?? []);
    return this.#shape(node['body']?.body ?? [], bases, scope, 0);
  }

  /** The type arguments that a call is written with. */
  argumentsOf(node: Node, scope: Scope): readonly (TypeRef | null)[] | undefined {
    return this.#arguments(node, scope, 0);
  }

  #arguments(node: Node, scope: Scope, depth: number): readonly (TypeRef | null)[] | undefined {
    const list: Node[] | undefined = (node['typeArguments'] ?? node['typeParameters'])?.params;
    return list?.map((each) => this.read(each, scope, depth + 1) ?? null);
  }

  #named(name: unknown, args: readonly (TypeRef | null)[] | undefined, scope: Scope, depth: number): TypeRef | undefined {
    if (!isNode(name)) return undefined;
    if (name.type === 'Identifier') return this.#identifier(name['name'], args, scope, depth);
    const [left, right] = name.type === 'TSQualifiedName' ? [name['left'], name['right']] : name.type === 'MemberExpression' ? [name['object'], name['property']] : [];
    const owner = this.#named(left, undefined, scope, depth + 1);
    const member: unknown = right?.name;
    if (!owner || typeof member !== 'string') return undefined;
    if (owner.kind === 'import') return { ...owner, name: owner.name === '*' ? member : `${owner.name}.${member}`, ...(args ? { args } : {}) };
    return { kind: 'member', of: owner, name: member };
  }

  #identifier(name: string, args: readonly (TypeRef | null)[] | undefined, scope: Scope, depth: number): TypeRef | undefined {
    const parameter = typeParameter(name, scope);
    if (parameter) return this.read(parameter['constraint'] ?? parameter['default'], scope, depth + 1);
    const from = lookUp(scope, name)?.importFrom;
    if (from) return { kind: 'import', specifier: from.specifier, name: from.name, ...(args ? { args } : {}) };
    return name === 'const' ? undefined : { kind: 'named', name, ...(args ? { args } : {}) };
  }

  #imported(node: Node, scope: Scope, depth: number): TypeRef | undefined {
    const argument: Node | undefined = node['source'] ?? node['argument'];
    const specifier: unknown = argument?.['literal']?.value ?? argument?.['value'];
    if (typeof specifier !== 'string') return undefined;
    const args = this.#arguments(node, scope, depth);
    return { kind: 'import', specifier, name: isNode(node['qualifier']) ? dotted(node['qualifier']) : '*', ...(args ? { args } : {}) };
  }

  #typeof(name: unknown, scope: Scope): TypeRef | undefined {
    if (!isNode(name)) return undefined;
    if (name.type === 'TSImportType') return this.#imported(name, scope, 0);
    return { kind: 'typeof', value: this.#readValue(name, scope) };
  }

  #indexed(node: Node, scope: Scope, depth: number): TypeRef | undefined {
    const of = this.read(node['objectType'], scope, depth + 1);
    const index: Node = node['indexType'];
    if (!of) return undefined;
    if (index.type === 'TSNumberKeyword') return { kind: 'member', of, name: 'number' };
    const name: unknown = index['literal']?.value;
    return typeof name === 'string' || typeof name === 'number' ? { kind: 'member', of, name: String(name) } : undefined;
  }

  #tuple(elements: readonly Node[], scope: Scope, depth: number): TypeRef | undefined {
    const members: Record<string, TypeRef> = Object.create(null);
    elements.slice(0, maxMembers).forEach((element, index) => {
      const type = this.read(element, scope, depth + 1);
      if (type) members[index] = type;
    });
    return Object.keys(members).length > 0 ? { kind: 'shape', members } : undefined;
  }

  #shape(nodes: readonly Node[], bases: readonly TypeRef[], scope: Scope, depth: number): TypeRef | undefined {
    // Without a prototype: a member may be called `constructor`.
    const members: Record<string, TypeRef> = Object.create(null);
    for (const node of nodes.slice(0, maxMembers)) {
      const key = isNode(node['key']) ? staticKey(node['key'], node['computed'] === true) : undefined;
      if (key === undefined) continue;
      const isMethod = node.type === 'TSMethodSignature' && (node['kind'] ?? 'method') === 'method';
      const type = isMethod ? this.signature(node, scope, depth + 1) : this.read(node['typeAnnotation'] ?? node['returnType'], scope, depth + 1);
      if (type) members[key] ??= type;
    }
    if (Object.keys(members).length === 0 && bases.length === 0) return undefined;
    return { kind: 'shape', members, ...(bases.length > 0 ? { bases } : {}) };
  }
}

/** A type parameter of the functions and classes around, which stands for what it extends. */
function typeParameter(name: string, scope: Scope): Node | undefined {
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    for (const owner of [current.fn, current.cls]) {
      const found = (owner?.['typeParameters']?.params as Node[] | undefined)?.find((each) => (each['name']?.name ?? each['name']) === name);
      if (found) return found;
    }
  }
  return undefined;
}

function dotted(node: Node): string {
  return node.type === 'TSQualifiedName' ? `${dotted(node['left'])}.${String(node['right'].name)}` : String(node['name']);
}

function arrayOf(element: TypeRef | undefined): TypeRef | undefined {
  return element && { kind: 'named', name: 'Array', args: [element] };
}

function either(options: readonly TypeRef[]): TypeRef | undefined {
  return options.length > 1 ? { kind: 'either', options } : options[0];
}
