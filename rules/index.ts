import { noClientKey } from './no-client-key.ts';
import { noHardcodedKey } from './no-hardcoded-key.ts';
import { noDashboardAuth } from './no-dashboard-auth.ts';
import { noSharedKey } from './no-shared-key.ts';
import { noKeyDisclosure } from './no-key-disclosure.ts';
import { requireKeyHeader } from './require-key-header.ts';
import type { Rule } from './rule.ts';

/** The registry: every rule of the tool, in the order in which the documentation lists them. */
export const rules: readonly Rule[] = [noHardcodedKey, noClientKey, noDashboardAuth, noSharedKey, noKeyDisclosure, requireKeyHeader];
