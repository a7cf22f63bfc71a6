import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const folder = join(import.meta.dirname, 'test');
const exclude = [...configDefaults.exclude, 'test/oracle/apps/**', 'test/e2e/fixtures/**'];
/** Tests that measure processor time, to which garbage of other tests would add, or that put another module in the place of one of ours. */
const alone = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && /support\/growth\.ts|performance\.now|\bvi\.mock\(/.test(readFileSync(join(folder, file), 'utf8')))
  .map((file) => `test/${file}`);

/** Begins with what takes longest, so that no process ends long before the other: tests that run programs, however short their files are. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number => (project.name === 'alone' ? 0 : /\/test\/(?:cli|e2e|oracle|scripts)\//.test(moduleId) ? 1 : 2);
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/support/build-once.ts'],
    // Most tests start processes (git, node); they are slow when the machine is busy, not when they hang.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'alone', include: alone, exclude } },
      // To load the product anew for each file takes longer than most files run.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: [...exclude, ...alone], isolate: false } },
    ],
  },
});
