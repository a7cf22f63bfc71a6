import { plainFramework, type Framework } from './framework.ts';

/** esbuild (0.28 built), called by scripts or by a build file. Without `platform: "node"` it builds for browsers. */
export const esbuild: Framework = {
  ...plainFramework,
  id: 'esbuild',
  title: 'esbuild',
  side: 'client',
  detect: { dependencies: ['esbuild'], configs: /^esbuild(?:\.[\w.-]+)?\.[mc]?[jt]s$/ },
  bundler: 'esbuild',
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  injects: ['define', '--define'],
};
