import { plainFramework, script, type Framework } from './framework.ts';

/** Gatsby (5.16; its client stage was built). */
export const gatsby: Framework = {
  ...plainFramework,
  id: 'gatsby',
  title: 'Gatsby',
  side: 'mixed',
  linksByName: true,
  detect: { dependencies: ['gatsby'], configs: /^gatsby-(?:config|node|browser)\.[mc]?[jt]sx?$/ },
  bundler: 'webpack',
  traits: { sourceMapsByDefault: true },
  supersedes: ['webpack', 'unknown-client', 'node-server', 'html', 'cra'],
  entries: [
    { files: [`src/pages/**/*.${script}`, 'src/pages/**/*.mdx'], reason: 'Gatsby page' },
    { files: [`src/templates/**/*.${script}`], reason: 'Gatsby template' },
    { files: [`gatsby-browser.${script}`], reason: 'Gatsby browser API' },
  ],
  serverOnly: [{ files: [`gatsby-{node,config,ssr}.${script}`, 'src/api/**'], effect: 'absent' }],
  publicPrefixes: [
    { prefix: 'GATSBY_', access: ['process.env'], forms: ['dot', 'bracket', 'optional', 'parenthesised', 'destructured', 'alias'], ships: 'read' },
    // Built, and read in `gatsby/src/utils/webpack.config.js`: every name of the active env file counts, not only those with the prefix.
    { prefix: '', access: ['process.env'], forms: ['dot', 'bracket', 'optional', 'parenthesised', 'destructured', 'alias'], ships: 'read', declaredIn: ['.env.production', '.env.staging', '.env.production.example', '.env.production.sample'] },
  ],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised', 'destructured', 'alias'],
  strippedExports: [{ files: [`src/pages/**/*.${script}`, `src/templates/**/*.${script}`], names: ['getServerData', 'config'] }],
  injects: ['siteMetadata', 'DefinePlugin', 'plugins.define'],
  handsOver: [{ how: 'return', files: [`src/pages/**/*.${script}`], exports: ['getServerData'] }],
  carriers: ['static/**'],
};
