import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Environment, Probe } from '../harness/probe.ts';
import { accessForms, defineForms, privateMeta, privateReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { forBundler, plainFiles, sdk } from './plain.ts';

const name = 'bun';
const command = 'bun build ./src/main.js --outdir dist --target browser --minify --splitting';

export const bun: Bundler = {
  name,
  tier: 'heavy',
  environment: { publicPrefix: '', object: 'process.env' },
  scenes: [
    scene('main', plainProbes(name), command),
    scene('maps', mappedProbes(name), `${command} --sourcemap=linked`),
    scene('verbatim', verbatim, command, { compilerOptions: { verbatimModuleSyntax: true } }),
    scene('private', [...privateReads, ...privateMeta], command),
    scene('inline', forBundler(name, [...accessForms, ...defineForms]), `${command} --env=inline`),
    scene('prefix', [...accessForms, ...privateReads], `${command} --env='PUBLIC_*'`, { environment: { publicPrefix: 'PUBLIC_', object: 'process.env' } }),
  ],
};

interface Options { readonly environment?: Environment; readonly compilerOptions?: Readonly<Record<string, unknown>> }

function scene(sceneName: string, probes: readonly Probe[], build: string, { environment, compilerOptions = {} }: Options = {}): Scene {
  return {
    name: sceneName,
    probes,
    ...(environment === undefined ? {} : { environment }),
    manifest: { type: 'module', scripts: { build }, dependencies: sdk, devDependencies: { bun: '^1.4.5' } },
    files: (app) => plainFiles(app, compilerOptions),
    output: ['dist'],
  };
}
