import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/engine/finding.ts';
import type { Frame } from '../../src/engine/frame.ts';
import type { ScanResult } from '../../src/engine/scan.ts';
import { formatStylish } from '../../src/formatters/stylish.ts';
import { makeKey } from '../support/keys.ts';

const context = { tool: { name: 'hilt-guard', version: '1.2.3' }, paint: (_style: string, text: string) => text, isTerminal: false };
const place = (line: number, column: number) => ({ line, column });

const finding: Finding = {
  rule: 'some-rule', severity: 'error', confidence: 'certain', message: 'A live key stands here.', file: 'src/a.ts',
  range: { start: place(2, 11), end: place(2, 26) }, fingerprint: 'f', help: 'Read it from the environment.',
};

function result(findings: Finding[], frames: [Finding, Frame][] = []): ScanResult {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return {
    findings, notices: [], frames: new Map(frames), pages: new Map([['some-rule', 'https://pages.test/some-rule']]),
    summary: { files: 120, findings: findings.length, errors, warnings: findings.length - errors, suppressed: 0, durationMs: 1 },
  };
}

describe('the stylish report', () => {
  it('shows place, message, frame, help and a summary', () => {
    const frame: Frame = { line: 2, text: 'const k = "hk_live_a1b2…";', subject: [10, 25] };
    expect(formatStylish(result([finding], [[finding, frame]]), context)).toBe(`
  src/a.ts:2:11  error  A live key stands here.  some-rule

    2 | const k = "hk_live_a1b2…";
      |           ^^^^^^^^^^^^^^^

    Read it from the environment.
    https://pages.test/some-rule

1 error, 0 warnings in 1 of 120 files
`);
  });
  it('shows a trace, each step below the one that leads to it', () => {
    const step = (file: string, line: number, message: string) => ({ file, message, range: { start: place(line, 1), end: place(line, 2) } });
    const traced = { ...finding, trace: [step('app/page.tsx', 1, ''), step('components/pay-button.tsx', 2, '"use client"'), step('lib/hilt.ts', 2, 'process.env.HILT_API_KEY → X-Hilt-Key')] };
    expect(formatStylish(result([traced]), context)).toContain(`
    app/page.tsx:1
      components/pay-button.tsx:2  "use client"
        lib/hilt.ts:2              process.env.HILT_API_KEY → X-Hilt-Key
`);
  });
  it('counts files once and tells how many are suppressed', () => {
    const warning: Finding = { ...finding, severity: 'warning', file: 'src/a.ts' };
    const both = result([finding, warning]);
    expect(formatStylish({ ...both, summary: { ...both.summary, suppressed: 3 } }, context)).toContain('\n1 error, 1 warning in 1 of 120 files (3 suppressed)\n');
  });
  it('prints nothing for a clean scan unless a person looks at it', () => {
    expect(formatStylish(result([]), context)).toBe('');
    expect(formatStylish(result([]), { ...context, isTerminal: true })).toBe('No findings in 120 files.\n');
  });
  it('lets no escape sequence, line break or direction mark of a file through', () => {
    const hostile: Finding = { ...finding, file: 'a\n\u001b[2Jb\u202e.ts', message: 'x\u009by\u200b' };
    const text = formatStylish(result([hostile], [[hostile, { line: 1, text: '\u001b]0;t\u0007\tend', subject: [0, 3] }]]), context);
    expect(text).toContain('  a\\n\\x1b[2Jb\\u202e.ts:2:11  error  x\\x9by\\u200b  some-rule');
    expect(text).toContain('    1 | \\x1b]0;t\\x07 end\n      | ^^^^^^\n');
    // eslint-disable-next-line no-control-regex -- that is what the test looks for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/);
  });
  it('masks a key in a file name', () => {
    const key = makeKey('live', 'file name');
    expect(formatStylish(result([{ ...finding, file: `keys/${key}.txt` }]), context)).toContain(`keys/${key.slice(0, 12)}….txt:2:11`);
  });
});
