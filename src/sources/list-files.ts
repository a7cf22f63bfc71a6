import { Buffer, isUtf8 } from 'node:buffer';
import { readdirSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { cutOffIndex, gitFailure, tryGit, type GitContext } from './git.ts';

/** A file as git or the folder names it. */
export interface ListedFile {
  /** POSIX path relative to the listed folder; bytes that are not UTF-8 are shown as U+FFFD. */
  readonly path: string;
  /** The name's bytes, where they are not UTF-8. */
  readonly raw?: Buffer;
  readonly tracked?: boolean;
  /** Git was told to leave it out of the working tree (a sparse checkout). */
  readonly skipped?: boolean;
}

export interface GitListing {
  /** In path order, each once. */
  readonly files: readonly ListedFile[];
  /** Submodules and repositories inside the repository: git does not look into them. */
  readonly repositories: readonly string[];
  /** Folders that git could not open. */
  readonly unreadable: readonly string[];
}

/**
 * The tracked files of a working tree, and the untracked ones that git does not ignore, in one git process.
 *
 * @param context At the top level.
 * @param below A folder, POSIX path relative to the top level; default: everything.
 */
export function listWorkingTree(context: GitContext, below?: string): GitListing {
  const args = ['ls-files', '-z', '-t', '--stage', '--cached', '--others', '--exclude-standard', ...(below === undefined ? [] : ['--', below])];
  const output = tryGit(context, args);
  if (output.status !== 0) throw gitFailure(context, args, output);
  return { ...readListing(output.stdout), unreadable: unreadableFolders(output.stderr) };
}

/**
 * Records of `? path`, or for what is in the index `H <mode> <object> <stage>\tpath`, with `S` where it is to be skipped (git-ls-files(1),
 * options -t and --stage). One plain loop: ten thousand records are read before V8 has compiled anything of it.
 */
function readListing(output: Buffer): Pick<GitListing, 'files' | 'repositories'> {
  const isText = isUtf8(output);
  // In Latin-1 each byte is a character, so offsets are those of the bytes.
  const text = output.toString(isText ? 'utf8' : 'latin1');
  const files: ListedFile[] = [];
  const repositories: string[] = [];
  for (let start = 0, end = text.indexOf('\0'); end >= 0; start = end + 1, end = text.indexOf('\0', start)) {
    const tracked = text[start] !== '?';
    const at = tracked ? text.indexOf('\t', start) + 1 : start + 2;
    const path = isText ? text.slice(at, end) : output.toString('utf8', at, end);
    if (tracked && text.startsWith('000000', start + 2)) throw cutOffIndex();
    if (tracked && text.startsWith('160000', start + 2)) repositories.push(path);
    else if (!tracked && path.endsWith('/')) repositories.push(path.slice(0, -1));
    else if (isText) files.push(text[start] === 'S' ? { path, tracked, skipped: true } : { path, tracked });
    else files.push(listedBytes(path, output.subarray(at, end), tracked, text[start] === 'S'));
  }
  return { files: inOrder(files), repositories };
}

function listedBytes(path: string, raw: Buffer, tracked: boolean, skipped: boolean): ListedFile {
  return { path, tracked, ...(skipped && { skipped }), ...(!isUtf8(raw) && { raw }) };
}

/** Git lists what is untracked first, then the index; an unmerged path comes once for each of its versions. */
function inOrder(files: ListedFile[]): ListedFile[] {
  if (isAscending(files)) return files;
  files.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  return files.filter((file, index) => !isSame(file, files[index - 1]));
}

/** As nearly every listing is: nothing untracked, nothing unmerged. */
function isAscending(files: readonly ListedFile[]): boolean {
  let last = '';
  for (const { path } of files) {
    if (path <= last) return false;
    last = path;
  }
  return true;
}

function isSame(file: ListedFile, other: ListedFile | undefined): boolean {
  if (file.path !== other?.path) return false;
  return file.raw === undefined || (other.raw !== undefined && file.raw.equals(other.raw));
}

function unreadableFolders(stderr: string): string[] {
  return [...stderr.matchAll(/^warning: could not open directory '(.*?)\/?': /gm)].map((match) => match[1] ?? '');
}

/** One record of git's `-z` output. `raw` is there only where the output is not UTF-8; ASCII lies at the same offsets in both. */
export interface NulRecord { readonly text: string; readonly raw?: Buffer }

/** Splits git's `-z` output. */
export function splitNul(output: Buffer): NulRecord[] {
  if (isUtf8(output)) return output.toString('utf8').split('\0').slice(0, -1).map((text) => ({ text }));
  const records: NulRecord[] = [];
  for (let start = 0, end = output.indexOf(0); end >= 0; start = end + 1, end = output.indexOf(0, start)) {
    const raw = output.subarray(start, end);
    records.push({ text: raw.toString('utf8'), raw });
  }
  return records;
}

/**
 * Every file below a folder that git does not know, symlinks among them and not followed. `.git` is left out.
 *
 * @param skipDependencies Leave out `node_modules` too.
 */
export function listFolder(folder: string, skipDependencies: boolean, onUnreadable: (path: string) => void): ListedFile[] {
  const files: ListedFile[] = [];
  const open: FolderName[] = [{ path: '' }];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const entry of readFolder(folder, at, onUnreadable)) {
      if (entry.name.path === '.git' || entry.name.path.endsWith('/.git')) continue;
      if (!entry.isFolder) files.push(entry.name);
      else if (!(skipDependencies && /(^|\/)node_modules$/.test(entry.name.path))) open.push(entry.name);
    }
  }
  return inOrder(files);
}

interface FolderName { readonly path: string; readonly raw?: Buffer }

function readFolder(root: string, at: FolderName, onUnreadable: (path: string) => void): { name: FolderName; isFolder: boolean }[] {
  try {
    const entries = at.raw ? undefined : readdirSync(join(root, at.path), { withFileTypes: true });
    if (entries && !entries.some((entry) => entry.name.includes('\uFFFD'))) {
      return entries.map((entry) => ({ name: { path: below(at.path, entry.name) }, isFolder: entry.isDirectory() }));
    }
    return readByteNames(root, at);
  } catch {
    onUnreadable(at.path);
    return [];
  }
}

/** Names that are not UTF-8 can only be opened by their bytes. */
function readByteNames(root: string, at: FolderName): { name: FolderName; isFolder: boolean }[] {
  const raw = at.raw ?? Buffer.from(at.path);
  const entries = readdirSync(absolutePath(root, { path: at.path, raw }), { withFileTypes: true, encoding: 'buffer' });
  return entries.map((entry: Dirent<Buffer>) => {
    const path = below(at.path, entry.name.toString());
    const bytes = raw.length === 0 ? entry.name : Buffer.concat([raw, Buffer.from('/'), entry.name]);
    return { name: isUtf8(bytes) ? { path } : { path, raw: bytes }, isFolder: entry.isDirectory() };
  });
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Where a listed file lies on disk. */
export function absolutePath(folder: string, file: ListedFile): string | Buffer {
  if (file.raw) return Buffer.concat([Buffer.from(folder.endsWith(sep) ? folder : folder + sep), file.raw]);
  return folder.endsWith('/') ? folder + file.path : `${folder}/${file.path}`;
}
