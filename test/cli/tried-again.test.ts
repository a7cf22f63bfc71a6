import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createRepository } from '../support/repository.ts';
import { runCli } from '../support/run-cli.ts';

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** Files in which the leaking twin differs from the clean one. */
function leaksOf(name: string): string[] {
  const files = readdirSync(join(fixtures, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'expected.json');
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(join(fixtures, name).length + 1)).sort();
  return paths.filter((path) => {
    const twin = join(fixtures, `${name}-clean`, path);
    return !existsSync(twin) || !readFileSync(twin).equals(readFileSync(join(fixtures, name, path)));
  });
}

// What a run keeps for the next one must not make a commit pass that was blocked, nor one that any run without it would block.
it.each(['next-props', 'public-env', 'monorepo'])('a commit is judged the same as often as it is tried: %s', async (name) => {
  const repository = createRepository();
  const judge = async (...args: string[]): Promise<string[]> => {
    repository.git('add', '-A');
    const { stdout } = await runCli(['--staged', '--format', 'json', ...args], { cwd: repository.root, env: repository.env });
    return (JSON.parse(stdout) as { findings: { fingerprint: string }[] }).findings.map(({ fingerprint }) => fingerprint).sort();
  };
  try {
    repository.commit();
    cpSync(join(fixtures, `${name}-clean`), repository.root, { recursive: true });
    expect(await judge()).toEqual([]);
    repository.commit();
    let found = 0;
    for (const path of leaksOf(name)) {
      mkdirSync(dirname(repository.path(path)), { recursive: true });
      copyFileSync(join(fixtures, name, path), repository.path(path));
      const first = await judge();
      found += first.length;
      expect({ path, found: await judge() }).toEqual({ path, found: first });
      expect({ path, found: first }).toEqual({ path, found: expect.arrayContaining(await judge('--no-cache')) as string[] });
      repository.commit();
    }
    expect(found).toBeGreaterThan(0);
  } finally {
    repository.cleanup();
  }
}, 120_000);
