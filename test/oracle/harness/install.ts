import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundler } from './bundler.ts';
import { runCommand } from './command.ts';
import { appsFolder, root } from './folders.ts';
import { withLock } from './lock.ts';

const installTimeout = 600_000;

/** Installs a heavy bundler from its lock file, unless that lock file is what stands installed. Returns the seconds that it took. */
export async function installBundler(bundler: Bundler): Promise<number> {
  if (bundler.tier === 'light') return 0;
  // Two bundlers may share an installation.
  return withLock(`install-${bundler.app ?? bundler.name}`, () => install(bundler));
}

async function install(bundler: Bundler): Promise<number> {
  const folder = join(appsFolder, bundler.app ?? bundler.name);
  const stamp = join(folder, 'node_modules/.oracle-lock');
  const version = toolchainVersion(bundler);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return 0;
  const started = Date.now();
  const { status, stdout, stderr } = await runCommand('npm', ['ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, timeout: installTimeout });
  if (status !== 0) throw new Error(`${bundler.name}: npm ci failed (${status ?? `killed after ${installTimeout / 1000} s`}).\n${`${stderr}${stdout}`.slice(0, 2000)}`);
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
