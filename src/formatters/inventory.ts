import type { InventoryFormatter } from './inventory-text.ts';

export type { InventoryFormatter };

/** The formats of `hilt-guard keys`, each a file that is loaded when it is asked for. */
const loaders: Readonly<Record<string, () => Promise<InventoryFormatter>>> = {
  table: async () => (await import('./inventory-table.ts')).formatInventoryTable,
  json: async () => (await import('./inventory-json.ts')).formatInventoryJson,
  markdown: async () => (await import('./inventory-markdown.ts')).formatInventoryMarkdown,
  html: async () => (await import('./inventory-html.ts')).formatInventoryHtml,
  mermaid: async () => (await import('./inventory-mermaid.ts')).formatInventoryMermaid,
};

export const inventoryFormatNames: readonly string[] = Object.keys(loaders);

/** The formatter of that name, or `undefined` if there is none. */
export async function loadInventoryFormatter(name: string): Promise<InventoryFormatter | undefined> {
  return Object.hasOwn(loaders, name) ? loaders[name]?.() : undefined;
}
