import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitContext, GitError, runGit, tryGit, type GitContext } from '../../sources/git.ts';

/**
 * The files of a working tree whose content git knows, with its id: tracked, and by their stat information the same as in the index.
 * Git does the comparing, which also settles files that were written in the same moment as the index.
 *
 * Left out, since the id says nothing of what lies on disk: files that git was told not to look at (`assume-unchanged`,
 * `skip-worktree`), and files that a filter changes on their way to git (`filter`, `ident`, `working-tree-encoding` in gitattributes(5)).
 * Without a repository there are none.
 */
export function freshBlobs(root: string, env: NodeJS.ProcessEnv = process.env): ReadonlyMap<string, string> {
  const git = gitContext(root, env);
  try {
    const listed = listedBlobs(git);
    for (const path of changedPaths(git)) listed.delete(path);
    for (const path of filteredPaths(git, root, listed)) listed.delete(path);
    return listed;
  } catch (error) {
    if (error instanceof GitError) return new Map();
    throw error;
  }
}

/** `git ls-files -s -v`: `H <mode> <id> <stage>\t<path>`; a small letter or `S` marks what git was told not to look at. */
function listedBlobs(git: GitContext): Map<string, string> {
  const blobs = new Map<string, string>();
  const output = runGit(git, ['ls-files', '-z', '--stage', '-v']).toString('utf8');
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf('\0', start);
    const tab = output.indexOf('\t', start);
    // `H 100644 <id> 0`: a plain file in stage 0.
    if (output.startsWith('H 100', start) && output.charCodeAt(tab - 1) === 48) blobs.set(output.slice(tab + 1, end), output.slice(start + 9, tab - 2));
    start = end + 1;
  }
  return blobs;
}

/** The repository's own settings must not make git trust less of the stat information than it has. */
function changedPaths(git: GitContext): string[] {
  const settings = ['-c', 'core.checkStat=default', '-c', 'core.trustctime=true', '-c', 'core.ignoreStat=false', '-c', 'core.preloadIndex=true'];
  return runGit(git, [...settings, 'diff-files', '-z', '--name-only', '--ignore-submodules=all', '--no-ext-diff', '--no-textconv']).toString('utf8').split('\0').filter((path) => path !== '');
}

/** Asks git for the attributes of all files, but only where some attributes file speaks of filters. */
function filteredPaths(git: GitContext, root: string, listed: ReadonlyMap<string, string>): string[] {
  if (!attributeFiles(git, root, listed).some(mentionsFilter)) return [];
  const output = tryGit(git, ['check-attr', '-z', '--stdin', 'filter', 'ident', 'working-tree-encoding'], { input: [...listed.keys()].join('\0') });
  if (output.status !== 0) return [...listed.keys()];
  const fields = output.stdout.toString('utf8').split('\0');
  const paths: string[] = [];
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const value = fields[i + 2];
    if (value !== 'unspecified' && value !== 'unset') paths.push(fields[i] ?? '');
  }
  return paths;
}

function attributeFiles(git: GitContext, root: string, listed: ReadonlyMap<string, string>): string[] {
  const own = [...listed.keys()].filter((path) => path.endsWith('.gitattributes')).map((path) => join(root, path));
  const config = git.env['XDG_CONFIG_HOME'] ?? join(git.env['HOME'] ?? process.getBuiltinModule('node:os').homedir(), '.config');
  const named = tryGit(git, ['config', '--path', '--get', 'core.attributesFile']).stdout.toString('utf8').trim();
  // A linked worktree has its `info` in the common folder; its `.git` is a file, so ask rather than guess.
  const info = existsSync(join(root, '.git', 'info')) ? join(root, '.git', 'info', 'attributes') : undefined;
  const shared = info ?? `${tryGit(git, ['rev-parse', '--git-path', 'info/attributes']).stdout.toString('utf8').trim()}`;
  return [...own, shared, named === '' ? join(config, 'git', 'attributes') : named, '/etc/gitattributes'];
}

function mentionsFilter(path: string): boolean {
  try {
    return path !== '' && /filter|ident|working-tree-encoding|\[attr\]/.test(readFileSync(path, 'utf8'));
  } catch {
    // Attributes files are optional; one that cannot be read is none to git either.
    return false;
  }
}
