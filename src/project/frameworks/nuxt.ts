import { everyForm, plainFramework, script, type Framework } from './framework.ts';

const code = '{js,jsx,ts,tsx,mjs,mts,vue}';

/** Nuxt (4.4 built; its builder brings Vite 7). Version 4 keeps the application in `app/`, earlier ones in the root. */
export const nuxt: Framework = {
  ...plainFramework,
  id: 'nuxt',
  linksByName: true,
  title: 'Nuxt',
  side: 'mixed',
  detect: { dependencies: ['nuxt', 'nuxt-nightly', 'nuxt3'], configs: /^nuxt\.config\.[mc]?[jt]s$/ },
  bundler: 'vite',
  bundlerMajors: { 4: 7 },
  supersedes: ['vite', 'vue-cli', 'webpack', 'rollup', 'unknown-client', 'node-server', 'html'],
  entries: [
    { files: ['{app/,src/,}app.{vue,tsx,jsx}', '{app/,src/,}error.vue'], reason: 'Nuxt application' },
    { files: [`{app/,src/,}pages/**/*.${code}`], reason: 'Nuxt page' },
    { files: [`{app/,src/,}layouts/**/*.${code}`], reason: 'Nuxt layout' },
    { files: [`{app/,src/,}plugins/*.${code}`, `{app/,src/,}plugins/*/index.${code}`], except: [`**/*.server.${script}`], reason: 'Nuxt plugin' },
    { files: [`{app/,src/,}middleware/**/*.${code}`], reason: 'Nuxt route middleware' },
    { files: [`{app/,src/,}app.config.${script}`], reason: 'Nuxt app config' },
  ],
  serverOnly: [
    // Built: `server/utils` may be imported by a component, and then ships; these may not.
    { files: ['server/{api,routes,middleware,plugins}/**'], effect: 'error' },
    { files: ['**/*.server.vue', `{app/,src/,}plugins/**/*.server.${script}`], effect: 'absent' },
    { modules: ['#server'], effect: 'error' },
  ],
  publicPrefixes: [
    { prefix: 'VITE_', access: ['import.meta.env'], forms: everyForm, ships: 'object' },
    // Built: only for keys that `runtimeConfig.public` declares; an undeclared one goes nowhere.
    { prefix: 'NUXT_PUBLIC_', access: ['runtime-config'], forms: everyForm, ships: 'always' },
  ],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  deadGuards: [
    { expression: 'import.meta.server', client: false },
    { expression: 'import.meta.client', client: true },
    { expression: 'import.meta.browser', client: true },
    { expression: 'process.server', client: false },
    { expression: 'process.client', client: true },
    { expression: 'import.meta.env.SSR', client: false },
  ],
  injects: ['runtimeConfig.public', 'appConfig', 'app.head', 'vite.define', 'vite.envPrefix', 'env'],
  strippedCalls: [{ callee: 'onServerPrefetch', modules: ['vue', '#imports'] }, { callee: 'useServerHead', modules: ['@unhead/vue', '#imports'] }, { callee: 'useServerSeoMeta', modules: ['@unhead/vue', '#imports'] }],
  handsOver: [
    { how: 'call', callee: 'useState', modules: ['#imports', 'nuxt/app', '#app'] },
    { how: 'call', callee: 'useAsyncData', modules: ['#imports', 'nuxt/app', '#app'] },
    { how: 'return', files: ['server/api/**'], exports: ['default'] },
  ],
  carriers: ['public/**', 'static/**'],
  aliases: { '~~': '', '@@': '', '#shared': 'shared', '~': 'app', '@': 'app' },
};
