import type { ModuleFacts } from '../estree/module-facts.ts';
import type { Node } from '../estree/node.ts';
import type { Comment, ExportEntry, ImportEdge } from '../module-summary.ts';
import { makeNode } from '../estree/build.ts';
import { Names } from './names.ts';
import { Statements } from './statements.ts';
import { parsePython, partsOf } from './tree.ts';

export interface ParsedPython {
  /** The module as an ESTree; ranges are offsets in the source. */
  readonly program: Node;
  readonly comments: readonly Comment[];
  /** The text has syntax errors; the tree holds what could be read. */
  readonly recovered: boolean;
  /** Nested more deeply than is followed. */
  readonly exhausted: boolean;
}

/**
 * Reads a Python module as the ESTree of the JavaScript program that says the same, so that scopes, values and uses are worked out
 * by the one reader that JavaScript has. It takes any text.
 *
 * What JavaScript has no words for is put into these: keyword arguments are one last object (`ObjectValue.keywords`), slices
 * have a third argument, `dict.update` is a call that `merges`.
 */
export function readPython(text: string): ParsedPython {
  const { script, comments, errors } = parsePython(text);
  const names = new Names();
  const statements = new Statements(text, names);
  const body = names.within('module', [], () => partsOf(script).flatMap((part) => statements.read(part)));
  return { program: makeNode('Program', [0, text.length], { body }), comments, recovered: errors.length > 0, exhausted: statements.expressions.exhausted };
}

/** Adds what every Python module does without saying so: it exports its names, those that it imports among them. */
export function withPythonExports(facts: ModuleFacts, program: Node): ModuleFacts {
  const stars = starImports(program);
  const places = new Map(facts.statements.toReversed().flatMap(({ declares, at }) => declares.map((name) => [name, at] as const)));
  const own: ExportEntry[] = Object.keys(facts.bindings).map((name) => ({ name, typeOnly: false, at: places.get(name) ?? [0, 0], local: name, value: { kind: 'binding', name } }));
  const imported: ExportEntry[] = facts.imports.filter((edge) => edge.fn === -1).flatMap(({ specifier, names, at }) =>
    names.map(({ imported: name, local }) => ({ name: local, typeOnly: false, at, from: { specifier, name } })));
  const all: ExportEntry[] = stars.map(({ specifier, at }) => ({ name: '*', typeOnly: false, at, from: { specifier, name: '*' } }));
  return { ...facts, imports: [...facts.imports, ...stars].sort((a, b) => a.at[0] - b.at[0]), exports: [...imported, ...own, ...all] };
}

/** `from x import *` at the top level. */
function starImports(program: Node): ImportEdge[] {
  return (program['body'] as Node[]).filter((node) => node.type === 'ImportAll').map((node) => ({
    specifier: node['specifier'] as string, how: 'import', typeOnly: false, names: [{ imported: '*', local: '', typeOnly: false }], at: [node.range[0], node.range[1]], fn: -1,
  }));
}
