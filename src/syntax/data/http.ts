import { addComment, declare, type DataFileDraft } from './data-file.ts';
import { linesOf } from './lines.ts';
import { verbatim } from './mapped-text.ts';
import { bracedReferences, valueOfText } from './references.ts';

/** Reads the variables (`@name = value`) and comments of a `.http` or `.rest` file, as JetBrains and the VS Code REST client write them. */
export function readHttp(draft: DataFileDraft): void {
  for (const { start, end } of linesOf(draft.source)) {
    const raw = draft.source.slice(start, end);
    const indent = raw.length - raw.trimStart().length;
    const variable = /^\s*@([\w.-]+)\s*=\s*/.exec(raw);
    if (/^\s*(?:#|\/\/)/.test(raw)) addComment(draft, start + indent, end);
    if (variable?.[1] === undefined) continue;
    const from = start + variable[0].length;
    const stop = start + Math.max(variable[0].length, raw.trimEnd().length);
    const nameStart = start + indent + 1;
    declare(draft, { name: variable[1], at: [nameStart, nameStart + variable[1].length], path: [], value: valueOfText(verbatim(draft.source, from, stop), bracedReferences, [from, from]), valueAt: [from, stop] });
  }
}
