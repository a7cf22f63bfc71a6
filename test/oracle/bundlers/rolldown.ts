import type { Bundler } from '../harness/bundler.ts';
import { accessForms, defineForms, privateMeta, privateReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { defineLines, forBundler, plainFiles, sdk } from './plain.ts';

const name = 'rolldown';
const manifest = { type: 'module', scripts: { build: 'rolldown -c' }, dependencies: sdk, devDependencies: { rolldown: '^1.3.2' } } as const;

export const rolldown: Bundler = {
  name,
  tier: 'light',
  environment: { publicPrefix: '', object: 'process.env' },
  scenes: [
    { name: 'main', probes: plainProbes(name), manifest, files: (app) => ({ ...plainFiles(app), 'rolldown.config.js': config({}) }), output: ['dist'] },
    { name: 'maps', probes: mappedProbes(name), manifest, files: (app) => ({ ...plainFiles(app), 'rolldown.config.js': config({ sourcemap: true }) }), output: ['dist'] },
    { name: 'verbatim', probes: verbatim, manifest, files: (app) => ({ ...plainFiles(app, { verbatimModuleSyntax: true }), 'rolldown.config.js': config({}) }), output: ['dist'] },
    { name: 'private', probes: [...privateReads, ...privateMeta], manifest, files: (app) => ({ ...plainFiles(app), 'rolldown.config.js': config({}) }), output: ['dist'] },
    { name: 'define', probes: forBundler(name, [...accessForms, ...defineForms]), manifest, files: (app) => ({ ...plainFiles(app), 'rolldown.config.js': config({ define: defineLines(app.variables, '      ') }) }), output: ['dist'] },
  ],
};

function config({ sourcemap = false, define }: { sourcemap?: boolean; define?: string }): string {
  const transform = define === undefined ? '' : `  transform: {\n    define: {\n${define}    },\n  },\n`;
  return `import { defineConfig } from 'rolldown';

export default defineConfig({
  input: 'src/main.js',
  platform: 'browser',
  moduleTypes: { '.txt': 'asset' },
${transform}  output: { dir: 'dist', minify: true, sourcemap: ${sourcemap} },
});
`;
}
