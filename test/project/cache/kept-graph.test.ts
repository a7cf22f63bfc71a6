import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptGraph } from '../../../src/project/cache/kept-graph.ts';
import { buildModuleGraph, type BuiltGraph } from '../../../src/project/graph/build.ts';
import type { Source } from '../../../src/sources/source.ts';
import { openStdin } from '../../../src/sources/stdin.ts';
import { openWorkingTree } from '../../../src/sources/working-tree.ts';
import { makeKey } from '../../support/keys.ts';
import { createRepository, type Repository } from '../../support/repository.ts';

let repository: Repository;
const version = '1.2.3';

beforeEach(() => {
  repository = createRepository();
  repository.write('package.json', JSON.stringify({ name: 'app', dependencies: { vite: '8' } }));
  repository.write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { 'lib/*': ['./lib/*'] } } }));
  repository.write('a.ts', `import './b'\nimport type { C } from './c'\nimport 'lib/d'`);
  repository.write('b.ts', `import('./c')`);
  repository.write('c.ts', '');
  repository.write('lib/d.ts', `import.meta.glob('./*.ts')`);
  repository.write('größe.ts', `import './größe'`);
  repository.commit();
});
afterEach(() => repository.cleanup());

const tree = (root = repository.root): Source => openWorkingTree({ cwd: root, env: repository.env });
const file = (): string => repository.path('.git/hilt-guard/graph.bin');

function edgesOf({ graph, raw }: BuiltGraph): string[] {
  return raw.files.flatMap((path) => [
    ...graph.importsOf(path).map((edge) => `${edge.from} ${edge.typeOnly ? 'type ' : ''}${edge.how} ${edge.to}`),
    ...graph.externalsOf(path).map((specifier) => `${path} external ${specifier}`),
  ]);
}

/** The graph with what was kept; its edges, which must be those of a graph that knows nothing, the code files that were read, and whether files were listed. */
function run(root = repository.root): { edges: string[]; read: string[]; listed: boolean } {
  const read: string[] = [];
  let listed = false;
  const source = tree(root);
  const watch = <File extends { path: string; read(): Uint8Array | undefined }>(one: File): File => ({ ...one, read: () => (read.push(one.path), one.read()) });
  const counted: Source = {
    root: source.root, notices: source.notices, paths: () => ((listed = true), source.paths()),
    *files() {
      for (const one of source.files()) yield watch(one);
    },
    open: (path) => {
      const found = source.open(path);
      return found && watch(found);
    },
  };
  const edges = edgesOf(keptGraph(counted, version, repository.env).built);
  expect(edges).toEqual(edgesOf(buildModuleGraph(tree(root))));
  return { edges, read: read.filter((path) => /\.ts$/.test(path)), listed };
}

describe('a graph that is kept', () => {
  beforeEach(() => void run());

  it('is there again without a file being read or listed', () => expect(run()).toMatchObject({ read: [], listed: false }));
  it('answers as the one that was built', () => {
    const { graph, resolution, workspace, detection, notices } = keptGraph(tree(), version, repository.env).built;
    expect(graph.importersOf('c.ts').map(({ from }) => from)).toEqual(['a.ts', 'b.ts']);
    expect(graph.shortestPath([{ file: 'a.ts' }], 'lib/d.ts')?.map(({ to }) => to)).toEqual(['lib/d.ts']);
    expect([resolution.resolve('b.ts', 'lib/d'), workspace.packages.length, detection.frameworks.length, notices]).toEqual(['lib/d.ts', 1, 1, []]);
  });
  it('tells the same importers however often it is asked', () => {
    const { graph } = keptGraph(tree(), version, repository.env).built;
    const answers = Array.from({ length: 20 }, () => graph.importersOf('c.ts'));
    expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify(answers[0]))).toBe(true);
    expect(answers[0]?.map(({ from, how }) => `${from} ${how}`)).toEqual(['a.ts import', 'b.ts dynamic']);
  });
  it('reads one file whose body changed', () => {
    repository.write('b.ts', `import('./c')\nfoo()`);
    expect(run()).toMatchObject({ read: ['b.ts'], listed: false });
  });
  it('follows one file whose imports changed, and keeps that', () => {
    repository.write('b.ts', `import './größe'\nimport 'react'`);
    expect(run().edges.filter((edge) => edge.startsWith('b.ts'))).toEqual(['b.ts import größe.ts', 'b.ts external react']);
    expect(run()).toMatchObject({ read: ['b.ts'], listed: false });
  });
  it('follows a change that is taken back', () => {
    repository.write('b.ts', '');
    run();
    repository.git('checkout', '-q', 'b.ts');
    expect(run().edges).toContain('b.ts dynamic c.ts');
  });
  it('sees a change that keeps size and time', () => {
    const { atime, mtime } = statSync(repository.path('b.ts'));
    repository.write('b.ts', `import('./a')`);
    utimesSync(repository.path('b.ts'), atime, mtime);
    expect(run().edges).toContain('b.ts dynamic a.ts');
  });
  it('sees a change in the moment in which the file was staged', () => {
    repository.write('b.ts', `import('./d')`);
    repository.git('add', 'b.ts');
    run();
    repository.write('b.ts', `import('./a')`);
    expect(run().edges).toContain('b.ts dynamic a.ts');
  });
  it('reads only what a commit changed', () => {
    repository.write('b.ts', `import './a'`);
    repository.commit();
    expect(run().read).toEqual(['b.ts']);
    expect(run().edges).toContain('b.ts import a.ts');
  });
  it('reads nothing after a commit that is not about code', () => {
    repository.write('package.json', JSON.stringify({ name: 'app', dependencies: { vite: '8' } }));
    repository.git('commit', '-q', '--allow-empty', '-m', 'Nothing');
    expect(run().read).toEqual([]);
  });
  it('sees a new file, a changed and a vanished one that git does not know', () => {
    repository.write('new.ts', `import './a'`);
    expect(run().edges).toContain('new.ts import a.ts');
    repository.write('new.ts', `import './b'`);
    expect(run().edges).toContain('new.ts import b.ts');
    repository.remove('new.ts');
    expect(run().edges.join()).not.toContain('new.ts');
  });
  it('sees a file that takes the place of another', () => {
    repository.write('c/index.ts', '');
    repository.git('rm', '-q', 'c.ts');
    expect(run().edges).toContain('b.ts dynamic c/index.ts');
  });
  it('sees a file that is deleted on disk alone', () => {
    repository.remove('b.ts');
    expect(run().edges.some((edge) => edge.startsWith('b.ts'))).toBe(false);
  });
  it('sees a renamed file', () => {
    repository.git('mv', 'b.ts', 'e.ts');
    expect(run().edges).toEqual(expect.arrayContaining(['e.ts dynamic c.ts', 'a.ts external ./b']));
  });
  it('sees a file that becomes a link', () => {
    repository.remove('b.ts');
    repository.link('b.ts', 'lib/d.ts');
    run();
  });
  it('does not mind another mode', () => {
    chmodSync(repository.path('b.ts'), 0o755);
    expect(run().edges).toContain('b.ts dynamic c.ts');
  });
  it('sees what git begins and ceases to ignore', () => {
    repository.write('new.ts', `import './a'`);
    run();
    repository.write('.gitignore', 'new.ts\n');
    expect(run().edges.join()).not.toContain('new.ts');
    repository.write('.gitignore', '');
    expect(run().edges).toContain('new.ts import a.ts');
  });
  it('follows a changed tsconfig', () => {
    repository.write('tsconfig.json', '{}');
    expect(run().edges).toContain('a.ts external lib/d');
  });
  it('follows a changed manifest', () => {
    repository.write('b.ts', `import 'app'`);
    run();
    repository.write('package.json', JSON.stringify({ name: 'app', main: 'c.ts', dependencies: { vite: '8' } }));
    expect(run().edges).toContain('b.ts import c.ts');
  });
  it('follows a changed alias of a bundler', () => {
    repository.write('b.ts', `import '$d'`);
    repository.write('vite.config.ts', `export default { resolve: { alias: { $d: '/lib/d.ts' } } }`);
    repository.commit();
    expect(run().edges).toContain('b.ts import lib/d.ts');
    repository.write('vite.config.ts', `export default { resolve: { alias: { $d: '/c.ts' } } }`);
    expect(run().edges).toContain('b.ts import c.ts');
  });
  it('follows a manifest that git ignores', () => {
    repository.write('.gitignore', 'base.json\n');
    repository.write('tsconfig.json', JSON.stringify({ extends: './base.json' }));
    repository.write('base.json', JSON.stringify({ compilerOptions: { paths: { 'lib/*': ['./*'] } } }));
    repository.commit();
    run();
    repository.write('base.json', JSON.stringify({ compilerOptions: { paths: { 'lib/*': ['./lib/*'] } } }));
    expect(run().edges).toContain('a.ts import lib/d.ts');
  });
  it('follows a changed import map of a page', () => {
    const page = (to: string): string => `<script type="importmap">{ "imports": { "mapped": "./${to}" } }</script>`;
    repository.write('index.html', page('b.ts'));
    repository.write('c.ts', `import 'mapped'`);
    repository.commit();
    expect(run().edges).toContain('c.ts import b.ts');
    repository.write('index.html', page('a.ts'));
    expect(run().edges).toContain('c.ts import a.ts');
  });
  it('follows a package of the repository that is linked', () => {
    repository.write('.gitignore', 'node_modules\n');
    repository.write('tools/ui/package.json', JSON.stringify({ name: 'ui', main: 'ui.ts' }));
    repository.write('tools/ui/ui.ts', '');
    repository.write('b.ts', `import 'ui'`);
    repository.commit();
    mkdirSync(repository.path('node_modules'));
    const long = new Date(Date.now() - 60_000);
    utimesSync(repository.path('node_modules'), long, long);
    expect(run().edges).toContain('b.ts external ui');
    repository.link('node_modules/ui', '../tools/ui');
    expect(run().edges).toContain('b.ts import tools/ui/ui.ts');
  });
  it('follows another branch', () => {
    repository.git('checkout', '-q', '-b', 'other');
    repository.write('f.ts', `import './a'`);
    repository.write('b.ts', `import './f'`);
    repository.commit();
    expect(run().edges).toContain('b.ts import f.ts');
    repository.git('checkout', '-q', 'main');
    expect(run().edges).toContain('b.ts dynamic c.ts');
  });
  it('takes the word of a linked worktree of its own', () => {
    repository.git('worktree', 'add', '-q', '../linked');
    const linked = `${repository.root}/../linked`;
    run(linked);
    writeFileSync(`${linked}/b.ts`, `import './a'`);
    expect(run(linked).edges).toContain('b.ts import a.ts');
    expect(run().edges).toContain('b.ts dynamic c.ts');
  });
});

describe('a text in the place of a file', () => {
  const edgesWith = (filename: string, text: string): string[] => {
    const open = (): Source => openStdin({ cwd: repository.root, env: repository.env, filename, bytes: Buffer.from(text) });
    const edges = edgesOf(keptGraph(open(), version, repository.env).built);
    expect(edges).toEqual(edgesOf(buildModuleGraph(open())));
    return edges;
  };

  it('has its own imports, and leaves none behind', () => {
    run();
    expect(edgesWith('b.ts', `import './a'`)).toContain('b.ts import a.ts');
    expect(run()).toMatchObject({ listed: false, edges: expect.arrayContaining(['b.ts dynamic c.ts']) as string[] });
  });
  it('has them where no graph is kept', () => {
    expect(edgesWith('b.ts', `import './a'`)).toContain('b.ts import a.ts');
    expect(edgesWith('b.ts', '').join()).not.toContain('b.ts import');
    expect(run().edges).toContain('b.ts dynamic c.ts');
  });
  it('is a module where there is none yet', () => {
    run();
    expect(edgesWith('later.ts', `import './a'`)).toContain('later.ts import a.ts');
  });
  it('is a manifest', () => {
    run();
    expect(edgesWith('tsconfig.json', '{}')).toContain('a.ts external lib/d');
    expect(run().edges).toContain('a.ts import lib/d.ts');
  });
});

describe('where git does not look', () => {
  it('sees a change of a file that git was told to take for unchanged', () => {
    repository.git('update-index', '--assume-unchanged', 'b.ts');
    run();
    repository.write('b.ts', `import './a'`);
    expect(run().edges).toContain('b.ts import a.ts');
  });
  it('sees a change of a file that is left out of a sparse checkout', () => {
    run();
    repository.git('update-index', '--skip-worktree', 'b.ts');
    repository.write('b.ts', `import './a'`);
    expect(run().edges).toContain('b.ts import a.ts');
  });
  it('sees a change behind settings that make git look less closely', () => {
    repository.git('config', 'core.ignoreStat', 'true');
    repository.git('config', 'core.checkStat', 'minimal');
    repository.git('config', 'core.trustctime', 'false');
    run();
    const { atime, mtime } = statSync(repository.path('b.ts'));
    repository.write('b.ts', `import('./a')`);
    utimesSync(repository.path('b.ts'), atime, mtime);
    expect(run().edges).toContain('b.ts dynamic a.ts');
  });
  it('sees untracked files where git is told to show none', () => {
    repository.git('config', 'status.showUntrackedFiles', 'no');
    run();
    repository.write('new.ts', `import './a'`);
    expect(run().edges).toContain('new.ts import a.ts');
  });
  it('sees what a filter hides from git', () => {
    repository.write('.gitattributes', 'b.ts filter=hide\n');
    repository.git('config', 'filter.hide.clean', `sed s/.a'/.c'/`);
    repository.commit();
    run();
    repository.write('b.ts', `import('./a')`);
    expect(run().edges).toContain('b.ts dynamic a.ts');
  });
  it('trusts git where only pictures are filtered', () => {
    repository.write('.gitattributes', '*.psd filter=lfs diff=lfs merge=lfs -text\n');
    repository.commit();
    run();
    expect(run().listed).toBe(false);
  });
  it('starts no program that the repository names', () => {
    const program = repository.write('../watch.sh', '#!/bin/sh\ntouch "$(dirname "$0")/was-run"\n');
    chmodSync(program, 0o755);
    run();
    for (const name of ['core.fsmonitor', 'core.pager', 'diff.external']) repository.git('config', name, program);
    run();
    expect(existsSync(repository.path('../was-run'))).toBe(false);
  });
  it('reads the whole where a merge is not finished', () => {
    repository.git('checkout', '-q', '-b', 'other');
    repository.write('b.ts', `import './a'`);
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write('b.ts', `import './größe'`);
    repository.commit();
    run();
    expect(() => repository.git('merge', 'other')).toThrow();
    run();
    expect(run().listed).toBe(true);
  });
});

describe('the file', () => {
  const damages: [string, (bytes: Buffer) => Buffer][] = [
    ['cut', (bytes) => bytes.subarray(0, bytes.length - 5)],
    ['cut to its header', (bytes) => bytes.subarray(0, 4096)],
    ['empty', () => Buffer.alloc(0)],
    ['of something else', () => Buffer.from('{"a":1}\n')],
    ['with a flipped bit', (bytes) => Buffer.from(bytes.map((byte, i) => (i === 5000 ? byte ^ 1 : byte)))],
  ];
  it.each(damages)('is made anew when it is %s', (_name, change) => {
    run();
    const whole = readFileSync(file());
    writeFileSync(file(), change(whole));
    expect([run().listed, run().listed]).toEqual([true, false]);
  });
  it('is nobody else’s', () => {
    run();
    expect(keptGraph(tree(), '2.0.0', repository.env).built.graph.size).toBe(5);
    expect(readFileSync(file(), 'latin1')).toContain('"version":"2.0.0"');
  });
  it.each([
    ['a specifier', (key: string) => void repository.write('b.ts', `import './${key}'`)],
    ['the name of a file', (key: string) => void repository.write(`docs/${key}.txt`, '')],
    ['the name of a module', (key: string) => void repository.write(`${key}.ts`, '')],
    ['a name in an import map', (key: string) => void repository.write('index.html', `<script type="importmap">{ "imports": { "${key}": "./b.ts" } }</script>`)],
  ])('is not written where %s looks like a key', (_name, write) => {
    write(makeKey('live', 'kept'));
    run();
    repository.commit();
    run();
    expect(existsSync(file())).toBe(false);
  });
  it('forgets nothing that it should have', () => {
    const key = makeKey('live', 'later');
    run();
    repository.write('b.ts', `import './${key}'`);
    run();
    expect(readFileSync(file(), 'latin1')).not.toContain(key);
  });
});
