import { createHash } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A key that looks real and is not: deterministic for its seed, made at run time so that no test file holds one.
 * The body has 32 characters of `[A-Za-z0-9]`.
 */
export function makeKey(environment: 'live' | 'sandbox', seed: string): string {
  return 'hk_' + environment + '_' + randomText(`${environment}/${seed}`, 32);
}

/** Random-looking letters and digits, deterministic for their seed. At most 64 characters. */
export function randomText(seed: string, length: number): string {
  const bytes = createHash('sha512').update(seed).digest();
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}
