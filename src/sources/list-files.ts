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
  const files: ListedFile[] = [];
  const repositories: string[] = [];
  for (const line of splitNul(output.stdout)) {
    const entry = readEntry(line.text);
    const path = line.text.slice(entry.start);
    if (entry.mode === '000000') throw cutOffIndex();
    if (entry.mode === '160000') repositories.push(path);
    else if (!entry.tracked && path.endsWith('/')) repositories.push(path.slice(0, -1));
    else files.push(listed(path, line.raw?.subarray(entry.start), entry));
  }
  return { files: inOrder(files), repositories, unreadable: unreadableFolders(output.stderr) };
}

function listed(path: string, raw: Buffer | undefined, { tracked, skipped }: IndexLine): ListedFile {
  return { path, tracked, ...(skipped && { skipped }), ...(raw !== undefined && !isUtf8(raw) && { raw }) };
}

interface IndexLine { readonly tracked: boolean; readonly skipped: boolean; readonly mode: string; readonly start: number }

/** `? path`, or for what is in the index `H <mode> <object> <stage>\tpath`, with `S` where it is to be skipped (git-ls-files(1), options -t and --stage). */
function readEntry(line: string): IndexLine {
  if (line.startsWith('? ')) return { tracked: false, skipped: false, mode: '', start: 2 };
  return { tracked: true, skipped: line.startsWith('S'), mode: line.slice(2, 8), start: line.indexOf('\t') + 1 };
}

/** Git lists what is untracked first, then the index; an unmerged path comes once for each of its versions. */
function inOrder(files: ListedFile[]): ListedFile[] {
  files.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  return files.filter((file, index) => !isSame(file, files[index - 1]));
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
