import { plainFramework, script, type Framework } from './framework.ts';

/**
 * Browser extensions, written by hand or with WXT, Plasmo, CRXJS or Extension.js. The background worker is packed like all else;
 * what a hand-written `manifest.json` names is read by `src/project/client/extension-manifest.ts`.
 */
export const browserExtension: Framework = {
  ...plainFramework,
  id: 'browser-extension',
  title: 'browser extension',
  side: 'client',
  detect: { dependencies: ['wxt', 'plasmo', '@crxjs/vite-plugin', 'extension'], configs: /^wxt\.config\.[mc]?[jt]s$/ },
  supersedes: ['unknown-client', 'vite', 'node-server'],
  entries: [
    // https://wxt.dev/guide/essentials/entrypoints
    { files: [`{src/,}entrypoints/*.${script}`, '{src/,}entrypoints/*.html', `{src/,}entrypoints/*/index.${script}`, '{src/,}entrypoints/*/index.html'], reason: 'entry point of a browser extension', needs: ['wxt'] },
    // https://docs.plasmo.com/framework
    { files: [`{src/,}{background,popup,options,newtab,sidepanel,devtools,content}.${script}`, `{src/,}{background,popup,options,newtab,sidepanel,devtools}/index.${script}`, `{src/,}{contents,tabs,sandboxes}/**/*.${script}`], reason: 'entry point of a browser extension', needs: ['plasmo'] },
  ],
  // https://wxt.dev, https://docs.plasmo.com, https://extension.js.org
  publicPrefixes: [
    { prefix: 'WXT_', access: ['import.meta.env'], forms: ['dot', 'bracket', 'optional'], ships: 'object' },
    { prefix: 'VITE_', access: ['import.meta.env'], forms: ['dot', 'bracket', 'optional'], ships: 'object' },
    { prefix: 'PLASMO_PUBLIC_', access: ['process.env'], forms: ['dot', 'bracket'], ships: 'read' },
    { prefix: 'EXTENSION_PUBLIC_', access: ['process.env', 'import.meta.env'], forms: ['dot', 'bracket'], ships: 'read' },
  ],
  inlinedForms: ['dot', 'bracket', 'optional'],
  injects: ['define', 'vite.define'],
  carriers: ['public/**', 'assets/**'],
};
