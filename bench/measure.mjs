// How commands are compared: each of them in turn, round after round, so that what else the machine does falls on all alike.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const peakMemory = fileURLToPath(new URL('peak-memory.cjs', import.meta.url));

/**
 * Runs every command `rounds` times. Gives for each the medians of wall time and of user and system time (milliseconds, children of
 * the command included), and their ratios to the first command: medians of the ratios of the same round.
 *
 * @param commands `{ name, argv, exit }`: the exit code that it must end with, 0 if not given
 */
export function compare(commands, { cwd, rounds }) {
  const times = commands.map(() => []);
  for (let round = 0; round < rounds; round++) commands.forEach((command, i) => times[i].push(timeOf(command, cwd)));
  return commands.map(({ name }, i) => ({
    name,
    wall: median(times[i].map(({ wall }) => wall)),
    cpu: median(times[i].map(({ cpu }) => cpu)),
    wallRatio: median(times[i].map(({ wall }, round) => wall / times[0][round].wall)),
    cpuRatio: median(times[i].map(({ cpu }, round) => cpu / times[0][round].cpu)),
  }));
}

/** Bash's own clock counts what the process and its children used, to the millisecond. */
function timeOf({ name, argv, exit = 0 }, cwd) {
  const script = 'TIMEFORMAT="%3R %3U %3S"; time "$0" "$@" >/dev/null';
  const { status, stderr, error } = spawnSync('bash', ['-c', script, ...argv], { cwd, encoding: 'utf8' });
  if (error) throw error;
  if (status !== exit) throw new Error(`${name} ended with ${status} instead of ${exit}:\n${stderr}`);
  const [wall, user, system] = stderr.trimEnd().split('\n').at(-1).split(' ').map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}

/** Peak of resident memory of a Node command, MB. Git's own processes are not in it. */
export function peakOf({ name, argv: [, ...args], exit = 0 }, cwd) {
  const folder = mkdtempSync(join(tmpdir(), 'hilt-guard-peak-'));
  try {
    const file = join(folder, 'peak');
    const { status, stderr } = spawnSync(process.execPath, ['--require', peakMemory, ...args], { cwd, encoding: 'utf8', env: { ...process.env, BENCH_PEAK_FILE: file }, maxBuffer: Infinity });
    if (status !== exit) throw new Error(`${name} ended with ${status} instead of ${exit}:\n${stderr}`);
    return Number(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
