import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitContext } from '../../src/sources/git.ts';
import { idsInIndex } from '../../src/sources/index-lookup.ts';
import { createRepository, type Repository } from '../support/repository.ts';

let repository: Repository;

beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

function look(paths: readonly string[], env: NodeJS.ProcessEnv = {}): Record<string, string> | undefined {
  const found = idsInIndex(gitContext(repository.root, { ...repository.env, ...env }), paths);
  return found && Object.fromEntries(found);
}

/** As git tells it. */
function idOf(path: string): string {
  return repository.git('rev-parse', `:0:${path}`).trim();
}

function stage(...paths: string[]): void {
  for (const path of paths) repository.write(path, `${path}\n`);
  repository.git('add', '-A');
  // Git keeps a tree in the index from then on.
  repository.git('commit', '-q', '-m', 'Stage');
}

describe('the index without git', () => {
  it('gives the ids that git gives, and nothing for what is not there', () => {
    stage('a.ts', 'src/a.ts', 'src/a/index.ts', 'src/ab.ts', 'src/b.js', 'lib/src/a.ts', 'package.json');
    expect(look(['src/a', 'src/a.ts', 'src/a.tsx', 'src/a/index.ts', 'src/b.js', 'src/b.ts', 'package.json', 'src/package.json'])).toEqual({
      'src/a.ts': idOf('src/a.ts'), 'src/a/index.ts': idOf('src/a/index.ts'), 'src/b.js': idOf('src/b.js'), 'package.json': idOf('package.json'),
    });
  });

  it('finds every file of a large index, whatever the length of its name', () => {
    const paths = Array.from({ length: 300 }, (_, i) => `packages/p${i % 7}/${'n'.repeat(i)}.ts`.slice(0, 250));
    stage(...paths);
    for (let i = 0; i < paths.length; i += 20) {
      const some = paths.slice(i, i + 20);
      const others = some.flatMap((path) => [`${path}x`, path.slice(0, -1), `a${path}`, `z${path}`]);
      expect(look([...some, ...others])).toEqual(Object.fromEntries(some.map((path) => [path, idOf(path)])));
    }
  });

  it('finds a name that stands inside others before', () => {
    stage('a/src/x.ts', 'b src/x.ts', 'src/x.ts');
    expect(look(['src/x.ts'])).toEqual({ 'src/x.ts': idOf('src/x.ts') });
    expect(look(['rc/x.ts'])).toEqual({});
  });

  it('reads names that are not ASCII', () => {
    stage('src/größe.ts', 'src/日本.ts');
    expect(look(['src/größe.ts', 'src/日本.ts'])).toEqual({ 'src/größe.ts': idOf('src/größe.ts'), 'src/日本.ts': idOf('src/日本.ts') });
  });

  it('reads what is staged, not what lies in the working tree', () => {
    stage('src/a.ts');
    const before = idOf('src/a.ts');
    repository.write('src/a.ts', 'changed\n');
    expect(look(['src/a.ts'])).toEqual({ 'src/a.ts': before });
  });

  it('reads the index that GIT_INDEX_FILE names', () => {
    stage('src/a.ts');
    repository.run(['read-tree', '--empty'], { env: { GIT_INDEX_FILE: '.git/other' } });
    expect(look(['src/a.ts'], { GIT_INDEX_FILE: '.git/other' })).toEqual({});
    expect(look(['src/a.ts'], { GIT_INDEX_FILE: '.git/none' })).toBeUndefined();
  });
});

it('says nothing of an index without entries', () => {
  expect(look(['src/a.ts'])).toBeUndefined();
  stage('src/a.ts');
  repository.git('rm', '-q', '-r', '--cached', '.');
  expect(look(['src/a.ts'])).toEqual({});
});

describe('git is asked where', () => {
  it.each<[what: string, prepare: () => void]>([
    ['names are not written out', () => repository.git('update-index', '--index-version', '4')],
    ['entries have further flags', () => repository.git('update-index', '--skip-worktree', 'src/a.ts')],
    ['the index is split', () => repository.git('update-index', '--split-index')],
    ['there is no index', () => repository.remove('.git/index')],
    ['it is cut off', () => repository.write('.git/index', 'DIRC')],
    ['the path is a symlink', () => {
      repository.remove('src/a.ts');
      repository.link('src/a.ts', '../b.ts');
      repository.git('add', '-A');
    }],
    ['too many names begin alike', () => stage(...Array.from({ length: 2001 }, (_, i) => `src/a/f${i}.ts`))],
  ])('%s', (_what, prepare) => {
    stage('src/a.ts');
    prepare();
    expect(look(['src/a.ts', 'src/a/index.ts'])).toBeUndefined();
  });

  it('ids are of another length', () => {
    repository.cleanup();
    repository = createRepository({ objectFormat: 'sha256' });
    stage('src/a.ts');
    expect(look(['src/a.ts'])).toBeUndefined();
  });

  it('the repository lies elsewhere', () => {
    stage('src/a.ts');
    expect(look(['src/a.ts'], { GIT_DIR: '.git' })).toBeUndefined();
  });
});
