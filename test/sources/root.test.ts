import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findRoot } from '../../src/sources/root.ts';
import { createRepository, type Repository } from '../support/repository.ts';

let repository: Repository;

afterEach(() => repository?.cleanup());

/** Without git on the PATH: what is found was found by looking at folders. */
function withoutGit(): NodeJS.ProcessEnv {
  return { ...repository.env, PATH: '/no-such-folder' };
}

describe('findRoot', () => {
  it('finds the top level without starting git', () => {
    repository = createRepository();
    mkdirSync(repository.path('a/b'), { recursive: true });
    expect(findRoot(repository.path('a/b'), withoutGit())).toEqual({ root: repository.root, cwd: repository.path('a/b'), git: 'repository' });
  });

  it('is the working directory where there is no repository', () => {
    repository = createRepository({ git: false });
    expect(findRoot(repository.root, withoutGit())).toEqual({ root: repository.root, cwd: repository.root, git: 'none' });
  });

  it('resolves links on the way', () => {
    repository = createRepository();
    mkdirSync(repository.path('a'));
    const link = join(repository.root, '../link');
    symlinkSync(repository.path('a'), link);
    expect(findRoot(link, withoutGit())).toEqual({ root: repository.root, cwd: repository.path('a'), git: 'repository' });
  });

  it.each([
    ['core.worktree', '[core]\n\tworktree = ../elsewhere\n'],
    ['a setting for this worktree alone', '[extensions]\n\tworktreeConfig = true\n'],
    ['an included file', '[include]\n\tpath = other\n'],
    ['core.bare', '[core]\n\tbare = true\n'],
    ['core.bare without a value', '[core]\n\tbare\n'],
  ])('asks git on %s', (_what, config) => {
    repository = createRepository();
    repository.write('.git/config', config);
    expect(findRoot(repository.root, withoutGit()).git).toBe('unavailable');
  });

  it('asks git where the environment steers it', () => {
    repository = createRepository();
    repository.git('init', '--quiet', 'other');
    const env = { ...repository.env, GIT_DIR: repository.path('.git'), GIT_WORK_TREE: repository.path('other') };
    expect(findRoot(repository.root, env).root).toBe(repository.path('other'));
    mkdirSync(repository.path('deep/er'), { recursive: true });
    expect(findRoot(repository.path('deep/er'), { ...repository.env, GIT_CEILING_DIRECTORIES: repository.path('deep') })).toMatchObject({ root: repository.path('deep/er'), git: 'none' });
  });

  it('asks git in a submodule or linked worktree', () => {
    repository = createRepository();
    repository.commit();
    repository.git('worktree', 'add', '--quiet', '../linked');
    const linked = join(repository.root, '../linked');
    expect(findRoot(linked, repository.env)).toEqual({ root: linked, cwd: linked, git: 'repository' });
    expect(findRoot(linked, withoutGit()).git).toBe('unavailable');
  });
});
