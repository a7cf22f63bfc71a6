import type { KeyEnvironment } from '../hilt/secret.ts';
import type { Notice } from '../sources/notice.ts';

/** 1-based; columns in UTF-16 units. */
export interface Position { readonly line: number; readonly column: number }
export interface Range { readonly start: Position; readonly end: Position }

export type Severity = 'error' | 'warning';

/** One finding, as the JSON report has it (version 1). Holds no key. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: 'certain' | 'possible';
  readonly exposure?: 'value' | 'code';
  readonly message: string;
  /** POSIX path relative to the root. */
  readonly file: string;
  readonly range: Range;
  readonly fingerprint: string;
  readonly key?: { readonly environment: KeyEnvironment; readonly preview: string; readonly digest: string };
  readonly trace?: readonly TraceStep[];
  readonly commit?: string;
  /** What to do, one sentence. */
  readonly help: string;
  readonly suggestions?: readonly Suggestion[];
}

export interface TraceStep { readonly file: string; readonly range: Range; readonly message: string }

export interface Suggestion { readonly message: string; readonly edits: readonly Edit[] }

export interface Edit { readonly range: Range; readonly text: string }

export interface Result {
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  readonly summary: Summary;
}

export interface Summary {
  /** Files that were read. */
  readonly files: number;
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly suppressed: number;
  readonly durationMs: number;
}
