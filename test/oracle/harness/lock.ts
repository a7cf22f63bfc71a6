import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './folders.ts';

const patience = 600_000;

/** Runs `work` while no other process builds or scans the same bundler's applications: they lie in the same folders. */
export async function withLock<T>(bundler: string, work: () => Promise<T>): Promise<T> {
  const folder = join(cacheFolder, `lock-${bundler}`);
  mkdirSync(cacheFolder, { recursive: true });
  const end = Date.now() + patience;
  while (!take(folder)) {
    if (Date.now() > end) throw new Error(`${bundler}: another run holds ${folder}.`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder: string): boolean {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isHeld(folder)) return false;
    rmSync(folder, { recursive: true, force: true });
    return take(folder);
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

/** A folder without a process id was made a moment ago; one whose process is gone was left behind. */
function isHeld(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
