import { Buffer } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Larger is no configuration and no baseline: that would hold half a million findings. */
const largest = 64 * 1024 * 1024;

/**
 * The text of a file that a user names: a file or a pipe. Throws as `fs` does, and with what it is in the place of the code where it has no end.
 */
export function readNamedFile(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    const status = fstatSync(descriptor);
    if (status.isCharacterDevice() || status.isBlockDevice()) throw refusal('it is a device');
    const parts: Buffer[] = [];
    for (let size = 0; ; ) {
      const part = Buffer.allocUnsafe(Math.min(largest, Math.max(4096, status.size + 1 - size)));
      const got = readSync(descriptor, part, 0, part.length, null);
      if (got === 0) return Buffer.concat(parts).toString('utf8');
      parts.push(part.subarray(0, got));
      size += got;
      if (size > largest) throw refusal(`it has more than ${largest >> 20} MiB`);
    }
  } finally {
    closeSync(descriptor);
  }
}

function refusal(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
