import type { Probe } from '../harness/probe.ts';

type Files = Readonly<Record<string, string>>;

const ask = (expression: string): string => `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': ${expression} } })`;

/** A page that shows a client component, and that component, in `components/<id>/`. */
function clientPage(body: string, more: Files = {}, imports = ''): Files {
  return {
    'app/{{id}}/page.jsx': `import { Pay } from '../../components/{{id}}/pay.jsx';\n\nexport default function Page() {\n  return <Pay />;\n}\n`,
    'components/{{id}}/pay.jsx': `'use client';\n${imports}\nexport function Pay() {\n${body}}\n`,
    ...more,
  };
}

/** A client component that asks with the given expression on a click. */
const clientAsks = (expression: string, more: Files = {}, imports = '', before = ''): Files =>
  clientPage(`${before}  return <button onClick={() => ${ask(expression)}}>Pay</button>;\n`, more, imports);

/** A server page with the given body, and a client component beside it that ignores its props. */
function serverPage(body: string, imports = '', more: Files = {}): Files {
  return {
    'app/{{id}}/page.jsx': `import { Card } from './card.jsx';\n${imports}\nexport default async function Page() {\n${body}}\n`,
    'app/{{id}}/card.jsx': `'use client';\nimport { useState } from 'react';\n\nexport function Card({ title, children }) {\n  const [open, setOpen] = useState(false);\n  return <button onClick={() => setOpen(!open)}>{title}{children}</button>;\n}\n`,
    ...more,
  };
}

const charge = `export function charge() {\n  return ${ask(`'{{key:charge}}'`)};\n}\nexport function format(amount) {\n  return amount.toFixed(2);\n}\n`;

/** What Next's app router ships: client modules, and everything that server components hand over. */
export const nextApp: readonly Probe[] = [
  { id: 'client-literal', about: 'A literal in a client component.', bare: ['key'], root: clientAsks(`'{{key}}'`) },
  { id: 'client-effect', about: 'A literal in an effect.', bare: ['key'], root: clientPage(`  useEffect(() => {\n    localStorage.setItem('hilt', '{{key}}');\n  }, []);\n  return null;\n`, {}, `import { useEffect } from 'react';\n`) },
  { id: 'client-attribute', about: 'A literal in an attribute.', bare: ['key'], root: clientPage(`  return <div data-key="{{key}}" />;\n`) },
  { id: 'client-imported', about: 'A constant of a module that a client component imports, and its unused sibling.', bare: ['used'], root: clientAsks('used', { 'lib/{{id}}.js': `export const used = '{{key:used}}';\nexport const unused = '{{key:unused}}';\n` }, `import { used } from '../../lib/{{id}}.js';\n`) },
  { id: 'client-barrel', about: 'A constant through two barrels, and a module that nobody uses.', bare: ['used'], root: clientAsks('used', { 'lib/{{id}}/index.js': `export * from './inner.js';\nexport * from './other.js';\n`, 'lib/{{id}}/inner.js': `export { used } from './keys.js';\n`, 'lib/{{id}}/keys.js': `export const used = '{{key:used}}';\n`, 'lib/{{id}}/other.js': `export const other = '{{key:unused}}';\n` }, `import { used } from '../../lib/{{id}}/index.js';\n`) },
  { id: 'client-wrapper', about: 'A wrapper whose key is in a module of its own.', bare: ['key'], root: clientPage(`  return <button onClick={() => pay()}>Pay</button>;\n`, { 'lib/{{id}}/pay.js': `import { key } from './key.js';\nexport const pay = () => ${ask('key')};\n`, 'lib/{{id}}/key.js': `export const key = '{{key}}';\n` }, `import { pay } from '../../lib/{{id}}/pay.js';\n`) },
  { id: 'client-shared-lib', about: 'A client component takes one function of a module whose other function holds the key.', root: clientPage(`  return <p>{format(1)}</p>;\n`, { 'lib/{{id}}.js': charge }, `import { format } from '../../lib/{{id}}.js';\n`) },
  { id: 'client-shared-new', about: 'The same module makes a client object when it loads.', root: clientPage(`  return <p>{format(1)}</p>;\n`, { 'lib/{{id}}.js': `class Client {\n  constructor(key) {\n    this.key = key;\n  }\n}\nexport const client = new Client('{{key}}');\nexport function format(amount) {\n  return amount.toFixed(2);\n}\n` }, `import { format } from '../../lib/{{id}}.js';\n`) },
  { id: 'client-shared-effect', about: 'The same module does something when it loads.', bare: ['key'], root: clientPage(`  return <p>{format(1)}</p>;\n`, { 'lib/{{id}}.js': `globalThis.hilt = '{{key}}';\nexport function format(amount) {\n  return amount.toFixed(2);\n}\n` }, `import { format } from '../../lib/{{id}}.js';\n`) },
  { id: 'client-unused-export', about: 'A component of a client module that nobody uses.', root: { ...clientPage(`  return <p>pay</p>;\n`), 'components/{{id}}/pay.jsx': `'use client';\n\nexport function Pay() {\n  return <p>pay</p>;\n}\n\nexport function Spare() {\n  return <button onClick={() => ${ask(`'{{key}}'`)}}>Spare</button>;\n}\n` } },
  { id: 'client-unreferenced', about: 'A client module that nobody imports.', root: { ...clientPage(`  return <p>pay</p>;\n`), 'components/{{id}}/spare.jsx': `'use client';\n\nexport function Spare() {\n  return <button onClick={() => ${ask(`'{{key}}'`)}}>Spare</button>;\n}\n` } },
  { id: 'client-child', about: 'A component without a directive below a client component.', bare: ['key'], root: clientPage(`  return <Form />;\n`, { 'components/{{id}}/form.jsx': `export function Form() {\n  return <button onClick={() => ${ask(`'{{key}}'`)}}>Pay</button>;\n}\n` }, `import { Form } from './form.jsx';\n`) },
  { id: 'client-dynamic', about: 'A component by next/dynamic.', bare: ['key'], root: clientPage(`  return <Form />;\n`, { 'components/{{id}}/form.jsx': `export default function Form() {\n  return <button onClick={() => ${ask(`'{{key}}'`)}}>Pay</button>;\n}\n` }, `import dynamic from 'next/dynamic';\n\nconst Form = dynamic(() => import('./form.jsx'));\n`) },
  { id: 'client-import-click', about: 'A module imported on a click.', bare: ['key'], root: clientPage(`  return <button onClick={() => import('../../lib/{{id}}.js').then((keys) => console.log(keys.key))}>Pay</button>;\n`, { 'lib/{{id}}.js': `export const key = '{{key}}';\n` }) },
  { id: 'client-json', about: 'A member of a JSON file, and its sibling.', bare: ['used'], root: clientAsks('config.used', { 'lib/{{id}}.json': `{ "used": "{{key:used}}", "unused": "{{key:unused}}" }\n` }, `import config from '../../lib/{{id}}.json';\n`) },
  { id: 'client-worker', about: 'A worker.', root: clientPage(`  useEffect(() => {\n    new Worker(new URL('./worker.js', import.meta.url)).postMessage(1);\n  }, []);\n  return null;\n`, { 'components/{{id}}/worker.js': `self.onmessage = () => self.postMessage('{{key}}');\n` }, `import { useEffect } from 'react';\n`) },
  { id: 'client-context', about: 'A key in a React context.', bare: ['key'], root: clientPage(`  return <Keys.Provider value="{{key}}"><Child /></Keys.Provider>;\n`, {}, `import { createContext, useContext } from 'react';\n\nconst Keys = createContext(null);\n\nfunction Child() {\n  const key = useContext(Keys);\n  return <button onClick={() => ${ask('key')}}>Pay</button>;\n}\n`) },
  { id: 'guard-window', about: '`typeof window`: in a branch, with an import that only it uses.', root: clientPage(`  if (typeof window === 'undefined') {\n    console.log('{{key:literal}}', key);\n  }\n  return null;\n`, { 'lib/{{id}}.js': `export const key = '{{key:imported}}';\n` }, `import { key } from '../../lib/{{id}}.js';\n`) },
  { id: 'guard-window-choice', about: 'A choice by `typeof window`.', bare: ['client'], root: clientPage(`  const key = typeof window !== 'undefined' ? '{{key:client}}' : '{{key:server}}';\n  return <button onClick={() => ${ask('key')}}>Pay</button>;\n`) },
  { id: 'guard-window-const', about: 'A constant made from `typeof window`.', root: clientPage(`  if (isServer) {\n    console.log('{{key}}');\n  }\n  return null;\n`, {}, `\nconst isServer = typeof window === 'undefined';\n`) },
  { id: 'guard-node-env', about: '`process.env.NODE_ENV`.', root: clientPage(`  if (process.env.NODE_ENV !== 'production') {\n    console.log('{{key}}');\n  }\n  return null;\n`) },
  { id: 'guard-unknown', about: 'A condition known at run time only.', bare: ['key'], root: clientPage(`  const key = globalThis.location?.hash === '#a' ? '{{key}}' : '';\n  return <button onClick={() => ${ask('key')}}>Pay</button>;\n`) },
  { id: 'server-literal', about: 'A key that a server component only sends.', root: serverPage(`  await ${ask(`'{{key}}'`)}.catch(() => undefined);\n  return <Card title="ok" />;\n`) },
  { id: 'server-lib', about: 'A module that only a server component imports.', root: serverPage(`  await charge().catch(() => undefined);\n  return <Card title="ok" />;\n`, `import { charge } from '../../lib/{{id}}.js';\n`, { 'lib/{{id}}.js': charge }) },
  { id: 'server-only', about: 'A module marked server-only.', root: serverPage(`  await charge().catch(() => undefined);\n  return <Card title="ok" />;\n`, `import { charge } from '../../lib/{{id}}.js';\n`, { 'lib/{{id}}.js': `import 'server-only';\n${charge}` }) },
  { id: 'server-text', about: 'A key that a server component renders as text.', root: serverPage(`  const key = '{{key}}';\n  return <main><p>{key}</p><Card title="ok" /></main>;\n`) },
  { id: 'server-attribute', about: 'A key that a server component renders as an attribute.', root: serverPage(`  return <main data-key="{{key}}"><Card title="ok" /></main>;\n`) },
  { id: 'server-script', about: 'State for the window in an inline script.', root: serverPage(`  const state = { key: '{{key}}' };\n  return <main><script dangerouslySetInnerHTML={{ __html: \`window.ENV = \${JSON.stringify(state)}\` }} /><Card title="ok" /></main>;\n`) },
  { id: 'server-metadata', about: 'A key in the metadata of a page.', root: serverPage(`  return <Card title="ok" />;\n`, `\nexport const metadata = { title: 'Shop', other: { 'hilt-key': '{{key}}' } };\n`) },
  { id: 'prop-used', about: 'A prop of a client component.', root: serverPage(`  return <Card title="{{key}}" />;\n`) },
  { id: 'prop-unused', about: 'A prop that the client component ignores.', root: serverPage(`  return <Card title="ok" secret="{{key}}" />;\n`) },
  { id: 'prop-variable', about: 'A prop through a constant of another module.', root: serverPage(`  return <Card title="ok" secret={key} />;\n`, `import { key } from '../../lib/{{id}}.js';\n`, { 'lib/{{id}}.js': `export const key = '{{key}}';\n` }) },
  { id: 'prop-object', about: 'A prop that is an object with a key in it.', root: serverPage(`  const config = { mode: 'live', secret: '{{key}}' };\n  return <Card title="ok" config={config} />;\n`) },
  { id: 'prop-spread', about: 'Props spread.', root: serverPage(`  const props = { title: 'ok', secret: '{{key}}' };\n  return <Card {...props} />;\n`) },
  { id: 'prop-promise', about: 'A prop that is a promise.', root: serverPage(`  return <Card title="ok" secret={Promise.resolve('{{key}}')} />;\n`) },
  { id: 'prop-function-result', about: 'A prop that a function of the server gives.', root: serverPage(`  return <Card title="ok" config={readConfig()} />;\n`, `import { readConfig } from '../../lib/{{id}}.js';\n`, { 'lib/{{id}}.js': `export function readConfig() {\n  return { mode: 'live', secret: '{{key}}' };\n}\n` }) },
  { id: 'prop-derived', about: 'A prop that only tells whether there is a key.', root: serverPage(`  const key = '{{key}}';\n  return <Card title={key.startsWith('hk_live_') ? 'live' : 'sandbox'} />;\n`) },
  { id: 'prop-member', about: 'One member of an object that holds a key is handed over.', root: serverPage(`  return <Card title={config.mode} />;\n`, `import { config } from '../../lib/{{id}}.js';\n`, { 'lib/{{id}}.js': `export const config = { mode: 'live', secret: '{{key}}' };\n` }) },
  { id: 'prop-environment', about: 'A private variable as a prop.', root: serverPage(`  return <Card title="ok" secret={process.env.{{var}}} />;\n`) },
  { id: 'prop-server-child', about: 'A prop of another server component.', root: serverPage(`  return <Inner secret="{{key}}" />;\n`, `\nfunction Inner({ secret }) {\n  return <Card title={String(secret.length)} />;\n}\n`) },
  { id: 'children-server', about: 'A server component as the child of a client component.', root: serverPage(`  return <Card title="ok"><Inner /></Card>;\n`, `\nasync function Inner() {\n  await ${ask(`'{{key}}'`)}.catch(() => undefined);\n  return <p>inner</p>;\n}\n`) },
  { id: 'children-text', about: 'A key as the child of a client component.', root: serverPage(`  return <Card title="ok">{'{{key}}'}</Card>;\n`) },
  { id: 'provider-value', about: 'A key handed to a provider of the client.', root: serverPage(`  return <Keys value="{{key}}"><Card title="ok" /></Keys>;\n`, `import { Keys } from './keys.jsx';\n`, { 'app/{{id}}/keys.jsx': `'use client';\nimport { createContext } from 'react';\n\nconst Context = createContext(null);\n\nexport function Keys({ value, children }) {\n  return <Context.Provider value={value}>{children}</Context.Provider>;\n}\n` }) },
  { id: 'action-file', about: 'A `"use server"` file that a client component calls.', root: clientPage(`  return <form action={pay}><button>Pay</button></form>;\n`, { 'app/{{id}}/actions.js': `'use server';\n\nexport async function pay() {\n  await ${ask(`'{{key}}'`)};\n}\n` }, `import { pay } from '../../app/{{id}}/actions.js';\n`) },
  { id: 'action-inline', about: 'An inline action that holds a key, and one that closes over it.', root: serverPage(`  const key = '{{key:closed}}';\n  async function pay() {\n    'use server';\n    await ${ask(`'{{key:inside}}'`)};\n  }\n  async function refund() {\n    'use server';\n    await ${ask('key')};\n  }\n  return <main><form action={pay}><button>Pay</button></form><form action={refund}><button>Refund</button></form><Card title="ok" /></main>;\n`) },
  { id: 'action-bound', about: 'A key bound to an action.', root: { 'app/{{id}}/page.jsx': `import { pay } from './actions.js';\n\nexport default function Page() {\n  return <form action={pay.bind(null, '{{key}}')}><button>Pay</button></form>;\n}\n`, 'app/{{id}}/actions.js': `'use server';\n\nexport async function pay(key) {\n  await ${ask('key')};\n}\n` } },
  { id: 'route-handler', about: 'A route handler.', root: { 'app/{{id}}/route.js': `export async function POST() {\n  const answer = await ${ask(`'{{key}}'`)};\n  return Response.json({ status: answer.status });\n}\n` } },
  { id: 'proxy-file', about: 'The proxy (middleware).', root: { 'proxy.js': `import { NextResponse } from 'next/server';\n\nexport async function proxy() {\n  globalThis.proxied = () => ${ask(`'{{key}}'`)};\n  return NextResponse.next();\n}\n\nexport const config = { matcher: '/never' };\n` } },
  { id: 'instrumentation', about: 'Instrumentation of the server and of the client.', bare: ['client'], root: { 'instrumentation.js': `export function register() {\n  globalThis.hilt = '{{key:server}}';\n}\n`, 'instrumentation-client.js': `globalThis.hilt = '{{key:client}}';\n` } },
  { id: 'error-page', about: 'The error boundary of a page.', bare: ['key'], root: { ...serverPage(`  return <Card title="ok" />;\n`), 'app/{{id}}/error.jsx': `'use client';\n\nexport default function Failed() {\n  return <button onClick={() => ${ask(`'{{key}}'`)}}>Again</button>;\n}\n` } },
  { id: 'client-components-barrel', about: 'A server page takes one of two client components of a barrel.', bare: ['used'], root: { 'app/{{id}}/page.jsx': `import { Used } from '../../components/{{id}}/index.js';\n\nexport default function Page() {\n  return <Used />;\n}\n`, 'components/{{id}}/index.js': `export { Used } from './used.jsx';\nexport { Spare } from './spare.jsx';\n`, 'components/{{id}}/used.jsx': `'use client';\n\nexport function Used() {\n  return <button onClick={() => ${ask(`'{{key:used}}'`)}}>Pay</button>;\n}\n`, 'components/{{id}}/spare.jsx': `'use client';\n\nexport function Spare() {\n  return <button onClick={() => ${ask(`'{{key:spare}}'`)}}>Pay</button>;\n}\n` } },
  { id: 'public-file', about: 'A file of the public folder.', root: { 'public/config.js': `window.HILT = { key: '{{key}}' };\n` } },
  { id: 'private-dot', about: 'A private variable in a client component.', root: clientAsks('process.env.{{var}}') },
  { id: 'private-foreign', about: 'The prefix of another framework.', root: clientAsks('process.env.{{var:key:VITE_}}') },
];

/** Variables with the public prefix. */
export const nextPublic: readonly Probe[] = [
  { id: 'env-dot', about: 'A member.', root: clientAsks('process.env.{{public}}') },
  { id: 'env-bracket', about: 'A quoted index.', root: clientAsks(`process.env['{{public}}']`) },
  { id: 'env-optional', about: 'An optional member.', root: clientAsks('process.env?.{{public}}') },
  { id: 'env-template', about: 'A hole of a template.', root: clientAsks('`${process.env.{{public}}}`') },
  { id: 'env-alias', about: 'A constant that stands for `process.env`.', root: clientAsks('env.{{public}}', {}, '\nconst env = process.env;\n') },
  { id: 'env-destructured', about: 'Destructured.', root: clientAsks('{{public}}', {}, '\nconst { {{public}} } = process.env;\n') },
  { id: 'env-computed', about: 'An index by a constant.', root: clientAsks('process.env[name]', {}, `\nconst name = '{{public}}';\n`) },
  { id: 'env-imported', about: 'Read in a module of its own.', root: clientAsks('key', { 'lib/{{id}}.js': `export const key = process.env.{{public}};\n` }, `import { key } from '../../lib/{{id}}.js';\n`) },
  { id: 'env-unused', about: 'Read by an unused constant.', root: clientPage(`  return <p>{used}</p>;\n`, { 'lib/{{id}}.js': `export const used = 1;\nexport const key = process.env.{{public}};\n` }, `import { used } from '../../lib/{{id}}.js';\n`) },
  { id: 'env-guarded', about: 'Read behind `typeof window`.', root: clientPage(`  if (typeof window === 'undefined') {\n    console.log(process.env.{{public}}?.length);\n  }\n  return null;\n`) },
];

/** `env` of next.config: any name, no prefix. */
export const nextConfigEnv: readonly Probe[] = [
  { id: 'config-dot', about: 'A name that the configuration inlines.', root: clientAsks('process.env.{{var}}') },
  { id: 'config-unread', about: 'A name that the configuration inlines and only the server reads.', root: serverPage(`  await ${ask('process.env.{{var}}')}.catch(() => undefined);\n  return <Card title="ok" />;\n`) },
  { id: 'config-destructured', about: 'The same destructured.', root: clientAsks('{{var}}', {}, '\nconst { {{var}} } = process.env;\n') },
];

/** Builds that fail: nothing ships. */
export const nextErrors: readonly Probe[] = [
  { id: 'error-server-only', about: 'A server-only module that a client component imports.', root: clientAsks('key', { 'lib/{{id}}.js': `import 'server-only';\nexport const key = '{{key}}';\n` }, `import { key } from '../../lib/{{id}}.js';\n`) },
];

/** With source maps: what stands in the modules that ship. */
export const nextMapped: readonly Probe[] = nextApp.filter((probe) => ['client-imported', 'client-shared-lib', 'client-unused-export', 'guard-window', 'server-literal', 'server-lib', 'guard-node-env', 'action-inline'].includes(probe.id));
