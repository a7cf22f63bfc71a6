import { decode } from './decode.ts';
import type { Source } from './source.ts';

/** The decoded text of a file of the snapshot, or `undefined` where there is none, and where it cannot be read, which the source tells. */
export function readText(source: Source | undefined, file: string): string | undefined {
  const bytes = source?.open(file)?.read();
  return bytes && decode(bytes).text;
}

/** The same, where nothing to read is as good as nothing in it: empty. */
export function textOfFile(source: Source | undefined, file: string): string {
  return readText(source, file) ?? '';
}
