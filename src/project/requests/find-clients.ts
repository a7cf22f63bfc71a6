import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type Resolved, type ResolvedCall } from '../resolved.ts';
import { chainsOf, keyOf, type Chain } from './chain.ts';
import { clientFamilies, type ClientFamily, type Maker } from './clients.ts';

/** An HTTP client that code holds: a library itself, or an instance with what its makers were given. */
export interface Client {
  readonly family: ClientFamily;
  /** Options of its makers, the outermost first. */
  readonly options: readonly Lazy[];
  readonly bases: readonly Lazy[];
  /** The host alone, where that is what it was made for. */
  readonly host?: Lazy;
  /** The calls that made it; changes on them are changes of it. */
  readonly madeBy: readonly Place[];
  readonly cookies: 'always' | 'login' | undefined;
  readonly isOwnApplication: boolean;
}

const byPackage = new Map(clientFamilies.flatMap((family) => family.packages.map((name) => [name, family] as const)));
const byGlobal = new Map(clientFamilies.flatMap((family) => (family.globals ?? []).map((name) => [name, family] as const)));
const playwright = byPackage.get('@playwright/test') as ClientFamily;
const maxMakers = 6;

/** The client that a chain is called on, and the name that is called: `get`, `` for the client itself. */
export function clientOfChain(project: Project, module: ModuleSummary, chain: Chain): { client: Client; name: string } | undefined {
  const { root } = chain;
  if (root.kind === 'outside' || root.kind === 'global') return libraryOf(chain);
  if (root.kind === 'call') {
    const client = clientMadeBy(project, module, root);
    if (client) return { client, name: calledName(client.family, chain.path) };
  }
  return injectedClient(project, chain) ?? clientByType(project, chain) ?? (root.kind !== 'call' && usesPlaywright(module) ? browserRequest(chain.path) : undefined);
}

/** Angular's `inject(HttpClient)`. */
function injectedClient(project: Project, { root, path }: Chain): { client: Client; name: string } | undefined {
  if (root.kind !== 'call' || root.callee.kind !== 'outside' || root.callee.specifier !== '@angular/core' || root.callee.name !== 'inject') return undefined;
  const token = root.args[0] && project.evaluator.head(root.args[0]);
  const family = token?.kind === 'outside' ? familyOfType(token.specifier, token.name) : undefined;
  return family && { client: plainClient(family), name: calledName(family, path) };
}

/** What only its declared type tells: `http: AxiosInstance`, `doFetch: typeof fetch`. */
function clientByType(project: Project, { root, path }: Chain): { client: Client; name: string } | undefined {
  const { types } = project.evaluator;
  let current = types.of(root);
  for (let index = 0; index <= path.length && current.length > 0; index += 1) {
    for (const type of current) {
      const rest = path.slice(index);
      if (type.kind === 'value' && (type.value.kind === 'outside' || type.value.kind === 'global')) {
        const [library] = chainsOf(project, type.value);
        return library && libraryOf({ ...library, path: [...library.path, ...rest] });
      }
      const family = type.kind === 'outside' ? familyOfType(type.specifier, type.name) : undefined;
      if (family === playwright) return browserRequest(['request', ...rest.filter((name, place) => place > 0 || name !== 'request')]);
      if (family) return { client: plainClient(family), name: calledName(family, rest[0] === 'axiosRef' ? rest.slice(1) : rest) };
    }
    current = current.flatMap((type) => types.member(type, path[index] ?? ''));
  }
  return undefined;
}

function familyOfType(specifier: string, name: string): ClientFamily | undefined {
  // Nest's service has the methods of an axios instance, and the instance itself.
  if (specifier === '@nestjs/axios') return name === 'HttpService' ? byPackage.get('axios') : undefined;
  const family = byPackage.get(specifier);
  return family?.types?.test(name.replace(/^(?:default|\*)\./, '')) ? family : undefined;
}

function libraryOf({ root, path }: Chain): { client: Client; name: string } | undefined {
  if (root.kind === 'outside') {
    const family = byPackage.get(root.specifier);
    return family && { client: plainClient(family), name: calledName(family, path) };
  }
  const family = byGlobal.get(path[0] ?? '');
  return family && { client: plainClient(family), name: path.slice(1).join('.') };
}

function plainClient(family: ClientFamily): Client {
  return { family, options: [], bases: [], madeBy: [], cookies: family.cookies, isOwnApplication: false };
}

/** A context's and a page's requests are made by `context.request.get`, `page.request.get`. */
function calledName(family: ClientFamily, path: readonly string[]): string {
  return (family === playwright && path[0] === 'request' && path[1] !== 'newContext' ? path.slice(1) : path).join('.');
}

const madeByCalls = new WeakMap<ResolvedCall, Map<ModuleSummary, Client | undefined>>();

/** Every call of a method of an instance asks what made it. */
function clientMadeBy(project: Project, module: ModuleSummary, call: ResolvedCall): Client | undefined {
  let made = madeByCalls.get(call);
  if (!made) madeByCalls.set(call, (made = new Map()));
  if (!made.has(module)) made.set(module, madeClient(project, module, call, 0));
  return made.get(module);
}

/** `axios.create(…)`, `ky.extend(…)`, `new Client(…)`, `requests.Session()`, and instances made from instances. */
function madeClient(project: Project, module: ModuleSummary, call: Extract<Resolved, { kind: 'call' }>, depth: number): Client | undefined {
  if (depth > maxMakers) return undefined;
  for (const chain of chainsOf(project, call.callee)) {
    const below = chain.root.kind === 'call' ? belowOf(project, module, chain, depth) : clientOfChain(project, module, chain);
    if (!below) continue;
    const { client, name } = below;
    const maker = client.family.makers?.[name];
    if (maker) return withMaker(project, module, client, maker, call);
    if (client.madeBy.length > 0 && client.family.fluent?.includes(name)) return { ...client, madeBy: [...client.madeBy, call.place] };
    // `await context.newPage()`: a page shares the cookies of its context.
    if (client.family === playwright && name === 'newPage') return { ...client, madeBy: [...client.madeBy, call.place] };
  }
  return undefined;
}

function belowOf(project: Project, module: ModuleSummary, chain: Chain, depth: number): { client: Client; name: string } | undefined {
  const client = chain.root.kind === 'call' ? madeClient(project, module, chain.root, depth + 1) : undefined;
  return client && { client, name: chain.path.join('.') };
}

function withMaker(project: Project, module: ModuleSummary, client: Client, maker: Maker, call: Extract<Resolved, { kind: 'call' }>): Client {
  const { args, place } = call;
  const inner = maker.client === undefined ? undefined : args[maker.client];
  const wrapped = inner && project.evaluator.head(inner);
  const start = (wrapped?.kind === 'call' && madeClient(project, module, wrapped, 1)) || client;
  const options = optionsArgument(project, args, maker.options);
  const base = maker.base === undefined ? undefined : args[maker.base];
  const host = maker.host === undefined ? undefined : (args[maker.host] ?? start.host);
  const isText = base !== undefined && isUrlLike(project.evaluator.head(base));
  return {
    family: start.family,
    options: options ? [...start.options, options] : start.options,
    bases: base && isText ? [...start.bases, base] : start.bases,
    madeBy: [...start.madeBy, place],
    ...(host ? { host } : {}),
    cookies: maker.handlers && args.some((handler) => keepsCookies(project, handler)) ? 'always' : (maker.cookies ?? start.cookies),
    isOwnApplication: start.isOwnApplication || (maker.ownApplication === true && !isText),
  };
}

/** urllib's handler, or its class. */
function keepsCookies(project: Project, handler: Lazy): boolean {
  const value = project.evaluator.head(handler);
  return calleeName(value.kind === 'call' ? value.callee : value) === 'HTTPCookieProcessor';
}

function isUrlLike(value: Resolved): boolean {
  if (value.kind === 'choice') return value.options.some(isUrlLike);
  if (value.kind === 'call') return value.callee.kind === 'global' && value.callee.path === 'URL';
  return value.kind === 'text' || value.kind === 'concat' || value.kind === 'variable';
}

/** The argument that holds the options; `last` only where it is an object of its own. */
export function optionsArgument(project: Project, args: readonly Lazy[], index: number | 'last' | undefined): Lazy | undefined {
  if (index === undefined) return undefined;
  if (index !== 'last') return args[index];
  const last = args.at(-1);
  return last && project.evaluator.head(last).kind === 'object' ? last : undefined;
}

const playwrightUsers = new WeakMap<ModuleSummary, boolean>();

function usesPlaywright(module: ModuleSummary): boolean {
  let answer = playwrightUsers.get(module);
  if (answer === undefined) playwrightUsers.set(module, (answer = isPlaywrightUser(module)));
  return answer;
}

function isPlaywrightUser(module: ModuleSummary): boolean {
  return module.imports.some((edge) => /(?:^|\/|@)playwright/.test(edge.specifier)) || /(?:^|[/._-])(?:e2e|playwright)(?:[/._-]|$)/i.test(module.file);
}

/** `request`, `page.request` and `context.request` of a test's fixtures; `page.goto`. */
function browserRequest(path: readonly string[]): { client: Client; name: string } | undefined {
  const at = path.lastIndexOf('request');
  const name = path.slice(at + 1).join('.');
  if (at >= 0 && (Object.hasOwn(playwright.calls, name) || name === 'newContext')) return { client: { ...plainClient(playwright), cookies: 'login' }, name };
  if (path.at(-1) === 'goto') return { client: plainClient(playwright), name: 'goto' };
  if (path.at(-1) === 'newContext' || path.at(-1) === 'newPage') return { client: plainClient(playwright), name: path.at(-1) as string };
  return undefined;
}

/** Whether two clients share an instance, so that what one is given the other sends. */
export function sharesInstance(left: Client, right: Client): boolean {
  if (left.family.cookies && left.family === right.family) return true;
  const made = new Set(left.madeBy.map(keyOf));
  return right.madeBy.some((place) => made.has(keyOf(place)));
}
