import { Buffer, isUtf8 } from 'node:buffer';
import { readdirSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { cutOffIndex, gitFailure, tryGit, type GitContext } from './git.ts';

/** A file that is listed: its path alone where it is tracked, checked out and named in UTF-8, as nearly all are. Of a large tree that spares an object each. */
export type Listed = string | ListedFile;

/** A file as git or the folder names it. */
export interface ListedFile {
  /** POSIX path relative to the listed folder; bytes that are not UTF-8 are shown as U+FFFD. */
  readonly path: string;
  /** The name's bytes, where they are not UTF-8. */
  readonly raw?: Buffer;
  /** Git knows the file: when it is not there, it was deleted, and nobody need be told. */
  readonly tracked?: boolean;
  /** Git was told to leave it out of the working tree (a sparse checkout). */
  readonly skipped?: boolean;
}

export interface GitListing {
  /** In path order, each once. */
  readonly files: readonly Listed[];
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
 * options -t and --stage).
 */
function readListing(output: Buffer): GitRecords {
  const found: { readonly files: Listed[]; readonly repositories: string[] } = { files: [], repositories: [] };
  if (isUtf8(output)) readText(output.toString(), found);
  else for (const { text, raw } of splitNul(output)) readRecord(text, raw, found);
  return { files: inOrder(found.files), repositories: found.repositories };
}

type GitRecords = Pick<GitListing, 'files' | 'repositories'>;

/** Ten thousand records are read before V8 has compiled anything of this: what is done for each file is two calls. */
function readText(text: string, found: { readonly files: Listed[]; readonly repositories: string[] }): void {
  const { files } = found;
  // Ids are of one length in a repository.
  let pathAt = 0;
  for (const record of text.split('\0')) {
    if (pathAt > 0 && record.startsWith('H 10')) files.push(record.slice(pathAt));
    else {
      if (record !== '') readRecord(record, undefined, found);
      if (record.startsWith('H ')) pathAt = record.indexOf('\t') + 1;
    }
  }
}

/** @param raw The record's bytes, if they are not UTF-8 */
function readRecord(text: string, raw: Buffer | undefined, { files, repositories }: { readonly files: Listed[]; readonly repositories: string[] }): void {
  const tracked = !text.startsWith('?');
  const at = tracked ? text.indexOf('\t') + 1 : 2;
  const path = text.slice(at);
  if (tracked && text.startsWith('000000', 2)) throw cutOffIndex();
  if (tracked && text.startsWith('160000', 2)) repositories.push(path);
  else if (!tracked && path.endsWith('/')) repositories.push(path.slice(0, -1));
  else files.push({ path, tracked, ...(text.startsWith('S') && { skipped: true }), ...(raw && { raw: raw.subarray(at) }) });
}

/** Git lists what is untracked first, then the index; an unmerged path comes once for each of its versions. */
function inOrder(files: Listed[]): Listed[] {
  if (isAscending(files)) return files;
  files.sort((one, other) => (pathOf(one) < pathOf(other) ? -1 : pathOf(one) > pathOf(other) ? 1 : 0));
  return files.filter((file, index) => !isSame(file, files[index - 1]));
}

export function pathOf(listed: string | { readonly path: string }): string {
  return typeof listed === 'string' ? listed : listed.path;
}

/** As nearly every listing is: nothing untracked, nothing unmerged. */
function isAscending(files: readonly Listed[]): boolean {
  let last = '';
  for (const file of files) {
    const path = pathOf(file);
    if (path <= last) return false;
    last = path;
  }
  return true;
}

function isSame(file: Listed, other: Listed | undefined): boolean {
  if (other === undefined || pathOf(file) !== pathOf(other)) return false;
  const [raw, otherRaw] = [rawOf(file), rawOf(other)];
  return raw === undefined || (otherRaw !== undefined && raw.equals(otherRaw));
}

function rawOf(listed: Listed): Buffer | undefined {
  return typeof listed === 'string' ? undefined : listed.raw;
}

function unreadableFolders(stderr: string): string[] {
  return [...stderr.matchAll(/^warning: could not open directory '(.*?)\/?': /gm)].map((match) => match[1] ?? '');
}

/** One record of git's `-z` output. `raw` is there only where it is not UTF-8; ASCII lies at the same offsets in both. */
export interface NulRecord { readonly text: string; readonly raw?: Buffer }

/** Splits git's `-z` output. */
export function splitNul(output: Buffer): NulRecord[] {
  if (isUtf8(output)) return output.toString('utf8').split('\0').slice(0, -1).map((text) => ({ text }));
  const records: NulRecord[] = [];
  for (let start = 0, end = output.indexOf(0); end >= 0; start = end + 1, end = output.indexOf(0, start)) {
    const raw = output.subarray(start, end);
    records.push({ text: raw.toString('utf8'), ...(!isUtf8(raw) && { raw }) });
  }
  return records;
}

/**
 * Every file below a folder that git does not know, symlinks among them and not followed. `.git` is left out.
 *
 * @param skipDependencies Leave out `node_modules` too.
 */
export function listFolder(folder: string, skipDependencies: boolean, onUnreadable: (path: string) => void): readonly Listed[] {
  const files: Listed[] = [];
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
export function absolutePath(folder: string, file: Listed): string | Buffer {
  const raw = rawOf(file);
  if (raw) return Buffer.concat([Buffer.from(folder.endsWith(sep) ? folder : folder + sep), raw]);
  return folder.endsWith('/') ? folder + pathOf(file) : `${folder}/${pathOf(file)}`;
}
