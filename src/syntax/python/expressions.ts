import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import { argumentsOf } from './arguments.ts';
import { array, assignment, call, element, globalName, identifier, literal, makeNode, member, methodCall, object, opaque, property, spread, template } from '../estree/build.ts';
import { translateCall } from './calls.ts';
import { fillTemplate, literalsOf } from './formatting.ts';
import type { Names } from './names.ts';
import { readParameters } from './parameters.ts';
import { cookPython, percentPieces, stringToken } from './strings.ts';
import { commaGroups, partsOf, spanOf, stringsIn, type SyntaxNode } from './tree.ts';

/** Expressions inside expressions that are followed. */
const maxDepth = 150;

/** Translates Python expressions into ESTree, so that one reader serves both languages. Ranges stay those of the source. */
export class Expressions {
  readonly source: string;
  readonly names: Names;
  #depth = 0;
  /** Whether something was nested too deeply to be followed. */
  exhausted = false;

  constructor(source: string, names: Names) {
    this.source = source;
    this.names = names;
  }

  read(node: SyntaxNode): Node {
    if (this.#depth > maxDepth) {
      this.exhausted = true;
      return opaque(spanOf(node), stringsIn(node).map((string) => this.#string(string)));
    }
    this.#depth += 1;
    const translated = this.#translate(node);
    this.#depth -= 1;
    return translated;
  }

  /** `a, b` is a tuple, `a` is `a`. */
  readList(parts: readonly SyntaxNode[], range: Span): Node {
    const [only] = parts;
    if (parts.length === 1 && only) return this.read(only);
    return array(range, commaGroups(parts).map((group) => this.readElement(group)));
  }

  /** An element of a list, or an argument: `x` or `*x`. */
  readElement(group: readonly SyntaxNode[]): Node {
    const [first, second] = group;
    if (!first) return opaque([0, 0]);
    return first.name === '*' && second ? spread([first.from, second.to], this.read(second)) : this.read(first);
  }

  /** The dotted path of what imports give (`os.environ`), whatever they are called here. */
  pathOf(node: SyntaxNode): string | undefined {
    if (node.name === 'VariableName') return this.names.pathOf(this.text(node));
    if (node.name !== 'MemberExpression') return undefined;
    const [object, dot, property] = partsOf(node);
    if (!object || dot?.name !== '.' || !property) return undefined;
    const path = this.pathOf(object);
    return path === undefined ? undefined : `${path}.${this.text(property)}`;
  }

  text(node: SyntaxNode): string {
    return this.source.slice(node.from, node.to);
  }

  #translate(node: SyntaxNode): Node {
    const at = spanOf(node);
    switch (node.name) {
      case 'VariableName':
        return this.#name(node);
      case 'String':
        return this.#string(node);
      case 'FormatString':
        return this.#formatString(node);
      case 'ContinuedString':
        return this.#continued(node);
      case 'Number':
        return literal(at, Number(this.text(node).replaceAll('_', '')));
      case 'Boolean':
        return literal(at, this.text(node) === 'True');
      case 'None':
        return literal(at, null);
      case 'ParenthesizedExpression':
        return this.#inner(node);
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'SetExpression':
        return array(at, commaGroups(partsOf(node)).map((group) => this.readElement(group)));
      case 'DictionaryExpression':
        return object(at, commaGroups(partsOf(node)).flatMap((group) => this.#entry(group)));
      case 'ArrayComprehensionExpression':
      case 'ComprehensionExpression':
      case 'SetComprehensionExpression':
      case 'DictionaryComprehensionExpression':
        return this.comprehension(partsOf(node).slice(1, -1), at);
      case 'CallExpression':
        return this.#call(node);
      case 'MemberExpression':
        return this.#member(node);
      case 'BinaryExpression':
        return this.#binary(node);
      case 'UnaryExpression':
        return this.#unary(node);
      case 'ConditionalExpression':
        return this.#conditional(node);
      case 'LambdaExpression':
        return this.#lambda(node);
      case 'NamedExpression':
        return this.#named(node);
      case 'AwaitExpression':
        return makeNode('AwaitExpression', at, { argument: this.#inner(node) });
      default:
        return opaque(at, partsOf(node).filter(isExpression).map((part) => this.read(part)));
    }
  }

  #inner(node: SyntaxNode): Node {
    const inner = partsOf(node).find(isExpression);
    return inner ? this.read(inner) : opaque(spanOf(node));
  }

  #name(node: SyntaxNode): Node {
    const at = spanOf(node);
    const name = this.text(node);
    if (this.names.pathOf(name) === 'os.environ') return globalName(at, 'os.environ');
    const meaning = this.names.meaning(name);
    switch (meaning.kind) {
      case 'self':
        return makeNode('ThisExpression', at);
      case 'class':
        return identifier(at, meaning.name);
      case 'attribute':
        return member(at, identifier(at, meaning.name), name);
      default:
        return identifier(at, name);
    }
  }

  #string(node: SyntaxNode): Node {
    const { prefix, inner } = stringToken(this.source, spanOf(node));
    return literal(spanOf(node), cookPython(this.source.slice(inner[0], inner[1]), prefix));
  }

  #formatString(node: SyntaxNode): Node {
    const pieces = this.#formatPieces(node);
    const isPlain = pieces.every((piece) => !('type' in piece));
    return isPlain ? literal(spanOf(node), pieces.map((piece) => ('text' in piece ? piece.text : '')).join('')) : template(spanOf(node), pieces as Parameters<typeof template>[1]);
  }

  #formatPieces(node: SyntaxNode): (Node | { text: string; at: Span })[] {
    const { prefix, inner } = stringToken(this.source, spanOf(node));
    const pieces: (Node | { text: string; at: Span })[] = [];
    let from = inner[0];
    const addText = (to: number): void => {
      if (to > from) pieces.push({ text: cookPython(this.source.slice(from, to), prefix).replace(/\{\{|\}\}/g, (brace) => brace.charAt(0)), at: [from, to] });
    };
    for (const part of partsOf(node)) {
      if (part.name !== 'FormatReplacement') continue;
      addText(part.from);
      const value = partsOf(part).find(isExpression);
      pieces.push(value ? this.read(value) : opaque(spanOf(part)));
      from = part.to;
    }
    addText(inner[1]);
    return pieces;
  }

  /** `"a" "b"`: literals side by side are one. */
  #continued(node: SyntaxNode): Node {
    const [first, ...others] = partsOf(node).map((part) => (part.name === 'FormatString' ? this.#formatString(part) : this.#string(part)));
    if (!first) return opaque(spanOf(node));
    return others.reduce((left, right) => makeNode('BinaryExpression', [node.from, right.range[1]], { operator: '+', left, right, continued: true }), first);
  }

  #entry(group: readonly SyntaxNode[]): Node[] {
    const [first, second, third] = group;
    if (first?.name === '**' && second) return [spread([first.from, second.to], this.read(second))];
    if (!first || second?.name !== ':' || !third) return first ? [spread(spanOf(first), opaque(spanOf(first), [this.read(first)]))] : [];
    return [property([first.from, third.to], this.read(first), this.read(third), true)];
  }

  /** `x for t in xs if c`, without its brackets: `Array.from(xs).map((t) => x)`. A dictionary's `k: v` becomes pairs. */
  comprehension(parts: readonly SyntaxNode[], range: Span): Node {
    const start = parts.findIndex((part) => part.name === 'for' || part.name === 'async');
    return this.#clauses(parts.slice(0, start), parts.slice(start), range);
  }

  #clauses(result: readonly SyntaxNode[], clauses: readonly SyntaxNode[], range: Span): Node {
    const begin = clauses[0]?.name === 'async' ? 2 : 1;
    const middle = clauses.findIndex((part) => part.name === 'in');
    const source = clauses[middle + 1];
    if (middle < 0 || !source) return opaque(range, result.filter(isExpression).map((part) => this.read(part)));
    const list = this.read(source);
    const next = clauses.findIndex((part, index) => index > middle + 1 && (part.name === 'for' || part.name === 'async'));
    const rest = next < 0 ? [] : clauses.slice(next);
    const conditions = clauses.slice(middle + 2, next < 0 ? undefined : next).filter(isExpression);
    const targets = clauses.slice(begin, middle);
    const names = targets.flatMap((target) => this.targetNames(target));
    const callback = this.names.within('comprehension', names, () => makeNode('ArrowFunctionExpression', range, {
      params: [this.pattern(targets, spanOf(targets[0] ?? source))],
      conditions: conditions.map((condition) => this.read(condition)),
      body: rest.length > 0 ? this.#clauses(result, rest, range) : this.#result(result, range),
    }));
    const mapped = methodCall(range, call(list.range, globalName(list.range, 'Array.from'), [list]), 'map', [callback]);
    const isDictionary = result[1]?.name === ':' && rest.length === 0;
    return isDictionary ? call(range, globalName(range, 'Object.fromEntries'), [mapped]) : mapped;
  }

  #result(parts: readonly SyntaxNode[], range: Span): Node {
    const [first, second, third] = parts;
    if (!first) return opaque(range);
    if (second?.name === ':' && third) return array([first.from, third.to], [this.read(first), this.read(third)]);
    return this.read(isExpression(first) ? first : (second ?? first));
  }

  /** The names that an assignment to these targets binds. */
  targetNames(target: SyntaxNode): string[] {
    if (target.name === 'VariableName') return [this.text(target)];
    if (target.name === 'MemberExpression' || target.name === 'CallExpression') return [];
    return partsOf(target).flatMap((part) => this.targetNames(part));
  }

  /** Targets as a pattern; what is no name (`self.x`) is taken as an expression. */
  pattern(targets: readonly SyntaxNode[], range: Span): Node {
    const groups = commaGroups(targets);
    const [only] = groups;
    const isSingle = groups.length === 1 && !targets.some((part) => part.name === ',');
    if (isSingle && only) return this.#patternElement(only);
    return makeNode('ArrayPattern', range, { elements: groups.map((group) => this.#patternElement(group)) });
  }

  #patternElement(group: readonly SyntaxNode[]): Node {
    const [first, second] = group;
    if (!first) return opaque([0, 0]);
    if (first.name === '*' && second) return makeNode('RestElement', [first.from, second.to], { argument: this.pattern([second], spanOf(second)) });
    if (first.name === 'VariableName') return identifier(spanOf(first), this.text(first));
    if (first.name === 'ParenthesizedExpression') return this.pattern(partsOf(first).slice(1, -1), spanOf(first));
    if (first.name === 'TupleExpression' || first.name === 'ArrayExpression') {
      return makeNode('ArrayPattern', spanOf(first), { elements: commaGroups(partsOf(first)).map((inner) => this.#patternElement(inner)) });
    }
    return this.read(first);
  }

  #call(node: SyntaxNode): Node {
    const [callee, list] = partsOf(node);
    return callee ? translateCall(this, node, callee, argumentsOf(list)) : opaque(spanOf(node));
  }

  #member(node: SyntaxNode): Node {
    const at = spanOf(node);
    const [object, dot, property] = partsOf(node);
    if (!object) return opaque(at);
    const path = this.pathOf(node);
    if (path === 'os.environ') return globalName(at, path);
    if (path !== undefined && this.names.dotted.has(path)) return identifier(at, path);
    if (dot?.name === '.') return property ? member(at, this.read(object), this.text(property)) : opaque(at, [this.read(object)]);
    return this.#subscript(object, partsOf(node).slice(2, -1), at);
  }

  #subscript(object: SyntaxNode, parts: readonly SyntaxNode[], at: Span): Node {
    const held = this.read(object);
    if (parts.some((part) => part.name === ':')) return this.#slice(held, parts, at);
    const [index] = parts;
    if (!index || parts.length > 1) return opaque(at, [held, ...parts.filter(isExpression).map((part) => this.read(part))]);
    const key = this.read(index);
    const isFromEnd = key.type === 'UnaryExpression' && key['operator'] === '-';
    return isFromEnd ? methodCall(at, held, 'at', [key]) : element(at, held, key);
  }

  /** `x[a:b:c]` is `x.slice(a, b, c)`; JavaScript's own takes no step. */
  #slice(held: Node, parts: readonly SyntaxNode[], at: Span): Node {
    const bounds: (SyntaxNode | undefined)[] = [];
    let current: SyntaxNode | undefined;
    for (const part of parts) {
      if (part.name === ':') {
        bounds.push(current);
        current = undefined;
      } else current = part;
    }
    bounds.push(current);
    return methodCall(at, held, 'slice', bounds.map((bound) => (bound ? this.read(bound) : literal([at[1], at[1]], null))));
  }

  /** A long chain leans to the left: taken as a list, so that its length costs no depth. */
  #binary(node: SyntaxNode): Node {
    const chain: SyntaxNode[][] = [];
    let current = node;
    while (current.name === 'BinaryExpression') {
      const parts = partsOf(current);
      chain.push(parts);
      if (!parts[0]) break;
      current = parts[0];
    }
    let left = this.read(current);
    for (const parts of chain.reverse()) {
      const right = parts.slice(1).find(isExpression);
      const range: Span = [left.range[0], right?.to ?? left.range[1]];
      const operator = parts.slice(1).filter((part) => part !== right).map((part) => this.text(part)).join(' ');
      left = right ? this.#operation(operator, left, right, range) : left;
    }
    return left;
  }

  #operation(operator: string, left: Node, rightSyntax: SyntaxNode, range: Span): Node {
    const texts = literalsOf(left);
    if (operator === '%' && texts) {
      const filled = this.#percent(texts, rightSyntax, range);
      if (filled) return filled;
    }
    const right = this.read(rightSyntax);
    if (operator === 'or' || operator === 'and') return makeNode('LogicalExpression', range, { operator: operator === 'or' ? '||' : '&&', left, right });
    if (operator === '*' && texts) return methodCall(range, left, 'repeat', [right]);
    // `{**a} | b`: a union of dictionaries where an object is written out, else of bits.
    if (operator === '|' && (left.type === 'ObjectExpression' || right.type === 'ObjectExpression')) {
      return object(range, [spread(left.range as Span, left), spread(right.range as Span, right)]);
    }
    return makeNode('BinaryExpression', range, { operator, left, right });
  }

  /** `"%s_%s" % (a, b)` */
  #percent(texts: readonly Node[], right: SyntaxNode, range: Span): Node | undefined {
    const inner = right.name === 'ParenthesizedExpression' ? (partsOf(right).find(isExpression) ?? right) : right;
    if (inner.name === 'DictionaryExpression') {
      const properties: Node[] = this.read(inner)['properties'];
      return fillTemplate(this.source, texts, percentPieces, range, {
        at: () => undefined,
        named: (name) => properties.find((property) => property['key']?.value === name)?.['value'],
      });
    }
    const values = inner.name === 'TupleExpression' ? this.read(inner)['elements'] as Node[] : [this.read(inner)];
    const [only] = values;
    return fillTemplate(this.source, texts, percentPieces, range, { at: (index) => values[index], named: (name) => only && element(range, only, literal(range, name)) });
  }

  #unary(node: SyntaxNode): Node {
    const [sign, operand] = partsOf(node);
    if (!operand || !sign) return opaque(spanOf(node));
    const operator = sign.name === 'not' ? '!' : this.text(sign);
    return makeNode('UnaryExpression', spanOf(node), { operator, argument: this.read(operand) });
  }

  #conditional(node: SyntaxNode): Node {
    const [consequent, test, alternate] = partsOf(node).filter(isExpression);
    if (!consequent || !test || !alternate) return opaque(spanOf(node));
    return makeNode('ConditionalExpression', spanOf(node), { test: this.read(test), consequent: this.read(consequent), alternate: this.read(alternate) });
  }

  #lambda(node: SyntaxNode): Node {
    const parts = partsOf(node);
    const { params, signature, names } = readParameters(this, parts.find((part) => part.name === 'ParamList'), 0);
    const body = parts.findLast(isExpression);
    return this.names.within('function', names, () => makeNode('ArrowFunctionExpression', spanOf(node), {
      params, signature, body: body ? this.read(body) : opaque(spanOf(node)),
    }));
  }

  #named(node: SyntaxNode): Node {
    const [target, value] = partsOf(node).filter(isExpression);
    if (!target || !value) return opaque(spanOf(node));
    const name = this.text(target);
    const assigned = assignment(spanOf(node), identifier(spanOf(target), name), this.read(value));
    // The first assignment declares the name; a declaration is a statement, so it goes along.
    if (!this.names.declare(name)) return assigned;
    const declaration = makeNode('VariableDeclaration', spanOf(target), { kind: 'var', declarations: [makeNode('VariableDeclarator', spanOf(target), { id: identifier(spanOf(target), name) })] });
    return makeNode('SequenceExpression', spanOf(node), { expressions: [declaration, assigned] });
  }
}

const tokens = new Set(['ParamList', 'ArgList', 'TypeDef', 'AssignOp', 'UpdateOp', 'ArithOp', 'BitOp', 'CompareOp', 'LogicOp', 'FormatConversion', 'FormatSelfDoc', 'FormatSpec', 'Escape', 'PropertyName', 'Body', 'Guard']);

/** Whether a part is an expression, not a word or a sign: keywords and signs are named as they are written, in small letters. */
export function isExpression(part: SyntaxNode): boolean {
  return /^[A-Z]/.test(part.name) && !tokens.has(part.name);
}
