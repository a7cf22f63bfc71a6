import type { Range } from './encoded-view.ts';

/** Which of the first 256 characters are members: 1 at their codes. */
export type Characters = Uint8Array;

export function characters(members: string): Characters {
  const table = new Uint8Array(256);
  for (const member of members) table[member.charCodeAt(0)] = 1;
  return table;
}

/**
 * The maximal runs of at least `shortest` members of `set`, in order. Looks at every `shortest`-th character, and back from it
 * to the last that is no member: in text without such runs most characters are never looked at.
 */
export function* runsOf(text: string | Uint8Array, set: Uint8Array, shortest: number): Generator<Range> {
  // Characters beyond Latin-1 are members of no set, and must not become one by losing their upper byte.
  const bytes = typeof text === 'string' ? Buffer.from(text.replace(/[^\0-\xff]/g, '\x80'), 'latin1') : text;
  for (let end = 0; ; ) {
    const start = nextRun(bytes, set, shortest, end);
    if (start < 0) return;
    end = start + shortest;
    while (end < bytes.length && set[bytes[end] as number] === 1) end++;
    yield [start, end];
  }
}

/** Where the next run of at least `shortest` members of `set` begins at or after `from`, or -1. */
export function nextRun(bytes: Uint8Array, set: Uint8Array, shortest: number, from: number): number {
  const length = bytes.length;
  let start = from;
  for (let last = start + shortest - 1; last < length; last = start + shortest - 1) {
    let i = last;
    while (i >= start && set[bytes[i] as number] === 1) i--;
    if (i < start) return start;
    start = i + 1;
  }
  return -1;
}

export function extend(text: string, from: number, set: Characters): number {
  let end = from;
  while (end < text.length && set[text.charCodeAt(end)] === 1) end++;
  return end;
}

export function extendBack(text: string, from: number, floor: number, set: Characters): number {
  let start = from;
  while (start > floor && set[text.charCodeAt(start - 1)] === 1) start--;
  return start;
}

/** The text's characters in opposite order. Encoded runs are ASCII, so UTF-16 units are characters. */
export function backwards(text: string): string {
  return Buffer.from(text, 'latin1').reverse().toString('latin1');
}

/** Index of the last of the ascending numbers that is at most `value`, or -1. */
export function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export const hexDigits = characters('0123456789ABCDEFabcdef');
/** Printable bytes, line breaks, and the NUL of UTF-16 (PowerShell's `-EncodedCommand` is base64 of that). */
export const printable = characters(`\0\t\n\r${Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).join('')}`);
