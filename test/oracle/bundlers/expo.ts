import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { barrels } from '../probes/barrels.ts';
import { accessForms, defineForms, privateReads } from '../probes/environment.ts';
import { expoShapes } from '../probes/expo.ts';
import { literals } from '../probes/literals.ts';
import { forBundler, plainFiles, sdk } from './plain.ts';

/** Expo bundles with Metro: what Metro cannot build, it cannot either. */
const metroShapes = forBundler('expo-web', forBundler('metro', [...literals, ...barrels]));

export const expo: Bundler = {
  name: 'expo-web',
  tier: 'heavy',
  app: 'expo',
  environment: { publicPrefix: 'EXPO_PUBLIC_', object: 'process.env' },
  scenes: [scene('main', [...metroShapes, ...expoShapes]), scene('environment', forBundler('metro', [...accessForms, ...defineForms, ...privateReads]))],
};

function scene(name: string, probes: readonly Probe[]): Scene {
  const configured = probes.some((probe) => probe.root?.['app.config.js'] !== undefined);
  return {
    name,
    probes,
    manifest: {
      main: 'src/main.js',
      scripts: { build: 'expo export --platform web --output-dir dist' },
      dependencies: { ...sdk, expo: '^54.0.37', react: '19.1.4', 'react-dom': '19.1.4', 'react-native': '^0.81.6', 'react-native-web': '^0.21.0', '@expo/metro-runtime': '^6.0.0' },
      devDependencies: { 'babel-preset-expo': '^54.0.0' },
    },
    files: (app) => ({
      ...plainFiles(app),
      ...(configured ? {} : { 'app.json': `${JSON.stringify({ expo: { name: 'shop', slug: 'shop', platforms: ['web'], web: { bundler: 'metro', output: 'single' } } }, null, 2)}\n` }),
      'babel.config.js': `module.exports = { presets: ['babel-preset-expo'] };\n`,
      'metro.config.js': `const path = require('node:path');\nconst { getDefaultConfig } = require('expo/metro-config');\n\nconst config = getDefaultConfig(__dirname);\nconfig.watchFolders = [...config.watchFolders, path.resolve(__dirname, '../../../node_modules')];\n\nmodule.exports = config;\n`,
    }),
    output: ['dist'],
  };
}
