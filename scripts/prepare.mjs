// Puts the git hooks in place after `npm install` in a clone. Does nothing in CI, without git or husky, or where
// `core.hooksPath` already names other hooks, and never fails an install: a missing hook is caught by CI,
// a failed install stops everybody.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (existsSync(`${root}.git`) && !process.env.CI) await installHooks();

async function installHooks() {
  try {
    const hooksPath = spawnSync('git', ['config', 'core.hooksPath'], { cwd: root, encoding: 'utf8' }).stdout?.trim();
    if (hooksPath && hooksPath !== '.husky/_') {
      console.error(`The git hooks were not installed: core.hooksPath names ${hooksPath}.`);
      return;
    }
    const { default: husky } = await import('husky');
    const problem = husky();
    if (problem) console.error(`The git hooks were not installed: ${problem}`);
  } catch (error) {
    console.error(`The git hooks were not installed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
