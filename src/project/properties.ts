import { dictionaryMethods, environmentObject } from '../syntax/estree/environment.ts';
import type { VariableAccess } from '../syntax/value.ts';
import { instanceProperty, openInstance, staticProperty } from './class-members.ts';
import type { Evaluator } from './evaluate.ts';
import { exportOf } from './module-exports.ts';
import { entryNamed } from './object-entries.ts';
import { calleeName, choiceOf, type Lazy, type Place, type Resolved } from './resolved.ts';
import type { Typed } from './types/lookup.ts';

const unknown: Resolved = { kind: 'unknown' };
/** What gives the environment as a whole. */
export const environmentPaths: ReadonlyMap<string, VariableAccess> = new Map<string, VariableAccess>(Object.entries({ 'process.env': 'process.env', 'import.meta.env': 'import.meta.env', 'Bun.env': 'Bun.env', 'Deno.env.toObject': 'Deno.env', 'os.environ': 'os.environ', 'shell:env': 'expansion' }));

/** A property of a value. `place` is where it is read. */
export function propertyOf(evaluator: Evaluator, object: Resolved, name: string, place?: Place, form: 'alias' | 'dynamic' = 'alias'): Resolved {
  switch (object.kind) {
    case 'environment':
      // The environment of Python is a dictionary.
      if (object.access === 'os.environ' && dictionaryMethods.has(name)) return memberOf(object, name, place);
      return place ? { kind: 'variable', name, access: object.access, form, ...(object.specifier ? { specifier: object.specifier } : {}), place } : unknown;
    case 'global': {
      const path = `${object.path}.${name}`;
      const access = environmentPaths.get(path);
      return access ? { kind: 'environment', access } : { kind: 'global', path, ...(place ? { place } : {}) };
    }
    case 'outside': {
      const access = environmentObject(object.specifier, object.name === '*' || object.name === 'default' ? name : `${object.name}.${name}`);
      if (access) return { kind: 'environment', access, specifier: object.specifier };
      const path = object.name === '*' ? name : `${object.name}.${name}`;
      return { kind: 'outside', specifier: object.specifier, name: path, ...(place ? { place } : {}) };
    }
    case 'namespace':
      // `import("./x").then(…)`: what is imported stands for its promise.
      return exportOf(evaluator, object.module, name) ?? (name === 'then' ? memberOf(object, name, place) : unknown);
    case 'object': {
      const held = entryNamed(evaluator, object.entries, name);
      // What is not set on an object of a library may still be a method of it.
      if (object.container && (!held || held.kind === 'unknown')) return memberOf(object, name, place);
      return held ?? { kind: 'constant', value: undefined };
    }
    case 'array': {
      const item = /^\d+$/.test(name) ? object.items[Number(name)] : undefined;
      if (item && !item.spread) return evaluator.head(item);
      return name === 'length' && !object.items.some((each) => each.spread) ? { kind: 'number', value: object.items.length } : memberOf(object, name, place);
    }
    case 'text':
      if (name === 'length') return { kind: 'number', value: object.text.length };
      return /^\d+$/.test(name) ? { kind: 'text', text: object.text[Number(name)] ?? '' } : memberOf(object, name, place);
    case 'choice':
      return choiceOf(object.options.map((option) => propertyOf(evaluator, option, name, place, form)));
    case 'instance':
      return instanceProperty(evaluator, object, name) ?? memberOf(object, name, place);
    case 'class':
      return (object.entries && entryNamed(evaluator, object.entries, name)) ?? staticProperty(evaluator, object.module, object.cls, name, object.frame) ?? memberOf(object, name, place);
    case 'function':
      return (object.entries && entryNamed(evaluator, object.entries, name)) ?? memberOf(object, name, place);
    case 'call':
      return propertyOfCall(evaluator, object, name, place) ?? memberOf(object, name, place);
    case 'constant':
      return unknown;
    case 'parameter':
    case 'unknown':
    case 'member':
      return propertyByType(evaluator, object, name, place);
    default:
      return memberOf(object, name, place);
  }
}

/**
 * A property of something that only its type tells of. What a class of the project declares is known by that; the method of
 * another subclass may run as well, so that the plain member stays beside a function.
 */
function propertyByType(evaluator: Evaluator, object: Resolved, name: string, place: Place | undefined): Resolved {
  const plain = memberOf(object, name, place);
  const held = evaluator.types.of(object).flatMap((type) => heldBy(evaluator, type, name) ?? []);
  if (held.length === 0) return plain;
  return choiceOf(held.some((value) => value.kind === 'function') ? [plain, ...held] : held);
}

function heldBy(evaluator: Evaluator, type: Typed, name: string): Resolved | undefined {
  const value = heldByDeclaration(evaluator, type, name);
  // What only the package above a class, or nobody, knows of is not known by its type either.
  return value?.kind === 'unknown' || value?.kind === 'constant' || value?.kind === 'member' || value?.kind === 'parameter' ? undefined : value;
}

function heldByDeclaration(evaluator: Evaluator, type: Typed, name: string): Resolved | undefined {
  if (type.kind === 'class') return instanceProperty(evaluator, openInstance(evaluator, type.module, type.cls), name);
  const isOwn = type.kind === 'value' && (type.value.kind === 'object' || type.value.kind === 'instance' || type.value.kind === 'namespace');
  return isOwn ? propertyOf(evaluator, type.value, name) : undefined;
}

/** A checked environment: `createEnv({ runtimeEnv: process.env }).X`, `schema.parse(process.env).X`, `{ ...process.env }`. */
function propertyOfCall(evaluator: Evaluator, object: Extract<Resolved, { kind: 'call' }>, name: string, place: Place | undefined): Resolved | undefined {
  const callee = calleeName(object.callee);
  const isOfDotenv = object.callee.kind === 'outside' && /^dotenv(?:-\w+)?$/.test(object.callee.specifier);
  // `dotenv.config().parsed`, `schema.safeParse(process.env).data`
  if (isOfDotenv && name === 'parsed') return { kind: 'environment', access: 'helper' };
  const read = object.args.flatMap((argument) => environmentsIn(evaluator, argument));
  if (name === 'data' && /^safeParse/.test(callee) && read.length > 0) return object;
  if (!place || !/^[A-Z][A-Z0-9_]+$/.test(name)) return undefined;
  if (isOfDotenv && callee === 'parse') return { kind: 'variable', name, access: 'helper', form: 'alias', place };
  // Vite puts an object in the place of `import.meta.env`, which is there as a whole for whoever checks it.
  if (read.some(({ access }) => access === 'import.meta.env')) return { kind: 'variable', name, access: 'import.meta.env', form: 'dynamic', place };
  if (read.length === 0 && !/^(?:createEnv|cleanEnv|envsafe|parseEnv|loadEnv|defineEnv|validateEnv)$/.test(callee)) return undefined;
  return { kind: 'variable', name, access: 'helper', form: 'alias', place };
}

function environmentsIn(evaluator: Evaluator, argument: Lazy): (Resolved & { kind: 'environment' })[] {
  const value = evaluator.head(argument);
  if (value.kind === 'environment') return [value];
  if (value.kind !== 'object') return [];
  return value.entries.flatMap((entry) => {
    const inner = evaluator.head(entry.value);
    return inner.kind === 'environment' ? [inner] : [];
  });
}

function memberOf(object: Resolved, name: string, place: Place | undefined): Resolved {
  return { kind: 'member', object, property: { kind: 'text', text: name }, ...(place ? { place } : {}) };
}
