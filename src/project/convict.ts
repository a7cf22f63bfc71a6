import type { Evaluator } from './evaluate.ts';
import { calleeName, resolvedLazy, type Lazy, type Place, type Resolved, type ResolvedEntry } from './resolved.ts';

const maxDepth = 8;
/** Methods that give the configuration itself. */
const fluent = new Set(['validate', 'load', 'loadFile', 'set']);

/**
 * What a configuration of convict holds: its schema says which variable each setting is read from (`env: "HILT_API_KEY"`), and code
 * asks by the setting's path: `config.get("hilt.apiKey")`, `config.getProperties()`.
 */
export function convictRead(evaluator: Evaluator, receiver: Resolved, name: string, argument: Lazy | undefined, place: Place): Resolved | undefined {
  if (name !== 'get' && name !== 'getProperties') return undefined;
  const schema = schemaOf(evaluator, receiver, 0);
  if (!schema) return undefined;
  const asked = name === 'get' && argument ? textAt(evaluator, argument) : '';
  const path = asked === '' ? [] : asked?.split('.');
  return path && held(evaluator, path.reduce<Resolved>((inner, key) => evaluator.property(inner, key), schema), place, 0);
}

function schemaOf(evaluator: Evaluator, value: Resolved, depth: number): Resolved | undefined {
  if (value.kind !== 'call' || depth > maxDepth) return undefined;
  const { callee, args } = value;
  if (callee.kind === 'member') return fluent.has(calleeName(callee)) ? schemaOf(evaluator, callee.object, depth + 1) : undefined;
  return callee.kind === 'outside' && callee.specifier === 'convict' && args[0] ? evaluator.head(args[0]) : undefined;
}

/** A setting is the variable that it is read from, a group the object of its settings. */
function held(evaluator: Evaluator, schema: Resolved, place: Place, depth: number): Resolved | undefined {
  if (schema.kind !== 'object' || depth > maxDepth) return undefined;
  const { entries } = evaluator.entries(schema);
  const env = entries.find(({ key }) => key && textAt(evaluator, key) === 'env');
  const name = env && textAt(evaluator, env.value);
  if (env && name !== undefined) return { kind: 'variable', name, access: 'process.env', form: 'call', place: env.place };
  const settings = entries.flatMap((entry): ResolvedEntry[] => {
    const inner = held(evaluator, evaluator.head(entry.value), place, depth + 1);
    return inner ? [{ ...entry, value: resolvedLazy(inner, entry.place) }] : [];
  });
  return { kind: 'object', entries: settings, place };
}

function textAt(evaluator: Evaluator, lazy: Lazy): string | undefined {
  const value = evaluator.head(lazy);
  return value.kind === 'text' ? value.text : undefined;
}
