import { describe, expect, it } from 'vitest';
import { clientEntries, type EntryOptions } from '../../../src/project/client/entries.ts';
import { buildModuleGraph } from '../../../src/project/graph/build.ts';
import { memorySource } from '../../support/memory-source.ts';

const json = (value: unknown): string => JSON.stringify(value);
const dependencies = (...names: string[]): string => json({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });
const empty = (...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, '']));

/** Entries as `file: reason`, uncertain ones with a question mark. */
function entriesOf(files: Readonly<Record<string, string>>, options?: EntryOptions): string[] {
  const source = memorySource(files);
  const built = buildModuleGraph(source);
  return clientEntries(source, built, built.detection, options).map((entry) => `${entry.file}${entry.part === undefined ? '' : ' (script)'}: ${entry.reason}${entry.confidence === 'possible' ? '?' : ''}`);
}

describe('Next.js', () => {
  it('takes "use client" modules that a page renders, and what nobody renders not', () => expect(entriesOf({
    'package.json': dependencies('next', 'react'),
    'app/page.tsx': `import { Pay } from '../components/pay'\nimport { list } from '../lib/hilt'`,
    'app/api/pay/route.ts': `import '../../../lib/hilt'`,
    'components/pay.tsx': `// the button\n'use client'\nimport './deep'`,
    'components/deep.tsx': `"use client";`,
    'components/unused.tsx': `'use client'`,
    'lib/hilt.ts': '',
    'middleware.ts': '',
  })).toEqual(['components/pay.tsx: "use client"']));
  it('finds boundaries in workspace packages', () => expect(entriesOf({
    'package.json': json({ workspaces: ['apps/*', 'packages/*'] }),
    'apps/web/package.json': dependencies('next'),
    'apps/web/src/app/layout.tsx': `import { Button } from '@acme/ui'`,
    'packages/ui/package.json': json({ name: '@acme/ui', main: 'src/index.ts', peerDependencies: { react: '*' } }),
    'packages/ui/src/index.ts': `export * from './button'`,
    'packages/ui/src/button.tsx': `'use client'`,
    'packages/ui/src/other.tsx': `'use client'`,
  })).toEqual(['packages/ui/src/button.tsx: "use client"', 'packages/ui/src/other.tsx: "use client"?']));
  it('takes pages and leaves API routes, the document and tests', () => expect(entriesOf({ 'package.json': dependencies('next'), ...empty('pages/index.tsx', 'pages/_app.tsx', 'pages/_document.tsx', 'pages/api/pay.ts', 'pages/[id]/(x).tsx', 'pages/index.test.tsx') })).toEqual(['pages/[id]/(x).tsx: Next.js page', 'pages/_app.tsx: Next.js page', 'pages/index.tsx: Next.js page']));
  it('does not take a directive that is no directive', () => expect(entriesOf({ 'package.json': dependencies('next'), 'app/page.tsx': `import './a'\nimport './b'\nimport './c'`, 'app/a.tsx': `const x = 1\n'use client'`, 'app/b.tsx': `'use client' + 1`, 'app/c.tsx': `// 'use client'` })).toEqual([]));
  it('takes scripts that are served as they are', () => expect(entriesOf({ 'package.json': dependencies('next'), ...empty('public/env.js', 'public/data.json', 'scripts/seed.js') })).toEqual(['public/env.js: file that Next.js serves as it is']));
});

describe('frameworks with routes', () => {
  it('SvelteKit', () => expect(entriesOf({ 'package.json': dependencies('@sveltejs/kit', 'svelte', 'vite'), ...empty('src/routes/+page.svelte', 'src/routes/+page.ts', 'src/routes/+page.server.ts', 'src/routes/pay/+layout@.svelte', 'src/routes/api/+server.ts', 'src/hooks.server.ts', 'src/hooks.client.ts', 'src/lib/server/hilt.ts', 'src/lib/Pay.svelte') })).toEqual([
    'src/hooks.client.ts: SvelteKit client hooks', 'src/routes/+page.svelte: SvelteKit page', 'src/routes/+page.ts: SvelteKit universal load', 'src/routes/pay/+layout@.svelte: SvelteKit page',
  ]));
  it('React Router with a route table', () => expect(entriesOf({ 'package.json': dependencies('@react-router/dev', 'vite'), 'app/routes.ts': `export default [index('pages/home.tsx')]`, ...empty('app/root.tsx', 'app/pages/home.tsx', 'app/pages/unused.tsx', 'app/entry.client.tsx', 'app/entry.server.tsx', 'app/lib/db.server.ts') })).toEqual([
    'app/entry.client.tsx: React Router client entry', 'app/pages/home.tsx: React Router route', 'app/root.tsx: React Router root',
  ]));
  it('Remix with route files', () => expect(entriesOf({ 'package.json': json({ devDependencies: { '@remix-run/dev': '^2.9.0' } }), ...empty('app/routes/_index.tsx', 'app/routes/pay.$id/route.tsx', 'app/routes/pay.$id/query.ts') })).toEqual(['app/routes/_index.tsx: React Router route', 'app/routes/pay.$id/route.tsx: React Router route']));
  it('Astro: scripts of rendered components, and islands', () => expect(entriesOf({
    'package.json': dependencies('astro'),
    'src/pages/index.astro': `---\nimport Pay from '../components/Pay.jsx'\nimport Static from '../components/Static.jsx'\nimport Card from '../components/Card.astro'\n---\n<Pay amount={1} client:load /><Static /><Card />`,
    'src/pages/api.ts': '',
    ...empty('src/components/Pay.jsx', 'src/components/Static.jsx', 'src/components/Card.astro', 'src/components/Unused.astro'),
  })).toEqual(['src/components/Card.astro (script): script of an Astro component', 'src/components/Pay.jsx: Astro island', 'src/pages/index.astro (script): script of an Astro component']));
  it('Nuxt 4 with what it imports by name', () => expect(entriesOf({
    'package.json': dependencies('nuxt'),
    'app/app.vue': `<template><PayButton /></template>`,
    'app/components/Pay/Button.vue': `<script setup>const { pay } = useHilt()</script>`,
    'app/components/Unused.vue': '',
    'app/composables/useHilt.ts': `export const useHilt = () => ({})`,
    'app/composables/other.ts': `export const useOther = () => ({})`,
    'server/api/pay.ts': '',
    'app/plugins/a.server.ts': '',
    'app/plugins/b.client.ts': '',
  })).toEqual(['app/app.vue: Nuxt application', 'app/components/Pay/Button.vue: Nuxt auto-import', 'app/composables/useHilt.ts: Nuxt auto-import', 'app/plugins/b.client.ts: Nuxt plugin']));
  it('TanStack Start', () => expect(entriesOf({ 'package.json': dependencies('@tanstack/react-start', 'vite'), ...empty('src/routes/__root.tsx', 'src/routes/index.tsx', 'src/routes/-components/x.tsx', 'src/router.tsx', 'src/server.ts') })).toEqual(['src/router.tsx: TanStack Start client entry', 'src/routes/__root.tsx: TanStack Start route', 'src/routes/index.tsx: TanStack Start route']));
  it('SolidStart', () => expect(entriesOf({ 'package.json': dependencies('@solidjs/start', 'solid-js'), ...empty('src/app.tsx', 'src/routes/index.tsx', 'src/routes/api/pay.ts', 'src/entry-client.tsx', 'src/entry-server.tsx') })).toEqual(['src/app.tsx: SolidStart application', 'src/entry-client.tsx: SolidStart application', 'src/routes/index.tsx: SolidStart route']));
  it('Qwik', () => expect(entriesOf({ 'package.json': dependencies('@builder.io/qwik', 'vite'), ...empty('src/root.tsx', 'src/routes/index.tsx', 'src/routes/plugin@auth.ts', 'src/entry.ssr.tsx') })).toEqual(['src/root.tsx: Qwik application', 'src/routes/index.tsx: Qwik route']));
  it('Gatsby', () => expect(entriesOf({ 'package.json': dependencies('gatsby', 'react-dom'), ...empty('src/pages/index.js', 'src/api/pay.js', 'gatsby-node.js', 'gatsby-browser.js', 'gatsby-ssr.js') })).toEqual(['gatsby-browser.js: Gatsby browser API', 'src/pages/index.js: Gatsby page']));
});

describe('bundlers', () => {
  it('Vite', () => expect(entriesOf({ 'package.json': dependencies('vite'), 'index.html': `<script type="module" src="/src/main.ts"></script>`, 'src/main.ts': '' })).toEqual(['index.html: Vite entry page']));
  it('Vite for tests alone', () => expect(entriesOf({ 'package.json': dependencies('vite', 'vitest', 'express'), 'src/index.ts': '' })).toEqual([]));
  it('Vite with Laravel', () => expect(entriesOf({ 'package.json': dependencies('vite', 'laravel-vite-plugin'), 'vite.config.js': `export default { plugins: [laravel({ input: ['resources/js/app.js', 'resources/css/app.css'] })] }`, 'resources/js/app.js': '' })).toEqual(['resources/js/app.js: Laravel Vite input']));
  it('Create React App', () => expect(entriesOf({ 'package.json': dependencies('react-scripts', 'react-dom'), 'public/index.html': '<div></div>', ...empty('src/index.tsx', 'src/setupProxy.js') })).toEqual(['public/index.html: Create React App page', 'src/index.tsx: Create React App entry']));
  it('webpack with entries', () => expect(entriesOf({ 'package.json': dependencies('webpack'), 'webpack.config.js': `module.exports = { entry: './client/main' }`, ...empty('client/main.jsx', 'src/index.js') })).toEqual(['client/main.jsx: webpack entry']));
  it('webpack without entries', () => expect(entriesOf({ 'package.json': dependencies('webpack'), 'webpack.config.js': `module.exports = {}`, ...empty('src/index.js') })).toEqual(['src/index.js: webpack entry?']));
  it('webpack for a server', () => expect(entriesOf({ 'package.json': dependencies('webpack', 'express'), 'webpack.config.js': `module.exports = { target: 'node', entry: './src/index.js' }`, ...empty('src/index.js') })).toEqual([]));
  it('esbuild in a script', () => expect(entriesOf({ 'package.json': json({ scripts: { build: 'esbuild src/main.js --bundle --outdir=dist' }, devDependencies: { esbuild: '^0.28.0' } }), ...empty('src/main.js', 'src/server.js') })).toEqual(['src/main.js: esbuild entry']));
  it('esbuild for Node.js', () => expect(entriesOf({ 'package.json': json({ scripts: { build: 'esbuild src/main.js --bundle --platform=node' }, devDependencies: { esbuild: '*' } }), ...empty('src/main.js') })).toEqual([]));
  it('Parcel by its source', () => expect(entriesOf({ 'package.json': json({ source: 'web/index.html', devDependencies: { parcel: '2' } }), 'web/index.html': '' })).toEqual(['web/index.html: Parcel source']));
  it('Rsbuild', () => expect(entriesOf({ 'package.json': dependencies('@rsbuild/core'), ...empty('src/index.tsx') })).toEqual(['src/index.tsx: Rsbuild entry']));
  it('Rollup', () => expect(entriesOf({ 'package.json': dependencies('rollup'), 'rollup.config.mjs': `export default { input: 'src/main.js', output: { format: 'iife' } }`, ...empty('src/main.js') })).toEqual(['src/main.js: Rollup input']));
  it('Bun', () => expect(entriesOf({ 'package.json': json({ scripts: { build: 'bun build ./src/main.tsx --outdir=out' } }), ...empty('src/main.tsx') })).toEqual(['src/main.tsx: Bun entry']));
  it('Angular', () => expect(entriesOf({ 'package.json': dependencies('@angular/core'), ...empty('src/main.ts', 'src/main.server.ts', 'src/app/app.config.ts') })).toEqual(['src/main.ts: Angular application']));
  it('a client library without a known bundler', () => expect(entriesOf({ 'package.json': dependencies('react', 'react-dom'), ...empty('src/main.tsx') })).toEqual(['src/main.tsx: entry of client code?']));
});

describe('apps', () => {
  it('Expo with its router', () => expect(entriesOf({ 'package.json': json({ main: 'expo-router/entry', dependencies: { expo: '54', 'expo-router': '6', 'react-native': '0.81' } }), ...empty('app/index.tsx', 'app/pay+api.ts', 'lib/hilt.ts') })).toEqual(['app/index.tsx: Expo Router screen']));
  it('React Native', () => expect(entriesOf({ 'package.json': dependencies('react-native'), ...empty('index.js', 'App.tsx', 'server.js') })).toEqual(['App.tsx: React Native application', 'index.js: React Native application']));
  it('Capacitor over Vite', () => expect(entriesOf({ 'package.json': dependencies('@capacitor/core', 'vite'), 'index.html': '<script src="/a.js"></script>', 'capacitor.config.ts': `export default { webDir: 'dist' }` })).toEqual(['index.html: Vite entry page']));
  it('Electron', () => expect(entriesOf({ 'package.json': json({ main: 'main.js', devDependencies: { electron: '*' } }), 'main.js': `new BrowserWindow({ webPreferences: { preload: path.join(__dirname, 'bridge.js') } }); w.loadFile('ui/window.html')`, 'bridge.js': '', 'ui/window.html': `<script src="ui.js"></script>`, 'ui/ui.js': '', 'tools.js': '' })).toEqual(['bridge.js: Electron preload script', 'main.js: Electron program', 'ui/window.html: Electron window']));
  it('browser extension by its manifest', () => expect(entriesOf({ 'manifest.json': json({ manifest_version: 3, background: { service_worker: 'bg.js' }, content_scripts: [{ js: ['content.js'] }], action: { default_popup: 'popup.html' } }), 'popup.html': '<script src="popup.js"></script>', ...empty('bg.js', 'content.js', 'popup.js', 'tools.js') })).toEqual(['bg.js: background script of a browser extension', 'content.js: content script of a browser extension', 'popup.html: popup of a browser extension']));
  it('a web app manifest is no extension', () => expect(entriesOf({ 'public/manifest.json': json({ name: 'x', icons: [] }), 'package.json': '{}' })).toEqual([]));
  it('plain HTML', () => expect(entriesOf({ 'index.html': `<script src="main.js"></script>`, 'about.html': '<p></p>', 'main.js': '' })).toEqual(['index.html: HTML page']));
  it('whole pages without scripts, unless they are set aside', () => expect(entriesOf({ 'checkout.html': '<!doctype html><body onload="pay()">', 'docs/guide.html': '<!doctype html><p>', 'test/page.html': '<html><p>', 'emails/paid.html': '<html><p>', 'parts/foot.html': '<p></p>' })).toEqual(['checkout.html: HTML page']));
});

describe('servers stay silent', () => {
  const silent: readonly [string, Record<string, string>][] = [
    ['Express', { 'package.json': dependencies('express'), ...empty('src/index.ts', 'src/main.ts', 'src/app.ts', 'src/routes/index.ts', 'src/pages/x.ts') }],
    ['NestJS', { 'package.json': dependencies('@nestjs/core'), ...empty('src/main.ts', 'src/app.module.ts') }],
    ['Cloudflare Workers', { 'package.json': dependencies('wrangler', 'hono'), 'wrangler.toml': 'main = "src/index.ts"', ...empty('src/index.ts', 'src/worker.ts') }],
    ['Deno', { 'deno.json': '{}', ...empty('main.ts', 'index.ts') }],
    ['Lambda', { 'package.json': dependencies('@types/aws-lambda', 'esbuild'), 'serverless.yml': '', ...empty('src/index.ts', 'handler.ts') }],
    ['bot', { 'package.json': dependencies('discord.js'), ...empty('index.js', 'src/index.ts') }],
    ['scripts', { 'package.json': '{}', ...empty('scripts/a.ts', 'index.js', 'src/client.ts') }],
    ['no manifest', empty('index.js', 'src/main.ts')],
  ];
  for (const [name, files] of silent) it(name, () => expect(entriesOf(files)).toEqual([]));
  it('Express beside a client library', () => expect(entriesOf({ 'package.json': dependencies('express', 'react-dom'), ...empty('src/index.ts', 'src/client.ts') })).toEqual(['src/client.ts: entry of client code?']));
});

describe('the project has the last word', () => {
  it('adds what it calls client', () => expect(entriesOf({ 'package.json': dependencies('express'), ...empty('web/main.ts', 'src/a.ts') }, { client: ['web/**'] })).toEqual(['web/main.ts: `client` in the configuration of hilt-guard']));
  it('takes out what it calls server', () => expect(entriesOf({ 'package.json': dependencies('next'), ...empty('pages/a.tsx', 'pages/b.tsx') }, { server: ['pages/b.tsx'] })).toEqual(['pages/a.tsx: Next.js page']));
});

describe('two apps in one repository', () => {
  it('keeps them apart', () => expect(entriesOf({
    'package.json': json({ workspaces: ['apps/*'], devDependencies: { vite: '8' } }),
    'apps/web/package.json': dependencies('next'), 'apps/web/pages/index.tsx': '',
    'apps/admin/package.json': dependencies('vite'), 'apps/admin/index.html': '',
    'apps/api/package.json': dependencies('fastify'), 'apps/api/src/index.ts': '', 'apps/api/pages/x.ts': '',
  })).toEqual(['apps/admin/index.html: Vite entry page', 'apps/web/pages/index.tsx: Next.js page']));
  it('finds an app by its configuration where the root has the dependencies', () => expect(entriesOf({ 'package.json': dependencies('next', 'react'), 'nx.json': '{}', 'apps/web/next.config.js': '', 'apps/web/pages/index.tsx': '' })).toEqual(['apps/web/pages/index.tsx: Next.js page']));
});
