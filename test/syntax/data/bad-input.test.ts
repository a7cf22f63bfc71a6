import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeclarations } from '../../../src/syntax/data/index.ts';
import type { Language } from '../../../src/syntax/module-summary.ts';
import type { Value } from '../../../src/syntax/value.ts';
import { growth, linear } from '../../support/growth.ts';

const files: readonly (readonly [Language, string])[] = [
  ['dotenv', '.env'], ['json', 'a.json'], ['yaml', 'a.yml'], ['toml', 'a.toml'], ['properties', 'a.properties'], ['properties', 'a.ini'],
  ['properties', 'a.conf'], ['properties', 'a.xcconfig'], ['properties', 'a.service'], ['text', 'Procfile'], ['text', 'crontab'],
  ['xml', 'Info.plist'], ['dockerfile', 'Dockerfile'], ['makefile', 'Makefile'], ['http', 'a.http'], ['hcl', 'a.tf'],
  ['groovy', 'build.gradle'], ['kotlin', 'A.kt'], ['swift', 'A.swift'], ['dart', 'a.dart'], ['text', 'A.java'],
];

/** Pieces that mean something in one format or another. */
const pieces = [
  'HILT_API_KEY', 'a', '=', ':', ': ', ' ', '\n', '\r\n', '\t', '"', "'", '`', '"""', '#', '//', '/*', '*/', '{', '}', '[', ']', '(', ')', ',', '$', '${', '{{', '}}', '${{ secrets.X }}',
  '\\', '\\\n', '- ', '|\n  ', '&a ', '*a', '<<: ', '<a b="c">', '</a>', '<key>k</key>', '&amp;', '<!--', '-->', 'ENV ', 'RUN ', '<<EOF\n', 'EOF\n', 'export ', 'val ', 'let ', 'def ', '\uFEFF', '\0', 'é', '😀',
  'buildConfigField(', 'BuildConfig.K', 'name: ', 'value: ', 'op://v/i/f', '?', '??', '+',
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((chosen) => chosen.join(''));

function spansOf(value: Value): (readonly [number, number])[] {
  const own = 'at' in value && value.at !== undefined ? [value.at] : [];
  if (value.kind === 'concat') return [...own, ...value.parts.flatMap(spansOf)];
  if (value.kind === 'choice') return [...own, ...value.options.flatMap(spansOf)];
  return own;
}

describe('any text in any format', () => {
  it.each(files)('%s (%s) is read without an error, with spans inside the text', (language, file) => {
    fc.assert(
      fc.property(text, (source) => {
        const data = readDeclarations(language, file, source);
        const spans = [
          ...data.declarations.flatMap(({ at, valueAt, value }) => [at, valueAt, ...spansOf(value)]),
          ...data.comments.map(({ at }) => at),
          ...data.commands.map(({ at }) => at),
          ...data.reads.map(({ at }) => at),
        ];
        for (const [start, end] of spans) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.length);
        }
        expect(data.notices.filter(({ code }) => code === 'manifest-unreadable')).toEqual([]);
        expect(data.notices.every(({ level, file: told }) => level === 'info' && told === file)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it.each(files)('%s (%s) never quotes the text in a notice', (language, file) => {
    fc.assert(
      fc.property(text, (source) => {
        const { notices } = readDeclarations(language, file, source.replaceAll('a', 'canary'));
        expect(notices.map(({ message }) => message).join('\n')).not.toContain('canary');
      }),
      { numRuns: 50 },
    );
  });
});

describe('hostile text', () => {
  it.each<[name: string, size: number, make: (size: number) => string]>([
    ['unclosed references', 100_000, (size) => '${'.repeat(size)],
    ['unclosed templates', 100_000, (size) => '{{'.repeat(size)],
    ['quotes', 100_000, (size) => '"'.repeat(size)],
    ['apostrophes', 100_000, (size) => "'".repeat(size)],
    ['brackets', 100_000, (size) => '['.repeat(size)],
    ['parentheses', 50_000, (size) => '(a+'.repeat(size)],
    ['blanks', 200_000, (size) => `a${' '.repeat(size)}b`],
    ['continued lines', 50_000, (size) => 'a \\\n'.repeat(size)],
    ['dots', 100_000, (size) => 'a.'.repeat(size)],
    ['elements', 50_000, (size) => '<a>'.repeat(size)],
    ['assignments', 50_000, (size) => 'a=b,'.repeat(size)],
    // Its length grows with the square of its depth.
    ['indentation', 180_000, (size) => Array.from({ length: Math.sqrt(2 * size) }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  ])('%s cost no more than their length in any format', (_, size, make) => {
    for (const [language, file] of files) {
      expect.soft(growth(size, make, (source) => readDeclarations(language, file, source)), `${language} ${file}`).toBeLessThan(linear);
    }
  }, 120_000);
});
