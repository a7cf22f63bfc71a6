import { plainFramework, type Framework } from './framework.ts';

/** Rspack (2.3 built): webpack's configuration, without `import.meta.env`. */
export const rspack: Framework = {
  ...plainFramework,
  id: 'rspack',
  title: 'Rspack',
  side: 'client',
  detect: { dependencies: ['@rspack/core', '@rspack/cli'], configs: /^rspack(?:\.[\w.-]+)?\.[mc]?[jt]s$/ },
  bundler: 'rspack',
  supersedes: ['webpack', 'unknown-client'],
  entries: [{ files: ['src/index.{js,jsx,ts,tsx,mjs}'], reason: 'Rspack entry', confidence: 'possible' }],
  deadGuards: [{ expression: 'import.meta.hot', client: false }, { expression: 'module.hot', client: false }],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised', 'alias'],
  injects: ['DefinePlugin', 'EnvironmentPlugin'],
  carriers: ['public/**'],
};
