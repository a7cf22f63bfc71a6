import { describe, expect, it } from 'vitest';
import { makeFingerprint, makeOrdinalFingerprint } from '../../src/engine/fingerprint.ts';
import { indexLines } from '../../src/engine/line-index.ts';
import { sortPlaces } from '../../src/engine/secret-places.ts';

function fingerprintOf(text: string, part: string, changes: { file?: string; rule?: string; subject?: string } = {}): string {
  const start = text.indexOf(part);
  const at = [start, start + part.length] as const;
  return makeFingerprint({ rule: 'no-hardcoded-key', file: 'src/a.ts', subject: 'digest', text, lines: indexLines(text), at, secrets: sortPlaces([{ at }]), ...changes });
}

describe('a fingerprint', () => {
  const text = 'const k = "SECRET";';
  const base = fingerprintOf(text, 'SECRET');

  it('is 32 hex digits', () => expect(base).toMatch(/^[0-9a-f]{32}$/));
  it('stays when lines move', () => expect(fingerprintOf(`// a\n\n${text}\n// b`, 'SECRET')).toBe(base));
  it('stays when the line is indented again or gets another line end', () => {
    expect(fingerprintOf('\tconst  k =   "SECRET";\r\n', 'SECRET')).toBe(base);
  });
  it('does not depend on the text of the secret beyond its digest', () => expect(fingerprintOf('const k = "OTHER";', 'OTHER')).toBe(base));
  it('changes with the path, so that a new place of a known key is new', () => expect(fingerprintOf(text, 'SECRET', { file: 'src/b.ts' })).not.toBe(base));
  it('changes with the rule', () => expect(fingerprintOf(text, 'SECRET', { rule: 'no-client-key' })).not.toBe(base));
  it('changes with the digest', () => expect(fingerprintOf(text, 'SECRET', { subject: 'another' })).not.toBe(base));
  it('changes with the text around it', () => expect(fingerprintOf('const other = "SECRET";', 'SECRET')).not.toBe(base));
  it('of the second one in a file is another', () => {
    expect(makeOrdinalFingerprint(base, 1)).toBe(base);
    expect(makeOrdinalFingerprint(base, 2)).not.toBe(base);
    expect(makeOrdinalFingerprint(base, 3)).not.toBe(makeOrdinalFingerprint(base, 2));
  });
  it('of a place in a long line does not change with what is far away', () => {
    const far = 'x'.repeat(1000);
    expect(fingerprintOf(`${far}${text}${far}`, 'SECRET')).toBe(fingerprintOf(`yy${far}${text}${far}zz`, 'SECRET'));
  });

  it('masks the secrets beside it, in whatever order and however they overlap', () => {
    const around = 'a=ONE;b=TWO;c=THREE;';
    const at = [2, 5] as const;
    const make = (source: string, places: readonly (readonly [number, number])[]): string =>
      makeFingerprint({ rule: 'no-hardcoded-key', file: 'src/a.ts', subject: 'digest', text: source, lines: indexLines(source), at, secrets: sortPlaces(places.map((place) => ({ at: place }))) });
    expect(make(around, [[14, 19], at, [8, 11]])).toBe(make('a=ONE;b=SIX;c=SEVEN;', [at, [8, 11], [14, 19]]));
    expect(make(around, [[8, 11], [8, 19], at])).toBe(make('a=ONE;b=SIX;c=SEVEN;', [at, [8, 11], [8, 19]]));
    expect(make(around, [at])).not.toBe(make('a=ONE;b=SIX;c=SEVEN;', [at]));
  });
});
