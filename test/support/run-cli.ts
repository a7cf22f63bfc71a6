import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built command line: vitest's global setup builds it before the tests. */
export const bin = fileURLToPath(new URL('../../dist/src/cli/bin.js', import.meta.url));

export interface CliOptions {
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  /** Variables beside those of this process; `undefined` takes one away. */
  readonly env?: NodeJS.ProcessEnv;
  /** Another copy of the command line than the one in dist/. */
  readonly program?: string;
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `hilt-guard` as a user does: a process of its own, stdout and stderr are pipes. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env };
  // Node 20 needs three times as long to start with this one set.
  delete env['NODE_EXTRA_CA_CERTS'];
  for (const name of ['FORCE_COLOR', 'NO_COLOR', 'GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE']) {
    if (options.env?.[name] === undefined) delete env[name];
  }
  const child = spawn(process.execPath, [options.program ?? bin, ...args], { cwd: options.cwd, env, stdio: 'pipe' });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // The command may end before it has read its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}
