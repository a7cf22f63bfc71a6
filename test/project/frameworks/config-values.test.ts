import { describe, expect, it } from 'vitest';
import { createConfigReader } from '../../../src/project/frameworks/config-values.ts';
import type { ConfigFacts } from '../../../src/project/frameworks/config-facts.ts';
import { createManifests } from '../../../src/project/graph/manifest.ts';
import { memorySource } from '../../support/memory-source.ts';

/** Facts of the first file; the others are there to be imported. */
function factsOf(files: Readonly<Record<string, string>>, folder = ''): ConfigFacts {
  const source = memorySource(files);
  return createConfigReader(source, createManifests(source)).read(folder, [Object.keys(files)[0] ?? '']);
}

/** Injections as `how name <- origin`, the origin a variable or the literal's text. */
function injected(files: Readonly<Record<string, string>>): string[] {
  return factsOf(files).injections.map((item) => {
    const text = files[item.file] ?? '';
    const origin = item.variable ?? (item.literal === undefined ? 'computed' : text.slice(...item.literal));
    return `${item.how} ${item.name} <- ${origin}${item.confidence === 'possible' ? ' (possible)' : ''}`;
  });
}

const next = (text: string): string[] => injected({ 'next.config.js': text });
const vite = (text: string): string[] => injected({ 'vite.config.ts': text });

describe('next.config', () => {
  it('reads env of an exported object', () => expect(next(`module.exports = { env: { HILT: process.env.HILT_API_KEY, NAME: 'shop' } }`)).toEqual(['env HILT <- HILT_API_KEY', `env NAME <- 'shop'`]));
  it('reads a named constant with a type', () => expect(next(`const config: NextConfig = { env: { A: process.env['HILT_API_KEY']! } };\nexport default config`)).toEqual(['env A <- HILT_API_KEY']));
  it('reads through plugins', () => expect(next(`module.exports = withBundleAnalyzer({ enabled: true })(withMDX({ env: { A: process.env.HILT_API_KEY } }))`)).toEqual(['env A <- HILT_API_KEY']));
  it('reads a function', () => expect(next(`export default (phase) => { const shared = { A: process.env.HILT_API_KEY }; if (phase) return { env: shared }; return { env: { B: '1' } } }`)).toEqual(['env A <- HILT_API_KEY', `env B <- '1'`]));
  it('reads an async function', () => expect(next(`module.exports = async () => ({ env: { A: process.env.HILT_API_KEY } })`)).toEqual(['env A <- HILT_API_KEY']));
  it('reads an assignment after the declaration', () => expect(next(`const config = {}; config.env = { A: process.env.HILT_API_KEY }; module.exports = config`)).toEqual(['env A <- HILT_API_KEY']));
  it('reads a destructured variable', () => expect(next(`const { HILT_API_KEY } = process.env; module.exports = { env: { HILT_API_KEY } }`)).toEqual(['env HILT_API_KEY <- HILT_API_KEY']));
  it('reads a spread constant', () => expect(next(`const base = { A: process.env.HILT_API_KEY }; module.exports = { env: { ...base, B: 'b' } }`)).toEqual(['env A <- HILT_API_KEY', `env B <- 'b'`]));
  it('reads a fallback as the variable', () => expect(next(`module.exports = { env: { A: process.env.HILT_API_KEY || '' } }`)).toEqual(['env A <- HILT_API_KEY']));
  it('reads text around a variable', () => expect(next('module.exports = { env: { A: `key ${process.env.HILT_API_KEY}` } }')).toEqual(['env A <- HILT_API_KEY']));
  it('reads an imported part', () => expect(injected({ 'next.config.mjs': `import { shared } from './env.mjs'; export default { env: shared }`, 'env.mjs': `export const shared = { A: process.env.HILT_API_KEY }` })).toEqual(['env A <- HILT_API_KEY']));
  it('takes a validated environment by its names', () => expect(next(`import { env } from './missing'; export default { env: { A: env.HILT_API_KEY } }`)).toEqual(['env A <- HILT_API_KEY']));
  it('reads DefinePlugin in webpack()', () => expect(next(`module.exports = { webpack(config, { webpack }) { config.plugins.push(new webpack.DefinePlugin({ 'process.env.HILT': JSON.stringify(process.env.HILT_API_KEY), __K__: '"x"' })); return config } }`)).toEqual(['env HILT <- HILT_API_KEY', `define __K__ <- '"x"'`]));
  it('reads compiler.define', () => expect(next(`export default { compiler: { define: { 'process.env.K': process.env.HILT_API_KEY } } }`)).toEqual(['env K <- HILT_API_KEY']));
  it('reads publicRuntimeConfig', () => expect(next(`module.exports = { publicRuntimeConfig: { key: process.env.HILT_API_KEY } }`)).toEqual(['runtime-config key <- HILT_API_KEY']));
  it('opens every name for ...process.env', () => expect(factsOf({ 'next.config.js': `module.exports = { env: { ...process.env } }` }).prefixes.map((item) => [item.prefix, item.access])).toEqual([['', ['process.env']]]));
  it('does not take serverRuntimeConfig or headers', () => expect(next(`module.exports = { serverRuntimeConfig: { key: process.env.HILT_API_KEY }, async headers() { return [{ key: process.env.HILT_API_KEY }] } }`)).toEqual([]));
  it('tells a computed env', () => expect(factsOf({ 'next.config.js': `module.exports = { env: load() }` }).notices).toEqual([{ code: 'config-computed', level: 'info', file: 'next.config.js', message: '`env` in next.config.js is computed when the configuration runs, so what it sends to the client is not known; findings that depend on it are told as possible.' }]));
  it('tells a computed key and takes it as possible', () => expect(next(`module.exports = { env: { HILT_KEY: read('hilt') } }`)).toEqual(['env HILT_KEY <- computed (possible)']));
  it('survives a circle', () => expect(next(`const a = b; const b = a; module.exports = { env: a, ...a }`)).toEqual([]));
  it('reads a broken file as far as it goes', () => expect(factsOf({ 'next.config.js': `module.exports = { env: { A: ` }).notices.map((notice) => notice.code)).toContain('config-computed'));
  it('survives deep nesting', () => expect(factsOf({ 'next.config.js': `module.exports = { env: ${'['.repeat(50_000)}${']'.repeat(50_000)} }` }).injections).toEqual([]));
  it('survives a huge file and tells it', () => expect(factsOf({ 'next.config.js': `module.exports = { env: {} };${' '.repeat(2_000_000)}` }).notices[0]?.message).toContain('too large'));
  it('says whether there are source maps', () => expect(factsOf({ 'next.config.js': `module.exports = { productionBrowserSourceMaps: true }` }).sourceMaps).toBe(true));
});

describe('vite.config', () => {
  it('reads define', () => expect(vite(`export default defineConfig({ define: { 'process.env.HILT_API_KEY': JSON.stringify(process.env.HILT_API_KEY), __APP__: '1' } })`)).toEqual(['env HILT_API_KEY <- HILT_API_KEY', `define __APP__ <- '1'`]));
  it('reads loadEnv', () => expect(vite(`export default defineConfig(({ mode }) => { const env = loadEnv(mode, process.cwd(), ''); return { define: { __K__: JSON.stringify(env.HILT_API_KEY) } } })`)).toEqual(['define __K__ <- HILT_API_KEY']));
  it('opens every name for define of process.env', () => expect(factsOf({ 'vite.config.ts': `export default ({ mode }) => { const env = loadEnv(mode, '.', ''); return { define: { 'process.env': env } } }` }).prefixes.map((item) => [item.prefix, item.ships])).toEqual([['', 'object']]));
  it('opens the prefix of loadEnv', () => expect(factsOf({ 'vite.config.ts': `export default ({ mode }) => ({ define: { 'process.env': loadEnv(mode, '.', ['VITE_', 'HILT_']) } })` }).prefixes.map((item) => item.prefix)).toEqual(['VITE_', 'HILT_']));
  it('reads definitions made from a list', () => {
    for (const made of ['Object.fromEntries(names.map((n) => [`process.env.${n}`, process.env[n]]))', `names.reduce((all, n) => ({ ...all, ['process.env.' + n]: process.env[n] }), {})`, `names.reduce((all, n) => { all['process.env.' + n] = process.env[n]; return all; }, {})`]) {
      expect(vite(`const names = ['HILT_API_KEY']; export default { define: ${made} }`)).toEqual(['env HILT_API_KEY <- HILT_API_KEY']);
    }
  });
  it('reads definitions that a loop fills in', () => {
    for (const loop of [`for (const n of ['HILT_API_KEY']) define['process.env.' + n] = process.env[n];`, `['HILT_API_KEY'].forEach((n) => { define['process.env.' + n] = process.env[n]; });`]) {
      expect(vite(`const define = {}; ${loop} export default { define }`)).toEqual(['env HILT_API_KEY <- HILT_API_KEY']);
    }
  });
  it('reads what a function of its own gives for what it is given', () => expect(vite(`const own = (n) => ({ [n]: process.env[n] }); export default { define: { ...own('HILT_API_KEY') } }`)).toEqual(['define HILT_API_KEY <- HILT_API_KEY']));
  it('opens every name for definitions made from the environment', () => expect(factsOf({ 'vite.config.ts': `export default { define: Object.fromEntries(Object.entries(process.env).map(([k, v]) => ['process.env.' + k, v])) }` }).prefixes.map((item) => item.prefix)).toEqual(['']));
  it('opens the prefix that such a list is filtered by', () => expect(factsOf({ 'vite.config.ts': `export default { define: Object.fromEntries(Object.entries(process.env).filter(([k]) => k.startsWith('SHOP_')).map(([k, v]) => ['process.env.' + k, v])) }` }).prefixes.map((item) => item.prefix)).toEqual(['SHOP_']));
  it('tells a list that it cannot read', () => expect(factsOf({ 'vite.config.ts': `export default { define: Object.fromEntries(load()) }` }).notices.map((notice) => notice.code)).toEqual(['config-computed']));
  it('says whether the build is minified', () => {
    expect(factsOf({ 'vite.config.ts': `export default { build: { minify: false } }` }).minified).toBe(false);
    expect(factsOf({ 'vite.config.ts': `export default { build: { minify: 'terser' } }` }).minified).toBe(true);
    expect(factsOf({ 'vite.config.ts': `export default {}` }).minified).toBeUndefined();
    expect(factsOf({ 'webpack.config.js': `module.exports = { mode: 'development' }` }).minified).toBe(false);
    expect(factsOf({ 'webpack.config.js': `module.exports = { mode: 'production', optimization: { minimize: false } }` }).minified).toBe(false);
    expect(factsOf({ 'rollup.config.js': `export default { input: 'a.js', plugins: [terser()] }` }).minified).toBe(true);
    expect(factsOf({ 'rollup.config.js': `export default { input: 'a.js' }` }).minified).toBe(false);
    expect(factsOf({ 'package.json': `{ "scripts": { "dev": "esbuild a.js --bundle --watch", "build": "esbuild a.js --bundle --minify" } }` }).minified).toBe(true);
    expect(factsOf({ 'package.json': `{ "scripts": { "build": "esbuild a.js --bundle" } }` }).minified).toBe(false);
  });
  it('reads an object for process.env', () => expect(vite(`export default { define: { 'process.env': { K: process.env.HILT_API_KEY } } }`)).toEqual(['env K <- HILT_API_KEY']));
  it('reads envPrefix', () => expect(factsOf({ 'vite.config.ts': `export default { envPrefix: ['VITE_', 'HILT_'] }` }).prefixes.map((item) => [item.prefix, item.replaces])).toEqual([['VITE_', true], ['HILT_', true]]));
  it('reads aliases', () => expect(factsOf({ 'web/vite.config.ts': `import { fileURLToPath, URL } from 'node:url'; export default { resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)), lib: path.resolve(__dirname, '../shared'), '~': '/src' } } }` }, 'web').aliases).toEqual([{ folder: 'web', find: '@', to: 'web/src' }, { folder: 'web', find: 'lib', to: 'shared' }, { folder: 'web', find: '~', to: 'web/src' }]));
  it('reads a list of aliases', () => expect(factsOf({ 'vite.config.ts': `export default { resolve: { alias: [{ find: '@', replacement: path.join(__dirname, 'src') }, { find: /^~\\//, replacement: '/src/' }] } }` }).aliases).toEqual([{ folder: '', find: '@', to: 'src' }, { folder: '', find: '~/', to: 'src' }]));
  it('reads inputs', () => expect(factsOf({ 'vite.config.ts': `export default { build: { rollupOptions: { input: { main: 'index.html', admin: resolve(__dirname, 'admin/index.html') } } } }` }).inputs.map((input) => [input.path, input.side])).toEqual([['index.html', 'client'], ['admin/index.html', 'client']]));
  it('reads inputs of a server build', () => expect(factsOf({ 'vite.config.ts': `export default { build: { ssr: true, rollupOptions: { input: 'server.ts' } } }` }).inputs.map((input) => input.side)).toEqual(['server']));
  it('reads mergeConfig of an imported base', () => expect(injected({ 'vite.config.ts': `import base from './vite.base'; export default mergeConfig(base, { define: { A: '1' } })`, 'vite.base.ts': `export default { define: { B: JSON.stringify(process.env.HILT_API_KEY) } }` })).toEqual(['define B <- HILT_API_KEY', `define A <- '1'`]));
  it('reads vite-plugin-environment', () => expect(vite(`export default { plugins: [react(), EnvironmentPlugin(['HILT_API_KEY'])] }`)).toEqual(['env HILT_API_KEY <- HILT_API_KEY']));
  it('does not take test or server settings', () => expect(vite(`export default { test: { env: { HILT_API_KEY: 'x' } }, server: { proxy: { '/api': { headers: { 'X-Hilt-Key': process.env.HILT_API_KEY } } } } }`)).toEqual([]));
});

describe('webpack and its kin', () => {
  const webpack = (text: string): string[] => injected({ 'webpack.config.js': text });
  it('reads DefinePlugin', () => expect(webpack(`module.exports = { plugins: [new DefinePlugin({ 'process.env.K': JSON.stringify(process.env.HILT_API_KEY) })] }`)).toEqual(['env K <- HILT_API_KEY']));
  it('reads the whole environment', () => expect(factsOf({ 'webpack.config.js': `module.exports = { plugins: [new webpack.DefinePlugin({ 'process.env': JSON.stringify(process.env) })] }` }).prefixes.map((item) => [item.prefix, item.ships])).toEqual([['', 'object']]));
  it('reads EnvironmentPlugin', () => expect(webpack(`module.exports = { plugins: [new webpack.EnvironmentPlugin(['HILT_API_KEY']), new EnvironmentPlugin({ OTHER: 'x' })] }`)).toEqual(['env HILT_API_KEY <- HILT_API_KEY', 'env OTHER <- OTHER']));
  it('opens the env file of dotenv-webpack', () => expect(factsOf({ 'webpack.config.js': `const Dotenv = require('dotenv-webpack'); module.exports = { plugins: [new Dotenv({ systemvars: true })] }` }).prefixes.map((item) => item.prefix)).toEqual(['']));
  it('reads entries of every shape', () => expect(factsOf({ 'webpack.config.js': `module.exports = { entry: { a: './src/a.js', b: ['./src/b.js', 'core-js'], c: { import: './src/c.js', dependOn: 'a' } } }` }).inputs.map((input) => input.path)).toEqual(['src/a.js', 'src/b.js', 'core-js', 'src/c.js']));
  it('tells a server build from a client build', () => expect(factsOf({ 'webpack.config.js': `module.exports = [{ target: 'node', entry: './server.js' }, { entry: './client.js' }]` }).inputs.map((input) => [input.path, input.side])).toEqual([['server.js', 'server'], ['client.js', 'client']]));
  it('reads source.define of Rsbuild', () => expect(injected({ 'rsbuild.config.ts': `export default defineConfig({ source: { define: { 'process.env.K': JSON.stringify(process.env.HILT_API_KEY) } } })` })).toEqual(['env K <- HILT_API_KEY']));
  it('reads replace of Rollup', () => expect(injected({ 'rollup.config.js': `export default { plugins: [replace({ preventAssignment: true, 'process.env.K': JSON.stringify(process.env.HILT_API_KEY) })] }` })).toEqual(['env K <- HILT_API_KEY']));
  it('tells what Rollup builds for browsers', () => expect(factsOf({ 'rollup.config.js': `export default [{ input: 'a.js', output: { format: 'iife' } }, { input: 'b.js', output: [{ format: 'cjs' }] }, { input: 'c.js', output: { format: 'es' } }]` }).inputs.map((input) => [input.path, input.side, input.confidence])).toEqual([['a.js', 'client', 'certain'], ['b.js', 'server', 'possible'], ['c.js', 'client', 'possible']]));
  it('reads a build file of esbuild', () => {
    const facts = factsOf({ 'build.mjs': `await esbuild.build({ entryPoints: ['src/main.ts'], bundle: true, define: { 'process.env.K': JSON.stringify(process.env.HILT_API_KEY) } }); await esbuild.build({ entryPoints: ['src/server.ts'], bundle: true, platform: 'node', define: { K: process.env.OTHER } })` });
    expect(facts.inputs.map((input) => [input.path, input.side])).toEqual([['src/main.ts', 'client'], ['src/server.ts', 'server']]);
    expect(facts.injections.map((item) => item.variable)).toEqual(['HILT_API_KEY']);
  });
  it('reads Bun.build', () => {
    const facts = factsOf({ 'build.ts': `await Bun.build({ entrypoints: ['./src/main.tsx'], env: 'PUBLIC_*' })` });
    expect([facts.inputs.map((input) => input.path), facts.prefixes.map((item) => item.prefix)]).toEqual([['src/main.tsx'], ['PUBLIC_']]);
  });
});

describe('frameworks with a public half', () => {
  it('reads runtimeConfig.public of Nuxt and not the private half', () => expect(injected({ 'nuxt.config.ts': `export default defineNuxtConfig({ runtimeConfig: { hiltKey: process.env.HILT_API_KEY, public: { hilt: { key: process.env.HILT_API_KEY }, name: 'x' } } })` })).toEqual(['runtime-config hilt.key <- HILT_API_KEY', `runtime-config name <- 'x'`]));
  it('reads the head of Nuxt', () => expect(injected({ 'nuxt.config.ts': `export default { app: { head: { script: [{ innerHTML: process.env.HILT_API_KEY }] } } }` })).toEqual(['html script.0.innerHTML <- HILT_API_KEY']));
  it('reads the app config of Nuxt', () => expect(injected({ 'app.config.ts': `export default defineAppConfig({ hilt: { key: process.env.HILT_API_KEY } })` })).toEqual(['app-config hilt.key <- HILT_API_KEY']));
  it('does not read nitro', () => expect(injected({ 'nuxt.config.ts': `export default { nitro: { replace: { K: process.env.HILT_API_KEY } } }` })).toEqual([]));
  it('reads the client schema of Astro', () => expect(injected({ 'astro.config.mjs': `export default defineConfig({ env: { schema: { HILT_API_KEY: envField.string({ context: 'client', access: 'public' }), SECRET: envField.string({ context: 'server', access: 'secret' }) } } })` })).toEqual(['module HILT_API_KEY <- HILT_API_KEY']));
  it('reads the public prefix of SvelteKit', () => expect(factsOf({ 'svelte.config.js': `export default { kit: { env: { publicPrefix: 'APP_' }, alias: { $shop: 'src/shop' } } }` })).toMatchObject({ prefixes: [{ prefix: 'APP_', replaces: true }], aliases: [{ find: '$shop', to: 'src/shop' }] }));
  it('reads extra of an Expo function', () => expect(injected({ 'app.config.ts': `export default ({ config }) => ({ ...config, extra: { hiltKey: process.env.HILT_API_KEY, eas: { projectId: 'p' } } })` })).toEqual(['expo-extra hiltKey <- HILT_API_KEY', `expo-extra eas.projectId <- 'p'`]));
  it('reads Babel plugins', () => {
    const facts = factsOf({ 'babel.config.js': `module.exports = { plugins: ['transform-inline-environment-variables', ['module:react-native-dotenv', { moduleName: '@env' }], ['module-resolver', { alias: { app: './src/app' } }]] }` });
    expect([facts.prefixes.map((item) => [item.prefix, item.modules]), facts.aliases]).toEqual([[['', undefined], ['', ['@env']]], [{ folder: '', find: 'app', to: 'src/app' }]]);
  });
  it('reads included names of the inlining plugin', () => expect(injected({ 'babel.config.js': `module.exports = { plugins: [['transform-inline-environment-variables', { include: ['HILT_API_KEY'] }]] }` })).toEqual(['env HILT_API_KEY <- HILT_API_KEY']));
});

describe('JSON', () => {
  it('reads extra of app.json', () => expect(injected({ 'app.json': `{ "expo": { "extra": { "hilt": { "key": "abc" } }, "ios": { "infoPlist": { "k": "v" } } } }` })).toEqual(['expo-extra hilt.key <- "abc"']));
  it('reads angular.json', () => {
    const facts = factsOf({ 'angular.json': JSON.stringify({ projects: { shop: { architect: { build: { builder: '@angular/build:application', options: { browser: 'src/main.ts', define: { K: '"x"' }, assets: ['public'] }, configurations: { production: { fileReplacements: [{ replace: 'src/environments/environment.ts', with: 'src/environments/environment.prod.ts' }] } } } } } } }) });
    expect(facts.inputs.map((input) => input.path)).toEqual(['src/main.ts']);
    expect(facts.injections.map((item) => item.name)).toEqual(['K']);
    expect(facts.replacedFiles).toEqual([{ from: 'src/environments/environment.ts', to: 'src/environments/environment.prod.ts', always: true }]);
    expect(facts.carriers).toEqual(['public']);
  });
  it('reads scripts with esbuild', () => {
    const facts = factsOf({ 'package.json': JSON.stringify({ scripts: { build: `cross-env NODE_ENV=production esbuild src/main.js --bundle --define:process.env.K=\\"$HILT_API_KEY\\" --outdir=dist && esbuild src/api.js --platform=node --bundle` } }) });
    expect(facts.inputs.map((input) => [input.path, input.side])).toEqual([['src/main.js', 'client'], ['src/api.js', 'server']]);
    expect(facts.injections.map((item) => [item.name, item.variable])).toEqual([['K', 'HILT_API_KEY']]);
  });
  it('reads scripts with Bun', () => {
    const facts = factsOf({ 'package.json': JSON.stringify({ scripts: { a: 'bun build ./src/a.ts --outdir out --env=inline', b: 'bun build ./src/b.ts --target=bun --env=inline' } }) });
    expect([facts.inputs.map((input) => input.side), facts.prefixes.map((item) => item.prefix)]).toEqual([['client', 'server'], ['']]);
  });
  it('reads scripts with Parcel', () => expect(factsOf({ 'package.json': JSON.stringify({ scripts: { build: 'parcel build src/index.html' } }) }).inputs.map((input) => input.path)).toEqual(['src/index.html']));
  it('reads what Parcel may inline', () => expect(factsOf({ 'package.json': JSON.stringify({ '@parcel/transformer-js': { inlineEnvironment: ['SHOP_*'] } }) }).prefixes.map((item) => [item.prefix, item.replaces])).toEqual([['SHOP_', true]]));
  it('reads .babelrc', () => expect(factsOf({ '.babelrc': `{ "plugins": ["transform-inline-environment-variables"] }` }).prefixes.map((item) => item.prefix)).toEqual(['']));
  it('survives a broken file', () => expect(factsOf({ 'app.json': `{ "expo": { "extra": ` }).injections).toEqual([]));
});
