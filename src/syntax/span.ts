/** A half-open range of UTF-16 offsets in the decoded text of one file. */
export type Span = readonly [start: number, end: number];

export function contains(outer: Span, inner: Span): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}

/** Whether two spans share a character. */
export function overlap(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1];
}

/** Sorts by where they begin, then by where they end. */
export function inOrder<T extends { readonly at: Span }>(items: T[]): T[] {
  return items.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
}
