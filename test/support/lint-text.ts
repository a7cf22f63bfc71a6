import { expect } from 'vitest';
import { createRepository } from './repository.ts';
import { runCli } from './run-cli.ts';

/** What the tests of a rule look at; lines and columns are 1-based. */
export interface TextFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Runs the built command line on one file of a repository that has no other: the findings of every rule, in order.
 * `file` is where the text would stand; its name decides how it is read.
 *
 * @public for the tests that `npm run new-rule` writes
 */
export async function lintText(file: string, text: string): Promise<TextFinding[]> {
  const repository = createRepository({ git: false });
  try {
    const { code, stdout, stderr } = await runCli(
      ['--stdin', '--stdin-filename', file, '--format', 'json'],
      { cwd: repository.root, env: repository.env, input: text },
    );
    expect(code, stderr).toBeLessThan(2);
    return readFindings(stdout);
  } finally {
    repository.cleanup();
  }
}

/** Runs the built command line on a repository that holds `files` (path -> text) and nothing else. */
export async function lintFiles(files: Readonly<Record<string, string>>): Promise<TextFinding[]> {
  const repository = createRepository();
  try {
    for (const [file, text] of Object.entries(files)) repository.write(file, text);
    repository.git('add', '--all', '--force');
    const { code, stdout, stderr } = await runCli(['--format', 'json'], { cwd: repository.root, env: repository.env });
    expect(code, stderr).toBeLessThan(2);
    return readFindings(stdout);
  } finally {
    repository.cleanup();
  }
}

function readFindings(report: string): TextFinding[] {
  const { findings } = JSON.parse(report) as { findings: ReportedFinding[] };
  return findings.map(({ rule, severity, file, message, range }) => ({
    rule, severity, file, message, line: range.start.line, column: range.start.column,
  }));
}

interface ReportedFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
}
