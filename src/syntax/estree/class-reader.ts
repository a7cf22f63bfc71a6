import type { ClassSummary } from '../module-summary.ts';
import type { TypeRef } from '../type-ref.ts';
import type { Value } from '../value.ts';
import type { DeclaredTypes } from './declared-types.ts';
import { typed } from './made-values.ts';
import { isNode, spanOf, staticKey, unwrap, type Node } from './node.ts';
import { notableKey } from './notable-key.ts';
import { isFunction, type Scope, type Scopes } from './scopes.ts';
import type { ValueReader } from './values.ts';
import type { Visit } from './visit.ts';

interface ClassDraft { node: Node; superclass?: Value; constructor_?: number; fields: Record<string, Value[]>; methods: Record<string, number>; statics: Record<string, Value>; fieldTypes: Record<string, TypeRef> }

/** The classes of a module, with what is written to their fields, noted as the nodes come. */
export class ClassReader {
  readonly #scopes: Scopes;
  readonly #values: ValueReader;
  readonly #types: DeclaredTypes;
  readonly #classes = new Map<number, ClassDraft>();

  constructor(scopes: Scopes, values: ValueReader, types: DeclaredTypes) {
    this.#scopes = scopes;
    this.#values = values;
    this.#types = types;
  }

  read(node: Node, scope: Scope): number {
    const index = this.#values.classOf(node);
    // Without a prototype: a member may be called `constructor` or `toString`.
    const draft: ClassDraft = { node, fields: Object.create(null), methods: Object.create(null), statics: Object.create(null), fieldTypes: Object.create(null) };
    this.#classes.set(index, draft);
    this.#readDecorators(node, node, scope);
    if (isNode(node['superClass'])) draft.superclass = this.#values.read(node['superClass'], scope);
    for (const member of node['body'].body as Node[]) this.#readMember(draft, member, scope);
    return index;
  }

  #readMember(draft: ClassDraft, member: Node, scope: Scope): void {
    if (member.type === 'StaticBlock') return this.#readStaticBlock(draft, member, scope);
    const isMethod = member.type === 'MethodDefinition' || member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod';
    const key = isNode(member['key']) ? (staticKey(member['key'], member['computed'] === true) ?? printingKey(member['key'])) : undefined;
    if (key === undefined) return;
    const type = isMethod ? undefined : this.#types.ofField(member, scope);
    if (type && member['static'] !== true) draft.fieldTypes[key] = type;
    const value: Node | null = isMethod ? (isNode(member['value']) ? member['value'] : member) : member['value'];
    if (!value || value.type === 'TSEmptyBodyFunctionExpression' || (isMethod && !isFunction(value))) return;
    if (isMethod) {
      this.#readDecorators(value, member, scope);
      return this.#readMethod(draft, member, key, value);
    }
    const read = typed(this.#values.read(value, scope), type);
    if (member['static'] === true) draft.statics[key] = read;
    else (draft.fields[key] ??= []).push(read);
  }

  /** `static { this.head = "…"; }` */
  #readStaticBlock(draft: ClassDraft, block: Node, scope: Scope): void {
    for (const { expression } of block['body'] as { expression?: Node }[]) {
      const left: Node | undefined = expression?.type === 'AssignmentExpression' ? unwrap(expression['left']) : undefined;
      const key = left?.type === 'MemberExpression' && left['object'].type === 'ThisExpression' ? staticKey(left['property'], left['computed'] === true) : undefined;
      if (expression && key !== undefined) draft.statics[key] = this.#values.read(expression['right'], this.#scopes.opened(block) ?? scope);
    }
  }

  readonly #decorators = new Map<Node, readonly Value[]>();

  #readDecorators(decorated: Node, holder: Node, scope: Scope): void {
    const decorators: readonly Node[] = holder['decorators'] ?? [];
    if (decorators.length > 0) this.#decorators.set(decorated, decorators.map((decorator) => this.#values.read(decorator['expression'], scope)));
  }

  decoratorsOf(node: Node): { decorators?: readonly Value[] } {
    const decorators = this.#decorators.get(node);
    return decorators ? { decorators } : {};
  }

  #readMethod(draft: ClassDraft, member: Node, key: string, value: Node): void {
    const fn = this.#values.functionOf(value);
    const held: Value = { kind: 'function', fn };
    if (member['kind'] === 'constructor') {
      draft.constructor_ = fn;
      this.#readParameterProperties(draft, value, fn);
    } else if (member['kind'] === 'get') {
      const read: Value = { kind: 'call', callee: held, args: [], at: spanOf(member) };
      if (member['static'] === true) draft.statics[key] = read;
      else (draft.fields[key] ??= []).push(read);
    } else if (member['kind'] !== 'set') {
      if (member['static'] === true) draft.statics[key] = held;
      else draft.methods[key] = fn;
    }
  }

  #readParameterProperties(draft: ClassDraft, constructor: Node, fn: number): void {
    constructor['params'].forEach((parameter: Node, index: number) => {
      if (parameter.type !== 'TSParameterProperty') return;
      const pattern: Node = parameter['parameter'];
      const target: Node = pattern.type === 'AssignmentPattern' ? pattern['left'] : pattern;
      const scope = this.#scopes.opened(constructor);
      if (target.type !== 'Identifier' || !scope) return;
      const fallback = pattern.type === 'AssignmentPattern' ? { fallback: this.#values.read(pattern['right'], scope) } : {};
      (draft.fields[target['name']] ??= []).push({ kind: 'parameter', fn, index, ...fallback, name: target['name'], at: spanOf(parameter) });
    });
  }

  ofAssignment(left: Node, key: string | undefined, value: Value, visit: Visit): void {
    const draft = visit.cls === undefined ? undefined : this.#classes.get(visit.cls);
    if (!draft || key === undefined) return;
    if (left['object'].type === 'ThisExpression') (draft.fields[key] ??= []).push(value);
    else if (notableKey.test(key) || key === 'headers') this.#recordInField(draft, left['object'], { kind: 'text', text: key }, value, visit.node);
  }

  /** `this.headers.Authorization = v`, `this.headers.set(k, v)`: the field may also hold an object with that. */
  #recordInField(draft: ClassDraft, object: Node, key: Value, value: Value, node: Node): void {
    const at = spanOf(node);
    const held: Value = { kind: 'object', entries: [{ key, value, at, valueAt: at }], at };
    const owner = unwrap(object);
    if (owner.type !== 'MemberExpression') return;
    const name = staticKey(owner['property'], owner['computed'] === true);
    if (name === undefined) return;
    if (unwrap(owner['object']).type === 'ThisExpression') (draft.fields[name] ??= []).push(held);
    else this.#recordInField(draft, owner['object'], { kind: 'text', text: name }, held, node);
  }

  ofCall(node: Node, { scope, cls }: Visit): void {
    const draft = cls === undefined ? undefined : this.#classes.get(cls);
    const callee = unwrap(node['callee']);
    const [first, second]: readonly Node[] = node['arguments'] ?? [];
    if (!draft || callee.type !== 'MemberExpression' || !first || !second) return;
    const method = staticKey(callee['property'], callee['computed'] === true);
    const key = method === 'set' || method === 'append' ? this.#values.read(first, scope) : undefined;
    if (key && (key.kind !== 'text' || notableKey.test(key.text))) this.#recordInField(draft, callee['object'], key, this.#values.read(second, scope), node);
  }

  summaries(): ClassSummary[] {
    return this.#values.classes.map((node, index) => {
      const draft = this.#classes.get(index);
      const name: unknown = node['id']?.name;
      return {
        ...(typeof name === 'string' ? { name } : {}),
        at: spanOf(node),
        ...(draft?.superclass ? { superclass: draft.superclass } : {}),
        ...(draft?.constructor_ === undefined ? {} : { constructor_: draft.constructor_ }),
        fields: draft ? withTypes(draft.fields, draft.fieldTypes) : {},
        methods: draft?.methods ?? {},
        ...this.decoratorsOf(node),
        statics: draft?.statics ?? {},
        ...(draft && Object.keys(draft.fieldTypes).length > 0 ? { fieldTypes: draft.fieldTypes } : {}),
      };
    });
  }
}

/** `this.x = …` of methods is of the type that the class declares of `x`. */
function withTypes(fields: Record<string, Value[]>, types: Record<string, TypeRef>): Record<string, Value[]> {
  for (const [name, type] of Object.entries(types)) if (fields[name]) fields[name] = fields[name].map((value) => typed(value, type));
  return fields;
}

/** A method by which Node prints an object: `[inspect.custom]`, `[Symbol.for('nodejs.util.inspect.custom')]`. */
function printingKey(key: Node): string | undefined {
  const isCustom = key.type === 'MemberExpression' && staticKey(key['property'], key['computed'] === true) === 'custom';
  return isCustom || (key.type === 'CallExpression' && (key['arguments'] as Node[])[0]?.['value'] === 'nodejs.util.inspect.custom') ? '[inspect]' : undefined;
}
