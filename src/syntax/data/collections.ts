import type { CallUse, Declaration } from '../module-summary.ts';
import type { Span } from '../span.ts';
import type { ObjectEntry, Value } from '../value.ts';
import { groupBy } from '../group-by.ts';

type ByPath = ReadonlyMap<string, readonly Declaration[]>;
type Path = readonly string[];

/**
 * The requests of an exported collection as calls of the global `http:request` with method, URL, headers, body and query. Variables
 * that the collection defines itself are filled in. Sources: schema.postman.com (v2.0 and v2.1), docs.insomnia.rest (exports 4 and 5).
 */
export function collectionRequests(declarations: readonly Declaration[]): CallUse[] {
  const byPath = groupBy(declarations, ({ path }) => keyOf(path));
  if (!isCollection(byPath)) return [];
  const variables = variablesOf(declarations);
  return declarations.flatMap((declaration) => {
    const path = pathOfRequest(declaration);
    return path && (named(byPath, path, 'method') || declaration.name === 'request') ? [requestAt(byPath, path, declaration, variables)] : [];
  });
}

function isCollection(byPath: ByPath): boolean {
  const schema = textOf(named(byPath, ['info'], 'schema')) ?? '';
  return /getpostman\.com\/json\/collection|schema\.postman\.com/.test(schema) || named(byPath, [], '__export_format') !== undefined || /^collection\.insomnia\.rest\//.test(textOf(named(byPath, [], 'type')) ?? '');
}

/** Where the request lies whose URL a declaration is: `url` or `url.raw` of it, or the URL alone in its place. */
function pathOfRequest({ name, path, value }: Declaration): Path | undefined {
  if (name === 'url') return path;
  if (name === 'raw' && path.at(-1) === 'url') return path.slice(0, -1);
  return name === 'request' && path.at(-2) === 'item' && value.kind !== 'object' ? [...path, name] : undefined;
}

function requestAt(byPath: ByPath, path: Path, { value, valueAt }: Declaration, variables: ReadonlyMap<string, Value>): CallUse {
  const method = named(byPath, path, 'method');
  const auth = authOf(byPath, path);
  const body = named(byPath, [...path, 'body'], 'raw') ?? named(byPath, [...path, 'body'], 'text');
  const form = [...listed(byPath, [...path, 'body', 'urlencoded']), ...listed(byPath, [...path, 'body', 'formdata']), ...listed(byPath, [...path, 'body', 'params'])];
  const headers = [...listed(byPath, [...path, 'header']), ...listed(byPath, [...path, 'headers']), ...auth.headers];
  const query = [...listed(byPath, [...path, 'parameters']), ...auth.query];
  const filled = (entries: readonly ObjectEntry[]): Value => ({ kind: 'object', entries: entries.map((entry) => ({ ...entry, value: fill(entry.value, variables) })), at: valueAt });
  const args: Value[] = [method?.value ?? { kind: 'text', text: 'GET' }, fill(value, variables), filled(headers), body ? fill(body.value, variables) : filled(form), filled(query)];
  const spans: Span[] = [method?.valueAt ?? valueAt, valueAt, valueAt, body?.valueAt ?? valueAt, valueAt];
  return {
    kind: 'call', callee: { kind: 'global', path: 'http:request' }, isNew: false, result: 'dropped', at: valueAt, fn: -1,
    args: args.map((each, index) => ({ value: each, at: spans[index] as Span })),
  };
}

const maxListed = 200;
/** What else an entry of a list says of itself. */
const ofEntry = new Set(['key', 'name', 'type', 'description', 'disabled', 'enabled', 'id', 'equals', 'uuid', 'system', 'src']);

/** `[{ "key": "Cookie", "value": "…" }]`: a pair is declared by the name that it gives. */
function listed(byPath: ByPath, path: Path): ObjectEntry[] {
  const found: ObjectEntry[] = [];
  for (let index = 0; index < maxListed; index += 1) {
    const entry = byPath.get(keyOf([...path, String(index)]));
    if (!entry) return found;
    if (entry.some(({ name, value }) => name === 'disabled' && value.kind === 'constant' && value.value === true)) continue;
    found.push(...entry.filter(({ name }) => !ofEntry.has(name)).map(({ name, value, valueAt }) => entryOf(name, value, valueAt)));
  }
  return found;
}

function entryOf(name: string, value: Value, at: Span): ObjectEntry {
  return { key: { kind: 'text', text: name }, value, at, valueAt: at };
}

interface Auth { readonly headers: readonly ObjectEntry[]; readonly query: readonly ObjectEntry[] }

const noAuth: Auth = { headers: [], query: [] };

/** The request's own authentication, else that of the nearest folder around it. */
function authOf(byPath: ByPath, path: Path): Auth {
  for (let length = path.length; length >= 0; length -= 1) {
    for (const group of ['auth', 'authentication']) {
      const at = [...path.slice(0, length), group];
      const type = textOf(named(byPath, at, 'type'));
      if (type !== undefined) return authOfType(byPath, at, type);
    }
  }
  return noAuth;
}

function authOfType(byPath: ByPath, path: Path, type: string): Auth {
  // Postman lists the parts below the type, or has them there as an object; Insomnia has them beside it.
  const parts = [...(byPath.get(keyOf(path)) ?? []), ...(byPath.get(keyOf([...path, type])) ?? []), ...Array.from({ length: 12 }, (_, index) => byPath.get(keyOf([...path, type, String(index)])) ?? []).flat()];
  const part = (...names: string[]): Declaration | undefined => parts.find(({ name }) => names.includes(name));
  switch (type) {
    case 'bearer':
      return withScheme('Bearer ', part('token'));
    case 'basic':
      return withScheme('Basic ', part('username'));
    case 'oauth2':
      return withScheme('Bearer ', part('accessToken', 'access_token'));
    case 'apikey':
      return apiKey(parts);
    default:
      return noAuth;
  }
}

function withScheme(scheme: string, token: Declaration | undefined): Auth {
  if (!token) return noAuth;
  return { headers: [entryOf('Authorization', { kind: 'concat', parts: [{ kind: 'text', text: scheme }, token.value], at: token.valueAt }, token.valueAt)], query: [] };
}

function apiKey(parts: readonly Declaration[]): Auth {
  const place = textOf(parts.find(({ name }) => name === 'in' || name === 'addTo'));
  const pairs = parts.filter(({ name }) => !/^(?:in|addTo|type|disabled|key|value)$/.test(name));
  // Postman: `{ "key": "key", "value": "X-Hilt-Key" }, { "key": "value", "value": "…" }`.
  const names = parts.filter(({ name, value }) => name === 'key' && !/^(?:key|value|in)$/.test(textIn(value) ?? ''));
  const value = parts.findLast((part) => part.name === 'value');
  const name = names[0] && textOf(names[0]);
  const entries = name !== undefined && value ? [entryOf(name, value.value, value.valueAt)] : pairs.map((pair) => entryOf(pair.name, pair.value, pair.valueAt));
  return place === 'query' || place === 'queryParams' ? { headers: [], query: entries } : { headers: entries, query: [] };
}

/** The collection's own variables, and those of environments that are exported with it. */
function variablesOf(declarations: readonly Declaration[]): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const { name, path, value } of declarations) {
    const isVariable = (path.length === 2 && path[0] === 'variable' && !ofEntry.has(name)) || path.at(-1) === 'data' && (path[0] === 'resources' || path[0] === 'environments');
    if (isVariable && (value.kind !== 'text' || value.text !== '')) found.set(name, value);
  }
  return found;
}

function fill(value: Value, variables: ReadonlyMap<string, Value>): Value {
  if (value.kind === 'concat') return { ...value, parts: value.parts.map((part) => fill(part, variables)) };
  return value.kind === 'variable' ? (variables.get(value.name.replace(/^_\./, '')) ?? value) : value;
}

function named(byPath: ByPath, path: Path, name: string): Declaration | undefined {
  return byPath.get(keyOf(path))?.find((declaration) => declaration.name === name);
}

function textOf(declaration: Declaration | undefined): string | undefined {
  return declaration && textIn(declaration.value);
}

function textIn(value: Value): string | undefined {
  return value.kind === 'text' ? value.text : undefined;
}

function keyOf(path: Path): string {
  return path.join('\0');
}
