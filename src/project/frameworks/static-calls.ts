import type { Span } from '../../syntax/span.ts';
import { joinPath } from '../graph/posix-path.ts';
import { entriesOf, itemsOf, parts, textsOf, type StaticEntry, type StaticValue } from './static-value.ts';

/** Calls whose result is known from their arguments. */
export function knownCall(callee: string, isNew: boolean, args: readonly StaticValue[], at: Span): StaticValue | undefined {
  const [first, second, third] = args;
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  if (isNew) return name === 'URL' && first?.kind === 'text' && second?.kind === 'path' ? pathFrom(folder(second.path), [first], at) : undefined;
  switch (callee) {
    case 'JSON.stringify':
    case 'String':
    case 'fileURLToPath':
    case 'url.fileURLToPath':
      return first;
    case 'Object.assign':
      return { kind: 'choice', options: args, at };
    case 'process.cwd':
      return { kind: 'path', path: '', at };
    case 'Deno.env.get':
      return first?.kind === 'text' ? { kind: 'env', name: first.text, at } : undefined;
    case 'Deno.env.toObject':
      return { kind: 'environment', at };
    default:
  }
  if (name === 'loadEnv') return first === undefined || first.kind === 'object' ? publicVariables(first, at) : loadedEnv(third, at);
  // A plugin may bear the name too: `resolve({ browser: true })`.
  if ((name === 'resolve' || name === 'join') && first?.kind !== 'object' && args.length > 0) return first?.kind === 'path' ? pathFrom(first.path, args.slice(1), at) : /^(?:path\.|resolve$|join$)/.test(callee) ? pathFrom('', args, at) : undefined;
  if (name === 'dirname' && first?.kind === 'path') return { kind: 'path', path: folder(first.path), at };
  return undefined;
}

/** Vite's `loadEnv(mode, folder, prefix)`: `VITE_` by default, everything for `""`. */
function loadedEnv(prefix: StaticValue | undefined, at: Span): StaticValue {
  if (prefix === undefined) return { kind: 'environment', prefix: ['VITE_'], at };
  const texts = textsOf(prefix);
  return texts.length === 0 || texts.includes('') ? { kind: 'environment', at } : { kind: 'environment', prefix: texts, at };
}

/** `loadEnv({ prefixes })` of Rsbuild: `PUBLIC_` by default (https://rsbuild.rs/api/javascript-api/core#loadenv). */
function publicVariables(options: StaticValue | undefined, at: Span): StaticValue {
  const named = options === undefined ? [] : entriesOf(options).flatMap(({ key, value }) => (key === 'prefixes' ? textsOf(value) : []));
  const opened: StaticValue = { kind: 'environment', prefix: named.length > 0 ? named : ['PUBLIC_'], at };
  const entry = (key: string, value: StaticValue): StaticEntry => ({ key, value, at, keyAt: at });
  return { kind: 'object', at, entries: [entry('publicVars', opened), entry('rawPublicVars', opened), entry('parsed', { kind: 'environment', at })] };
}

function pathFrom(base: string, parts: readonly StaticValue[], at: Span): StaticValue {
  let path: string | undefined = base;
  for (const part of parts) {
    if (part.kind === 'path') path = part.path;
    else if (part.kind === 'text' && path !== undefined) path = joinPath(path, part.text);
    else return { kind: 'unknown', at };
  }
  return path === undefined ? { kind: 'unknown', at } : { kind: 'path', path, at };
}

function folder(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** `Object.keys(x)`, `values`, `entries`, `fromEntries`, by the name of the method. */
export function objectCall(method: string, value: StaticValue, at: Span): StaticValue | undefined {
  const environment = parts(value).find((part) => part.kind === 'environment');
  if (environment) return { ...environment, at };
  if (method === 'fromEntries') {
    const items = itemsOf(value);
    return items && { kind: 'object', at, entries: items.map((item) => entryOfPair(item)) };
  }
  const entries = entriesOf(value);
  if (entries.length === 0 || entries.some((entry) => entry.key === undefined)) return undefined;
  const named = entries.map((entry): StaticValue => ({ kind: 'text', text: entry.key ?? '', at: entry.keyAt }));
  if (method === 'keys') return { kind: 'array', items: named, at };
  const values = entries.map((entry) => entry.value);
  return { kind: 'array', at, items: method === 'values' ? values : named.map((name, index): StaticValue => ({ kind: 'array', items: [name, values[index] ?? { kind: 'unknown', at }], at })) };
}

function entryOfPair(pair: StaticValue): StaticEntry {
  const [key, value] = pair.kind === 'array' ? pair.items : [];
  if (key?.kind !== 'text' || value === undefined) return { value: { kind: 'unknown', at: pair.at }, at: pair.at, keyAt: pair.at };
  return { key: key.text, value, at: pair.at, keyAt: key.at };
}
