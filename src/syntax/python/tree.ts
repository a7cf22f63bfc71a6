import { createRequire } from 'node:module';
import type { Comment } from '../module-summary.ts';
import type { Span } from '../span.ts';

// A commit without Python must not pay for its parser.
const require = createRequire(import.meta.url);
type LezerPython = typeof import('@lezer/python');

/** A node of the concrete syntax tree that `@lezer/python` makes: every token is a node of its own. */
export type SyntaxNode = ReturnType<LezerPython['parser']['parse']>['topNode'];

export interface SyntaxTree {
  readonly script: SyntaxNode;
  readonly comments: readonly Comment[];
  /** Where the text is no Python, in position order. */
  readonly errors: readonly number[];
}

/** Parses Python. It takes any text: what is none is skipped, and told by `errors`. */
export function parsePython(text: string): SyntaxTree {
  const { parser } = require('@lezer/python') as LezerPython;
  const tree = parser.parse(text);
  const comments: Comment[] = [];
  const errors: number[] = [];
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) errors.push(cursor.from);
    else if (cursor.name === 'Comment') comments.push({ text: text.slice(cursor.from + 1, cursor.to), at: [cursor.from, cursor.to], block: false });
  } while (cursor.next());
  return { script: tree.topNode, comments, errors };
}

/** The parts of a node that carry meaning, in source order: no comments and no errors. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isError && child.name !== 'Comment') parts.push(child);
  }
  return parts;
}

export function spanOf(node: SyntaxNode): Span {
  return [node.from, node.to];
}

/** Every string below a node, however deep, without recursion. */
export function stringsIn(node: SyntaxNode): SyntaxNode[] {
  const strings: SyntaxNode[] = [];
  const cursor = node.cursor();
  do {
    if (cursor.from >= node.to && node.to > node.from) break;
    if (cursor.name === 'String') strings.push(cursor.node);
  } while (cursor.next() && cursor.from < node.to);
  return strings;
}

/** Splits the tokens between brackets at commas. Brackets themselves are left out. */
export function commaGroups(parts: readonly SyntaxNode[]): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const part of parts) {
    if (/^[()[\]{}]$/.test(part.name)) continue;
    if (part.name === ',') groups.push([]);
    else groups.at(-1)?.push(part);
  }
  return groups.filter((group) => group.length > 0);
}
