import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { decode } from '../../src/sources/decode.ts';
import { GitError } from '../../src/sources/git.ts';
import { openStaged, type StagedSource } from '../../src/sources/index-source.ts';
import { makeKey } from '../support/keys.ts';
import { createRepository, type Repository, type RepositoryOptions } from '../support/repository.ts';

const key = makeKey('live', 'index');
const leak = `export const key = '${key}';\n`;
const clean = 'export const key = process.env.HILT_API_KEY;\n';

let repository: Repository;

/** A repository with one commit, so that HEAD exists. */
function repositoryWith(files: Readonly<Record<string, string | Uint8Array>>, options?: RepositoryOptions): Repository {
  repository = createRepository(options);
  for (const [file, content] of Object.entries(files)) repository.write(file, content);
  repository.commit('Before');
  return repository;
}

function stage(files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) repository.write(file, content);
  repository.git('add', '-A');
}

afterEach(() => repository?.cleanup());

function open(cwd = repository.root, env: NodeJS.ProcessEnv = repository.env): StagedSource {
  return openStaged({ cwd, env });
}

/** Decoded content of every staged file. */
function staged(source = open()): Record<string, string | undefined> {
  const seen: Record<string, string | undefined> = {};
  for (const file of source.files()) {
    const bytes = file.read();
    seen[file.path] = bytes && decode(bytes).text;
  }
  return seen;
}

function failure(act: () => unknown): GitError {
  try {
    act();
  } catch (error) {
    if (error instanceof GitError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

describe('where git keeps what is staged', () => {
  it('reads it from files of their own, from a pack, and from both', () => {
    repositoryWith({ 'a.ts': clean });
    stage({ 'packed.ts': leak });
    const id = repository.git('rev-parse', ':packed.ts');
    execFileSync('git', ['pack-objects', '-q', '.git/objects/pack/pack'], { cwd: repository.root, env: repository.env, input: `${id}\n` });
    repository.git('prune-packed');
    expect(existsSync(objectPath(id))).toBe(false);
    stage({ 'loose.ts': `${leak}// loose\n` });
    expect(staged()).toEqual({ 'loose.ts': `${leak}// loose\n`, 'packed.ts': leak });
  });

  it('reads it from another folder', () => {
    repositoryWith({ 'a.ts': clean });
    const elsewhere = { ...repository.env, GIT_OBJECT_DIRECTORY: repository.path('objects'), GIT_ALTERNATE_OBJECT_DIRECTORIES: repository.path('.git/objects') };
    mkdirSync(repository.path('objects'));
    repository.write('b.ts', leak);
    execFileSync('git', ['add', 'b.ts'], { cwd: repository.root, env: elsewhere });
    expect(staged(open(repository.root, elsewhere))).toEqual({ 'b.ts': leak });
  });

  it('reads an empty file, and one as large as it may be in memory', () => {
    repositoryWith({ 'a.ts': clean });
    const large = 'x'.repeat(5 << 20);
    stage({ 'empty.ts': '', 'large.ts': large });
    expect(staged()).toEqual({ 'empty.ts': '', 'large.ts': large });
  });
});

describe('what the commit will hold', () => {
  it('sees a key in the index that the working tree has lost', () => {
    repositoryWith({ 'a.ts': clean });
    repository.write('a.ts', leak);
    repository.git('add', 'a.ts');
    repository.write('a.ts', clean);
    expect(staged()).toEqual({ 'a.ts': leak });
  });

  it('does not see a key that is only in the working tree', () => {
    repositoryWith({ 'a.ts': clean, 'b.ts': clean });
    repository.write('b.ts', `${clean}// touched\n`);
    repository.git('add', 'b.ts');
    repository.write('a.ts', leak);
    repository.write('b.ts', leak);
    repository.write('untracked.ts', leak);
    expect(staged()).toEqual({ 'b.ts': `${clean}// touched\n` });
  });

  it('sees a file that attributes call binary or without a diff', () => {
    repositoryWith({ '.gitattributes': '*.min.js -diff\n*.bin binary\n*.lock -text linguist-generated\n' });
    repository.write('app.min.js', leak);
    repository.write('data.bin', leak);
    repository.git('add', '-A');
    expect(staged()).toEqual({ 'app.min.js': leak, 'data.bin': leak });
  });

  it('sees a file that was renamed and changed, under its new name', () => {
    const body = Array.from({ length: 60 }, (_, line) => `// line ${line}\n`).join('');
    repositoryWith({ 'old.ts': body });
    repository.git('mv', 'old.ts', 'new.ts');
    repository.write('new.ts', body + leak);
    repository.git('add', '-A');
    repository.git('config', 'diff.renames', 'copies');
    expect(staged()).toEqual({ 'new.ts': body + leak });
  });

  it('sees a file that takes the place of a symlink, and the path in a symlink that takes the place of a file', () => {
    repository = createRepository();
    repository.link('a.ts', 'b.ts');
    repository.write('b.ts', clean);
    repository.commit();
    repository.remove('a.ts');
    repository.write('a.ts', leak);
    repository.remove('b.ts');
    repository.link('b.ts', '../elsewhere/secret.ts');
    repository.git('add', '-A');
    expect(staged()).toEqual({ 'a.ts': leak, 'b.ts': '../elsewhere/secret.ts' });
  });

  it('sees a change of mode alone as the same content', () => {
    repositoryWith({ 'run.sh': 'echo\n' });
    repository.git('update-index', '--chmod=+x', 'run.sh');
    expect(staged()).toEqual({ 'run.sh': 'echo\n' });
  });

  it('reads UTF-16 with and without a mark, and text with a NUL byte', () => {
    repositoryWith({});
    const little = Buffer.from(`HILT_API_KEY=${key}\r\n`, 'utf16le');
    repository.write('marked.env', Buffer.concat([Buffer.from([0xff, 0xfe]), little]));
    repository.write('bare.env', little);
    repository.write('big.env', Buffer.from(little).swap16());
    repository.write('nul.ts', `\0${leak}`);
    repository.git('add', '-A');
    expect(staged()).toEqual({
      'marked.env': `HILT_API_KEY=${key}\r\n`,
      'bare.env': `HILT_API_KEY=${key}\r\n`,
      'big.env': `HILT_API_KEY=${key}\r\n`,
      'nul.ts': `\0${leak}`,
    });
  });

  it('stages what git stores, not what a filter or line-ending setting shows', () => {
    repositoryWith({ '.gitattributes': '*.ts text eol=crlf\n' });
    repository.write('a.ts', 'one\r\ntwo\r\n');
    repository.git('add', '-A');
    expect(staged()).toEqual({ 'a.ts': 'one\ntwo\n' });
  });

  it('sees the whole index from a sub-directory', () => {
    repositoryWith({ 'packages/shop/index.ts': clean });
    repository.write('lib/a.ts', leak);
    repository.git('add', '-A');
    const source = open(repository.path('packages/shop'));
    expect(source.root).toBe(repository.root);
    expect(staged(source)).toEqual({ 'lib/a.ts': leak });
  });

  it('is silent on intent to add, on a deletion and on nothing staged', () => {
    repositoryWith({ 'a.ts': leak, 'b.ts': leak });
    expect(staged()).toEqual({});
    repository.git('rm', '--quiet', 'a.ts');
    repository.write('new.ts', leak);
    repository.git('add', '-N', 'new.ts');
    const source = open();
    expect(staged(source)).toEqual({});
    expect(source.notices).toEqual([]);
  });

  it('gives a picture as any other file', () => {
    repositoryWith({});
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    repository.write('logo.png', png);
    repository.git('add', '-A');
    const [file] = open().files();
    expect(Buffer.from(file?.read() ?? [])).toEqual(png);
  });

  it('tells of a submodule beside the file', () => {
    repositoryWith({ 'a.ts': clean });
    const commit = repository.git('rev-parse', 'HEAD');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},vendor/hilt`);
    repository.write('a.ts', leak);
    repository.git('add', 'a.ts');
    const source = open();
    expect(staged(source)).toEqual({ 'a.ts': leak });
    expect(source.notices).toMatchObject([{ code: 'submodule', level: 'info', file: 'vendor/hilt' }]);
  });

  it('does not let `ignore = all` hide a submodule that became a file', () => {
    repositoryWith({ 'a.ts': clean });
    const commit = repository.git('rev-parse', 'HEAD');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},sub`);
    repository.write('.gitmodules', '[submodule "sub"]\n\tpath = sub\n\turl = ./sub\n\tignore = all\n');
    repository.git('commit', '--quiet', '-m', 'Add a submodule');
    repository.git('update-index', '--force-remove', 'sub');
    repository.write('sub', leak);
    repository.git('add', 'sub');
    expect(staged()).toEqual({ sub: leak });
  });
});

describe('names', () => {
  it('keeps blanks, newlines, quotes, brackets and other scripts', () => {
    repositoryWith({});
    const names = ['a b.ts', 'new\nline.ts', 'tab\there.ts', `quo"te'.ts`, 'app/[id]/(auth)/page.tsx', '-rf', ':(top)x.ts', 'back\\slash.ts', 'größe/密钥.ts', '*.ts', 'HEAD'];
    for (const name of names) repository.write(name, leak);
    repository.git('add', '-A');
    repository.git('config', 'core.quotePath', 'true');
    expect(Object.keys(staged()).sort()).toEqual([...names].sort());
    expect(new Set(Object.values(staged()))).toEqual(new Set([leak]));
  });

  it('reads a file whose name is not UTF-8', () => {
    repositoryWith({});
    const blob = repository.run(['hash-object', '-w', '--stdin'], { input: leak }).toString().trim();
    const entry = Buffer.concat([Buffer.from(`100644 ${blob}\tcaf`), Buffer.from([0xe9]), Buffer.from('.ts\0')]);
    repository.run(['update-index', '-z', '--index-info'], { input: entry });
    expect(staged()).toEqual({ 'caf\uFFFD.ts': leak });
  });
});

describe('hostile and unusual settings', () => {
  it('is not moved by colours, prefixes, diff programs, text conversion, order or relative paths', () => {
    repositoryWith({ '.gitattributes': '*.ts diff=hide\n', 'order': '*.md\n', 'sub/keep': '' });
    const settings: Readonly<Record<string, string>> = {
      'color.ui': 'always',
      'color.diff': 'always',
      'diff.external': '/bin/false',
      'diff.noprefix': 'true',
      'diff.mnemonicPrefix': 'true',
      'diff.orderFile': 'order',
      'diff.relative': 'true',
      'diff.hide.textconv': 'sed s/hk_live_.*//',
      'diff.hide.command': '/bin/false',
      'diff.renames': 'true',
      'diff.ignoreSubmodules': 'all',
      'core.quotePath': 'true',
      'core.pager': '/bin/false',
      'core.abbrev': '4',
      'core.attributesFile': '/dev/null',
      'core.ignoreCase': 'true',
    };
    for (const [name, value] of Object.entries(settings)) repository.git('config', name, value);
    repository.write('a.ts', leak);
    repository.git('add', '-A');
    expect(staged(open(repository.path('sub')))).toEqual({ 'a.ts': leak });
  });

  it('runs no program that the repository names', () => {
    repositoryWith({ '.gitattributes': '* filter=mark diff=mark\n' });
    const marker = join(repository.root, '.git', 'it-ran');
    const script = repository.write('.git/evil', `#!/bin/sh\necho ran >> '${marker}'\ncat\n`);
    chmodSync(script, 0o755);
    repository.write('a.ts', leak);
    repository.git('add', '-A');
    repository.write('a.ts', clean);
    for (const name of ['core.fsmonitor', 'diff.external', 'diff.mark.textconv', 'diff.mark.command', 'filter.mark.smudge', 'filter.mark.clean', 'filter.mark.process', 'core.pager', 'core.sshCommand', 'core.askPass', 'core.alternateRefsCommand', 'uploadpack.packObjectsHook']) {
      repository.git('config', name, script);
    }
    for (const hook of ['post-index-change', 'pre-commit', 'post-checkout']) {
      chmodSync(repository.write(`.git/hooks/${hook}`, `#!/bin/sh\necho ran >> '${marker}'\n`), 0o755);
    }
    const env = { ...repository.env, GIT_EXTERNAL_DIFF: script, GIT_PAGER: script };
    rmSync(marker, { force: true });

    const source = open(repository.root, env);
    expect(staged(source)).toEqual({ 'a.ts': leak });
    expect(source.paths().has('.gitattributes')).toBe(true);
    expect(existsSync(marker)).toBe(false);
  });

  it('does not fetch a missing object, least of all through a command of the repository', () => {
    repositoryWith({ 'a.ts': clean });
    const marker = join(repository.root, '.git', 'it-ran');
    repository.write('a.ts', leak);
    repository.git('add', 'a.ts');
    removeObject(repository.git('rev-parse', ':a.ts'));
    repository.git('config', 'extensions.partialClone', 'origin');
    repository.git('config', 'core.repositoryFormatVersion', '1');
    repository.git('config', 'remote.origin.promisor', 'true');
    const script = repository.write('.git/evil', `#!/bin/sh\necho ran >> '${marker}'\n`);
    chmodSync(script, 0o755);
    repository.git('config', 'remote.origin.url', `ext::${script}`);
    repository.git('config', 'protocol.ext.allow', 'always');

    const source = open();
    expect(staged(source)).toEqual({ 'a.ts': undefined });
    expect(source.notices).toMatchObject([{ code: 'missing-object', level: 'incomplete', file: 'a.ts' }]);
    expect(existsSync(marker)).toBe(false);
  });

  it('is not led to other content by replacement objects', () => {
    repositoryWith({});
    repository.write('a.ts', leak);
    repository.git('add', 'a.ts');
    const other = repository.run(['hash-object', '-w', '--stdin'], { input: clean }).toString().trim();
    repository.git('replace', repository.git('rev-parse', ':a.ts'), other);
    expect(staged()).toEqual({ 'a.ts': leak });
  });

  it('works beside the other pathspec variables, which git refuses to combine', () => {
    repositoryWith({});
    repository.write('a.ts', leak);
    repository.git('add', 'a.ts');
    expect(staged(open(repository.root, { ...repository.env, GIT_GLOB_PATHSPECS: '1', GIT_ICASE_PATHSPECS: '1' }))).toEqual({ 'a.ts': leak });
  });

  it('changes nothing in the repository', () => {
    repositoryWith({ 'a.ts': clean, 'b.ts': clean });
    repository.write('a.ts', leak);
    repository.git('add', 'a.ts');
    repository.write('b.ts', leak);
    const before = snapshot();
    const source = open();
    staged(source);
    source.paths();
    source.open('b.ts')?.read();
    source.head('a.ts')?.read();
    expect(snapshot()).toEqual(before);
  });
});

/** Every file below `.git` with its content. */
function snapshot(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(repository.path('.git'), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) files[join(entry.parentPath, entry.name)] = readFileSync(join(entry.parentPath, entry.name), 'latin1');
  }
  return files;
}

function objectPath(id: string): string {
  return repository.path(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
}

function removeObject(id: string): void {
  rmSync(objectPath(id));
}

describe('kinds of repositories', () => {
  it('takes the first commit as all new', () => {
    repository = createRepository();
    repository.write('a.ts', leak);
    repository.git('add', '-A');
    const source = open();
    expect(staged(source)).toEqual({ 'a.ts': leak });
    expect(source.head('a.ts')).toBeUndefined();
    expect(staged(open(repository.root, { ...repository.env, GIT_TRACE: '1' }))).toEqual({ 'a.ts': leak });
  });

  it('takes everything for new on a branch that is damaged', () => {
    repositoryWith({ 'a.ts': leak });
    repository.write('.git/refs/heads/main', 'not an id\n');
    expect(staged()).toEqual({ 'a.ts': leak });
  });

  it('is clean in an empty repository', () => {
    repository = createRepository();
    const source = open();
    expect(staged(source)).toEqual({});
    expect([...source.paths()]).toEqual([]);
    expect(source.notices).toEqual([]);
  });

  it('reads a sha256 repository, at its first commit and later', () => {
    repository = createRepository({ objectFormat: 'sha256' });
    repository.write('a.ts', leak);
    repository.git('add', '-A');
    expect(staged()).toEqual({ 'a.ts': leak });
    repository.commit();
    repository.write('a.ts', clean);
    repository.write('b.ts', leak);
    repository.git('add', '-A');
    const source = open();
    expect(staged(source)).toEqual({ 'a.ts': clean, 'b.ts': leak });
    expect([...source.files()][0]?.blob).toHaveLength(64);
  });

  it('reads a linked worktree and its own index', () => {
    repositoryWith({ 'a.ts': clean });
    repository.git('worktree', 'add', '--quiet', '../linked');
    const linked = join(repository.root, '..', 'linked');
    writeFileSync(join(linked, 'b.ts'), leak);
    repository.run(['add', '-A'], { cwd: linked });
    const source = open(linked);
    expect(source.root).toBe(linked);
    expect(staged(source)).toEqual({ 'b.ts': leak });
    expect(staged()).toEqual({});
  });

  it('reads a repository with separate git directory and alternates', () => {
    repositoryWith({ 'a.ts': clean });
    repository.run(['clone', '--quiet', '--shared', '--separate-git-dir', '../borrowed.git', '.', '../borrower']);
    const borrower = join(repository.root, '..', 'borrower');
    writeFileSync(join(borrower, 'a.ts'), leak);
    repository.run(['add', '-A'], { cwd: borrower });
    const source = open(borrower);
    expect(staged(source)).toEqual({ 'a.ts': leak });
    expect(Buffer.from(source.head('a.ts')?.read() ?? []).toString()).toBe(clean);
  });

  it('reads a sparse checkout with a sparse index', () => {
    repositoryWith({ 'in/a.ts': clean, 'out/b.ts': clean });
    repository.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'in');
    repository.write('in/a.ts', leak);
    repository.git('add', 'in/a.ts');
    const source = open();
    expect(staged(source)).toEqual({ 'in/a.ts': leak });
    expect([...source.paths()]).toEqual(['in/a.ts', 'out/b.ts']);
  });

  it('sees a merge resolution, and what the merge brings in', () => {
    repositoryWith({ 'a.ts': 'base\n' });
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.write('a.ts', 'side\n');
    repository.write('theirs.ts', 'theirs\n');
    repository.commit();
    repository.git('checkout', '--quiet', 'main');
    repository.write('a.ts', 'main\n');
    repository.commit();
    expect(() => repository.git('merge', 'side')).toThrow();

    const error = failure(() => open());
    expect(error.code).toBe('unmerged');
    expect(error.message).toContain('"a.ts"');

    repository.write('a.ts', leak);
    repository.git('add', 'a.ts');
    expect(staged()).toEqual({ 'a.ts': leak, 'theirs.ts': 'theirs\n' });
  });

  it('reads a relative GIT_DIR with a working tree from a sub-directory', () => {
    repositoryWith({ 'sub/a.ts': clean });
    repository.write('sub/a.ts', leak);
    repository.git('add', '-A');
    const source = open(repository.path('sub'), { ...repository.env, GIT_DIR: '../.git', GIT_WORK_TREE: '..' });
    expect(source.root).toBe(repository.root);
    expect(staged(source)).toEqual({ 'sub/a.ts': leak });
    expect(staged(open(repository.path('sub'), { ...repository.env, GIT_INDEX_FILE: '.git/index' }))).toEqual({ 'sub/a.ts': leak });
  });

  it('reads core.worktree, where the working tree is not beside .git', () => {
    repositoryWith({ 'inner/a.ts': clean });
    repository.git('config', 'core.worktree', repository.path('inner'));
    repository.write('inner/b.ts', leak);
    repository.run(['add', 'b.ts'], { cwd: repository.path('inner') });
    const source = open();
    expect(source.root).toBe(repository.path('inner'));
    expect(staged(source)).toMatchObject({ 'b.ts': leak });
  });
});

describe('other files of the snapshot', () => {
  it('opens any file as the index has it, and as HEAD has it', () => {
    repositoryWith({ 'a.ts': 'head a\n', 'lib/b.ts': 'head b\n', 'gone.ts': 'head gone\n' });
    repository.write('a.ts', 'index a\n');
    repository.write('new.ts', 'index new\n');
    repository.git('rm', '--quiet', 'gone.ts');
    repository.git('add', '-A');
    repository.write('a.ts', 'disk a\n');
    repository.write('lib/b.ts', 'disk b\n');
    repository.write('untracked.ts', 'disk\n');

    const source = open();
    const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();
    expect([...source.paths()]).toEqual(['a.ts', 'lib/b.ts', 'new.ts']);
    expect(text(source.open('a.ts')?.read())).toBe('index a\n');
    expect(text(source.open('lib/b.ts')?.read())).toBe('head b\n');
    expect(source.open('untracked.ts')).toBeUndefined();
    expect(source.open('gone.ts')).toBeUndefined();
    expect(text(source.head('a.ts')?.read())).toBe('head a\n');
    expect(text(source.head('gone.ts')?.read())).toBe('head gone\n');
    expect(text(source.head('lib/b.ts')?.read())).toBe('head b\n');
    expect(source.head('new.ts')).toBeUndefined();
    expect(source.open('a.ts')?.blob).toBe(repository.git('rev-parse', ':a.ts'));
  });

  it('follows links between files of the index, and no others', () => {
    repository = createRepository();
    repository.write('packages/lib/index.ts', 'lib\n');
    repository.link('apps/web/lib.ts', '../../packages/lib/index.ts');
    repository.link('apps/web/again.ts', 'lib.ts');
    repository.link('outside.ts', '../../etc/passwd');
    repository.link('loop.ts', 'loop.ts');
    repository.commit();
    const source = open();
    expect(Buffer.from(source.open('apps/web/again.ts')?.read() ?? []).toString()).toBe('lib\n');
    expect(source.open('outside.ts')).toBeUndefined();
    expect(source.open('loop.ts')).toBeUndefined();
  });

  it('goes through the whole index in order without a process for each file', () => {
    repositoryWith({});
    for (let number = 0; number < 600; number += 1) repository.write(`src/f${String(number).padStart(3, '0')}.${number % 5 === 0 ? 'png' : 'ts'}`, `number ${number}\n`);
    repository.commit();
    const log = join(repository.root, '../trace');
    const source = open(repository.root, { ...repository.env, GIT_TRACE: log });
    for (const path of source.paths()) {
      if (path.endsWith('.png')) continue;
      const number = Number(path.slice(5, 8));
      expect(Buffer.from(source.open(path)?.read() ?? []).toString()).toBe(`number ${number}\n`);
    }
    expect(readFileSync(log, 'utf8').match(/git .*cat-file/g)?.length).toBeLessThan(20);
  });

  it('reads single files here and there one by one', () => {
    repositoryWith({ 'a.ts': 'a\n', 'm.ts': 'm\n', 'z.ts': 'z\n' });
    const source = open();
    for (const path of ['z.ts', 'a.ts', 'm.ts', 'a.ts']) expect(Buffer.from(source.open(path)?.read() ?? []).toString()).toBe(`${path[0]}\n`);
  });

  it('tells the content at some of many paths, and leaves to a listing what may be a symlink', () => {
    repositoryWith({ 'a.ts': leak, 'a file.ts': clean, 'one line': 'a.ts', 'folder/b.ts': clean });
    repository.write('a.ts', 'export const later = 1;\n');
    const peeked = open().peek?.(['a.ts', 'a file.ts', 'one line', 'folder', 'no such file', 'two\nlines', 'folder/b.ts']) ?? new Map<string, Uint8Array | undefined>();
    expect([...peeked].map(([path, bytes]) => [path, bytes && decode(bytes).text])).toEqual([
      ['a.ts', leak],
      ['a file.ts', clean],
      ['one line', undefined],
      ['folder/b.ts', clean],
    ]);
  });

  it('prefetches many files at once', () => {
    repositoryWith({ 'a.ts': 'a\n', 'b.ts': 'b\n' });
    const source = open();
    source.prefetch?.(['a.ts', 'b.ts', 'no such file']);
    rmSync(repository.path('.git/objects'), { recursive: true });
    expect(Buffer.from(source.open('a.ts')?.read() ?? []).toString()).toBe('a\n');
    expect(Buffer.from(source.open('b.ts')?.read() ?? []).toString()).toBe('b\n');
  });
});

describe('many and large files', () => {
  it('reads two thousand files in order, also those that share their content', () => {
    repositoryWith({});
    const expected: Record<string, string> = {};
    for (let index = 0; index < 2000; index += 1) {
      const name = `f${String(index).padStart(4, '0')}.ts`;
      expected[name] = index % 3 === 0 ? 'the same\n' : `number ${index}\n`;
      repository.write(name, expected[name]);
    }
    repository.git('add', '-A');
    const source = open();
    const seen = staged(source);
    expect(seen).toEqual(expected);
    expect(Object.keys(seen)).toEqual(Object.keys(expected));
  });

  it('reads more than fits into one portion, and can go back to a file', () => {
    repositoryWith({});
    for (const name of ['a', 'b', 'c', 'd', 'e']) repository.write(`${name}.txt`, `${name}\n`.repeat(1 << 20) + key);
    repository.write('z.ts', leak);
    repository.git('add', '-A');
    const files = [...open().files()];
    expect(files.map((file) => file.path)).toEqual(['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt', 'z.ts']);
    for (const file of files) expect(Buffer.from(file.read() ?? []).includes(key)).toBe(true);
  });

  it('searches a large blob in parts, and reads it when asked', () => {
    repositoryWith({});
    const filler = 'x'.repeat(1 << 20);
    repository.write('big.js', filler.repeat(20).slice(20) + key + filler);
    repository.git('add', '-A');
    const [file] = open().files();
    const parts: number[] = [];
    const found = file?.contains?.((part) => {
      parts.push(part.length);
      return Buffer.from(part.buffer, part.byteOffset, part.byteLength).includes(key);
    }, 64);
    expect(found).toBe(true);
    expect(parts.length).toBeGreaterThan(10);
    expect(Math.max(...parts)).toBeLessThanOrEqual(1 << 20);
    expect(file?.contains?.(() => false, 64)).toBe(false);
    expect(file?.read()?.length).toBe(21 * (1 << 20) - 20 + key.length);
  });

  it('tells of a blob over the limit', () => {
    repositoryWith({});
    repository.write('big.txt', 'x'.repeat(2000));
    repository.write('small.txt', 'x');
    repository.git('add', '-A');
    const source = openStaged({ cwd: repository.root, env: repository.env, maxFileSize: 1000 });
    expect(staged(source)).toEqual({ 'big.txt': undefined, 'small.txt': 'x' });
    expect([...source.files()][0]?.contains?.(() => true, 1)).toBe(false);
    expect(source.notices).toMatchObject([{ code: 'too-large', level: 'incomplete', file: 'big.txt' }]);
  });

  it('tells of a Git LFS pointer', () => {
    repositoryWith({});
    repository.write('model.bin', `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`);
    repository.git('add', '-A');
    const source = open();
    staged(source);
    expect(source.notices).toMatchObject([{ code: 'lfs-pointer', level: 'info', file: 'model.bin' }]);
  });
});

describe('what breaks', () => {
  it('tells of a missing object and reads the others', () => {
    repositoryWith({});
    repository.write('a.ts', leak);
    repository.write('b.ts', clean);
    repository.git('add', '-A');
    removeObject(repository.git('rev-parse', ':b.ts'));
    const source = open();
    expect(staged(source)).toEqual({ 'a.ts': leak, 'b.ts': undefined });
    expect(source.notices).toMatchObject([{ code: 'missing-object', level: 'incomplete', file: 'b.ts' }]);
  });

  it('tells of a damaged object and reads the others', () => {
    repositoryWith({});
    for (const name of ['a', 'b', 'c', 'd', 'e']) repository.write(`${name}.ts`, `${name} ${leak}`);
    repository.git('add', '-A');
    const damaged = objectPath(repository.git('rev-parse', ':c.ts'));
    chmodSync(damaged, 0o644);
    writeFileSync(damaged, 'not what zlib writes');
    const source = open();
    expect(staged(source)).toEqual({ 'a.ts': `a ${leak}`, 'b.ts': `b ${leak}`, 'c.ts': undefined, 'd.ts': `d ${leak}`, 'e.ts': `e ${leak}` });
    expect(source.notices).toMatchObject([{ code: 'missing-object', level: 'incomplete', file: 'c.ts' }]);
  });

  it('tells of an object that was cut short', () => {
    repositoryWith({ 'a.ts': clean });
    stage({ 'b.ts': leak.repeat(200) });
    const cut = objectPath(repository.git('rev-parse', ':b.ts'));
    chmodSync(cut, 0o644);
    writeFileSync(cut, readFileSync(cut).subarray(0, 40));
    const source = open();
    expect(staged(source)).toEqual({ 'b.ts': undefined });
    expect(source.notices.map(({ code, file }) => [code, file])).toEqual([['missing-object', 'b.ts']]);
  });

  it('fails on a corrupt index, and says so', () => {
    repositoryWith({ 'a.ts': clean });
    repository.write('.git/index', `DIRC${key}${'x'.repeat(100)}`);
    const error = failure(() => open());
    expect(error.code).toBe('corrupt-index');
    expect(error.message).toContain('git fsck');
    expect(error.message).not.toContain(key);
  });

  it('fails on an index that was cut off, which git reads without a word', () => {
    repositoryWith({ 'a.ts': clean });
    for (const file of ['b', 'c', 'd']) repository.write(`${file}.ts`, leak);
    repository.git('add', '-A');
    const whole = readFileSync(repository.path('.git/index'));
    for (const length of [60, 100, 150]) {
      repository.write('.git/index', whole.subarray(0, length));
      expect(failure(() => open()).code).toBe('corrupt-index');
    }
  });

  it('fails on a HEAD whose commit is missing', () => {
    repositoryWith({ 'a.ts': clean });
    removeObject(repository.git('rev-parse', 'HEAD'));
    expect(failure(() => open()).code).toBe('missing-object');
  });

  it('fails outside a repository, in a bare one and inside .git', () => {
    repository = createRepository({ git: false });
    expect(failure(() => open()).code).toBe('not-a-repository');
    repository.git('init', '--quiet', '--bare', 'bare.git');
    expect(failure(() => open(repository.path('bare.git'))).code).toBe('no-work-tree');
    repository.git('init', '--quiet', 'normal');
    expect(failure(() => open(repository.path('normal/.git'))).code).toBe('no-work-tree');
  });

  it('fails without git', () => {
    repositoryWith({ 'a.ts': clean });
    const error = failure(() => open(repository.root, { ...repository.env, PATH: repository.path('no-such-folder') }));
    expect(error.code).toBe('git-missing');
    expect(error.message).toContain('Install git');
  });

  it('fails on a repository of another owner with what to do', () => {
    repositoryWith({ 'a.ts': clean });
    const error = failure(() => open(repository.root, { ...repository.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' }));
    expect(error.code).toBe('dubious-ownership');
    expect(error.message).toContain(`safe.directory "${repository.root}"`);
  });
});

describe('inside a real pre-commit hook', () => {
  const dump = fileURLToPath(new URL('../support/dump-staged.mjs', import.meta.url));

  /** Commits with a hook that writes down what the built tool sees there. */
  function seenByHook(commit: readonly string[], cwd = repository.root, before = ''): unknown {
    const output = join(repository.root, '..', 'seen.json');
    chmodSync(repository.write('.git/hooks/pre-commit', `#!/bin/sh\n${before}\nexec '${process.execPath}' '${dump}' '${output}'\n`), 0o755);
    repository.run(['commit', '--quiet', '-m', 'Change', ...commit], { cwd });
    return JSON.parse(readFileSync(output, 'utf8'));
  }

  it('sees what `commit -a` takes in', () => {
    repositoryWith({ 'a.ts': clean, 'b.ts': clean });
    repository.write('a.ts', leak);
    repository.write('b.ts', 'index\n');
    repository.git('add', 'b.ts');
    expect(seenByHook(['-a'])).toEqual({ root: repository.root, files: { 'a.ts': leak, 'b.ts': 'index\n' }, notices: [] });
  });

  it('sees what `commit -- <path>` takes in, and not what else is staged', () => {
    repositoryWith({ 'a.ts': clean, 'b.ts': clean });
    repository.write('a.ts', leak);
    repository.write('b.ts', leak);
    repository.git('add', 'b.ts');
    expect(seenByHook(['--', 'a.ts'])).toMatchObject({ files: { 'a.ts': leak } });
    expect(repository.git('diff', '--cached', '--name-only')).toBe('b.ts');
  });

  it('sees the index when git is called in a sub-directory, and when the hook goes into one', () => {
    repositoryWith({ 'sub/a.ts': clean });
    repository.write('sub/a.ts', leak);
    repository.write('b.ts', leak);
    repository.git('add', '-A');
    expect(seenByHook(['--', 'a.ts'], repository.path('sub'), 'cd sub')).toEqual({ root: repository.root, files: { 'sub/a.ts': leak }, notices: [] });
    expect(seenByHook([], repository.path('sub'))).toMatchObject({ files: { 'b.ts': leak } });
  });

  it('sees the index of a linked worktree', () => {
    repositoryWith({ 'a.ts': clean });
    repository.git('worktree', 'add', '--quiet', '../linked');
    const linked = join(repository.root, '..', 'linked');
    writeFileSync(join(linked, 'a.ts'), leak);
    expect(seenByHook(['-a'], linked)).toEqual({ root: linked, files: { 'a.ts': leak }, notices: [] });
  });

  it('sees what an amended commit adds to the one before', () => {
    repositoryWith({ 'a.ts': leak });
    repository.write('b.ts', leak);
    repository.git('add', '-A');
    expect(seenByHook(['--amend'])).toMatchObject({ files: { 'b.ts': leak } });
  });

  it('sees the first commit', () => {
    repository = createRepository();
    repository.write('a.ts', leak);
    repository.git('add', '-A');
    expect(seenByHook([])).toMatchObject({ files: { 'a.ts': leak } });
  });
});
