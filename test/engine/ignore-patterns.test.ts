import { describe, expect, it } from 'vitest';
import { compileIgnorePatterns } from '../../src/engine/ignore-patterns.ts';

function ignored(patterns: string[], file: string, base = ''): boolean {
  return compileIgnorePatterns(patterns, base)(file);
}

describe('ignore patterns', () => {
  it('match a folder at any depth', () => {
    expect(ignored(['fixtures/'], 'fixtures/a.ts')).toBe(true);
    expect(ignored(['fixtures/'], 'packages/x/fixtures/deep/.env')).toBe(true);
    expect(ignored(['fixtures/'], 'src/fixtures.ts')).toBe(false);
  });
  it('with a slash at the end do not match a file of that name', () => expect(ignored(['fixtures/'], 'fixtures')).toBe(false));
  it('match a file name at any depth', () => {
    expect(ignored(['*.snap'], 'test/__snapshots__/a.snap')).toBe(true);
    expect(ignored(['.env.example'], 'apps/web/.env.example')).toBe(true);
    expect(ignored(['*.snap'], 'a.snapshot')).toBe(false);
  });
  it('with a slash are anchored', () => {
    expect(ignored(['/vendor'], 'vendor/a.js')).toBe(true);
    expect(ignored(['/vendor'], 'src/vendor/a.js')).toBe(false);
    expect(ignored(['test/fixtures'], 'test/fixtures/a.ts')).toBe(true);
    expect(ignored(['test/fixtures'], 'x/test/fixtures/a.ts')).toBe(false);
  });
  it('are taken back by a later one with an exclamation mark', () => {
    expect(ignored(['fixtures/', '!fixtures/keep.ts'], 'fixtures/keep.ts')).toBe(false);
    expect(ignored(['!fixtures/keep.ts', 'fixtures/'], 'fixtures/keep.ts')).toBe(true);
  });
  it('are relative to the folder of the configuration', () => {
    expect(ignored(['/fixtures'], 'packages/a/fixtures/x', 'packages/a')).toBe(true);
    expect(ignored(['/fixtures'], 'fixtures/x', 'packages/a')).toBe(false);
  });
});
