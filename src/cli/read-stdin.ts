import { fstatSync } from 'node:fs';
import { UsageError } from '../engine/errors.ts';
import { describeFileFailure } from '../sources/file-failure.ts';
import { defaultMaxFileSize } from '../sources/read-file.ts';
import { stdinNotRead } from './messages.ts';

/**
 * Reads stdin to its end, also from a terminal or a pipe that does not block. Of what is over the limit for files only so much is read
 * that the scan sees it is.
 *
 * @throws UsageError where it cannot be read
 */
export async function readStdin(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  // To the platform's stream it would be an empty text.
  if (fstatSync(0).isDirectory()) throw new UsageError(stdinNotRead('it is a folder'));
  try {
    for await (const part of process.stdin as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size > defaultMaxFileSize) break;
    }
  } catch (cause) {
    throw new UsageError(stdinNotRead(describeFileFailure(cause)), { cause });
  }
  return Buffer.concat(parts, size);
}
