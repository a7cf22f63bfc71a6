import type { InventoryKey } from '../engine/inventory.ts';
import type { FormatContext } from './formatter.ts';
import { keyColumns, showClient, showEnvironment, showFindings, showMarks, showPlace, type InventoryFormatter } from './inventory-text.ts';
import { show } from './shown-text.ts';

/** For a terminal: a table with one line a key, then each key's places. */
export const formatInventoryTable: InventoryFormatter = ({ keys, integrations }, { paint }) => {
  if (keys.length === 0) return 'No Hilt key and no key name in this repository.\n';
  const rows = keys.map((key) => [
    show(key.label), showEnvironment(key), String(key.declared.length), String(key.read.length), key.integrations.map(show).join(', ') || '-',
    showClient(key) || '-', String(key.findings.length), showMarks(key).join(', '),
  ]);
  const widths = keyColumns.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  const table = [paint('bold', line(keyColumns)), ...rows.map((row, index) => paintRow(line(row), keys[index], paint))];
  const users = integrations.map(({ name, kind, place }) => `  ${show(name)}  ${paint('dim', `${kind}, ${showPlace(place)}`)}`);
  return [
    ...table, '',
    ...keys.flatMap((key) => [...placesOf(key, paint), '']),
    ...(users.length > 0 ? [paint('bold', 'Integrations'), ...users, ''] : []),
  ].join('\n');
};

type Paint = FormatContext['paint'];

function paintRow(row: string, key: InventoryKey | undefined, paint: Paint): string {
  return key !== undefined && (key.findings.length > 0 || key.marks.length > 0) ? paint(key.findings.length > 0 ? 'red' : 'yellow', row) : row;
}

function placesOf(key: InventoryKey, paint: Paint): string[] {
  return [
    paint('bold', show(key.label)),
    ...key.declared.map((place) => `  declared  ${showPlace(place)}`),
    ...key.read.map((place) => `  read      ${showPlace(place)}`),
    ...showFindings(key.findings).map((finding) => `  finding   ${finding}`),
    ...showMarks(key).map((mark) => `  ${paint('yellow', mark)}`),
  ];
}
