import { describe, expect, it } from 'vitest';
import { buildModuleGraph } from '../../../src/project/graph/build.ts';
import type { ModuleGraph } from '../../../src/project/graph/module-graph.ts';
import { memorySource } from '../../support/memory-source.ts';

function graphOf(files: Readonly<Record<string, string | Uint8Array>>): ModuleGraph {
  return buildModuleGraph(memorySource(files)).graph;
}

const chain = (graph: ModuleGraph, entry: string, target: string): string[] | undefined =>
  graph.shortestPath([{ file: entry }], target)?.map((edge) => `${edge.from} -${edge.specifier}-> ${edge.to}`);

describe('a small graph', () => {
  const graph = graphOf({
    'index.html': `<script type="module" src="/src/main.ts"></script>`,
    'src/main.ts': `import './app'\nimport React from 'react'\nimport { secret } from "$env/static/private"`,
    'src/app.ts': `import { pay } from './lib'\nimport type { Server } from './server'`,
    'src/lib/index.ts': `export * from './checkout'\nexport { hilt } from './hilt'`,
    'src/lib/checkout.ts': `import { hilt } from './hilt.js'\nimport data from './data.json'`,
    'src/lib/hilt.ts': `import { pay } from './checkout'\nexport const hilt = 1`,
    'src/lib/data.json': '{}',
    'src/server.ts': `import { hilt } from './lib/hilt'`,
    'README.md': `import './src/main'`,
  });
  it('has the code files and what they import', () => expect([graph.has('src/main.ts'), graph.has('src/lib/data.json'), graph.has('README.md')]).toEqual([true, true, false]));
  it('gives the imports of a file', () => expect(graph.importsOf('src/lib/checkout.ts').map((edge) => edge.to)).toEqual(['src/lib/hilt.ts', 'src/lib/data.json']));
  it('gives the importers of a file', () => expect(graph.importersOf('src/lib/hilt.ts').map((edge) => edge.from)).toEqual(['src/lib/checkout.ts', 'src/lib/index.ts', 'src/server.ts']));
  it('gives what is not of the repository', () => expect(graph.externalsOf('src/main.ts')).toEqual(['react', '$env/static/private']));
  it('gives who imports a virtual module', () => expect(graph.importersOfExternal('$env/static/private')).toEqual(['src/main.ts']));
  it('gives the shortest chain', () => expect(chain(graph, 'index.html', 'src/lib/hilt.ts')).toEqual([
    'index.html -/src/main.ts-> src/main.ts',
    'src/main.ts -./app-> src/app.ts',
    'src/app.ts -./lib-> src/lib/index.ts',
    'src/lib/index.ts -./hilt-> src/lib/hilt.ts',
  ]));
  it('follows no edge of types alone', () => expect(chain(graph, 'index.html', 'src/server.ts')).toBeUndefined());
  it('gives an empty chain for the entry itself', () => expect(chain(graph, 'src/main.ts', 'src/main.ts')).toEqual([]));
  it('has no chain from an unknown entry', () => expect(chain(graph, 'src/missing.ts', 'src/main.ts')).toBeUndefined());
  it('lists what an entry reaches, nearest first', () => expect(graph.reachableFrom([{ file: 'src/app.ts' }]).files).toEqual(['src/app.ts', 'src/lib/index.ts', 'src/lib/checkout.ts', 'src/lib/hilt.ts', 'src/lib/data.json']));
  it('asks before it follows an edge', () => {
    const reach = graph.reachableFrom([{ file: 'src/main.ts' }], (edge) => edge.how !== 'reexport');
    expect([reach.has('src/lib/index.ts'), reach.has('src/lib/checkout.ts')]).toEqual([true, false]);
  });
  it('finds the literal of an edge', () => {
    const [edge] = graph.importsOf('src/lib/checkout.ts');
    expect(edge && graph.locate(edge)).toEqual([21, 32]);
  });
});

describe('hard repositories', () => {
  it('goes round a cycle once', () => {
    const graph = graphOf({ 'a.ts': `import './b'`, 'b.ts': `import './c'`, 'c.ts': `import './a'` });
    expect(chain(graph, 'a.ts', 'c.ts')).toHaveLength(2);
    expect(graph.reachableFrom([{ file: 'a.ts' }]).files).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });
  it('goes ten thousand modules deep', () => {
    const files = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`m${i}.ts`, `import './m${i + 1}'`]));
    expect(chain(graphOf(files), 'm0.ts', 'm9999.ts')).toHaveLength(9999);
  });
  it('follows every file of a glob', () => {
    const graph = graphOf({ 'src/main.ts': `import.meta.glob(['./pages/*.ts', '!./pages/*.test.ts'])`, 'src/pages/a.ts': '', 'src/pages/b.ts': '', 'src/pages/a.test.ts': '' });
    expect(graph.importsOf('src/main.ts').map((edge) => edge.to)).toEqual(['src/pages/a.ts', 'src/pages/b.ts']);
  });
  it('reads UTF-16 and names outside ASCII', () => {
    const graph = graphOf({ 'a.ts': Buffer.from(`\ufeffimport './b'`, 'utf16le'), 'b.ts': `import './größe'`, 'größe.ts': '' });
    expect(chain(graph, 'a.ts', 'größe.ts')).toHaveLength(2);
  });
  it('resolves by the import map of a page', () => {
    const graph = graphOf({ 'web/index.html': `<script type="importmap">{"imports":{"app/":"./js/"}}</script><script type="module">import 'app/main.js'</script>`, 'web/js/main.js': `import 'app/hilt.js'`, 'web/js/hilt.js': '' });
    expect(chain(graph, 'web/index.html', 'web/js/hilt.js')).toHaveLength(2);
  });
  it('tells the client scripts of an Astro page from its frontmatter', () => {
    const graph = graphOf({ 'p.astro': `---\nimport './server'\n---\n<script>import './client'</script>`, 'server.ts': '', 'client.ts': `import './deep'`, 'deep.ts': '' });
    const reach = graph.reachableFrom([{ file: 'p.astro', part: 'script' }]);
    expect(['server.ts', 'client.ts', 'deep.ts'].map(reach.has)).toEqual([false, true, true]);
    expect(reach.pathTo('deep.ts')?.map((edge) => edge.to)).toEqual(['client.ts', 'deep.ts']);
  });
  it('lives with unresolvable imports, empty and broken files', () => {
    const graph = graphOf({ 'a.ts': `import './missing'\nimport`, 'b.ts': '', 'package.json': '{{{' });
    expect([graph.importsOf('a.ts'), graph.externalsOf('a.ts')]).toEqual([[], ['./missing']]);
  });
  it('reads every file once', () => {
    const source = memorySource({ 'a.ts': `import './b'`, 'b.ts': `import './a'` });
    buildModuleGraph(source);
    expect([...source.reads.values()]).toEqual([1, 1]);
  });
});
