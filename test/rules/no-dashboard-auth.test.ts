import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../support/findings.ts';

const found = (files: Readonly<Record<string, string>>): string[] => foundIn('no-dashboard-auth', files);
const inFile = (text: string, file = 'src/bot.ts'): string[] => found({ [file]: text });

describe('a cookie on a route that takes a key', () => {
  it('is found as a header of fetch', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { Cookie: `session=${c}` } });')).toEqual(['1: Cookie: `session=${c}`']));
  it('is found in Headers that were made before', () => expect(inFile('const h = new Headers();\nh.set("cookie", c);\nawait fetch("https://api.hilt.so/v1/products", { headers: h });')).toEqual(['2: h.set("cookie", c)']));
  it('is found in a list of pairs', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: [["Cookie", c]] });')).toEqual(['1: ["Cookie", c]']));
  it('is found in new Request', () => expect(inFile('await fetch(new Request("https://api.hilt.so/v1/products", { credentials: "include" }));')).toEqual(['1: credentials: "include"']));
  it('is found as credentials: include', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { credentials: "include" });')).toEqual(['1: credentials: "include"']));
  it('is not seen in credentials: omit', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { credentials: "omit" });')).toEqual([]));
  it('is not seen in credentials that are omitted again', () => expect(inFile('const base = { credentials: "include" };\nawait fetch("https://api.hilt.so/v1/products", { ...base, credentials: "omit" });')).toEqual([]));
  it('is found where options are spread', () => expect(inFile('const base = { credentials: "include" };\nawait fetch("https://api.hilt.so/v1/products", { method: "GET", ...base });')).toEqual(['1: credentials: "include"']));
  it('that holds a key is another rule\'s', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { Cookie: `key=${process.env.HILT_API_KEY}` } });')).toEqual([]));
  it('is silent beside a key', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { credentials: "include", headers: { "X-Hilt-Key": key } });')).toEqual([]));
});

describe('the URL', () => {
  it('is read from HILT_API_URL with a default', () => expect(inFile('const base = process.env.HILT_API_URL ?? "https://api.hilt.so";\nawait fetch(`${base}/v1/products`, { credentials: "include" });')).toHaveLength(1));
  it('is read from HILT_API_URL alone', () => expect(inFile('await fetch(process.env.HILT_API_URL + "/v1/products", { credentials: "include" });')).toHaveLength(1));
  it('is read from new URL with a base', () => expect(inFile('const url = new URL("/v1/products", "https://api.hilt.so");\nurl.searchParams.set("limit", "1");\nawait fetch(url, { credentials: "include" });')).toEqual(['3: credentials: "include"']));
  it('is read from href', () => expect(inFile('await fetch(new URL("/v1/products", process.env.HILT_API_URL).href, { credentials: "include" });')).toHaveLength(1));
  it('may have unknown parts', () => expect(inFile('await fetch(`https://api.hilt.so/v1/products/${id}/analytics`, { credentials: "include" });')).toEqual(['1: credentials: "include"']));
  it('may end in an unknown query', () => expect(inFile('await fetch(`https://api.hilt.so/v1/products${query}`, { credentials: "include" });')).toEqual(['1: credentials: "include"']));
  it('is a host below hilt.so', () => expect(inFile('await fetch("https://eu.api.hilt.so/v1/products", { credentials: "include" });')).toHaveLength(1));
  it('is no host that only ends like it', () => expect(inFile('await fetch("https://nothilt.so/v1/products", { credentials: "include" });\nawait fetch("https://hilt.so.evil.io/v1/products", { credentials: "include" });')).toEqual([]));
  it('of the own application is silent', () => expect(inFile('// hilt\nawait fetch("/v1/products", { credentials: "include" });')).toEqual([]));
  it('of another service is silent', () => expect(inFile('// hilt\nawait fetch("https://shop.acme.io/v1/products", { headers: { Cookie: c } });')).toEqual([]));
  it('that is not known is silent', () => expect(inFile('// hilt\nawait fetch(url, { credentials: "include" });\nawait fetch(`${proxy}/v1/products`, { headers: { Cookie: c } });')).toEqual([]));
  it('of a base that only its name says is Hilt\'s is possible', () => expect(inFile('export const list = (config) => fetch(`${config.hiltBaseUrl}/v1/products`, { credentials: "include" });')).toEqual(['1: credentials: "include" ?']));
  it('may be of a host that options name', () => expect(foundIn('no-dashboard-auth', { 'a.ts': '// hilt\nawait fetch("https://hilt.acme.io/v1/products", { credentials: "include" });' }, { hosts: ['hilt.acme.io'] })).toHaveLength(1));
});

describe('the route', () => {
  it('with a bearer token is found where it takes a key', () => expect(inFile('await fetch("https://api.hilt.so/v1/receipts", { headers: { Authorization: `Bearer ${token}` } });')).toEqual(['1: Authorization: `Bearer ${token}`']));
  it.each(['/v1/webhooks/endpoints', '/v1/account/profile', '/v1/keys', '/v1/keys/k_1', '/v1/billing/summary', '/v1/auth/logout', '/v1/access/agent-bootstrap/i_1/approve'])('%s is the dashboard\'s', (path) => expect(inFile(`await fetch("https://api.hilt.so${path}", { headers: { Authorization: \`Bearer \${token}\` } });`)).toEqual([]));
  it.each(['/v1/products/p/tea', '/v1/payments/p_1', '/v1/receipt/r_1/public', '/v1/pay/broadcast', '/v1/auth/login'])('%s is public', (path) => expect(inFile(`await fetch("https://api.hilt.so${path}", { credentials: "include", method: "POST" });`)).toEqual([]));
  it('of PayMe is another identity\'s', () => expect(inFile('await fetch("https://api.hilt.so/v1/pay-me/profile", { headers: { Authorization: `Bearer ${token}` } });')).toEqual([]));
  it('that Hilt does not document is possible', () => expect(inFile('await fetch("https://api.hilt.so/v2/anything", { headers: { Authorization: `Bearer ${token}` } });')).toEqual(['1: Authorization: `Bearer ${token}` ?']));
  it('of a page of the dashboard is the dashboard\'s', () => expect(inFile('await fetch("https://app.hilt.so/settings", { credentials: "include" });')).toEqual([]));
  it('of the hosted checkout is silent', () => expect(inFile('await fetch("https://pay.hilt.so/p/tea", { credentials: "include" });')).toEqual([]));
});

describe('a URL or headers that take shape on the way', () => {
  const list = 'const paths = ["/v1/products", "/v1/receipts"];\n';
  it('a loop over URLs', () => expect(inFile('// hilt\nfor (const url of ["https://api.hilt.so/v1/products", "https://api.hilt.so/v1/receipts"]) await fetch(url, { credentials: "include" });')).toEqual(['2: credentials: "include"']));
  it('a loop over paths', () => expect(inFile(`${list}for (const path of paths) await fetch(\`https://api.hilt.so\${path}\`, { headers: { Cookie: c } });`)).toEqual(['2: Cookie: c']));
  it('a loop over paths of the dashboard is silent', () => expect(inFile('for (const path of ["/v1/webhooks/endpoints", "/v1/account"]) await fetch("https://api.hilt.so" + path, { headers: { Authorization: `Bearer ${token}` } });')).toEqual([]));
  it('a loop over the entries of an object', () => expect(inFile('const routes = { products: "/v1/products" };\nfor (const [name, path] of Object.entries(routes)) await fetch("https://api.hilt.so" + path, { headers: { Cookie: c } });')).toEqual(['2: Cookie: c']));
  it('a loop over what is not known is possible', () => expect(inFile('for (const path of readPaths()) await fetch("https://api.hilt.so" + path, { headers: { Cookie: c } });')).toEqual(['1: Cookie: c ?']));
  it('a callback of a list', () => expect(inFile(`${list}await Promise.all(paths.map((path) => fetch("https://api.hilt.so" + path, { headers: { Cookie: c } })));`)).toEqual(['2: Cookie: c']));
  it('a callback whose list holds public routes is silent', () => expect(inFile('["/v1/products/p/tea", "/v1/payments/p_1"].forEach((path) => fetch("https://api.hilt.so" + path, { credentials: "include" }));')).toEqual([]));
  it('a table of tests', () => expect(inFile('it.each([["GET", "/v1/products"], ["GET", "/v1/receipts"]])("%s %s", async (method, path) => {\n  await fetch(`https://api.hilt.so${path}`, { method, headers: { Cookie: c } });\n});')).toEqual(['2: Cookie: c']));
  it('a generator', () => expect(inFile('function* urls() { yield "https://api.hilt.so/v1/products"; yield "https://api.hilt.so/v1/receipts"; }\nfor (const url of urls()) await fetch(url, { credentials: "include" });')).toEqual(['2: credentials: "include"']));
  it('a generator of public routes is silent', () => expect(inFile('function* urls() { yield "https://api.hilt.so/v1/payments/1"; }\nfor (const url of urls()) await fetch(url, { credentials: "include" });')).toEqual([]));
  it('headers that Object.defineProperty adds', () => expect(inFile('const headers = {};\nObject.defineProperty(headers, "Cookie", { value: c, enumerable: true });\nawait fetch("https://api.hilt.so/v1/products", { headers });')).toEqual(['2: Object.defineProperty(headers, "Cookie", { value: c, enumerable: true })']));
  it('headers that Object.assign adds', () => expect(inFile('const headers = {};\nObject.assign(headers, { Cookie: c });\nawait fetch("https://api.hilt.so/v1/products", { headers });')).toEqual(['2: Cookie: c']));
  it('headers that Object.assign gives a key are silent', () => expect(inFile('const headers = { Cookie: c };\nObject.assign(headers, { "X-Hilt-Key": process.env.HILT_API_KEY });\nawait fetch("https://api.hilt.so/v1/products", { headers });')).toEqual([]));
  it('headers inside options', () => expect(inFile('const options = { method: "GET", headers: {} };\noptions.headers["Cookie"] = c;\nawait fetch("https://api.hilt.so/v1/products", options);')).toEqual(['2: options.headers["Cookie"] = c']));
  it('headers inside options of another request are silent', () => expect(inFile('const own = { headers: {} };\nown.headers["Cookie"] = c;\nawait fetch("https://shop.acme.io", own);\nawait fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": k } });')).toEqual([]));
  it('headers that a reduce collects', () => expect(inFile('const headers = [["Accept", "json"], ["Cookie", c]].reduce((h, [k, v]) => ({ ...h, [k]: v }), {});\nawait fetch("https://api.hilt.so/v1/products", { headers });')).toHaveLength(1));
  it('a method that is bound', () => expect(inFile('class Api {\n  constructor(token) { this.token = token; this.list = this.list.bind(this); }\n  list() { return fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${this.token}` } }); }\n}\nawait new Api(process.env.SESSION).list();')).toEqual(['3: Authorization: `Bearer ${this.token}`']));
  it('headers in a field', () => expect(inFile('class Api {\n  headers = {};\n  signIn(token) { this.headers.Authorization = `Bearer ${token}`; }\n  list() { return fetch("https://api.hilt.so/v1/products", { headers: this.headers }); }\n}')).toEqual(['3: this.headers.Authorization = `Bearer ${token}`']));
});

describe('headers that a loop sets', () => {
  const send = '\nawait fetch("https://api.hilt.so/v1/products", { headers });';
  const session = 'const given = { Accept: "text/plain", Cookie: c };\n';
  const key = 'const given = { Accept: "text/plain", "X-Hilt-Key": process.env.HILT_API_KEY };\n';
  const withCookies = '\nawait fetch("https://api.hilt.so/v1/products", { headers, credentials: "include" });';
  it('one by one', () => expect(inFile(`${session}const headers = new Headers();\nfor (const [k, v] of Object.entries(given)) headers.set(k, v);${send}`)).toEqual(['1: Cookie: c']));
  it('one by one, a key among them', () => expect(inFile(`${key}const headers = new Headers();\nfor (const [k, v] of Object.entries(given)) headers.set(k, v);${withCookies}`)).toEqual([]));
  it('in a callback', () => expect(inFile(`${session}const headers = new Headers();\nObject.entries(given).forEach(([k, v]) => headers.append(k, v));${send}`)).toEqual(['1: Cookie: c']));
  it('in a callback, a key among them', () => expect(inFile(`${key}const headers = new Headers();\nObject.entries(given).forEach(([k, v]) => headers.append(k, v));${withCookies}`)).toEqual([]));
  it('by their names', () => expect(inFile(`${session}const headers = {};\nfor (const name of Object.keys(given)) headers[name.toLowerCase()] = given[name];${send}`)).toEqual(['1: Cookie: c']));
  it('by their names, a key among them', () => expect(inFile(`${key}const headers = {};\nfor (const name in given) headers[name] = given[name];${withCookies}`)).toEqual([]));
  it('of a Map', () => expect(inFile(`const headers = new Headers();\nnew Map([["Cookie", c]]).forEach((value, name) => headers.set(name, value));${send}`)).toEqual(['2: ["Cookie", c]']));
  it('of a Map with a key', () => expect(inFile(`const headers = new Headers();\nnew Map([["X-Hilt-Key", process.env.HILT_API_KEY]]).forEach((value, name) => headers.set(name, value));${withCookies}`)).toEqual([]));
  it('reduced', () => expect(inFile(`${session}const headers = Object.entries(given).reduce((all, [k, v]) => ({ ...all, [k]: v }), {});${send}`)).toEqual(['1: Cookie: c']));
  it('filtered', () => expect(inFile(`${session}const headers = new Headers(Object.entries(given).filter(([, v]) => v !== undefined));${send}`)).toEqual(['1: Cookie: c']));
  it('in a copy each round', () => expect(inFile(`${session}let headers = {};\nfor (const [k, v] of Object.entries(given)) headers = { ...headers, [k]: v };\nexport const go = () => fetch("https://api.hilt.so/v1/products", { headers });`)).toEqual(['1: Cookie: c']));
  it('in a copy each round, a key among them', () => expect(inFile(`${key}let headers = {};\nfor (const [k, v] of Object.entries(given)) headers = { ...headers, [k]: v };\nexport const go = () => fetch("https://api.hilt.so/v1/products", { headers, credentials: "include" });`)).toEqual([]));
  it('on a request of Node', () => expect(inFile(`import https from "node:https";\n${session}const req = https.request("https://api.hilt.so/v1/products");\nfor (const [k, v] of Object.entries(given)) req.setHeader(k, v);`)).toEqual(['2: Cookie: c']));
  it('on a client', () => expect(inFile(`import axios from "axios";\n${session}const api = axios.create({ baseURL: "https://api.hilt.so" });\nObject.entries(given).forEach(([k, v]) => { api.defaults.headers.common[k] = v; });\nawait api.get("/v1/products");`)).toEqual(['2: Cookie: c']));
  it('on a client, a key among them', () => expect(inFile(`import axios from "axios";\n${key}const api = axios.create({ baseURL: "https://api.hilt.so", withCredentials: true });\nObject.entries(given).forEach(([k, v]) => { api.defaults.headers.common[k] = v; });\nawait api.get("/v1/products");`)).toEqual([]));
  it('in a function that is given them', () => expect(inFile(`function headersOf(given) {\n  const headers = new Headers();\n  for (const [k, v] of Object.entries(given)) headers.set(k, v);\n  return headers;\n}\nawait fetch("https://api.hilt.so/v1/products", { headers: headersOf({ Cookie: c }) });\nawait fetch("https://api.hilt.so/v1/products", { headers: headersOf({ "X-Hilt-Key": process.env.HILT_API_KEY }), credentials: "include" });`)).toEqual(['6: Cookie: c']));
  it('whatever they are, beside cookies, is possible', () => expect(inFile('const headers = new Headers();\nfor (const [k, v] of Object.entries(readHeaders())) headers.set(k, v);\nawait fetch("https://api.hilt.so/v1/products", { headers, credentials: "include" });')).toEqual(['3: credentials: "include" ?']));
});

describe('headers of the own caller that are passed on', () => {
  const route = (headers: string, url = '"https://api.hilt.so/v1/products"'): string => `export async function GET(request) {\n  return fetch(${url}, { headers: ${headers} });\n}`;
  it('may hold a cookie', () => expect(inFile(route('request.headers'), 'app/api/products/route.ts')).toEqual(['2: request.headers ?']));
  it('may hold a cookie in Express', () => expect(inFile('import express from "express";\nconst app = express();\napp.get("/p", async (req, res) => {\n  res.json(await fetch("https://api.hilt.so/v1/products", { headers: req.headers }));\n});')).toEqual(['4: req.headers ?']));
  it('hold one for certain where it is named', () => expect(inFile(route('{ cookie: request.headers.get("cookie") }'), 'app/api/products/route.ts')).toEqual(['2: cookie: request.headers.get("cookie")']));
  it('are silent beside a key', () => expect(inFile(route('{ ...request.headers, "X-Hilt-Key": process.env.HILT_API_KEY }'), 'app/api/products/route.ts')).toEqual([]));
  it('are silent without the cookie', () => expect(inFile(route('{ accept: request.headers.get("accept") }'), 'app/api/products/route.ts')).toEqual([]));
  it('are silent where the route is not known', () => expect(inFile(route('request.headers', '`https://api.hilt.so/${path}`'), 'app/api/products/route.ts')).toEqual([]));
  it('of an object that only has headers are silent', () => expect(inFile('export const send = (request) => fetch("https://api.hilt.so/v1/products", { headers: request.headers });')).toEqual([]));
});

describe('an Authorization header', () => {
  it('is found when put together', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { authorization: ["Bearer", jwt].join(" ") } });')).toHaveLength(1));
  it('whose scheme is not known is possible', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { Authorization: header } });')).toEqual(['1: Authorization: header ?']));
  it('that a payer made is silent', () => expect(inFile('await fetch("https://api.hilt.so/v1/access/metered-sessions/1/authorize", { headers: { Authorization: `Payment ${p}` } });\nawait fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Payment ${p}` } });')).toEqual([]));
  it('with a key is another rule\'s', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${process.env.HILT_API_KEY}` } });')).toEqual([]));
  it('that may be nothing is silent then', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { Authorization: undefined } });')).toEqual([]));
  it('with the token of a login is found', () => expect(inFile('const { token } = await (await fetch("https://api.hilt.so/v1/auth/login", { method: "POST", body })).json();\nawait fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${token}` } });')).toEqual(['2: Authorization: `Bearer ${token}`']));
  it('with a name that is not known is silent', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { [name]: `Bearer ${token}` } });')).toEqual([]));
});

describe('a client library', () => {
  it('openapi-fetch', () => expect(inFile('import createClient from "openapi-fetch";\nconst client = createClient({ baseUrl: "https://api.hilt.so", credentials: "include" });\nawait client.GET("/v1/products");')).toEqual(['2: credentials: "include"']));
  it('axios: instance options', () => expect(inFile('import axios from "axios";\nconst api = axios.create({ baseURL: "https://api.hilt.so/v1", withCredentials: true });\nexport const list = () => api.get("/products");')).toEqual(['2: withCredentials: true']));
  it('axios: defaults of an instance', () => expect(inFile('import axios from "axios";\nconst api = axios.create({ baseURL: "https://api.hilt.so" });\napi.defaults.headers.common["Authorization"] = `Bearer ${token}`;\nawait api.get("/v1/products");')).toEqual(['3: api.defaults.headers.common["Authorization"] = `Bearer ${token}`']));
  it('axios: defaults of the library', () => expect(inFile('import axios from "axios";\naxios.defaults.withCredentials = true;\nawait axios.get("https://api.hilt.so/v1/products");')).toEqual(['2: axios.defaults.withCredentials = true']));
  it('axios: an interceptor', () => expect(inFile('import axios from "axios";\nconst api = axios.create({ baseURL: "https://api.hilt.so" });\napi.interceptors.request.use((config) => {\n  config.headers.Authorization = `Bearer ${localStorage.getItem("token")}`;\n  return config;\n});\nawait api.get("/v1/products");')).toEqual(['4: config.headers.Authorization = `Bearer ${localStorage.getItem("token")}`']));
  it('axios: an interceptor that returns a new configuration', () => expect(inFile('import axios from "axios";\nconst api = axios.create({ baseURL: "https://api.hilt.so" });\napi.interceptors.request.use((config) => ({ ...config, withCredentials: true }));\nawait api.get("/v1/products");')).toHaveLength(1));
  it('axios: an interceptor of another instance does nothing here', () => expect(inFile('import axios from "axios";\nconst own = axios.create({ baseURL: "/api" });\nown.interceptors.request.use((config) => { config.withCredentials = true; return config; });\nconst api = axios.create({ baseURL: "https://api.hilt.so", headers: { "X-Hilt-Key": key } });\nawait own.get("/v1/products");\nawait api.get("/v1/products");')).toEqual([]));
  it('axios: an instance of another module', () => expect(found({ 'src/bot.ts': 'import { api } from "./api";\nawait api.get("/v1/products");\nconst hilt = 1;', 'src/api.ts': 'import axios from "axios";\nexport const api = axios.create({ baseURL: "https://api.hilt.so", withCredentials: true });' })).toEqual(['src/api.ts 2: withCredentials: true']));
  it('axios: a request by its options', () => expect(inFile('import axios from "axios";\nawait axios({ method: "get", url: "https://api.hilt.so/v1/products", headers: { Cookie: c } });')).toEqual(['2: Cookie: c']));
  it('axios: a jar', () => expect(inFile('import axios from "axios";\nimport { wrapper } from "axios-cookiejar-support";\nconst api = wrapper(axios.create({ jar, baseURL: "https://api.hilt.so" }));\nawait api.get("/v1/products");')).toEqual(['3: jar']));
  it('ky: a hook', () => expect(inFile('import ky from "ky";\nconst api = ky.create({ prefixUrl: "https://api.hilt.so/v1", hooks: { beforeRequest: [(request) => { request.headers.set("Authorization", `Bearer ${t}`); }] } });\nawait api.get("products").json();')).toEqual(['2: request.headers.set("Authorization", `Bearer ${t}`)']));
  it('ky: an instance of an instance', () => expect(inFile('import ky from "ky";\nconst base = ky.create({ credentials: "include" });\nconst api = base.extend({ prefixUrl: "https://api.hilt.so" });\nawait api("v1/products");')).toEqual(['2: credentials: "include"']));
  it('got: a jar', () => expect(inFile('import got from "got";\nawait got("https://api.hilt.so/v1/products", { cookieJar });')).toEqual(['2: cookieJar']));
  it('got: an instance with a key is silent', () => expect(inFile('import got from "got";\nconst api = got.extend({ prefixUrl: "https://api.hilt.so", headers: { "x-hilt-key": process.env.HILT_API_KEY } });\nawait api("v1/products", { cookieJar });')).toEqual([]));
  it('undici: pool and request', () => expect(inFile('import { Pool, request } from "undici";\nconst pool = new Pool("https://api.hilt.so");\nawait pool.request({ path: "/v1/products", method: "GET", headers: { cookie: c } });\nawait request("https://api.hilt.so/v1/products", { headers: { authorization: "Bearer " + t } });')).toEqual(['3: cookie: c', '4: authorization: "Bearer " + t']));
  it('superagent: a chain', () => expect(inFile('import request from "superagent";\nawait request.get("https://api.hilt.so/v1/products").set("Cookie", c);\nawait request.get("https://api.hilt.so/v1/receipts").withCredentials();')).toHaveLength(2));
  it('superagent: a bearer', () => expect(inFile('import request from "superagent";\nawait request.get("https://api.hilt.so/v1/products").auth(t, { type: "bearer" });')).toHaveLength(1));
  it('supertest: an agent', () => expect(inFile('import request from "supertest";\nconst agent = request.agent("https://api.hilt.so");\nawait agent.get("/v1/products");')).toEqual(['2: request.agent("https://api.hilt.so")']));
  it('supertest: the own application is silent', () => expect(inFile('import request from "supertest";\nimport { app } from "./hilt-app";\nconst agent = request.agent(app);\nawait agent.get("/v1/products").set("Cookie", c);')).toEqual([]));
  it('node: options', () => expect(inFile('import https from "node:https";\nhttps.request({ hostname: "api.hilt.so", path: "/v1/products", headers: { Cookie: c } });')).toEqual(['2: Cookie: c']));
  it('node: a header that is set later', () => expect(inFile('import https from "node:https";\nconst req = https.request("https://api.hilt.so/v1/receipts");\nreq.setHeader("Cookie", c);')).toEqual(['3: req.setHeader("Cookie", c)']));
  it('axios: forms', () => expect(inFile('import axios from "axios";\nawait axios.putForm("https://api.hilt.so/v1/products/1", { a: 1 }, { withCredentials: true });')).toEqual(['2: withCredentials: true']));
  it('axios: an instance begins with the defaults of the library', () => expect(inFile('import axios from "axios";\naxios.defaults.headers.common.Cookie = c;\nconst api = axios.create({ baseURL: "https://api.hilt.so" });\nawait api.get("/v1/products");')).toEqual(['2: axios.defaults.headers.common.Cookie = c']));
  it('axios: interceptors of the library are none of an instance', () => expect(inFile('import axios from "axios";\naxios.interceptors.request.use((config) => { config.headers.Cookie = c; return config; });\nconst api = axios.create({ baseURL: "https://api.hilt.so" });\nawait api.get("/v1/products");')).toEqual([]));
  it('axios: interceptors of a module that exports nothing', () => expect(found({ 'src/bot.ts': 'import { api } from "./api";\nimport "./session";\nawait api.get("/v1/products"); // hilt', 'src/api.ts': 'import axios from "axios";\nexport const api = axios.create({ baseURL: "https://api.hilt.so" });', 'src/session.ts': 'import { api } from "./api";\napi.interceptors.request.use((config) => {\n  config.headers.set("Authorization", `Bearer ${process.env.HILT_SESSION_TOKEN}`);\n  return config;\n});' })).toEqual(['src/session.ts 3: config.headers.set("Authorization", `Bearer ${process.env.HILT_SESSION_TOKEN}`)']));
  it('ky: an instance of a function', () => expect(inFile('import ky from "ky";\nconst base = ky.create({ prefixUrl: "https://api.hilt.so/v1" });\nconst api = base.extend((options) => ({ headers: { Cookie: c } }));\nawait api.get("products");')).toEqual(['3: Cookie: c']));
  it('got: handlers', () => expect(inFile('import got from "got";\nconst api = got.extend({ prefixUrl: "https://api.hilt.so/v1", handlers: [(options, next) => {\n  options.headers.cookie = c;\n  return next(options);\n}] });\nawait api("products");')).toEqual(['3: options.headers.cookie = c']));
  it('undici: headers in a row', () => expect(inFile('import { Client } from "undici";\nawait new Client("https://api.hilt.so").request({ path: "/v1/products", method: "GET", headers: ["accept", "json", "cookie", c] });')).toEqual(['2: c']));
  it('superagent: what an agent sets', () => expect(inFile('import request from "superagent";\nconst agent = request.agent().set("Cookie", c);\nawait agent.get("https://api.hilt.so/v1/products");')).toEqual(['2: request.agent().set("Cookie", c)']));
  it('wretch', () => expect(inFile('import wretch from "wretch";\nconst api = wretch("https://api.hilt.so").auth(`Bearer ${token}`);\nawait api.url("/v1/products").get().json();\nawait api.url("/v1/webhooks/endpoints").get().json();')).toEqual(['2: wretch("https://api.hilt.so").auth(`Bearer ${token}`)']));
  it('node: options from a URL', () => expect(inFile('import https from "node:https";\nimport { urlToHttpOptions } from "node:url";\nhttps.request({ ...urlToHttpOptions(new URL("https://api.hilt.so/v1/products")), headers: { Cookie: c } });')).toEqual(['3: Cookie: c']));
  it('jQuery: setup and beforeSend', () => expect(inFile('import $ from "jquery";\n$.ajaxSetup({ xhrFields: { withCredentials: true } });\n$.get("https://api.hilt.so/v1/products");\n$.ajax({ url: "https://api.hilt.so/v1/receipts", beforeSend: (xhr) => xhr.setRequestHeader("Authorization", "Bearer " + t) });', 'a.js')).toEqual(['2: withCredentials: true', '4: xhr.setRequestHeader("Authorization", "Bearer " + t)']));
  it('needle without a body', () => expect(inFile('import needle from "needle";\nawait needle("get", "https://api.hilt.so/v1/products", { cookies: { session: s } });')).toEqual(['2: cookies: { session: s }']));
  it('a fetch that is loaded when it is needed', () => expect(inFile('const fetch = (...args) => import("node-fetch").then(({ default: fetch }) => fetch(...args));\nawait fetch("https://api.hilt.so/v1/products", { headers: { Cookie: c } });')).toEqual(['2: Cookie: c']));
  it('fetch.call and fetch.apply', () => expect(inFile('await fetch.call(globalThis, "https://api.hilt.so/v1/products", { headers: { Cookie: c } });\nawait fetch.apply(null, ["https://api.hilt.so/v1/receipts", { headers: { Cookie: c } }]);')).toEqual(['1: Cookie: c', '2: Cookie: c']));
  it('a URL whose path is set later', () => expect(inFile('const url = new URL("https://api.hilt.so");\nurl.pathname = "/v1/products";\nawait fetch(url.toString(), { credentials: "include" });')).toEqual(['3: credentials: "include"']));
  it('a URL whose path is set to a public route is silent', () => expect(inFile('const url = new URL("https://api.hilt.so");\nurl.pathname = "/v1/products/p/tea";\nawait fetch(url.href, { credentials: "include" });')).toEqual([]));
  it('a request that gets its header later', () => expect(inFile('const request = new Request("https://api.hilt.so/v1/products");\nrequest.headers.set("Cookie", c);\nawait fetch(request);')).toEqual(['2: request.headers.set("Cookie", c)']));
  it('XMLHttpRequest', () => expect(inFile('const xhr = new XMLHttpRequest();\nxhr.open("GET", "https://api.hilt.so/v1/products");\nxhr.withCredentials = true;\nxhr.send();')).toEqual(['3: xhr.withCredentials = true']));
  it('jQuery', () => expect(inFile('$.ajax({ url: "https://api.hilt.so/v1/products", xhrFields: { withCredentials: true } });', 'a.js')).toEqual(['1: withCredentials: true']));
  it('ofetch: a hook', () => expect(inFile('import { ofetch } from "ofetch";\nconst api = ofetch.create({ baseURL: "https://api.hilt.so", onRequest({ options }) { options.headers.set("Authorization", "Bearer " + t); } });\nawait api("/v1/products");')).toHaveLength(1));
  it('tRPC and GraphQL links are left alone', () => expect(inFile('// hilt\nimport { httpBatchLink } from "@trpc/client";\nhttpBatchLink({ url: "https://api.hilt.so/v1/products", headers: { Cookie: c } });')).toEqual([]));
});

describe('an end-to-end test', () => {
  it('Playwright: a stored state', () => expect(inFile('import { request } from "@playwright/test";\nconst api = await request.newContext({ baseURL: "https://api.hilt.so", storageState: "auth.json" });\nawait api.get("/v1/receipts");', 'e2e/a.spec.ts')).toEqual(['2: storageState: "auth.json"']));
  it('Playwright: cookies of Hilt', () => expect(inFile('import { test } from "@playwright/test";\ntest("x", async ({ context }) => {\n  await context.addCookies([{ name: "s", value: "v", domain: ".hilt.so", path: "/" }]);\n  await context.request.get("https://api.hilt.so/v1/products");\n});', 'e2e/a.spec.ts')).toEqual(['3: context.addCookies([{ name: "s", value: "v", domain: ".hilt.so", path: "/" }])']));
  it('Playwright: cookies of the own application are silent', () => expect(inFile('import { test } from "@playwright/test";\ntest("x", async ({ context }) => {\n  await context.addCookies([{ name: "s", value: "v", domain: "localhost", path: "/" }]);\n  await context.request.get("https://api.hilt.so/v1/products");\n});', 'e2e/a.spec.ts')).toEqual([]));
  it('Playwright: options of the configuration', () => expect(found({ 'e2e/a.spec.ts': 'import { test } from "@playwright/test";\ntest("x", async ({ request }) => {\n  await request.get("https://api.hilt.so/v1/products");\n});', 'playwright.config.ts': 'import { defineConfig } from "@playwright/test";\nexport default defineConfig({ use: { storageState: "hilt.json" } });' })).toEqual(['playwright.config.ts 2: storageState: "hilt.json"']));
  it('Playwright: a header of the test is a key', () => expect(inFile('import { test } from "@playwright/test";\ntest.use({ storageState: "auth.json", extraHTTPHeaders: { "X-Hilt-Key": process.env.HILT_API_KEY } });\ntest("x", async ({ request }) => {\n  await request.get("https://api.hilt.so/v1/products");\n});', 'e2e/a.spec.ts')).toEqual([]));
  it('Cypress: a cookie of the dashboard', () => expect(inFile('cy.setCookie("session", "x", { domain: "app.hilt.so" });\ncy.request("https://api.hilt.so/v1/products");', 'cypress/e2e/a.cy.js')).toEqual(['1: cy.setCookie("session", "x", { domain: "app.hilt.so" })']));
  it('Cypress: a cookie without a domain is possible', () => expect(inFile('cy.setCookie("session", "x");\ncy.request("POST", "https://api.hilt.so/v1/products", {});', 'cypress/e2e/a.cy.js')).toEqual(['1: cy.setCookie("session", "x") ?']));
  it('Cypress: a bearer token', () => expect(inFile('cy.request({ url: "https://api.hilt.so/v1/products", auth: { bearer: Cypress.env("TOKEN") } });', 'cypress/e2e/a.cy.js')).toEqual(['1: bearer: Cypress.env("TOKEN")']));
  it('Playwright: a project of the configuration', () => expect(found({ 'e2e/a.spec.ts': 'import { test } from "@playwright/test"; // hilt\ntest("x", async ({ request }) => { await request.get("/v1/products"); });', 'playwright.config.ts': 'import { defineConfig } from "@playwright/test";\nexport default defineConfig({ use: { baseURL: "https://api.hilt.so" }, projects: [\n  { name: "api", use: { storageState: "auth.json" } },\n] });' })).toEqual(['playwright.config.ts 3: storageState: "auth.json"']));
  it('Playwright: headers of a page', () => expect(inFile('import { test } from "@playwright/test";\ntest("x", async ({ page }) => {\n  await page.setExtraHTTPHeaders({ Authorization: `Bearer ${t}` });\n  await page.goto("https://api.hilt.so/v1/products");\n});', 'e2e/a.spec.ts')).toEqual(['3: Authorization: `Bearer ${t}`']));
  it('Playwright: a page of the dashboard itself is silent', () => expect(inFile('import { test } from "@playwright/test";\ntest.use({ storageState: "auth.json" });\ntest("x", async ({ page }) => { await page.goto("https://app.hilt.so/products"); });', 'e2e/a.spec.ts')).toEqual([]));
  it('Puppeteer: a cookie of Hilt', () => expect(inFile('import puppeteer from "puppeteer";\nconst page = await (await puppeteer.launch()).newPage();\nawait page.setCookie({ name: "s", value: v, domain: ".hilt.so" });\nawait page.goto("https://api.hilt.so/v1/products");')).toEqual(['3: page.setCookie({ name: "s", value: v, domain: ".hilt.so" })']));
  it('Puppeteer: a cookie of the own application is silent', () => expect(inFile('import puppeteer from "puppeteer"; // hilt\nconst page = await (await puppeteer.launch()).newPage();\nawait page.setCookie({ name: "s", value: v, domain: "shop.acme.io" });\nawait page.goto("https://shop.acme.io");\nawait page.waitForResponse("https://api.hilt.so/v1/products");')).toEqual([]));
  it('Cypress: a login before', () => expect(inFile('beforeEach(() => {\n  cy.session("user", () => { cy.request("POST", "https://api.hilt.so/v1/auth/login", { email }); });\n});\nit("x", () => { cy.request("https://api.hilt.so/v1/products"); });', 'cypress/e2e/a.cy.ts')).toEqual(['2: cy.request("POST", "https://api.hilt.so/v1/auth/login", { email })']));
  it('Cypress: a login before requests with a key is silent', () => expect(inFile('cy.request("POST", "https://api.hilt.so/v1/auth/login", { email });\ncy.request({ url: "https://api.hilt.so/v1/products", headers: { "X-Hilt-Key": Cypress.env("HILT_API_KEY") } });', 'cypress/e2e/a.cy.ts')).toEqual([]));
  it('Cypress: the token of a login is reported once', () => expect(inFile('cy.request("POST", "https://api.hilt.so/v1/auth/login", { email }).then(({ body }) => {\n  cy.request({ url: "https://api.hilt.so/v1/products", headers: { Authorization: `Bearer ${body.token}` } });\n});', 'cypress/e2e/a.cy.ts')).toEqual(['2: Authorization: `Bearer ${body.token}`']));
  it('Cypress: the own application is silent', () => expect(inFile('// hilt\ncy.setCookie("session", "x");\ncy.request("/api/products");', 'cypress/e2e/a.cy.js')).toEqual([]));
  it('a token from the page\'s storage', () => expect(inFile('// hilt\nawait fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${localStorage.getItem("token")}` } });', 'e2e/a.spec.ts')).toHaveLength(1));
});

describe('HiltClient', () => {
  it('with a session token on methods that take a key', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ bearerToken: process.env.HILT_TOKEN });\nawait hilt.products.list();')).toEqual(['2: bearerToken: process.env.HILT_TOKEN']));
  it('with a session token on methods of the dashboard', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ bearerToken: process.env.HILT_TOKEN });\nawait hilt.webhooks.listEndpoints();\nawait hilt.payApi.approveAgentSetup(id, body);')).toEqual([]));
  it('with a session token on public methods', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ bearerToken: process.env.HILT_TOKEN });\nawait hilt.payments.get(id);')).toEqual([]));
  it('with both: the key wins', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY, bearerToken: process.env.HILT_TOKEN });\nawait hilt.products.list();\nawait hilt.webhooks.listEndpoints();')).toEqual([]));
  it('with both, asked for the session', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY, bearerToken: process.env.HILT_TOKEN });\nawait hilt.request("/v1/products", { auth: "bearer" });')).toEqual(['2: bearerToken: process.env.HILT_TOKEN']));
  it('asked for the session on its own routes', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ bearerToken: process.env.HILT_TOKEN });\nawait hilt.request("/v1/keys", { auth: "bearer", method: "POST" });')).toEqual([]));
  it('under another name, and as a subclass', () => expect(inFile('import { HiltClient as Hilt } from "@hiltpay/sdk";\nclass Client extends Hilt { constructor(token: string) { super({ bearerToken: token }); } }\nawait new Client(process.env.T!).memberships.list();')).toEqual(['2: bearerToken: token']));
  it('in protectEndpoint', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nimport { protectEndpoint } from "@hiltpay/sdk/protect";\nconst client = new HiltClient({ bearerToken: process.env.T });\nexport const GET = protectEndpoint({ client, externalProductId: "report", handler });')).toEqual(['3: bearerToken: process.env.T']));
  it('made by a function of another module', () => expect(found({ 'src/bot.ts': 'import { hilt } from "./hilt";\nawait hilt(process.env.T).receipts.list();', 'src/hilt.ts': 'import { HiltClient } from "@hiltpay/sdk";\nexport const hilt = (bearerToken: string) => new HiltClient({ bearerToken });' })).toEqual(['src/hilt.ts 2: bearerToken']));
});

describe('a wrapper', () => {
  const hilt = 'export function call(path: string, token: string) {\n  return fetch(`https://api.hilt.so${path}`, { headers: { Authorization: `Bearer ${token}` } });\n}';
  it('is found with a route that takes a key', () => expect(found({ 'src/bot.ts': 'import { call } from "./hilt";\ncall("/v1/products", token);', 'src/hilt.ts': hilt })).toEqual(['src/hilt.ts 2: Authorization: `Bearer ${token}`']));
  it('is silent with a route of the dashboard', () => expect(found({ 'src/bot.ts': 'import { call } from "./hilt";\ncall("/v1/webhooks/endpoints", token);', 'src/hilt.ts': hilt })).toEqual([]));
  it('whose caller is not in view is possible', () => expect(found({ 'src/hilt.ts': hilt })).toEqual(['2: Authorization: `Bearer ${token}` ?']));
  it('in a file that never mentions Hilt is found at the call', () => expect(found({ 'src/bot.ts': 'import { call } from "./http";\ncall("https://api.hilt.so/v1/products");', 'src/http.ts': 'export const call = (url: string) => fetch(url, { credentials: "include" });' })).toEqual(['2: call("https://api.hilt.so/v1/products")']));
  it('that is a class is followed', () => expect(inFile('class Hilt {\n  constructor(private token: string) {}\n  get(path: string) { return fetch("https://api.hilt.so" + path, { headers: { Authorization: `Bearer ${this.token}` } }); }\n  products() { return this.get("/v1/products"); }\n}\nawait new Hilt(t).products();')).toEqual(['3: Authorization: `Bearer ${this.token}`']));
  it('that is given a key is another rule\'s, whichever it looks like from inside', () => expect(found({ 'src/bot.ts': 'import { Hilt } from "./hilt";\nnew Hilt(process.env.HILT_API_KEY ?? "").products();', 'src/hilt.ts': 'export class Hilt {\n  #token: string;\n  constructor(token: string) { this.#token = token; }\n  products() { return this.#get("/v1/products"); }\n  #get(path: string) { return fetch("https://api.hilt.so" + path, { headers: { Authorization: `Bearer ${this.#token}` } }); }\n}' })).toEqual([]));
  it('around a wrapper is followed to a bound', () => {
    const chain = (depth: number): string => `${Array.from({ length: depth }, (_, i) => `function f${i}(url: string) { return f${i + 1}(url); }`).join('\n')}\nfunction f${depth}(url: string) { return fetch(url, { credentials: "include" }); }\nf0("https://api.hilt.so/v1/products");`;
    expect(inFile(chain(3))).toHaveLength(1);
    expect(inFile(chain(20))).toEqual([]);
  });
  it('gives its headers by a function', () => expect(inFile('const headers = (token: string) => ({ Accept: "json", Authorization: `Bearer ${token}` });\nawait fetch("https://api.hilt.so/v1/products", { headers: headers(t) });')).toEqual(['1: Authorization: `Bearer ${token}`']));
  it('names the request and the calls in its trace', () => {
    const [finding] = findingsOf('no-dashboard-auth', { 'src/bot.ts': 'import { call } from "./hilt";\ncall("/v1/products", token);', 'src/hilt.ts': hilt });
    expect(finding?.report.trace?.map(({ file, message }) => `${file}: ${message}`)).toEqual(['src/bot.ts: calls a function that makes the request', 'src/hilt.ts: GET /v1/products']);
  });
});

describe('code of a client', () => {
  const shop = { 'package.json': '{ "dependencies": { "next": "15", "react": "19" } }', 'lib/hilt.ts': 'export const list = () => fetch("https://api.hilt.so/v1/products", { credentials: "include" });' };
  it('is no backend', () => expect(found({ 'app/page.tsx': 'import { Buy } from "./buy";\nexport default () => <Buy />;', 'app/buy.tsx': '"use client";\nimport { list } from "../lib/hilt";\nexport const Buy = () => <button onClick={list} />;', ...shop })).toEqual([]));
  it('is told from a route handler', () => expect(found({ 'app/api/list/route.ts': 'import { list } from "../../../lib/hilt";\nexport const GET = () => list();', ...shop })).toEqual(['lib/hilt.ts 1: credentials: "include"']));
});

describe('another product named Hilt', () => {
  it('is not looked at', () => expect(inFile('// @hilt-review/mcp\nawait fetch(process.env.HILT_API_URL + "/v1/products", { headers: { Authorization: `Bearer ${token}` } });')).toEqual([]));
});

describe('the suggestion', () => {
  const code = (text: string): (string | undefined)[] => findingsOf('no-dashboard-auth', { 'a.ts': text }).flatMap(({ report }) => report.suggestions ?? []).map(({ data }) => data?.['code']);
  it('rewrites the header in the file\'s own idiom', () => expect(code('const id = process.env.SHOP;\nawait fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${t}` } });')).toEqual(['"X-Hilt-Key": process.env.HILT_API_KEY']));
  it('gives headers in place of credentials', () => expect(code('await fetch("https://api.hilt.so/v1/products", { credentials: "include" });')).toEqual(['headers: { "X-Hilt-Key": process.env.HILT_API_KEY }']));
  it('turns cookies off where there are headers', () => expect(code('await fetch("https://api.hilt.so/v1/products", { credentials: "include", headers: { Accept: "json" } });')).toEqual(['credentials: "omit"']));
  it('renames the option of the client', () => expect(code('import { HiltClient } from "@hiltpay/sdk";\nawait new HiltClient({ bearerToken: t }).products.list();')).toEqual(['apiKey: process.env.HILT_API_KEY']));
  it('is not made for a call', () => expect(code('const h = new Headers();\nh.set("Cookie", c);\nawait fetch("https://api.hilt.so/v1/products", { headers: h });')).toEqual([]));
});

describe('Python', () => {
  it('cookies of a call', () => expect(inFile('import requests\nrequests.get("https://api.hilt.so/v1/products", cookies={"session": s})\n', 'a.py')).toEqual(['2: cookies={"session": s}']));
  it('cookies of a session', () => expect(inFile('import requests\ns = requests.Session()\ns.cookies.set("session", v)\ns.get("https://api.hilt.so/v1/products")\n', 'a.py')).toEqual(['3: s.cookies.set("session", v)']));
  it('a session that has signed in', () => expect(inFile('import requests\ns = requests.Session()\ns.post("https://api.hilt.so/v1/auth/login", json=body)\ns.get("https://api.hilt.so/v1/products")\n', 'a.py')).toEqual(['3: s.post("https://api.hilt.so/v1/auth/login", json=body)']));
  it('a session with a key is silent', () => expect(inFile('import os, requests\ns = requests.Session()\ns.headers["X-Hilt-Key"] = os.environ["HILT_API_KEY"]\ns.get("https://api.hilt.so/v1/products")\n', 'a.py')).toEqual([]));
  it('a client of httpx', () => expect(inFile('import httpx\nwith httpx.Client(base_url="https://api.hilt.so", cookies={"s": v}) as c:\n    c.get("/v1/products")\n', 'a.py')).toEqual(['2: cookies={"s": v}']));
  it('a bearer token', () => expect(inFile('import os, httpx\nbase = os.environ.get("HILT_API_URL", "https://api.hilt.so")\nhttpx.get(f"{base}/v1/products", headers={"Authorization": f"Bearer {token}"})\n', 'a.py')).toEqual(['3: "Authorization": f"Bearer {token}"']));
  it('the SDK', () => expect(inFile('import os\nfrom hilt_sdk import HiltClient\nc = HiltClient(bearer_token=os.environ["HILT_TOKEN"])\nc.products.list()\n', 'a.py')).toEqual(['3: bearer_token=os.environ["HILT_TOKEN"]']));
  it('the SDK on routes of the dashboard is silent', () => expect(inFile('import os\nfrom hilt_sdk import HiltClient\nc = HiltClient(bearer_token=os.environ["HILT_TOKEN"])\nc.webhooks.list_endpoints()\n', 'a.py')).toEqual([]));
  it('the SDK with a session that has cookies', () => expect(inFile('import requests\nfrom hilt_sdk import HiltClient\ns = requests.Session()\ns.cookies.update(jar)\nc = HiltClient(session=s)\nc.products.list()\n', 'a.py')).toEqual(['4: s.cookies.update(jar)']));
});

describe('commands', () => {
  it('curl that keeps its cookies is told once', () => expect(inFile('curl -c jar.txt -b jar.txt https://api.hilt.so/v1/receipts\ncurl -c jar.txt https://api.hilt.so/v1/receipts\n', 'a.sh')).toEqual(['1: -b jar.txt', '2: -c jar.txt']));
  it('curl with cookies', () => expect(inFile('#!/bin/sh\ncurl -sS -b cookies.txt https://api.hilt.so/v1/products\ncurl --cookie "session=$S" "$HILT_API_URL/v1/receipts"\n', 'a.sh')).toEqual(['2: -b cookies.txt', '3: --cookie "session=$S"']));
  it('curl with a bearer token, over several lines', () => expect(inFile('curl -H "Authorization: Bearer $TOKEN" \\\n  https://api.hilt.so/v1/memberships\n', 'a.sh')).toEqual(['1: -H "Authorization: Bearer $TOKEN"']));
  it('curl with options that stand together', () => expect(inFile('curl -sSfb c.txt https://api.hilt.so/v1/products\n', 'a.sh')).toHaveLength(1));
  it('curl with a header in a variable', () => expect(inFile('AUTH="Authorization: Bearer $TOKEN"\ncurl -H "$AUTH" https://api.hilt.so/v1/products\n', 'a.sh')).toHaveLength(1));
  it('curl in a function', () => expect(inFile('api() { curl -b c.txt "https://api.hilt.so$1"; }\napi /v1/products\n', 'a.sh')).toEqual(['1: -b c.txt']));
  it('curl on a route of the dashboard, with a key, on another host', () => expect(inFile('curl -H "Authorization: Bearer $T" https://api.hilt.so/v1/webhooks/endpoints\ncurl -H "X-Hilt-Key: $HILT_API_KEY" https://api.hilt.so/v1/products\ncurl -b c.txt https://shop.acme.io/v1/products\n', 'a.sh')).toEqual([]));
  it('wget, HTTPie and xh', () => expect(inFile('wget --load-cookies=c.txt https://api.hilt.so/v1/products\nhttp --session=me GET https://api.hilt.so/v1/products\nhttp https://api.hilt.so/v1/products Cookie:session=1\nxh -A bearer -a $T https://api.hilt.so/v1/products\n', 'a.sh')).toHaveLength(4));
  it('HTTPie with a key', () => expect(inFile('http https://api.hilt.so/v1/products X-Hilt-Key:$HILT_API_KEY limit==1\n', 'a.sh')).toEqual([]));
  it('a step of a workflow', () => expect(inFile('jobs:\n  a:\n    steps:\n      - run: |\n          curl -b "$COOKIE" https://api.hilt.so/v1/products\n', '.github/workflows/a.yml')).toHaveLength(1));
  it('a script of a package', () => expect(inFile('{ "scripts": { "smoke": "curl -b c.txt https://api.hilt.so/v1/products" } }', 'package.json')).toHaveLength(1));
  it('a request of an .http file', () => expect(inFile('GET https://api.hilt.so/v1/products\nCookie: session=abc\n\n###\nGET https://api.hilt.so/v1/receipts\nX-Hilt-Key: {{apiKey}}\n', 'a.http')).toEqual(['2: Cookie: session=abc']));
});
