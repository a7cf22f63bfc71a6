import { createRequire } from 'node:module';
import type { Command, ParsedScript, SyntaxNode } from 'unbash';
import { declaring } from './command-words.ts';
import { plainText } from './words.ts';

// A commit without a shell script must not pay for its parser.
const require = createRequire(import.meta.url);
type Unbash = typeof import('unbash');

/** Which names a script sets and which functions it has, told before any of it is translated. */
export interface Survey {
  /** Offset behind the first place at which each variable is set. */
  readonly firstSet: ReadonlyMap<string, number>;
  readonly timesSet: ReadonlyMap<string, number>;
  readonly functions: ReadonlySet<string>;
}

/** Looks through a script, also into what its substitutions run. */
export function surveyOf(script: ParsedScript): Survey {
  const { forEachChild } = require('unbash') as Unbash;
  const firstSet = new Map<string, number>();
  const timesSet = new Map<string, number>();
  const functions = new Set<string>();
  const note = (name: string, position: number): void => {
    const known = firstSet.get(name);
    timesSet.set(name, (timesSet.get(name) ?? 0) + 1);
    if (/^[A-Za-z_]\w*$/.test(name) && (known === undefined || position < known)) firstSet.set(name, position);
  };
  const queue: SyntaxNode[] = [script];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (node.type === 'Function' && node.name.value !== '') functions.add(node.name.value);
    if (node.type === 'Command') for (const { name, end } of setBy(node)) note(name, end);
    if (node.type === 'For' || node.type === 'Select') note(node.name.value, node.name.end);
    forEachChild(node, (child) => void queue.push(child));
  }
  return { firstSet, timesSet, functions };
}

/** The variables that a command sets, each with where that ends. */
function* setBy(command: Command): Generator<{ readonly name: string; readonly end: number }> {
  const name = plainText(command.name);
  if (name === undefined || (declaring.has(name) && name !== 'local')) {
    for (const item of [...(name === undefined ? command.prefix : []), ...command.suffix]) if (item.type === 'Assignment') yield item;
  }
  if (name === 'read' || name === 'mapfile' || name === 'readarray') {
    for (const word of command.suffix) if (word.type === 'Word' && /^[A-Za-z_]\w*$/.test(word.value)) yield { name: word.value, end: word.end };
  }
}
