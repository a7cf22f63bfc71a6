import type { Span } from '../syntax/span.ts';

interface Placed { readonly at: Span }

/** Places of a file by where they start, and how far the ones up to each reach: those near a finding are found without the others. */
export interface SecretPlaces<T extends Placed = Placed> {
  readonly places: readonly T[];
  readonly reach: readonly number[];
}

export function sortPlaces<T extends Placed>(places: readonly T[]): SecretPlaces<T> {
  const sorted = [...places].sort((a, b) => a.at[0] - b.at[0]);
  let furthest = 0;
  return { places: sorted, reach: sorted.map(({ at }) => (furthest = Math.max(furthest, at[1]))) };
}

/** The places that overlap or touch a span, by where they start. */
export function placesNear<T extends Placed>({ places, reach }: SecretPlaces<T>, [start, end]: Span): T[] {
  const near: T[] = [];
  for (let i = firstReaching(reach, start); i < places.length; i++) {
    const place = places[i] as T;
    if (place.at[0] > end) break;
    if (place.at[1] >= start) near.push(place);
  }
  return near;
}

/** The index of the first of ascending numbers that is not below `limit`. */
function firstReaching(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) >= limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
