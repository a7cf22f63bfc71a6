import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository, type Repository } from '../support/repository.ts';
import { bin, runCli } from '../support/run-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isKeptBesideTheProgram = Number.parseInt(process.versions.node, 10) < 22;
const disclosed = 'src/log.js:1 no-key-disclosure';

let installed: string;
let repository: Repository;

beforeEach(() => {
  installed = realpathSync(mkdtempSync(join(tmpdir(), 'hilt-guard-installed-')));
  cpSync(dirname(bin), folder(), { recursive: true, filter: (path) => !path.includes('.bin') });
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
  repository = createRepository({ git: false });
  repository.write('src/log.js', 'console.log(process.env.HILT_API_KEY);\n');
});
afterEach(() => {
  chmodSync(folder(), 0o755);
  rmSync(installed, { recursive: true, force: true });
  repository.cleanup();
});

describe.runIf(isKeptBesideTheProgram)('compiled code that Node does not keep itself', () => {
  it('is kept beside each of the three files', async () => {
    expect(await run()).toEqual([disclosed]);
    expect(programsKept()).toEqual(['late.js', 'main.js', 'seldom.js']);
    expect(await run()).toEqual([disclosed]);
  });

  it.each<[damage: string, harm: (bytes: Buffer) => Buffer]>([
    ['emptied', () => Buffer.alloc(0)],
    ['cut to a few bytes', (bytes) => bytes.subarray(0, 10)],
    ['cut in half', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['cut by one byte', (bytes) => bytes.subarray(0, -1)],
    ['made of zeros', (bytes) => Buffer.alloc(bytes.length)],
    ['of another program', () => Buffer.from('no code'.repeat(2))],
    ['without one page of it', (bytes) => Buffer.from(bytes).fill(0, 4096, 8192)],
    // V8 ends the process on these.
    ['changed in its header', (bytes) => changed(bytes, 24)],
    ['changed in its payload', (bytes) => changed(bytes, 1000)],
  ])('is made anew where it was %s', async (_damage, harm) => {
    for (const [name, bytes] of await keptByARun()) writeFileSync(join(folder(), name), harm(bytes));
    expect(await run()).toEqual([disclosed]);
    for (const name of keptFiles()) expect(isWhole(readFileSync(join(folder(), name))), name).toBe(true);
    expect(await run()).toEqual([disclosed]);
  });

  it('takes up what other kinds of run need, each a few times', async () => {
    const version = (): number | null => spawnSync(process.execPath, [join(folder(), 'bin.js'), '--version']).status;
    expect(version()).toBe(0);
    const sizes: number[] = [];
    for (let i = 0; i < 5; i++) {
      expect(await run()).toEqual([disclosed]);
      sizes.push(sizeOf('main.js'));
    }
    expect(sizes[0]).toBeGreaterThan(10_000);
    const settled = keptFiles().map((name) => readFileSync(join(folder(), name)));
    expect(await run()).toEqual([disclosed]);
    expect(keptFiles().map((name) => readFileSync(join(folder(), name)))).toEqual(settled);
  });

  it('may be made by several processes at once', async () => {
    expect(await Promise.all([run(), run(), run(), run()])).toEqual([[disclosed], [disclosed], [disclosed], [disclosed]]);
    expect(programsKept()).toEqual(['late.js', 'main.js', 'seldom.js']);
    expect(await run()).toEqual([disclosed]);
  });

  it('may lack where the folder is read-only', () => {
    chmodSync(installed, 0o755);
    chmodSync(folder(), 0o555);
    // The rights of a folder do not bind root.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const args = [join(folder(), 'bin.js'), '--stdin', '--stdin-filename', 'src/log.js', '--format', 'json'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: installed, env: repository.env, input: 'console.log(process.env.HILT_API_KEY);\n', encoding: 'utf8', ...user });
    expect(places(stdout)).toEqual([disclosed]);
    expect(status).toBe(1);
    expect(keptFiles()).toEqual([]);
  });
});

describe.runIf(isKeptBesideTheProgram)('a commit loads only the files that it needs', () => {
  it.each<[commit: string, content: string, programs: readonly string[]]>([
    ['that does not mention Hilt', "import express from 'express';\nexport const app = express();\n", ['main.js']],
    [
      'of a server that uses Hilt',
      "import express from 'express';\nimport { HiltClient } from '@hiltpay/sdk';\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nconst app = express();\napp.get('/pay/:id', async (request, response) => response.json(await hilt.payments.get(request.params.id)));\n",
      ['late.js', 'main.js'],
    ],
  ])('%s', async (_commit, content, programs) => {
    const staged = createRepository();
    try {
      staged.write('package.json', '{ "name": "shop", "dependencies": { "express": "^5.0.0", "@hiltpay/sdk": "^1.0.0" } }\n');
      staged.git('add', '-A');
      staged.git('commit', '-q', '-m', 'Begin');
      staged.write('src/server.ts', content);
      staged.git('add', '-A');
      const commit = (): Promise<unknown> => runCli(['--staged'], { cwd: staged.root, env: staged.env, program: join(folder(), 'bin.js') });
      // The first run also looks through the rest of the repository.
      expect(await commit()).toMatchObject({ code: 0, stdout: '', stderr: '' });
      for (const name of keptFiles()) rmSync(join(folder(), name));
      expect(await commit()).toMatchObject({ code: 0, stdout: '', stderr: '' });
      expect(programsKept()).toEqual(programs);
    } finally {
      staged.cleanup();
    }
  });
});

describe('the file that every run loads', () => {
  it('has no readers of programs and data in it', () => {
    const modules = [...readFileSync(join(folder(), 'main.js'), 'utf8').matchAll(/^\/\/ (src\/\S+)$/gm)].map(([, module]) => module ?? '');
    expect(modules).toContain('src/engine/scan.ts');
    expect(modules.filter((module) => /^src\/syntax\/\w+\//.test(module))).toEqual([]);
  });
});

describe.runIf(!isKeptBesideTheProgram)('compiled code that Node keeps', () => {
  it('leaves the folder of the program as it is', async () => {
    const before = readdirSync(folder());
    expect(await run()).toEqual([disclosed]);
    expect(readdirSync(folder())).toEqual(before);
  });
});

function folder(): string {
  return join(installed, 'dist/src/cli');
}

const kept = new Map<string, Buffer>();

/** The files that a run leaves behind, by their names; one run is enough for all tests. */
async function keptByARun(): Promise<ReadonlyMap<string, Buffer>> {
  if (kept.size > 0) return kept;
  await run();
  for (const name of keptFiles()) kept.set(name, readFileSync(join(folder(), name)));
  return kept;
}

function programsKept(): string[] {
  return keptFiles().flatMap((name) => name.split('-')[0] ?? []);
}

function keptFiles(): string[] {
  return readdirSync(folder()).filter((name) => name.includes('.bin')).sort();
}

/** A checksum stands before all else. */
function isWhole(bytes: Buffer): boolean {
  return bytes.length > 10_000 && bytes.readUInt32LE(0) === crc32(bytes.subarray(4));
}

function sizeOf(program: string): number {
  return Math.max(...keptFiles().filter((name) => name.startsWith(program)).map((name) => statSync(join(folder(), name)).size));
}

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}

async function run(): Promise<string[]> {
  const { code, stdout, stderr } = await runCli(['--format', 'json'], { cwd: repository.root, env: repository.env, program: join(folder(), 'bin.js') });
  expect(code, stderr).toBe(1);
  return places(stdout);
}

function places(report: string): string[] {
  const { findings } = JSON.parse(report) as { findings: { file: string; rule: string; range: { start: { line: number } } }[] };
  return findings.map(({ file, rule, range }) => `${file}:${range.start.line} ${rule}`);
}
