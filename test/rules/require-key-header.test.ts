import { describe, expect, it } from 'vitest';
import { makeKey } from '../support/keys.ts';
import { findingsOf, foundIn } from '../support/findings.ts';

const found = (files: Readonly<Record<string, string>>): string[] => foundIn('require-key-header', files);
const inFile = (text: string, file = 'src/bot.ts'): string[] => found({ [file]: text });
const key = 'const key = process.env.HILT_API_KEY;\n';

describe('a key in Authorization', () => {
  it('is found as a bearer token', () => expect(inFile(`${key}await fetch("https://api.hilt.so/v1/products", { headers: { Authorization: \`Bearer \${key}\` } });`)).toEqual(['2: Authorization: `Bearer ${key}`']));
  it('is found without a scheme', () => expect(inFile(`${key}await fetch("https://api.hilt.so/v1/products", { headers: { authorization: key } });`)).toEqual(['2: authorization: key']));
  it('is found as basic', () => expect(inFile(`${key}await fetch("https://api.hilt.so/v1/products", { headers: { Authorization: "Basic " + btoa(key) } });`)).toHaveLength(1));
  it('is found as a user of axios', () => expect(inFile(`import axios from "axios";\n${key}await axios.get("https://api.hilt.so/v1/products", { auth: { username: key, password: "" } });`)).toHaveLength(1));
  it('is found as a user of got and of Node', () => expect(inFile(`import got from "got";\nimport https from "node:https";\n${key}await got("https://api.hilt.so/v1/products", { username: key, password: "" });\nhttps.request({ hostname: "api.hilt.so", path: "/v1/products", auth: \`\${key}:\` });`)).toEqual(['4: username: key', '5: auth: `${key}:`']));
  it('is found on routes of the dashboard too', () => expect(inFile(`${key}await fetch("https://api.hilt.so/v1/webhooks/endpoints", { headers: { Authorization: \`Bearer \${key}\` } });`)).toHaveLength(1));
  it('is found as a literal', () => expect(inFile(`await fetch("https://api.hilt.so/v1/products", { headers: { Authorization: "Bearer ${makeKey('live', 'bearer')}" } });`)).toHaveLength(1));
  it('is found in a request of xhr2', () => {
    const opened = (header: string): string => `const XMLHttpRequest = require("xhr2");\nconst xhr = new XMLHttpRequest();\nxhr.open("GET", "https://api.hilt.so/v1/products");\nxhr.setRequestHeader(${header});\nxhr.send();`;
    expect(inFile(opened('"Authorization", "Bearer " + process.env.HILT_API_KEY'), 'src/bot.js')).toHaveLength(1);
    expect(inFile(opened('"X-Hilt-Key", process.env.HILT_API_KEY'), 'src/bot.js')).toEqual([]);
  });
  it('is found in an interceptor', () => expect(inFile(`import axios from "axios";\nconst api = axios.create({ baseURL: process.env.HILT_API_URL });\napi.interceptors.request.use((config) => {\n  config.headers.Authorization = \`Bearer \${process.env.HILT_API_KEY}\`;\n  return config;\n});\nawait api.get("/v1/products");`)).toEqual(['4: config.headers.Authorization = `Bearer ${process.env.HILT_API_KEY}`']));
  it('is found through a wrapper that takes the token', () => expect(found({ 'src/bot.ts': 'import { call } from "./hilt";\ncall("/v1/products", process.env.HILT_API_KEY!);', 'src/hilt.ts': 'export const call = (path: string, token: string) => fetch(`https://api.hilt.so${path}`, { headers: { Authorization: `Bearer ${token}` } });' })).toEqual(['src/hilt.ts 1: Authorization: `Bearer ${token}`']));
  it('is another matter where it is a session\'s token', () => expect(inFile('await fetch("https://api.hilt.so/v1/webhooks/endpoints", { headers: { Authorization: `Bearer ${process.env.HILT_JWT}` } });')).toEqual([]));
  it('of another service is silent', () => expect(inFile('// hilt\nawait fetch("https://api.stripe.com/v1/charges", { headers: { Authorization: `Bearer ${process.env.STRIPE_KEY}` } });')).toEqual([]));
  it('to a host that is not known is possible', () => expect(inFile(`${key}await fetch(\`\${process.env.API}/v1/products\`, { headers: { Authorization: \`Bearer \${key}\` } });`)).toEqual(['2: Authorization: `Bearer ${key}` ?']));
  it('is silent where hilt-review is meant', () => expect(inFile('// hilt-review.com\nawait fetch(`${process.env.HILT_API_URL}/reviews`, { headers: { Authorization: `Bearer ${process.env.HILT_API_KEY}` } });')).toEqual([]));
});

describe('a key in a header that a loop sets', () => {
  it('as Authorization', () => expect(inFile('const given = { Authorization: `Bearer ${process.env.HILT_API_KEY}` };\nconst headers = new Headers();\nfor (const [k, v] of Object.entries(given)) headers.set(k, v);\nawait fetch("https://api.hilt.so/v1/products", { headers });')).toEqual(['1: Authorization: `Bearer ${process.env.HILT_API_KEY}`']));
  it('as X-Hilt-Key is fine', () => expect(inFile('const given = { "X-Hilt-Key": process.env.HILT_API_KEY, Accept: "text/plain" };\nconst headers = new Headers();\nfor (const [k, v] of Object.entries(given)) headers.set(k, v);\nawait fetch("https://api.hilt.so/v1/products", { headers });')).toEqual([]));
});

describe('a key elsewhere in a request', () => {
  it('is found in a query that is written out', () => expect(inFile(`${key}await fetch(\`https://api.hilt.so/v1/products?api_key=\${key}\`);`)).toEqual(['2: `https://api.hilt.so/v1/products?api_key=${key}`']));
  it('is found in searchParams of a URL that is made a text', () => {
    const made = `${key}const u = new URL("/v1/products", "https://api.hilt.so");\nu.searchParams.set("key", key);\n`;
    expect(inFile(`${made}await fetch(u.toString());`)).toEqual(['3: u.searchParams.set("key", key)']);
    expect(inFile(`${made}await fetch(u.href);`)).toEqual(['3: u.searchParams.set("key", key)']);
    expect(inFile(`${made}await fetch(String(u));`)).toEqual(['3: u.searchParams.set("key", key)']);
    expect(inFile(`${made.replace('"key", key', '"limit", "5"')}await fetch(u.toString(), { headers: { "X-Hilt-Key": key } });`)).toEqual([]);
  });
  it('is found in searchParams', () => expect(inFile(`${key}const u = new URL("https://api.hilt.so/v1/products");\nu.searchParams.set("key", key);\nawait fetch(u);`)).toEqual(['3: u.searchParams.set("key", key)']));
  it('is found in URLSearchParams', () => expect(inFile(`${key}await fetch("https://api.hilt.so/v1/products?" + new URLSearchParams({ key }));`)).toHaveLength(1));
  it('is found in params', () => expect(inFile(`import axios from "axios";\nawait axios.get("https://api.hilt.so/v1/products", { params: { key: process.env.HILT_API_KEY } });`)).toEqual(['2: key: process.env.HILT_API_KEY']));
  it('is no key because of its name', () => expect(inFile('await fetch(`https://api.hilt.so/v1/products?idempotency_key=${process.env.RUN_ID}&key=${process.env.KEY_NAME}`);')).toEqual([]));
  it('is found in a body', () => expect(inFile(`${key}await fetch("https://api.hilt.so/v1/products", { method: "POST", body: JSON.stringify({ api_key: key }) });`)).toEqual(['2: api_key: key']));
  it('is found in a body that is written', () => expect(inFile('import https from "node:https";\nconst req = https.request({ hostname: "api.hilt.so", path: "/v1/products", method: "POST" });\nreq.write(JSON.stringify({ api_key: process.env.HILT_API_KEY }));')).toEqual(['3: api_key: process.env.HILT_API_KEY']));
  it('is not meant by a setup token in a body', () => expect(inFile('await fetch("https://api.hilt.so/v1/access/agent-bootstrap/i_1/status", { method: "POST", body: JSON.stringify({ setup_token: process.env.HILT_SETUP_TOKEN }) });')).toEqual([]));
  it('is found in another header', () => expect(inFile(`${key}await fetch("https://api.hilt.so/v1/products", { headers: { "X-Api-Key": key } });`)).toEqual(['2: "X-Api-Key": key']));
  it('is right in its header', () => expect(inFile(`${key}await fetch("https://api.hilt.so/v1/products", { headers: { "x-hilt-key": key } });`)).toEqual([]));
  it('is found as a session of HiltClient', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ bearerToken: process.env.HILT_API_KEY });\nawait hilt.products.list();')).toEqual(['2: bearerToken: process.env.HILT_API_KEY']));
  it('is right as the key of HiltClient', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nawait hilt.products.list();')).toEqual([]));
});

describe('a key behind a scheme in X-Hilt-Key', () => {
  it('of a template', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": `Bearer ${process.env.HILT_API_KEY}` } });')).toEqual(['1: "X-Hilt-Key": `Bearer ${process.env.HILT_API_KEY}`']));
  it('of a sum', () => expect(inFile('const headers = new Headers();\nheaders.set("x-hilt-key", "Bearer " + process.env.HILT_API_KEY);')).toEqual(['2: headers.set("x-hilt-key", "Bearer " + process.env.HILT_API_KEY)']));
  it('alone in a template is fine', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": `${process.env.HILT_API_KEY}` } });')).toEqual([]));
});

describe('a session where a key belongs', () => {
  it('is found by its name', () => expect(inFile('await fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": process.env.HILT_JWT } });')).toEqual(['1: process.env.HILT_JWT']));
  it('is found in HiltClient', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nexport const hilt = new HiltClient({ apiKey: process.env.HILT_BEARER_TOKEN });')).toEqual(['2: process.env.HILT_BEARER_TOKEN']));
  it('is found as what a login answered', () => expect(inFile('const session = await (await fetch("https://api.hilt.so/v1/auth/login", { method: "POST", body })).json();\nawait fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": session.token } });')).toEqual(['2: session.token']));
  it('is not seen in a token of another service', () => expect(inFile('const vault = await (await fetch("https://vault.acme.io/v1/auth/login", { method: "POST", body })).json();\nawait fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": vault.token } });')).toEqual([]));
  it('is silent beside a key', () => expect(inFile('export const headers = { "X-Hilt-Key": process.env.HILT_API_KEY ?? process.env.HILT_TOKEN };')).toEqual([]));
  it('is silent with any other name', () => expect(inFile('export const headers = { "X-Hilt-Key": process.env.PAYMENTS_SECRET };')).toEqual([]));
});

describe('a key given to HiltClient as a session', () => {
  const withSdk = (text: string): string[] => inFile(`import { HiltClient } from "@hiltpay/sdk";\n${text}`);
  it('is found before the client is used', () => expect(withSdk('export const hilt = new HiltClient({ bearerToken: process.env.HILT_API_KEY });')).toEqual(['2: bearerToken: process.env.HILT_API_KEY']));
  it('is found once where it is used', () => expect(withSdk('const hilt = new HiltClient({ bearerToken: process.env.HILT_API_KEY });\nawait hilt.products.list();\nawait hilt.webhooks.listEndpoints();')).toEqual(['2: bearerToken: process.env.HILT_API_KEY']));
  it('is found in a subclass', () => expect(withSdk('export class Hilt extends HiltClient { constructor() { super({ bearerToken: process.env.HILT_API_KEY }); } }')).toEqual(['2: bearerToken: process.env.HILT_API_KEY']));
  it('is found where a function is given it', () => expect(foundIn('require-key-header', { 'a.ts': 'import { make } from "./b";\nexport const hilt = make(process.env.HILT_API_KEY);', 'b.ts': 'import { HiltClient } from "@hiltpay/sdk";\nexport const make = (token?: string) => new HiltClient({ bearerToken: token });' })).toEqual(['2: make(process.env.HILT_API_KEY)']));
  it('is a session\'s token otherwise', () => expect(withSdk('export const hilt = new HiltClient({ bearerToken: process.env.HILT_TOKEN });')).toEqual([]));
});

describe('the suggestion', () => {
  const code = (text: string): (string | undefined)[] => findingsOf('require-key-header', { 'a.ts': text }).flatMap(({ report }) => report.suggestions ?? []).map(({ data }) => data?.['code']);
  it('names the header', () => expect(code('await fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${process.env.HILT_API_KEY_BOT}` } });')).toEqual(['"X-Hilt-Key": process.env.HILT_API_KEY_BOT']));
  it('names the option', () => expect(code('import { HiltClient } from "@hiltpay/sdk";\nawait new HiltClient({ bearerToken: process.env.HILT_API_KEY }).products.list();')).toEqual(['apiKey: process.env.HILT_API_KEY']));
  it('is not made for a query', () => expect(code('await fetch(`https://api.hilt.so/v1/products?key=${process.env.HILT_API_KEY}`);')).toEqual([]));
});

describe('Python', () => {
  it('a bearer token and a query', () => expect(inFile('import os, requests\nkey = os.environ["HILT_API_KEY"]\nrequests.get("https://api.hilt.so/v1/products", headers={"Authorization": f"Bearer {key}"})\nrequests.get("https://api.hilt.so/v1/products", params={"api_key": key})\n', 'a.py')).toEqual(['3: "Authorization": f"Bearer {key}"', '4: "api_key": key']));
  it('the SDK', () => expect(inFile('import os\nfrom hilt_sdk import HiltClient\nHiltClient(bearer_token=os.environ["HILT_API_KEY"]).products.list()\n', 'a.py')).toEqual(['3: bearer_token=os.environ["HILT_API_KEY"]']));
  it('the header is right', () => expect(inFile('import os, httpx\nhttpx.get("https://api.hilt.so/v1/products", headers={"X-Hilt-Key": os.environ["HILT_API_KEY"]})\n', 'a.py')).toEqual([]));
});

describe('commands', () => {
  it('a key as bearer, user, query and body', () => expect(inFile('curl -H "Authorization: Bearer $HILT_API_KEY" https://api.hilt.so/v1/products\ncurl -u "$HILT_API_KEY:" https://api.hilt.so/v1/products\ncurl "https://api.hilt.so/v1/products?api_key=$HILT_API_KEY"\ncurl -d "key=$HILT_API_KEY" https://api.hilt.so/v1/products\n', 'a.sh')).toHaveLength(4));
  it('the header is right', () => expect(inFile('curl -H "X-Hilt-Key: $HILT_API_KEY" https://api.hilt.so/v1/products\ncurl -H "Authorization: Bearer $STRIPE_KEY" https://api.stripe.com/v1/charges\n', 'a.sh')).toEqual([]));
});

describe('what is called an API key', () => {
  it('is one, as a parameter', () => expect(inFile('export const list = (apiKey: string) => fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${apiKey}` } });')).toEqual(['1: Authorization: `Bearer ${apiKey}`']));
  it('is one, as a field', () => expect(inFile('export class Hilt {\n  constructor(private readonly apiKey: string) {}\n  list() { return fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${this.apiKey}` } }); }\n}')).toEqual(['3: Authorization: `Bearer ${this.apiKey}`']));
  it('is one, as a variable', () => expect(inFile('await fetch(`https://api.hilt.so/v1/products?api_key=${process.env.API_KEY}`);')).toHaveLength(1));
  it('is no session then', () => expect(foundIn('no-dashboard-auth', { 'a.ts': 'export const list = (apiKey: string) => fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${apiKey}` } });' })).toEqual([]));
  it('may be another service\'s', () => expect(inFile('await fetch("https://api.hilt.so/v1/access/apps", { method: "POST", body: JSON.stringify({ stripe: config.stripeApiKey, id: config.apiKeyId }) });')).toEqual([]));
  it('says nothing elsewhere', () => expect(inFile('// hilt\nexport const list = (apiKey: string) => fetch("https://api.acme.io/p", { headers: { Authorization: `Bearer ${apiKey}` } });')).toEqual([]));
});

describe('a credential that is called a key', () => {
  it('is one, as a parameter or a private field', () => {
    expect(inFile('export const list = (key: string) => fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${key}` } });')).toEqual(['1: Authorization: `Bearer ${key}`']);
    expect(inFile('export class Hilt {\n  #key: string;\n  constructor(key: string) { this.#key = key; }\n  list() { return fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${this.#key}` } }); }\n}')).toEqual(['4: Authorization: `Bearer ${this.#key}`']);
  });
  it('is no session then', () => expect(foundIn('no-dashboard-auth', { 'a.ts': 'export const list = (key: string) => fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${key}` } });' })).toEqual([]));
  it('is any key in a body or a query', () => expect(inFile('export const sort = (key: string) => fetch(`https://api.hilt.so/v1/products?sort=${key}`, { method: "POST", headers: { "X-Hilt-Key": process.env.HILT_API_KEY! }, body: JSON.stringify({ key }) });')).toEqual([]));
  it('may open a transport of MCP', () => expect(inFile('import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";\nnew StreamableHTTPClientTransport(new URL("https://api.hilt.so/mcp"), { requestInit: { headers: { Authorization: `Bearer ${process.env.HILT_API_KEY}` } } });\nnew StreamableHTTPClientTransport(new URL("https://api.hilt.so/mcp"));')).toHaveLength(1));
});
