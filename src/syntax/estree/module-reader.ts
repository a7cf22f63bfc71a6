import { isKeyHeader } from '../../hilt/header.ts';
import type { MarkupComponent } from '../markup-components.ts';
import type { Branch, Fold, FunctionSummary, Signature, Use } from '../module-summary.ts';
import { inOrder } from '../span.ts';
import type { ArrayItem, ElementValue, Value } from '../value.ts';
import { collectBranches, collectTypeTexts } from './branches.ts';
import { callEffectsOf, flagsOf } from './bundled-names.ts';
import { MarkupReader } from './markup-elements.ts';
import { childrenOf, isLeaf, isNode, spanOf, staticKey, unwrap, type Node } from './node.ts';
import { analyseScopes } from './analyse-scopes.ts';
import { namesOf } from './declared-names.ts';
import { isClass, isFunction, lookUp, type Scope, type Scopes } from './scopes.ts';
import { CommonJsExports, localName } from './common-js.ts';
import { takesEnvironment } from './member-values.ts';
import { SideEffects } from './side-effects.ts';
import { DeclaredTypes } from './declared-types.ts';
import { isRepeated } from './written-values.ts';
import { ClassReader } from './class-reader.ts';
import { ModuleEdges } from './module-edges.ts';
import type { ModuleFacts } from './module-facts.ts';
import { notableKey } from './notable-key.ts';
import { StringLiterals } from './string-literals.ts';
import { TopLevelStatements } from './top-level-statements.ts';
import { UnusedLocals } from './unused-locals.ts';
import { ValueReader, type LiteralValue } from './values.ts';
import type { Visit } from './visit.ts';

interface FunctionDraft { node: Node; parent: number; cls?: number; returns: Value[]; yields: ArrayItem[] }

const maxRecursion = 300;
const outermost = { fn: -1, cls: undefined, parent: undefined, above: undefined, statement: undefined };
/** What names the names of other modules, and those that this one has for them. */
const hidingNames = new Set(['ImportDeclaration', 'ImportExpression', 'ImportSpecifier', 'ImportDefaultSpecifier', 'ImportNamespaceSpecifier', 'ImportAttribute', 'Import', 'ExportSpecifier']);

function isSymbolic(key: Value): boolean {
  return key.kind === 'import' || key.kind === 'binding' || key.kind === 'member' || key.kind === 'concat' || key.kind === 'call' || key.kind === 'parameter';
}

/**
 * Reads an ESTree program into module facts. `text` is the whole file: positions of the tree are offsets in it. `components` stand in
 * markup around the program, which has the expressions that they are given as statements.
 */
export function readModule(program: Node, text: string, literal: LiteralValue, components: readonly MarkupComponent[] = []): ModuleFacts {
  return new ModuleReader(program, text, literal, components).facts();
}

class ModuleReader {
  readonly #program: Node;
  readonly #effects: SideEffects;
  readonly #scopes: Scopes;
  readonly #values: ValueReader;
  readonly #types: DeclaredTypes;
  readonly #uses: Use[] = [];
  readonly #folds: Fold[] = [];
  readonly #branches: Branch[] = [];
  readonly #literals = new StringLiterals();
  readonly #functions = new Map<number, FunctionDraft>();
  readonly #commonJs: CommonJsExports;
  readonly #queue: Visit[] = [];
  readonly #statements: TopLevelStatements;
  readonly #locals: UnusedLocals;
  readonly #edges: ModuleEdges;
  readonly #classes: ClassReader;
  /** `await x()` that is a statement: its result goes nowhere. */
  readonly #droppedAwaits = new Set<Node>();

  readonly #markup: MarkupReader;

  constructor(program: Node, text: string, literal: LiteralValue, components: readonly MarkupComponent[]) {
    this.#program = program;
    this.#scopes = analyseScopes(program);
    this.#effects = new SideEffects(text, this.#scopes.module);
    this.#values = new ValueReader(this.#scopes, literal);
    this.#markup = new MarkupReader(components, text, literal, this.#values, this.#scopes.module);
    this.#types = new DeclaredTypes(this.#values, this.#scopes, text);
    this.#commonJs = new CommonJsExports(this.#values);
    this.#statements = new TopLevelStatements(program, this.#effects);
    this.#locals = new UnusedLocals(this.#effects);
    this.#edges = new ModuleEdges(this.#values);
    this.#classes = new ClassReader(this.#scopes, this.#values, this.#types);
  }

  facts(): ModuleFacts {
    this.#queue.push({ ...outermost, node: this.#program, scope: this.#scopes.module });
    // vue-eslint-parser keeps the template beside the body.
    if (isNode(this.#program['templateBody'])) {
      this.#queue.push({ ...outermost, node: this.#program['templateBody'], scope: this.#scopes.module });
    }
    for (let next = this.#queue.pop(); next; next = this.#queue.pop()) this.#visit(next, 0);
    const bindings = Object.fromEntries([...this.#scopes.module.variables.values()].filter((variable) => !variable.importFrom).map((variable) => [variable.name, this.#values.valueOf(variable)]));
    return {
      directives: directivesOf(this.#program['body'] ?? []),
      imports: inOrder(this.#edges.imports),
      exports: inOrder(this.#edges.exports),
      bindings,
      ...this.#types.ofModule(),
      functions: this.#functionSummaries(),
      classes: this.#classes.summaries(),
      statements: this.#statements.summaries(),
      branches: [...this.#branches, ...this.#locals.branches()],
      ...flagsOf(this.#scopes.module),
      ...callEffectsOf(this.#scopes.module, this.#effects),
      uses: inOrder([...this.#uses, ...this.#markup.elements()]),
      folds: this.#folds.sort((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1]),
      reads: inOrder([...this.#values.reads.values()]),
      literals: this.#literals.all(),
      exhausted: this.#values.exhausted,
    };
  }

  #visit(visit: Visit, depth: number): void {
    const { node } = visit;
    if (isLeaf(node)) return this.#recordLeaf(visit);
    const scope = this.#scopes.opened(node) ?? visit.scope;
    const fn = isFunction(node) ? this.#enterFunction(visit) : visit.fn;
    const cls = isClass(node) ? this.#classes.read(node, scope) : visit.cls;
    this.#record(visit);
    const statement = hidingNames.has(node.type) ? undefined : (visit.statement ?? this.#statements.at(node));
    const children = childrenOf(node);
    for (let i = 0; i < children.length; i++) {
      const next: Visit = { node: children[i] as Node, scope, fn, cls, parent: node, above: visit, statement };
      // Deep nesting goes back to the queue instead of down the stack.
      if (depth > maxRecursion) this.#queue.push(next);
      else this.#visit(next, depth + 1);
    }
  }

  #recordLeaf(visit: Visit): void {
    const { node, parent } = visit;
    if (node.type === 'Identifier') {
      collectTypeTexts(node, this.#branches);
      this.#recordName(visit);
    } else this.#literals.noteLiteral(node, parent);
  }

  #enterFunction({ node, fn: parent, cls }: Visit): number {
    const fn = this.#values.functionOf(node);
    this.#functions.set(fn, { node, parent, returns: [], yields: [], ...(cls === undefined ? {} : { cls }) });
    return fn;
  }

  #record(visit: Visit): void {
    const { node, scope } = visit;
    collectBranches(node, scope, this.#branches);
    this.#types.note(node, scope);
    ModuleReader.#recorders.get(node.type)?.(this, visit);
  }

  /** By the type of a node: to compare it with each of these takes longer than to look it up. */
  static readonly #recorders = new Map(Object.entries<(it: ModuleReader, visit: Visit) => void>({
    StringLiteral: (it, { node, parent }) => it.#literals.noteLiteral(node, parent),
    MemberExpression: (it, visit) => it.#recordRead(visit),
    VariableDeclarator: (it, visit) => it.#recordRead(visit),
    Identifier: (it, visit) => it.#recordName(visit),
    JSXIdentifier: (it, visit) => it.#recordElementName(visit),
    TemplateLiteral: (it, visit) => it.#recordTemplate(visit),
    JSXText: (it, { node }) => it.#literals.noteMarkup(node, false, { hole: ['{', '}'] }),
    VText: (it, { node }) => it.#literals.noteMarkup(node, false),
    SvelteText: (it, { node }) => it.#literals.noteMarkup(node, false),
    VLiteral: (it, { node }) => it.#literals.noteMarkup(node, true),
    SvelteLiteral: (it, { node }) => it.#literals.noteMarkup(node, true),
    SvelteAttribute: (it, visit) => it.#recordAttribute(visit),
    SvelteStyleDirective: (it, visit) => it.#recordAttribute(visit),
    TaggedTemplateExpression: (it, visit) => it.#recordTag(visit),
    BinaryExpression: (it, visit) => it.#recordSum(visit),
    CallExpression: (it, visit) => it.#recordCall(visit),
    NewExpression: (it, visit) => it.#recordCall(visit),
    OptionalCallExpression: (it, visit) => it.#recordCall(visit),
    ExpressionStatement: (it, visit) => it.#recordStatement(visit),
    ImportExpression: (it, visit) => it.#edges.ofDynamicImport(visit.node, visit.node['source'], visit),
    Property: (it, visit) => it.#recordEntry(visit),
    ObjectProperty: (it, visit) => it.#recordEntry(visit),
    ArrayExpression: (it, visit) => it.#recordArray(visit.node['elements'], visit),
    AssignmentExpression: (it, visit) => it.#recordAssignment(visit),
    UnaryExpression: (it, visit) => it.#recordDelete(visit),
    JSXElement: (it, visit) => it.#recordElement(visit),
    ArrowFunctionExpression: (it, visit) => it.#recordShortBody(visit),
    ReturnStatement: (it, { node, scope, fn }) => isNode(node['argument']) && it.#recordReturn(node['argument'], scope, fn),
    YieldExpression: (it, visit) => it.#recordYield(visit),
    ThrowStatement: (it, { node, scope, fn }) => it.#uses.push({ kind: 'throw', value: it.#values.read(node['argument'], scope), at: spanOf(node), fn }),
    ImportDeclaration: (it, { node }) => it.#edges.ofImport(node),
    TSImportEqualsDeclaration: (it, { node }) => it.#edges.ofImportEquals(node),
    // Inside a namespace it exports from that, not from the module.
    ExportNamedDeclaration: (it, { node, scope, parent }) => parent?.type !== 'TSModuleBlock' && it.#edges.ofNamedExport(node, scope),
    ExportDefaultDeclaration: (it, { node, scope }) => it.#edges.ofDefaultExport(node, scope),
    ExportAllDeclaration: (it, { node }) => it.#edges.ofExportAll(node),
    TSExportAssignment: (it, { node, scope }) => it.#edges.exports.push({ name: 'module.exports', typeOnly: false, at: spanOf(node), value: it.#values.read(node['expression'], scope), ...localName(node['expression']) }),
  }));

  #recordRead({ node, scope, parent }: Visit): void {
    if (parent?.type !== 'UnaryExpression' || parent['operator'] !== 'typeof') this.#readForEnvironment(node, scope);
  }

  #recordElementName(visit: Visit): void {
    const { node, scope, parent } = visit;
    if (!isTagName(node, parent)) this.#statements.note(lookUp(scope, node['name']), visit);
  }

  #recordAttribute(visit: Visit): void {
    const value: unknown = visit.node['value'];
    if (Array.isArray(value) && value.length > 1) this.#fold(visit, false);
  }

  #recordSum(visit: Visit): void {
    if (visit.node['operator'] === '+' && !isLeftOfPlus(visit)) this.#fold(visit);
  }

  #recordStatement({ node, scope }: Visit): void {
    if (node['expression'].type === 'AwaitExpression') this.#droppedAwaits.add(node['expression']);
    this.#markup.note(node['expression'], scope);
  }

  #recordEntry(visit: Visit): void {
    const { node, parent } = visit;
    if (parent?.type === 'ObjectExpression' && isNode(node['value'])) this.#recordProperty(node, node['key'], node['computed'] === true, node['value'], visit);
  }

  #recordArray(elements: readonly (Node | null)[], visit: Visit): void {
    const [first, second] = elements;
    if (elements.length === 2 && isNode(first) && isNode(second)) this.#recordProperty(visit.node, first, true, second, visit);
    else this.#recordFlatHeaders(elements, visit);
  }

  #recordElement({ node, scope, fn }: Visit): void {
    this.#uses.push({ kind: 'element', element: this.#values.read(node, scope) as ElementValue, at: spanOf(node['openingElement']), fn });
  }

  /** `() => value` */
  #recordShortBody({ node, scope }: Visit): void {
    if (node['body'].type !== 'BlockStatement') this.#recordReturn(node['body'], this.#scopes.opened(node) ?? scope, this.#values.functionOf(node));
  }

  #recordYield({ node, scope, fn }: Visit): void {
    if (!isNode(node['argument'])) return;
    this.#functions.get(fn)?.yields.push({ ...(node['delegate'] === true ? { spread: true } : {}), value: this.#values.read(node['argument'], scope), at: spanOf(node['argument']) });
  }

  #recordName(visit: Visit): void {
    const { node, scope, parent } = visit;
    const variable = lookUp(scope, node['name']);
    if (!variable) return;
    this.#statements.note(variable, visit);
    // What a namespace holds, others may read.
    if (variable.scope.parent !== undefined && !variable.scope.hoists) this.#locals.note(variable, visit);
    if (variable.importFrom && !parent?.type.startsWith('Import')) this.#values.read(node, scope);
  }

  /** Reading a value notes the environment reads in it. */
  #readForEnvironment(node: Node, scope: Scope): void {
    if (node.type === 'MemberExpression') return void this.#values.read(node, scope);
    if (node['id'].type === 'Identifier') return;
    for (const { name } of namesOf(node['id'], [])) {
      const variable = lookUp(scope, name);
      if (variable) this.#values.valueOf(variable);
    }
  }

  /** Only keys that may matter: a name that speaks of Hilt or of a credential, or one that another module may complete. */
  #recordProperty(node: Node, keyNode: Node, computed: boolean, value: Node, { scope, fn, parent }: Visit): void {
    const name = staticKey(keyNode, computed);
    const key: Value = name === undefined ? this.#values.read(keyNode, scope) : { kind: 'text', text: name };
    if (key.kind === 'text' ? !notableKey.test(key.text) : !isSymbolic(key)) return;
    const of = parent && this.#types.expected(parent);
    this.#uses.push({ kind: 'property', key, value: this.#values.read(value, scope), valueAt: spanOf(value), at: spanOf(node), fn, ...(of ? { of } : {}) });
  }

  /** undici takes headers as `["accept", "…", "X-Hilt-Key", key]`. */
  #recordFlatHeaders(elements: readonly (Node | null)[], visit: Visit): void {
    if (elements.length % 2 !== 0) return;
    elements.forEach((name, index) => {
      const value = elements[index + 1];
      if (index % 2 === 0 && isNode(name) && isNode(value) && typeof name['value'] === 'string' && isKeyHeader(name['value'])) this.#recordProperty(name, name, true, value, visit);
    });
  }

  #recordTemplate(visit: Visit): void {
    const { node, parent } = visit;
    // Astro's `title=`…`` has no braces that could take another expression.
    const isExpression = parent?.type !== 'JSXExpressionContainer' || parent.range[0] !== node.range[0];
    const isOpen = isExpression && parent?.type !== 'TaggedTemplateExpression';
    this.#literals.noteTemplate(node, isOpen);
    if (node['expressions'].length > 0) this.#fold(visit, isOpen);
  }

  #fold({ node, scope, fn }: Visit, isExpression = true): void {
    this.#folds.push({ value: this.#values.read(node, scope), at: spanOf(node), fn, ...(isExpression ? {} : { replaceable: false }) });
  }

  #recordCall(visit: Visit): void {
    const { node, scope, fn, parent } = visit;
    const at = spanOf(node);
    const first: Node | undefined = node['arguments']?.[0];
    if (node['callee'].type === 'Import' && first) this.#edges.ofDynamicImport(node, first, visit);
    const isDropped = parent?.type === 'ExpressionStatement' || (parent !== undefined && this.#droppedAwaits.has(parent));
    const callee = this.#values.read(node['callee'], scope);
    this.#uses.push({
      kind: 'call', callee, args: this.#values.items(node['arguments'] ?? [], scope), isNew: node.type === 'NewExpression', result: isDropped ? 'dropped' : 'used', at, fn,
    });
    this.#fold(visit);
    this.#classes.ofCall(node, visit);
    this.#edges.exports.push(...this.#commonJs.ofCall(node, callee, scope));
    if (first) this.#edges.ofCall(callee, first, node, visit);
  }

  /** A tag is a function that is called with the text: zx's `$`. Tags that give their text back do nothing. */
  #recordTag(visit: Visit): void {
    const { node, scope, fn, parent } = visit;
    const value = this.#values.read(node, scope);
    if (value.kind === 'call') {
      const { callee, args, at } = value;
      this.#uses.push({ kind: 'call', callee, args, isNew: false, result: parent?.type === 'ExpressionStatement' ? 'dropped' : 'used', at, fn });
    }
    this.#fold(visit);
  }

  #recordAssignment(visit: Visit): void {
    const { node, scope, fn } = visit;
    const left = unwrap(node['left']);
    if (left.type === 'Identifier' && (node['operator'] === '+=' || isRepeated(node, scope))) this.#fold(visit, false);
    if (left.type !== 'MemberExpression') return;
    const key = staticKey(left['property'], left['computed'] === true);
    const property: Value = key === undefined ? this.#values.read(left['property'], scope) : { kind: 'text', text: key };
    const value = this.#values.read(node['right'], scope);
    this.#uses.push({ kind: 'assign', object: this.#values.read(left['object'], scope), property, value, valueAt: spanOf(node['right']), at: spanOf(node), fn });
    this.#edges.exports.push(...this.#commonJs.ofAssignment(left, key, node, value, scope));
    this.#classes.ofAssignment(left, key, value, visit);
  }

  /** `delete headers.cookie` leaves what `headers.cookie = undefined` leaves. */
  #recordDelete({ node, scope, fn }: Visit): void {
    if (node['operator'] !== 'delete') return;
    const left = unwrap(node['argument']);
    if (left.type !== 'MemberExpression') return;
    const key = staticKey(left['property'], left['computed'] === true);
    const property: Value = key === undefined ? this.#values.read(left['property'], scope) : { kind: 'text', text: key };
    this.#uses.push({ kind: 'assign', object: this.#values.read(left['object'], scope), property, value: { kind: 'constant', value: undefined }, valueAt: spanOf(node), at: spanOf(node), fn });
  }

  #recordReturn(argument: Node, scope: Scope, fn: number): void {
    const value = this.#values.read(argument, scope);
    this.#functions.get(fn)?.returns.push(value);
    this.#uses.push({ kind: 'return', value, at: spanOf(argument), fn });
  }

  #functionSummaries(): FunctionSummary[] {
    return this.#values.functions.map((node, index) => {
      const draft = this.#functions.get(index);
      const name: unknown = node['id']?.name;
      const body: Node | undefined = node['body'];
      return {
        ...(typeof name === 'string' ? { name } : {}),
        at: spanOf(node),
        parameters: node['params']?.length ?? 0,
        ...(takesEnvironment(node) ? { environment: 'env' } : {}),
        // Who goes through a generator gets what it yields, not what it returns.
        returns: node['generator'] === true && draft ? [{ kind: 'array', items: draft.yields }] : draft?.returns ?? [],
        ...this.#classes.decoratorsOf(node),
        directives: body?.type === 'BlockStatement' ? directivesOf(body['body']) : [],
        parent: draft?.parent ?? -1,
        ...(draft?.cls === undefined ? {} : { cls: draft.cls }),
        async: node['async'] === true,
        ...(node['signature'] ? { signature: node['signature'] as Signature } : {}),
        ...this.#types.ofFunction(node),
      };
    });
  }
}

/** `<form>` is a tag, whatever else is called `form`; `<ui.Form>` is none. */
function isTagName(node: Node, parent: Node | undefined): boolean {
  return node.type === 'JSXIdentifier' && parent?.type === 'JSXOpeningElement' && /^[a-z]/.test(node['name']);
}

function directivesOf(body: readonly Node[]): string[] {
  const directives: string[] = [];
  for (const statement of body) {
    const expression: Node | undefined = statement['expression'];
    if (statement.type !== 'ExpressionStatement' || expression?.type !== 'Literal' || typeof expression['value'] !== 'string') break;
    directives.push(expression['value']);
  }
  return directives;
}

function isLeftOfPlus({ node, parent }: Visit): boolean {
  return parent?.type === 'BinaryExpression' && parent['operator'] === '+' && parent['left'] === node;
}
