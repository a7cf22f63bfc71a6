import { describe, expect, it } from 'vitest';
import { decode } from '../../src/sources/decode.ts';
import { makeKey } from '../support/keys.ts';

const key = makeKey('live', 'decode');
const line = `HILT_API_KEY=${key}\n`;

describe('decode', () => {
  it('reads UTF-8 and drops a byte order mark', () => {
    expect(decode(Buffer.from(`größe=1\n${line}`))).toEqual({ text: `größe=1\n${line}`, encoding: 'utf-8' });
    expect(decode(Buffer.from(`\uFEFF${line}`))).toEqual({ text: line, encoding: 'utf-8' });
    expect(decode(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' });
  });

  it('reads UTF-16 in both byte orders, with and without a mark', () => {
    const little = Buffer.from(`# ключ\r\n${line}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    expect(decode(little)).toEqual({ text: `# ключ\r\n${line}`, encoding: 'utf-16le' });
    expect(decode(big)).toEqual({ text: `# ключ\r\n${line}`, encoding: 'utf-16be' });
    expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), little])).text).toBe(`# ключ\r\n${line}`);
    expect(decode(Buffer.concat([Buffer.from([0xfe, 0xff]), big])).text).toBe(`# ключ\r\n${line}`);
  });

  it('reads mostly ideographic UTF-16 with a mark', () => {
    const text = `${'密钥不应该出现在这里。'.repeat(20)}\n${line}`;
    expect(decode(Buffer.from(`\uFEFF${text}`, 'utf16le')).text).toBe(text);
  });

  it('drops a half character at the end of UTF-16', () => {
    expect(decode(Buffer.concat([Buffer.from(`\uFEFF${line}`, 'utf16le'), Buffer.from([0x41])])).text).toBe(line);
  });

  it('takes invalid UTF-8 as Latin-1, byte for character', () => {
    const bytes = Buffer.concat([Buffer.from([0xe9, 0x20]), Buffer.from(line)]);
    expect(decode(bytes)).toEqual({ text: `é ${line}`, encoding: 'latin1' });
  });

  it('keeps a text with a NUL byte a text', () => {
    expect(decode(Buffer.from(`a\0b\n${line}`))).toEqual({ text: `a\0b\n${line}`, encoding: 'utf-8' });
  });

  it('is not led astray by a UTF-16 mark before plain text', () => {
    expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(line)])).text).toContain(key);
    expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`\0\n${line}`)])).text).toContain(key);
  });

  it('keeps plain text readable that was appended to UTF-16', () => {
    const bytes = Buffer.concat([Buffer.from(`\uFEFF${'A=1\r\n'.repeat(50)}`, 'utf16le'), Buffer.from(line)]);
    expect(decode(bytes).text).toContain(key);
  });

  it('does not take binary data for UTF-16', () => {
    const bytes = Buffer.alloc(4096);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = (index * 37) % 7 === 0 ? 0 : (index * 101) & 0xff;
    expect(decode(Buffer.concat([bytes, Buffer.from(line)])).text).toContain(key);
    expect(decode(Buffer.concat([Buffer.alloc(4096), Buffer.from(line)])).text).toContain(key);
  });

  it('reads a view into a larger buffer', () => {
    const whole = Buffer.from(`xx${line}yy`);
    expect(decode(whole.subarray(2, 2 + line.length)).text).toBe(line);
  });
});
