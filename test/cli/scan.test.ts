import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKey } from '../support/keys.ts';
import { createRepository } from '../support/repository.ts';
import type { Repository } from '../support/repository.ts';
import { bin, runCli } from '../support/run-cli.ts';
import type { CliOptions, CliResult } from '../support/run-cli.ts';

const key = makeKey('live', 'scan');
const other = makeKey('sandbox', 'scan');

let repository: Repository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

function run(args: string[], options: Partial<CliOptions> = {}): Promise<CliResult> {
  return runCli(args, { cwd: repository.root, ...options, env: { ...repository.env, ...options.env } });
}

interface Report {
  version: number;
  tool: { name: string; version: string };
  summary: Record<string, number>;
  findings: { rule: string; severity: string; file: string; message: string; fingerprint: string; range: { start: { line: number; column: number }; end: object } }[];
  notices: { code: string; level: string; file?: string }[];
}

async function report(args: string[], options: Partial<CliOptions> = {}): Promise<Report & { code: number | null }> {
  const result = await run([...args, '--format', 'json'], options);
  return { ...(JSON.parse(result.stdout) as Report), code: result.code };
}

/** `file:line:column rule` of each finding. */
function places({ findings }: Report): string[] {
  return findings.map(({ file, range: { start }, rule }) => `${file}:${start.line}:${start.column} ${rule}`);
}

describe('a scan of the working tree', () => {
  it('finds a key in a tracked and in an untracked file, and exits 1', async () => {
    repository.write('src/tracked.ts', `const key = "${key}";\n`);
    repository.commit();
    repository.write('.env', `HILT_API_KEY=${other}\n`);
    const found = await report([]);
    expect(places(found)).toEqual(['.env:1:14 no-hardcoded-key', 'src/tracked.ts:1:13 no-hardcoded-key']);
    expect(found).toMatchObject({ code: 1, version: 1, tool: { name: 'hilt-guard', version: '0.1.0' }, summary: { files: 2, findings: 2, errors: 2, warnings: 0, suppressed: 0 } });
  });
  it('leaves out what git ignores', async () => {
    repository.write('.gitignore', '.env\n');
    repository.write('.env', `HILT_API_KEY=${key}\n`);
    expect(await report([])).toMatchObject({ code: 0, findings: [] });
  });
  it('is clean, silent and 0 where there is nothing', async () => {
    repository.write('src/a.ts', 'export const a = process.env.HILT_API_KEY;\n');
    repository.write('.env.example', 'HILT_API_KEY=hk_live_your_key_here\n');
    expect(await run([])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
  it('is clean in an empty repository', async () => expect(await run([])).toEqual({ code: 0, stdout: '', stderr: '' }));
  it('works without git, and says so', async () => {
    const folder = createRepository({ git: false });
    folder.write('a/b.py', `KEY = "${key}"\n`);
    const result = await runCli([], { cwd: folder.root, env: folder.env });
    folder.cleanup();
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('a/b.py:1:7');
    expect(result.stderr).toMatch(/^note: /);
  });
  it('gives columns in UTF-16 units and lines as editors do', async () => {
    repository.write('a.txt', `one\r\n😀 ${key}\r\n`);
    expect((await report([])).findings[0]?.range).toEqual({ start: { line: 2, column: 4 }, end: { line: 2, column: 4 + key.length } });
  });
  it('keeps a fingerprint when lines move, and gives equal lines different ones', async () => {
    repository.write('a.ts', `f("${key}");\nf("${key}");\n`);
    const before = (await report([])).findings.map(({ fingerprint }) => fingerprint);
    repository.write('a.ts', `// moved\n\nf("${key}");\n\n  f("${key}");\n`);
    expect((await report([])).findings.map(({ fingerprint }) => fingerprint)).toEqual(before);
    expect(new Set(before).size).toBe(2);
  });
});

describe('paths', () => {
  beforeEach(() => {
    repository.write('app/[id]/(auth)/page.tsx', `export const k = "${key}";\n`);
    repository.write('app/i/other.ts', `export const k = "${key}";\n`);
    repository.write('lib/a b.ts', `export const k = "${key}";\n`);
  });
  it('are literal, never patterns', async () => {
    expect(places(await report(['app/[id]/(auth)/page.tsx']))).toEqual(['app/[id]/(auth)/page.tsx:1:18 no-hardcoded-key']);
    expect(places(await report(['app/[id]']))).toEqual(['app/[id]/(auth)/page.tsx:1:18 no-hardcoded-key']);
  });
  it('may be several, files and folders', async () => {
    expect((await report(['lib/a b.ts', 'app/i'])).findings.map(({ file }) => file)).toEqual(['app/i/other.ts', 'lib/a b.ts']);
  });
  it('are relative to the working directory, findings to the root', async () => {
    expect(places(await report(['i'], { cwd: repository.path('app') }))).toEqual(['app/i/other.ts:1:18 no-hardcoded-key']);
  });
  it('that do not exist are exit 2', async () => {
    const result = await run(['app', 'missing.ts']);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain('missing.ts');
  });
});

describe('stdin', () => {
  it('is scanned as the named file', async () => {
    const result = await report(['--stdin', '--stdin-filename', 'src/a.ts'], { input: `\nconst k = "${key}";\n` });
    expect(places(result)).toEqual(['src/a.ts:2:11 no-hardcoded-key']);
    expect(result.code).toBe(1);
  });
  it('may be clean', async () => expect(await run(['--stdin', '--stdin-filename', 'a.ts'], { input: 'export {};\n' })).toEqual({ code: 0, stdout: '', stderr: '' }));
  it('is told where it cannot be read', async () => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" --stdin --stdin-filename a.ts < .`], { cwd: repository.root, env: repository.env, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('stdin could not be read (it is a folder).') as string });
  });
  it('needs a name', async () => {
    expect(await run(['--stdin'], { input: 'x' })).toEqual({ code: 2, stdout: '', stderr: 'hilt-guard: --stdin needs --stdin-filename <name>: the name tells what kind of file the text is.\n' });
  });
});

describe('reports', () => {
  beforeEach(() => {
    repository.write('src/a.ts', `const key = "${key}";\n`);
  });
  it('go to stdout and to files, in pairs', async () => {
    const result = await run(['--format', 'json', '--output', 'report.json', '--format', 'stylish']);
    expect(result.stdout).toContain('  src/a.ts:1:13  error  ');
    expect(JSON.parse(readFileSync(repository.path('report.json'), 'utf8'))).toMatchObject({ version: 1, summary: { errors: 1 } });
  });
  it('are written for a clean scan too', async () => {
    repository.remove('src');
    expect(await run(['--format', 'json', '--output', 'report.json'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(repository.path('report.json'), 'utf8'))).toMatchObject({ findings: [] });
  });
  it('that cannot be written are exit 2', async () => {
    mkdirSync(repository.path('folder'));
    expect(await run(['--output', 'folder'])).toMatchObject({ code: 2, stderr: 'hilt-guard: The report could not be written to "folder" (it is a folder). Check --output.\n' });
    expect(await run(['--output', 'missing/report'])).toMatchObject({ code: 2, stderr: 'hilt-guard: The report could not be written to "missing/report" (no such file or folder). Check --output.\n' });
  });
  it('of an unknown format are exit 2, with the nearest name', async () => {
    expect(await run(['--format', 'jsno'])).toEqual({ code: 2, stdout: '', stderr: 'hilt-guard: There is no format "jsno". Did you mean "json"?\n' });
  });
  it.skipIf(!existsSync('/dev/full'))('that stdout cannot take are exit 2, and no fault of the tool', async () => {
    repository.write('a.ts', `const key = "${key}";\n`);
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" > /dev/full`], { cwd: repository.root, env: repository.env, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'hilt-guard: The report could not be written to the terminal, pipe or file that stdout leads to (no space is left). Make room there, or name another file: --output <file>.\n' });
  });
  it('have colours as the environment says, and FORCE_COLOR before NO_COLOR', async () => {
    repository.write('a.ts', `const key = "${key}";\n`);
    const isColoured = async (env: NodeJS.ProcessEnv, ...args: string[]): Promise<boolean> => {
      const { stdout, stderr } = await runCli(args, { cwd: repository.root, env: { ...repository.env, ...env } });
      expect(stderr).toBe('');
      return stdout.includes('\u001B[');
    };
    expect(await isColoured({})).toBe(false);
    expect(await isColoured({ FORCE_COLOR: '1' })).toBe(true);
    expect(await isColoured({ FORCE_COLOR: '0' }, '--color')).toBe(true);
    expect(await isColoured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
    expect(await isColoured({ FORCE_COLOR: '1' }, '--no-color')).toBe(false);
  });
  it('have colours where they are asked for, and none in a pipe', async () => {
    const escape = '\u001b[';
    expect((await run([])).stdout).not.toContain(escape);
    expect((await run(['--color'])).stdout).toContain(escape);
    expect((await run([], { env: { FORCE_COLOR: '1' } })).stdout).toContain(escape);
    expect((await run(['--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain(escape);
    expect((await run(['--color', '--output', 'report.txt'])).code).toBe(1);
    expect(readFileSync(repository.path('report.txt'), 'utf8')).not.toContain(escape);
  });
  it('show a masked line with an underline', async () => {
    const preview = key.slice(0, 12);
    expect((await run([])).stdout).toContain(`    1 | const key = "${preview}…";\n      |             ${'^'.repeat(preview.length + 3)}\n`);
  });
});

describe('exit codes and severities', () => {
  beforeEach(() => {
    repository.write('src/a.ts', `const key = "${key}";\n`);
  });
  it('a warning is 0', async () => expect(await report(['--rule', 'no-hardcoded-key=warn'])).toMatchObject({ code: 0, summary: { errors: 0, warnings: 1 } }));
  it('too many warnings are 1', async () => {
    expect((await run(['--rule', 'no-hardcoded-key=warn', '--max-warnings', '1'])).code).toBe(0);
    const result = await run(['--rule', 'no-hardcoded-key=warn', '--max-warnings', '0']);
    expect(result.code).toBe(1);
    expect(result.stderr).toBe('1 warning, and --max-warnings allows 0.\n');
  });
  it('a rule that is off finds nothing', async () => expect(await report(['--rule', 'no-hardcoded-key=off'])).toMatchObject({ code: 0, findings: [] }));
  it('an unknown rule is 2', async () => {
    expect(await run(['--rule', 'no-hardcoded-keys=off'])).toEqual({ code: 2, stdout: '', stderr: 'hilt-guard: There is no rule "no-hardcoded-keys". Did you mean "no-hardcoded-key"?\n' });
  });
  it('--quiet shows errors only', async () => {
    repository.write('src/b.ts', '// hilt-guard-ignore-next-line no-hardcoded-key -- stale\n');
    expect((await report([])).summary).toMatchObject({ errors: 1, warnings: 1 });
    expect(await report(['--quiet'])).toMatchObject({ summary: { findings: 1, errors: 1, warnings: 0 }, findings: [{ file: 'src/a.ts' }] });
  });
  it('something that was not read is 2, and told', async () => {
    repository.remove('src');
    repository.write('secret.txt', 'x');
    chmodSync(repository.path('secret.txt'), 0);
    // A super-user reads it all the same.
    if (process.getuid?.() === 0) return;
    const result = await run([]);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/^not scanned: secret\.txt: /);
    expect((await run(['--allow-incomplete'])).code).toBe(0);
  });
  it.each([['--since', 'HEAD'], ['--range', 'a..b'], ['--history'], ['bundle', 'dist'], ['init'], ['init', '--yes'], ['hook', 'pre-push'], ['--format', 'sarif']])('%s is refused with 2 in this version', async (...args) => {
    const result = await run(args);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/ is not in this version yet\. Today/);
  });
});

describe('the configuration', () => {
  it('is told where it leaves out what was named', async () => {
    repository.write('fixtures/a.ts', `const a = "${key}";\n`);
    repository.write('b.ts', 'export {};\n');
    repository.write('hilt-guard.config.json', '{ "ignore": ["fixtures/**"] }');
    const told = 'note: The configuration lists what was named under `ignore`, so it was not scanned: ';
    expect(await run(['fixtures/a.ts', 'b.ts'])).toMatchObject({ code: 0, stderr: `${told}"fixtures/a.ts".\n` });
    expect(await run(['fixtures'])).toMatchObject({ code: 0, stderr: `${told}"fixtures".\n` });
    expect(await run(['b.ts', '.'])).toMatchObject({ code: 0, stderr: '' });
  });
  it('sets rules, ignores files and names further variables', async () => {
    repository.write('fixtures/a.ts', `const key = "${key}";\n`);
    repository.write('src/b.ts', `const key = "${key}";\n`);
    repository.write('hilt-guard.config.json', '{ "ignore": ["fixtures/"], "rules": { "no-hardcoded-key": "warn" } }');
    expect(await report([])).toMatchObject({ code: 0, findings: [{ file: 'src/b.ts', severity: 'warning' }] });
  });
  it('with an unknown key is 2 with place and nearest name, also where nothing mentions Hilt', async () => {
    repository.write('hilt-guard.config.json', '{\n  "ignroe": []\n}');
    const result = await run([]);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toBe(`hilt-guard: ${repository.path('hilt-guard.config.json')}:2:3: Unknown key "ignroe". Did you mean "ignore"?\n`);
  });
  it('with an unknown rule or option is 2', async () => {
    repository.write('hilt-guard.config.json', '{ "rules": { "no-hardcode-key": "off" } }');
    expect((await run([])).stderr).toContain('Unknown key "rules.no-hardcode-key". Did you mean "no-hardcoded-key"?');
    repository.write('hilt-guard.config.json', '{ "rules": { "no-hardcoded-key": ["error", { "colour": 1 }] } }');
    expect(await run([])).toMatchObject({ code: 2 });
  });
});

describe('suppression', () => {
  it('silences with a reason, counts it, and reports a stale comment', async () => {
    repository.write('src/a.ts', [
      '// hilt-guard-ignore-next-line no-hardcoded-key -- the key of a deleted account',
      `const a = "${key}";`,
      `const b = "${key}"; // hilt-guard-ignore no-hardcoded-key`,
      '/* hilt-guard-ignore-next-line no-hardcoded-key -- stale */',
      'const c = 1;',
      `const d = "// hilt-guard-ignore no-hardcoded-key -- ${key}";`,
      '// hilt-guard-ignore-next-line no-such-rule -- x',
      '// eslint-disable-next-line hilt/no-hardcoded-key -- x',
      `const e = "${key}";`,
    ].join('\n'));
    const found = await report([]);
    expect(places(found)).toEqual([
      'src/a.ts:3:11 no-hardcoded-key',
      'src/a.ts:3:55 suppression',
      'src/a.ts:4:1 suppression',
      'src/a.ts:6:11 no-hardcoded-key',
      'src/a.ts:7:1 suppression',
    ]);
    expect(found.summary).toMatchObject({ suppressed: 2 });
    expect(found.findings.map(({ severity }) => severity)).toEqual(['error', 'error', 'warning', 'error', 'warning']);
  });
  it('works in data files', async () => {
    repository.write('a.yaml', `# hilt-guard-ignore-next-line no-hardcoded-key -- x\nkey: ${key}\n`);
    repository.write('b.html', `<!-- hilt-guard-ignore-next-line no-hardcoded-key -- x -->\n<p>${key}</p>\n`);
    repository.write('c.sql', `-- hilt-guard-ignore-next-line no-hardcoded-key -- x\nINSERT '${key}';\n`);
    repository.write('d.py', `k = "${key}"  # hilt-guard-ignore no-hardcoded-key -- x\n`);
    expect(await report([])).toMatchObject({ code: 0, findings: [], summary: { suppressed: 4 } });
  });
});

describe('a baseline', () => {
  it('accepts what is there and nothing new', async () => {
    repository.write('src/a.ts', `const key = "${key}";\n`);
    const made = await run(['baseline']);
    expect(made.code).toBe(0);
    expect(made.stdout).toBe(`${repository.path('hilt-guard.baseline')}: 1 accepted finding (1 added).\n`);
    expect(made.stderr).toContain('{ "baseline": "hilt-guard.baseline" }');
    repository.write('hilt-guard.config.json', '{ "baseline": "hilt-guard.baseline" }');
    expect(await report([])).toMatchObject({ code: 0, findings: [], summary: { suppressed: 1 } });

    repository.write('src/b.ts', `const key = "${key}";\n`);
    expect(await report([])).toMatchObject({ code: 1, findings: [{ file: 'src/b.ts' }] });
    expect((await report(['--baseline', 'hilt-guard.baseline'])).findings).toHaveLength(1);
  });
  it('is pruned of what is gone', async () => {
    repository.write('src/a.ts', `const key = "${key}";\n`);
    repository.write('src/b.ts', `const key = "${other}";\n`);
    await run(['baseline']);
    repository.remove('src/a.ts');
    expect((await run(['baseline', '--prune'])).stdout).toContain(': 1 accepted finding (1 dropped).\n');
    expect(readFileSync(repository.path('hilt-guard.baseline'), 'utf8')).toMatch(/^hilt-guard baseline, version 1\n[0-9a-f]{32} no-hardcoded-key src\/b\.ts\n$/);
  });
  it('of an unknown version, or a missing one, is 2', async () => {
    repository.write('old', 'hilt-guard baseline, version 9\n');
    expect(await run(['--baseline', 'old'])).toMatchObject({ code: 2 });
    expect((await run(['--baseline', 'missing'])).stderr).toContain('cannot be read (no such file or folder)');
  });
});

describe('a key in the name of a file', () => {
  it('is found once, and is not shown', async () => {
    repository.write(`exports/${key}.csv`, 'id,amount\n');
    repository.write(`${other}/a.png`, '\u0089PNG');
    repository.write(`${other}/b.png`, '\u0089PNG');
    repository.write('hk_live_your_key_goes_here.txt', '');
    repository.write('test/hk_live_stream_handler_test.ts', 'export {};\n');
    const { findings, code } = await report([]);
    expect(code).toBe(1);
    expect(findings.map(({ rule, file, range: { start }, message }) => [rule, file, start.line, message])).toEqual([
      ['no-hardcoded-key', `exports/${key.slice(0, 12)}….csv`, 1, 'A Hilt key stands in the name of the file.'],
      ['no-hardcoded-key', `${other.slice(0, 15)}…/a.png`, 1, 'A Hilt key stands in the name of the file.'],
    ]);
  });
});

describe('what is noted of many files', () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
  const notesOf = async (count: number): Promise<string[]> => {
    const repository = createRepository();
    try {
      for (let i = 1; i <= count; i++) repository.write(`image${i}.bin`, pointer);
      const { stderr } = await runCli([], { cwd: repository.root, env: repository.env });
      return stderr.trimEnd().split('\n').map((line) => line.replace(/: This is a .*/, ''));
    } finally {
      repository.cleanup();
    }
  };
  it('is told file by file while they are few', async () => expect(await notesOf(5)).toEqual([1, 2, 3, 4, 5].map((i) => `note: image${i}.bin`)));
  it('is told once of more', async () => expect(await notesOf(8)).toEqual(['note: image1.bin, image2.bin, image3.bin and 5 more files (--format json lists them all)']));
});
