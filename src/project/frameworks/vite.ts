import { everyForm, plainFramework, type Framework } from './framework.ts';

/** A client application built by Vite (7.3 and 8.3 built). Every module that `index.html` reaches is client code. */
export const vite: Framework = {
  ...plainFramework,
  id: 'vite',
  title: 'Vite',
  side: 'client',
  detect: { dependencies: ['vite', 'rolldown-vite'], configs: /^vite\.config(?:\.[\w-]+)?\.[mc]?[jt]s$/ },
  bundler: 'vite',
  supersedes: ['esbuild', 'rollup', 'rolldown', 'unknown-client', 'html'],
  entries: [
    { files: ['*.html', '{src,app,client,web}/index.html'], reason: 'Vite entry page' },
    { files: ['src/{pages,entries}/**/*.html'], reason: 'Vite entry page', confidence: 'possible' },
  ],
  // Built: any use of `import.meta.env` as a whole ships every `VITE_` variable, read or not.
  publicPrefixes: [{ prefix: 'VITE_', access: ['import.meta.env'], forms: everyForm, ships: 'object' }],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  deadGuards: [{ expression: 'import.meta.env.SSR', client: false }],
  injects: ['define', 'envPrefix'],
  carriers: ['public/**'],
};
