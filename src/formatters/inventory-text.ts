import type { Inventory, InventoryFinding, InventoryKey, InventoryPlace } from '../engine/inventory.ts';
import type { FormatContext } from './formatter.ts';
import { show } from './shown-text.ts';

/** Makes the whole text of an inventory. Pure, like a `Formatter`. */
export type InventoryFormatter = (inventory: Inventory, context: FormatContext) => string;

/** What the columns of a table of keys say, and of one of integrations. */
export const keyColumns: readonly string[] = ['Key', 'Environment', 'Declared', 'Read', 'Integrations', 'Client', 'Findings', 'To look at'];
export const integrationColumns: readonly string[] = ['Integration', 'Kind', 'Place', 'Keys'];

export function showPlace({ file, line, store }: InventoryPlace): string {
  return `${show(file)}:${line}${store === undefined ? '' : ` (${show(store)})`}`;
}

export function showClient({ client }: InventoryKey): string {
  return client === undefined ? '' : client === 'value' ? 'its value' : 'code that wants it';
}

/** `no-shared-key apps/bot/index.ts:3`, one a finding. */
export function showFindings(findings: readonly InventoryFinding[]): string[] {
  return findings.map(({ rule, file, line }) => `${rule} ${show(file)}:${line}`);
}

const markTexts = { shared: 'shared', 'never-read': 'declared, never read', 'never-declared': 'read, never declared' } as const;

export function showMarks({ marks }: InventoryKey): string[] {
  return marks.map((mark) => markTexts[mark]);
}

export function showEnvironment({ environment }: InventoryKey): string {
  return environment === 'unknown' ? '' : environment;
}
