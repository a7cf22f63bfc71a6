import { noHardcodedKey } from './no-hardcoded-key.ts';
import type { Rule } from './rule.ts';

/** The registry: every rule of the tool, in the order in which the documentation lists them. */
export const rules: readonly Rule[] = [noHardcodedKey];
