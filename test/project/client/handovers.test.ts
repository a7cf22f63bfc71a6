import { describe, expect, it } from 'vitest';
import { dependencies, handOversOf, key } from '../../support/hand-overs.ts';

const card = `'use client'\nexport function Card({ title }) { return <p>{title}</p> }`;

describe('props of client components', () => {
  const page = (body: string, more: Record<string, string> = {}) => handOversOf({ 'package.json': dependencies('next', 'react'), 'app/card.tsx': card, 'app/page.tsx': `import { Card } from './card'\n${body}`, ...more });
  it('hands over a prop, used or not', () => expect(page('export default function Page() { return <Card secret={process.env.HILT_API_KEY} /> }')).toEqual(['app/page.tsx: {process.env.HILT_API_KEY}: prop `secret` of the client component `Card`']));
  it('hands over an object with a key in it', () => expect(page('const config = { url: "x", key: process.env.HILT_API_KEY }\nexport default function Page() { return <Card config={config} /> }')).toEqual(['app/page.tsx: {config}: prop `config` of the client component `Card`']));
  it('hands over what is spread', () => expect(page('const props = { key: process.env.HILT_API_KEY }\nexport default function Page() { return <Card {...props} /> }')).toEqual(['app/page.tsx: props: what the client component `Card` is given']));
  it('hands over a child', () => expect(page('export default function Page() { return <Card>{process.env.HILT_API_KEY}</Card> }')).toEqual(['app/page.tsx: {process.env.HILT_API_KEY}: what the client component `Card` is given']));
  it('follows a page that does not name Hilt', () => expect(page('import { settings } from "../lib/settings"\nexport default function Page() { return <Card settings={settings()} /> }', { 'lib/settings.ts': 'export function settings() { return { key: process.env.HILT_API_KEY } }' })).toEqual(['app/page.tsx: {settings()}: prop `settings` of the client component `Card`']));
  it('follows a server component that renders its prop', () => expect(page('import { Row } from "./row"\nexport default function Page() { return <Row value={process.env.HILT_API_KEY} /> }', { 'app/row.tsx': 'export function Row({ value }) { return <td>{value}</td> }' })).toEqual(['app/row.tsx: {value}: what a server component renders']));
  it('hands over to a component that is loaded later', () => expect(page('import dynamic from "next/dynamic"\nconst Later = dynamic(() => import("./later"))\nexport default function Page() { return <Later token={process.env.HILT_API_KEY} /> }', { 'app/later.tsx': `'use client'\nexport default function Later() { return null }` })).toEqual(['app/page.tsx: {process.env.HILT_API_KEY}: prop `token` of the client component `Later`']));
  it.each<[how: string, loaded: string]>([
    ['by its name', '.then((module) => module.Later)'],
    ['by its name, destructured', '.then(({ Later }) => Later)'],
    ['put in the place of the default', '.then((module) => ({ default: module.Later }))'],
    ['by a function with a body', '.then((module) => { return module.Later })'],
  ])('hands over to a component that is loaded later and taken %s', (_how, loaded) => expect(page(`import dynamic from "next/dynamic"\nconst Soon = dynamic(() => import("./later")${loaded}, { loading: () => null })\nexport default function Page() { return <Soon token={process.env.HILT_API_KEY} /> }`, { 'app/later.tsx': `'use client'\nexport function Later() { return null }` })).toEqual(['app/page.tsx: {process.env.HILT_API_KEY}: prop `token` of the client component `Soon`']));
  it('follows a component of the server that is loaded later and taken by its name', () => expect(page('import dynamic from "next/dynamic"\nconst Soon = dynamic(() => import("./later").then((module) => module.Later))\nexport default function Page() { return <Soon token={process.env.HILT_API_KEY} /> }', { 'app/later.tsx': 'export function Later({ token }) { void fetch("https://api.hilt.so", { headers: { "X-Hilt-Key": token } }); return null }' })).toEqual([]));
  it('is not certain of a component of a package', () => expect(page('import { Widget } from "widgets"\nexport default function Page() { return <Widget token={process.env.HILT_API_KEY} /> }')).toEqual(['app/page.tsx: {process.env.HILT_API_KEY}: a prop of `Widget`?']));
  it('hands over what is bound to a server action', () => expect(page('import { pay } from "./actions"\nexport default function Page() { return <form action={pay.bind(null, process.env.HILT_API_KEY)} /> }', { 'app/actions.ts': `'use server'\nexport async function pay(key) {}` })).toEqual(['app/page.tsx: process.env.HILT_API_KEY: what is bound to a server action']));
  it('hands over metadata', () => expect(page('export const metadata = { other: { key: process.env.HILT_API_KEY } }')).toEqual(['app/page.tsx: { key: process.env.HILT_API_KEY }: `metadata`']));
  it('hands over the whole environment', () => expect(page('export default function Page() { return <Card env={process.env} mode={process.env.HILT_API_KEY ? 1 : 0} /> }')).toEqual(['app/page.tsx: {process.env}: prop `env` of the client component `Card`']));

  it('hands over the key of a client object', () => expect(page('import { HiltClient } from "@hiltpay/sdk"\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY })\nexport default function Page() { return <Card token={hilt.apiKey} url={hilt.baseUrl} /> }')).toEqual(['app/page.tsx: {hilt.apiKey}: prop `token` of the client component `Card`']));

  it('leaves a prop of a server component that only sends it', () => expect(page('import { Row } from "./row"\nexport default function Page() { return <Row value={process.env.HILT_API_KEY} /> }', { 'app/row.tsx': 'export async function Row({ value }) { await fetch("https://api.hilt.so", { headers: { "X-Hilt-Key": value } }); return <td>paid</td> }' })).toEqual([]));
  it('leaves whether there is a key', () => expect(page('export default function Page() { return <Card live={Boolean(process.env.HILT_API_KEY)} mode={process.env.HILT_API_KEY ? "live" : "none"} has={process.env.HILT_API_KEY !== ""} /> }')).toEqual([]));
  it('leaves a mask', () => expect(page('export default function Page() { return <Card hint={process.env.HILT_API_KEY.replace(/.(?=.{4})/g, "*")} end={process.env.HILT_API_KEY.slice(-4)} /> }')).toEqual([]));
  it('leaves another property of the same object', () => expect(page('const config = { mode: "live", key: process.env.HILT_API_KEY }\nexport default function Page() { return <Card mode={config.mode} /> }')).toEqual([]));
  it('leaves what an inline action closes over', () => expect(page('export default function Page() { const key = process.env.HILT_API_KEY; async function pay() { "use server"; await fetch("https://api.hilt.so", { headers: { "X-Hilt-Key": key } }) } return <form action={pay}><Card /></form> }')).toEqual([]));
  it('leaves a page that nobody renders', () => expect(handOversOf({ 'package.json': dependencies('next', 'react'), 'app/card.tsx': card, 'lib/unused.tsx': 'import { Card } from "../app/card"\nexport function Unused() { return <Card secret={process.env.HILT_API_KEY} /> }' })).toEqual([]));
  it('follows components that hold themselves only so far', () => expect(page('import { Tree } from "./tree"\nexport default function Page() { return <Tree secret={process.env.HILT_API_KEY} /> }', { 'app/tree.tsx': `export function Tree(props) { return <>${'<Tree {...props} />'.repeat(30)}<b>{props.secret}</b></> }` })).toEqual(['app/tree.tsx: {props.secret}: what a server component renders']));
  it('leaves props between client components', () => expect(page('export default function Page() { return <Card /> }', { 'app/card.tsx': `'use client'\nimport { Inner } from './inner'\nexport function Card() { return <Inner secret={process.env.HILT_API_KEY} /> }`, 'app/inner.tsx': `'use client'\nexport function Inner() { return null }` })).toEqual([]));
});

describe('what server functions return', () => {
  const next = (file: string, text: string, more: Record<string, string> = {}) => handOversOf({ 'package.json': dependencies('next', 'react'), [file]: text, ...more });
  it('hands over props of getServerSideProps', () => expect(next('pages/index.tsx', 'export async function getServerSideProps() { return { props: { key: process.env.HILT_API_KEY } } }')).toEqual(['pages/index.tsx: process.env.HILT_API_KEY: what `getServerSideProps` returns']));
  it('hands over what a wrapped getServerSideProps returns', () => expect(next('pages/index.tsx', 'import { withSession } from "../lib/session"\nexport const getServerSideProps = withSession(async () => ({ props: { key: process.env.HILT_API_KEY } }))', { 'lib/session.ts': 'export const withSession = (handler) => async (context) => { return handler(context) }' })).toEqual(['pages/index.tsx: process.env.HILT_API_KEY: what `getServerSideProps` returns']));
  it('hands over what getInitialProps returns', () => expect(next('pages/index.tsx', 'export default function Page() {}\nPage.getInitialProps = () => ({ key: process.env.HILT_API_KEY })')).toEqual(['pages/index.tsx: process.env.HILT_API_KEY: what `getInitialProps` returns']));
  it('hands over what an action returns', () => expect(next('app/actions.ts', `'use server'\nexport async function read() { return { key: process.env.HILT_API_KEY } }\nfunction own() { return process.env.HILT_API_KEY }`)).toEqual(['app/actions.ts: process.env.HILT_API_KEY: what a server function returns']));
  it.each([
    ['as methods', 'export default { async headers() { return [{ source: "/", headers: [{ key: "X-Hilt", value: process.env.HILT_API_KEY }] }] } }', 'headers'],
    ['inside of wrappers', 'import { withSentryConfig } from "@sentry/nextjs"\nconst config = { headers: async () => [{ source: "/", headers: [{ key: "X-Hilt", value: process.env.HILT_API_KEY }] }] }\nexport default withSentryConfig(withMdx(config), {})', 'headers'],
    ['from a function', 'module.exports = (phase) => { const config = { async redirects() { return [{ source: "/", destination: `https://shop.test/?key=${process.env.HILT_API_KEY}` }] } }; return config }', 'redirects'],
  ])('hands over headers and redirects of the configuration %s', (_how, text, name) => expect(next('next.config.js', text)).toEqual([`next.config.js: process.env.HILT_API_KEY: what \`${name}\` returns`]));
  it('leaves what the configuration rewrites, which the server asks for', () => expect(next('next.config.js', 'module.exports = { async rewrites() { return [{ source: "/", destination: `https://shop.test/?key=${process.env.HILT_API_KEY}` }] }, async headers() { return [{ source: "/", headers: [{ key: "X-Live", value: process.env.HILT_API_KEY ? "1" : "0" }] }] } }')).toEqual([]));
  it('hands over the context of a page of Gatsby, and nothing that it is made with', () => expect(handOversOf({ 'package.json': dependencies('gatsby', 'react'), 'gatsby-node.js': 'exports.createPages = async ({ actions }) => { actions.createPage({ path: "/", component: "./a.js", context: { key: process.env.HILT_API_KEY } }); actions.createPage({ path: "/b", component: "./b.js", context: { products: await load(process.env.HILT_API_KEY) } }) }' })).toEqual(['gatsby-node.js: process.env.HILT_API_KEY: the context of a page']));
  it('leaves what only the body uses', () => expect(next('pages/index.tsx', 'export async function getStaticProps() { const key = process.env.HILT_API_KEY; return { revalidate: key ? 1 : 2, props: { live: key.startsWith("hk_live_") } } }')).toEqual([]));
  it('leaves an API route', () => expect(next('pages/api/key.ts', 'export default function handler(request, response) { response.json({ key: process.env.HILT_API_KEY }) }')).toEqual([]));

  it('hands over the data of a React Router loader, wrapped or not', () => expect(handOversOf({
    'package.json': dependencies('@react-router/dev'),
    'app/routes/a.tsx': 'import { data } from "react-router"\nexport const loader = () => data({ ENV: { key: process.env.HILT_API_KEY } })\nexport default function Page() {}',
    'app/routes/b.tsx': 'export async function loader() { return Response.json({ ok: true, key: process.env.HILT_API_KEY }) }\nexport default function Page() {}',
    'app/routes/c.tsx': 'export async function loader() { return { ok: Boolean(process.env.HILT_API_KEY) } }\nexport default function Page() {}',
    // Without a component it is a resource route, which answers by itself.
    'app/routes/d.tsx': 'export async function loader() { return Response.json({ key: process.env.HILT_API_KEY }) }',
  })).toEqual(['app/routes/a.tsx: { key: process.env.HILT_API_KEY }: what `loader` returns', 'app/routes/b.tsx: process.env.HILT_API_KEY: what `loader` returns']));
  it('hands over the data of SvelteKit, with its aliases', () => expect(handOversOf({
    'package.json': dependencies('@sveltejs/kit'),
    'src/lib/server/hilt.ts': 'import { HILT_API_KEY } from "$env/static/private"\nexport const settings = { mode: "live", key: HILT_API_KEY }',
    'src/routes/+page.server.ts': 'import { settings } from "$lib/server/hilt"\nexport const load = () => ({ settings })',
    'src/routes/pay/+page.server.ts': 'import { fail } from "@sveltejs/kit"\nimport { settings } from "$lib/server/hilt"\nexport const actions = { default: async () => { return fail(400, { key: settings.key }) } }',
    'src/routes/safe/+page.server.ts': 'import { settings } from "$lib/server/hilt"\nexport const load = () => ({ mode: settings.mode })',
  })).toEqual(['src/routes/+page.server.ts: settings: what `load` returns', 'src/routes/pay/+page.server.ts: settings.key: what a form action returns']));
  it('hands over what a remote function of SvelteKit gives, and ships nothing of its module', () => expect(handOversOf({
    'package.json': dependencies('@sveltejs/kit'),
    'src/routes/a.remote.ts': 'import { query } from "$app/server"\nimport { HILT_API_KEY } from "$env/static/private"\nexport const key = query(async () => { return HILT_API_KEY })\nexport const live = query(z.string(), async (name) => HILT_API_KEY.startsWith(name))',
    'src/routes/+page.svelte': '<script>\nimport { key, live } from "./a.remote"\n</script>',
  })).toEqual(['src/routes/a.remote.ts: HILT_API_KEY: what `query` gives']));
  it('hands over what a server function of TanStack Start gives, and what a loader reads on the server', () => expect(handOversOf({
    'package.json': dependencies('@tanstack/react-start'),
    'src/routes/a.tsx': 'import { createServerFn } from "@tanstack/react-start"\nexport const read = createServerFn().handler(async () => ({ key: process.env.HILT_API_KEY }))\nexport const check = createServerFn().handler(async () => Boolean(process.env.HILT_API_KEY))',
    'src/routes/b.tsx': 'import { createFileRoute } from "@tanstack/react-router"\nexport const Route = createFileRoute("/b")({ loader: () => ({ key: process.env.HILT_API_KEY }) })',
  })).toEqual(['src/routes/a.tsx: process.env.HILT_API_KEY: what `createServerFn` gives', 'src/routes/b.tsx: process.env.HILT_API_KEY: what `loader` returns']));
  it('hands over the state, the data and the answers of Nuxt that a page fetches', () => expect(handOversOf({
    'package.json': dependencies('nuxt'),
    'pages/index.vue': '<script setup>\nconst config = useRuntimeConfig()\nuseState("k", () => config.hiltApiKey)\nuseState("p", () => config.public.hiltApiKey)\nconst { data } = await useFetch("/api/key")\n</script>',
    'server/api/key.get.ts': 'export default defineEventHandler(() => ({ key: process.env.HILT_API_KEY }))',
    'server/api/other.ts': 'export default defineEventHandler(() => ({ key: process.env.HILT_API_KEY }))',
  })).toEqual(['pages/index.vue: config.hiltApiKey: what `useState` gives', 'server/api/key.get.ts: process.env.HILT_API_KEY: the answer of a handler that a page fetches']));
});

describe('settings of Nuxt', () => {
  const nuxt = (page: string) => handOversOf({ 'package.json': dependencies('nuxt'), 'nuxt.config.ts': `export default defineNuxtConfig({ runtimeConfig: { paySecret: "${key}", public: { url: "x" } } })`, 'pages/hilt.vue': page });
  it('are handed over by state and by the template', () => expect(nuxt('<script setup>\nconst config = useRuntimeConfig()\nuseState("hilt", () => config.paySecret)\n</script>\n<template><p>{{ config.paySecret }} {{ config.public.url }}</p></template>')).toEqual(['pages/hilt.vue: config.paySecret: what `useState` gives', 'pages/hilt.vue: {{ config.paySecret }}: what the page renders']));
  it('stay on the server where nobody takes them', () => expect(nuxt('<script setup>\nconst config = useRuntimeConfig()\nuseState("hilt", () => config.public.url)\n</script>\n<template><p>{{ config.public.url }}</p></template>')).toEqual([]));
});

describe('Astro', () => {
  const page = (front: string, template: string, more: Record<string, string> = {}) => handOversOf({ 'package.json': dependencies('astro'), 'src/pages/index.astro': `---\n${front}\n---\n${template}`, 'src/components/Pay.jsx': 'export default function Pay({ title }) { return <b>{title}</b> }', ...more });
  const pay = 'import Pay from "../components/Pay.jsx"\nconst key = import.meta.env.HILT_API_KEY';
  it('hands over props of islands', () => expect(page(pay, '<!doctype html>\n<br><Pay client:load key2={key} @click="x" title=`a ${key}` {key} />')).toEqual(['src/pages/index.astro: {key}: prop `key2` of the island `Pay`', 'src/pages/index.astro: `a ${key}`: prop `title` of the island `Pay`', 'src/pages/index.astro: {key}: prop `key` of the island `Pay`']));
  it('hands over what templates render', () => expect(page(pay, '<ul>{[1].map((n) => <li data-key={key}>{n}</li>)}</ul>\n<script define:vars={{ key }}>window.x = key</script>')).toEqual(['src/pages/index.astro: {key}: what the page renders', 'src/pages/index.astro: {{ key }}: what the page renders']));
  it('follows a component that renders its prop', () => expect(page(pay, '<Pay title={key} />')).toEqual(['src/pages/index.astro: {key}: what the page renders']));
  it('follows an Astro component that renders its prop', () => expect(page('import Card from "../components/Card.astro"', '<Card title={import.meta.env.HILT_API_KEY} other={import.meta.env.HILT_API_KEY} />', { 'src/components/Card.astro': '---\nconst { title } = Astro.props\n---\n<p>{title}</p>' })).toEqual(['src/pages/index.astro: {import.meta.env.HILT_API_KEY}: what the page renders']));
  it('tells comments of HTML from those of the template', () => expect(page('', `<!-- ${key} -->{/* ${key} */}`)).toEqual(['src/pages/index.astro: KEY: a comment of the page']));
  it('survives templates without end', () => expect(['{'.repeat(5_000), '<a '.repeat(5_000), '{<b>'.repeat(5_000), '<a b={`${'.repeat(1_000)].flatMap((template) => page(pay, template))).toEqual([]));
  it('leaves the front matter', () => expect(page(`${pay}\nawait fetch("https://api.hilt.so", { headers: { "X-Hilt-Key": key } })`, '<p>{key ? "live" : ""}</p><Pay other={key} />')).toEqual([]));
});
