import type { Span } from '../span.ts';
import type { TypeRef } from '../type-ref.ts';
import type { ArrayItem, ObjectEntry, ObjectValue, Value, VariableValue } from '../value.ts';
import { Circles } from './circles.ts';
import { isRequire } from './common-js.ts';
import { declaredValue } from './declared-values.ts';
import { withoutDeleted } from './deleted-parts.ts';
import { environmentGetters, environmentModuleRead, isEnvironmentPath } from './environment.ts';
import { extended } from './extended-values.ts';
import { elementValue } from './jsx-values.ts';
import { called, typed, undefinedValue, unknown } from './made-values.ts';
import { formOfMember, memberOf, workerBinding, bindingRead } from './member-values.ts';
import { isNode, operandsOf, spanOf, staticKey, unwrap, type Node } from './node.ts';
import { lookUp, type Scope, type Scopes, type Variable } from './scopes.ts';
import { ThisValues } from './this-values.ts';
import { TypeReader } from './types.ts';
import { ValueSizes } from './value-sizes.ts';
import { afterWrites, isRepeated } from './written-values.ts';

const maxDepth = 250;
const maxSteps = 1_000_000;
/** Steps for what one expression leads to: variables of a loop that write each other lead back to themselves on too many ways. */
const maxStepsOfQuestion = 4_000;
/** Tags that give their text back (formatting and highlighting tags); any other tag is a call. */
const textTags = new Set(['raw', 'dedent', 'outdent', 'stripIndent', 'html', 'css', 'gql', 'sql', 'graphql']);

/** Replaces a literal's secrets: gives the value that stands for its text. */
export type LiteralValue = (text: string, node: Node) => Value;

/**
 * Translates expressions into values. It folds nothing: that is the linker's work, which also sees other modules.
 * Local variables are inlined; top-level ones stay `binding`s, so that values have no circles.
 */
export class ValueReader {
  readonly scopes: Scopes;
  readonly functions: Node[] = [];
  readonly classes: Node[] = [];
  readonly types: TypeReader;
  /** Every environment read that was translated, by its position. */
  readonly reads = new Map<string, VariableValue>();
  /** What `this` stands for. */
  readonly owners: ThisValues;
  readonly #literal: LiteralValue;
  readonly #memo = new Map<Node, Value>();
  readonly #circles = new Circles();
  readonly #sizes = new ValueSizes();
  readonly #functionIndex = new Map<Node, number>();
  readonly #classIndex = new Map<Node, number>();
  readonly #held = new Map<Variable, Value>();
  #depth = 0;
  #steps = 0;
  #questionFrom = 0;
  /** Whether the bounds cut anything. */
  exhausted = false;

  constructor(scopes: Scopes, literal: LiteralValue) {
    this.scopes = scopes;
    this.#literal = literal;
    this.types = new TypeReader((node, scope) => this.read(node, scope));
    this.owners = new ThisValues(this);
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
    if (this.#circles.isEmpty) this.#questionFrom = this.#steps;
    if (this.#depth > maxDepth || this.#steps > maxSteps || this.#steps - this.#questionFrom > maxStepsOfQuestion) {
      this.exhausted = true;
      return unknown;
    }
    const outer = this.#circles.begin();
    this.#depth += 1;
    const value = this.noted(typed(this.#translate(node, scope), this.#asserted(node, scope)));
    this.#depth -= 1;
    // Where a circle was cut further up the answer is provisional: another entry point may see more.
    if (this.#circles.end(outer)) this.#memo.set(node, value);
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

  /** Remembers a read of the environment, wherever it was met. */
  noted(value: Value): Value {
    if (value.kind === 'variable') this.reads.set(value.at.join(), value);
    return value;
  }

  #translate(outer: Node, scope: Scope): Value {
    const node = unwrap(outer);
    const at = spanOf(outer);
    // What there is most of stands first: the cases are compared in turn.
    switch (node.type) {
      case 'Identifier':
      case 'JSXIdentifier':
        return this.scopes.empty.covers(node, scope) ? undefinedValue : this.identifier(node, scope);
      case 'MemberExpression':
      case 'JSXMemberExpression':
        if (this.scopes.empty.covers(node, scope)) return undefinedValue;
        // Without `!` and `as` around it: one read has one place, whoever asks for it.
        return this.#member(node, scope, spanOf(node));
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        // Without `await`, `!` and `as` around it: a call has one place, where its use has it.
        return this.#call(node, scope, spanOf(node));
      case 'Literal':
      case 'StringLiteral':
        return this.#constant(node);
      case 'TemplateLiteral':
        return this.#template(node, scope, at, 'cooked');
      case 'TaggedTemplateExpression':
        return this.#tagged(node, scope, at);
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
        return this.owners.itself(scope);
      case 'Super':
        return { kind: 'global', path: 'super', at };
      case 'YieldExpression':
        return unknown;
      default:
        return this.#markup(node, scope, at);
    }
  }

  #markup(node: Node, scope: Scope, at: Span): Value {
    switch (node.type) {
      case 'JSXElement':
      case 'JSXFragment':
        return elementValue(this, node, scope, at);
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
    return withoutDeleted(variable, this.#variable(variable, reference, scope), reference, scope);
  }

  #variable(variable: Variable, reference: Node, scope: Scope): Value {
    const at = spanOf(reference);
    if (variable.importFrom) {
      const { specifier, name } = variable.importFrom;
      return environmentModuleRead(specifier, name, at) ?? { kind: 'import', specifier, name, at };
    }
    const isTopLevel = variable.scope.parent === undefined;
    const isWrittenHere = variable.writes.length > 0 && scope.fn === variable.scope.fn;
    if (isTopLevel && !isWrittenHere) return { kind: 'binding', name: variable.name, at };
    if (this.#circles.cutsAt(variable)) return isTopLevel ? { kind: 'binding', name: variable.name, at } : unknown;
    if (isWrittenHere) return this.#inlined(this.valueOf(variable, reference, scope));
    return this.#heldBy(variable);
  }

  /** What a variable that is not open holds after all its writes. */
  #heldBy(variable: Variable): Value {
    const known = this.#held.get(variable);
    if (known) return known;
    const outer = this.#circles.begin();
    const value = this.#inlined(this.valueOf(variable));
    if (this.#circles.end(outer)) this.#held.set(variable, value);
    return value;
  }

  #inlined(value: Value): Value {
    if (this.#sizes.fits(value)) return value;
    this.exhausted = true;
    return unknown;
  }

  /** What a variable holds: at `reference` where one is given, else after all its writes. */
  valueOf(variable: Variable, reference?: Node, scope?: Scope): Value {
    if (this.#circles.cutsAt(variable)) return unknown;
    this.#circles.open(variable);
    const written = afterWrites(this, variable, declaredValue(this, variable), reference, scope);
    const value = extended(this, variable, written);
    this.#circles.close(variable);
    return value;
  }

  #member(node: Node, scope: Scope, at: Span): Value {
    const own = node['object'].type === 'ThisExpression' ? this.owners.member(node, scope) : undefined;
    if (own) return own;
    const object = this.#unaliased(this.read(node['object'], scope), scope);
    const key = staticKey(node['property'], node['computed'] === true) ?? (node.type === 'JSXMemberExpression' ? node['property'].name : undefined);
    const binding = object.kind === 'parameter' && key !== undefined ? workerBinding(unwrap(node['object']), key, at) : undefined;
    if (binding) return binding;
    const property: Value = key === undefined ? this.read(node['property'], scope) : { kind: 'text', text: key };
    return memberOf(object, property, at, formOfMember(node, scope, key !== undefined), bindingRead(node));
  }

  /** `const e = process.env` at the top level: `e` is the environment. */
  #unaliased(object: Value, scope: Scope): Value {
    if (object.kind !== 'binding') return object;
    const variable = lookUp(scope, object.name);
    if (!variable || variable.writes.length + variable.propertyWrites.length > 0 || variable.kind !== 'const' || this.#circles.cutsAt(variable)) return object;
    const held = this.#heldBy(variable);
    return held.kind === 'global' && isEnvironmentPath(held.path) ? held : object;
  }

  #binary(node: Node, scope: Scope, at: Span): Value {
    if (node['operator'] !== '+') {
      if (!['-', '*', '/', '%', '^', '|', '&', '<<', '>>', '>>>', '**'].includes(node['operator'])) return { kind: 'unknown', at };
      const args = [node['left'], node['right']].map((operand: Node) => ({ value: this.read(operand, scope), at: spanOf(operand) }));
      return { kind: 'call', callee: { kind: 'global', path: `operator:${node['operator']}` }, args, at };
    }
    return { kind: 'concat', parts: operandsOf(node).map((operand) => this.read(operand, scope)), at };
  }

  #unary(node: Node, scope: Scope, at: Span): Value {
    if (node['operator'] === 'void') return undefinedValue;
    if (node['operator'] === 'typeof') return { kind: 'unknown', at };
    if (node['operator'] === '-') {
      const operand = this.read(node['argument'], scope);
      if (operand.kind === 'number') return { kind: 'number', value: -operand.value };
    }
    // `+"104"`
    if (node['operator'] === '+') return called({ kind: 'global', path: 'Number' }, [this.read(node['argument'], scope)], node);
    return { kind: 'unknown', at };
  }

  #assignment(node: Node, scope: Scope, at: Span): Value {
    if (node['operator'] === '=' && !isRepeated(node, scope)) return this.read(node['right'], scope);
    const left = unwrap(node['left']);
    if (left.type === 'Identifier') {
      const variable = lookUp(scope, left['name']);
      if (variable) return this.#inlined(this.valueOf(variable, node, scope));
    }
    return { kind: 'unknown', at };
  }

  #object(node: Node, scope: Scope, at: Span): ObjectValue {
    return { kind: 'object', entries: node['properties'].flatMap((property: Node) => this.entries(property, scope)), ...(node['keywords'] === true ? { keywords: true as const } : {}), at };
  }

  entries(property: Node, scope: Scope): ObjectEntry[] {
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
    const requires = isRequire(node['callee'], scope);
    if ((callee.kind === 'global' || requires) && first) {
      const name = this.read(first, scope);
      if (name.kind === 'text') {
        if (requires || callee.kind !== 'global') return { kind: 'import', specifier: name.text, name: '*', at };
        const access = environmentGetters.get(callee.path);
        if (access) return { kind: 'variable', name: name.text, access, form: 'call', at };
      }
    }
    const typeArguments = this.types.argumentsOf(node, scope);
    return { kind: 'call', callee, args: this.items(node['arguments'] ?? [], scope), ...(node.type === 'NewExpression' ? { isNew: true } : {}), at, ...(typeArguments ? { typeArguments } : {}) };
  }

  #dynamicImport(source: Node, scope: Scope, at: Span): Value {
    const specifier = this.read(source, scope);
    return specifier.kind === 'text' ? { kind: 'import', specifier: specifier.text, name: '*', at } : { kind: 'unknown', at };
  }
}

const assertions = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'TypeCastExpression']);

function indexIn(index: Map<Node, number>, list: Node[], node: Node): number {
  const known = index.get(node);
  if (known !== undefined) return known;
  index.set(node, list.length);
  return list.push(node) - 1;
}
