import type { Span } from '../../syntax/span.ts';
import type { VariableAccess } from '../../syntax/value.ts';
import { tellComputed, type FactList, type Injection } from './config-facts.ts';
import { everyForm } from './framework.ts';
import { entriesOf, parts, valuesAt, type StaticEntry, type StaticValue } from './static-value.ts';

/** A configuration in JavaScript or TypeScript, and where what it says is put. */
export interface Config {
  readonly file: string;
  readonly folder: string;
  readonly main: StaticValue;
  readonly facts: FactList;
}

export interface Injecting {
  readonly how: Injection['how'];
  readonly key: string;
  readonly always?: boolean;
  readonly access?: readonly VariableAccess[];
  readonly whole?: boolean;
  /** The global whose properties the entries are. */
  readonly global?: string;
}

/** `{ NAME: value }`: every entry goes to the client under its name. */
export function injectEntries(value: StaticValue, injecting: Injecting, config: Config): void {
  for (const entry of entriesOf(value)) {
    if (entry.key === undefined) injectSpread(entry, injecting, config);
    else inject(entry.key, entry.value, injecting, config);
  }
  for (const part of parts(value)) if (part.kind === 'environment' || isOpaque(part)) injectSpread({ value: part, at: part.at, keyAt: part.at }, injecting, config);
}

/** Whether nothing is known of a value: a call that was given no object is as good as unknown. */
function isOpaque(value: StaticValue): boolean {
  if (value.kind === 'call') return parts(value).every((part) => part === value || (part.kind !== 'object' && part.kind !== 'environment'));
  return value.kind === 'unknown' && value.at[1] > 0;
}

/** `...process.env` opens every name; any other spread that cannot be read may. */
function injectSpread(entry: StaticEntry, injecting: Injecting, config: Config): void {
  const { file, facts } = config;
  const environment = parts(entry.value).find((part) => part.kind === 'environment');
  if (environment?.kind === 'environment') {
    for (const prefix of environment.prefix ?? ['']) {
      facts.prefixes.push({ prefix, access: injecting.access ?? ['process.env'], forms: everyForm, ships: injecting.whole ? 'object' : 'read', replaces: false, file, at: entry.at, confidence: 'certain' });
    }
    return;
  }
  tellComputed(facts, file, injecting.key, injecting.how === 'env' || injecting.how === 'define' ? (injecting.access ?? ['process.env', 'import.meta.env']) : []);
}

function inject(name: string, value: StaticValue, injecting: Injecting, config: Config): void {
  const { file, facts } = config;
  const origin = originOf(value);
  if (origin === undefined && /hilt|key|secret|token/i.test(name)) tellComputed(facts, file, `${injecting.key}.${name}`);
  facts.injections.push({
    name,
    how: injecting.how,
    ...(injecting.access === undefined ? {} : { access: injecting.access }),
    ...(injecting.whole ? { forms: everyForm } : {}),
    ...(injecting.global === undefined ? {} : { global: injecting.global }),
    ...origin,
    file,
    at: value.at,
    always: injecting.always ?? false,
    confidence: origin === undefined ? 'possible' : 'certain',
  });
}

/** The variable or literal that a value comes from; of several, a variable before a literal. */
function originOf(value: StaticValue): { variable: string } | { literal: Span } | undefined {
  const flat = parts(value).flatMap((part) => (part.kind === 'concat' ? part.parts : [part]));
  // `process.env.` of a file that is being written has no name.
  const variable = flat.find((part) => part.kind === 'env' && part.name !== '');
  if (variable?.kind === 'env') return { variable: variable.name };
  // What is given to a function need not be what it gives.
  if (flat.some((part) => part.kind === 'call')) return undefined;
  const text = flat.find((part) => part.kind === 'text') ?? flat.find((part) => part.kind === 'constant');
  return text === undefined ? undefined : { literal: text.at };
}

/** `define`-like maps: keys are expressions (`process.env.X`, `import.meta.env.X`, `__X__`), and whole objects of them. */
export function injectDefinitions(value: StaticValue, key: string, config: Config): void {
  for (const entry of entriesOf(value)) {
    if (entry.key === undefined) injectSpread(entry, { how: 'define', key }, config);
    else injectDefinition(entry.key, entry.value, key, config);
  }
  for (const part of parts(value)) if (part.kind === 'environment') injectSpread({ value: part, at: part.at, keyAt: part.at }, { how: 'define', key }, config);
  if (parts(value).every(isOpaque)) tellComputed(config.facts, config.file, key, ['process.env', 'import.meta.env']);
}

export function injectDefinition(name: string, value: StaticValue, key: string, config: Config): void {
  const match = /^(?:globalThis\.|window\.)?(process\.env|import\.meta\.env)(?:\.(.+))?$/.exec(name);
  if (match === null) {
    const nested = parts(value).some((part) => part.kind === 'object' || part.kind === 'environment');
    if (!nested) return inject(name, value, { how: 'define', key }, config);
    // `define: { __CONFIG__: { key: process.env.X } }`, `"process": { env: … }`
    if (name === 'process') return valuesAt(value, ['env']).forEach((env) => injectDefinition('process.env', env, key, config));
    return injectEntries(value, { how: 'define', key: name, global: name }, config);
  }
  const access = match[1] === 'process.env' ? (['process.env'] as const) : (['import.meta.env'] as const);
  if (match[2] !== undefined) return inject(match[2], value, { how: 'env', key, access }, config);
  injectEntries(value, { how: 'env', key: `${key}["${name}"]`, access, whole: true }, config);
}

/** Nested objects: names are dotted paths. */
export function injectTree(value: StaticValue, prefix: string, injecting: Injecting, config: Config): void {
  for (const part of parts(value)) {
    if (part.kind === 'array') part.items.forEach((item, i) => injectLeaf(item, `${prefix}${i}`, injecting, config));
    if (part.kind === 'environment') injectSpread({ value: part, at: part.at, keyAt: part.at }, injecting, config);
    if (part.kind !== 'object') continue;
    for (const entry of part.entries) {
      if (entry.key !== undefined) injectLeaf(entry.value, `${prefix}${entry.key}`, injecting, config);
      else if (entry.value.kind === 'object' || entry.value.kind === 'choice') injectTree(entry.value, prefix, injecting, config);
      else injectSpread(entry, injecting, config);
    }
  }
}

function injectLeaf(value: StaticValue, name: string, injecting: Injecting, config: Config): void {
  const isTree = parts(value).some((part) => part.kind === 'object' || part.kind === 'array');
  if (isTree && name.split('.').length < 8) injectTree(value, `${name}.`, injecting, config);
  else inject(name, value, injecting, config);
}

/** `["A", "B"]` or `{ A: "default" }`: names whose values go to the client. */
export function injectNames(value: StaticValue, key: string, access: readonly VariableAccess[], config: Config): void {
  const { file, facts } = config;
  const add = (name: string, at: Span): void => void facts.injections.push({ name, how: 'env', access, variable: name, file, at, always: false, confidence: 'certain' });
  for (const part of parts(value)) {
    if (part.kind === 'text' && part.text === 'all') facts.prefixes.push({ prefix: '', access, forms: ['dot', 'bracket', 'optional'], ships: 'read', replaces: false, file, at: part.at, confidence: 'certain' });
    else if (part.kind === 'text') add(part.text, part.at);
    else if (part.kind === 'array') {
      for (const item of part.items) {
        if (item.kind === 'text') add(item.text, item.at);
        else tellComputed(facts, file, key, access);
      }
    } else if (part.kind === 'object') {
      for (const entry of entriesOf(part)) {
        if (entry.key === undefined) injectSpread(entry, { how: 'env', key, access }, config);
        else add(entry.key, entry.keyAt);
      }
    } else if (part.kind === 'unknown') tellComputed(facts, file, key, access);
  }
}
