import { afterEach, describe, expect, it } from 'vitest';
import { openStdin } from '../../src/sources/stdin.ts';
import type { Source } from '../../src/sources/source.ts';
import { createRepository, type Repository } from '../support/repository.ts';

let repository: Repository;

afterEach(() => repository?.cleanup());

function open(filename: string, text: string, cwd = repository.root): Source {
  return openStdin({ cwd, filename, bytes: Buffer.from(text), env: repository.env });
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString();
}

describe('openStdin', () => {
  it('gives the text in place of the file of that name, and the working tree for all else', () => {
    repository = createRepository();
    repository.write('src/a.ts', 'saved\n');
    repository.write('src/b.ts', 'other\n');
    const source = open('a.ts', 'edited\n', repository.path('src'));
    const files = [...source.files()];
    expect(source.root).toBe(repository.root);
    expect(files.map((file) => [file.path, text(file.read())])).toEqual([['src/a.ts', 'edited\n']]);
    expect(text(source.open('src/a.ts')?.read())).toBe('edited\n');
    expect(text(source.open('src/b.ts')?.read())).toBe('other\n');
    expect(source.open('src/c.ts')).toBeUndefined();
    expect([...source.paths()]).toEqual(['src/a.ts', 'src/b.ts']);
    expect(files[0]?.contains?.((bytes) => Buffer.from(bytes).includes('edited'), 8)).toBe(true);
  });

  it('needs no such file, no such folder and no repository', () => {
    repository = createRepository({ git: false });
    const source = open('new/folder/a.ts', 'text\n');
    expect([...source.files()].map((file) => file.path)).toEqual(['new/folder/a.ts']);
    expect(source.notices).toEqual([]);
    expect([...source.paths()]).toEqual(['new/folder/a.ts']);
  });

  it('does not look at a text over the limit, and says so', () => {
    repository = createRepository();
    const source = openStdin({ cwd: repository.root, filename: 'a.ts', bytes: Buffer.from('x'.repeat(101)), maxFileSize: 100, env: repository.env });
    const [file] = [...source.files()];
    expect(file?.contains?.(() => true, 1)).toBe(false);
    expect(file?.read()).toBeUndefined();
    expect(source.notices).toMatchObject([{ code: 'too-large', level: 'incomplete', file: 'a.ts' }]);
  });

  it('lists nothing before it is asked', () => {
    repository = createRepository();
    repository.write('.git/index', 'not an index');
    const source = open('a.ts', 'text\n');
    expect([...source.files()]).toHaveLength(1);
    expect(() => source.paths()).toThrow(/index cannot be read/);
  });
});
