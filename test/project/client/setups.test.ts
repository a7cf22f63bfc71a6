import { describe, expect, it } from 'vitest';
import { clientFindings as found, packageWith, requestWith } from '../../support/client-findings.ts';
import { makeKey } from '../../support/keys.ts';

const request = requestWith('process.env.HILT_API_KEY');
const literal = `const key = '${makeKey('live', 'setups')}';`;

describe('a workspace of Nx', () => {
  const files = {
    'package.json': packageWith('nx', '@angular/core', 'express'),
    'apps/admin/project.json': '{"targets":{"build":{"executor":"@angular/build:application","options":{"browser":"apps/admin/src/main.ts"}}}}',
    'apps/admin/src/main.ts': `${request};`,
  };
  it('has the applications that their projects name', () => expect(found(files)).toEqual(['apps/admin/src/main.ts:1 code']));
  it.each([
    ['esbuild, which builds for Node.js by itself', '"executor":"@nx/esbuild:esbuild","options":{"main":"apps/api/src/main.ts"}'],
    ['webpack for Node.js', '"executor":"@nx/webpack:webpack","options":{"main":"apps/api/src/main.ts","target":"node"}'],
    ['TypeScript alone', '"executor":"@nx/js:tsc","options":{"main":"apps/api/src/main.ts"}'],
  ])('has servers among them: %s', (_, build) => {
    expect(found({ ...files, 'apps/api/project.json': `{"targets":{"build":{${build}}}}`, 'apps/api/src/main.ts': `${request};` })).toEqual(['apps/admin/src/main.ts:1 code']);
  });
});

describe('code that nothing says how it is built', () => {
  it.each([
    ['a module with "use client"', 'app/pay.tsx', `"use client"; export const Pay = () => { ${literal} return <b onClick={() => ${requestWith('key')}} />; };`],
    ['a component with handlers', 'src/pay.jsx', `export const Pay = () => { ${literal} return <b onClick={() => ${requestWith('key')}} />; };`],
    ['a component of Vue', 'src/Pay.vue', `<script setup> ${literal} ${requestWith('key')}; </script>`],
    ['a component of Svelte', 'src/Pay.svelte', `<script> ${literal} ${requestWith('key')}; </script>`],
    ['a main program that looks for elements', 'src/main.ts', `${literal} document.querySelector('b').onclick = () => ${requestWith('key')};`],
  ])('may be client code: %s', (_, file, text) => expect(found({ [file]: text })).toEqual([`${file}:1 value?`]));
  it.each([
    ['a program', 'src/main.ts', `${literal} ${requestWith('key')};`],
    ['markup without handlers', 'src/mail.jsx', `${literal} export const Mail = () => <p>{key}</p>;`],
    ['a test', 'src/pay.test.jsx', `${literal} test('x', () => render(<b onClick={() => ${requestWith('key')}} />));`],
  ])('is none by itself: %s', (_, file, text) => expect(found({ [file]: text })).toEqual([]));
  it('is none on a server', () => expect(found({ 'package.json': packageWith('express'), 'src/pay.jsx': `export const Pay = () => <b onClick={() => ${request}} />;` })).toEqual([]));
});

describe('a program of Electron', () => {
  const app = { 'package.json': JSON.stringify({ main: 'src/main.js', devDependencies: { electron: '38' } }), 'src/index.html': '<script src="renderer.js"></script>' };
  it('reads the environment of its user', () => {
    expect(found({ ...app, 'src/main.js': `${request};`, 'src/renderer.js': '' })).toEqual([]);
    expect(found({ ...app, 'src/main.js': '', 'src/renderer.js': `${request};` })).toEqual(['src/renderer.js:1 code']);
  });
  it('carries what it holds', () => {
    expect(found({ ...app, 'src/main.js': `${literal} ${requestWith('key')};`, 'src/renderer.js': '' })).toEqual(['src/main.js:1 value']);
    expect(found({ 'package.json': packageWith('electron', 'electron-vite'), 'src/main/index.ts': requestWith('import.meta.env.MAIN_VITE_HILT_API_KEY') })).toEqual(['src/main/index.ts:1 value']);
  });
  it('may share a module with a window', () => {
    expect(found({ ...app, 'src/main.js': "require('./hilt');", 'src/renderer.js': "require('./hilt');", 'src/hilt.js': `${request};` })).toEqual(['src/hilt.js:1 code']);
  });
});

describe('an application of Deno', () => {
  const files = { 'deno.json': '{"imports":{"fresh":"jsr:@fresh/core@2"}}', 'routes/index.tsx': `import Pay from '../islands/pay.tsx';\n${request};\nexport default () => <Pay />;`, 'main.ts': `${requestWith('Deno.env.get("HILT_API_KEY")')};` };
  it('may ship its islands', () => expect(found({ ...files, 'islands/pay.tsx': "import { key } from '../lib.ts';\nexport default () => <b title={key} />;", 'lib.ts': `export ${literal}` })).toEqual(['lib.ts:1 value?']));
  it('is a server', () => expect(found({ ...files, 'islands/pay.tsx': 'export default () => <b />;', 'lib.ts': `export ${literal}` })).toEqual([]));
});

describe('a widget that Vite builds beside an application of another framework', () => {
  const files = { 'package.json': packageWith('next', 'react', 'vite'), 'vite.config.ts': "export default { build: { lib: { entry: 'widget/main.ts' } } };" };
  it('gets the variables of Vite', () => expect(found({ ...files, 'widget/main.ts': `${requestWith('import.meta.env.VITE_HILT_API_KEY')};` })).toEqual(['widget/main.ts:1 value?']));
  it('gets none of the application', () => expect(found({ ...files, 'widget/main.ts': `${requestWith('process.env.NEXT_PUBLIC_OTHER')};` })).toEqual(['widget/main.ts:1 code?']));
});

describe('a global that a configuration defines', () => {
  const files = (main: string): Record<string, string> => ({
    'package.json': packageWith('vite'), 'index.html': '<script type="module" src="/src/main.js"></script>', 'vite.config.js': 'export default { define: { __HILT__: JSON.stringify(process.env.HILT_API_KEY) } };',
    'src/main.js': main, 'src/pay.js': `export const pay = (key) => ${requestWith('key')};`,
  });
  it('is found once where a call hands it to a slot', () => expect(found(files("import { pay } from './pay';\npay(__HILT__);"))).toEqual(['vite.config.js:1 value']));
  it('does not hide what else a slot is given', () => expect(found(files("import { pay } from './pay';\npay(__OTHER__); console.log(__HILT__);"))).toEqual(['src/pay.js:1 code', 'vite.config.js:1 value']));
});

describe('a configuration that computes what it injects', () => {
  const files = (config: string): Record<string, string> => ({
    'package.json': packageWith('vite'), 'index.html': '<script type="module" src="/src/main.js"></script>', 'vite.config.js': config, 'src/main.js': request,
  });
  it('may inline the variable', () => {
    expect(found(files("import { names } from './names.json';\nexport default { define: Object.fromEntries(load().map((name) => [`process.env.${name}`, JSON.stringify(process.env[name])])) };"))).toEqual(['src/main.js:1 value?']);
    expect(found(files("import { definitions } from 'our-settings';\nexport default { define: { ...definitions() } };"))).toEqual(['src/main.js:1 value?']);
  });
  it('does not, where only the value of another name is computed', () => expect(found(files("import { version } from 'our-settings';\nexport default { define: { __VERSION__: version() } };"))).toEqual(['src/main.js:1 code']));
});

describe('variables that Rsbuild loads', () => {
  const files = (options: string): Record<string, string> => ({
    'package.json': packageWith('@rsbuild/core'), 'rsbuild.config.ts': `import { loadEnv } from '@rsbuild/core';\nconst { publicVars } = loadEnv(${options});\nexport default { source: { define: publicVars } };`, 'src/index.ts': requestWith('process.env.HILT_API_KEY'),
  });
  it('are put into the bundle by their prefixes', () => expect(found(files("{ prefixes: ['HILT_'] }"))).toEqual(['src/index.ts:1 value']));
  it('are left out without them', () => expect(found(files(''))).toEqual(['src/index.ts:1 code']));
});

describe('a global with properties that a configuration defines', () => {
  const files = (value: string): Record<string, string> => ({
    'package.json': packageWith('vite'), 'index.html': '<script type="module" src="/main.ts"></script>',
    'vite.config.ts': 'export default { define: { __APP__: JSON.stringify({ key: process.env.HILT_API_KEY }) } };', 'main.ts': requestWith(value),
  });
  it('is found where it is defined', () => expect(found(files('__APP__.key'))).toEqual(['vite.config.ts:1 value']));
  it('is not another global', () => expect(found(files('__OTHER__.key'))).toEqual(['main.ts:1 code', 'vite.config.ts:1 value']));
});

describe('a page that Bun serves', () => {
  const files = {
    'package.json': packageWith('react'), 'src/server.ts': `import index from './index.html';\nBun.serve({ routes: { '/': index, '/api': () => ${request} } });`,
    'src/index.html': '<script type="module" src="./app.ts"></script>', 'src/app.ts': requestWith('process.env.BUN_PUBLIC_HILT_KEY'),
  };
  it('takes what the settings open by its prefix', () => {
    expect(found({ ...files, 'bunfig.toml': '[serve.static]\nplugins = ["x"]\nenv = "BUN_PUBLIC_*"\n' })).toEqual(['src/app.ts:1 value']);
    expect(found({ ...files, 'bunfig.toml': 'serve.static.env = "OTHER_*"\n' })).toEqual(['src/app.ts:1 code']);
  });
  it('takes every variable where all are inlined, and none where they are not', () => {
    const secret = { ...files, 'src/app.ts': request };
    expect(found({ ...secret, 'bunfig.toml': '[serve.static]\nenv = "inline"\n' })).toEqual(['src/app.ts:1 value']);
    for (const settings of ['[serve.static]\nenv = "disable"\n', '[test]\nenv = "inline"\n']) expect(found({ ...secret, 'bunfig.toml': settings })).toEqual(['src/app.ts:1 code']);
    expect(found(secret)).toEqual(['src/app.ts:1 code']);
  });
  it('takes none that is read in another way', () => {
    for (const read of ['import.meta.env.BUN_PUBLIC_HILT_KEY', 'process.env?.BUN_PUBLIC_HILT_KEY']) expect(found({ ...files, 'src/app.ts': requestWith(read), 'bunfig.toml': '[serve.static]\nenv = "BUN_PUBLIC_*"\n' })).toEqual(['src/app.ts:1 code']);
  });
  it('is also one that a command names', () => {
    expect(found({ 'package.json': '{"scripts":{"dev":"bun --hot ./index.html"}}', 'bunfig.toml': '[serve.static]\nenv = "inline"\n', 'index.html': '<script type="module" src="./app.ts"></script>', 'app.ts': request })).toEqual(['app.ts:1 value']);
  });
  it('is no module of the server', () => expect(found({ ...files, 'src/app.ts': '', 'bunfig.toml': '[serve.static]\nenv = "inline"\n' })).toEqual([]));
});

describe('a plugin of Vue', () => {
  const files = (plugin: string, use: string): Record<string, string> => ({
    'package.json': packageWith('vue', 'vite'), 'index.html': '<script type="module" src="/src/main.ts"></script>', 'src/plugin.ts': plugin,
    'src/main.ts': `import { createApp } from 'vue';\nimport { hilt } from './plugin';\nconst app = createApp({});\n${use}`,
  });
  const install = `(app, options) => { app.provide('hilt', () => ${requestWith('options.apiKey')}); }`;
  it('is told at the key that it is given', () => {
    expect(found(files(`export const hilt = { install: ${install} };`, 'app.use(hilt, { apiKey: import.meta.env.VITE_HILT_KEY });'))).toEqual(['src/main.ts:4 value']);
    expect(found(files(`export const hilt = ${install};`, 'app.use(hilt, { apiKey: import.meta.env.VITE_HILT_KEY });'))).toEqual(['src/main.ts:4 value']);
    expect(found(files(`export const hilt = { install(app, { apiKey }) { app.provide('hilt', () => ${requestWith('apiKey')}); } };`, 'app.use(hilt, { apiKey: import.meta.env.VITE_HILT_KEY });'))).toEqual(['src/main.ts:4 value']);
  });
  it('is told at its slot where nothing gives it a key', () => expect(found(files(`export const hilt = ${install};`, 'app.use(hilt, load());'))).toEqual(['src/plugin.ts:1 code']));
});

describe('a component of Vue with its script in another file', () => {
  const files = (script: string): Record<string, string> => ({
    'package.json': packageWith('vue', 'vite'), 'index.html': '<script type="module" src="/src/main.ts"></script>', 'src/main.ts': `import App from './app.vue';\nconsole.log(App);`,
    'src/app.vue': '<script src="./app.ts" lang="ts"></script>\n<template><p>x</p></template>', 'src/app.ts': script,
  });
  it('ships it', () => expect(found(files(`export default { created() { ${requestWith('import.meta.env.VITE_HILT_KEY')}; } };`))).toEqual(['src/app.ts:1 value']));
  it('ships nothing that it does not name', () => expect(found({ ...files('export default {};'), 'src/other.ts': `export default () => ${request};` })).toEqual([]));
});

describe('props that a program mounts a component with', () => {
  it('are told where Svelte is given them, also behind a context', () => {
    const files = { 'package.json': packageWith('svelte', 'vite'), 'index.html': '<script type="module" src="/src/main.ts"></script>', 'src/pay.svelte': `<script>\nimport { getContext } from 'svelte';\nconst { key } = getContext('hilt');\nconst load = () => ${requestWith('key')};\n</script>\n<button onclick={load}>x</button>` };
    const app = `<script>\nimport { setContext } from 'svelte';\nimport Pay from './pay.svelte';\nlet { hiltKey } = $props();\nsetContext('hilt', { key: hiltKey });\n</script>\n<Pay />`;
    const main = (props: string): string => `import { mount } from 'svelte';\nimport App from './app.svelte';\nmount(App, { target: document.body, props: ${props} });`;
    expect(found({ ...files, 'src/app.svelte': app, 'src/main.ts': main('{ hiltKey: import.meta.env.VITE_HILT_KEY }') })).toEqual(['src/main.ts:3 value']);
    expect(found({ ...files, 'src/app.svelte': app, 'src/main.ts': main('load()') })).toEqual(['src/pay.svelte:4 code']);
  });
  it('are told where Vue is given them', () => {
    const files = { 'package.json': packageWith('vue', 'vite'), 'index.html': '<script type="module" src="/src/main.ts"></script>', 'src/app.vue': `<script setup>\nconst props = defineProps(['hiltKey']);\nconst load = () => ${requestWith('props.hiltKey')};\n</script>\n<template><button @click="load">x</button></template>` };
    expect(found({ ...files, 'src/main.ts': `import { createApp } from 'vue';\nimport App from './app.vue';\ncreateApp(App, { hiltKey: import.meta.env.VITE_HILT_KEY }).mount('#app');` })).toEqual(['src/main.ts:3 value']);
  });
});

describe('what a server writes into its pages', () => {
  const kit = (code: string): string[] => found({ 'package.json': packageWith('@sveltejs/kit', 'svelte'), 'src/hooks.server.ts': `import { HILT_API_KEY } from '$env/static/private';\nexport const handle = ({ event, resolve }) => ${code};` });
  it('is handed over by a hook of SvelteKit', () => expect(kit("resolve(event, { transformPageChunk: ({ html }) => html.replace('%hilt%', HILT_API_KEY) })")).toEqual(['src/hooks.server.ts:2 value']));
  it('is not, where the hook only asks whether it is there, or sends it to Hilt', () => {
    expect(kit("resolve(event, { transformPageChunk: ({ html }) => html.replace('%hilt%', String(Boolean(HILT_API_KEY))) })")).toEqual([]);
    expect(kit(`${requestWith('HILT_API_KEY')}.then(() => resolve(event))`)).toEqual([]);
  });
  const angular = (code: string): string[] => found({ 'package.json': packageWith('@angular/core', '@angular/ssr'), 'src/main.ts': '', 'src/app.config.server.ts': `import { makeStateKey, TransferState } from '@angular/core';\nconst KEY = makeStateKey<string>('hilt');\nexport class Boot { constructor(private state: TransferState) { ${code} } }` });
  it('is handed over by the state that Angular transfers', () => expect(angular("this.state.set(KEY, process.env['HILT_API_KEY']);")).toEqual(['src/app.config.server.ts:3 value']));
  it('is not, in a map of the server', () => expect([angular("new Map().set('key', process.env['HILT_API_KEY']);"), angular("this.state.set(KEY, Boolean(process.env['HILT_API_KEY']));")]).toEqual([[], []]));
});
