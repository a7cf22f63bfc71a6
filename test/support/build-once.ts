import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'dist/.built');

/** Vitest's global setup: many tests run the built command line, so dist/ is built when a source is younger than it. */
export default function buildOnce(): void {
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= youngestSource()) return;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), '--quick'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build before the tests failed.\n${stdout}${stderr}`);
}

/** Milliseconds since the epoch. Folders count too: their time tells of a deleted file. */
function youngestSource(): number {
  const entries = ['src', 'rules'].flatMap((folder) => [
    join(root, folder),
    ...readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
  ]);
  const files = ['tsconfig.json', 'package.json', 'scripts/build.mjs', 'scripts/launcher.cjs', 'scripts/require-near-parser.cjs'].map((name) => join(root, name));
  return Math.max(...[...entries, ...files].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}
