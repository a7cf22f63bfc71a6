import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Vitest's global setup: many tests run the built command line, so dist/ is built when a source is younger than it. */
export default function buildOnce(): void {
  const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--quick'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build before the tests failed.\n${stdout}${stderr}`);
}
