import type { Probe } from '../harness/probe.ts';

type Files = Readonly<Record<string, string>>;

const ask = (expression: string): string => `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': ${expression} } })`;

/** A page that ignores its props but for a title, with the given code above it. */
function page(before: string, more: Files = {}, component = `  return <p>{title}</p>;\n`): Files {
  return { 'pages/{{id}}.jsx': `${before}\nexport default function Page({ title = '' }) {\n${component}}\n`, ...more };
}

const staticProps = (body: string): string => `export async function getStaticProps() {\n${body}}\n`;
const serverProps = (body: string): string => `export async function getServerSideProps() {\n${body}}\n`;
const button = (expression: string): string => `  return <button onClick={() => ${ask(expression)}}>{title}</button>;\n`;

/** What Next's pages router ships: pages without their server functions, and the props that those return. */
export const nextPages: readonly Probe[] = [
  { id: 'page-literal', about: 'A literal in a page.', bare: ['key'], root: page('', {}, button(`'{{key}}'`)) },
  { id: 'page-const', about: 'A constant of the page.', bare: ['key'], root: page(`const key = '{{key}}';\n`, {}, button('key')) },
  { id: 'page-imported', about: 'A constant of another module, and its unused sibling.', bare: ['used'], root: page(`import { used } from '../lib/{{id}}.js';\n`, { 'lib/{{id}}.js': `export const used = '{{key:used}}';\nexport const unused = '{{key:unused}}';\n` }, button('used')) },
  { id: 'page-effect', about: 'A statement at the top of a page with server props.', bare: ['key'], root: page(`globalThis.hilt = '{{key}}';\n${staticProps(`  return { props: { title: 'x' } };\n`)}`) },
  { id: 'static-body', about: 'A literal inside getStaticProps.', maps: true, root: page(staticProps(`  await ${ask(`'{{key}}'`)}.catch(() => undefined);\n  return { props: { title: 'x' } };\n`)) },
  { id: 'static-const', about: 'A constant that only getStaticProps reads.', maps: true, root: page(`const key = '{{key}}';\n${staticProps(`  await ${ask('key')}.catch(() => undefined);\n  return { props: { title: 'x' } };\n`)}`) },
  { id: 'static-import', about: 'A module that only getStaticProps uses, with an effect of its own.', root: page(`import { charge } from '../lib/{{id}}.js';\n${staticProps(`  await charge().catch(() => undefined);\n  return { props: { title: 'x' } };\n`)}`, { 'lib/{{id}}.js': `globalThis.hilt = '{{key:effect}}';\nexport const charge = () => ${ask(`'{{key:body}}'`)};\n` }) },
  { id: 'static-new', about: 'A client object that only getStaticProps uses.', root: page(`class Client {\n  constructor(key) {\n    this.key = key;\n  }\n}\nconst client = new Client('{{key}}');\n${staticProps(`  return { props: { title: client.key.slice(0, 2) } };\n`)}`) },
  { id: 'static-helper', about: 'A function of the page that only getStaticProps calls.', root: page(`async function charge() {\n  return ${ask(`'{{key}}'`)};\n}\n${staticProps(`  await charge().catch(() => undefined);\n  return { props: { title: 'x' } };\n`)}`) },
  { id: 'static-arrow', about: 'getStaticProps as a constant.', root: page(`export const getStaticProps = async () => {\n  await ${ask(`'{{key}}'`)}.catch(() => undefined);\n  return { props: { title: 'x' } };\n};\n`) },
  { id: 'static-reexport', about: 'getStaticProps exported from another module.', root: page(`export { getStaticProps } from '../lib/{{id}}.js';\n`, { 'lib/{{id}}.js': staticProps(`  await ${ask(`'{{key}}'`)}.catch(() => undefined);\n  return { props: { title: 'x' } };\n`) }) },
  { id: 'static-shared', about: 'A constant that getStaticProps and the page read.', bare: ['key'], root: page(`const key = '{{key}}';\n${staticProps(`  await ${ask('key')}.catch(() => undefined);\n  return { props: { title: 'x' } };\n`)}`, {}, button('key')) },
  { id: 'static-barrel', about: 'A barrel of which the page takes a component and getStaticProps a server function.', root: page(`import { Button, charge } from '../lib/{{id}}/index.js';\n${staticProps(`  await charge().catch(() => undefined);\n  return { props: { title: 'x' } };\n`)}`, { 'lib/{{id}}/index.js': `export { Button } from './button.jsx';\nexport { charge } from './charge.js';\n`, 'lib/{{id}}/button.jsx': `export function Button() {\n  return <button>Pay</button>;\n}\n`, 'lib/{{id}}/charge.js': `export const charge = () => ${ask(`'{{key}}'`)};\n` }, `  return <p>{title}<Button /></p>;\n`) },
  { id: 'static-returned', about: 'A prop that the page shows.', root: page(staticProps(`  return { props: { title: '{{key}}' } };\n`)) },
  { id: 'static-returned-unused', about: 'A prop that the page ignores.', root: page(staticProps(`  return { props: { title: 'x', secret: '{{key}}' } };\n`)) },
  { id: 'static-returned-object', about: 'A prop that is an object with a key in it.', root: page(staticProps(`  const config = { mode: 'live', secret: '{{key}}' };\n  return { props: { title: 'x', config } };\n`)) },
  { id: 'static-returned-member', about: 'One member of an object that holds a key.', root: page(staticProps(`  const config = { mode: 'live', secret: '{{key}}' };\n  return { props: { title: config.mode } };\n`)) },
  { id: 'static-returned-call', about: 'Props that a function of another module gives.', root: page(`import { readProps } from '../lib/{{id}}.js';\n${staticProps(`  return { props: readProps() };\n`)}`, { 'lib/{{id}}.js': `export function readProps() {\n  return { title: 'x', secret: '{{key}}' };\n}\n` }) },
  { id: 'static-returned-environment', about: 'A private variable as a prop.', root: page(staticProps(`  return { props: { title: 'x', secret: process.env.{{var}} } };\n`)) },
  { id: 'static-returned-derived', about: 'A prop that only tells whether there is a key.', root: page(staticProps(`  return { props: { title: process.env.{{var}} ? 'live' : 'none' } };\n`)) },
  { id: 'static-paths', about: 'A literal inside getStaticPaths.', root: { 'pages/{{id}}/[slug].jsx': `export async function getStaticPaths() {\n  await ${ask(`'{{key}}'`)}.catch(() => undefined);\n  return { paths: [], fallback: false };\n}\n\n${staticProps(`  return { props: {} };\n`)}\nexport default function Page() {\n  return null;\n}\n` } },
  { id: 'request-body', about: 'A literal inside getServerSideProps.', maps: true, root: page(serverProps(`  await ${ask(`'{{key}}'`)}.catch(() => undefined);\n  return { props: { title: 'x' } };\n`)) },
  { id: 'request-returned', about: 'A prop of getServerSideProps that the page ignores.', root: page(serverProps(`  return { props: { title: 'x', secret: '{{key}}' } };\n`)) },
  { id: 'request-returned-environment', about: 'A private variable that getServerSideProps returns.', root: page(serverProps(`  return { props: { title: 'x', secret: process.env.{{var}} } };\n`)) },
  { id: 'initial-body', about: 'A literal inside getInitialProps: it runs in the browser too.', bare: ['key'], root: { 'pages/{{id}}.jsx': `export default function Page() {\n  return null;\n}\n\nPage.getInitialProps = async () => {\n  await ${ask(`'{{key}}'`)}.catch(() => undefined);\n  return {};\n};\n` } },
  { id: 'initial-returned', about: 'A prop that getInitialProps returns.', bare: ['key'], root: { 'pages/{{id}}.jsx': `export default function Page({ title }) {\n  return <p>{title}</p>;\n}\n\nPage.getInitialProps = async () => ({ title: 'x', secret: '{{key}}' });\n` } },
  { id: 'api-route', about: 'An API route.', root: { 'pages/api/{{id}}.js': `export default async function handler(request, response) {\n  const answer = await ${ask(`'{{key}}'`)};\n  response.status(answer.status).end();\n}\n` } },
  { id: 'document-file', about: 'The document: its code stays, what it renders goes out.', root: { 'pages/_document.jsx': `import { Head, Html, Main, NextScript } from 'next/document';\n\nglobalThis.hilt = '{{key:effect}}';\n\nexport default function Document() {\n  return <Html><Head /><body data-key="{{key:rendered}}"><Main /><NextScript /></body></Html>;\n}\n` } },
  { id: 'app-file', about: 'The frame of all pages.', bare: ['key'], root: { 'pages/_app.jsx': `export default function App({ Component, pageProps }) {\n  globalThis.hilt = '{{key}}';\n  return <Component {...pageProps} />;\n}\n` } },
  { id: 'server-file-name', about: 'A `.server` name means nothing to Next.', bare: ['key'], root: page(`import { key } from '../lib/{{id}}.server.js';\n`, { 'lib/{{id}}.server.js': `export const key = '{{key}}';\n` }, button('key')) },
  { id: 'guard-window', about: '`typeof window`.', root: page(`import { key } from '../lib/{{id}}.js';\n`, { 'lib/{{id}}.js': `export const key = '{{key:imported}}';\n` }, `  if (typeof window === 'undefined') {\n    console.log('{{key:literal}}', key);\n  }\n  return <p>{title}</p>;\n`) },
  { id: 'public-read', about: 'A public variable.', root: page('', {}, button('process.env.{{public}}')) },
  { id: 'public-static', about: 'A public variable that only getStaticProps reads.', root: page(staticProps(`  await ${ask('process.env.{{public}}')}.catch(() => undefined);\n  return { props: { title: 'x' } };\n`)) },
  { id: 'private-read', about: 'A private variable.', root: page('', {}, button('process.env.{{var}}')) },
  { id: 'private-static', about: 'A private variable inside getStaticProps.', root: page(staticProps(`  await ${ask('process.env.{{var}}')}.catch(() => undefined);\n  return { props: { title: 'x' } };\n`)) },
  { id: 'page-dynamic', about: 'A component by next/dynamic, without server rendering.', bare: ['key'], root: page(`import dynamic from 'next/dynamic';\n\nconst Form = dynamic(() => import('../lib/{{id}}.jsx'), { ssr: false });\n`, { 'lib/{{id}}.jsx': `export default function Form() {\n  return <button onClick={() => ${ask(`'{{key}}'`)}}>Pay</button>;\n}\n` }, `  return <p>{title}<Form /></p>;\n`) },
];
