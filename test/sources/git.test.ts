import { afterEach, describe, expect, it } from 'vitest';
import { foreignGitContext, gitContext, GitError, gitFailure, runGit, tryGit } from '../../src/sources/git.ts';
import { makeKey } from '../support/keys.ts';
import { createRepository, type Repository } from '../support/repository.ts';

let repository: Repository;

afterEach(() => repository?.cleanup());

describe('git', () => {
  it('keeps the environment that chooses the repository, made absolute', () => {
    const context = gitContext('/top', { GIT_DIR: '../.git', GIT_INDEX_FILE: '.git/next', HOME: '/home/me', GIT_GLOB_PATHSPECS: '1' }, '/top/sub');
    expect(context.env).toMatchObject({ GIT_DIR: '/top/.git', GIT_INDEX_FILE: '.git/next', HOME: '/home/me', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' });
    expect(context.env).not.toHaveProperty('GIT_GLOB_PATHSPECS');
    expect(foreignGitContext('/other', { GIT_DIR: '../.git', GIT_INDEX_FILE: 'x' }).env).not.toHaveProperty('GIT_DIR');
  });

  it('wins over settings from every file and from the environment', () => {
    repository = createRepository();
    repository.git('config', 'core.fsmonitor', '/bin/evil');
    const context = gitContext(repository.root, { ...repository.env, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: '/evil' });
    expect(runGit(context, ['config', 'core.fsmonitor']).toString()).toBe('false\n');
    expect(runGit(context, ['config', 'core.hooksPath']).toString()).toBe('/dev/null\n');
  });

  it('says when there was more than asked for', () => {
    repository = createRepository();
    const output = tryGit(gitContext(repository.root, repository.env), ['cat-file', '--batch'], { input: 'x\n'.repeat(10_000), maxBytes: 100 });
    expect(output.overflow).toBe(true);
  });

  it('passes an empty input as one', () => {
    repository = createRepository();
    expect(runGit(gitContext(repository.root, repository.env), ['hash-object', '-t', 'tree', '--stdin'], { input: '' }).toString()).toMatch(/^4b825dc6/);
  });

  it('tells what failed, why and what to do, and never a key', () => {
    const key = makeKey('live', 'git');
    const context = { cwd: '/shop', env: {} };
    const output = { status: 128, stdout: Buffer.alloc(0), overflow: false };
    const told = (stderr: string): string => gitFailure(context, ['diff-index'], { ...output, stderr }).message;
    expect(told(`error: something odd\nfatal: at ${key}\n`)).toBe('`git diff-index` failed (exit 128): error: something odd; fatal: at hk_live_…. Run `git status` in "/shop" to see what is wrong.');
    expect(told('fatal: index file corrupt\n')).toContain('The git index cannot be read (fatal: index file corrupt).');
    expect(told('fatal: bad object HEAD\n')).toContain('Git cannot read an object of the repository (fatal: bad object HEAD).');
    expect(told('')).toContain('failed (exit 128). Run');
    expect(gitFailure(context, ['ls-files'], { ...output, status: -1, stderr: '' }).message).toContain('was ended by a signal');
  });

  it('tells a missing folder from a missing git', () => {
    repository = createRepository();
    expect(() => runGit(gitContext(repository.path('no-such'), repository.env), ['status'])).toThrow(/does not exist/);
    const error = (() => {
      try {
        runGit(gitContext(repository.root, { PATH: '/no-such-folder' }), ['status']);
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    })();
    expect(error).toBeInstanceOf(GitError);
    expect(error).toMatchObject({ name: 'GitError', code: 'git-missing' });
  });
});
