import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeKey } from '../support/keys.ts';
import { createRepository, type Repository } from '../support/repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const key = makeKey('live', 'own-hook');
let copy: Repository;

/** What the hook goes by, and a folder of the product: to look through all of this repository is the scan's stage in CI. */
const copied = ['.husky/pre-commit', 'package.json', 'eslint.config.js', 'hilt-guard.config.json', 'tsconfig.json', 'scripts', 'src/hilt', 'dist'];

beforeAll(() => {
  copy = createRepository();
  for (const entry of copied) cpSync(join(root, entry), copy.path(entry), { recursive: true });
  symlinkSync(join(root, 'node_modules'), copy.path('node_modules'));
  chmodSync(copy.path('.husky/pre-commit'), 0o755);
  copy.write('.git/info/exclude', 'dist/\nnode_modules\n');
  copy.commit('Everything');
}, 120_000);
afterAll(() => copy.cleanup());
beforeEach(() => {
  copy.git('reset', '--quiet', '--hard');
  copy.git('clean', '--quiet', '-fd');
});

describe('npm install in a clone', () => {
  it('puts the hook in place', () => {
    const { status, stderr } = prepare({ CI: undefined });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(copy.git('config', 'core.hooksPath')).toBe('.husky/_');
  });

  it('leaves other hooks of the user alone, and says so', () => {
    copy.git('config', 'core.hooksPath', 'my-hooks');
    const { status, stderr } = prepare({ CI: undefined });
    expect(stderr).toContain('core.hooksPath names my-hooks');
    expect(status).toBe(0);
    expect(copy.git('config', 'core.hooksPath')).toBe('my-hooks');
    copy.git('config', 'core.hooksPath', '.husky/_');
  });

  it('does nothing in CI', () => {
    const plain = createRepository();
    cpSync(join(root, 'scripts'), plain.path('scripts'), { recursive: true });
    const { status, stderr } = spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: plain.root, env: { ...plain.env, CI: 'true' }, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(existsSync(plain.path('.husky'))).toBe(false);
    plain.cleanup();
  });

  it('does nothing outside of git, and where husky is not installed', () => {
    for (const git of [false, true]) {
      const plain = createRepository({ git });
      cpSync(join(root, 'scripts'), plain.path('scripts'), { recursive: true });
      const { status } = spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: plain.root, env: { ...plain.env, CI: undefined }, encoding: 'utf8' });
      expect(status).toBe(0);
      plain.cleanup();
    }
  });
});

describe('the hook of this repository', () => {
  beforeAll(() => {
    prepare({ CI: undefined });
  });

  it('stops a commit that holds a key', () => {
    copy.write('docs/note.md', `The key is ${key}.\n`);
    const { status, output } = commit('docs/note.md');
    expect(output).toContain('no-hardcoded-key');
    expect(output).not.toContain(key.slice(12));
    expect(status).not.toBe(0);
  });

  it('accepts a key below fixtures/, the only place for one', () => {
    copy.write('fixtures/shop/src/another.ts', `export const key = '${key}';\n`);
    const { status, output } = commit('fixtures/shop/src/another.ts');
    expect(status, output).toBe(0);
  });

  it('stops a commit that ESLint refuses', () => {
    copy.write('src/hilt/stray.ts', "import { rules } from '../../rules/index.ts';\n\nexport const stray = rules;\n");
    const { status, output } = commit('src/hilt/stray.ts');
    expect(output).toContain('Imports go downwards only');
    expect(status).not.toBe(0);
  });

  it('lets a clean commit pass', () => {
    copy.write('src/hilt/plain.ts', 'export const plain = 1;\n');
    const { status, output } = commit('src/hilt/plain.ts');
    expect(status, output).toBe(0);
  });

  it('stops every commit while the guard is not built, and says what to do', () => {
    rmSync(copy.path('dist/src/cli/bin.js'));
    copy.write('docs/note.md', 'Nothing to see.\n');
    const { status, output } = commit('docs/note.md');
    cpSync(join(root, 'dist/src/cli/bin.js'), copy.path('dist/src/cli/bin.js'));
    expect(output).toContain('npm run build');
    expect(status).not.toBe(0);
  });
});

function prepare(env: NodeJS.ProcessEnv) {
  return spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: copy.root, env: { ...copy.env, HUSKY: undefined, ...env }, encoding: 'utf8' });
}

function commit(file: string): { status: number | null; output: string } {
  copy.git('add', file);
  const { status, stdout, stderr } = spawnSync('git', ['commit', '-m', 'Change'], {
    cwd: copy.root, env: { ...copy.env, HUSKY: undefined, NO_COLOR: '1', FORCE_COLOR: undefined }, encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}
