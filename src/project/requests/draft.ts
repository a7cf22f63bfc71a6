import { isKeyHeader } from '../../hilt/header.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type Resolved, type ResolvedCall, type ResolvedEntry, type ResolvedFunction } from '../resolved.ts';
import { authorizationOf } from './authorization.ts';
import { placeOf } from './chain.ts';
import { inboundIn, isInboundRequest, type Inbound } from './inbound-headers.ts';
import type { Credential, CredentialKind, Field, Header } from './request.ts';
import { callOfObject, dependsOnParameter } from './url.ts';
import { textsOf } from '../folded-texts.ts';
import { usesAt } from '../uses-at.ts';

/** A function of the program that a client calls before it sends. */
export interface Hook {
  readonly fn: Lazy;
  /** What it is given: the options or the request; the body and the headers (axios' `transformRequest`); the headers (RTK Query's `prepareHeaders`). */
  readonly takes: 'options' | 'body and headers' | 'headers';
}

/** Options that hold hooks by the name of what they wait for, and the name that is for a request. */
const hookOf: Readonly<Record<string, string>> = { hooks: 'beforeRequest', event_hooks: 'request', on: 'proxyReq' };

/** A request while it is put together: what its client, its interceptors and its own call say, in this order. */
export class RequestDraft {
  method: string | undefined;
  readonly urls: Lazy[] = [];
  readonly bases: Lazy[] = [];
  /** Host and path given apart. */
  host: Lazy | undefined;
  path: Lazy | undefined;
  readonly headers = new Map<string, Header>();
  readonly ambient = new Map<CredentialKind, Credential>();
  readonly query: Field[] = [];
  readonly body: Field[] = [];
  readonly hooks: Hook[] = [];
  /** Headers of the handler's own caller that are sent on. */
  inbound: Inbound | undefined;
  /** Something unknown is spread into the options. */
  isOpen = false;
  /** A caller that is not in view gives options or headers. */
  isGiven = false;
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  /** Takes an options object, whatever library it is for: their names hardly differ, and where they do they do not clash. */
  takeOptions(options: Lazy): void {
    const value = this.#project.evaluator.head(options);
    const request = this.#requestOf(value);
    this.isGiven ||= dependsOnParameter(value);
    if (request) this.#takeRequest(request.args);
    if (value.kind === 'function') return this.#takeReturned(value);
    // Of hey-api, which gives its options back.
    const config = value.kind === 'call' && calleeName(value.callee) === 'createConfig' ? value.args[0] : undefined;
    if (config) return this.takeOptions(config);
    if (isInboundRequest(this.#project, value)) this.inbound = { place: placeOf(options), value, without: new Set() };
    if (value.kind !== 'object' && value.kind !== 'choice') return;
    for (const entry of value.kind === 'object' ? value.entries : [{ spread: true as const, value: options, place: placeOf(options) }]) this.#takeEntry(entry, request !== undefined);
  }

  #takeEntry(entry: ResolvedEntry, isOfRequest: boolean): void {
    const name = this.#textOf(entry.key);
    if (name !== undefined) return this.take([name], entry.value, entry.place, isProperty(entry));
    // What a request was made of is taken already.
    if (!entry.spread || isOfRequest) return;
    const spread = this.#project.evaluator.head(entry.value);
    const url = spread.kind === 'call' && calleeName(spread.callee) === 'urlToHttpOptions' ? spread.args[0] : undefined;
    if (url) return void this.urls.push(url);
    const { entries, isOpen } = this.#project.evaluator.entries(spread);
    this.isOpen ||= isOpen;
    this.isGiven ||= dependsOnParameter(spread);
    for (const inner of entries) this.#takeEntry(inner, false);
  }

  /** `new Request(url, options)`, also where something was set on it since. */
  #requestOf(value: Resolved): ResolvedCall | undefined {
    const made = value.kind === 'object' ? callOfObject(this.#project, value) : value;
    return made?.kind === 'call' && made.isNew && calleeName(made.callee) === 'Request' ? made : undefined;
  }

  #takeRequest([url, options]: readonly Lazy[]): void {
    const inner = url && this.#requestOf(this.#project.evaluator.head(url));
    if (inner) this.#takeRequest(inner.args);
    else if (url) this.urls.push(url);
    if (options) this.takeOptions(options);
  }

  /** `api.extend((options) => ({ … }))` */
  #takeReturned({ module, fn, frame }: ResolvedFunction): void {
    for (const value of module.functions[fn]?.returns ?? []) {
      const returned: Lazy = { module, value, frame, at: undefined };
      if (this.#project.evaluator.head(returned).kind === 'object') this.takeOptions(returned);
    }
  }

  #takeReturnedHeaders(hook: Lazy): void {
    const made = this.#project.evaluator.head(hook);
    if (made.kind !== 'function') return;
    for (const value of made.module.functions[made.fn]?.returns ?? []) this.takeHeaders({ module: made.module, value, frame: made.frame, at: undefined });
  }

  /** Takes one option by its path: `headers`, `headers.Cookie`, `defaults.headers.common.Authorization`, `xhrFields.withCredentials`. */
  take(path: readonly string[], value: Lazy, place: Place, isProperty: boolean): void {
    const [first, ...rest] = path;
    if (first === undefined) return;
    if (first === 'defaults' || first === 'options' || first === 'request' || first === 'xhrFields' || first === 'fetchOptions' || first === 'init' || first === 'requestInit') {
      if (rest.length > 0) this.take(rest, value, place, isProperty);
      else if (first !== 'request') this.takeOptions(value);
      return;
    }
    if (first === 'headers' || first === 'extraHTTPHeaders' || first === 'header' || first === 'addheaders') return this.#takeHeaderPath(rest, value, place, isProperty);
    if (rest.length > 0) {
      if (first === 'cookies') this.#addAmbient('cookie-jar', 'cookies', value, place, isProperty);
      return;
    }
    this.#takeOne(first, value, place, isProperty);
  }

  #takeOne(name: string, value: Lazy, place: Place, isProperty: boolean): void {
    switch (name) {
      case 'method':
      case 'type':
        this.method = this.#texts(value)[0]?.toUpperCase() ?? this.method;
        return;
      case 'url':
      case 'uri':
      case 'href':
        this.urls.push(value);
        return;
      case 'baseURL':
      case 'baseUrl':
      case 'base_url':
      case 'prefixUrl':
      case 'prefix':
      case 'origin':
      case 'target':
      case 'upstream':
        this.bases.push(value);
        return;
      case 'hostname':
      case 'host':
        this.host = value;
        return;
      case 'path':
      case 'pathname':
        this.path = value;
        return;
      case 'credentials':
        if (this.#texts(value).includes('include')) this.#addAmbient('credentials-include', 'credentials', value, place, isProperty);
        else if (this.#texts(value).length > 0) this.ambient.delete('credentials-include');
        return;
      case 'withCredentials':
        if (this.#isTrue(value)) this.#addAmbient('with-credentials', 'withCredentials', value, place, isProperty);
        else this.ambient.delete('with-credentials');
        return;
      case 'cookieJar':
      case 'cookie_jar':
      case 'jar':
        // aiohttp's `DummyCookieJar` keeps none.
        if (!this.#isFalsy(value) && !this.#some(value, (jar) => jar.kind === 'call' && calleeName(jar.callee) === 'DummyCookieJar')) this.#addAmbient('cookie-jar', name, value, place, isProperty);
        return;
      case 'cookies':
        if (!this.#isFalsy(value)) this.#addAmbient('cookie', 'cookies', value, place, isProperty);
        return;
      case 'storageState':
        if (!this.#isFalsy(value)) this.#addAmbient('browser-cookies', 'storageState', value, place, isProperty);
        return;
      case 'agent':
      case 'httpAgent':
      case 'httpsAgent':
      case 'dispatcher':
        if (this.#isCookieAgent(value)) this.#addAmbient('cookie-jar', name, value, place, isProperty);
        return;
      case 'auth':
        return this.#takeAuth(value, place, isProperty);
      // got
      case 'username':
        return this.#addAmbient('basic', 'username', value, place, isProperty);
      case 'params':
      case 'searchParams':
      case 'query':
      case 'qs':
        return this.takeFields(this.query, value, place);
      case 'body':
      case 'json':
      case 'data':
      case 'form':
      case 'payload':
      case 'content':
        return this.takeFields(this.body, value, place);
      case 'hooks':
      case 'event_hooks':
      case 'beforeRequest':
      case 'beforeSend':
      case 'handlers':
      case 'onRequest':
      case 'onProxyReq':
      case 'proxyReqOptDecorator':
      case 'configure':
      case 'on':
        return this.#takeHooks(name, value);
      case 'transformRequest':
        return this.#addHooks(value, 'body and headers');
      // What is returned are the headers.
      case 'rewriteRequestHeaders':
        return this.#takeReturnedHeaders(value);
      case 'replyOptions':
        return this.takeOptions(value);
      case 'prepareHeaders':
        return this.#addHooks(value, 'headers');
    }
  }

  #takeHooks(name: string, value: Lazy): void {
    const given = this.#project.evaluator.head(value);
    const inner = hookOf[name];
    if (inner !== undefined) {
      for (const entry of this.#project.evaluator.entries(given).entries) {
        if (this.#textOf(entry.key) === inner) this.#takeHooks('beforeRequest', entry.value);
      }
      return;
    }
    this.#addHooks(value, 'options');
  }

  #addHooks(value: Lazy, takes: Hook['takes']): void {
    const given = this.#project.evaluator.head(value);
    this.hooks.push(...(given.kind === 'array' ? given.items : [value]).map((fn): Hook => ({ fn, takes })));
  }

  /** `auth: { username, password }` of axios and Cypress, `auth: { bearer }` of Cypress, `auth=(user, password)` of Python. */
  #takeAuth(value: Lazy, place: Place, isProperty: boolean): void {
    const given = this.#project.evaluator.head(value);
    for (const entry of this.#project.evaluator.entries(given).entries) {
      const name = this.#textOf(entry.key);
      if (name === 'bearer') this.#addAmbient('bearer', 'auth.bearer', entry.value, entry.place, false);
      else if (name === 'username' || name === 'password' || name === 'user' || name === 'pass') this.#addAmbient('basic', 'auth', value, place, isProperty);
    }
    if (isUserAndPassword(given)) this.#addAmbient('basic', 'auth', value, place, isProperty);
    if (given.kind === 'array' || (given.kind === 'call' && /BasicAuth$/.test(calleeName(given.callee)))) this.#addAmbient('basic', 'auth', value, place, isProperty);
  }

  #takeHeaderPath(path: readonly string[], value: Lazy, place: Place, isProperty: boolean): void {
    const [name, inner] = path;
    if (name === undefined) return this.takeHeaders(value);
    const isGroup = /^(?:common|get|post|put|patch|delete|head)$/.test(name);
    if (isGroup && inner === undefined) return this.takeHeaders(value);
    this.setHeader(isGroup ? (inner as string) : name, value, place, isProperty);
  }

  /** Headers as an object, a list of pairs, `Headers`, or what a helper returns. */
  takeHeaders(headers: Lazy): void {
    const given = this.#project.evaluator.head(headers);
    this.inbound = inboundIn(this.#project, headers) ?? this.inbound;
    if (given.kind === 'array') return this.#takeList(given.items);
    const { entries, isOpen } = this.#project.evaluator.entries(given);
    this.isOpen ||= isOpen && !this.#isOfRequest(given);
    this.isGiven ||= dependsOnParameter(given) || (given.kind === 'object' && given.entries.some((entry) => entry.spread && dependsOnParameter(this.#project.evaluator.head(entry.value))));
    for (const entry of entries) {
      const name = this.#textOf(entry.key);
      // A header whose name is not known may be any.
      this.isOpen ||= name === undefined;
      if (name === undefined) continue;
      const value = this.#project.evaluator.head(entry.value);
      if (value.kind === 'object' && /^(?:common|get|post|put|patch|delete|head)$/.test(name)) this.takeHeaders(entry.value);
      else this.setHeader(name, entry.value, entry.place, isProperty(entry));
    }
  }

  /** `request.headers.set(…)`: what the request had before is taken from the request. */
  #isOfRequest(headers: Resolved): boolean {
    if (headers.kind !== 'object') return false;
    return headers.entries.every((entry) => {
      const spread = entry.spread ? this.#project.evaluator.head(entry.value) : undefined;
      return !spread || spread.kind === 'object' || (spread.kind === 'member' && this.#requestOf(spread.object) !== undefined);
    });
  }

  /** `[["Cookie", c]]`; `["cookie", c, "accept", a]` of Node and undici. */
  #takeList(items: readonly Lazy[]): void {
    const first = items[0] && this.#project.evaluator.head(items[0]);
    if (first?.kind !== 'text') return items.forEach((item) => this.#takePair(item));
    for (let index = 0; index + 1 < items.length; index += 2) {
      const name = this.#textOf(items[index]);
      const value = items[index + 1] as Lazy;
      if (name !== undefined) this.setHeader(name, value, placeOf(value), false);
    }
  }

  #takePair(item: Lazy): void {
    const pair = this.#project.evaluator.head(item);
    const [key, value] = pair.kind === 'array' ? pair.items : [];
    const name = this.#textOf(key);
    if (name !== undefined && value) this.setHeader(name, value, { module: item.module, at: item.at ?? [0, 0] }, false);
  }

  setHeader(name: string, value: Lazy, place: Place, isProperty: boolean): void {
    const plain = name.trim().toLowerCase();
    const given = this.#project.evaluator.head(value);
    // `Authorization: undefined` takes a header of the instance away.
    if (given.kind === 'constant' && given.value !== true) this.headers.delete(plain);
    else this.headers.set(plain, { name: plain, value, place, isProperty });
  }

  takeFields(fields: Field[], value: Lazy, place: Place): void {
    const given = this.#project.evaluator.head(value);
    const { entries } = this.#project.evaluator.entries(given);
    for (const entry of entries) fields.push({ name: this.#textOf(entry.key), value: entry.value, place: entry.place });
    if (entries.length === 0) fields.push({ name: undefined, value, place: value.at ? { module: value.module, at: value.at } : place });
  }

  #addAmbient(kind: CredentialKind, name: string, value: Lazy, place: Place, isProperty: boolean): void {
    this.add({ kind, name, value: this.#project.evaluator.head(value), place, isProperty, confidence: 'certain' });
  }

  add(credential: Credential): void {
    const known = this.ambient.get(credential.kind);
    if (!known || known.confidence === 'possible') this.ambient.set(credential.kind, credential);
  }

  /** Every credential that goes along, the headers' among them. */
  credentials(): Credential[] {
    const found = [...this.ambient.values(), ...this.#inboundCookie()];
    for (const header of this.headers.values()) {
      const { place, isProperty } = header;
      const value = this.#project.evaluator.head(header.value);
      if (header.name === 'cookie') found.push({ kind: 'cookie', name: 'Cookie', value, place, isProperty, confidence: 'certain' });
      else if (isKeyHeader(header.name)) found.push({ kind: 'key-header', name: 'X-Hilt-Key', value, place, isProperty, confidence: 'certain' });
      else if (header.name === 'authorization') found.push(...authorizationOf(value).map((each) => ({ ...each, name: 'Authorization', place, isProperty, confidence: 'certain' as const })));
    }
    return found;
  }

  /** Whoever called may have sent cookies, and these go along, unless the program takes them out or sets its own. */
  #inboundCookie(): Credential[] {
    if (!this.inbound || this.inbound.without.has('cookie') || this.headers.has('cookie')) return [];
    return [{ kind: 'cookie', name: 'headers', value: undefined, place: this.inbound.place, isProperty: false, confidence: 'possible' }];
  }

  #textOf(key: Lazy | undefined): string | undefined {
    const value = key && this.#project.evaluator.head(key);
    return value?.kind === 'text' ? value.text : undefined;
  }

  #texts(value: Lazy): string[] {
    return textsOf(this.#project.evaluator.head(value));
  }

  #isTrue(value: Lazy): boolean {
    return this.#some(value, (option) => option.kind === 'constant' && option.value === true);
  }

  #isFalsy(value: Lazy): boolean {
    const given = this.#project.evaluator.head(value);
    return given.kind === 'constant' && given.value !== true;
  }

  #some(value: Lazy, test: (option: Resolved) => boolean): boolean {
    const given = this.#project.evaluator.head(value);
    return given.kind === 'choice' ? given.options.some(test) : test(given);
  }

  #isCookieAgent(value: Lazy): boolean {
    return this.#some(value, (option) => option.kind === 'call' && /Cookie/.test(calleeName(option.callee)));
  }
}

/** `auth: "user:password"` of Node's http. */
function isUserAndPassword(value: Resolved): boolean {
  if (value.kind === 'text') return value.text.includes(':');
  return value.kind === 'concat' && value.parts.some((part) => part.kind === 'text' && part.text.includes(':'));
}

/** Whether an entry of an object was written as a property of a literal, not put into it by a call or an assignment. */
function isProperty({ place, isRepeated }: ResolvedEntry): boolean {
  return !isRepeated && !usesAt(place).some(({ kind }) => kind === 'call' || kind === 'assign');
}
