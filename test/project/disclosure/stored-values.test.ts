import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../../support/findings.ts';

const key = 'const key = process.env.HILT_API_KEY;\n';
const inFile = (text: string, file = 'src/app.ts'): string[] => foundIn('no-key-disclosure', { [file]: text });

describe('storage of a browser', () => {
  it('is not for a key', () => {
    expect(inFile(`${key}localStorage.setItem("hilt", key);\nwindow.sessionStorage.setItem("hilt", JSON.stringify({ key }));`)).toEqual(['2: key', '3: JSON.stringify({ key })']);
  });
  it('is not for a key by a property', () => expect(inFile(`${key}localStorage.hilt = key;\nsessionStorage["hilt"] = key;`)).toEqual(['2: key', '3: key']));
  it('holds no cookie with a key', () => expect(inFile(`${key}document.cookie = \`hilt=\${key}; path=/\`;`)).toEqual(['2: `hilt=${key}; path=/`']));
  it('may hold other things', () => expect(inFile(`${key}localStorage.setItem("theme", "dark");\nlocalStorage.setItem("ready", String(Boolean(key)));\ndocument.cookie = "theme=dark";\nlocalStorage.getItem("hilt");`)).toEqual([]));
  it('is meant where its name is the browser\'s own', () => expect(inFile(`const localStorage = makeStore();\n${key}localStorage.setItem("hilt", key);`)).toEqual([]));
  it('says so', () => {
    const [finding] = findingsOf('no-key-disclosure', { 'src/app.ts': `${key}localStorage.setItem("hilt", key);` });
    expect(finding).toMatchObject({ messageId: 'storage', confidence: 'certain', report: { data: { subject: '`HILT_API_KEY`', sink: 'localStorage.setItem' } } });
  });
});

describe('storage by a library', () => {
  it('js-cookie and idb-keyval', () => expect(inFile(`import Cookies from "js-cookie";\nimport { set, get } from "idb-keyval";\n${key}Cookies.set("hilt", key);\nset("hilt", key);\nCookies.set("theme", "dark");\nget("hilt");`)).toEqual(['4: key', '5: key']));
  it('of React Native', () => expect(inFile(`import AsyncStorage from "@react-native-async-storage/async-storage";\n${key}AsyncStorage.setItem("hilt", key);`)).toEqual(['3: key']));
  it('that encrypts is none', () => expect(inFile(`import * as SecureStore from "expo-secure-store";\n${key}SecureStore.setItemAsync("hilt", key);`)).toEqual([]));
});

describe('a cookie of a response', () => {
  it('of Next', () => {
    expect(inFile('import { cookies } from "next/headers";\nexport async function POST() {\n  const jar = await cookies();\n  jar.set("hilt", process.env.HILT_API_KEY!);\n  jar.set({ name: "hilt", value: process.env.HILT_API_KEY! });\n  jar.set("theme", "dark");\n}')).toEqual(['4: process.env.HILT_API_KEY', '5: process.env.HILT_API_KEY']);
  });
  it('of a response of Next', () => {
    expect(inFile('import { NextResponse } from "next/server";\nexport function GET() {\n  const response = NextResponse.json({ ok: true });\n  response.cookies.set("hilt", process.env.HILT_API_KEY!);\n  response.headers.set("x-hilt", process.env.HILT_API_KEY!);\n  return response;\n}')).toHaveLength(2);
  });
  it('is a header beside the request that goes on', () => {
    expect(inFile('import { NextResponse } from "next/server";\nexport function middleware(request) {\n  const headers = new Headers(request.headers);\n  headers.set("X-Hilt-Key", process.env.HILT_API_KEY!);\n  return NextResponse.next({ headers });\n}', 'middleware.ts')).toEqual(['5: headers']);
    expect(inFile('import { NextResponse } from "next/server";\nexport const middleware = (request) => NextResponse.rewrite(new URL("/x", request.url), {\n  request: { headers: { "X-Hilt-Key": process.env.HILT_API_KEY! } },\n  headers: { "X-Shop": process.env.HILT_API_KEY! },\n});', 'middleware.ts')).toEqual(['4: process.env.HILT_API_KEY']);
  });
  it('is not a header of the request that goes on', () => {
    expect(inFile('import { NextResponse } from "next/server";\nexport function middleware(request) {\n  const headers = new Headers(request.headers);\n  headers.set("X-Hilt-Key", process.env.HILT_API_KEY!);\n  return NextResponse.next({ request: { headers } });\n}', 'middleware.ts')).toEqual([]);
  });
  it('of Hono and h3', () => {
    expect(inFile(`import { setCookie } from "hono/cookie";\n${key}app.get("/", (c) => { setCookie(c, "hilt", key); setCookie(c, "theme", "dark"); });`)).toEqual(['3: key']);
    expect(inFile(`${key}export default defineEventHandler((event) => { setCookie(event, "hilt", key); setResponseHeader(event, "x-hilt", key); setCookie(event, "theme", "dark"); });`)).toEqual(['2: key', '2: key']);
  });
  it('of SvelteKit and Koa', () => {
    expect(inFile(`${key}export const POST = async ({ cookies }) => { cookies.set("hilt", key, { path: "/" }); cookies.set("theme", "dark", { path: "/" }); };`)).toEqual(['2: key']);
    expect(inFile(`import Koa from "koa";\n${key}new Koa().use((ctx) => { ctx.cookies.set("hilt", key); ctx.throw(400, \`bad \${key}\`); ctx.throw(400, "bad key"); });`)).toEqual(['3: key', '3: `bad ${key}`']);
  });
  it('of Flask, Django and FastAPI', () => {
    const python = (...lines: string[]): string[] => inFile(['import os', 'KEY = os.environ["HILT_API_KEY"]', ...lines].join('\n'), 'app.py');
    expect(python('from flask import make_response', 'r = make_response("x")', 'r.set_cookie("k", KEY)', 'r.headers["X-Key"] = KEY', 'r.headers["X-Set"] = str(bool(KEY))')).toEqual(['5: KEY', '6: KEY']);
    expect(python('from django.http import HttpResponse', 'response = HttpResponse("x")', 'response["X-Key"] = KEY')).toEqual(['5: KEY']);
    expect(python('def read(response: Response):', '    response.headers["X-Key"] = KEY')).toEqual(['4: KEY']);
  });
  it('is none where headers of a request are set', () => expect(inFile('import os, requests\nKEY = os.environ["HILT_API_KEY"]\nsession = requests.Session()\nsession.headers["X-Hilt-Key"] = KEY', 'app.py')).toEqual([]));
});
