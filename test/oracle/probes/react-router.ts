import type { Probe } from '../harness/probe.ts';

type Files = Readonly<Record<string, string>>;

const ask = (expression: string): string => `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': ${expression} } })`;

/** A route with the given code above its component. */
const route = (before: string, body = '  return <p>shop</p>;\n', more: Files = {}): Files => ({
  'app/routes/{{id}}.jsx': `${before}\nexport default function Page() {\n${body}}\n`,
  ...more,
});

const loader = (body: string): string => `export async function loader() {\n${body}}\n`;
const send = (expression: string): string => `  await ${ask(expression)}.catch(() => undefined);\n`;
const button = (expression: string): string => `  return <button onClick={() => ${ask(expression)}}>Pay</button>;\n`;

/** What React Router's framework mode ships: routes without their server exports, and what loaders return. */
export const reactRouter: readonly Probe[] = [
  { id: 'route-literal', about: 'A literal in a route.', bare: ['key'], root: route('', button(`'{{key}}'`)) },
  { id: 'route-const', about: 'A constant of the route.', bare: ['key'], root: route(`const key = '{{key}}';\n`, button('key')) },
  { id: 'route-imported', about: 'A constant of a module, and its unused sibling.', bare: ['used'], root: route(`import { used } from '../lib/{{id}}.js';\n`, button('used'), { 'app/lib/{{id}}.js': `export const used = '{{key:used}}';\nexport const unused = '{{key:unused}}';\n` }) },
  { id: 'route-barrel', about: 'A barrel whose other module holds a key.', root: route(`import { used } from '../lib/{{id}}/index.js';\n`, '  return <p>{used}</p>;\n', { 'app/lib/{{id}}/index.js': `export * from './shown.js';\nexport * from './keys.js';\n`, 'app/lib/{{id}}/shown.js': `export const used = 1;\n`, 'app/lib/{{id}}/keys.js': `export const key = '{{key}}';\n` }) },
  { id: 'route-new', about: 'A module that makes a client object when it loads.', root: route(`import { format } from '../lib/{{id}}.js';\n`, '  return <p>{format(1)}</p>;\n', { 'app/lib/{{id}}.js': `class Client {\n  constructor(key) {\n    this.key = key;\n  }\n}\nexport const client = new Client('{{key}}');\nexport function format(amount) {\n  return amount.toFixed(2);\n}\n` }) },
  { id: 'route-effect', about: 'A statement at the top of a route with a loader.', bare: ['key'], root: route(`globalThis.hilt = '{{key}}';\n${loader(`  return { title: 'x' };\n`)}`) },
  { id: 'plain-server-folder', about: 'A `server` folder.', bare: ['key'], root: route(`import { key } from '../server/{{id}}.js';\n`, button('key'), { 'app/server/{{id}}.js': `export const key = '{{key}}';\n` }) },
  { id: 'loader-body', about: 'A literal in a loader.', maps: true, root: route(loader(`${send(`'{{key}}'`)}  return { title: 'x' };\n`)) },
  { id: 'loader-const', about: 'A constant that only the loader reads.', maps: true, root: route(`const key = '{{key}}';\n${loader(`${send('key')}  return { title: 'x' };\n`)}`) },
  { id: 'loader-import', about: 'A module that only the loader uses, with an effect of its own.', root: route(`import { charge } from '../lib/{{id}}.js';\n${loader(`  await charge().catch(() => undefined);\n  return { title: 'x' };\n`)}`, undefined, { 'app/lib/{{id}}.js': `globalThis.hilt = '{{key:effect}}';\nexport const charge = () => ${ask(`'{{key:body}}'`)};\n` }) },
  { id: 'loader-new', about: 'A client object that only the loader uses.', root: route(`class Client {\n  constructor(key) {\n    this.key = key;\n  }\n}\nconst client = new Client('{{key}}');\n${loader(`  return { title: client.key.slice(0, 2) };\n`)}`) },
  { id: 'loader-helper', about: 'A function that only the loader calls.', root: route(`async function charge() {\n  return ${ask(`'{{key}}'`)};\n}\n${loader(`  await charge().catch(() => undefined);\n  return { title: 'x' };\n`)}`) },
  { id: 'loader-arrow', about: 'A loader that is a constant.', root: route(`export const loader = async () => {\n${send(`'{{key}}'`)}  return { title: 'x' };\n};\n`) },
  { id: 'loader-reexport', about: 'A loader of another module.', root: route(`export { loader } from '../lib/{{id}}.js';\n`, undefined, { 'app/lib/{{id}}.js': loader(`${send(`'{{key}}'`)}  return { title: 'x' };\n`) }) },
  { id: 'loader-shared', about: 'A constant that the loader and the component read.', bare: ['key'], root: route(`const key = '{{key}}';\n${loader(`${send('key')}  return { title: 'x' };\n`)}`, button('key')) },
  { id: 'loader-server-file', about: 'A `.server` module and one of a `.server` folder, used by the loader.', root: route(`import { charge } from '../lib/{{id}}.server.js';\nimport { refund } from '../.server/{{id}}.js';\n${loader(`  await charge().catch(() => undefined);\n  await refund().catch(() => undefined);\n  return { title: 'x' };\n`)}`, undefined, { 'app/lib/{{id}}.server.js': `export const charge = () => ${ask(`'{{key:file}}'`)};\n`, 'app/.server/{{id}}.js': `export const refund = () => ${ask(`'{{key:folder}}'`)};\n` }) },
  { id: 'loader-returned', about: 'A value that a loader returns and the route shows.', root: route(`import { useLoaderData } from 'react-router';\n${loader(`  return { secret: '{{key}}' };\n`)}`, '  const { secret } = useLoaderData();\n  return <p>{secret}</p>;\n') },
  { id: 'loader-returned-unused', about: 'A value that a loader returns and nobody shows.', root: route(loader(`  return { title: 'x', secret: '{{key}}' };\n`)) },
  { id: 'loader-returned-object', about: 'An object with a key in it.', root: route(loader(`  const config = { mode: 'live', secret: '{{key}}' };\n  return { config };\n`)) },
  { id: 'loader-returned-member', about: 'One member of an object that holds a key.', root: route(loader(`  const config = { mode: 'live', secret: '{{key}}' };\n  return { title: config.mode };\n`)) },
  { id: 'loader-returned-promise', about: 'A promise of a key.', root: route(loader(`  return { title: 'x', secret: Promise.resolve('{{key}}') };\n`)) },
  { id: 'loader-returned-data', about: 'A value wrapped by `data()`.', root: route(`import { data } from 'react-router';\n${loader(`  return data({ secret: '{{key}}' }, { status: 200 });\n`)}`) },
  { id: 'loader-returned-environment', about: 'A private variable that a loader returns.', root: route(loader(`  return { title: 'x', secret: process.env.{{var}} };\n`)) },
  { id: 'loader-returned-derived', about: 'Only whether there is a key.', root: route(loader(`  return { live: Boolean(process.env.{{var}}) };\n`)) },
  { id: 'loader-environment', about: 'A private variable that a loader only sends.', root: route(loader(`${send('process.env.{{var}}')}  return { title: 'x' };\n`)) },
  { id: 'loader-window', about: 'State for the window.', root: route(`import { useLoaderData } from 'react-router';\n${loader(`  return { ENV: { HILT: process.env.{{var}} } };\n`)}`, '  const { ENV } = useLoaderData();\n  return <script dangerouslySetInnerHTML={{ __html: `window.ENV = ${JSON.stringify(ENV)}` }} />;\n') },
  { id: 'action-body', about: 'A literal in an action.', root: route(`export async function action() {\n${send(`'{{key}}'`)}  return { ok: true };\n}\n`) },
  { id: 'headers-body', about: 'A literal in the headers function.', root: route(`export function headers() {\n  return { 'X-Version': '{{key}}'.slice(0, 2) };\n}\n`) },
  { id: 'client-loader', about: 'A literal in a client loader.', bare: ['key'], root: route(`export async function clientLoader() {\n${send(`'{{key}}'`)}  return { title: 'x' };\n}\n`) },
  { id: 'client-action', about: 'A literal in a client action.', bare: ['key'], root: route(`export async function clientAction() {\n${send(`'{{key}}'`)}  return { ok: true };\n}\n`) },
  { id: 'meta-function', about: 'A literal in the meta function.', bare: ['key'], root: route(`export function meta() {\n  return [{ title: 'Shop' }, { name: 'hilt', content: '{{key}}' }];\n}\n`) },
  { id: 'error-boundary', about: 'A literal in the error boundary.', bare: ['key'], root: route(`export function ErrorBoundary() {\n  return <button onClick={() => ${ask(`'{{key}}'`)}}>Again</button>;\n}\n`) },
  { id: 'extra-export', about: 'An export that is none of the framework\'s.', root: route(`export function charge() {\n  return ${ask(`'{{key}}'`)};\n}\n`) },
  { id: 'rendered-text', about: 'A literal in the markup.', bare: ['key'], root: route('', '  return <p data-key="{{key}}">shop</p>;\n') },
  { id: 'guard-window', about: '`typeof window`.', bare: ['key'], root: route('', `  if (typeof window === 'undefined') {\n    console.log('{{key}}');\n  }\n  return <p>shop</p>;\n`) },
  { id: 'guard-ssr', about: '`import.meta.env.SSR`.', root: route('', `  if (import.meta.env.SSR) {\n    console.log('{{key}}');\n  }\n  return <p>shop</p>;\n`) },
  { id: 'env-vite', about: 'A public variable.', root: route('', button('import.meta.env.{{public}}')) },
  { id: 'env-vite-loader', about: 'A public variable that only the loader reads.', root: route(loader(`${send('import.meta.env.{{public}}')}  return { title: 'x' };\n`)) },
  { id: 'env-process', about: '`process.env.X` in a component.', root: route('', button('process.env.{{var}}')) },
  { id: 'public-file', about: 'A file of the public folder.', root: { 'public/config.js': `window.HILT = { key: '{{key}}' };\n` } },
  { id: 'client-file', about: 'A `.client` module.', bare: ['key'], root: route(`import { useEffect } from 'react';\nimport { pay } from '../lib/{{id}}.client.js';\n`, '  useEffect(() => pay());\n  return null;\n', { 'app/lib/{{id}}.client.js': `export const pay = () => void ${ask(`'{{key}}'`)};\n` }) },
];

/** A route without a component: it answers requests, no page. */
export const resourceRoutes: readonly Probe[] = [
  { id: 'resource-route', about: 'A resource route.', root: { 'app/routes/{{id}}.jsx': loader(`${send(`'{{key}}'`)}  return new Response('ok');\n`) } },
];

/** Builds that fail: nothing ships. */
export const reactRouterErrors: readonly Probe[] = [
  { id: 'error-server-file', about: 'A component uses a `.server` module.', root: route(`import { key } from '../lib/{{id}}.server.js';\n`, button('key'), { 'app/lib/{{id}}.server.js': `export const key = '{{key}}';\n` }) },
  { id: 'error-server-barrel', about: 'A barrel re-exports a `.server` module, unused.', root: route(`import { used } from '../lib/{{id}}/index.js';\n`, '  return <p>{used}</p>;\n', { 'app/lib/{{id}}/index.js': `export * from './shown.js';\nexport * from './keys.server.js';\n`, 'app/lib/{{id}}/shown.js': `export const used = 1;\n`, 'app/lib/{{id}}/keys.server.js': `export const key = '{{key}}';\n` }) },
];
