import type { Bundler } from '../harness/bundler.ts';
import { accessForms, definedObject, defineForms, privateMeta, privateReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { defineLines, forBundler, objectLines, plainFiles, sdk } from './plain.ts';

const name = 'webpack';
const manifest = { scripts: { build: 'webpack' }, dependencies: sdk, devDependencies: { webpack: '^5.112.2', 'webpack-cli': '^7.3.1', esbuild: '^0.28.2', 'esbuild-loader': '^4.5.0' } } as const;

export const webpack: Bundler = {
  name,
  tier: 'light',
  environment: { publicPrefix: '', object: 'process.env' },
  scenes: [
    { name: 'main', probes: plainProbes(name), manifest, files: (app) => ({ ...plainFiles(app), 'webpack.config.js': config({}) }), output: ['dist'] },
    { name: 'maps', probes: mappedProbes(name), manifest, files: (app) => ({ ...plainFiles(app), 'webpack.config.js': config({ devtool: `'source-map'` }) }), output: ['dist'] },
    { name: 'verbatim', probes: verbatim, manifest, files: (app) => ({ ...plainFiles(app, { verbatimModuleSyntax: true }), 'webpack.config.js': config({}) }), output: ['dist'] },
    { name: 'private', probes: [...privateReads, ...privateMeta], manifest, files: (app) => ({ ...plainFiles(app), 'webpack.config.js': config({}) }), output: ['dist'] },
    {
      name: 'define',
      probes: forBundler(name, [...accessForms, ...defineForms]),
      manifest,
      files: (app) => ({ ...plainFiles(app), 'webpack.config.js': config({ plugins: `new webpack.DefinePlugin({\n${defineLines(app.variables, '      ')}    })` }) }),
      output: ['dist'],
    },
    {
      name: 'define-object',
      probes: definedObject,
      manifest,
      files: (app) => ({ ...plainFiles(app), 'webpack.config.js': config({ plugins: `new webpack.DefinePlugin({\n      'process.env': JSON.stringify({\n${objectLines(app.variables, '        ')}      }),\n    })` }) }),
      output: ['dist'],
    },
    {
      name: 'environment-plugin',
      probes: forBundler(name, accessForms).map((probe) => ({ ...probe, id: probe.id.replace('access', 'plugin') })),
      manifest,
      files: (app) => ({ ...plainFiles(app), 'webpack.config.js': config({ plugins: `new webpack.EnvironmentPlugin([\n${app.variables.map((variable) => `      '${variable}',\n`).join('')}    ])` }) }),
      output: ['dist'],
    },
  ],
};

function config({ devtool = 'false', plugins = '' }: { devtool?: string; plugins?: string }): string {
  return `const path = require('node:path');
${plugins === '' ? '' : `const webpack = require('webpack');\n`}
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
      { test: /\\.ts$/, loader: 'esbuild-loader', options: { target: 'es2022' } },
      { test: /\\.txt$/, type: 'asset/resource' },
    ],
  },
  plugins: [${plugins === '' ? '' : `\n    ${plugins},\n  `}],
};
`;
}
