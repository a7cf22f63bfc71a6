import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { argumentsOf, instancesOf, newInstancesOf, type Instance } from '../instances.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type ResolvedCall } from '../resolved.ts';
import { calledDirectly, calleeOf, chainsOf, keyOf, placeOf, type Chain } from './chain.ts';
import { fillFromClient, runHooks } from './client-draft.ts';
import { applyChange, stateChangesOf, type StateChange } from './client-state.ts';
import type { Signature } from './clients.ts';
import { RequestDraft } from './draft.ts';
import { clientOfChain, optionsArgument, sharesInstance, type Client } from './find-clients.ts';
import { proxiesOf } from './proxies.ts';
import type { Request, Site, UrlParts } from './request.ts';
import { commandRequest } from './command-requests.ts';
import { authOf, isLogin, labelOf } from './request-route.ts';
import { endpointOf, type Endpoint } from './rtk-query.ts';
import { sdkRequests } from './sdk-requests.ts';
import { isKeywords } from '../signature.ts';
import { callOfObject, readHostAndPath, readUrl } from './url.ts';
import { usesAt } from '../uses-at.ts';
import { oncePerModule } from '../once-per-project.ts';
import { stepsOfModule } from '../evaluate.ts';

interface Found { readonly request: Request; readonly client: Client | undefined }

/** Every request that a module makes, itself or through functions of the project that it calls. */
export const requestsOf = oncePerModule(findRequests, { steps: stepsOfModule, meanwhile: () => [] });

function findRequests(project: Project, module: ModuleSummary): Request[] {
  const found = instancesOf(project, module).flatMap((instance) => requestsOfUse(project, module, instance));
  return [...withSessions(found), ...proxiedRequests(project, module), ...requestsOfInstances(project, module)];
}

/** What the methods of objects send that the module makes: who calls them may not be in view, but what the object was given is. */
function requestsOfInstances(project: Project, module: ModuleSummary): Request[] {
  return newInstancesOf(project, module).flatMap(({ frame, self, call }) => {
    const owner = self.module;
    const inside = owner.uses.filter((use) => use.kind === 'call' && owner.functions[use.fn]?.cls === self.cls);
    return inside.flatMap((use) => requestsOfUse(project, module, { use, module: owner, frame, calls: [call] })).map(({ request }): Request => ({ ...request, isOfInstance: true }));
  });
}

/** What goes through the proxies of a configuration, for whatever route they are asked. */
function proxiedRequests(project: Project, module: ModuleSummary): Request[] {
  return proxiesOf(project, module).map(({ draft, place }) => {
    runHooks(project, draft);
    return asSetUp(finish(project, draft, { module, frame: undefined, args: [], place, calls: [] }, undefined));
  });
}

function requestsOfUse(project: Project, asked: ModuleSummary, { use, module, frame, calls }: Instance): Found[] {
  if (use.kind !== 'call') return [];
  const { callee, args } = calledDirectly(project, calleeOf(project, { module, value: use.callee, frame, at: use.at }), argumentsOf(project, use, module, frame));
  const site: Site = { module, frame, args, place: { module, at: use.at }, calls };
  const command = commandRequest(project, callee, site);
  if (command) return [{ request: command, client: undefined }];
  return chainsOf(project, callee).flatMap((chain): Found[] => {
    const viaSdk = sdkRequests(project, chain, site);
    if (viaSdk.length > 0) return viaSdk.map((request) => ({ request, client: undefined }));
    const endpoint = endpointOf(project, chain, args);
    if (endpoint) return requestsOfEndpoint(project, endpoint, site);
    return requestOfChain(project, asked, { kind: 'call', callee, args, isNew: use.isNew, place: site.place }, chain, site);
  });
}

/** `call`: as it is written; `chain`: how its callee comes from a client. */
function requestOfChain(project: Project, asked: ModuleSummary, call: ResolvedCall, chain: Chain, site: Site): Found[] {
  const opened = openedRequest(project, asked, chain, site);
  if (opened) return [opened];
  const found = clientOfChain(project, site.module, chain);
  if (found?.client.family.makers && Object.hasOwn(found.client.family.makers, found.name)) {
    const setUp = clientSetUp(project, asked, call, site);
    if (setUp) return [setUp];
  }
  const signature = found && signatureOf(found.client, found.name);
  if (!found || !signature || (call.isNew && found.client.family.isConstructed !== true && !requestClasses.test(found.name)) || isMadeRequest(project, site.args[signature.url ?? -1])) return [];
  const draft = new RequestDraft(project);
  const { client } = found;
  fillFromClient(project, draft, client, { asked, place: site.place });
  takeArguments(project, draft, signature, site.args);
  for (const change of changesOn(project, asked, site)) applyChange(project, draft, change);
  for (const change of changesOfAddress(project, draft, asked, site)) applyChange(project, draft, change);
  runHooks(project, draft);
  const request = finish(project, draft, site, client);
  return [{ request: signature.isNavigation && request.auth === 'unknown' ? { ...request, auth: 'public' } : request, client }];
}

/** A client that is made for a host: whoever uses it may not be in view, and what it carries goes there all the same. */
function clientSetUp(project: Project, asked: ModuleSummary, call: ResolvedCall, site: Site): Found | undefined {
  const client = clientOfChain(project, site.module, { root: call, path: [], through: [] })?.client;
  if (!client || client.madeBy.length === 0 || client.isOwnApplication) return undefined;
  const draft = new RequestDraft(project);
  fillFromClient(project, draft, client, { asked, place: site.place });
  // A link of Apollo has the address of all its requests.
  const hasAddress = draft.urls.length > 0 && Object.keys(client.family.calls).length === 0;
  if (draft.bases.length === 0 && !draft.host && !hasAddress) return undefined;
  return { request: asSetUp(finish(project, draft, site, client)), client };
}

function asSetUp(request: Request): Request {
  const { url } = request;
  const isOfSession = authOf(undefined, { ...url, paths: url.paths.map((path) => `${path}/{}`) }) === 'session';
  return { ...request, method: undefined, auth: isOfSession ? 'session' : 'unknown', label: url.hostName ?? 'Hilt', isSetUp: true };
}

function requestsOfEndpoint(project: Project, { options, addresses }: Endpoint, site: Site): Found[] {
  return addresses.map((address) => {
    const draft = new RequestDraft(project);
    for (const each of options) draft.takeOptions(each);
    takeAddress(project, draft, address, []);
    runHooks(project, draft);
    return { request: finish(project, draft, site, undefined), client: undefined };
  });
}

function signatureOf({ family, madeBy }: Client, name: string): Signature | undefined {
  // The library itself is called to make an instance (`request(app)`), the instance to make a request.
  if (madeBy.length === 0 && family.makers && Object.hasOwn(family.makers, name)) return undefined;
  return Object.hasOwn(family.calls, name) ? family.calls[name] : undefined;
}

/** What gives programs outside of browsers an `XMLHttpRequest`. */
const xhrPackages: ReadonlySet<string> = new Set(['xhr2', 'xmlhttprequest', 'xmlhttprequest-ssl', 'xhr2-cookies']);

/** `xhr.open(method, url)`, and pycurl's `curl.perform()`: the request is the object that it is called on. */
function openedRequest(project: Project, asked: ModuleSummary, { root, path, through }: Chain, site: Site): Found | undefined {
  if (root.kind !== 'call') return undefined;
  const { callee } = root;
  const isXhr = path.join('.') === 'open' && ((callee.kind === 'global' && callee.path === 'XMLHttpRequest') || (callee.kind === 'outside' && xhrPackages.has(callee.specifier)));
  const isCurl = path.join('.') === 'perform' && callee.kind === 'outside' && callee.specifier === 'pycurl';
  if (!isXhr && !isCurl) return undefined;
  const draft = new RequestDraft(project);
  for (const change of changesAmong(project, asked, site, new Set(through.map(keyOf)))) applyChange(project, draft, change);
  return { request: finish(project, draft, site, undefined), client: undefined };
}

/** What is set on this one request after it was made: `.set("Cookie", c)`, `req.setHeader(…)`. */
function changesOn(project: Project, asked: ModuleSummary, site: Site): StateChange[] {
  return changesAmong(project, asked, site, new Set([keyOf(site.place)]));
}

/** `url.searchParams.set("key", value)` and `url.username = value` on a URL that is made before. */
function changesOfAddress(project: Project, draft: RequestDraft, asked: ModuleSummary, site: Site): StateChange[] {
  const keys = new Set(draft.urls.flatMap((url) => {
    const value = project.evaluator.head(objectOfAddress(url));
    const made = value.kind === 'object' ? callOfObject(project, value) : value;
    return made?.kind === 'call' ? [keyOf(made.place)] : [];
  }));
  return keys.size === 0 ? [] : changesAmong(project, asked, site, keys).filter(({ path }) => path.at(-2) === 'searchParams' || path.at(-1) === 'username');
}

/** The object that an address is the text of: `url.toString()`, `url.href`, `String(url)`, `${url}`. */
function objectOfAddress(address: Lazy): Lazy {
  const { value } = address;
  const named = value.kind === 'call' ? value.callee : value;
  if (named.kind === 'member' && named.property.kind === 'text' && /^(?:toString|toJSON|href)$/.test(named.property.text)) return { ...address, value: named.object };
  const given = value.kind === 'call' && value.callee.kind === 'global' && value.callee.path === 'String' ? value.args[0]?.value : value.kind === 'concat' && value.parts.length === 1 ? value.parts[0] : undefined;
  return given ? { ...address, value: given } : address;
}

function changesAmong(project: Project, asked: ModuleSummary, site: Site, keys: ReadonlySet<string>): StateChange[] {
  const modules = new Set([asked, site.module]);
  return [...modules].flatMap((module) => stateChangesOf(project, module)).filter((change) => change.frame === site.frame && [...change.through].some((key) => keys.has(key)));
}

/** Python's classes for a request that is sent later. */
const requestClasses = /(?:^|\.)(?:HTTP)?Request$/;

/** `urlopen(request)`: what `Request(…)` has made is a request already. */
function isMadeRequest(project: Project, address: Lazy | undefined): boolean {
  const value = address && project.evaluator.head(address);
  return value?.kind === 'call' && value.callee.kind === 'outside' && requestClasses.test(value.callee.name);
}

function takeArguments(project: Project, draft: RequestDraft, signature: Signature, args: readonly Lazy[]): void {
  const { method, url, body, options } = signature;
  if (typeof method === 'string') draft.method = method;
  else if (method !== undefined && args[method]) draft.take(['method'], args[method], placeOf(args[method]), false);
  const address = url === undefined ? undefined : args[url];
  if (address) takeAddress(project, draft, address, args);
  const given = optionsArgument(project, args, options);
  const headers = signature.headers === undefined ? undefined : args[signature.headers];
  const own = address ? draft.urls.at(-1) : undefined;
  if (given && given !== address && (given !== headers || isKeywords(given))) draft.takeOptions(given);
  // `fetch(url, request)`: the request gives its headers, not its address.
  if (own && draft.urls.at(-1) !== own) draft.urls.push(own);
  if (signature.path !== undefined && args[signature.path]) draft.path = args[signature.path];
  if (headers && !isKeywords(headers)) draft.takeHeaders(headers);
  // `needle("get", url, options)`: what is read has no body.
  const isRead = draft.method === 'GET' || draft.method === 'HEAD';
  if (isRead && typeof method === 'number' && !given && body !== undefined && args[body]) return draft.takeOptions(args[body]);
  const content = body === undefined ? undefined : args[body];
  if (content && content !== given) draft.takeFields(draft.body, content, placeOf(content));
}

const methodName = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/i;

/** A URL, `new Request(…)`, or the options in its place; `cy.request("POST", url, body)`. */
function takeAddress(project: Project, draft: RequestDraft, address: Lazy, args: readonly Lazy[]): void {
  const value = project.evaluator.head(address);
  if (value.kind === 'text' && methodName.test(value.text) && args[1]) {
    draft.method = value.text.toUpperCase();
    draft.urls.push(args[1]);
    if (args[2]) draft.takeFields(draft.body, args[2], placeOf(args[2]));
    return;
  }
  const isOptions = value.kind === 'object' && !(value.place && isUrlObject(value.place));
  const isRequest = value.kind === 'call' && ((value.isNew && value.callee.kind === 'global' && value.callee.path === 'Request') || calleeName(value.callee) === 'urlToHttpOptions');
  if (isOptions || isRequest) draft.takeOptions(address);
  else draft.urls.push(address);
}

function isUrlObject(place: Place): boolean {
  return usesAt(place).some((use) => use.kind === 'call' && use.isNew && use.callee.kind === 'global' && use.callee.path === 'URL');
}

function finish(project: Project, draft: RequestDraft, site: Site, client: Client | undefined): Request {
  const url = addressOf(project, draft, client);
  const fallback = client?.family.id === 'jquery' || draft.body.length > 0 ? undefined : 'GET';
  const method = draft.method ?? (url.host === 'unknown' ? undefined : fallback);
  return {
    method, url, headers: [...draft.headers.values()], credentials: draft.credentials(), query: draft.query, body: draft.body,
    auth: authOf(method, url), label: labelOf(method, url), place: site.place, calls: site.calls, isOpen: draft.isOpen, isSdk: false,
    ...(client && client.madeBy.length > 0 ? { madeBy: client.madeBy } : {}),
    ...(draft.inbound ? { inbound: draft.inbound } : {}), ...(draft.isGiven ? { isGiven: true as const } : {}),
  };
}

function addressOf(project: Project, draft: RequestDraft, client: Client | undefined): UrlParts {
  const given = draft.urls.at(-1);
  if (client?.isOwnApplication) return { ...readUrl(project, given, []), host: 'own' };
  if (!given && draft.host) return readHostAndPath(project, draft.host, draft.path);
  return readUrl(project, given ?? draft.path, draft.bases);
}

/** A session that has signed in to the dashboard sends its cookies with every later request. */
function withSessions(found: readonly Found[]): Request[] {
  const logins = found.filter(({ request, client }) => client?.cookies === 'login' && isLogin(request));
  if (logins.length === 0) return found.map(({ request }) => request);
  return found.map(({ request, client }) => {
    // What it borrows by itself is reported there.
    if (request.credentials.length > 0) return request;
    const login = client && logins.find((each) => each.client && sharesInstance(each.client, client));
    if (!login || login.request === request) return request;
    return { ...request, credentials: [...request.credentials, { kind: 'cookie-jar', name: 'session cookies', value: undefined, place: login.request.place, isProperty: false, confidence: 'certain' }] };
  });
}
