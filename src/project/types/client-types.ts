import { clientClass, isSdkPythonModule, isSdkSpecifier } from '../../hilt/sdk.ts';
import type { Evaluator } from '../evaluate.ts';
import { calleeName, type Place, type Resolved } from '../resolved.ts';
import type { Typed } from './lookup.ts';

/** That a value is a `HiltClient`, or a part of one, as far as its declared type tells. */
export interface ClientType {
  /** Names since the client: `products` for `HiltClient["products"]`. */
  readonly path: readonly string[];
  /** A client whose type it has: `typeof client`. */
  readonly like: Resolved | undefined;
}

const maxGenerations = 30;

/** Whether declarations say that a value of unknown origin is a client of the SDK. */
export function clientTypeOf(evaluator: Evaluator, value: Resolved): ClientType | undefined {
  for (const type of evaluator.types.of(value)) {
    const client = asClient(evaluator, type);
    if (client) return client;
  }
  return undefined;
}

/** The client among what a chain of names passes through, and the names since it: `deps.hilt.products.list` is `products.list` of a client. */
export function clientOnPath(evaluator: Evaluator, root: Resolved, names: readonly string[]): { readonly type: ClientType; readonly value: Resolved; readonly path: readonly string[] } | undefined {
  let value = root;
  let types = evaluator.types.of(root);
  for (let index = 0; index < names.length && types.length > 0; index += 1) {
    for (const each of types) {
      const type = asClient(evaluator, each);
      if (type) return { type, value, path: [...type.path, ...names.slice(index)] };
    }
    const name = names[index] ?? '';
    types = types.flatMap((type) => evaluator.types.member(type, name));
    value = { kind: 'member', object: value, property: { kind: 'text', text: name } };
  }
  return undefined;
}

/** Whether the checker says that a value is a client. Its name must say that it may be: a question costs a compiler. */
export function inferredClient(evaluator: Evaluator, value: Resolved): ClientType | undefined {
  return mayBeClient.test(nameOf(value)) ? firstClient(evaluator, evaluator.types.ask(value)) : undefined;
}

const mayBeClient = /(?:hilt|client|sdk|hilt(?:api|pay|service))$/i;

function nameOf(value: Resolved): string {
  if (value.kind === 'parameter') return value.name ?? '';
  if (value.kind === 'member') return value.property.kind === 'text' ? value.property.text : '';
  if (value.kind === 'outside') return value.name;
  return value.kind === 'call' && !value.isNew ? calleeName(value.callee) : '';
}

/** Whether the checker says that a call is a client's, so many names above it. */
export function inferredReceiver(evaluator: Evaluator, call: Place, names: number): ClientType | undefined {
  return firstClient(evaluator, evaluator.types.askReceiver(call, names));
}

function firstClient(evaluator: Evaluator, types: readonly Typed[]): ClientType | undefined {
  return types.map((type) => asClient(evaluator, type)).find((client) => client !== undefined);
}

function asClient(evaluator: Evaluator, type: Typed): ClientType | undefined {
  switch (type.kind) {
    case 'outside': {
      if (!isSdk(type.specifier)) return undefined;
      const [name, ...path] = type.name.replace(/^(?:default|\*)\./, '').split('.');
      return name === clientClass && path[0] !== 'constructor' ? { path, like: undefined } : undefined;
    }
    case 'class':
      return extendsClient(evaluator, { kind: 'class', module: type.module, cls: type.cls, frame: undefined }, 0) ? { path: [], like: undefined } : undefined;
    case 'value':
      return likeClient(evaluator, type.value);
    default:
      return undefined;
  }
}

function likeClient(evaluator: Evaluator, value: Resolved): ClientType | undefined {
  switch (value.kind) {
    case 'choice':
      return value.options.map((option) => likeClient(evaluator, option)).find((client) => client !== undefined);
    case 'instance': {
      const parent = evaluator.parentInstance(value);
      return parent && likeClient(evaluator, parent) ? { path: [], like: value } : undefined;
    }
    case 'call':
      if (value.isNew && isClientConstructor(evaluator, value.callee)) return { path: [], like: value };
      return clientTypeOf(evaluator, value);
    case 'parameter':
    case 'unknown':
    case 'member':
      return clientTypeOf(evaluator, value);
    default:
      return undefined;
  }
}

/** Whether `new` on this value makes a client of the SDK; also where only its type tells (`typeof HiltClient`, `Type<HiltClient>`). */
export function isClientConstructor(evaluator: Evaluator, callee: Resolved): boolean {
  if (callee.kind === 'outside') return isSdk(callee.specifier) && callee.name.split('.').at(-1) === clientClass;
  if (callee.kind !== 'parameter' && callee.kind !== 'unknown' && callee.kind !== 'member') return false;
  return evaluator.types.of(callee).some((type) => type.kind === 'value' && isClientConstructor(evaluator, type.value));
}

function extendsClient(evaluator: Evaluator, callee: Resolved, generation: number): boolean {
  if (callee.kind === 'outside') return isClientConstructor(evaluator, callee);
  const cls = callee.kind === 'class' ? callee.module.classes[callee.cls] : undefined;
  if (callee.kind !== 'class' || !cls?.superclass || generation > maxGenerations) return false;
  return extendsClient(evaluator, evaluator.look(callee.module, cls.superclass), generation + 1);
}

/** Whether a type is what the constructor of the client takes. Source: `client.ts` of hilt-sdk-js 1.4.0. */
export function isClientOptions(type: Typed): boolean {
  if (type.kind !== 'outside' || !isSdk(type.specifier)) return false;
  return /^(?:(?:default|\*)\.)?(?:HiltClientOptions|HiltClient\.constructor\.0)$/.test(type.name);
}

function isSdk(specifier: string): boolean {
  return isSdkSpecifier(specifier) || isSdkPythonModule(specifier);
}
