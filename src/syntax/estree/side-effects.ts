import type { Effect } from '../module-summary.ts';
import { isNode, unwrap, type Node } from './node.ts';
import { isFunction, lookUp, type Scope } from './scopes.ts';

const declarations = new Set([
  'FunctionDeclaration', 'ImportDeclaration', 'ExportAllDeclaration', 'TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'TSDeclareFunction',
  'TSImportEqualsDeclaration', 'TSEnumDeclaration', 'EmptyStatement',
]);
const pureExpressions = new Set(['Literal', 'Identifier', 'FunctionExpression', 'ArrowFunctionExpression', 'ThisExpression', 'MetaProperty', 'StringLiteral', 'Super', 'JSXElement', 'JSXFragment']);
const collections = new Set(['Map', 'Set', 'WeakMap', 'WeakSet']);
const textMethods = new Set(['at', 'charAt', 'concat', 'join', 'padEnd', 'padStart', 'repeat', 'replace', 'replaceAll', 'slice', 'split', 'substring', 'toLowerCase', 'toUpperCase', 'trim', 'trimEnd', 'trimStart']);
const builtinCalls = /^(?:String\.fromCharCode|String|Symbol|Number|Boolean|BigInt|Object\.(?:keys|values|entries)|Array\.(?:isArray|of))$/;
const environmentPath = /^(?:process|import\.meta|Bun)\.env\b/;
const maxDepth = 200;

/** What a module's code may do when it is evaluated, as far as its own text tells. */
export class SideEffects {
  readonly #text: string;
  readonly #module: Scope;

  constructor(text: string, module: Scope) {
    this.#text = text;
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
        return ['member-read', ...below(node['argument'])];
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
    if (isFunction(callee)) return isClean(callee) ? ['iife'] : ['effect'];
    const path = this.#source(callee);
    if (path === 'Object.freeze' || path === 'Object.seal') return ['freeze'];
    if (builtinCalls.test(path)) return ['builtin-call'];
    if (isTextCall(callee)) return ['text-call'];
    const target = callee.type === 'Identifier' ? lookUp(this.#module, callee['name']) : undefined;
    const fn = target?.kind === 'function' ? target.node : target?.init;
    if (!fn || !isFunction(fn)) return ['effect'];
    if (this.#isAnnotated(fn, 'NO_SIDE_EFFECTS')) return ['iife'];
    return isClean(fn) ? ['clean-call'] : ['effect'];
  }

  #new(node: Node): Effect[] {
    if (this.#isAnnotated(node, 'PURE')) return [];
    const name: unknown = node['callee'].name;
    if (typeof name !== 'string') return ['new'];
    const variable = lookUp(this.#module, name);
    if (!variable) return collections.has(name) ? ['new-collection'] : name === 'RegExp' ? ['text-call'] : ['effect'];
    if (variable.kind !== 'class') return ['new'];
    return hasCleanConstructor(variable.node) ? ['new', ...(hasFields(variable.node) ? ['new-fields' as const] : [])] : ['effect'];
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
    const before = this.#text.slice(Math.max(0, node.range[0] - 60), node.range[0]);
    return new RegExp(`/\\*\\s*[@#]__${annotation}__\\s*\\*/\\s*(?:export\\s+)?(?:default\\s+)?(?:const\\s+\\w+\\s*=\\s*)?(?:async\\s+)?\\(?\\s*$`).test(before);
  }

  #source(node: Node): string {
    return this.#text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 60));
  }
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

/** A class whose constructor, if any, only fills fields. */
function hasCleanConstructor(cls: Node): boolean {
  const constructor = (cls['body'].body as Node[]).find((member) => member['kind'] === 'constructor');
  const statements: Node[] = constructor?.['value']?.body?.body ?? [];
  return statements.every((statement) => {
    const expression: Node | undefined = statement.type === 'ExpressionStatement' ? statement['expression'] : undefined;
    if (expression?.type === 'CallExpression') return expression['callee'].type === 'Super';
    return expression?.type === 'AssignmentExpression' && expression['left'].object?.type === 'ThisExpression' && isCleanExpression(expression['right']);
  });
}

/** A function that only returns something, without calling or writing anything. */
function isClean(fn: Node): boolean {
  const body: Node = fn['body'];
  const returned: Node[] = body.type === 'BlockStatement' ? body['body'] : [body];
  return returned.every((statement) => {
    if (statement.type !== 'ReturnStatement') return statement === body && isCleanExpression(statement);
    return !isNode(statement['argument']) || isCleanExpression(statement['argument']);
  });
}

export function isCleanExpression(outer: Node): boolean {
  const node = unwrap(outer);
  if (pureExpressions.has(node.type)) return true;
  if (node.type === 'TemplateLiteral') return node['expressions'].every(isCleanExpression);
  if (node.type === 'BinaryExpression') return isCleanExpression(node['left']) && isCleanExpression(node['right']);
  if (node.type === 'ObjectExpression') return node['properties'].every((property: Node) => property.type !== 'SpreadElement' && isNode(property['value']) && isCleanExpression(property['value']));
  return node.type === 'ArrayExpression' && node['elements'].every((element: Node | null) => element !== null && isCleanExpression(element));
}
