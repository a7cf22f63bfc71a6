import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, constants, existsSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, rmSync, symlinkSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { GitError } from '../../src/sources/git.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import type { Source } from '../../src/sources/source.ts';
import { openWorkingTree, type WorkingTreeOptions } from '../../src/sources/working-tree.ts';
import { makeKey } from '../support/keys.ts';
import { createRepository, type Repository } from '../support/repository.ts';

let repository: Repository;

afterEach(() => repository?.cleanup());

function open(options: Partial<WorkingTreeOptions> = {}): Source {
  return openWorkingTree({ cwd: repository.root, env: repository.env, ...options });
}

function named(...paths: string[]): Source {
  return open({ paths });
}

function contents(source: Source): Record<string, string | undefined> {
  const seen: Record<string, string | undefined> = {};
  for (const file of source.files()) {
    const bytes = file.read();
    seen[file.path] = bytes && Buffer.from(bytes).toString('latin1');
  }
  return seen;
}

function paths(source: Source): string[] {
  return [...source.files()].map((file) => file.path);
}

describe('which files', () => {
  it('takes tracked files and untracked ones that git does not ignore, each once, in path order', () => {
    repository = createRepository();
    repository.write('.gitignore', 'ignored.ts\ndist/\n');
    repository.write('b/tracked.ts', 'tracked\n');
    repository.commit();
    repository.write('b/tracked.ts', 'changed\n');
    repository.write('a-untracked.ts', 'untracked\n');
    repository.write('c-staged.ts', 'staged\n');
    repository.git('add', 'c-staged.ts');
    repository.write('ignored.ts', 'ignored\n');
    repository.write('dist/main.js', 'ignored\n');
    const source = open();
    expect(contents(source)).toEqual({
      '.gitignore': 'ignored.ts\ndist/\n',
      'a-untracked.ts': 'untracked\n',
      'b/tracked.ts': 'changed\n',
      'c-staged.ts': 'staged\n',
    });
    expect(paths(source)).toEqual(['.gitignore', 'a-untracked.ts', 'b/tracked.ts', 'c-staged.ts']);
    expect([...source.paths()]).toEqual(paths(source));
    expect(source.notices).toEqual([]);
  });

  it('takes a file that is ignored and tracked all the same', () => {
    repository = createRepository();
    repository.write('.gitignore', '.env\n');
    repository.write('.env', 'A=1\n');
    repository.git('add', '-f', '.env');
    expect(contents(open())['.env']).toBe('A=1\n');
  });

  it('takes the whole repository from a sub-directory', () => {
    repository = createRepository();
    repository.write('a.ts', 'a\n');
    repository.write('sub/b.ts', 'b\n');
    const source = open({ cwd: repository.path('sub') });
    expect(source.root).toBe(repository.root);
    expect(paths(source)).toEqual(['a.ts', 'sub/b.ts']);
  });

  it('takes a conflicted file once', () => {
    repository = createRepository();
    repository.write('a.ts', 'base\n');
    repository.commit();
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.write('a.ts', 'side\n');
    repository.commit();
    repository.git('checkout', '--quiet', 'main');
    repository.write('a.ts', 'main\n');
    repository.commit();
    expect(() => repository.git('merge', 'side')).toThrow();
    expect(paths(open())).toEqual(['a.ts']);
    expect(contents(open())['a.ts']).toContain('<<<<<<<');
  });

  it('keeps odd names as they are', () => {
    repository = createRepository();
    const names = ['? a.ts', '100644 x 0\tb.ts', 'H c.ts', 'a b.ts', 'new\nline.ts', 'quo"te.ts', '[id]/(auth)/page.tsx', '*.ts', 'größe.ts', 'back\\slash.ts'];
    for (const name of names) repository.write(name, name);
    repository.git('add', 'H c.ts', 'new\nline.ts');
    const seen = contents(open());
    expect(Object.keys(seen).sort()).toEqual([...names].sort());
    for (const name of names) expect(Buffer.from(seen[name] ?? '', 'latin1').toString()).toBe(name);
  });

  it('reads a file whose name is not UTF-8, in a repository and in a plain folder', () => {
    for (const git of [true, false]) {
      repository?.cleanup();
      repository = createRepository({ git });
      const folder = Buffer.concat([Buffer.from(`${repository.root}/caf`), Buffer.from([0xe9])]);
      mkdirSync(folder);
      writeFileSync(Buffer.concat([folder, Buffer.from('/'), Buffer.from([0xff]), Buffer.from('.ts')]), 'found\n');
      repository.write('größe.ts', 'also\n');
      expect(contents(open())).toEqual({ 'caf\uFFFD/\uFFFD.ts': 'found\n', 'größe.ts': 'also\n' });
    }
  });

  it('gives no blob ids: what lies on disk may be newer than the index', () => {
    repository = createRepository();
    repository.write('a.ts', 'a\n');
    repository.commit();
    expect([...open().files()][0]?.blob).toBeUndefined();
  });
});

describe('named paths', () => {
  it('takes them literally, relative to the working directory', () => {
    repository = createRepository();
    repository.write('app/[id]/(auth)/page.tsx', 'page\n');
    repository.write('app/i/(auth)/page.tsx', 'other\n');
    repository.write('app/*.ts', 'star\n');
    repository.write('app/x.ts', 'x\n');
    expect(contents(named('app/[id]/(auth)/page.tsx'))).toEqual({ 'app/[id]/(auth)/page.tsx': 'page\n' });
    repository.write('app/?/y.ts', 'y\n');
    repository.write('app/*/z.ts', 'z\n');
    expect(contents(named('app/?'))).toEqual({ 'app/?/y.ts': 'y\n' });
    expect(contents(named('app/*'))).toEqual({ 'app/*/z.ts': 'z\n' });
    repository.write('.gitignore', ':(top)x/\n');
    repository.write(':(top)x/a.ts', 'a\n');
    expect(contents(named(':(top)x'))).toEqual({ ':(top)x/a.ts': 'a\n' });
    expect(contents(named('app/[id]'))).toEqual({ 'app/[id]/(auth)/page.tsx': 'page\n' });
    expect(contents(open({ cwd: repository.path('app'), paths: ['*.ts', './x.ts', '../app/x.ts'] }))).toEqual({ 'app/*.ts': 'star\n', 'app/x.ts': 'x\n' });
    expect(contents(named(repository.path('app/x.ts')))).toEqual({ 'app/x.ts': 'x\n' });
  });

  it('takes a folder as git sees it, and "." for the working directory', () => {
    repository = createRepository();
    repository.write('.gitignore', '*.log\n');
    repository.write('sub/a.ts', 'a\n');
    repository.write('sub/debug.log', 'ignored\n');
    repository.write('b.ts', 'b\n');
    expect(paths(named('sub'))).toEqual(['sub/a.ts']);
    expect(paths(named('sub/', 'b.ts', 'sub/a.ts'))).toEqual(['b.ts', 'sub/a.ts']);
    expect(paths(open({ cwd: repository.path('sub'), paths: ['.'] }))).toEqual(['sub/a.ts']);
    expect(paths(named('.'))).toEqual(['.gitignore', 'b.ts', 'sub/a.ts']);
  });

  it('takes what git ignores when it is named', () => {
    repository = createRepository();
    repository.write('.gitignore', '.env\ndist/\nnode_modules/\n');
    repository.write('.env', 'A=1\n');
    repository.write('dist/main.js', 'main\n');
    repository.write('dist/node_modules/lib/index.js', 'lib\n');
    repository.write('dist/.git/config', 'not ours\n');
    repository.write('node_modules/@hiltpay/sdk/index.js', 'sdk\n');
    expect(contents(named('.env'))).toEqual({ '.env': 'A=1\n' });
    expect(paths(named('dist'))).toEqual(['dist/main.js', 'dist/node_modules/lib/index.js']);
    expect(paths(named('node_modules/@hiltpay'))).toEqual(['node_modules/@hiltpay/sdk/index.js']);
    expect(paths(named('.git/HEAD'))).toEqual(['.git/HEAD']);
    expect(paths(named('.git'))).toContain('.git/HEAD');
  });

  it('takes what is outside the repository, shown relative to the root', () => {
    repository = createRepository();
    writeFileSync(join(repository.root, '../beside.ts'), 'beside\n');
    mkdirSync(join(repository.root, '../folder/node_modules/x'), { recursive: true });
    writeFileSync(join(repository.root, '../folder/a.ts'), 'a\n');
    writeFileSync(join(repository.root, '../folder/node_modules/x/index.js'), 'x\n');
    expect(contents(named('../beside.ts', '../folder'))).toEqual({ '../beside.ts': 'beside\n', '../folder/a.ts': 'a\n' });
  });

  it('takes a submodule or another repository as its own git sees it', () => {
    repository = createRepository();
    repository.write('inner/.gitignore', 'secret.ts\n');
    repository.write('inner/a.ts', 'a\n');
    repository.write('inner/sub/b.ts', 'b\n');
    repository.write('inner/secret.ts', 'ignored\n');
    repository.run(['init', '--quiet'], { cwd: repository.path('inner') });
    expect(paths(named('inner'))).toEqual(['inner/.gitignore', 'inner/a.ts', 'inner/sub/b.ts']);
    expect(paths(named('inner/sub'))).toEqual(['inner/sub/b.ts']);
    expect(paths(open({ paths: ['inner'], env: { ...repository.env, GIT_DIR: repository.path('.git'), GIT_INDEX_FILE: repository.path('.git/index') } }))).toEqual([
      'inner/.gitignore', 'inner/a.ts', 'inner/sub/b.ts',
    ]);
  });

  it('refuses a path that does not exist', () => {
    repository = createRepository();
    repository.write('a.ts', 'a\n');
    for (const path of ['no-such.ts', 'src/*.ts', 'a.ts/b.ts', '']) {
      expect(() => named('a.ts', path)).toThrow(SourceError);
    }
    expect(() => named('no-such.ts')).toThrow(`There is no file or folder "no-such.ts" in "${repository.root}"`);
    expect(() => open({ cwd: repository.path('no-such-folder') })).toThrow(SourceError);
    expect(() => named(makeKey('live', 'path'))).toThrow('There is no file or folder "hk_live_…"');
  });

  it('finds them from a working directory that is reached through a link', () => {
    repository = createRepository();
    repository.write('sub/a.ts', 'a\n');
    const link = join(repository.root, '../link');
    symlinkSync(repository.root, link);
    expect(paths(open({ cwd: join(link, 'sub'), paths: ['a.ts', join(link, 'sub/a.ts')] }))).toEqual(['sub/a.ts']);
  });
});

describe('links', () => {
  it('reads the path in a link, as git stores it, and tells where one leads nowhere or outside', () => {
    repository = createRepository();
    writeFileSync(join(repository.root, '../outside.ts'), 'outside\n');
    repository.write('lib/a.ts', 'a\n');
    repository.link('inside.ts', 'lib/a.ts');
    repository.link('folder', 'lib');
    repository.link('broken.ts', 'no-such.ts');
    repository.link('loop.ts', 'loop.ts');
    repository.link('out.ts', '../outside.ts');
    repository.link('out-folder', '/usr');
    const source = open();
    expect(contents(source)).toEqual({
      'broken.ts': 'no-such.ts',
      folder: 'lib',
      'inside.ts': 'lib/a.ts',
      'lib/a.ts': 'a\n',
      'loop.ts': 'loop.ts',
      'out-folder': '/usr',
      'out.ts': '../outside.ts',
    });
    expect(source.notices.map(({ code, level, file }) => [file, code, level])).toEqual([
      ['broken.ts', 'broken-link', 'info'],
      ['loop.ts', 'broken-link', 'info'],
      ['out-folder', 'link-outside', 'info'],
      ['out.ts', 'link-outside', 'info'],
    ]);
  });

  it('tells that a named link to a file was not followed, and follows one to a folder', () => {
    repository = createRepository();
    repository.write('.gitignore', '.env\n');
    repository.write('.env', 'A=1\n');
    repository.link('link.env', '.env');
    repository.write('releases/42/a.ts', 'a\n');
    repository.link('current', 'releases/42');
    const source = named('link.env', 'current');
    expect(contents(source)).toEqual({ 'link.env': '.env', 'releases/42/a.ts': 'a\n' });
    expect(source.notices).toMatchObject([{ code: 'link-not-followed', level: 'info', file: 'link.env' }]);
  });

  it('takes files behind a folder that has become a link for deleted, as git does', () => {
    repository = createRepository();
    repository.write('lib/deep/a.ts', 'tracked\n');
    repository.commit();
    mkdirSync(join(repository.root, '../elsewhere/deep'), { recursive: true });
    writeFileSync(join(repository.root, '../elsewhere/deep/a.ts'), 'not of this repository\n');
    repository.remove('lib');
    repository.link('lib', '../elsewhere');
    const source = open();
    expect(contents(source)).toEqual({ lib: '../elsewhere' });
    expect(source.notices).toMatchObject([{ code: 'link-outside', file: 'lib' }]);
  });

  it('does not walk in circles', () => {
    repository = createRepository({ git: false });
    repository.write('a/b/c.ts', 'c\n');
    repository.link('a/b/up', '../..');
    expect(contents(open())).toEqual({ 'a/b/c.ts': 'c\n', 'a/b/up': '../..' });
  });
});

describe('bad input', () => {
  it('is silent on a tracked file that is deleted, and tells of another that vanishes', () => {
    repository = createRepository();
    repository.write('deleted.ts', 'd\n');
    repository.commit();
    repository.write('untracked.ts', 'u\n');
    repository.remove('deleted.ts');
    const source = open();
    const files = [...source.files()];
    repository.remove('untracked.ts');
    expect(files.map((file) => [file.path, file.read()])).toEqual([['deleted.ts', undefined], ['untracked.ts', undefined]]);
    expect(source.notices).toMatchObject([{ code: 'vanished', level: 'info', file: 'untracked.ts' }]);
  });

  it('tells once of a file that cannot be read, and of a folder', () => {
    repository = createRepository();
    repository.write('a.ts', 'a\n');
    repository.write('locked.ts', 'secret\n');
    repository.write('closed/b.ts', 'b\n');
    chmodSync(repository.path('locked.ts'), 0);
    chmodSync(repository.path('closed'), 0);
    const source = asOrdinaryUser(() => {
      const opened = open();
      expect(contents(opened)).toEqual({ 'a.ts': 'a\n', 'locked.ts': undefined });
      for (const file of opened.files()) file.contains?.(() => false, 8);
      return opened;
    });
    expect(source.notices.map(({ code, level, file }) => [file, code, level])).toEqual([
      ['closed', 'unreadable', 'incomplete'],
      ['locked.ts', 'unreadable', 'incomplete'],
    ]);
    chmodSync(repository.path('closed'), 0o755);
  });

  it('tells of an unreadable folder outside a repository too', () => {
    repository = createRepository({ git: false });
    repository.write('closed/b.ts', 'b\n');
    chmodSync(repository.path('closed'), 0);
    const source = asOrdinaryUser(() => open());
    expect(source.notices.filter((notice) => notice.level === 'incomplete')).toMatchObject([{ code: 'unreadable', file: 'closed' }]);
    chmodSync(repository.path('closed'), 0o755);
  });

  it('does not wait for a pipe or a socket', async () => {
    repository = createRepository();
    repository.write('pipe.ts', 'p\n');
    repository.write('socket.ts', 's\n');
    repository.commit();
    repository.remove('pipe.ts');
    repository.remove('socket.ts');
    spawnSync('mkfifo', [repository.path('pipe.ts')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(repository.path('socket.ts'), resolve));
    try {
      const source = open();
      expect(contents(source)).toEqual({ 'pipe.ts': undefined, 'socket.ts': undefined });
      expect(source.notices.map(({ code, level, file }) => [file, code, level])).toEqual([
        ['pipe.ts', 'special-file', 'info'],
        ['socket.ts', 'special-file', 'info'],
      ]);
      const asked = named('pipe.ts', '/dev/null');
      contents(asked);
      expect(asked.notices.map(({ code, level }) => [code, level])).toEqual([['special-file', 'incomplete'], ['special-file', 'incomplete']]);
    } finally {
      server.close();
    }
  });

  it('takes nothing from a pipe', () => {
    repository = createRepository();
    repository.write('pipe.ts', 'p\n');
    repository.commit();
    repository.remove('pipe.ts');
    spawnSync('mkfifo', [repository.path('pipe.ts')]);
    const pipe = openSync(repository.path('pipe.ts'), constants.O_RDWR | constants.O_NONBLOCK);
    try {
      writeSync(pipe, 'for somebody else');
      expect(contents(open())).toEqual({ 'pipe.ts': undefined });
      expect(readSync(pipe, Buffer.alloc(100))).toBe('for somebody else'.length);
    } finally {
      closeSync(pipe);
    }
  });

  it('is not confused by a folder named like a file, or a folder in the place of a tracked file', () => {
    repository = createRepository();
    repository.write('was-a-file.ts', 'w\n');
    repository.commit();
    repository.remove('was-a-file.ts');
    repository.write('was-a-file.ts/inside.ts', 'inside\n');
    repository.write('page.tsx/index.js', 'index\n');
    const source = open();
    expect(contents(source)).toEqual({ 'page.tsx/index.js': 'index\n', 'was-a-file.ts': undefined, 'was-a-file.ts/inside.ts': 'inside\n' });
    expect(source.notices).toEqual([]);
  });

  it('tells of submodules and of repositories inside', () => {
    repository = createRepository();
    repository.write('lib/a.ts', 'a\n');
    repository.run(['init', '--quiet'], { cwd: repository.path('lib') });
    repository.run(['add', '-A'], { cwd: repository.path('lib') });
    repository.run(['commit', '--quiet', '-m', 'Inner'], { cwd: repository.path('lib') });
    const commit = repository.run(['rev-parse', 'HEAD'], { cwd: repository.path('lib') }).toString().trim();
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},lib`);
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},not-cloned`);
    repository.write('stray/b.ts', 'b\n');
    repository.run(['init', '--quiet'], { cwd: repository.path('stray') });
    const source = open();
    expect(contents(source)).toEqual({});
    expect(source.notices.map(({ code, level, file }) => [file, code, level])).toEqual([
      ['stray', 'submodule', 'info'],
      ['lib', 'submodule', 'info'],
      ['not-cloned', 'submodule', 'info'],
    ]);
  });

  it('tells of a Git LFS pointer', () => {
    repository = createRepository();
    repository.write('model.bin', `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`);
    repository.write('about-lfs.md', 'The version https://git-lfs.github.com/spec/v1 line comes first.\n');
    const source = open();
    for (const file of source.files()) file.contains?.(() => false, 8);
    expect(source.notices).toMatchObject([{ code: 'lfs-pointer', level: 'info', file: 'model.bin', message: expect.stringMatching(/To scan it: git lfs pull$/) as string }]);
  });

  it('reads a file that is shorter than a pointer and begins with the same letter', () => {
    repository = createRepository();
    repository.write('a.js', 'var a = 1;\n');
    const source = open();
    expect([...source.files()].map((file) => file.contains?.((bytes) => bytes.length === 11, 8))).toEqual([true]);
    expect(source.notices).toEqual([]);
  });

  it('does not read a file over the limit, and says so', () => {
    repository = createRepository();
    repository.write('huge.bin', '');
    truncateSync(repository.path('huge.bin'), 1 << 30);
    repository.write('limit.txt', 'x'.repeat(1000));
    repository.write('over.txt', 'x'.repeat(1001));
    const standard = open();
    expect(contents(standard)['huge.bin']).toBeUndefined();
    expect(standard.notices).toMatchObject([{ code: 'too-large', level: 'incomplete', file: 'huge.bin' }]);
    expect(standard.notices[0]?.message).toContain('100 MiB');

    const source = open({ maxFileSize: 1000 });
    expect(Object.entries(contents(source)).filter(([, text]) => text === undefined).map(([path]) => path)).toEqual(['huge.bin', 'over.txt']);
    expect([...source.files()].map((file) => file.contains?.(() => true, 1))).toEqual([false, true, false]);
  });

  it('takes the scan of a named file for complete where another that it leads to cannot be read', () => {
    repository = createRepository();
    repository.write('a.ts', 'named');
    repository.write('b.ts', 'x'.repeat(101));
    const source = open({ paths: ['a.ts'], maxFileSize: 100 });
    expect(Object.keys(contents(source))).toEqual(['a.ts']);
    expect(source.open('b.ts')?.read()).toBeUndefined();
    expect(source.notices).toMatchObject([{ code: 'too-large', level: 'info', file: 'b.ts' }]);
  });

  it('fails on a corrupt index and on a repository of another owner', () => {
    repository = createRepository();
    repository.write('a.ts', 'a\n');
    repository.commit();
    expect(() => open({ env: { ...repository.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } })).toThrow(/safe\.directory/);
    repository.write('.git/index', 'not an index');
    expect(() => open()).toThrow(GitError);
    expect(() => open()).toThrow(/index cannot be read/);
  });

  it('fails on an index that was cut off, which git reads without a word', () => {
    repository = createRepository();
    for (const file of ['a', 'b', 'c']) repository.write(`${file}.ts`, 'a\n');
    repository.commit();
    repository.write('.git/index', readFileSync(repository.path('.git/index')).subarray(0, 100));
    expect(() => open()).toThrow(/index cannot be read/);
  });

  it('tells of a sparse checkout where that leaves files out, and only there', () => {
    repository = createRepository();
    repository.write('kept/a.ts', 'a\n');
    repository.write('left/b.ts', 'b\n');
    repository.commit();
    repository.git('sparse-checkout', 'set', 'kept');
    const source = open();
    expect(contents(source)).toEqual({ 'kept/a.ts': 'a\n', 'left/b.ts': undefined });
    expect(source.notices).toMatchObject([{ code: 'sparse-checkout', level: 'info', message: expect.stringMatching(/To scan them too: git sparse-checkout disable$/) as string }]);
    repository.git('sparse-checkout', 'disable');
    repository.remove('kept/a.ts');
    const whole = open();
    expect(contents(whole)).toEqual({ 'kept/a.ts': undefined, 'left/b.ts': 'b\n' });
    expect(whole.notices).toEqual([]);
  });
});

/** Runs as `nobody` where the tests run as root, whom no permission stops. */
function asOrdinaryUser<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act();
  chmodSync(join(repository.root, '..'), 0o755);
  spawnSync('chown', ['-R', '65534', repository.root]);
  process.seteuid?.(65534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

describe('without a repository', () => {
  it('scans every file of the folder but node_modules, and says so', () => {
    repository = createRepository({ git: false });
    repository.write('.gitignore', '.env\n');
    repository.write('.env', 'A=1\n');
    repository.write('src/b.ts', 'b\n');
    repository.write('node_modules/x/index.js', 'x\n');
    repository.write('src/node_modules/y/index.js', 'y\n');
    const source = open();
    expect(source.root).toBe(repository.root);
    expect(contents(source)).toEqual({ '.env': 'A=1\n', '.gitignore': '.env\n', 'src/b.ts': 'b\n' });
    expect(source.notices).toMatchObject([{ code: 'not-a-repository', level: 'info' }]);
  });

  it('takes named files without a word', () => {
    repository = createRepository({ git: false });
    repository.write('a.ts', 'a\n');
    const source = named('a.ts');
    expect(contents(source)).toEqual({ 'a.ts': 'a\n' });
    expect(source.notices).toEqual([]);
  });

  it('does the same where `.git` is no repository, and without git', () => {
    repository = createRepository({ git: false });
    repository.write('a.ts', 'a\n');
    repository.write('.git/HEAD', 'garbage\n');
    const fake = open();
    expect(contents(fake)).toEqual({ 'a.ts': 'a\n' });
    expect(fake.notices).toMatchObject([{ code: 'not-a-repository' }]);

    repository.remove('.git');
    repository.git('init', '--quiet');
    const gitless = open({ env: { ...repository.env, PATH: '/no-such-folder' } });
    expect(contents(gitless)).toEqual({ 'a.ts': 'a\n' });
    expect(gitless.notices).toMatchObject([{ code: 'git-unavailable', level: 'info' }]);
    expect(paths(open({ env: { ...repository.env, PATH: '/no-such-folder' }, paths: ['.'] }))).toEqual(['a.ts']);
  });

  it('searches a bare one and the inside of `.git`, and says that this is no all-clear', () => {
    repository = createRepository();
    repository.git('init', '--quiet', '--bare', 'bare.git');
    for (const cwd of [repository.path('bare.git'), repository.path('.git')]) {
      const bare = open({ cwd });
      expect(paths(bare)).toContain('HEAD');
      expect(bare.notices).toMatchObject([{ code: 'no-work-tree', level: 'incomplete' }]);
    }
    expect(named('bare.git/HEAD').notices).toEqual([]);
  });
});

describe('settings of the repository', () => {
  it('run nothing and change nothing', () => {
    repository = createRepository();
    const marker = join(repository.root, '../it-ran');
    const script = join(repository.root, '../evil');
    writeFileSync(script, `#!/bin/sh\necho ran >> '${marker}'\ncat\n`);
    chmodSync(script, 0o755);
    repository.write('.gitattributes', '* filter=mark\n');
    repository.write('a.ts', 'a\n');
    repository.commit();
    repository.write('a.ts', 'b\n');
    for (const name of ['core.fsmonitor', 'filter.mark.clean', 'filter.mark.smudge', 'filter.mark.process', 'core.pager', 'diff.external']) repository.git('config', name, script);
    repository.git('config', 'core.untrackedCache', 'true');
    for (const hook of ['post-index-change', 'fsmonitor-watchman']) chmodSync(repository.write(`.git/hooks/${hook}`, `#!/bin/sh\necho ran >> '${marker}'\n`), 0o755);
    rmSync(marker, { force: true });
    const before = snapshot();
    expect(contents(open())).toMatchObject({ 'a.ts': 'b\n' });
    expect(contents(named('.gitattributes', '.'))).toMatchObject({ 'a.ts': 'b\n' });
    expect(existsSync(marker)).toBe(false);
    expect(snapshot()).toEqual(before);
  });
});

function snapshot(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(repository.root, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) files[join(entry.parentPath, entry.name)] = readFileSync(join(entry.parentPath, entry.name), 'latin1');
  }
  return files;
}

describe('open', () => {
  it('opens any file below the root, ignored ones too, and links that stay inside', () => {
    repository = createRepository();
    repository.write('.gitignore', 'generated.ts\nnode_modules\n');
    repository.write('generated.ts', 'generated\n');
    repository.write('packages/lib/index.ts', 'lib\n');
    repository.link('node_modules/@shop/lib', '../../packages/lib');
    repository.link('passwd', '/etc/passwd');
    const source = open();
    const text = (path: string): string | undefined => {
      const bytes = source.open(path)?.read();
      return bytes && Buffer.from(bytes).toString();
    };
    expect(text('generated.ts')).toBe('generated\n');
    expect(text('node_modules/@shop/lib/index.ts')).toBe('lib\n');
    expect(text('packages')).toBeUndefined();
    expect(text('no-such.ts')).toBeUndefined();
    expect(text('passwd')).toBeUndefined();
    expect(text('../outside.ts')).toBeUndefined();
    expect(text('generated.ts/x')).toBeUndefined();
  });

  it('knows every path of the snapshot, also when a few are named', () => {
    repository = createRepository();
    repository.write('a.ts', 'a\n');
    repository.write('b.ts', 'b\n');
    const source = named('a.ts');
    expect(paths(source)).toEqual(['a.ts']);
    expect([...source.paths()]).toEqual(['a.ts', 'b.ts']);
  });
});

describe('reading', () => {
  it('reads files of every size whole', () => {
    repository = createRepository();
    for (const size of [0, 1, 65_535, 65_536, 65_537, 3_000_000]) repository.write(`${size}.txt`, Buffer.alloc(size, 'abcdefg'));
    for (const file of open().files()) {
      const size = Number(file.path.replace('.txt', ''));
      expect(Buffer.from(file.read() ?? [1]).equals(Buffer.alloc(size, 'abcdefg'))).toBe(true);
    }
  });

  it('finds what lies across two parts of a large file', () => {
    repository = createRepository();
    const part = 1 << 20;
    const needle = 'needle-in-the-middle';
    for (const shift of [-19, -10, -1, 0, 1]) {
      repository.write('big.txt', 'x'.repeat(part + shift) + needle + 'y'.repeat(part));
      const [file] = open().files();
      let calls = 0;
      const found = file?.contains?.((bytes) => {
        calls += 1;
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(needle);
      }, needle.length - 1);
      expect([shift, found, calls <= 2]).toEqual([shift, true, true]);
      expect(file?.contains?.((bytes) => Buffer.from(bytes).includes('absent'), 16)).toBe(false);
    }
  });

  it('hands every byte to the search, also with an overlap larger than the part', () => {
    repository = createRepository();
    repository.write('big.txt', Buffer.alloc(3_000_000, 'abc'));
    const [file] = open().files();
    for (const overlap of [0, 1, 1 << 20]) {
      let sum = 0;
      let first = true;
      file?.contains?.((bytes) => {
        sum += bytes.length - (first ? 0 : overlap);
        first = false;
        return false;
      }, overlap);
      expect(sum).toBe(3_000_000);
    }
  });
});
