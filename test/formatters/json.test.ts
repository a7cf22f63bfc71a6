import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/engine/finding.ts';
import type { ScanResult } from '../../src/engine/scan.ts';
import { formatJson } from '../../src/formatters/json.ts';
import { makeKey } from '../support/keys.ts';

const context = { tool: { name: 'hilt-guard', version: '1.2.3' }, paint: (_style: string, text: string) => text, isTerminal: false };
const range = { start: { line: 2, column: 11 }, end: { line: 2, column: 26 } };
const summary = { files: 3, findings: 1, errors: 1, warnings: 0, suppressed: 0, durationMs: 7 };

const finding: Finding = {
  rule: 'no-hardcoded-key', severity: 'error', confidence: 'certain', message: 'A live key stands here.', file: 'src/a.ts', range,
  fingerprint: '0'.repeat(32), key: { environment: 'live', preview: 'hk_live_a1b2…', digest: 'd' }, help: 'Read it from the environment.',
  suggestions: [{ message: 'Read it.', edits: [{ range, text: 'process.env.HILT_API_KEY' }] }],
};

function parse(result: Partial<ScanResult>): unknown {
  return JSON.parse(formatJson({ summary, findings: [], notices: [], frames: new Map(), pages: new Map(), ...result }, context));
}

describe('the JSON report', () => {
  it('is version 1 of the contract', () => {
    expect(parse({ findings: [finding], notices: [{ code: 'too-large', level: 'incomplete', file: 'b.bin', message: 'Too large.' }] })).toEqual({
      version: 1,
      tool: { name: 'hilt-guard', version: '1.2.3' },
      summary,
      findings: [finding],
      notices: [{ code: 'too-large', level: 'incomplete', file: 'b.bin', message: 'Too large.' }],
    });
  });
  it('leaves out what is not part of the contract', () => {
    const extra = { ...finding, text: 'source', key: { ...finding.key, text: 'source' } } as unknown as Finding;
    expect(parse({ findings: [extra] })).toMatchObject({ findings: [finding] });
    expect(JSON.stringify(parse({ findings: [extra] }))).not.toContain('source');
  });
  it('has no optional field where there is nothing to say', () => {
    const { key: _key, suggestions: _suggestions, ...bare } = finding;
    expect(parse({ findings: [bare] })).toMatchObject({ findings: [bare] });
    expect(Object.keys((parse({ findings: [bare] }) as { findings: object[] }).findings[0] ?? {})).toEqual(
      ['rule', 'severity', 'confidence', 'message', 'file', 'range', 'fingerprint', 'help'],
    );
  });
  it('holds no key, wherever one may have slipped in', () => {
    const key = makeKey('live', 'json');
    const text = formatJson({ summary, frames: new Map(), pages: new Map(), findings: [{ ...finding, file: key, message: key, help: key }], notices: [{ code: 'unreadable', level: 'info', message: key, file: key }] }, context);
    expect(text).not.toContain(key.slice(0, 14));
    expect(text).not.toContain(key.slice(-8));
  });
  it('escapes the C1 controls, which a terminal may obey', () => {
    const text = formatJson({ summary, findings: [{ ...finding, file: 'a\u009b2J.ts' }], notices: [], frames: new Map(), pages: new Map() }, context);
    expect(text).toContain('a\\u009b2J.ts');
    expect((JSON.parse(text) as { findings: Finding[] }).findings[0]?.file).toBe('a\u009b2J.ts');
  });
  it('ends with a line break', () => expect(formatJson({ summary, findings: [], notices: [], frames: new Map(), pages: new Map() }, context)).toMatch(/}\n$/));
});
