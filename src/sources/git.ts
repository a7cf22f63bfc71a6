import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeFileFailure } from './file-failure.ts';
import { hideKeys } from './hide-keys.ts';

/** Where git runs, and with which variables (`gitEnvironment`). */
export interface GitContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export type GitErrorCode =
  | 'git-missing'
  | 'not-a-repository'
  | 'no-work-tree'
  | 'dubious-ownership'
  | 'corrupt-index'
  | 'unmerged'
  | 'missing-object'
  | 'failed';

/** Git could not do what the scan needs. The message says what failed, why and what to do; it never holds a key. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly code: GitErrorCode;

  constructor(code: GitErrorCode, message: string) {
    super(hideKeys(message));
    this.code = code;
  }
}

/** What one git process gave back. `overflow`: it had more to say than `maxBytes`, and `stdout` is not the whole. */
export interface GitOutput {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly overflow: boolean;
}

export interface GitRun {
  readonly input?: string;
  /** Bytes of stdout above which the process is ended. Default: no bound. */
  readonly maxBytes?: number;
  /** A file descriptor that takes stdout instead of memory. */
  readonly output?: number;
}

/**
 * The context in which git reads the repository at `cwd` as it will commit it.
 *
 * The caller's environment is kept (`GIT_INDEX_FILE`, `GIT_DIR`, alternates), apart from what would let the repository run code,
 * reach the network, change what is shown or take a path for a pattern (git(1), section "Environment Variables").
 * Git itself reads a relative `GIT_INDEX_FILE` from the top level, and the other paths from its working directory.
 *
 * @param from Folder that relative variables are seen from.
 */
export function gitContext(cwd: string, env: NodeJS.ProcessEnv = process.env, from: string = cwd): GitContext {
  const own: NodeJS.ProcessEnv = { ...env };
  for (const name of removedVariables) delete own[name];
  for (const [name, value] of Object.entries(own)) if (mayHoldSecret(name, value)) delete own[name];
  if (from !== cwd) for (const name of pathVariables) if (own[name]) own[name] = resolve(from, own[name]);
  return { cwd, env: { ...own, ...setVariables } };
}

/** The same, for another repository than the one that the caller's `GIT_*` variables name. */
export function foreignGitContext(cwd: string, env: NodeJS.ProcessEnv = process.env): GitContext {
  const own: NodeJS.ProcessEnv = { ...env };
  for (const name of repositoryVariables) delete own[name];
  return gitContext(cwd, own);
}

const setVariables = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_LITERAL_PATHSPECS: '1',
  // A missing object would else be fetched, through a command of the repository's choice. Git before 2.39.4 knows only the second.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** Git refuses these beside GIT_LITERAL_PATHSPECS; the others run a program or change the language of messages. */
const removedVariables = ['GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS', 'GIT_EXTERNAL_DIFF', 'GIT_DIFF_OPTS', 'LANGUAGE'];

/** Git needs none of them, and NODE_DEBUG makes Node print the variables that a child process gets. */
function mayHoldSecret(name: string, value = ''): boolean {
  if (name === 'PATH' || name.startsWith('GIT_')) return false;
  return /hilt/i.test(name) || /hk_(?:live|sandbox)_|hst_/.test(value);
}

const pathVariables = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY'];

/** `git rev-parse --local-env-vars`, as far as they choose the repository. */
const repositoryVariables = [...pathVariables, 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_NAMESPACE'];

/** Before the command: the repository's own settings can neither run code nor hide bytes. Command-line settings win over every file. */
const hardening = [
  '--no-pager',
  '-c', 'core.fsmonitor=false',
  '-c', 'core.hooksPath=/dev/null',
  '-c', 'color.ui=false',
  '-c', 'diff.external=',
  '-c', 'submodule.recurse=false',
];

/** Runs git and returns whatever came of it. Throws a `GitError` only where git could not be run at all. */
export function tryGit(context: GitContext, args: readonly string[], run: GitRun = {}): GitOutput {
  const result = spawnSync('git', [...hardening, ...args], {
    cwd: context.cwd,
    env: context.env,
    maxBuffer: run.maxBytes ?? Infinity,
    stdio: [run.input === undefined ? 'ignore' : 'pipe', run.output ?? 'pipe', 'pipe'],
    windowsHide: true,
    ...(run.input !== undefined && { input: run.input }),
  });
  const overflow = errorCode(result.error) === 'ENOBUFS';
  // EPIPE: git ended before it had read its input; its own words say why.
  if (result.error && !overflow && errorCode(result.error) !== 'EPIPE') throw cannotRun(context, result.error);
  const status = result.status ?? (overflow ? 0 : -1);
  return { status, stdout: result.stdout ?? Buffer.alloc(0), stderr: result.stderr?.toString() ?? '', overflow };
}

/** Runs git and returns its stdout. Throws a `GitError` where it fails. */
export function runGit(context: GitContext, args: readonly string[], run: GitRun = {}): Buffer {
  const output = tryGit(context, args, run);
  if (output.status !== 0) throw gitFailure(context, args, output);
  return output.stdout;
}

/** The error for a git process that ended badly. */
export function gitFailure(context: GitContext, args: readonly string[], output: GitOutput): GitError {
  const words = gitWords(output.stderr);
  for (const [pattern, code, message] of knownFailures) if (pattern.test(output.stderr)) return new GitError(code, message(words, context.cwd));
  const end = output.status < 0 ? 'was ended by a signal' : `failed (exit ${output.status})`;
  return new GitError('failed', `\`git ${args[0] ?? ''}\` ${end}${words && `: ${words}`}. Run \`git status\` in "${context.cwd}" to see what is wrong.`);
}

/** The error for a folder that is in no repository. */
export function noRepository(cwd: string): GitError {
  return new GitError('not-a-repository', `"${cwd}" is not in the working tree of a git repository. Run this in a repository, or scan files by their paths.`);
}

/** The error for a bare repository, and for the inside of `.git`. */
export function noWorkTree(cwd: string): GitError {
  return new GitError('no-work-tree', `"${cwd}" has no working tree (a bare repository, or git's own folder). Run this in a checkout.`);
}

function corruptIndex(words: string): GitError {
  return new GitError('corrupt-index', `The git index cannot be read (${words}). Run \`git fsck\`; to rebuild the index from HEAD, remove it and run \`git reset\` (files stay as they are).`);
}

/** Git checks no sums when it reads an index: behind the end of one that was cut off it sees entries without a name. */
export function cutOffIndex(): GitError {
  return corruptIndex('it holds entries without a name');
}

type Failure = readonly [RegExp, GitErrorCode, (words: string, cwd: string) => string];

const knownFailures: readonly Failure[] = [
  [/not a git repository/, 'not-a-repository', (_words, cwd) => noRepository(cwd).message],
  [/must be run in a work tree/, 'no-work-tree', (_words, cwd) => noWorkTree(cwd).message],
  [/dubious ownership/, 'dubious-ownership', (_words, cwd) =>
    `Git does not read the repository at "${cwd}" because it belongs to another user. If you trust it: git config --global --add safe.directory "${cwd}"`],
  [/index file (corrupt|smaller)|bad (index|signature)|unknown index entry|unordered stage|index file open failed|malformed name in index|index uses .* extension/i, 'corrupt-index', (words) => corruptIndex(words).message],
  [/bad object|bad tree|missing|corrupt|unable to (read|parse|find)|could not (parse|read)|not a (valid|tree) object|did not send all/i, 'missing-object', (words) =>
    `Git cannot read an object of the repository (${words}). Run \`git fsck\` to see what is damaged, or \`git fetch --refetch\` in a partial clone.`],
];

function cannotRun(context: GitContext, error: Error): GitError {
  if (errorCode(error) !== 'ENOENT') return new GitError('failed', `Git cannot be run (${describeFileFailure(error)}). Check that \`git --version\` works here.`);
  if (!statSync(context.cwd, { throwIfNoEntry: false })?.isDirectory()) return new GitError('failed', `The folder "${context.cwd}" does not exist.`);
  return new GitError('git-missing', 'Git was not found. Install git, or put it on the PATH.');
}

/** What git says is wrong, on one line. */
function gitWords(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const line = lines.find((each) => each.startsWith('fatal:')) ?? lines.find((each) => each.startsWith('error:')) ?? lines[0] ?? '';
  const first = lines.find((each) => each.startsWith('error:'));
  const words = first && first !== line ? `${first}; ${line}` : line;
  return hideKeys(words).replace(/[.\s]+$/, '').slice(0, 300);
}

function errorCode(error: Error | undefined): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
