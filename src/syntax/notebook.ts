import { appendMapped, alignEscapes, createMappedText, sliceMapped, type MappedText, type MappedTextBuilder } from './data/mapped-text.ts';
import { readDeclarations, type Command } from './data/index.ts';
import type { Declaration } from './module-summary.ts';
import type { Span } from './span.ts';

/** What a notebook runs, its cells one after another (nbformat.readthedocs.io: `source` is a text, or the list of its lines). */
export interface Notebook {
  readonly language: 'python' | 'ts' | 'other';
  /** What IPython reads before Python does (`%pip`, `!ls`) is left out. */
  readonly code: MappedText;
  /** Where the cells' texts stand in the file. */
  readonly cells: readonly Span[];
  /** `!curl …` and `%%bash` cells. */
  readonly commands: readonly Command[];
  /** `%env NAME=value`. */
  readonly declarations: readonly Declaration[];
}

interface Draft {
  readonly language: Notebook['language'];
  readonly code: MappedTextBuilder;
  readonly commands: Command[];
  readonly declarations: Declaration[];
}

/** Of version 3 of the format: `worksheets/0/cells/0/input`. */
const cellPath = /^(?:worksheets\/\d+\/)?cells\/\d+$/;
const sourceNames: ReadonlySet<string> = new Set(['source', 'input']);
/** Magics that run the rest of their cell as Python; others give it to another program, or to a file (ipython.readthedocs.io, "Built-in magic commands"). */
const pythonMagics = /^%%(?:time|timeit|capture|prun|python3?|debug|memit|mprun|skip|cache)\b/;
const shellMagics = /^%%(?:bash|sh|!|system|script[ \t]+(?:ba|z)?sh)(?!\w)/;

/** Reads the cells of a notebook (`isNotebook` of `src/sources/language.ts`) from what its JSON declares. `text` is the file. */
export function readNotebook(text: string, declared: readonly Declaration[]): Notebook {
  const sources = new Map<string, Declaration[]>();
  const codeCells = new Set<string>();
  for (const each of declared) {
    const path = each.path.join('/');
    if (each.name === 'cell_type' && textIn(text, each) === 'code') codeCells.add(path);
    const cell = sourceNames.has(each.name) ? path : sourceNames.has(each.path.at(-1) ?? '') ? each.path.slice(0, -1).join('/') : undefined;
    if (cell === undefined || !cellPath.test(cell)) continue;
    const lines = sources.get(cell);
    if (lines) lines.push(each);
    else sources.set(cell, [each]);
  }
  const draft: Draft = { language: languageOf(text, declared), code: createMappedText(), commands: [], declarations: [] };
  const cells: Span[] = [];
  for (const [cell, lines] of sources) {
    const [first, last] = [lines[0], lines.at(-1)];
    if (!codeCells.has(cell) || !first || !last) continue;
    cells.push([first.valueAt[0], last.valueAt[1]]);
    addCell(draft, joined(text, lines), last.valueAt[1]);
  }
  return { language: draft.language, code: draft.code.finish(), cells, commands: draft.commands, declarations: draft.declarations };
}

/** The program of a notebook alone, where it is one of Python. */
export function pythonOfNotebook(file: string, text: string): MappedText | undefined {
  const { language, code } = readNotebook(text, readDeclarations('json', file, text).declarations);
  return language === 'python' ? code : undefined;
}

function languageOf(text: string, declared: readonly Declaration[]): Notebook['language'] {
  const named = declared.find(({ path, name }) => path[0] === 'metadata' && path.length === 2 && ((path[1] === 'kernelspec' && name === 'language') || (path[1] === 'language_info' && name === 'name')));
  const language = (named ? textIn(text, named) : 'python').toLowerCase();
  if (/^i?python/.test(language)) return 'python';
  return /^(?:java|type)script$|^deno$/.test(language) ? 'ts' : 'other';
}

/** A string of the file as JSON has it; empty where it is none. */
function textIn(text: string, { valueAt }: Declaration): string {
  try {
    const value: unknown = JSON.parse(text.slice(...valueAt));
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

function joined(text: string, lines: readonly Declaration[]): MappedText {
  const builder = createMappedText();
  for (const line of lines) {
    const [start, end] = line.valueAt;
    appendMapped(builder, alignEscapes(textIn(text, line), text.slice(start + 1, end - 1), start + 1));
  }
  return builder.finish();
}

/** `end`: where the cell ends in the file, for the line break after its last line. */
function addCell(draft: Draft, cell: MappedText, end: number): void {
  if (draft.language === 'python') addPython(draft, cell);
  else appendMapped(draft.code, cell);
  draft.code.append('\n', end - 1, end);
}

function addPython(draft: Draft, cell: MappedText): void {
  const [head = ''] = /^.*/.exec(cell.text) ?? [];
  if (shellMagics.test(head)) return addCommand(draft, cell, head.length + 1, cell.text.length);
  if (head.startsWith('%%') && !pythonMagics.test(head)) return;
  for (const line of cell.text.matchAll(/.+\n?|\n/g)) addLine(draft, cell, line.index, line[0]);
}

/** A line of IPython's own becomes one that does nothing, in a block too. */
function addLine(draft: Draft, cell: MappedText, start: number, line: string): void {
  const [, indent = '', sign] = /^([ \t]*)(%{1,2}(?=[A-Za-z])|!(?!=)|\?)/.exec(line) ?? [];
  const end = start + line.trimEnd().length;
  if (sign === undefined && !/^[\w.]+\?{1,2}\s*$/.test(line)) return appendMapped(draft.code, cell, start, start + line.length);
  const from = start + indent.length;
  if (sign === '!') addCommand(draft, cell, from + 1, end);
  if (sign === '%') addEnvironment(draft, cell, from, end);
  appendMapped(draft.code, cell, start, from);
  const [first = 0, last = 0] = spanOf(cell, from, end);
  draft.code.append('pass', first, last);
  appendMapped(draft.code, cell, end, start + line.length);
}

function addCommand(draft: Draft, cell: MappedText, start: number, end: number): void {
  if (start >= end) return;
  draft.commands.push({ ...sliceMapped(cell, start, end), at: spanOf(cell, start, end), path: [] });
}

/** `%env NAME=value`, `%set_env NAME value`. */
function addEnvironment(draft: Draft, cell: MappedText, start: number, end: number): void {
  const [, before = '', name = '', between = '', value = ''] = /^(%(?:set_)?env[ \t]+)([A-Za-z_]\w*)([ \t]*=[ \t]*|[ \t]+)(\S+)$/.exec(cell.text.slice(start, end)) ?? [];
  if (value === '' || /^\$|^\{/.test(value)) return;
  const from = start + before.length;
  const valueAt = spanOf(cell, from + name.length + between.length, end);
  draft.declarations.push({ name, path: [], at: spanOf(cell, from, from + name.length), valueAt, value: { kind: 'text', text: value, at: valueAt } });
}

function spanOf(cell: MappedText, start: number, end: number): Span {
  const { pieces } = sliceMapped(cell, start, end);
  return [pieces[0]?.[1] ?? 0, pieces.at(-1)?.[2] ?? 0];
}
