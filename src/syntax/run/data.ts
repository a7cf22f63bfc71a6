import type { Node } from '../estree/node.ts';
import type { Constant } from './fold.ts';

/** What is not known. Everything that is made of it is not known either. */
export const nothing = Symbol('not known');

/** A value while a program is stepped through. */
export type Data = string | number | boolean | null | undefined | typeof nothing | Data[] | ObjectData | Closure | Native;

/** An object of the program; a `Map` has entries, and a `Set` is a list. */
export class ObjectData {
  readonly entries = new Map<string, Data>();
}

/** A function of the program, with the names around it. */
export class Closure {
  readonly node: Node;
  readonly names: Names;
  constructor(node: Node, names: Names) {
    this.node = node;
    this.names = names;
  }
}

/** A function of the language or of a library, by its dotted path (`String.fromCharCode`, `lodash.join`), or a method with its object. */
export class Native {
  readonly path: string;
  readonly receiver: Data;
  constructor(path: string, receiver?: Data) {
    this.path = path;
    this.receiver = receiver;
  }
}

/** The names of a block, a function or the program. */
export class Names {
  readonly #held = new Map<string, Data>();
  readonly #outer: Names | undefined;

  constructor(outer?: Names) {
    this.#outer = outer;
  }

  declare(name: string, value: Data): void {
    this.#held.set(name, value);
  }

  get(name: string): { readonly value: Data } | undefined {
    return this.#held.has(name) ? { value: this.#held.get(name) } : this.#outer?.get(name);
  }

  set(name: string, value: Data): void {
    if (this.#held.has(name)) this.#held.set(name, value);
    else this.#outer?.set(name, value);
  }
}

/** Items of a list, with those of the lists in it, that are taken as one constant: a list may hold itself, or another many times over. */
const maxConstant = 4096;

/** The value as a constant, or {@link nothing} where a part of it is none. */
export function constantOf(value: Data): Constant | typeof nothing {
  return constantWithin(value, { left: maxConstant }, 0);
}

function constantWithin(value: Data, budget: { left: number }, depth: number): Constant | typeof nothing {
  if (value === nothing || value instanceof ObjectData || value instanceof Closure || value instanceof Native) return nothing;
  if (!Array.isArray(value)) return value;
  const items: Constant[] = [];
  for (const item of value) {
    const constant = --budget.left < 0 || depth > 8 ? nothing : constantWithin(item, budget, depth + 1);
    if (constant === nothing) return nothing;
    items.push(constant);
  }
  return items;
}

/** The name of a property as the program writes it. */
export function nameOf(value: Data): string | undefined {
  const constant = constantOf(value);
  return constant === nothing ? undefined : String(constant);
}

/** A constant as data of its own, which the program may change. */
export function dataOf(value: Constant): Data {
  return Array.isArray(value) ? value.map((item: Constant) => dataOf(item)) : (value as Data);
}

/** What a loop or a spread goes over: the elements, or with `keys` the names of them. */
export function itemsOf(value: Data, keys: boolean): Data[] | undefined {
  if (typeof value === 'string') return keys ? undefined : [...value];
  if (Array.isArray(value)) return keys ? value.map((_, index) => String(index)) : value;
  if (value instanceof ObjectData) return keys ? [...value.entries.keys()] : [...value.entries].map((entry): Data => [...entry]);
  return undefined;
}

/** `object[key]`; of a native the native of that name. */
export function propertyOf(object: Data, key: Data): Data {
  const name = nameOf(key) ?? '';
  if (object instanceof ObjectData) return object.entries.has(name) ? object.entries.get(name) : name === 'size' ? object.entries.size : undefined;
  if (object instanceof Native) return new Native(['globalThis', 'window', 'self', 'global'].includes(object.path) ? name : `${object.path}.${name}`);
  if (typeof object !== 'string' && !Array.isArray(object)) return nothing;
  if (name === 'length') return object.length;
  return /^\d+$/.test(name) ? object[Number(name)] : nothing;
}
