import { describe, expect, it } from 'vitest';
import { noClientKey } from '../../rules/no-client-key.ts';
import { exposuresOf } from '../../src/project/client/exposures.ts';
import { makeKey } from '../support/keys.ts';
import { linkedProject } from '../support/linked-project.ts';

const fill = (text: string, data: Readonly<Record<string, string>> = {}): string => text.replace(/\{\{ (\w+) \}\}/g, (_, name: string) => data[name] ?? '');

/** `file:line exposure confidence message`, each finding once. */
function found(files: Readonly<Record<string, string>>): string[] {
  const project = linkedProject(files);
  const named = [...exposuresOf(project).keys()].sort();
  return named.flatMap((file) => {
    const module = project.module(file);
    if (!module) throw new Error(`${file} is not there.`);
    return [...noClientKey.check(module, { project, options: {} })].map((report) => {
      const line = (files[file] ?? '').slice(0, report.at[0]).split('\n').length;
      return `${file}:${line} ${report.exposure} ${report.confidence} ${fill(noClientKey.meta.messages[report.messageId] ?? '', report.data)}`;
    });
  });
}

function traceOf(files: Readonly<Record<string, string>>): string[] {
  const project = linkedProject(files);
  const [file] = [...exposuresOf(project).keys()];
  const module = project.module(file ?? '');
  if (!module) throw new Error('Nothing was found.');
  const [report] = [...noClientKey.check(module, { project, options: {} })];
  return (report?.trace ?? []).map((step) => `${step.file}:${(files[step.file] ?? '').slice(0, step.at[0]).split('\n').length} ${step.message}`);
}

const next = { 'package.json': '{"dependencies":{"next":"16.4.6","react":"19.2.0","@hiltpay/sdk":"1.4.0"}}' };
const vite = { 'package.json': '{"devDependencies":{"vite":"8.3.8"}}', 'index.html': '<script type="module" src="/src/main.ts"></script>' };
const client = "import { HiltClient } from '@hiltpay/sdk';\nexport const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\n";

describe('code that a client bundle contains', () => {
  it('is found over imports, with the whole message and the shortest chain', () => {
    const files = {
      ...next,
      'app/page.tsx': "import { PayButton } from '../components/pay-button';\nexport default () => <PayButton />;\n",
      'components/pay-button.tsx': "'use client';\nimport { checkout } from '../lib';\nexport const PayButton = () => <button onClick={() => checkout()}>Pay</button>;\n",
      'lib/index.ts': "export * from './checkout';\n",
      'lib/checkout.ts': "import { hilt } from './hilt';\nexport const checkout = () => hilt.products.list();\n",
      'lib/hilt.ts': client,
    };
    expect(found(files)).toEqual(['lib/hilt.ts:2 code certain `HILT_API_KEY` is read by code that ships to the browser.']);
    expect(traceOf(files)).toEqual([
      'app/page.tsx:1 imports components/pay-button.tsx',
      'components/pay-button.tsx:2 "use client"',
      'lib/index.ts:1 imports lib/checkout.ts',
      'lib/checkout.ts:1 imports lib/hilt.ts',
      'lib/hilt.ts:2 process.env.HILT_API_KEY → apiKey of HiltClient',
    ]);
  });

  it('shows the slot where it stands elsewhere', () => {
    const files = { ...vite, 'src/main.ts': "import { pay } from './pay';\npay();\n", 'src/pay.ts': "import { key } from './config';\nexport const pay = () => fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': key } });\n", 'src/config.ts': `export const key = '${makeKey('live', 'slot')}';\n` };
    expect(traceOf(files).at(-1)).toBe('src/pay.ts:2 fills X-Hilt-Key');
    expect(traceOf(files).at(-2)).toMatch(/^src\/config\.ts:1 hk_live_\w{4}…$/);
  });

  it('holds a literal, which ships as it is', () => {
    const files = { ...vite, 'src/main.ts': `import './pay';\n`, 'src/pay.ts': `window.hiltKey = '${makeKey('live', 'pay')}';\n` };
    expect(found(files)).toEqual(['src/pay.ts:1 value certain A live Hilt key ships to the browser.']);
  });

  it('holds a key that is put together from two modules', () => {
    const key = makeKey('live', 'split');
    const files = {
      ...vite,
      'src/main.ts': "import { prefix } from './prefix';\nimport { body } from './body';\nconsole.log(prefix + body);\n",
      'src/prefix.ts': `export const prefix = '${key.slice(0, 8)}';\n`,
      'src/body.ts': `export const body = '${key.slice(8)}';\n`,
    };
    expect(found(files)).toEqual(['src/main.ts:3 value certain A live Hilt key ships to the browser.']);
  });

  it('reads a name that the bundler inlines', () => {
    const files = { ...vite, 'src/main.ts': "fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': import.meta.env.VITE_HILT_API_KEY } });\n" };
    expect(found(files)).toEqual(['src/main.ts:1 value certain `VITE_HILT_API_KEY` is inlined into code that ships to the browser: its value can be read there.']);
  });

  it('fills the header with a value from nowhere that is known', () => {
    const files = { ...vite, 'src/main.ts': "const pay = (key: string) => fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': key } });\ndocument.onclick = () => pay(localStorage.key);\n" };
    expect(found(files)).toEqual(['src/main.ts:1 code certain `X-Hilt-Key` is set by code that ships to the browser.']);
  });

  it('names a variable of any spelling, since it fills the header', () => {
    const files = { ...vite, 'src/main.ts': "import { key } from './config';\nfetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': key } });\n", 'src/config.ts': 'export const key = process.env.PAYMENTS_TOKEN;\n' };
    expect(found(files)).toEqual(['src/config.ts:1 code certain `PAYMENTS_TOKEN` is read by code that ships to the browser.']);
  });

  it('is followed through a dynamic import, a worker and a side-effect import', () => {
    const key = makeKey('sandbox', 'three');
    const files = {
      ...vite,
      'src/main.ts': "import './setup';\nconst load = () => import('./lazy');\nload();\nnew Worker(new URL('./worker.ts', import.meta.url));\n",
      'src/setup.ts': `globalThis.a = '${key}';\n`,
      'src/lazy.ts': `export const b = '${key}';\n`,
      'src/worker.ts': `postMessage('${key}');\n`,
    };
    expect(found(files)).toEqual([
      'src/lazy.ts:1 value certain A sandbox Hilt key ships to the browser.',
      'src/setup.ts:1 value certain A sandbox Hilt key ships to the browser.',
      'src/worker.ts:1 value certain A sandbox Hilt key ships to the browser.',
    ]);
  });

  it('ships whole modules with Metro, which drops nothing', () => {
    const files = {
      'package.json': '{"dependencies":{"react-native":"0.81.6"}}',
      'index.js': "import { used } from './lib';\nconsole.log(used);\n",
      'lib.js': `export const used = 1;\nexport const unused = '${makeKey('live', 'metro')}';\n`,
    };
    expect(found(files)).toEqual(['lib.js:2 value certain A live Hilt key ships to the app.']);
  });

  it('is a component that another component renders', () => {
    const files = {
      ...next,
      'app/page.tsx': "import { Pay } from '../components/pay';\nexport default () => <Pay />;\n",
      'components/pay.tsx': "'use client';\nimport { Form } from './form';\nexport function Pay() {\n  return <Form />;\n}\n",
      'components/form.tsx': `export function Form() {\n  return <a data-key="${makeKey('live', 'form')}">Pay</a>;\n}\n`,
    };
    expect(found(files)).toEqual(['components/form.tsx:2 value certain A live Hilt key ships to the browser.']);
  });

  it('is what is written to something that ships', () => {
    const files = { ...next, 'pages/index.jsx': `export default function Page() {\n  return null;\n}\nPage.getInitialProps = async () => {\n  await fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': '${makeKey('live', 'initial')}' } });\n  return {};\n};\n` };
    expect(found(files)).toContain('pages/index.jsx:5 value certain A live Hilt key ships to the browser.');
  });

  it('is read in the markup of a Svelte component', () => {
    const svelte = { 'package.json': '{"devDependencies":{"@sveltejs/kit":"2.70.0","vite":"8.3.8"}}' };
    const header = (value: string): string => `fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': ${value} } })`;
    expect(found({ ...svelte, 'src/routes/+page.svelte': `<button onclick={() => ${header('import.meta.env.VITE_HILT_API_KEY')}}>Pay</button>\n` })).toEqual([
      'src/routes/+page.svelte:1 value certain `VITE_HILT_API_KEY` is inlined into code that ships to the browser: its value can be read there.',
    ]);
    expect(found({ ...svelte, 'src/lib/keys.js': `export const key = '${makeKey('live', 'lazy')}';\n`, 'src/routes/+page.svelte': "{#if open}\n  <button onclick={() => import('$lib/keys.js').then(({ key }) => console.log(key))}>Pay</button>\n{/if}\n" })).toEqual([
      'src/lib/keys.js:1 value certain A live Hilt key ships to the browser.',
    ]);
    expect(found({ ...svelte, 'src/routes/+page.svelte': `<script>\n  import { env } from '$env/dynamic/public';\n  const pay = () => ${header('env.PUBLIC_HILT_API_KEY')};\n</script>\n` })).toEqual([
      'src/routes/+page.svelte:3 value certain `PUBLIC_HILT_API_KEY` is inlined into code that ships to the browser: its value can be read there.',
    ]);
  });

  it('is the script of an Astro page', () => {
    const astro = { 'package.json': '{"dependencies":{"astro":"5.18.2"}}' };
    expect(found({ ...astro, 'src/pages/index.astro': `---\n---\n<script>\n  window.hilt = '${makeKey('live', 'script')}';\n</script>\n` })).toEqual(['src/pages/index.astro:4 value certain A live Hilt key ships to the browser.']);
  });

  it('is carried by a source map that a script of the package asks for', () => {
    const main = { 'src/main.js': `// ${makeKey('live', 'comment')}\nconsole.log('shop');\n` };
    const bun = (options: string): string[] => found({ ...main, 'package.json': `{"scripts":{"build":"bun build ./src/main.js --outdir dist --target browser --minify${options}"}}` });
    expect(bun(' --sourcemap=linked')).toEqual(['src/main.js:1 value certain A live Hilt key ships to the browser.']);
    expect(bun('')).toEqual([]);
    const parcel = (options: string): string[] => found({ ...main, 'index.html': '<script type="module" src="./src/main.js"></script>', 'package.json': `{"scripts":{"build":"parcel build index.html${options}"},"devDependencies":{"parcel":"2.16.4"}}` });
    expect(parcel('')).toEqual(['src/main.js:1 value certain A live Hilt key ships to the browser.']);
    expect(parcel(' --no-source-maps')).toEqual([]);
  });

  it('may be an export of a client component that no server component renders', () => {
    const files = {
      ...next,
      'app/page.tsx': "import { Pay } from '../components/pay';\nexport default () => <Pay />;\n",
      'components/pay.tsx': `'use client';\nexport const Pay = () => <p>pay</p>;\nexport const Spare = () => <p title="${makeKey('live', 'spare')}">spare</p>;\n`,
    };
    expect(found(files)).toEqual(['components/pay.tsx:3 value possible A live Hilt key may ship to the browser.']);
  });

  it('ships with JSON that Metro packs whole', () => {
    const files = { 'package.json': '{"main":"index.js","dependencies":{"react-native":"0.86.0"}}', 'index.js': "import config from './config.json';\nconsole.log(config.url);\n", 'config.json': `{ "url": "https://shop.example", "hilt": "${makeKey('live', 'json')}" }\n` };
    expect(found(files)).toEqual(['config.json:1 value certain A live Hilt key ships to the app.']);
  });

  it('is chosen by the platforms that an Expo application names', () => {
    const files = { 'package.json': '{"main":"index.js","dependencies":{"expo":"54.0.0","react-native":"0.81.0"}}', 'index.js': "import { key } from './keys';\nconsole.log(key);\n", 'keys.js': `export const key = '${makeKey('live', 'native')}';\n`, 'keys.web.js': `export const key = '${makeKey('live', 'web')}';\n` };
    expect(found(files).map((line) => line.split(' ')[0])).toEqual(['keys.js:1', 'keys.web.js:1']);
    expect(found({ ...files, 'app.json': '{"expo":{"platforms":["web"]}}' }).map((line) => line.split(' ')[0])).toEqual(['keys.web.js:1']);
  });

  it('is not guarded by a file name that the framework does not know', () => {
    const files = { ...vite, 'src/main.ts': "import { hilt } from './hilt.server';\nhilt.products.list();\n", 'src/hilt.server.ts': client };
    expect(found(files)).toEqual(['src/hilt.server.ts:2 code certain `HILT_API_KEY` is read by code that ships to the browser.']);
  });
});

describe('code that no client bundle contains', () => {
  it('is a route handler, a server component and a module of server actions', () => {
    const files = {
      ...next,
      'app/page.tsx': "import { hilt } from '../lib/hilt';\nexport default async () => <p>{(await hilt.products.list()).length}</p>;\n",
      'app/api/pay/route.ts': "import { hilt } from '../../../lib/hilt';\nexport const POST = async () => Response.json(await hilt.products.list());\n",
      'app/actions.ts': "'use server';\nimport { hilt } from '../lib/hilt';\nexport async function list() { return (await hilt.products.list()).length; }\n",
      'components/list.tsx': "'use client';\nimport { list } from '../app/actions';\nexport const List = () => <button onClick={() => list()}>List</button>;\n",
      'lib/hilt.ts': client,
    };
    expect(found(files)).toEqual([]);
  });

  it('is imported only for its types', () => {
    const files = { ...vite, 'src/main.ts': "import type { Api } from './hilt';\nimport { type Api as Other } from './hilt';\nexport const name = (api: Api, other: Other) => [api, other];\n", 'src/hilt.ts': `${client}export type Api = typeof hilt;\n` };
    expect(found(files)).toEqual([]);
  });

  it('is an export that nobody uses of a module without effects', () => {
    const files = { ...vite, 'src/main.ts': "import { price } from './lib';\nconsole.log(price);\n", 'src/lib.ts': `export { price } from './price';\nexport { key } from './key';\n`, 'src/price.ts': 'export const price = 1;\n', 'src/key.ts': `export const key = '${makeKey('live', 'unused')}';\n` };
    expect(found(files)).toEqual([]);
  });

  it('is what Next.js strips from a page', () => {
    const files = {
      ...next,
      'pages/index.tsx': "import { hilt } from '../lib/hilt';\nexport const getServerSideProps = async () => ({ props: { count: (await hilt.products.list()).length } });\nexport default ({ count }) => <p>{count}</p>;\n",
      'lib/hilt.ts': client,
    };
    expect(found(files)).toEqual([]);
  });

  it('is a local that nobody reads and a type, with Metro too', () => {
    const files = {
      'package.json': '{"main":"index.js","dependencies":{"react-native":"0.86.0"}}',
      'index.js': `import './lib';\n// ${makeKey('live', 'comment')}\nconst key = '${makeKey('live', 'local')}';\nconsole.log('shop');\n`,
      'lib.ts': "import { Client } from './client';\nexport const make = (client: Client) => client;\n",
      'client.ts': `globalThis.hilt = '${makeKey('live', 'type')}';\nexport class Client {}\n`,
    };
    expect(found(files)).toEqual([]);
  });

  it('is a comment of a component', () => {
    const comment = makeKey('live', 'comment');
    expect(found({ 'package.json': '{"devDependencies":{"@sveltejs/kit":"2.70.0"}}', 'src/routes/+page.svelte': `<script>\n  // ${comment}\n</script>\n<!-- ${comment} -->\n<p>shop</p>\n` })).toEqual([]);
    expect(found({ ...vite, 'src/main.ts': "import './app.vue';\n", 'src/app.vue': `<script setup>\n// ${comment}\n</script>\n<template><!-- ${comment} --><p>shop</p></template>\n` })).toEqual([]);
  });

  it('is an export of a route that React Router does not know, and the handlers of one of TanStack Start', () => {
    const pay = `fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': '${makeKey('live', 'route')}' } })`;
    expect(found({ 'package.json': '{"devDependencies":{"@react-router/dev":"7.18.0","vite":"8.3.8"}}', 'app/routes/pay.tsx': `export const charge = () => ${pay};\nexport default () => <p>shop</p>;\n` })).toEqual([]);
    expect(found({ 'package.json': '{"dependencies":{"@tanstack/react-start":"1.169.5"}}', 'src/routes/pay.tsx': `import { createFileRoute } from '@tanstack/react-router';\nexport const Route = createFileRoute('/pay')({ server: { handlers: { POST: () => ${pay} } } });\n` })).toEqual([]);
  });

  it('is a composable that nobody mentions, beside one that is used', () => {
    const files = { 'package.json': '{"dependencies":{"nuxt":"4.4.0"}}', 'app/app.vue': '<script setup>\nconst name = useName();\n</script>\n', 'app/composables/hilt.ts': `export const useName = () => 'shop';\nexport const useSpareKey = () => '${makeKey('live', 'spare')}';\n` };
    expect(found(files)).toEqual([]);
  });

  it('is a tag or an attribute that happens to be called as a variable is', () => {
    const files = { ...vite, 'src/main.tsx': "import { form, key } from './keys';\nexport const App = () => <form key=\"a\">shop</form>;\n", 'src/keys.ts': `export const key = '${makeKey('live', 'tag')}';\nexport const form = key;\n`, 'index.html': '<script type="module" src="/src/main.tsx"></script>' };
    expect(found(files)).toEqual([]);
  });

  it('is a file that a glob leaves out', () => {
    const files = { ...vite, 'src/main.ts': "console.log(import.meta.glob(['./keys/*.ts', '!./keys/server.ts'], { eager: true }));\n", 'src/keys/server.ts': `export const key = '${makeKey('live', 'glob')}';\n`, 'src/keys/names.ts': 'export const name = 1;\n' };
    expect(found(files)).toEqual([]);
  });

  it('is a branch that the build decides', () => {
    const files = { ...vite, 'src/main.ts': `if (import.meta.env.SSR) {\n  globalThis.key = '${makeKey('live', 'ssr')}';\n}\n` };
    expect(found(files)).toEqual([]);
  });

  it('is a server, a worker on the edge, a bot and a script', () => {
    const read = "import { HiltClient } from '@hiltpay/sdk';\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nhilt.products.list();\n";
    expect(found({ 'package.json': '{"dependencies":{"express":"5.1.0"}}', 'src/index.ts': read })).toEqual([]);
    expect(found({ 'package.json': '{"devDependencies":{"wrangler":"4.0.0"}}', 'wrangler.toml': 'name = "pay"\nmain = "src/index.ts"\n', 'src/index.ts': "export default { fetch: (_, env) => fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': env.HILT_API_KEY } }) };\n" })).toEqual([]);
    expect(found({ 'package.json': '{"dependencies":{"telegraf":"4.16.3"}}', 'bot.ts': read, 'scripts/report.ts': read })).toEqual([]);
  });

  it('is a client without a key, which Hilt documents for browsers', () => {
    const files = { ...vite, 'src/main.ts': "import { HiltClient } from '@hiltpay/sdk';\nimport { encodeX402Header } from '@hiltpay/sdk/x402';\nawait new HiltClient().checkout.getProduct('a');\nencodeX402Header({});\n" };
    expect(found(files)).toEqual([]);
  });

  it('is an empty or missing key', () => {
    const files = { ...vite, 'src/main.ts': "import { HiltClient } from '@hiltpay/sdk';\nawait new HiltClient({ apiKey: '' }).payments.get('a');\nawait new HiltClient({ apiKey: undefined }).payments.get('a');\n" };
    expect(found(files)).toEqual([]);
  });

  it('only asks whether a key is there', () => {
    const files = { ...vite, 'src/main.ts': "console.log(typeof process.env.HILT_API_KEY);\n" };
    expect(found(files)).toEqual([]);
  });
});

describe('a helper that looks up the name that it is given', () => {
  const helper = 'export function requireEnv(name: string): string {\n  const value = process.env[name];\n  if (!value) throw new Error(name);\n  return value;\n}\n';
  const main = "import { HiltClient } from '@hiltpay/sdk';\nimport { requireEnv } from './env';\nnew HiltClient({ apiKey: requireEnv('HILT_API_KEY') }).products.list();\nnew HiltClient({ apiKey: requireEnv('SUPPORT_HILT_KEY') }).products.list();\n";

  it('is a read at each call that names a key', () => {
    const files = { ...vite, 'src/env.ts': helper, 'src/main.ts': main };
    expect(found(files)).toEqual([
      'src/main.ts:3 code certain `HILT_API_KEY` is read by code that ships to the browser.',
      'src/main.ts:4 code certain `SUPPORT_HILT_KEY` is read by code that ships to the browser.',
    ]);
    expect(traceOf(files).slice(-2)).toEqual(['src/main.ts:3 process.env.HILT_API_KEY → apiKey of HiltClient', 'src/env.ts:2 looks it up']);
  });

  it('is followed through another helper, up to where the name stands', () => {
    const files = {
      ...vite,
      'src/env.ts': `${helper}export const must = (key: string) => requireEnv(key);\n`,
      'src/config.ts': "import { must } from './env';\nexport const config = { hilt: { key: must('HILT_API_KEY') } };\n",
      'src/main.ts': "import { config } from './config';\nfetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': config.hilt.key } });\n",
    };
    expect(found(files)).toEqual(['src/config.ts:2 code certain `HILT_API_KEY` is read by code that ships to the browser.']);
  });

  it('counts where its value fills no slot', () => {
    const files = { ...vite, 'src/env.ts': 'export const read = (name) => import.meta.env[name];\n', 'src/main.ts': "import { read } from './env';\nexport const config = { url: read('VITE_URL'), key: read('VITE_HILT_API_KEY') };\ndocument.title = config.url;\n" };
    expect(found(files)).toEqual(['src/main.ts:2 value certain `VITE_HILT_API_KEY` is inlined into code that ships to the browser: its value can be read there.']);
  });

  it('makes no client key of what a server asks it for', () => {
    const files = {
      ...next,
      'lib/env.ts': helper,
      'lib/hilt.ts': "import { HiltClient } from '@hiltpay/sdk';\nimport { requireEnv } from './env';\nexport const hilt = new HiltClient({ apiKey: requireEnv('HILT_API_KEY') });\n",
      'components/link.tsx': "'use client';\nimport { requireEnv } from '../lib/env';\nexport const Link = () => <a href={requireEnv('NEXT_PUBLIC_URL')}>Shop</a>;\n",
      'app/page.tsx': "import { Link } from '../components/link';\nimport { hilt } from '../lib/hilt';\nexport default async () => { await hilt.products.list(); return <Link />; };\n",
    };
    expect(found(files)).toEqual([]);
  });

  it('holds no key in a list of names that is only a schema', () => {
    const env = (call: string) => ({ ...next, 'env.ts': `import { createEnv } from '@t3-oss/env-nextjs';\nexport const env = ${call};\n`, 'app/page.tsx': "import { C } from './c';\nexport default () => <C />;\n", 'app/c.tsx': "'use client';\nimport { env } from '../env';\nexport const C = () => <a href={env.NEXT_PUBLIC_URL}>Shop</a>;\n" });
    expect(found(env("createEnv({ server: { HILT_WEBHOOK_SECRET: z.string() }, client: { NEXT_PUBLIC_URL: z.string() } })"))).toEqual([]);
    expect(found(env("sign({ HILT_WEBHOOK_SECRET: window.secret })"))).toEqual(['env.ts:2 code certain `HILT_WEBHOOK_SECRET` is set by code that ships to the browser.']);
  });
});

describe('pages of Next.js with endings of their own', () => {
  const read = "fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': process.env.HILT_API_KEY } })";
  const files = {
    ...next,
    'app/home/page.page.tsx': "import { Pay } from './pay';\nexport default () => <Pay />;\n",
    'app/home/pay.tsx': `'use client';\nexport const Pay = () => { ${read}; return null; };\n`,
    'pages/shop.page.tsx': `export default () => { ${read}; return null; };\n`,
    'pages/server.ts': `export const list = () => ${read};\n`,
  };

  it('are pages, and what stands beside them is none', () => {
    expect(found({ ...files, 'next.config.js': "module.exports = { pageExtensions: ['page.tsx', 'api.ts'] };\n" })).toEqual([
      'app/home/pay.tsx:2 code certain `HILT_API_KEY` is read by code that ships to the browser.',
      'pages/shop.page.tsx:1 code certain `HILT_API_KEY` is read by code that ships to the browser.',
    ]);
  });

  it('every script below `pages/` is one where nothing is said', () => {
    expect(found(files).map((line) => line.split(' ')[0])).toContain('pages/server.ts:1');
  });
});
