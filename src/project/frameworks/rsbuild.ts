import { plainFramework, type Framework } from './framework.ts';

/** Rsbuild (2.3 built; prefixes read in `@rsbuild/core/dist`): `PUBLIC_` on both `process.env` and `import.meta.env`. */
export const rsbuild: Framework = {
  ...plainFramework,
  id: 'rsbuild',
  title: 'Rsbuild',
  side: 'client',
  detect: { dependencies: ['@rsbuild/core', '@modern-js/app-tools', '@rslib/core'], configs: /^(?:rsbuild|modern)\.config\.[mc]?[jt]s$/ },
  bundler: 'rspack',
  // It writes them beside the chunk, into `*.LICENSE.txt` (built).
  traits: { keepsLegalComments: true },
  supersedes: ['rspack', 'webpack', 'unknown-client', 'html'],
  entries: [{ files: ['src/index.{js,jsx,ts,tsx,mjs,mts,cjs,cts}'], reason: 'Rsbuild entry' }],
  publicPrefixes: [{ prefix: 'PUBLIC_', access: ['process.env', 'import.meta.env'], forms: ['dot', 'bracket', 'optional', 'parenthesised', 'alias'], ships: 'read' }],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised', 'alias'],
  deadGuards: [{ expression: 'import.meta.env.SSR', client: false }, { expression: 'module.hot', client: false }],
  injects: ['source.define', 'DefinePlugin', 'EnvironmentPlugin'],
  carriers: ['public/**'],
};
