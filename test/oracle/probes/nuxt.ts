import type { Probe } from '../harness/probe.ts';

type Files = Readonly<Record<string, string>>;

const ask = (expression: string): string => `$fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': ${expression} } })`;
const send = (expression: string): string => `await ${ask(expression)}.catch(() => undefined);`;

const page = (script: string, markup = '<p>shop</p>', more: Files = {}): Files => ({
  'app/pages/{{id}}.vue': `<script setup>\n${script}</script>\n\n<template>\n  <div>${markup}</div>\n</template>\n`,
  ...more,
});

const button = (expression: string, before = ''): string => `${before}const pay = () => ${ask(expression)};\n`;
const click = '<button @click="pay">Pay</button>';

/** What Nuxt ships: pages and what they import, and the payload of what the server rendered. */
export const nuxtShapes: readonly Probe[] = [
  { id: 'page-literal', about: 'A literal in a handler of a page.', bare: ['key'], root: page(button(`'{{key}}'`), click) },
  { id: 'page-attribute', about: 'A literal in the template.', bare: ['key'], root: page('', '<p data-key="{{key}}">shop</p>') },
  { id: 'page-imported', about: 'A constant of a module, and its unused sibling.', bare: ['used'], root: page(button('used', `import { used } from '~/lib/{{id}}.js';\n`), click, { 'app/lib/{{id}}.js': `export const used = '{{key:used}}';\nexport const unused = '{{key:unused}}';\n` }) },
  { id: 'page-composable', about: 'A composable without an import, and its unused neighbour.', bare: ['used'], root: page(button('useHiltKey()'), click, { 'app/composables/hilt.js': `export const useHiltKey = () => '{{key:used}}';\nexport const useSpareKey = () => '{{key:unused}}';\n` }) },
  { id: 'page-component', about: 'A component without an import.', bare: ['key'], root: page('', '<PayButton />', { 'app/components/PayButton.vue': `<script setup>\nconst pay = () => ${ask(`'{{key}}'`)};\n</script>\n\n<template>\n  <button @click="pay">Pay</button>\n</template>\n` }) },
  { id: 'page-server-utils', about: 'A component that imports `server/utils`.', bare: ['key'], root: page(button('key', `import { key } from '~~/server/utils/{{id}}.js';\n`), click, { 'server/utils/{{id}}.js': `export const key = '{{key}}';\n` }) },
  { id: 'page-shared', about: 'A function of `shared/utils`.', bare: ['key'], root: page(button('sharedHiltKey()'), click, { 'shared/utils/hilt.js': `export const sharedHiltKey = () => '{{key}}';\n` }) },
  { id: 'plugin', about: 'Plugins: of both sides, of the client, of the server.', bare: ['both', 'client'], root: { 'app/plugins/a.js': `export default defineNuxtPlugin(() => {\n  globalThis.hiltA = '{{key:both}}';\n});\n`, 'app/plugins/b.client.js': `export default defineNuxtPlugin(() => {\n  globalThis.hiltB = '{{key:client}}';\n});\n`, 'app/plugins/c.server.js': `export default defineNuxtPlugin(() => {\n  globalThis.hiltC = '{{key:server}}';\n});\n` } },
  { id: 'route-middleware', about: 'A route middleware.', bare: ['key'], root: { 'app/middleware/hilt.global.js': `export default defineNuxtRouteMiddleware(() => {\n  globalThis.hiltRoute = '{{key}}';\n});\n` } },
  { id: 'server-middleware', about: 'A middleware, a plugin and a utility of the server.', root: { 'server/middleware/hilt.js': `export default defineEventHandler(() => {\n  globalThis.hiltServer = '{{key:middleware}}';\n});\n`, 'server/plugins/hilt.js': `export default defineNitroPlugin(() => {\n  globalThis.hiltNitro = '{{key:plugin}}';\n});\n`, 'server/utils/hilt.js': `export const charge = () => ${ask(`'{{key:utility}}'`)};\n` } },
  { id: 'server-api', about: 'A handler that only sends, and a page that asks it.', root: page(`await useFetch('/api/{{id}}');\n`, '<p>shop</p>', { 'server/api/{{id}}.js': `export default defineEventHandler(async () => {\n  ${send(`'{{key}}'`)}\n  return { ok: true };\n});\n` }) },
  { id: 'server-api-returned', about: 'A handler that returns a key, and a page that asks it.', root: page(`const { data } = await useFetch('/api/{{id}}');\n`, '<p>{{ data?.title }}</p>', { 'server/api/{{id}}.js': `export default defineEventHandler(() => ({ title: 'x', secret: '{{key}}' }));\n` }) },
  { id: 'async-data', about: 'A literal in the handler of useAsyncData.', bare: ['key'], root: page(`await useAsyncData('{{id}}', async () => {\n  ${send(`'{{key}}'`)}\n  return 'x';\n});\n`) },
  { id: 'async-data-returned', about: 'A value that the handler of useAsyncData returns.', bare: ['key'], root: page(`const { data } = await useAsyncData('{{id}}', async () => ({ secret: '{{key}}' }));\n`, '<p>{{ data?.title }}</p>') },
  { id: 'state-initial', about: 'The initial value of useState.', bare: ['key'], root: page(`useState('{{id}}', () => '{{key}}');\n`) },
  { id: 'app-config', about: 'The app configuration, of which a page reads something else.', bare: ['key'], root: page('const config = useAppConfig();\n', '<p>{{ config.hilt.mode }}</p>', { 'app/app.config.js': `export default defineAppConfig({ hilt: { mode: 'live', key: '{{key}}' } });\n` }) },
  { id: 'guard-server', about: '`import.meta.server`, `import.meta.client` and `process.server`.', root: page(`if (import.meta.server) console.log('{{key:meta}}');\nif (!import.meta.client) console.log('{{key:client}}');\nif (process.server) console.log('{{key:process}}');\n`) },
  { id: 'guard-window', about: '`typeof window`.', bare: ['key'], root: page(`if (typeof window === 'undefined') console.log('{{key}}');\n`) },
  { id: 'guard-ssr', about: '`import.meta.env.SSR`.', root: page(`if (import.meta.env.SSR) console.log('{{key}}');\n`) },
  { id: 'server-prefetch', about: 'A hook that only the server runs.', root: page(`onServerPrefetch(() => console.log('{{key}}'));\n`) },
  { id: 'server-component', about: 'A component for the server.', root: page('', '<ServerCard />', { 'app/components/ServerCard.server.vue': `<script setup>\nglobalThis.hiltCard = '{{key}}';\n</script>\n\n<template>\n  <p>card</p>\n</template>\n`, 'app/components/ServerCard.client.vue': `<template>\n  <p>card</p>\n</template>\n` }) },
  { id: 'head-script', about: 'A script in the head.', bare: ['key'], root: page(`useHead({ script: [{ innerHTML: "window.hiltHead = '{{key}}'" }] });\n`) },
  { id: 'server-head', about: 'A head that only the server renders.', root: page(`if (import.meta.server) useHead({ meta: [{ name: 'hilt', content: '{{key}}' }] });\n`) },
  { id: 'env-vite', about: 'A variable with the prefix of Vite.', root: page(button('import.meta.env.{{var:key:VITE_}}'), click) },
  { id: 'env-process', about: '`process.env.X` in a page.', root: page(button('globalThis.process?.env.{{var}}'), click) },
  { id: 'public-file', about: 'A file of the public folder.', root: { 'public/config.js': `window.HILT = { key: '{{key}}' };\n` } },
];

/** Values that stand in `nuxt.config`, and variables that it reads. */
export const nuxtConfig: readonly Probe[] = [
  { id: 'runtime', about: 'Runtime values: a private literal, a public literal, a public variable.', root: { 'nuxt.config.js': `export default defineNuxtConfig({
  runtimeConfig: {
    hiltKey: '{{key:private}}',
    stateSecret: '{{key:state}}',
    shownSecret: '{{key:shown}}',
    public: {
      hiltKey: '{{key:public}}',
      hiltOther: process.env.{{var:renamed}},
    },
  },
  app: { head: { meta: [{ name: 'hilt', content: '{{key:head}}' }] } },
  vite: { define: { __HILT__: JSON.stringify('{{key:define}}'), __SPARE__: JSON.stringify('{{key:spare}}') } },
  nitro: { replace: { __NITRO__: JSON.stringify('{{key:nitro}}') }, prerender: { routes: ['/runtime', '/runtime-state'] } },
});
`, 'app/pages/{{id}}.vue': `<script setup>\nconst pay = () => ${ask('__HILT__')};\n</script>\n\n<template>\n  <button @click="pay">Pay</button>\n</template>\n`, 'app/pages/runtime-state.vue': `<script setup>\nconst config = useRuntimeConfig();\nuseState('hilt', () => config.stateSecret ?? '');\n</script>\n\n<template>\n  <p>{{ config.shownSecret }}</p>\n</template>\n` } },
];
