import type { AppParts, Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { accessForms, definedObject, defineForms, privateMeta, privateReads, wholeReads } from '../probes/environment.ts';
import { mappedProbes, plainProbes } from '../probes/plain.ts';
import { verbatim } from '../probes/typescript.ts';
import { vitePrefix, viteShapes, viteWhole } from '../probes/vite.ts';
import { defineLines, forBundler, objectLines, page, plainFiles, sdk } from './plain.ts';

const processEnvironment = { publicPrefix: '', object: 'process.env' };

/** Vite 8 leaves the whole object in the chunk where it is indexed, even by a constant; so these forms get an application each. */
const indexed = accessForms.filter((probe) => ['access-bracket', 'access-template-index'].includes(probe.id));
const members = accessForms.filter((probe) => !indexed.includes(probe));

/** Rolldown below. Two versions are installed side by side, so each command line is named by its path. */
export const vite8 = vite('vite8', '^8.3.8', 'node ../../../../../node_modules/vite/bin/vite.js build');
/** Rollup below. */
export const vite7 = vite('vite7', '^7.3.8', 'node ../../../../../node_modules/vite7/bin/vite.js build');

function vite(name: string, version: string, command: string): Bundler {
  const scene = (sceneName: string, probes: readonly Probe[], config: (app: AppParts) => string, more: Partial<Scene> = {}): Scene => ({
    name: sceneName,
    probes: forBundler(name, probes),
    manifest: { type: 'module', scripts: { build: 'vite build' }, dependencies: sdk, devDependencies: { vite: version } },
    files: (app) => ({ ...plainFiles(app, sceneName === 'verbatim' ? { verbatimModuleSyntax: true } : {}), 'index.html': page(app, '/src/main.js'), 'vite.config.js': config(app) }),
    output: ['dist'],
    command,
    ...more,
  });
  return {
    name,
    tier: 'light',
    environment: { publicPrefix: 'VITE_', object: 'import.meta.env' },
    scenes: [
      scene('main', [...plainProbes(name), ...viteShapes], () => configOf('')),
      scene('maps', mappedProbes(name), () => configOf('  build: { sourcemap: true },\n')),
      scene('verbatim', verbatim, () => configOf('')),
      scene('private', [...privateReads, ...privateMeta], () => configOf('')),
      scene('prefix', [...members, ...vitePrefix], () => configOf('')),
      ...[...indexed, ...wholeReads].map((probe) => scene(probe.id, [probe, ...viteWhole], () => configOf(''))),
      scene('define', [...accessForms, ...defineForms], (app) => configOf(`  define: {\n${defineLines(app.variables, '    ')}  },\n`), { environment: processEnvironment }),
      scene('define-object', definedObject, (app) => configOf(`  define: {\n    'process.env': {\n${objectLines(app.variables, '      ')}    },\n  },\n`), { environment: processEnvironment }),
      scene('env-prefix', members, () => configOf(`  envPrefix: ['VITE_', 'SHOP_'],\n`), { environment: { publicPrefix: 'SHOP_', object: 'import.meta.env' } }),
    ],
  };
}

function configOf(options: string): string {
  return `import { defineConfig } from 'vite';\n\nexport default defineConfig({\n${options}});\n`;
}
