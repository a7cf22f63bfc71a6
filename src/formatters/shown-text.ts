import { maskKeys } from '../engine/mask.ts';
import { makePrintable } from './printable.ts';

/** Text of the repository as every report for people shows it: on one line, without control characters and keys. */
export function show(text: string): string {
  return makePrintable(maskKeys(text));
}
