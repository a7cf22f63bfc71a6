import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundler } from './bundler.ts';
import { appsFolder, root } from './folders.ts';

/** Installs a heavy bundler from its lock file, unless that lock file is what stands installed. Returns the seconds that it took. */
export function installBundler(bundler: Bundler): number {
  if (bundler.tier === 'light') return 0;
  const folder = join(appsFolder, bundler.app ?? bundler.name);
  const stamp = join(folder, 'node_modules/.oracle-lock');
  const version = toolchainVersion(bundler);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return 0;
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, encoding: 'utf8', timeout: 900_000 });
  if (status !== 0) throw new Error(`${bundler.name}: npm ci failed.\n${`${stderr}${stdout}`.slice(0, 2000)}`);
  writeFileSync(stamp, version);
  return Math.round((Date.now() - started) / 1000);
}

/** A digest of the lock file that decides which bundler builds. */
export function toolchainVersion(bundler: Bundler): string {
  const lock = bundler.tier === 'light' ? lightVersions() : readFileSync(join(appsFolder, bundler.app ?? bundler.name, 'package-lock.json'), 'utf8');
  return createHash('sha256').update(lock).digest('hex');
}

const lightPackages = ['esbuild', 'rollup', 'rolldown', 'vite', 'vite7', 'webpack', 'webpack-cli', 'esbuild-loader', 'rollup-plugin-esbuild', '@rollup/plugin-node-resolve', '@rollup/plugin-commonjs', '@rollup/plugin-json', '@rollup/plugin-terser', '@rollup/plugin-replace', 'terser'];

/** Not the whole lock file of ours: it changes with packages that build nothing. */
function lightVersions(): string {
  return lightPackages.map((name) => {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string };
    return `${name}@${version}`;
  }).join('\n');
}
