import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { accessForms, defineForms, privateReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { forBundler, page, plainFiles, sdk } from './plain.ts';

const name = 'parcel';
const command = 'parcel build index.html --dist-dir dist --no-cache';

/** Writes source maps where it is not told otherwise, and inlines every variable that the code names. */
export const parcel: Bundler = {
  name,
  tier: 'heavy',
  environment: { publicPrefix: '', object: 'process.env' },
  scenes: [
    scene('main', plainProbes(name), `${command} --no-source-maps`),
    scene('maps', mappedProbes(name), command),
    scene('verbatim', verbatim, `${command} --no-source-maps`, { verbatimModuleSyntax: true }),
    scene('environment', forBundler(name, [...accessForms, ...defineForms, ...privateReads]), `${command} --no-source-maps`),
  ],
};

function scene(sceneName: string, probes: readonly Probe[], build: string, compilerOptions: Readonly<Record<string, unknown>> = {}): Scene {
  return {
    name: sceneName,
    probes,
    manifest: { scripts: { build }, dependencies: sdk, devDependencies: { parcel: '^2.16.4', process: '^0.11.10' } },
    files: (app) => ({ ...plainFiles(app, compilerOptions), 'index.html': page(app, './src/main.js') }),
    output: ['dist'],
  };
}
