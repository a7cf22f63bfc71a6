import { describe, expect, it } from 'vitest';
import { findVariableReads } from '../../../src/syntax/text/find-variable-reads.ts';
import { growth, linear } from '../../support/growth.ts';

/** `name form` of what is read, with the text at its place. */
function readsIn(text: string): string[] {
  return findVariableReads(text).map((read) => `${read.name} ${read.form} ${text.slice(...read.at)}`);
}

describe('reads of the environment in a text', () => {
  it('are found in the ways in which members are written', () => {
    expect(readsIn('f(process.env.A, import.meta.env["B"], process.env?.C, Deno.env.get("D"))')).toEqual([
      'A dot process.env.A', 'B bracket import.meta.env["B"]', 'C optional process.env?.C', 'D call Deno.env.get("D")',
    ]);
  });

  it('are found where they are taken apart', () => {
    expect(readsIn(`const { A, B: b, C = '' } = import.meta.env;`)).toEqual(['A destructured A', 'B destructured B', 'C destructured C']);
    expect(readsIn('const { env, A } = process.env.NODE_ENV;')).toEqual(['NODE_ENV dot process.env.NODE_ENV']);
  });

  it('are found under another name for the environment', () => {
    expect(readsIn('const e = import.meta.env ?? {};\nf(e.VITE_A, e["VITE_B"], e?.VITE_C);')).toEqual(['VITE_A alias e.VITE_A', 'VITE_B alias e["VITE_B"]', 'VITE_C alias e?.VITE_C']);
    expect(readsIn('var a=1,e=process.env,{HILT_KEY:t,mode:m}=e;')).toEqual(['HILT_KEY destructured HILT_KEY']);
    expect(readsIn('const e = import.meta.env.VITE_A; e.VITE_B; const f = import.meta; f.VITE_C')).toEqual(['VITE_A dot import.meta.env.VITE_A']);
    expect(readsIn('const e = import.meta.env; x.e.VITE_A; e.preventDefault(); e.TYPE; e.VITE_B(); "e.VITE_C" // e.VITE_D')).toEqual([]);
  });

  it('are none in comments and in quotes', () => {
    expect(readsIn('<!-- process.env.E --> // process.env.A\n/* process.env.B */ x("process.env.C", \'process.env.D\')')).toEqual([]);
    expect(readsIn('// process.env.A\nprocess.env.B')).toEqual(['B dot process.env.B']);
  });

  it('are found in templates, beside quotes that are none, and behind what looks like a comment', () => {
    expect(readsIn('`${process.env.A}`')).toEqual(['A dot process.env.A']);
    expect(readsIn("<p>Don't {process.env.A}</p>")).toEqual(['A dot process.env.A']);
    expect(readsIn(`x.replace(/["']/g, process.env.A)`)).toEqual(['A dot process.env.A']);
    expect(readsIn('glob("src/**", process.env.A); y = a / b; z = process.env.B / 2')).toEqual(['A dot process.env.A', 'B dot process.env.B']);
    expect(readsIn('f("https://a.b/", process.env.A)')).toEqual(['A dot process.env.A']);
  });

  it('are no members of another object, and no methods', () => {
    expect(readsIn('my.process.env.A; process.environment.B; process.env.hasOwnProperty("C"); subprocess.env.D')).toEqual([]);
  });

  it('take time in step with the text', () => {
    for (const unit of ['"\\"', '{a, ', '=/[', '/* ', "'", 'import.meta.env [ ', 'e=import.meta.env,{e', 'e?.[ ']) expect(growth(200_000, (size) => unit.repeat(size / unit.length), findVariableReads)).toBeLessThanOrEqual(linear);
  });
});
