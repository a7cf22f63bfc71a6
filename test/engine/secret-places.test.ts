import { describe, expect, it } from 'vitest';
import { placesNear, sortPlaces } from '../../src/engine/secret-places.ts';

describe('the places near a span', () => {
  const near = (places: readonly (readonly [number, number])[], span: readonly [number, number]): unknown[] => placesNear(sortPlaces(places.map((at) => ({ at }))), span).map(({ at }) => at);

  it('are those that overlap or touch it, by where they start', () => {
    expect(near([[30, 40], [0, 5], [10, 20], [21, 25]], [20, 30])).toEqual([[10, 20], [21, 25], [30, 40]]);
  });
  it('are found behind one that reaches far', () => {
    expect(near([[0, 100], [2, 4], [50, 60]], [70, 80])).toEqual([[0, 100]]);
  });
  it('are none before the first and behind the last', () => {
    expect(near([[10, 20]], [0, 9])).toEqual([]);
    expect(near([[10, 20]], [21, 30])).toEqual([]);
  });
});
