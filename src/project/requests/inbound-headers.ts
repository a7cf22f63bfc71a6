import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Value } from '../../syntax/value.ts';
import { calledName, callTaking } from '../disclosure/callbacks.ts';
import { handlerFunctions } from '../disclosure/handlers.ts';
import { routeMethods } from '../disclosure/sink-names.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type Resolved } from '../resolved.ts';

/** Headers that a request handler was sent and sends on with a request of its own. */
export interface Inbound {
  /** Where they are put into the request. */
  readonly place: Place;
  readonly value: Resolved;
  /** Names, in lower case, of headers that are taken out, or set anew. */
  readonly without: ReadonlySet<string>;
}

const maxDepth = 6;

/** The headers of the handler's own caller among these headers: themselves, copied (`new Headers(request.headers)`) or spread. */
export function inboundIn(project: Project, headers: Lazy): Inbound | undefined {
  return find(project, headers, 0);
}

function find(project: Project, headers: Lazy, depth: number): Inbound | undefined {
  if (depth > maxDepth || !headers.at) return undefined;
  const place: Place = { module: headers.module, at: headers.at };
  const value = project.evaluator.head(headers);
  if (isInboundHeaders(project, value)) return { place, value, without: leftOut(headers.value) };
  switch (value.kind) {
    case 'choice':
      return first(value.options.map((known) => ({ ...headers, known })), (option) => find(project, option, depth + 1));
    case 'array':
      return first(value.items.filter(({ spread }) => spread), (item) => find(project, item, depth + 1));
    case 'call':
      return isCopy(value) ? within(place, first(copiedBy(value, headers), (copied) => find(project, copied, depth + 1)), takenFrom(project, value.place)) : undefined;
    case 'object':
      return inEntries(project, value, place, depth);
    default:
      return undefined;
  }
}

function inEntries(project: Project, object: Extract<Resolved, { kind: 'object' }>, place: Place, depth: number): Inbound | undefined {
  let found: Inbound | undefined;
  const set = new Set<string>();
  for (const entry of object.entries) {
    const key = entry.key && project.evaluator.head(entry.key);
    if (key?.kind === 'text') set.add(key.text.toLowerCase());
    const inner = entry.spread ? find(project, entry.value, depth + 1) : undefined;
    // What `new Headers(request.headers)` begins with is seen as spread into it.
    if (inner) found = object.container ? { ...inner, place } : { ...inner, place: entry.place };
  }
  return found && within(found.place, found, new Set([...set, ...(object.place ? takenFrom(project, object.place) : [])]));
}

function within(place: Place, inner: Inbound | undefined, without: ReadonlySet<string>): Inbound | undefined {
  return inner && { ...inner, place, without: new Set([...inner.without, ...without]) };
}

function first<Item>(items: readonly Item[], look: (item: Item) => Inbound | undefined): Inbound | undefined {
  for (const item of items) {
    const found = look(item);
    if (found) return found;
  }
  return undefined;
}

/** The keys that a rest pattern leaves out: `const { cookie, ...rest } = request.headers`. */
function leftOut(value: Value): Set<string> {
  if (value.kind !== 'call' || value.callee.kind !== 'global' || value.callee.path !== 'operator:rest') return new Set();
  return new Set(value.args.flatMap(({ value: argument }) => textsOf(argument)).map((name) => name.toLowerCase()));
}

function textsOf(value: Value): string[] {
  if (value.kind === 'array') return value.items.flatMap((item) => textsOf(item.value));
  return value.kind === 'text' ? [value.text] : [];
}

/** What is deleted from the object that was made at a place: `headers.delete("cookie")`, `delete headers.cookie`. */
function takenFrom(project: Project, { module, at }: Place): Set<string> {
  const names = new Set<string>();
  for (const use of module.uses) {
    const isCall = use.kind === 'call' && use.callee.kind === 'member' && use.callee.property.kind === 'text' && /^(?:delete|pop)$/.test(use.callee.property.text);
    const isDelete = use.kind === 'assign' && use.value.kind === 'constant';
    if (!isCall && !isDelete) continue;
    const name = isCall ? use.args[0]?.value : isDelete ? use.property : undefined;
    const owner = isCall && use.callee.kind === 'member' ? use.callee.object : isDelete ? use.object : undefined;
    if (name?.kind !== 'text' || !owner) continue;
    const made = project.evaluator.look(module, owner);
    const madeAt = made.kind === 'object' || made.kind === 'call' ? made.place?.at : undefined;
    if (madeAt && madeAt[0] === at[0] && madeAt[1] === at[1]) names.add(name.text.toLowerCase());
  }
  return names;
}

function isCopy({ callee, isNew }: Extract<Resolved, { kind: 'call' }>): boolean {
  const name = calleeName(callee);
  return isNew ? name === 'Headers' || name === 'Map' : /^(?:fromEntries|entries|from|assign|structuredClone|dict|cloneDeep|clone|toJSON|copy|items)$/.test(name);
}

/** `copy(headers)`, `headers.entries()` */
function copiedBy({ callee, args }: Extract<Resolved, { kind: 'call' }>, headers: Lazy): readonly Lazy[] {
  return callee.kind === 'member' ? [{ ...headers, known: callee.object }, ...args] : args;
}

/** Functions that a framework calls with a request: route handlers of Next and SvelteKit, loaders of Remix, workers, functions of a cloud. */
const handlerNames = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|loader|action|handler|handle|fetch|onRequest\w*|middleware)$/;
const handlerTakers = /^(?:createServer|serve|defineEventHandler|eventHandler|defineCachedEventHandler)$/;
const requestNames = /^_?(?:req|request|event|ctx|context|c|evt)$/;
/** What leads from such a parameter to the request: Koa's `ctx.request`, Hono's `c.req.raw`, h3's `event.node.req`. */
const stepNames = /^(?:req|request|raw|node|event)$/;
const headerFunctions: readonly { readonly specifier: RegExp; readonly name: RegExp }[] = [
  { specifier: /^next\/headers$/, name: /^headers$/ },
  { specifier: /^(?:h3|#imports|nitropack(?:\/.*)?|vinxi\/http)$/, name: /^(?:getHeaders|getRequestHeaders)$/ },
  { specifier: /^@tanstack\/(?:react|solid)-start(?:\/server)?$/, name: /^(?:getHeaders|getRequestHeaders)$/ },
];
/** The same where the framework imports them by itself. */
const headerGlobals = /^(?:getRequestHeaders|useRequestHeaders)$/;

/** `request.headers` of a handler: all that its own caller sent along, cookies among it. */
export function isInboundHeaders(project: Project, value: Resolved): boolean {
  switch (value.kind) {
    case 'member':
      return value.property.kind === 'text' && value.property.text === 'headers' && isRequest(project, value.object);
    case 'outside':
      return /^(?:flask|quart|bottle|sanic)$/.test(value.specifier) && value.name === 'request.headers';
    case 'call':
      return givesInbound(project, value);
    default:
      return false;
  }
}

/** `headers()` of Next, `getHeaders(event)` of h3, `c.req.header()` of Hono. */
function givesInbound(project: Project, { callee, args, isNew }: Extract<Resolved, { kind: 'call' }>): boolean {
  if (isNew) return false;
  if (callee.kind === 'outside') return headerFunctions.some(({ specifier, name }) => specifier.test(callee.specifier) && name.test(callee.name));
  // With names, only those: `useRequestHeaders(["accept"])`.
  if (callee.kind === 'global') return headerGlobals.test(callee.path) && !args.some((argument) => project.evaluator.head(argument).kind === 'array');
  return callee.kind === 'member' && args.length === 0 && calleeName(callee) === 'header' && isRequest(project, callee.object);
}

/** The request that a handler was called with: `fetch(url, request)` sends its headers on. */
export function isInboundRequest(project: Project, value: Resolved): boolean {
  return value.kind === 'parameter' || value.kind === 'member' ? isRequest(project, value) : false;
}

function isRequest(project: Project, value: Resolved): boolean {
  let current = value;
  let steps = 0;
  while (current.kind === 'member' && current.property.kind === 'text' && stepNames.test(current.property.text) && steps < maxDepth) {
    current = current.object;
    steps += 1;
  }
  if (current.kind !== 'parameter') return false;
  const { module, fn, name } = current;
  return (steps > 0 || requestNames.test(name ?? '')) && isHandler(project, module, fn);
}

function isHandler(project: Project, module: ModuleSummary, fn: number): boolean {
  const summary = module.functions[fn];
  if (handlerNames.test(summary?.name ?? '') || (summary?.decorators?.length ?? 0) > 0 || isExportedHandler(module, fn)) return true;
  const callee = callTaking(module, fn)?.callee;
  const called = callee ? calledName(callee) : '';
  return routeMethods.has(called) || handlerTakers.test(called) || (module.language === 'python' && handlerFunctions(project, module).get(fn) === 'response');
}

/** `export default { fetch(request) { … } }` of a worker; the default export of a file below `api/`. */
function isExportedHandler(module: ModuleSummary, fn: number): boolean {
  return module.exports.some(({ name, value }) => {
    if (name !== 'default' || !value) return false;
    if (value.kind === 'object') return value.entries.some((entry) => entry.key?.kind === 'text' && handlerNames.test(entry.key.text) && entry.value.kind === 'function' && entry.value.fn === fn);
    const held = value.kind === 'binding' ? module.bindings[value.name] : value;
    return /(?:^|\/)api\//.test(module.file) && held?.kind === 'function' && held.fn === fn;
  });
}
