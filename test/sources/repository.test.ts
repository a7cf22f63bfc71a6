import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../support/keys.ts';
import { createRepository } from '../support/repository.ts';

describe('the test repository', () => {
  it('commits what was written and is gone after cleanup', () => {
    const repository = createRepository();
    repository.write('src/a b.ts', 'export {};\n');
    repository.commit('Add a file');

    expect(repository.git('ls-files')).toBe('src/a b.ts');
    expect(repository.git('log', '--format=%s by %an')).toBe('Add a file by A Merchant');
    repository.cleanup();
    expect(existsSync(repository.root)).toBe(false);
  });

  it('makes sha256 repositories and plain folders', () => {
    const repository = createRepository({ objectFormat: 'sha256' });
    expect(repository.commit()).toHaveLength(64);
    repository.cleanup();

    const folder = createRepository({ git: false });
    expect(() => folder.git('status')).toThrow('not a git repository');
    folder.cleanup();
  });

  it('makes keys that differ by seed and are the same each time', () => {
    expect(makeKey('live', 'a')).toMatch(/^hk_live_[A-Za-z0-9]{32}$/);
    expect(makeKey('live', 'a')).toBe(makeKey('live', 'a'));
    expect(makeKey('live', 'a')).not.toBe(makeKey('live', 'b'));
  });
});
