import { everyForm, plainFramework, type Framework } from './framework.ts';

/** Vue CLI (5 built; prefixes read in `@vue/cli-service/lib/util/resolveClientEnv.js`). */
export const vueCli: Framework = {
  ...plainFramework,
  id: 'vue-cli',
  linksByName: true,
  title: 'Vue CLI',
  side: 'client',
  detect: { dependencies: ['@vue/cli-service'], configs: /^vue\.config\.[mc]?[jt]s$/ },
  bundler: 'webpack',
  traits: { sourceMapsByDefault: true, keepsUnusedProperties: true },
  supersedes: ['webpack', 'unknown-client', 'html'],
  entries: [
    { files: ['src/main.{js,jsx,ts,tsx}'], reason: 'Vue CLI entry' },
    { files: ['public/index.html'], reason: 'Vue CLI page' },
  ],
  publicPrefixes: [{ prefix: 'VUE_APP_', access: ['process.env'], forms: everyForm, ships: 'object' }],
  inlinedForms: everyForm,
  injects: ['DefinePlugin', 'EnvironmentPlugin', 'chainWebpack'],
  carriers: ['public/**'],
  aliases: { '@': 'src' },
};
