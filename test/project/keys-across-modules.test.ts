import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../src/engine/run.ts';
import { defaultKeyOptions } from '../../src/hilt/key-options.ts';
import { summarise } from '../../src/syntax/summarise.ts';
import { growth, linear } from '../support/growth.ts';
import { makeKey, randomText } from '../support/keys.ts';
import { createRepository, type Repository } from '../support/repository.ts';

const live = makeKey('live', 'project');
/** The beginning of a key, and what stands behind it. */
const start = 'hk_' + 'live_';
const body = live.slice(start.length);
/** A key of unknown shape, which only its slot tells. */
const random = randomText('project', 24);
const claim = randomText('claim', 24);
const url = '"https://api.hilt.so/v1/products"';
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = [base64url({ alg: 'HS256', typ: 'JWT' }), base64url({ sub: 'merchant' }), randomText('signature', 43)].join('.');

let repository: Repository | undefined;
afterEach(() => repository?.cleanup());

type Files = Readonly<Record<string, string>>;

describe('no-hardcoded-key in a project', () => {
  it.each<[name: string, files: Files, places: string[]]>([
    ['what Object.assign adds to the exports', { 'head.js': `Object.assign(module.exports, { head: "${start}" });\n`, 'a.js': `const { head } = require("./head");\nexports.key = head + "${body}";\n` }, ['a.js:2:15']],
    ['an export that is defined', { 'head.js': `Object.defineProperty(exports, "head", { enumerable: true, get: function () { return "${start}"; } });\n`, 'a.js': `const { head } = require("./head");\nexports.key = head + "${body}";\n` }, ['a.js:2:15']],
    ['what TypeScript exports again', { 'head.js': `exports.head = "${start}";\n`, 'index.js': `__exportStar(require("./head"), exports);\n`, 'a.js': `const { head } = require("./index");\nexports.key = head + "${body}";\n` }, ['a.js:2:15']],
    ['a require that is created', { 'head.cjs': `exports.head = "${start}";\n`, 'a.mjs': `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\nexport const key = require("./head.cjs").head + "${body}";\n` }, ['a.mjs:3:20']],
    ['what a dynamic import gives its callback', { 'head.ts': `export const head = "${start}";\n`, 'a.ts': `import("./head").then(({ head }) => send(head + "${body}"));\n` }, ['a.ts:1:42']],
    ['a name of the header in another module', { 'header.ts': 'export const header = "X-Hilt-Key";\n', 'a.ts': `import { header } from "./header";\nfetch(url, { headers: { [header]: "${random}" } });\n` }, ['a.ts:2:35']],
    ['a session in a constant', { 'a.ts': `const token = "${jwt}";\nfetch(${url}, { headers: { Authorization: \`Bearer \${token}\` } });\n` }, ['a.ts:1:15']],
    ['a session in a command that is run', { 'a.ts': `execSync('curl -H "Authorization: Bearer ${jwt}" https://api.hilt.so/v1/products');\n` }, ['a.ts:1:42']],
    ['a session in a variable of a script', { 'a.sh': `TOKEN=${jwt}\n\ncurl -H "Authorization: Bearer $TOKEN" https://api.hilt.so/v1/products\n` }, ['a.sh:1:7']],
    ['a key in a variable of a script', { 'a.sh': `KEY=${random}\ncurl -H "X-Hilt-Key: $KEY" https://api.hilt.so/v1/products\n` }, ['a.sh:1:5']],
    ['headers in one list', { 'a.ts': `undici.request(${url}, { headers: ["accept", "text/plain", "X-Hilt-Key", "${random}"] });\n` }, ['a.ts:1:101']],
    ['a key name that is assigned', { 'a.ts': `import "@hiltpay/sdk";\nprocess.env.HILT_API_KEY = "${random}";\n` }, ['a.ts:2:28']],
    ['what stands in for a key name', { 'a.ts': `import "@hiltpay/sdk";\nexport const key = process.env.HILT_API_KEY ?? "${random}";\n` }, ['a.ts:2:48']],
    ['a key name of Python', { 'a.py': `import hilt_sdk\nHILT_API_KEY = "${random}"\n` }, ['a.py:2:16']],
    ['a header of a proxy', { 'nginx.conf': `proxy_set_header X-Hilt-Key ${random};\n` }, ['nginx.conf:1:29']],
    ['a variable of Postman', { 'hilt.postman_environment.json': `{ "name": "Hilt", "values": [{ "key": "baseUrl", "value": "https://api.hilt.so" }, { "key": "apiKey", "value": "${random}" }], "_postman_variable_scope": "environment" }\n` }, ['hilt.postman_environment.json:1:113']],
    ['the same key in plain text and composed', { 'a.ts': `const a = "${live}";\nconst b = "${start}" + "${body}";\n` }, ['a.ts:1:11', 'a.ts:2:11']],
    ['two keys in one composed text', { 'a.ts': `const p = "${start}";\nconst both = p + "${body}," + p + "${random}";\n` }, ['a.ts:2:14', 'a.ts:2:14']],
    ['an argument of a function that sends', { 'a.ts': `function call(tail) { return fetch(u, { headers: { "X-Hilt-Key": "${start}" + tail } }); }\ncall("${body}");\n` }, ['a.ts:1:66']],
    ['an argument of another module\'s function', { 'call.ts': `export function call(tail: string) { return send("${start}" + tail); }\n`, 'a.ts': `import { call } from "./call";\ncall("${body}");\n` }, ['a.ts:2:1']],
    ['an argument of a constructor', { 'a.ts': `class Api { constructor(tail) { this.key = "${start}" + tail; } }\nconst api = new Api("${body}");\n` }, ['a.ts:1:44']],
    ['an argument that a method completes', { 'a.ts': `class Api { constructor(private tail: string) {}\nkey() { return "${start}" + this.tail; } }\nexport const api = new Api("${body}");\n` }, ['a.ts:2:16']],
    ['a method of a superclass that holds the pieces', { 'a.ts': `class A { head() { return "${start}"; } }\nclass B extends A { key() { return super.head() + "${body}"; } }\nsend(new B().key());\n` }, ['a.ts:3:6']],
    ['entries of a map', { 'a.ts': `const parts = new Map([["head", "${start}"]]);\nparts.set("tail", "${body}");\nconst key = parts.get("head") + parts.get("tail");\n` }, ['a.ts:3:13']],
    ['a member of an enum by its bare name', { 'a.ts': `enum Part { Head = "${start}", Key = Head + "${body}" }\n` }, ['a.ts:1:38']],
    ['a dotted namespace', { 'a.ts': `namespace A.B { export const head = "${start}"; }\nconst key = A.B.head + "${body}";\n` }, ['a.ts:2:13']],
    ['an alias of a namespace', { 'a.ts': `namespace A { export const head = "${start}"; }\nimport head = A.head;\nconst key = head + "${body}";\n` }, ['a.ts:3:13']],
    ['a static member by this', { 'a.ts': `class A { static head = "${start}"; static key = this.head + "${body}"; }\n` }, ['a.ts:1:50']],
    ['a static block', { 'a.ts': `class A { static head; static { A.head = "${start}"; } }\nconst key = A.head + "${body}";\n` }, ['a.ts:2:13']],
    ['a tag of its own', { 'a.ts': `const key = tag\`${start}\${"${body}"}\`;\n` }, ['a.ts:1:16']],
    ['an imported decoder', { 'a.ts': `import { atob } from "node:buffer";\nconst key = atob("${Buffer.from(start).toString('base64')}") + "${body}";\n` }, ['a.ts:2:13']],
    ['joined buffers', { 'a.ts': `const key = Buffer.concat([Buffer.from("${start}"), Buffer.from("${body}")]).toString();\n` }, ['a.ts:1:13']],
    ['a format', { 'a.ts': `import { format } from "node:util";\nconst key = format("%s%s", "${start}", "${body}");\n` }, ['a.ts:2:13']],
    ['parts that are put in front', { 'a.ts': `const parts = ["${body}"];\nparts.unshift("hk", "live");\nconst key = parts.join("_");\n` }, ['a.ts:3:13']],
    ['a script that is not closed', { 'a.html': `<script>\nconst key = "${start}" + "${body}";\n` }, ['a.html:2:13']],
    ['a key that goes on in the next literal of a language without a tree', { 'a.swift': `let key = "${start}${body.slice(0, 16)}" + "${body.slice(16)}"\n` }, ['a.swift:1:11']],
  ])('finds what is put together from %s', async (_name, files, places) => {
    expect(await scanned(files)).toEqual(places);
  });

  it.each<[name: string, files: Files, places: string[]]>([
    ['a YAML mapping', { 'a.yaml': `headers:\n  X-Hilt-Key: ${random}\n` }, ['a.yaml:2:15']],
    ['a JSON object', { 'mcp.json': `{ "headers": { "X-Hilt-Key": "${random}" } }` }, ['mcp.json:1:31']],
    ['a Postman header', { 'a.json': `{ "key": "X-Hilt-Key", "value": "${random}" }` }, ['a.json:1:34']],
    ['a request of Insomnia', { 'a.yaml': `headers:\n  - name: X-Hilt-Key\n    value: ${random}\n` }, ['a.yaml:3:12']],
    ['a parameter of YAML with its value first', { 'a.yaml': `headers:\n  - value: "${random}"\n    name: X-Hilt-Key\n` }, ['a.yaml:2:13']],
    ['an authorisation of Postman', { 'a.json': `{ "apikey": [{ "key": "value", "value": "${random}", "type": "string" }, { "key": "key", "value": "X-Hilt-Key" }] }` }, ['a.json:1:42']],
    ['an authorisation of Postman, the header first', { 'a.json': `{ "apikey": [{ "key": "key", "value": "X-Hilt-Key" }, { "key": "value", "value": "${random}" }] }` }, ['a.json:1:83']],
    ['Go', { 'a.go': `req.Header.Set("X-Hilt-Key", "${random}")\n` }, ['a.go:1:31']],
    ['Swift, where the value comes first', { 'a.swift': `request.setValue("${random}", forHTTPHeaderField: "X-Hilt-Key")\n` }, ['a.swift:1:19']],
    ['PHP', { 'a.php': `<?php $headers = ["X-Hilt-Key: ${random}"];\n` }, ['a.php:1:32']],
    ['Ruby', { 'a.rb': `request["X-Hilt-Key"] = "${random}"\n` }, ['a.rb:1:26']],
    ['a comment of a program', { 'a.ts': `// curl -H "X-Hilt-Key: ${random}" ${url}\n` }, ['a.ts:1:25']],
    ['a document', { 'README.md': `Send \`X-Hilt-Key: ${random}\`.\n` }, ['README.md:1:19']],
    ['a wrapper of another module', { 'call.ts': `export const call = (key: string) => fetch(${url}, { headers: { "X-Hilt-Key": key } });\n`, 'a.ts': `import { call } from "./call";\ncall("${random}");\n` }, ['a.ts:2:6']],
    ['a class of another module', { 'api.ts': `export class Api { constructor(private key: string) {}\nget() { return fetch(${url}, { headers: { "X-Hilt-Key": this.key } }); } }\n`, 'a.ts': `import { Api } from "./api";\nexport const api = new Api("${random}");\n` }, ['a.ts:2:28']],
    ['a subclass of the client of another module', { 'shop.ts': `import { HiltClient } from "@hiltpay/sdk";\nexport class Shop extends HiltClient {}\n`, 'a.ts': `import { Shop } from "./shop";\nnew Shop({ apiKey: "${random}" });\n` }, ['a.ts:2:20']],
    ['a delivery claim', { 'a.ts': `fetch(${url}, { body: JSON.stringify({ delivery_claim: "${claim}" }) });\n` }, ['a.ts:1:84']],
    ['a constant named for the signing secret', { 'a.ts': `const HILT_WEBHOOK_SECRET = "whsec_${claim}";\n` }, ['a.ts:1:29']],
    ['what stands in for the signing secret', { 'a.ts': `const secret = process.env.HILT_WEBHOOK_SECRET ?? "whsec_${claim}";\n` }, ['a.ts:1:51']],
    ['a dashboard session that is sent to Hilt', { 'a.ts': `fetch("https://api.hilt.so/v1/account", { headers: { Authorization: "Bearer ${jwt}" } });\n` }, ['a.ts:1:69']],
    ['a dashboard session in a command of a document', { 'README.md': `\`\`\`sh\ncurl https://api.hilt.so/v1/account \\\n  -H 'Authorization: Bearer ${jwt}'\n\`\`\`\n` }, ['README.md:3:29']],
    ['a prefix that the package gives its meaning', { 'package.json': '{ "dependencies": { "@hiltpay/sdk": "^1.4.0" } }', 'src/a.ts': `const key = "hilt_live_${body}";\n` }, ['src/a.ts:1:13']],
  ])('finds a secret that only its place tells: %s', async (_name, files, places) => {
    expect(await scanned(files)).toEqual(places);
  });

  it.each<[name: string, files: Files]>([
    ['a placeholder in a header', { 'a.yaml': 'headers:\n  X-Hilt-Key: your-hilt-key-goes-here-1\n' }],
    ['a reference in a header', { 'a.yaml': 'headers:\n  X-Hilt-Key: ${{ secrets.HILT_API_KEY_1 }}\n' }],
    ['a parameter of YAML beside the header', { 'a.yaml': `headers:\n  - name: X-Hilt-Key\n    description: key\n  - name: X-Request-Id\n    value: ${random}\n` }],
    ['an authorisation of Postman for another header', { 'a.json': `{ "host": "api.hilt.so", "apikey": [{ "key": "value", "value": "${random}" }, { "key": "key", "value": "X-Other-Key" }] }` }],
    ['a file that holds the key', { '.env': '# hilt.so\nHILT_API_KEY=/run/secrets/hilt1apikey2\nHILT_WEBHOOK_SECRET=ssm:/prod1/hilt/webhook2\n' }],
    ['a template in a header', { 'a.http': `GET ${url.slice(1, -1)}\nX-Hilt-Key: {{hiltKey1234567890}}\n` }],
    ['a name beside the header', { 'a.go': 'req.Header.Set("X-Hilt-Key", os.Getenv("HILT_API_KEY"))\n' }],
    ['a session that is sent elsewhere', { 'README.md': `Not hilt.so:\n\n\`\`\`sh\ncurl https://api.example.com -H 'Authorization: Bearer ${jwt}'\n\`\`\`\n` }],
    ['a session beside a nearer address', { 'a.json': `{ "docs": "https://hilt.so", "url": "https://api.example.com", "token": "${jwt}" }` }],
    ['a token of another class', { 'api.ts': '// hilt.so\nexport class Api { constructor(private key: string) {}\nget() { return fetch("https://x.io", { headers: { "X-Api-Key": this.key } }); } }\n', 'a.ts': `import { Api } from "./api";\nexport const api = new Api("${random}");\n` }],
    ['the prefix in a package that does not use Hilt', { 'package.json': '{ "workspaces": ["packages/*"] }', 'packages/a/package.json': '{ "dependencies": { "@hiltpay/sdk": "^1.4.0" } }', 'packages/b/package.json': '{ "name": "b" }', 'packages/b/a.ts': `const key = "hilt_live_${body}";\n` }],
    ['the prefix of a namesake', { 'package.json': '{ "dependencies": { "@hiltpay/sdk": "^1.4.0", "@hilt-review/sdk": "^1.0.0" } }', 'a.ts': `const key = "hilt_live_${body}";\n` }],
    ['a map of other things', { 'a.ts': `const parts = new Map([["head", "${start}"]]);\nconst key = parts.get("tail") + "${body}";\n` }],
    ['a key name in a project that is not Hilt\'s', { 'a.ts': `const HILT_API_KEY = "${random}";\n` }],
    ['a key name that holds the name of another', { 'a.ts': `import "@hiltpay/sdk";\nexport const HILT_API_KEY = "HILT_API_KEY_PRODUCTION_EU2";\n` }],
    ['a name that says it is an id', { 'a.ts': `import "@hiltpay/sdk";\nexport const HILT_KEY_ID = "${random}";\n` }],
    ['another header in one list', { 'a.ts': `undici.request(${url}, { headers: ["X-Request-Id", "${random}", "accept", "text/plain"] });\n` }],
    ['a session for another host in a command', { 'a.ts': `execSync('curl -H "Authorization: Bearer ${jwt}" https://api.example.com/; curl https://api.hilt.so/');\n` }],
    ['a variable of Postman that is no key', { 'hilt.postman_environment.json': `{ "values": [{ "key": "baseUrl", "value": "https://api.hilt.so" }, { "key": "productId", "value": "${random}" }], "_postman_variable_scope": "environment" }\n` }],
  ])('is silent about %s', async (_name, files) => {
    expect(await scanned(files)).toEqual([]);
  });

  it('sees the last of many modules as well as the first', async () => {
    const calls = Array.from({ length: 150 }, (_, index) => `go(join({ path: "p${index}" }, "a"), ["b${index}"]);`).join('\n');
    const modules = Array.from({ length: 24 }, (_, index) => [`m${index}.ts`, `// hilt.so\nimport { go, join } from "./lib";\n${calls}\n`]);
    const api = '// hilt.so\nexport class Api { constructor(private key: string) {}\nget() { return fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": this.key } }); } }\n';
    const lib = '// hilt.so\nexport const join = (o, x) => pad(o.path) + x;\nconst pad = (x) => `<${x}>`;\nexport function go(path, list) { return fetch(path + list.map((each) => pad(each)).join("/")); }\n';
    const last = `import { Api } from "./api";\nexport const api = new Api("${random}");\n`;
    expect(await scanned({ ...Object.fromEntries(modules), 'api.ts': api, 'lib.ts': lib, 'z.ts': last })).toEqual(['z.ts:2:28']);
  });

  it.each<[name: string, text: string]>([
    ['a text', `const a = (x) => b(x);\nconst b = (x) => c(x);\nconst c = (x) => d(x);\nconst d = (x) => e(x);\nconst e = (x) => x + "${body}";\nexport const key = a("${start}");\n`],
    ['a text in an object', `const a = (o) => b({ ...o });\nconst b = (o) => c({ o });\nconst c = ({ o }) => d(o);\nconst d = (o) => e(o);\nconst e = (o) => o.start + "${body}";\nexport const key = a({ start: "${start}" });\n`],
    ['character codes', `const a = (x) => b(x);\nconst b = (x) => c(x);\nconst c = (x) => d(x);\nconst d = (x) => e(x);\nconst e = (x) => String.fromCharCode(x) + "${live.slice(1)}";\nexport const key = a(${live.charCodeAt(0)});\n`],
  ])('follows what is passed on from function to function: %s', async (_name, text) => {
    expect(await scanned({ 'a.js': text })).toEqual(['a.js:6:20']);
  });

  it.each<[name: string, text: string]>([
    ['doubling texts', `const a0 = "hk_";\n${Array.from({ length: 60 }, (_, i) => `const a${i + 1} = a${i} + a${i};`).join('\n')}`],
    ['doubling unknowns', `${Array.from({ length: 60 }, (_, i) => `const a${i + 1} = a${i} + x + a${i};`).join('\n')}`],
    ['functions that call each other twice', `const f0 = (x) => x + x;\n${Array.from({ length: 40 }, (_, i) => `const f${i + 1} = (x) => f${i}(f${i}(x));`).join('\n')}\nsend(f40("hk_"));`],
    ['recursion', 'function g(n) { return n ? g(n - 1) + g(n - 2) : "hk_"; }\nsend(g(40));'],
    ['classes that extend each other', 'class A extends C {}\nclass C extends A {}\nsend(new A().x + "hk_", A.y + "hk_");'],
    ['a hundred thousand terms', `const q = "x";\nconst long = ${Array.from({ length: 100_000 }, () => 'q').join(' + ')};`],
    ['enormous repetition', 'send("hk_".repeat(1e9) + "a".padStart(1e9, "hk_") + new Array(1e9).fill("hk_").join(""));'],
    ['arguments that no function takes', 'send(String.fromCodePoint(1.5) + String.fromCharCode(-1) + decodeURIComponent("%E0%A4%A") + (5).toString(99) + "hk_");'],
  ])('ends in time, and finds what stands beside it: %s', async (_name, text) => {
    expect((await scanned({ 'a.ts': `const key = "${start}" + "${body}";\n${text}\n` })).filter((place) => place === 'a.ts:1:13')).toEqual(['a.ts:1:13']);
  });

  it.each<[name: string, file: string, size: number, make: (size: number) => string]>([
    ['deep JSON', 'a.json', 50_000, (size) => `${'['.repeat(size)}"${live}"${']'.repeat(size)}`],
    ['blanks behind a header', 'a.txt', 2_000_000, (size) => `"X-Hilt-Key"${' '.repeat(size)}${live}`],
    ['tokens without an end', 'a.txt', 500_000, (size) => `hilt.so ${'eyJ'.repeat(size)} ${live}`],
    ['scripts without an end', 'a.html', 200_000, (size) => `${'<script'.repeat(size)} ${live}`],
    ['comments without an end', 'a.html', 200_000, (size) => `${'<!--'.repeat(size)} ${live}`],
  ])('reads in a time that grows with the length: %s', (_name, file, size, make) => {
    const secretsOf = (text: string): number => summarise(file, text, defaultKeyOptions).summary.secrets.length;
    expect(secretsOf(make(size))).toBe(1);
    expect(growth(size, make, secretsOf)).toBeLessThan(linear);
  });
});

async function scanned(files: Files): Promise<string[]> {
  repository = createRepository({ git: false });
  for (const [file, text] of Object.entries(files)) repository.write(file, text);
  const { findings } = await run({ cwd: repository.root, input: { kind: 'tree', paths: [] }, project: true, frames: false });
  return findings.filter(({ rule }) => rule === 'no-hardcoded-key').map(({ file, range }) => `${file}:${range.start.line}:${range.start.column}`);
}
