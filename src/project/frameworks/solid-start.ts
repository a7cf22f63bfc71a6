import { everyForm, plainFramework, script, type Framework } from './framework.ts';

/** SolidStart (1.3 built). `"use server"` draws the line; `*.server.ts` has no meaning there and ships. */
export const solidStart: Framework = {
  ...plainFramework,
  id: 'solid-start',
  linksByName: true,
  title: 'SolidStart',
  side: 'mixed',
  detect: { dependencies: ['@solidjs/start', 'solid-start'], configs: undefined },
  bundler: 'vite',
  bundlerMajors: { 1: 6 },
  supersedes: ['vite', 'unknown-client', 'node-server', 'html'],
  entries: [
    { files: [`src/routes/**/*.${script}`], except: ['src/routes/api/**'], reason: 'SolidStart route' },
    { files: [`src/app.${script}`, `src/{entry-client,entry.client}.${script}`, `src/root.${script}`], reason: 'SolidStart application' },
  ],
  serverOnly: [
    { directive: 'use server', effect: 'absent' },
    { files: ['src/routes/api/**', `src/{entry-server,entry.server,middleware}.${script}`, `src/middleware/**`], effect: 'absent' },
  ],
  publicPrefixes: [{ prefix: 'VITE_', access: ['import.meta.env'], forms: everyForm, ships: 'object' }],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  strippedExports: [{ files: [`src/routes/**/*.${script}`], names: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] }],
  deadGuards: [{ expression: 'import.meta.env.SSR', client: false }, { module: 'solid-js/web', name: 'isServer', client: false }],
  injects: ['define', 'envPrefix', 'vite.define'],
  carriers: ['public/**'],
  aliases: { '~': 'src' },
};
