import type { ScanResult } from '../engine/scan.ts';

/** The colours of a report; they are no part of its meaning. */
export type Style = 'red' | 'yellow' | 'cyan' | 'dim' | 'bold' | 'underline';

export interface FormatContext {
  readonly tool: { readonly name: string; readonly version: string };
  /** Paints text where the target takes colours, else gives it back as it is. */
  readonly paint: (style: Style, text: string) => string;
  /** Whether a person looks at it; then a clean scan says so. */
  readonly isTerminal: boolean;
}

/** Makes the whole text of a report. Pure: what it prints is in the result. */
export type Formatter = (result: ScanResult, context: FormatContext) => string;
