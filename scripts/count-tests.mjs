// Prints `N passed, N failed` from Vitest's JSON report, and exits 1 if anything failed.
//
//   node scripts/count-tests.mjs <report.json>

import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// A file that could not be loaded has no tests; it counts as one that failed.
const brokenFiles = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
const failed = report.numFailedTests + brokenFiles.length;
console.log(`${report.numPassedTests} passed, ${failed} failed`);
// `success` is also false for errors outside any test, such as an unhandled rejection.
if (failed > 0 || !report.success) process.exitCode = 1;
