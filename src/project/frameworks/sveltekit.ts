import { everyForm, plainFramework, type Framework } from './framework.ts';

/** SvelteKit (2.70 built on Vite 8; guard read in `@sveltejs/kit/src/exports/vite/index.js`). */
export const sveltekit: Framework = {
  ...plainFramework,
  id: 'sveltekit',
  linksByName: true,
  title: 'SvelteKit',
  side: 'mixed',
  detect: { dependencies: ['@sveltejs/kit'], configs: undefined },
  bundler: 'vite',
  supersedes: ['vite', 'rollup', 'unknown-client', 'node-server', 'html'],
  entries: [
    // Built: also the page of a route with `csr = false` becomes a client chunk.
    { files: ['src/routes/**/+{page,layout}{,@*}.svelte', 'src/routes/**/+error.svelte'], reason: 'SvelteKit page' },
    { files: ['src/routes/**/+{page,layout}{,@*}.{js,ts}'], reason: 'SvelteKit universal load' },
    { files: ['src/hooks.client.{js,ts}', 'src/hooks.client/index.{js,ts}', 'src/hooks.{js,ts}', 'src/hooks/index.{js,ts}'], reason: 'SvelteKit client hooks' },
    { files: ['src/service-worker.{js,ts}', 'src/service-worker/index.{js,ts}'], reason: 'SvelteKit service worker' },
    { files: ['src/params/*.{js,ts}'], reason: 'SvelteKit parameter matcher' },
    { files: ['src/app.html', 'src/error.html'], reason: 'SvelteKit page shell' },
  ],
  serverOnly: [
    { files: ['src/routes/**/+{page,layout}.server.{js,ts}', 'src/routes/**/+server.{js,ts}', 'src/hooks.server.{js,ts}', 'src/hooks.server/**', '**/*.server.*', 'src/lib/server/**'], effect: 'error' },
    // https://svelte.dev/docs/kit/remote-functions: the client gets calls in the place of the module.
    { files: ['**/*.remote.{js,ts}'], effect: 'absent' },
    { modules: ['$env/static/private', '$env/dynamic/private', '$app/server'], effect: 'error' },
  ],
  publicPrefixes: [
    { prefix: 'VITE_', access: ['import.meta.env'], forms: everyForm, ships: 'object' },
    { prefix: 'PUBLIC_', access: ['module'], modules: ['$env/static/public'], forms: everyForm, ships: 'read' },
    // Built: one use of it anywhere puts every `PUBLIC_` variable in the HTML of every page.
    { prefix: 'PUBLIC_', access: ['module'], modules: ['$env/dynamic/public'], forms: everyForm, ships: 'always' },
  ],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  deadGuards: [
    { expression: 'import.meta.env.SSR', client: false },
    { module: '$app/environment', name: 'browser', client: true },
    { module: 'esm-env', name: 'BROWSER', client: true },
  ],
  injects: ['define', 'envPrefix', 'kit.env.publicPrefix'],
  handsOver: [
    { how: 'return', files: ['src/routes/**/+{page,layout}.server.{js,ts}'], exports: ['load', 'actions'] },
    ...['query', 'query.batch', 'form', 'command', 'prerender'].map((callee) => ({ how: 'call' as const, callee, modules: ['$app/server'] })),
  ],
  carriers: ['static/**'],
  aliases: { $lib: 'src/lib' },
};
