import type { Branch, ClassSummary, Effect, ExportEntry, Fold, FunctionSummary, ImportEdge, ImportedName, Reference, Signature, Statement, Test, Use } from '../module-summary.ts';
import type { MarkupComponent } from '../markup-components.ts';
import type { Span } from '../span.ts';
import type { TypeRef } from '../type-ref.ts';
import type { ArrayItem, ElementValue, Value, VariableValue } from '../value.ts';
import { isKeyHeader } from '../../hilt/header.ts';
import { collectBranches, collectTypeTexts, testOf } from './branches.ts';
import { MarkupReader } from './markup-elements.ts';
import { childrenOf, isLeaf, isNode, spanOf, staticKey, unwrap, type Node } from './node.ts';
import { analyseScopes } from './analyse-scopes.ts';
import { namesOf } from './declared-names.ts';
import { isClass, isFunction, lookUp, type Scope, type Scopes, type Variable } from './scopes.ts';
import { CommonJsExports, isRequire, localName } from './common-js.ts';
import { pathRead, requiredNames, takenNames } from './member-reads.ts';
import { takesEnvironment } from './member-values.ts';
import { isCleanExpression } from './purity.ts';
import { SideEffects } from './side-effects.ts';
import { DeclaredTypes } from './declared-types.ts';
import { isRepeated } from './written-values.ts';
import { typed } from './made-values.ts';
import { ValueReader, type LiteralValue } from './values.ts';

/** What the AST of one module says; the text-level half of a summary is added by `summarise`. */
export interface ModuleFacts {
  readonly directives: readonly string[];
  readonly imports: readonly ImportEdge[];
  readonly exports: readonly ExportEntry[];
  readonly bindings: Readonly<Record<string, Value>>;
  readonly types?: Readonly<Record<string, TypeRef>>;
  readonly signatures?: Readonly<Record<string, TypeRef>>;
  readonly augmentedTypes?: Readonly<Record<string, TypeRef>>;
  readonly functions: readonly FunctionSummary[];
  readonly classes: readonly ClassSummary[];
  readonly statements: readonly Statement[];
  readonly branches: readonly Branch[];
  readonly flags?: Readonly<Record<string, Test>>;
  readonly callEffects?: Readonly<Record<string, readonly Effect[]>>;
  readonly uses: readonly Use[];
  readonly folds: readonly Fold[];
  readonly reads: readonly VariableValue[];
  readonly literals: readonly StringLiteral[];
  /** Whether the bounds of the analysis cut anything. */
  readonly exhausted: boolean;
}

/** A string as the source has it: a literal, a template without expressions, a piece of a template, JSX text. */
export interface StringLiteral {
  readonly at: Span;
  readonly text: string;
  /** Whether the whole expression may be replaced by another one. */
  readonly replaceable: boolean;
  /** A literal of its own, not a piece of a template or of markup. */
  readonly whole: boolean;
  /** The value of a JSX attribute, where an expression needs braces. */
  readonly braces?: true;
}

interface Visit {
  readonly node: Node;
  readonly scope: Scope;
  readonly fn: number;
  readonly cls: number | undefined;
  readonly parent: Node | undefined;
  readonly above: Visit | undefined;
  /** The statement of the module that it is in, if the names that stand here are read by it. */
  readonly statement: StatementDraft | undefined;
}

interface StatementDraft { readonly node: Node; readonly declares: readonly string[]; readonly references: Reference[] }

interface FunctionDraft { node: Node; parent: number; cls?: number; returns: Value[]; yields: ArrayItem[] }
interface ClassDraft { node: Node; superclass?: Value; constructor_?: number; fields: Record<string, Value[]>; methods: Record<string, number>; statics: Record<string, Value>; fieldTypes: Record<string, TypeRef> }

const maxRecursion = 300;
const outermost = { fn: -1, cls: undefined, parent: undefined, above: undefined, statement: undefined };
/** What names the names of other modules, and those that this one has for them. */
const hidingNames = new Set(['ImportDeclaration', 'ImportExpression', 'ImportSpecifier', 'ImportDefaultSpecifier', 'ImportNamespaceSpecifier', 'ImportAttribute', 'Import', 'ExportSpecifier']);
const keyed = new Set(['Property', 'PropertyDefinition', 'MethodDefinition']);
const notableKey = /hilt|cookie|authorization|credential|token|secret|api[-_]?key/i;

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
  readonly #imports: ImportEdge[] = [];
  readonly #exports: ExportEntry[] = [];
  readonly #uses: Use[] = [];
  readonly #folds: Fold[] = [];
  readonly #branches: Branch[] = [];
  readonly #literals: StringLiteral[] = [];
  readonly #functions = new Map<number, FunctionDraft>();
  readonly #classes = new Map<number, ClassDraft>();
  readonly #commonJs: CommonJsExports;
  readonly #queue: Visit[] = [];
  readonly #statements: ReadonlyMap<Node, StatementDraft>;
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
    this.#statements = this.#draftStatements();
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
      imports: sorted(this.#imports),
      exports: sorted(this.#exports),
      bindings,
      ...this.#types.ofModule(),
      functions: this.#functionSummaries(),
      classes: this.#classSummaries(),
      statements: [...this.#statements.values()].map((draft) => this.#statementOf(draft)),
      branches: [...this.#branches, ...this.#unusedLocals()],
      ...this.#flags(),
      ...this.#callEffects(),
      uses: sorted([...this.#uses, ...this.#markup.elements()]),
      folds: sortedOuterFirst(this.#folds),
      reads: sorted([...this.#values.reads.values()]),
      literals: sorted(this.#literals),
      exhausted: this.#values.exhausted,
    };
  }

  #visit(visit: Visit, depth: number): void {
    const { node } = visit;
    if (isLeaf(node)) return this.#recordLeaf(visit);
    const scope = this.#scopes.opened(node) ?? visit.scope;
    const fn = isFunction(node) ? this.#enterFunction(visit) : visit.fn;
    const cls = isClass(node) ? this.#readClass(node, scope) : visit.cls;
    this.#record(visit);
    const statement = hidingNames.has(node.type) ? undefined : (visit.statement ?? this.#statements.get(node));
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
    } else this.#recordText(node, parent);
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
    StringLiteral: (it, { node, parent }) => it.#recordText(node, parent),
    MemberExpression: (it, visit) => it.#recordRead(visit),
    VariableDeclarator: (it, visit) => it.#recordRead(visit),
    Identifier: (it, visit) => it.#recordName(visit),
    JSXIdentifier: (it, visit) => it.#recordElementName(visit),
    TemplateLiteral: (it, visit) => it.#recordTemplate(visit.node, visit),
    JSXText: (it, { node }) => it.#recordMarkupText(node, false),
    VText: (it, { node }) => it.#recordMarkupText(node, false),
    SvelteText: (it, { node }) => it.#recordMarkupText(node, false),
    VLiteral: (it, { node }) => it.#recordMarkupText(node, true),
    SvelteLiteral: (it, { node }) => it.#recordMarkupText(node, true),
    SvelteAttribute: (it, visit) => it.#recordAttribute(visit),
    SvelteStyleDirective: (it, visit) => it.#recordAttribute(visit),
    TaggedTemplateExpression: (it, visit) => it.#recordTag(visit),
    BinaryExpression: (it, visit) => it.#recordSum(visit),
    CallExpression: (it, visit) => it.#recordCall(visit),
    NewExpression: (it, visit) => it.#recordCall(visit),
    OptionalCallExpression: (it, visit) => it.#recordCall(visit),
    ExpressionStatement: (it, visit) => it.#recordStatement(visit),
    ImportExpression: (it, visit) => it.#recordDynamicImport(visit.node, visit.node['source'], visit),
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
    ImportDeclaration: (it, { node }) => it.#recordImport(node),
    TSImportEqualsDeclaration: (it, { node }) => it.#recordImportEquals(node),
    // Inside a namespace it exports from that, not from the module.
    ExportNamedDeclaration: (it, { node, scope, parent }) => parent?.type !== 'TSModuleBlock' && it.#recordNamedExport(node, scope),
    ExportDefaultDeclaration: (it, { node, scope }) => it.#recordDefaultExport(node, scope),
    ExportAllDeclaration: (it, { node }) => it.#recordExportAll(node),
    TSExportAssignment: (it, { node, scope }) => it.#exports.push({ name: 'module.exports', typeOnly: false, at: spanOf(node), value: it.#values.read(node['expression'], scope), ...localName(node['expression']) }),
  }));

  #recordText(node: Node, parent: Node | undefined): void {
    if (typeof node['value'] !== 'string') return;
    const isAttribute = parent?.type === 'JSXAttribute';
    this.#literals.push({ at: spanOf(node), text: node['value'], replaceable: isAttribute || isReplaceable(parent, node), whole: true, ...(isAttribute ? { braces: true } : {}) });
  }

  #recordMarkupText(node: Node, whole: boolean): void {
    this.#literals.push({ at: spanOf(node), text: String(node['value']), replaceable: false, whole });
  }

  #recordRead({ node, scope, parent }: Visit): void {
    if (parent?.type !== 'UnaryExpression' || parent['operator'] !== 'typeof') this.#readForEnvironment(node, scope);
  }

  #recordElementName(visit: Visit): void {
    const { node, scope, parent } = visit;
    if (!isTagName(node, parent)) this.#noteReference(lookUp(scope, node['name']), visit);
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

  /** Variables inside functions that are mentioned beside their declaration. */
  readonly #used = new Set<Variable>();
  readonly #locals = new Map<Variable, Span>();

  #recordName(visit: Visit): void {
    const { node, scope, parent } = visit;
    const variable = lookUp(scope, node['name']);
    if (!variable) return;
    this.#noteReference(variable, visit);
    // What a namespace holds, others may read.
    if (variable.scope.parent !== undefined && !variable.scope.hoists) this.#noteUse(variable, visit);
    if (variable.importFrom && !parent?.type.startsWith('Import')) this.#values.read(node, scope);
  }

  /** Top-level names, imports among them, that a statement uses as values. */
  #noteReference(variable: Variable | undefined, visit: Visit): void {
    const { node, parent, statement } = visit;
    if (!statement || !variable || variable.scope.parent !== undefined || isLabel(node, parent) || statement.declares.includes(variable.name)) return;
    statement.references.push({ name: variable.name, at: spanOf(node), ...pathRead(visit) });
  }

  #noteUse(variable: Variable, { node, parent }: Visit): void {
    if (parent?.type === 'VariableDeclarator' && parent['id'] === node) this.#locals.set(variable, spanOf(parent));
    else if ((parent?.type === 'FunctionDeclaration' || parent?.type === 'ClassDeclaration') && parent['id'] === node) this.#locals.set(variable, spanOf(parent));
    else if (parent?.type === 'MemberExpression' && parent['property'] === node && parent['computed'] !== true) return;
    else if (parent && keyed.has(parent.type) && parent['key'] === node && parent['computed'] !== true && parent['shorthand'] !== true) return;
    else this.#used.add(variable);
  }

  /** Plain booleans are bindings; what else comes out when bundling is told here. */
  #flags(): { flags?: Record<string, Test> } {
    const entries = [...this.#scopes.module.variables.values()].flatMap((variable): [string, Test][] => {
      if (variable.kind !== 'const' || !variable.init || variable.path.length > 0 || variable.init.type === 'Literal') return [];
      const test = testOf(variable.init, this.#scopes.module, 0);
      return test.kind === 'unknown' || test.kind === 'import' ? [] : [[variable.name, test]];
    });
    return entries.length > 0 ? { flags: Object.fromEntries(entries) } : {};
  }

  /** What calling the functions, and making instances of the classes, of the module does; what may do anything is left out. */
  #callEffects(): { callEffects?: Record<string, Effect[]> } {
    const entries = [...this.#scopes.module.variables.values()].flatMap((variable): [string, Effect[]][] => {
      const declared = variable.kind === 'function' || variable.kind === 'class' ? variable.node : variable.kind === 'const' ? variable.init : undefined;
      if (!declared || !(isFunction(declared) || declared.type === 'ClassDeclaration' || declared.type === 'ClassExpression')) return [];
      const effects = this.#effects.ofCalling(declared);
      return effects.includes('effect') ? [] : [[variable.name, effects]];
    });
    return entries.length > 0 ? { callEffects: Object.fromEntries(entries) } : {};
  }

  /** Locals that nobody reads: most bundlers drop them with what they hold. */
  #unusedLocals(): Branch[] {
    return [...this.#locals].flatMap(([variable, at]): Branch[] => {
      const how = this.#used.has(variable) ? undefined : this.#unusedKind(variable);
      return how ? [{ test: { kind: 'flag', how, part: { kind: 'constant', value: false } }, runsWhen: true, at }] : [];
    });
  }

  #unusedKind({ kind, init, node }: Variable): 'unused-local' | 'unused-function' | undefined {
    if (kind === 'function') return 'unused-function';
    if (kind === 'class') return this.#effects.of(node).length === 0 ? 'unused-function' : undefined;
    if (kind !== 'const' || !init) return undefined;
    const value = unwrap(init);
    if (value.type === 'Literal' || value.type === 'TemplateLiteral') return 'unused-local';
    return isCleanExpression(value) ? 'unused-function' : undefined;
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

  #recordTemplate(node: Node, visit: Visit): void {
    const isWhole = node['expressions'].length === 0;
    // Astro's `title=`…`` has no braces that could take another expression.
    const isExpression = visit.parent?.type !== 'JSXExpressionContainer' || visit.parent.range[0] !== node.range[0];
    for (const quasi of node['quasis']) {
      const text: string = quasi.value.cooked ?? quasi.value.raw;
      this.#literals.push({ at: isWhole ? spanOf(node) : spanOf(quasi), text, replaceable: isWhole && isExpression && visit.parent?.type !== 'TaggedTemplateExpression', whole: isWhole });
    }
    if (!isWhole) this.#fold(visit, isExpression && visit.parent?.type !== 'TaggedTemplateExpression');
  }

  #fold({ node, scope, fn }: Visit, isExpression = true): void {
    this.#folds.push({ value: this.#values.read(node, scope), at: spanOf(node), fn, ...(isExpression ? {} : { replaceable: false }) });
  }

  #recordCall(visit: Visit): void {
    const { node, scope, fn, parent } = visit;
    const at = spanOf(node);
    const first: Node | undefined = node['arguments']?.[0];
    if (node['callee'].type === 'Import' && first) this.#recordDynamicImport(node, first, visit);
    const isDropped = parent?.type === 'ExpressionStatement' || (parent !== undefined && this.#droppedAwaits.has(parent));
    const callee = this.#values.read(node['callee'], scope);
    this.#uses.push({
      kind: 'call', callee, args: this.#values.items(node['arguments'] ?? [], scope), isNew: node.type === 'NewExpression', result: isDropped ? 'dropped' : 'used', at, fn,
    });
    this.#fold(visit);
    this.#recordSetOnField(node, visit);
    this.#exports.push(...this.#commonJs.ofCall(node, callee, scope));
    if (first) this.#recordLoadedModule(callee, first, node, visit);
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

  /** `require`, workers, assets and globs: module edges that are calls. */
  #recordLoadedModule(callee: Value, first: Node, node: Node, { scope, fn, parent }: Visit): void {
    const requires = isRequire(node['callee'], scope);
    if (callee.kind !== 'global' && !requires) return;
    const at = spanOf(node);
    const argument = this.#values.read(first, scope);
    if (requires || callee.kind !== 'global' || callee.path === 'require.resolve' || callee.path === 'importScripts') {
      if (argument.kind === 'text') this.#imports.push({ specifier: argument.text, how: 'require', typeOnly: false, names: [{ imported: '*', local: '', typeOnly: false }], at, fn, ...requiredNames(node, parent, scope) });
      return;
    }
    const url = urlBesideModule(argument) ?? (callee.path === 'URL' ? urlBesideModule(this.#values.read(node, scope)) : undefined);
    if (/(?:^|\.)(?:Worker|SharedWorker|register|addModule)$/.test(callee.path)) {
      const specifier = url ?? (argument.kind === 'text' ? argument.text : undefined);
      if (specifier !== undefined) this.#imports.push({ specifier, how: 'worker', typeOnly: false, names: [], at, fn });
      return;
    }
    if (callee.path === 'URL' && url !== undefined && !isWorkerCall(parent)) this.#imports.push({ specifier: url, how: 'asset', typeOnly: false, names: [], at, fn });
    if (/^import\.meta\.(?:glob|globEager|webpackContext)$/.test(callee.path)) {
      const values = argument.kind === 'array' ? argument.items.map((item) => item.value) : [argument];
      const patterns = values.flatMap((value) => (value.kind === 'text' ? [value.text] : []));
      const except = patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : []));
      for (const specifier of patterns) {
        if (!specifier.startsWith('!')) this.#imports.push({ specifier, how: 'glob', ...(except.length > 0 ? { except } : {}), typeOnly: false, names: [{ imported: '*', local: '', typeOnly: false }], at, fn, ...this.#globMembers(node, scope) });
      }
    }
  }

  /** `import.meta.glob(pattern, { import: "a" })` takes one export of each module. */
  #globMembers(node: Node, scope: Scope): { members?: readonly string[] } {
    const options: Node | undefined = node['arguments']?.[1];
    const value = options && this.#values.read(options, scope);
    const entry = value?.kind === 'object' ? value.entries.find((each) => each.key?.kind === 'text' && each.key.text === 'import') : undefined;
    return entry?.value.kind === 'text' && entry.value.text !== '*' ? { members: [entry.value.text] } : {};
  }

  #recordDynamicImport(node: Node, source: Node, { scope, fn, parent, above }: Visit): void {
    const specifier = this.#values.read(source, scope);
    const at = spanOf(node);
    if (specifier.kind === 'text') {
      this.#imports.push({ specifier: specifier.text, how: 'dynamic', typeOnly: false, names: [{ imported: '*', local: '', typeOnly: false }], at, fn, ...takenNames(parent, above?.parent, scope) });
      return;
    }
    const glob = specifier.kind === 'concat' ? specifier.parts.map((part) => (part.kind === 'text' ? part.text : '*')).join('') : undefined;
    if (glob?.startsWith('.')) this.#imports.push({ specifier: glob, how: 'glob', typeOnly: false, names: [{ imported: '*', local: '', typeOnly: false }], at, fn });
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
    this.#exports.push(...this.#commonJs.ofAssignment(left, key, node, value, scope));
    this.#recordField(left, key, value, visit);
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

  #recordField(left: Node, key: string | undefined, value: Value, visit: Visit): void {
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

  #recordSetOnField(node: Node, { scope, cls }: Visit): void {
    const draft = cls === undefined ? undefined : this.#classes.get(cls);
    const callee = unwrap(node['callee']);
    const [first, second]: readonly Node[] = node['arguments'] ?? [];
    if (!draft || callee.type !== 'MemberExpression' || !first || !second) return;
    const method = staticKey(callee['property'], callee['computed'] === true);
    const key = method === 'set' || method === 'append' ? this.#values.read(first, scope) : undefined;
    if (key && (key.kind !== 'text' || notableKey.test(key.text))) this.#recordInField(draft, callee['object'], key, this.#values.read(second, scope), node);
  }

  #recordReturn(argument: Node, scope: Scope, fn: number): void {
    const value = this.#values.read(argument, scope);
    this.#functions.get(fn)?.returns.push(value);
    this.#uses.push({ kind: 'return', value, at: spanOf(argument), fn });
  }

  #recordImport(node: Node): void {
    const specifier: unknown = node['source']?.value;
    if (typeof specifier !== 'string') return;
    const isType = node['importKind'] === 'type' || node['importKind'] === 'typeof';
    const names: ImportedName[] = node['specifiers'].map((item: Node) => ({
      imported: item.type === 'ImportDefaultSpecifier' ? 'default' : item.type === 'ImportNamespaceSpecifier' ? '*' : String(item['imported'].name ?? item['imported'].value),
      local: item['local'].name,
      typeOnly: isType || item['importKind'] === 'type',
    }));
    const typeOnly = isType || (names.length > 0 && names.every((name) => name.typeOnly));
    this.#imports.push({ specifier, how: 'import', typeOnly, names, at: spanOf(node), fn: -1, ...(typeOnly && !isType ? { inlineTypes: true } : {}) });
  }

  #recordImportEquals(node: Node): void {
    const specifier: unknown = node['moduleReference']?.expression?.value;
    if (typeof specifier !== 'string') return;
    const typeOnly = node['importKind'] === 'type';
    this.#imports.push({ specifier, how: 'require', typeOnly, names: [{ imported: '*', local: node['id'].name, typeOnly }], at: spanOf(node), fn: -1 });
  }

  #recordDefaultExport(node: Node, scope: Scope): void {
    const declaration: Node = node['declaration'];
    this.#exports.push({ name: 'default', typeOnly: node['exportKind'] === 'type' || declaration.type === 'TSInterfaceDeclaration', at: spanOf(node), value: this.#values.read(declaration, scope), ...localName(declaration) });
  }

  #recordNamedExport(node: Node, scope: Scope): void {
    const at = spanOf(node);
    const source: unknown = node['source']?.value;
    const isType = node['exportKind'] === 'type';
    if (typeof source === 'string') {
      const names: ImportedName[] = node['specifiers'].map((item: Node) => ({ imported: nameOf(item['local']), local: '', typeOnly: isType || item['exportKind'] === 'type' }));
      this.#imports.push({ specifier: source, how: 'reexport', typeOnly: isType || (names.length > 0 && names.every((name) => name.typeOnly)), names, at, fn: -1 });
      for (const item of node['specifiers']) {
        // `export * as ns from` under parsers that model it as a specifier.
        const name = item.type === 'ExportNamespaceSpecifier' ? '*' : nameOf(item.local);
        this.#exports.push({ name: nameOf(item.exported), typeOnly: isType || item.exportKind === 'type', at, from: { specifier: source, name } });
      }
      return;
    }
    for (const item of node['specifiers']) this.#exportLocal(item, scope, at, isType);
    if (isNode(node['declaration'])) this.#exportDeclaration(node['declaration'], at, isType);
  }

  #exportLocal(item: Node, scope: Scope, at: Span, isType: boolean): void {
    const local = nameOf(item['local']);
    const name = nameOf(item['exported']);
    const typeOnly = isType || item['exportKind'] === 'type';
    const imported = lookUp(scope, local)?.importFrom;
    if (imported) this.#exports.push({ name, typeOnly: typeOnly || imported.typeOnly, at, from: { specifier: imported.specifier, name: imported.name } });
    else this.#exports.push({ name, typeOnly, at, local, value: { kind: 'binding', name: local } });
  }

  #exportDeclaration(declaration: Node, at: Span, isType: boolean): void {
    const isTypeDeclaration = declaration.type === 'TSTypeAliasDeclaration' || declaration.type === 'TSInterfaceDeclaration' || declaration['declare'] === true;
    const names: string[] =
      declaration.type === 'VariableDeclaration' ? declaration['declarations'].flatMap((item: Node) => namesOf(item['id'], []).map((found) => found.name))
      : declaration['id']?.type === 'Identifier' ? [declaration['id'].name]
      : [];
    for (const name of names) {
      this.#exports.push({ name, typeOnly: isType || isTypeDeclaration, at, local: name, ...(isTypeDeclaration ? {} : { value: { kind: 'binding', name } }) });
    }
  }

  #recordExportAll(node: Node): void {
    const specifier: unknown = node['source']?.value;
    if (typeof specifier !== 'string') return;
    const at = spanOf(node);
    const typeOnly = node['exportKind'] === 'type';
    this.#imports.push({ specifier, how: 'reexport', typeOnly, names: [{ imported: '*', local: '', typeOnly }], at, fn: -1 });
    const name = node['exported'] ? nameOf(node['exported']) : '*';
    this.#exports.push({ name, typeOnly, at, from: { specifier, name: '*' } });
  }

  #readClass(node: Node, scope: Scope): number {
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
    const key = isNode(member['key']) ? staticKey(member['key'], member['computed'] === true) : undefined;
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

  #decoratorsOf(node: Node): { decorators?: readonly Value[] } {
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
        ...this.#decoratorsOf(node),
        directives: body?.type === 'BlockStatement' ? directivesOf(body['body']) : [],
        parent: draft?.parent ?? -1,
        ...(draft?.cls === undefined ? {} : { cls: draft.cls }),
        async: node['async'] === true,
        ...(node['signature'] ? { signature: node['signature'] as Signature } : {}),
        ...this.#types.ofFunction(node),
      };
    });
  }

  #classSummaries(): ClassSummary[] {
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
        ...this.#decoratorsOf(node),
        statics: draft?.statics ?? {},
        ...(draft && Object.keys(draft.fieldTypes).length > 0 ? { fieldTypes: draft.fieldTypes } : {}),
      };
    });
  }

  #draftStatements(): Map<Node, StatementDraft> {
    const drafts = new Map<Node, StatementDraft>();
    const draft = (node: Node, declares: readonly string[]): unknown => drafts.set(node, { node, declares, references: [] });
    for (const statement of topLevel(this.#program)) {
      const declaration: Node = isNode(statement['declaration']) && statement.type === 'ExportNamedDeclaration' ? statement['declaration'] : statement;
      if (declaration.type === 'VariableDeclaration') {
        for (const declarator of declaration['declarations']) draft(declarator, namesOf(declarator['id'], []).map((name) => name.name));
        continue;
      }
      const name: unknown = declaration['id']?.name ?? declaration['declaration']?.id?.name;
      draft(statement, typeof name === 'string' ? [name] : []);
    }
    return drafts;
  }

  #statementOf({ node, declares, references }: StatementDraft): Statement {
    const effects = this.#effects.of(node);
    const places = effects.length > 0 ? this.#effects.placesOf(node) : undefined;
    return {
      at: spanOf(node), declares, references: sorted(references), effects, ...enumeration(node),
      ...(effects.includes('import-call') ? { calls: this.#effects.importedCalls(node) } : {}),
      ...(places ? { places: places.at, ...(places.of ? { placesOf: places.of } : {}) } : {}),
    };
  }
}

/** `this.x = …` of methods is of the type that the class declares of `x`. */
function withTypes(fields: Record<string, Value[]>, types: Record<string, TypeRef>): Record<string, Value[]> {
  for (const [name, type] of Object.entries(types)) if (fields[name]) fields[name] = fields[name].map((value) => typed(value, type));
  return fields;
}

/** The name of a member or a property names no variable: `b` in `a.b` and in `{ b: a }`. */
function isLabel(node: Node, parent: Node | undefined): boolean {
  if (!parent || parent['computed'] === true) return false;
  if (parent.type === 'MemberExpression' || parent.type === 'JSXMemberExpression') return parent['property'] === node;
  return parent['key'] === node && parent['shorthand'] !== true;
}

/** `<form>` is a tag, whatever else is called `form`; `<ui.Form>` is none. */
function isTagName(node: Node, parent: Node | undefined): boolean {
  return node.type === 'JSXIdentifier' && parent?.type === 'JSXOpeningElement' && /^[a-z]/.test(node['name']);
}

function enumeration(node: Node): { enumeration?: 'enum' | 'const enum' } {
  const declared: Node = isNode(node['declaration']) ? node['declaration'] : node;
  return declared.type === 'TSEnumDeclaration' ? { enumeration: declared['const'] === true ? 'const enum' : 'enum' } : {};
}

function topLevel(program: Node): Node[] {
  const body: Node[] = program['body'] ?? [];
  // svelte-eslint-parser and astro-eslint-parser keep scripts as elements of the body.
  return body.flatMap((node) => (node.type === 'SvelteScriptElement' ? (node['body'] as Node[]) : [node]));
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

function nameOf(node: Node): string {
  return String(node['name'] ?? node['value']);
}

function isLeftOfPlus({ node, parent }: Visit): boolean {
  return parent?.type === 'BinaryExpression' && parent['operator'] === '+' && parent['left'] === node;
}

function isReplaceable(parent: Node | undefined, node: Node): boolean {
  if (!parent) return false;
  if (parent.type.startsWith('Import') || (parent.type.startsWith('Export') && parent.type !== 'ExportDefaultDeclaration')) return false;
  if (parent['key'] === node && parent['computed'] !== true) return false;
  if (parent.type.startsWith('TS')) return parent.type === 'TSAsExpression' || parent.type === 'TSSatisfiesExpression' || parent.type === 'TSNonNullExpression';
  return !(parent.type === 'ExpressionStatement');
}

/** `new Worker(…)`, `navigator.serviceWorker.register(…)`: the address inside is a program's, no asset's. */
function isWorkerCall(node: Node | undefined): boolean {
  if (node?.type !== 'NewExpression' && node?.type !== 'CallExpression') return false;
  const callee = unwrap(node['callee']);
  return /^(?:Worker|SharedWorker|register|addModule)$/.test(String(callee['name'] ?? callee['property']?.name));
}

/** `new URL("./x", import.meta.url)`: the relative path. */
function urlBesideModule(value: Value): string | undefined {
  if (value.kind !== 'call' || value.callee.kind !== 'global' || value.callee.path !== 'URL') return undefined;
  const [path, base] = value.args;
  if (path?.value.kind !== 'text' || base?.value.kind !== 'global' || base.value.path !== 'import.meta.url') return undefined;
  return path.value.text;
}

function sorted<T extends { readonly at: Span }>(items: T[]): T[] {
  return items.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
}

function sortedOuterFirst<T extends { readonly at: Span }>(items: T[]): T[] {
  return items.sort((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1]);
}
