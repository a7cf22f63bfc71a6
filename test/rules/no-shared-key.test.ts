import { describe, expect, it } from 'vitest';
import { findingsOf } from '../support/findings.ts';
import { makeKey } from '../support/keys.ts';

/** `file:line`, then the integrations in the order of the trace. */
function shared(files: Readonly<Record<string, string>>): string[] {
  return findingsOf('no-shared-key', files).map(({ file, line, report }) => `${file}:${line} ${report.data?.['integrations']}`);
}

const client = `import { HiltClient } from '@hiltpay/sdk';\n`;
const direct = (name: string): string => `${client}export const hilt = new HiltClient({ apiKey: process.env.${name} });\n`;
const pkg = (name: string, more: Record<string, unknown> = {}): string => JSON.stringify({ name, ...more });

describe('programs of one package', () => {
  it('share a key through one wrapper', () => {
    expect(shared({
      'package.json': pkg('shop'),
      'lib/hilt.ts': direct('HILT_API_KEY'),
      'bots/telegram.ts': `import { hilt } from '../lib/hilt.ts';\nawait hilt.memberships.list();\n`,
      'scripts/support.ts': `import { hilt } from '../lib/hilt.ts';\nawait hilt.receipts.list();\n`,
    })).toEqual(['scripts/support.ts:1 telegram and support']);
  });

  it('share a key that each of them reads', () => {
    expect(shared({
      'package.json': pkg('shop'),
      'bots/telegram.ts': direct('HILT_API_KEY'),
      'jobs/nightly/index.ts': direct('HILT_API_KEY'),
    })).toEqual(['jobs/nightly/index.ts:2 telegram and nightly']);
  });

  it('have keys of their own', () => {
    expect(shared({
      'package.json': pkg('shop'),
      'lib/hilt.ts': `${client}export const connect = (apiKey: string | undefined) => new HiltClient({ apiKey });\n`,
      'bots/telegram.ts': `import { connect } from '../lib/hilt.ts';\nconst hilt = connect(process.env.HILT_API_KEY_TELEGRAM);\n`,
      'scripts/support.ts': `import { connect } from '../lib/hilt.ts';\nconst hilt = connect(process.env.HILT_API_KEY_SUPPORT);\n`,
    })).toEqual([]);
  });

  it('ask one module for different keys', () => {
    const keys = `export const keys = { telegram: process.env.HILT_API_KEY_TELEGRAM, support: process.env.HILT_API_KEY_SUPPORT };\n`;
    expect(shared({
      'package.json': pkg('shop'),
      'lib/hilt-keys.ts': keys,
      'bots/telegram.ts': `${client}import { keys } from '../lib/hilt-keys.ts';\nconst hilt = new HiltClient({ apiKey: keys.telegram });\n`,
      'scripts/support.ts': `${client}import { keys } from '../lib/hilt-keys.ts';\nconst hilt = new HiltClient({ apiKey: keys.support });\n`,
    })).toEqual([]);
  });

  it('are two scripts of package.json', () => {
    expect(shared({
      'package.json': pkg('shop', { scripts: { bot: 'node src/bot.js', report: 'tsx src/report.ts', test: 'node --test', build: 'tsc' } }),
      'src/hilt.js': direct('HILT_API_KEY'),
      'src/bot.js': `import { hilt } from './hilt.js';\n`,
      'src/report.ts': `import { hilt } from './hilt.js';\n`,
    })).toEqual(['src/report.ts:1 bot and report']);
  });

  it('are one where they are the routes of one application', () => {
    expect(shared({
      'package.json': pkg('shop', { dependencies: { next: '15' } }),
      'app/api/a/route.ts': direct('HILT_API_KEY'),
      'app/api/b/route.ts': direct('HILT_API_KEY'),
      'pages/c.ts': direct('HILT_API_KEY'),
    })).toEqual([]);
  });

  it('import only types of each other', () => {
    expect(shared({
      'package.json': pkg('shop'),
      'bots/telegram.ts': direct('HILT_API_KEY'),
      'scripts/support.ts': `import type { hilt } from '../bots/telegram.ts'; // hilt\nexport type Hilt = typeof hilt;\n`,
    })).toEqual([]);
  });

  it('have tests beside them', () => {
    expect(shared({
      'package.json': pkg('shop'),
      'bots/telegram.ts': direct('HILT_API_KEY'),
      'bots/telegram.test.ts': direct('HILT_API_KEY'),
      'test/live.ts': direct('HILT_API_KEY'),
      'scripts/smoke.ts': direct('HILT_API_KEY'),
    })).toEqual([]);
  });
});

describe('workspace packages', () => {
  const root = pkg('acme', { private: true, workspaces: ['apps/*', 'packages/*'] });

  it('share a key through a package', () => {
    expect(shared({
      'package.json': root,
      'packages/hilt/package.json': pkg('@acme/hilt', { exports: './src/index.ts' }),
      'packages/hilt/src/index.ts': direct('HILT_API_KEY'),
      'apps/telegram-bot/package.json': pkg('@acme/telegram-bot', { dependencies: { '@acme/hilt': 'workspace:*' } }),
      'apps/telegram-bot/src/index.ts': `import { hilt } from '@acme/hilt';\n`,
      'apps/discord/package.json': pkg('@acme/discord', { dependencies: { '@acme/hilt': 'workspace:*' } }),
      'apps/discord/src/index.ts': `import { hilt } from '@acme/hilt';\n`,
    })).toEqual(['apps/telegram-bot/src/index.ts:1 discord and telegram-bot']);
  });

  it('have a library that one of them uses', () => {
    expect(shared({
      'package.json': root,
      'packages/hilt/package.json': pkg('@acme/hilt', { exports: './src/index.ts' }),
      'packages/hilt/src/index.ts': direct('HILT_API_KEY'),
      'apps/telegram-bot/package.json': pkg('@acme/telegram-bot', { dependencies: { '@acme/hilt': 'workspace:*' } }),
      'apps/telegram-bot/src/index.ts': `import { hilt } from '@acme/hilt';\n`,
      'apps/discord/package.json': pkg('@acme/discord'),
      'apps/discord/src/index.ts': direct('HILT_API_KEY_DISCORD'),
    })).toEqual([]);
  });

  it('read the same name, each in its own environment', () => {
    expect(shared({
      'package.json': root,
      'apps/telegram-bot/package.json': pkg('telegram-bot'),
      'apps/telegram-bot/src/index.ts': direct('HILT_API_KEY'),
      'apps/discord/package.json': pkg('discord'),
      'apps/discord/src/index.ts': direct('HILT_API_KEY'),
    })).toEqual([]);
  });

  it('read the same name of the root\'s .env', () => {
    expect(shared({
      'package.json': root,
      '.env.example': 'HILT_API_KEY=\n',
      'apps/telegram-bot/package.json': pkg('telegram-bot'),
      'apps/telegram-bot/src/index.ts': direct('HILT_API_KEY'),
      'apps/discord/package.json': pkg('discord'),
      'apps/discord/src/index.ts': direct('HILT_API_KEY'),
    })).toEqual(['apps/telegram-bot/src/index.ts:2 discord and telegram-bot']);
  });

  it('read the same name that turbo hands to all', () => {
    expect(shared({
      'package.json': root,
      'turbo.json': JSON.stringify({ globalEnv: ['HILT_API_KEY'] }),
      'apps/telegram-bot/package.json': pkg('telegram-bot'),
      'apps/telegram-bot/src/index.ts': direct('HILT_API_KEY'),
      'apps/discord/package.json': pkg('discord'),
      'apps/discord/src/index.ts': direct('HILT_API_KEY'),
    })).toEqual(['apps/telegram-bot/src/index.ts:2 discord and telegram-bot']);
  });

  it('hold one literal', () => {
    const key = makeKey('live', 'shared-literal');
    expect(shared({
      'package.json': root,
      'apps/telegram-bot/package.json': pkg('telegram-bot'),
      'apps/telegram-bot/src/index.ts': `${client}new HiltClient({ apiKey: '${key}' });\n`,
      'apps/discord/package.json': pkg('discord'),
      'apps/discord/src/index.ts': `${client}new HiltClient({ apiKey: atob('${Buffer.from(key).toString('base64')}') });\n`,
    })).toEqual(['apps/telegram-bot/src/index.ts:2 discord and telegram-bot']);
  });
});

describe('services of a compose file', () => {
  it('are given one variable of the host', () => {
    expect(shared({
      'compose.yaml': [
        'services:', '  bot:', '    image: acme/bot', '    environment:', '      HILT_API_KEY: ${HILT_API_KEY}',
        '  sync:', '    image: acme/sync', '    environment:', '      - HILT_KEY=${HILT_API_KEY}', '  db:', '    image: postgres', '',
      ].join('\n'),
    })).toEqual(['compose.yaml:9 bot and sync']);
  });

  it('are given variables of their own', () => {
    expect(shared({
      'compose.yaml': [
        'services:', '  bot:', '    image: acme/bot', '    environment:', '      HILT_API_KEY: ${HILT_API_KEY_BOT}',
        '  sync:', '    image: acme/sync', '    environment:', '      HILT_API_KEY: ${HILT_API_KEY_SYNC}', '',
      ].join('\n'),
    })).toEqual([]);
  });

  it('are given one env file, which is not in the repository', () => {
    expect(shared({
      'package.json': pkg('acme', { workspaces: ['bot', 'sync'] }),
      'compose.yaml': ['services:', '  bot:', '    build: ./bot', '    env_file: .env', '  sync:', '    build: ./sync', '    env_file: [.env]', ''].join('\n'),
      'bot/package.json': pkg('bot'),
      'bot/index.js': direct('HILT_API_KEY'),
      'sync/package.json': pkg('sync'),
      'sync/index.js': direct('HILT_API_KEY'),
    })).toEqual(['sync/index.js:2 bot and sync']);
  });

  it('are given one env file, of which the repository has the template alone', () => {
    const compose = (second: string): string => ['services:', '  bot:', '    image: acme/bot', '    env_file: .env', '  sync:', '    image: acme/sync', '    env_file:', `      - path: ${second}`, ''].join('\n');
    expect(shared({ 'compose.yaml': compose('.env'), '.env.example': 'HILT_API_KEY=\n' })).toEqual(['compose.yaml:8 bot and sync']);
    expect(shared({ 'compose.yaml': compose('sync.env'), '.env.example': 'HILT_API_KEY=\n', 'sync.env.example': 'HILT_API_KEY=\n' })).toEqual([]);
    expect(shared({ 'compose.yaml': compose('.env'), '.env.example': 'POSTGRES_PASSWORD=\nHILT_API_URL=\n' })).toEqual([]);
  });

  it('are given an env file each', () => {
    expect(shared({
      'package.json': pkg('acme', { workspaces: ['bot', 'sync', 'hilt'] }),
      'compose.yaml': ['services:', '  bot:', '    build: ./bot', '    env_file: .env.bot', '  sync:', '    build: ./sync', '    env_file: [.env.sync]', ''].join('\n'),
      'hilt/package.json': pkg('hilt'),
      'hilt/index.js': direct('HILT_API_KEY'),
      'bot/package.json': pkg('bot'),
      'bot/index.js': `import { hilt } from 'hilt';\n`,
      'sync/package.json': pkg('sync'),
      'sync/index.js': `import { hilt } from 'hilt';\n`,
    })).toEqual([]);
  });
});

describe('jobs of workflows', () => {
  const workflow = (first: string, second: string): Record<string, string> => ({
    '.github/workflows/deploy.yml': [
      'jobs:', '  test:', '    runs-on: x', '    env:', '      HILT_API_KEY: ${{ secrets.HILT_API_KEY }}', '    steps:', '      - run: npm test',
      '  deploy-bot:', '    steps:', '      - run: fly deploy apps/bot', '        env:', `          HILT_API_KEY: \${{ secrets.${first} }}`,
      '  deploy-sync:', '    steps:', '      - run: fly deploy apps/sync', '        env:', `          HILT_KEY: \${{ secrets.${second} }}`, '',
    ].join('\n'),
  });

  it('deploy with one secret', () => {
    expect(shared(workflow('HILT_API_KEY', 'HILT_API_KEY'))).toEqual(['.github/workflows/deploy.yml:17 bot and sync']);
  });

  it('deploy with a secret each', () => {
    expect(shared(workflow('HILT_API_KEY_BOT', 'HILT_API_KEY_SYNC'))).toEqual([]);
  });
});

describe('one application', () => {
  const deploy = (job: string): string => `jobs:\n  ${job}:\n    steps:\n      - run: fly deploy\n        env:\n          HILT_API_KEY: \${{ secrets.HILT_API_KEY }}\n`;

  it('is deployed by several workflows', () => {
    expect(shared({
      'package.json': pkg('shop', { scripts: { start: 'node src/server.js' } }),
      'src/server.js': direct('HILT_API_KEY'),
      '.github/workflows/preview.yml': deploy('preview'),
      '.github/workflows/production.yml': deploy('deploy'),
    })).toEqual([]);
  });

  it('is described by a Dockerfile, a compose file and a manifest', () => {
    expect(shared({
      'package.json': pkg('shop', { scripts: { start: 'node dist/server.js', build: 'tsc' } }),
      'src/server.ts': direct('HILT_API_KEY'),
      Dockerfile: 'FROM node:22\nCMD ["node", "dist/server.js"]\n',
      'compose.yaml': 'services:\n  web:\n    build: .\n    env_file: .env\n  migrate:\n    build: .\n    command: npm run migrate\n    env_file: .env\n',
      'k8s/web.yaml': 'kind: Deployment\nmetadata: { name: shop }\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          env:\n            - name: HILT_API_KEY\n              valueFrom: { secretKeyRef: { name: hilt, key: key } }\n',
    })).toEqual([]);
  });

  it('has its routes and its validated environment in modules of their own', () => {
    expect(shared({
      'package.json': pkg('shop', { scripts: { start: 'node src/server.js' } }),
      'src/env.ts': `import { createEnv } from '@t3-oss/env-core';\nexport const env = createEnv({ server: {}, runtimeEnv: { HILT_API_KEY_SHOP: process.env.HILT_API_KEY_SHOP, HILT_API_KEY_REPORTS: process.env.HILT_API_KEY_REPORTS } });\n`,
      'src/server.js': `${client}import { env } from './env.ts';\nconst hilt = new HiltClient({ apiKey: env.HILT_API_KEY_SHOP });\n`,
      'jobs/reports.js': `${client}import { env } from '../src/env.ts';\nconst hilt = new HiltClient({ apiKey: env.HILT_API_KEY_REPORTS });\n`,
    })).toEqual([]);
  });

  it('shares its key with a job that asks the same module for it', () => {
    expect(shared({
      'package.json': pkg('shop', { scripts: { start: 'node src/server.js' } }),
      'src/env.ts': `export const env = { HILT_API_KEY_SHOP: process.env.HILT_API_KEY_SHOP, HILT_API_KEY_REPORTS: process.env.HILT_API_KEY_REPORTS };\n`,
      'src/server.js': `${client}import { env } from './env.ts';\nconst hilt = new HiltClient({ apiKey: env.HILT_API_KEY_SHOP });\n`,
      'jobs/reports.js': `${client}import { env } from '../src/env.ts';\nconst hilt = new HiltClient({ apiKey: env.HILT_API_KEY_SHOP });\n`,
    })).toEqual(['src/server.js:2 reports and shop']);
  });

  it('uses sandbox and live keys', () => {
    expect(shared({
      'package.json': pkg('shop', { scripts: { start: 'node src/server.js' } }),
      'src/server.js': `${client}const hilt = new HiltClient({ apiKey: process.env.LIVE ? process.env.HILT_LIVE_KEY : process.env.HILT_SANDBOX_KEY });\n`,
    })).toEqual([]);
  });
});

describe('scripts of one folder', () => {
  const files = (name: string): Record<string, string> => ({ 'package.json': pkg('shop'), 'scripts/refund.ts': direct(name), 'scripts/lookup.ts': direct(name) });

  it('share a key that is named for all of them', () => {
    expect(shared(files('HILT_API_KEY_SUPPORT'))).toEqual([]);
  });

  it('share a key that is named for nobody, or for one of them', () => {
    expect(shared(files('HILT_API_KEY'))).toEqual(['scripts/refund.ts:2 lookup and refund']);
    expect(shared(files('HILT_API_KEY_REFUND'))).toEqual(['scripts/refund.ts:2 lookup and refund']);
  });
});

describe('containers of Kubernetes, in a file of any name', () => {
  const container = (name: string, key: string): string[] => [`        - name: ${name}`, `          image: acme/${name}`, '          env:', `            - { name: HILT_API_KEY, valueFrom: { secretKeyRef: { name: hilt, key: ${key} } } }`];
  const deployment = (...containers: readonly string[][]): string => ['apiVersion: apps/v1', 'kind: Deployment', 'metadata: { name: shop }', 'spec:', '  template:', '    spec:', '      containers:', ...containers.flat(), ''].join('\n');
  it('are given one key', () => expect(shared({ 'shop.yaml': deployment(container('telegram', 'api-key'), container('warehouse', 'api-key')) })).toEqual(['shop.yaml:15 telegram and warehouse']));
  it('are given a key each', () => expect(shared({ 'shop.yaml': deployment(container('telegram', 'bot-key'), container('warehouse', 'sync-key')) })).toEqual([]));
  it('are none in a file of another kind', () => expect(shared({ 'shop.yaml': deployment(container('telegram', 'api-key'), container('warehouse', 'api-key')).replace('apiVersion: apps/v1\nkind: Deployment', 'kind: Example') })).toEqual([]));
});
