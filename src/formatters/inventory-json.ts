import type { Inventory, InventoryPlace } from '../engine/inventory.ts';
import type { InventoryFormatter } from './inventory-text.ts';
import { jsonText } from './json-text.ts';

/** Version 1: `{ version, tool, keys, integrations }`. Every field is named here, so that nothing else can slip into it. */
export const formatInventoryJson: InventoryFormatter = ({ keys, integrations }, { tool }) => {
  const report = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    keys: keys.map(toKey),
    integrations: integrations.map(({ name, kind, place, keys: used }) => ({ name, kind, place: toPlace(place), keys: used })),
  };
  return jsonText(report);
};

function toKey(key: Inventory['keys'][number]): object {
  const { kind, label, digest, environment, declared, read, integrations, client, marks, findings } = key;
  return {
    kind,
    ...(kind === 'key' ? { preview: label, digest } : { name: label }),
    environment,
    declared: declared.map(toPlace),
    read: read.map(toPlace),
    integrations,
    ...(client === undefined ? {} : { client }),
    marks,
    findings: findings.map(({ rule, file, line }) => ({ rule, file, line })),
  };
}

function toPlace({ file, line, column, store }: InventoryPlace): InventoryPlace {
  return { file, line, column, ...(store === undefined ? {} : { store }) };
}
