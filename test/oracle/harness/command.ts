import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd: string;
  /** The environment; our own where it is left out. */
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command and its children are killed. */
  readonly timeout: number;
}

export interface CommandResult { readonly status: number | undefined; readonly stdout: string; readonly stderr: string }

/** Runs a program to its end. `status` is `undefined` where it was killed; throws where it could not be started. */
export function runCommand(program: string, args: readonly string[], { cwd, env = process.env, timeout }: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    // A group of its own: bundlers leave workers behind when only their parent is killed.
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on('data', (data: Buffer) => output.stdout.push(data));
    child.stderr.on('data', (data: Buffer) => output.stderr.push(data));
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, timeout);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (status) => {
      clearTimeout(timer);
      resolve({ status: status ?? undefined, stdout: Buffer.concat(output.stdout).toString(), stderr: Buffer.concat(output.stderr).toString() });
    });
  });
}
