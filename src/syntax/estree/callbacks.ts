import { staticKey, unwrap, type Node } from './node.ts';

/** Where a callback's parameter gets its value from. */
export interface CallbackSource {
  /** `itself`: the value of `of`; `caught`: what it fails with; `element`: one of its elements; `key`: the key of one, where it is a map; `row`: a column of one of its rows. */
  readonly how: 'itself' | 'caught' | 'element' | 'key' | 'row';
  readonly of: Node;
}

/** Methods of lists that call a function with each element. */
const iterating = new Set(['forEach', 'map', 'flatMap', 'filter', 'find', 'findLast', 'findIndex', 'findLastIndex', 'some', 'every', 'each', 'eachSeries', 'mapSeries', 'mapLimit', 'eachLimit']);
/** The same as functions: p-map and its relatives, `async`, lodash's functions by name. */
const iteratingFunctions = new Set(['pMap', 'pEach', 'pMapSeries', 'pEachSeries', 'pFilter', 'map', 'forEach', 'each', 'mapLimit', 'eachLimit']);

/**
 * What the parameter `parameter` of a function is given by `call`, whose argument number `argument` it is; both from 0.
 * `undefined` where that is not known.
 */
export function callbackSource(call: Node, argument: number, parameter: number): CallbackSource | undefined {
  const callee = unwrap(call['callee']);
  const first = (call['arguments'] as readonly Node[] | undefined)?.[0];
  if (callee.type === 'Identifier') return iteratingFunctions.has(callee['name']) && argument > 0 && parameter === 0 && first ? { how: 'element', of: first } : undefined;
  if (callee.type === 'CallExpression') return argument === 1 ? tableOf(callee, parameter) : undefined;
  if (callee.type !== 'MemberExpression') return undefined;
  const method = staticKey(callee['property'], callee['computed'] === true) ?? '';
  const object: Node = callee['object'];
  if (parameter === 0 && method === (argument === 0 ? 'catch' : 'then') && argument < 2) return { how: 'caught', of: object };
  if (argument > 0) {
    // `Array.from(list, fn)`, `_.map(list, fn)`, `async.each(list, fn)`
    const isIteration = iterating.has(method) || (method === 'from' && unwrap(object)['name'] === 'Array');
    return isIteration && parameter === 0 && first ? { how: 'element', of: first } : undefined;
  }
  if (method === 'then') return parameter === 0 ? { how: 'itself', of: object } : undefined;
  if (method === 'reduce' || method === 'reduceRight') return parameter === 1 ? { how: 'element', of: object } : undefined;
  if (method === 'forEach' && parameter === 1) return { how: 'key', of: object };
  return iterating.has(method) && parameter === 0 ? { how: 'element', of: object } : undefined;
}

/** `it.each(table)(name, fn)` lays the columns of a row out, `test.for(table)(name, fn)` does not. */
function tableOf({ callee, arguments: args }: Node, parameter: number): CallbackSource | undefined {
  const maker = unwrap(callee);
  const method = maker.type === 'MemberExpression' ? staticKey(maker['property'], maker['computed'] === true) : undefined;
  const table: Node | undefined = args?.[0];
  if (!table) return undefined;
  if (method === 'each') return { how: 'row', of: table };
  return method === 'for' && parameter === 0 ? { how: 'element', of: table } : undefined;
}
