import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository } from '../support/repository.ts';
import type { Repository } from '../support/repository.ts';
import { runCli } from '../support/run-cli.ts';

let repository: Repository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

const client = "import { HiltClient } from '@hiltpay/sdk';\n\nexport const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\n";
const server = "import express from 'express';\nimport { hilt } from './lib/hilt.js';\n\nexpress().get('/products', async (_request, response) => {\n  response.json(await hilt.products.list());\n}).listen(3000);\n";

/** Stages everything and gives `rule file:line` of each finding, and the exit code. */
async function check(...args: string[]): Promise<{ code: number | null; found: string[]; stderr: string }> {
  repository.git('add', '-A');
  const { code, stdout, stderr } = await runCli(['--staged', '--format', 'json', ...args], { cwd: repository.root, env: repository.env });
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; file: string; range: { start: { line: number } } }[] };
  return { code, found: findings.map(({ rule, file, range }) => `${rule} ${file}:${range.start.line}`), stderr };
}

/** A backend whose last commit was found clean, so that what is known of it is kept. */
async function startBackend(): Promise<void> {
  repository.commit();
  repository.write('package.json', JSON.stringify({ name: 'shop', dependencies: { express: '^5.0.0', '@hiltpay/sdk': '^1.4.0' }, scripts: { start: 'node src/server.ts' } }));
  repository.write('src/lib/hilt.ts', client);
  repository.write('src/server.ts', server);
  repository.write('src/lib/money.ts', 'export const toCents = (amount: number): number => amount * 100;\n');
  expect(await check()).toMatchObject({ code: 0, found: [] });
  repository.commit();
}

const state = (): string => repository.path('.git/hilt-guard/state.json');
const graph = (): string => repository.path('.git/hilt-guard/modules.bin');

describe('a memory that cannot be used', () => {
  beforeEach(startBackend);
  const folder = (): string => repository.path('.git/hilt-guard');

  it.each([
    ['a file is in the place of its folder', () => { rmSync(folder(), { recursive: true }); writeFileSync(folder(), ''); }],
    ['a folder is in its place', () => { rmSync(state()); mkdirSync(state()); }],
    ['it is cut off', () => writeFileSync(state(), readFileSync(state()).subarray(0, 40))],
    ['something in it was changed', () => writeFileSync(state(), readFileSync(state(), 'utf8').replace('"state":{', '"state":{"more":1,'))],
  ])('is none, and blocks no commit: %s', async (_name, damage) => {
    damage();
    repository.write('src/lib/money.ts', 'export const toCents = (amount: number): number => amount * 1000; // Hilt\n');
    const { code, stderr } = await check();
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining('fault of the tool') as string });
  });
});

describe('a commit that changes nothing of what the rules on the whole project go by', () => {
  beforeEach(startBackend);

  it('builds no graph for an edit of a file that mentions Hilt', async () => {
    rmSync(graph());
    repository.write('src/lib/hilt.ts', `${client}\nexport const list = () => hilt.products.list();\n`);
    expect(await check()).toMatchObject({ code: 0, found: [] });
    expect(existsSync(graph())).toBe(false);
  });
  it('builds none either, one commit later', async () => {
    repository.write('src/lib/hilt.ts', `${client}\nexport const list = () => hilt.products.list();\n`);
    await check();
    repository.commit();
    rmSync(graph());
    repository.write('src/server.ts', server.replace('3000', '4000'));
    repository.write('src/lib/hilt.ts', `${client}\nexport const get = (id: string) => hilt.products.get(id);\n`);
    expect(await check()).toMatchObject({ code: 0, found: [] });
    expect(existsSync(graph())).toBe(false);
  });
  it('finds what the other rules find', async () => {
    repository.write('src/lib/hilt.ts', `${client}\nconsole.log(process.env.HILT_API_KEY);\n`);
    expect(await check()).toMatchObject({ code: 1, found: ['no-key-disclosure src/lib/hilt.ts:5'] });
  });
});

describe('a key that one more integration uses', () => {
  beforeEach(startBackend);

  it('by a script that reads it too', async () => {
    repository.write('scripts/refund.ts', client.replace('export const hilt =', 'const hilt =').concat('await hilt.products.list();\n'));
    expect(await check()).toMatchObject({ code: 1, found: ['no-shared-key src/lib/hilt.ts:3'] });
  });
  it('as often as the commit is tried', async () => {
    repository.write('scripts/refund.ts', client.replace('export const hilt =', 'const hilt =').concat('await hilt.products.list();\n'));
    for (let attempt = 1; attempt <= 3; attempt++) expect(await check()).toMatchObject({ code: 1, found: ['no-shared-key src/lib/hilt.ts:3'] });
  });
  it('by a script that only imports the module that reads it', async () => {
    repository.write('scripts/report.ts', "import { hilt } from '../src/lib/hilt.js';\n\nconst names = await hilt.products.list();\nprocess.stdout.write(`${names}`);\n");
    expect((await check()).found.map((each) => each.replace(/ .*/, ''))).toEqual(['no-shared-key']);
  });
  it('by a script that is there and takes the import up', async () => {
    repository.write('scripts/report.ts', "import { toCents } from '../src/lib/money.js';\n\nprocess.stdout.write(`${toCents(1)}`);\n");
    expect(await check()).toMatchObject({ code: 0, found: [] });
    repository.commit();
    repository.write('scripts/report.ts', "import { toCents } from '../src/lib/money.js';\nimport { hilt } from '../src/lib/hilt.js';\n\nprocess.stdout.write(`${toCents(1)}${await hilt.products.list()}`);\n");
    expect((await check()).found.map((each) => each.replace(/ .*/, ''))).toEqual(['no-shared-key']);
  });
  it('by a compose file that runs the same program twice', async () => {
    repository.write('compose.yaml', 'services:\n  api:\n    build: .\n    command: node src/server.ts\n    environment:\n      HILT_API_KEY: ${HILT_API_KEY}\n  bot:\n    build: .\n    command: node scripts/bot.ts\n    environment:\n      HILT_API_KEY: ${HILT_API_KEY}\n');
    repository.write('scripts/bot.ts', "setInterval(() => undefined, 1000);\n");
    expect((await check()).found.map((each) => each.replace(/:.*/, ''))).toEqual(['no-shared-key compose.yaml']);
  });
});

describe('an import that brings a module that is not staged into a client', () => {
  beforeEach(async () => {
    repository.commit();
    repository.write('package.json', JSON.stringify({ name: 'shop', dependencies: { next: '^16.0.0', react: '^19.0.0', '@hiltpay/sdk': '^1.4.0' } }));
    repository.write('lib/hilt.ts', client);
    repository.write('app/api/products/route.ts', "import { hilt } from '../../../lib/hilt';\n\nexport const GET = async () => Response.json(await hilt.products.list());\n");
    repository.write('app/page.tsx', "'use client';\nimport { label } from '../lib/label';\n\nexport default function Page() { return <p>{label}</p>; }\n");
    repository.write('lib/label.ts', "export const label = 'Pay';\n");
    expect(await check()).toMatchObject({ code: 0, found: [] });
    repository.commit();
  });

  it('is found where the key is read', async () => {
    repository.write('app/page.tsx', "'use client';\nimport { hilt } from '../lib/hilt';\n\nexport default function Page() { return <button onClick={() => hilt.products.list()}>Pay</button>; }\n");
    const { code, found } = await check();
    expect({ code, found }).toEqual({ code: 1, found: ['no-client-key lib/hilt.ts:3'] });
  });
  it('through a module that passes it on', async () => {
    repository.write('lib/label.ts', "export { hilt as label } from './hilt';\n");
    expect(await check()).toMatchObject({ code: 1, found: ['no-client-key lib/hilt.ts:3'] });
  });
  it('is found as often as the commit is tried', async () => {
    repository.write('lib/label.ts', "export { hilt as label } from './hilt';\n");
    for (let attempt = 1; attempt <= 3; attempt++) expect(await check()).toMatchObject({ code: 1, found: ['no-client-key lib/hilt.ts:3'] });
    repository.write('README.md', '# Shop\n');
    expect(await check()).toMatchObject({ code: 1, found: ['no-client-key lib/hilt.ts:3'] });
    repository.write('lib/label.ts', "export const label = 'Pay now';\n");
    expect(await check()).toMatchObject({ code: 0, found: [] });
  });
  it('is not found again by the next commit', async () => {
    repository.write('app/page.tsx', "'use client';\nimport { hilt } from '../lib/hilt';\n\nexport default function Page() { return <button onClick={() => hilt.products.list()}>Pay</button>; }\n");
    repository.commit();
    repository.write('lib/label.ts', "export const label = 'Buy';\n");
    expect(await check()).toMatchObject({ code: 0, found: [] });
  });
  it('an import of types alone is silent', async () => {
    repository.write('app/page.tsx', "'use client';\nimport type { hilt } from '../lib/hilt';\n\nexport default function Page(props: { client?: typeof hilt }) { return <p>{String(props)}</p>; }\n");
    expect(await check()).toMatchObject({ code: 0, found: [] });
  });
});

describe('what stands in a file that is not staged', () => {
  const next = { 'package.json': JSON.stringify({ name: 'shop', dependencies: { next: '^16.0.0', react: '^19.0.0' } }), 'components/pay.tsx': "'use client';\n// A button of api.hilt.so\nexport const Pay = ({ token }: { token: string }) => <button>{token.length}</button>;\n" };
  const panel = "import { Pay } from './pay';\n\nexport const Panel = () => <Pay token={process.env.HILT_API_KEY!} />;\n";
  const start = async (files: Record<string, string>): Promise<void> => {
    repository.commit();
    for (const [path, text] of Object.entries(files)) repository.write(path, text);
    expect((await check()).found.filter(isOfClient)).toEqual([]);
    repository.commit();
  };
  const isOfClient = (found: string): boolean => found.startsWith('no-client-key');

  it('is found when a page takes up the component that hands a key to the client', async () => {
    await start({ ...next, 'components/panel.tsx': panel, 'app/page.tsx': 'export default () => <main />;\n' });
    repository.write('app/page.tsx', "import { Panel } from '../components/panel';\n\nexport default () => <Panel />;\n");
    expect((await check()).found).toEqual(['no-client-key components/panel.tsx:3']);
  });
  it('and in one that is, is found as often as the commit is tried', async () => {
    await start({ ...next, 'components/panel.tsx': panel.replace('process.env.HILT_API_KEY!', '"hilt"'), 'app/page.tsx': "import { Panel } from '../components/panel';\n\nexport default () => <Panel />;\n" });
    repository.write('components/panel.tsx', panel);
    for (let attempt = 1; attempt <= 3; attempt++) expect((await check()).found).toEqual(['no-client-key components/panel.tsx:3']);
    repository.commit();
    repository.write('components/pay.tsx', `${next['components/pay.tsx']}\n// Hilt\n`);
    expect((await check()).found).toEqual([]);
  });
  it('is found when the component that it renders becomes one of the client', async () => {
    const pay = next['components/pay.tsx'].replace("'use client';\n", '').replace('{token.length}', '');
    await start({ ...next, 'components/pay.tsx': pay, 'components/panel.tsx': panel, 'app/page.tsx': "import { Panel } from '../components/panel';\n\nexport default () => <Panel />;\n" });
    repository.write('components/pay.tsx', next['components/pay.tsx']);
    expect((await check()).found).toEqual(['no-client-key components/panel.tsx:3']);
  });
  it('is found when a page of Nuxt asks a handler by its path', async () => {
    await start({
      'package.json': JSON.stringify({ name: 'shop', dependencies: { nuxt: '^4.0.0' } }), 'pages/index.vue': '<template><main /></template>\n',
      'server/api/key.get.ts': 'export default defineEventHandler(() => ({ key: process.env.HILT_API_KEY }));\n',
    });
    repository.write('pages/index.vue', "<!-- api.hilt.so -->\n<script setup lang=\"ts\">\nconst { data } = await useFetch('/api/key');\n</script>\n<template><main>{{ data }}</main></template>\n");
    expect((await check()).found.filter(isOfClient)).toEqual(['no-client-key server/api/key.get.ts:1']);
  });
  it('is found when a file is taken away that stood before it', async () => {
    await start({ ...next, 'app/page.tsx': "import { Panel } from '../components/panel';\n\nexport default () => <Panel />;\n", 'components/panel.ts': 'export const Panel = () => null;\n', 'components/panel.tsx': panel });
    repository.remove('components/panel.ts');
    repository.write('scripts/list.ts', client);
    expect((await check()).found.filter(isOfClient)).toEqual(['no-client-key components/panel.tsx:3']);
  });
  describe('by a file that does not mention Hilt', () => {
    const card = 'export const Card = ({ token }: { token: string }) => <b>{token.length}</b>;\n';
    const rendering = { ...next, 'components/card.tsx': card, 'app/page.tsx': "import { Card } from '../components/card';\n\nexport default () => <Card token={process.env.HILT_API_KEY!} />;\n" };
    it('that is a component of the server no more', async () => {
      await start(rendering);
      repository.write('components/card.tsx', card.replace('length', 'length + 1'));
      expect(await check()).toMatchObject({ code: 0, found: [] });
      repository.write('components/card.tsx', `'use client';\n${card}`);
      expect(await check()).toMatchObject({ code: 1, found: ['no-client-key app/page.tsx:3'] });
    });
    it('that begins to show what it is given, or hands it on', async () => {
      await start({ ...rendering, 'components/box.tsx': "'use client';\nexport const Box = ({ text }: { text: string }) => <b>{text.length}</b>;\n" });
      repository.write('components/card.tsx', card.replace('.length', ''));
      expect((await check()).found).toEqual(['no-client-key components/card.tsx:1']);
      repository.write('components/card.tsx', "import { Box } from './box';\nexport const Card = ({ token }: { token: string }) => <Box text={token} />;\n");
      expect((await check()).found).toEqual(['no-client-key components/card.tsx:2']);
    });
    it('that becomes client code itself, or takes up what it imports already', async () => {
      const page = "import { list } from '../lib/pay';\n\nexport default async () => <b>{(await list()).length}</b>;\n";
      await start({ 'package.json': next['package.json'], 'lib/pay.ts': client.replace('const hilt =', 'const list = () => 1; const hilt ='), 'app/page.tsx': page });
      repository.write('app/page.tsx', `'use client';\n${page}`);
      expect((await check()).found).toEqual(['no-client-key lib/pay.ts:3']);
    });
    it('that is a template', async () => {
      await start({ 'package.json': JSON.stringify({ dependencies: { express: '^5.0.0' } }), 'views/pay.ejs': '<p><%= title %></p>\n', 'app.js': "app.get('/', (request, response) => response.render('pay', { title: 'Pay', token: process.env.HILT_API_KEY }));\n" });
      repository.write('views/pay.ejs', '<p><%= title %></p><i data-token="<%= token %>"></i>\n');
      expect((await check()).found).toEqual(['no-client-key app.js:1']);
    });
    it('that asks a server for it', async () => {
      await start({ 'package.json': JSON.stringify({ dependencies: { nuxt: '^4.0.0' } }), 'pages/index.vue': '<template><main /></template>\n', 'server/api/key.get.ts': 'export default defineEventHandler(() => ({ key: process.env.HILT_API_KEY }));\n' });
      repository.write('pages/index.vue', "<script setup lang=\"ts\">\nconst { data } = await useFetch('/api/key');\n</script>\n<template><main>{{ data }}</main></template>\n");
      expect((await check()).found.filter(isOfClient)).toEqual(['no-client-key server/api/key.get.ts:1']);
    });
    it('that says what is built, and how', async () => {
      const vite = { 'package.json': JSON.stringify({ version: '1.0.0', devDependencies: { typescript: '^5.0.0' } }), 'src/main.ts': 'console.log(1);\n', 'src/lib/pay.ts': client };
      await start(vite);
      repository.write('package.json', vite['package.json'].replace('1.0.0', '1.0.1'));
      expect(await check()).toMatchObject({ code: 0, found: [] });
      repository.commit();
      repository.write('index.html', '<script type="module" src="/src/main.ts"></script>\n');
      repository.write('package.json', JSON.stringify({ devDependencies: { typescript: '^5.0.0', vite: '^8.0.0' } }));
      expect(await check()).toMatchObject({ code: 0, found: [] });
      repository.commit();
      repository.write('vite.config.ts', "export default { build: { rollupOptions: { input: 'src/lib/pay.ts' } } };\n");
      expect((await check()).found).toEqual(['no-client-key src/lib/pay.ts:3']);
    });
  });
  it('is silent where a change has nothing to do with it', async () => {
    await start({ ...next, 'components/panel.tsx': panel, 'app/page.tsx': 'export default () => <main />;\n' });
    repository.write('app/page.tsx', "import { HiltClient } from '@hiltpay/sdk';\nexport const runtime = 'nodejs';\nexport default async () => <main>{(await new HiltClient({ apiKey: process.env.HILT_API_KEY }).products.list()).length}</main>;\n");
    expect(await check()).toMatchObject({ code: 0, found: [] });
  });
});

describe('what is known is not trusted where it may not hold', () => {
  beforeEach(startBackend);

  const leak = (): void => {
    repository.write('scripts/refund.ts', client);
  };

  it('a damaged file is worked out again', async () => {
    writeFileSync(state(), '{"format":1,');
    leak();
    expect(await check()).toMatchObject({ code: 1, found: ['no-shared-key src/lib/hilt.ts:3'] });
  });
  it('a commit that is not there any more', async () => {
    writeFileSync(state(), readFileSync(state(), 'utf8').replace(/"base":"[0-9a-f]{40}"/, `"base":"${'1'.repeat(40)}"`));
    leak();
    expect(await check()).toMatchObject({ code: 1, found: ['no-shared-key src/lib/hilt.ts:3'] });
  });
  it('other settings', async () => {
    repository.write('hilt-guard.config.json', JSON.stringify({ key: { names: ['PAYMENTS_TOKEN'] } }));
    leak();
    expect(await check()).toMatchObject({ code: 1, found: ['no-shared-key src/lib/hilt.ts:3'] });
  });
  it('a page that makes it an application with a client', async () => {
    repository.write('public/index.html', '<script type="module" src="../src/lib/hilt.ts"></script>\n');
    expect((await check()).found).toContain('no-client-key src/lib/hilt.ts:3');
  });
  it('a file that takes the place of another module', async () => {
    repository.write('src/lib/hilt/index.ts', client.replace('HILT_API_KEY', 'HILT_API_KEY_SHOP'));
    expect(await check()).toMatchObject({ code: 0, found: [] });
  });
  it('nothing is kept with --no-cache, and nothing of a key', async () => {
    rmSync(repository.path('.git/hilt-guard'), { recursive: true });
    repository.write('src/lib/hilt.ts', `${client}// changed\n`);
    expect(await check('--no-cache')).toMatchObject({ code: 0, found: [] });
    expect(existsSync(state())).toBe(false);
  });
});
