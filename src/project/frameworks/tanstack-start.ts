import { everyForm, plainFramework, script, type Framework } from './framework.ts';

const start = ['@tanstack/react-start', '@tanstack/solid-start', '@tanstack/start'];

const routers = ['@tanstack/react-router', '@tanstack/solid-router'];

/** TanStack Start (1.169 built on Vite 8). Everything is isomorphic unless it says otherwise: loaders, `beforeLoad` and `head` ship. */
export const tanstackStart: Framework = {
  ...plainFramework,
  id: 'tanstack-start',
  linksByName: true,
  title: 'TanStack Start',
  side: 'mixed',
  detect: { dependencies: start, configs: undefined },
  bundler: 'vite',
  supersedes: ['vite', 'unknown-client', 'node-server', 'html'],
  entries: [
    { files: [`{src,app}/routes/**/*.${script}`], except: [`{src,app}/routes/**/-*`, `{src,app}/routes/**/-*/**`], reason: 'TanStack Start route' },
    { files: [`{src,app}/{client,router,start,routeTree.gen}.${script}`], reason: 'TanStack Start client entry' },
  ],
  serverOnly: [
    // https://tanstack.com/start/latest/docs/framework/react/guide/import-protection; built: judged after tree shaking.
    { files: ['**/*.server.*'], effect: 'error' },
    { modules: start.map((name) => `${name}/server-only`), effect: 'error' },
    { files: [`{src,app}/{server,ssr}.${script}`], effect: 'absent' },
  ],
  publicPrefixes: [{ prefix: 'VITE_', access: ['import.meta.env'], forms: everyForm, ships: 'object' }],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  strippedCalls: [
    { callee: 'createServerFn', method: 'handler', modules: start },
    { callee: 'createServerOnlyFn', modules: start },
    { callee: 'serverOnly', modules: start },
    { callee: 'createIsomorphicFn', method: 'server', modules: start },
    { callee: 'createMiddleware', method: 'server', modules: start },
    // Built: the handlers of a route that answers requests itself.
    { callee: 'createFileRoute', property: 'server', modules: routers },
    { callee: 'createRootRoute', property: 'server', modules: routers },
    { callee: 'createServerFileRoute', method: 'methods', modules: [...start, '@tanstack/react-start/server'] },
  ],
  deadGuards: [{ expression: 'import.meta.env.SSR', client: false }],
  injects: ['define', 'envPrefix'],
  handsOver: [{ how: 'call', callee: 'createServerFn', modules: start }],
  carriers: ['public/**'],
  aliases: { '~': 'src' },
};
