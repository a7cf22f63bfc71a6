import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../../support/findings.ts';

const sessions = (files: Readonly<Record<string, string>>): string[] => foundIn('no-dashboard-auth', files);

describe('a caller that never mentions Hilt', () => {
  const wrapper = { 'lib/http.ts': 'export const call = (path: string, init?: RequestInit) => fetch(`https://api.hilt.so${path}`, init);' };
  const withCookies = { 'lib/http.ts': 'export const call = (path: string) => fetch(`https://api.hilt.so${path}`, { credentials: "include" });' };
  const from = (text: string): Record<string, string> => ({ 'scripts/list.ts': `import { call } from "../lib/http";\n${text}` });

  it('gives a wrapper a session', () => expect(sessions({ ...from('await call("/v1/products", { credentials: "include" });'), ...wrapper })).toEqual(['2: credentials: "include"']));
  it('gives a wrapper a session for the dashboard', () => expect(sessions({ ...from('await call("/v1/account/profile", { credentials: "include" });'), ...wrapper })).toEqual([]));
  it('gives a wrapper nothing', () => expect(sessions({ ...from('await call("/v1/products");'), ...wrapper })).toEqual([]));
  it('says which route a wrapper\'s cookies go to', () => expect(sessions({ ...withCookies, ...from('await call("/v1/products");') })).toEqual(['1: credentials: "include"']));
  it('says that it is a route of the dashboard', () => expect(sessions({ ...withCookies, ...from('await call("/v1/account/profile");') })).toEqual([]));
  it('is not there: the wrapper may be called with any route', () => expect(sessions(withCookies)).toEqual(['1: credentials: "include" ?']));
  it('only names its type', () => expect(sessions({ ...withCookies, 'scripts/list.ts': 'import type { call } from "../lib/http";\nexport type Call = typeof call;' })).toEqual(['1: credentials: "include" ?']));
  it('uses a client that another file made', () => expect(sessions({
    'scripts/list.ts': 'import http from "../lib/http";\nawait http.get("/products", { withCredentials: true });\nawait http.get("/account/profile", { withCredentials: true });',
    'lib/http.ts': 'import axios from "axios";\nexport default axios.create({ baseURL: "https://api.hilt.so/v1" });',
  })).toEqual(['2: withCredentials: true']));
  it('uses a client of another service', () => expect(sessions({
    'scripts/list.ts': 'import http from "../lib/http";\nawait http.get("/products", { withCredentials: true });',
    'lib/http.ts': '// not hilt.so\nimport axios from "axios";\nexport default axios.create({ baseURL: "https://shop.acme.io/v1" });',
  })).toEqual([]));
  it('calls through a barrel and a wrapper of its own', () => expect(sessions({
    'lib/session.ts': 'import { call } from ".";\nexport const asUser = (path: string, token: string) => call(path, { headers: { Authorization: `Bearer ${token}` } });',
    'lib/index.ts': 'export * from "./http";',
    'scripts/list.ts': 'import { asUser } from "../lib/session";\nawait asUser("/v1/products", await signIn());',
    ...wrapper,
  })).toEqual(['2: Authorization: `Bearer ${token}`']));
  it('makes an instance of a class', () => expect(sessions({
    'scripts/list.ts': 'import { Api } from "../lib/api";\nawait new Api({ credentials: "include" }).get("/v1/products");',
    'lib/api.ts': 'export class Api {\n  constructor(private readonly init: RequestInit) {}\n  get(path: string) { return fetch("https://api.hilt.so" + path, this.init); }\n}',
  })).toEqual(['2: credentials: "include"']));
  it('is Python', () => expect(sessions({
    'run.py': 'from lib.http import call\ncall("/v1/products", cookies={"s": "1"})\n',
    'lib/http.py': 'import requests\ndef call(path, **kwargs):\n    return requests.get("https://api.hilt.so" + path, **kwargs)\n',
  })).toEqual(['2: cookies={"s": "1"}']));
  it('is told with the way to the request', () => {
    const [finding] = findingsOf('no-dashboard-auth', { ...from('await call("/v1/products", { credentials: "include" });'), ...wrapper });
    expect(finding?.report.trace?.map(({ file, message }) => `${file}: ${message}`)).toEqual(['scripts/list.ts: calls a function that makes the request', 'lib/http.ts: GET /v1/products']);
  });
});

describe('a class that leaves its headers to subclasses', () => {
  const base = 'export abstract class Api {\n  protected abstract headers(): Record<string, string>;\n  get(path: string) { return fetch(`https://api.hilt.so/v1${path}`, { headers: this.headers() }); }\n}';
  const giving = (headers: string): string[] => sessions({ 'src/mine.ts': `import { Api } from "./base";\nexport class Mine extends Api {\n  constructor(private readonly token: string) { super(); }\n  protected headers() { return ${headers}; }\n  products() { return this.get("/products"); }\n}`, 'src/base.ts': base });
  it('sends theirs', () => expect(giving('{ Authorization: `Bearer ${this.token}` }')).toEqual(['4: Authorization: `Bearer ${this.token}`']));
  it('sends a key of theirs', () => expect(giving('{ "X-Hilt-Key": this.token }')).toEqual([]));
  it('is asked for its own by super', () => expect(sessions({ 'src/a.ts': 'class Base {\n  headers() { return { Cookie: c }; }\n  get(path: string) { return fetch("https://api.hilt.so/v1" + path, { headers: this.headers() }); }\n}\nclass Mine extends Base {\n  headers() { return { ...super.headers(), Accept: "x" }; }\n}\nnew Mine().get("/products");' })).toEqual(['2: Cookie: c']));
});

describe('an object that a module makes and never uses', () => {
  const owner = (method: string): string => `export class Hilt {\n  constructor(private readonly token: string) {}\n  ${method} { return fetch("https://api.hilt.so" + path, { headers: { Authorization: \`Bearer \${this.token}\` } }); }\n}`;
  it('sends the key that it was given', () => {
    expect(foundIn('require-key-header', { 'a.ts': owner('get(path: string)'), 'b.ts': 'import { Hilt } from "./a";\nexport const hilt = new Hilt(process.env.HILT_API_KEY!);' })).toEqual(['3: Authorization: `Bearer ${this.token}`']);
  });
  it('sends no session then', () => {
    const files = { 'a.ts': owner('get(path = "/v1/products")'), 'b.ts': 'import { Hilt } from "./a";\nexport const hilt = new Hilt(process.env.HILT_API_KEY!);' };
    expect(foundIn('no-dashboard-auth', files)).toEqual([]);
    expect(foundIn('no-dashboard-auth', { ...files, 'b.ts': files['b.ts'].replace('HILT_API_KEY', 'HILT_TOKEN') })).toHaveLength(1);
  });
});

describe('a test that never mentions Hilt', () => {
  const config = { 'playwright.config.ts': 'import { defineConfig } from "@playwright/test";\nexport default defineConfig({ use: { baseURL: "https://api.hilt.so", storageState: "dashboard.json" } });' };
  const spec = (route: string): Record<string, string> => ({ 'e2e/list.spec.ts': `import { test } from "@playwright/test";\ntest("lists", async ({ request }) => { await request.get("${route}"); });` });
  it('asks where its configuration says', () => expect(sessions({ ...config, ...spec('/v1/products') })).toEqual(['2: storageState: "dashboard.json"']));
  it('asks the dashboard', () => expect(sessions({ ...config, ...spec('/v1/account/profile') })).toEqual([]));
});
