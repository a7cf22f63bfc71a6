import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const cookies = (text: string): string[] => foundIn('no-dashboard-auth', { 'app/main.py': text });
const keys = (text: string): string[] => foundIn('require-key-header', { 'app/main.py': text });
const base = 'import os\nBASE = "https://api.hilt.so"\nKEY = os.environ["HILT_API_KEY"]\n';

describe('a request that is made first and sent later', () => {
  it('of requests', () => expect(cookies(`${base}from requests import Request, Session\nreq = Request("GET", f"{BASE}/v1/products", headers={"Cookie": "a=b"})\nSession().send(req.prepare())`)).toEqual(['5: "Cookie": "a=b"']));
  it('of httpx', () => expect(cookies(`${base}import httpx\nclient = httpx.Client()\nclient.send(client.build_request("GET", f"{BASE}/v1/products", cookies={"a": "b"}))\nhttpx.Request("GET", f"{BASE}/v1/products", headers={"Cookie": "a"})`)).toHaveLength(2));
  it('of urllib is one request', () => expect(keys(`${base}from urllib.request import Request, urlopen\nreq = Request(f"{BASE}/v1/products?api_key={KEY}")\nurlopen(req)`)).toHaveLength(1));
});

describe('a client that keeps cookies', () => {
  it('of aiohttp', () => expect(cookies(`${base}import aiohttp\nasync def a():\n    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar()) as session:\n        await session.get(BASE + "/v1/products")`)).toHaveLength(1));
  it('of aiohttp, which keeps none', () => expect(cookies(`${base}import aiohttp\nasync def a():\n    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers={"X-Hilt-Key": KEY}) as session:\n        await session.get(BASE + "/v1/products")`)).toEqual([]));
  it('of urllib', () => expect(cookies(`${base}from urllib.request import build_opener, HTTPCookieProcessor\nopener = build_opener(HTTPCookieProcessor())\nopener.open(BASE + "/v1/products")`)).toEqual(['5: build_opener(HTTPCookieProcessor())']));
  it('of urllib, to another host', () => expect(cookies(`${base}from urllib.request import build_opener, HTTPCookieProcessor\nopener = build_opener(HTTPCookieProcessor())\nopener.open("https://shop.acme.io/v1/products")`)).toEqual([]));
});

describe('http.client', () => {
  it('takes headers by name and by position', () => expect(cookies(`${base}import http.client\nconn = http.client.HTTPSConnection("api.hilt.so")\nconn.request("GET", "/v1/products", headers={"Cookie": "a=b"})\nconn.request("GET", "/v1/products", None, {"Cookie": "a=b"})`)).toHaveLength(2));
  it('takes headers one by one', () => expect(cookies(`${base}import http.client\nconn = http.client.HTTPSConnection("api.hilt.so")\nconn.putrequest("GET", "/v1/products")\nconn.putheader("Cookie", "a=b")`)).toEqual(['7: conn.putheader("Cookie", "a=b")']));
  it('takes a query', () => expect(keys(`${base}import http.client\nconn = http.client.HTTPSConnection("api.hilt.so")\nconn.request("GET", "/v1/products?api_key=" + KEY)`)).toEqual(['6: "/v1/products?api_key=" + KEY']));
  it('sends the key where it belongs', () => expect(keys(`${base}import http.client\nconn = http.client.HTTPSConnection("api.hilt.so")\nconn.request("GET", "/v1/products", headers={"X-Hilt-Key": KEY})`)).toEqual([]));
});

describe('credentials', () => {
  it('of the basic scheme', () => expect(keys(`${base}import aiohttp, httpx, requests\nfrom requests.auth import HTTPBasicAuth\nrequests.get(f"{BASE}/v1/products", auth=HTTPBasicAuth(KEY, ""))\nhttpx.get(f"{BASE}/v1/products", auth=httpx.BasicAuth(KEY, ""))`)).toHaveLength(2));
  it('of a hook', () => expect(cookies(`${base}import httpx\ndef add(request):\n    request.headers["Cookie"] = "session=1"\nclient = httpx.Client(base_url=BASE, event_hooks={"request": [add]})\nclient.get("/v1/products")`)).toEqual(['6: request.headers["Cookie"] = "session=1"']));
  it('of an opener', () => expect(keys(`${base}import urllib.request\nopener = urllib.request.build_opener()\nopener.addheaders = [("Authorization", "Bearer " + KEY)]\nopener.open(BASE + "/v1/products")`)).toHaveLength(1));
});

describe('pycurl', () => {
  const told = (options: string): string[] => ['no-dashboard-auth', 'require-key-header'].flatMap((rule) => foundIn(rule, { 'a.py': `import os, pycurl\nc = pycurl.Curl()\nc.setopt(c.URL, "https://api.hilt.so/v1/products")\n${options}\nc.perform()\n` }));
  it('sends cookies', () => expect(told('c.setopt(pycurl.COOKIE, "session=abc")')).toEqual(['4: c.setopt(pycurl.COOKIE, "session=abc")']));
  it('sends a key', () => expect(told('c.setopt(c.HTTPHEADER, ["X-Hilt-Key: " + os.environ["HILT_API_KEY"]])')).toEqual([]));
  it('sends a key as a session token', () => expect(told('c.setopt(c.HTTPHEADER, ["Accept: x", "Authorization: Bearer " + os.environ["HILT_API_KEY"]])')).toEqual(['4: "Authorization: Bearer " + os.environ["HILT_API_KEY"]']));
});
