import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const session = `import { HiltClient } from '@hiltpay/sdk';
export const client = new HiltClient({ bearerToken: process.env.DASHBOARD_SESSION });
`;
const found = ['session.ts 2: bearerToken: process.env.DASHBOARD_SESSION ?'];

/** What no-dashboard-auth says of a program whose one client holds a dashboard session. */
function sessionsIn(code: string, files: Readonly<Record<string, string>> = {}, own = 'sync.ts'): string[] {
  return foundIn('no-dashboard-auth', { [own]: code, ...files, 'session.ts': session });
}

describe('a client that only its declared type tells of', () => {
  it('is found as a parameter', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
export const list = (hilt: HiltClient) => hilt.products.list();`)).toEqual(found);
  });

  it('is another one by the same name elsewhere', () => {
    expect(sessionsIn(`import type { HiltClient } from './mine';
export const list = (hilt: HiltClient) => hilt.products.list();`, { 'mine.ts': 'export class HiltClient { products = { list() { return []; } }; }' })).toEqual([]);
  });

  it('is found where it may be absent, or comes later', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
export const list = async (hilt: Promise<HiltClient | undefined>) => (await hilt)?.products.list();`)).toEqual(found);
  });

  it('is found under another name of a barrel of types', () => {
    expect(sessionsIn(`import type { Hilt } from './types';
export const list = (hilt: Hilt) => hilt.products.list();`, { 'types/index.ts': `export type { HiltClient as Hilt } from '@hiltpay/sdk';` })).toEqual(found);
  });

  it('is found behind a star of a barrel', () => {
    expect(sessionsIn(`import type { HiltClient } from './types';
export const list = (hilt: HiltClient) => hilt.products.list();`, { 'types/index.ts': `export type * from '@hiltpay/sdk';` })).toEqual(found);
  });

  it('is found in a namespace import', () => {
    expect(sessionsIn(`import type * as Hilt from '@hiltpay/sdk';
export const list = (hilt: Hilt.HiltClient) => hilt.products.list();`)).toEqual(found);
  });

  it('is found as an import type', () => {
    expect(sessionsIn(`export const list = (hilt: import('@hiltpay/sdk').HiltClient) => hilt.products.list();`)).toEqual(found);
  });

  it('is found as the bound of a type parameter', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
export function list<T extends HiltClient>(hilt: T) { return hilt.products.list(); }`)).toEqual(found);
  });

  it('is found through a generic alias', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
type Maybe<T> = T | null;
export const list = (hilt: Maybe<HiltClient>) => hilt?.products.list();`)).toEqual(found);
  });

  it('is found as a member of an interface', () => {
    expect(sessionsIn(`import type { Deps } from './deps';
export const list = ({ hilt }: Deps) => hilt.products.list();`, { 'deps.ts': `import type { HiltClient } from '@hiltpay/sdk';
interface Clients { hilt: HiltClient }
export interface Deps extends Clients { log: unknown }` })).toEqual(found);
  });

  it('says nothing of the other members', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
interface Deps { hilt: HiltClient; shop: { products: { list(): void } } }
export const list = ({ shop }: Deps) => shop.products.list();`)).toEqual([]);
  });

  it('is found as what an async function is declared to return', () => {
    expect(sessionsIn(`import type { makeClient } from './make';
type Hilt = Awaited<ReturnType<typeof makeClient>>;
export const list = (hilt: Hilt) => hilt.products.list();`, { 'make.ts': `import type { HiltClient } from '@hiltpay/sdk';
export declare function makeClient(): Promise<HiltClient>;` })).toEqual(found);
  });

  it('is found as a field that is set elsewhere', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
export class Sync { private hilt!: HiltClient;
  list() { return this.hilt.products.list(); } }`)).toEqual(found);
  });

  it('is found as an injected field of a base class', () => {
    expect(sessionsIn(`import { Base } from './base';
export class HiltSync extends Base { list() { return this.hilt.products.list(); } }`, { 'base.ts': `import type { HiltClient } from '@hiltpay/sdk';
export class Base { constructor(protected readonly hilt: HiltClient) {} }` })).toEqual(found);
  });

  it('is found in a comment of JavaScript', () => {
    expect(sessionsIn(`/**
 * @param {import('@hiltpay/sdk').HiltClient} hilt
 */
export async function list(hilt) { return hilt.products.list(); }`, {}, 'sync.js')).toEqual(found);
  });

  it('is found under a name that a comment defines', () => {
    expect(sessionsIn(`/** @typedef {import('@hiltpay/sdk').HiltClient} Hilt */
class Sync {
  /** @type {Hilt} */
  hilt;
  list() { return this.hilt.products.list(); }
}`, {}, 'sync.js')).toEqual(found);
  });

  it('is nothing that a comment only mentions', () => {
    expect(sessionsIn(`// hilt: import('@hiltpay/sdk').HiltClient
export async function list(hilt) { return hilt.products.list(); }`, {}, 'sync.js')).toEqual([]);
  });

  it('is found as what a container is asked for', () => {
    expect(sessionsIn(`import { inject } from '@angular/core';
import { HiltClient } from '@hiltpay/sdk';
export class Sync { private hilt = inject(HiltClient); list() { return this.hilt.products.list(); } }`)).toEqual(found);
  });

  it('is found by the type argument of a call', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
import { container } from 'some-container';
export const list = () => container.get<HiltClient>('hilt').products.list();`)).toEqual(found);
  });

  it('is found in a context of React', () => {
    expect(sessionsIn(`import { createContext, useContext } from 'react';
import type { HiltClient } from '@hiltpay/sdk';
const Clients = createContext<{ hilt: HiltClient } | null>(null);
export function useList() { const { hilt } = useContext(Clients)!; return hilt.products.list(); }`)).toEqual(found);
  });

  it('is found under an injection key of Vue', () => {
    expect(sessionsIn(`import { inject, type InjectionKey } from 'vue';
import type { HiltClient } from '@hiltpay/sdk';
const key: InjectionKey<HiltClient> = Symbol('hilt');
export const list = () => inject(key)!.products.list();`)).toEqual(found);
  });

  it('is found as a part of the client', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
export const list = (products: HiltClient['products']) => products.list();`)).toEqual(found);
  });

  it('is found in a callback that a type describes', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
type Job = (deps: { hilt: HiltClient }) => Promise<unknown>;
export const job: Job = async ({ hilt }) => hilt.products.list();`)).toEqual(found);
  });

  it('is found where a module adds it to an interface of a framework', () => {
    expect(sessionsIn(`import type { FastifyInstance } from 'fastify';
export const list = (app: FastifyInstance) => app.hilt.products.list();`, { 'types.d.ts': `import type { HiltClient } from '@hiltpay/sdk';
declare module 'fastify' { interface FastifyInstance { hilt: HiltClient } }` })).toEqual(found);
  });

  it('is found as an overload for one name, and not for another', () => {
    const registry = `import type { HiltClient } from '@hiltpay/sdk';
export declare function get(name: 'hilt'): HiltClient;
export declare function get(name: 'shop'): { products: { list(): void } };`;
    expect(sessionsIn(`import { get } from './registry'; // hilt
export const list = () => get('hilt').products.list();`, { 'registry.ts': registry })).toEqual(found);
    expect(sessionsIn(`import { get } from './registry'; // hilt
export const list = () => get('shop').products.list();`, { 'registry.ts': registry })).toEqual([]);
  });

  it('is found in Python', () => {
    expect(foundIn('no-dashboard-auth', { 'session.py': `from hilt_sdk import HiltClient
client = HiltClient(bearer_token=os.environ["SESSION"])
`, 'sync.py': `from typing import Optional
from hilt_sdk import HiltClient
def sync(client: Optional[HiltClient]):
    return client.products.list()
` })).toEqual(['2: bearer_token=os.environ["SESSION"] ?']);
  });

  it('ends where types are circles', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
type A = B; type B = A; interface C extends C { c: C } type R<T> = R<R<T>>;
export const f = (a: A, c: C, r: R<HiltClient>) => [a.products.list(), c.c.c.products.list(), r.products.list()];
export const g = (x: ReturnType<typeof g>) => x.products.list();`)).toEqual([]);
  });
});

describe('which client it is', () => {
  it('is not told where one with a key may be meant', () => {
    expect(sessionsIn(`import { HiltClient } from '@hiltpay/sdk';
export const keyed = new HiltClient({ apiKey: process.env.HILT_API_KEY });
export const list = (hilt: HiltClient) => hilt.products.list();`)).toEqual([]);
  });

  it('is what a call in view gives', () => {
    expect(sessionsIn(`import { HiltClient } from '@hiltpay/sdk';
const list = (hilt: HiltClient) => hilt.products.list();
list(new HiltClient({ apiKey: process.env.HILT_API_KEY }));`)).toEqual([]);
  });

  it('is any but those of tests', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
export const list = (hilt: HiltClient) => hilt.products.list();`, { 'test/sync.test.ts': `import { HiltClient } from '@hiltpay/sdk';
new HiltClient({ apiKey: 'test-key' });` })).toEqual(found);
  });

  it('is one of the same package, where that makes any', () => {
    expect(foundIn('no-dashboard-auth', {
      'apps/bot/package.json': '{}',
      'apps/bot/bot.ts': `import { HiltClient } from '@hiltpay/sdk';
export const keyed = new HiltClient({ apiKey: process.env.HILT_API_KEY });
export const list = (hilt: HiltClient) => hilt.products.list();`,
      'apps/hooks/package.json': '{}',
      'apps/hooks/hooks.ts': `import { HiltClient } from '@hiltpay/sdk';
new HiltClient({ bearerToken: process.env.SESSION }).webhooks.listEndpoints();`,
    })).toEqual([]);
  });

  it('is for certain what a module of Nest provides for the class', () => {
    expect(foundIn('no-dashboard-auth', {
      'app.module.ts': `import { Module } from '@nestjs/common';
import { HiltClient } from '@hiltpay/sdk';
@Module({ providers: [{ provide: HiltClient, useFactory: () => new HiltClient({ bearerToken: process.env.SESSION }) }] })
export class AppModule {}
export const keyed = new HiltClient({ apiKey: process.env.HILT_API_KEY });`,
      'sync.service.ts': `import { HiltClient } from '@hiltpay/sdk';
export class Sync { constructor(private readonly hilt: HiltClient) {} list() { return this.hilt.products.list(); } }`,
    })).toEqual(['3: bearerToken: process.env.SESSION']);
  });

  it('does not matter for what takes a session', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
export const list = (hilt: HiltClient) => hilt.webhooks.listEndpoints();`)).toEqual([]);
  });
});

describe('a client by its type that leaves', () => {
  const typed = `import type { HiltClient } from '@hiltpay/sdk';\n`;

  it('may hold a key', () => {
    expect(foundIn('no-key-disclosure', { 'a.ts': `${typed}export function debug(hilt: HiltClient) { console.log({ hilt }); }` })).toEqual(['2: { hilt } ?']);
  });

  it('holds one where all of the package do', () => {
    expect(foundIn('no-key-disclosure', { 'a.ts': `import { HiltClient } from '@hiltpay/sdk';
export const keyed = new HiltClient({ apiKey: process.env.HILT_API_KEY });
export function debug(hilt: HiltClient) { console.log(hilt); }` })).toEqual(['3: hilt']);
  });

  it('holds none where none is given to any', () => {
    expect(foundIn('no-key-disclosure', { 'a.ts': `import { HiltClient } from '@hiltpay/sdk';
export const open = new HiltClient();
export function debug(hilt: HiltClient) { console.log(hilt); }` })).toEqual([]);
  });

  it('is told once, at the call that gives it', () => {
    expect(foundIn('no-key-disclosure', { 'a.ts': `import { HiltClient } from '@hiltpay/sdk';
function debug(hilt: HiltClient) { console.log(hilt); }
debug(new HiltClient({ apiKey: process.env.HILT_API_KEY }));` })).toEqual(['3: debug(new HiltClient({ apiKey: process.env.HILT_API_KEY }))']);
  });

  it('is not what it returns, nor a part of it', () => {
    expect(foundIn('no-key-disclosure', { 'a.ts': `${typed}export async function debug(hilt: HiltClient, products: HiltClient['products']) { console.log(await hilt.products.list(), products, typeof hilt); }` })).toEqual([]);
  });

  it('goes elsewhere with an absolute path', () => {
    expect(foundIn('no-key-disclosure', { 'a.ts': `${typed}export const go = (hilt: HiltClient) => hilt.request('https://metrics.acme.io/v1');` })).toEqual(["2: 'https://metrics.acme.io/v1' ?"]);
    expect(foundIn('no-key-disclosure', { 'a.ts': `${typed}export const go = (hilt: HiltClient) => hilt.request('/v1/products');` })).toEqual([]);
  });
});

describe('the options of a client by their type', () => {
  const random = '9f8a7c6b5d4e3f2a1b0c';

  it('hold a key in their variable', () => {
    expect(foundIn('no-hardcoded-key', { 'a.ts': `import type { HiltClientOptions } from '@hiltpay/sdk';
export const options: HiltClientOptions = { apiKey: '${random}' };` })).toEqual([`2: '${random}'`]);
  });

  it('hold a key where they satisfy the type', () => {
    expect(foundIn('no-hardcoded-key', { 'a.ts': `import type { HiltClientOptions } from '@hiltpay/sdk';
export default { apiKey: '${random}' } satisfies HiltClientOptions;` })).toEqual([`2: '${random}'`]);
  });

  it('hold a key in what a function returns, and in a member of a type', () => {
    expect(foundIn('no-hardcoded-key', { 'a.ts': `import type { HiltClientOptions } from '@hiltpay/sdk';
export function options(): HiltClientOptions { return { apiKey: '${random}' }; }
export const all: { hilt: HiltClientOptions } = { hilt: { apiKey: '${random}' } };` })).toEqual([`2: '${random}'`, `3: '${random}'`]);
  });

  it('hold a key as what the constructor takes', () => {
    expect(foundIn('no-hardcoded-key', { 'a.ts': `import { HiltClient } from '@hiltpay/sdk';
export const options: ConstructorParameters<typeof HiltClient>[0] = { apiKey: '${random}' };
export const make = (Client: typeof HiltClient) => new Client({ apiKey: '${random}' });` })).toEqual([`2: '${random}'`, `3: '${random}'`]);
  });

  it('hold a key as the argument of a declared function', () => {
    expect(foundIn('no-hardcoded-key', { 'b.ts': `import { connect } from './a'; // hilt
connect({ apiKey: '${random}' });`, 'a.ts': `import type { HiltClientOptions } from '@hiltpay/sdk';
export declare function connect(options: HiltClientOptions): void;` })).toEqual([`2: '${random}'`]);
  });

  it('are those of the SDK only, and hold real keys only', () => {
    expect(foundIn('no-hardcoded-key', { 'a.ts': `import type { HiltClientOptions } from '@hiltpay/sdk';
import type { ClientOptions } from 'other-sdk';
export const test: HiltClientOptions = { apiKey: 'test-key' };
export const other: ClientOptions = { apiKey: '${random}' };` })).toEqual([]);
  });
});

describe('other values by their type', () => {
  it('sends the cookies of an injected axios', () => {
    expect(foundIn('no-dashboard-auth', { 'a.ts': `import type { AxiosInstance } from 'axios';
export class Api { constructor(private readonly http: AxiosInstance) {}
  list() { return this.http.get('https://api.hilt.so/v1/products', { withCredentials: true }); } }` })).toEqual(['3: withCredentials: true']);
  });

  it('sends a session through a fetch that is handed in', () => {
    expect(foundIn('no-dashboard-auth', { 'a.ts': `export const list = (load: typeof fetch, token: string) =>
  load('https://api.hilt.so/v1/products', { headers: { Authorization: 'Bearer ' + token } });` })).toEqual(["2: Authorization: 'Bearer ' + token"]);
  });

  it('follows the method of a class that is injected', () => {
    expect(foundIn('no-dashboard-auth', { 'api.ts': `export class HiltApi { constructor(private readonly token: string) {}
  get(path: string) { return fetch('https://api.hilt.so' + path, { headers: { Authorization: \`Bearer \${this.token}\` } }); } }`, 'bot.ts': `import { HiltApi } from './api';
export class Bot { constructor(private readonly hiltApi: HiltApi) {} list() { return this.hiltApi.get('/v1/products'); } }` })).toEqual(['2: Authorization: `Bearer ${this.token}`']);
  });

  it('still sends a response through a class that extends a framework\'s', () => {
    expect(foundIn('no-key-disclosure', { 'a.ts': `import { Response } from 'express';
class Answer extends Response {}
export const handle = (req: unknown, res: Answer) => res.json({ key: process.env.HILT_API_KEY });` })).toEqual(['3: process.env.HILT_API_KEY']);
  });

  it('is one of the texts of a literal type', () => {
    expect(foundIn('no-dashboard-auth', { 'a.ts': `type Path = '/v1/products' | '/v1/memberships';
export const get = (path: Path, token: string) => fetch('https://api.hilt.so' + path, { headers: { Authorization: 'Bearer ' + token } });` })).toEqual(["2: Authorization: 'Bearer ' + token"]);
    expect(foundIn('no-dashboard-auth', { 'a.ts': `type Path = '/v1/account' | '/v1/keys';
export const get = (path: Path, token: string) => fetch('https://api.hilt.so' + path, { headers: { Authorization: 'Bearer ' + token } });` })).toEqual([]);
  });

  it('is what a declaration file says of a constant', () => {
    expect(foundIn('no-dashboard-auth', { 'a.ts': `import { base, Hosts } from './env'; // hilt
export const one = () => fetch(base + '/v1/products', { credentials: 'include' });
export const two = () => fetch(Hosts.Hilt + '/v1/products', { credentials: 'include' });`, 'env.d.ts': `export declare const base: 'https://api.hilt.so';
export declare const enum Hosts { Hilt = 'https://api.hilt.so' }` })).toEqual(["2: credentials: 'include'", "3: credentials: 'include'"]);
  });
});
