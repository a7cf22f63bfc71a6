import { decode } from './decode.ts';
import type { Source, SourceFile } from './source.ts';

/** The decoded text of a file that is at hand, or `undefined` where it cannot be read, which the source tells. */
export function textIn(file: SourceFile | undefined): string | undefined {
  const bytes = file?.read();
  return bytes && decode(bytes).text;
}

/** The decoded text of a file of the snapshot, or `undefined` where there is none either. To find one, the index is read as a whole. */
export function readText(source: Source | undefined, file: string): string | undefined {
  return textIn(source?.open(file));
}

/** The same, where nothing to read is as good as nothing in it: empty. */
export function textOfFile(source: Source | undefined, file: string): string {
  return readText(source, file) ?? '';
}
