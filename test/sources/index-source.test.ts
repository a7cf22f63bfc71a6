import { describe, expect, it } from 'vitest';
import { openStaged } from '../../src/sources/index-source.ts';
import { createRepository, type Repository } from '../support/repository.ts';

function staged(repository: Repository, env = repository.env): Record<string, string | undefined> {
  const source = openStaged({ cwd: repository.root, env });
  const seen: Record<string, string | undefined> = {};
  for (const file of source.files()) {
    const bytes = file.read();
    seen[file.path] = bytes && Buffer.from(bytes).toString('latin1');
  }
  return seen;
}

describe('openStaged', () => {
  it('sees first commit', () => {
    const repository = createRepository();
    repository.write('a.ts', 'one\n');
    repository.git('add', '-A');
    expect(staged(repository)).toEqual({ 'a.ts': 'one\n' });
  });
});
