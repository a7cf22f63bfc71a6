import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { astroEnv, astroShapes } from '../probes/astro.ts';
import { sdk } from './plain.ts';

export const astro: Bundler = {
  name: 'astro',
  tier: 'heavy',
  environment: { publicPrefix: 'PUBLIC_', object: 'import.meta.env' },
  scenes: [
    scene('main', astroShapes),
    scene('schema', astroEnv, (variables) => `  env: {\n    schema: {\n${variables.map((name) => `      ${name}: envField.string({ context: 'client', access: 'public' }),\n`).join('')}    },\n  },\n`),
  ],
};

function scene(name: string, probes: readonly Probe[], options: (variables: readonly string[]) => string = () => ''): Scene {
  return {
    name,
    probes,
    manifest: { type: 'module', scripts: { build: 'astro build' }, dependencies: { ...sdk, astro: '^5.18.2', '@astrojs/preact': '^4.0.0', preact: '^10.0.0' } },
    files: (app) => ({
      'astro.config.mjs': `import preact from '@astrojs/preact';\nimport { defineConfig${options(app.variables) === '' ? '' : ', envField'} } from 'astro/config';\n\nexport default defineConfig({\n  integrations: [preact()],\n${options(app.variables)}});\n`,
      'src/pages/index.astro': '<html lang="en"><body><h1>Shop</h1></body></html>\n',
    }),
    output: ['dist'],
  };
}
