import { mentionsHilt } from '../hilt/needles.ts';
import type { KeyOptions } from '../hilt/key-options.ts';

/** What makes a file interesting, beside what Hilt itself is called. */
export type OwnNames = Pick<KeyOptions, 'names' | 'hosts'>;

/** Whether bytes speak of Hilt. The names and hosts of the configuration make a file as interesting as Hilt's own. */
export function candidateSearch({ names, hosts }: OwnNames): (bytes: Uint8Array) => boolean {
  const own = [...names, ...hosts].map((name) => Buffer.from(name));
  if (own.length === 0) return mentionsHilt;
  return (bytes) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return own.some((name) => buffer.includes(name)) || mentionsHilt(bytes);
  };
}
