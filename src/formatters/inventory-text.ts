import { maskKeys } from '../engine/mask.ts';
import type { Inventory, InventoryFinding, InventoryKey, InventoryPlace } from '../engine/inventory.ts';
import type { FormatContext } from './formatter.ts';
import { makePrintable } from './printable.ts';

/** Makes the whole text of an inventory. Pure, like a `Formatter`. */
export type InventoryFormatter = (inventory: Inventory, context: FormatContext) => string;

/** Text of the repository as every format shows it: on one line, without control characters and keys. */
export function show(text: string): string {
  return makePrintable(maskKeys(text));
}

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
