import { describe, expect, it } from 'vitest';
import { readModule } from '../../../src/syntax/estree/module-reader.ts';
import { parseProgram } from '../../../src/syntax/estree/parse.ts';

/** Whatever the parsers make of it, the process is alive to be asked for more. */
function survives(text: string): void {
  parseProgram(text, 'ts');
  expect(parseProgram('export const a = 1;', 'ts')?.recovered).toBe(false);
}

// Each of these ended the process, since the native parser overflows the stack.
describe('a chain that nests without brackets', () => {
  it('may be of else', () => survives(`${'if (a) { b(); } else '.repeat(10_000)}c();`));
  it('may be of else without blocks', () => survives(`${'if (a) b; else '.repeat(10_000)}c();`));
  it('may be of loops', () => survives(`${'for (;;) '.repeat(10_000)};`));
  it('may be of conditions', () => survives(`${'if (a) '.repeat(10_000)};`));
  it('may be of word operators', () => survives(`x = ${'typeof '.repeat(30_000)}a;`));
  it('may be of assignments', () => survives(`${'a='.repeat(30_000)}1;`));
  it('may be of labels', () => survives(`${Array.from({ length: 30_000 }, (_, i) => `l${i}:`).join('')}a;`));
  it('may be of classes', () => survives(`${'class A extends '.repeat(15_000)}B {}`));
  it('may be of generic types', () => survives(`type A = ${'a<'.repeat(10_000)}b${'>'.repeat(10_000)};`));
  it('may be of function types', () => survives(`type A = ${'()=>'.repeat(30_000)}b;`));
});

describe('an ordinary program', () => {
  it('is parsed fast with many statements of the same kind', () => {
    expect(parseProgram('if (a) { b(); } else { c(); }\nfor (const x of y) typeof x;\n'.repeat(4_000), 'ts')?.recovered).toBe(false);
  });
  it('is parsed fast with a long chain of else', () => expect(parseProgram(`${'if (a) { b(); } else '.repeat(1_000)}c();`, 'ts')?.recovered).toBe(false));
  it('is parsed fast with many comparisons', () => expect(parseProgram('if (a < b && c < d) f(a < b);\n'.repeat(4_000), 'ts')?.recovered).toBe(false));
  it('is read with a list as long as a module may be', () => {
    const text = `import { start } from 'x';\nstart([${'1,'.repeat(130_000)}]);\n`;
    const program = parseProgram(text, 'ts')?.program;
    expect(program && readModule(program, text, () => ({ kind: 'unknown' })).statements).toHaveLength(2);
  });
  it('is parsed fast with many fields', () => expect(parseProgram(`interface A {\n${'  readonly a: string;\n'.repeat(8_000)}}`, 'ts')?.recovered).toBe(false));
});
