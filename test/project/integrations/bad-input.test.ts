import { describe, expect, it } from 'vitest';
import { linkProject } from '../../../src/project/link.ts';
import { integrationNotices } from '../../../src/project/integrations/key-uses.ts';
import { sharedKeysOf } from '../../../src/project/integrations/shared-keys.ts';
import { defaultKeyOptions } from '../../../src/hilt/key-options.ts';
import { mentionsOf } from '../../../src/hilt/context.ts';
import { summarise } from '../../../src/syntax/summarise.ts';
import { memorySource } from '../../support/memory-source.ts';
import { makeKey } from '../../support/keys.ts';

function look(files: Readonly<Record<string, string>>): { shared: string[]; notices: string[] } {
  const modules = Object.keys(files).filter((file) => mentionsOf(files[file] ?? '').hilt).map((file) => summarise(file, files[file] ?? '', defaultKeyOptions).summary);
  const project = linkProject(modules, defaultKeyOptions, memorySource(files));
  const shared = sharedKeysOf(project).map(({ uses }) => uses.map(({ integration }) => integration.name).join(' '));
  return { shared, notices: [...new Set(integrationNotices(project).map(({ file, level }) => `${level} ${file}`))] };
}

const read = (name: string): string => `import { HiltClient } from '@hiltpay/sdk';\nexport const hilt = new HiltClient({ apiKey: process.env.${name} });\n`;
const compose = 'services:\n  bot:\n    image: acme/bot\n    environment: { HILT_API_KEY: "${HILT_API_KEY}" }\n  shop:\n    image: acme/shop\n    environment: { HILT_API_KEY: "${HILT_API_KEY}" }\n';

describe('manifests that are hard to read', () => {
  it('use anchors, merges and several documents', () => {
    const yaml = 'x-hilt: &hilt\n  HILT_API_KEY: ${HILT_API_KEY}\nservices:\n  bot:\n    image: acme/bot\n    environment: { <<: *hilt, A: b }\n  shop:\n    image: acme/shop\n    environment: *hilt\n---\nother: document\n';
    expect(look({ 'compose.yaml': yaml })).toEqual({ shared: ['bot shop'], notices: [] });
  });

  it('are broken: the rest goes on, with a notice', () => {
    const { shared, notices } = look({ 'compose.yaml': compose, 'k8s/broken.yaml': 'kind: Deployment\n  - nope: [\n hilt: }\n', 'ops/crontab': 'not a crontab entry\n' });
    expect(shared).toEqual(['bot shop']);
    expect(notices).toContain('info k8s/broken.yaml');
    expect(notices).toContain('info ops/crontab');
  });

  it('are package.json files of the wrong shape', () => {
    const files = { 'compose.yaml': compose, 'package.json': '[]', 'apps/a/package.json': '{"name": 3, "scripts": "no", "bin": [1], "workspaces": {"packages": 4}}', 'apps/b/package.json': '{ broken', 'apps/a/index.js': read('HILT_API_KEY_A') };
    expect(look(files).shared).toEqual(['bot shop']);
  });

  it('start each other in circles', () => {
    expect(look({ 'package.json': '{"name":"shop","scripts":{"a":"npm run b","b":"npm run a","start":"npm start"}}', 'src/hilt.js': read('HILT_API_KEY') }).shared).toEqual([]);
  });

  it('are empty', () => {
    expect(look({ 'compose.yaml': '', 'Procfile': '', '.env': '', 'fly.toml': '', 'bots/a.js': read('HILT_API_KEY'), 'bots/b.js': read('HILT_API_KEY') }).shared).toEqual(['a b']);
  });
});

describe('env files that are hard to read', () => {
  const services = (first: string, second: string): string => `services:\n  bot:\n    image: acme/bot\n    env_file: ${first}\n  shop:\n    image: acme/shop\n    env_file: ${second}\n`;

  it('export, quote, expand and span lines', () => {
    const key = makeKey('live', 'env-files');
    const files = {
      'compose.yaml': services('bot.env', 'shop.env'),
      'bot.env': `export BASE="${key}"\nNOTE="two\nlines"\nexport HILT_API_KEY='${key}' # the bot's\n`,
      'shop.env': `KEY_OF_HILT=${key}\nHILT_KEY="\${KEY_OF_HILT}"\n`,
    };
    expect(look(files).shared).toEqual(['bot shop']);
  });

  it('hold a key each', () => {
    const files = { 'compose.yaml': services('bot.env', 'shop.env'), 'bot.env': `HILT_API_KEY=${makeKey('live', 'a')}\n`, 'shop.env': `HILT_API_KEY=${makeKey('sandbox', 'b')}\n` };
    expect(look(files).shared).toEqual([]);
  });

  it('expand themselves in circles', () => {
    expect(look({ 'compose.yaml': services('.env', '.env'), '.env': 'HILT_API_KEY=${HILT_KEY}\nHILT_KEY=$HILT_API_KEY\n' }).shared).toEqual(['bot shop']);
  });
});
