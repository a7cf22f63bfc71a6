import { describe, expect, it } from 'vitest';
import { defaultKeyOptions } from '../../../src/hilt/key-options.ts';
import { exposuresOf } from '../../../src/project/client/exposures.ts';
import type { LinkSettings } from '../../../src/project/link-settings.ts';
import { linkProject } from '../../../src/project/link.ts';
import { summarise } from '../../../src/syntax/summarise.ts';
import { clientFindings as found, packageWith, requestWith } from '../../support/client-findings.ts';
import { makeKey } from '../../support/keys.ts';
import { memorySource } from '../../support/memory-source.ts';

const key = makeKey('live', 'applications');
const page = '<script type="module" src="/src/main.ts"></script>';
const vite = { 'package.json': packageWith('vite'), 'index.html': page };

describe('one finding an origin', () => {
  it('stands at a read once, whatever TypeScript puts around it', () => {
    expect(found({ ...vite, 'src/main.ts': `${requestWith('process.env.HILT_A_KEY!')};\n${requestWith('process.env.HILT_B_KEY as string')};\n${requestWith('(process.env.HILT_C_KEY satisfies unknown)!')};\n${requestWith('<string>process.env.HILT_D_KEY')};\n` }))
      .toEqual(['src/main.ts:1 code', 'src/main.ts:2 code', 'src/main.ts:3 code', 'src/main.ts:4 code']);
  });
  it('stands at the definition of a global, not at its use', () => {
    const files = { 'package.json': packageWith('webpack'), 'webpack.config.js': "module.exports = { entry: './src/main.js', plugins: [new webpack.DefinePlugin({ HILT_KEY: JSON.stringify(process.env.HILT_API_KEY) })] };" };
    expect(found({ ...files, 'src/main.js': requestWith('HILT_KEY') })).toEqual(['webpack.config.js:1 value']);
    expect(found({ ...files, 'src/main.js': requestWith('window.other') })).toEqual(['src/main.js:1 code', 'webpack.config.js:1 code']);
  });
  it('stands at a define of the command line', () => {
    expect(found({ 'package.json': '{"scripts":{"build":"esbuild src/app.js --bundle --define:HILT_KEY=$HILT_API_KEY"}}', 'src/app.js': requestWith('HILT_KEY') })).toEqual(['package.json:1 value']);
  });
});

describe('values of components', () => {
  const main = (rendered: string): Record<string, string> => ({ 'package.json': packageWith('vite', 'react'), 'index.html': '<script type="module" src="/src/main.tsx"></script>', 'src/main.tsx': `import { Pay } from './parts';\nimport { Shop } from './shop';\ndocument.body.append(${rendered});`, 'src/parts.ts': "export { Pay } from './pay';" });
  const pay = (body: string): Record<string, string> => ({ 'src/pay.tsx': `import { useShop } from './shop';\nexport function Pay({ apiKey }) { ${body} }` });
  const shop = { 'src/shop.tsx': "import { createContext, useContext } from 'react';\nconst Context = createContext({ key: '' });\nexport const Shop = ({ children }) => <Context.Provider value={{ key: import.meta.env.VITE_HILT_SHOP_KEY, theme: 'dark' }}>{children}</Context.Provider>;\nexport const useShop = () => useContext(Context);" };
  it('come from the prop that renders one', () => expect(found({ ...main('<Pay apiKey={import.meta.env.VITE_HILT_API_KEY} />'), ...pay(`return <a onClick={() => ${requestWith('apiKey')}} />;`), 'src/shop.tsx': 'export const Shop = 1, useShop = 2;' })).toEqual(['src/main.tsx:3 value']));
  it('are open where nobody gives the prop, or gives what is not known', () => {
    expect(found({ ...main('<Pay />'), ...pay(`return <a onClick={() => ${requestWith('apiKey')}} />;`), 'src/shop.tsx': 'export const Shop = 1, useShop = 2;' })).toEqual(['src/pay.tsx:2 code']);
    expect(found({ ...main('<Pay apiKey={location.hash} />'), ...pay(`return <a onClick={() => ${requestWith('apiKey')}} />;`), 'src/shop.tsx': 'export const Shop = 1, useShop = 2;' })).toEqual(['src/pay.tsx:2 code']);
  });
  it('come to the consumer of a context', () => {
    const consumer = (child: string): Record<string, string> => ({ ...main('<Pay />'), 'src/shop.tsx': 'export const Shop = 1;', 'src/pay.tsx': `import { createContext } from 'react';\nconst Context = createContext({ key: import.meta.env.VITE_HILT_API_KEY });\nexport const Pay = () => <Context.Consumer>\n  {${child}}\n</Context.Consumer>;` });
    expect(found(consumer(`(shop) => <a onClick={() => ${requestWith('shop.key')}} />`))).toEqual(['src/pay.tsx:2 value']);
    expect(found(consumer(`({ key }) => <a onClick={() => ${requestWith('key')}} />`))).toEqual(['src/pay.tsx:2 value']);
  });
  it('come from the provider of a context', () => {
    expect(found({ ...main('<Shop><Pay /></Shop>'), ...pay(`const { key } = useShop(); return <a onClick={() => ${requestWith('key')}} />;`), ...shop })).toEqual(['src/shop.tsx:3 value']);
    expect(found({ ...main('<Shop><Pay /></Shop>'), ...pay(`const { token } = useShop(); return <a onClick={() => ${requestWith('token')}} />;`), ...shop })).toEqual(['src/pay.tsx:2 code', 'src/shop.tsx:3 value']);
  });
});

describe('names that are checked', () => {
  const next = { 'package.json': packageWith('next', 'react', '@t3-oss/env-nextjs'), 'app/page.tsx': "import { C } from './c';\nexport default () => <C />;" };
  const env = "import { createEnv } from '@t3-oss/env-nextjs';\nexport const env = createEnv({\n  server: { HILT_API_KEY: z.string() },\n  runtimeEnv: { HILT_API_KEY: process.env.HILT_API_KEY, NEXT_PUBLIC_URL: process.env.NEXT_PUBLIC_URL },\n});\n";
  it('are silent in their list', () => expect(found({ ...next, 'env.ts': env, 'app/c.tsx': "'use client';\nimport { env } from '../env';\nexport const C = () => <a href={env.NEXT_PUBLIC_URL}>x</a>;" })).toEqual([]));
  it('are found where client code takes one', () => expect(found({ ...next, 'env.ts': env, 'app/c.tsx': `'use client';\nimport { env } from '../env';\nexport const C = () => <a onClick={() => ${requestWith('env.HILT_API_KEY')}}>x</a>;` })).toEqual(['app/c.tsx:3 code']));
  it('are found in the list where the build puts their values there', () => expect(found({ ...next, 'next.config.js': 'module.exports = { env: { HILT_API_KEY: process.env.HILT_API_KEY } };', 'env.ts': env, 'app/c.tsx': "'use client';\nimport { env } from '../env';\nexport const C = () => <a href={env.NEXT_PUBLIC_URL}>x</a>;" })).toEqual(['env.ts:4 value', 'next.config.js:1 value']));
});


describe('settings that an app hands to its code', () => {
  it('are found where Expo reads them, and where they are given', () => {
    const app = { 'package.json': packageWith('expo'), 'app.config.ts': 'export default { extra: { hiltApiKey: process.env.HILT_API_KEY } };' };
    expect(found({ ...app, 'App.tsx': `import Constants from 'expo-constants';\nexport default () => ${requestWith('Constants.expoConfig?.extra?.hiltApiKey')};` })).toEqual(['App.tsx:2 value', 'app.config.ts:1 value']);
    expect(found({ ...app, 'App.tsx': `import Constants from 'expo-constants';\nconst { hiltApiKey } = Constants.expoConfig.extra;\nexport default () => ${requestWith('hiltApiKey')};` })).toEqual(['App.tsx:2 value', 'app.config.ts:1 value']);
    expect(found({ ...app, 'App.tsx': `import Constants from 'expo-constants';\nexport default () => ${requestWith('Constants.expoConfig.extra.otherKey')};` })).toEqual(['App.tsx:2 code', 'app.config.ts:1 value']);
  });
  it('are found where Nuxt reads them', () => {
    const app = { 'package.json': packageWith('nuxt'), 'nuxt.config.ts': 'export default defineNuxtConfig({ runtimeConfig: { hiltKey: "", public: { hiltKey: process.env.HILT_API_KEY } } });' };
    expect(found({ ...app, 'app/app.vue': `<script setup>\nconst config = useRuntimeConfig();\nconst pay = () => ${requestWith('config.public.hiltKey')};\n</script>\n<template><button @click="pay" /></template>` })).toEqual(['app/app.vue:3 value', 'nuxt.config.ts:1 value']);
    expect(found({ ...app, 'app/app.vue': `<script setup>\nconst config = useRuntimeConfig();\nconst pay = () => ${requestWith('config.hiltKey')};\n</script>\n<template><button @click="pay" /></template>` })).toEqual(['app/app.vue:3 code', 'nuxt.config.ts:1 value']);
  });
  it('are found where react-native-config gives them', () => {
    const app = { 'package.json': packageWith('react-native', 'react-native-config'), '.env': 'HILT_API_KEY=' };
    expect(found({ ...app, 'App.js': `import Config from 'react-native-config';\nexport default () => ${requestWith('Config.HILT_API_KEY')};` })).toEqual(['.env:1 value', 'App.js:2 value']);
    expect(found({ ...app, 'App.js': `import Config from './config';\nexport default () => ${requestWith('Config.checkoutUrl')};`, 'config.js': "export default { checkoutUrl: '/pay' };" })).toEqual(['.env:1 value']);
  });
  it('are packed with Capacitor, also from the environment', () => {
    const app = { 'package.json': packageWith('@capacitor/core'), 'www/index.html': '<p>Shop</p>' };
    expect(found({ ...app, 'capacitor.config.ts': `export default { plugins: { Pay: {\n  hiltKey: process.env.HILT_API_KEY,\n  other: '${key}',\n  url: process.env.URL } } };` })).toEqual(['capacitor.config.ts:2 value', 'capacitor.config.ts:3 value']);
  });
});

describe('frameworks', () => {
  it('Angular ships the file that a production build takes instead', () => {
    const build = (configurations: object): string => JSON.stringify({ projects: { shop: { architect: { build: { builder: '@angular/build:application', options: { browser: 'src/main.ts' }, configurations } } } } });
    const files = {
      'package.json': packageWith('@angular/core'), 'src/main.ts': "import { environment } from './environment';\nconsole.log(environment.key);",
      'src/environment.ts': `export const environment = { key: '${makeKey('sandbox', 'angular')}' };`, 'src/environment.prod.ts': `export const environment = { key: '${key}' };`,
    };
    const replaced = { fileReplacements: [{ replace: 'src/environment.ts', with: 'src/environment.prod.ts' }] };
    expect(found({ ...files, 'angular.json': build({ production: replaced }) })).toEqual(['src/environment.prod.ts:1 value']);
    expect(found({ ...files, 'angular.json': build({ staging: replaced }) })).toEqual(['src/environment.prod.ts:1 value', 'src/environment.ts:1 value']);
    expect(found({ ...files, 'angular.json': build({ development: replaced }) })).toEqual(['src/environment.ts:1 value']);
  });
  it('Vue CLI defines variables in its chain', () => {
    const app = { 'package.json': packageWith('@vue/cli-service'), 'src/main.js': requestWith('process.env.HILT_API_KEY') };
    const chained = (body: string): string => `module.exports = { chainWebpack: (config) => { ${body} } };`;
    expect(found({ ...app, 'vue.config.js': chained("config.plugin('define').tap((args) => { args[0]['process.env'].HILT_API_KEY = JSON.stringify(process.env.HILT_API_KEY); return args; });") })).toEqual(['src/main.js:1 value', 'vue.config.js:1 value']);
    expect(found({ ...app, 'vue.config.js': chained("config.plugin('env').use(webpack.EnvironmentPlugin, [['HILT_API_KEY']]);") })).toEqual(['src/main.js:1 value', 'vue.config.js:1 value']);
    expect(found({ ...app, 'vue.config.js': chained("config.plugin('define').tap((args) => { args[0]['process.env'].VERSION = '1'; return args; });") })).toEqual(['src/main.js:1 code']);
  });
  it('Nuxt takes components and utilities of its layers', () => {
    const app = { 'package.json': packageWith('nuxt'), 'layers/shop/nuxt.config.ts': 'export default defineNuxtConfig({});', 'layers/shop/components/BuyNow.vue': `<script setup>\nconst pay = () => ${requestWith(`'${key}'`)};\n</script>\n<template><a @click="pay" /></template>` };
    expect(found({ ...app, 'nuxt.config.ts': 'export default defineNuxtConfig({});', 'pages/index.vue': '<template><BuyNow /></template>' })).toEqual(['layers/shop/components/BuyNow.vue:2 value']);
    expect(found({ ...app, 'nuxt.config.ts': 'export default defineNuxtConfig({});', 'pages/index.vue': '<template><Other /></template>' })).toEqual([]);
  });
  it('Bun builds what a build file says', () => {
    const files = { 'build.ts': "await Bun.build({ entrypoints: ['./src/app.ts'], outdir: 'dist', env: 'PUBLIC_*' });", 'src/app.ts': `${requestWith('process.env.PUBLIC_HILT_API_KEY')};\n${requestWith('process.env.HILT_API_KEY')};` };
    expect(found({ ...files, 'package.json': '{}' })).toEqual(['src/app.ts:1 value', 'src/app.ts:2 code']);
    expect(found({ ...files, 'build.ts': "await Bun.build({ entrypoints: ['./src/app.ts'], target: 'bun' });", 'package.json': '{}' })).toEqual([]);
  });
  it('a hand-written extension is packed as it is', () => {
    const files = { 'manifest.json': JSON.stringify({ manifest_version: 2, background: { scripts: ['bg.js'] } }) };
    expect(found({ ...files, 'bg.js': `var unused = '${key}';\n// ${key}`, 'tools/seed.js': `var key = '${key}';` })).toEqual(['bg.js:1 value', 'bg.js:2 value']);
  });
  it('Next.js ships what a page in Markdown renders', () => {
    expect(found({ 'package.json': packageWith('next', 'react'), 'app/docs/page.mdx': "import { Demo } from '../../demo'\n\n<Demo />\n", 'demo.tsx': `'use client'\nexport const Demo = () => <a onClick={() => ${requestWith('process.env.HILT_API_KEY')}}>x</a>` })).toEqual(['demo.tsx:2 code']);
  });
});

describe('files that are given out as they are', () => {
  it('hold keys in data', () => expect(found({ ...vite, 'src/main.ts': 'fetch("/config.json")', 'public/config.json': `{ "hilt": "${key}" }`, 'public/pay.js': `window.key = '${key}';` })).toEqual(['public/config.json:1 value', 'public/pay.js:1 value']));
  it('are what a Worker has as assets', () => {
    const worker = { 'package.json': packageWith('wrangler'), 'src/index.ts': `export default { fetch: (request, env) => ${requestWith('env.HILT_API_KEY')} };` };
    expect(found({ ...worker, 'wrangler.jsonc': '{ "main": "src/index.ts", "assets": { "directory": "./site" } }', 'site/app.js': `window.key = '${key}';`, 'other/app.js': `globalThis.key = '${key}';` })).toEqual(['site/app.js:1 value']);
    expect(found({ ...worker, 'wrangler.toml': 'main = "src/index.ts"\n[assets]\ndirectory = "./site"\n', 'site/app.js': `window.key = '${key}';` })).toEqual(['site/app.js:1 value']);
  });
  it('lie in the public folder of a server', () => expect(found({ 'package.json': packageWith('express'), 'public/app.js': `window.key = '${key}';`, 'src/app.js': `globalThis.key = '${key}';` })).toEqual(['public/app.js:1 value']));
  it('may lie in folders that servers give out by custom', () => expect(found({ 'manage.py': '', 'shop/static/shop/pay.js': `window.key = '${key}';`, 'shop/tools/pay.js': `globalThis.key = '${key}';` })).toEqual(['shop/static/shop/pay.js:1 value?']));
  it('are no programs of the server', () => expect(found({ 'package.json': packageWith('vite'), 'public/index.php': `<?php $key = '${key}'; ?>`, 'config/keys.json': `{ "hilt": "${key}" }` })).toEqual([]));
});

describe('public names that a server reads', () => {
  const next = { 'package.json': packageWith('next', 'react') };
  it('are the fault there too', () => expect(found({ ...next, 'app/api/pay/route.ts': `export const GET = () => ${requestWith('process.env.NEXT_PUBLIC_HILT_API_KEY')};` })).toEqual(['app/api/pay/route.ts:1 code']));
  it('are told once where client code has them', () => expect(found({ ...next, 'pages/index.tsx': `export default () => ${requestWith('process.env.NEXT_PUBLIC_HILT_API_KEY')};` })).toEqual(['pages/index.tsx:1 value']));
  it('are silent with the prefix of another framework', () => expect(found({ ...next, 'app/api/pay/route.ts': `export const GET = () => ${requestWith('process.env.VITE_HILT_API_KEY')};` })).toEqual([]));
});

describe('the configuration of hilt-guard', () => {
  const files = { ...vite, 'src/main.ts': "import { list } from './server/hilt';\nlist();", 'src/server/hilt.ts': `export const list = () => ${requestWith('process.env.HILT_API_KEY')};` };
  const exposed = (settings: LinkSettings): string[] => {
    const modules = [summarise('src/server/hilt.ts', files['src/server/hilt.ts'], defaultKeyOptions).summary];
    return [...exposuresOf(linkProject(modules, defaultKeyOptions, memorySource(files), settings)).keys()];
  };
  it('takes what it calls server out of the middle of a chain', () => {
    expect(exposed({ server: ['src/server/**'] })).toEqual([]);
    expect(exposed({ server: ['api/**'] })).toEqual(['src/server/hilt.ts']);
  });
});
