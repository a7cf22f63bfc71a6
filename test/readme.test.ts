import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRepository } from './support/repository.ts';
import { runCli } from './support/run-cli.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('README.md', () => {
  it('shows what the tool prints today, and every rule', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/readme.mjs', '--check'], { cwd: root, encoding: 'utf8' });
    expect(stdout + stderr).toBe('');
    expect(status).toBe(0);
  });

  it('shows a configuration that the tool accepts', async () => {
    const config = /```jsonc\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
    const repository = createRepository();
    onTestFinished(repository.cleanup);
    repository.write('hilt-guard.config.json', config);
    await runCli(['baseline'], { cwd: repository.root, env: repository.env });
    const { code, stderr } = await runCli([], { cwd: repository.root, env: repository.env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it.each(['README.md', 'CONTRIBUTING.md', 'docs/decisions.md'])('%s links to files that are there', (file) => {
    const folder = join(root, file, '..');
    const links = [...readFileSync(join(root, file), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });

  it.each(['README.md', 'CONTRIBUTING.md'])('%s names npm scripts that are there', (file) => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const named = [...readFileSync(join(root, file), 'utf8').matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
