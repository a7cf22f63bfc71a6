import type { Span } from '../span.ts';
import type { Value, VariableForm } from '../value.ts';
import { environmentObject, environmentRead } from './environment.ts';
import { unwrap, type Node } from './node.ts';
import { lookUp, type Scope } from './scopes.ts';

const globalObjects = new Set(['globalThis', 'window', 'self', 'global']);

/** A member of a value, with what globals tell at once: environment reads and dotted paths. */
export function memberOf(object: Value, property: Value, at: Span, form: VariableForm, binding?: Binding): Value {
  if (object.kind === 'global' && property.kind === 'text') {
    const read = environmentRead(object.path, property.text, form, at);
    if (read) return read;
    const path = globalObjects.has(object.path) ? property.text : `${object.path}.${property.text}`;
    return { kind: 'global', path, at };
  }
  if (object.kind === 'import' && property.kind === 'text') {
    // `import { env } from "$env/dynamic/public"`: each member is a read, as with `process.env`.
    const access = environmentObject(object.specifier, object.name);
    if (access) return { kind: 'variable', name: property.text, access, form, module: object.specifier, at };
  }
  if (binding) return { kind: 'variable', ...binding, access: 'binding', form, at };
  return { kind: 'member', object, property, at };
}

/** How a member expression spells its read: bundlers replace some spellings of `process.env.X` and leave others. */
export function formOfMember(node: Node, scope: Scope, isNamed: boolean): VariableForm {
  const object: Node = node['object'];
  // `const { env } = process`: no bundler takes that for `process.env`.
  const isTaken = object.type === 'Identifier' && (lookUp(scope, object['name'])?.path.length ?? 0) > 0;
  if (isThroughGlobal(node) || isTaken) return 'dynamic';
  if (node['optional'] === true || object['optional'] === true) return 'optional';
  if (!isWrittenOut(object)) return 'alias';
  if (!isNamed) return 'dynamic';
  return node['computed'] === true ? 'bracket' : 'dot';
}

/** `globalThis.process.env.X`: no bundler takes that for `process.env.X`. */
function isThroughGlobal(node: Node): boolean {
  let current: Node = node;
  while (current.type === 'MemberExpression') current = unwrap(current['object']);
  return current.type === 'Identifier' && globalObjects.has(current['name']);
}

/** Whether the object of a member expression is written out (`process.env.X`), not an alias of it. */
function isWrittenOut(object: Node): boolean {
  const { type, name } = unwrap(object);
  return type === 'MemberExpression' || type === 'MetaProperty' || type === 'CallExpression' || (type === 'Identifier' && name === 'process');
}

/** What a platform hands to a Worker or an edge function as `env`: `env.HILT_API_KEY`, where `env` is a parameter. */
export function workerBinding(object: Node, key: string, at: Span): Value | undefined {
  if (object.type !== 'Identifier' || object['name'] !== 'env' || !upperSnake.test(key)) return undefined;
  return { kind: 'variable', name: key, owner: 'env', access: 'binding', form: 'dot', at };
}

const upperSnake = /^[A-Z][A-Z0-9_]*$/;
/** Hono's context is `c`, Pages Functions have a `context`, SvelteKit a `platform`, Astro a `runtime`, H3 a `cloudflare`. */
const bindingOwners = new Set<unknown>(['c', 'ctx', 'context', 'platform', 'runtime', 'cloudflare', 'this']);

/** Whether a function has a parameter named as Workers and edge functions name the one that holds their variables. */
export function takesEnvironment(fn: Node): boolean {
  return ((fn['params'] ?? []) as Node[]).some((parameter) => parameter.type === 'Identifier' && parameter['name'] === 'env');
}

/** A variable that a platform hands in: its name, and the code that it is read from. */
interface Binding { readonly name: string; readonly owner: string }

/** `c.env.X`, `context.env.X`, `event.platform.env.X`, `this.env.X`: what such a member reads. */
export function bindingRead(node: Node): Binding | undefined {
  const name: unknown = node['computed'] === true ? undefined : node['property'].name;
  const object = unwrap(node['object']);
  if (typeof name !== 'string' || !upperSnake.test(name)) return undefined;
  if (object.type !== 'MemberExpression' || object['computed'] === true || object['property'].name !== 'env') return undefined;
  const root = unwrap(object['object']);
  const last: unknown = root.type === 'ThisExpression' ? 'this' : root.type === 'Identifier' ? root['name'] : root.type === 'MemberExpression' ? root['property'].name : undefined;
  return bindingOwners.has(last) ? { name, owner: `${codeOf(root)}.env` } : undefined;
}

/** A chain of names as the source has it. */
function codeOf(node: Node): string {
  if (node.type === 'ThisExpression') return 'this';
  if (node.type !== 'MemberExpression') return String(node['name']);
  return `${codeOf(unwrap(node['object']))}${node['optional'] === true ? '?.' : '.'}${node['property'].name}`;
}
