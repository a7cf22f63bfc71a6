import { ESLint } from 'eslint';
import tsParser from '@typescript-eslint/parser';
import vueParser from 'vue-eslint-parser';
import * as svelteParser from 'svelte-eslint-parser';
import * as astroParser from 'astro-eslint-parser';
import plugin from './dist/src/eslint/index.js';
import { K, rnd } from '/tmp/house-atk/h.mjs';
const mkl = (rules) => new ESLint({ cwd: '/tmp/house-atk', overrideConfigFile: true, overrideConfig: [
  { files: ['**/*.{ts,tsx,js,jsx,mjs}'], languageOptions: { parser: tsParser, parserOptions: { ecmaFeatures: { jsx: true } } } },
  { files: ['**/*.vue'], languageOptions: { parser: vueParser, parserOptions: { parser: tsParser } } },
  { files: ['**/*.svelte'], languageOptions: { parser: svelteParser, parserOptions: { parser: tsParser } } },
  { files: ['**/*.astro'], languageOptions: { parser: astroParser, parserOptions: { parser: tsParser } } },
  { files: ['**/*'], plugins: { hilt: plugin }, rules, settings: { hilt: { project: false } } }] });
const l = mkl({ 'hilt/no-hardcoded-key': 'error' });
let bad = 0, n = 0;
async function t(name, code, want, file = 'a.ts', count = 1) {
  n++;
  const [r] = await l.lintText(code, { filePath: '/tmp/house-atk/' + file });
  const fatal = r.messages.filter((m) => m.fatal);
  const ms = r.messages.filter((m) => m.ruleId === 'hilt/no-hardcoded-key');
  let out = [];
  if (fatal.length) out.push('FATAL ' + fatal[0].message);
  if (ms.length !== count) out.push(`findings ${ms.length} wanted ${count}`);
  for (const m of ms) {
    if (want === null) { if (m.suggestions?.length) out.push('suggestion not wanted: ' + m.suggestions[0].desc); continue; }
    if (!m.suggestions?.length) { out.push(`no suggestion (${m.line}:${m.column})`); continue; }
    for (const s of m.suggestions) {
      const fixed = code.slice(0, s.fix.range[0]) + s.fix.text + code.slice(s.fix.range[1]);
      const [r2] = await l.lintText(fixed, { filePath: '/tmp/house-atk/' + file });
      const f2 = r2.messages.filter((x) => x.fatal), left = r2.messages.filter((x) => x.ruleId === 'hilt/no-hardcoded-key').length;
      if (f2.length) out.push('does not parse: ' + f2[0].message + '\n' + fixed);
      if (left !== ms.length - 1) out.push(`left ${left}: ${fixed}`);
      if (want && !fixed.includes(want)) out.push(`wanted ${want}, got: ${fixed.replace(/\n/g, '⏎')}`);
    }
  }
  if (out.length) { bad++; console.log('✗ ' + name + ': ' + out.join(' ; ')); }
}
const k = () => K();
await t('plain', `export const k = '${k()}';\n`, "const k = process.env.HILT_API_KEY;");
await t('plain js', `export const k = "${k()}";\n`, 'const k = process.env.HILT_API_KEY;', 'a.js');
await t('process', `const a = process.env.A;\nexport const k = '${k()}';\n`, 'k = process.env.HILT_API_KEY');
await t('import.meta', `const a = import.meta.env.A;\nexport const k = '${k()}';\n`, 'k = import.meta.env.HILT_API_KEY');
await t('deno', `const a = Deno.env.get('A');\nexport const k = '${k()}';\n`, 'k = Deno.env.get("HILT_API_KEY")');
await t('deno jsr', `import { HiltClient } from 'npm:@hiltpay/sdk';\nDeno.serve(() => new Response('x'));\nexport const k = '${k()}';\n`, 'k = Deno.env.get("HILT_API_KEY")');
await t('bun', `const a = Bun.env.A;\nexport const k = '${k()}';\n`, 'k = Bun.env.HILT_API_KEY');
await t('bun serve', `Bun.serve({ fetch() { return new Response('${k()}'); } });\n`, 'Bun.env.HILT_API_KEY');
await t('worker env param', `export default { async fetch(request: Request, env: Env) { const db = env.DB; return fetch('https://api.hilt.so/v1/me', { headers: { 'X-Hilt-Key': '${k()}' } }); } };\n`, "'X-Hilt-Key': env.HILT_API_KEY");
await t('worker env unread', `export default { async fetch(request: Request, env: Env) { return fetch('https://api.hilt.so/v1/me', { headers: { 'X-Hilt-Key': '${k()}' } }); } };\n`, "'X-Hilt-Key': env.HILT_API_KEY");
await t('worker toplevel const', `const KEY = '${k()}';\nexport default { async fetch(request: Request, env: Env) { return fetch('https://api.hilt.so/v1/me', { headers: { 'X-Hilt-Key': KEY, b: env.B } }); } };\n`, undefined);
await t('hono', `import { Hono } from 'hono';\nconst app = new Hono<{ Bindings: { DB: string } }>();\napp.get('/', (c) => fetch('https://api.hilt.so/v1/me', { headers: { 'X-Hilt-Key': '${k()}', d: c.env.DB } }));\n`, "'X-Hilt-Key': c.env.HILT_API_KEY");
await t('cf import', `import { env } from 'cloudflare:workers';\nexport const k = '${k()}';\n`, 'k = env.HILT_API_KEY');
await t('node process import', `import { env } from 'node:process';\nexport const k = '${k()}';\n`, 'k = env.HILT_API_KEY');
await t('node process default', `import process from 'node:process';\nexport const k = '${k()}';\n`, 'k = process.env.HILT_API_KEY');
await t('svelte private', `import { OTHER } from '$env/static/private';\nexport const k = '${k()}';\n`, 'HILT_API_KEY');
await t('svelte dynamic', `import { env } from '$env/dynamic/private';\nexport const k = '${k()}';\n`, 'k = env.HILT_API_KEY');
await t('svelte dynamic alias', `import { env as e } from '$env/dynamic/private';\nexport const k = '${k()}';\n`, 'k = e.HILT_API_KEY');
await t('t3 env', `import { env } from '~/env';\nexport const k = '${k()}';\n`, 'k = env.HILT_API_KEY');
await t('t3 env @', `import { env } from '@/env.mjs';\nexport const k = '${k()}';\n`, 'k = env.HILT_API_KEY');
await t('astro env', `import { X } from 'astro:env/server';\nexport const k = '${k()}';\n`, 'HILT_API_KEY');
await t('nuxt', `export default defineEventHandler(() => { const c = useRuntimeConfig(); return fetch(c.base, { headers: { 'X-Hilt-Key': '${k()}' } }); });\n`, undefined);
await t('destructured env', `const { A } = process.env;\nexport const k = '${k()}';\n`, 'k = process.env.HILT_API_KEY');
await t('alias env', `const env = process.env;\nconst a = env.A;\nexport const k = '${k()}';\n`, 'HILT_API_KEY');
await t('template whole', 'export const k = `' + k() + '`;\n', 'k = process.env.HILT_API_KEY;');
await t('template with text', 'export const k = `Bearer ' + k() + '`;\n', '`Bearer ${process.env.HILT_API_KEY}`');
await t('template with expr', 'export const k = `${a} ' + k() + ' ${b}`;\n', '`${a} ${process.env.HILT_API_KEY} ${b}`');
await t('string with text', `export const k = 'Bearer ${k()}';\n`, undefined);
await t('url', `export const k = 'https://x.test/?key=${k()}&b=1';\n`, undefined);
await t('jsx attr', `export const A = () => <Hilt apiKey="${k()}" />;\n`, 'apiKey={process.env.HILT_API_KEY}', 'a.tsx');
await t('jsx attr expr', `export const A = () => <Hilt apiKey={'${k()}'} />;\n`, 'apiKey={process.env.HILT_API_KEY}', 'a.tsx');
await t('jsx text', `export const A = () => <p>${k()}</p>;\n`, undefined, 'a.tsx');
await t('jsx text with', `export const A = () => <p>Key: ${k()} ok</p>;\n`, undefined, 'a.tsx');
await t('object value', `export const o = { apiKey: '${k()}' };\n`, 'apiKey: process.env.HILT_API_KEY');
await t('object key', `export const o = { '${k()}': 1 };\n`, undefined);
await t('computed key', `export const o = { ['${k()}']: 1 };\n`, undefined);
await t('import spec', `import x from '${k()}';\n`, null);
await t('directive', `'${k()}';\n`, undefined);
await t('type', `type A = '${k()}';\n`, null);
await t('enum', `export enum E { A = '${k()}' }\n`, undefined);
await t('enum const', `export const enum E { A = '${k()}' }\n`, undefined);
await t('class method key', `class A { '${k()}'() {} }\n`, undefined);
await t('case', `switch (x) { case '${k()}': break; }\n`, 'case process.env.HILT_API_KEY:');
await t('concat', `const b = '${rnd(32)}';\nexport const k = 'hk_live_' + b;\n`, 'k = process.env.HILT_API_KEY');
await t('concat tail', `export const k = 'Bearer ' + 'hk_live_' + '${rnd(32)}';\n`, undefined);
await t('join', `export const k = ['hk', 'live', '${rnd(32)}'].join('_');\n`, 'k = process.env.HILT_API_KEY');
await t('as const', `export const k = '${k()}' as const;\n`, undefined);
await t('as const obj', `export const o = { k: '${k()}' } as const;\n`, 'k: process.env.HILT_API_KEY');
await t('satisfies', `export const k = '${k()}' satisfies string;\n`, undefined);
await t('typed let', `export const k: string = '${k()}';\n`, undefined);
await t('comment', `// ${k()}\nexport {};\n`, null);
await t('b64', `export const k = '${Buffer.from(k()).toString('base64')}';\n`, undefined);
await t('atob', `export const k = atob('${Buffer.from(k()).toString('base64')}');\n`, undefined);
await t('random slot', `import { HiltClient } from '@hiltpay/sdk';\nnew HiltClient({ apiKey: '${rnd(32)}' });\n`, 'apiKey: process.env.HILT_API_KEY');
await t('random slot const', `import { HiltClient } from '@hiltpay/sdk';\nconst apiKey = '${rnd(32)}';\nnew HiltClient({ apiKey });\n`, 'const apiKey = process.env.HILT_API_KEY');
await t('random slot fallback', `import { HiltClient } from '@hiltpay/sdk';\nnew HiltClient({ apiKey: process.env.HILT_API_KEY ?? '${rnd(32)}' });\n`, undefined);
await t('random slot jsx', `import { HiltClient } from '@hiltpay/sdk';\nfunction P({ apiKey }) { new HiltClient({ apiKey }); return null; }\nexport const A = () => <P apiKey="${rnd(32)}" />;\n`, 'apiKey={process.env.HILT_API_KEY}', 'a.tsx');
await t('random template slot', 'import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: `' + rnd(32) + '` });\n', 'apiKey: process.env.HILT_API_KEY');
await t('webhook', `import { verifyWebhookSignature } from '@hiltpay/sdk';\nverifyWebhookSignature(b, s, 'whsec_${rnd(30)}');\n`, 's, process.env.HILT_WEBHOOK_SECRET)');
await t('webhook const', `export const HILT_WEBHOOK_SECRET = 'whsec_${rnd(30)}';\n`, '= process.env.HILT_WEBHOOK_SECRET');
await t('default param', `export function f(k = '${k()}') { return k; }\n`, 'k = process.env.HILT_API_KEY');
await t('two', `export const a = '${k()}', b = '${k()}';\n`, undefined, 'a.ts', 2);
await t('arrow', `export const f = () => '${k()}';\n`, '=> process.env.HILT_API_KEY');
await t('return', `function f() { return'${k()}' }\nf();\n`, undefined);
await t('typeof glued', `export const f = typeof'${k()}';\n`, undefined);
await t('in glued', `export const f = 'a'in'${k()}';\n`, undefined);
await t('export default', `export default'${k()}';\n`, undefined);
await t('vue script', `<script setup lang="ts">\nconst k = '${k()}';\n</script>\n<template><p>{{ k }}</p></template>\n`, 'const k = ', 'a.vue');
await t('vue script vite', `<script setup lang="ts">\nconst a = import.meta.env.VITE_A;\nconst k = '${k()}';\n</script>\n<template><p>{{ k }}</p></template>\n`, 'const k = import.meta.env.HILT_API_KEY', 'a.vue');
await t('vue attr', `<template><p :title="'${k()}'">x</p></template>\n<script setup>\nconst a = 1;\n</script>\n`, undefined, 'a.vue');
await t('vue static attr', `<template><p title="${k()}">x</p></template>\n`, undefined, 'a.vue');
await t('vue text', `<template><p>${k()}</p></template>\n`, undefined, 'a.vue');
await t('vue mustache', `<template><p>{{ '${k()}' }}</p></template>\n`, undefined, 'a.vue');
await t('svelte', `<script lang="ts">\n  const k = '${k()}';\n</script>\n<p>{k}</p>\n`, 'const k = ', 'a.svelte');
await t('svelte attr', `<Hilt apiKey="${k()}" />\n`, undefined, 'a.svelte');
await t('svelte mustache', `<p>{'${k()}'}</p>\n`, undefined, 'a.svelte');
await t('astro', `---\nconst k = '${k()}';\n---\n<p>{k}</p>\n`, 'const k = ', 'a.astro');
await t('astro attr', `---\n---\n<Hilt apiKey="${k()}" />\n`, undefined, 'a.astro');
console.log(n, 'cases', bad, 'bad');
