import { keyColumns, integrationColumns, showClient, showEnvironment, showFindings, showMarks, showPlace, type InventoryFormatter } from './inventory-text.ts';
import { show } from './shown-text.ts';

/** A table for a pull request or a wiki. */
export const formatInventoryMarkdown: InventoryFormatter = ({ keys, integrations }) => {
  if (keys.length === 0) return '# Hilt keys\n\nNo Hilt key and no key name in this repository.\n';
  const rows = keys.map((key) => [
    code(key.label), showEnvironment(key), key.declared.map((place) => code(showPlace(place))).join('<br>'), key.read.map((place) => code(showPlace(place))).join('<br>'),
    key.integrations.map(escape).join(', '), showClient(key), showFindings(key.findings).map(code).join('<br>'), showMarks(key).join(', '),
  ]);
  const users = integrations.map(({ name, kind, place, keys: used }) => [escape(name), kind, code(showPlace(place)), used.map(code).join(', ')]);
  return ['# Hilt keys', '', ...table(keyColumns, rows), '', '# Integrations', '', ...table(integrationColumns, users), ''].join('\n');
};

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** A code span whose text can end neither the span nor the cell. */
function code(text: string): string {
  return `\`${show(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

function escape(text: string): string {
  return show(text).replace(/[\\`*_{}[\]<>()#+!|&~]/g, (character) => `&#${character.charCodeAt(0)};`);
}
