import { addComment, declare, type DataFileDraft } from './data-file.ts';
import { lineFrom, logicalLine } from './lines.ts';
import { sliceMapped, sourceSpan, verbatim, type MappedText } from './mapped-text.ts';
import { valueOfLiteral } from './references.ts';

/** A recipe begins with its name at the start of a line; an assignment has `:=` (just.systems/man, "Grammar"). */
const recipe = /^@?([A-Za-z_][\w-]*)(?:\s[^:=]*)?:(?!=)/;
const assignment = /^((?:export\s+)?)([A-Za-z_][\w-]*)\s*:=\s*(?:"([^"]*)"|'([^']*)')/;

/** Reads a justfile: variables with a text, and the lines of recipes as commands. A recipe with a `#!` of a shell is one script. */
export function readJustfile(draft: DataFileDraft): void {
  const { source } = draft;
  let target = '';
  for (let start = source.startsWith('\uFEFF') ? 1 : 0; start < source.length; ) {
    const line = lineFrom(source, start);
    const raw = source.slice(start, line.end);
    if (/^[ \t]+\S/.test(raw) && target !== '') {
      start = raw.trimStart().startsWith('#!') ? takeScript(draft, start, target) : takeLine(draft, start, target);
      continue;
    }
    if (raw.startsWith('#')) addComment(draft, start, line.end);
    else if (raw.trim() !== '') target = takeHead(draft, raw, start) ?? '';
    start = line.next;
  }
}

/** Declares what the line assigns, or answers the recipe that it begins. */
function takeHead(draft: DataFileDraft, raw: string, start: number): string | undefined {
  const set = assignment.exec(raw);
  if (!set) return recipe.exec(raw)?.[1];
  const [all, before = '', name = '', double, single] = set;
  const text = double ?? single ?? '';
  const to = start + all.length - 1;
  const nameAt = start + before.length;
  declare(draft, { name, at: [nameAt, nameAt + name.length], path: [], value: valueOfLiteral(verbatim(draft.source, to - text.length, to), [to - text.length, to]), valueAt: [to - text.length - 1, to + 1] });
  return undefined;
}

function takeLine(draft: DataFileDraft, start: number, target: string): number {
  const { text, next } = logicalLine(draft.source, start, '\\', ' ');
  const from = /^[\s@-]*/.exec(text.text)?.[0].length ?? 0;
  push(draft, sliceMapped(text, from, text.text.trimEnd().length), target);
  return next;
}

/** The lines down to the next one that is not indented. */
function takeScript(draft: DataFileDraft, start: number, target: string): number {
  const { source } = draft;
  const head = lineFrom(source, start);
  let end = head.next;
  while (end < source.length) {
    const line = lineFrom(source, end);
    if (!/^[ \t]|^\s*$/.test(source.slice(end, line.end))) break;
    end = line.next;
  }
  if (/\b(?:ba|z|da|k)?sh\b/.test(source.slice(start, head.end))) push(draft, verbatim(source, head.next, end), target);
  return end;
}

function push(draft: DataFileDraft, text: MappedText, target: string): void {
  if (text.text.trim() === '' || text.text.startsWith('#')) return;
  draft.commands.push({ ...text, at: sourceSpan(text, 0, text.text.length), path: [target] });
}
