import { keyColumns, integrationColumns, showClient, showEnvironment, showFindings, showMarks, showPlace, type InventoryFormatter } from './inventory-text.ts';
import { show } from './shown-text.ts';

/** One page without scripts and without anything from elsewhere. */
export const formatInventoryHtml: InventoryFormatter = ({ keys, integrations }, { tool }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hilt keys</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #1b1b1f; background: #fff }
table { border-collapse: collapse; margin-bottom: 2rem } caption { text-align: left; font-size: 1.3rem; font-weight: 600; padding: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem; border-bottom: 1px solid #d9d9de } code { font-size: .9em }
.mark { color: #8a4b00 } .finding { color: #a40000 }
@media (prefers-color-scheme: dark) { body { color: #e6e6ea; background: #17171a } th, td { border-color: #3a3a40 } .mark { color: #ffb25c } .finding { color: #ff8a8a } }
</style>
</head>
<body>
<table>
<caption>Hilt keys</caption>
<thead>${row(keyColumns.map((title) => `<th scope="col">${title}</th>`))}</thead>
<tbody>
${keys.map((key) => row([
  `<th scope="row"><code>${escape(key.label)}</code></th>`,
  cell(escape(showEnvironment(key))),
  cell(list(key.declared.map(showPlace))),
  cell(list(key.read.map(showPlace))),
  cell(key.integrations.map(escape).join('<br>')),
  cell(escape(showClient(key))),
  cell(`<span class="finding">${list(showFindings(key.findings))}</span>`),
  cell(`<span class="mark">${showMarks(key).map(escape).join('<br>')}</span>`),
])).join('\n')}
</tbody>
</table>
<table>
<caption>Integrations</caption>
<thead>${row(integrationColumns.map((title) => `<th scope="col">${title}</th>`))}</thead>
<tbody>
${integrations.map(({ name, kind, place, keys: used }) => row([`<th scope="row">${escape(name)}</th>`, cell(escape(kind)), cell(list([showPlace(place)])), cell(list(used))])).join('\n')}
</tbody>
</table>
<p>${escape(tool.name)} ${escape(tool.version)}</p>
</body>
</html>
`;

function row(cells: readonly string[]): string {
  return `<tr>${cells.join('')}</tr>`;
}

function cell(html: string): string {
  return `<td>${html}</td>`;
}

function list(texts: readonly string[]): string {
  return texts.map((text) => `<code>${escape(text)}</code>`).join('<br>');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return show(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
