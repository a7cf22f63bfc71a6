import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describeFileFailure } from './file-failure.ts';
import { GitError, gitContext, gitFailure, tryGit } from './git.ts';
import { SourceError } from './source-error.ts';

export interface Root {
  /** Absolute path, symlinks resolved: git's top level, else the working directory. */
  readonly root: string;
  /** The working directory, symlinks resolved. */
  readonly cwd: string;
  /** `none`: no repository here. `bare`: one without a working tree, or git's own folder. `unavailable`: there may be one, and git is not installed. */
  readonly git: 'repository' | 'none' | 'bare' | 'unavailable';
}

/**
 * Finds what paths in a report are relative to.
 *
 * Starting git takes as long as all else that the hook does, so where the folders alone leave no doubt they are believed.
 * Throws a `SourceError` if `cwd` is no folder, a `GitError` if git refuses the repository.
 */
export function findRoot(cwd: string, env: NodeJS.ProcessEnv = process.env): Root {
  const here = realFolder(cwd);
  const seen = lookUp(here, env);
  if (seen.certain) return seen.top === undefined ? { root: here, cwd: here, git: 'none' } : { root: seen.top, cwd: here, git: 'repository' };
  return askGit(here, env, seen.top);
}

function realFolder(cwd: string): string {
  try {
    const real = realpathSync(cwd);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    throw new SourceError(`The folder "${cwd}" cannot be opened (${describeFileFailure(error)}).`);
  }
  throw new SourceError(`"${cwd}" is not a folder.`);
}

interface Seen {
  readonly top?: string;
  readonly certain: boolean;
}

/** Looks for `.git` from `folder` upwards, as git does, and says whether git is sure to come to the same end. */
function lookUp(folder: string, env: NodeJS.ProcessEnv): Seen {
  const steered = steeringVariables.some((name) => env[name] !== undefined);
  for (let at = folder; ; at = dirname(at)) {
    const entry = look(join(at, '.git'));
    if (entry === 'hidden') return { certain: false };
    if (entry) return { top: at, certain: !steered && entry === 'folder' && isPlainRepository(join(at, '.git')) };
    // A bare repository, or the inside of `.git`.
    if (look(join(at, 'HEAD')) && look(join(at, 'objects'))) return { certain: false };
    if (dirname(at) === at) return { certain: !steered };
  }
}

function look(path: string): 'folder' | 'file' | 'hidden' | undefined {
  try {
    const entry = statSync(path, { throwIfNoEntry: false });
    return entry && (entry.isDirectory() ? 'folder' : 'file');
  } catch {
    return 'hidden';
  }
}

/** Variables by which git looks for the repository elsewhere (git(1)). `core.worktree` and `core.bare` count only in the repository's own file. */
const steeringVariables = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_CEILING_DIRECTORIES'];

/** Whether nothing in the repository's settings can move its working tree elsewhere. */
function isPlainRepository(gitDirectory: string): boolean {
  try {
    statSync(join(gitDirectory, 'HEAD'));
    statSync(join(gitDirectory, 'objects'));
    statSync(join(gitDirectory, 'refs'));
    return !/worktree|include|bare\s*(=\s*(true|yes|on|1)|$)/im.test(readFileSync(join(gitDirectory, 'config'), 'latin1'));
  } catch {
    // Not what a repository looks like: git decides.
    return false;
  }
}

function askGit(cwd: string, env: NodeJS.ProcessEnv, seen: string | undefined): Root {
  const context = gitContext(cwd, env);
  const args = ['rev-parse', '--show-toplevel'];
  try {
    const output = tryGit(context, args);
    if (output.status === 0) return { root: resolve(output.stdout.toString().replace(/\r?\n$/, '')), cwd, git: 'repository' };
    throw gitFailure(context, args, output);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (error.code === 'not-a-repository') return { root: cwd, cwd, git: 'none' };
    if (error.code === 'no-work-tree') return { root: cwd, cwd, git: 'bare' };
    if (error.code === 'git-missing') return { root: seen ?? cwd, cwd, git: 'unavailable' };
    throw error;
  }
}
