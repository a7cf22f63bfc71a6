import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { nuxtConfig, nuxtShapes } from '../probes/nuxt.ts';
import { sdk } from './plain.ts';

const manifest = { type: 'module', scripts: { build: 'nuxt build' }, dependencies: { ...sdk, nuxt: '^4.4.5' } } as const;
const frame = {
  'app/app.vue': '<template>\n  <NuxtPage />\n</template>\n',
  'app/pages/index.vue': '<template>\n  <h1>Shop</h1>\n</template>\n',
  'tsconfig.json': '{ "files": [] }\n',
} as const;

export const nuxt: Bundler = {
  name: 'nuxt',
  tier: 'heavy',
  environment: { publicPrefix: 'NUXT_PUBLIC_', object: 'process.env' },
  scenes: [
    scene('main', nuxtShapes),
    { name: 'config', probes: nuxtConfig, manifest, files: () => frame, output: ['.output/public'] },
  ],
};

function scene(name: string, probes: readonly Probe[]): Scene {
  const pages = probes.flatMap((probe) => (probe.root?.['app/pages/{{id}}.vue'] === undefined ? [] : [`/${probe.id}`]));
  return {
    name,
    probes,
    manifest,
    files: () => ({ ...frame, 'nuxt.config.js': `export default defineNuxtConfig({\n  nitro: { prerender: { routes: ${JSON.stringify(pages)} } },\n});\n` }),
    output: ['.output/public'],
  };
}
