import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const found = (rule: string, text: string): string[] => foundIn(rule, { 'src/hilt.ts': text });
const bearer = '`Bearer ${process.env.HILT_API_KEY}`';

describe('a hook that a client calls before it sends', () => {
  const axios = 'import axios from "axios";\n';
  it('transformRequest of axios sets headers', () => expect(found('require-key-header', `${axios}const hilt = axios.create({ baseURL: "https://api.hilt.so", transformRequest: [(data, headers) => {\n  headers.Authorization = ${bearer};\n  return data;\n}] });\nawait hilt.get("/v1/products");`)).toEqual([`3: headers.Authorization = ${bearer}`]));
  it('transformRequest gives the body', () => expect(found('require-key-header', `${axios}await axios.post("https://api.hilt.so/v1/support/tickets", ticket, {\n  transformRequest: (data) => JSON.stringify({ ...data, api_key: process.env.HILT_API_KEY }),\n});`)).toEqual(['3: api_key: process.env.HILT_API_KEY']));
  it('transformRequest that sets X-Hilt-Key is silent', () => expect(found('require-key-header', `${axios}const hilt = axios.create({ baseURL: "https://api.hilt.so", transformRequest: [(data, headers) => {\n  headers["X-Hilt-Key"] = process.env.HILT_API_KEY;\n  return JSON.stringify(data);\n}] });\nawait hilt.get("/v1/products");`)).toEqual([]));
  it('beforeRequest of ky gives a request', () => expect(found('require-key-header', `import ky from "ky";\nconst hilt = ky.create({ prefixUrl: "https://api.hilt.so/v1", hooks: { beforeRequest: [\n  (request) => new Request(request, { headers: { Authorization: ${bearer} } }),\n] } });\nawait hilt.get("products");`)).toEqual([`3: Authorization: ${bearer}`]));
  it('a handler of got', () => expect(found('no-dashboard-auth', 'import got from "got";\nconst hilt = got.extend({ prefixUrl: "https://api.hilt.so/v1", handlers: [(options, next) => {\n  options.headers.cookie = session;\n  return next(options);\n}] });\nawait hilt.get("products");')).toEqual(['3: options.headers.cookie = session']));
  it('onRequest of ofetch', () => expect(found('require-key-header', `import { ofetch } from "ofetch";\nconst hilt = ofetch.create({ baseURL: "https://api.hilt.so/v1", onRequest({ options }) {\n  options.headers.set("Authorization", ${bearer});\n} });\nawait hilt("/products");`)).toEqual([`3: options.headers.set("Authorization", ${bearer})`]));
});

describe('RTK Query', () => {
  const api = (base: string, endpoint = 'build.query({ query: () => "/products" })'): string => `import { createApi, fetchBaseQuery } from "@reduxjs/toolkit/query";\nexport const hilt = createApi({\n  baseQuery: fetchBaseQuery({ ${base} }),\n  endpoints: (build) => ({ it: ${endpoint} }),\n});`;
  it('sends the headers that prepareHeaders sets', () => expect(found('require-key-header', api(`baseUrl: "https://api.hilt.so/v1", prepareHeaders: (headers) => { headers.set("Authorization", ${bearer}); return headers; }`))).toEqual([`3: headers.set("Authorization", ${bearer})`]));
  it('is silent with X-Hilt-Key', () => expect(found('require-key-header', api('baseUrl: "https://api.hilt.so/v1", prepareHeaders: (headers) => { headers.set("X-Hilt-Key", process.env.HILT_API_KEY); return headers; }'))).toEqual([]));
  it('sends a session', () => expect(found('no-dashboard-auth', api('baseUrl: "https://api.hilt.so/v1", credentials: "include"'))).toEqual(['3: credentials: "include"']));
  it('sends a session from a request of its own', () => expect(found('no-dashboard-auth', api('baseUrl: "https://api.hilt.so/v1"', 'build.mutation({ query: (body) => ({ url: "/support/tickets", method: "POST", body, credentials: "include" }) })'))).toEqual(['4: credentials: "include"']));
  it('may ask a route of the dashboard', () => expect(found('no-dashboard-auth', api('baseUrl: "https://api.hilt.so/v1", credentials: "include"', 'build.query({ query: () => "/account/profile" })'))).toEqual([]));
  it('may ask the own application', () => expect(found('no-dashboard-auth', `// hilt\n${api('baseUrl: "/api", credentials: "include"')}`)).toEqual([]));
  it('hands the key to another host', () => expect(found('no-key-disclosure', api('baseUrl: "https://api.acme.io", prepareHeaders: (headers) => { headers.set("X-Hilt-Key", process.env.HILT_API_KEY); return headers; }'))).toEqual(['3: headers.set("X-Hilt-Key", process.env.HILT_API_KEY)']));
  it('is followed through endpoints that are injected', () => expect(found('no-dashboard-auth', 'import { createApi, fetchBaseQuery } from "@reduxjs/toolkit/query";\nconst base = createApi({ baseQuery: fetchBaseQuery({ baseUrl: "https://api.hilt.so/v1", credentials: "include" }), endpoints: () => ({}) });\nexport const hilt = base.injectEndpoints({ endpoints: (build) => ({ it: build.query({ query: () => "/products" }) }) });')).toEqual(['2: credentials: "include"']));
  it('is followed through queryFn', () => {
    const endpoint = 'build.query({ queryFn: (id, api, more, baseQuery) => baseQuery({ url: "/products", headers: { Cookie: session } }) })';
    expect(found('no-dashboard-auth', api('baseUrl: "https://api.hilt.so/v1"', endpoint))).toEqual(['4: Cookie: session']);
    expect(found('no-dashboard-auth', api('baseUrl: "https://shop.example.org/v1"', endpoint))).toEqual([]);
  });
  it('is followed through a base query of the program', () => expect(found('no-dashboard-auth', 'import { createApi, fetchBaseQuery } from "@reduxjs/toolkit/query";\nconst plain = fetchBaseQuery({ baseUrl: "https://api.hilt.so/v1", credentials: "include" });\nconst again = async (args, api, more) => { const result = await plain(args, api, more); return result.error ? plain(args, api, more) : result; };\nexport const hilt = createApi({ baseQuery: again, endpoints: (build) => ({ it: build.query({ query: () => "/products" }) }) });')).toEqual(['2: credentials: "include"']));
});

describe('what a client that holds a key shows', () => {
  const log = (text: string): string[] => found('no-key-disclosure', text);
  const axios = 'import axios from "axios";\nconst hilt = axios.create({ baseURL: "https://api.hilt.so", headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });\n';
  it('as its defaults', () => expect(log(`${axios}console.log(hilt.defaults);\nconsole.log(hilt.defaults.headers);`)).toEqual(['3: hilt.defaults', '4: hilt.defaults.headers']));
  it('as the whole of it', () => expect(log(`${axios}console.log(hilt);`)).toEqual(['3: hilt']));
  it('is nothing in other defaults', () => expect(log(`${axios}console.log(hilt.defaults.baseURL, hilt.defaults.timeout, hilt.defaults.headers.Accept);`)).toEqual([]));
  it('is nothing without a key', () => expect(log('// hilt\nimport axios from "axios";\nconst shop = axios.create({ baseURL: "https://shop.acme.io" });\nconsole.log(shop.defaults.headers, shop);')).toEqual([]));
  it('as defaults that were set since', () => expect(log('import axios from "axios";\naxios.defaults.headers.common["X-Hilt-Key"] = process.env.HILT_API_KEY;\nlogger.debug(axios.defaults.headers.common);')).toEqual(['3: axios.defaults.headers.common']));
  it('as what an interceptor is given', () => expect(log(`${axios}hilt.interceptors.request.use((config) => {\n  console.log(config.headers);\n  return config;\n});`)).toEqual(['4: config.headers']));
  it('is nothing in the address that an interceptor is given', () => expect(log(`${axios}hilt.interceptors.request.use((config) => {\n  console.log(config.method, config.url);\n  return config;\n});`)).toEqual([]));
  it('as the options of got', () => expect(log('import got from "got";\nconst hilt = got.extend({ prefixUrl: "https://api.hilt.so", headers: { "x-hilt-key": process.env.HILT_API_KEY } });\nconsole.log(hilt.defaults.options.headers);\nconsole.log(hilt.defaults.options.timeout);')).toEqual(['3: hilt.defaults.options.headers']));
  it('as what hooks of ky and ofetch are given', () => expect(log('import ky from "ky";\nimport { ofetch } from "ofetch";\nconst headers = { "X-Hilt-Key": process.env.HILT_API_KEY };\nky.create({ prefixUrl: "https://api.hilt.so", headers, hooks: { beforeRequest: [(request, options) => console.log(options.headers)] } });\nofetch.create({ baseURL: "https://api.hilt.so", headers, onRequest({ request, options }) { console.log(request, options); } });')).toEqual(['4: options.headers', '5: options']));
  it('as headers of a session of Python', () => expect(foundIn('no-key-disclosure', { 'a.py': 'import os, requests\ns = requests.Session()\ns.headers["X-Hilt-Key"] = os.environ["HILT_API_KEY"]\nprint(s.headers)\nprint(s.get("https://api.hilt.so/v1/products").headers)\n' })).toEqual(['4: s.headers']));
});
