import type { Notice } from '../../sources/notice.ts';
import type { Comment, Declaration } from '../module-summary.ts';
import type { Span } from '../span.ts';
import type { VariableValue } from '../value.ts';
import type { MappedText } from './mapped-text.ts';

/** What a file that is not a program says. Values hold their text plainly: the caller replaces what is secret. */
export interface DataFile {
  /** In the order of the file, except that what a YAML alias repeats stands where it is repeated, with the spans of its anchor. */
  readonly declarations: readonly Declaration[];
  readonly comments: readonly Comment[];
  readonly notices: readonly Notice[];
  /** Shell texts in the file: `RUN` of a Dockerfile, `scripts` of a package.json, `run` of a workflow, recipes. */
  readonly commands: readonly Command[];
  /** Every read of a configured value in native mobile sources (`BuildConfig.X`), also those that are no declaration's value. */
  readonly reads: readonly VariableValue[];
}

/** A shell text; `sourceSpan` of mapped-text.ts says where a part of it stands. */
export interface Command extends MappedText {
  /** The whole text in the file. */
  readonly at: Span;
  /** The keys that lead to it, its own the last: `["jobs", "test", "steps", "0", "run"]`. */
  readonly path: readonly string[];
  /** It is a script for `actions/github-script`. */
  readonly isJavaScript?: true;
}

/** A `DataFile` while it is read. */
export interface DataFileDraft extends DataFile {
  /** POSIX path relative to the root. */
  readonly file: string;
  readonly source: string;
  readonly declarations: Declaration[];
  readonly comments: Comment[];
  readonly notices: Notice[];
  readonly commands: Command[];
  readonly reads: VariableValue[];
}

/** More declarations than any file that a person keeps; a file beyond it is data, and its text is searched all the same. */
const declarationLimit = 100_000;

export function createDraft(file: string, source: string): DataFileDraft {
  return { file, source, declarations: [], comments: [], notices: [], commands: [], reads: [] };
}

/** Adds a declaration, or a notice once there are too many. Answers whether there is room for more. */
export function declare(draft: DataFileDraft, declaration: Declaration): boolean {
  if (draft.declarations.length >= declarationLimit) {
    if (!draft.notices.some((notice) => notice.code === 'parse-skipped')) {
      addNotice(draft, 'parse-skipped', `holds more than ${declarationLimit} values; the rest was searched as text only`);
    }
    return false;
  }
  draft.declarations.push(declaration);
  return true;
}

/** Adds the comment between two offsets, its marks included. One that is never closed ends with the file. */
export function addComment(draft: DataFileDraft, start: number, end: number, block = false): void {
  draft.comments.push({ text: draft.source.slice(start, end), at: [start, Math.min(end, draft.source.length)], block });
}

/** A notice about this file; `what` goes on from the file's name and holds nothing of the file's text. */
export function addNotice(draft: DataFileDraft, code: 'parse-error' | 'parse-skipped' | 'manifest-unreadable', what: string): void {
  draft.notices.push({ code, level: 'info', file: draft.file, message: `${draft.file} ${what}.` });
}

/** The 1-based line of an offset. */
export function lineOf(source: string, offset: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at !== -1 && at < offset; at = source.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Says once for the whole file where it could not be understood. */
export function noticePlaces(draft: DataFileDraft, offsets: readonly number[], expected: string): void {
  const first = offsets[0];
  if (first === undefined) return;
  const line = lineOf(draft.source, first);
  const places = offsets.length === 1 ? `line ${line} is` : `${offsets.length} places (the first on line ${line}) are`;
  addNotice(draft, 'parse-error', `was read as far as it goes: ${places} not ${expected}; the text was searched all the same`);
}
