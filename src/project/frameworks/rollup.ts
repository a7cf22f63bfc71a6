import { plainFramework, type Framework } from './framework.ts';

/** Rollup (4.68 built). `@rollup/plugin-replace` replaces text: it misses `["X"]`, `?.` and parentheses. */
export const rollup: Framework = {
  ...plainFramework,
  id: 'rollup',
  title: 'Rollup',
  side: 'client',
  detect: { dependencies: ['rollup'], configs: /^rollup(?:\.[\w.-]+)?\.[mc]?[jt]s$/ },
  bundler: 'rollup',
  inlinedForms: ['dot'],
  injects: ['replace'],
};

/** Rolldown (1.3 built): `transform.define` works as in esbuild. */
export const rolldown: Framework = {
  ...plainFramework,
  id: 'rolldown',
  title: 'Rolldown',
  side: 'client',
  detect: { dependencies: ['rolldown', 'tsdown'], configs: /^rolldown\.config\.[mc]?[jt]s$/ },
  bundler: 'rolldown',
  supersedes: ['rollup'],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  injects: ['transform.define', 'define'],
};
