import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const key = 'const key = process.env.HILT_API_KEY;\n';
const inFile = (text: string): string[] => foundIn('no-key-disclosure', { 'src/app.ts': text });

describe('a log that is handed on as a function', () => {
  it('to what goes through a list', () => expect(inFile(`${key}["a", key].forEach(console.log);\n[key].map(console.error);`)).toEqual(['2: key', '3: key']));
  it('to a promise', () => expect(inFile(`${key}Promise.resolve(key).then(console.log);`)).toEqual(['2: Promise.resolve(key)']));
  it('to a timer, with its arguments', () => expect(inFile(`${key}setTimeout(console.log, 100, key);`)).toEqual(['2: key']));
  it('gets no key where the list has none', () => expect(inFile(`${key}["a", key.length].forEach(console.log);\nsetTimeout(console.log, 100, "ready");\nfetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": key } }).then(console.log);`)).toEqual([]));
  it('is no log where another function is handed on', () => expect(inFile(`${key}[key].forEach(Boolean);\nPromise.resolve(key).then(String);`)).toEqual([]));
});

describe('a window of somebody else', () => {
  it('is told no key', () => expect(inFile(`${key}window.parent.postMessage({ key }, "*");\nframe.contentWindow.postMessage(key, "https://shop.acme.io");`)).toEqual(['2: { key }', '3: key']));
  it('may be told other things, and a worker is the program\'s own', () => expect(inFile(`${key}window.parent.postMessage("ready", "*");\nworker.postMessage({ key });`)).toEqual([]));
});

describe('what a request holds', () => {
  it('is printed with its headers', () => expect(inFile(`${key}const request = new Request("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": key } });\nconsole.log(request);\nconsole.log(request.headers);\nconsole.log(request.url, request.method);`)).toEqual(['3: request', '4: request.headers']));
  it('is none without a key', () => expect(inFile('const request = new Request("https://api.hilt.so/v1/products", { headers: { accept: "application/json" } });\nconsole.log(request);')).toEqual([]));
  it('is not what JSON leaves out', () => expect(inFile(`${key}console.log(JSON.stringify({ key, a: 1 }, ["a"]));\nconsole.log(JSON.stringify({ key, a: 1 }, (name, value) => (name === "key" ? undefined : value)));\nconsole.log(JSON.stringify({ key, a: 1 }, null, 2));`)).toEqual(['4: JSON.stringify({ key, a: 1 }, null, 2)']));
});
