import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { readDeclarations } from '../../../src/syntax/data/index.ts';
import { read } from './read.ts';

describe('TOML', () => {
  it('declares the variables of a wrangler file', () => {
    const { declarations } = read('toml', 'wrangler.toml', 'name = "bot" # c\n\n[vars]\nHILT_API_KEY = "abc"\n\n[env.production.vars]\nHILT_API_KEY = \'def\'\n');
    expect(declarations).toEqual([
      { key: 'name', nameText: 'name', valueText: '"bot"', value: 'bot' },
      { key: 'vars/HILT_API_KEY', nameText: 'HILT_API_KEY', valueText: '"abc"', value: 'abc' },
      { key: 'env/production/vars/HILT_API_KEY', nameText: 'HILT_API_KEY', valueText: "'def'", value: 'def' },
    ]);
  });

  it('reads dotted and quoted keys, inline tables, arrays over lines and arrays of tables', () => {
    const { declarations } = read('toml', 'a.toml', 'a."b c".d = 1_000\nt = { x = "1", y.z = true }\nl = [ "p", # c\n  \'q\',\n]\n[[s]]\nn = "1"\n[[s]]\nn = "2"\n[s.sub]\nm = 1979-05-27 07:32:00Z\n');
    expect(declarations.map(({ key, valueText, value }) => [key, valueText, value])).toEqual([
      ['a/b c/d', '1_000', 'number 1000'],
      ['t/x', '"1"', '1'],
      ['t/y/z', 'true', 'constant true'],
      ['l/0', '"p"', 'p'],
      ['l/1', "'q'", 'q'],
      ['s/0/n', '"1"', '1'],
      ['s/1/n', '"2"', '2'],
      ['s/1/sub/m', '1979-05-27 07:32:00Z', '1979-05-27 07:32:00Z'],
    ]);
  });

  it('undoes escapes and keeps the place of a reference', () => {
    expect(read('toml', 'a.toml', 'a = "x\\t\\u0041${K}"\n').values).toEqual({ a: 'x\tA@x\\t\\u0041 + expansion(K)@${K}' });
  });

  it('reads texts over several lines', () => {
    const { declarations } = read('toml', 'a.toml', 'a = """\nx \\\n   y""z"""\nb = \'\'\'\nit\'s\'\'\'\n');
    expect(declarations.map(({ valueText, value }) => [valueText, value])).toEqual([
      ['"""\nx \\\n   y""z"""', 'x y""z@x \\\n   y""z'],
      ["'''\nit's'''", "it's"],
    ]);
  });

  it('agrees with smol-toml on the values of a valid file', () => {
    const text = 'a = "q\\"\\\\ \\U0001F600"\nb.c = \'l\\n\'\n[x]\n"k y" = """\n m\n"""\nz = [["1"], [ "2", "3" ]]\n[[x.l]]\nv = "t\\\n"\n'.replace('t\\\n', 't');
    const parsed = parse(text) as unknown;
    const declarations = readDeclarations('toml', 'a.toml', text).declarations;
    expect(declarations).toHaveLength(7);
    for (const { path, name, value } of declarations) {
      const expected = [...path, name].reduce((at: unknown, key) => (at as Record<string, unknown>)[key], parsed);
      expect(value).toMatchObject({ kind: 'text', text: expected });
    }
  });

  it('passes over what is no TOML, with a notice, and goes on', () => {
    const file = read('toml', 'a.toml', 'a = "1"\nnonsense here\nb = "open\n[broken\nc = "2"\n');
    expect(file.values).toEqual({ a: '1', c: '2' });
    expect(file.notices).toEqual([
      { code: 'parse-error', level: 'info', message: 'a.toml was read as far as it goes: 3 places (the first on line 2) are not valid TOML; the text was searched all the same.' },
    ]);
  });

  it('tells of a key that is given twice without quoting the line', () => {
    const file = read('toml', 'a.toml', 'canary = "1"\ncanary = "2"\n');
    expect(file.declarations).toHaveLength(2);
    expect(file.notices.map(({ code }) => code)).toEqual(['parse-error']);
    expect(file.notices[0]?.message).not.toContain('canary');
  });

  it('reads CRLF and a byte order mark, and survives deep nesting', () => {
    expect(read('toml', 'a.toml', '\uFEFF[v]\r\nA = "x"\r\n').values).toEqual({ 'v/A': 'x' });
    expect(read('toml', 'a.toml', `a = ${'['.repeat(100_000)}\nb = "x"\n`).notices).toHaveLength(1);
  });
});
