import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/oracle/apps/**', 'test/e2e/fixtures/**'],
    globalSetup: ['test/support/build-once.ts'],
    // Most tests start processes (git, node); they are slow when the machine is busy, not when they hang.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
