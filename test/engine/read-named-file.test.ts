import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readNamedFile } from '../../src/engine/read-named-file.ts';
import { bin } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'hilt-guard-named-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that a user names', () => {
  it('is read as a whole', () => {
    const file = join(folder, 'baseline');
    for (const text of ['', 'größe', 'x'.repeat(4096), 'x'.repeat(100_000)]) {
      writeFileSync(file, text);
      expect(readNamedFile(file)).toBe(text);
    }
  });

  it.runIf(existsSync('/dev/zero'))('is no device, which may have no end', () => {
    expect(() => readNamedFile('/dev/zero')).toThrow('it is a device');
    for (const option of ['--baseline', '--config']) {
      const { status, stderr } = spawnSync(process.execPath, [bin, option, '/dev/zero'], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
      expect([status, stderr]).toEqual([2, expect.stringContaining('/dev/zero cannot be read (it is a device).')]);
    }
  });

  it.runIf(existsSync('/dev/fd'))('may be a pipe, as long as that ends', () => {
    const run = (writer: string): { status: number | null; stderr: string } =>
      spawnSync('bash', ['-c', `"$0" "$1" --config <(${writer})`, process.execPath, bin], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
    expect(run("echo '{ \"rules\": {} }'").status).toBe(0);
    expect(run('yes')).toMatchObject({ status: 2, stderr: expect.stringContaining('it has more than 64 MiB') as string });
  });
});
