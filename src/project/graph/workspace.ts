import { createRequire } from 'node:module';
import { relative, sep } from 'node:path';
import picomatch from 'picomatch';
import type { Source } from '../../sources/source.ts';
import { DiskLinks } from './disk-links.ts';
import { isRecord, stringsOf, type JsonRecord, type Manifests } from './manifest.ts';
import { folderOf, isBelow, joinPath, relativeTo } from './posix-path.ts';

/** One package.json of the repository. */
export interface Package {
  /** Relative to the root; `""` for a package at the root. */
  readonly folder: string;
  readonly name?: string;
  readonly manifest: JsonRecord;
  /** Every kind of dependency, name to range. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The packages of a repository, known from its files alone: nothing needs to be installed. */
export interface Workspace {
  readonly packages: readonly Package[];
  /** The package that a path belongs to: the nearest package.json at or above its folder. */
  packageOf(path: string): Package | undefined;
  /** The package of the repository that `name` means in `from`, or `undefined` if it comes from a registry. */
  named(from: Package | undefined, name: string): Package | undefined;
  /** The package whose package.json lies in exactly this folder. */
  inFolder(folder: string): Package | undefined;
}

export function openWorkspace(source: Source, manifests: Manifests, links = new DiskLinks(source.root)): Workspace {
  const disk: Disk = { root: source.root, links };
  const byFolder = new Map<string, Package>();
  const files = [...source.paths()].filter((path) => path.endsWith('package.json') && (path.length === 12 || path.charCodeAt(path.length - 13) === 47) && !/(?:^|\/)node_modules\//.test(path));
  manifests.prefetch(files);
  for (const path of files) {
    const manifest = manifests.json(path);
    if (manifest !== undefined) byFolder.set(folderOf(path), packageFrom(folderOf(path), manifest));
  }
  const nearest = new Map<string, Package | undefined>();
  const packageIn = (folder: string): Package | undefined => {
    if (nearest.has(folder)) return nearest.get(folder);
    const own = byFolder.get(folder) ?? (folder === '' ? undefined : packageIn(folderOf(folder)));
    nearest.set(folder, own);
    return own;
  };
  const members = workspaceMembers(source, manifests, byFolder, disk);
  const linked = new Map<string, Package | undefined>();
  const named = (from: Package | undefined, name: string): Package | undefined => {
    if (from?.name === name) return from;
    const key = `${from?.folder ?? ''}\n${name}`;
    if (linked.has(key)) return linked.get(key);
    const found = localDependency(from, name, byFolder)
      ?? nearestMember(from, aliasedName(from, name), members)
      ?? installedLink(disk, from?.folder ?? '', name, byFolder);
    linked.set(key, found);
    return found;
  };
  return {
    packages: [...byFolder.values()],
    packageOf: (path) => packageIn(folderOf(path)),
    named,
    inFolder: (folder) => byFolder.get(folder),
  };
}

function packageFrom(folder: string, manifest: JsonRecord): Package {
  const dependencies: Record<string, string> = {};
  for (const kind of ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies']) {
    const entries = manifest[kind];
    if (!isRecord(entries)) continue;
    for (const [name, range] of Object.entries(entries)) if (typeof range === 'string') dependencies[name] = range;
  }
  const name = manifest['name'];
  return { folder, manifest, dependencies, ...(typeof name === 'string' ? { name } : {}) };
}

interface Disk { readonly root: string; readonly links: DiskLinks }

interface Member { readonly root: string; readonly package: Package }

/** Members by name. The same name may stand for several packages where a repository holds several workspaces (templates, fixtures). */
function workspaceMembers(source: Source, manifests: Manifests, byFolder: ReadonlyMap<string, Package>, disk: Disk): Map<string, Member[]> {
  const members = new Map<string, Member[]>();
  const add = (root: string, found: Package): void => {
    if (found.name === undefined) return;
    const list = members.get(found.name);
    if (list === undefined) members.set(found.name, [{ root, package: found }]);
    else list.push({ root, package: found });
  };
  for (const [root, globs] of workspaceRoots(source, manifests, byFolder)) {
    const positive = globs.filter((glob) => !glob.startsWith('!'));
    const matches = picomatch(positive.map(trimGlob), { ignore: globs.filter((glob) => glob.startsWith('!')).map((glob) => trimGlob(glob.slice(1))) });
    for (const [folder, found] of byFolder) {
      if (isBelow(folder, root) && (folder === root || matches(relativeTo(root, folder)))) add(root, found);
    }
    for (const path of source.paths()) {
      // Git lists a symlinked folder as a file; only what can be one is asked for.
      if (/\.\w+$/.test(path) || !isBelow(path, root) || !matches(relativeTo(root, path))) continue;
      const found = packageBehind(disk, path, byFolder);
      if (found) add(root, found);
    }
  }
  return members;
}

function trimGlob(glob: string): string {
  return glob.replace(/^\.\//, '').replace(/\/+$/, '');
}

function workspaceRoots(source: Source, manifests: Manifests, byFolder: ReadonlyMap<string, Package>): Map<string, string[]> {
  const roots = new Map<string, string[]>();
  const add = (folder: string, globs: readonly string[]): void => {
    if (globs.length > 0) roots.set(folder, [...(roots.get(folder) ?? []), ...globs]);
  };
  for (const [folder, found] of byFolder) {
    const field = found.manifest['workspaces'];
    add(folder, stringsOf(isRecord(field) ? field['packages'] : field));
  }
  for (const path of source.paths()) {
    if (path.endsWith('pnpm-workspace.yaml')) add(folderOf(path), pnpmGlobs(manifests.text(path)));
    else if (/(?:^|\/)lerna\.json$/.test(path)) add(folderOf(path), stringsOf(manifests.json(path)?.['packages']));
    else if (/(?:^|\/)rush\.json$/.test(path)) add(folderOf(path), rushFolders(manifests.json(path)));
  }
  return roots;
}

function pnpmGlobs(text: string | undefined): string[] {
  if (text === undefined) return [];
  // Loaded only where a pnpm workspace is: the library costs more start-up time than a small scan takes.
  const { parse } = createRequire(import.meta.url)('yaml') as { parse(text: string): unknown };
  try {
    const value = parse(text);
    return isRecord(value) ? stringsOf(value['packages']) : [];
  } catch {
    return [...text.matchAll(/^\s*-\s*['"]?([^'"#\n]+?)['"]?\s*$/gm)].map((match) => match[1] ?? '');
  }
}

function rushFolders(config: JsonRecord | undefined): string[] {
  const projects = config?.['projects'];
  if (!Array.isArray(projects)) return [];
  return projects.flatMap((project) => (isRecord(project) ? stringsOf(project['projectFolder']) : []));
}

/** `link:../shared`, `file:…`, `portal:…`, `workspace:../shared`. */
function localDependency(from: Package | undefined, name: string, byFolder: ReadonlyMap<string, Package>): Package | undefined {
  const range = from?.dependencies[name];
  const path = range === undefined ? undefined : /^(?:link|file|portal|workspace):(\.{1,2}(?:\/.*)?|[^@*^~\d][^@]*\/[^@]*)$/.exec(range)?.[1];
  const folder = path === undefined ? undefined : joinPath(from?.folder ?? '', path);
  return folder === undefined ? undefined : byFolder.get(folder);
}

/** `"ui": "workspace:@acme/ui@*"` and `"ui": "npm:@acme/ui@1"` install a package under another name. */
function aliasedName(from: Package | undefined, name: string): string {
  const range = from?.dependencies[name];
  return range === undefined ? name : (/^(?:workspace|npm):((?:@[^/@]+\/)?[^@]+)@/.exec(range)?.[1] ?? name);
}

function nearestMember(from: Package | undefined, name: string, members: ReadonlyMap<string, readonly Member[]>): Package | undefined {
  const folder = from?.folder ?? '';
  let best: Member | undefined;
  for (const member of members.get(name) ?? []) {
    if (isBelow(folder, member.root) && (best === undefined || member.root.length > best.root.length)) best = member;
  }
  return best?.package;
}

/** A symlink in an installed `node_modules` that leads back into the repository, as `npm link` and older tools make it. */
function installedLink(disk: Disk, folder: string, name: string, byFolder: ReadonlyMap<string, Package>): Package | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (disk.links.targetOf(path) !== undefined) return packageBehind(disk, path, byFolder);
    if (at === '') return undefined;
  }
}

/** The package of the repository that a symlink leads to. */
function packageBehind({ root, links }: Disk, path: string, byFolder: ReadonlyMap<string, Package>): Package | undefined {
  const target = links.targetOf(path);
  if (target === undefined) return undefined;
  const inside = relative(root, target).split(sep).join('/');
  return inside.startsWith('..') || inside.includes('node_modules') ? undefined : byFolder.get(inside);
}
