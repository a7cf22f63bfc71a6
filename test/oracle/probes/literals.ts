import type { Probe } from '../harness/probe.ts';

const show = `import { show } from '../../show.js';\n`;

/** Keys that stand in code which runs: the least that must be found. */
export const literals: readonly Probe[] = [
  { id: 'literal-shown', about: 'A literal as an argument.', bare: ['key'], files: { 'main.js': `${show}show('{{key}}');\n` } },
  { id: 'literal-const', about: 'A constant of the entry.', bare: ['key'], maps: true, files: { 'main.js': `${show}const key = '{{key}}';\nshow(key);\n` } },
  { id: 'literal-template', about: 'A template literal without holes, and one that is put into a longer text.', bare: ['key', 'inside'], files: { 'main.js': `${show}show(\`{{key}}\`);\nshow(\`key={{key:inside}}&mode=live\`);\n` } },
  { id: 'literal-object', about: 'A property of an object that is passed whole.', bare: ['key'], files: { 'main.js': `${show}const config = { mode: 'live', key: '{{key}}' };\nshow(config);\n` } },
  { id: 'literal-array', about: 'An element of an array that is passed whole.', bare: ['key'], files: { 'main.js': `${show}const keys = ['a', '{{key}}'];\nshow(keys);\n` } },
  { id: 'literal-imported', about: 'A constant of another module.', bare: ['key'], maps: true, files: { 'main.js': `import { key } from './keys.js';\n${show}show(key);\n`, 'keys.js': `export const key = '{{key}}';\n` } },
  { id: 'literal-default', about: 'A default export.', bare: ['key'], files: { 'main.js': `import key from './key.js';\n${show}show(key);\n`, 'key.js': `export default '{{key}}';\n` } },
  { id: 'literal-header', about: 'The header of a request.', bare: ['key'], files: { 'main.js': `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': '{{key}}' } }).then((answer) => console.log(answer.status));\n` } },
  { id: 'literal-wrapper', about: 'A key handed to a wrapper of another module.', bare: ['key'], files: { 'main.js': `import { ask } from './ask.js';\nask('/v1/payments', '{{key}}');\n`, 'ask.js': `export function ask(path, key) {\n  return fetch('https://api.hilt.so' + path, { headers: { 'X-Hilt-Key': key } });\n}\n` } },
  { id: 'literal-class', about: 'A field, a static field and a method of a class that is used.', bare: ['field', 'static', 'method'], files: { 'main.js': `${show}class Vault {\n  key = '{{key:field}}';\n  static spare = '{{key:static}}';\n  read() { return '{{key:method}}'; }\n}\nconst vault = new Vault();\nshow(vault.key);\nshow(Vault.spare);\nshow(vault.read());\nglobalThis.vault = Vault;\n` } },
  { id: 'literal-parameter', about: 'The default of a parameter.', bare: ['key'], files: { 'main.js': `import { ask } from './ask.js';\nask();\n`, 'ask.js': `export function ask(key = '{{key}}') {\n  return fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': key } });\n}\n` } },
  { id: 'literal-event', about: 'A handler that runs on a click.', bare: ['key'], files: { 'main.js': `${show}document.addEventListener('click', () => show('{{key}}'));\n` } },
  { id: 'literal-async', about: 'A value that an async function returns.', bare: ['key'], files: { 'main.js': `${show}async function load() {\n  return '{{key}}';\n}\nload().then(show);\n` } },
  { id: 'literal-choice', about: 'Both arms of a choice that is made at run time.', bare: ['yes', 'no'], files: { 'main.js': `${show}show(location.hash ? '{{key:yes}}' : '{{key:no}}');\n` } },
  { id: 'literal-map', about: 'A value in a Map that is used.', bare: ['key'], files: { 'main.js': `${show}const keys = new Map([['live', '{{key}}']]);\nshow(keys.get(location.hash));\n` } },
  { id: 'literal-global', about: 'A value put on a global object.', bare: ['key'], files: { 'main.js': `globalThis.HILT = { key: '{{key}}' };\n` } },
  { id: 'literal-storage', about: 'A value written to storage.', bare: ['key'], files: { 'main.js': `localStorage.setItem('hilt', '{{key}}');\n` } },
  { id: 'literal-unused-local', about: 'A constant of the entry that nobody reads.', files: { 'main.js': `${show}const key = '{{key}}';\nshow('nothing');\n` } },
  { id: 'literal-unread-parameter', about: 'An argument that the function ignores.', files: { 'main.js': `import { ignore } from './ignore.js';\nignore(location.hash, '{{key}}');\n`, 'ignore.js': `${show}export function ignore(text, key) {\n  show(text);\n}\n` } },
  { id: 'literal-comment', about: 'A comment.', maps: true, files: { 'main.js': `${show}// old key: {{key}}\nshow('comment');\n` } },
  { id: 'literal-legal-comment', about: 'A comment that minifiers keep.', files: { 'main.js': `${show}/*! (c) shop, key {{key}} */\nshow('legal');\n` } },
  { id: 'sdk-client', about: 'A client of the SDK.', bare: ['key'], files: { 'main.js': `import { HiltClient } from '@hiltpay/sdk';\n\nconst hilt = new HiltClient({ apiKey: '{{key}}' });\ndocument.addEventListener('click', () => hilt.request('/v1/payments'));\n` } },
  { id: 'sdk-wrapper', about: 'A client of the SDK that a module makes from a key of another.', bare: ['key'], files: { 'main.js': `import { pay } from './pay.js';\ndocument.addEventListener('click', () => pay());\n`, 'pay.js': `import { HiltClient } from '@hiltpay/sdk';\nimport { apiKey } from './key.js';\n\nconst hilt = new HiltClient({ apiKey });\nexport const pay = () => hilt.request('/v1/payments');\n`, 'key.js': `export const apiKey = '{{key}}';\n` } },
  { id: 'sdk-factory', about: 'A function that makes a client, called with a key, and one that nobody calls.', bare: ['used'], files: { 'main.js': `import { connect } from './connect.js';\ndocument.addEventListener('click', () => connect('{{key:used}}').request('/v1/payments'));\n`, 'connect.js': `import { HiltClient } from '@hiltpay/sdk';\n\nexport const connect = (apiKey) => new HiltClient({ apiKey });\nexport const connectSpare = () => connect('{{key:unused}}');\n` } },
  { id: 'fold-concat', about: 'Two literals joined.', files: { 'main.js': `${show}show('hk_' + 'live_' + '{{body}}');\n` } },
  { id: 'fold-consts', about: 'A constant joined with another module\'s constant.', files: { 'main.js': `import { prefix } from './prefix.js';\n${show}const body = '{{body}}';\nshow(prefix + body);\n`, 'prefix.js': `export const prefix = 'hk_live_';\n` } },
  { id: 'fold-join', about: 'The parts of a list joined.', files: { 'main.js': `${show}show(['hk', 'live', '{{body}}'].join('_'));\n` } },
  { id: 'fold-template', about: 'A template with constant holes.', files: { 'main.js': `${show}const mode = 'live';\nshow(\`hk_\${mode}_{{body}}\`);\n` } },
  { id: 'fold-atob', about: 'Base64 that the code decodes.', files: { 'main.js': `${show}show(atob('{{base64}}'));\n` } },
  { id: 'fold-reverse', about: 'A text that the code reverses.', files: { 'main.js': `${show}show('{{reversed}}'.split('').reverse().join(''));\n` } },
  { id: 'fold-codes', about: 'Character codes.', files: { 'main.js': `${show}show(String.fromCharCode({{codes}}));\n` } },
];
