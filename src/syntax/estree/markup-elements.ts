import type { MarkupAttribute, MarkupComponent } from '../markup-components.ts';
import type { ElementUse } from '../module-summary.ts';
import type { Span } from '../span.ts';
import type { ObjectEntry, Value } from '../value.ts';
import type { Node } from './node.ts';
import type { Scope } from './scopes.ts';
import type { LiteralValue, ValueReader } from './values.ts';

/** Components that markup renders, as elements: their expressions are statements of the program, which are noted when they are met. */
export class MarkupReader {
  readonly #components: readonly MarkupComponent[];
  readonly #text: string;
  readonly #literal: LiteralValue;
  readonly #values: ValueReader;
  readonly #module: Scope;
  /** What the expressions come to, by where they start. */
  readonly #given = new Map<number, Value | undefined>();

  constructor(components: readonly MarkupComponent[], text: string, literal: LiteralValue, values: ValueReader, module: Scope) {
    this.#components = components;
    this.#text = text;
    this.#literal = literal;
    this.#values = values;
    this.#module = module;
    for (const { attributes } of components) for (const each of attributes) if (each.isExpression) this.#given.set(this.#startOf(each), undefined);
  }

  note(expression: Node, scope: Scope): void {
    const [start] = expression.range;
    if (this.#given.has(start)) this.#given.set(start, this.#values.read(expression, scope));
  }

  elements(): ElementUse[] {
    return this.#components.map(({ name, at, attributes }) => {
      const type = this.#typeOf(name, at);
      return { kind: 'element', element: { kind: 'element', type, props: { kind: 'object', entries: attributes.map((each) => this.#entry(each)), at }, at }, at, fn: -1 };
    });
  }

  #typeOf(name: string, at: Span): Value {
    const [first = '', ...members] = name.split('.');
    // `<pay-button>` may be `payButton` to the script, too.
    const local = [first, first.charAt(0).toLowerCase() + first.slice(1)].find((each) => this.#module.variables.has(each)) ?? first;
    const root = this.#values.identifier({ type: 'Identifier', name: local, range: [at[0] + 1, at[0] + 1 + first.length] }, this.#module);
    return members.reduce<Value>((object, text) => ({ kind: 'member', object, property: { kind: 'text', text }, at }), root);
  }

  #entry(attribute: MarkupAttribute): ObjectEntry {
    const { name, at, valueAt } = attribute;
    const value = this.#valueOf(attribute);
    return name === undefined ? { spread: true, value, at, valueAt } : { key: { kind: 'text', text: name }, value, at, valueAt };
  }

  #valueOf(attribute: MarkupAttribute): Value {
    const { valueAt, isExpression } = attribute;
    if (isExpression) return this.#given.get(this.#startOf(attribute)) ?? { kind: 'unknown', at: valueAt };
    return this.#literal(this.#text.slice(...valueAt), { type: 'Literal', range: valueAt });
  }

  #startOf({ valueAt: [start, end] }: MarkupAttribute): number {
    return start + this.#text.slice(start, end).search(/\S|$/);
  }
}
