import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const cookies = (text: string, file = 'app/api/products/route.ts'): string[] => foundIn('no-dashboard-auth', { [file]: text });
const products = '"https://api.hilt.so/v1/products"';

describe('headers of a handler\'s own caller that go on to Hilt', () => {
  const get = (body: string): string[] => cookies(`export async function GET(req: Request) {\n${body}\n}`);
  it('copied', () => expect(get(`  return fetch(${products}, { headers: new Headers(req.headers) });`)).toEqual(['2: new Headers(req.headers) ?']));
  it('copied, without the cookie', () => expect(get(`  const headers = new Headers(req.headers);\n  headers.delete("Cookie");\n  return fetch(${products}, { headers });`)).toEqual([]));
  it('copied, without something else', () => expect(get(`  const headers = new Headers(req.headers);\n  headers.delete("host");\n  return fetch(${products}, { headers });`)).toEqual(['4: headers ?']));
  it('copied, with a key', () => expect(get(`  const headers = new Headers(req.headers);\n  headers.set("X-Hilt-Key", process.env.HILT_API_KEY!);\n  return fetch(${products}, { headers });`)).toEqual([]));
  it('as an object', () => expect(get(`  return fetch(${products}, { headers: Object.fromEntries(req.headers.entries()) });`)).toEqual(['2: Object.fromEntries(req.headers.entries()) ?']));
  it('with the whole request', () => expect(get(`  return fetch(new Request(${products}, req));`)).toEqual(['2: req ?']));
  it('of next/headers', () => expect(cookies(`import { headers } from "next/headers";\nexport const load = async () => fetch(${products}, { headers: await headers() });`, 'lib/load.ts')).toEqual(['2: await headers() ?']));

  const route = (body: string): string[] => cookies(`import express from "express";\nexpress().get("/p", async (req, res) => {\n${body}\n});`, 'src/app.ts');
  it('spread', () => expect(route(`  await fetch(${products}, { headers: { ...req.headers, accept: "x" } });`)).toEqual(['3: ...req.headers ?']));
  it('spread, with another cookie', () => expect(route(`  await fetch(${products}, { headers: { ...req.headers, cookie: undefined } });`)).toEqual([]));
  it('spread, without what a pattern takes out', () => expect(route(`  const { cookie, ...rest } = req.headers;\n  await fetch(${products}, { headers: rest });`)).toEqual([]));
  it('spread, and deleted from', () => expect(route(`  const headers = { ...req.headers };\n  delete headers.cookie;\n  await fetch(${products}, { headers });`)).toEqual([]));
  it('chosen by name', () => expect(route(`  await fetch(${products}, { headers: { accept: req.headers.accept, "x-request-id": req.get("x-request-id") } });`)).toEqual([]));
  it('are another object\'s outside a handler', () => expect(cookies(`export const send = (req) => fetch(${products}, { headers: { ...req.headers } });`, 'src/send.ts')).toEqual([]));

  it('of Hono', () => expect(cookies(`import { Hono } from "hono";\nconst app = new Hono();\napp.get("/a", (c) => fetch(${products}, { headers: c.req.raw.headers }));\napp.get("/b", (c) => fetch(${products}, { headers: c.req.header() }));\napp.get("/c", (c) => fetch(${products}, { headers: { accept: c.req.header("accept") } }));`, 'src/app.ts')).toEqual(['3: c.req.raw.headers ?', '4: c.req.header() ?']));
  it('of a worker', () => expect(cookies(`export default { async fetch(request, env) {\n  return fetch(${products}, { headers: request.headers });\n} };`, 'src/worker.ts')).toEqual(['2: request.headers ?']));
  it('of Flask', () => expect(cookies('import requests\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.get("/p")\ndef products():\n    return requests.get("https://api.hilt.so/v1/products", headers=dict(request.headers)).json()\n', 'app.py')).toEqual(['6: dict(request.headers) ?']));
});

describe('a key that came in and goes on', () => {
  const keys = (body: string): string[] => foundIn('no-key-disclosure', { 'src/app.ts': `import express from "express";\nexpress().get("/p", async (req, res) => {\n${body}\n});` });
  const known = '  if (!(await isKnown(req.headers["x-hilt-key"]))) return res.status(401).end();\n';
  it('with all headers, to another host', () => expect(keys(`${known}  await fetch("https://stats.acme.io/p", { headers: { ...req.headers } });`)).toEqual(['4: ...req.headers ?']));
  it('with all headers, to a log', () => expect(keys(`${known}  console.log(req.headers);`)).toEqual(['4: req.headers ?']));
  it('with all headers but the key', () => expect(keys(`${known}  const { "x-hilt-key": key, ...rest } = req.headers;\n  await fetch("https://stats.acme.io/p", { headers: rest });`)).toEqual([]));
  it('not where nobody asks for it', () => expect(keys('  // hilt\n  await fetch("https://stats.acme.io/p", { headers: { ...req.headers } });\n  console.log(req.headers);')).toEqual([]));
});
