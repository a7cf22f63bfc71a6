import { readText } from '../sources/file-text.ts';
import type { Source } from '../sources/source.ts';
import { indexLines } from './line-index.ts';
import type { LineIndex } from './line-index.ts';

export interface IndexedText { readonly text: string; readonly lines: LineIndex }

/** UTF-16 units of text that are kept; beyond that a text is read again where a finding needs it. */
const limit = 8 * 1024 * 1024;

/** The texts that positions and frames are computed from. Keeps few of them, so that memory does not grow with the repository. */
export class TextStore {
  readonly #source: Source;
  readonly #texts = new Map<string, string>();
  #kept = 0;
  #last: (IndexedText & { readonly file: string }) | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  keep(file: string, text: string): void {
    if (this.#kept + text.length > limit) return;
    this.#texts.set(file, text);
    this.#kept += text.length;
  }

  /** The decoded text with its lines, or `undefined` where the file cannot be read (any more). */
  get(file: string): IndexedText | undefined {
    if (this.#last?.file === file) return this.#last;
    const text = this.#texts.get(file) ?? readText(this.#source, file);
    if (text === undefined) return undefined;
    this.#last = { file, text, lines: indexLines(text) };
    return this.#last;
  }
}
