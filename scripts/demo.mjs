// Builds the tool and shows it at work on fixtures/shop, a small merchant's repository with planted leaks.
// Exits 0 when exactly the planted leaks were shown.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const guard = join(root, 'dist/src/cli/bin.js');
const expected = JSON.parse(readFileSync(join(root, 'fixtures/shop/expected.json'), 'utf8')).findings;

run(process.execPath, [join(root, 'scripts/build.mjs'), '--quick'], { cwd: root });

// A copy: what the scan sees is a repository of its own, as a merchant's is, and not a folder that ours ignores.
const folder = mkdtempSync(join(tmpdir(), 'hilt-guard-demo-'));
try {
  const shop = join(folder, 'lantern-books');
  cpSync(join(root, 'fixtures/shop'), shop, { recursive: true, filter: (path) => !path.endsWith('expected.json') });
  run('git', ['init', '--quiet'], { cwd: shop });

  console.log(`A bookshop's repository (fixtures/shop) has ${expected.length} Hilt secrets planted in it. This is what \`hilt-guard\` says:\n`);
  const { status } = spawnSync(process.execPath, [guard], { cwd: shop, stdio: 'inherit' });
  // 1 is "findings", which are the point here; anything else has said on stderr what is wrong.
  process.exitCode = status === 1 ? compare(shop) : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Exit code: 0 when the findings are those planted, no more and no fewer. */
function compare(shop) {
  const report = spawnSync(process.execPath, [guard, '--format', 'json'], { cwd: shop, encoding: 'utf8' });
  const places = (findings) => findings.map((each) => `${each.file}:${each.line ?? each.range.start.line} ${each.rule}`).sort();
  const found = places(JSON.parse(report.stdout).findings);
  const planted = places(expected);
  const missed = planted.filter((place) => !found.includes(place));
  const unexpected = found.filter((place) => !planted.includes(place));
  if (missed.length === 0 && unexpected.length === 0) {
    console.log(`\nAll ${planted.length} planted secrets were found, and nothing else. Every file has a clean twin in fixtures/shop-clean.`);
    return 0;
  }
  console.error(`\nThe demo did not go as planned.\nMissed:\n  ${missed.join('\n  ') || 'none'}\nNot planted:\n  ${unexpected.join('\n  ') || 'none'}`);
  return 1;
}

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { ...options, stdio: 'inherit' });
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`);
}
