/** Which argument holds what; `last`: the last one, where it is an object (keyword arguments of Python). */
export interface Signature {
  /** The HTTP method, or the index of the argument that names it. */
  readonly method?: string | number;
  readonly url?: number;
  readonly body?: number;
  /** A path on the host that the client was made for, and headers that are an argument of their own. */
  readonly path?: number;
  readonly headers?: number;
  readonly options?: number | 'last';
  /** A page is opened: only what answers with data of the API counts. */
  readonly isNavigation?: true;
}

/** How an instance of a client is made. */
export interface Maker {
  readonly options?: number | 'last';
  /** The argument that is the base URL, or the host alone. */
  readonly base?: number;
  readonly host?: number;
  /** The argument that is a client of the same kind. */
  readonly client?: number;
  /** The instance keeps cookies: from the start (`always`), or once it has signed in (`login`). */
  readonly cookies?: 'always' | 'login';
  /** What is not a text in the base's place is the program's own application. */
  readonly ownApplication?: true;
  /** Handlers are given, of which one may keep cookies: urllib's `HTTPCookieProcessor`. */
  readonly handlers?: true;
}

/** An HTTP client library, as data. Names are those that follow the module or the instance: `get`, `interceptors.request.use`. */
export interface ClientFamily {
  readonly id: string;
  readonly packages: readonly string[];
  readonly globals?: readonly string[];
  /** By the name that is called; `` is the client itself. */
  readonly calls: Readonly<Record<string, Signature>>;
  readonly makers?: Readonly<Record<string, Maker>>;
  /** Methods of a client that give the same client back, with what they were given: `wretch(base).auth(token)`. */
  readonly fluent?: readonly string[];
  /** These methods leave the client that they are called on as it was. */
  readonly isImmutable?: true;
  /** Every instance keeps cookies in the one jar of the browser that runs the tests. */
  readonly cookies?: 'login';
  /** A request is made by `new`. */
  readonly isConstructed?: true;
  /** Where an instance keeps what it sends with each request, for whoever looks at it: `defaults`, or itself. */
  readonly state?: string;
  /** An instance that is printed shows that too. */
  readonly isOpen?: true;
  /** What the library, or what wraps it, calls the type of an instance. */
  readonly types?: RegExp;
}

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

function byVerb(signature: (verb: string) => Signature, names: readonly string[] = verbs): Record<string, Signature> {
  return Object.fromEntries(names.map((verb) => [verb, { method: verb.replace(/^del$/, 'delete').toUpperCase(), ...signature(verb) }]));
}

function isBodyVerb(verb: string): boolean {
  return verb === 'post' || verb === 'put' || verb === 'patch';
}

const urlThenOptions: Signature = { url: 0, options: 1 };
const axiosVerbs = byVerb((verb) => (isBodyVerb(verb) ? { url: 0, body: 1, options: 2 } : urlThenOptions));

function methodThenUrl(names: readonly string[]): Record<string, Signature> {
  return Object.fromEntries(names.map((name) => [name, { method: 0, url: 1, options: 'last' } as const]));
}

const pythonVerbs = byVerb(() => ({ url: 0, options: 'last' }));

/**
 * The clients whose requests are understood. Sources: each library's documentation of its functions; the order of arguments is the
 * whole of what is said here, since option names mean the same everywhere (`draft.ts`).
 */
export const clientFamilies: readonly ClientFamily[] = [
  {
    id: 'fetch',
    packages: ['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'isomorphic-unfetch', 'unfetch', 'whatwg-fetch', '@whatwg-node/fetch', 'node-fetch-native', 'make-fetch-happen', '@remix-run/web-fetch'],
    globals: ['fetch'],
    calls: { '': urlThenOptions, fetch: urlThenOptions },
  },
  { id: 'fetch-cookie', packages: ['fetch-cookie'], calls: { '': urlThenOptions }, makers: { '': { cookies: 'always' } } },
  {
    id: 'axios',
    state: 'defaults',
    isOpen: true,
    types: /^Axios(?:Instance|Static)?$/,
    packages: ['axios', 'redaxios', 'axios-cookiejar-support', '@nestjs/axios'],
    globals: ['axios'],
    calls: { '': urlThenOptions, request: { options: 0 }, ...axiosVerbs, postForm: { method: 'POST', url: 0, body: 1, options: 2 }, putForm: { method: 'PUT', url: 0, body: 1, options: 2 }, patchForm: { method: 'PATCH', url: 0, body: 1, options: 2 }, getUri: { options: 0 } },
    makers: { create: { options: 0 }, Axios: { options: 0 }, wrapper: { client: 0 }, 'HttpModule.register': { options: 0 } },
  },
  { id: 'ky', types: /^KyInstance$/, packages: ['ky', 'ky-universal'], calls: { '': urlThenOptions, ...byVerb(() => urlThenOptions) }, makers: { create: { options: 0 }, extend: { options: 0 } } },
  {
    id: 'got',
    state: 'defaults.options',
    isOpen: true,
    types: /^(?:Extendable)?Got$|^GotInstance$/,
    packages: ['got', 'got-cjs', 'gotScraping', 'got-scraping'],
    calls: { '': urlThenOptions, got: urlThenOptions, stream: urlThenOptions, paginate: urlThenOptions, ...byVerb(() => urlThenOptions) },
    makers: { extend: { options: 0 } },
  },
  {
    id: 'undici',
    types: /^(?:Client|Pool|BalancedPool|Agent|Dispatcher)$/,
    packages: ['undici'],
    calls: { fetch: urlThenOptions, request: urlThenOptions, stream: urlThenOptions },
    makers: { Client: { base: 0, options: 1 }, Pool: { base: 0, options: 1 }, BalancedPool: { base: 0, options: 1 }, Agent: { options: 0 } },
  },
  {
    id: 'ofetch',
    types: /^\$Fetch$/,
    packages: ['ofetch', '#imports', '#app', 'nuxt/app', 'ohmyfetch'],
    globals: ['$fetch', 'useFetch', 'useLazyFetch'],
    calls: { '': urlThenOptions, ofetch: urlThenOptions, $fetch: urlThenOptions, useFetch: urlThenOptions, useLazyFetch: urlThenOptions, raw: urlThenOptions, native: urlThenOptions },
    makers: { create: { options: 0 }, 'ofetch.create': { options: 0 }, '$fetch.create': { options: 0 }, createFetch: { options: 0 } },
  },
  {
    id: 'superagent',
    types: /^SuperAgent(?:Static|Request)?$/,
    packages: ['superagent'],
    calls: { '': { method: 0, url: 1 }, ...byVerb(() => ({ url: 0, body: 1 }), [...verbs, 'del']) },
    makers: { agent: { cookies: 'login' } },
    fluent: ['set', 'auth', 'query', 'use', 'withCredentials'],
  },
  {
    id: 'supertest',
    types: /^(?:TestAgent|SuperTest|SuperAgentTest|Agent)$/,
    packages: ['supertest', 'supertest-session'],
    calls: byVerb(() => ({ url: 0 }), [...verbs, 'del']),
    makers: { '': { base: 0, ownApplication: true }, agent: { base: 0, ownApplication: true, cookies: 'always' }, session: { base: 0, ownApplication: true, cookies: 'always' } },
    fluent: ['set', 'auth', 'use'],
  },
  {
    id: 'wretch',
    packages: ['wretch'],
    calls: { ...byVerb((verb) => (isBodyVerb(verb) ? { body: 0, url: 1 } : { url: 0 }), verbs.filter((verb) => verb !== 'options')), fetch: { url: 1, method: 0 } },
    makers: { '': { base: 0, options: 1 } },
    fluent: ['auth', 'headers', 'url', 'options', 'query', 'content', 'accept', 'catcher', 'middlewares', 'json', 'body', 'formData', 'formUrl', 'addon', 'errorType', 'resolve', 'defer'],
    isImmutable: true,
  },
  { id: 'openapi-fetch', packages: ['openapi-fetch'], calls: byVerb(() => urlThenOptions, verbs.map((verb) => verb.toUpperCase())), makers: { '': { options: 0 }, createClient: { options: 0 } } },
  {
    id: 'angular',
    types: /^HttpClient$/,
    packages: ['@angular/common/http'],
    calls: { ...byVerb((verb) => (isBodyVerb(verb) ? { url: 0, body: 1, options: 2 } : urlThenOptions)), request: { method: 0, url: 1, options: 2 } },
  },
  {
    id: 'graphql-request',
    types: /^GraphQLClient$/,
    packages: ['graphql-request'],
    calls: { request: { method: 'POST', options: 0 }, rawRequest: { method: 'POST', options: 0 }, batchRequests: { method: 'POST' } },
    makers: { GraphQLClient: { base: 0, options: 1 } },
  },
  {
    id: 'apollo',
    packages: ['@apollo/client', '@apollo/client/core', '@apollo/client/link/http', '@apollo/client/link/batch-http', 'apollo-link-http', 'apollo-link-batch-http', 'apollo-upload-client'],
    calls: {},
    makers: Object.fromEntries(['HttpLink', 'createHttpLink', 'BatchHttpLink', 'createUploadLink', 'ApolloClient'].map((name) => [name, { options: 0 } as const])),
  },
  { id: 'urql', packages: ['urql', '@urql/core', '@urql/vue', '@urql/svelte', '@urql/preact', 'graphql-hooks'], calls: {}, makers: { createClient: { options: 0 }, Client: { options: 0 }, GraphQLClient: { options: 0 } } },
  { id: 'hey-api', packages: ['@hey-api/client-fetch', '@hey-api/client-axios', '@hey-api/client-next', '@hey-api/client-nuxt', '@hey-api/client-ky'], calls: { ...byVerb(() => ({ options: 0 })), request: { options: 0 } }, makers: { createClient: { options: 0 } } },
  {
    id: 'mcp',
    packages: ['@modelcontextprotocol/sdk/client/streamableHttp.js', '@modelcontextprotocol/sdk/client/sse.js'],
    calls: { StreamableHTTPClientTransport: { method: 'POST', ...urlThenOptions }, SSEClientTransport: urlThenOptions },
    isConstructed: true,
  },
  { id: 'phin', packages: ['phin', 'gaxios'], calls: { '': urlThenOptions, request: urlThenOptions } },
  { id: 'socket', packages: ['ws', 'eventsource'], globals: ['WebSocket', 'EventSource'], calls: { '': { url: 0, options: 'last' }, WebSocket: { url: 0, options: 'last' }, EventSource: { url: 0, options: 'last' } }, isConstructed: true },
  { id: 'beacon', packages: [], globals: ['navigator'], calls: { sendBeacon: { method: 'POST', url: 0, body: 1 } } },
  { id: 'node-http', packages: ['http', 'https', 'node:http', 'node:https', 'follow-redirects'], calls: { request: urlThenOptions, get: { method: 'GET', ...urlThenOptions }, 'https.request': urlThenOptions, 'https.get': { method: 'GET', ...urlThenOptions }, 'http.request': urlThenOptions } },
  { id: 'h3', packages: ['h3', 'nitropack/runtime'], globals: ['proxyRequest', 'sendProxy'], calls: { '': { url: 1, options: 2 }, proxyRequest: { url: 1, options: 2 }, sendProxy: { url: 1, options: 2 } } },
  {
    id: 'proxy',
    packages: ['http-proxy-middleware', 'http-proxy', 'http-proxy-3', 'httpxy', 'node-http-proxy', 'express-http-proxy'],
    calls: { web: { options: 'last' }, ws: { options: 'last' } },
    makers: { '': { base: 0, options: 'last' }, ...Object.fromEntries(['createProxyMiddleware', 'legacyCreateProxyMiddleware', 'createProxyServer', 'createServer', 'createProxy'].map((name) => [name, { options: 'last' } as const])) },
  },
  { id: 'request', packages: ['request', 'request-promise', 'request-promise-native', 'postman-request'], calls: { '': urlThenOptions, ...byVerb(() => urlThenOptions, [...verbs, 'del']) }, makers: { defaults: { options: 0 } } },
  { id: 'needle', packages: ['needle'], calls: { '': { method: 0, url: 1, body: 2, options: 3 }, ...byVerb((verb) => (isBodyVerb(verb) ? { url: 0, body: 1, options: 2 } : urlThenOptions)) } },
  {
    id: 'jquery',
    packages: ['jquery'],
    globals: ['$', 'jQuery'],
    calls: { ajax: urlThenOptions, get: { method: 'GET', url: 0, body: 1 }, post: { method: 'POST', url: 0, body: 1 }, getJSON: { method: 'GET', url: 0, body: 1 } },
  },
  { id: 'cypress', packages: [], globals: ['cy'], calls: { request: { url: 0 } }, cookies: 'login' },
  {
    id: 'puppeteer',
    packages: ['puppeteer', 'puppeteer-core', 'puppeteer-extra'],
    calls: { goto: { method: 'GET', url: 0, isNavigation: true } },
    makers: { launch: {}, connect: {}, newPage: {}, createBrowserContext: {}, createIncognitoBrowserContext: {} },
  },
  {
    id: 'playwright',
    types: /^(?:APIRequestContext|Page|BrowserContext)$/,
    packages: ['@playwright/test', 'playwright', 'playwright-core'],
    calls: { ...byVerb(() => urlThenOptions), fetch: urlThenOptions, goto: { method: 'GET', url: 0, isNavigation: true } },
    makers: { 'request.newContext': { options: 0, cookies: 'login' }, newContext: { options: 0, cookies: 'login' } },
  },
  {
    id: 'k6',
    packages: ['k6/http'],
    calls: {
      ...byVerb((verb) => (isBodyVerb(verb) ? { url: 0, body: 1, options: 2 } : urlThenOptions)), del: { method: 'DELETE', url: 0, body: 1, options: 2 },
      request: { method: 0, url: 1, body: 2, options: 3 },
    },
  },
  {
    id: 'requests',
    state: '',
    types: /^Session$/,
    packages: ['requests', 'requests.sessions', 'requests.api', 'requests_html', 'requests_cache', 'niquests', 'curl_cffi.requests', 'cloudscraper'],
    calls: { ...pythonVerbs, ...methodThenUrl(['request', 'Request']) },
    makers: Object.fromEntries(['Session', 'session', 'HTMLSession', 'CachedSession', 'AsyncSession', 'create_scraper'].map((name) => [name, { options: 'last', cookies: 'login' } as const])),
  },
  {
    id: 'httpx',
    state: '',
    types: /^(?:Async)?Client$/,
    packages: ['httpx'],
    calls: { ...pythonVerbs, ...methodThenUrl(['request', 'stream', 'Request', 'build_request']) },
    makers: { Client: { options: 'last', cookies: 'login' }, AsyncClient: { options: 'last', cookies: 'login' } },
  },
  { id: 'aiohttp', state: '', types: /^ClientSession$/, packages: ['aiohttp'], calls: { ...pythonVerbs, request: { method: 0, url: 1, options: 'last' } }, makers: { ClientSession: { base: 0, options: 'last', cookies: 'login' } } },
  {
    id: 'urllib',
    packages: ['urllib.request', 'urllib', 'urllib3', 'urllib2'],
    calls: { Request: { url: 0, options: 'last' }, 'request.Request': { url: 0, options: 'last' }, urlopen: { url: 0, options: 'last' }, 'request.urlopen': { url: 0, options: 'last' }, request: { method: 0, url: 1, options: 'last' }, open: { url: 0, options: 'last' } },
    makers: { PoolManager: { options: 'last' }, build_opener: { handlers: true }, 'request.build_opener': { handlers: true } },
  },
  {
    id: 'http.client',
    packages: ['http.client', 'httplib'],
    calls: { request: { method: 0, path: 1, body: 2, headers: 3, options: 'last' }, putrequest: { method: 0, path: 1 } },
    makers: { HTTPSConnection: { host: 0 }, HTTPConnection: { host: 0 } },
  },
  {
    id: 'tornado',
    packages: ['tornado.httpclient'],
    calls: { fetch: { url: 0, options: 'last' }, HTTPRequest: { url: 0, options: 'last' } },
    makers: { AsyncHTTPClient: {}, HTTPClient: {} },
  },
];
