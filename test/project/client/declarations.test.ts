import { describe, expect, it } from 'vitest';
import { exposuresOf } from '../../../src/project/client/exposures.ts';
import { wholeUsesIn } from '../../../src/project/client/whole-reads.ts';
import { makeKey } from '../../support/keys.ts';
import { linkedProject } from '../../support/linked-project.ts';

const dependencies = (all: Record<string, string>): string => JSON.stringify({ dependencies: all });
const key = makeKey('live', 'declarations');

/** What is declared, injected or written into pages, as `file: text of the place: exposure`, uncertain ones with a question mark. */
function declaredIn(files: Readonly<Record<string, string>>): string[] {
  const found = [...exposuresOf(linkedProject(files))].flatMap(([file, exposures]) => exposures.map((exposure) => ({ ...exposure, file })));
  return found.filter(({ reason, file }) => reason !== 'slot' && (reason !== 'bundle' || file.endsWith('.html'))).map(({ file, at, exposure, confidence }) => `${file}: ${(files[file] ?? '').slice(...at).replaceAll(key, 'KEY')}: ${exposure}${confidence === 'possible' ? '?' : ''}`).sort();
}

const vite = { 'package.json': dependencies({ vite: '^8.0.0' }), 'index.html': '<script type="module" src="/src/main.js"></script>' };

describe('names with a public prefix', () => {
  it('are public in manifests of platforms', () => expect(declaredIn({
    ...vite,
    'app.json': '{ "env": { "VITE_HILT_API_KEY": { "description": "the key" }, "HILT_API_KEY": { "required": true } } }',
    'railway.json': '{ "deploy": { "startCommand": "VITE_HILT_API_KEY=x npm start" } }',
    'wrangler.jsonc': '{ "vars": { "VITE_HILT_API_KEY": "x", "NEXT_PUBLIC_HILT_API_KEY": "x" } }',
  })).toEqual(['app.json: VITE_HILT_API_KEY: code', 'railway.json: VITE_HILT_API_KEY: code', 'wrangler.jsonc: VITE_HILT_API_KEY: code']));
  it('are public in every file of settings', () => expect(declaredIn({
    'package.json': dependencies({ next: '16' }),
    '.env.production': `NEXT_PUBLIC_HILT_API_KEY=${key}\nHILT_API_KEY=x`,
    '.env.example': 'NEXT_PUBLIC_HILT_API_KEY=',
    '.github/workflows/deploy.yml': 'on: push\njobs:\n  build:\n    env:\n      NEXT_PUBLIC_HILT_API_KEY: ${{ secrets.HILT }}\n    steps:\n      - run: NEXT_PUBLIC_HILT_WEBHOOK_SECRET=x next build\n',
    'compose.yaml': 'services:\n  web:\n    environment:\n      - NEXT_PUBLIC_HILT_API_KEY=${KEY}\n',
    'vercel.json': '{ "env": { "NEXT_PUBLIC_HILT_API_KEY": "@hilt" } }',
    'netlify.toml': '[build.environment]\nNEXT_PUBLIC_HILT_API_KEY = "x"\n',
    'Dockerfile': 'FROM node\nARG NEXT_PUBLIC_HILT_API_KEY\nENV NEXT_PUBLIC_HILT_API_KEY=$NEXT_PUBLIC_HILT_API_KEY\n',
    'turbo.json': '{ "globalEnv": ["NEXT_PUBLIC_HILT_API_KEY"] }',
  })).toEqual([
    '.env.example: NEXT_PUBLIC_HILT_API_KEY: code', '.env.production: NEXT_PUBLIC_HILT_API_KEY: code',
    '.github/workflows/deploy.yml: NEXT_PUBLIC_HILT_API_KEY: code', '.github/workflows/deploy.yml: NEXT_PUBLIC_HILT_WEBHOOK_SECRET: code',
    'Dockerfile: NEXT_PUBLIC_HILT_API_KEY: code', 'Dockerfile: NEXT_PUBLIC_HILT_API_KEY: code', 'compose.yaml: NEXT_PUBLIC_HILT_API_KEY: code', 'netlify.toml: NEXT_PUBLIC_HILT_API_KEY: code',
    'turbo.json: "NEXT_PUBLIC_HILT_API_KEY": code', 'vercel.json: NEXT_PUBLIC_HILT_API_KEY: code',
  ]));
  it('are public where a platform lists them', () => expect(declaredIn({
    'package.json': dependencies({ next: '16' }),
    'render.yaml': 'services:\n  - type: web\n    envVars:\n      - key: NEXT_PUBLIC_HILT_API_KEY\n        sync: false\n      - key: HILT_API_KEY\n        sync: false\n',
    '.do/app.yaml': 'services:\n  - name: web\n    envs:\n      - key: NEXT_PUBLIC_HILT_API_KEY\n        scope: BUILD_TIME\n',
    'sst.config.ts': 'new sst.aws.Nextjs("Web", { environment: { NEXT_PUBLIC_HILT_API_KEY: secret.value, HILT_API_KEY: secret.value } })',
    'ecosystem.config.js': 'module.exports = { apps: [{ name: "web", env: { NEXT_PUBLIC_HILT_API_KEY: "x" } }] }',
    'docs/list.yaml': 'names:\n  - key: NEXT_PUBLIC_HILT_API_KEY\n',
    'src/names.ts': 'export const names = { NEXT_PUBLIC_HILT_API_KEY: "the public one" }',
  })).toEqual([
    '.do/app.yaml: NEXT_PUBLIC_HILT_API_KEY: code', 'ecosystem.config.js: NEXT_PUBLIC_HILT_API_KEY: code',
    'render.yaml: NEXT_PUBLIC_HILT_API_KEY: code', 'sst.config.ts: NEXT_PUBLIC_HILT_API_KEY: code',
  ]));
  it('of Vite stay those of an application of Tauri', () => expect(declaredIn({
    ...vite, 'package.json': dependencies({ vite: '^8.0.0', '@tauri-apps/api': '2' }), 'src-tauri/tauri.conf.json': '{}', 'src/main.js': 'fetch("https://api.hilt.so", { headers: { "X-Hilt-Key": import.meta.env.VITE_HILT_API_KEY } })',
    '.env.production': 'VITE_HILT_API_KEY=x\nHILT_API_KEY=y',
  })).toEqual(['.env.production: VITE_HILT_API_KEY: value']));
  it('ship where client code reads them through a schema', () => {
    const through = (env: string): Record<string, string> => ({ ...vite, 'src/main.js': `import { z } from "zod"\nconst env = z.object({}).parse(${env})\nfetch("https://api.hilt.so", { headers: { "X-Hilt-Key": env.VITE_HILT_API_KEY } })`, '.env.production': 'VITE_HILT_API_KEY=x' });
    expect(declaredIn(through('import.meta.env'))).toEqual(['.env.production: VITE_HILT_API_KEY: value']);
    expect(declaredIn(through('{ ...settings }'))).toEqual(['.env.production: VITE_HILT_API_KEY: code']);
  });
  it('ship where client code reads them', () => expect(declaredIn({ ...vite, 'src/main.js': 'fetch("https://api.hilt.so", { headers: { "X-Hilt-Key": import.meta.env.VITE_HILT_API_KEY } })', '.env.production': 'VITE_HILT_API_KEY=x' })).toEqual(['.env.production: VITE_HILT_API_KEY: value']));
  it('ship where client code takes the whole object', () => expect(declaredIn({ ...vite, 'src/main.js': 'console.log(JSON.stringify(import.meta.env))', '.env.production': 'VITE_HILT_API_KEY=x\nHILT_API_KEY=y' })).toEqual(['.env.production: VITE_HILT_API_KEY: value']));
  it('ship by a name for the object with Vite 8, not with Vite 7, and possibly with an unknown one', () => {
    const files = { ...vite, 'src/main.js': 'const env = import.meta.env\nconsole.log(env.VITE_URL)', '.env.production': 'VITE_HILT_API_KEY=x' };
    expect([files, { ...files, 'package.json': dependencies({ vite: '7' }) }, { ...files, 'package.json': dependencies({ vite: '*' }) }].flatMap(declaredIn)).toEqual(['.env.production: VITE_HILT_API_KEY: value', '.env.production: VITE_HILT_API_KEY: code', '.env.production: VITE_HILT_API_KEY: value?']);
  });
  it('ship with every page where SvelteKit gives them out', () => expect(declaredIn({ 'package.json': dependencies({ '@sveltejs/kit': '2' }), 'src/routes/+page.svelte': '<script>import { env } from "$env/dynamic/public"</script>', '.env.production': 'PUBLIC_HILT_API_KEY=x' })).toEqual(['.env.production: PUBLIC_HILT_API_KEY: value']));
  it('count by a prefix of the project', () => expect(declaredIn({ ...vite, 'vite.config.js': 'export default { envPrefix: "SHOP_" }', '.env.production': 'SHOP_HILT_KEY=x\nVITE_HILT_KEY=y' })).toEqual(['.env.production: SHOP_HILT_KEY: code']));
  it('are written into pages', () => expect(declaredIn({ ...vite, 'index.html': '<meta content="%VITE_HILT_API_KEY%"><p>%HILT_API_KEY%</p>' })).toEqual(['index.html: %VITE_HILT_API_KEY%: value']));
  it('are possible where no framework is recognised', () => expect(declaredIn({ '.env.production': 'VITE_HILT_API_KEY=x' })).toEqual(['.env.production: VITE_HILT_API_KEY: value?']));
  it('count for the application of a monorepo', () => expect(declaredIn({ 'package.json': JSON.stringify({ workspaces: ['apps/*'] }), 'apps/web/package.json': dependencies({ next: '16' }), 'apps/api/package.json': dependencies({ express: '5' }), '.env.production': 'NEXT_PUBLIC_HILT_API_KEY=x\nVITE_HILT_API_KEY=y' })).toEqual(['.env.production: NEXT_PUBLIC_HILT_API_KEY: code']));

  it('of another framework say nothing', () => expect(declaredIn({ 'package.json': dependencies({ next: '16' }), '.env.production': 'VITE_HILT_API_KEY=x\nPUBLIC_HILT_API_KEY=y' })).toEqual([]));
  it('that hold no key say nothing', () => expect(declaredIn({ ...vite, '.env.production': 'VITE_HILT_API_URL=x\nVITE_HILT_KEY_ID=y' })).toEqual([]));
  it('in prose, types, comments and texts say nothing', () => expect(declaredIn({
    ...vite,
    'README.md': 'Set VITE_HILT_API_KEY=x in CI.',
    'src/env.d.ts': 'interface ImportMetaEnv { readonly VITE_HILT_API_KEY: string }',
    '.env.production': '# VITE_HILT_API_KEY=x',
    'scripts/check.sh': '# VITE_HILT_API_KEY=x\necho "VITE_HILT_API_KEY is gone"',
    'env.schema.json': '{ "properties": { "VITE_HILT_API_KEY": { "type": "string" } } }',
  })).toEqual([]));
});

describe('configuration that injects', () => {
  it('offers a variable, and ships it once it is read', () => {
    const config = { 'package.json': dependencies({ next: '16' }), 'next.config.mjs': 'export default { env: { HILT_API_KEY: process.env.HILT_API_KEY, RENAMED: process.env.HILT_KEY } }' };
    expect(declaredIn(config)).toEqual(['next.config.mjs: process.env.HILT_API_KEY: code', 'next.config.mjs: process.env.HILT_KEY: code']);
    expect(declaredIn({ ...config, 'pages/index.js': 'export default () => process.env.RENAMED' })).toEqual(['next.config.mjs: process.env.HILT_API_KEY: code', 'next.config.mjs: process.env.HILT_KEY: value']);
  });
  it('embeds what frameworks send unread', () => expect(declaredIn({ 'package.json': dependencies({ nuxt: '4' }), 'nuxt.config.ts': `export default { runtimeConfig: { hiltKey: "${key}", public: { hiltKey: "${key}", url: "x" } } }` })).toEqual(['nuxt.config.ts: "KEY": value']));
  it('embeds `extra` of Expo', () => expect(declaredIn({ 'package.json': dependencies({ expo: '54' }), 'app.config.js': 'export default { extra: { hiltApiKey: process.env.HILT_API_KEY, url: process.env.HILT_API_URL } }' })).toEqual(['app.config.js: process.env.HILT_API_KEY: value']));
  it('leaves other values, and placeholders', () => expect(declaredIn({ 'package.json': dependencies({ next: '16' }), 'next.config.mjs': 'export default { env: { HILT_API_URL: process.env.HILT_API_URL, HILT_API_KEY: "your-key-here" } }' })).toEqual([]));
});

describe('uses of the whole object', () => {
  const uses = (text: string): string[] => [...wholeUsesIn(text, 'import.meta.env')];
  it('are opaque where it is passed on, spread, indexed or gathered', () => expect(['show(import.meta.env)', '({ ...import.meta.env })', 'import.meta.env[name]', 'const { MODE, ...rest } = import.meta.env', 'const env = import.meta.env\nshow(env)'].map(uses)).toEqual([['opaque'], ['opaque'], ['opaque'], ['opaque'], ['opaque']]));
  it('are members by a constant index and by a name', () => expect(['import.meta.env["VITE_A"]', 'const env = import.meta.env;\nuse(env.VITE_A, env?.VITE_B)', 'export const env = import.meta.env'].map(uses)).toEqual([['members'], ['members'], ['members']]));
  it('are none where members are named', () => expect(['import.meta.env.VITE_A', 'import.meta.env?.VITE_A', '(import.meta.env as Env).VITE_A', 'const { VITE_A } = import.meta.env', '// show(import.meta.env)', 'import.meta.environment'].map(uses)).toEqual([[], [], [], [], [], []]));
});
