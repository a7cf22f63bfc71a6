/** A half-open range of UTF-16 offsets in the decoded text of one file. */
export type Span = readonly [start: number, end: number];
