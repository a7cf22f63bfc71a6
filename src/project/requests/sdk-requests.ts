import { defaultBaseUrl } from '../../hilt/hosts.ts';
import type { RouteAuth } from '../../hilt/routes.ts';
import { clientOptions, isSdkPythonModule, isSdkSpecifier, methodAuth, type MethodAuth } from '../../hilt/sdk.ts';
import type { Project } from '../project.ts';
import type { Lazy, Place, Resolved, ResolvedCall, ResolvedEntry } from '../resolved.ts';
import { isClientClass } from '../slots.ts';
import { clientOnPath, inferredReceiver, type ClientType } from '../types/client-types.ts';
import { commonHolding, madeClientsFor } from '../types/made-clients.ts';
import { chainsOf, type Chain } from './chain.ts';
import { applyChange, stateChangesOf } from './client-state.ts';
import { RequestDraft } from './draft.ts';
import { clientOfChain } from './find-clients.ts';
import type { Credential, Request, Site } from './request.ts';
import { authOf, labelOf } from './request-route.ts';
import { readUrl } from './url.ts';

const authOfMethod: Readonly<Record<MethodAuth, RouteAuth>> = { none: 'public', key: 'key', bearer: 'session' };

/** A call of a method of `HiltClient`, or of `protectEndpoint`, as the requests that it makes: one for each client that it may be called on. */
export function sdkRequests(project: Project, chain: Chain, site: Site): Request[] {
  if (chain.root.kind === 'outside' && isSdk(chain.root.specifier)) {
    const request = protectedEndpoint(project, chain.path.at(-1) ?? '', site);
    return request ? [request] : [];
  }
  const own = chain.root.kind === 'call' && chain.root.isNew && isClientClass(project, chain.root.callee) ? chain.root : undefined;
  if (own) return methodRequest(project, own, chain.path, site) ?? [];
  return requestsByType(project, chain, site);
}

function methodRequest(project: Project, client: ResolvedCall, [resource, method, more]: readonly string[], site: Site): Request[] | undefined {
  if (resource === 'request' && method === undefined) return [rawRequest(project, client, site)];
  const auth = resource !== undefined && method !== undefined && more === undefined ? methodAuth(resource, method) : undefined;
  return auth && [requestOf(project, client, site, { auth: authOfMethod[auth], label: `${resource}.${method}` })];
}

/**
 * A method of what only its declared type calls a client. Which client it is, is known where all that it may be are alike:
 * with a client that holds a key among them, nothing is said.
 */
function requestsByType(project: Project, { root, path }: Chain, site: Site): Request[] {
  const found = clientOnPath(project.evaluator, root, path) ?? inferredOnPath(project, root, path, site);
  const clients = found && madeClientsFor(project, found.value, found.type, site.module)?.filter(({ holds }) => holds !== 'nothing');
  if (!found || !clients || commonHolding(clients) !== 'session') return [];
  return clients.flatMap(({ client, confidence }) => (methodRequest(project, client, found.path, site) ?? []).map((request) => ({
    ...request, credentials: request.credentials.map((credential) => ({ ...credential, confidence })),
  })));
}

const anyClient = { path: [], like: undefined };

/** By the checker's word, where a method of the SDK that takes a key is called, and the answer would make a finding. */
function inferredOnPath(project: Project, root: Resolved, path: readonly string[], site: Site): { type: ClientType; value: Resolved; path: readonly string[] } | undefined {
  const [resource = '', method = ''] = path.slice(-2);
  const names = method === 'request' || resource === 'request' ? 1 : methodAuth(resource, method) === 'key' ? 2 : 0;
  if (names === 0 || root.kind === 'call' && root.isNew) return undefined;
  const clients = madeClientsFor(project, root, anyClient, site.module)?.filter(({ holds }) => holds !== 'nothing');
  if (!clients || commonHolding(clients) !== 'session') return undefined;
  const type = inferredReceiver(project.evaluator, site.place, names);
  return type && { type, value: root, path: path.slice(-names) };
}

function isSdk(specifier: string): boolean {
  return isSdkSpecifier(specifier) || isSdkPythonModule(specifier);
}

function protectedEndpoint(project: Project, name: string, site: Site): Request | undefined {
  if (name !== 'protectEndpoint' && name !== 'protect_request') return undefined;
  const given = site.args.flatMap((argument) => project.evaluator.entries(project.evaluator.head(argument)).entries);
  const client = valueOf(project, given, 'client');
  const value = client && chainsOf(project, project.evaluator.head(client.value))[0]?.root;
  return value?.kind === 'call' && isClientClass(project, value.callee) ? requestOf(project, value, site, { auth: 'key', label: name }) : undefined;
}

/** `client.request(path, { method, auth })`. */
function rawRequest(project: Project, client: Extract<Resolved, { kind: 'call' }>, site: Site): Request {
  const draft = new RequestDraft(project);
  const [path, options] = site.args;
  if (options) draft.takeOptions(options);
  const given = clientEntries(project, client);
  const base = valueOf(project, given, clientOptions.js.baseUrl) ?? valueOf(project, given, clientOptions.python.baseUrl);
  const url = readUrl(project, path, [base?.value ?? textLazy(defaultBaseUrl, site.place)]);
  const method = draft.method ?? 'GET';
  const asked = options && project.evaluator.property(project.evaluator.head(options), 'auth');
  const auth = asked?.kind === 'text' ? asked.text : 'merchant';
  const request = requestOf(project, client, site, { auth: authOf(method, url), label: labelOf(method, url) });
  const sent = request.credentials.filter((credential) => goesAlong(credential, auth));
  return { ...request, method, url, credentials: [...sent, ...draft.credentials()], headers: [...draft.headers.values()], query: draft.query, body: draft.body };
}

function goesAlong({ kind }: Credential, auth: string): boolean {
  if (auth === 'none') return false;
  if (kind === 'key-header') return auth !== 'bearer';
  return kind !== 'bearer' || auth !== 'apiKey';
}

function requestOf(project: Project, client: Extract<Resolved, { kind: 'call' }>, site: Site, { auth, label }: { auth: Request['auth']; label: string }): Request {
  const entries = clientEntries(project, client);
  const base = valueOf(project, entries, clientOptions.js.baseUrl) ?? valueOf(project, entries, clientOptions.python.baseUrl);
  const { host, hostName, otherHosts, isOpen } = readUrl(project, base?.value ?? textLazy(defaultBaseUrl, client.place), []);
  return {
    method: undefined,
    // Whatever its base is called, a client of the SDK speaks to Hilt or to what stands in for it.
    url: { host: host === 'unknown' || host === 'probably-hilt' ? 'hilt' : host, hostName, otherHosts, paths: [], values: [], isOpen, place: undefined },
    headers: [], credentials: clientCredentials(project, entries, site), query: [], body: [],
    auth, label, place: site.place, calls: site.calls, isOpen: false, isSdk: true,
  };
}

/** The options of a client, with the keywords of Python's. */
export function clientEntries(project: Project, client: Extract<Resolved, { kind: 'call' }>): ResolvedEntry[] {
  return client.args.flatMap((argument) => project.evaluator.entries(project.evaluator.head(argument)).entries);
}

/** The option of a name that is given, and not given as nothing. */
export function valueOf(project: Project, entries: readonly ResolvedEntry[], name: string): ResolvedEntry | undefined {
  return entries.findLast((entry) => {
    const key = entry.key && project.evaluator.head(entry.key);
    if (key?.kind !== 'text' || key.text !== name) return false;
    const value = project.evaluator.head(entry.value);
    return !(value.kind === 'constant' && value.value !== true) && !(value.kind === 'text' && value.text.trim() === '');
  });
}

function clientCredentials(project: Project, entries: readonly ResolvedEntry[], site: Site): Credential[] {
  const found: Credential[] = [];
  for (const [kind, names] of [['key-header', [clientOptions.js.key, clientOptions.python.key]], ['bearer', [clientOptions.js.bearer, clientOptions.python.bearer]]] as const) {
    for (const name of names) {
      const entry = valueOf(project, entries, name);
      if (entry) found.push({ kind, name: `${name} of HiltClient`, value: project.evaluator.head(entry.value), place: entry.place, isProperty: true, confidence: 'certain' });
    }
  }
  const session = valueOf(project, entries, 'session');
  return session ? [...found, ...sessionCookies(project, session.value, site)] : found;
}

/** `HiltClient(session=s)`, where `s` was given cookies. */
function sessionCookies(project: Project, session: Lazy, site: Site): Credential[] {
  const value = project.evaluator.head(session);
  if (value.kind !== 'call') return [];
  const [chain] = chainsOf(project, { kind: 'member', object: value, property: { kind: 'text', text: 'get' } });
  const found = chain && clientOfChain(project, site.module, chain);
  if (!found) return [];
  const draft = new RequestDraft(project);
  for (const options of found.client.options) draft.takeOptions(options);
  const made = found.client.madeBy;
  for (const change of stateChangesOf(project, value.place.module)) {
    if (made.some(({ module, at }) => change.through.has(`${module.file}:${at[0]}:${at[1]}`))) applyChange(project, draft, change);
  }
  return draft.credentials().filter((credential) => credential.kind === 'cookie' || credential.kind === 'cookie-jar');
}

function textLazy(text: string, place: Place): Lazy {
  return { module: place.module, value: { kind: 'text', text }, frame: undefined, at: place.at };
}
