import { addComment, declare, type DataFileDraft } from './data-file.ts';
import { lineFrom, logicalLine } from './lines.ts';
import { appendMapped, createMappedText, sliceMapped, sourceSpan, type MappedText, type MappedTextBuilder } from './mapped-text.ts';
import { valueOfText, type ReferenceSyntax } from './references.ts';

/** Make writes `$(X)`, `${X}` and, of one letter only, `$X`; a dollar sign is `$$`. */
const references: ReferenceSyntax = { bare: 'none', parentheses: 'variable', doubledDollar: true };

const assignment = /^(\s*(?:(?:export|override|private|unexport)\s+)*)([\w.-]+)[\t ]*(?::{0,3}|[?+!])=[\t ]*/;
const targetAssignment = /^([\w./%-]+(?:[\t ]+[\w./%-]+)*[\t ]*:[\t ]*(?:(?:export|override|private)\s+)*)([\w.-]+)[\t ]*(?::{0,3}|[?+])=[\t ]*/;
const rule = /^([^\s:#=][^:#=]*)::?(?!=)/;

/** Reads a Makefile: variables, those of a target, and the recipes as commands with Make's own variables as `${X}`. */
export function readMakefile(draft: DataFileDraft): void {
  const { source } = draft;
  let target = '';
  for (let start = source.startsWith('\uFEFF') ? 1 : 0; start < source.length; ) {
    const first = lineFrom(source, start);
    const raw = source.slice(start, first.end);
    if (raw.startsWith('\t') && target !== '') {
      const line = logicalLine(source, start, '\\', ' ');
      addRecipe(draft, line.text, 1, target);
      start = line.next;
      continue;
    }
    if (/^\s*(?:#|$)/.test(raw)) {
      if (raw.trim() !== '') addComment(draft, start + raw.length - raw.trimStart().length, first.end);
      start = first.next;
      continue;
    }
    if (/^\s*define\s/.test(raw)) {
      start = takeDefine(draft, start);
      continue;
    }
    const line = logicalLine(source, start, '\\', ' ');
    target = takeLine(draft, line.text, line.end) ?? target;
    start = line.next;
  }
}

/** Declares what the line assigns, or answers the target that it begins. */
function takeLine(draft: DataFileDraft, line: MappedText, end: number): string | undefined {
  const ofTarget = targetAssignment.exec(line.text);
  const match = assignment.exec(line.text) ?? ofTarget;
  if (match !== null) {
    const [all, before = '', name = ''] = match;
    const comment = /(?:^|\s)#/.exec(line.text.slice(all.length));
    const stop = comment === null ? line.text.length : all.length + comment.index;
    if (comment !== null) addComment(draft, sourceSpan(line, stop + comment[0].length - 1, stop + comment[0].length)[0], end);
    const value = trimmedFrom(line, all.length, stop);
    const path = match === ofTarget ? [before.split(':')[0]?.trim() ?? ''] : [];
    const valueAt = value.text === '' ? ([end, end] as const) : sourceSpan(value, 0, value.text.length);
    declare(draft, { name, at: sourceSpan(line, before.length, before.length + name.length), path, value: valueOfText(value, references, valueAt), valueAt });
    return undefined;
  }
  const target = rule.exec(line.text)?.[1]?.trimEnd();
  const inline = line.text.indexOf(';');
  if (target !== undefined && inline !== -1) addRecipe(draft, line, inline + 1, target);
  return target;
}

function trimmedFrom(line: MappedText, from: number, to: number): MappedText {
  let end = to;
  while (end > from && /\s/.test(line.text[end - 1] ?? '')) end -= 1;
  return sliceMapped(line, from, end);
}

/** `define NAME` … `endef` holds a value of several lines. */
function takeDefine(draft: DataFileDraft, start: number): number {
  const { source } = draft;
  const head = lineFrom(source, start);
  const name = /^\s*define\s+([\w.-]+)/.exec(source.slice(start, head.end));
  const closing = /^[\t ]*endef\b.*$/gm;
  closing.lastIndex = head.next;
  const close = closing.exec(source);
  const end = close?.index ?? source.length;
  if (name?.[1] !== undefined && end > head.next) {
    const nameStart = start + name[0].length - name[1].length;
    const text: MappedText = { text: source.slice(head.next, end), pieces: [[0, head.next, end]] };
    declare(draft, { name: name[1], at: [nameStart, nameStart + name[1].length], path: [], value: valueOfText(text, references, [head.next, head.next]), valueAt: [head.next, end] });
  }
  return close === null ? source.length : lineFrom(source, close.index).next;
}

/** A recipe line as its shell gets it: without `@`, `-` and `+`, `$$` undone, `$(X)` as `${X}`. */
function addRecipe(draft: DataFileDraft, line: MappedText, from: number, target: string): void {
  const start = from + (/^[\s@+-]*/.exec(line.text.slice(from))?.[0].length ?? 0);
  const text = createMappedText();
  let plain = start;
  for (const found of line.text.matchAll(/\$\$|\$\(([\w.-]+)\)/g)) {
    if (found.index < start) continue;
    appendPart(text, line, plain, found.index);
    const [sourceStart, sourceEnd] = sourceSpan(line, found.index, found.index + found[0].length);
    text.append(found[1] === undefined ? '$' : `\${${found[1]}}`, sourceStart, sourceEnd);
    plain = found.index + found[0].length;
  }
  appendPart(text, line, plain, line.text.trimEnd().length);
  const command = text.finish();
  if (command.text === '' || command.text.startsWith('#')) return;
  draft.commands.push({ ...command, at: sourceSpan(command, 0, command.text.length), path: [target] });
}

function appendPart(text: MappedTextBuilder, line: MappedText, start: number, end: number): void {
  if (start < end) appendMapped(text, line, start, end);
}
