import { hideKeys } from './hide-keys.ts';

/** What the user asked to scan cannot be opened. The message names the cause and what to do, and never holds a key. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(message: string) {
    super(hideKeys(message));
  }
}
