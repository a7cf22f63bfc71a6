import { describe, expect, it } from 'vitest';
import { read } from './read.ts';

describe('dotenv', () => {
  it('reads a plain assignment with the places of name and value', () => {
    const { declarations } = read('dotenv', '.env', 'A=1\nHILT_API_KEY=abc\n');
    expect(declarations).toEqual([
      { key: 'A', nameText: 'A', valueText: '1', value: '1' },
      { key: 'HILT_API_KEY', nameText: 'HILT_API_KEY', valueText: 'abc', value: 'abc' },
    ]);
  });

  it('takes export, blanks around the equals sign and a trailing comment', () => {
    const file = read('dotenv', '.env', '  export  HILT_API_KEY = foo bar  # why\n');
    expect(file.declarations).toEqual([{ key: 'HILT_API_KEY', nameText: 'HILT_API_KEY', valueText: 'foo bar', value: 'foo bar' }]);
    expect(file.comments).toEqual(['# why']);
  });

  it('does not take a name that is called export for the keyword', () => {
    expect(read('dotenv', '.env', 'export=1\nEXPORT_KEY=2\n').values).toEqual({ export: '1', EXPORT_KEY: '2' });
  });

  it('keeps a number sign that no white space precedes', () => {
    expect(read('dotenv', '.env', 'A=ab#c\nB="x # y" # z\n').values).toEqual({ A: 'ab#c', B: 'x # y' });
  });

  it('undoes the escapes of double quotes and keeps those of single quotes', () => {
    const { declarations } = read('dotenv', '.env', 'A="a\\"b\\nc"\nB=\'a\\nb\'\nC=`x"y\'z`\n');
    expect(declarations.map(({ valueText, value }) => [valueText, value])).toEqual([
      ['"a\\"b\\nc"', 'a"b\nc@a\\"b\\nc'],
      ["'a\\nb'", 'a\\nb'],
      ['`x"y\'z`', 'x"y\'z'],
    ]);
  });

  it('reads a quoted value over several lines, also with CRLF', () => {
    const { declarations } = read('dotenv', '.env', 'PEM="-----BEGIN\r\nabc=\r\n-----END"\r\nB=2\r\n');
    expect(declarations).toEqual([
      { key: 'PEM', nameText: 'PEM', valueText: '"-----BEGIN\r\nabc=\r\n-----END"', value: '-----BEGIN\r\nabc=\r\n-----END' },
      { key: 'B', nameText: 'B', valueText: '2', value: '2' },
    ]);
  });

  it('reads empty values', () => {
    const { declarations } = read('dotenv', '.env', 'A=\nB=""\nC= # none\n');
    expect(declarations.map(({ key, valueText, value }) => [key, valueText, value])).toEqual([['A', '', ''], ['B', '""', ''], ['C', '', '']]);
  });

  it('knows expansions, with the place of each', () => {
    const { values } = read('dotenv', '.env', 'A=$X\nB="a${Y}b"\nC=${Z:-d}\nD=\'$X\'\nE=\\$X\n');
    expect(values).toEqual({ A: 'expansion(X)@$X', B: 'a + expansion(Y)@${Y} + b', C: 'expansion(Z)@${Z:-d} | d', D: '$X', E: '\\ + expansion(X)@$X' });
  });

  it('knows references into stores of secrets', () => {
    const { values } = read('dotenv', '.env', 'A=op://vault/item/field\nB=\'op://vault/item/field\'\nC=$(op read op://v/i/f)\nD=$(date)\nE=encrypted:BAbcdefghijklmnopqrstuvwxyz\n');
    expect(values).toEqual({
      A: 'secret(op://vault/item/field)@op://vault/item/field',
      B: 'secret(op://vault/item/field)@op://vault/item/field',
      C: 'secret(op://v/i/f)@$(op read op://v/i/f)',
      D: 'unknown',
      E: 'unknown',
    });
  });

  it('takes a name that stands alone for one that the host hands on', () => {
    expect(read('dotenv', '.env', 'HILT_API_KEY\n').values).toEqual({ HILT_API_KEY: 'expansion(HILT_API_KEY)@HILT_API_KEY' });
  });

  it('leaves a commented assignment a comment', () => {
    const file = read('dotenv', '.env', '# HILT_API_KEY=abc\n  #X=1\n');
    expect(file.declarations).toEqual([]);
    expect(file.comments).toEqual(['# HILT_API_KEY=abc', '#X=1']);
  });

  it('passes over a byte order mark', () => {
    expect(read('dotenv', '.env', '\uFEFFA=1').declarations).toEqual([{ key: 'A', nameText: 'A', valueText: '1', value: '1' }]);
  });

  it('tells of lines that are none and goes on, without quoting them', () => {
    const file = read('dotenv', '.env', 'A=1\nBAD very secret line\nB=2\n');
    expect(file.values).toEqual({ A: '1', B: '2' });
    expect(file.notices).toEqual([
      { code: 'parse-error', level: 'info', message: '.env was read as far as it goes: line 2 is not `NAME=value`; the text was searched all the same.' },
    ]);
  });

  it('does not let a quote that is never closed swallow the rest', () => {
    const file = read('dotenv', '.env', 'A="open\nB="closed"\n');
    expect(file.declarations.map(({ key, valueText, value }) => [key, valueText, value])).toEqual([['A', '"open', 'open'], ['B', '"closed"', 'closed']]);
    expect(file.notices).toHaveLength(1);
  });

  it('reads a file without a last line end', () => {
    expect(read('dotenv', '.env', 'A=1\r').values).toEqual({ A: '1' });
    expect(read('dotenv', '.env', '').declarations).toEqual([]);
  });
});
