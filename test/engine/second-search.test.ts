import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SharedFiles } from '../../src/sources/two-threads.ts';
import { makeKey } from '../support/keys.ts';
import { createRepository, type Repository } from '../support/repository.ts';
import { bin } from '../support/run-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const count = 4_000;
const isRoot = process.getuid?.() === 0;

let repository: Repository;
let installed: string;

beforeAll(() => {
  repository = createRepository();
  for (let i = 0; i < count; i++) repository.write(`d${Math.floor(i / 100)}/${String(i).padStart(4, '0')}.txt`, `Line ${i} of an ordinary text.\n`);
  for (const i of [3, 1_200, 3_990]) repository.write(`d${Math.floor(i / 100)}/${i}.js`, `const key = '${makeKey('live', String(i))}';\n`);
  repository.write('d9/own.txt', 'PAYMENTS_TOKEN is read here.\n');
  repository.write('d9/pointer.bin', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n');
  repository.write('d9/utf16.txt', Buffer.from(`key: ${makeKey('live', 'wide')}`, 'utf16le'));
  repository.write('d9/large.log', 'A line of a log.\n'.repeat(10_000) + makeKey('live', 'large'));
  repository.commit();
  repository.remove('d8/0899.txt');
  if (!isRoot) chmodSync(repository.write('d9/secret.txt', 'x'), 0);

  installed = realpathSync(mkdtempSync(join(tmpdir(), 'hilt-guard-installed-')));
  cpSync(dirname(bin), join(installed, 'dist/src/cli'), { recursive: true, filter: (path) => !path.includes('.bin') });
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
});
afterAll(() => {
  rmSync(installed, { recursive: true, force: true });
  repository.cleanup();
});

const expected = {
  status: isRoot ? 1 : 2,
  files: count + 6,
  findings: ['d0/3.js', 'd12/1200.js', 'd39/3990.js', 'd9/large.log', 'd9/utf16.txt'],
  notices: ['lfs-pointer d9/pointer.bin', ...(isRoot ? [] : ['unreadable d9/secret.txt'])],
};

describe('a tree that two threads search', () => {
  it('gives what one gives, in the same order', () => {
    expect(scan()).toEqual(expected);
    expect(scan({ processors: 1 })).toEqual(expected);
  });

  it.each([
    ['throws', "throw new Error('broken');"],
    ['does not compile', 'this is no program'],
    ['ends the process that it thinks it has', 'process.exit(0);'],
    ['takes files and dies', `
      const { workerData } = require('node:worker_threads');
      new Int32Array(workerData.memory, 0, Math.floor(${count} / 32)).fill(2, 20);
      throw new Error('broken');`],
    ['says nothing', ''],
  ])('is searched as a whole where the second thread %s', (_what, code) => {
    writeFileSync(join(installed, 'dist/src/cli/search-thread.js'), code);
    expect(scan()).toEqual(expected);
  });

  it('is searched as a whole where the package lacks the file of the second thread', () => {
    rmSync(join(installed, 'dist/src/cli/search-thread.js'), { force: true });
    expect(scan()).toEqual(expected);
  });

  it('is searched for the names of the configuration too', () => {
    repository.write('hilt-guard.config.json', JSON.stringify({ key: { names: ['PAYMENTS_TOKEN'] }, ignore: ['d12/**'] }));
    const { findings, files } = scan();
    expect(findings).toEqual(['d0/3.js', 'd39/3990.js', 'd9/large.log', 'd9/utf16.txt']);
    expect(files).toBe(expected.files + 1 - 101);
  });
});

describe('files that two threads share', () => {
  it('are marked by the second from the last one on', () => {
    const shared = new SharedFiles(100);
    new SharedFiles(100, shared.memory).finishFromLast((file) => file % 2 === 0);
    expect(Array.from({ length: 100 }, (_, file) => shared.isMarked(file))).toEqual(Array.from({ length: 100 }, (_, file) => file % 2 === 0));
  });

  it('are not marked where the first has taken them', () => {
    const shared = new SharedFiles(100);
    expect(shared.isMarked(0)).toBe(false);
    new SharedFiles(100, shared.memory).finishFromLast(() => true);
    expect([shared.isMarked(31), shared.isMarked(32), shared.isMarked(99)]).toEqual([false, true, true]);
  });

  it('are not marked where the second did not hand them over', () => {
    const shared = new SharedFiles(40);
    const second = new SharedFiles(40, shared.memory);
    expect(() => second.finishFromLast((file) => {
      if (file === 39) throw new Error('broken');
      return true;
    })).toThrow('broken');
    expect([shared.isMarked(0), shared.isMarked(35)]).toEqual([false, false]);
  });
});

function scan({ processors = 2 } = {}) {
  const program = join(installed, 'dist/src/cli/bin.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', machineOf(processors), program, '--no-cache', '--format', 'json'], { cwd: repository.root, env: repository.env, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as { summary: { files: number }; findings: { file: string }[]; notices: { code: string; file?: string }[] };
  return {
    status, files: report.summary.files,
    findings: report.findings.map(({ file }) => file),
    notices: report.notices.map(({ code, file }) => `${code} ${file ?? ''}`),
  };
}

/** A module that makes Node see so many processors, all of them idle. */
function machineOf(processors: number): string {
  const file = join(installed, `machine-${processors}.cjs`);
  writeFileSync(file, `const os = require('node:os');\nos.availableParallelism = () => ${processors};\nos.loadavg = () => [0, 0, 0];\n`);
  return file;
}
