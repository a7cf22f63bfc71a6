import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { createRepository } from '../support/repository.ts';

const script = fileURLToPath(new URL('../../scripts/count-tests.mjs', import.meta.url));
const folder = createRepository({ git: false });
afterEach(() => folder.remove('report.json'));

it('counts what passed, and ends well', () => {
  expect(countTests({ success: true, numPassedTests: 12, numFailedTests: 0, testResults: [] })).toEqual({ line: '12 passed, 0 failed', code: 0 });
});

it('counts what failed, and ends with 1', () => {
  const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
  expect(countTests({ success: false, numPassedTests: 12, numFailedTests: 1, testResults })).toEqual({ line: '12 passed, 1 failed', code: 1 });
});

it('counts a file that could not be loaded as one that failed', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(countTests({ success: false, numPassedTests: 12, numFailedTests: 0, testResults })).toEqual({ line: '12 passed, 1 failed', code: 1 });
});

it('ends with 1 after an error outside of any test', () => {
  expect(countTests({ success: false, numPassedTests: 12, numFailedTests: 0, testResults: [] })).toEqual({ line: '12 passed, 0 failed', code: 1 });
});

it('fails where there is no report', () => {
  const { status, stdout } = spawnSync(process.execPath, [script, folder.path('report.json')], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).not.toBe(0);
});

function countTests(report: object): { line: string; code: number | null } {
  folder.write('report.json', JSON.stringify(report));
  const { status, stdout } = spawnSync(process.execPath, [script, folder.path('report.json')], { encoding: 'utf8' });
  return { line: stdout.trimEnd(), code: status };
}
