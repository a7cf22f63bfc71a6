import type { Effect, ImportedCall } from '../module-summary.ts';
import type { Span } from '../span.ts';
import { childrenOf, isNode, unwrap, type Node } from './node.ts';
import { isCleanExpression, purityOfConstructor, purityOfFunction } from './purity.ts';
import { isFunction, lookUp, type Scope } from './scopes.ts';

const declarations = new Set([
  'FunctionDeclaration', 'ImportDeclaration', 'ExportAllDeclaration', 'TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'TSDeclareFunction',
  'TSImportEqualsDeclaration', 'TSEnumDeclaration', 'EmptyStatement',
]);
const pureExpressions = new Set(['Literal', 'Identifier', 'FunctionExpression', 'ArrowFunctionExpression', 'ThisExpression', 'MetaProperty', 'StringLiteral', 'Super', 'JSXElement', 'JSXFragment']);
const collections = new Set(['Map', 'Set', 'Date']);
const builtins = new Set(['WeakMap', 'WeakSet', 'Error', 'TypeError', 'RangeError', 'SyntaxError']);
const arrayMethods = new Set(['concat', 'entries', 'filter', 'find', 'flat', 'flatMap', 'includes', 'indexOf', 'keys', 'map', 'push', 'reduce', 'some', 'every', 'unshift', 'values']);
const textMethods = new Set(['at', 'charAt', 'concat', 'join', 'padEnd', 'padStart', 'repeat', 'replace', 'replaceAll', 'slice', 'split', 'substring', 'toLowerCase', 'toUpperCase', 'trim', 'trimEnd', 'trimStart']);
const builtinCalls = /^(?:String\.fromCharCode|String|Symbol|Number|Boolean|BigInt|Object\.(?:keys|values|entries)|Array\.(?:isArray|of))$/;
const environmentPath = /^(?:process|import\.meta|Bun)\.env\b/;
const maxDepth = 200;

/** Parts of a statement; `of`: of a class or a function called in place, of which some bundlers keep all then. */
export interface Places { readonly at: readonly Span[]; readonly of?: 'static' | 'heritage' | 'immediate' }

/** What a module's code may do when it is evaluated, as far as its own text tells. */
export class SideEffects {
  readonly #text: string;
  readonly #hasAnnotations: boolean;
  readonly #module: Scope;

  constructor(text: string, module: Scope) {
    this.#text = text;
    this.#hasAnnotations = /__(?:PURE|NO_SIDE_EFFECTS)__/.test(text);
    this.#module = module;
  }

  /** What evaluating a top-level statement or declarator may do, without repeats; empty if nothing. */
  of(node: Node): Effect[] {
    return [...new Set(this.#statement(node))];
  }

  #statement(node: Node): Effect[] {
    if (declarations.has(node.type) || isAmbient(node)) return [];
    switch (node.type) {
      case 'VariableDeclarator': {
        const init = isNode(node['init']) ? this.#expression(node['init'], 0) : [];
        return node['id'].type === 'Identifier' ? init : ['destructuring', ...init];
      }
      case 'ClassDeclaration':
        return this.#class(node, 0);
      case 'ExportNamedDeclaration':
        return isNode(node['declaration']) ? this.#statement(node['declaration']) : [];
      case 'ExportDefaultDeclaration': {
        const { declaration } = node as unknown as { declaration: Node };
        if (declarations.has(declaration.type)) return [];
        return declaration.type === 'ClassDeclaration' ? this.#class(declaration, 0) : this.#expression(declaration, 0);
      }
      case 'ExpressionStatement':
        // A directive or a bare constant does nothing.
        return node['expression'].type === 'Literal' ? [] : this.#expression(node['expression'], 0);
      default:
        return ['effect'];
    }
  }

  #expression(outer: Node, depth: number): Effect[] {
    if (depth > maxDepth) return ['effect'];
    const node = unwrap(outer);
    if (pureExpressions.has(node.type)) return [];
    const below = (child: unknown): Effect[] => (isNode(child) ? this.#expression(child, depth + 1) : []);
    switch (node.type) {
      case 'TemplateLiteral':
        return [...(node['expressions'].some((hole: Node) => this.#mayCallCode(hole)) ? ['coercion' as const] : []), ...node['expressions'].flatMap(below)];
      case 'BinaryExpression':
        return [...(node['operator'] === '+' && [node['left'], node['right']].some((side: Node) => this.#mayCallCode(side)) ? ['coercion' as const] : []), ...below(node['left']), ...below(node['right'])];
      case 'LogicalExpression':
        return [...below(node['left']), ...below(node['right'])];
      case 'ConditionalExpression':
        return [...below(node['test']), ...below(node['consequent']), ...below(node['alternate'])];
      case 'UnaryExpression':
        return node['operator'] === 'delete' ? ['effect'] : below(node['argument']);
      case 'ArrayExpression':
        return node['elements'].flatMap(below);
      case 'SequenceExpression':
        return node['expressions'].flatMap(below);
      case 'SpreadElement':
        return /^(?:Object|Array)Expression$/.test(unwrap(node['argument']).type) ? below(node['argument']) : ['member-read', ...below(node['argument'])];
      case 'ObjectExpression':
        return node['properties'].flatMap((property: Node) => (property.type === 'SpreadElement' ? below(property) : [...(property['computed'] === true ? below(property['key']) : []), ...below(property['value'])]));
      case 'MemberExpression':
        return environmentPath.test(this.#source(node)) || /^Symbol\.\w+$/.test(this.#source(node)) ? [] : ['member-read', ...below(node['object']), ...(node['computed'] === true ? below(node['property']) : [])];
      case 'ClassExpression':
        return this.#class(node, depth);
      case 'AssignmentExpression':
        return [this.#write(node['left']), ...below(node['right'])];
      case 'CallExpression':
      case 'OptionalCallExpression':
        return [...this.#call(node), ...node['arguments'].flatMap(below)];
      case 'TaggedTemplateExpression':
        return this.#source(node['tag']) === 'String.raw' ? ['raw-template', ...node['quasi'].expressions.flatMap(below)] : ['effect'];
      case 'NewExpression':
        return [...this.#new(node), ...node['arguments'].flatMap(below)];
      default:
        return ['effect'];
    }
  }

  /** Whether making a text of it may run a `toString`; a bundler that puts short constants in place of their names sees that it does not. */
  #mayCallCode(outer: Node): boolean {
    const node = unwrap(outer);
    if (node.type !== 'Identifier') return false;
    const variable = lookUp(this.#module, node['name']);
    const init = variable?.kind === 'const' && variable.init ? unwrap(variable.init) : undefined;
    return !(init?.type === 'Literal' && String(init['value']).length <= 3);
  }

  #call(node: Node): Effect[] {
    if (this.#isAnnotated(node, 'PURE')) return [];
    const callee = unwrap(node['callee']);
    // What is called in place runs once, and a text that it makes is seen.
    if (isFunction(callee)) return purityOfFunction(callee) === undefined ? ['effect'] : purityOfFunction(callee) === 'clean' ? ['iife'] : ['iife', 'clean-call'];
    const path = this.#source(callee);
    if (path === 'Object.freeze' || path === 'Object.seal') return ['freeze'];
    if (builtinCalls.test(path)) return ['builtin-call'];
    if (isTextCall(callee)) return ['text-call'];
    if (this.#isArrayCall(callee, node['arguments'])) return ['array-call'];
    const target = callee.type === 'Identifier' ? lookUp(this.#module, callee['name']) : undefined;
    if (target?.kind === 'import') return ['import-call'];
    const fn = target?.kind === 'function' ? target.node : target?.init;
    return fn && isFunction(fn) ? this.ofCalling(fn) : ['effect'];
  }

  /** What a call of a function, or `new` of a class, may do; a class that extends another one runs that one's constructor. */
  ofCalling(callee: Node): Effect[] {
    if (isFunction(callee)) {
      if (this.#isAnnotated(callee, 'NO_SIDE_EFFECTS')) return ['iife'];
      const purity = purityOfFunction(callee);
      return [purity === undefined ? 'effect' : purity === 'clean' ? 'clean-call' : purity === 'coercing' ? 'coercing-call' : 'guarded-call'];
    }
    if (isNode(callee['superClass'])) return ['effect'];
    const constructor = (callee['body'].body as Node[]).find((member) => member['kind'] === 'constructor');
    const purity = constructor ? purityOfConstructor(constructor['value']) : 'clean';
    if (purity === undefined) return ['effect'];
    const fields = hasFields(callee);
    if (!constructor && !fields) return ['new-empty'];
    return [purity === 'clean' ? 'new' : 'guarded-new', ...(fields ? ['new-fields' as const] : [])];
  }

  /** Calls and instances of what other modules export, wherever evaluating the statement runs them. */
  importedCalls(node: Node): ImportedCall[] {
    const calls: ImportedCall[] = [];
    const queue: Node[] = [node];
    for (let next = queue.pop(); next; next = queue.pop()) {
      if (isFunction(next)) continue;
      const isNew = next.type === 'NewExpression';
      const callee = isNew || next.type === 'CallExpression' || next.type === 'OptionalCallExpression' ? unwrap(next['callee']) : undefined;
      const from = callee?.type === 'Identifier' ? lookUp(this.#module, callee['name'])?.importFrom : undefined;
      if (from && !calls.some((each) => each.specifier === from.specifier && each.name === from.name)) calls.push({ specifier: from.specifier, name: from.name, isNew });
      for (const child of childrenOf(next)) queue.push(child);
    }
    return calls;
  }

  /** Where in a statement that nobody uses the code stands that does something; `undefined` where that is all of it. */
  placesOf(node: Node): Places | undefined {
    const declared: Node = isNode(node['declaration']) ? node['declaration'] : node;
    const value: Node | undefined = node.type === 'VariableDeclarator' && node['id'].type === 'Identifier' && isNode(node['init']) ? unwrap(node['init']) : undefined;
    if (declared.type === 'ClassDeclaration' || value?.type === 'ClassExpression') return this.#placesInClass(value ?? declared);
    if (value?.type === 'CallExpression') return this.#placesInImmediate(value);
    if (value?.type !== 'ObjectExpression' && value?.type !== 'ArrayExpression') return undefined;
    return { at: this.#placesInValue(value, 0) };
  }

  /** `(() => { … })()`: what it declares and returns goes, unless a statement that does something names it. */
  #placesInImmediate(call: Node): Places | undefined {
    const callee = unwrap(call['callee']);
    const body: unknown = isFunction(callee) && callee['async'] !== true && callee['generator'] !== true && call['arguments'].length === 0 ? callee['body']?.body : undefined;
    if (!Array.isArray(body)) return undefined;
    const idle = new Set((body as Node[]).filter((statement) => this.#isIdle(statement)));
    const kept = (): Node[] => (body as Node[]).filter((statement) => !idle.has(statement));
    for (let grew = true; grew; ) {
      const named = new Set(kept().flatMap(identifiersIn));
      const needed = [...idle].filter((statement) => statement.type === 'VariableDeclaration' && (statement['declarations'] as Node[]).some((declarator) => named.has(declarator['id'].name)));
      needed.forEach((statement) => idle.delete(statement));
      grew = needed.length > 0;
    }
    return { at: kept().map((statement) => [statement.range[0], statement.range[1]]), of: 'immediate' };
  }

  #isIdle(statement: Node): boolean {
    if (statement.type === 'ReturnStatement') return !isNode(statement['argument']) || this.#expression(statement['argument'], 0).length === 0;
    return statement.type === 'VariableDeclaration' && (statement['declarations'] as Node[]).every((declarator) => declarator['id'].type === 'Identifier' && (!isNode(declarator['init']) || this.#expression(declarator['init'], 0).length === 0));
  }

  #placesInValue(outer: Node, depth: number): Span[] {
    const node = unwrap(outer);
    if (depth < maxDepth && (node.type === 'ObjectExpression' || node.type === 'ArrayExpression')) {
      const parts: readonly unknown[] = node.type === 'ArrayExpression' ? node['elements'] : (node['properties'] as Node[]).map((property) => (property.type === 'SpreadElement' ? property : property['value']));
      return parts.filter(isNode).flatMap((part) => this.#placesInValue(part, depth + 1));
    }
    return this.#expression(node, depth).length > 0 ? [[node.range[0], node.range[1]]] : [];
  }

  #placesInClass(node: Node): Places | undefined {
    const members = node['body'].body as Node[];
    if ([node, ...members].some((part) => (part['decorators']?.length ?? 0) > 0)) return undefined;
    const statics = members.filter((member) => member.type === 'StaticBlock' || (member['static'] === true && isNode(member['value']) && !isFunction(member['value'])));
    const keys = members.filter((member) => member['computed'] === true).map((member): Node => member['key']);
    const parts = [...(isNode(node['superClass']) ? [node['superClass']] : []), ...statics, ...keys];
    return { at: parts.map((part) => [part.range[0], part.range[1]]), of: statics.length > 0 ? 'static' : 'heritage' };
  }

  /** A method of a list that stands in the code, with functions that only give something. */
  #isArrayCall(callee: Node, args: readonly Node[]): boolean {
    if (callee.type !== 'MemberExpression' || callee['computed'] === true || !arrayMethods.has(callee['property'].name)) return false;
    const object = unwrap(callee['object']);
    const variable = object.type === 'Identifier' ? lookUp(this.#module, object['name']) : undefined;
    const list = variable?.kind === 'const' && variable.init ? unwrap(variable.init) : object;
    return list.type === 'ArrayExpression' && args.every((arg) => !isFunction(arg) || purityOfFunction(arg) !== undefined);
  }

  #new(node: Node): Effect[] {
    if (this.#isAnnotated(node, 'PURE')) return [];
    const name: unknown = node['callee'].name;
    if (typeof name !== 'string') return ['new'];
    const variable = lookUp(this.#module, name);
    if (!variable) return collections.has(name) ? ['new-collection'] : builtins.has(name) ? ['new-builtin'] : name === 'RegExp' ? ['text-call'] : ['effect'];
    if (variable.kind === 'import') return ['import-call'];
    if (variable.kind === 'class') return this.ofCalling(variable.node);
    return variable.init?.type === 'ClassExpression' ? this.ofCalling(variable.init) : ['new'];
  }

  #write(target: Node): Effect {
    const left = unwrap(target);
    if (/^(?:module\.)?exports\b/.test(this.#source(left)) && !lookUp(this.#module, 'exports')) return 'commonjs-export';
    if (left.type === 'Identifier') return this.#isOwn(left) ? 'local-write' : 'effect';
    if (left.type !== 'MemberExpression') return 'effect';
    const object = unwrap(left['object']);
    if (object.type === 'MemberExpression' && object['property'].name === 'prototype' && this.#isOwn(unwrap(object['object']))) return 'prototype-write';
    return this.#isOwn(object) ? 'local-write' : 'effect';
  }

  #isOwn(node: Node): boolean {
    const variable = node.type === 'Identifier' ? lookUp(this.#module, node['name']) : undefined;
    return variable !== undefined && variable.kind !== 'import';
  }

  #class(node: Node, depth: number): Effect[] {
    if (depth > maxDepth || (node['decorators']?.length ?? 0) > 0) return ['effect'];
    const effects: Effect[] = isNode(node['superClass']) ? this.#expression(node['superClass'], depth + 1) : [];
    for (const member of node['body'].body as Node[]) {
      if (member.type === 'StaticBlock') return ['effect'];
      if (member['computed'] === true) effects.push(...this.#expression(member['key'], depth + 1));
      if (member['static'] === true && isNode(member['value']) && !isFunction(member['value'])) effects.push('static-field', ...this.#expression(member['value'], depth + 1));
    }
    return effects;
  }

  /** `/* @__PURE__ *\/` right before the code (rollupjs.org, "Annotations"). */
  #isAnnotated(node: Node, annotation: 'PURE' | 'NO_SIDE_EFFECTS'): boolean {
    if (!this.#hasAnnotations) return false;
    const before = this.#text.slice(Math.max(0, node.range[0] - 60), node.range[0]);
    return new RegExp(`/\\*\\s*[@#]__${annotation}__\\s*\\*/\\s*(?:export\\s+)?(?:default\\s+)?(?:const\\s+\\w+\\s*=\\s*)?(?:async\\s+)?\\(?\\s*$`).test(before);
  }

  #source(node: Node): string {
    return this.#text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 60));
  }
}

function identifiersIn(root: Node): string[] {
  const names: string[] = [];
  const queue = [root];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (node.type === 'Identifier') names.push(node['name']);
    queue.push(...childrenOf(node));
  }
  return names;
}

/** `declare global {}`, `declare module 'x' {}`, and a namespace that holds types alone: nothing of it is left. */
function isAmbient(node: Node): boolean {
  if (node.type !== 'TSModuleDeclaration') return false;
  if (node['declare'] === true || node['global'] === true || node['kind'] === 'global') return true;
  const body: unknown = node['body']?.body;
  return Array.isArray(body) && (body as Node[]).every((statement) => {
    const declared: Node = isNode(statement['declaration']) ? statement['declaration'] : statement;
    return declared.type === 'TSInterfaceDeclaration' || declared.type === 'TSTypeAliasDeclaration' || isAmbient(declared);
  });
}

/** A method of a text that stands in the code, or of a list of such texts. */
function isTextCall(callee: Node): boolean {
  if (callee.type !== 'MemberExpression' || callee['computed'] === true || !textMethods.has(callee['property'].name)) return false;
  const object = unwrap(callee['object']);
  if (object.type === 'CallExpression') return isTextCall(unwrap(object['callee']));
  return (object.type === 'Literal' && typeof object['value'] === 'string') || (object.type === 'ArrayExpression' && isCleanExpression(object));
}

/** Fields and parameter properties, which a compiler for older targets makes into calls. */
function hasFields(cls: Node): boolean {
  return (cls['body'].body as Node[]).some((member) => {
    if (member['kind'] === 'constructor') return (member['value']?.params as Node[] | undefined)?.some((parameter) => parameter.type === 'TSParameterProperty') ?? false;
    return member['static'] !== true && (member.type === 'PropertyDefinition' || member.type === 'ClassProperty');
  });
}
