import type { Probe } from '../harness/probe.ts';

const show = `import { show } from '../../show.js';\n`;
const main = (expression: string, before = '') => ({ 'main.js': `${show}${before}show(${expression});\n` });
const unused = (text: string) => ({ 'main.js': `import { used } from './lib.js';\n${show}show(used);\n`, 'lib.js': `export const used = 1;\n${text}` });

/** Keys that no text holds whole until a minifier, or the browser, puts them together. */
export const composed: readonly Probe[] = [
  { id: 'composed-plus-equals', about: 'Appended to a variable.', files: { 'main.js': `${show}let key = 'hk_live_';\nkey += '{{body}}';\nshow(key);\n` } },
  { id: 'composed-concat', about: '`concat`.', files: main(`'hk_'.concat('live_', '{{body}}')`) },
  { id: 'composed-replace', about: '`replace`.', files: { 'main.js': `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': 'hk-live-{{body}}'.replace('-', '_').replace('-', '_') } });\n` } },
  { id: 'composed-slice', about: '`slice` and `trim`.', files: { 'main.js': `${show}show('xx{{key:slice}}'.slice(2));\nshow('  {{key:trim}}  '.trim());\n` } },
  { id: 'composed-join-names', about: 'A list of constants joined.', files: main(`[prefix, mode, '{{body}}'].join('_')`, `const prefix = 'hk';\nconst mode = 'live';\n`) },
  { id: 'composed-raw', about: '`String.raw`.', bare: ['key'], files: main('String.raw`{{key}}`') },
  { id: 'composed-tagged', about: 'A template with a tag.', bare: ['key'], files: { 'main.js': `${show}const tag = (texts) => texts.join('') + location.hash;\nshow(tag\`{{key}}\`);\n` } },
  { id: 'composed-function', about: 'A function that puts the prefix before what it is given.', files: { 'main.js': `import { keyOf } from './lib.js';\n${show}show(keyOf('{{body}}'));\n`, 'lib.js': `export const keyOf = (body) => 'hk_live_' + body;\n` } },
  { id: 'composed-choice', about: 'The mode is chosen at run time.', files: main(`'hk_' + (location.hash ? 'live' : 'sandbox') + '_{{body}}'`) },
  { id: 'composed-object', about: 'Parts that are properties of an imported object.', files: { 'main.js': `import { parts } from './lib.js';\n${show}show(\`\${parts.prefix}_\${parts.body}\`);\n`, 'lib.js': `export const parts = { prefix: 'hk_live', body: '{{body}}' };\n` } },
  { id: 'composed-enum', about: 'Parts of three modules.', files: { 'main.js': `import { prefix } from './a.js';\nimport { mode } from './b.js';\nimport { body } from './c.js';\n${show}show(prefix + mode + body);\n`, 'a.js': `export const prefix = 'hk_';\n`, 'b.js': `export const mode = 'live_';\n`, 'c.js': `export const body = '{{body}}';\n` } },
  { id: 'composed-json', about: 'A text in JSON that the code parses.', files: main(`JSON.parse('{"key":"{{key}}"}').key`), bare: ['key'] },
  { id: 'composed-escapes', about: 'Escapes in the source.', files: main(`'\\x68\\u006b_live_{{body}}'`) },
  { id: 'composed-decoded-part', about: 'A prefix and a part that the code decodes.', files: main(`'hk_live_' + atob('{{base64}}').slice(8)`) },
  { id: 'composed-unused', about: 'Unused constants that are put together.', files: unused(`export const sum = 'hk_' + 'live_' + '{{body:sum}}';\nconst mode = 'live';\nexport const template = \`hk_\${mode}_{{body:template}}\`;\n`) },
  { id: 'composed-unused-names', about: 'Unused texts put together from names.', files: unused(`const key = '{{key:template}}';\nexport const template = \`Bearer \${key}\`;\nconst other = '{{key:sum}}';\nexport const sum = 'Bearer ' + other;\n`) },
  { id: 'composed-unused-join', about: 'An unused list that is joined.', files: unused(`export const key = ['hk', 'live', '{{body}}'].join('_');\n`) },
  { id: 'composed-unused-method', about: 'Unused results of text methods.', files: unused(`export const key = 'hk-live-{{body:replace}}'.replaceAll('-', '_');\nexport const upper = '{{key:trim}}'.trim();\nexport const joined = 'hk_'.concat('live_', '{{body:concat}}');\n`) },
  { id: 'composed-unused-decoded', about: 'An unused text that the code decodes.', files: unused(`export const key = atob('{{base64}}');\n`) },
  { id: 'composed-unused-codes', about: 'Unused character codes.', files: unused(`export const key = String.fromCharCode({{codes}});\n`) },
  { id: 'composed-unused-tagged', about: 'Unused templates with a tag.', files: unused(`const tag = (texts) => texts.join('');\nexport const own = tag\`{{key:own}}\`;\nexport const raw = String.raw\`{{key:raw}}\`;\nexport const unknown = globalThis.sql\`{{key:unknown}}\`;\n`), bare: ['unknown'] },
  { id: 'composed-unused-regexp', about: 'Unused regular expressions, dates and JSON.', files: unused(`export const pattern = /{{key:pattern}}/;\nexport const made = new RegExp('{{key:made}}');\nexport const parsed = JSON.parse('{"key":"{{key:parsed}}"}');\nexport const text = JSON.stringify({ key: '{{key:text}}' });\n`) },
  { id: 'composed-unused-headers', about: 'Unused objects of the platform.', files: unused(`export const headers = new Headers({ 'X-Hilt-Key': '{{key:headers}}' });\nexport const query = new URLSearchParams({ key: '{{key:query}}' });\nexport const request = new Request('https://api.hilt.so', { headers: { 'X-Hilt-Key': '{{key:request}}' } });\n`) },
];
