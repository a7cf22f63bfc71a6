import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBlobCache, type BlobCache } from '../../../src/project/cache/blob-cache.ts';
import { cacheFileOf } from '../../../src/project/cache/cache-file.ts';
import { freshBlobs } from '../../../src/project/cache/fresh-blobs.ts';
import { buildModuleGraph } from '../../../src/project/graph/build.ts';
import { openStaged } from '../../../src/sources/index-source.ts';
import { openWorkingTree } from '../../../src/sources/working-tree.ts';
import type { Source } from '../../../src/sources/source.ts';
import { makeKey } from '../../support/keys.ts';
import { createRepository, type Repository } from '../../support/repository.ts';

let repository: Repository;
const version = '1.2.3';

beforeEach(() => {
  repository = createRepository();
  repository.write('a.ts', `import './b'\nimport type { C } from './c'\nexport * from './d'`);
  repository.write('b.ts', `import('./c')`);
  repository.write('c.ts', '');
  repository.write('d.ts', `import.meta.glob(['./*.ts', '!./a.ts'])`);
  repository.write('größe.ts', `import './größe'`);
  repository.commit();
});
afterEach(() => repository.cleanup());

const tree = (): Source => openWorkingTree({ cwd: repository.root, env: repository.env });
const cacheOf = (source: Source): BlobCache => {
  const cache = openBlobCache(source, { version, env: repository.env });
  if (cache === undefined) throw new Error('No place for a cache.');
  return cache;
};
const cacheFile = (): string => cacheFileOf(repository.root) ?? '';

interface Counted extends Source { readonly opened: string[] }

/** Counts which files are read. */
function counted(source: Source): Counted {
  const opened: string[] = [];
  const watch = <File extends { path: string; read(): Uint8Array | undefined }>(file: File): File => ({ ...file, read: () => (opened.push(file.path), file.read()) });
  return {
    root: source.root,
    notices: source.notices,
    paths: () => source.paths(),
    ...(source.prefetch === undefined ? {} : { prefetch: (paths: Iterable<string>) => source.prefetch?.(paths) }),
    opened,
    *files() {
      for (const file of source.files()) yield watch(file);
    },
    open: (path) => {
      const file = source.open(path);
      return file && watch(file);
    },
  };
}

/** Builds the graph with the cache; gives its edges, the code files that were read and the notices. */
function run(open: () => Source = tree): { edges: string[]; read: string[]; notices: string[] } {
  const source = counted(open());
  const cache = cacheOf(source);
  const { graph, raw } = buildModuleGraph(source, { cache });
  const edges = raw.files.flatMap((file) => graph.importsOf(file).map((edge) => `${edge.from} ${edge.typeOnly ? 'type ' : ''}${edge.how} ${edge.to}`));
  return { edges, read: source.opened.filter((path) => path.endsWith('.ts')), notices: cache.notices.map((notice) => `${notice.code}: ${notice.message}`) };
}

describe('edges by content', () => {
  it('reads nothing when nothing changed, and gives the same graph', () => {
    const first = run();
    const second = run();
    expect(first.read).toEqual(['a.ts', 'b.ts', 'c.ts', 'd.ts', 'größe.ts']);
    expect([second.read, second.edges, second.notices]).toEqual([[], first.edges, []]);
  });
  it('reads one changed file', () => {
    run();
    repository.write('b.ts', `import './d'`);
    const { read, edges } = run();
    expect(read).toEqual(['b.ts']);
    expect(edges).toContain('b.ts import d.ts');
  });
  it('reads a change that keeps size and time', () => {
    const before = statSync(repository.path('b.ts'));
    run();
    repository.write('b.ts', `import('./d')`);
    utimesSync(repository.path('b.ts'), before.atime, before.mtime);
    expect(run().edges).toContain('b.ts dynamic d.ts');
  });
  it('reads an untracked file', () => {
    run();
    repository.write('new.ts', `import './a'`);
    expect(run().read).toEqual(['new.ts']);
  });
  it('knows a renamed file', () => {
    run();
    repository.git('mv', 'b.ts', 'renamed.ts');
    expect(run().read).toEqual([]);
  });
  it('does not take the edges of a page for those of a program with the same content', () => {
    repository.write('page.html', `<script src="a.js"></script>import './b'`);
    repository.commit();
    run();
    repository.git('mv', 'page.html', 'page.ts');
    expect(run().edges).toContain('page.ts import b.ts');
  });
  it('serves the index from what the working tree taught', () => {
    const first = run();
    expect(run(() => openStaged({ cwd: repository.root, env: repository.env }))).toMatchObject({ read: [], edges: first.edges });
  });
  it('takes the index as it is staged, not as it lies on disk', () => {
    repository.write('b.ts', `import './d'`);
    repository.git('add', 'b.ts');
    repository.write('b.ts', `import './a'`);
    run();
    expect(run(() => openStaged({ cwd: repository.root, env: repository.env })).edges).toContain('b.ts import d.ts');
  });
});

describe('links', () => {
  it('follow a file that appears', () => {
    repository.write('b.ts', `import './later'`);
    repository.commit();
    expect(run().edges.filter((edge) => edge.startsWith('b.ts'))).toEqual([]);
    repository.write('later.ts', '');
    expect(run().edges).toContain('b.ts import later.ts');
  });
  it('follow a file that goes', () => {
    run();
    repository.git('rm', '-q', 'c.ts');
    expect(run().edges.filter((edge) => edge.endsWith('c.ts'))).toEqual([]);
  });
  it('follow a changed tsconfig', () => {
    repository.write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { lib: ['./c.ts'] } } }));
    repository.write('b.ts', `import 'lib'`);
    repository.commit();
    expect(run().edges).toContain('b.ts import c.ts');
    repository.write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { lib: ['./d.ts'] } } }));
    expect(run().edges).toContain('b.ts import d.ts');
  });
  it('follow a changed alias of a bundler', () => {
    const config = (to: string): void => void repository.write('vite.config.ts', `export default { resolve: { alias: { lib: '/${to}' } } }`);
    repository.write('package.json', JSON.stringify({ dependencies: { vite: '8' } }));
    config('c.ts');
    repository.write('b.ts', `import 'lib'`);
    repository.commit();
    expect(run().edges).toContain('b.ts import c.ts');
    config('d.ts');
    expect(run().edges).toContain('b.ts import d.ts');
  });
  it('are not those of another content that is known too', () => {
    repository.write('sub/b.ts', `import './d'`);
    repository.write('sub/d.ts', '');
    repository.commit();
    run();
    repository.write('b.ts', `import './d'`);
    repository.git('add', 'b.ts');
    expect(run().edges).toContain('b.ts import d.ts');
  });
});

describe('what git does not vouch for is read', () => {
  it('a file that git was told not to look at', () => {
    run();
    repository.git('update-index', '--assume-unchanged', 'b.ts');
    repository.write('b.ts', `import './d'`);
    expect(run().edges).toContain('b.ts import d.ts');
  });
  it('a file of a sparse checkout', () => {
    repository.git('update-index', '--skip-worktree', 'b.ts');
    expect(freshBlobs(repository.root, repository.env).has('b.ts')).toBe(false);
  });
  it('a file that a filter changes', () => {
    repository.write('.gitattributes', 'b.ts filter=hide\n');
    repository.git('config', 'filter.hide.clean', 'sed s/secret/public/');
    repository.commit();
    expect([...freshBlobs(repository.root, repository.env).keys()]).not.toContain('b.ts');
    expect([...freshBlobs(repository.root, repository.env).keys()]).toContain('a.ts');
  });
  it('a symlink', () => {
    repository.link('link.ts', 'a.ts');
    repository.commit();
    expect(freshBlobs(repository.root, repository.env).has('link.ts')).toBe(false);
  });
  it('everything outside a repository', () => {
    const folder = createRepository({ git: false });
    try {
      expect(freshBlobs(folder.root, folder.env).size).toBe(0);
      expect(cacheFileOf(folder.root)).toBeUndefined();
    } finally {
      folder.cleanup();
    }
  });
});

describe('verdicts', () => {
  it('keeps whether a content mentions Hilt', () => {
    const first = cacheOf(tree());
    first.rememberMention('a'.repeat(40), true);
    first.rememberMention('b'.repeat(40), false);
    first.save();
    const second = cacheOf(tree());
    expect([second.mention('a'.repeat(40)), second.mention('b'.repeat(40)), second.mention('c'.repeat(40))]).toEqual([true, false, undefined]);
  });
  it('keeps edges beside verdicts', () => {
    run();
    const cache = cacheOf(tree());
    const blob = cache.blobOf('a.ts') ?? '';
    cache.rememberMention(blob, true);
    cache.save();
    expect([cacheOf(tree()).mention(blob), run().read]).toEqual([true, []]);
  });
});

describe('the file', () => {
  it('lies in git’s folder, or in node_modules where there is one', () => {
    expect(cacheFile()).toBe(repository.path('.git/hilt-guard/modules.bin'));
    mkdirSync(repository.path('node_modules'));
    expect(cacheFile()).toBe(repository.path('node_modules/.cache/hilt-guard/modules.bin'));
  });
  it('lies in the folder of a linked worktree', () => {
    repository.git('worktree', 'add', '-q', 'linked');
    expect(cacheFileOf(repository.path('linked'))).toBe(repository.path('.git/worktrees/linked/hilt-guard/modules.bin'));
  });
  it('leaves nothing behind but itself', () => {
    run();
    expect(readdirSync(repository.path('.git/hilt-guard'))).toEqual(['modules.bin']);
  });
  it('holds no source text and nothing that looks like a key', () => {
    const key = makeKey('live', 'cache');
    repository.write('secret.ts', `import './${key}'\nimport './plain-module'\nconst text = 'constant-text-here'`);
    repository.commit();
    run();
    const bytes = readFileSync(cacheFile(), 'latin1');
    expect([bytes.includes(key), bytes.includes(key.slice(-12)), bytes.includes('constant-text'), bytes.includes('./b')]).toEqual([false, false, false, true]);
  });

  const damage: readonly [string, (bytes: Buffer) => Buffer][] = [
    ['cut', (bytes) => bytes.subarray(0, bytes.length - 5)],
    ['cut to its header', (bytes) => bytes.subarray(0, bytes.indexOf(10) + 1)],
    ['empty', () => Buffer.alloc(0)],
    ['of something else', () => Buffer.from('{"a":1}\n')],
    ['with a flipped bit', (bytes) => Buffer.from(bytes.map((byte, i) => (i === bytes.length - 40 ? byte ^ 1 : byte)))],
  ];
  for (const [name, change] of damage) {
    it(`is discarded when it is ${name}, and made anew`, () => {
      const first = run();
      writeFileSync(cacheFile(), change(readFileSync(cacheFile())));
      const second = run();
      expect([second.edges, second.notices]).toEqual([first.edges, [`cache-discarded: The cache ${cacheFile()} was discarded because it is damaged; every file is read again.`]]);
      expect(run().notices).toEqual([]);
    });
  }
  it('is discarded when another version wrote it', () => {
    run();
    const source = tree();
    const cache = openBlobCache(source, { version: '2.0.0', env: repository.env });
    expect(cache?.notices.map((notice) => notice.message)).toEqual([`The cache ${cacheFile()} was discarded because another version wrote it; every file is read again.`]);
  });
  it('is discarded when it was written for another folder', () => {
    run();
    const other = createRepository();
    try {
      mkdirSync(other.path('.git/hilt-guard'), { recursive: true });
      writeFileSync(other.path('.git/hilt-guard/modules.bin'), readFileSync(cacheFile()));
      const cache = openBlobCache(openWorkingTree({ cwd: other.root, env: other.env }), { version, env: other.env });
      expect(cache?.notices.map((notice) => notice.code)).toEqual(['cache-discarded']);
    } finally {
      other.cleanup();
    }
  });
  it('is discarded when it came with the repository', () => {
    mkdirSync(repository.path('node_modules'));
    run();
    repository.git('add', '-f', 'node_modules');
    repository.commit();
    expect(run().notices).toEqual([`cache-discarded: The cache ${cacheFile()} was discarded because it is part of the repository; every file is read again.`]);
  });
  it('is discarded when it is a folder, and the scan goes on', () => {
    mkdirSync(join(repository.root, '.git/hilt-guard/modules.bin'), { recursive: true });
    const { edges, notices } = run();
    expect(edges.length).toBeGreaterThan(0);
    expect(notices[0]).toContain('it is no plain file');
    expect(existsSync(cacheFile())).toBe(true);
  });
});
