import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Environment, Probe } from '../harness/probe.ts';
import { accessForms, defineForms, privateMeta, privateReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { defineLines, forBundler, plainFiles, sdk } from './plain.ts';

const name = 'rsbuild';

export const rsbuild: Bundler = {
  name,
  tier: 'heavy',
  environment: { publicPrefix: 'PUBLIC_', object: 'process.env' },
  scenes: [
    scene('main', plainProbes(name)),
    scene('maps', mappedProbes(name), { options: () => `  output: { sourceMap: { js: 'source-map' } },\n` }),
    scene('verbatim', verbatim, { compilerOptions: { verbatimModuleSyntax: true } }),
    scene('private', [...privateReads, ...privateMeta]),
    scene('prefix', accessForms),
    scene('prefix-meta', accessForms, { environment: { publicPrefix: 'PUBLIC_', object: 'import.meta.env' } }),
    scene('define', forBundler(name, [...accessForms, ...defineForms]), { environment: { publicPrefix: '', object: 'process.env' }, define: true }),
  ],
};

interface Options { readonly options?: () => string; readonly define?: boolean; readonly environment?: Environment; readonly compilerOptions?: Readonly<Record<string, unknown>> }

function scene(sceneName: string, probes: readonly Probe[], { options = () => '', define = false, environment, compilerOptions = {} }: Options = {}): Scene {
  return {
    name: sceneName,
    probes,
    ...(environment === undefined ? {} : { environment }),
    manifest: { type: 'module', scripts: { build: 'rsbuild build' }, dependencies: sdk, devDependencies: { '@rsbuild/core': '^2.3.2' } },
    files: (app) => ({
      ...plainFiles(app, compilerOptions),
      'rsbuild.config.js': `import { defineConfig } from '@rsbuild/core';\n\nexport default defineConfig({\n  source: {\n    entry: { index: './src/main.js' },\n${define ? `    define: {\n${defineLines(app.variables, '      ')}    },\n` : ''}  },\n${options()}});\n`,
    }),
    output: ['dist'],
  };
}
