import { isFunction } from '../estree/scopes.ts';
import { childrenOf, isNode, staticKey, unwrap, type Node } from '../estree/node.ts';
import { construct } from './constructors.ts';
import { Closure, Names, Native, nothing, propertyOf, type Data } from './data.ts';
import { evaluate, writeMember } from './expressions.ts';
import { callNative } from './methods.ts';
import { runStatement } from './statements.ts';

/** Expressions and statements that are stepped through in one file. */
const maxSteps = 150_000;
const maxDepth = 60;
/** How deep statements may stand in each other, called functions included. */
const maxNesting = 500;
const maxText = 4096;

/** The bound is reached: what was seen until then counts. */
class Stopped extends Error {}

/** How a statement leaves what is around it. */
export type Jump = { readonly kind: 'break' | 'continue'; readonly label: string | undefined } | { readonly kind: 'return'; readonly value: Data } | undefined;

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

/** What a program has come to, and what bounds it. How statements and expressions run is written beside this file. */
class Machine {
  /** Is told what an expression came to. */
  readonly made: (text: Made) => void;
  readonly #functions: Closure[] = [];
  readonly #called = new Set<Node>();
  readonly #written = new Map<Node, ReadonlySet<string>>();
  #steps = 0;
  #depth = 0;
  #nesting = 0;

  constructor(made: (text: Made) => void) {
    this.made = made;
  }

  /** The program, then each function that it did not call, with arguments that are not known. */
  program(program: Node): void {
    this.block(program['body'] ?? [], new Names());
    // Each may make more of them.
    for (let index = 0; index < this.#functions.length; index++) {
      const next = this.#functions[index] as Closure;
      if (!this.#called.has(next.node)) this.apply(next, []);
    }
  }

  step(): void {
    if (++this.#steps > maxSteps) throw new Stopped();
  }

  block(body: readonly Node[], names: Names): Jump {
    for (const statement of body) {
      const declared: Node = isNode(statement['declaration']) ? statement['declaration'] : statement;
      if (declared.type !== 'FunctionDeclaration' || !isFunction(declared)) continue;
      const closure = this.closure(declared, names);
      if (declared['id']) names.declare(declared['id'].name, closure);
    }
    for (const statement of body) {
      const jump = this.statement(statement, names);
      if (jump) return jump;
    }
    return undefined;
  }

  statement(node: Node, names: Names): Jump {
    this.step();
    if (this.#nesting > maxNesting) return undefined;
    this.#nesting += 1;
    const jump = runStatement(this, node, names);
    this.#nesting -= 1;
    return jump;
  }

  value(outer: Node, names: Names): Data {
    this.step();
    if (this.#depth > maxDepth * 8) return nothing;
    this.#depth += 1;
    const node = unwrap(outer);
    const value = evaluate(this, node, names);
    this.#depth -= 1;
    // Long lists and texts cost as much as many steps.
    if (Array.isArray(value)) this.#steps += value.length >> 3;
    if (typeof value !== 'string') return value;
    this.#steps += value.length >> 5;
    if (value.length > maxText) return nothing;
    if (node.type !== 'Literal' && node.type !== 'Identifier') this.made({ node: outer, text: value });
    return value;
  }

  /** Gives the names of a pattern what they take of the value: new ones of this block, or those that are there. */
  bind(pattern: Node, value: Data, names: Names, declares: boolean): void {
    switch (pattern.type) {
      case 'Identifier':
        if (declares) names.declare(pattern['name'], value);
        else names.set(pattern['name'], value);
        return;
      case 'AssignmentPattern':
        return this.bind(pattern['left'], value === undefined ? this.value(pattern['right'], names) : value, names, declares);
      case 'ArrayPattern':
        (pattern['elements'] as (Node | null)[]).forEach((element, index) => {
          if (!element) return;
          const isRest = element.type === 'RestElement';
          const held: Data = Array.isArray(value) ? (isRest ? value.slice(index) : value[index]) : nothing;
          this.bind(isRest ? element['argument'] : element, held, names, declares);
        });
        return;
      case 'ObjectPattern':
        for (const property of pattern['properties'] as Node[]) {
          const key = isNode(property['key']) ? staticKey(property['key'], property['computed'] === true) : undefined;
          this.bind(property['value'] ?? property['argument'], key === undefined ? nothing : propertyOf(value, key), names, declares);
        }
        return;
      case 'MemberExpression':
        writeMember(this, pattern, value, names);
    }
  }

  /** Everything that code below the node writes is not known any more. */
  forget(node: Node, names: Names): void {
    let written = this.#written.get(node);
    if (!written) this.#written.set(node, (written = writtenIn(node)));
    this.#steps += written.size;
    for (const name of written) names.set(name, nothing);
  }

  closure(node: Node, names: Names): Closure {
    const closure = new Closure(node, names);
    this.#functions.push(closure);
    return closure;
  }

  /** Calls what is given as the program would; what is no function gives nothing. */
  apply(callee: Data, args: readonly Data[], isNew = false): Data {
    this.step();
    if (callee instanceof Native) return isNew ? construct(callee.path, args) : callNative(callee.path, args, (each, given) => this.apply(each, given), callee);
    if (!(callee instanceof Closure) || this.#depth > maxDepth) return nothing;
    this.#called.add(callee.node);
    this.#depth += 1;
    const names = new Names(callee.names);
    this.#bindParameters(callee.node['params'], args, names);
    const body: Node = callee.node['body'];
    const jump: Jump = body.type === 'BlockStatement' ? this.block(body['body'], names) : { kind: 'return', value: this.value(body, names) };
    this.#depth -= 1;
    if (callee.node['generator'] === true) return nothing;
    return jump?.kind === 'return' ? jump.value : undefined;
  }

  /** Without any arguments nobody calls the function that is known: what its parameters take is not known either. */
  #bindParameters(parameters: readonly Node[], args: readonly Data[], names: Names): void {
    parameters.forEach((parameter, index) => {
      const isRest = parameter.type === 'RestElement';
      const isKnown = args.length > 0 || parameter.type === 'AssignmentPattern';
      const given: Data = isRest ? args.slice(index) : index < args.length ? args[index] : isKnown ? undefined : nothing;
      this.bind(isRest ? parameter['argument'] : parameter, given, names, true);
    });
  }
}

export type { Machine };

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
