import type { Bundler } from '../harness/bundler.ts';
import { accessForms, defineForms, privateMeta, privateReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { defineLines, forBundler, plainFiles, sdk } from './plain.ts';

const name = 'rollup';
const manifest = {
  type: 'module',
  scripts: { build: 'rollup -c --silent' },
  dependencies: sdk,
  devDependencies: { rollup: '^4.68.7', '@rollup/plugin-commonjs': '^29.0.3', '@rollup/plugin-json': '^6.1.0', '@rollup/plugin-node-resolve': '^16.0.3', '@rollup/plugin-replace': '^6.0.3', '@rollup/plugin-terser': '^1.0.2', 'rollup-plugin-esbuild': '^6.2.1' },
} as const;

export const rollup: Bundler = {
  name,
  tier: 'light',
  environment: { publicPrefix: '', object: 'process.env' },
  scenes: [
    { name: 'main', probes: plainProbes(name), manifest, files: (app) => ({ ...plainFiles(app), 'rollup.config.js': config({ sourcemap: false }) }), output: ['dist'] },
    { name: 'maps', probes: mappedProbes(name), manifest, files: (app) => ({ ...plainFiles(app), 'rollup.config.js': config({ sourcemap: true }) }), output: ['dist'] },
    { name: 'verbatim', probes: verbatim, manifest, files: (app) => ({ ...plainFiles(app, { verbatimModuleSyntax: true }), 'rollup.config.js': config({ sourcemap: false }) }), output: ['dist'] },
    { name: 'private', probes: [...privateReads, ...privateMeta], manifest, files: (app) => ({ ...plainFiles(app), 'rollup.config.js': config({ sourcemap: false }) }), output: ['dist'] },
    { name: 'define', probes: forBundler(name, [...accessForms, ...defineForms]), manifest, files: (app) => ({ ...plainFiles(app), 'rollup.config.js': config({ sourcemap: false, values: defineLines(app.variables, '        ') }) }), output: ['dist'] },
  ],
};

function config({ sourcemap, values = '' }: { sourcemap: boolean; values?: string }): string {
  return `import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import resolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';

export default {
  input: 'src/main.js',
  output: { dir: 'dist', format: 'es', sourcemap: ${sourcemap} },
  plugins: [
    replace({
      preventAssignment: true,
      values: {
        'process.env.NODE_ENV': JSON.stringify('production'),
${values}      },
    }),
    resolve({ browser: true, extensions: ['.mjs', '.js', '.json', '.ts'] }),
    commonjs(),
    json(),
    esbuild(),
    terser(),
  ],
};
`;
}
