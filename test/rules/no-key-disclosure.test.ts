import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../support/findings.ts';
import { makeKey } from '../support/keys.ts';

const found = (files: Readonly<Record<string, string>>): string[] => foundIn('no-key-disclosure', files);
const inFile = (text: string, file = 'src/bot.ts'): string[] => found({ [file]: text });
const key = 'const key = process.env.HILT_API_KEY;\n';

describe('a log', () => {
  it('is not for a key', () => expect(inFile(`${key}console.log("key", key);\nconsole.error(\`k=\${key}\`);\nconsole.table({ key });`)).toEqual(['2: key', '3: `k=${key}`', '4: { key }']));
  it('may say that a key is there', () => expect(inFile(`${key}console.log(Boolean(key), !key, !!key, typeof key, key ? "set" : "missing", key === other, key !== undefined);`)).toEqual([]));
  it('may say how long it is, and how it begins', () => expect(inFile(`${key}console.log(key.length, key.startsWith("hk_live_"), key.slice(0, 8) + "…", key.slice(0, 12), key.substring(0, 6), key.slice(-4));`)).toEqual([]));
  it('may not hold most of it', () => expect(inFile(`${key}console.log(key.slice(0, 40));\nconsole.log(key.slice(3));\nconsole.log(key.slice(-30));`)).toEqual(['2: key.slice(0, 40)', '3: key.slice(3)', '4: key.slice(-30)']));
  it('may hold a mask or a digest', () => expect(inFile(`${key}console.log(key.replace(/./g, "*"), createHash("sha256").update(key).digest("hex"), createHmac("sha256", key).digest("hex"));`)).toEqual([]));
  it('may not hold it encoded', () => expect(inFile(`${key}console.log(Buffer.from(key).toString("base64"), btoa(key), encodeURIComponent(key), JSON.stringify({ key }));`)).toHaveLength(4));
  it('may name it', () => expect(inFile('console.log("HILT_API_KEY", Object.keys(process.env), "HILT_API_KEY" in process.env);')).toEqual([]));
  it('is not for the whole environment', () => expect(inFile('// hilt\nconsole.log(process.env);\nconsole.log({ ...process.env });\nconsole.log(JSON.stringify(process.env));')).toHaveLength(3));
  it('may hold other variables', () => expect(inFile('// hilt\nconsole.log(process.env.NODE_ENV, process.env.HILT_DEMO_MODE, process.env.HILT_KEY_ID);')).toEqual([]));
  it('is not for a client that holds its key', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nconsole.log(hilt);\nconsole.log(JSON.stringify(hilt));')).toEqual(['3: hilt', '4: JSON.stringify(hilt)']));
  it('may hold what a client answers, and a client without a key', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nconsole.log(await hilt.products.list());\nconsole.log(new HiltClient());')).toEqual([]));
  it('is not for an object of the program that holds the key', () => expect(inFile('class Hilt { constructor(private readonly apiKey: string) {} }\nconst hilt = new Hilt(process.env.HILT_API_KEY!);\nconsole.log(hilt);')).toEqual(['3: hilt']));
  it('may hold one whose key is private', () => expect(inFile('class Hilt { #key: string; constructor(key: string) { this.#key = key; } }\nconst hilt = new Hilt(process.env.HILT_API_KEY!);\nconsole.log(hilt);')).toEqual([]));
  it('may hold a part of a configuration that has a key elsewhere', () => expect(inFile('const config = { apiKey: process.env.HILT_API_KEY, url: process.env.HILT_API_URL };\nconsole.log(config.url);\nconsole.log({ ...config, apiKey: "***" });')).toEqual([]));
  it('may hold the rest of a configuration that leaves the key out', () => expect(inFile('const config = { apiKey: process.env.HILT_API_KEY, url: "x" };\nconst { apiKey, ...rest } = config;\nconsole.log(rest);')).toEqual([]));
  it('may not hold a rest that leaves something else out', () => expect(inFile('const config = { apiKey: process.env.HILT_API_KEY, url: "x" };\nconst { url, ...rest } = config;\nconsole.log(rest);')).toEqual(['3: rest']));
  it('is not for what a promise gives', () => expect(inFile('// hilt\ngetSecret("HILT_API_KEY").then((k) => console.log(k));\ngetSecret("SHOP_NAME").then((name) => console.log(name));')).toEqual(['2: k']));
  it('is not for the whole configuration', () => expect(inFile('const config = { apiKey: process.env.HILT_API_KEY, url: process.env.HILT_API_URL };\nconsole.log(config);')).toEqual(['2: config']));
  it('is not for a literal', () => expect(inFile(`console.log("${makeKey('sandbox', 'log')}");`)).toHaveLength(1));
  it('is not for what Hilt answers once', () => expect(inFile('// hilt\nconst created = await (await fetch("https://api.hilt.so/v1/keys", { method: "POST" })).json();\nconsole.log(created.raw_key);\nconsole.log(created.key.key_prefix, created.key.id);')).toEqual(['3: created.raw_key']));
  it('is not for a value that fills a key slot under another name', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst secret = process.env.PAY_TOKEN;\nexport const hilt = new HiltClient({ apiKey: secret });\nconsole.log(secret, process.env.OTHER_TOKEN);')).toEqual(['4: secret']));
  it('is not for a parameter that fills a key slot', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nexport function make(token: string) { console.log(token); return new HiltClient({ apiKey: token }); }')).toEqual(['2: token']));
  it('does not get a key by what a logger writes with every message', () => {
    expect(inFile(`import winston from "winston";\n${key}export const logger = winston.createLogger({ level: "info", defaultMeta: { key } });`)).toEqual(['3: { key }']);
    expect(inFile('import winston from "winston";\n// hilt\nexport const logger = winston.createLogger({ defaultMeta: { service: "hilt" } });')).toEqual([]);
  });
});

describe('a key that came in with a request', () => {
  const inRoute = (statement: string): string[] => inFile(`import express from "express";\nexpress().get("/p", (req, res) => {\n  ${statement}\n});`);
  it('is found in a log', () => expect(inRoute('console.log(req.headers["x-hilt-key"]);')).toEqual(['3: req.headers["x-hilt-key"]']));
  it('is found in a response', () => expect(inRoute('res.json({ key: req.get("X-Hilt-Key") });')).toHaveLength(1));
  it('is fine to ask for', () => expect(inRoute('console.log(Boolean(req.get("X-Hilt-Key")), !!req.headers["x-hilt-key"], typeof req.headers["x-hilt-key"]);')).toEqual([]));
  it('is fine to compare', () => expect(inRoute('if (req.get("X-Hilt-Key") !== process.env.HILT_API_KEY) res.status(403).json({ error: "wrong X-Hilt-Key" });')).toEqual([]));
  it('is no other header', () => expect(inRoute('console.log(req.headers["x-hilt-timestamp"], req.get("X-Hilt-Request-Id"));')).toEqual([]));
});

describe('a logger', () => {
  it('pino', () => expect(inFile(`import pino from "pino";\nconst logger = pino();\n${key}logger.info({ key }, "x");\nlogger.child({ a: 1 }).debug(key);`)).toEqual(['4: { key }', '5: key']));
  it('winston', () => expect(inFile(`import winston from "winston";\nconst out = winston.createLogger({ level: "info" });\n${key}out.error("bad " + key);`)).toEqual(['4: "bad " + key']));
  it('debug', () => expect(inFile(`import createDebug from "debug";\nconst debug = createDebug("app");\n${key}debug("key %s", key);`)).toEqual(['4: key']));
  it('a logger of a framework', () => expect(inFile(`${key}export const handle = (req, reply) => { req.log.info(key); };`)).toEqual(['2: key']));
  it('process.stdout', () => expect(inFile(`${key}process.stdout.write(key + "\\n");`)).toHaveLength(1));
  it('a function of the project', () => expect(found({ 'src/bot.ts': `import { log } from "./log";\n${key}log("k", key);\nlog("HILT_API_KEY", "is set");`, 'src/log.ts': 'export function log(...parts: unknown[]) { console.log(...parts); }' })).toEqual(['3: log("k", key)']));
  it('util.inspect inside a log', () => expect(inFile(`import { inspect } from "node:util";\n${key}console.log(inspect({ key }));`)).toHaveLength(1));
  it('a logger that is a parameter', () => expect(inFile('// hilt\nexport function start(logger) { logger.info(process.env.HILT_API_KEY); }\nexport class A { constructor(private readonly logger: Logger) {} run() { this.logger.warn(process.env.HILT_API_KEY); } }')).toHaveLength(2));
  it('Nest, debuglog, warnings and GitHub Actions', () => expect(inFile(`import { Logger } from "@nestjs/common";\nimport util from "node:util";\nimport * as core from "@actions/core";\n${key}new Logger("x").log(key);\nutil.debuglog("app")("key %s", key);\nprocess.emitWarning(key);\ncore.info(key);\ncore.setSecret(key);`)).toEqual(['5: key', '6: key', '7: key', '8: key']));
  it('a bound console, and colours', () => expect(inFile(`import chalk from "chalk";\n${key}const log = console.log.bind(console, "[app]");\nlog(key);\nconsole.log(chalk.green(key));\nlog("ready");`)).toEqual(['4: key', '5: chalk.green(key)']));
  it('a list that is spread', () => expect(inFile(`${key}const parts = ["key", key];\nconsole.log(...parts);`)).toEqual(['3: console.log(...parts)']));
  it('a function called log that is no log', () => expect(inFile(`${key}const size = Math.log(key.length);`)).toEqual([]));
});

describe('an outside service', () => {
  it('Sentry', () => expect(inFile(`import * as Sentry from "@sentry/node";\n${key}Sentry.setContext("hilt", { key });\nSentry.captureException(error, { extra: { key } });\nSentry.captureMessage("HILT_API_KEY is missing");`)).toEqual(['3: { key }', '4: { extra: { key } }']));
  it('PostHog, Segment and Datadog', () => expect(inFile(`import { PostHog } from "posthog-node";\nimport { Analytics } from "@segment/analytics-node";\nimport { datadogLogs } from "@datadog/browser-logs";\n${key}new PostHog("phc").capture({ properties: { key } });\nnew Analytics({}).track({ properties: { key } });\ndatadogLogs.logger.info("x", { key });`)).toHaveLength(3));
  it('what a tracker hands to a callback', () => expect(inFile(`import * as Sentry from "@sentry/node";\nimport { trace } from "@opentelemetry/api";\n${key}Sentry.withScope((scope) => { scope.setExtra("key", key); });\ntrace.getTracer("x").startActiveSpan("x", (span) => { span.setAttribute("set", Boolean(key)); });`)).toEqual(['4: key']));
  it('chats, mail and sockets', () => expect(inFile(`import { Telegraf } from "telegraf";\nimport nodemailer from "nodemailer";\nimport { Server } from "socket.io";\n${key}const bot = new Telegraf(process.env.BOT_TOKEN);\nbot.command("key", (ctx) => ctx.reply(key));\nnodemailer.createTransport({}).sendMail({ text: key });\nnew Server(1).on("connection", (socket) => socket.emit("config", { key }));`)).toEqual(['6: key', '7: { text: key }', '8: { key }']));
  it('a bot that says what Hilt answered', () => expect(inFile('import { Telegraf } from "telegraf";\nimport { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nnew Telegraf(process.env.BOT_TOKEN).command("buy", async (ctx) => { const link = await hilt.products.createHandoffLink("tea", {}); await ctx.reply(link.url); });')).toEqual([]));
  it('elements of a page', () => expect(inFile(`${key}const s = document.createElement("script");\ns.dataset.key = key;\ns.src = \`https://cdn.acme.io/w.js?key=\${key}\`;\nnew Image().src = \`https://pixel.acme.io/?k=\${key}\`;\ns.src = "https://cdn.acme.io/w.js";`)).toEqual(['3: key', '4: `https://cdn.acme.io/w.js?key=${key}`', '5: `https://pixel.acme.io/?k=${key}`']));
  it('a socket and a beacon', () => expect(inFile(`${key}new WebSocket(\`wss://relay.acme.io/?key=\${key}\`);\nnavigator.sendBeacon("https://collect.acme.io", key);\nnew WebSocket("wss://relay.acme.io");`)).toHaveLength(2));
  it('globals of scripts', () => expect(inFile(`${key}gtag("event", "x", { key });\nIntercom("boot", { key });\ndataLayer.push({ key });\ngtag("event", "x");`)).toHaveLength(3));
  it('a script\'s attribute', () => expect(inFile('export const A = () => <script src="https://cdn.acme.io/w.js" data-key={process.env.HILT_API_KEY} />;', 'a.tsx')).toHaveLength(1));
  it('is not Hilt\'s own script', () => expect(inFile('export const B = () => <script src="https://www.hilt.so/embed.js" data-hilt-checkout="slug" />;', 'a.tsx')).toEqual([]));
});

describe('another host', () => {
  it('gets no key in a body', () => expect(inFile(`${key}await fetch("https://hooks.slack.com/x", { method: "POST", body: JSON.stringify({ text: key }) });`)).toEqual(['2: text: key']));
  it('gets no X-Hilt-Key', () => expect(inFile(`${key}await fetch("https://proxy.acme.io/v1", { headers: { "X-Hilt-Key": key } });`)).toEqual(['2: "X-Hilt-Key": key']));
  it('gets no key in a URL', () => expect(inFile(`${key}await fetch(\`https://log.acme.io/?k=\${key}\`);`)).toHaveLength(1));
  it('may be a proxy that options name', () => expect(foundIn('no-key-disclosure', { 'a.ts': `${key}await fetch("https://proxy.acme.io/v1", { headers: { "X-Hilt-Key": key } });` }, { hosts: ['proxy.acme.io'] })).toEqual([]));
  it('is not this machine, nor a name for tests', () => expect(inFile(`${key}await fetch("http://localhost:3000/v1", { headers: { "X-Hilt-Key": key } });\nawait fetch("https://api.hilt.test/v1", { headers: { "X-Hilt-Key": key } });\nawait fetch("http://mock:8080/v1", { headers: { "X-Hilt-Key": key } });`)).toEqual([]));
  it('is not told by a URL that is not known', () => expect(inFile(`${key}await fetch(url, { headers: { "X-Hilt-Key": key } });\nawait fetch(\`\${process.env.PROXY}/v1\`, { headers: { "X-Hilt-Key": key } });`)).toEqual([]));
  it('is not Hilt', () => expect(inFile(`${key}await fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": key } });`)).toEqual([]));
  it('gets the key by a foreign base', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nexport const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY, baseUrl: "https://hilt.acme.io" });')).toEqual(['2: "https://hilt.acme.io"']));
  it('gets the key by the base of a subclass, once', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nclass Mine extends HiltClient {\n  constructor(apiKey: string) { super({ apiKey, baseUrl: "https://hilt.acme.io" }); }\n}\nnew Mine(process.env.HILT_API_KEY!);')).toEqual(['3: "https://hilt.acme.io"']));
  it('may get it where the environment names no base', () => expect(inFile(`import { HiltClient } from "@hiltpay/sdk";\n${key}new HiltClient({ apiKey: key, baseUrl: process.env.HILT_API_URL ?? "https://hilt.acme.io" });\nawait fetch(\`\${process.env.HILT_API_URL ?? "https://hilt.acme.io"}/v1/products\`, { headers: { "X-Hilt-Key": key } });\nawait fetch(\`\${process.env.HILT_API_URL ?? "http://localhost:4000"}/v1/products\`, { headers: { "X-Hilt-Key": key } });`)).toEqual(['3: process.env.HILT_API_URL ?? "https://hilt.acme.io" ?', '4: "X-Hilt-Key": key ?']));
  it('gets none by a request that authenticates with nothing', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nawait hilt.request("https://other.acme.io/x", { auth: "none" });')).toEqual([]));
  it('gets none without a key, by Hilt\'s base, or with a stub', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nnew HiltClient({ baseUrl: "https://hilt.acme.io" });\nnew HiltClient({ apiKey: process.env.HILT_API_KEY, baseUrl: process.env.HILT_API_URL });\nnew HiltClient({ apiKey: "test-key", baseUrl: "https://api.hilt.test" });\nnew HiltClient({ apiKey: key, baseUrl: "https://mock.acme.io", fetch: stub });')).toEqual([]));
  it('gets the key by an absolute path', () => expect(inFile('import { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nawait hilt.request("https://other.acme.io/x");\nawait hilt.request("//other.acme.io/x");\nawait hilt.request("/v1/products");\nawait hilt.request("https://api.hilt.so/v1/products");')).toEqual(['3: "https://other.acme.io/x"', '4: "//other.acme.io/x"']));
  it('is none where the key stands in the URL\'s userinfo, which is no better', () => expect(inFile(`${key}await fetch(\`https://\${key}@api.hilt.so/v1/products\`);`)).toHaveLength(1));
});

describe('a response', () => {
  it('Express', () => expect(inFile(`${key}app.get("/", (req, res) => { res.json({ key }); });\napp.get("/b", (req, res) => res.status(200).send(key));\napp.get("/c", (req, res) => res.json({ ok: Boolean(key) }));`)).toEqual(['2: { key }', '3: key']));
  it('Fastify, by return and by reply', () => expect(inFile(`import Fastify from "fastify";\nconst app = Fastify();\n${key}app.get("/", async () => ({ key }));\napp.get("/a", (request, reply) => reply.code(200).send({ key }));\napp.get("/ok", async () => ({ set: !!key }));`)).toEqual(['4: { key }', '5: { key }']));
  it('Hono', () => expect(inFile('import { Hono } from "hono";\nconst app = new Hono();\napp.get("/", (c) => c.json({ key: c.env.HILT_API_KEY }));\napp.get("/ok", (c) => c.json({ ok: true }));')).toEqual(['3: c.env.HILT_API_KEY']));
  it('Koa', () => expect(inFile(`${key}app.use(async (ctx) => { ctx.body = { key }; });`)).toEqual(['2: { key }']));
  it('Next.js and the platform', () => expect(inFile('import { NextResponse } from "next/server";\nexport const GET = () => NextResponse.json({ key: process.env.HILT_API_KEY });\nexport const POST = () => Response.json({ key: process.env.HILT_API_KEY });\nexport const PUT = () => new Response(process.env.HILT_API_KEY);\nexport const DELETE = () => new Response(null, { headers: { "x-key": "no" } });', 'app/api/a/route.ts')).toHaveLength(3));
  it('h3', () => expect(inFile('export default defineEventHandler(() => ({ key: process.env.HILT_API_KEY }));', 'server/api/a.ts')).toHaveLength(1));
  it('Elysia', () => expect(inFile('import { Elysia } from "elysia";\nnew Elysia().get("/", () => process.env.HILT_API_KEY).get("/ok", () => "fine");')).toEqual(['2: process.env.HILT_API_KEY']));
  it('Lambda', () => expect(inFile('export const handler = async () => ({ statusCode: 200, body: JSON.stringify({ key: process.env.HILT_API_KEY }) });')).toHaveLength(1));
  it('Bun and Deno', () => expect(inFile('Bun.serve({ fetch() { return new Response(Bun.env.HILT_API_KEY); } });\nDeno.serve(() => new Response(Deno.env.get("HILT_API_KEY")));')).toHaveLength(2));
  it('headers of a response', () => expect(inFile(`${key}app.get("/", (req, res) => { res.setHeader("X-Key", key); });\nexport const GET = () => new Response("ok", { headers: { "X-Key": key } });`)).toEqual(['2: key', '3: { "X-Key": key }']));
  it('headers of a request that is sent on are none', () => expect(inFile(`${key}proxy.on("proxyReq", (proxyReq, req, res) => { proxyReq.setHeader("X-Hilt-Key", key); });\nexport const sign = (url, headers) => headers.set("X-Hilt-Key", key);`)).toEqual([]));
  it('a plugin of Fastify, hapi, and handlers in options', () => expect(inFile(`import Hapi from "@hapi/hapi";\n${key}export default async (fastify) => { fastify.get("/", async () => ({ key })); };\nconst server = Hapi.server({});\nserver.route({ method: "GET", path: "/a", handler: () => ({ key }) });\nserver.route({ method: "GET", path: "/b", handler: (request, h) => h.response({ key }) });\nserver.route({ method: "GET", path: "/c", handler: () => ({ set: !!key }) });`)).toEqual(['3: { key }', '5: { key }', '6: { key }']));
  it('tRPC', () => expect(inFile(`import { initTRPC } from "@trpc/server";\n${key}const t = initTRPC.create();\nexport const router = t.router({ config: t.procedure.query(() => ({ key })), ok: t.procedure.query(() => ({ set: !!key })) });`)).toEqual(['4: { key }']));
  it('a function behind a gateway, whatever its name, and its callback', () => expect(inFile(`${key}export const read = async () => ({ statusCode: 200, body: JSON.stringify({ key }) });\nexports.handler = (event, context, callback) => { callback(null, { statusCode: 200, body: key }); };`)).toHaveLength(2));
  it('Nest, by its decorators', () => expect(inFile('import { Controller, Get } from "@nestjs/common";\n@Controller("config")\nexport class Config {\n  constructor(private readonly config: ConfigService) {}\n  @Get("key") key() { return this.config.get("HILT_API_KEY"); }\n  @Get("ok") ok() { return { ok: true }; }\n  private headers() { return { "X-Hilt-Key": process.env.HILT_API_KEY }; }\n}')).toEqual(['5: this.config.get("HILT_API_KEY")']));
  it('a service of Nest answers nobody', () => expect(inFile('import { Injectable } from "@nestjs/common";\n@Injectable()\nexport class HiltService { key() { return process.env.HILT_API_KEY; } }')).toEqual([]));
  it('a resource of Remix', () => expect(inFile('import { json } from "@remix-run/node";\nexport const loader = async () => json({ key: process.env.HILT_API_KEY });', 'app/routes/config.ts')).toEqual(['2: process.env.HILT_API_KEY']));
  it('a controller of Nest', () => expect(inFile('export class ConfigController {\n  get() { return { key: process.env.HILT_API_KEY }; }\n  ok() { return { ok: true }; }\n}')).toEqual(['2: process.env.HILT_API_KEY']));
  it('with a part of the configuration is fine', () => expect(inFile('function readConfig() { const apiKey = (process.env.HILT_API_KEY || "").trim(); return { apiKey, mode: process.env.HILT_DEMO_MODE, apiUrl: "https://api.hilt.so" }; }\nexport function GET() { const config = readConfig(); return Response.json({ mode: config.mode, host: new URL(config.apiUrl).host }); }', 'app/api/status/route.ts')).toEqual([]));
  it('is not what a helper returns', () => expect(inFile('export const readKey = () => process.env.HILT_API_KEY;\nexport function headers() { return { "X-Hilt-Key": readKey() }; }')).toEqual([]));
  it('of Node has no key in its head', () => expect(inFile(`import http from "node:http";\n${key}http.createServer((req, res) => { res.writeHead(200, { "x-debug": key }); res.end(); });`)).toEqual(['3: { "x-debug": key }']));
  it('of GraphQL holds no key', () => {
    expect(inFile(`import { ApolloServer } from "@apollo/server";\n${key}const resolvers = { Query: { key: () => key, ready: () => Boolean(key) } };\nnew ApolloServer({ typeDefs, resolvers });`)).toEqual(['3: key']);
  });
});

describe('errors, processes and files', () => {
  it('an error that is thrown', () => expect(inFile(`${key}throw new Error(\`bad key \${key}\`);`)).toEqual(['2: new Error(`bad key ${key}`)']));
  it('an error that says what is missing', () => expect(inFile(`${key}if (!key) throw new Error("HILT_API_KEY is missing");\nif (key.length < 20) throw new Error(\`HILT_API_KEY has \${key.length} characters\`);`)).toEqual([]));
  it('an error of the project\'s own', () => expect(inFile(`class KeyError extends Error { constructor(value: string) { super(\`Bad key: \${value}\`); } }\n${key}if (bad) throw new KeyError(key);\nthrow new KeyError("HILT_API_KEY");`)).toEqual(['3: new KeyError(key)']));
  it('a promise that is rejected, a middleware, an assertion', () => expect(inFile(`import assert from "node:assert";\n${key}export const a = () => Promise.reject(new Error(\`bad \${key}\`));\nexport const b = () => new Promise((resolve, reject) => reject(new Error(\`bad \${key}\`)));\napp.use((req, res, next) => next(new Error(\`bad \${key}\`)));\nassert(ok, \`bad \${key}\`);\nassert(key, "HILT_API_KEY is missing");\nexport const c = () => new Promise((resolve) => resolve(key));`)).toHaveLength(4));
  it('arguments of a child', () => expect(inFile(`import { exec, spawn } from "node:child_process";\n${key}exec(\`deploy --key \${key}\`);\nspawn("deploy", ["--key", key]);`)).toEqual(['3: `deploy --key ${key}`', '4: ["--key", key]']));
  it('options of a child that are one of several', () => expect(inFile(`import { spawn } from "node:child_process";\n${key}const options = { cwd };\nif (clean) options.env = { ...process.env, HILT_API_KEY: key };\nspawn("deploy", [], windows ? { shell: true, env: process.env } : options);`)).toEqual([]));
  it('the environment of a child', () => expect(inFile(`import { spawn, execFile } from "node:child_process";\n${key}spawn("deploy", [], { env: { ...process.env, HILT_API_KEY: key } });\nexecFile("x", ["a"], { env: process.env });`)).toEqual([]));
  it('a shell template', () => expect(inFile(`import { $ } from "zx";\n${key}await $\`deploy --key \${key}\`;\nawait $\`deploy\`;`)).toEqual(['3: $`deploy --key ${key}`'.replace('$`', '`')]));
  it('a file that is served', () => expect(inFile(`import { writeFileSync } from "node:fs";\nimport path from "node:path";\n${key}writeFileSync("public/env.js", \`window.K = "\${key}"\`);\nwriteFileSync(path.join(root, "public", "x.json"), JSON.stringify({ key }));`)).toHaveLength(2));
  it('a stream into a public folder', () => expect(inFile(`import { createWriteStream } from "node:fs";\n${key}const out = createWriteStream("public/env.js");\nout.write(\`k=\${key}\`);\ncreateWriteStream("/run/env").write(key);`)).toEqual(['4: `k=${key}`']));
  it('a file that is not', () => expect(inFile(`import { writeFileSync } from "node:fs";\n${key}writeFileSync("/run/secrets/hilt", key);\nwriteFileSync("public/robots.txt", "User-agent: *");`)).toEqual([]));
});

describe('what a finding says', () => {
  it('leads from the origin to the sink', () => {
    const [finding] = findingsOf('no-key-disclosure', { 'src/bot.ts': 'import { key } from "./hilt";\nconsole.log(key);', 'src/hilt.ts': 'export const key = process.env.HILT_API_KEY;' });
    expect(finding?.report.trace?.map(({ file, message }) => `${file}: ${message}`)).toEqual(['src/hilt.ts: HILT_API_KEY']);
    expect(finding?.report.data).toEqual({ subject: '`HILT_API_KEY`', sink: 'console.log' });
  });
  it('is silent about another product', () => expect(inFile('import { review } from "@hilt-review/mcp-server";\nconsole.log(process.env.HILT_API_KEY);')).toEqual([]));
});

describe('Python', () => {
  it('print and logging', () => expect(inFile('import os, logging\nlogger = logging.getLogger(__name__)\nkey = os.environ["HILT_API_KEY"]\nprint(key)\nlogger.info("key %s", key)\nprint(bool(key), len(key), key[:8])\n', 'a.py')).toEqual(['4: key', '5: key']));
  it('errors and processes', () => expect(inFile('import os, subprocess\nkey = os.environ["HILT_API_KEY"]\nsubprocess.run(["deploy", "--key", key])\nsubprocess.run(["deploy"], env={"HILT_API_KEY": key})\nraise RuntimeError(f"bad {key}")\n', 'a.py')).toEqual(['3: ["deploy", "--key", key]', '5: RuntimeError(f"bad {key}")']));
  it('responses', () => expect(inFile('import os\nfrom fastapi import FastAPI\napp = FastAPI()\nkey = os.environ["HILT_API_KEY"]\n@app.get("/")\ndef index():\n    return {"key": key}\n@app.get("/ok")\ndef ok():\n    return {"ok": bool(key)}\ndef helper():\n    return key\n', 'a.py')).toEqual(['7: {"key": key}']));
  it('other hosts', () => expect(inFile('import os, requests\nkey = os.environ["HILT_API_KEY"]\nrequests.post("https://hooks.slack.com/x", json={"text": key})\nrequests.get("https://api.hilt.so/v1/products", headers={"X-Hilt-Key": key})\n', 'a.py')).toEqual(['3: "text": key']));
});

describe('commands', () => {
  it('another host', () => expect(inFile('curl -H "X-Hilt-Key: $HILT_API_KEY" https://proxy.acme.io/v1\ncurl -d "text=$HILT_API_KEY" https://hooks.slack.com/x\n', 'a.sh')).toHaveLength(2));
  it('Hilt, and this machine', () => expect(inFile('curl -H "X-Hilt-Key: $HILT_API_KEY" https://api.hilt.so/v1/products\ncurl -H "X-Hilt-Key: $HILT_API_KEY" http://localhost:8080/v1/products\n', 'a.sh')).toEqual([]));
});

describe('what a platform hands its variables in', () => {
  it('is an environment as a whole', () => {
    expect(inFile('// hilt\nexport default { async fetch(request, env) { console.log(env); return new Response(JSON.stringify(env)); } };')).toHaveLength(2);
    expect(inFile('import { Hono } from "hono";\n// hilt\nnew Hono().get("/debug", (c) => c.json(c.env));')).toEqual(['3: c.env']);
  });
  it('is no other parameter of that name', () => expect(inFile('// hilt\nexport function run(env) { console.log(env); }\nexport const start = (context) => console.log(context.env.STAGE);')).toEqual([]));
  it('may be handed on', () => expect(inFile('import app from "./app";\nexport default { fetch: (request, env, context) => app.fetch(request, { ...env, key: env.HILT_API_KEY }, context) };')).toEqual([]));
});

describe('a page that a handler sends', () => {
  const send = (code: string): string[] => inFile(`import express from "express";\n${code}`);
  it('is told as such', () => expect(send('express().get("/", (req, res) => res.send(`<html><script>k="${process.env.HILT_API_KEY}"</script></html>`));')).toEqual([]));
  it('is an answer where it shows a client, or a key by another name', () => {
    expect(send('import { HiltClient } from "@hiltpay/sdk";\nconst secret = process.env.PAY_SECRET;\nconst hilt = new HiltClient({ apiKey: secret });\nexpress().get("/", (req, res) => res.send(`<html>${secret}</html>`)).get("/c", (req, res) => res.send(`<html>${JSON.stringify(hilt)}</html>`));')).toHaveLength(2);
  });
  it('is an answer where a function sends it', () => expect(send('const send = (res, body) => res.send(body);\nexpress().get("/", (req, res) => send(res, `<html><script>k="${process.env.HILT_API_KEY}"</script></html>`));')).toHaveLength(1));
  it('is one where a handler returns it, or a template in place of it', () => {
    expect(inFile('import Fastify from "fastify";\nFastify().get("/", async () => `<html>${process.env.HILT_API_KEY}</html>`);')).toEqual([]);
    expect(inFile('import os\nfrom flask import Flask, render_template_string\napp = Flask(__name__)\n@app.get("/")\ndef index():\n    return f"<html>{os.environ[\'HILT_API_KEY\']}</html>"\n@app.get("/t")\ndef template():\n    return render_template_string("<b>{{ key }}</b>", key=os.environ["HILT_API_KEY"])\n', 'app.py')).toEqual([]);
  });
  it('is one where a form action of SvelteKit fails with it', () => {
    const action = (code: string): string[] => inFile(`import { fail, json } from "@sveltejs/kit";\nexport const actions = { default: async () => ${code} };`, 'src/routes/+page.server.ts');
    expect(action('fail(400, { key: process.env.HILT_API_KEY })')).toEqual([]);
    expect(action('json({ key: process.env.HILT_API_KEY })')).toHaveLength(1);
  });
  it('is none where a handler returns another text', () => expect(inFile('import Fastify from "fastify";\nFastify().get("/", async () => `key ${process.env.HILT_API_KEY}`);')).toHaveLength(1));
  it('is no other text', () => expect(send('express().get("/", (req, res) => res.send(`key ${process.env.HILT_API_KEY}`));')).toHaveLength(1));
});

describe('a variable that fills a key slot under another name', () => {
  const hilt = 'import { HiltClient } from "@hiltpay/sdk";\nexport const token = process.env.PAYMENTS_TOKEN;\nexport const hilt = new HiltClient({ apiKey: token });\n';
  it('is a key in the module that imports it', () => expect(found({ 'src/b.ts': 'import { token } from "./a"; // hilt\nconsole.log(token);', 'src/a.ts': hilt })).toEqual(['2: token']));
  it('is none where it fills no slot', () => expect(found({ 'src/b.ts': 'import { token } from "./a"; // hilt\nconsole.log(token);', 'src/a.ts': hilt.replace('apiKey: token', 'apiKey: process.env.HILT_API_KEY') })).toEqual([]));
});
