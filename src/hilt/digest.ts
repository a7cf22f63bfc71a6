import type { Hash } from 'node:crypto';

/** A hash that is fed piece by piece. */
export function openDigest(): Hash {
  // Loaded when the first digest is made: it costs a clean commit a tenth of its time.
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}

/** SHA-256 of a text (as UTF-8) or of bytes, in hex. */
export function digestOf(content: string | Uint8Array): string {
  return openDigest().update(content).digest('hex');
}

/**
 * Tells texts of our own apart, 64 bits in hex, without the library that a digest needs. For what is compared with an earlier run
 * alone: whoever wants two texts to have the same can make them.
 */
export function checksumOf(text: string): string {
  // FNV-1a, twice with other beginnings (http://www.isthe.com/chongo/tech/comp/fnv/).
  let first = 0x811c9dc5;
  let second = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x01000193) ^ (first >>> 15);
  }
  return (first >>> 0).toString(16).padStart(8, '0') + (second >>> 0).toString(16).padStart(8, '0');
}
