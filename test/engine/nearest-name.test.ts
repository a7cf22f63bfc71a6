import { describe, expect, it } from 'vitest';
import { getNearestName } from '../../src/engine/nearest-name.ts';

const names = ['rules', 'ignore', 'client', 'server', 'integrations', 'key', 'hosts', 'baseline'];

describe('getNearestName', () => {
  it('finds a name with a letter left out', () => expect(getNearestName('integratons', names)).toBe('integrations'));
  it('finds a name with two letters swapped', () => expect(getNearestName('ignroe', names)).toBe('ignore'));
  it('finds a name with one letter too many', () => expect(getNearestName('rulees', names)).toBe('rules'));
  it('finds a name in another case', () => expect(getNearestName('BaseLine', names)).toBe('baseline'));
  it('finds nothing where nothing is near', () => expect(getNearestName('exclude', names)).toBeUndefined());
  it('finds nothing among no names', () => expect(getNearestName('rules', [])).toBeUndefined());
});
