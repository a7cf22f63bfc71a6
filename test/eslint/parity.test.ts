import { describe, expect, it } from 'vitest';
import { readModule } from '../../src/syntax/estree/module-reader.ts';
import type { ScriptLanguage } from '../../src/sources/language.ts';
import { parseWith, type ParserName } from './parsers.ts';

/** What the module reader says of a text as a parser has read it; JSON, so that a field that is `undefined` is none. */
function factsBy(parser: ParserName, text: string, language: ScriptLanguage): unknown {
  const facts = readModule(parseWith(parser, text, language), text, (literal, node) => ({ kind: 'text', text: literal, at: [node.range[0], node.range[1]] }));
  return JSON.parse(JSON.stringify(facts));
}

const javascript: Record<string, string> = {
  'string literals': 'export const a = "x", b = \'y\', c = "\\u0061\\x62\\\n";',
  'numbers, booleans, null, undefined': 'export const a = [1, 0x10, true, false, null, undefined, 1n, -2];',
  'regular expressions': 'const r = /a[/]b/gi; r.test("x");',
  'template literals': 'const a = "x"; export const t = `p${a}q${`${a}r`}s`;',
  'tagged templates': 'const t = String.raw`\\a${1}b`; const u = html`<p>${t}</p>`;',
  'plus chains': 'const a = "x"; export const k = a + ("y" + "z") + 1 + a;',
  'plus assignments': 'let k = "a"; k += "b"; if (k) k += "c"; export { k };',
  'arithmetic': 'const n = (1 - 2) * 3 / 4 % 5 ** 2 ^ 6 | 7 & 8 << 9 >> 1 >>> 2; f(n);',
  'logical and conditional': 'export const k = process.env.A || process.env.B || "c"; const t = k ? "a" : "b"; g(k && t);',
  'nullish': 'export const k = process.env.A ?? "c"; let m; m ??= k; m ||= "d"; m &&= "e";',
  'optional chaining': 'export const k = a?.b?.["c"]?.(d)?.e; process?.env?.HILT_API_KEY;',
  'parentheses': 'export const k = ((("a"))) + ("b"); (f)((k)); (a, b);',
  'environment reads': 'const { HILT_API_KEY: k, X = "d", ...rest } = process.env; f(k, X, rest, process.env["Y"], process.env.Z, import.meta.env.V);',
  'destructuring': 'const { a: { b: [c, , d = "e"] }, ...f } = g(); const [h, ...i] = j; export { c, d, f, h, i };',
  'destructuring assignments': 'let a, b; ({ a, b = "c" } = d); [a, b] = [b, a]; export { a, b };',
  'objects': 'const p = "x"; export const o = { p, "q-r": 1, [p + "s"]: 2, t() { return "u"; }, get v() { return "w"; }, set v(z) {}, async *x() {}, ...p, 3: 4 };',
  'arrays': 'export const a = ["a", , ...b, ["c", "d"]].join("") + ["e", "f"].concat("g");',
  'headers': 'const h = new Headers([["X-Hilt-Key", k]]); h.set("X-Hilt-Key", k); fetch(u, { headers: { "X-Hilt-Key": k, authorization: `Bearer ${k}` } });',
  'functions': 'export function f(a, b = "c", ...d) { return a + b + d; } export default async function () { return await f("x"); }',
  'arrows': 'export const f = (a, { b, c: [d] } = {}) => a + b + d; const g = async (x) => { return x; }; const h = x => ({ x });',
  'generators': 'export function* f() { yield "a"; yield* g(); return "b"; }',
  'closures and shadowing': 'const a = "x"; function f(a) { { let a = "y"; var z = a; } return a + z; } f(a);',
  'classes': 'class A extends B { static s = "a"; f = "b"; #p = "c"; constructor(k) { super({ apiKey: k }); this.k = k; } m() { return this.k + this.f + this.#p; } get g() { return "d"; } static t() { return "e"; } static { f(); } ["c" + 1] = 2; } export { A };',
  'class expressions': 'export const C = class D { m() { return D; } }; new C().m();',
  'calls and new': 'new HiltClient({ apiKey: "a" }); f(...a, "b"); a.b.c("d")("e"); new (g())(); void h(); await k();',
  'dropped results': 'f(); await g(); const x = f(); (async () => { await h(); })();',
  'statements': 'if (a) f("a"); else f("b"); for (const x of y) g(x + "z"); for (let i = 0; i < 1; i++) h(i); while (a) break; do { a; } while (b); switch (a) { case "c": f("d"); break; default: g("e"); } try { f(); } catch (e) { g(e + "x"); } finally { h(); } label: for (const k in o) continue label;',
  'throw': 'export function f(k) { throw new Error("bad " + k); }',
  'imports': 'import d, { a, b as c, "x-y" as e } from "./m"; import * as n from "./n"; import "./side"; import j from "./j.json" with { type: "json" }; f(d, a, c, e, n.q, j);',
  'exports': 'export { a, b as c } from "./m"; export * from "./n"; export * as o from "./o"; const x = "y"; export { x as default, x as "z-z" };',
  'dynamic imports': 'const m = await import("./a"); import(`./b/${x}.js`); new Worker(new URL("./w.js", import.meta.url)); import.meta.glob("./*.ts");',
  'CommonJS': 'const { a } = require("./a"); exports.b = a; module.exports = { c: a + "d" }; module.exports.e = require("./f").g;',
  'directives': '"use client";\n\'use strict\';\nexport const a = "b";',
  'comments': '// one\nconst a = /* two */ "b"; /** three */\n/* @__PURE__ */ f();',
  'string methods': 'const k = "ba".split("").reverse().join("") + Buffer.from("aGs=", "base64").toString() + atob("aGs=") + String.fromCharCode(104, 107); f(k.slice(1, 2), k["at"](0));',
  'JSX': 'const k = "a"; export const e = <a.B c="d" e={`f${k}`} {...g} h><i>text {k + "j"} more</i><></>{/* none */}</a.B>;',
  'JSX names': 'export const e = <svg:path xlink:href="a" data-x={1}><My-el/><Comp render={() => <p/>}/></svg:path>;',
  'meta properties': 'function F() { return new.target; } f(import.meta.url, import.meta.dirname);',
  'sequence and comma': 'let a; a = ("x", "y"); for (a = 0, b = 1; ;) { break; }',
  'getters of constants': 'const o = { get k() { return "a" + "b"; } }; f(o.k);',
  'object mutation': 'const o = {}; o.a = "b"; o["c"] = "d"; o[e] = "f"; const l = []; l.push("g", ...h); f(o, l);',
  'async iteration': 'for await (const x of y) f(x); async function* g() { yield* z; }',
  'private in and class fields': 'class A { #a; static is(o) { return #a in o; } b = () => this.#a; }',
  'hashbang': '#!/usr/bin/env node\nconst a = "b" + "c";',
};

const typescript: Record<string, string> = {
  'annotations': 'const a: string = "x"; let b: Array<string> | undefined; function f<T extends string>(this: void, p: T, q?: number): asserts p is T { return; } export { a, b, f };',
  'assertions': 'const k = ("a" as const) + (<string>"b") + c! + (d satisfies string); f(k as unknown as string);',
  'enums': 'enum E { A = "a", B = "b" + "c", C = 1, D } const enum F { X = "y" } declare enum G { H } f(E.A + F.X + E["B"]);',
  'namespaces': 'namespace N { export const a = "b"; export namespace M { export const c = a + "d"; } } f(N.a); declare module "x" { export const y: string; }',
  'interfaces and types': 'interface I { apiKey: "x" } type T = `a${string}` | "b"; export type { T }; export interface J extends I {} declare const z: "lit"; f(z);',
  'type imports': 'import type { A } from "./a"; import { type B, c } from "./b"; import type D from "./d"; export type { E } from "./e"; export { type F, g } from "./f"; c(); export * from "./h";',
  'import equals': 'import fs = require("node:fs"); import type X = require("./x"); fs.a("b"); export = fs;',
  'parameter properties': 'class A { constructor(private readonly key: string, public name = "x", protected o?: number) { f(key); } m() { return this.key + this.name; } }',
  'class members': 'abstract class A<T> extends B<T> implements C { private a: string = "b"; declare z: string; static readonly c = "d" as const; abstract m(): void; abstract n: string; override p?(): string; accessor q = "r"; [k: string]: unknown; }',
  'decorators': '@Injectable({ key: "a" }) class A { @Input() b = "c"; @Output("d") m(@Inject("e") f: string) { return f + "g"; } }',
  'overloads': 'function f(a: string): string; function f(a: number): number; function f(a: unknown) { return a + "b"; } f("c");',
  'generics calls': 'f<string>("a"); new Map<string, string>([["b", "c"]]); const g = f<number>; h?.("d");',
  'declare': 'declare global { interface Window { k: string } } declare function f(a: string): void; declare class C { m(): void; } declare let v: string; f(v);',
  'definite and optional': 'let a!: string; class B { c!: string; d?: string = "e"; } const o = a!.b?.c!; f(o);',
  'abstract constructors and tuples': 'type X = abstract new (...a: [string, b?: number]) => unknown; const t = ["a", "b"] as [string, string]; f(t[0] + t[1]);',
  'export assignment of a class': 'export default class extends B { k = "a" + "b"; } export abstract class C {}',
  'declared types': 'import type { A, B as C } from "./a"; import type * as N from "./n"; type P<T> = Promise<T> | null; interface D extends N.Base<A> { a: A; b?: C[]; m(x: A): P<C>; readonly "k-l": D["a"]; get g(): A } declare const z: "lit" | "b"; class K<T extends A> { private q!: N.Q.R; constructor(private readonly t: T, { a }: D, ...rest: A[]) { a.x(); } get v(): A { return f(); } } export function f(p: import("./p").X<A>, o: typeof z = "b"): Awaited<ReturnType<typeof f>> { return g<A>(p)! as C; } const o: D = { apiKey: "x", in: { token: "y" } }; h({ apiKey: "z" } satisfies D); const fn: (c: A) => [A, C] = (c) => c.d();',
  'augmented types': 'declare module "m" { interface I { a: A } } declare global { namespace N { interface J { b: B } } interface Window { c: C } }',
  'environment': 'const k: string = process.env.HILT_API_KEY!; const { A } = process.env as Record<string, string>; f(k, A, (process.env as any).B);',
};

describe.each(Object.entries(javascript))('JavaScript: %s', (name, text) => {
  it.each<ParserName>(['typescript-eslint', 'Babel', 'oxc', 'TypeScript'])('reads the same as espree from %s', (parser) => {
    expect(factsBy(parser, text, 'jsx'), name).toEqual(factsBy('espree', text, 'jsx'));
  });
});

describe.each(Object.entries(typescript))('TypeScript: %s', (name, text) => {
  it.each<ParserName>(['oxc', 'TypeScript'])('reads the same as typescript-eslint from %s', (parser) => {
    expect(factsBy(parser, text, 'ts'), name).toEqual(factsBy('typescript-eslint', text, 'ts'));
  });
});

// With JSX on, `<T>x` is an element, so Babel reads these without assertions in angle brackets.
describe.each(Object.entries(typescript).filter(([, text]) => !text.includes('<string>"b"')))('TypeScript by Babel: %s', (name, text) => {
  it('reads the same as typescript-eslint', () => {
    expect(factsBy('Babel', text, 'tsx'), name).toEqual(factsBy('typescript-eslint', text, 'tsx'));
  });
});
