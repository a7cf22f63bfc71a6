import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { accessForms, defineForms, privateMeta, privateReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { defineLines, forBundler, plainFiles, sdk } from './plain.ts';

const name = 'rspack';

export const rspack: Bundler = {
  name,
  tier: 'heavy',
  environment: { publicPrefix: '', object: 'process.env' },
  scenes: [
    scene('main', plainProbes(name)),
    scene('maps', mappedProbes(name), { devtool: `'source-map'` }),
    scene('verbatim', verbatim, { compilerOptions: { verbatimModuleSyntax: true } }),
    scene('private', [...privateReads, ...privateMeta]),
    scene('define', forBundler(name, [...accessForms, ...defineForms]), { plugins: (variables) => `new rspack.DefinePlugin({\n${defineLines(variables, '      ')}    })` }),
  ],
};

interface Options { readonly devtool?: string; readonly plugins?: (variables: readonly string[]) => string; readonly compilerOptions?: Readonly<Record<string, unknown>> }

function scene(sceneName: string, probes: readonly Probe[], { devtool = 'false', plugins, compilerOptions = {} }: Options = {}): Scene {
  return {
    name: sceneName,
    probes,
    manifest: { scripts: { build: 'rspack build' }, dependencies: sdk, devDependencies: { '@rspack/cli': '^2.2.8', '@rspack/core': '^2.3.2' } },
    files: (app) => ({
      ...plainFiles(app, compilerOptions),
      'rspack.config.js': `const path = require('node:path');
const { rspack } = require('@rspack/core');

module.exports = {
  mode: 'production',
  entry: './src/main.js',
  devtool: ${devtool},
  output: { path: path.resolve(__dirname, 'dist'), filename: 'main.js', clean: true },
  resolve: { extensions: ['.js', '.ts'] },
  performance: { hints: false },
  stats: 'errors-only',
  module: {
    rules: [
      { test: /\\.ts$/, loader: 'builtin:swc-loader', options: { jsc: { parser: { syntax: 'typescript' } } }, type: 'javascript/auto' },
      { test: /\\.txt$/, type: 'asset/resource' },
    ],
  },
  plugins: [${plugins === undefined ? '' : `\n    ${plugins(app.variables)},\n  `}],
};
`,
    }),
    output: ['dist'],
  };
}
