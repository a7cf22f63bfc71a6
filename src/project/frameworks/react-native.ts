import { everyForm, plainFramework, script, type Framework } from './framework.ts';

/** React Native without Expo (Metro 0.83 built): no inlining of its own, no tree shaking. */
export const reactNative: Framework = {
  ...plainFramework,
  id: 'react-native',
  title: 'React Native',
  side: 'client',
  detect: { dependencies: ['react-native', '@nativescript/core'], configs: /^metro\.config\.[mc]?[jt]s$/ },
  bundler: 'metro',
  supersedes: ['unknown-client'],
  entries: [{ files: [`index.${script}`, `index.{ios,android,native}.${script}`, `App.${script}`, `{src/,app/}app.${script}`], reason: 'React Native application' }],
  // `react-native-dotenv` (built) and `react-native-config` hand out every name of the `.env` file.
  publicPrefixes: [
    { prefix: '', access: ['module'], modules: ['@env', 'react-native-config', 'react-native-ultimate-config', 'react-native-dotenv'], forms: everyForm, ships: 'read' },
  ],
  deadGuards: [{ expression: '__DEV__', client: false }],
  injects: ['transform-inline-environment-variables'],
  carriers: ['assets/**', 'android/app/src/main/assets/**'],
};
