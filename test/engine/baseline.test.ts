import { describe, expect, it } from 'vitest';
import { acceptFindings, formatBaseline, parseBaseline, pruneBaseline } from '../../src/engine/baseline.ts';
import { ConfigError } from '../../src/engine/errors.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { makeKey } from '../support/keys.ts';

function finding(fingerprint: string, file: string): Finding {
  const place = { line: 3, column: 1 };
  return { rule: 'no-hardcoded-key', severity: 'error', confidence: 'certain', message: '', help: '', file, fingerprint, range: { start: place, end: place } };
}
const [a, b, c] = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)];

describe('a baseline', () => {
  it('is a header and one sorted entry a line', () => {
    const text = formatBaseline(acceptFindings([], [finding(b, 'src/b.ts'), finding(a, 'src/a b.ts'), finding(b, 'src/b.ts')]));
    expect(text).toBe(`hilt-guard baseline, version 1\n${a} no-hardcoded-key src/a b.ts\n${b} no-hardcoded-key src/b.ts\n`);
  });
  it('is read as it was written', () => {
    const entries = acceptFindings([], [finding(a, 'x'), finding(b, 'y')]);
    expect(parseBaseline(formatBaseline(entries), 'f')).toEqual(entries);
  });
  it('may have CRLF line ends', () => expect(parseBaseline(`hilt-guard baseline, version 1\r\n${a} r f\r\n`, 'f').map((e) => e.fingerprint)).toEqual([a]));
  it('of an unknown version is an error', () => {
    expect(() => parseBaseline('hilt-guard baseline, version 2\n', 'some/file')).toThrow(ConfigError);
    expect(() => parseBaseline('hilt-guard baseline, version 2\n', 'some/file')).toThrow(/^some\/file:1: /);
  });
  it('with a line that is no entry is an error that does not quote it', () => {
    const key = makeKey('live', 'baseline');
    expect(() => parseBaseline(`hilt-guard baseline, version 1\n${key}\n`, 'f')).toThrow('f:2: This line is no baseline entry (it does not begin with a fingerprint of 32 hex digits).');
  });
  it('keeps old entries when findings are accepted, and drops them when it is pruned', () => {
    const old = acceptFindings([], [finding(a, 'x'), finding(b, 'y')]);
    expect(acceptFindings(old, [finding(c, 'z')]).map((e) => e.fingerprint)).toEqual([a, b, c]);
    expect(pruneBaseline(old, [finding(b, 'y'), finding(c, 'z')]).map((e) => e.fingerprint)).toEqual([b]);
  });
  it('holds no key and no line break from a file name', () => {
    const key = makeKey('live', 'name');
    const text = formatBaseline(acceptFindings([], [finding(a, `${key}\n${b}.ts`)]));
    expect(text).not.toContain(key.slice(0, 16));
    expect(text.split('\n')).toHaveLength(3);
  });
});
