import { everyForm, plainFramework, script, type Framework } from './framework.ts';

/** Capacitor and Ionic: everything in `webDir` and the configuration itself is packed into the app (https://capacitorjs.com/docs/guides/security). */
export const capacitor: Framework = {
  ...plainFramework,
  id: 'capacitor',
  title: 'Capacitor',
  side: 'client',
  detect: { dependencies: ['@capacitor/core'], configs: /^capacitor\.config\.(?:json|[mc]?[jt]s)$/ },
  supersedes: ['unknown-client'],
  entries: [
    { files: ['www/**/*.html'], reason: 'page of a Capacitor app' },
  ],
  carriers: ['www/**'],
};

/** Cordova: the whole of `www` is packed into the app. */
export const cordova: Framework = {
  ...plainFramework,
  id: 'cordova',
  title: 'Cordova',
  side: 'client',
  detect: { dependencies: ['cordova', 'cordova-android', 'cordova-ios'], configs: undefined },
  supersedes: ['unknown-client'],
  entries: [{ files: ['www/**/*.html'], reason: 'page of a Cordova app' }],
  carriers: ['www/**'],
};

/** Electron: main, preload and renderer all lie on the user's disk, and an asar archive hides nothing. Prefixes of electron-vite 6 (built). */
export const electron: Framework = {
  ...plainFramework,
  id: 'electron',
  title: 'Electron',
  side: 'client',
  detect: { dependencies: ['electron', 'electron-vite', '@electron-forge/cli', 'electron-builder'], configs: /^(?:electron\.vite\.config|forge\.config)\.[mc]?[jt]s$/ },
  supersedes: ['unknown-client', 'node-server', 'html'],
  entries: [
    { files: [`{src,electron,app}/{main,preload}/index.${script}`, `{src/,electron/,app/,}{main,preload,background}.${script}`], reason: 'Electron program', runs: 'program' },
    { files: [`{src,electron,app}/renderer/index.${script}`, `{src/,electron/,app/,}renderer.${script}`], reason: 'Electron window' },
    { files: ['{src/,}renderer/**/*.html', '{src/,}index.html'], reason: 'Electron window' },
  ],
  publicPrefixes: (['MAIN_VITE_', 'PRELOAD_VITE_', 'RENDERER_VITE_', 'VITE_'] as const).map((prefix) => ({ prefix, access: ['import.meta.env' as const], forms: ['dot' as const, 'bracket' as const, 'optional' as const], ships: 'object' as const })),
  injects: ['define', 'main.define', 'preload.define', 'renderer.define'],
  carriers: ['resources/**', 'public/**'],
};

/** Tauri: its front end is an ordinary web application. `envPrefix: ["TAURI_"]` once leaked updater keys (CVE-2023-46115). */
export const tauri: Framework = {
  ...plainFramework,
  id: 'tauri',
  title: 'Tauri',
  side: 'client',
  detect: { dependencies: ['@tauri-apps/api', '@tauri-apps/cli'], configs: /^tauri\.conf\.json5?$/ },
  supersedes: ['unknown-client'],
  entries: [{ files: ['src/index.html', 'dist/index.html', 'index.html'], reason: 'window of a Tauri app' }],
  // Its templates build with Vite, whose own prefix stays beside that of Tauri (https://v2.tauri.app/start/frontend/vite).
  publicPrefixes: (['VITE_', 'TAURI_ENV_'] as const).map((prefix) => ({ prefix, access: ['import.meta.env' as const], forms: everyForm, ships: 'object' as const })),
  injects: ['define', 'envPrefix'],
};
