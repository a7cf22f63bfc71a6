import type { Comment } from '../module-summary.ts';
import type { Span } from '../span.ts';

/** The comments of a script: a `#` at the start of a word, outside quotes and heredocs. */
export function commentsOf(text: string, strings: readonly Span[]): Comment[] {
  const comments: Comment[] = [];
  let next = 0;
  for (const match of text.matchAll(/(?:^|[\s;&|()])(#[^\n]*)/g)) {
    const start = match.index + match[0].length - (match[1] ?? '').length;
    while ((strings[next]?.[1] ?? Infinity) <= start) next += 1;
    const string = strings[next];
    if (string && string[0] <= start) continue;
    comments.push({ text: (match[1] ?? '').slice(1), at: [start, start + (match[1] ?? '').length], block: false });
  }
  return comments;
}
