import { everyForm, plainFramework, type Framework } from './framework.ts';

/** Create React App (react-scripts 5 built; prefixes read in `react-scripts/config/env.js`). */
export const cra: Framework = {
  ...plainFramework,
  id: 'cra',
  title: 'Create React App',
  side: 'client',
  detect: { dependencies: ['react-scripts', '@craco/craco', 'react-app-rewired'], configs: /^craco\.config\.[mc]?[jt]s$/ },
  bundler: 'webpack',
  traits: { sourceMapsByDefault: true },
  supersedes: ['webpack', 'unknown-client', 'html'],
  entries: [
    { files: ['src/index.{js,jsx,ts,tsx}'], reason: 'Create React App entry' },
    { files: ['src/{service-worker,serviceWorker}.{js,ts}'], reason: 'Create React App service worker' },
    { files: ['public/index.html'], reason: 'Create React App page' },
  ],
  serverOnly: [{ files: ['src/setupProxy.{js,ts}', 'src/setupTests.{js,ts}'], effect: 'absent' }],
  // Built: the whole of `process.env` is put in its place, with every `REACT_APP_` variable.
  publicPrefixes: [{ prefix: 'REACT_APP_', access: ['process.env'], forms: everyForm, ships: 'object' }],
  inlinedForms: everyForm,
  injects: ['DefinePlugin', 'EnvironmentPlugin'],
  carriers: ['public/**'],
};
