import { isNode, staticKey, unwrap, type Node } from './node.ts';
import { isFunction } from './scopes.ts';

/**
 * What `this` and the parameters of functions in the options of a component or a store stand for: Vue's options
 * (https://vuejs.org/api/options-state.html), stores of Pinia (https://pinia.vuejs.org/core-concepts) and Vuex.
 */
interface OptionSource {
  /** `state`: what the object, or the function, at `node` gives; `getter`: what the function gives; `props`: what the component is given. */
  readonly how: 'state' | 'getter' | 'props';
  readonly node: Node;
}

/** Options whose functions are methods of the whole. */
const holders = new Set(['methods', 'actions', 'getters', 'computed', 'watch', 'mutations']);

interface Holder { readonly name: string; readonly inside: Node; readonly functions: readonly Node[] }

/** The objects of functions in what may be the options of a component or a store. */
export function optionHolders(options: Node): Holder[] {
  return (options['properties'] as Node[]).flatMap((option): Holder[] => {
    const name = isNode(option['key']) ? staticKey(option['key'], option['computed'] === true) : undefined;
    if (name === undefined || !holders.has(name) || !isNode(option['value'])) return [];
    const inside = unwrap(option['value']);
    if (inside.type !== 'ObjectExpression') return [];
    const functions = (inside['properties'] as Node[]).map((each): Node => (isNode(each['value']) ? unwrap(each['value']) : each)).filter(isFunction);
    return [{ name, inside, functions }];
  });
}

/** Whether an action takes the context of Vuex: `load({ commit, state })`. Those of Pinia take what their caller gives. */
export function takesContext(action: Node): boolean {
  const [first] = action['params'] as Node[];
  if (first?.type === 'Identifier') return /^(?:context|ctx|store)$/.test(first['name']);
  return first?.type === 'ObjectPattern' && (first['properties'] as Node[]).some((each) => isNode(each['key']) && staticKey(each['key'], each['computed'] === true) === 'state');
}

/** What `this.<name>` is to functions in `options`, as far as the options say it. */
export function optionSource(options: Node, name: string): OptionSource | undefined {
  for (const option of ['data', 'state']) {
    const node = propertyOf(options, option);
    if (node && holds(returnedObject(node), name)) return { how: 'state', node };
  }
  for (const option of ['computed', 'getters']) {
    const node = propertyOf(propertyOf(options, option), name);
    if (node) return { how: 'getter', node };
  }
  const props = propertyOf(options, 'props');
  return props && declares(props, name) ? { how: 'props', node: props } : undefined;
}

/** The state of a store: an object, or a function that makes it. */
export function optionState(options: Node): Node | undefined {
  return propertyOf(options, 'state');
}

/** The value of a property; of a method the method itself. */
function propertyOf(object: Node | undefined, name: string): Node | undefined {
  if (object?.type !== 'ObjectExpression') return undefined;
  const property = (object['properties'] as Node[]).findLast((each) => isNode(each['key']) && each['kind'] !== 'set' && staticKey(each['key'], each['computed'] === true) === name);
  if (!property) return undefined;
  return isNode(property['value']) ? unwrap(property['value']) : property;
}

/** The object that a function returns, or that stands in its place. */
function returnedObject(node: Node): Node | undefined {
  if (node.type === 'ObjectExpression') return node;
  const body: unknown = node['body'];
  if (!isNode(body)) return undefined;
  if (body.type !== 'BlockStatement') return unwrap(body);
  const returned: unknown = (body['body'] as Node[]).findLast((each) => each.type === 'ReturnStatement')?.['argument'];
  return isNode(returned) ? unwrap(returned) : undefined;
}

/** A spread may hold any name. */
function holds(object: Node | undefined, name: string): boolean {
  if (object?.type !== 'ObjectExpression') return false;
  return propertyOf(object, name) !== undefined || (object['properties'] as Node[]).some((each) => each.type === 'SpreadElement');
}

/** `props: ["hiltKey"]` and `props: { hiltKey: String }`. */
function declares(props: Node, name: string): boolean {
  if (props.type === 'ArrayExpression') return (props['elements'] as (Node | null)[]).some((each) => each?.['value'] === name);
  return propertyOf(props, name) !== undefined;
}
