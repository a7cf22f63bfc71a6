import { describe, expect, it, vi } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { mentionsOf } from '../../../src/hilt/context.ts';
import { defaultKeyOptions } from '../../../src/hilt/key-options.ts';
import { linkProject } from '../../../src/project/link.ts';
import { summarise } from '../../../src/syntax/summarise.ts';
import { typescript } from '../../../src/syntax/typescript.ts';
import { memorySource } from '../../support/memory-source.ts';

vi.mock('../../../src/syntax/typescript.ts', async (original) => {
  const actual = await original<typeof import('../../../src/syntax/typescript.ts')>();
  return { ...actual, typescript: vi.fn(actual.typescript) };
});

const session = `import { HiltClient } from '@hiltpay/sdk';
export const client = new HiltClient({ bearerToken: process.env.DASHBOARD_SESSION });
`;
const keyed = `import { HiltClient } from '@hiltpay/sdk';
export const client = new HiltClient({ apiKey: process.env.HILT_API_KEY });
`;
const found = ['session.ts bearerToken: process.env.DASHBOARD_SESSION possible'];

interface Scan { readonly findings: readonly string[]; readonly notices: readonly string[]; readonly hasLoaded: boolean }

/** What a rule says with the checker at hand, and whether the compiler was loaded for it. */
function scan(ruleId: string, files: Readonly<Record<string, string>>, types = true): Scan {
  vi.mocked(typescript).mockClear();
  const modules = Object.keys(files).filter((file) => !file.includes('node_modules') && mentionsOf(files[file] ?? '').hilt).map((file) => summarise(file, files[file] ?? '', defaultKeyOptions).summary);
  const project = linkProject(modules, defaultKeyOptions, memorySource(files), { types });
  const rule = rules.find(({ id }) => id === ruleId);
  const findings = modules.flatMap((module) => [...(rule?.check(module, { project, options: {} }) ?? [])].map(({ at, confidence }) => `${module.file} ${(files[module.file] ?? '').slice(...at)} ${confidence}`));
  return { findings, notices: project.notices.map(({ level, message }) => `${level}: ${message}`), hasLoaded: vi.mocked(typescript).mock.calls.length > 0 };
}

function sessionsIn(code: string, files: Readonly<Record<string, string>> = {}, own = 'sync.ts'): readonly string[] {
  return scan('no-dashboard-auth', { [own]: code, ...files, 'session.ts': session }).findings;
}

describe('a client that only an inferred type tells of', () => {
  it('is found in a map', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
const tenants = new Map<string, HiltClient>();
export const list = (tenant: string) => tenants.get(tenant)!.products.list();`)).toEqual(found);
  });

  it('is found through a mapped type', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
type Lazy<T> = { [Name in keyof T]: () => T[Name] };
export const list = (services: Lazy<{ hilt: HiltClient }>) => services.hilt().products.list();`)).toEqual(found);
  });

  it('is found through a conditional type', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
type Held<T> = T extends { value: infer Value } ? Value : never;
export const list = (hilt: Held<{ value: HiltClient }>) => hilt.products.list();`)).toEqual(found);
  });

  it('is found as what a generic function returns', () => {
    expect(sessionsIn(`import type { HiltClient } from '@hiltpay/sdk';
declare function lazy<T>(make: (services: { hilt: HiltClient }) => T): () => T;
const get = lazy(({ hilt }) => hilt);
export const list = () => get().products.list();`)).toEqual(found);
  });

  it('is found as the parameter of a callback whose taker is only declared', () => {
    expect(sessionsIn(`import { withHilt } from './with-hilt';
export const list = () => withHilt(async (client) => client.products.list());`, { 'with-hilt.d.ts': `import type { HiltClient } from '@hiltpay/sdk';
export declare function withHilt<T>(job: (client: HiltClient) => Promise<T>): Promise<T>;` })).toEqual(found);
  });

  it('is found in a container of awilix, installed or not', () => {
    expect(sessionsIn(`import { createContainer } from 'awilix';
import type { HiltClient } from '@hiltpay/sdk';
const container = createContainer<{ hilt: HiltClient }>();
export const list = () => container.resolve('hilt').products.list();`)).toEqual(found);
  });

  it('is found in an installed package that depends on the SDK', () => {
    expect(sessionsIn(`import { hilt } from '@acme/hilt-client';
export const list = () => hilt.products.list();`, {
      'node_modules/@acme/hilt-client/package.json': '{ "types": "dist/index.d.ts", "peerDependencies": { "@hiltpay/sdk": "^1.4.0" } }',
      'node_modules/@acme/hilt-client/dist/index.d.ts': `import type { HiltClient } from '@hiltpay/sdk';
export declare const hilt: HiltClient;`,
    })).toEqual(found);
  });

  it('is found by the comments of JavaScript', () => {
    expect(sessionsIn(`/** @type {Map<string, { hilt: import('@hiltpay/sdk').HiltClient }>} */
const tenants = new Map();
export const list = (tenant) => tenants.get(tenant).hilt.products.list();`, {}, 'sync.js')).toEqual(found);
  });

  it('is none where another class is the same in shape', () => {
    expect(sessionsIn(`class HiltShop { products = { list() { return []; } }; }
const shops = new Map<string, HiltShop>();
export const list = (shop: string) => shops.get(shop)!.products.list();`)).toEqual([]);
  });

  it('may hold a key where it is logged', () => {
    expect(scan('no-key-disclosure', { 'a.ts': `import type { HiltClient } from '@hiltpay/sdk';
type Lazy<T> = { [Name in keyof T]: () => T[Name] };
export function debug(services: Lazy<{ hilt: HiltClient }>) { const client = services.hilt(); console.log(client); }` }).findings).toEqual(['a.ts client possible']);
  });

  it('stays unknown without the checker', () => {
    expect(scan('no-dashboard-auth', { 'sync.ts': `import type { HiltClient } from '@hiltpay/sdk';
const tenants = new Map<string, HiltClient>();
export const list = (tenant: string) => tenants.get(tenant)!.products.list();`, 'session.ts': session }, false).findings).toEqual([]);
  });
});

describe('the compiler', () => {
  const open = `import type { HiltClient } from '@hiltpay/sdk';
const tenants = new Map<string, HiltClient>();
export const list = (tenant: string) => tenants.get(tenant)!.products.list();`;

  it('is loaded for an open question', () => {
    expect(scan('no-dashboard-auth', { 'sync.ts': open, 'session.ts': session }).hasLoaded).toBe(true);
  });

  it('is not loaded where annotations answer', () => {
    const { findings, hasLoaded } = scan('no-dashboard-auth', { 'sync.ts': `import type { HiltClient } from '@hiltpay/sdk';
export const list = (hilt: HiltClient) => hilt.products.list();`, 'session.ts': session });
    expect(findings).toEqual(found);
    expect(hasLoaded).toBe(false);
  });

  it('is not loaded where no answer would make a finding', () => {
    expect(scan('no-dashboard-auth', { 'sync.ts': open, 'session.ts': keyed }).hasLoaded).toBe(false);
    expect(scan('no-key-disclosure', { 'sync.ts': open, 'session.ts': keyed }).hasLoaded).toBe(false);
  });

  it('is not loaded for logs of what no name calls a client', () => {
    expect(scan('no-key-disclosure', { 'a.ts': `import { HiltClient } from '@hiltpay/sdk';
export const debug = (row, clientId) => console.log(row, row.id, clientId);` }).hasLoaded).toBe(false);
  });

  it('says where files are too large for it', () => {
    const { findings, notices } = scan('no-dashboard-auth', { 'sync.ts': open.replace('new Map', `new (await import('./large')).Shelf`), 'large.ts': `export class Shelf<K, V> { get(key: K): V | undefined { return undefined; } }\n${'// filler\n'.repeat(45_000)}`, 'session.ts': session });
    expect(findings).toEqual([]);
    expect(notices).toEqual(['info: There are more or larger files than types are looked up in; clients that only an inferred type tells of may have been missed beyond.']);
  });
});
