import { plainFramework, script, type Framework } from './framework.ts';

/** Expo (54 built with Metro 0.83; inlining read in `babel-preset-expo/build/inline-env-vars.js`). */
export const expo: Framework = {
  ...plainFramework,
  id: 'expo',
  title: 'Expo',
  side: 'client',
  detect: { dependencies: ['expo'], configs: undefined },
  bundler: 'metro',
  supersedes: ['react-native', 'unknown-client', 'webpack'],
  entries: [
    // Expo Router: https://docs.expo.dev/router/reference/api-routes: `+api` files are server routes.
    { files: [`{src/,}app/**/*.${script}`], except: ['**/*+api.*', '**/*.test.*', '**/__tests__/**'], reason: 'Expo Router screen', needs: ['expo-router'] },
    { files: [`App.${script}`, `App.{ios,android,native,web}.${script}`, `index.${script}`, `index.{ios,android,native,web}.${script}`], reason: 'Expo application' },
  ],
  serverOnly: [{ files: ['{src/,}app/**/*+api.*'], effect: 'absent' }],
  // Built: a destructured variable is replaced in the native bundles (Babel lowers it first), not in the one for the web.
  publicPrefixes: [{ prefix: 'EXPO_PUBLIC_', access: ['process.env'], forms: ['dot', 'bracket', 'destructured'], notOnWeb: ['destructured'], ships: 'read' }],
  inlinedForms: ['dot', 'bracket', 'destructured'],
  deadGuards: [{ expression: '__DEV__', client: false }],
  injects: ['extra', 'expo.extra'],
  carriers: ['assets/**', 'public/**'],
};
