import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../support/keys.ts';
import { createRepository } from '../support/repository.ts';
import type { Repository } from '../support/repository.ts';
import { bin, runCli } from '../support/run-cli.ts';

let repository: Repository;
beforeAll(() => {
  repository = createRepository();
});
afterAll(() => repository.cleanup());
const run = (...args: string[]) => runCli(args, { cwd: repository.root, env: repository.env });

describe('--help', () => {
  it('fits a screen and prints the exit codes', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toContain('Exit codes: 0  ');
  });
  it('names every option', async () => {
    const { stdout } = await run('-h');
    for (const name of ['--staged', '--stdin', '--stdin-filename', '--format', '--output', '--rule', '--max-warnings', '--quiet', '--config', '--baseline', '--no-project', '--no-cache', '--allow-incomplete', '--color', '--no-color', '--version']) {
      expect(stdout).toContain(name);
    }
  });
});

describe('--version', () => {
  it('prints the version alone', async () => expect(await run('--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' }));
});

describe('a wrong call', () => {
  it('is 2 with one line on stderr', async () => {
    expect(await run('--stagd')).toEqual({ code: 2, stdout: '', stderr: 'hilt-guard: Unknown option --stagd. Did you mean --staged?\n' });
    expect(await run('--stdin', '--staged')).toMatchObject({ code: 2, stdout: '' });
    expect(await run('hook')).toEqual({ code: 2, stdout: '', stderr: 'hilt-guard: Which hook? Use: hilt-guard hook pre-commit.\nThe commit is blocked: the guard could not do its work (see above).\n' });
  });
});

describe('a hook', () => {
  it('that is called wrongly blocks, and says what to do', async () => {
    const blocked = 'The commit is blocked: the guard could not do its work (see above).\n';
    expect((await run('hook', 'pre-comit')).stderr).toBe(`hilt-guard: There is no such hook. Did you mean "hilt-guard hook pre-commit"?\n${blocked}`);
    expect((await run('hook', 'pre-commit', '--stagd')).stderr).toBe(`hilt-guard: Unknown option --stagd. Did you mean --staged?\n${blocked}`);
    expect((await run('hook', 'pre-commit', 'a.ts')).stderr).toMatch(/^hilt-guard: The hook takes no paths: /);
    expect((await run('hook', 'pre-push')).stderr).toMatch(/\nThe push is blocked: the guard could not do its work \(see above\)\.\n$/);
  });
});

describe('explain', () => {
  it('prints the page of a rule', async () => {
    const { code, stdout } = await run('explain', 'no-hardcoded-key');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# .*no-hardcoded-key/);
  });
  it('takes the plugin prefix', async () => expect((await run('explain', 'hilt/no-hardcoded-key')).code).toBe(0));
  it('of an unknown rule is 2 with the nearest name', async () => {
    expect(await run('explain', 'no-hardcoded-keys')).toEqual({ code: 2, stdout: '', stderr: 'hilt-guard: There is no rule "no-hardcoded-keys". Did you mean "no-hardcoded-key"?\n' });
  });
  it('without a rule is 2', async () => expect((await run('explain')).stderr).toMatch(/^hilt-guard: Which rule\? /));
});

describe('the process', () => {
  it('survives a reader that goes away', () => {
    for (let i = 0; i < 200; i++) repository.write(`many/${i}.txt`, `${makeKey('live', `many ${i}`)}\n`.repeat(20));
    const command = `"${process.execPath}" "${bin}" --format json many | head -c 10; echo "exit \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: repository.root, env: repository.env, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe('{\n  "versiexit 1\n');
  });
  it('writes a large report whole into a pipe', async () => {
    const { stdout } = await run('--format', 'json', 'many');
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toHaveLength(4000);
  });
  it('loads neither parser nor rules for a clean scan, help or a wrong option', () => {
    const clean = createRepository();
    clean.write('a.ts', 'export const a = 1;\n');
    clean.git('add', '-A');
    for (const args of [['--staged'], ['hook', 'pre-commit'], ['--help'], ['--version'], ['--wrong'], []]) {
      const { stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: clean.root, env: { ...clean.env, NODE_DEBUG: 'esm,module' }, encoding: 'utf8' });
      const loaded = [...new Set([...stderr.matchAll(/(?<=file:\/\/|["'])\/[^'" \]]+\.[cm]?js\b/g)].map(([file]) => file))];
      expect(loaded).toContain(bin);
      expect(loaded.filter((file) => /typescript|oxc|valibot|jsonc|picomatch|\/rules\/|\/late\/src\/engine\//.test(file))).toEqual([]);
      // The parts that several late modules share have no telling names; what reads programs and judges them is over half a megabyte.
      expect(loaded.map((file) => statSync(file).size).reduce((a, b) => a + b, 0)).toBeLessThan(200_000);
    }
    clean.cleanup();
  });
});
