import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepository, type Repository } from '../support/repository.ts';
import { runCli } from '../support/run-cli.ts';

const key = 'const key = process.env.HILT_API_KEY;\n';
const sdk = 'import { HiltClient } from "@hiltpay/sdk";\n';
const products = 'https://api.hilt.so/v1/products';
const sendKey = 'Create a key for this program and send it as `X-Hilt-Key`, read from the environment.';
const logHelp = 'Log that a key is set (`Boolean(key)`), its name, or its `key_prefix`, never the key.';

/** File, text, and what is said of it: message and help. */
const texts: readonly (readonly [file: string, text: string, message: string, help: string])[] = [
  ['d/log.ts', `${key}console.log(key);\n`, '`HILT_API_KEY` is written to a log by `console.log`.', logHelp],
  ['d/client.ts', `${sdk}console.log(new HiltClient({ apiKey: process.env.HILT_API_KEY }));\n`, '`HiltClient`, which holds its key, is written to a log by `console.log`.', logHelp],
  ['d/environment.ts', '// hilt\nconsole.log(process.env);\n', '`process.env`, with every secret in it, is written to a log by `console.log`.', logHelp],
  ['d/flow.ts', `${sdk}export const make = (token: string) => { console.log(token); return new HiltClient({ apiKey: token }); };\n`, 'A Hilt key is written to a log by `console.log`.', logHelp],
  ['d/tracker.ts', `import * as Sentry from "@sentry/node";\n${key}Sentry.setExtra("key", key);\n`, '`HILT_API_KEY` is sent to an outside service by `@sentry/node`.', 'Take it out of what is sent: error trackers and analytics keep what they get, and show it to many.'],
  ['d/other-host.ts', `${key}await fetch("https://collect.acme.io", { method: "POST", body: key });\n`, '`HILT_API_KEY` is sent to `collect.acme.io`, which is not Hilt.', 'Send a Hilt key to api.hilt.so only. If this is a proxy of yours, list it under "hosts" in the configuration.'],
  ['d/url.ts', `${key}await fetch(\`https://\${key}@api.hilt.so/v1/products\`);\n`, '`HILT_API_KEY` is part of a URL, which proxies and logs keep.', 'Send the key as `X-Hilt-Key`.'],
  ['d/message.ts', `import nodemailer from "nodemailer";\n${key}await nodemailer.createTransport({}).sendMail({ text: key });\n`, '`HILT_API_KEY` is sent in a message (`sendMail`).', 'Take it out of the message: chats, mailboxes and sockets hand it to others and keep it.'],
  ['d/model.ts', `import { generateText } from "ai";\n${key}await generateText({ model, prompt: key });\n`, '`HILT_API_KEY` is told to a language model (`ai`).', 'Keep it out of prompts and of what tools answer: a tool calls Hilt with the key itself, and hands on what Hilt answers.'],
  ['d/response.ts', `${key}export const GET = () => Response.json({ key });\n`, '`HILT_API_KEY` is part of an HTTP response (`Response.json`).', 'Answer with what the client shows, never with the key.'],
  ['d/error.ts', `${key}throw new Error(\`bad key \${key}\`);\n`, '`HILT_API_KEY` is part of an error that is thrown.', 'Say in the error that the key is missing or refused; errors end up in logs, trackers and responses.'],
  ['d/process.ts', `import { execSync } from "node:child_process";\n${key}execSync("deploy --key " + key);\n`, '`HILT_API_KEY` is an argument of a child process (`execSync`).', 'Hand it over in the environment of the child: every user of the machine can list arguments.'],
  ['d/file.ts', `import { writeFileSync } from "node:fs";\n${key}writeFileSync("public/key.txt", key);\n`, '`HILT_API_KEY` is written to a file that is served to anyone (`writeFileSync`).', 'Keep it out of public folders, and revoke the key if the file was ever deployed.'],
  ['d/storage.ts', `${key}localStorage.setItem("hilt", key);\n`, '`HILT_API_KEY` is stored on the user\'s device by `localStorage.setItem`.', 'Keep the key on your server: whoever has the device, and every script of the page, can read what is stored there.'],
  ['d/script.tsx', 'export const Widget = () => <script src="https://cdn.acme.io/w.js" data-key={process.env.HILT_API_KEY} />;\n', '`HILT_API_KEY` is handed to a script of cdn.acme.io.', 'Take the attribute out: whoever wrote that script, and every visitor, can read it.'],
  ['d/foreign.ts', `${sdk}export const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY, baseUrl: "https://proxy.acme.io" });\n`, 'The key goes along with requests of `HiltClient` to a host that is not Hilt\'s (`baseUrl`).', 'Use Hilt\'s own base URL and relative paths. If this is a proxy of yours, list it under "hosts" in the configuration.'],
  ['h/authorization.ts', `${key}await fetch("${products}", { headers: { Authorization: \`Bearer \${key}\` } });\n`, '`HILT_API_KEY` is sent to Hilt as `Authorization: Bearer`, which is for dashboard sessions.', 'Send the key as `X-Hilt-Key`, without a scheme before it.'],
  ['h/possible.ts', `${key}await fetch(address, { headers: { Authorization: \`Bearer \${key}\` } });\n`, '`HILT_API_KEY` is sent as `Authorization: Bearer` to what may be Hilt, where that is for dashboard sessions.', 'If this goes to Hilt, send the key as `X-Hilt-Key`, without a scheme before it.'],
  ['h/header.ts', `${key}await fetch("${products}", { headers: { "X-Api-Key": key } });\n`, '`HILT_API_KEY` is sent to Hilt in the header `x-api-key`, which Hilt does not read.', 'Send the key as `X-Hilt-Key`.'],
  ['h/query.ts', `${key}await fetch(\`${products}?api_key=\${key}\`);\n`, '`HILT_API_KEY` is part of a URL, which proxies, logs and browser histories keep.', 'Send the key as `X-Hilt-Key`: Hilt takes none from a URL.'],
  ['h/body.ts', `${key}await fetch("${products}", { method: "POST", body: JSON.stringify({ api_key: key }) });\n`, '`HILT_API_KEY` is sent to Hilt in the body of a request, where Hilt does not look for it.', 'Send the key as `X-Hilt-Key`.'],
  ['h/option.ts', `${sdk}export const hilt = new HiltClient({ bearerToken: process.env.HILT_API_KEY });\n`, '`HILT_API_KEY` is given to `HiltClient` as a dashboard session token.', 'Give it as `apiKey`, which the client sends as `X-Hilt-Key`.'],
  ['h/scheme.ts', `${key}await fetch("${products}", { headers: { "X-Hilt-Key": \`Bearer \${key}\` } });\n`, '`HILT_API_KEY` is sent in `X-Hilt-Key` behind `Bearer`, which Hilt takes for a part of the key.', 'Send the key alone, without a scheme before it.'],
  ['h/session.ts', `await fetch("${products}", { headers: { "X-Hilt-Key": process.env.HILT_JWT! } });\n`, '`X-Hilt-Key` holds a dashboard session token, not an API key.', 'Create a key and send that as `X-Hilt-Key`; session tokens go as `Authorization: Bearer` to dashboard routes only.'],
  ['a/cookie.ts', `await fetch("${products}", { credentials: "include" });\n`, '`credentials` sends the cookies of a dashboard session with `GET /v1/products`, which takes an API key.', sendKey],
  ['a/possible-cookie.ts', 'await fetch(`https://api.hilt.so/v1/${path}`, { credentials: "include" });\n', '`credentials` may send the cookies of a dashboard session with `GET /v1/{}`.', 'If the route takes an API key, send one as `X-Hilt-Key`, read from the environment, and no cookies.'],
  ['a/bearer.ts', `await fetch("${products}", { headers: { Authorization: \`Bearer \${token}\` } });\n`, '`Authorization` sends a dashboard session token with `GET /v1/products`, which takes an API key.', sendKey],
  ['a/possible-bearer.ts', 'await fetch(`https://api.hilt.so/v1/${path}`, { headers: { Authorization: `Bearer ${token}` } });\n', '`Authorization` may send a dashboard session token with `GET /v1/{}`.', 'If the route takes an API key, send one as `X-Hilt-Key`, read from the environment.'],
  ['compose.yaml', 'services:\n  bot:\n    image: bot\n    environment:\n      HILT_API_KEY: ${HILT_KEY_SHOP}\n  sync:\n    image: sync\n    environment:\n      HILT_API_KEY: ${HILT_KEY_SHOP}\n', '`HILT_API_KEY` is used by 2 integrations: bot and sync.', 'Create one key for each at app.hilt.so, named for what uses it (HILT_API_KEY_BOT, HILT_API_KEY_SYNC), hand each integration only its own, and revoke the shared one.'],
];

describe('what the rules say', () => {
  let repository: Repository;
  let findings: readonly { file: string; message: string; help: string }[] = [];
  beforeAll(async () => {
    repository = createRepository();
    for (const [file, text] of texts) repository.write(file, text);
    const { code, stdout, stderr } = await runCli(['--format', 'json', '--no-cache'], { cwd: repository.root, env: repository.env });
    expect(code, stderr).toBe(1);
    findings = (JSON.parse(stdout) as { findings: typeof findings }).findings;
  });
  afterAll(() => repository.cleanup());

  it.each(texts)('of %s', (file, _text, message, help) => {
    expect(findings.filter((finding) => finding.file === file).map((finding) => ({ message: finding.message, help: finding.help }))).toEqual([{ message, help }]);
  });
});
