import { isFunction } from '../estree/scopes.ts';
import { childrenOf, isNode, staticKey, unwrap, type Node } from '../estree/node.ts';
import { Closure, constantOf, nameOf, Names, Native, nothing, ObjectData, type Data } from './data.ts';
import { foldGlobal, type Constant } from './fold.ts';
import { asText, callMethod, callNative, isTrue, maxItems } from './methods.ts';

/** Expressions and statements that are stepped through in one file. */
const maxSteps = 150_000;
const maxDepth = 60;
const maxText = 4096;

/** The bound is reached: what was seen until then counts. */
class Stopped extends Error {}

type Jump = { readonly kind: 'break' | 'continue'; readonly label: string | undefined } | { readonly kind: 'return'; readonly value: Data } | undefined;

/** What an expression that puts texts together came to. */
export interface Made {
  readonly node: Node;
  readonly text: string;
  /** It went on with something that is not known: `text` is what stood there until then. */
  readonly open?: true;
}

/**
 * Steps through a program as far as it is known: constants, loops, branches, and lists that are changed in place. It reads and
 * writes nothing, knows of no other module, and takes every branch of a condition that is not known. `made` is told every text
 * that an expression puts together. Returns whether it came to the end.
 */
export function stepThrough(program: Node, made: (text: Made) => void): boolean {
  const machine = new Machine(made);
  try {
    machine.program(program);
    return true;
  } catch (error) {
    if (error instanceof Stopped) return false;
    throw error;
  }
}

class Machine {
  readonly #made: (text: Made) => void;
  readonly #called = new Set<Node>();
  readonly #written = new Map<Node, ReadonlySet<string>>();
  #steps = 0;
  #depth = 0;

  constructor(made: (text: Made) => void) {
    this.#made = made;
  }

  /** The program, then each function that it did not call, with arguments that are not known. */
  program(program: Node): void {
    const names = new Names();
    const functions: Closure[] = [];
    this.#functions = functions;
    this.#block(program['body'] ?? [], names);
    for (let next = functions.shift(); next; next = functions.shift()) if (!this.#called.has(next.node)) this.#apply(next, []);
  }

  #functions: Closure[] = [];

  #step(): void {
    if (++this.#steps > maxSteps) throw new Stopped();
  }

  // Statements

  #block(body: readonly Node[], names: Names): Jump {
    for (const statement of body) {
      const declared: Node = isNode(statement['declaration']) ? statement['declaration'] : statement;
      if (declared.type !== 'FunctionDeclaration' || !isFunction(declared)) continue;
      const closure = this.#closure(declared, names);
      if (declared['id']) names.declare(declared['id'].name, closure);
    }
    for (const statement of body) {
      const jump = this.#statement(statement, names);
      if (jump) return jump;
    }
    return undefined;
  }

  #statement(node: Node, names: Names): Jump {
    this.#step();
    switch (node.type) {
      case 'VariableDeclaration':
        for (const { id, init } of node['declarations']) this.#bind(id, init ? this.#value(init, names) : undefined, names, true);
        return undefined;
      case 'ExpressionStatement':
        this.#value(node['expression'], names);
        return undefined;
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        return isNode(node['declaration']) ? this.#statement(node['declaration'], names) : undefined;
      case 'ImportDeclaration':
        this.#imported(node, names);
        return undefined;
      case 'BlockStatement':
        return this.#block(node['body'], new Names(names));
      case 'IfStatement':
        return this.#if(node, names);
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.#loop(node, names, undefined);
      case 'ForOfStatement':
      case 'ForInStatement':
        return this.#each(node, names, undefined);
      case 'LabeledStatement': {
        const [body, label] = [node['body'] as Node, node['label'].name as string];
        const jump = /^For(?:Of|In)/.test(body.type) ? this.#each(body, names, label) : /^(?:For|While|DoWhile)/.test(body.type) ? this.#loop(body, names, label) : this.#statement(body, names);
        return jump?.kind === 'break' && jump.label === label ? undefined : jump;
      }
      case 'SwitchStatement':
        return this.#switch(node, names);
      case 'TryStatement':
        return this.#statement(node['block'], names) ?? (node['finalizer'] ? this.#statement(node['finalizer'], names) : undefined);
      case 'ReturnStatement':
        return { kind: 'return', value: node['argument'] ? this.#value(node['argument'], names) : undefined };
      case 'BreakStatement':
      case 'ContinueStatement':
        return { kind: node.type === 'BreakStatement' ? 'break' : 'continue', label: node['label']?.name };
      case 'ThrowStatement':
        return { kind: 'return', value: nothing };
      case 'ClassDeclaration':
        this.#class(node, names);
        return undefined;
      case 'TSEnumDeclaration':
        this.#enum(node, names);
        return undefined;
      case 'FunctionDeclaration':
        return undefined;
      default:
        if (node.type.endsWith('Expression')) this.#value(node, names);
        return undefined;
    }
  }

  #if(node: Node, names: Names): Jump {
    const test = isTrue(this.#value(node['test'], names));
    if (test === true) return this.#statement(node['consequent'], names);
    if (test === false) return node['alternate'] ? this.#statement(node['alternate'], names) : undefined;
    // Either may run: each is looked at, and what they write is not known any more.
    for (const branch of [node['consequent'], node['alternate']]) if (isNode(branch)) this.#statement(branch, names);
    this.#forget(node, names);
    return undefined;
  }

  #loop(node: Node, outer: Names, label: string | undefined): Jump {
    const names = new Names(outer);
    if (isNode(node['init'])) this.#statement(node['init'], names);
    for (let round = 0; ; round++) {
      this.#step();
      const isChecked = node.type !== 'DoWhileStatement' || round > 0;
      const test = isChecked && node['test'] ? isTrue(this.#value(node['test'], names)) : true;
      if (test === undefined) this.#forget(node, outer);
      if (test !== true) return undefined;
      const jump = this.#statement(node['body'], names);
      if (jump && !isOwn(jump, label)) return jump;
      if (jump?.kind === 'break') return undefined;
      if (isNode(node['update'])) this.#value(node['update'], names);
    }
  }

  #each(node: Node, outer: Names, label: string | undefined): Jump {
    const items = itemsOf(this.#value(node['right'], outer), node.type === 'ForInStatement');
    if (!items) {
      this.#forget(node, outer);
      return undefined;
    }
    const pattern: Node = node['left'].type === 'VariableDeclaration' ? node['left'].declarations[0].id : node['left'];
    for (const item of [...items]) {
      this.#step();
      const names = new Names(outer);
      this.#bind(pattern, item, names, node['left'].type === 'VariableDeclaration');
      const jump = this.#statement(node['body'], names);
      if (jump && !isOwn(jump, label)) return jump;
      if (jump?.kind === 'break') return undefined;
    }
    return undefined;
  }

  #switch(node: Node, outer: Names): Jump {
    const names = new Names(outer);
    const asked = this.#value(node['discriminant'], names);
    const cases = node['cases'] as Node[];
    const tests = cases.map((each) => (isNode(each['test']) ? this.#value(each['test'], names) : undefined));
    if (asked === nothing || tests.includes(nothing)) {
      for (const each of cases) this.#block(each['consequent'], names);
      this.#forget(node, outer);
      return undefined;
    }
    const met = cases.findIndex((each, index) => isNode(each['test']) && tests[index] === asked);
    const from = met >= 0 ? met : cases.findIndex((each) => !isNode(each['test']));
    if (from < 0) return undefined;
    const jump = this.#block(cases.slice(from).flatMap((each) => each['consequent'] as Node[]), names);
    return jump?.kind === 'break' && jump.label === undefined ? undefined : jump;
  }

  #class(node: Node, names: Names): Data {
    const record = new ObjectData();
    if (node['id']) names.declare(node['id'].name, record);
    for (const member of (node['body']?.body ?? []) as Node[]) {
      if (isNode(member['value']) && isFunction(member['value'])) this.#closure(member['value'], names);
      else if (member['static'] === true && isNode(member['value']) && isNode(member['key'])) {
        const key = staticKey(member['key'], member['computed'] === true);
        const value = this.#value(member['value'], names);
        if (key !== undefined) record.entries.set(key, value);
      }
    }
    return record;
  }

  #enum(node: Node, outer: Names): void {
    const record = new ObjectData();
    const names = new Names(outer);
    for (const member of (node['body']?.members ?? node['members'] ?? []) as Node[]) {
      const key = staticKey(member['id'], false);
      if (key === undefined) continue;
      const value = isNode(member['initializer']) ? this.#value(member['initializer'], names) : nothing;
      record.entries.set(key, value);
      names.declare(key, value);
    }
    outer.declare(node['id'].name, record);
  }

  #imported(node: Node, names: Names): void {
    const source = String(node['source']?.value);
    const single = /^lodash(?:-es)?[./](\w+)$/.exec(source)?.[1];
    for (const specifier of node['specifiers'] as Node[]) {
      const name: unknown = specifier['imported']?.name;
      const isLibrary = /^(?:lodash|lodash-es|underscore|remeda|es-toolkit(?:\/compat)?)$/.test(source);
      const path = single ? `lodash.${single}` : isLibrary ? (typeof name === 'string' ? `lodash.${name}` : 'lodash') : /^(?:node:)?(?:buffer|path)$/.test(source) ? `${source.endsWith('path') ? 'path' : ''}.${typeof name === 'string' ? name : ''}`.replace(/^\.|\.$/g, '') : undefined;
      names.declare(specifier['local'].name, path === undefined ? nothing : new Native(path));
    }
  }

  /** Everything that code below the node writes is not known any more. */
  #forget(node: Node, names: Names): void {
    let written = this.#written.get(node);
    if (!written) this.#written.set(node, (written = writtenIn(node)));
    this.#steps += written.size;
    for (const name of written) names.set(name, nothing);
  }

  #bind(pattern: Node, value: Data, names: Names, declares: boolean): void {
    switch (pattern.type) {
      case 'Identifier':
        if (declares) names.declare(pattern['name'], value);
        else names.set(pattern['name'], value);
        return;
      case 'AssignmentPattern':
        return this.#bind(pattern['left'], value === undefined ? this.#value(pattern['right'], names) : value, names, declares);
      case 'ArrayPattern':
        (pattern['elements'] as (Node | null)[]).forEach((element, index) => {
          if (!element) return;
          const isRest = element.type === 'RestElement';
          const held: Data = Array.isArray(value) ? (isRest ? value.slice(index) : value[index]) : nothing;
          this.#bind(isRest ? element['argument'] : element, held, names, declares);
        });
        return;
      case 'ObjectPattern':
        for (const property of pattern['properties'] as Node[]) {
          const key = isNode(property['key']) ? staticKey(property['key'], property['computed'] === true) : undefined;
          this.#bind(property['value'] ?? property['argument'], key === undefined ? nothing : propertyOf(value, key), names, declares);
        }
        return;
      case 'MemberExpression':
        this.#setMember(pattern, value, names);
    }
  }

  // Expressions

  #value(outer: Node, names: Names): Data {
    this.#step();
    if (this.#depth > maxDepth * 8) return nothing;
    this.#depth += 1;
    const node = unwrap(outer);
    const value = this.#evaluate(node, names);
    this.#depth -= 1;
    // Long lists and texts cost as much as many steps.
    if (Array.isArray(value)) this.#steps += value.length >> 3;
    if (typeof value !== 'string') return value;
    this.#steps += value.length >> 5;
    if (value.length > maxText) return nothing;
    if (node.type !== 'Literal' && node.type !== 'Identifier') this.#made({ node: outer, text: value });
    return value;
  }

  #evaluate(node: Node, names: Names): Data {
    switch (node.type) {
      case 'Literal':
      case 'StringLiteral': {
        const pattern = node['regex'] as { pattern: string; flags: string } | undefined;
        return pattern ? new Native(`/${pattern.pattern}/${pattern.flags}`) : typeof node['value'] === 'object' && node['value'] !== null ? nothing : (node['value'] as Data);
      }
      case 'TemplateLiteral':
        return this.#joined((node['quasis'] as Node[]).flatMap((quasi, index): Data[] => [quasi['value'].cooked ?? '', ...(node['expressions'][index] ? [this.#value(node['expressions'][index], names)] : [])]));
      case 'Identifier':
        return this.#identifier(node['name'], names);
      case 'MemberExpression':
        return this.#member(node, names);
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        return this.#call(node, names);
      case 'ArrayExpression':
        return this.#list(node['elements'], names);
      case 'ObjectExpression':
        return this.#object(node, names);
      case 'BinaryExpression':
        return this.#binary(node, names);
      case 'LogicalExpression':
        return this.#logical(node['operator'], this.#value(node['left'], names), () => this.#value(node['right'], names));
      case 'ConditionalExpression': {
        const test = isTrue(this.#value(node['test'], names));
        if (test !== undefined) return this.#value(test ? node['consequent'] : node['alternate'], names);
        this.#value(node['consequent'], names);
        this.#value(node['alternate'], names);
        return nothing;
      }
      case 'UnaryExpression':
        return unary(node['operator'], this.#value(node['argument'], names));
      case 'UpdateExpression': {
        const before = this.#value(node['argument'], names);
        const after = typeof before === 'number' ? before + (node['operator'] === '++' ? 1 : -1) : nothing;
        this.#bind(unwrap(node['argument']), after, names, false);
        return node['prefix'] === true ? after : before;
      }
      case 'AssignmentExpression':
        return this.#assign(node, names);
      case 'SequenceExpression':
        return (node['expressions'] as Node[]).map((each) => this.#value(each, names)).at(-1);
      case 'ClassExpression':
        return this.#class(node, names);
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return this.#closure(node, names);
      default:
        return nothing;
    }
  }

  #identifier(name: string, names: Names): Data {
    const known = names.get(name);
    if (known) return known.value;
    return name === 'undefined' ? undefined : new Native(name);
  }

  #closure(node: Node, names: Names): Closure {
    const closure = new Closure(node, names);
    this.#functions.push(closure);
    return closure;
  }

  #member(node: Node, names: Names): Data {
    const object = this.#value(node['object'], names);
    const key = staticKey(node['property'], node['computed'] === true) ?? this.#value(node['property'], names);
    return key === nothing ? nothing : propertyOf(object, key);
  }

  #setMember(node: Node, value: Data, names: Names): void {
    const object = this.#value(node['object'], names);
    const key = staticKey(node['property'], node['computed'] === true) ?? this.#value(node['property'], names);
    const name = nameOf(key);
    if (object instanceof ObjectData && name !== undefined) object.entries.set(name, value);
    if (!Array.isArray(object)) return;
    const index = key === 'length' && typeof value === 'number' ? value : Number(name);
    if (!Number.isInteger(index) || index < 0 || index > maxItems) return;
    if (key === 'length') object.length = Math.min(index, object.length);
    else object[index] = value;
  }

  #list(elements: readonly (Node | null)[], names: Names): Data[] {
    return elements.flatMap((element): Data[] => {
      if (!element) return [undefined];
      if (element.type !== 'SpreadElement') return [this.#value(element, names)];
      return itemsOf(this.#value(element['argument'], names), false)?.slice(0, maxItems) ?? [nothing];
    });
  }

  #object(node: Node, names: Names): Data {
    const record = new ObjectData();
    for (const property of node['properties'] as Node[]) {
      if (property.type === 'SpreadElement') {
        const spread = this.#value(property['argument'], names);
        if (spread instanceof ObjectData) for (const [key, value] of spread.entries) record.entries.set(key, value);
        continue;
      }
      if (!isNode(property['key'])) continue;
      const key = staticKey(property['key'], property['computed'] === true) ?? this.#value(property['key'], names);
      const value = this.#value(isNode(property['value']) ? property['value'] : property, names);
      const name = nameOf(key);
      if (name !== undefined) record.entries.set(name, property['kind'] === 'get' ? nothing : value);
    }
    return record;
  }

  #binary(node: Node, names: Names): Data {
    if (node['operator'] !== '+') return binary(node['operator'], this.#value(node['left'], names), this.#value(node['right'], names));
    // A long chain leans to the left: taken as a list, so that its length costs no depth.
    const operands: Node[] = [];
    let current = node;
    while (current.type === 'BinaryExpression' && current['operator'] === '+') {
      operands.push(current['right']);
      current = unwrap(current['left']);
    }
    operands.push(current);
    return operands.reverse().map((operand) => this.#value(operand, names)).reduce((left, right) => this.#added(node, left, right));
  }

  #logical(operator: string, left: Data, right: () => Data): Data {
    if (left === nothing) {
      right();
      return nothing;
    }
    const takesRight = operator === '&&' ? Boolean(left) : operator === '||' ? !left : left === undefined || left === null;
    return takesRight ? right() : left;
  }

  #assign(node: Node, names: Names): Data {
    const target = unwrap(node['left']);
    const operator: string = node['operator'];
    let value: Data;
    if (operator === '=') value = this.#value(node['right'], names);
    else if (/^(?:\|\||&&|\?\?)=$/.test(operator)) value = this.#logical(operator.slice(0, -1), this.#value(target, names), () => this.#value(node['right'], names));
    else {
      const [before, right]: [Data, Data] = [this.#value(target, names), this.#value(node['right'], names)];
      value = operator === '+=' ? this.#added(node, before, right) : binary(operator.slice(0, -1), before, right);
    }
    this.#bind(target, value, names, false);
    return value;
  }

  #added(node: Node, left: Data, right: Data): Data {
    const value = added(left, right);
    if (value === nothing && typeof left === 'string') this.#made({ node, text: left, open: true });
    return value;
  }

  #joined(parts: readonly Data[]): Data {
    return parts.reduce((left, right) => added(added('', left), right), '');
  }

  // Calls

  #call(node: Node, names: Names): Data {
    const callee = unwrap(node['callee']);
    if (callee.type !== 'MemberExpression') {
      const called = this.#value(node['callee'], names);
      return this.#apply(called, this.#list(node['arguments'] ?? [], names), node.type === 'NewExpression');
    }
    const object = this.#value(callee['object'], names);
    const args = this.#list(node['arguments'] ?? [], names);
    const name = staticKey(callee['property'], callee['computed'] === true);
    if (name === undefined || object === nothing) return nothing;
    const own = object instanceof ObjectData ? object.entries.get(name) : undefined;
    if (own instanceof Closure) return this.#apply(own, args);
    if (object instanceof Closure && (name === 'call' || name === 'apply')) return this.#apply(object, name === 'call' ? args.slice(1) : (itemsOf(args[1], false) ?? []));
    if (object instanceof Native && name === 'apply') return this.#apply(object, itemsOf(args[1], false) ?? [nothing]);
    return callMethod(object, name, args, (each, given) => this.#apply(each, given));
  }

  #apply(callee: Data, args: readonly Data[], isNew = false): Data {
    this.#step();
    if (callee instanceof Native) return isNew ? made(callee.path, args) : callNative(callee.path, args, (each, given) => this.#apply(each, given), callee);
    if (!(callee instanceof Closure) || this.#depth > maxDepth) return nothing;
    this.#called.add(callee.node);
    this.#depth += 1;
    const names = new Names(callee.names);
    const isKnown = args.length > 0;
    (callee.node['params'] as Node[]).forEach((parameter, index) => {
      const isRest = parameter.type === 'RestElement';
      const given: Data = isRest ? args.slice(index) : index < args.length ? args[index] : isKnown || parameter.type === 'AssignmentPattern' ? undefined : nothing;
      this.#bind(isRest ? parameter['argument'] : parameter, given, names, true);
    });
    const body: Node = callee.node['body'];
    const jump: Jump = body.type === 'BlockStatement' ? this.#block(body['body'], names) : { kind: 'return', value: this.#value(body, names) };
    this.#depth -= 1;
    const isPlain = callee.node['generator'] !== true;
    return isPlain && jump?.kind === 'return' ? jump.value : isPlain ? undefined : nothing;
  }
}

function made(path: string, args: readonly Data[]): Data {
  const [first] = args;
  switch (path) {
    case 'Map': {
      const record = new ObjectData();
      for (const pair of Array.isArray(first) ? first : []) if (Array.isArray(pair)) record.entries.set(nameOf(pair[0]) ?? '', pair[1]);
      return first === nothing ? nothing : record;
    }
    case 'Set':
      return first === undefined ? [] : (itemsOf(first, false)?.filter((item, index, all) => all.indexOf(item) === index) ?? nothing);
    case 'Array':
      return typeof first === 'number' && args.length === 1 ? (first >= 0 && first <= maxItems ? Array.from<Data>({ length: Math.floor(first) }) : nothing) : [...args];
    case 'String':
      return first;
    case 'TextDecoder':
      return new Native('TextDecoder');
    case 'Uint8Array':
      return new Native('bytes', [...args]);
    case 'URLSearchParams':
      return new Native('URLSearchParams', [...args]);
    default:
      return nothing;
  }
}

function isOwn(jump: NonNullable<Jump>, label: string | undefined): boolean {
  return jump.kind !== 'return' && (jump.label === undefined || jump.label === label);
}

/** What a loop or a spread goes over. */
function itemsOf(value: Data, keys: boolean): Data[] | undefined {
  if (typeof value === 'string') return keys ? undefined : [...value];
  if (Array.isArray(value)) return keys ? value.map((_, index) => String(index)) : value;
  if (value instanceof ObjectData) return keys ? [...value.entries.keys()] : [...value.entries].map((entry): Data => [...entry]);
  return undefined;
}

function propertyOf(object: Data, key: Data): Data {
  const name = nameOf(key) ?? '';
  if (object instanceof ObjectData) return object.entries.has(name) ? object.entries.get(name) : name === 'size' ? object.entries.size : undefined;
  if (object instanceof Native) return new Native(['globalThis', 'window', 'self', 'global'].includes(object.path) ? name : `${object.path}.${name}`);
  if (typeof object !== 'string' && !Array.isArray(object)) return nothing;
  if (name === 'length') return object.length;
  return /^\d+$/.test(name) ? object[Number(name)] : nothing;
}

function added(left: Data, right: Data): Data {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const [a, b] = [constantOf(asText(left)), constantOf(asText(right))];
  if (a === nothing || b === nothing) return nothing;
  return typeof a === 'object' || typeof b === 'object' || typeof a === 'string' || typeof b === 'string' ? String(a) + String(b) : nothing;
}

function unary(operator: string, value: Data): Data {
  if (value === nothing) return nothing;
  switch (operator) {
    case '!': return !value;
    case '-': return typeof value === 'number' ? -value : nothing;
    case '+': return typeof value === 'number' || typeof value === 'string' ? Number(value) : nothing;
    case '~': return typeof value === 'number' ? ~value : nothing;
    case 'void': return undefined;
    case 'typeof': return value instanceof Native || value instanceof Closure ? nothing : typeof value;
    default: return nothing;
  }
}

function binary(operator: string, left: Data, right: Data): Data {
  if (left === nothing || right === nothing) return nothing;
  switch (operator) {
    case '===': return left === right;
    case '!==': return left !== right;
    case '==': return left === right || ((left ?? undefined) === undefined && (right ?? undefined) === undefined);
    case '!=': return !binary('==', left, right);
    case 'in': return right instanceof ObjectData ? right.entries.has(nameOf(left) ?? '') : Array.isArray(right) ? right.includes(left) : nothing;
  }
  const areComparable = (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string');
  if (areComparable) {
    switch (operator) {
      case '<': return left < right;
      case '<=': return left <= right;
      case '>': return left > right;
      case '>=': return left >= right;
    }
  }
  const [a, b] = [constantOf(left), constantOf(right)];
  return a === nothing || b === nothing ? nothing : (foldGlobal(`operator:${operator}`, [a, b] as Constant[]) as Data | undefined) ?? nothing;
}

/** Names that assignments below a node write. */
function writtenIn(root: Node): Set<string> {
  const found = new Set<string>();
  const queue: Node[] = [root];
  for (let node = queue.pop(); node; node = queue.pop()) {
    const target: unknown = node.type === 'AssignmentExpression' ? node['left'] : node.type === 'UpdateExpression' ? node['argument'] : undefined;
    if (isNode(target) && target.type === 'Identifier') found.add(target['name']);
    for (const child of childrenOf(node)) queue.push(child);
  }
  return found;
}
