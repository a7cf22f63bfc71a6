import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { BlobStore } from './blob-store.ts';
import { cutOffIndex, gitContext, GitError, gitFailure, noRepository, noWorkTree, runGit, tryGit, type GitContext } from './git.ts';
import { describeFileFailure } from './file-failure.ts';
import { splitNul } from './list-files.ts';
import { NoticeList } from './notice-list.ts';
import { once } from './once.ts';
import { defaultMaxFileSize, noteLfsPointer, readWhole, searchParts, tellTooLarge, type OpenFile } from './read-file.ts';
import { findRoot } from './root.ts';
import type { Source, SourceFile } from './source.ts';

export interface StagedOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Bytes above which a file is not read. Default: 100 MiB. */
  readonly maxFileSize?: number;
}

/** The index as the next commit will hold it. `files()` are those that the commit adds or changes. */
export interface StagedSource extends Source {
  /** The file as HEAD has it, to tell what the commit adds; `undefined` where HEAD has no such file. */
  head(path: string): SourceFile | undefined;
  /** What the index holds differently from HEAD, by path. */
  changes(): ReadonlyMap<string, IndexChange>;
  /** The paths of HEAD. */
  headPaths(): ReadonlySet<string>;
  /** What the index holds differently from `commit`, by path; `undefined` where there is no such commit (any more). */
  since(commit: string): ReadonlyMap<string, IndexChange> | undefined;
  /** The id of the commit that HEAD names; `undefined` before the first. */
  commit(): string | undefined;
}

/** One path in which the index differs from a commit. */
export interface IndexChange {
  /** `""` where the index has no such path. */
  readonly blob: string;
  /** Whether the commit has no such path. */
  readonly isNew: boolean;
}

/**
 * Opens the index of the repository at `cwd`, the whole of it also from a sub-directory. Never looks at the working tree.
 *
 * Throws a `GitError` outside a repository, without git, on unmerged paths and on a damaged index.
 */
export function openStaged(options: StagedOptions): StagedSource {
  const env = options.env ?? process.env;
  const found = findRoot(options.cwd, env);
  if (found.git === 'none') throw noRepository(found.cwd);
  if (found.git === 'bare') throw noWorkTree(found.cwd);
  const git = gitContext(found.root, env, found.cwd);
  const changes = readChanges(git);
  const reading: BlobReading = { store: new BlobStore(git), notices: new NoticeList(), maxFileSize: options.maxFileSize ?? defaultMaxFileSize };
  for (const change of changes) if (change.mode === modes.gitlink) tellSubmodule(change.path, reading.notices);
  const staged = changes.filter((change) => isFile(change.mode));
  const changed = new Map(changes.map((change) => [change.path, change]));
  const index = once(() => readIndex(git));
  const readAhead = once(() => createReadAhead(index(), reading.store));
  const added = new Set(staged.map(({ path }) => path));
  const ownDifferences = once(() => differences(changes));
  const others: BlobReading = { ...reading, followed: true };
  const open = (path: string): SourceFile | undefined => {
    const entry = followLinks(path, index(), reading.store);
    return entry && blobFile(path, entry.blob, added.has(path) ? reading : others, () => readAhead()(path));
  };
  return {
    root: found.root,
    notices: reading.notices.all,
    files: () => stagedFiles(staged, reading),
    open,
    paths: () => index().paths,
    peek: (paths) => new Map([...reading.store.readPaths([...paths])].map(([path, bytes]) => [path, mayBeLink(bytes) ? undefined : bytes])),
    prefetch: (paths) => reading.store.prefetch([...paths].flatMap((path) => index().entries.get(path)?.blob ?? [])),
    head(path) {
      const change = changed.get(path);
      if (!change) return open(path);
      return isFile(change.headMode) ? blobFile(path, change.headBlob, reading) : undefined;
    },
    changes: ownDifferences,
    headPaths: once(() => pathsOfHead(index().paths, changes)),
    since: (commit) => (commit === looseHead(found.root) ? ownDifferences() : readChangesSince(git, commit)),
    commit: () => readHead(git),
  };
}

interface BlobReading {
  readonly store: BlobStore;
  readonly notices: NoticeList;
  readonly maxFileSize: number;
  /** As in `Reading`: files that the commit leaves as they are. */
  readonly followed?: boolean;
}

/** One path in which the index differs from HEAD. Where one side has no such path, its mode is `000000`. */
interface Change {
  readonly path: string;
  readonly mode: string;
  readonly blob: string;
  readonly headMode: string;
  readonly headBlob: string;
}

/** Git's modes beside those of plain files (git-fast-import(1) lists them all). */
const modes = { none: '000000', link: '120000', gitlink: '160000' };

function isFile(mode: string): boolean {
  return mode !== modes.none && mode !== modes.gitlink;
}

function tellSubmodule(file: string, notices: NoticeList): void {
  notices.add({ code: 'submodule', level: 'info', file, message: 'This commit sets a submodule to another commit; what that commit holds was not scanned here. Run the guard in the submodule too.' });
}

/**
 * What the commit changes, in path order. `--raw` shows ids and no content, so that neither attributes, text conversion, colours nor
 * encodings come between; without renames, a renamed file is a new one. `git add -N` alone adds nothing to a commit.
 */
function readChanges(git: GitContext): Change[] {
  const output = tryGit(git, [...diffIndex, 'HEAD', '--']);
  if (output.status === 0) return parseChanges(output.stdout);
  if (!isUnborn(git)) throw gitFailure(git, diffIndex, output);
  // The first commit: everything is new. Its id depends on the repository's hash function.
  const emptyTree = runGit(git, ['hash-object', '-t', 'tree', '--stdin'], { input: '' }).toString().trim();
  return parseChanges(runGit(git, [...diffIndex, emptyTree, '--']));
}

const diffIndex = ['diff-index', '--cached', '--raw', '-z', '--no-renames', '--no-abbrev', '--ita-invisible-in-index', '--ignore-submodules=none'];

function pathsOfHead(paths: ReadonlySet<string>, changes: readonly Change[]): Set<string> {
  const ofHead = new Set(paths);
  for (const { path, headMode } of changes) {
    if (isFile(headMode)) ofHead.add(path);
    else ofHead.delete(path);
  }
  return ofHead;
}

function readChangesSince(git: GitContext, commit: string): ReadonlyMap<string, IndexChange> | undefined {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
  const output = tryGit(git, [...diffIndex, commit, '--']);
  if (output.status !== 0) return undefined;
  return differences(parseChanges(output.stdout));
}

function differences(changes: readonly Change[]): ReadonlyMap<string, IndexChange> {
  const isThere = (mode: string): boolean => mode !== modes.none;
  return new Map(changes.map((change) => [change.path, { blob: isThere(change.mode) ? change.blob : '', isNew: !isThere(change.headMode) }]));
}

/** The commit of HEAD as git's files show it at once (gitrepository-layout(5)); `undefined` where only git can tell. */
function looseHead(root: string): string | undefined {
  const read = (path: string): string | undefined => {
    try {
      return readFileSync(join(root, '.git', path), 'latin1').trim();
    } catch {
      // A linked worktree, a packed branch, another way to keep branches.
      return undefined;
    }
  };
  const head = read('HEAD') ?? '';
  const branch = /^ref: (refs\/heads\/[^\s.][^\s]*)$/.exec(head)?.[1];
  const commit = branch === undefined ? head : read(branch);
  return commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

function readHead(git: GitContext): string | undefined {
  const output = tryGit(git, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  return output.status === 0 ? output.stdout.toString('latin1').trim() : undefined;
}

/** Whether HEAD names a branch without a commit. A damaged branch counts as one, as in `git status`: all is new, and nothing is missed. */
function isUnborn(git: GitContext): boolean {
  return tryGit(git, ['rev-parse', '--verify', '--quiet', 'HEAD']).status === 1;
}

/** `:<mode> <mode> <id> <id> <status>\0<path>\0` (git-diff-index(1), "RAW OUTPUT FORMAT"). */
function parseChanges(output: Buffer): Change[] {
  const records = splitNul(output);
  const changes: Change[] = [];
  const unmerged: string[] = [];
  for (let at = 0; at + 1 < records.length; at += 2) {
    const [headMode = '', mode = '', headBlob = '', blob = '', status = ''] = (records[at]?.text ?? '').slice(1).split(' ');
    const path = records[at + 1]?.text ?? '';
    if (path === '') throw cutOffIndex();
    if (status === 'U') unmerged.push(path);
    else changes.push({ path, mode, blob, headMode, headBlob });
  }
  if (unmerged.length > 0) throw unmergedError(unmerged);
  return changes;
}

function unmergedError(paths: readonly string[]): GitError {
  const named = paths.slice(0, 3).map((path) => JSON.stringify(path)).join(', ');
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  return new GitError('unmerged', `The index holds unresolved conflicts (${named}${more}). Resolve them and \`git add\` the files; git cannot commit before that either.`);
}

interface IndexListing {
  readonly entries: ReadonlyMap<string, IndexEntry>;
  readonly paths: ReadonlySet<string>;
}

interface IndexEntry {
  readonly mode: string;
  readonly blob: string;
}

/** `<mode> <id> <stage>\t<path>` (git-ls-files(1), option --stage). */
function readIndex(git: GitContext): IndexListing {
  const entries = new Map<string, IndexEntry>();
  for (const { text } of splitNul(runGit(git, ['ls-files', '-z', '--stage']))) {
    const tab = text.indexOf('\t');
    const [mode = '', blob = ''] = text.slice(0, tab).split(' ');
    if (mode === modes.none) throw cutOffIndex();
    if (isFile(mode)) entries.set(text.slice(tab + 1), { mode, blob });
  }
  return { entries, paths: new Set(entries.keys()) };
}

/** Whether the bytes can be what a symlink holds: a path. Text ends with a line break, and a path is short (Linux: 4096 bytes). */
function mayBeLink(bytes: Uint8Array): boolean {
  return bytes.length <= 4096 && !bytes.includes(0x0a);
}

/** As many links in a row as Linux follows. */
const maxLinks = 40;

/** What `path` stands for in the index, through symlinks between its files. */
function followLinks(path: string, index: IndexListing, store: BlobStore): IndexEntry | undefined {
  let at = path;
  for (let links = 0; links <= maxLinks; links += 1) {
    const entry = index.entries.get(at);
    if (entry?.mode !== modes.link) return entry;
    const target = store.get(entry.blob);
    if (target.kind !== 'bytes') return undefined;
    at = posix.join(posix.dirname(at), new TextDecoder().decode(target.bytes));
  }
  return undefined;
}

/** Who reads every code file skips pictures and the like, so a few files further on is still in order. */
const maxGap = 64;
const maxWindow = 1024;
/** So many files are read out of order, each by itself, before as many as possible are read along. */
const fewStrays = 8;

/**
 * Reads further files of the index along with one: more and more of them as long as files are asked for in path order, and where many
 * are asked for in any other. Whoever goes through the whole index, or follows its imports, would else start a process for each.
 */
function createReadAhead(index: IndexListing, store: BlobStore): (path: string) => void {
  const blobs = [...index.entries.values()].map((entry) => entry.blob);
  const places = new Map([...index.entries.keys()].map((path, place) => [path, place]));
  let expected = -1;
  let window = 1;
  let strays = 0;
  return (path) => {
    const place = places.get(path);
    if (place === undefined) return;
    const isInOrder = place >= expected && place - expected <= maxGap && expected >= 0;
    if (!isInOrder) strays += 1;
    window = strays > fewStrays ? maxWindow : isInOrder ? Math.min(window * 8, maxWindow) : 1;
    expected = place + window;
    if (window > 1) store.prefetch([...blobs.slice(place, expected), ...blobs.slice(0, Math.max(0, Math.min(place, expected - blobs.length)))]);
  };
}

function* stagedFiles(staged: readonly Change[], reading: BlobReading): Generator<SourceFile> {
  let next = 0;
  for (const count of reading.store.load(staged.map((change) => change.blob))) {
    for (const change of staged.slice(next, next + count)) yield blobFile(change.path, change.blob, reading);
    next += count;
  }
}

/** @param before What to do before a blob is read that is not in memory. */
function blobFile(path: string, blob: string, reading: BlobReading, before?: () => void): SourceFile {
  const prepare = (): void => {
    if (before && !reading.store.has(blob)) before();
  };
  return {
    path,
    blob,
    read() {
      prepare();
      return withBlob({ path, id: blob, otherwise: undefined, ofBytes: (bytes): Uint8Array | undefined => bytes, ofFile: readWhole }, reading);
    },
    contains(search, overlap) {
      prepare();
      return withBlob({ path, id: blob, otherwise: false, ofBytes: search, ofFile: (file) => searchParts(file, search, overlap) }, reading);
    },
  };
}

/** A staged file, and what is made of its content: by one of two functions, after its size. */
interface BlobUse<T> {
  readonly path: string;
  readonly id: string;
  /** What is given, with a notice, where the content cannot be had. */
  readonly otherwise: T;
  ofBytes(bytes: Uint8Array): T;
  ofFile(file: OpenFile): T;
}

function withBlob<T>({ path, id, otherwise, ofBytes, ofFile }: BlobUse<T>, reading: BlobReading): T {
  const blob = reading.store.get(id);
  if (blob.kind === 'missing') return tellMissing(path, id, blob.cause, reading), otherwise;
  const size = blob.kind === 'bytes' ? blob.bytes.length : blob.size;
  if (size > reading.maxFileSize) return tellTooLarge(path, reading), otherwise;
  if (blob.kind === 'bytes') return ofBytes(noteLfsPointer(path, blob.bytes, reading.notices));
  try {
    return reading.store.withLarge(id, ofFile);
  } catch (error) {
    if (error instanceof GitError) return tellMissing(path, id, error.message, reading), otherwise;
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    const message = `This large file needs a temporary file to be read, which could not be made (${describeFileFailure(error)}), so it was not scanned. Set TMPDIR to a folder with room.`;
    reading.notices.add({ code: 'unreadable', level: 'incomplete', file: path, message });
    return otherwise;
  }
}

function tellMissing(file: string, id: string, cause: string | undefined, { notices, followed, store }: BlobReading): void {
  if (followed === true && store.isPartialClone()) {
    const message = 'This is a partial clone, and not all that the staged files import is in it: values from there were not followed.';
    notices.add({ code: 'missing-object', level: 'info', message });
    return;
  }
  const advice = store.isPartialClone() ? `This is a partial clone, and a scan fetches nothing: get the object with \`git cat-file -e ${id}\`.` : 'The object is not in the repository. Run `git fsck` to see what is damaged.';
  notices.add({ code: 'missing-object', level: 'incomplete', file, message: `The staged content could not be read, so it was not scanned. ${cause ?? advice}` });
}
