import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../support/keys.ts';
import { createHost, createTemporaryFolder, nodeBinary, packTarball, type Host, type Run } from './host.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guard = 'node_modules/hilt-guard/dist/src/cli/bin.js';
const eslint = 'node_modules/eslint/bin/eslint.js';
const key = makeKey('live', 'package');
/** The oldest version of each supported line, and the newest of the last. */
const nodeVersions = ['20.19.0', '22.13.0', '24.21.0'];
const slow = 240_000;

const temporary = createTemporaryFolder();
let tarball = '';
let last: Host | undefined;
let nodes: Readonly<Record<string, string>> = {};

beforeAll(() => {
  tarball = packTarball(temporary);
  nodes = Object.fromEntries(nodeVersions.map((version) => [version, nodeBinary(version)]));
}, slow);
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe('the tarball', () => {
  it('is made of a full build', () => {
    expect((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { prepack: string; build: string } }).scripts).toMatchObject({ prepack: 'npm run build', build: 'node scripts/build.mjs' });
  });

  it('satisfies publint', () => {
    const { code, stdout, stderr } = runOwn('publint', 'src/cli.js', [tarball, '--strict']);
    expect(code, stdout + stderr).toBe(0);
  });

  it('has types that resolve', () => {
    const { code, stdout, stderr } = runOwn('@arethetypeswrong/cli', 'dist/index.js', [tarball, '--profile', 'esm-only', '--no-emoji']);
    expect(code, stdout + stderr).toBe(0);
  });

  it('holds no compiled code, which is made where it is installed', () => {
    const { stdout } = spawnSync('tar', ['-tf', tarball], { encoding: 'utf8' });
    const files = stdout.split('\n').filter((file) => file.startsWith('package/dist/src/cli/'));
    expect(files.map((file) => basename(file)).sort()).toEqual(['bin.js', 'late.js', 'licences.txt', 'main.js', 'package.json', 'seldom.js']);
  });
});

describe('installed without ESLint', () => {
  let host: Host;

  beforeAll(() => {
    host = nextHost('alone', []);
    host.write('.env', `HILT_API_KEY=${key}\n`);
  }, slow);

  it('brings no ESLint', () => {
    expect(host.versionOf('eslint')).toBeUndefined();
  });

  it('works without ESLint', () => {
    const { code, stdout } = host.run(guard, ['--format', 'json']);
    expect(places(stdout)).toEqual(['.env:1 no-hardcoded-key']);
    expect(code).toBe(1);
  });

  it('is on the path of npx, and prints its version', () => {
    const { code, stdout } = host.exec('npx', ['--no-install', 'hilt-guard', '--version']);
    expect(stdout.trim()).toContain((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version);
    expect(code).toBe(0);
  });

  it('stops the commit that holds a key, and lets the clean one pass', () => {
    host.write('.git/hooks/pre-commit', '#!/bin/sh\nexec npx --no-install hilt-guard hook pre-commit\n');
    host.exec('chmod', ['+x', '.git/hooks/pre-commit']);

    host.exec('git', ['add', '.env']);
    const stopped = host.exec('git', ['commit', '-m', 'Add the key']);
    expect(stopped.code).not.toBe(0);
    expect(stopped.stdout + stopped.stderr).toContain('no-hardcoded-key');
    expect(stopped.stdout + stopped.stderr).not.toContain(key.slice(12));

    host.exec('git', ['rm', '--cached', '--quiet', '.env']);
    host.exec('git', ['add', 'package.json']);
    const passed = host.exec('git', ['commit', '-m', 'Add the manifest']);
    expect(passed.code, passed.stdout + passed.stderr).toBe(0);
  });

  it('explains a rule from the page in the tarball', () => {
    const { code, stdout } = host.run(guard, ['explain', 'no-hardcoded-key']);
    expect(stdout).toContain('no-hardcoded-key');
    expect(code).toBe(0);
  });

  it('can be used from a program', () => {
    host.write('use.mjs', 'import { scan } from "hilt-guard";\nconst { findings } = await scan({ cwd: process.cwd() });\nconsole.log(findings.length);\n');
    const { code, stdout, stderr } = host.run('use.mjs', []);
    expect(stderr).toBe('');
    expect(Number(stdout)).toBe(1);
    expect(code).toBe(0);
  });
});

describe.each([
  { name: 'no TypeScript', typescript: undefined, packages: ['eslint@10'], parsesTypes: false },
  // typescript-eslint refuses TypeScript 7, so ESLint lints the JavaScript of such a repository.
  { name: 'TypeScript 7.0', typescript: '7.0.2', packages: ['typescript@7.0.2', 'eslint@10'], parsesTypes: false },
  { name: 'TypeScript 6.0', typescript: '6.0.3', packages: ['typescript@6.0.3', 'eslint@10', 'typescript-eslint@8'], parsesTypes: true },
  { name: 'TypeScript 5.9', typescript: '5.9.3', packages: ['typescript@5.9.3', 'eslint@9.15.0', 'typescript-eslint@8'], parsesTypes: true },
])('installed beside $name', ({ name, typescript, packages, parsesTypes }) => {
  let host: Host;

  beforeAll(() => {
    host = nextHost(name, packages);
    host.write('src/shop.ts', `type Key = string;\nexport const apiKey: Key = '${key}';\n`);
    host.write('src/bot.js', `export const apiKey = 'hk_live_' + '${key.slice('hk_live_'.length)}';\n`);
    host.write('src/clean.ts', 'export const apiKey: string | undefined = process.env.HILT_API_KEY;\n');
    host.write('eslint.config.js', parsesTypes ? typedConfig : plainConfig);
  }, slow);

  it('leaves the version of the repository as it is, and brings its own compiler', () => {
    if (typescript !== undefined) expect(host.versionOf('typescript')).toBe(typescript);
    expect(host.versionOf('typescript', 'node_modules/hilt-guard')).toMatch(/^6\.0\./);
  });

  it.each(nodeVersions)('finds the keys from the command line under Node %s', (version) => {
    const { code, stdout, stderr } = host.run(guard, ['--format', 'json'], nodes[version]);
    expect(stderr).toBe('');
    expect(places(stdout)).toEqual(['src/bot.js:1 no-hardcoded-key', 'src/shop.ts:2 no-hardcoded-key']);
    expect(code).toBe(1);
  });

  it.each(nodeVersions.slice(1))('writes nothing into the folder of the package under Node %s', (version) => {
    const before = installedFiles(host.folder);
    host.run(guard, ['--format', 'json'], nodes[version]);
    expect(installedFiles(host.folder)).toEqual(before);
  });

  it.each(nodeVersions)('is silent about a clean file under Node %s', (version) => {
    const { code, stdout } = host.run(guard, ['--format', 'json', 'src/clean.ts'], nodes[version]);
    expect(places(stdout)).toEqual([]);
    expect(code).toBe(0);
  });

  it.each(nodeVersions)('reports in ESLint under Node %s', (version) => {
    const { code, stdout, stderr } = host.run(eslint, ['--format', 'json', 'src'], nodes[version]);
    expect(stderr).toBe('');
    expect(eslintPlaces(stdout)).toEqual(parsesTypes
      ? ['bot.js:1 hilt/no-hardcoded-key', 'shop.ts:2 hilt/no-hardcoded-key']
      : ['bot.js:1 hilt/no-hardcoded-key']);
    expect(code).toBe(1);
  });

  it.runIf(typescript !== undefined)('has types that the repository\'s compiler accepts', () => {
    host.write('types/use.ts', useOfTypes);
    host.write('types/tsconfig.json', JSON.stringify({
      compilerOptions: { strict: true, noEmit: true, module: 'nodenext', target: 'es2022', types: [], skipLibCheck: true },
    }));
    const { code, stdout } = host.run('node_modules/typescript/bin/tsc', ['-p', 'types']);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });
});

/** An install adds to that of the host before, which has been tested by then. */
function nextHost(name: string, packages: readonly string[]): Host {
  last = createHost(join(temporary, name.replaceAll(' ', '-')), tarball, packages, last);
  return last;
}

const plainConfig = `
import hilt from 'hilt-guard/eslint';
export default [hilt.configs.recommended];
`;

const typedConfig = `
import hilt from 'hilt-guard/eslint';
import tseslint from 'typescript-eslint';
export default [
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
  hilt.configs.recommended,
];
`;

const useOfTypes = `
import { scan } from 'hilt-guard';
import hilt from 'hilt-guard/eslint';

const { findings, summary } = await scan({ cwd: '/shop' });
const files: string[] = findings.map((finding) => finding.file);
const count: number = summary.files;
export const configs = [hilt.configs.recommended, hilt.configs.strict];
export const all = [files, count];
`;

/** Runs a tool of this repository. */
function runOwn(name: string, script: string, args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', name, script), ...args], { cwd: temporary, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** Paths and times of change of everything in the installed package. */
function installedFiles(folder: string): string[] {
  const own = join(folder, 'node_modules/hilt-guard');
  return readdirSync(own, { recursive: true, encoding: 'utf8' }).map((name) => `${name} ${statSync(join(own, name)).mtimeMs}`).sort();
}

/** `file:line rule` of each finding in a JSON report. */
function places(report: string): string[] {
  const { findings } = JSON.parse(report) as { findings: { file: string; rule: string; range: { start: { line: number } } }[] };
  return findings.map(({ file, rule, range }) => `${file}:${range.start.line} ${rule}`);
}

function eslintPlaces(report: string): string[] {
  const results = JSON.parse(report) as { filePath: string; messages: { ruleId: string; line: number }[] }[];
  return results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line }) => `${basename(filePath)}:${line} ${ruleId}`));
}
