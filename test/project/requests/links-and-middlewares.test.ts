import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const bearer = 'authorization: `Bearer ${process.env.HILT_API_KEY}`';
const hilt = '"X-Hilt-Key": process.env.HILT_API_KEY';
const misplaced = (text: string, others: Readonly<Record<string, string>> = {}): string[] => foundIn('require-key-header', { 'src/a.ts': text, ...others });
const disclosed = (text: string, others: Readonly<Record<string, string>> = {}): string[] => foundIn('no-key-disclosure', { 'src/a.ts': text, ...others });

describe('links of Apollo', () => {
  const imports = 'import { ApolloClient, HttpLink, from } from "@apollo/client";\nimport { setContext } from "@apollo/client/link/context";\n';
  const context = (header: string): string => `const auth = setContext((_, { headers }) => ({ headers: { ...headers, ${header} } }));\n`;
  const client = (uri: string): string => `export const client = new ApolloClient({ link: auth.concat(new HttpLink({ uri: "${uri}" })) });`;
  it('put headers into requests to Hilt', () => {
    expect(misplaced(`${imports}${context(bearer)}${client('https://api.hilt.so/graphql')}`)).toEqual([`3: ${bearer}`]);
    expect(misplaced(`${imports}${context(hilt)}${client('https://api.hilt.so/graphql')}`)).toEqual([]);
  });
  it('take a key to another host', () => {
    expect(disclosed(`${imports}${context(hilt)}${client('https://graph.acme.io')}`)).toEqual([`3: ${hilt}`]);
    expect(disclosed(`${imports}${context(hilt)}${client('https://api.hilt.so/graphql')}`)).toEqual([]);
  });
  it('do so for the links that they stand before', () => {
    const other = 'const other = setContext(() => ({ headers: {} }));\nexport const shop = new ApolloClient({ link: other.concat(new HttpLink({ uri: "https://shop.acme.io" })) });\n';
    expect(disclosed(`${imports}${context(hilt)}${other}export const client = new ApolloClient({ link: from([auth, new HttpLink({ uri: "https://api.hilt.so/graphql" })]) });`)).toEqual([]);
  });
  it('may be the program\'s own, in another module', () => {
    const links = `import { ApolloLink } from "@apollo/client";\nexport const auth = new ApolloLink((operation, forward) => {\n  operation.setContext({ headers: { ${bearer} } });\n  return forward(operation);\n});`;
    expect(misplaced(links, { 'src/b.ts': `import { ApolloClient, HttpLink, from } from "@apollo/client";\nimport { auth } from "./a";\nexport const hilt = new ApolloClient({ link: from([auth, new HttpLink({ uri: "https://api.hilt.so/graphql" })]) });` })).toEqual([`3: ${bearer}`]);
  });
});

describe('a client', () => {
  it('of urql is given a function for its options', () => {
    const client = (header: string): string => `import { createClient } from "urql";\nexport const client = createClient({ url: "https://api.hilt.so/graphql", fetchOptions: () => ({ headers: { ${header} } }) });`;
    expect(misplaced(client(bearer))).toEqual([`2: ${bearer}`]);
    expect(misplaced(client(hilt))).toEqual([]);
  });
  it('of openapi-fetch has middlewares', () => {
    const client = (name: string, value: string): string => `import createClient from "openapi-fetch";\nconst client = createClient({ baseUrl: "https://api.hilt.so" });\nclient.use({ onRequest({ request }) { request.headers.set("${name}", ${value}); return request; } });\nexport const list = () => client.GET("/v1/products");`;
    expect(misplaced(client('Authorization', '`Bearer ${process.env.HILT_API_KEY}`'))).toHaveLength(1);
    expect(misplaced(client('X-Hilt-Key', 'process.env.HILT_API_KEY'))).toEqual([]);
  });
  it('of hey-api is configured later', () => {
    const generated = { 'src/client.gen.ts': 'import { createClient, createConfig } from "@hey-api/client-fetch";\nexport const client = createClient(createConfig());' };
    const configured = (header: string): string => `import { client } from "./client.gen";\nclient.setConfig({ baseUrl: "https://api.hilt.so", headers: { ${header} } });`;
    expect(misplaced(configured(bearer), generated)).toEqual([`2: ${bearer}`]);
    expect(misplaced(configured(hilt), generated)).toEqual([]);
  });
  it('that was generated is told once, where it is asked', () => {
    const generated = { 'src/api.ts': 'export class Configuration { constructor(private p) {} get accessToken() { return this.p.accessToken; } get basePath() { return this.p.basePath; } }\nexport class ProductsApi { constructor(private c: Configuration) {} list() { return fetch(this.c.basePath + "/v1/products", { headers: { Authorization: "Bearer " + this.c.accessToken } }); } }' };
    expect(misplaced('import { Configuration, ProductsApi } from "./api";\nconst config = new Configuration({ basePath: "https://api.hilt.so", accessToken: process.env.HILT_API_KEY });\nexport const list = () => new ProductsApi(config).list();', generated)).toEqual(['3: new ProductsApi(config).list()']);
  });
});

describe('a request in the place of options', () => {
  const request = `const request = new Request("https://api.hilt.so/v1/products", { headers: { ${hilt} } });\n`;
  it('gives its headers, not its address', () => {
    expect(disclosed(`${request}await fetch("https://proxy.acme.io", request);`)).toEqual([`1: ${hilt}`]);
    expect(disclosed(`${request}await fetch("https://api.hilt.so/v1/receipts", request);`)).toEqual([]);
  });
});

describe('a wrapper', () => {
  it('is given a key in an address', () => {
    const wrapper = { 'src/http.ts': 'export const get = (path: string) => fetch(`https://api.hilt.so${path}`);' };
    expect(misplaced('import { get } from "./http";\nconst key = process.env.HILT_API_KEY;\nexport const list = () => get(`/v1/products?key=${key}`);', wrapper)).toEqual(['3: `/v1/products?key=${key}`']);
  });
  it('puts a key into an address itself', () => {
    const wrapper = { 'src/http.ts': 'export const get = (path: string, key: string) => fetch(`https://api.hilt.so${path}?key=${key}`);' };
    expect(misplaced('import { get } from "./http";\nexport const list = () => get("/v1/products", process.env.HILT_API_KEY!);', wrapper)).toEqual(['src/http.ts 1: `https://api.hilt.so${path}?key=${key}`']);
  });
  it('of another host is given a key in an address', () => {
    const wrapper = { 'src/http.ts': 'export const get = (path: string) => fetch(`https://proxy.acme.io${path}`);' };
    expect(disclosed('import { get } from "./http";\nexport const list = () => get("/v1/products?key=" + process.env.HILT_API_KEY);', wrapper)).toEqual(['2: "/v1/products?key=" + process.env.HILT_API_KEY']);
  });
});

describe('a query that a library puts together', () => {
  const asked = (address: string): string[] => misplaced(`import queryString from "query-string";\nimport { withQuery } from "ufo";\nawait fetch(${address}, { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });`);
  it('may hold a key', () => {
    expect(asked('queryString.stringifyUrl({ url: "https://api.hilt.so/v1/products", query: { key: process.env.HILT_API_KEY } })')).toHaveLength(1);
    expect(asked('withQuery("https://api.hilt.so/v1/products", { key: process.env.HILT_API_KEY })')).toHaveLength(1);
  });
  it('may hold other things', () => expect(asked('withQuery("https://api.hilt.so/v1/products", { limit: 1 })')).toEqual([]));
});
