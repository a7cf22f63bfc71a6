import type { KeyOptions } from '../hilt/key-options.ts';
import type { Notice } from '../sources/notice.ts';
import type { ModuleSummary } from './module-summary.ts';

export interface Summarised {
  readonly summary: ModuleSummary;
  readonly notices: readonly Notice[];
}

/** Makes the summary of one file from its path (POSIX, relative to the root) and its decoded text. Never throws on bad input. */
export function summarise(_file: string, _text: string, _options: KeyOptions): Summarised {
  throw new Error('not built yet');
}
