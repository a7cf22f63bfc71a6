import type { AppParts, Bundler, Manifest } from '../harness/bundler.ts';
import { accessForms, defineForms, privateMeta, privateReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { defineLines, forBundler, plainFiles, sdk } from './plain.ts';

const name = 'esbuild';
const manifest = (build: string): Manifest => ({ type: 'module', scripts: { build }, dependencies: sdk, devDependencies: { esbuild: '^0.28.2' } });
const script = 'esbuild src/main.js --bundle --splitting --format=esm --minify --platform=browser --loader:.txt=file --outdir=dist';

export const esbuild: Bundler = {
  name,
  tier: 'light',
  environment: { publicPrefix: '', object: 'process.env' },
  scenes: [
    { name: 'main', probes: plainProbes(name), manifest: manifest(script), files: (app) => plainFiles(app), output: ['dist'] },
    { name: 'maps', probes: mappedProbes(name), manifest: manifest(`${script} --sourcemap`), files: (app) => plainFiles(app), output: ['dist'] },
    { name: 'verbatim', probes: verbatim, manifest: manifest(script), files: (app) => plainFiles(app, { verbatimModuleSyntax: true }), output: ['dist'] },
    { name: 'private', probes: [...privateReads, ...privateMeta], manifest: manifest(script), files: (app) => plainFiles(app), output: ['dist'] },
    {
      name: 'define',
      probes: forBundler(name, [...accessForms, ...defineForms]),
      manifest: manifest('node build.mjs'),
      files: (app) => ({ ...plainFiles(app), 'build.mjs': buildScript(app) }),
      output: ['dist'],
    },
  ],
};

function buildScript(app: AppParts): string {
  return `import { build } from 'esbuild';\n\nawait build({\n  entryPoints: ['src/main.js'],\n  bundle: true,\n  minify: true,\n  format: 'esm',\n  outdir: 'dist',\n  define: {\n${defineLines(app.variables, '    ')}  },\n});\n`;
}
