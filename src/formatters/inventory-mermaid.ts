import { showMarks, type InventoryFormatter } from './inventory-text.ts';
import { show } from './shown-text.ts';

/** A flow chart: which key goes to which integration (https://mermaid.js.org/syntax/flowchart.html). */
export const formatInventoryMermaid: InventoryFormatter = ({ keys, integrations }) => {
  const users = new Map(integrations.map(({ name }, index) => [name, `i${index}`]));
  const nodes = keys.map((key, index) => `  k${index}[${label([key.label, ...showMarks(key)].join(' · '))}]`);
  const boxes = [...users].map(([name, id]) => `  ${id}([${label(name)}])`);
  const edges = keys.flatMap((key, index) => key.integrations.flatMap((name) => users.get(name) ?? []).map((id) => `  k${index} --> ${id}`));
  const clients = keys.flatMap((key, index) => (key.client === undefined ? [] : [`  k${index} -. ${key.client === 'value' ? 'value' : 'code'} .-> client`]));
  const browser = clients.length > 0 ? ['  client{{"browser or app"}}'] : [];
  const marked = keys.flatMap((key, index) => (key.findings.length > 0 ? [`k${index}`] : []));
  const styles = marked.length > 0 ? ['  classDef finding stroke:#a40000,stroke-width:2px', `  class ${marked.join(',')} finding`] : [];
  return ['flowchart LR', ...nodes, ...boxes, ...browser, ...edges, ...clients, ...styles, ''].join('\n');
};

/** Quoted, with the characters that end a quoted text or begin an entity or markup as entities of their own. */
function label(text: string): string {
  return `"${show(text).replace(/[#"<>&`]/g, (character) => `#${character.charCodeAt(0)};`)}"`;
}
