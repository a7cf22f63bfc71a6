// Compiles src/ and rules/ to dist/ with plain `tsc`.
//
//   node scripts/build.mjs           with type checks and declarations, as it is published
//   node scripts/build.mjs --quick   what the tests run: no type checks
//
// The compiler writes beside dist/, and only what changed is moved in, file by file: a tool that runs from dist/
// meanwhile (a test, an editor, the pre-commit hook) never sees half a file, and what no longer has a source is removed.

import { spawnSync } from 'node:child_process';
import {
  chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const executables = ['src/cli/bin.js'];
const quick = process.argv.includes('--quick');
const startedAt = new Date();

const fresh = mkdtempSync(join(root, '.build-'));
try {
  compile(fresh);
  const files = listFiles(fresh);
  removeStale(new Set(files));
  for (const file of files) moveIfChanged(file);
  for (const file of executables) if (existsSync(join(dist, file))) chmodSync(join(dist, file), 0o755);
  writeStamp();
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

function compile(outDir) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const flags = quick ? ['--noCheck', '--declaration', 'false'] : ['--noEmitOnError'];
  const { status, signal, error } = spawnSync(
    process.execPath, [tsc, '-p', join(root, 'tsconfig.json'), '--outDir', outDir, ...flags],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (error) throw error;
  if (status !== 0) {
    rmSync(outDir, { recursive: true, force: true });
    console.error(`The build failed: tsc ended with ${signal ?? `exit code ${status}`}. dist/ is as it was.`);
    process.exit(1);
  }
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function removeStale(wanted) {
  if (!existsSync(dist)) return;
  for (const file of listFiles(dist)) {
    // A quick build makes no declarations; those of the last full build stay as long as their module does.
    const stays = wanted.has(file) || (quick && file.endsWith('.d.ts') && wanted.has(file.replace(/\.d\.ts$/, '.js')));
    if (!stays) rmSync(join(dist, file), { force: true });
  }
}

function moveIfChanged(file) {
  const from = join(fresh, file);
  const to = join(dist, file);
  if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) return;
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

/** Read by test/support/build-once.ts: the time of this file is when the build began to read the sources. */
function writeStamp() {
  const stamp = join(dist, '.built');
  writeFileSync(stamp, quick ? 'quick\n' : 'full\n');
  utimesSync(stamp, startedAt, startedAt);
}
