import type { Span } from '../span.ts';
import type { Node } from './node.ts';

/** Makers of the ESTree nodes that other languages are translated to. `Opaque` and `Statements` mean nothing to the readers but their children. */

export function makeNode(type: string, range: Span, fields: Readonly<Record<string, unknown>> = {}): Node {
  return { type, range: [range[0], range[1]], ...fields };
}

/** Something whose value nobody follows, with what stands in it. */
export function opaque(range: Span, parts: readonly Node[] = []): Node {
  return makeNode('Opaque', range, { parts });
}

/** Statements that open no scope of their own. */
export function block(range: Span, body: readonly Node[]): Node {
  return makeNode('Statements', range, { body });
}

export function literal(range: Span, value: string | number | boolean | null): Node {
  return makeNode('Literal', range, { value });
}

export function identifier(range: Span, name: string): Node {
  return makeNode('Identifier', range, { name });
}

/** A name that no scope declares: what is built in, by the dotted path that `GlobalValue` has. */
export function globalName(range: Span, path: string): Node {
  return identifier(range, path);
}

export function member(range: Span, object: Node, name: string): Node {
  return makeNode('MemberExpression', range, { object, property: identifier(range, name), computed: false });
}

export function element(range: Span, object: Node, property: Node): Node {
  return makeNode('MemberExpression', range, { object, property, computed: true });
}

export function call(range: Span, callee: Node, args: readonly Node[]): Node {
  return makeNode('CallExpression', range, { callee, arguments: args });
}

export function methodCall(range: Span, object: Node, name: string, args: readonly Node[]): Node {
  return call(range, member(range, object, name), args);
}

export function array(range: Span, elements: readonly Node[]): Node {
  return makeNode('ArrayExpression', range, { elements });
}

export function spread(range: Span, argument: Node): Node {
  return makeNode('SpreadElement', range, { argument });
}

export function either(range: Span, left: Node, right: Node): Node {
  return makeNode('LogicalExpression', range, { operator: '??', left, right });
}

/** An entry of an object; `computed`: the key is a value, not a name. */
export function property(range: Span, key: Node, value: Node, computed: boolean): Node {
  return makeNode('Property', range, { key, value, computed, kind: 'init' });
}

export function object(range: Span, properties: readonly Node[]): Node {
  return makeNode('ObjectExpression', range, { properties });
}

export function assignment(range: Span, left: Node, right: Node, operator = '='): Node {
  return makeNode('AssignmentExpression', range, { operator, left, right });
}

export function statement(range: Span, expression: Node): Node {
  return makeNode('ExpressionStatement', range, { expression });
}

/** The same value over a wider range: `x.decode()` is `x`. A literal keeps its own, where a finding stands. */
export function widened(node: Node, range: Span): Node {
  return node.type === 'Literal' || node.type === 'Identifier' ? node : { ...node, range: [range[0], range[1]] };
}

/** Text and expressions in turn, as a template literal. Neighbouring texts are one piece each, joined by nothing. */
export function template(range: Span, pieces: readonly (Node | { readonly text: string; readonly at: Span })[]): Node {
  const quasis: Node[] = [];
  const expressions: Node[] = [];
  for (const piece of pieces) {
    if ('text' in piece && 'at' in piece && !('type' in piece)) {
      // Two texts side by side, as in `"a" f"{b}"`: the second stands in the place of an expression.
      if (quasis.length > expressions.length) expressions.push(literal(piece.at, piece.text));
      else quasis.push(quasi(piece.at, piece.text));
      continue;
    }
    if (quasis.length === expressions.length) quasis.push(quasi([range[0], range[0]], ''));
    expressions.push(piece as Node);
  }
  if (quasis.length === expressions.length) quasis.push(quasi([range[1], range[1]], ''));
  return makeNode('TemplateLiteral', range, { quasis, expressions });
}

function quasi(range: Span, text: string): Node {
  return makeNode('TemplateElement', range, { value: { cooked: text, raw: text } });
}
