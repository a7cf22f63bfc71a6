import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import { called } from './made-values.ts';
import { memberOf } from './member-values.ts';
import { isNode, spanOf, staticKey, type Node } from './node.ts';
import { optionHolders, optionSource, optionState, takesContext } from './option-objects.ts';
import type { Scope } from './scopes.ts';
import type { ValueReader } from './values.ts';

/**
 * What `this` stands for: an instance of the class around it, the object literal that its method is written in, or the component or
 * store that the options make.
 */
export class ThisValues {
  readonly #reader: ValueReader;
  readonly #classScopes = new Map<Scope, number>();
  readonly #methodScopes = new Map<Scope, Node>();
  /** Objects of functions in the options of a component or store, and these functions, with the options. */
  readonly #optionsOf = new Map<Node, Node>();
  readonly #optionOf = new Map<Node, { readonly name: string; readonly options: Node }>();

  /** Every class and object literal is entered at once: what `this` means must be known before any value inside them is read. */
  constructor(reader: ValueReader) {
    this.#reader = reader;
    for (const owner of reader.scopes.owners) {
      if (owner.type === 'ObjectExpression') this.#enterObject(owner);
      else this.#enterClass(owner);
    }
  }

  #enterClass(node: Node): void {
    const scope = this.#reader.scopes.opened(node);
    if (scope) this.#classScopes.set(scope, this.#reader.classOf(node));
  }

  #enterObject(node: Node): void {
    for (const property of node['properties'] as Node[]) {
      const method: unknown = isNode(property['value']) ? property['value'] : property;
      const scope = isNode(method) && method.type !== 'ArrowFunctionExpression' ? this.#reader.scopes.opened(method) : undefined;
      if (scope) this.#methodScopes.set(scope, node);
    }
    for (const { name, inside, functions } of optionHolders(node)) {
      this.#optionsOf.set(inside, node);
      for (const each of functions) this.#optionOf.set(each, { name, options: node });
    }
  }

  /** `this` belongs to the class whose member, or whose field's initialiser, the code stands in; arrows pass it on. */
  itself(scope: Scope): Value {
    for (let current: Scope | undefined = scope; current; current = current.parent) {
      const cls = this.#classScopes.get(current);
      if (cls !== undefined) return { kind: 'this', cls };
    }
    return { kind: 'global', path: 'this' };
  }

  /** `this.head` in a method of `{ head: "…", key() { … } }`: what stands there. */
  member(node: Node, scope: Scope): Value | undefined {
    const key = staticKey(node['property'], node['computed'] === true);
    for (let current: Scope | undefined = scope; key !== undefined && current; current = current.parent) {
      if (this.#classScopes.has(current)) return undefined;
      const object = this.#methodScopes.get(current);
      if (!object) continue;
      const property = (object['properties'] as Node[]).findLast((each) => isNode(each['key']) && each['kind'] !== 'set' && staticKey(each['key'], each['computed'] === true) === key);
      const around = current.parent ?? current;
      return property ? this.#reader.entries(property, around)[0]?.value : this.#ofOptions(this.#optionsOf.get(object) ?? object, key, around, spanOf(node));
    }
    return undefined;
  }

  /** The state that a store gives its functions. */
  givenTo(fn: Node, index: number): Value | undefined {
    const option = index === 0 ? this.#optionOf.get(fn) : undefined;
    const state = option && optionState(option.options);
    const scope = this.#reader.scopes.opened(fn)?.parent;
    if (!option || !state || !scope) return undefined;
    const at = spanOf(state);
    const value = this.#made(state, scope);
    if (option.name === 'getters' || option.name === 'mutations') return value;
    return takesContext(fn) ? { kind: 'object', entries: [{ key: { kind: 'text', text: 'state' }, value, at, valueAt: at }], at } : undefined;
  }

  /** `this.key` of a component or a store, by what its options say. */
  #ofOptions(options: Node, key: string, scope: Scope, at: Span): Value | undefined {
    const source = optionSource(options, key);
    if (!source) return undefined;
    const state = optionState(options);
    if (source.how === 'getter') return called(this.#reader.read(source.node, scope), state ? [this.#made(state, scope)] : [], source.node);
    const whole: Value = source.how === 'props' ? called({ kind: 'global', path: 'defineProps' }, [], source.node) : this.#made(source.node, scope);
    return memberOf(whole, { kind: 'text', text: key }, at, 'dot');
  }

  /** An object, or what the function gives that makes it. */
  #made(node: Node, scope: Scope): Value {
    const value = this.#reader.read(node, scope);
    return value.kind === 'function' ? called(value, [], node) : value;
  }
}
