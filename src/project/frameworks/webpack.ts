import { plainFramework, type Framework } from './framework.ts';

/** webpack (5.112 built). Its default entry is `src/index`; `target: "node"` makes a server program. */
export const webpack: Framework = {
  ...plainFramework,
  id: 'webpack',
  title: 'webpack',
  side: 'client',
  detect: { dependencies: ['webpack'], configs: /^webpack(?:\.[\w.-]+)?\.[mc]?[jt]s$|^webpackfile\.js$/ },
  bundler: 'webpack',
  supersedes: ['unknown-client'],
  entries: [{ files: ['src/index.{js,jsx,ts,tsx,mjs}'], reason: 'webpack entry', confidence: 'possible' }],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised', 'destructured', 'alias'],
  deadGuards: [{ expression: 'import.meta.env.SSR', client: false }, { expression: 'module.hot', client: false }],
  injects: ['DefinePlugin', 'EnvironmentPlugin', 'dotenv-webpack'],
  carriers: ['public/**', 'static/**'],
};
