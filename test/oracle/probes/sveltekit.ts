import type { Probe } from '../harness/probe.ts';

type Files = Readonly<Record<string, string>>;

const ask = (expression: string): string => `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': ${expression} } })`;

/** A page with the given script, and a button that runs the given expression. */
const page = (script: string, action = '0', more: Files = {}, markup = ''): Files => ({
  'src/routes/{{id}}/+page.svelte': `<script>\n${script}</script>\n\n<button onclick={() => ${action}}>Pay</button>\n${markup}`,
  ...more,
});

const load = (body: string): string => `export async function load({ fetch }) {\n${body}}\n`;
const send = (expression: string): string => `  await ${ask(expression)}.catch(() => undefined);\n`;

/** What SvelteKit ships: components, universal loads and hooks, and what server loads return. */
export const svelteKit: readonly Probe[] = [
  { id: 'page-literal', about: 'A literal in a handler of a page.', bare: ['key'], root: page('', ask(`'{{key}}'`)) },
  { id: 'page-const', about: 'A constant of the script.', bare: ['key'], root: page(`  const key = '{{key}}';\n`, ask('key')) },
  { id: 'page-module-script', about: 'A constant of the module script.', bare: ['key'], root: { 'src/routes/{{id}}/+page.svelte': `<script module>\n  const key = '{{key}}';\n</script>\n\n<button onclick={() => ${ask('key')}}>Pay</button>\n` } },
  { id: 'page-attribute', about: 'A literal in the markup.', bare: ['key'], root: page('', '0', {}, '<div data-key="{{key}}"></div>\n') },
  { id: 'page-comment', about: 'A comment in the markup and one in the script.', root: page('  // {{key:script}}\n', '0', {}, '<!-- {{key:markup}} -->\n') },
  { id: 'page-imported', about: 'A constant of a module, and its unused sibling.', bare: ['used'], root: page(`  import { used } from '$lib/{{id}}.js';\n`, ask('used'), { 'src/lib/{{id}}.js': `export const used = '{{key:used}}';\nexport const unused = '{{key:unused}}';\n` }) },
  { id: 'page-barrel', about: 'A constant through a barrel whose other module is unused.', bare: ['used'], root: page(`  import { used } from '$lib/{{id}}/index.js';\n`, ask('used'), { 'src/lib/{{id}}/index.js': `export * from './keys.js';\nexport * from './other.js';\n`, 'src/lib/{{id}}/keys.js': `export const used = '{{key:used}}';\n`, 'src/lib/{{id}}/other.js': `export const other = '{{key:unused}}';\n` }) },
  { id: 'page-component', about: 'A prop of a component.', bare: ['key'], root: page(`  import Pay from '$lib/{{id}}.svelte';\n`, '0', { 'src/lib/{{id}}.svelte': `<script>\n  let { secret } = $props();\n</script>\n\n<button onclick={() => ${ask('secret')}}>Pay</button>\n` }, '<Pay secret="{{key}}" />\n') },
  { id: 'page-store', about: 'A store.', bare: ['key'], root: page(`  import { key } from '$lib/{{id}}.js';\n`, ask('$key'), { 'src/lib/{{id}}.js': `import { writable } from 'svelte/store';\nexport const key = writable('{{key}}');\n` }) },
  { id: 'page-dynamic', about: 'A module imported on a click.', bare: ['key'], root: page('', `import('$lib/{{id}}.js').then((keys) => ${ask('keys.key')})`, { 'src/lib/{{id}}.js': `export const key = '{{key}}';\n` }) },
  { id: 'page-without-script', about: 'A page whose scripts are off: its component is built all the same.', bare: ['key'], root: page('', ask(`'{{key}}'`), { 'src/routes/{{id}}/+page.js': `export const csr = false;\n` }) },
  { id: 'page-lib-sibling', about: 'A function of a module whose other function holds the key.', root: page(`  import { format } from '$lib/{{id}}.js';\n`, 'console.log(format(1))', { 'src/lib/{{id}}.js': `export const charge = () => ${ask(`'{{key}}'`)};\nexport function format(amount) {\n  return amount.toFixed(2);\n}\n` }) },
  { id: 'page-lib-new', about: 'The same module makes a client object when it loads.', root: page(`  import { format } from '$lib/{{id}}.js';\n`, 'console.log(format(1))', { 'src/lib/{{id}}.js': `class Client {\n  constructor(key) {\n    this.key = key;\n  }\n}\nexport const client = new Client('{{key}}');\nexport function format(amount) {\n  return amount.toFixed(2);\n}\n` }) },
  { id: 'plain-server-folder', about: 'A `server` folder outside `$lib`.', bare: ['key'], root: page(`  import { key } from '../../server/{{id}}.js';\n`, ask('key'), { 'src/server/{{id}}.js': `export const key = '{{key}}';\n` }) },
  { id: 'load-universal', about: 'A literal in a universal load.', bare: ['key'], root: page('', '0', { 'src/routes/{{id}}/+page.js': load(`${send(`'{{key}}'`)}  return { title: 'x' };\n`) }) },
  { id: 'load-layout-universal', about: 'A literal in the universal load of a layout.', bare: ['key'], root: page('', '0', { 'src/routes/{{id}}/+layout.js': load(`${send(`'{{key}}'`)}  return { title: 'x' };\n`) }) },
  { id: 'load-body', about: 'A literal in a server load.', maps: true, root: page('', '0', { 'src/routes/{{id}}/+page.server.js': load(`${send(`'{{key}}'`)}  return { title: 'x' };\n`) }) },
  { id: 'load-lib', about: 'A module of `$lib/server` that a server load uses.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': `import { charge } from '$lib/server/{{id}}.js';\n${load(`  await charge().catch(() => undefined);\n  return { title: 'x' };\n`)}`, 'src/lib/server/{{id}}.js': `export const charge = () => ${ask(`'{{key}}'`)};\n` }) },
  { id: 'load-returned', about: 'A value that a server load returns and the page shows.', root: page('  let { data } = $props();\n', '0', { 'src/routes/{{id}}/+page.server.js': load(`  return { secret: '{{key}}' };\n`) }, '<p>{data.secret}</p>\n') },
  { id: 'load-returned-unused', about: 'A value that a server load returns and nobody shows.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': load(`  return { title: 'x', secret: '{{key}}' };\n`) }) },
  { id: 'load-returned-object', about: 'An object with a key in it.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': load(`  const config = { mode: 'live', secret: '{{key}}' };\n  return { config };\n`) }) },
  { id: 'load-returned-member', about: 'One member of an object that holds a key.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': load(`  const config = { mode: 'live', secret: '{{key}}' };\n  return { title: config.mode };\n`) }) },
  { id: 'load-returned-lib', about: 'A value that a module of the server gives.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': `import { readConfig } from '$lib/server/{{id}}.js';\n${load(`  return readConfig();\n`)}`, 'src/lib/server/{{id}}.js': `export function readConfig() {\n  return { mode: 'live', secret: '{{key}}' };\n}\n` }) },
  { id: 'load-returned-private', about: 'A private variable that a server load returns.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': `import { {{var}} } from '$env/static/private';\n${load(`  return { title: 'x', secret: {{var}} };\n`)}` }) },
  { id: 'load-returned-derived', about: 'Only whether there is a key.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': `import { {{var}} } from '$env/static/private';\n${load(`  return { live: Boolean({{var}}) };\n`)}` }) },
  { id: 'load-private-body', about: 'A private variable that a server load only sends.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': `import { {{var}} } from '$env/static/private';\n${load(`${send('{{var}}')}  return { title: 'x' };\n`)}` }) },
  { id: 'layout-returned', about: 'A value that the server load of a layout returns.', root: page('', '0', { 'src/routes/{{id}}/+layout.server.js': load(`  return { secret: '{{key}}' };\n`) }) },
  { id: 'action-body', about: 'A literal in a form action.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': `export const prerender = false;\n\nexport const actions = {\n  default: async ({ fetch }) => {\n  ${send(`'{{key}}'`)}  },\n};\n` }) },
  { id: 'endpoint', about: 'An endpoint.', root: { 'src/routes/{{id}}/+server.js': `export const prerender = false;\n\nexport async function POST({ fetch }) {\n${send(`'{{key}}'`)}  return new Response('ok');\n}\n` } },
  { id: 'hooks', about: 'Hooks of the server and of the client.', bare: ['client'], root: { 'src/hooks.server.js': `globalThis.hilt = '{{key:server}}';\n\nexport const handle = ({ event, resolve }) => resolve(event);\n`, 'src/hooks.client.js': `globalThis.hilt = '{{key:client}}';\n\nexport const handleError = () => ({ message: 'x' });\n` } },
  { id: 'hooks-universal', about: 'Universal hooks.', bare: ['key'], root: { 'src/hooks.js': `globalThis.universal = '{{key}}';\n\nexport const reroute = () => undefined;\n` } },
  { id: 'service-worker', about: 'The service worker.', bare: ['key'], root: { 'src/service-worker.js': `self.addEventListener('fetch', (event) => event.waitUntil(${ask(`'{{key}}'`)}));\n` } },
  { id: 'static-file', about: 'A file of the static folder.', root: { 'static/config.js': `window.HILT = { key: '{{key}}' };\n` } },
  { id: 'guard-browser', about: '`browser` of `$app/environment`.', root: page(`  import { browser } from '$app/environment';\n  if (!browser) console.log('{{key}}');\n`) },
  { id: 'guard-ssr', about: '`import.meta.env.SSR`.', root: page(`  if (import.meta.env.SSR) console.log('{{key}}');\n`) },
  { id: 'guard-window', about: '`typeof window`.', bare: ['key'], root: page(`  if (typeof window === 'undefined') console.log('{{key}}');\n`) },
  { id: 'type-only', about: 'A type of a server module.', root: { 'src/routes/{{id}}/+page.svelte': `<script lang="ts">\n  import type { Payment } from '$lib/server/{{id}}';\n  const payment: Payment = { id: 'x' };\n</script>\n\n<p>{payment.id}</p>\n`, 'src/lib/server/{{id}}.ts': `export interface Payment { id: string }\nexport const key = '{{key}}';\n` } },
  { id: 'env-vite', about: '`import.meta.env.VITE_X`.', root: page('', ask('import.meta.env.{{var:key:VITE_}}')) },
  { id: 'env-meta-public', about: '`import.meta.env.PUBLIC_X`: not replaced.', root: page('', ask('import.meta.env.{{public}}')) },
  { id: 'env-static-public', about: 'A public variable by `$env/static/public`.', root: page(`  import { {{public}} } from '$env/static/public';\n`, ask('{{public}}')) },
  { id: 'env-static-public-lib', about: 'The same in a module, used by a component.', root: page(`  import { key } from '$lib/{{id}}.js';\n`, ask('key'), { 'src/lib/{{id}}.js': `import { {{public}} } from '$env/static/public';\nexport const key = {{public}};\n` }) },
  { id: 'env-static-public-server', about: 'A public variable that only a server load reads.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': `import { {{public}} } from '$env/static/public';\n${load(`${send('{{public}}')}  return { title: 'x' };\n`)}` }) },
  { id: 'env-process', about: '`process.env.X` in a component.', root: page('', ask('globalThis.process?.env.{{var}}')) },
];

/** `$env/dynamic/public`: every public variable goes into the page, read or not. */
export const svelteKitDynamic: readonly Probe[] = [
  { id: 'dynamic-public', about: 'A public variable by `$env/dynamic/public`.', root: page(`  import { env } from '$env/dynamic/public';\n`, ask('env.{{public}}')) },
  { id: 'dynamic-private', about: 'A private variable by `$env/dynamic/private` in a server load that returns it.', root: page('', '0', { 'src/routes/{{id}}/+page.server.js': `import { env } from '$env/dynamic/private';\nexport const prerender = false;\n${load(`${send('env.{{var}}')}  return { title: 'x' };\n`)}` }) },
];

/** Builds that fail: nothing ships. */
export const svelteKitErrors: readonly Probe[] = [
  { id: 'error-lib-server', about: 'A component imports `$lib/server`.', root: page(`  import { key } from '$lib/server/{{id}}.js';\n`, ask('key'), { 'src/lib/server/{{id}}.js': `export const key = '{{key}}';\n` }) },
  { id: 'error-barrel', about: 'A barrel re-exports `$lib/server`, unused.', root: page(`  import { used } from '$lib/{{id}}/index.js';\n`, 'console.log(used)', { 'src/lib/{{id}}/index.js': `export { key } from '$lib/server/{{id}}.js';\nexport const used = 1;\n`, 'src/lib/server/{{id}}.js': `export const key = '{{key}}';\n` }) },
  { id: 'error-private-env', about: 'A component imports `$env/static/private`.', root: page(`  import { {{var}} } from '$env/static/private';\n`, ask('{{var}}')) },
];
