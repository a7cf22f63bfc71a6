import { partsOf, type SyntaxNode } from './tree.ts';

/** What a call passes, as syntax. */
export interface CallArguments {
  readonly positional: readonly { readonly value: SyntaxNode; readonly spread: boolean; readonly comprehension?: readonly SyntaxNode[] }[];
  /** Without a name: `**value`. */
  readonly keywords: readonly { readonly name?: SyntaxNode; readonly value: SyntaxNode }[];
}

/** Reads an `ArgList`, or the lack of one. */
export function argumentsOf(list: SyntaxNode | undefined): CallArguments {
  const positional: CallArguments['positional'][number][] = [];
  const keywords: CallArguments['keywords'][number][] = [];
  for (const group of list ? groupsOf(list) : []) {
    const [first, second, third] = group;
    if (!first) continue;
    if (first.name === '**' && second) keywords.push({ value: second });
    else if (first.name === '*' && second) positional.push({ value: second, spread: true });
    else if (second?.name === 'AssignOp' && third && first.name === 'VariableName') keywords.push({ name: first, value: third });
    else if (group.some((part) => part.name === 'for')) positional.push({ value: first, spread: false, comprehension: group });
    else positional.push({ value: first, spread: false });
  }
  return { positional, keywords };
}

/** A comprehension's own commas (`for a, b in c`) do not part arguments: only one without brackets may stand there. */
function groupsOf(list: SyntaxNode): SyntaxNode[][] {
  const parts = partsOf(list).filter((part) => part.name !== '(' && part.name !== ')');
  if (parts.some((part) => part.name === 'for')) return [parts];
  const groups: SyntaxNode[][] = [[]];
  for (const part of parts) {
    if (part.name === ',') groups.push([]);
    else groups.at(-1)?.push(part);
  }
  return groups.filter((group) => group.length > 0);
}
