import { lstatSync, readFileSync, type BigIntStats } from 'node:fs';
import { join, resolve } from 'node:path';
import { changedContents, entriesOfIndex, namesIn } from '../../sources/index-entries.ts';
import { gitContext, GitError, tryGit, type GitContext } from '../../sources/git.ts';
import { gitFolder } from './cache-file.ts';

/** What git says of a working tree, as far as it can be compared with what it said earlier. */
export interface TreeState {
  /** The bytes of the index. */
  readonly index: Buffer;
  /** Files whose content on disk is not that of the index. */
  readonly dirty: ReadonlySet<string>;
  /** Files and (with a slash at the end) repositories that git neither tracks nor ignores, in git's order. */
  readonly untracked: readonly string[];
}

/** What is left to do for a state to be the one before. */
export interface Difference {
  readonly state: TreeState;
  /** Files that both have, whose content may be another one. */
  readonly changed: ReadonlySet<string>;
}

/**
 * Git compares every file with its index, which settles files that were written in the same moment as the index too; nobody else could
 * do it in that time. `undefined` where git's word is not enough: see `entriesOfIndex`, and filters that change what lies on disk.
 */
export function readTreeState(root: string, env: NodeJS.ProcessEnv): TreeState | undefined {
  const index = openIndex(root, env);
  if (!index || !entriesOfIndex(Buffer.from(index.bytes))) return undefined;
  return stateOf(index, root, env, namesOfIndex(index.bytes).filter(isAttributesFile));
}

/** The same, where `before` holds the same files as the index does now; `attributes` are the attributes files among them. */
export function compareTreeState(root: string, env: NodeJS.ProcessEnv, before: TreeState, attributes: readonly string[]): Difference | undefined {
  const index = openIndex(root, env);
  const contents = index && changedSince(before.index, index.bytes);
  const state = index && contents && stateOf(index, root, env, attributes);
  if (!state || !isSameList(state.untracked, before.untracked)) return undefined;
  return { state, changed: new Set([...contents, ...before.dirty, ...state.dirty, ...state.untracked]) };
}

/** The names that a plain index holds. */
export function namesOfIndex(index: Buffer): string[] {
  const entries = entriesOfIndex(Buffer.from(index));
  return entries === undefined ? [] : namesIn(entries).map((name) => name.toString('utf8'));
}

export function isAttributesFile(path: string): boolean {
  return path === '.gitattributes' || path.endsWith('/.gitattributes');
}

function changedSince(before: Buffer, now: Buffer): string[] | undefined {
  if (before.equals(now)) return [];
  const [one, other] = [entriesOfIndex(Buffer.from(before)), entriesOfIndex(Buffer.from(now))];
  return one && other && changedContents(one, other)?.map((name) => name.toString('utf8'));
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i]);
}

interface OpenIndex { readonly path: string; readonly git: string; readonly bytes: Buffer; readonly status: BigIntStats }

/** By these git takes another repository or index than the one that lies in the folder (git(1)). */
const steering = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE', 'GIT_NAMESPACE'];

function openIndex(root: string, env: NodeJS.ProcessEnv): OpenIndex | undefined {
  if (steering.some((name) => env[name] !== undefined)) return undefined;
  const git = gitFolder(root);
  if (git === undefined) return undefined;
  const path = join(git, 'index');
  try {
    return { path, git, status: lstatSync(path, { bigint: true }), bytes: readFileSync(path) };
  } catch {
    // A repository without an index has no files yet.
    return undefined;
  }
}

function stateOf({ path, git, bytes, status }: OpenIndex, root: string, env: NodeJS.ProcessEnv, attributes: readonly string[]): TreeState | undefined {
  const told = gitStatus(gitContext(root, env));
  // The index that git read must be the one that was read here.
  const after = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (!told || !after || after.ino !== status.ino || after.size !== status.size || after.mtimeNs !== status.mtimeNs || after.ctimeNs !== status.ctimeNs) return undefined;
  const filters = [...attributes, ...told.untracked.filter(isAttributesFile)].map((name) => join(root, name));
  return [...filters, join(sharedFolder(git), 'info', 'attributes')].some(mayFilterCode) ? undefined : { index: bytes, ...told };
}

/** The folder of the repository that a linked worktree belongs to (gitrepository-layout(5)). */
function sharedFolder(git: string): string {
  try {
    return resolve(git, readFileSync(join(git, 'commondir'), 'utf8').trim());
  } catch {
    // Not a linked worktree.
    return git;
  }
}

/** The repository's own settings must not make git trust stat information less than it has, or take its word from elsewhere. */
const settings = [
  'core.checkStat=default', 'core.trustctime=true', 'core.ignoreStat=false', 'core.preloadIndex=true', 'core.untrackedCache=false', 'core.attributesFile=/dev/null',
].flatMap((setting) => ['-c', setting]);

function gitStatus(git: GitContext): Pick<TreeState, 'dirty' | 'untracked'> | undefined {
  const context = { ...git, env: { ...git.env, GIT_ATTR_NOSYSTEM: '1' } };
  const args = [...settings, 'status', '--porcelain=v2', '-z', '--untracked-files=all', '--ignored=no', '--ignore-submodules=all', '--no-renames', '--no-ahead-behind'];
  try {
    const { status, stdout, stderr } = tryGit(context, args);
    return status === 0 && stderr === '' ? readStatus(stdout.toString('utf8')) : undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

/** git-status(1), "Porcelain Format Version 2". */
function readStatus(output: string): Pick<TreeState, 'dirty' | 'untracked'> | undefined {
  const dirty = new Set<string>();
  const untracked: string[] = [];
  for (const record of output.split('\0')) {
    if (record === '' || record.startsWith('# ')) continue;
    if (record.startsWith('? ')) untracked.push(record.slice(2));
    else if (!record.startsWith('1 ')) return undefined;
    else if (record[3] === 'T' || record.includes('\uFFFD')) return undefined;
    else if (record[3] !== '.') dirty.add(record.split(' ').slice(8).join(' '));
  }
  return untracked.some((path) => path.includes('\uFFFD')) ? undefined : { dirty, untracked };
}

/**
 * Whether an attributes file may name a filter for a file that the graph knows (gitattributes(5)): then git's word for "the same" is about
 * something else than what lies on disk. Filters for pictures and the like, as Git LFS has them, do no harm.
 */
function mayFilterCode(path: string): boolean {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // There is none, or it is none to git either.
    return false;
  }
  return text.split('\n').some((line) => /filter|ident|working-tree-encoding|\[attr\]/.test(line) && !/^\s*(?:#|\S*\*\.(?!(?:[mc]?[jt]sx?|vue|svelte|astro|x?html?|mdx|jsonc?|ya?ml)\s)\w+\s)/i.test(line));
}
