import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import { addComment, declare, noticePlaces, type DataFileDraft } from './data-file.ts';
import { lineFrom, linesOf, logicalLine, type LogicalLine } from './lines.ts';
import { createMappedText, escapeLength, sliceMapped, sourceSpan, type MappedText } from './mapped-text.ts';
import { bracedReferences, shellReferences, valueOfLiteral, valueOfText, xcodeReferences, type ReferenceSyntax } from './references.ts';
import { assignmentOf, splitWords } from './words.ts';

/** What the `name = value` formats do differently. */
interface Style {
  /** What a comment line begins with. */
  readonly comment: RegExp;
  /** What begins a comment after a value. */
  readonly inlineComment?: RegExp;
  readonly assignment: RegExp;
  readonly continues: boolean;
  /** Java: `\uXXXX`, `\n`, and a backslash before anything else. */
  readonly escapes: boolean;
  readonly references: ReferenceSyntax;
  /** Whether a line that is none of all these is wrong. */
  readonly strict: boolean;
}

const iniStyle: Style = {
  comment: /^\s*[#;]/,
  inlineComment: /\s[#;]/,
  assignment: /^(\s*(?:export\s+)?)([^\s=:#;[][^=:]*)[=:]\s*/,
  continues: false,
  escapes: false,
  references: bracedReferences,
  strict: true,
};

const styles = {
  // java.util.Properties, "load(Reader)".
  java: {
    comment: /^\s*[#!]/,
    assignment: /^(\s*)((?:\\.|[^\s=:\\])+)(?:\s*[=:]\s*|\s+|$)/,
    continues: true,
    escapes: true,
    references: bracedReferences,
    strict: false,
  },
  ini: iniStyle,
  npmrc: { ...iniStyle, assignment: /^(\s*)([^\s=#;[][^=]*)=\s*/ },
  systemd: { ...iniStyle, inlineComment: /(?!)/, assignment: /^(\s*)([A-Za-z][\w-]*)\s*=\s*/, continues: true, references: shellReferences },
  // Xcode build configuration: `//` is a comment wherever it stands, also in a URL.
  xcconfig: {
    comment: /^\s*\/\//,
    inlineComment: /\/\//,
    assignment: /^(\s*)([A-Za-z_]\w*)(?:\[[^\]]*\])*\s*=\s*/,
    continues: false,
    escapes: false,
    references: xcodeReferences,
    strict: true,
  },
  conf: { ...iniStyle, inlineComment: /\s#/, assignment: /^(\s*)([\w.-]+)\s*=\s*/, strict: false },
} satisfies Record<string, Style>;

export type PropertiesStyle = keyof typeof styles;

/** Reads `name = value` lines. Sections (`[Service]`) are the path above their names. */
export function readProperties(draft: DataFileDraft, name: PropertiesStyle): void {
  const style: Style = styles[name];
  const { source } = draft;
  const wrong: number[] = [];
  let path: readonly string[] = [];
  for (let start = source.startsWith('\uFEFF') ? 1 : 0; start < source.length; ) {
    const first = lineFrom(source, start);
    const raw = source.slice(start, first.end);
    const indent = raw.length - raw.trimStart().length;
    const section = style.escapes ? undefined : /^\s*\[([^\]]+)\]\s*(?:[#;].*)?$/.exec(raw)?.[1];
    if (raw.trim() === '' || section !== undefined || style.comment.test(raw)) {
      if (section !== undefined) path = [section.replaceAll('"', '')];
      else if (raw.trim() !== '') addComment(draft, start + indent, first.end);
      start = first.next;
      continue;
    }
    const line = style.continues ? logicalLine(source, start, '\\', style.escapes ? '' : ' ') : logicalLine(source, start, '\0', '');
    if (!takeLine(draft, style, name, line, path) && style.strict) wrong.push(start + indent);
    start = line.next;
  }
  noticePlaces(draft, wrong, '`name = value`');
}

function takeLine(draft: DataFileDraft, style: Style, styleName: PropertiesStyle, line: LogicalLine, path: readonly string[]): boolean {
  const { text } = line.text;
  if (styleName === 'conf' && takeDirective(draft, line)) return true;
  const match = style.assignment.exec(text);
  if (match === null) return /^\s*[\w@.-]+\s*$|^\s*#include\b|^\s/.test(text);
  const [all, before = '', rawKey = ''] = match;
  const key = rawKey.trimEnd();
  const nameEnd = before.length + key.length;
  const at = sourceSpan(line.text, before.length, nameEnd);
  const whole = withoutComment(draft, style, line, all.length);
  const value: Span = whole.text === '' ? [line.end, line.end] : sourceSpan(whole, 0, whole.text.length);
  const name = style.escapes ? key.replace(/\\(.)/g, '$1') : key;
  if (styleName === 'systemd' && takeUnit(draft, name, whole, value, path)) return true;
  if (/^environment$|^env$/i.test(name) && takeEnvironment(draft, whole, [...path, name])) return true;
  if (name === 'command' && (styleName === 'ini' || styleName === 'conf')) draft.commands.push({ ...whole, at: value, path: [...path, name] });
  const quoted = style.escapes ? undefined : /^(["'])(.*)\1$/s.exec(whole.text);
  const content = quoted === null || quoted === undefined ? whole : sliceMapped(whole, 1, whole.text.length - 1);
  declare(draft, { name, at, path, value: valueOfText(style.escapes ? undoJavaEscapes(content) : content, style.references, value), valueAt: value });
  return true;
}

function withoutComment(draft: DataFileDraft, style: Style, line: LogicalLine, from: number): MappedText {
  const { text } = line.text;
  const quoted = /^(["']).*?\1/.exec(text.slice(from))?.[0].length ?? 0;
  const comment = style.inlineComment?.exec(text.slice(from + quoted));
  let end = text.length;
  if (comment != null) {
    end = from + quoted + comment.index;
    const start = end + comment[0].search(/\S/);
    addComment(draft, sourceSpan(line.text, start, start + 1)[0], line.end);
  }
  // Java keeps the white space at a value's end; nobody means it.
  while (end > from && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return sliceMapped(line.text, from, end);
}

function undoJavaEscapes(content: MappedText): MappedText {
  const { text } = content;
  if (!text.includes('\\')) return content;
  const result = createMappedText();
  for (let at = 0; at < text.length; ) {
    const length = text[at + 1] === 'x' || text[at + 1] === 'U' ? 2 : escapeLength(text, at) || 1;
    const escape = text.slice(at, at + length);
    const code = /^\\u([0-9a-fA-F]{4})$/.exec(escape)?.[1];
    const plain = { '\\n': '\n', '\\t': '\t', '\\r': '\r', '\\f': '\f' }[escape] ?? (length === 2 ? (escape[1] ?? '') : escape);
    const [start, end] = sourceSpan(content, at, at + length);
    result.append(code === undefined ? plain : String.fromCharCode(Number.parseInt(code, 16)), start, end);
    at += length;
  }
  return result.finish();
}

/** systemd.exec(5): `Environment="K=V" K2=V2`, and the commands of systemd.service(5). */
function takeUnit(draft: DataFileDraft, name: string, whole: MappedText, at: Span, path: readonly string[]): boolean {
  if (name === 'Environment') {
    declareWords(draft, whole, [...path, name]);
    return true;
  }
  if (/^Exec[A-Z]\w*$/.test(name) && whole.text !== '') {
    const prefix = /^[-@:+!|]*/.exec(whole.text)?.[0].length ?? 0;
    draft.commands.push({ ...sliceMapped(whole, prefix, whole.text.length), at, path: [...path, name] });
  }
  return false;
}

function declareWords(draft: DataFileDraft, line: MappedText, path: readonly string[]): void {
  for (const word of splitWords(line)) {
    const found = assignmentOf(word, draft.source);
    if (found === undefined) continue;
    // systemd expands nothing in `Environment=`.
    declare(draft, { name: found.name, at: found.nameAt, path, value: valueOfLiteral(found.content, found.valueAt), valueAt: found.valueAt });
  }
}

/** supervisord's `environment=K="V",K2=V2` and uwsgi's `env = K=V`. */
function takeEnvironment(draft: DataFileDraft, whole: MappedText, path: readonly string[]): boolean {
  const pairs = [...whole.text.matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^,"']*)(?:,\s*|$)/g)];
  if (pairs.length === 0) return false;
  for (const pair of pairs) {
    const [, name = '', raw = ''] = pair;
    const from = pair.index + name.length + 1;
    const quote = /^["']/.test(raw) ? 1 : 0;
    const content = sliceMapped(whole, from + quote, from + raw.length - quote);
    const valueAt = raw === '' ? sourceSpan(whole, from - 1, from) : sourceSpan(whole, from, from + raw.length);
    declare(draft, { name, at: sourceSpan(whole, pair.index, pair.index + name.length), path, value: valueOfText(content, bracedReferences, valueAt), valueAt });
  }
  return true;
}

/** What nginx and Apache call the setting of a header or a variable. */
const directive = /^(\s*(?:proxy_set_header|add_header|more_set_input_headers|fastcgi_param|uwsgi_param|grpc_set_header|set|SetEnv|(?:Request)?Header\s+(?:always\s+)?(?:set|add|append))\s+["']?\$?)([\w-]+)["']?\s+("[^"]*"|'[^']*'|[^\s;]+)/;

function takeDirective(draft: DataFileDraft, { text: line, end }: LogicalLine): boolean {
  const match = directive.exec(line.text);
  if (match === null) return false;
  const [all, before = '', name = '', raw = ''] = match;
  const from = all.length - raw.length;
  const valueAt = sourceSpan(line, from, all.length);
  const comment = /\s#/.exec(line.text.slice(all.length));
  if (comment !== null) addComment(draft, valueAt[1] + comment.index + 1, end);
  const quote = /^["']/.test(raw) ? 1 : 0;
  const content = sliceMapped(line, from + quote, all.length - quote);
  declare(draft, { name, at: sourceSpan(line, before.length, before.length + name.length), path: [before.trim().split(/\s/)[0] ?? ''], value: valueOfText(content, shellReferences, valueAt), valueAt });
  return true;
}

/** Reads a Procfile: `process: command`. */
export function readProcfile(draft: DataFileDraft): void {
  const wrong: number[] = [];
  for (const { start, end } of linesOf(draft.source)) {
    const raw = draft.source.slice(start, end);
    if (raw.trim() === '') continue;
    const match = /^(\s*)([\w-]+):\s*/.exec(raw);
    if (raw.trimStart().startsWith('#')) addComment(draft, start + raw.length - raw.trimStart().length, end);
    else if (match === null) wrong.push(start);
    else takeProcess(draft, match, start, start + raw.trimEnd().length);
  }
  noticePlaces(draft, wrong, '`process: command`');
}

function takeProcess(draft: DataFileDraft, [all, before = '', name = '']: RegExpExecArray, start: number, end: number): void {
  const nameStart = start + before.length;
  const from = Math.min(start + all.length, end);
  const text: MappedText = { text: draft.source.slice(from, end), pieces: [[0, from, end]] };
  declare(draft, { name, at: [nameStart, nameStart + name.length], path: [], value: valueOfText(text, shellReferences, [from, end]), valueAt: [from, end] });
  draft.commands.push({ ...text, at: [from, end], path: [name] });
}

const schedule = /^\s*(?:@\w+|(?:[\d*/,A-Za-z?#LW-]+\s+){5})\s*/;

/** Reads a crontab: `K=V` lines, whose values no shell expands, and the command of each entry. */
export function readCrontab(draft: DataFileDraft): void {
  const wrong: number[] = [];
  let entries = 0;
  for (const { start, end } of linesOf(draft.source)) {
    const raw = draft.source.slice(start, end);
    const assigned = /^(\s*)([A-Za-z_]\w*)\s*=\s*(["']?)(.*)\3$/.exec(raw.trimEnd());
    const timed = schedule.exec(raw);
    if (raw.trim() === '') continue;
    if (raw.trimStart().startsWith('#')) addComment(draft, start + raw.length - raw.trimStart().length, end);
    else if (assigned !== null) declareCronVariable(draft, assigned, start);
    else if (timed === null || timed[0].length >= raw.length) wrong.push(start);
    else {
      const from = start + timed[0].length;
      draft.commands.push({ text: draft.source.slice(from, end), pieces: [[0, from, end]], at: [from, end], path: ['cron', String(entries)] });
      entries += 1;
    }
  }
  noticePlaces(draft, wrong, 'an entry of a crontab');
}

function declareCronVariable(draft: DataFileDraft, [all, before = '', name = '', quote = '', text = '']: RegExpExecArray, start: number): void {
  const nameStart = start + before.length;
  const end = start + all.length;
  const from = end - quote.length - text.length;
  const value: Value = valueOfLiteral({ text, pieces: [[0, from, from + text.length]] }, [from, from]);
  declare(draft, { name, at: [nameStart, nameStart + name.length], path: [], value, valueAt: [from - quote.length, end] });
}
