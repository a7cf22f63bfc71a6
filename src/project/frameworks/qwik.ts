import { everyForm, plainFramework, script, type Framework } from './framework.ts';

const city = ['@builder.io/qwik-city', '@qwik.dev/router'];

/** Qwik City (1.20, client build). Component bodies, `$()` handlers and tasks ship; loaders, actions and `server$` do not. */
export const qwik: Framework = {
  ...plainFramework,
  id: 'qwik',
  linksByName: true,
  title: 'Qwik',
  side: 'mixed',
  detect: { dependencies: ['@builder.io/qwik', '@qwik.dev/core'], configs: undefined },
  bundler: 'vite',
  supersedes: ['vite', 'unknown-client', 'node-server', 'html'],
  entries: [
    { files: [`src/routes/**/{index,layout}{,@*,!}.${script}`, `src/routes/**/layout-*.${script}`, 'src/routes/**/*.{md,mdx}'], reason: 'Qwik route' },
    { files: [`src/root.${script}`], reason: 'Qwik application' },
    { files: [`src/routes/service-worker.${script}`], reason: 'Qwik service worker' },
  ],
  serverOnly: [{ files: [`src/entry.{ssr,preview,express,fastify,cloudflare-pages,vercel-edge,node-server,deno,bun,netlify-edge,aws-lambda}.${script}`, `src/routes/**/plugin{,@*}.${script}`], effect: 'absent' }],
  // https://qwik.dev/docs/env-variables, and built: both prefixes.
  publicPrefixes: [
    { prefix: 'PUBLIC_', access: ['import.meta.env'], forms: everyForm, ships: 'object' },
    { prefix: 'VITE_', access: ['import.meta.env'], forms: everyForm, ships: 'object' },
  ],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  strippedExports: [{ files: [`src/routes/**/*.${script}`], names: ['onGet', 'onPost', 'onPut', 'onPatch', 'onDelete', 'onRequest', 'onStaticGenerate'] }],
  strippedCalls: ['routeLoader$', 'routeAction$', 'globalAction$', 'server$', 'zod$'].map((callee) => ({ callee, modules: city })),
  deadGuards: [
    { expression: 'import.meta.env.SSR', client: false },
    { module: '@builder.io/qwik/build', name: 'isServer', client: false },
    { module: '@builder.io/qwik', name: 'isServer', client: false },
    { module: '@builder.io/qwik/build', name: 'isBrowser', client: true },
  ],
  injects: ['define', 'envPrefix'],
  handsOver: ['routeLoader$', 'routeAction$', 'server$'].map((callee) => ({ how: 'call', callee, modules: city })),
  carriers: ['public/**'],
  aliases: { '~': 'src' },
};
