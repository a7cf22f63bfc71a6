import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRepository } from './support/repository.ts';
import { runCli } from './support/run-cli.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const names = readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'expected.json')));

interface Place { readonly rule: string; readonly file: string; readonly line: number }

describe.each(names)('fixtures/%s', (name) => {
  const { findings: expected } = readJson(join(fixtures, name, 'expected.json')) as { findings: Place[] };

  it('gives the findings that its expected.json lists, and no other', async () => {
    const repository = createRepository();
    onTestFinished(repository.cleanup);
    cpSync(join(fixtures, name), repository.root, { recursive: true, filter: (path) => basename(path) !== 'expected.json' });
    repository.commit();

    const { code, stdout } = await runCli(['--format', 'json'], { cwd: repository.root, env: repository.env });

    const { findings, notices } = JSON.parse(stdout) as { findings: ReportedFinding[]; notices: { level: string }[] };
    const found = findings.map(({ rule, file, range }) => ({ rule, file, line: range.start.line }));
    expect(found).toEqual([...expected].sort(byPlace));
    expect(notices.filter(({ level }) => level === 'incomplete')).toEqual([]);
    expect(code).toBe(findings.some(({ severity }) => severity === 'error') ? 1 : 0);
  });

  it('marks each planted leak on the line before it', () => {
    const marked = readdirSync(join(fixtures, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'expected.json')
      .map((entry) => join(entry.parentPath, entry.name))
      .flatMap((path) => markedLines(path).map((line) => `${path.slice(join(fixtures, name).length + 1)}:${line}`));
    const listed = new Set(expected.map(({ file, line }) => `${file}:${line}`));
    expect(marked.filter((place) => !listed.has(place))).toEqual([]);
    // A format without comments marks nothing; what can be marked is.
    const unmarked = [...listed].filter((place) => !marked.includes(place) && !/\.json:/.test(place));
    expect(unmarked).toEqual([]);
  });
});

interface ReportedFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly range: { readonly start: { readonly line: number } };
}

/** 1-based numbers of the lines that stand below a `leak:` comment. */
function markedLines(path: string): number[] {
  return readFileSync(path, 'utf8').split('\n').flatMap((line, index) => (/(?:\/\/|#|<!--|\/\*|"\/\/": ")\s*leak: \S/.test(line) ? [index + 2] : []));
}

function byPlace(a: Place, b: Place): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
