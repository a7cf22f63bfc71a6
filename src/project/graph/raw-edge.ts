import type { ImportEdge } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';

/**
 * What a file seems to import, found in its text without parsing it. A superset of the truth: it may name an import that stands
 * in a string, and never leaves out one that a bundler would follow and that is written with literals.
 */
export interface RawEdge {
  /** As written, escapes undone. For `how: "glob"` a glob pattern in picomatch's syntax. */
  readonly specifier: string;
  readonly how: ImportEdge['how'];
  readonly typeOnly: boolean;
  /** The literal with its quotes; offsets in the text that was given. */
  readonly at: Span;
  /** Stands in a processed `<script>` of an Astro file: a program of the client inside a file of the server. */
  readonly script?: true;
  /** Of a glob: patterns that it leaves out. */
  readonly except?: readonly string[];
}

/** Adds the edge unless its statement begins in a comment line or names nothing of the repository; gives the offset behind the literal. */
export function push(text: string, index: number, edge: RawEdge, edges: RawEdge[]): number {
  if (edge.specifier !== '' && !isRemote(edge.specifier) && !inCommentLine(text, index)) edges.push(edge);
  return edge.at[1];
}

/** Names what is no module of the repository. */
function isRemote(specifier: string): boolean {
  return /^(?:https?:|data:|blob:|node:|file:|\/\/)/.test(specifier) || specifier.length > 1024;
}

const longestIndent = 400;

/**
 * Whether the line begins with a comment that has not ended at `index`. Only the line's own start is looked at: what stands in the middle
 * of a block comment without the customary `*` stays an edge, which a parser then refutes.
 */
function inCommentLine(text: string, index: number): boolean {
  const floor = Math.max(0, index - longestIndent);
  let start = index;
  while (start > floor && text.charCodeAt(start - 1) !== 10) start--;
  if (start === floor && floor > 0) return false;
  while (start < index && isSpace(text.charCodeAt(start))) start++;
  const first = text.charCodeAt(start);
  if (first === 47 && text.charCodeAt(start + 1) === 47) return true;
  const block = (first === 47 && text.charCodeAt(start + 1) === 42) || (first === 42 && text.charCodeAt(start + 1) !== 47);
  return block && !text.slice(start, index).includes('*/') && !/^\*\s*(?:as|from)\b/.test(text.slice(start, start + 20));
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;
}
