import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';
import { RuleTester as RuleTester9 } from 'eslint-v9';
import { describe, expect, it } from 'vitest';
import plugin from '../../src/eslint/index.ts';
import { makeKey, randomText } from '../support/keys.ts';

const live = makeKey('live', 'shop');
const sandbox = makeKey('sandbox', 'shop');
/** What stands behind the prefix of the live key. */
const body = live.slice('hk_live_'.length);
/** Secrets that only their slot makes secrets. */
const random = randomText('slot', 32);
const secret = randomText('webhook', 24);
const jwt = ['eyJ' + randomText('a', 20), 'eyJ' + randomText('b', 40), randomText('c', 43)].join('.');

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const reversed = (text: string): string => [...text].reverse().join('');
const codesOf = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const codes = (text: string): string => codesOf(text).join(', ');
const percent = (text: string): string => codesOf(text).map((code) => `%${code.toString(16)}`).join('');
const escapes2 = (text: string): string => codesOf(text).map((code) => `\\x${code.toString(16)}`).join('');
const escapes4 = (text: string): string => codesOf(text).map((code) => `\\u00${code.toString(16)}`).join('');
const entities = (text: string): string => codesOf(text).map((code) => `&#${code};`).join('');

const typescript = { parser };
const jsx = { parserOptions: { ecmaFeatures: { jsx: true } } };

const valid: RuleTester.ValidTestCase[] = [
  { name: 'reads: process.env', code: `const key = process.env.HILT_API_KEY;` },
  { name: 'reads: a bracket', code: `const key = process.env["HILT_API_KEY"];` },
  { name: 'reads: import.meta.env', code: `const key = import.meta.env.HILT_API_KEY;` },
  { name: 'reads: Deno', code: `const key = Deno.env.get("HILT_API_KEY");` },
  { name: 'reads: an empty fallback', code: `const key = (process.env.HILT_API_KEY || "").trim();` },
  { name: 'reads: a prefix before a read', code: `const key = "hk_live_" + process.env.HILT_KEY_BODY;` },
  { name: 'reads: a template around a read', code: `const header = \`Bearer \${process.env.HILT_API_KEY}\`;` },
  { name: 'reads: the client with a read', code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: process.env.HILT_API_KEY });` },
  { name: 'reads: the header with a read', code: `fetch(url, { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });` },
  { name: 'reads: the secret of a webhook', code: `import { verifyWebhookSignature } from "@hiltpay/sdk";\nverifyWebhookSignature(body, signature, process.env.HILT_WEBHOOK_SECRET);` },
  { name: 'reads: an unknown value', code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: await vault.read("hilt") });` },
  { name: 'reads: the client without a key', code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient();` },
  { name: 'placeholders: dots', code: `const key = "hk_live_...";` },
  { name: 'placeholders: an ellipsis', code: `const key = "hk_live_…………………………………………";` },
  { name: 'placeholders: one repeated letter', code: `const key = "hk_live_xxxxxxxxxxxxxxxxxxxxxxxx";` },
  { name: 'placeholders: one repeated digit', code: `const key = "hk_live_00000000000000000000000000";` },
  { name: 'placeholders: replace me', code: `const key = "hk_live_replace_me_with_your_key";` },
  { name: 'placeholders: your key here', code: `const key = "hk_live_your_key_here_please";` },
  { name: 'placeholders: example', code: `const key = "hk_sandbox_example_example_ex";` },
  { name: 'placeholders: words in camel case', code: `const key = "hk_live_YourApiKeyGoesHereNow";` },
  { name: 'placeholders: angle brackets', code: `const key = "hk_live_<your-production-key>";` },
  { name: 'placeholders: braces', code: `const key = "hk_live_{{HILT_KEY_BODY_OF_SHOP}}";` },
  { name: 'placeholders: a dollar name', code: `const key = "hk_live_$HILT_KEY_BODY_OF_SHOP";` },
  { name: 'placeholders: a percent name', code: `const key = "hk_live_%HILT_KEY_BODY_OF_SHOP%";` },
  { name: 'placeholders: digits in order', code: `const key = "hk_live_1234567890abcdef";` },
  { name: 'placeholders: the alphabet', code: `const key = "hk_live_abcdefghijklmnop";` },
  { name: 'placeholders: redacted', code: `const key = "hk_live_redacted_redacted_x";` },
  { name: 'placeholders: a placeholder in a comment', code: `// HILT_API_KEY=hk_live_xxxxxxxxxxxxxxxxxxxx\nstart();` },
  { name: 'placeholders: a placeholder put together', code: `const key = "hk_live_" + "xxxxxxxx" + "xxxxxxxxxxxxxx";` },
  { name: 'placeholders: a placeholder in JSX', languageOptions: jsx, code: `export const page = <code>hk_live_your_key_goes_here_now</code>;` },
  { name: 'placeholders: a setup token', code: `const token = "hst_your_setup_token_goes_here";` },
  { name: 'placeholders: a signing secret', code: `import { verifyWebhookSignature } from "@hiltpay/sdk";\nverifyWebhookSignature(body, signature, "whsec_replace_me_with_yours");` },
  { name: 'look-alikes: the prefix alone', code: `const isLive = key.startsWith("hk_live_");` },
  { name: 'look-alikes: both prefixes', code: `const prefixes = ["hk_live_", "hk_sandbox_"];` },
  { name: 'look-alikes: a pattern', code: `const pattern = /^hk_(?:live|sandbox)_[A-Za-z0-9]{16,}$/;` },
  { name: 'look-alikes: a short body', code: `const key = "hk_live_${body.slice(0, 15)}";` },
  { name: 'look-alikes: a letter before the prefix', code: `const id = "x${live}";` },
  { name: 'look-alikes: an underscore before the prefix', code: `const id = "_${live}";` },
  { name: 'look-alikes: another environment', code: `const id = "hk_test_${body}";` },
  { name: 'look-alikes: another prefix', code: `const id = "pk_live_${body}"; // not of Hilt` },
  { name: 'look-alikes: the other prefix without the SDK', code: `const id = "hilt_live_${body}";` },
  { name: 'look-alikes: the other prefix in a project of hilt-review', code: `import "@hilt-review/client";\nconst id = "hilt_live_${body}";` },
  { name: 'look-alikes: a preview', code: `const shown = "hk_live_${body.slice(0, 4)}…"; // Hilt shows no more` },
  { name: 'look-alikes: a digest', code: `const digest = "${hex(body.slice(0, 32))}"; // of a Hilt key` },
  { name: 'look-alikes: a wallet', code: `const hilt = { mint: "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v" };` },
  { name: 'look-alikes: an idempotency key', code: `client.create({ idempotencyKey: "hilt-grok-report-0f3c2d7b9a8e4c5d8f1a2b3c4d5e6f70" });` },
  { name: 'look-alikes: a random id', code: `const hiltProduct = "${random}";` },
  { name: 'look-alikes: base64 of something else', code: `const hilt = "${base64("a text that holds no key of any kind at all")}";` },
  { name: 'look-alikes: a short setup token', code: `const hilt = "hst_abc";` },
  { name: 'look-alikes: a session of another service', code: `const hilt = { session: "${jwt}" };` },
  { name: 'slots: an empty key', code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: "" });` },
  { name: 'slots: a key for tests', code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: "test-key", baseUrl: "https://api.hilt.test" });` },
  { name: 'slots: a placeholder behind the prefix', code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: "hk_live_abc123abc123abc123" });` },
  { name: 'slots: a sentence', code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: "put the 1 key of your shop here" });` },
  { name: 'slots: the client of another package', code: `import { HiltClient } from "./hilt-fake.js";\nnew HiltClient({ apiKey: "${random}" });` },
  { name: 'slots: a client of another name', code: `import { PayClient } from "hilt-like";\nnew PayClient({ apiKey: "${random}" });` },
  { name: 'slots: another option of the client', code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ requestId: "${random}" });` },
  { name: 'slots: another header', code: `fetch("https://api.hilt.so/v1/x", { headers: { "X-Request-Id": "${random}" } });` },
  { name: 'slots: the header of a signature', code: `fetch(url, { headers: { "X-Hilt-Signature": "${random}" } });` },
  { name: 'slots: a placeholder in the header', code: `fetch(url, { headers: { "X-Hilt-Key": "YOUR_API_KEY_GOES_HERE" } });` },
  { name: 'slots: the name of the header in a list', code: `const allowed = ["X-Hilt-Key", "content-type"];` },
  { name: 'slots: a name of a header in a pair', code: `const pair = ["X-Hilt-Key", "required"];` },
  { name: 'slots: a shadowed client', code: `import { HiltClient } from "@hiltpay/sdk";\nfunction f(HiltClient) { new HiltClient({ apiKey: "${random}" }); }` },
  { name: 'values that are never put together: pieces apart', code: `const a = "hk_live_"; const b = "${body}";` },
  { name: 'values that are never put together: another variable of the name', code: `const tail = "${body}"; function f(tail) { return "hk_live_" + tail; }` },
  { name: 'values that are never put together: subtraction', code: `const n = "hk_live_" - "${body}";` },
  { name: 'values that are never put together: a function that is not called', code: `const makeKey = (tail) => "hk_live_" + tail; // hilt` },
  { name: 'values that are never put together: a list that is not known', code: `const key = "hk_live_" + Array.from(bytes, (byte) => letters[byte % 62]).join("") + "${body}";` },
  { name: 'values that are never put together: a list of unknown length', code: `const key = "hk_live_" + new Array(length).join("a") + "${body}";` },
  { name: 'values that are never put together: the variable of a loop', code: `for (const part of parts) { send("hk_live_" + part + "${body}"); }` },
  { name: 'values that are never put together: what is caught', code: `try { start(); } catch (error) { send("hk_live_" + error + "${body}"); }` },
  { name: 'values that are never put together: a type', languageOptions: typescript, code: `type Key = \`hk_live_\${string}\`;` },
  { name: 'values that are never put together: names of types', languageOptions: typescript, code: `import type { HiltClient } from "@hiltpay/sdk";\nexport type Options = { apiKey: string; client: HiltClient };` },
  { name: 'suppressed: on the next line', code: `// hilt-guard-ignore-next-line no-hardcoded-key -- revoked in May\nconst key = "${live}";` },
  { name: 'suppressed: on the same line', code: `const key = "${live}"; // hilt-guard-ignore no-hardcoded-key -- revoked in May` },
  { name: 'suppressed: in a block comment', code: `/* hilt-guard-ignore-next-line no-hardcoded-key -- revoked in May */\nconst key = "${live}";` },
  { name: 'suppressed: with the prefix of the plugin', code: `// hilt-guard-ignore-next-line hilt/no-hardcoded-key -- revoked in May\nconst key = "${live}";` },
  { name: 'suppressed: in JSX', languageOptions: jsx, code: `export const page = <p>\n  {/* hilt-guard-ignore-next-line no-hardcoded-key -- revoked in May */}\n  {"${live}"}\n</p>;` },
  { name: 'with settings: a longer body', settings: { hilt: { key: { minBodyLength: 40 } } } , code: `const key = "${live}";` },
  { name: 'nothing of Hilt: an ordinary module', code: `import { readFile } from "node:fs";\nexport const text = "a" + readFile("b");` },
  { name: 'nothing of Hilt: an empty file', code: `` },
];

const invalid: RuleTester.InvalidTestCase[] = [
  {
    name: 'written out: a string',
    code: `const key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 13, endLine: 1, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'written out: a string in single quotes',
    code: `const key = '${live}';`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 13, endLine: 1, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'written out: a template without expressions',
    code: `const key = \`${live}\`;`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 13, endLine: 1, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'written out: a sandbox key',
    code: `const key = "${sandbox}";`,
    errors: [{ messageId: 'sandbox', data: { how: '' }, line: 1, column: 13, endLine: 1, endColumn: 58, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'written out: a property',
    code: `export default { hilt: { apiKey: "${live}" } };`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 34, endLine: 1, endColumn: 76, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export default { hilt: { apiKey: process.env.HILT_API_KEY } };` }] }],
  },
  {
    name: 'written out: a default of a parameter',
    code: `export function connect(key = "${live}") { return key; }`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 31, endLine: 1, endColumn: 73, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export function connect(key = process.env.HILT_API_KEY) { return key; }` }] }],
  },
  {
    name: 'written out: a fallback of a read',
    code: `export const key = process.env.HILT_API_KEY || "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 48, endLine: 1, endColumn: 90, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export const key = process.env.HILT_API_KEY || process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'written out: a nullish fallback',
    code: `export const key = process.env.HILT_API_KEY ?? "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 48, endLine: 1, endColumn: 90, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export const key = process.env.HILT_API_KEY ?? process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'written out: an argument',
    code: `connect("${live}", 1);`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 9, endLine: 1, endColumn: 51, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `connect(process.env.HILT_API_KEY, 1);` }] }],
  },
  {
    name: 'written out: an element of a list',
    code: `const keys = ["${live}", "${sandbox}"];`,
    errors: [
      { messageId: 'live', data: { how: '' }, line: 1, column: 15, endLine: 1, endColumn: 57, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const keys = [process.env.HILT_API_KEY, "${sandbox}"];` }] },
      { messageId: 'sandbox', data: { how: '' }, line: 1, column: 59, endLine: 1, endColumn: 104, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const keys = ["${live}", process.env.HILT_API_KEY];` }] },
    ],
  },
  {
    name: 'written out: a case',
    code: `switch (key) { case "${live}": break; }`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 21, endLine: 1, endColumn: 63, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `switch (key) { case process.env.HILT_API_KEY: break; }` }] }],
  },
  {
    name: 'written out: a directive',
    code: `"${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 1, endLine: 1, endColumn: 43 }],
  },
  {
    name: 'written out: the name of a property',
    code: `const names = { "${live}": "bot" };`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 17, endLine: 1, endColumn: 59 }],
  },
  {
    name: 'written out: a computed name',
    code: `const names = { ["${live}"]: "bot" };`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 18, endLine: 1, endColumn: 60, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const names = { [process.env.HILT_API_KEY]: "bot" };` }] }],
  },
  {
    name: 'written out: text around it',
    code: `const header = "Bearer ${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 16, endLine: 1, endColumn: 65, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const header = \`Bearer \${process.env.HILT_API_KEY}\`;` }] }],
  },
  {
    name: 'written out: two keys in one string',
    code: `const keys = "${live},${sandbox}";`,
    errors: [
      { messageId: 'live', data: { how: '' }, line: 1, column: 15, endLine: 1, endColumn: 55 },
      { messageId: 'sandbox', data: { how: '' }, line: 1, column: 56, endLine: 1, endColumn: 99 },
    ],
  },
  {
    name: 'written out: an address',
    code: `fetch("https://api.hilt.so/v1/products?api_key=${live}");`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 7, endLine: 1, endColumn: 89, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `fetch(\`https://api.hilt.so/v1/products?api_key=\${process.env.HILT_API_KEY}\`);` }] }],
  },
  {
    name: 'written out: a template beside expressions',
    code: `const url = \`https://api.hilt.so/\${path}?key=${live}\`;`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 46, endLine: 1, endColumn: 86, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const url = \`https://api.hilt.so/\${path}?key=\${process.env.HILT_API_KEY}\`;` }] }],
  },
  {
    name: 'written out: a tagged template beside expressions, which takes code for something else',
    code: `const row = sql\`select \${id} from keys where key = '${live}'\`;`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 53, endLine: 1, endColumn: 93 }],
  },
  {
    name: 'written out: a line comment',
    code: `// old key: ${live}\nstart();`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 13, endLine: 1, endColumn: 53 }],
  },
  {
    name: 'written out: a block comment',
    code: `/**\n * ${live}\n */\nstart();`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 4, endLine: 2, endColumn: 44 }],
  },
  {
    name: 'written out: text with a quote and a template mark',
    code: `const text = "a \\"\${b}\\" and ${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 14, endLine: 1, endColumn: 71, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const text = \`a "\\\${b}" and \${process.env.HILT_API_KEY}\`;` }] }],
  },
  {
    name: 'written out: text around it in JSX', languageOptions: jsx,
    code: `export const page = <Hilt header="Bearer ${live}" />;`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 34, endLine: 1, endColumn: 83, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export const page = <Hilt header={\`Bearer \${process.env.HILT_API_KEY}\`} />;` }] }],
  },
  {
    name: 'put together: text around it',
    code: `const live = "hk_live_"; const header = "Bearer " + live + "${body}";`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 41, endLine: 1, endColumn: 94, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const live = "hk_live_"; const header = \`Bearer \${process.env.HILT_API_KEY}\`;` }] }],
  },
  {
    name: 'written out: a regular expression',
    code: `const pattern = /^${live}$/;`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 19, endLine: 1, endColumn: 59 }],
  },
  {
    name: 'written out: an attribute of JSX', languageOptions: jsx,
    code: `export const page = <Hilt apiKey="${live}" />;`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 34, endLine: 1, endColumn: 76, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export const page = <Hilt apiKey={process.env.HILT_API_KEY} />;` }] }],
  },
  {
    name: 'written out: an expression in JSX', languageOptions: jsx,
    code: `export const page = <Hilt apiKey={"${live}"} />;`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 35, endLine: 1, endColumn: 77, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export const page = <Hilt apiKey={process.env.HILT_API_KEY} />;` }] }],
  },
  {
    name: 'written out: text of JSX', languageOptions: jsx,
    code: `export const page = <code>key ${live} here</code>;`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 31, endLine: 1, endColumn: 71, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export const page = <code>key {process.env.HILT_API_KEY} here</code>;` }] }],
  },
  {
    name: 'written out: the same key twice',
    code: `const a = "${live}"; const b = "${live}";`,
    errors: [
      { messageId: 'live', data: { how: '' }, line: 1, column: 11, endLine: 1, endColumn: 53, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const a = process.env.HILT_API_KEY; const b = "${live}";` }] },
      { messageId: 'live', data: { how: '' }, line: 1, column: 65, endLine: 1, endColumn: 107, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const a = "${live}"; const b = process.env.HILT_API_KEY;` }] },
    ],
  },
  {
    name: 'written out: a word in a random body',
    code: `const key = "${live.slice(0, 12)}fHereQ2xYour7sampleZk3${live.slice(12)}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 13, endLine: 1, endColumn: 77, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'written out: a text with CRLF line ends',
    code: `start();\r\nconst key = "${live}";\r\n`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `start();\r\nconst key = process.env.HILT_API_KEY;\r\n` }] }],
  },
  {
    name: 'written out: a text behind a byte order mark',
    code: `\uFEFFconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 13, endLine: 1, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `\uFEFFconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'written out: a text behind characters of two units',
    code: `const s = "😀😀"; const key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 31, endLine: 1, endColumn: 73, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const s = "😀😀"; const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'encoded: base64',
    code: `const key = "${base64(live)}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 1, endColumn: 71 }],
  },
  {
    name: 'encoded: base64url inside a longer text, second alignment',
    code: `const key = "${base64url(`:${live} shop`)}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 1, endColumn: 77 }],
  },
  {
    name: 'encoded: base64 inside a longer text, third alignment',
    code: `const config = "${base64(`: ${live}`)}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 16, endLine: 1, endColumn: 74 }],
  },
  {
    name: 'encoded: hex',
    code: `const key = "${hex(live)}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 1, endColumn: 95 }],
  },
  {
    name: 'encoded: percent',
    code: `const key = "${percent(live)}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 1, endColumn: 135 }],
  },
  {
    name: 'encoded: escapes of two digits',
    code: `const key = "${escapes2(live)}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 1, endColumn: 175, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'encoded: escapes of four digits',
    code: `const key = "${escapes4(live)}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 1, endColumn: 255, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'encoded: escapes of the first characters only',
    code: `const key = "\\x68\\x6b_live_${body}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 1, endColumn: 61, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'encoded: a line continuation',
    code: `const key = "hk_live_\\\n${body}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 2, endColumn: 34, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'encoded: base64 of base64',
    code: `const key = "${base64(base64(live))}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 1, endColumn: 91 }],
  },
  {
    name: 'encoded: base64 of hex',
    code: `const key = atob("${base64(hex(live))}");`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 18, endLine: 1, endColumn: 128 }],
  },
  {
    name: 'encoded: entities',
    code: `const html = "${entities(live)}";`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 14, endLine: 1, endColumn: 234 }],
  },
  {
    name: 'encoded: reversed',
    code: `const key = "${reversed(live)}".split("").reverse().join("");`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 13, endLine: 1, endColumn: 55 }],
  },
  {
    name: 'encoded: character codes',
    code: `const key = String.fromCharCode(${codes(live)});`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 33, endLine: 1, endColumn: 209 }],
  },
  {
    name: 'encoded: bytes of a buffer',
    code: `const key = Buffer.from([${codes(live)}]).toString();`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 26, endLine: 1, endColumn: 202 }],
  },
  {
    name: 'put together: a key that stands encoded elsewhere',
    code: `const a = "${base64(live)}";\nconst b = "hk_live_" + "${body}";`,
    errors: [
      { messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 11, endLine: 1, endColumn: 69 },
      { messageId: 'live', data: { how: ', put together from pieces' }, line: 2, column: 11, endLine: 2, endColumn: 58, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const a = "${base64(live)}";\nconst b = process.env.HILT_API_KEY;` }] },
    ],
  },
  {
    name: 'put together: character codes that have a name are one finding',
    code: `const letters = [${codes(live)}];\nconst key = String.fromCharCode(...letters);`,
    errors: [{ messageId: 'live', data: { how: ' in an encoded form' }, line: 1, column: 18, endLine: 1, endColumn: 194 }],
  },
  {
    name: 'put together: two strings',
    code: `const key = "hk_live_" + "${body}";`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 13, endLine: 1, endColumn: 60, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: many strings',
    code: `const key = ("hk" + "_") + ("live" + ("_" + "${body}"));`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 13, endLine: 1, endColumn: 81, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: variables',
    code: `const a = "hk_live_"; const b = "${body}"; const key = a + b;`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 81, endLine: 1, endColumn: 86, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const a = "hk_live_"; const b = "${body}"; const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: a template',
    code: `const a = "hk_live_"; const key = \`\${a}${body}\`;`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 35, endLine: 1, endColumn: 73, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const a = "hk_live_"; const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: additions to a variable',
    code: `let key = "hk_live_";\nkey += "${body}";`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 2, column: 1, endLine: 2, endColumn: 42 }],
  },
  {
    name: 'put together: a joined list',
    code: `const key = ["hk", "live", "${body}"].join("_");`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 13, endLine: 1, endColumn: 73, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: concat',
    code: `const key = "hk_".concat("live_", "${body}");`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 13, endLine: 1, endColumn: 70, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: replace',
    code: `const key = "hk_ENV_${body}".replace("ENV", "live");`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 13, endLine: 1, endColumn: 77, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: slices',
    code: `const key = "xxhk_live_".slice(2) + "${body}zz".slice(0, -2);`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 13, endLine: 1, endColumn: 86, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: decoded pieces',
    code: `const key = "hk_live_" + atob("${base64(body)}");`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 13, endLine: 1, endColumn: 78, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: a decoded buffer',
    code: `const key = "hk_live_" + Buffer.from("${hex(body)}", "hex").toString("utf8");`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 13, endLine: 1, endColumn: 129, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: a tagged template',
    code: `const key = String.raw\`hk_live_\` + "${body}";`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 13, endLine: 1, endColumn: 70, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: properties',
    code: `const parts = { head: "hk_live_", tail: "${body}" }; const key = parts.head + parts["tail"];`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 91, endLine: 1, endColumn: 117, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const parts = { head: "hk_live_", tail: "${body}" }; const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: destructured properties',
    code: `const { head, tail } = { head: "hk_live_", tail: "${body}" }; const key = head + tail;`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 100, endLine: 1, endColumn: 111, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const { head, tail } = { head: "hk_live_", tail: "${body}" }; const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: elements of a list',
    code: `const parts = ["hk_live_", "${body}"]; const key = parts[0] + parts[1];`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 77, endLine: 1, endColumn: 96, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const parts = ["hk_live_", "${body}"]; const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: a spread list',
    code: `const head = ["hk", "live"]; const key = [...head, "${body}"].join("_");`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 42, endLine: 1, endColumn: 97, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const head = ["hk", "live"]; const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: a pushed element',
    code: `const parts = ["hk_live_"]; parts.push("${body}"); const key = parts.join("");`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 89, endLine: 1, endColumn: 103, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const parts = ["hk_live_"]; parts.push("${body}"); const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: a function',
    code: `function makeKey(tail) { return "hk_live_" + tail; }\nconst key = makeKey("${body}");`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 2, column: 13, endLine: 2, endColumn: 56, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `function makeKey(tail) { return "hk_live_" + tail; }\nconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: an arrow with a default',
    code: `const makeKey = (tail, head = "hk_live_") => \`\${head}\${tail}\`;\nconst key = makeKey("${body}");`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 2, column: 13, endLine: 2, endColumn: 56, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const makeKey = (tail, head = "hk_live_") => \`\${head}\${tail}\`;\nconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: a class',
    code: `class Keys { static head = "hk_live_"; tail = "${body}"; get key() { return Keys.head + this.tail; } }`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 102, endLine: 1, endColumn: 123, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `class Keys { static head = "hk_live_"; tail = "${body}"; get key() { return process.env.HILT_API_KEY; } }` }] }],
  },
  {
    name: 'put together: a choice of environments',
    code: `const head = isLive ? "hk_live_" : "hk_sandbox_"; const key = head + "${body}";`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 63, endLine: 1, endColumn: 104, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const head = isLive ? "hk_live_" : "hk_sandbox_"; const key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: an assertion of TypeScript', languageOptions: typescript,
    code: `const head = "hk_live_" as const; const key: string = (head satisfies string) + "${body}"!;`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 55, endLine: 1, endColumn: 116, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const head = "hk_live_" as const; const key: string = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: an enum', languageOptions: typescript,
    code: `enum Part { Head = "hk_live_", Tail = "${body}" }\nconst key = Part.Head + Part.Tail;`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 2, column: 13, endLine: 2, endColumn: 34, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `enum Part { Head = "hk_live_", Tail = "${body}" }\nconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: a namespace', languageOptions: typescript,
    code: `namespace Parts { export const head = "hk_live_"; }\nconst key = Parts.head + "${body}";`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 2, column: 13, endLine: 2, endColumn: 60, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `namespace Parts { export const head = "hk_live_"; }\nconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'put together: a parameter property', languageOptions: typescript,
    code: `class Client { constructor(private tail = "${body}") {}\n  key() { return "hk_live_" + this.tail; } }`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 2, column: 18, endLine: 2, endColumn: 40, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `class Client { constructor(private tail = "${body}") {}\n  key() { return process.env.HILT_API_KEY; } }` }] }],
  },
  {
    name: 'put together: an expression of JSX', languageOptions: jsx,
    code: `export const page = <Hilt apiKey={"hk_live_" + "${body}"} />;`,
    errors: [{ messageId: 'live', data: { how: ', put together from pieces' }, line: 1, column: 35, endLine: 1, endColumn: 82, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export const page = <Hilt apiKey={process.env.HILT_API_KEY} />;` }] }],
  },
  {
    name: 'filling a slot: the client of the SDK',
    code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: "${random}" });`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 2, column: 26, endLine: 2, endColumn: 60, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: process.env.HILT_API_KEY });` }] }],
  },
  {
    name: 'filling a slot: an alias of the client',
    code: `import { HiltClient as Pay } from "@hiltpay/sdk";\nnew Pay({ apiKey: "${random}" });`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 2, column: 19, endLine: 2, endColumn: 53, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import { HiltClient as Pay } from "@hiltpay/sdk";\nnew Pay({ apiKey: process.env.HILT_API_KEY });` }] }],
  },
  {
    name: 'filling a slot: the namespace of the SDK',
    code: `import * as hilt from "@hiltpay/sdk";\nnew hilt.HiltClient({ apiKey: "${random}" });`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 2, column: 31, endLine: 2, endColumn: 65, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import * as hilt from "@hiltpay/sdk";\nnew hilt.HiltClient({ apiKey: process.env.HILT_API_KEY });` }] }],
  },
  {
    name: 'filling a slot: a required SDK',
    code: `const { HiltClient } = require("@hiltpay/sdk");\nnew HiltClient({ apiKey: "${random}" });`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 2, column: 26, endLine: 2, endColumn: 60, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const { HiltClient } = require("@hiltpay/sdk");\nnew HiltClient({ apiKey: process.env.HILT_API_KEY });` }] }],
  },
  {
    name: 'filling a slot: a subclass',
    code: `import { HiltClient } from "@hiltpay/sdk";\nclass Shop extends HiltClient { constructor() { super({ apiKey: "${random}" }); } }`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 2, column: 65, endLine: 2, endColumn: 99, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import { HiltClient } from "@hiltpay/sdk";\nclass Shop extends HiltClient { constructor() { super({ apiKey: process.env.HILT_API_KEY }); } }` }] }],
  },
  {
    name: 'filling a slot: options in a variable',
    code: `import { HiltClient } from "@hiltpay/sdk";\nconst options = { apiKey: "${random}" };\nnew HiltClient(options);`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 2, column: 27, endLine: 2, endColumn: 61, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import { HiltClient } from "@hiltpay/sdk";\nconst options = { apiKey: process.env.HILT_API_KEY };\nnew HiltClient(options);` }] }],
  },
  {
    name: 'filling a slot: a fallback of the read',
    code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: process.env.HILT_API_KEY ?? "${random}" });`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 2, column: 54, endLine: 2, endColumn: 88, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ apiKey: process.env.HILT_API_KEY ?? process.env.HILT_API_KEY });` }] }],
  },
  {
    name: 'filling a slot: a header',
    code: `fetch(url, { headers: { "X-Hilt-Key": "${random}" } });`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 1, column: 39, endLine: 1, endColumn: 73, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `fetch(url, { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });` }] }],
  },
  {
    name: 'filling a slot: a header in lower case',
    code: `fetch(url, { headers: { "x-hilt-key": "${random}" } });`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 1, column: 39, endLine: 1, endColumn: 73, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `fetch(url, { headers: { "x-hilt-key": process.env.HILT_API_KEY } });` }] }],
  },
  {
    name: 'filling a slot: a header that is set',
    code: `const headers = new Headers(); headers.set("X-Hilt-Key", "${random}");`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 1, column: 58, endLine: 1, endColumn: 92, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const headers = new Headers(); headers.set("X-Hilt-Key", process.env.HILT_API_KEY);` }] }],
  },
  {
    name: 'filling a slot: a header that is appended',
    code: `headers.append("x-hilt-key", "${random}");`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 1, column: 30, endLine: 1, endColumn: 64, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `headers.append("x-hilt-key", process.env.HILT_API_KEY);` }] }],
  },
  {
    name: 'filling a slot: a pair',
    code: `new Headers([["X-Hilt-Key", "${random}"]]);`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 1, column: 29, endLine: 1, endColumn: 63, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `new Headers([["X-Hilt-Key", process.env.HILT_API_KEY]]);` }] }],
  },
  {
    name: 'filling a slot: a default of axios',
    code: `axios.defaults.headers.common["X-Hilt-Key"] = "${random}";`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 1, column: 47, endLine: 1, endColumn: 81, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `axios.defaults.headers.common["X-Hilt-Key"] = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'filling a slot: an instance of axios',
    code: `const api = axios.create({ baseURL: "https://api.hilt.so", headers: { "X-Hilt-Key": "${random}" } });`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 1, column: 85, endLine: 1, endColumn: 119, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const api = axios.create({ baseURL: "https://api.hilt.so", headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });` }] }],
  },
  {
    name: 'filling a slot: a function that sets the header',
    code: `function get(path, key) { return fetch(path, { headers: { "X-Hilt-Key": key } }); }\nget("/v1/products", "${random}");`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 2, column: 21, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `function get(path, key) { return fetch(path, { headers: { "X-Hilt-Key": key } }); }\nget("/v1/products", process.env.HILT_API_KEY);` }] }],
  },
  {
    name: 'filling a slot: the secret of a webhook',
    code: `import { verifyWebhookSignature } from "@hiltpay/sdk";\nverifyWebhookSignature(body, signature, "${secret}");`,
    errors: [{ messageId: 'webhookSecret', data: { how: '' }, line: 2, column: 41, endLine: 2, endColumn: 67, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_WEBHOOK_SECRET' }, output: `import { verifyWebhookSignature } from "@hiltpay/sdk";\nverifyWebhookSignature(body, signature, process.env.HILT_WEBHOOK_SECRET);` }] }],
  },
  {
    name: 'filling a slot: the secret of a webhook event',
    code: `import { constructWebhookEvent } from "@hiltpay/sdk";\nconstructWebhookEvent(body, signature, "whsec_${random}");`,
    errors: [{ messageId: 'webhookSecret', data: { how: '' }, line: 2, column: 40, endLine: 2, endColumn: 80, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_WEBHOOK_SECRET' }, output: `import { constructWebhookEvent } from "@hiltpay/sdk";\nconstructWebhookEvent(body, signature, process.env.HILT_WEBHOOK_SECRET);` }] }],
  },
  {
    name: 'filling a slot: a session as bearer token',
    code: `import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ bearerToken: "${jwt}" });`,
    errors: [{ messageId: 'dashboardJwt', data: { how: '' }, line: 2, column: 31, endLine: 2, endColumn: 144 }],
  },
  {
    name: 'other secrets: a setup token',
    code: `const token = "hst_${random}";`,
    errors: [{ messageId: 'setupToken', data: { how: '' }, line: 1, column: 15, endLine: 1, endColumn: 53 }],
  },
  {
    name: 'other secrets: a key of the other prefix beside the SDK',
    code: `import "@hiltpay/sdk";\nconst key = "hilt_live_${body}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 57, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import "@hiltpay/sdk";\nconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'other secrets: an export that fills a slot in the same file',
    code: `import { HiltClient } from "@hiltpay/sdk";\nexport const apiKey = "${random}";\nexport const client = new HiltClient({ apiKey });`,
    errors: [{ messageId: 'unknown', data: { how: '' }, line: 2, column: 23, endLine: 2, endColumn: 57, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import { HiltClient } from "@hiltpay/sdk";\nexport const apiKey = process.env.HILT_API_KEY;\nexport const client = new HiltClient({ apiKey });` }] }],
  },
  {
    name: 'suggesting: import.meta.env where the file uses it',
    code: `const url = import.meta.env.HILT_API_URL;\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'import.meta.env.HILT_API_KEY' }, output: `const url = import.meta.env.HILT_API_URL;\nconst key = import.meta.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: Deno.env where the file uses it',
    code: `const url = Deno.env.get("HILT_API_URL");\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'Deno.env.get("HILT_API_KEY")' }, output: `const url = Deno.env.get("HILT_API_URL");\nconst key = Deno.env.get("HILT_API_KEY");` }] }],
  },
  {
    name: 'suggesting: the env object of SvelteKit',
    code: `import { env } from '$env/dynamic/private';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'env.HILT_API_KEY' }, output: `import { env } from '$env/dynamic/private';\nconst key = env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: a named import of SvelteKit',
    code: `import { STRIPE_KEY } from '$env/static/private';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'HILT_API_KEY' }, output: `import { HILT_API_KEY } from '$env/static/private';\nimport { STRIPE_KEY } from '$env/static/private';\nconst key = HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: a named import of Astro that is there already',
    code: `import { HILT_API_KEY as hiltKey } from 'astro:env/server';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'hiltKey' }, output: `import { HILT_API_KEY as hiltKey } from 'astro:env/server';\nconst key = hiltKey;` }] }],
  },
  {
    name: 'suggesting: a checked env module of the repository',
    code: `import { env } from '~/env';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'env.HILT_API_KEY' }, output: `import { env } from '~/env';\nconst key = env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: the env object of a module in a folder of its own',
    code: `import { env as server } from '../config/env.server.mjs';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'server.HILT_API_KEY' }, output: `import { env as server } from '../config/env.server.mjs';\nconst key = server.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: the env of Node by import',
    code: `import { env } from 'node:process';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'env.HILT_API_KEY' }, output: `import { env } from 'node:process';\nconst key = env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: the env of Cloudflare Workers by import',
    code: `import { env } from 'cloudflare:workers';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'env.HILT_API_KEY' }, output: `import { env } from 'cloudflare:workers';\nconst key = env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: no object that only is called env',
    code: `import { env } from 'some-package';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import { env } from 'some-package';\nconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: no public variables',
    code: `import { env } from '$env/dynamic/public';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `import { env } from '$env/dynamic/public';\nconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: Bun.env where the file uses it',
    code: `const url = Bun.env.HILT_API_URL;\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'Bun.env.HILT_API_KEY' }, output: `const url = Bun.env.HILT_API_URL;\nconst key = Bun.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: process.env where the file uses several',
    code: `const a = import.meta.env.A; const b = process.env.B;\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const a = import.meta.env.A; const b = process.env.B;\nconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: the env that a Worker is handed',
    code: `export default { fetch(request, env) { return send("${live}"); } };`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 52, endLine: 1, endColumn: 94, suggestions: [{ messageId: 'readEnvironment', data: { code: 'env.HILT_API_KEY' }, output: `export default { fetch(request, env) { return send(env.HILT_API_KEY); } };` }] }],
  },
  {
    name: 'suggesting: the bindings of Hono where the handler reads them',
    code: `app.get("/", (c) => {\n  const db = c.env.DB;\n  return send(db, "${live}"); });`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 3, column: 19, endLine: 3, endColumn: 61, suggestions: [{ messageId: 'readEnvironment', data: { code: 'c.env.HILT_API_KEY' }, output: `app.get("/", (c) => {\n  const db = c.env.DB;\n  return send(db, c.env.HILT_API_KEY); });` }] }],
  },
  {
    name: 'suggesting: no bindings where another function is handed them',
    code: `app.get("/", (c) => c.env.DB);\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `app.get("/", (c) => c.env.DB);\nconst key = process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: the env of Deno where the file runs on it',
    code: `Deno.serve(() => new Response());\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'Deno.env.get("HILT_API_KEY")' }, output: `Deno.serve(() => new Response());\nconst key = Deno.env.get("HILT_API_KEY");` }] }],
  },
  {
    name: 'suggesting: the env of Deno where the file imports as it does',
    code: `import { HiltClient } from 'npm:@hiltpay/sdk';\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'Deno.env.get("HILT_API_KEY")' }, output: `import { HiltClient } from 'npm:@hiltpay/sdk';\nconst key = Deno.env.get("HILT_API_KEY");` }] }],
  },
  {
    name: 'suggesting: the env of Bun where the file runs on it',
    code: `Bun.serve({ fetch });\nconst key = "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'Bun.env.HILT_API_KEY' }, output: `Bun.serve({ fetch });\nconst key = Bun.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: in place of a default export',
    code: `export default "${live}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 16, endLine: 1, endColumn: 58, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `export default process.env.HILT_API_KEY;` }] }],
  },
  {
    name: 'suggesting: a blank behind a word that the quote ended',
    code: `function key() { return"${live}"; }`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 24, endLine: 1, endColumn: 66, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `function key() { return process.env.HILT_API_KEY; }` }] }],
  },
  {
    name: 'suppressed wrongly: without a reason',
    code: `// hilt-guard-ignore-next-line no-hardcoded-key\nconst key = "${live}";`,
    errors: [
      { messageId: 'suppression', data: { message: 'This comment gives no reason, so it suppresses nothing. Say why the finding is right to stay: hilt-guard-ignore-next-line <rule> -- <reason>.' }, line: 1, column: 1, endLine: 1, endColumn: 48 },
      { messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `// hilt-guard-ignore-next-line no-hardcoded-key\nconst key = process.env.HILT_API_KEY;` }] },
    ],
  },
  {
    name: 'suppressed wrongly: without a rule',
    code: `// hilt-guard-ignore-next-line\nconst key = "${live}";`,
    errors: [
      { messageId: 'suppression', data: { message: 'This comment names no rule, so it suppresses nothing. Write: hilt-guard-ignore-next-line <rule> -- <reason>.' }, line: 1, column: 1, endLine: 1, endColumn: 31 },
      { messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `// hilt-guard-ignore-next-line\nconst key = process.env.HILT_API_KEY;` }] },
    ],
  },
  {
    name: 'suppressed wrongly: for an unknown rule',
    code: `// hilt-guard-ignore-next-line no-hardcoded-kei -- revoked\nconst key = "${live}";`,
    errors: [
      { messageId: 'suppression', data: { message: 'This comment names an unknown rule: "no-hardcoded-kei". Did you mean "no-hardcoded-key"?' }, line: 1, column: 1, endLine: 1, endColumn: 59 },
      { messageId: 'live', data: { how: '' }, line: 2, column: 13, endLine: 2, endColumn: 55, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `// hilt-guard-ignore-next-line no-hardcoded-kei -- revoked\nconst key = process.env.HILT_API_KEY;` }] },
    ],
  },
  {
    name: 'suppressed wrongly: on a line that needs none',
    code: `// hilt-guard-ignore-next-line no-hardcoded-key -- revoked\nconst key = process.env.HILT_API_KEY;`,
    errors: [{ messageId: 'suppression', data: { message: 'This comment suppresses nothing. Remove it.' }, line: 1, column: 1, endLine: 1, endColumn: 59 }],
  },
  {
    name: 'with settings: a shorter body', settings: { hilt: { key: { minBodyLength: 8 } } } ,
    code: `const key = "hk_live_${body.slice(0, 10)}";`,
    errors: [{ messageId: 'live', data: { how: '' }, line: 1, column: 13, endLine: 1, endColumn: 33, suggestions: [{ messageId: 'readEnvironment', data: { code: 'process.env.HILT_API_KEY' }, output: `const key = process.env.HILT_API_KEY;` }] }],
  },
];

const rule = plugin.rules['no-hardcoded-key'];
if (!rule) throw new Error('The plugin lacks the rule.');

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester9.describe = describe;
RuleTester9.it = it;

describe('in ESLint 10', () => {
  // Every message id, place and datum must be given.
  const cases = { valid, invalid, assertionOptions: { requireMessage: 'messageId', requireLocation: true, requireData: true } };
  new RuleTester().run('no-hardcoded-key', rule, cases as Parameters<RuleTester['run']>[2]);
});

describe('in ESLint 9.15', () => {
  // Its types and those of ESLint 10 are strangers to each other; what runs is the same.
  const tester = new RuleTester9() as unknown as RuleTester;
  tester.run('no-hardcoded-key', rule, { valid, invalid });
});

describe('the message', () => {
  it('says what is wrong and what to do, with the environment of the key', () => {
    expect(rule.meta?.messages?.['live']).toBe(
      'A live Hilt key is written into the repository{{ how }}. Revoke it at app.hilt.so, create a new one, and read that from the environment or a secret manager.',
    );
    expect(rule.meta?.messages?.['sandbox']).toContain('A sandbox Hilt key');
  });
});
