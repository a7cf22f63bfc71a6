import { plainFramework, type Framework } from './framework.ts';

/** Bun's bundler (1.4 built): it replaces nothing unless `--env=inline`, `--env='PREFIX_*'` or `define` says so. Its default target is the browser. */
export const bun: Framework = {
  ...plainFramework,
  id: 'bun',
  title: 'Bun',
  side: 'client',
  detect: { dependencies: [], configs: undefined },
  bundler: 'bun',
  supersedes: ['unknown-client'],
  deadGuards: [{ expression: 'process.browser', client: true }, { expression: 'import.meta.hot', client: false }],
  inlinedForms: ['dot', 'bracket', 'parenthesised'],
  injects: ['env', 'define', '--env', '--define'],
};
