import { describe, expect, it } from 'vitest';
import { clientFindings as found, packageWith, requestWith } from '../../support/client-findings.ts';
import { makeKey } from '../../support/keys.ts';

const page = { 'index.html': '<script type="module" src="/src/main.js"></script>' };
const key = 'import.meta.env.VITE_HILT_API_KEY';

describe('a prop of a component in a file of its own', () => {
  const vue = (parent: string, child: string, tag: string): Record<string, string> => ({
    ...page, 'package.json': packageWith('vite', 'vue'),
    'src/main.js': "import App from './App.vue';\ncreateApp(App).mount('#app');",
    'src/App.vue': `<script setup>\nimport PayButton from './PayButton.vue';\n${parent}\n</script>\n<template>\n  ${tag}\n</template>`,
    'src/PayButton.vue': child,
  });
  const setup = (names: string, value: string): string => `<script setup>\n${names}\nconst pay = () => ${requestWith(value)};\n</script>`;
  const own = `const hiltKey = ${key};`;

  it.each([
    ['bound by its name', '<PayButton :hilt-key="hiltKey" />', setup("const props = defineProps({ hiltKey: String });", 'props.hiltKey')],
    ['in another spelling', '<pay-button v-bind:hiltKey="hiltKey"></pay-button>', setup("const { hiltKey } = defineProps(['hiltKey']);", 'hiltKey')],
    ['with others at once', '<PayButton v-bind="{ hiltKey, size: 1 }" />', setup("const props = withDefaults(defineProps(), { size: 2 });", 'props.hiltKey')],
    ['by a reference', '<PayButton :hiltKey />', setup("const props = defineProps(['hiltKey']);\nconst { hiltKey } = toRefs(props);", 'hiltKey.value')],
    ['in options', '<PayButton :hilt-key="hiltKey" />', `<script>\nexport default { props: ['hiltKey'], methods: { pay() { ${requestWith('this.hiltKey')} } } };\n</script>`],
    ['in the options of a setup', '<PayButton :hilt-key="hiltKey" />', `<script>\nexport default defineComponent({ props: { hiltKey: String }, setup(props) { return { pay: () => ${requestWith('props.hiltKey')} }; } });\n</script>`],
  ])('of Vue is one finding, at the key: %s', (_, tag, child) => {
    expect(found(vue(own, child, tag))).toEqual(['src/App.vue:3 value']);
  });
  it.each([
    ['which nobody gives', '<PayButton size="1" />'],
    ['which a request gives', '<PayButton :hilt-key="answer.key" />'],
    ['of another component', '<OtherButton :hilt-key="hiltKey" />'],
    ['in a comment', '<!-- <PayButton :hilt-key="hiltKey" /> -->'],
  ])('of Vue stays open: %s', (_, tag) => {
    expect(found(vue("const answer = await (await fetch('/key')).json();\nconst hiltKey = 1;", setup("const props = defineProps(['hiltKey']);", 'props.hiltKey'), tag))).toEqual(['src/PayButton.vue:3 code']);
  });
  it('of Vue may be a text in the markup', () => {
    const files = vue('', setup("const props = defineProps(['hiltKey']);", 'props.hiltKey'), '<PayButton hilt-key="staging" />');
    expect(found(files)).toEqual([]);
  });
  it('of Nuxt needs no import', () => {
    const files = { 'package.json': packageWith('nuxt'), 'pages/index.vue': `<script setup>\nconst hiltKey = ${key};\n</script>\n<template><ShopPayButton :hilt-key="hiltKey" /></template>`, 'components/shop/PayButton.vue': setup("const props = defineProps(['hiltKey']);", 'props.hiltKey') };
    expect(found(files)).toEqual(['pages/index.vue:2 value']);
  });

  const svelte = (parent: string, child: string): Record<string, string> => ({
    ...page, 'package.json': packageWith('vite', 'svelte'), 'src/main.js': "import App from './App.svelte';\nmount(App, { target: document.body });",
    'src/App.svelte': `<script>\nimport Pay from './Pay.svelte';\nconst hiltKey = ${key};\n</script>\n${parent}`, 'src/Pay.svelte': child,
  });
  const runes = `<script>\nlet { hiltKey, size = 1 } = $props();\nconst pay = () => ${requestWith('hiltKey')};\n</script>`;
  const exported = `<script>\nexport let hiltKey;\nexport let size = 1;\nconst pay = () => ${requestWith('hiltKey')};\n</script>`;
  it.each([
    ['in braces', '<Pay hiltKey={hiltKey} />', runes],
    ['by its own name', '<Pay {hiltKey} size="2" />', runes],
    ['with others at once', '<Pay {...{ hiltKey }} />', runes],
    ['of Svelte 4', '<p><Pay size={1} hiltKey={hiltKey}/></p>', exported],
    ['bound', '<Pay bind:hiltKey />', exported],
  ])('of Svelte is one finding, at the key: %s', (_, parent, child) => {
    expect(found(svelte(parent, child))).toEqual(['src/App.svelte:3 value']);
  });
  it('of Svelte stays open where nobody gives it', () => {
    expect(found(svelte('<Pay size={2} />', runes))).toEqual(['src/App.svelte:3 value', 'src/Pay.svelte:3 code']);
    expect(found(svelte('<Pay size={2} />', exported))).toEqual(['src/App.svelte:3 value', 'src/Pay.svelte:4 code']);
  });
  it('of a class of React is one finding, at the key', () => {
    const files = { ...page, 'package.json': packageWith('vite', 'react'), 'src/main.js': `import { Pay } from './pay';\nrender(<Pay hiltKey={${key}} />);` };
    expect(found({ ...files, 'src/pay.jsx': `export class Pay extends React.Component {\n  render() { return <a onClick={() => ${requestWith('this.props.hiltKey')}} />; }\n}` })).toEqual(['src/main.js:2 value']);
    expect(found({ ...files, 'src/pay.jsx': `export class Pay extends React.Component {\n  render() { return <a onClick={() => ${requestWith('this.props.otherKey')}} />; }\n}` })).toEqual(['src/main.js:2 value', 'src/pay.jsx:2 code']);
  });
});

describe('the options of components and stores', () => {
  const files = (store: string, value = 'useShop().pay()'): Record<string, string> => ({ ...page, 'package.json': packageWith('vite', 'pinia', 'vuex'), 'src/main.js': `import { useShop } from './store';\n${value};`, 'src/store.js': store });
  it.each([
    ['the state of Pinia', `export const useShop = defineStore('shop', { state: () => ({\n hiltKey: ${key} }), actions: { pay() { ${requestWith('this.hiltKey')}; } } });`],
    ['a getter of Pinia', `export const useShop = defineStore('shop', { state: () => ({\n live: ${key} }), getters: { hiltKey: (state) => state.live }, actions: { pay() { ${requestWith('this.hiltKey')}; } } });`],
    ['the state of Vuex', `export const useShop = createStore({ state: {\n hiltKey: ${key} }, mutations: {}, actions: { pay({ state }) { ${requestWith('state.hiltKey')}; } } });`],
  ])('hold a key that is one finding: %s', (_, store) => expect(found(files(store))).toEqual(['src/store.js:2 value']));
  it.each([
    ['what an action of Pinia is given', `export const useShop = defineStore('shop', { state: () => ({ hiltKey: '' }), actions: {\n pay(state) { ${requestWith('state.hiltKey')}; } } });`],
    ['what the state does not hold', `export const useShop = defineStore('shop', { state: () => ({ other: '' }), actions: {\n pay() { ${requestWith('this.hiltKey')}; } } });`],
  ])('stay open: %s', (_, store) => expect(found(files(store))).toEqual(['src/store.js:2 code']));
  it('of a component of Vue', () => {
    const app = (data: string): Record<string, string> => ({ ...files('export const useShop = () => 1;', "import App from './App.vue'; createApp(App)"), 'src/App.vue': `<script>\nexport default {\n  ${data}\n  mounted() { ${requestWith('this.hiltKey')}; },\n};\n</script>` });
    expect(found(app(`data() { return { hiltKey: ${key} }; },`))).toEqual(['src/App.vue:3 value']);
    expect(found(app(`computed: { hiltKey() { return ${key}; } },`))).toEqual(['src/App.vue:3 value']);
    expect(found(app('data() { return { other: 1 }; },'))).toEqual(['src/App.vue:4 code']);
  });
});

describe('what a server hands over is one finding, at the value handed over', () => {
  it('by the props of a page of Next.js', () => {
    const files = (use: string): Record<string, string> => ({ 'package.json': packageWith('next', 'react'), 'pages/pay.jsx': `import { Button } from '../button';\nexport default ({ hiltKey }) => <Button apiKey={hiltKey} other={location.hash} />;\nexport const getServerSideProps = async () => ({ props: { hiltKey: process.env.HILT_API_KEY } });`, 'button.jsx': `export const Button = ({ apiKey, other }) => <b onClick={() => ${requestWith(use)}} />;` });
    expect(found(files('apiKey'))).toEqual(['pages/pay.jsx:3 value']);
    expect(found(files('other'))).toEqual(['button.jsx:1 code', 'pages/pay.jsx:3 value']);
  });
  it('through a state of a client component', () => {
    const files = { 'package.json': packageWith('next', 'react'), 'app/page.tsx': "import { Outer } from './outer';\nexport default () => <Outer cfg={{ hiltKey: process.env.HILT_API_KEY }} />;", 'app/outer.tsx': "'use client';\nimport { useState } from 'react';\nimport { Inner } from './inner';\nexport function Outer({ cfg }) { const [key] = useState(cfg.hiltKey); return <Inner k={key} />; }", 'app/inner.tsx': `export function Inner(props) { return <b onClick={() => ${requestWith('props.k')}} />; }` };
    expect(found(files)).toEqual(['app/page.tsx:2 value']);
  });
  it('by a script that sets a global', () => {
    const layout = (name: string): string => `export default ({ children }) => <body>\n<script dangerouslySetInnerHTML={{ __html: \`window.${name} = \${JSON.stringify({ HILT_API_KEY: process.env.HILT_API_KEY })}\` }} />{children}</body>;`;
    const files = { 'package.json': packageWith('next', 'react'), 'app/page.tsx': `'use client';\nexport default () => <b onClick={() => ${requestWith('window.__ENV__.HILT_API_KEY')}} />;` };
    expect(found({ ...files, 'app/layout.tsx': layout('__ENV__') })).toEqual(['app/layout.tsx:2 value']);
    expect(found({ ...files, 'app/layout.tsx': layout('__OTHER__') })).toEqual(['app/layout.tsx:2 value', 'app/page.tsx:2 code']);
  });
  it.each([
    ['$props of Svelte 5', 'let { data } = $props();', 'data.apiKey', []],
    ['export let of Svelte 4', 'export let data;', 'data.apiKey', []],
    ['other data', 'let { data } = $props();', 'data.other', ['src/routes/shop/+page.svelte:3 code']],
  ])('by a load of SvelteKit: %s', (_, props, value, more) => {
    const files = { 'package.json': packageWith('@sveltejs/kit', 'svelte'), 'src/routes/+layout.server.ts': "import { HILT_API_KEY } from '$env/static/private';\nexport const load = async () => ({ apiKey: HILT_API_KEY });", 'src/routes/shop/+page.svelte': `<script>\n${props}\nconst pay = () => ${requestWith(value)};\n</script>` };
    expect(found(files)).toEqual(['src/routes/+layout.server.ts:2 value', ...more]);
  });
  it.each([
    ['a prop', '({ loaderData })', '', 'loaderData.key', []],
    ['a hook', '()', 'const { key } = useLoaderData();', 'key', []],
    ['another property', '()', 'const { key, other } = useLoaderData();', 'other', ['app/routes/home.tsx:3 code']],
  ])('by a loader of React Router: %s', (_, parameters, first, value, more) => {
    const files = { 'package.json': packageWith('@react-router/dev', 'react-router'), 'app/root.tsx': 'export default () => null;', 'app/routes.ts': "export default [index('routes/home.tsx')];", 'app/routes/home.tsx': `import { data, useLoaderData } from 'react-router';\nexport const loader = async () => data({ key: process.env.HILT_API_KEY });\nexport default function Home${parameters} { ${first} return <b onClick={() => ${requestWith(value)}} />; }` };
    expect(found(files)).toEqual(['app/routes/home.tsx:2 value', ...more]);
  });
  it('by a server function of TanStack Start', () => {
    const files = { 'package.json': packageWith('@tanstack/react-start', '@tanstack/react-router'), 'src/routes/index.tsx': `import { createFileRoute } from '@tanstack/react-router';\nimport { createServerFn } from '@tanstack/react-start';\nconst getKey = createServerFn().handler(() => ({ key: process.env.HILT_API_KEY }));\nexport const Route = createFileRoute('/')({ component: Home, loader: () => getKey() });\nfunction Home() { const d = Route.useLoaderData(); return <b onClick={() => ${requestWith('d.key')}} />; }` };
    expect(found(files)).toEqual(['src/routes/index.tsx:3 value']);
  });
  it.each([
    ['by its route', "import { getRouteApi } from '@tanstack/react-router';\nconst route = getRouteApi('/shop');", 'route.useLoaderData()', []],
    ['by its path', "import { useLoaderData } from '@tanstack/react-router';\n", "useLoaderData({ from: '/shop' })", []],
    ['by another path', "import { useLoaderData } from '@tanstack/react-router';\n", "useLoaderData({ from: '/other' })", ['src/shop.tsx:3 code']],
  ])('by a loader of TanStack in another module: %s', (_, first, data, more) => {
    const files = { 'package.json': packageWith('@tanstack/react-start', '@tanstack/react-router'), 'src/routes/shop.tsx': "import { createFileRoute } from '@tanstack/react-router';\nimport { createServerFn } from '@tanstack/react-start';\nimport { Shop } from '../shop';\nconst getKey = createServerFn().handler(() => ({ key: process.env.HILT_API_KEY }));\nexport const Route = createFileRoute('/shop')({ component: Shop, loader: () => getKey() });", 'src/shop.tsx': `${first}\nexport function Shop() { const { key } = ${data}; return <b onClick={() => ${requestWith('key')}} />; }` };
    expect(found(files)).toEqual(['src/routes/shop.tsx:4 value', ...more]);
  });
  it('by the default of a prop', () => {
    const files = { 'package.json': '{"devDependencies":{"vite":"7.1.0"}}', 'index.html': '<script type="module" src="/src/main.tsx"></script>', 'src/main.tsx': `export class Pay extends Component {\n  static defaultProps = { hiltKey: import.meta.env.VITE_HILT_API_KEY };\n  pay() { return ${requestWith('this.props.hiltKey')}; }\n}\nrender(<Pay />);` };
    expect(found(files)).toEqual(['src/main.tsx:2 value']);
  });
  it('by a handler of Nuxt', () => {
    const files = (path: string): Record<string, string> => ({ 'package.json': packageWith('nuxt'), 'server/api/config.get.ts': 'export default defineEventHandler(() => ({ key: process.env.HILT_API_KEY }));', 'pages/index.vue': `<script setup>\nconst { data } = await useFetch('/api/config');\nconst answer = await $fetch('${path}');\nconst pay = () => ${requestWith('data.value.key')};\nconst again = () => ${requestWith('answer.key')};\n</script>` });
    expect(found(files('/api/config'))).toEqual(['server/api/config.get.ts:1 value']);
    expect(found(files('/api/other'))).toEqual(['pages/index.vue:5 code', 'server/api/config.get.ts:1 value']);
  });
  it('by the prop of an island', () => {
    const files = { 'package.json': packageWith('astro', 'preact'), 'src/pages/index.astro': "---\nimport Pay from '../pay.jsx';\nconst hiltKey = import.meta.env.HILT_API_KEY;\n---\n<Pay client:load apiKey={hiltKey} />", 'src/pay.jsx': `export default ({ apiKey, other }) => <b onClick={() => ${requestWith('apiKey')}} />;` };
    expect(found(files)).toEqual(['src/pages/index.astro:5 value']);
    expect(found({ ...files, 'src/pay.jsx': `export default ({ apiKey, other }) => <b onClick={() => ${requestWith('other')}} />;` })).toEqual(['src/pages/index.astro:5 value', 'src/pay.jsx:1 code']);
  });
});

describe('props that a component passes on', () => {
  const files = (shell: string, panel = 'apiKey'): Record<string, string> => ({
    'package.json': packageWith('next', 'react'), 'app/page.tsx': "import { Shell } from './shell';\nexport default () => <Shell title=\"x\" apiKey={process.env.HILT_API_KEY} />;",
    'app/shell.tsx': `import { Panel } from './panel';\nexport function Shell${shell}`, 'app/panel.tsx': `'use client';\nexport function Panel({ ${panel} }) { return <b onClick={() => ${requestWith(panel)}} />; }`,
  });
  it('all of them', () => expect(found(files('(props) { return <Panel {...props} />; }'))).toEqual(['app/shell.tsx:2 value']));
  it('the rest of them', () => expect(found(files('({ title, ...rest }) { return <Panel {...rest} />; }'))).toEqual(['app/shell.tsx:2 value']));
  it('others than the one that fills a slot', () => expect(found(files('(props) { return <Panel {...props} />; }', 'other'))).toEqual(['app/panel.tsx:2 code', 'app/shell.tsx:2 value']));
  it('without the key', () => expect(found(files('({ apiKey, ...rest }) { return <Panel {...rest} />; }', 'title'))).toEqual([]));
});

describe('the props of a page of Next.js', () => {
  const next = (page: string, more: Record<string, string> = {}): string[] => found({ 'package.json': packageWith('next', 'react'), 'pages/index.jsx': page, ...more });
  const cls = (name: string): string => `export default class Page extends React.Component { render() { return <b onClick={() => ${requestWith(`this.props.${name}`)}} />; } }`;
  it('come to a class', () => expect(next(`export const getServerSideProps = () => ({ props: { hiltKey: process.env.HILT_API_KEY } });\n${cls('hiltKey')}`)).toEqual(['pages/index.jsx:1 value']));
  it('come from its own initial props', () => expect(next(`export default function Page({ hiltKey }) { return <b onClick={() => ${requestWith('hiltKey')}} />; }\nPage.getInitialProps = () => ({ hiltKey: process.env.HILT_API_KEY });`)).toEqual(['pages/index.jsx:2 value']));
  it('come from those of the application', () => {
    const app = { 'pages/_app.jsx': 'export default function App({ Component, pageProps, hiltKey }) { return <Component {...pageProps} hiltKey={hiltKey} />; }\nApp.getInitialProps = () => ({ hiltKey: process.env.HILT_API_KEY });' };
    expect(next(cls('hiltKey'), app)).toEqual(['pages/_app.jsx:2 value']);
    expect(next(cls('other'), app)).toEqual(['pages/_app.jsx:2 value', 'pages/index.jsx:1 code']);
  });
});

describe('an attribute that a program asks for', () => {
  const html = (attribute: string, read: string): string[] => found({ 'index.html': `<!doctype html><pay-button ${attribute}="${makeKey('live', 'attribute')}"></pay-button><script src="pay.js"></script>`, 'pay.js': `class Pay extends HTMLElement { pay() { return ${requestWith(read)}; } }` });
  it('is found in the page', () => {
    expect(html('api-key', "this.getAttribute('api-key')")).toEqual(['index.html:1 value']);
    expect(html('data-api-key', 'document.currentScript.dataset.apiKey')).toEqual(['index.html:1 value']);
  });
  it('is found at the slot where the page has another', () => expect(html('api-key', "this.getAttribute('key')")).toEqual(['index.html:1 value', 'pay.js:1 code']));
});

describe('what the frontmatter of a page of Astro imports', () => {
  const files = { 'package.json': packageWith('astro'), 'src/panel.astro': `---\nconst { apiKey } = Astro.props;\nawait ${requestWith('apiKey')};\n---\n<p>Pay</p>` };
  const page = (script: string): Record<string, string> => ({ ...files, 'src/pages/index.astro': `---\nimport Panel from '../panel.astro';\n---\n<Panel apiKey={import.meta.env.HILT_API_KEY} />\n${script}` });
  it('is none of its scripts', () => expect(found(page('<script>document.title = "Pay";</script>'))).toEqual([]));
  it('is told apart from what they load', () => expect(found({ ...page('<script src="../pay.js"></script>'), 'src/pay.js': requestWith('import.meta.env.HILT_API_KEY') })).toEqual(['src/pay.js:1 code']));
});

describe('a name of the import map of a page', () => {
  const files = { 'index.html': '<script type="importmap">{ "imports": { "shop": "./js/hilt.js" } }</script>\n<script type="module" src="js/main.js"></script>', 'js/hilt.js': 'export const key = process.env.HILT_API_KEY;\nexport const other = location.hash;' };
  it('is followed', () => expect(found({ ...files, 'js/main.js': `import { key } from 'shop';\n${requestWith('key')};` })).toEqual(['js/hilt.js:1 code']));
  it('tells no more than the module does', () => expect(found({ ...files, 'js/main.js': `import { other } from 'shop';\n${requestWith('other')};` })).toEqual(['js/hilt.js:1 code', 'js/main.js:2 code']));
});

describe('what a component is given', () => {
  it('is looked for only so far where components render one another', () => {
    const names = Array.from({ length: 40 }, (_, index) => `C${index}`);
    const all = names.map((name) => `import { ${name} } from './${name}';`).join(' ');
    const files = Object.fromEntries(names.map((name) => [`src/${name}.jsx`, `${all}\nexport function ${name}({ k }) { ${requestWith('k')}; return <>${names.map((each) => `<${each} k={k} />`).join('')}</>; }`]));
    const main = { ...page, 'package.json': packageWith('vite', 'react'), 'src/main.js': `${all}\nrender(<C0 k={location.hash} />);` };
    expect(found({ ...main, ...files })).toHaveLength(40);
  });
  it.each([
    ['braces', '<A {'], ['quotes', '<A b="'], ['tags', '<A '], ['attributes', '<A b={"x"} {...y} '],
  ])('may never end: %s', (_, text) => {
    const files = { ...page, 'package.json': packageWith('vite', 'svelte'), 'src/main.js': "import './App.svelte';", 'src/App.svelte': `<script>const hilt = 1;</script>\n${text.repeat(10_000)}` };
    expect(found(files)).toEqual([]);
  });
});
