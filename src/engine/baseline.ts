import { ConfigError } from './errors.ts';
import { describeFileFailure } from '../sources/file-failure.ts';
import type { Finding } from './finding.ts';
import { maskKeys } from './mask.ts';
import { readNamedFile } from './read-named-file.ts';

/** The first line of a baseline file. A later format gets a later number. */
const header = 'hilt-guard baseline, version 1';

/** One accepted finding, as its line in the file: fingerprint, rule, path. Only the fingerprint decides. */
export interface BaselineEntry { readonly fingerprint: string; readonly line: string }

/**
 * Reads a baseline file.
 *
 * @throws ConfigError if it cannot be read, has another version, or has a line that is no entry
 */
export function readBaseline(path: string): BaselineEntry[] {
  let text: string;
  try {
    text = readNamedFile(path);
  } catch (cause) {
    throw new ConfigError(`The baseline ${path} cannot be read (${describeFileFailure(cause)}). Make it with: hilt-guard baseline`, { cause });
  }
  return parseBaseline(text, path);
}

export function parseBaseline(text: string, path: string): BaselineEntry[] {
  const [first = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (first.trim() !== header) {
    throw new ConfigError(`${path}:1: This is no baseline of a version that is known here. The first line must be "${header}". Make it anew with: hilt-guard baseline`);
  }
  return rest.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const fingerprint = /^[0-9a-f]{32}(?= |$)/.exec(line)?.[0];
    if (fingerprint === undefined) throw new ConfigError(`${path}:${index + 2}: This line is no baseline entry (it does not begin with a fingerprint of 32 hex digits).`);
    return [{ fingerprint, line }];
  });
}

/** One sorted entry a line: no line numbers and no times, so that branches merge. Holds no key. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const lines = new Map(entries.map(({ fingerprint, line }) => [fingerprint, line]));
  return [header, ...[...lines.values()].sort()].join('\n') + '\n';
}

function makeEntry({ fingerprint, rule, file }: Finding): BaselineEntry {
  return { fingerprint, line: `${fingerprint} ${rule} ${maskKeys(file).replace(/[\p{Cc}\u2028\u2029]/gu, '\uFFFD')}` };
}

/** The old entries and today's findings; entries of findings that are gone stay. */
export function acceptFindings(old: readonly BaselineEntry[], findings: readonly Finding[]): BaselineEntry[] {
  return [...old, ...findings.map(makeEntry)];
}

/** The old entries whose findings still exist; nothing new is accepted. */
export function pruneBaseline(old: readonly BaselineEntry[], findings: readonly Finding[]): BaselineEntry[] {
  const current = new Set(findings.map(({ fingerprint }) => fingerprint));
  return old.filter(({ fingerprint }) => current.has(fingerprint));
}
