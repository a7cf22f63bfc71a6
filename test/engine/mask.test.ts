import { describe, expect, it } from 'vitest';
import { maskKeys, maskLine, maskRuns } from '../../src/engine/mask.ts';
import type { Span } from '../../src/syntax/span.ts';
import { makeKey, randomText } from '../support/keys.ts';

const key = makeKey('live', 'mask');
const body = key.slice('hk_live_'.length);
const preview = `hk_live_${body.slice(0, 4)}…`;

/** The longest piece of the key's body that can be read in the text. */
function readable(text: string): number {
  let longest = 0;
  for (let start = 0; start < body.length; start++) {
    for (let length = longest + 1; start + length <= body.length && text.includes(body.slice(start, start + length)); length++) longest = length;
  }
  return longest;
}

function spanOf(text: string, part: string): Span {
  const start = text.indexOf(part);
  return [start, start + part.length];
}

describe('maskKeys', () => {
  it('leaves prefix and four characters of a key', () => expect(maskKeys(`a ${key} b`)).toBe(`a ${preview} b`));
  it('leaves a preview as it is', () => expect(maskKeys(preview)).toBe(preview));
  it('masks setup tokens and dashboard tokens', () => {
    const token = `hst_${randomText('token', 24)}`;
    const jwt = `eyJ${randomText('head', 20)}.${randomText('payload', 30)}.${randomText('sign', 30)}`;
    expect(maskKeys(`${token} ${jwt}`)).toBe(`hst_${token.slice(4, 8)}… eyJ…`);
  });
  it('leaves other text alone', () => expect(maskKeys('Checking src/lib/hilt.ts:12:3 failed.')).toBe('Checking src/lib/hilt.ts:12:3 failed.'));
});

describe('maskRuns', () => {
  it('masks long runs of letters and digits', () => expect(maskRuns(`x = "${body}";`)).toBe('x = "…";'));
  it('masks escapes, entities and character codes', () => {
    const hex = [...key].map((c) => `\\x${c.charCodeAt(0).toString(16)}`).join('');
    const entities = [...key].map((c) => `&#${c.charCodeAt(0)};`).join('');
    const codes = [...key].map((c) => c.charCodeAt(0)).join(', ');
    expect(maskRuns(hex)).toBe('…');
    expect(maskRuns(entities)).toBe('…');
    expect(maskRuns(`[${codes}]`)).toBe('[…]');
  });
  it('leaves words and short numbers', () => expect(maskRuns('const apiKey = process.env.HILT_API_KEY; // line 12')).toBe('const apiKey = process.env.HILT_API_KEY; // line 12'));
});

describe('maskLine', () => {
  it('shows the preview in place of a literal, in its quotes, and points at it', () => {
    const text = `const k = "${key}";`;
    const at = spanOf(text, `"${key}"`);
    const masked = maskLine(text, [0, text.length], at, [{ at, preview }]);
    expect(masked.text).toBe(`const k = "${preview}";`);
    expect(masked.text.slice(...masked.subject)).toBe(`"${preview}"`);
  });
  it('shows the preview in place of bare text', () => {
    const text = `HILT_API_KEY=${key}`;
    const at = spanOf(text, key);
    expect(maskLine(text, [0, text.length], at, [{ at, preview }]).text).toBe(`HILT_API_KEY=${preview}`);
  });
  it('masks every literal of an expression that is put together, short ones too', () => {
    const pieces = [key.slice(0, 6), key.slice(6, 11), key.slice(11, 17), key.slice(17, 23), key.slice(23, 29), key.slice(29)];
    const expression = pieces.map((piece) => JSON.stringify(piece)).join(' + ');
    const text = `call("${key.slice(0, 5)}", ${expression}, '${body.slice(4, 9)}')`;
    const at = spanOf(text, expression);
    const masked = maskLine(text, [0, text.length], at, [{ at, preview }]).text;
    expect(masked).toBe('call("…", "…" + "…" + "…" + "…" + "…" + "…", \'…\')');
  });
  it('masks character codes inside the expression', () => {
    const text = `String.fromCharCode(104, 107) + "${key.slice(2)}"`;
    const at: Span = [0, text.length];
    expect(maskLine(text, at, at, [{ at, preview }]).text).toBe('String.fromCharCode(…, …) + "…"');
  });
  it('masks another secret of the same line', () => {
    const other = makeKey('sandbox', 'other');
    const text = `f(process.env.HILT_API_KEY, "${other}")`;
    const masked = maskLine(text, [0, text.length], spanOf(text, 'process.env.HILT_API_KEY'), [{ at: spanOf(text, `"${other}"`), preview: `hk_sandbox_${other.slice(11, 15)}…` }]);
    expect(masked.text).toBe(`f(process.env.HILT_API_KEY, "hk_sandbox_${other.slice(11, 15)}…")`);
    expect(masked.text.slice(...masked.subject)).toBe('process.env.HILT_API_KEY');
  });
  it('cuts a very long line without showing a piece of what is cut', () => {
    const filler = 'a;'.repeat(400);
    for (let shift = 0; shift < 40; shift++) {
      const text = `${'b'.repeat(shift)};"${key}";${filler.slice(0, 236)}process.env.HILT_API_KEY${filler.slice(0, 236 - shift)}"${key}"`;
      const masked = maskLine(text, [0, text.length], spanOf(text, 'process.env.HILT_API_KEY'), []);
      expect(readable(masked.text)).toBeLessThan(8);
    }
  });
  it('points at the first line of a finding over several lines', () => {
    const text = `a = "${key.slice(0, 20)}" +\n  "${key.slice(20)}"`;
    const at: Span = [4, text.length];
    const masked = maskLine(text, [0, text.indexOf('\n')], at, [{ at, preview }]);
    expect(masked.text).toBe('a = "…" +');
    expect(masked.text.slice(...masked.subject)).toBe('"…" +');
  });
});
