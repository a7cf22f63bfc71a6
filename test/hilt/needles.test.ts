import { beforeAll, describe, expect, it } from 'vitest';
import { searchedMemory } from '../../src/hilt/byte-search.ts';
import { mentionsOf } from '../../src/hilt/context.ts';
import { mentionsHilt, needlesIn } from '../../src/hilt/needles.ts';
import { makeKey } from '../support/keys.ts';

const key = makeKey('sandbox', 'needles');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe.each([
  ['in the first bytes that are searched', 0],
  ['behind so many that they are searched quickly', 100_000],
])('a mention of Hilt %s', (_name, before) => {
  beforeAll(() => {
    expect(mentionsHilt(Buffer.alloc(before, 'An ordinary text. '))).toBe(false);
  });

  it.each([
    ['a key', key],
    ['the word', 'import { HiltClient } from "@hiltpay/sdk"'],
    ['the word in capitals', 'HILT_API_KEY'],
    ['the word inside another', 'X-Hilt-Key'],
    ['a cut prefix', '"h" + "k_live_" + body'],
    ['a prefix cut in the middle', '"hk_l" + "ive_"'],
    ['the parts of a prefix', '["hk", "live", body].join("_")'],
    ['the parts of a prefix in single quotes', "['hk', 'sandbox', body].join('_')"],
    ['a prefix as numbers', 'String.fromCharCode(104, 107, 95) + rest'],
    ['a prefix as hex numbers', '[0x68, 0x6b, 0x5f]'],
    ['a prefix backwards', '"_evil_kh"'],
    ['a prefix in base64', 'atob("aGtfbGl2ZV8=") + rest'],
    ['a prefix in hex', '686b5f6c6976655f'],
    ['a UTF-16 file', '\xff\xfeH\0I\0L\0T\0_\0K\0E\0Y\0'],
    ['a UTF-16 file of the other order', '\xfe\xff\0h\0k\0_\0l\0i\0v\0e\0_'],
    ['a setup token', 'hst_'],
    ['a prefix at the very end', 'x hk_'],
    ['a prefix that is all', 'hk_'],
  ])('is %s', (_, text) => {
    expect(mentionsHilt(bytes(text))).toBe(true);
  });

  it('is seen at every offset and in every slice of a buffer', () => {
    for (let offset = 0; offset < 9; offset++) {
      const buffer = bytes(`${'.'.repeat(offset)}hilt${'.'.repeat(3)}`);
      expect(mentionsHilt(buffer)).toBe(true);
      for (let start = 0; start <= offset; start++) {
        expect(mentionsHilt(buffer.subarray(start, offset + 4))).toBe(true);
        expect(mentionsHilt(buffer.subarray(start, offset + 3))).toBe(false);
      }
    }
  });

  it('is seen where a part of a large file ends', () => {
    for (let offset = 65_520; offset < 65_545; offset++) {
      const buffer = Buffer.alloc(70_000, '. ');
      buffer.write('hst_', offset);
      expect(mentionsHilt(buffer)).toBe(true);
      buffer.write('hst ', offset);
      expect(mentionsHilt(buffer)).toBe(false);
    }
  });

  it('is not seen where the text ends, whatever was searched before', () => {
    expect(mentionsHilt(bytes('x hilt live'))).toBe(true);
    expect(mentionsHilt(bytes('x h'))).toBe(false);
    expect(mentionsHilt(bytes('x hi'))).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['one character', 'h'],
    ['ordinary code', 'export function isLive(kind: string): boolean { return kind === "live"; }'],
    ['a shell variable', 'SSH_KEY_PATH=~/.ssh/id_ed25519'],
    ['a checksum', 'sha512-x1oZlbFbBBZ3yAnLsjXFNcYsAVmOQyzTnpo1mDrjCGGJGKfFkGYhIsIKtQLPxZ7zxAeTKf6Ovn7oCsAVQNzzVw=='],
    ['a table of numbers', Array.from({ length: 200 }, (_, i) => i * 7).join(', ')],
    ['indentation', `{\n${' '.repeat(40)}}\n${' '.repeat(38)}}\n${' '.repeat(36)}}\n`],
    ['code points', '[\\xAA\\xB5\\xBA\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02C1\\u02C6-\\u02D1\\u02E0-\\u02E4\\u02EC\\u02EE]'],
    ['a binary', Array.from({ length: 4_000 }, (_, i) => String.fromCharCode((i * 197 + (i >> 3) * 31) % 256)).join('')],
    ['base64 of ordinary text', Buffer.from('A long text about nothing of interest here, and then some more of it.').toString('base64')],
  ])('is not %s', (_, text) => {
    expect(mentionsHilt(bytes(text))).toBe(false);
  });

  it('tells a key from the name', () => {
    expect(needlesIn(bytes('hilt'))).toEqual({ hilt: true, key: false });
    expect(needlesIn(bytes(key))).toEqual({ hilt: false, key: true });
    expect(needlesIn(bytes(`HILT_API_KEY=${key}`))).toEqual({ hilt: true, key: true });
    expect(needlesIn(bytes('neither'))).toEqual({ hilt: false, key: false });
  });
});

describe('bytes in the memory that is searched where they lie', () => {
  const memory = searchedMemory() ?? Buffer.alloc(0);
  const placed = (text: string): Uint8Array => {
    memory.set(bytes(text));
    return memory.subarray(0, text.length);
  };

  it('mention Hilt as any others do', () => {
    expect(mentionsHilt(Buffer.alloc(100_000, 'An ordinary text. '))).toBe(false);
    expect(mentionsHilt(placed('a text with hk_ in it'))).toBe(true);
    expect(mentionsHilt(placed('\xff\xfeh\0k\0_\0l\0'))).toBe(true);
    expect(mentionsHilt(placed(`sh ${Buffer.from(`a ${key}`).toString('base64')}`))).toBe(true);
    expect(mentionsHilt(placed('An ordinary text.'))).toBe(false);
  });

  it('end where they end, whatever lies behind them', () => {
    placed('x hilt live');
    expect(mentionsHilt(memory.subarray(0, 6))).toBe(true);
    expect(mentionsHilt(memory.subarray(0, 5))).toBe(false);
    expect(mentionsHilt(memory.subarray(3, 11))).toBe(false);
  });

  it('stay as they are while others are searched', () => {
    const own = placed('An ordinary text.');
    expect(mentionsHilt(bytes('x'.repeat(70_000)))).toBe(false);
    expect(mentionsHilt(bytes('hilt'))).toBe(true);
    expect(Buffer.from(own).toString()).toBe('An ordinary text.');
  });
});

describe('the Hilt that a text is about', () => {
  it.each([
    'import { HiltClient } from "@hiltpay/sdk";', 'from hilt_sdk import HiltClient', 'hilt-sdk==1.4.0', 'fetch("https://api.hilt.so/v1/products")', '"X-Hilt-Key": key',
    'x-hilt-key: {{apiKey}}', "$_SERVER['HTTP_X_HILT_KEY']", 'npm i https://www.hilt.so/downloads/hilt-sdk-1.5.0.tgz', 'https://hilt.so',
  ])('is hilt.so: %s', (text) => {
    expect(mentionsOf(text)).toMatchObject({ hilt: true, hiltPay: true, other: false });
  });

  it.each([
    'npx @hilt-review/mcp-server', 'https://hilt-review.com/docs', 'HILT_SOURCE_ID=1', 'import dagger.hilt.android.HiltAndroidApp', '@AndroidEntryPoint class Main : HiltActivity()', 'implementation "com.google.dagger:hilt-android:2.51"',
  ])('is another: %s', (text) => {
    expect(mentionsOf(text)).toMatchObject({ hilt: true, hiltPay: false, other: true });
  });

  it.each(['process.env.HILT_API_KEY', 'libhilt.so.1', 'the hilt of a sword', 'https://hilt.software', 'https://hilt.so-called.test', 'x-hilt-keyboard'])('is not known: %s', (text) => {
    expect(mentionsOf(text)).toMatchObject({ hilt: true, hiltPay: false, other: false });
  });
});
