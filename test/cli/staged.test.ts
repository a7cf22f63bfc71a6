import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKey } from '../support/keys.ts';
import { createRepository } from '../support/repository.ts';
import type { Repository } from '../support/repository.ts';
import { bin, runCli } from '../support/run-cli.ts';
import type { CliResult } from '../support/run-cli.ts';

const key = makeKey('live', 'staged');
const other = makeKey('live', 'another');

let repository: Repository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

function run(args: string[] = ['--staged'], cwd = repository.root, env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  return runCli(args, { cwd, env: { ...repository.env, ...env } });
}

/** `file:line` of each finding of a staged scan. */
async function staged(cwd = repository.root, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const { stdout } = await run(['--staged', '--format', 'json'], cwd, env);
  const { findings } = JSON.parse(stdout) as { findings: { file: string; range: { start: { line: number } } }[] };
  return findings.map(({ file, range }) => `${file}:${range.start.line}`);
}

describe('the index is what counts', () => {
  it('a key that is staged and no longer in the working tree', async () => {
    repository.write('a.ts', `const k = "${key}";\n`);
    repository.git('add', '-A');
    repository.write('a.ts', 'const k = 1;\n');
    expect(await staged()).toEqual(['a.ts:1']);
  });
  it('a key that is in the working tree only is silent', async () => {
    repository.write('a.ts', 'const k = 1;\n');
    repository.git('add', '-A');
    repository.write('a.ts', `const k = "${key}";\n`);
    expect(await run()).toEqual({ code: 0, stdout: '', stderr: '' });
  });
  it('in spite of -diff, text conversion, an external diff, colours and no prefixes', async () => {
    const marker = repository.path('ran');
    repository.write('.gitattributes', '*.min.js -diff\n*.txt diff=hide\n');
    repository.write('a.min.js', `const k = "${key}";\n`);
    repository.write('b.txt', `${key}\n`);
    for (const [name, value] of [['diff.hide.textconv', `touch ${marker}; true`], ['diff.external', `touch ${marker}; true`], ['core.fsmonitor', `touch ${marker}; true`], ['color.ui', 'always'], ['diff.noprefix', 'true']] as const) {
      repository.git('config', name, value);
    }
    repository.run(['-c', 'core.fsmonitor=false', 'add', '-A']);
    expect(await staged()).toEqual(['a.min.js:1', 'b.txt:1']);
    expect(existsSync(marker)).toBe(false);
  });
  it('UTF-16 with and without a byte order mark, and a NUL byte', async () => {
    repository.write('bom.env', Buffer.from(`\uFEFFHILT_API_KEY=${key}\r\n`, 'utf16le'));
    repository.write('bare.env', Buffer.from(`HILT_API_KEY=${key}\r\n`, 'utf16le'));
    repository.write('nul.txt', `a\0b\n${key}\n`);
    repository.git('add', '-A');
    expect(await staged()).toEqual(['bare.env:1', 'bom.env:1', 'nul.txt:2']);
  });
  it('from a sub-directory', async () => {
    repository.write('a.ts', `const k = "${key}";\n`);
    repository.write('sub/b.ts', '1\n');
    repository.git('add', '-A');
    expect(await staged(repository.path('sub'))).toEqual(['a.ts:1']);
  });
  it('names with blanks, line breaks, brackets and quotes', async () => {
    for (const name of ['a b.ts', 'a\nb.ts', '[id].ts', '"q".ts']) repository.write(name, `const k = "${key}";\n`);
    repository.git('add', '-A');
    expect(await staged()).toEqual(['"q".ts:1', '[id].ts:1', 'a\nb.ts:1', 'a b.ts:1'].sort());
    expect((await run()).stdout).toContain('  a\\nb.ts:1:11  error  ');
  });
  it('the index that GIT_INDEX_FILE names', async () => {
    repository.write('a.ts', `const k = "${key}";\n`);
    repository.run(['add', '-A'], { env: { GIT_INDEX_FILE: '.git/other-index' } });
    expect(await staged()).toEqual([]);
    expect(await staged(repository.root, { GIT_INDEX_FILE: '.git/other-index' })).toEqual(['a.ts:1']);
  });
  it('a deletion, a submodule, git add -N and an empty index are clean', async () => {
    repository.write('a.ts', `const k = "${key}";\n`);
    repository.commit();
    expect(await run()).toEqual({ code: 0, stdout: '', stderr: '' });
    repository.git('rm', '-q', 'a.ts');
    repository.write('new.ts', `const k = "${key}";\n`);
    repository.git('add', '-N', 'new.ts');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},vendor`);
    const result = await run();
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(result.stderr).toMatch(/^note: vendor: /);
  });
  it('only the named paths, as lint-staged names them', async () => {
    repository.write('a.ts', `const k = "${key}";\n`);
    repository.write('b.ts', `const k = "${other}";\n`);
    repository.git('add', '-A');
    const { stdout, code } = await run(['--staged', repository.path('b.ts')]);
    expect(code).toBe(1);
    expect(stdout).toContain('b.ts:1:11');
    expect(stdout).not.toContain('a.ts');
    expect((await run(['--staged', 'missing.ts'])).code).toBe(2);
  });
  it('a named path that only the index has', async () => {
    repository.write('src/a.ts', `const k = "${key}";\n`);
    repository.git('add', '-A');
    repository.remove('src');
    expect((await run(['--staged', 'src/a.ts'])).code).toBe(1);
    expect((await run(['--staged', 'src'])).code).toBe(1);
  });
  it('in a partial clone, where nothing is fetched and what a commit leaves as it is may be missing', async () => {
    for (let i = 0; i < 300; i++) repository.write(`bot/${i}.ts`, `import { key } from '../lib/key'; // Hilt ${i}\n`);
    repository.write('lib/key.ts', 'export const key = process.env.HILT_API_KEY;\n');
    repository.write('shop/a.ts', "import { key } from '../lib/key';\n");
    repository.commit();
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = repository.path('../clone');
    repository.run(['clone', '--quiet', '--filter=blob:none', '--sparse', `file://${repository.root}`, clone]);
    const git = (...args: string[]): unknown => repository.run(args, { cwd: clone });
    git('sparse-checkout', 'set', 'shop');
    writeFileSync(`${clone}/shop/a.ts`, "import { key } from '../lib/key'; // Hilt\n");
    git('add', 'shop/a.ts');
    const clean = await run(['--staged'], clone);
    expect(clean).toEqual({ code: 0, stdout: '', stderr: 'note: This is a partial clone, and not all that the staged files import is in it: values from there were not followed.\n' });

    git('update-index', '--add', '--cacheinfo', `100644,${repository.git('rev-parse', 'HEAD:bot/7.ts')},shop/b.ts`);
    const missing = await run(['--staged'], clone);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('not scanned: shop/b.ts: The staged content could not be read, so it was not scanned. This is a partial clone, and a scan fetches nothing: get the object with `git cat-file -e ');
  });
});

describe('what a commit adds', () => {
  const old = `const k = "${key}";\n`;
  beforeEach(() => {
    repository.write('a.ts', old);
    repository.commit();
  });
  it('is not what stood there before, wherever it moved', async () => {
    repository.write('a.ts', `// moved\n\n  ${old}export {};\n`);
    repository.git('add', '-A');
    expect(await run()).toEqual({ code: 0, stdout: '', stderr: '' });
  });
  it('is a second copy of an old line', async () => {
    repository.write('a.ts', `${old}const x = 1;\n${old}`);
    repository.git('add', '-A');
    expect(await staged()).toEqual(['a.ts:3']);
  });
  it('is a new key beside an old one', async () => {
    repository.write('a.ts', `${old}const n = "${other}";\n`);
    repository.git('add', '-A');
    expect(await staged()).toEqual(['a.ts:2']);
  });
  it('is the old key in another file, also after a rename', async () => {
    repository.git('mv', 'a.ts', 'b.ts');
    expect(await staged()).toEqual(['b.ts:1']);
  });
  it('is a finding whose suppression goes away', async () => {
    repository.write('c.ts', `// hilt-guard-ignore-next-line no-hardcoded-key -- x\n${old}`);
    repository.commit();
    repository.write('c.ts', old);
    repository.git('add', '-A');
    expect(await staged()).toEqual(['c.ts:1']);
  });
});

describe('hook pre-commit', () => {
  it('says why it blocks', async () => {
    repository.write('a.ts', `const k = "${key}";\n`);
    repository.git('add', '-A');
    const { code, stderr } = await run(['hook', 'pre-commit']);
    expect(code).toBe(1);
    expect(stderr).toBe('The commit is blocked: take the keys out, stage the change (git add) and commit again.\n');
  });
  it('blocks when it cannot work', async () => {
    repository.write('hilt-guard.config.json', '{');
    const { code, stderr } = await run(['hook', 'pre-commit']);
    expect(code).toBe(2);
    expect(stderr).toContain('The commit is blocked: the guard could not do its work (see above).\n');
  });
  it('stops a real commit, and lets a clean one pass', () => {
    repository.write('.git/hooks/pre-commit', `#!/bin/sh\nexec "${process.execPath}" "${bin}" hook pre-commit\n`);
    chmodSync(repository.path('.git/hooks/pre-commit'), 0o755);
    repository.write('a.ts', `const k = "${key}";\n`);
    repository.git('add', '-A');
    expect(() => repository.git('commit', '-qm', 'bad')).toThrow(/The commit is blocked/);
    repository.write('a.ts', 'const k = process.env.HILT_API_KEY;\n');
    repository.git('add', '-A');
    repository.git('commit', '-qm', 'good');
    expect(repository.git('log', '--format=%s')).toBe('good');
    repository.write('a.ts', `const k = "${key}";\n`);
    expect(() => repository.git('commit', '-qam', 'bad')).toThrow(/The commit is blocked/);
    expect(() => repository.git('commit', '-qm', 'bad', '--', 'a.ts')).toThrow(/The commit is blocked/);
  });
});

it('asks git once where no staged file concerns Hilt', async () => {
  repository.write('src/a.ts', "import { b } from './b';\nexport const a = `${b}`;\n");
  repository.write('src/b.ts', 'export const b = 1;\n');
  repository.write('index.html', '<p>Shop</p>\n');
  repository.write('package.json', '{ "name": "shop", "version": "1.0.0" }\n');
  repository.commit();
  repository.write('src/a.ts', "import { b } from './b';\nexport const a = `${b}!`;\n");
  repository.write('src/c.tsx', "'use client';\nexport const C = () => <p />;\n");
  repository.write('index.html', '<p>Our shop</p>\n');
  repository.write('package.json', '{ "name": "shop", "version": "1.0.1" }\n');
  repository.git('add', '-A');
  const log = join(repository.root, '../git.log');
  expect(await run(['--staged'], repository.root, { GIT_TRACE: log })).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(Array.from(readFileSync(log, 'utf8').matchAll(/built-in: git (\S+)/g), ([, command]) => command)).toEqual(['diff-index']);
});

describe('where the index cannot be read', () => {
  it('outside of a repository', async () => {
    const folder = createRepository({ git: false });
    const result = await runCli(['--staged'], { cwd: folder.root, env: { ...folder.env, GIT_CEILING_DIRECTORIES: folder.root } });
    folder.cleanup();
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/^hilt-guard: .*repository/);
  });
  it('with a damaged index', async () => {
    repository.write('.git/index', 'garbage');
    expect(await run()).toMatchObject({ code: 2, stdout: '' });
  });
  it('without git', async () => {
    expect(await run(['--staged'], repository.root, { PATH: '/nonexistent' })).toMatchObject({ code: 2, stdout: '' });
  });
});
