import type { Probe } from '../harness/probe.ts';

const show = `import { show } from '../../show.js';\n`;

/** What Vite adds to a plain bundler. */
export const viteShapes: readonly Probe[] = [
  { id: 'glob-lazy', about: 'A glob import.', bare: ['a', 'b'], files: { 'main.js': `${show}show(import.meta.glob('./keys/*.js'));\n`, 'keys/a.js': `export const key = '{{key:a}}';\n`, 'keys/b.js': `export const key = '{{key:b}}';\n`, 'other/c.js': `export const key = '{{key:c}}';\n` } },
  { id: 'glob-eager', about: 'An eager glob of one export, with a pattern that leaves a file out.', bare: ['a'], files: { 'main.js': `${show}show(import.meta.glob(['./keys/*.js', '!./keys/b.js'], { eager: true, import: 'key' }));\n`, 'keys/a.js': `export const key = '{{key:a}}';\nexport const other = '{{key:other}}';\n`, 'keys/b.js': `export const key = '{{key:b}}';\n` } },
  { id: 'glob-raw', about: 'A glob of texts.', files: { 'main.js': `${show}show(import.meta.glob('./notes/*.txt', { query: '?raw', eager: true, import: 'default' }));\n`, 'notes/a.txt': `{{key}}\n` } },
  { id: 'raw-text', about: 'A file as text.', files: { 'main.js': `import text from './token.txt?raw';\n${show}show(text);\n`, 'token.txt': `{{key}}\n` } },
  { id: 'raw-module', about: 'A module as text: unused exports and comments too.', files: { 'main.js': `import text from './keys.js?raw';\n${show}show(text);\n`, 'keys.js': `export const unused = '{{key}}';\n` } },
  { id: 'url-asset', about: 'A file by its URL.', files: { 'main.js': `import url from './token.txt?url';\n${show}show(url);\n`, 'token.txt': `{{key}}\n` } },
  { id: 'inline-style', about: 'A style sheet as text.', files: { 'main.js': `import css from './style.css?inline';\n${show}show(css);\n`, 'style.css': `body::after { content: '{{key}}'; }\n` } },
  { id: 'worker-query', about: 'A worker by query.', bare: ['key'], files: { 'main.js': `import Shared from './worker.js?worker';\nnew Shared().postMessage(1);\n`, 'worker.js': `self.onmessage = () => self.postMessage('{{key}}');\n` } },
  { id: 'public-file', about: 'A file of the public folder.', files: {}, root: { 'public/config.js': `window.HILT = { key: '{{key}}' };\n` } },
  { id: 'page-script', about: 'An inline script, a module script and an attribute of the page.', root: { 'index.body.html': `    <script>window.HILT_KEY = '{{key:script}}';</script>\n    <script type="module">globalThis.moduleKey = '{{key:module}}';</script>\n    <div data-key="{{key:attribute}}"></div>\n` } },
  { id: 'page-comment', about: 'A comment of the page.', root: { 'index.body.html': `    <!-- {{key}} -->\n` } },
  { id: 'server-folder', about: 'A server file that nobody imports.', root: { 'server/index.js': `import http from 'node:http';\nhttp.createServer((_, response) => fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': '{{key}}' } }).then(() => response.end())).listen(1);\n` } },
  { id: 'config-constant', about: 'A key in the configuration that only the dev proxy uses.', root: { 'proxy.config.js': `export const proxy = { '/api': { target: 'https://api.hilt.so', headers: { 'X-Hilt-Key': '{{key}}' } } };\n` } },
];

/** Variables with a prefix, by `import.meta.env`. */
export const vitePrefix: readonly Probe[] = [
  { id: 'prefix-page', about: 'A variable in the page.', root: { 'index.head.html': `    <meta name="hilt" content="%{{public}}%">\n` } },
  { id: 'prefix-declared', about: 'A public variable that a tracked file declares and a module reads.', files: { 'main.js': `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': import.meta.env.{{public}} } });\n` }, root: { '.env.production': `{{public}}={{key}}\n` } },
  { id: 'prefix-foreign', about: 'The prefix of another framework.', files: { 'main.js': `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': import.meta.env.{{var:next:NEXT_PUBLIC_}} } });\nfetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': import.meta.env.{{var:public:PUBLIC_}} } });\n` } },
];

/** One read of the whole object, and all public variables ship. */
export const viteWhole: readonly Probe[] = [
  { id: 'whole-unread', about: 'A public variable that a tracked file declares and nobody reads.', root: { '.env.production': `{{public}}={{key}}\n` } },
  { id: 'whole-private', about: 'A private variable that a tracked file declares.', root: { '.env.production': `{{var}}={{key}}\n` } },
];
