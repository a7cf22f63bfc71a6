import { Buffer, isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

export interface Decoded {
  /** Without a byte order mark: positions count from the first character after it, as editors count. */
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * Decodes a file's bytes: UTF-8, UTF-16 in either byte order with or without a byte order mark, else Latin-1, in which every byte is a character.
 * A NUL byte alone does not make a file anything else than text. Never throws.
 */
export function decode(bytes: Uint8Array): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = wideEncodingOf(buffer);
  if (wide) return { text: decodeWide(buffer, wide), encoding: wide };
  const body = hasUtf8Mark(buffer) ? buffer.subarray(3) : buffer;
  if (isUtf8(body)) return { text: body.toString('utf8'), encoding: 'utf-8' };
  return { text: body.toString('latin1'), encoding: 'latin1' };
}

type WideEncoding = 'utf-16le' | 'utf-16be';

/**
 * Whether the bytes are UTF-16. A mark alone is not believed: two bytes in front of plain text would else hide all of it,
 * as would UTF-16 text to which a shell has appended plain text.
 */
function wideEncodingOf(buffer: Buffer): WideEncoding | undefined {
  const marked = markedEncoding(buffer);
  const sample = buffer.subarray(0, sampleSize);
  const pairs = sample.length >> 1;
  if (pairs === 0 || !sample.includes(0)) return undefined;
  const zeros = countZeros(sample);
  const guess = zeros.odd >= zeros.even ? 'utf-16le' : 'utf-16be';
  const high = Math.max(zeros.odd, zeros.even);
  const low = Math.min(zeros.odd, zeros.even);
  const enough = marked === guess ? 0.1 : 0.4;
  // Binary data has zeros on both sides; text has them on the side of the high byte.
  if (high < pairs * enough || low > high * 0.1) return undefined;
  if (marked === undefined && buffer.length % 2 === 1) return undefined;
  return plainRun.test(buffer.toString('latin1')) ? undefined : guess;
}

const sampleSize = 1 << 16;

/** As long as the shortest key. Text in UTF-16 has no such run of single-byte characters, short of rare sequences of ideographs. */
const plainRun = /[\x20-\x7e]{24}/;

function markedEncoding(buffer: Buffer): WideEncoding | undefined {
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
  return undefined;
}

function hasUtf8Mark(buffer: Buffer): boolean {
  return buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
}

function countZeros(sample: Buffer): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (let index = 0; index + 1 < sample.length; index += 2) {
    if (sample[index] === 0) even += 1;
    if (sample[index + 1] === 0) odd += 1;
  }
  return { even, odd };
}

function decodeWide(buffer: Buffer, encoding: WideEncoding): string {
  const body = markedEncoding(buffer) === encoding ? buffer.subarray(2) : buffer;
  const even = body.subarray(0, body.length & ~1);
  if (encoding === 'utf-16le') return even.toString('utf16le');
  return Buffer.from(even).swap16().toString('utf16le');
}
