import { describe, expect, it } from 'vitest';
import { majorOfRange, type DetectedFramework } from '../../../src/project/frameworks/detect.ts';
import { buildModuleGraph } from '../../../src/project/graph/build.ts';
import { memorySource } from '../../support/memory-source.ts';

function detect(files: Readonly<Record<string, string>>): readonly DetectedFramework[] {
  return buildModuleGraph(memorySource(files)).detection.frameworks;
}

const manifest = (dependencies: Record<string, string>): string => JSON.stringify({ dependencies });

describe('versions', () => {
  const cases: readonly [string, number | undefined][] = [
    ['8.3.8', 8], ['^7.0.0', 7], ['~6', 6], ['v5.1', 5], ['5.x', 5], ['npm:rolldown-vite@7.1.0', 7], ['^8.0.0-beta.1', 8],
    ['>=5', undefined], ['^6 || ^7', undefined], ['*', undefined], ['latest', undefined], ['workspace:*', undefined], ['', undefined],
  ];
  for (const [range, major] of cases) it(`reads ${JSON.stringify(range)}`, () => expect(majorOfRange(range)).toBe(major));

  const unusedNew = (files: Record<string, string>): boolean | undefined => detect(files)[0]?.traits.keepsEffects.new;
  it('tells Vite 8 from Vite 7', () => expect([unusedNew({ 'package.json': manifest({ vite: '^8.0.0' }) }), unusedNew({ 'package.json': manifest({ vite: '^7.0.0' }) })]).toEqual([true, false]));
  it('does not guess', () => expect(unusedNew({ 'package.json': manifest({ vite: 'latest' }) })).toBeUndefined());
  it('reads a catalog', () => expect(unusedNew({ 'package.json': manifest({ vite: 'catalog:' }), 'pnpm-workspace.yaml': 'catalog:\n  vite: ^7.1.0\n' })).toBe(false));
  it('reads the lock file for a tag', () => expect(unusedNew({ 'package.json': manifest({ vite: 'latest' }), 'package-lock.json': JSON.stringify({ packages: { 'node_modules/vite': { version: '7.3.8' } } }) })).toBe(false));
  it('knows which Vite a framework brings', () => expect(unusedNew({ 'package.json': manifest({ nuxt: '^4.0.0' }) })).toBe(false));
  it('takes the Vite beside a framework', () => expect(unusedNew({ 'package.json': manifest({ '@sveltejs/kit': '2', vite: '^8' }) })).toBe(true));
});

describe('detection', () => {
  const ids = (files: Record<string, string>): string[] => detect(files).map((item) => `${item.folder}:${item.framework.id}`);
  it('leaves out what a framework is built on', () => expect(ids({ 'package.json': manifest({ next: '16', react: '19', 'react-dom': '19', webpack: '5' }) })).toEqual([':next']));
  it('knows several in one repository', () => expect(ids({ 'package.json': '{}', 'a/package.json': manifest({ astro: '5' }), 'b/package.json': manifest({ fastify: '5' }) })).toEqual(['a:astro', 'b:node-server']));
  it('tells what gave it away', () => expect(detect({ 'web/package.json': manifest({ nuxt: '4' }) })[0]?.because).toBe('"nuxt" in web/package.json'));
  it('takes a configuration in a folder of its own for the folder above', () => expect(ids({ 'package.json': '{}', 'config/webpack.prod.js': 'module.exports = {}' })).toEqual([':webpack']));
  it('survives broken manifests', () => expect(ids({ 'package.json': '{ "dependencies": { "next": "16" ', 'a/package.json': '[]', 'b/package.json': '' })).toEqual([':next']));
  it('hands the aliases of a configuration to the resolution', () => {
    const source = memorySource({ 'package.json': manifest({ vite: '8' }), 'vite.config.ts': `export default { resolve: { alias: { '@shop': '/src/shop' } } }`, 'index.html': '', 'src/main.ts': '', 'src/shop/hilt.ts': '' });
    expect(buildModuleGraph(source).resolution.resolve('src/main.ts', '@shop/hilt')).toBe('src/shop/hilt.ts');
  });
  it('hands the aliases of a framework to the resolution', () => {
    const source = memorySource({ 'package.json': manifest({ '@sveltejs/kit': '2' }), 'src/lib/hilt.ts': '', 'src/routes/+page.svelte': '' });
    expect(buildModuleGraph(source).resolution.resolve('src/routes/+page.svelte', '$lib/hilt')).toBe('src/lib/hilt.ts');
  });
});
