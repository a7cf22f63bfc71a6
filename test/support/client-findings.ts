import { findingsOf } from './findings.ts';

/** What `no-client-key` says of a repository of these files: `file:line exposure`, with a question mark where it is only possible. */
export function clientFindings(files: Readonly<Record<string, string>>): string[] {
  return findingsOf('no-client-key', files).map(({ file, line, confidence, report }) => `${file}:${line} ${report.exposure ?? ''}${confidence === 'possible' ? '?' : ''}`);
}

/** A `package.json` with these dependencies, of any version. */
export function packageWith(...names: string[]): string {
  return JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });
}

/** A request to Hilt that sends a value as the key. */
export function requestWith(value: string): string {
  return `fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': ${value} } })`;
}
