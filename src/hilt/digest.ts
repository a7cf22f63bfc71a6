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
