import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real git repository in a temporary folder, cut off from the user's and the machine's git configuration. */
export interface Repository {
  /** Absolute path of the working tree, symlinks resolved. */
  readonly root: string;
  /** The environment in which git and the tool under test run: no `GIT_*` of the caller, an empty home folder. */
  readonly env: NodeJS.ProcessEnv;
  /** Absolute path of a file of the working tree. */
  path(file: string): string;
  /** Writes a file with its folders; returns its absolute path. */
  write(file: string, content: string | Uint8Array): string;
  /** Makes a symlink; `target` is kept as written. */
  link(file: string, target: string): string;
  /** Removes a file or folder of the working tree. */
  remove(file: string): void;
  /** Runs git in the root and returns what it printed. Throws with git's own words if it fails. */
  git(...args: string[]): string;
  /** As `git`, with input, further variables or another folder, and the bytes as they are. */
  run(args: readonly string[], options?: RunOptions): Buffer;
  /** Stages everything (`git add -A`) and commits it, also when nothing changed; returns the commit's id. */
  commit(message?: string): string;
  cleanup(): void;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

export interface RepositoryOptions {
  readonly objectFormat?: 'sha1' | 'sha256';
  /** `false`: a plain folder, no repository. */
  readonly git?: boolean;
}

/** Makes an empty repository on branch `main`; with `git: false` a plain folder with the same methods. */
export function createRepository(options: RepositoryOptions = {}): Repository {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'hilt-guard-')));
  created.add(base);
  const root = join(base, 'repository');
  const home = join(base, 'home');
  mkdirSync(root);
  mkdirSync(home);
  const env = isolatedEnvironment(home);

  const run = (args: readonly string[], given: RunOptions = {}): Buffer => {
    const result = spawnSync('git', args, {
      cwd: given.cwd ?? root,
      env: { ...env, ...given.env },
      input: given.input ?? '',
      maxBuffer: 1 << 28,
    });
    if (result.error) throw result.error;
    if (result.status !== 0) throw new Error(`git ${args.join(' ')} (exit ${result.status}): ${result.stderr.toString()}`);
    return result.stdout;
  };
  const git = (...args: string[]): string => run(args).toString().trim();
  const path = (file: string): string => join(root, file);
  const inFolder = (file: string): string => {
    mkdirSync(dirname(path(file)), { recursive: true });
    return path(file);
  };

  if (options.git !== false) git('init', '--quiet', '--initial-branch=main', `--object-format=${options.objectFormat ?? 'sha1'}`);

  return {
    root,
    env,
    path,
    git,
    run,
    write(file, content) {
      const target = inFolder(file);
      writeFileSync(target, content);
      return target;
    },
    link(file, target) {
      const place = inFolder(file);
      symlinkSync(target, place);
      return place;
    },
    remove(file) {
      rmSync(path(file), { recursive: true, force: true });
    },
    commit(message = 'Change') {
      git('add', '-A');
      git('commit', '--quiet', '--allow-empty', '--no-verify', '-m', message);
      return git('rev-parse', 'HEAD');
    },
    cleanup() {
      created.delete(base);
      rmSync(base, { recursive: true, force: true });
    },
  };
}

function isolatedEnvironment(home: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  // The tests may themselves run inside a git hook, which sets GIT_DIR and GIT_INDEX_FILE.
  for (const [name, value] of Object.entries(process.env)) if (!name.startsWith('GIT_')) env[name] = value;
  return {
    ...env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'A Merchant',
    GIT_AUTHOR_EMAIL: 'merchant@shop.test',
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
    GIT_COMMITTER_NAME: 'A Merchant',
    GIT_COMMITTER_EMAIL: 'merchant@shop.test',
    GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** What a failed test left behind goes with the process. */
const created = new Set<string>();
process.on('exit', () => {
  for (const base of created) rmSync(base, { recursive: true, force: true });
});
