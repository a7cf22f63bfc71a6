import { describe, expect, it } from 'vitest';
import { openByteEdges } from '../../../src/project/graph/byte-edges.ts';
import { isCodeFile } from '../../../src/project/graph/code-file.ts';
import { howOf, isTypeOnly, specifierOf } from '../../../src/project/graph/edge-table.ts';
import { edgeKind, importEdges, importMapOf, type RawEdge } from '../../../src/project/graph/import-edges.ts';
import { growth, linear } from '../../support/growth.ts';

/** Edges as `how specifier`, with `type` before those that are types alone. What can be read from the bytes alone must give the same. */
function edgesOf(text: string, file = 'src/a.ts'): string[] {
  const edges = importEdges(file, text).map((edge) => `${edge.typeOnly ? 'type ' : ''}${edge.script ? 'script ' : ''}${edge.how} ${edge.specifier}`);
  if (edgeKind(file) === 0) for (const shifted of [text, `\n${text}`]) expect(plainEdgesOf(shifted) ?? edges).toEqual(edges);
  return edges;
}

/** Edges that are read without making a text of the module, or `undefined` where its text decides. */
function plainEdgesOf(text: string): string[] | undefined {
  const list = openByteEdges();
  if (list?.takeModule(Buffer.from(text)) !== true) return undefined;
  const { words, specifiers } = list.done();
  return Array.from(words, (word) => `${isTypeOnly(word) ? 'type ' : ''}${howOf(word)} ${specifierOf(word, specifiers)}`);
}

describe('modules that are read from their bytes', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [`import a, { b } from './a';\nimport * as c from "./c";\nimport './d.css'`, ['import ./a', 'import ./c', 'import ./d.css']],
    [`import type { A } from './a'; import { type B, c } from './b'; export type { D } from './d'`, ['type import ./a', 'import ./b', 'type reexport ./d']],
    [`export * from './a'\nexport { b } from './b'\nexport const from = Array.from('c')`, ['reexport ./a', 'reexport ./b']],
    [`const a = require('./a'); const b = await import('./b'); // require nothing here\n// import the rest, too\nlog(import.meta.env.MODE)`, ['require ./a', 'dynamic ./b']],
    [`import fs from 'node:fs'; import x from 'https://host/x.js'; import y from '//host/y.js'; import '#inner'`, ['import #inner']],
    [`import a from './größe'`, ['import ./größe']],
    [`export const important = 'imports from afar; for work'`, []],
  ];
  it.each(cases)('%s', (text, edges) => {
    expect(plainEdgesOf(text)).toEqual(edges);
    expect(plainEdgesOf(`;${text}`)).toEqual(edges);
  });
  it.each([
    `import a /* here */ from './a'`, String.raw`import './\u0061'`, 'import(`./a`)', `import('./' + name)`, `require.context('./a')`, `new Worker('./a.js')`, `importScripts('a.js')`,
    `new URL('./a', import.meta.url)`, `import.meta.glob('./*.ts')`, `/* import a from './a' */`, `// export { a } from './a'`, `export { a as "b-c" } from './a'`,
  ])('leaves to the text: %s', (text) => expect([plainEdgesOf(text), plainEdgesOf(` ${text}`)]).toEqual([undefined, undefined]));
  it('in files larger than what is searched at once', () => {
    const filler = `export const a = 1;\n`.repeat(5000);
    expect(plainEdgesOf(`import './first'\n${filler}import './last'`)).toEqual(['import ./first', 'import ./last']);
  });
});

describe('static imports', () => {
  it('reads a default import', () => expect(edgesOf(`import a from './a'`)).toEqual(['import ./a']));
  it('reads names over several lines', () => expect(edgesOf(`import {\n  a,\n  b as c,\n} from "./a";`)).toEqual(['import ./a']));
  it('reads a namespace', () => expect(edgesOf(`import * as a from './a'`)).toEqual(['import ./a']));
  it('reads a side effect', () => expect(edgesOf(`import './a.css'`)).toEqual(['import ./a.css']));
  it('reads minified code', () => expect(edgesOf(`import{a}from"./a";import*as b from"./b";import"./c";export*from"./d"`)).toEqual(['import ./a', 'import ./b', 'import ./c', 'reexport ./d']));
  it('reads import attributes', () => expect(edgesOf(`import data from './data.json' with { type: 'json' }`)).toEqual(['import ./data.json']));
  it('reads a clause with a comment that holds an apostrophe', () => expect(edgesOf(`import {\n  a, // it's the client\n  b, /* don't */\n} from './a'`)).toEqual(['import ./a']));
  it('reads a quoted name', () => expect(edgesOf(`import { "a-b" as ab, c } from './a'`)).toEqual(['import ./a']));
  it('reads a comment between from and the specifier', () => expect(edgesOf(`import a from /* here */ './a'`)).toEqual(['import ./a']));
  it('reads a name that is from', () => expect(edgesOf(`import from from './a'; import { from } from './b'`)).toEqual(['import ./a', 'import ./b']));
  it('does not join a statement without an end to the next one', () => expect(edgesOf(`export { a }\nimport b from './b'\nexport type\n{ c } from './c'`)).toEqual(['import ./b', 'type reexport ./c']));
  it('reads a default import beside others', () => expect(edgesOf(`import a, { b } from './a'; import c, * as d from "./c"`)).toEqual(['import ./a', 'import ./c']));
  it('reads a specifier that holds the other quote', () => expect(edgesOf(`import a from "./it's"`)).toEqual([`import ./it's`]));
  it('undoes escapes', () => expect(edgesOf(String.raw`import './\u0061\x62\'c'`)).toEqual([`import ./ab'c`]));
  it('gives the literal with its quotes as the range', () => {
    const text = `import a from './a';`;
    const [edge] = importEdges('a.ts', text);
    expect(text.slice(...(edge?.at ?? [0, 0]))).toBe(`'./a'`);
  });
  it('reads import x = require()', () => expect(edgesOf(`import a = require('./a'); export import b = require("./b")`)).toEqual(['require ./a', 'require ./b']));
  it('reads import defer and import source', () => expect(edgesOf(`import defer * as a from './a'; import source b from './b.wasm'`)).toEqual(['import ./a', 'import ./b.wasm']));
  it('reads code between the statements', () => expect(edgesOf(`import a from './a'\nfoo({ import: 1 })\nimport b from './b'`)).toEqual(['import ./a', 'import ./b']));
  it('does not take a property for an import', () => expect(edgesOf(`x.import = './a'; x.export = "./b"; $import './c'`)).toEqual([]));
  it('does not take a name that begins with import for one', () => expect(edgesOf(`importable('./a'); requires('./b'); exports.from = './c'`)).toEqual([]));
});

describe('types', () => {
  it('marks import type', () => expect(edgesOf(`import type { A } from './a'`)).toEqual(['type import ./a']));
  it('marks import type of a namespace', () => expect(edgesOf(`import type * as A from './a'`)).toEqual(['type import ./a']));
  it('marks braces in which every name is a type', () => expect(edgesOf(`import { type A, type B as C } from './a'`)).toEqual(['type import ./a']));
  it('does not mark braces with one value', () => expect(edgesOf(`import { type A, b } from './a'`)).toEqual(['import ./a']));
  it('does not mark a default import beside types', () => expect(edgesOf(`import a, { type B } from './a'`)).toEqual(['import ./a']));
  it('does not mark a default import that is called type', () => expect(edgesOf(`import type from './a'; import type, { b } from './b'`)).toEqual(['import ./a', 'import ./b']));
  it('does not mark a value that is called type', () => expect(edgesOf(`import { type } from './a'; import { type as t } from './b'`)).toEqual(['import ./a', 'import ./b']));
  it('marks export type', () => expect(edgesOf(`export type { A } from './a'; export type * from './b'`)).toEqual(['type reexport ./a', 'type reexport ./b']));
  it('does not let a type export without a semicolon mark the next statement', () => expect(edgesOf(`export type { A }\nexport * from './b'`)).toEqual(['reexport ./b']));
  it('does not let an interface hide the next statement', () => expect(edgesOf(`export interface A {\n  a: string\n}\nexport * from './b'`)).toEqual(['reexport ./b']));
  it('marks the typeof of Flow', () => expect(edgesOf(`import typeof A from './a'`)).toEqual(['type import ./a']));
});

describe('re-exports', () => {
  it('reads names and stars', () => expect(edgesOf(`export { a } from './a'\nexport * from './b'\nexport * as c from './c'`)).toEqual(['reexport ./a', 'reexport ./b', 'reexport ./c']));
  it('reads a default', () => expect(edgesOf(`export { default } from './a'`)).toEqual(['reexport ./a']));
  it('has no edge for local exports', () => expect(edgesOf(`export const from = './a'; export { from }; export default './b'; export class A { x = './c' }`)).toEqual([]));
  it('reads an import behind a local export', () => expect(edgesOf(`export { a }\nimport b from './b'`)).toEqual(['import ./b']));
});

describe('dynamic imports and require', () => {
  it('reads import()', () => expect(edgesOf(`const a = await import('./a')`)).toEqual(['dynamic ./a']));
  it('reads a bundler comment', () => expect(edgesOf(`import(/* webpackChunkName: "a" */ './a')`)).toEqual(['dynamic ./a']));
  it('reads a template without expressions', () => expect(edgesOf('import(`./a.js`)')).toEqual(['dynamic ./a.js']));
  it('reads both arms of a choice', () => expect(edgesOf(`import(dark ? './dark' : "./light")`)).toEqual(['dynamic ./dark', 'dynamic ./light']));
  it('reads a template as a glob', () => expect(edgesOf('import(`./locale/${lang}.js`)')).toEqual(['glob ./locale/{*,**/*}.js']));
  it('reads a sum as a glob', () => expect(edgesOf(`require('./locale/' + lang)`)).toEqual(['glob ./locale/{*,**/*}']));
  it('reads require', () => expect(edgesOf(`const { a } = require("./a").b`)).toEqual(['require ./a']));
  it('reads require.resolve', () => expect(edgesOf(`require.resolve('./a')`)).toEqual(['require ./a']));
  it('reads a spread require', () => expect(edgesOf(`module.exports = { ...require('./a') }`)).toEqual(['require ./a']));
  it('has no edge for a computed argument', () => expect(edgesOf(`require(name); import(path)`)).toEqual([]));
  it('reads import.defer()', () => expect(edgesOf(`import.defer('./a')`)).toEqual(['dynamic ./a']));
});

describe('assets, workers, globs', () => {
  it('reads new URL', () => expect(edgesOf(`const u = new URL('./a.txt', import.meta.url)`)).toEqual(['asset ./a.txt']));
  it('reads a worker by new URL', () => expect(edgesOf(`new Worker(new URL("./w.ts", import.meta.url), { type: 'module' })`)).toEqual(['worker ./w.ts']));
  it('gives the range of a URL', () => {
    const text = `// a\nnew Worker(new URL("./w.ts", import.meta.url))`;
    const [edge] = importEdges('a.ts', text);
    expect(text.slice(...(edge?.at ?? [0, 0]))).toBe(`"./w.ts"`);
  });
  it('reads a worker by path', () => expect(edgesOf(`new Worker('worker.js'); new SharedWorker("/shared.js")`)).toEqual(['worker ./worker.js', 'worker /shared.js']));
  it('reads a service worker', () => expect(edgesOf(`navigator.serviceWorker.register('/sw.js', { scope: '/' })`)).toEqual(['worker /sw.js']));
  it('reads every script of importScripts', () => expect(edgesOf(`importScripts('a.js', './b.js')`)).toEqual(['worker ./a.js', 'worker ./b.js']));
  it('has no edge for another host', () => expect(edgesOf(`importScripts('https://cdn.example/a.js'); new Worker('//cdn.example/b.js')`)).toEqual([]));
  it('reads import.meta.glob', () => expect(edgesOf(`import.meta.glob('./pages/*.vue', { eager: true })`)).toEqual(['glob ./pages/*.vue']));
  it('reads a list of globs with what it leaves out', () => {
    const edges: RawEdge[] = importEdges('a.ts', `import.meta.glob(['./a/*.ts', "!./a/*.test.ts", './b/*.ts'])`);
    expect(edges.map(({ specifier, except }) => [specifier, except])).toEqual([['./a/*.ts', ['./a/*.test.ts']], ['./b/*.ts', ['./a/*.test.ts']]]);
  });
  it('reads require.context', () => expect(edgesOf(String.raw`require.context('./modules', true, /\.vue$/)`)).toEqual(['glob ./modules/**/*.vue']));
  it('reads a flat require.context', () => expect(edgesOf(String.raw`require.context("./m", false, /[A-Z]\w+\.(js|ts)$/)`)).toEqual(['glob ./m/*.{js,ts}']));
  it('has no edge for import.meta.env', () => expect(edgesOf(`import.meta.env.MODE; import.meta.url`)).toEqual([]));
});

describe('comments', () => {
  it('skips a line comment', () => expect(edgesOf(`// import a from './a'\n  // require('./b')`)).toEqual([]));
  it('skips a block comment with leading stars', () => expect(edgesOf(`/**\n * import a from './a'\n * @example require('./b')\n */\nimport c from './c'`)).toEqual(['import ./c']));
  it('reads an import behind a closed comment', () => expect(edgesOf(`/* eslint-disable */ import a from './a'`)).toEqual(['import ./a']));
  it('reads an import whose clause holds a commented import', () => expect(edgesOf(`import {\n  a,\n  // import\n} from './a'`)).toEqual(['import ./a']));
});

describe('pages and components', () => {
  it('reads the scripts of a page', () => expect(edgesOf(`<!doctype html>import x from './no'<script type="module" src="/src/main.ts"></script><script src=legacy.js defer></script>`, 'index.html')).toEqual(['import /src/main.ts', 'import ./legacy.js']));
  it('reads the inline module of a page with ranges in the page', () => {
    const text = `<p>it's</p><script type="module">import './a.js'</script>`;
    const [edge] = importEdges('index.html', text);
    expect(text.slice(...(edge?.at ?? [0, 0]))).toBe(`'./a.js'`);
  });
  it('skips data in scripts', () => expect(edgesOf(`<script type="application/json">{"import": "require('./a')"}</script><script type="text/template">import './b'</script>`, 'index.html')).toEqual([]));
  it('skips scripts of another host', () => expect(edgesOf(`<script src="https://cdn.example/a.js"></script><script src="//cdn.example/b.js"></script>`, 'a.html')).toEqual([]));
  it('reads %PUBLIC_URL%', () => expect(edgesOf(`<script src="%PUBLIC_URL%/env.js"></script>`, 'public/index.html')).toEqual(['import /env.js']));
  it('reads an import map', () => expect(importMapOf(`<script type="importmap">{ "imports": { "app/": "/js/", "hilt": "./hilt.js" } }</script>`)).toEqual({ 'app/': '/js/', hilt: './hilt.js' }));
  it('takes a broken import map for none', () => expect(importMapOf(`<script type="importmap">{ "imports": </script>`)).toEqual({}));
  it('reads a Vue component', () => expect(edgesOf(`<template><p>it's</p></template><script setup lang="ts">\nimport A from './A.vue'\n</script><script src="./logic.ts"></script>`, 'a.vue')).toEqual(['import ./A.vue', 'import ./logic.ts']));
  it('reads a Svelte component', () => expect(edgesOf(`<script context="module">export { load } from './load'</script><script>import A from '$lib/A.svelte'</script>{#await import('./b')}{/await}`, 'a.svelte')).toEqual(['reexport ./load', 'import $lib/A.svelte', 'dynamic ./b']));
  it('tells the scripts of an Astro page from its frontmatter', () => expect(edgesOf(`---\nimport A from '../A.astro'\n---\n<A /><script>import '../client'</script><script src="../b.ts"></script>`, 'a.astro')).toEqual(['import ../A.astro', 'script import ../client', 'script import ../b.ts']));
});

describe('hostile text', () => {
  it.each<[name: string, piece: string, count: number]>([
    ['keywords without an end', 'import ', 300_000],
    ['open comments', 'import /*', 200_000],
    ['open comments in calls', 'require(/*', 200_000],
    ['open strings', `import '`, 200_000],
    ['open templates', 'import(`', 200_000],
    ['open braces', 'export { a, import ', 100_000],
    ['open scripts', '<script "', 100_000],
    ['one long line', `a=1;import('./a');`, 100_000],
    ['urls', 'new URL("./a", import.meta.url);', 50_000],
  ])('costs no more than its length: %s', (_name, piece, count) => {
    expect(growth(count, (size) => piece.repeat(size), (text) => importEdges('a.vue', text))).toBeLessThan(linear);
  });

  it.each<[name: string, before: string]>([
    ['behind a name', 'import x'],
    ['behind braces', 'export { x }'],
    ['behind a star', 'export *'],
    ['behind a comma', 'import x,'],
  ])('costs no more than its length: a gap %s', (_name, before) => {
    expect(growth(400_000, (size) => before + ' '.repeat(size), (text) => importEdges('a.ts', text))).toBeLessThan(linear);
  });
});

describe('files that are modules', () => {
  it('takes code', () => expect(['a.js', 'a.mts', 'a.tsx', 'a.vue', 'a.svelte', 'a.astro', 'index.html', 'a.mdx'].filter(isCodeFile)).toHaveLength(8));
  it('leaves declarations and data', () => expect(['a.d.ts', 'a.d.mts', 'a.css.d.ts', 'a.json', 'a.css', 'README.md'].filter(isCodeFile)).toEqual([]));
});
