import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createRepository } from './support/repository.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

it('package-lock.json has the packages of every platform, without which npm ci refuses it', () => {
  const folder = createRepository({ git: false });
  onTestFinished(() => rmSync(folder.root, { recursive: true, force: true }));
  const copy = folder.path('package-lock.json');
  cpSync(join(root, 'package-lock.json'), copy);

  const { stdout } = spawnSync(process.execPath, [join(root, 'scripts/complete-lock.mjs'), copy], { encoding: 'utf8' });

  expect(stdout).toContain(': 0 packages of other platforms added.');
  expect(JSON.parse(readFileSync(copy, 'utf8'))).toEqual(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
});
