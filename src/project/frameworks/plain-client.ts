import { plainFramework, type Framework } from './framework.ts';

/** A page that loads its scripts as they are. Any file below the folder that is served can be downloaded. */
export const html: Framework = {
  ...plainFramework,
  id: 'html',
  title: 'plain HTML',
  side: 'client',
  detect: { dependencies: [], configs: undefined },
  supersedes: [],
};

/**
 * Client code whose bundler is not recognised: a package that uses a library which only makes sense in a browser.
 * What its usual entry files reach is `possible`.
 */
export const unknownClient: Framework = {
  ...plainFramework,
  id: 'unknown-client',
  title: 'client library',
  side: 'client',
  detect: { dependencies: ['react-dom', 'vue', 'preact', 'svelte', 'solid-js', 'lit', '@angular/platform-browser', 'jquery', 'alpinejs', 'htmx.org', '@stimulus/core', '@hotwired/stimulus', 'ember-source', 'backbone', 'mithril', 'inferno'], configs: undefined },
  entries: [{ files: ['{src/,}{index,main,client,app,App,browser}.{js,jsx,ts,tsx,mjs}', '{src/,}index.html'], reason: 'entry of client code', confidence: 'possible' }],
  // Which bundler decides is not known, so neither is which of these it inlines.
  publicPrefixes: (['NEXT_PUBLIC_', 'VITE_', 'REACT_APP_', 'PUBLIC_', 'EXPO_PUBLIC_', 'NUXT_PUBLIC_', 'GATSBY_', 'VUE_APP_'] as const).map((prefix) => ({
    prefix, access: ['process.env' as const, 'import.meta.env' as const], forms: ['dot' as const, 'bracket' as const], ships: 'read' as const,
  })),
};
