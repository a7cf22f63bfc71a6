import type { Notice } from '../../sources/notice.ts';
import type { Span } from '../../syntax/span.ts';
import type { Typed } from './lookup.ts';

/** Answers what neither values nor annotations tell of an expression. A scan of a working tree has one; the hook and the editor do without. */
export interface TypeOracle {
  /** What the expression at `at` (UTF-16 offsets) of a file of the snapshot is: classes of packages, and literal texts. */
  typeAt(file: string, at: Span): readonly Typed[];
  /** The same of what a call is called on, `names` names below the callee: `x` of `x.products.list()` for two. */
  receiverOf(file: string, call: Span, names: number): readonly Typed[];
  /** What was not answered, and why. */
  readonly notices: readonly Notice[];
}
