import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bundler, Scene } from './bundler.ts';
import { expandProbe, type ExpandedProbe } from './expand.ts';
import { appsFolder, workFolder } from './folders.ts';
import type { Canary } from './probe.ts';

/** An application in memory: what the bundler and our tool both see. */
export interface App {
  readonly bundler: Bundler;
  readonly scene: Scene;
  /** Absolute. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  /** Targets of symbolic links by path. */
  readonly links: ReadonlyMap<string, string>;
  readonly canaries: readonly Canary[];
  /** Variables and their values, for the build's environment. */
  readonly variables: ReadonlyMap<string, string>;
  /** SHA-256 over everything that the build reads, but the installed packages. */
  readonly digest: string;
}

const joined = /(?:^|\/)(?:\.env[^/]*|index\.(?:head|body)\.html)$/;
const parts = new Set(['index.head.html', 'index.body.html']);

/** Puts the probes of a scene together with the bundler's own files. Pure: nothing is written. */
export function composeApp(bundler: Bundler, scene: Scene): App {
  const probes = scene.probes.map((probe) => expandProbe(probe, scene.environment ?? bundler.environment));
  const files = mergeFiles(probes);
  const canaries = probes.flatMap((probe) => probe.canaries);
  assertDistinct(canaries);
  const variables = new Map(canaries.flatMap((canary) => (canary.variable ? [[canary.variable, canary.key] as const] : [])));
  const imports = probes.flatMap((probe) => (probe.entry ? [probe.entry.replace(/^src\//, './')] : []));
  const own = scene.files({ imports, variables: [...variables.keys()], head: files.get('index.head.html') ?? '', body: files.get('index.body.html') ?? '' });
  for (const part of parts) files.delete(part);
  for (const [path, text] of Object.entries(own)) addFile(files, path, text);
  const links = new Map(probes.flatMap((probe) => [...probe.links]));
  const workspaces = links.size > 0 ? { workspaces: ['packages/*'] } : {};
  addFile(files, 'package.json', `${JSON.stringify({ name: `oracle-${bundler.name}`, private: true, version: '0.0.0', ...workspaces, ...scene.manifest }, null, 2)}\n`);
  addFile(files, '.gitignore', 'node_modules\ndist\nbuild\n.env\n.env.local\n.next\n.svelte-kit\n.output\n.nuxt\n.parcel-cache\n.expo\n');
  if (variables.size > 0) addFile(files, '.env', [...variables].map(([name, value]) => `${name}=${value}\n`).join(''));
  const folder = join(bundler.tier === 'light' ? workFolder : join(appsFolder, bundler.app ?? bundler.name, '.work'), bundler.name, scene.name);
  return { bundler, scene, folder, files, links, canaries, variables, digest: digestOf(files, links, scene) };
}

/** Writes the application into its folder, emptied before, and makes it a git repository with all files added. */
export function writeApp(app: App): void {
  rmSync(app.folder, { recursive: true, force: true });
  for (const [path, text] of app.files) {
    const target = join(app.folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  for (const [path, target] of app.links) {
    mkdirSync(dirname(join(app.folder, path)), { recursive: true });
    symlinkSync(target, join(app.folder, path), 'dir');
  }
  git(app.folder, ['init', '--quiet']);
  git(app.folder, ['add', '--all']);
}

function git(folder: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} failed in ${folder}: ${stderr}`);
}

function mergeFiles(probes: readonly ExpandedProbe[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const probe of probes) for (const [path, text] of probe.files) addFile(files, path, text);
  return files;
}

function addFile(files: Map<string, string>, path: string, text: string): void {
  const before = files.get(path);
  if (before !== undefined && !joined.test(path)) throw new Error(`Two parts of an application write ${path}.`);
  files.set(path, before === undefined ? text : `${before.trimEnd()}\n${text}`);
}

/** A canary inside another one would make a search for its bytes lie. */
function assertDistinct(canaries: readonly Canary[]): void {
  const keys = canaries.map((canary) => canary.key).sort();
  keys.forEach((key, index) => {
    if (keys[index + 1]?.startsWith(key)) throw new Error('Two canaries of one application are the same, or one is the beginning of another.');
  });
}

function digestOf(files: ReadonlyMap<string, string>, links: ReadonlyMap<string, string>, scene: Scene): string {
  const hash = createHash('sha256');
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${path}\0${text}\0`);
  hash.update(JSON.stringify([[...links], scene.command, scene.output, scene.serverOutput?.source, scene.serve, scene.failsWith?.source]));
  return hash.digest('hex');
}
