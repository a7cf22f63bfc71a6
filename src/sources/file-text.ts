import { decode } from './decode.ts';
import type { Source } from './source.ts';

/** The text of a file of the snapshot; empty where there is none, and where it cannot be read, which the source tells. */
export function textOfFile(source: Source | undefined, file: string): string {
  const bytes = source?.open(file)?.read();
  return bytes ? decode(bytes).text : '';
}
