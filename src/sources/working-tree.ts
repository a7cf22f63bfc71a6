import { lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { foreignGitContext, gitContext, GitError, gitFailure, tryGit, type GitContext } from './git.ts';
import { describeFileFailure } from './file-failure.ts';
import { absolutePath, listFolder, listWorkingTree, pathOf, type Listed } from './list-files.ts';
import { NoticeList } from './notice-list.ts';
import { once } from './once.ts';
import { defaultMaxFileSize, DiskFile, isInside, type DiskEntry, type Reading } from './read-file.ts';
import { findRoot, type Root } from './root.ts';
import { SourceError } from './source-error.ts';
import type { Source, SourceFile } from './source.ts';

export interface WorkingTreeOptions {
  readonly cwd: string;
  /** Literal files and folders, relative to `cwd`. None: the whole repository, also from a sub-directory of it. */
  readonly paths?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Bytes above which a file is not read. Default: 100 MiB. */
  readonly maxFileSize?: number;
}

/**
 * The files as they lie on disk: tracked ones, and untracked ones that git does not ignore; outside a repository, all but `node_modules`.
 * A named file or folder is scanned also where git ignores it or does not know it.
 *
 * Throws a `SourceError` for a path that does not exist, a `GitError` where git refuses or cannot read the repository.
 */
export function openWorkingTree(options: WorkingTreeOptions): Source {
  const tree = openTree(options);
  const { reading } = tree;
  const isNamed = options.paths !== undefined && options.paths.length > 0;
  if (!isNamed && tree.found.git === 'bare') tellNoWorkTree(reading);
  const entries = isNamed ? namedEntries(options.paths, tree) : tree.list();
  const asked = once(() => new Set(entries.map(pathOf)));
  const others = followedIn(tree);
  return {
    root: reading.root,
    notices: reading.notices.all,
    *files() {
      const isBehindLink = createLinkCheck(reading.root);
      for (const entry of entries) if (!isTracked(entry) || !isBehindLink(pathOf(entry))) yield new DiskFile(entry, reading);
    },
    open: (path) => openOnDisk(path, isNamed && !asked().has(path) ? others : tree),
    paths: once(() => new Set(tree.list().map(pathOf))),
  };
}

type Entry = string | DiskEntry;

function isTracked(entry: Entry): boolean {
  return typeof entry === 'string' || entry.tracked === true;
}

/** The same tree, for files that only others name. */
export function followedIn(tree: Tree): Tree {
  return { ...tree, reading: { ...tree.reading, followed: true } };
}

/** A working tree that is listed when it is first asked for. */
export interface Tree {
  readonly found: Root;
  readonly env: NodeJS.ProcessEnv;
  readonly reading: Reading;
  /** Folders that `openOnDisk` has looked at: whether they are, links resolved, below the root. */
  readonly folders: Map<string, boolean>;
  /** Every file of the snapshot, in path order; a path alone is a tracked file. */
  list(): readonly Entry[];
}

/** Finds the root, and reads nothing yet. Throws as `findRoot` does. */
export function openTree(options: Pick<WorkingTreeOptions, 'cwd' | 'env' | 'maxFileSize'>): Tree {
  const env = options.env ?? process.env;
  const found = findRoot(options.cwd, env);
  const reading = { root: found.root, notices: new NoticeList(), maxFileSize: options.maxFileSize ?? defaultMaxFileSize };
  return { found, env, reading, folders: new Map(), list: once(() => listRoot(found, env, reading)) };
}

function listRoot({ root, cwd, git }: Root, env: NodeJS.ProcessEnv, reading: Reading): readonly Entry[] {
  if (git === 'repository') {
    try {
      return gitEntries(gitContext(root, env, cwd), undefined, reading);
    } catch (error) {
      if (!(error instanceof GitError) || !withoutGit.has(error.code)) throw error;
      tellNoGit(error.code === 'git-missing', reading);
    }
  } else if (git !== 'bare') {
    tellNoGit(git === 'unavailable', reading);
  }
  return folderEntries(root, true, reading);
}

/** What looks like a repository may be none to git (an empty `.git`, one on another file system), or git may not be there. */
const withoutGit = new Set(['not-a-repository', 'no-work-tree', 'git-missing']);

/** Git keeps what was committed packed: a search of its files says nothing of it. */
function tellNoWorkTree({ notices }: Reading): void {
  const message = "This is a bare repository or git's own folder: its files were searched, what its commits hold was not. Run this in a checkout.";
  notices.add({ code: 'no-work-tree', level: 'incomplete', message });
}

function tellNoGit(unavailable: boolean, { notices }: Reading): void {
  const what = 'every file of the folder was scanned, also what a `.gitignore` names, but for `node_modules`';
  if (unavailable) notices.add({ code: 'git-unavailable', level: 'info', message: `Git was not found, so ${what}. Install git to scan only what it would commit.` });
  else notices.add({ code: 'not-a-repository', level: 'info', message: `This is no git repository, so ${what}.` });
}

function gitEntries(context: GitContext, folder: string | undefined, reading: Reading): readonly Entry[] {
  const listing = listWorkingTree(context, folder);
  const shown = (path: string): string => displayPath(reading.root, join(context.cwd, path));
  for (const path of listing.repositories) {
    reading.notices.add({ code: 'submodule', level: 'info', file: shown(path), message: 'This is a repository of its own: it was not scanned. Name it to have it scanned.' });
  }
  for (const path of listing.unreadable) tellUnreadableFolder(shown(path), reading);
  return onDisk(context.cwd, listing.files, reading);
}

function folderEntries(folder: string, skipDependencies: boolean, reading: Reading): readonly Entry[] {
  const files = listFolder(folder, skipDependencies, (path) => tellUnreadableFolder(displayPath(reading.root, join(folder, path)), reading));
  return onDisk(folder, files, reading);
}

function tellUnreadableFolder(file: string, { notices }: Reading): void {
  notices.add({ code: 'unreadable', level: 'incomplete', file, message: 'This folder could not be opened, so nothing in it was scanned. Make it readable, or list it under `ignore`.' });
}

function onDisk(folder: string, files: readonly Listed[], { root }: Reading): readonly Entry[] {
  if (folder === root) return files;
  const prefix = `${displayPath(root, folder)}/`;
  return files.map((file) => {
    const own = typeof file === 'string' ? { tracked: true } : { tracked: file.tracked === true, skipped: file.skipped === true };
    return { ...own, path: prefix + pathOf(file), place: absolutePath(folder, file) };
  });
}

/** POSIX path of an absolute one, relative to the root. */
export function displayPath(root: string, path: string): string {
  const way = relative(root, path);
  return sep === '/' ? way : way.split(sep).join('/');
}

function namedEntries(paths: readonly string[], tree: Tree): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const name of paths) {
    for (const entry of entriesOfName(name, tree)) if (!entries.has(pathOf(entry)) || isNamed(entry)) entries.set(pathOf(entry), entry);
  }
  return [...entries.values()].sort((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1));
}

function isNamed(entry: Entry): boolean {
  return typeof entry !== 'string' && entry.named === true;
}

function entriesOfName(name: string, tree: Tree): readonly Entry[] {
  const { found, reading } = tree;
  if (name === '') throw new SourceError('An empty path names no file. Use "." for the working directory.');
  const { path, status } = locate(name, found.cwd);
  if (status.isDirectory()) return entriesOfFolder(path, tree);
  if (status.isSymbolicLink() && isFolder(path)) return entriesOfFolder(realpathSync(path), tree);
  return [{ path: displayPath(reading.root, path), place: path, named: true }];
}

/** The place of a named path with the links above it resolved, so that it compares with the root. */
function locate(name: string, cwd: string): { path: string; status: Stats } {
  const absolute = resolve(cwd, name);
  try {
    const path = join(realpathSync(dirname(absolute)), basename(absolute));
    return { path, status: lstatSync(path) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new SourceError(`There is no file or folder "${name}" in "${cwd}". Paths are taken literally: patterns are not expanded.`);
    }
    throw new SourceError(`"${name}" cannot be opened (${describeFileFailure(error)}).`);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // A link that leads nowhere; reading it says so.
    return false;
  }
}

function entriesOfFolder(folder: string, tree: Tree): readonly Entry[] {
  const { reading } = tree;
  const context = repositoryOf(folder, tree);
  if (!context) return folderEntries(folder, !hasSegment(folder, 'node_modules'), reading);
  const below = displayPath(context.cwd, folder);
  if (below === '' && folder === reading.root) return [...tree.list()];
  try {
    const known = !hasSegment(below, '.git') && (below === '' || !isIgnored(below, context));
    return known ? gitEntries(context, below || undefined, reading) : folderEntries(folder, false, reading);
  } catch (error) {
    if (!(error instanceof GitError) || !withoutGit.has(error.code)) throw error;
    tellNoGit(error.code === 'git-missing', reading);
    return folderEntries(folder, true, reading);
  }
}

function hasSegment(path: string, name: string): boolean {
  return path.split(/[\\/]/).includes(name);
}

/** The repository that a folder belongs to: the scanned one, one inside it, or another. */
function repositoryOf(folder: string, { found, env }: Tree): GitContext | undefined {
  if (found.git === 'unavailable') return undefined;
  const foreign = foreignGitContext(folder, env);
  const own = findRoot(folder, foreign.env);
  const inScanned = found.git === 'repository' && isInside(found.root, folder);
  const inNested = own.git === 'repository' && own.root !== found.root && isInside(found.root, own.root);
  if (inScanned && !inNested) return gitContext(found.root, env, found.cwd);
  return own.git === 'repository' ? foreignGitContext(own.root, env) : undefined;
}

function isIgnored(path: string, context: GitContext): boolean {
  // This command takes paths and no patterns, and refuses to be told so. `./` keeps a colon at the start from being read as magic.
  const { GIT_LITERAL_PATHSPECS: _, ...env } = context.env;
  const args = ['check-ignore', '--quiet', '--', `./${path}`];
  const output = tryGit({ cwd: context.cwd, env }, args);
  if (output.status !== 0 && output.status !== 1) throw gitFailure(context, args, output);
  return output.status === 0;
}

/**
 * Whether a folder above the path has become a symlink. To git, the files that it tracks there are deleted, and what the link leads to is not its.
 */
function createLinkCheck(root: string): (path: string) => boolean {
  const known = new Map([['', false]]);
  const isLink = (folder: string): boolean => {
    const seen = known.get(folder);
    if (seen !== undefined) return seen;
    const found = isLink(parentOf(folder)) || lstatSync(`${root}/${folder}`, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    known.set(folder, found);
    return found;
  };
  let last = '';
  let isLastLink = false;
  return (path) => {
    // Files come in order of path, so nearly all lie in the same folder as the one before.
    if (last !== '' && path.startsWith(last) && !path.includes('/', last.length)) return isLastLink;
    const folder = parentOf(path);
    last = folder === '' ? '' : `${folder}/`;
    isLastLink = isLink(folder);
    return isLastLink;
  };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A file that some other file names: any regular file below the root, also through links that stay inside it. */
export function openOnDisk(path: string, { reading, folders }: Pick<Tree, 'reading' | 'folders'>): SourceFile | undefined {
  const absolute = resolve(reading.root, path);
  try {
    const status = lstatSync(absolute, { throwIfNoEntry: false });
    if (status?.isSymbolicLink()) return openLinked(path, absolute, reading);
    return status?.isFile() && isBelowRoot(dirname(absolute), reading.root, folders) ? new DiskFile({ path, place: absolute }, reading) : undefined;
  } catch {
    // What cannot be looked at cannot be imported either; the importing program would fail in the same way.
    return undefined;
  }
}

function openLinked(path: string, absolute: string, reading: Reading): SourceFile | undefined {
  const real = realpathSync(absolute);
  return isInside(reading.root, real) && statSync(real).isFile() ? new DiskFile({ path, place: real }, reading) : undefined;
}

function isBelowRoot(folder: string, root: string, folders: Map<string, boolean>): boolean {
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const isBelow = isInside(root, realpathSync(folder));
  folders.set(folder, isBelow);
  return isBelow;
}
