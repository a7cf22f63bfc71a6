/** What the user asked to scan cannot be opened. The message names the cause and what to do, and holds no file content. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}
