import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { svelteKit as shapes, svelteKitDynamic, svelteKitErrors } from '../probes/sveltekit.ts';
import { sdk } from './plain.ts';

export const svelteKit: Bundler = {
  name: 'sveltekit',
  tier: 'heavy',
  environment: { publicPrefix: 'PUBLIC_', object: 'import.meta.env' },
  scenes: [
    scene('main', shapes),
    scene('maps', shapes.filter((probe) => probe.maps || probe.id === 'page-imported' || probe.id === 'page-lib-sibling'), '  build: { sourcemap: true },\n'),
    {
      ...scene('dynamic', svelteKitDynamic, '', false),
      serve: { command: 'vite preview --host 127.0.0.1 --port $PORT', requests: svelteKitDynamic.map((probe) => ({ path: `/${probe.id}` })) },
    },
    ...svelteKitErrors.map((probe) => ({ ...scene(probe.id, [probe]), failsWith: /server-only module|Cannot import|private/i })),
  ],
};

function scene(name: string, probes: readonly Probe[], options = '', prerender = true): Scene {
  return {
    name,
    probes,
    manifest: { type: 'module', scripts: { build: 'vite build' }, dependencies: sdk, devDependencies: { '@sveltejs/kit': '^2.70.4', '@sveltejs/vite-plugin-svelte': '^7.0.0', svelte: '^5.0.0', vite: '^8.3.8' } },
    files: () => ({
      'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({\n  plugins: [sveltekit()],\n${options}});\n`,
      'svelte.config.js': `/** @type {import('@sveltejs/kit').Config} */\nexport default {\n  kit: { prerender: { handleUnseenRoutes: 'ignore' } },\n};\n`,
      'src/app.html': `<!doctype html>\n<html lang="en">\n  <head>%sveltekit.head%</head>\n  <body>%sveltekit.body%</body>\n</html>\n`,
      'src/routes/+layout.js': `export const prerender = ${prerender};\n`,
      'src/routes/+page.svelte': '<h1>Shop</h1>\n',
      'jsconfig.json': '{ "extends": "./.svelte-kit/tsconfig.json" }\n',
    }),
    output: ['.svelte-kit/output/client', '.svelte-kit/output/prerendered', 'static'],
  };
}
