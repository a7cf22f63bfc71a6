/** A half-open range of UTF-16 offsets in the decoded text of one file. */
export type Span = readonly [start: number, end: number];

export function contains(outer: Span, inner: Span): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}

/** Whether two spans share a character. */
export function overlap(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1];
}
