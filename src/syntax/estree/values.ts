import type { Span } from '../span.ts';
import type { TypeRef } from '../type-ref.ts';
import type { ArrayItem, ObjectEntry, ObjectValue, Value, VariableForm, VariableValue } from '../value.ts';
import { callbackSource } from './callbacks.ts';
import { environmentGetters, environmentModuleRead, environmentObject, environmentRead, isEnvironmentPath } from './environment.ts';
import { additionOf, countOf, loopsAround } from './loops.ts';
import { isNode, staticKey, unwrap, type Node } from './node.ts';
import { optionHolders, optionSource, optionState, takesContext } from './option-objects.ts';
import { lookUp, qualifiedNames, type Loop, type MutatingCall, type PathStep, type PropertyWrite, type Scope, type Scopes, type Variable, type Write } from './scopes.ts';
import { TypeReader } from './types.ts';

const unknown: Value = { kind: 'unknown' };
const undefinedValue: Value = { kind: 'constant', value: undefined };
const globalObjects = new Set(['globalThis', 'window', 'self', 'global']);
const maxDepth = 250;
const maxSteps = 2_000_000;
const maxWrites = 16;
/** Tags that give their text back (formatting and highlighting tags); any other tag is a call. */
const textTags = new Set(['raw', 'dedent', 'outdent', 'stripIndent', 'html', 'css', 'gql', 'sql', 'graphql']);

/** Replaces a literal's secrets: gives the value that stands for its text. */
export type LiteralValue = (text: string, node: Node) => Value;

/**
 * Translates expressions into values. It folds nothing: that is the linker's work, which also sees other modules.
 * Local variables are inlined; top-level ones stay `binding`s, so that values have no circles.
 */
export class ValueReader {
  readonly functions: Node[] = [];
  readonly classes: Node[] = [];
  readonly types: TypeReader;
  /** Every environment read that was translated, by its position. */
  readonly reads = new Map<string, VariableValue>();
  readonly #scopes: Scopes;
  readonly #literal: LiteralValue;
  readonly #memo = new Map<Node, Value>();
  readonly #open = new Set<Variable>();
  readonly #functionIndex = new Map<Node, number>();
  readonly #classIndex = new Map<Node, number>();
  readonly #held = new Map<Variable, Value>();
  #depth = 0;
  #steps = 0;
  #circles = 0;
  /** Whether the bounds cut anything. */
  exhausted = false;

  constructor(scopes: Scopes, literal: LiteralValue) {
    this.#scopes = scopes;
    this.#literal = literal;
    this.types = new TypeReader((node, scope) => this.read(node, scope));
  }

  /** Index of a function in `functions`, given on first sight. */
  functionOf(node: Node): number {
    return indexIn(this.#functionIndex, this.functions, node);
  }

  classOf(node: Node): number {
    return indexIn(this.#classIndex, this.classes, node);
  }

  read(node: Node, scope: Scope): Value {
    const known = this.#memo.get(node);
    if (known) return known;
    this.#steps += 1;
    if (this.#depth > maxDepth || this.#steps > maxSteps) {
      this.exhausted = true;
      return unknown;
    }
    const circles = this.#circles;
    this.#depth += 1;
    const value = this.#noted(typed(this.#translate(node, scope), this.#asserted(node, scope)));
    this.#depth -= 1;
    // Where a circle was cut the answer is provisional: another entry point may see more.
    if (this.#circles === circles) this.#memo.set(node, value);
    return value;
  }

  /** The type of `x as T`, `x satisfies T`, `<T>x`. */
  #asserted(outer: Node, scope: Scope): TypeRef | undefined {
    let node = outer;
    while (!assertions.has(node.type)) {
      const inner: unknown = node.type === 'AwaitExpression' ? node['argument'] : node.type === 'TSNonNullExpression' || node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression' ? node['expression'] : undefined;
      if (!isNode(inner)) return undefined;
      node = inner;
    }
    return this.types.read(node['typeAnnotation'], scope);
  }

  #noted(value: Value): Value {
    if (value.kind === 'variable') this.reads.set(value.at.join(), value);
    return value;
  }

  #translate(outer: Node, scope: Scope): Value {
    const node = unwrap(outer);
    const at = spanOf(outer);
    switch (node.type) {
      case 'Literal':
      case 'StringLiteral':
        return this.#constant(node);
      case 'TemplateLiteral':
        return this.#template(node, scope, at, 'cooked');
      case 'TaggedTemplateExpression':
        return this.#tagged(node, scope, at);
      case 'Identifier':
      case 'JSXIdentifier':
        return this.identifier(node, scope);
      case 'MemberExpression':
      case 'JSXMemberExpression':
        // Without `!` and `as` around it: one read has one place, whoever asks for it.
        return this.#member(node, scope, spanOf(node));
      case 'TSQualifiedName':
        return memberOf(this.read(node['left'], scope), { kind: 'text', text: node['right'].name }, at, 'dot');
      case 'MetaProperty':
        return node['property'].name === 'meta' ? { kind: 'global', path: 'import.meta', at } : unknown;
      case 'BinaryExpression':
        return this.#binary(node, scope, at);
      case 'LogicalExpression':
        if (node['operator'] === '&&') return this.read(node['right'], scope);
        return { kind: 'choice', options: [this.read(node['left'], scope), this.read(node['right'], scope)], fallback: true, at };
      case 'ConditionalExpression':
        return { kind: 'choice', options: [this.read(node['consequent'], scope), this.read(node['alternate'], scope)], at };
      case 'UnaryExpression':
        return this.#unary(node, scope, at);
      case 'SequenceExpression':
        return this.read(node['expressions'].at(-1), scope);
      case 'AssignmentExpression':
        return this.#assignment(node, scope, at);
      case 'ObjectExpression':
        return this.#object(node, scope, at);
      case 'ArrayExpression':
        return { kind: 'array', items: this.items(node['elements'], scope), at };
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        // Without `await`, `!` and `as` around it: a call has one place, where its use has it.
        return this.#call(node, scope, spanOf(node));
      case 'ImportExpression':
        return this.#dynamicImport(node['source'], scope, at);
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
        return { kind: 'function', fn: this.functionOf(node) };
      case 'ClassExpression':
      case 'ClassDeclaration':
        return { kind: 'class', cls: this.classOf(node) };
      case 'ThisExpression':
        return this.#this(scope);
      case 'Super':
        return { kind: 'global', path: 'super', at };
      case 'JSXElement':
      case 'JSXFragment':
        return this.#jsxElement(node, scope, at);
      // `title="{a}b"`
      case 'SvelteAttribute':
      case 'SvelteStyleDirective':
        return { kind: 'concat', parts: (node['value'] as Node[]).map((part) => this.read(part, scope)), at };
      case 'JSXText':
      case 'VText':
      case 'VLiteral':
      case 'SvelteText':
      case 'SvelteLiteral':
        return this.#literal(String(node['value']), node);
      case 'YieldExpression':
        return unknown;
      default:
        return { kind: 'unknown', at };
    }
  }

  #constant(node: Node): Value {
    const value: unknown = node['value'];
    const regex = node['regex'] as { pattern: string; flags: string } | undefined;
    if (regex) {
      const text = (part: string): ArrayItem => ({ value: { kind: 'text', text: part }, at: spanOf(node) });
      return { kind: 'call', callee: { kind: 'global', path: 'RegExp' }, args: [text(regex.pattern), text(regex.flags)], isNew: true, at: spanOf(node) };
    }
    if (typeof value === 'string') return this.#literal(value, node);
    if (typeof value === 'number') return { kind: 'number', value };
    if (typeof value === 'boolean' || value === null) return { kind: 'constant', value };
    return unknown;
  }

  #template(node: Node, scope: Scope, at: Span, text: 'cooked' | 'raw'): Value {
    const parts: Value[] = [];
    node['quasis'].forEach((quasi: Node, index: number) => {
      const part: string | null | undefined = quasi['value'][text] ?? quasi['value'].raw;
      if (part) parts.push(this.#literal(part, quasi));
      const expression: Node | undefined = node['expressions'][index];
      if (expression) parts.push(this.read(expression, scope));
    });
    const only = parts[0];
    if (node['expressions'].length === 0) return only ?? { kind: 'text', text: '', at };
    return { kind: 'concat', parts, at };
  }

  #tagged(node: Node, scope: Scope, at: Span): Value {
    const tag = unwrap(node['tag']);
    const name: unknown = tag.type === 'Identifier' ? tag['name'] : tag.type === 'MemberExpression' ? tag['property'].name : undefined;
    const isText = typeof name === 'string' && textTags.has(name);
    const text = this.#template(node['quasi'], scope, at, name === 'raw' ? 'raw' : 'cooked');
    if (isText) return text;
    return { kind: 'call', callee: this.read(tag, scope), args: [{ value: text, at: spanOf(node['quasi']) }], at };
  }

  /** The value that a name stands for where it is read. */
  identifier(node: Node, scope: Scope): Value {
    const name: string = node['name'];
    const variable = lookUp(scope, name);
    if (!variable) return name === 'undefined' ? undefinedValue : { kind: 'global', path: name, at: spanOf(node) };
    return this.variable(variable, node, scope);
  }

  variable(variable: Variable, reference: Node, scope: Scope): Value {
    const at = spanOf(reference);
    if (variable.importFrom) {
      const { specifier, name } = variable.importFrom;
      return environmentModuleRead(specifier, name, at) ?? { kind: 'import', specifier, name, at };
    }
    const isTopLevel = variable.scope.parent === undefined;
    const isWrittenHere = variable.writes.length > 0 && scope.fn === variable.scope.fn;
    if (isTopLevel && !isWrittenHere) return { kind: 'binding', name: variable.name, at };
    if (this.#open.has(variable)) {
      this.#circles += 1;
      return isTopLevel ? { kind: 'binding', name: variable.name, at } : unknown;
    }
    if (isWrittenHere) return this.valueOf(variable, reference, scope);
    const known = this.#held.get(variable);
    if (known) return known;
    const circles = this.#circles;
    const value = this.valueOf(variable);
    if (this.#circles === circles) this.#held.set(variable, value);
    return value;
  }

  /** What a variable holds: at `reference` where one is given, else after all its writes. */
  valueOf(variable: Variable, reference?: Node, scope?: Scope): Value {
    if (this.#open.has(variable)) {
      this.#circles += 1;
      return unknown;
    }
    this.#open.add(variable);
    const written = this.#afterWrites(variable, this.#initial(variable), reference, scope);
    const value = this.#extended(variable, written);
    this.#open.delete(variable);
    return value;
  }

  #initial(variable: Variable): Value {
    const declared = this.#declared(variable);
    if (variable.merged.length === 0) return declared;
    const more = variable.merged.map((node) => (node.type === 'TSEnumDeclaration' ? this.#enum(node, variable.scope) : this.#namespace(node)));
    return { kind: 'extended', base: declared, entries: more.flatMap((each) => (each.kind === 'object' ? each.entries : [])), items: [] };
  }

  #declared(variable: Variable): Value {
    switch (variable.kind) {
      case 'function':
        return { kind: 'function', fn: this.functionOf(variable.node) };
      case 'class':
        return { kind: 'class', cls: this.classOf(variable.node) };
      case 'enum':
        return this.#enum(variable.node, variable.scope);
      case 'namespace':
        return this.#namespace(variable.node);
      case 'parameter':
        return this.#parameter(variable);
      case 'other':
        return this.#caught(variable);
      default:
        return this.#initialised(variable);
    }
  }

  /** What is caught: a call of `operator:caught` where the block stands that was tried. What a template's loop binds is not known. */
  #caught({ node, path, scope }: Variable): Value {
    const tried = this.#scopes.tried(node);
    return tried ? this.#along(path, operation('caught', [], spanOf(tried)), scope) : unknown;
  }

  #initialised({ kind, init, path, scope, node }: Variable): Value {
    const type = isNode(node['id']) ? this.types.ofPattern(node['id'], scope) : undefined;
    if (init) return this.#along(path, typed(this.read(init, scope), type), scope);
    // A constant without a value is one that `declare` tells of.
    return kind === 'const' && type ? { kind: 'unknown', type, at: spanOf(node) } : undefinedValue;
  }

  #parameter(variable: Variable): Value {
    const { fn, index, rest, fallback } = variable.parameter as NonNullable<Variable['parameter']>;
    const given = rest ? undefined : this.#given(fn, index) ?? this.#givenByOptions(fn, index);
    const base: Value = {
      kind: 'parameter', fn: this.functionOf(fn), index,
      ...(rest ? { rest: true } : {}),
      ...(fallback ? { fallback: this.read(fallback, variable.scope) } : {}),
      ...(given ? { given } : {}),
      ...(variable.path.length === 0 ? { name: variable.name } : {}),
      at: spanOf(variable.node),
    };
    return this.#along(variable.path, base, variable.scope);
  }

  /** What a callback is given by the call that it is written into: `list.map(fn)`, `promise.then(fn)`, `it.each(table)(name, fn)`. */
  #given(fn: Node, index: number): Value | undefined {
    const passed = this.#scopes.passedTo(fn);
    const source = passed && callbackSource(passed.call, passed.index, index);
    if (!passed || !source) return undefined;
    const at = spanOf(source.of);
    if (source.how === 'caught') return operation('caught', [], at);
    const value = this.read(source.of, passed.scope);
    if (source.how === 'itself') return value;
    return source.how === 'element' || source.how === 'key' ? operation(source.how, [value], at) : operation('row', [value, { kind: 'number', value: index }], at);
  }

  /** Follows a destructuring path from the whole value to the name. */
  #along(path: readonly PathStep[], value: Value, scope: Scope): Value {
    let current = value;
    for (const step of path) {
      if (step.rest) {
        if (step.except && step.except.length > 0) current = operation('rest', [current, ...step.except.map((text): Value => ({ kind: 'text', text }))], spanOf(step.at));
        if (step.key !== undefined && step.key !== '0') current = this.#called(memberOf(current, { kind: 'text', text: 'slice' }, spanOf(step.at), 'destructured'), [{ kind: 'number', value: Number(step.key) }], step.at);
        continue;
      }
      const property: Value = step.key === undefined ? this.read(step.keyNode as Node, scope) : { kind: 'text', text: step.key };
      current = this.#noted(memberOf(current, property, spanOf(step.at), 'destructured'));
      if (step.fallback) current = { kind: 'choice', options: [current, this.read(step.fallback, scope)], fallback: true };
    }
    return current;
  }

  #afterWrites(variable: Variable, initial: Value, reference?: Node, scope?: Scope): Value {
    if (variable.writes.length === 0) return initial;
    if (variable.counter && variable.writes.every(({ operator }) => operator !== '=')) return this.#counted(variable.counter, variable) ?? unknown;
    if (variable.writes.length > maxWrites) return unknown;
    const isSequential = reference !== undefined && scope?.fn === variable.scope.fn;
    const writes = variable.writes
      .filter((write) => !isSequential || write.conditional || write.node.range[1] <= reference.range[0] || write.node === reference)
      .sort((a, b) => a.node.range[0] - b.node.range[0]);
    let value = initial;
    for (let i = 0; i < writes.length; i++) {
      const write = writes[i] as Write;
      const repeated = this.#repeated(variable, writes.slice(i));
      value = repeated ? { kind: 'concat', parts: repeated.front ? [repeated.added, value] : [value, repeated.added], at: spanOf(write.node) } : this.#afterWrite(write, value);
      i += repeated ? repeated.count - 1 : 0;
    }
    return value;
  }

  /** What the first writes add to the variable together, if a loop repeats them. */
  #repeated(variable: Variable, writes: readonly Write[]): { added: Value; count: number; front: boolean } | undefined {
    const [first] = writes;
    const around = first ? loopsAround(first, variable) : [];
    const [loop] = around;
    if (!first || !loop) return undefined;
    const inLoop = variable.writes.filter((write) => write.loop?.node === loop.node);
    const additions = inLoop.map((write) => (write.value && write.path.length === 0 && !write.loop?.conditional ? additionOf(variable.name, write.operator, write.value) : undefined));
    const front = additions[0]?.front;
    if (front === undefined || !additions.every((addition) => addition?.front === front)) return undefined;
    const parts = inLoop.flatMap((write, i) => (additions[i]?.operands ?? []).map((operand) => this.read(operand, write.scope)));
    let added: Value = { kind: 'concat', parts, at: spanOf(first.node) };
    for (const each of around) {
      const list = this.#listOf(each);
      if (!list) return undefined;
      const over: Value = each.list ? { kind: 'function', fn: this.functionOf(each.node) } : { kind: 'number', value: each.node.range[0] };
      added = operation(front ? 'prepend' : 'append', [list, over, added], spanOf(first.node));
    }
    return { added, count: Math.max(1, writes.filter((write) => inLoop.includes(write)).length), front };
  }

  /** What a loop goes over. */
  #listOf({ node, list, scope }: Loop): Value | undefined {
    if (list) return this.read(list, scope);
    return node.type === 'ForStatement' ? this.#range(node, scope) : this.#iterated(node, scope);
  }

  #iterated(node: Node, scope: Scope): Value {
    const list = this.read(node['right'], scope);
    return node.type === 'ForInStatement' ? this.#called({ kind: 'global', path: 'Object.keys' }, [list], node['right']) : list;
  }

  #range(node: Node, scope: Scope): Value | undefined {
    const count = countOf(node);
    if (!count) return undefined;
    const { from, to, test, step } = count;
    return operation('range', [this.read(from, scope), this.read(to, scope), { kind: 'number', value: step }, { kind: 'text', text: test }], spanOf(node));
  }

  #counted(node: Node, variable: Variable): Value | undefined {
    const range = countOf(node)?.name === variable.name ? this.#range(node, variable.scope) : undefined;
    return range && this.#element(range, node, spanOf(node));
  }

  #called(callee: Value, values: readonly Value[], node: Node): Value {
    const at = spanOf(node);
    return { kind: 'call', callee, args: values.map((value) => ({ value, at })), at };
  }

  /** Whether a loop repeats an assignment that adds to what its variable holds. */
  isRepeated(node: Node, scope: Scope): boolean {
    const left = unwrap(node['left']);
    const variable = left.type === 'Identifier' ? lookUp(scope, left['name']) : undefined;
    const write = variable?.writes.find((each) => each.node === node);
    return variable !== undefined && write?.value !== undefined && loopsAround(write, variable).length > 0 && additionOf(variable.name, write.operator, write.value) !== undefined;
  }

  #afterWrite(write: Write, before: Value): Value {
    if (!write.value) return unknown;
    const at = spanOf(write.node);
    const assigned = this.#along(write.path, this.#assigned(write, write.value), write.scope);
    const after: Value =
      write.operator === '=' ? assigned
      : write.operator === '+=' ? { kind: 'concat', parts: [before, assigned], at }
      : write.operator === '||=' || write.operator === '??=' || write.operator === '&&=' ? { kind: 'choice', options: [before, assigned], at }
      : unknown;
    if (!write.conditional || isUndefined(before)) return after;
    return { kind: 'choice', options: [before, after], at };
  }

  #assigned({ each, scope, node: loop }: Write, node: Node): Value {
    return each ? this.#element(this.#iterated(loop, scope), loop, spanOf(node)) : this.read(node, scope);
  }

  /** The element of a list that a loop's variable holds. A loop is known by where it begins. */
  #element(list: Value, loop: Node, at: Span): Value {
    return operation('element', [list, { kind: 'number', value: loop.range[0] }], at);
  }

  #extended(variable: Variable, base: Value): Value {
    const own = this.#extendedBy(base, variable.propertyWrites.filter(({ under }) => under.length === 0), variable.mutatingCalls.filter(({ under }) => under.length === 0), variable.node);
    return this.#extendedInside(variable, own);
  }

  /** `options.headers.Cookie = c`, `request.headers.set(…)`: what is written to an object inside what the variable holds. */
  #extendedInside(variable: Variable, base: Value): Value {
    const paths = new Map([...variable.propertyWrites, ...variable.mutatingCalls].filter(({ under }) => under.length > 0).map(({ under }) => [under.join('.'), under]));
    if (paths.size === 0 || !holdsParts(base)) return base;
    const entries = [...paths].map(([path, under]): ObjectEntry => {
      const isHere = (write: { readonly under: readonly string[] }): boolean => write.under.join('.') === path;
      const writes = variable.propertyWrites.filter(isHere);
      const calls = variable.mutatingCalls.filter(isHere);
      const at = spanOf((writes[0] ?? calls[0])?.node ?? variable.node);
      const inner = under.reduce<Value>((value, key) => memberOf(value, { kind: 'text', text: key }, at, 'alias'), base);
      const changed = spreadFirst(this.#extendedBy(inner, writes, calls, variable.node), at);
      const value = under.slice(1).reduceRight<Value>((held, key) => ({ kind: 'object', entries: [{ key: { kind: 'text', text: key }, value: held, at, valueAt: at }], at }), changed);
      return { key: { kind: 'text', text: under[0] as string }, value, at, valueAt: at };
    });
    return { kind: 'extended', base, entries, items: [] };
  }

  #extendedBy(base: Value, writes: readonly PropertyWrite[], calls: readonly MutatingCall[], declaration: Node): Value {
    const entries: ObjectEntry[] = writes.map((write) => ({
      key: write.key === undefined ? this.read(write.keyNode, write.scope) : { kind: 'text', text: write.key },
      value: this.read(write.value, write.scope),
      at: spanOf(write.node),
      valueAt: spanOf(write.value),
    }));
    const items: ArrayItem[] = [];
    const front: ArrayItem[] = [];
    for (const call of calls) {
      const [first, second] = call.args;
      if (call.merges) entries.push(...call.args.map((argument) => ({ spread: true as const, value: this.read(argument, call.scope), at: spanOf(call.node), valueAt: spanOf(argument) })));
      else if (call.method === 'unshift') front.unshift(...this.items(call.args, call.scope));
      else if (call.method === 'push') items.push(...this.items(call.args, call.scope));
      else if (first && second) {
        entries.push({ key: this.read(first, call.scope), value: this.read(second, call.scope), at: spanOf(call.node), valueAt: spanOf(second) });
      }
    }
    const whole: Value = front.length === 0 ? base : { kind: 'array', items: [...front, { spread: true, value: base, at: spanOf(declaration) }] };
    return entries.length + items.length === 0 ? whole : { kind: 'extended', base: whole, entries, items };
  }

  #enum(node: Node, scope: Scope): Value {
    const members: Node[] = node['body']?.members ?? node['members'] ?? [];
    const entries: ObjectEntry[] = [];
    let next = 0;
    for (const member of members) {
      const key = staticKey(member['id'], false);
      const value: Value = member['initializer'] ? this.read(member['initializer'], this.#scopes.opened(node) ?? scope) : { kind: 'number', value: next };
      next = value.kind === 'number' ? value.value + 1 : next + 1;
      if (key === undefined) continue;
      const place = { at: spanOf(member), valueAt: spanOf(member['initializer'] ?? member) };
      entries.push({ key: { kind: 'text', text: key }, value, ...place });
      // A number leads back to its name.
      if (value.kind === 'number') entries.push({ key: { kind: 'text', text: String(value.value) }, value: { kind: 'text', text: key }, ...place });
    }
    return { kind: 'object', entries, at: spanOf(node) };
  }

  #namespace(node: Node): Value {
    const block: Node = node['body'];
    const scope = this.#scopes.opened(block);
    if (!scope) return unknown;
    const entries: ObjectEntry[] = [...scope.variables.values()].map((inner) => ({
      key: { kind: 'text', text: inner.name }, value: this.valueOf(inner), at: spanOf(inner.node), valueAt: spanOf(inner.node),
    }));
    const inner: Value = { kind: 'object', entries, at: spanOf(node) };
    // `namespace A.B { … }` is `B` inside `A`.
    return qualifiedNames(node['id']).slice(1).reduceRight<Value>(
      (value, name) => ({ kind: 'object', entries: [{ key: { kind: 'text', text: name }, value, at: spanOf(node), valueAt: spanOf(node) }], at: spanOf(node) }), inner);
  }

  #member(node: Node, scope: Scope, at: Span): Value {
    const own = node['object'].type === 'ThisExpression' ? this.#ofOwnObject(node, scope) : undefined;
    if (own) return own;
    const object = this.#unaliased(this.read(node['object'], scope), scope);
    const key = staticKey(node['property'], node['computed'] === true) ?? (node.type === 'JSXMemberExpression' ? node['property'].name : undefined);
    const property: Value = key === undefined ? this.read(node['property'], scope) : { kind: 'text', text: key };
    const isDirect = unwrapsToMember(node['object']);
    // `const { env } = process`: no bundler takes that for `process.env`.
    const isTaken = node['object'].type === 'Identifier' && (lookUp(scope, node['object'].name)?.path.length ?? 0) > 0;
    const form: VariableForm =
      isThroughGlobal(node) || isTaken ? 'dynamic' : node['optional'] === true || node['object'].optional === true ? 'optional' : !isDirect ? 'alias' : key === undefined ? 'dynamic' : node['computed'] === true ? 'bracket' : 'dot';
    if (object.kind === 'parameter' && key !== undefined) {
      const name = unwrap(node['object']);
      const binding = workerBinding(name, key, at);
      if (binding) return binding;
    }
    return memberOf(object, property, at, form, workerPath(node));
  }

  /** `const e = process.env` at the top level: `e` is the environment. */
  #unaliased(object: Value, scope: Scope): Value {
    if (object.kind !== 'binding') return object;
    const variable = lookUp(scope, object.name);
    if (!variable || variable.writes.length > 0 || variable.kind !== 'const' || this.#open.has(variable)) return object;
    const held = this.valueOf(variable);
    return held.kind === 'global' && isEnvironmentPath(held.path) ? held : object;
  }

  #binary(node: Node, scope: Scope, at: Span): Value {
    if (node['operator'] !== '+') {
      if (!['-', '*', '/', '%', '^', '|', '&', '<<', '>>', '>>>', '**'].includes(node['operator'])) return { kind: 'unknown', at };
      const args = [node['left'], node['right']].map((operand: Node) => ({ value: this.read(operand, scope), at: spanOf(operand) }));
      return { kind: 'call', callee: { kind: 'global', path: `operator:${node['operator']}` }, args, at };
    }
    // A long chain leans to the left: taken as a list, so that its length costs no depth.
    const operands: Node[] = [];
    let current: Node = node;
    while (current.type === 'BinaryExpression' && current['operator'] === '+') {
      operands.push(current['right']);
      current = unwrap(current['left']);
    }
    operands.push(current);
    return { kind: 'concat', parts: operands.reverse().map((operand) => this.read(operand, scope)), at };
  }

  #unary(node: Node, scope: Scope, at: Span): Value {
    if (node['operator'] === 'void') return undefinedValue;
    if (node['operator'] === 'typeof') return { kind: 'unknown', at };
    if (node['operator'] === '-') {
      const operand = this.read(node['argument'], scope);
      if (operand.kind === 'number') return { kind: 'number', value: -operand.value };
    }
    // `+"104"`
    if (node['operator'] === '+') return this.#called({ kind: 'global', path: 'Number' }, [this.read(node['argument'], scope)], node);
    return { kind: 'unknown', at };
  }

  #assignment(node: Node, scope: Scope, at: Span): Value {
    if (node['operator'] === '=' && !this.isRepeated(node, scope)) return this.read(node['right'], scope);
    const left = unwrap(node['left']);
    if (left.type === 'Identifier') {
      const variable = lookUp(scope, left['name']);
      if (variable) return this.valueOf(variable, node, scope);
    }
    return { kind: 'unknown', at };
  }

  #object(node: Node, scope: Scope, at: Span): ObjectValue {
    return { kind: 'object', entries: node['properties'].flatMap((property: Node) => this.#entry(property, scope)), ...(node['keywords'] === true ? { keywords: true as const } : {}), at };
  }

  #entry(property: Node, scope: Scope): ObjectEntry[] {
    const at = spanOf(property);
    if (property.type === 'SpreadElement' || property.type === 'ExperimentalSpreadProperty') {
      return [{ spread: true, value: this.read(property['argument'], scope), at, valueAt: spanOf(property['argument']) }];
    }
    if (!isNode(property['key'])) return [];
    const name = staticKey(property['key'], property['computed'] === true);
    const key: Value = name === undefined ? this.read(property['key'], scope) : { kind: 'text', text: name };
    // Babel's ObjectMethod is its own function node.
    const valueNode: Node = isNode(property['value']) ? property['value'] : property;
    if (property['kind'] === 'set') return [];
    const held = this.read(valueNode, scope);
    const value: Value = property['kind'] === 'get' ? { kind: 'call', callee: held, args: [], at } : held;
    return [{ key, value, at, valueAt: spanOf(valueNode) }];
  }

  items(elements: readonly (Node | null)[], scope: Scope): ArrayItem[] {
    return elements.map((element) => {
      if (!element) return { value: undefinedValue, at: [0, 0] };
      const isSpread = element.type === 'SpreadElement';
      const value = this.read(isSpread ? element['argument'] : element, scope);
      return { ...(isSpread ? { spread: true as const } : {}), value, at: spanOf(isSpread ? element['argument'] : element) };
    });
  }

  #call(node: Node, scope: Scope, at: Span): Value {
    const calleeNode = unwrap(node['callee']);
    const first: Node | undefined = node['arguments']?.[0];
    if (calleeNode.type === 'Import' && first) return this.#dynamicImport(first, scope, at);
    const callee = this.read(node['callee'], scope);
    const isRequire = this.isRequire(node['callee'], scope);
    if ((callee.kind === 'global' || isRequire) && first) {
      const name = this.read(first, scope);
      if (name.kind === 'text') {
        if (isRequire || callee.kind !== 'global') return { kind: 'import', specifier: name.text, name: '*', at };
        const access = environmentGetters[callee.path];
        if (access) return { kind: 'variable', name: name.text, access, form: 'call', at };
      }
    }
    const typeArguments = this.types.argumentsOf(node, scope);
    return { kind: 'call', callee, args: this.items(node['arguments'] ?? [], scope), ...(node.type === 'NewExpression' ? { isNew: true } : {}), at, ...(typeArguments ? { typeArguments } : {}) };
  }

  /** Node's `require`, or one that `createRequire` of `node:module` made. */
  isRequire(node: Node, scope: Scope): boolean {
    const callee = unwrap(node);
    if (callee.type !== 'Identifier') return false;
    const variable = lookUp(scope, callee['name']);
    if (!variable) return callee['name'] === 'require';
    const init = variable.kind === 'const' && variable.path.length === 0 && variable.init ? unwrap(variable.init) : undefined;
    if (init?.type !== 'CallExpression') return false;
    const maker = unwrap(init['callee']);
    const name: unknown = maker.type === 'MemberExpression' ? maker['property'].name : maker['name'];
    const source = lookUp(variable.scope, (maker.type === 'MemberExpression' ? unwrap(maker['object'])['name'] : name) as string)?.importFrom;
    return source !== undefined && /^(?:node:)?module$/.test(source.specifier) && (name === 'createRequire' || source.name === 'createRequire');
  }

  #dynamicImport(source: Node, scope: Scope, at: Span): Value {
    const specifier = this.read(source, scope);
    return specifier.kind === 'text' ? { kind: 'import', specifier: specifier.text, name: '*', at } : { kind: 'unknown', at };
  }

  /** `this` belongs to the class whose member, or whose field's initialiser, the code stands in; arrows pass it on. */
  #this(scope: Scope): Value {
    for (let current: Scope | undefined = scope; current; current = current.parent) {
      const cls = this.#classScopes.get(current);
      if (cls !== undefined) return { kind: 'this', cls };
    }
    return { kind: 'global', path: 'this' };
  }

  readonly #classScopes = new Map<Scope, number>();

  /** Tells the reader that `scope` is a class's own, so that `this` below it is an instance. */
  enterClass(node: Node): void {
    const scope = this.#scopes.opened(node);
    if (scope) this.#classScopes.set(scope, this.classOf(node));
  }

  readonly #methodScopes = new Map<Scope, Node>();

  /** Tells the reader that `this` in the methods of an object literal is that object. */
  enterObject(node: Node): void {
    for (const property of node['properties'] as Node[]) {
      const method: unknown = isNode(property['value']) ? property['value'] : property;
      const scope = isNode(method) && method.type !== 'ArrowFunctionExpression' ? this.#scopes.opened(method) : undefined;
      if (scope) this.#methodScopes.set(scope, node);
    }
    for (const { name, inside, functions } of optionHolders(node)) {
      this.#optionsOf.set(inside, node);
      for (const each of functions) this.#optionOf.set(each, { name, options: node });
    }
  }

  /** Objects of functions in the options of a component or store, and these functions, with the options. */
  readonly #optionsOf = new Map<Node, Node>();
  readonly #optionOf = new Map<Node, { readonly name: string; readonly options: Node }>();

  /** The state that a store gives its functions. */
  #givenByOptions(fn: Node, index: number): Value | undefined {
    const option = index === 0 ? this.#optionOf.get(fn) : undefined;
    const state = option && optionState(option.options);
    const scope = this.#scopes.opened(fn)?.parent;
    if (!option || !state || !scope) return undefined;
    const at = spanOf(state);
    const value = this.#made(state, scope);
    if (option.name === 'getters' || option.name === 'mutations') return value;
    return takesContext(fn) ? { kind: 'object', entries: [{ key: { kind: 'text', text: 'state' }, value, at, valueAt: at }], at } : undefined;
  }

  /** `this.key` of a component or a store, by what its options say. */
  #ofOptions(options: Node, key: string, scope: Scope, at: Span): Value | undefined {
    const source = optionSource(options, key);
    if (!source) return undefined;
    const state = optionState(options);
    if (source.how === 'getter') return this.#called(this.read(source.node, scope), state ? [this.#made(state, scope)] : [], source.node);
    const whole: Value = source.how === 'props' ? this.#called({ kind: 'global', path: 'defineProps' }, [], source.node) : this.#made(source.node, scope);
    return memberOf(whole, { kind: 'text', text: key }, at, 'dot');
  }

  /** An object, or what the function gives that makes it. */
  #made(node: Node, scope: Scope): Value {
    const value = this.read(node, scope);
    return value.kind === 'function' ? this.#called(value, [], node) : value;
  }

  /** `this.head` in a method of `{ head: "…", key() { … } }`: what stands there. */
  #ofOwnObject(node: Node, scope: Scope): Value | undefined {
    const key = staticKey(node['property'], node['computed'] === true);
    for (let current: Scope | undefined = scope; key !== undefined && current; current = current.parent) {
      if (this.#classScopes.has(current)) return undefined;
      const object = this.#methodScopes.get(current);
      if (!object) continue;
      const property = (object['properties'] as Node[]).findLast((each) => isNode(each['key']) && each['kind'] !== 'set' && staticKey(each['key'], each['computed'] === true) === key);
      const around = current.parent ?? current;
      return property ? this.#entry(property, around)[0]?.value : this.#ofOptions(this.#optionsOf.get(object) ?? object, key, around, spanOf(node));
    }
    return undefined;
  }

  #jsxElement(node: Node, scope: Scope, at: Span): Value {
    const opening: Node | undefined = node['openingElement'];
    const name: Node | undefined = opening?.['name'];
    const isIntrinsic = name?.type === 'JSXIdentifier' && /^[a-z]/.test(name['name']);
    const type: Value = !name ? unknown : isIntrinsic ? { kind: 'text', text: name['name'] } : this.read(name, scope);
    const entries: ObjectEntry[] = (opening?.['attributes'] ?? []).flatMap((attribute: Node) => this.#attribute(attribute, scope));
    const children: Node[] = (node['children'] ?? []).filter((child: Node) => child.type !== 'JSXText' || String(child['value']).trim() !== '');
    if (children.length > 0) {
      const value: Value = { kind: 'array', items: this.items(children, scope), at };
      entries.push({ key: { kind: 'text', text: 'children' }, value, at, valueAt: at });
    }
    return { kind: 'element', type, props: { kind: 'object', entries, at }, at };
  }

  #attribute(attribute: Node, scope: Scope): ObjectEntry[] {
    const at = spanOf(attribute);
    if (attribute.type === 'JSXSpreadAttribute') {
      return [{ spread: true, value: this.read(attribute['argument'], scope), at, valueAt: spanOf(attribute['argument']) }];
    }
    const name = attribute['name'];
    const text = name?.type === 'JSXNamespacedName' ? `${name.namespace.name}:${name.name.name}` : String(name?.name ?? '');
    const valueNode: Node | null = attribute['value'];
    const value: Value = valueNode ? this.read(valueNode, scope) : { kind: 'constant', value: true };
    return [{ key: { kind: 'text', text }, value, at, valueAt: valueNode ? spanOf(valueNode) : at }];
  }
}

const assertions = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'TypeCastExpression']);

/** The value with what is declared of it, where it does not tell by itself what it is. */
export function typed(value: Value, type: TypeRef | undefined): Value {
  if (!type) return value;
  switch (value.kind) {
    case 'call':
    case 'member':
    case 'parameter':
    case 'binding':
    case 'import':
    case 'unknown':
      return { ...value, type };
    case 'choice':
      return { ...value, options: value.options.map((option) => typed(option, type)) };
    default:
      return value;
  }
}

/** `globalThis.process.env.X`: no bundler takes that for `process.env.X`. */
function isThroughGlobal(node: Node): boolean {
  let current: Node = node;
  while (current.type === 'MemberExpression') current = unwrap(current['object']);
  return current.type === 'Identifier' && globalObjects.has(current['name']);
}

function indexIn(index: Map<Node, number>, list: Node[], node: Node): number {
  const known = index.get(node);
  if (known !== undefined) return known;
  index.set(node, list.length);
  return list.push(node) - 1;
}

export function spanOf(node: Node): Span {
  return node.range;
}

/** What evaluating takes for a call of an operator of our own (`GlobalValue`). */
function operation(name: 'caught' | 'element' | 'key' | 'row' | 'rest' | 'range' | 'append' | 'prepend', operands: readonly Value[], at: Span): Value {
  return { kind: 'call', callee: { kind: 'global', path: `operator:${name}` }, args: operands.map((value) => ({ value, at })), at };
}

/** What is put into something unknown is known all the same. */
function spreadFirst(value: Value, at: Span): Value {
  if (value.kind !== 'extended' || value.items.length > 0) return value;
  return { kind: 'object', entries: [{ spread: true, value: value.base, at, valueAt: at }, ...value.entries], at };
}

/** An object of the program, or a request of `fetch`; what a library makes has parts that it alone knows. */
function holdsParts(value: Value): boolean {
  if (value.kind === 'extended') return holdsParts(value.base);
  if (value.kind === 'choice') return value.options.some(holdsParts);
  return value.kind === 'object' || (value.kind === 'call' && value.isNew === true && value.callee.kind === 'global' && value.callee.path === 'Request');
}

function isUndefined(value: Value): boolean {
  return value.kind === 'constant' && value.value === undefined;
}

/** Whether the object of a member expression is written out (`process.env.X`), not an alias of it. */
function unwrapsToMember(node: Node): boolean {
  const object = unwrap(node);
  return object.type === 'MemberExpression' || object.type === 'MetaProperty' || object.type === 'CallExpression' || (object.type === 'Identifier' && object['name'] === 'process');
}

/** A member of a value, with what globals tell at once: environment reads and dotted paths. */
function memberOf(object: Value, property: Value, at: Span, form: VariableForm, binding?: string): Value {
  if (object.kind === 'global' && property.kind === 'text') {
    const read = environmentRead(object.path, property.text, form, at);
    if (read) return read;
    const path = globalObjects.has(object.path) ? property.text : `${object.path}.${property.text}`;
    return { kind: 'global', path, at };
  }
  if (object.kind === 'import' && property.kind === 'text') {
    // `import { env } from "$env/dynamic/public"`: each member is a read, as with `process.env`.
    const access = environmentObject(object.specifier, object.name);
    if (access) return { kind: 'variable', name: property.text, access, form, module: object.specifier, at };
  }
  if (binding !== undefined) return { kind: 'variable', name: binding, access: 'binding', form, at };
  return { kind: 'member', object, property, at };
}

/** A Worker's or an edge function's `env.HILT_API_KEY`: the platform hands `env` in as a parameter. */
function workerBinding(object: Node, key: string, at: Span): Value | undefined {
  if (object.type !== 'Identifier' || object['name'] !== 'env' || !/^[A-Z][A-Z0-9_]*$/.test(key)) return undefined;
  return { kind: 'variable', name: key, access: 'binding', form: 'dot', at };
}

/** `c.env.X`, `context.env.X`, `event.platform.env.X`: the name that such a member reads. */
function workerPath(node: Node): string | undefined {
  const key = node['computed'] === true ? undefined : node['property'].name;
  const object = unwrap(node['object']);
  if (typeof key !== 'string' || !/^[A-Z][A-Z0-9_]*$/.test(key)) return undefined;
  if (object.type !== 'MemberExpression' || object['computed'] === true || object['property'].name !== 'env') return undefined;
  const root = unwrap(object['object']);
  const owner: unknown = root.type === 'Identifier' ? root['name'] : root.type === 'MemberExpression' ? root['property'].name : undefined;
  return typeof owner === 'string' && ['c', 'ctx', 'context', 'platform', 'runtime', 'cloudflare', 'this'].includes(owner) ? key : root.type === 'ThisExpression' ? key : undefined;
}
