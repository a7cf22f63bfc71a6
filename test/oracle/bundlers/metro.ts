import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { privateReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { plainFiles, sdk } from './plain.ts';

const name = 'metro';
const command = 'mkdir -p dist && metro build index.js --out dist/main.js --platform ios --dev false --minify true --config metro.config.js';

/** The bundler of React Native: no tree-shaking, whatever is imported ships. */
export const metro: Bundler = {
  name,
  tier: 'heavy',
  environment: { publicPrefix: '', object: 'process.env' },
  scenes: [
    scene('main', plainProbes(name), command),
    scene('maps', mappedProbes(name), `${command} --source-map true`),
    scene('verbatim', verbatim, command, { verbatimModuleSyntax: true }),
    scene('private', privateReads, command),
  ],
};

function scene(sceneName: string, probes: readonly Probe[], build: string, compilerOptions: Readonly<Record<string, unknown>> = {}): Scene {
  return {
    name: sceneName,
    probes,
    manifest: { scripts: { build }, dependencies: { ...sdk, react: '19.2.3', 'react-native': '^0.86.3' }, devDependencies: { metro: '^0.84.6', '@react-native/babel-preset': '^0.86.3', '@react-native/metro-config': '^0.86.3' } },
    files: (app) => ({
      ...plainFiles(app, compilerOptions),
      'index.js': `import './src/main.js';\n`,
      'app.json': '{ "name": "shop", "displayName": "Shop" }\n',
      'babel.config.js': `module.exports = { presets: ['module:@react-native/babel-preset'] };\n`,
      'metro.config.js': `const path = require('node:path');
const { getDefaultConfig, mergeConfig } = require('metro-config');

module.exports = (async () =>
  mergeConfig(await getDefaultConfig(__dirname), {
    projectRoot: __dirname,
    watchFolders: [path.resolve(__dirname, '../../../node_modules')],
    resolver: { sourceExts: ['js', 'jsx', 'ts', 'tsx', 'json', 'cjs'], useWatchman: false },
    transformer: { babelTransformerPath: require.resolve('@react-native/metro-babel-transformer') },
    cacheStores: [],
  }))();
`,
    }),
    output: ['dist'],
  };
}
