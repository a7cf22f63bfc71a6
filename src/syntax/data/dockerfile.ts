import type { Span } from '../span.ts';
import { addComment, declare, noticePlaces, type DataFileDraft } from './data-file.ts';
import { lineFrom, logicalLine, type LogicalLine } from './lines.ts';
import { appendMapped, createMappedText, sliceMapped, sourceSpan, verbatim, type MappedText } from './mapped-text.ts';
import { shellReferences, valueOfLiteral, valueOfText, variable, type ReferenceSyntax } from './references.ts';
import { assignmentOf, splitWords, type Word } from './words.ts';

/** Builds expand `$X` and `${X}`; nothing runs a command there. */
const references: ReferenceSyntax = { ...shellReferences, parentheses: 'none' };

const instruction = /^[\t ]*(?:ONBUILD[\t ]+)?([A-Za-z]+)(?:[\t ]+|$)/i;

/**
 * Reads a Dockerfile: `ENV` and `ARG` in all their forms, labels, secrets that a `RUN` mounts, and the commands.
 * The instruction's name is the path above what it declares. An `ARG` without a default is handed in from outside.
 */
export function readDockerfile(draft: DataFileDraft): void {
  const { source } = draft;
  const escape = /^(?:[\t ]*#[^\n]*\n)*?[\t ]*#[\t ]*escape[\t ]*=[\t ]*`/i.test(source) ? '`' : '\\';
  const wrong: number[] = [];
  for (let start = source.startsWith('\uFEFF') ? 1 : 0; start < source.length; ) {
    const first = lineFrom(source, start);
    const raw = source.slice(start, first.end);
    const indent = raw.length - raw.trimStart().length;
    if (raw.trim() === '' || raw[indent] === '#') {
      if (raw[indent] === '#') addComment(draft, start + indent, first.end);
      start = first.next;
      continue;
    }
    const line = logicalLine(source, start, escape, ' ', /^[\t ]*(?:#.*)?$/);
    noteComments(draft, line);
    start = takeInstruction(draft, line, wrong);
  }
  noticePlaces(draft, wrong, 'an instruction of a Dockerfile');
}

function noteComments(draft: DataFileDraft, line: LogicalLine): void {
  for (let at = lineFrom(draft.source, line.start).next; at < line.end; ) {
    const { end, next } = lineFrom(draft.source, at);
    const raw = draft.source.slice(at, end);
    if (raw.trimStart().startsWith('#')) addComment(draft, at + raw.length - raw.trimStart().length, end);
    at = next;
  }
}

/** Takes an instruction with its heredocs; answers where the next line starts. */
function takeInstruction(draft: DataFileDraft, line: LogicalLine, wrong: number[]): number {
  const match = instruction.exec(line.text.text);
  if (match === null) {
    wrong.push(line.start);
    return line.next;
  }
  const name = (match[1] ?? '').toUpperCase();
  const from = match[0].length;
  switch (name) {
    case 'ENV':
    case 'LABEL': declareEnvironment(draft, line, from, name); break;
    case 'ARG': declareArguments(draft, line, from); break;
    case 'RUN': return takeRun(draft, line, from);
    case 'CMD':
    case 'ENTRYPOINT': takeCommand(draft, line, from, name); break;
    case 'HEALTHCHECK': takeHealthcheck(draft, line, from); break;
    case 'COPY':
    case 'ADD': return heredocOf(draft, line)?.next ?? line.next;
    default:
  }
  return line.next;
}

function declareEnvironment(draft: DataFileDraft, line: LogicalLine, from: number, path: string): void {
  const words = splitWords(line.text, from);
  const [first, second] = words;
  if (first === undefined) return;
  if (assignmentOf(first, draft.source) !== undefined) {
    for (const word of words) declareWord(draft, word, path);
    return;
  }
  // `ENV K the rest of the line`
  const { text } = line.text;
  const nameStart = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
  if (second === undefined) return;
  const valueStart = first.end + (/^\s*/.exec(text.slice(first.end))?.[0].length ?? 0);
  const rest = sliceMapped(line.text, valueStart, text.trimEnd().length);
  const valueAt = sourceSpan(rest, 0, rest.text.length);
  const content = words.length === 2 ? second.content : rest;
  declare(draft, { name: first.content.text, at: sourceSpan(line.text, nameStart, first.end), path: [path], value: valueOfText(content, references, valueAt), valueAt });
}

function declareWord(draft: DataFileDraft, word: Word, path: string): boolean {
  const found = assignmentOf(word, draft.source);
  if (found === undefined) return false;
  const value = found.expands ? valueOfText(found.content, references, found.valueAt) : valueOfLiteral(found.content, found.valueAt);
  declare(draft, { name: found.name, at: found.nameAt, path: [path], value, valueAt: found.valueAt });
  return true;
}

function declareArguments(draft: DataFileDraft, line: LogicalLine, from: number): void {
  for (const word of splitWords(line.text, from)) {
    if (declareWord(draft, word, 'ARG') || !/^[A-Za-z_]\w*$/.test(word.content.text)) continue;
    declare(draft, { name: word.content.text, at: word.at, path: ['ARG'], value: variable(word.content.text, 'expansion', word.at), valueAt: word.at });
  }
}

function takeRun(draft: DataFileDraft, line: LogicalLine, start: number): number {
  let from = start;
  for (let flag = /^\s*--\w+(?:=\S+)?/.exec(line.text.text.slice(from)); flag !== null; flag = /^\s*--\w+(?:=\S+)?/.exec(line.text.text.slice(from))) {
    declareMount(draft, line, flag[0], from + flag[0].length - flag[0].trimStart().length);
    from += flag[0].length;
  }
  from += /^\s*/.exec(line.text.text.slice(from))?.[0].length ?? 0;
  const heredoc = heredocOf(draft, line);
  if (heredoc === undefined) {
    takeCommand(draft, line, from, 'RUN');
    return line.next;
  }
  const isScript = /^<<-?\s*["']?\w+["']?\s*(?:\/bin\/)?(?:ba|z|da)?(?:sh)?\s*$/.test(line.text.text.slice(from));
  const command = isScript ? heredoc.body : withBody(draft.source, line, from, heredoc);
  if (!/^#!(?!.*sh\b)/.test(command.text)) pushCommand(draft, command, 'RUN');
  return heredoc.next;
}

function withBody(source: string, line: LogicalLine, from: number, heredoc: Heredoc): MappedText {
  const text = createMappedText();
  appendMapped(text, line.text, from);
  text.append(source.slice(line.end, heredoc.end), line.end, heredoc.end);
  return text.finish();
}

/** `RUN --mount=type=secret,id=K,env=K2`: Docker's reference, "RUN --mount=type=secret". */
function declareMount(draft: DataFileDraft, line: LogicalLine, flag: string, at: number): void {
  if (!/--mount=(?:\S*,)?type=secret\b/.test(flag)) return;
  const id = /[=,]id=([^,\s]+)/.exec(flag)?.[1];
  const env = /,env=([^,\s]+)/.exec(flag)?.[1];
  const name = env ?? id;
  if (name === undefined) return;
  const nameAt = at + flag.trimStart().lastIndexOf(env === undefined ? `id=${name}` : `env=${name}`) + (env === undefined ? 3 : 4);
  const span = sourceSpan(line.text, nameAt, nameAt + name.length);
  declare(draft, { name, at: span, path: ['RUN', '--mount'], value: variable(id ?? name, 'secret', span), valueAt: span });
}

interface Heredoc { readonly body: MappedText; readonly end: number; readonly next: number }

function heredocOf(draft: DataFileDraft, line: LogicalLine): Heredoc | undefined {
  const match = /<<(-?)\s*(["']?)([A-Za-z_]\w*)\2/.exec(line.text.text);
  if (match === null) return undefined;
  for (let at = line.next; at < draft.source.length; ) {
    const { start, end, next } = lineFrom(draft.source, at);
    const raw = draft.source.slice(start, end);
    if ((match[1] === '-' ? raw.replace(/^\t+/, '') : raw) === match[3]) return { body: verbatim(draft.source, line.next, start), end, next };
    at = next;
  }
  return undefined;
}

/** The shell form as it stands; the exec form as the words that it is. */
function takeCommand(draft: DataFileDraft, line: LogicalLine, from: number, name: string): void {
  const rest = sliceMapped(line.text, from, line.text.text.trimEnd().length);
  const words = execForm(rest.text);
  if (words === undefined) return pushCommand(draft, rest, name);
  const shell = /^(?:\/\w+)*\/?(?:ba|da|z|a)?sh$/.test(words[0] ?? '') && /^-\w*c$/.test(words[1] ?? '');
  const text = shell ? (words[2] ?? '') : words.map((word) => (/^[\w@%+=:,./${}-]+$/.test(word) ? word : `'${word}'`)).join(' ');
  if (rest.text !== '') pushCommand(draft, { text, pieces: [[0, ...sourceSpan(rest, 0, rest.text.length)]] }, name);
}

function execForm(text: string): string[] | undefined {
  if (!/^\s*\[/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((word) => typeof word === 'string') ? parsed : undefined;
  } catch {
    // Docker, too, takes what is no JSON as the shell form.
    return undefined;
  }
}

function takeHealthcheck(draft: DataFileDraft, line: LogicalLine, from: number): void {
  const found = /\bCMD\s+/.exec(line.text.text.slice(from));
  if (found !== null) takeCommand(draft, line, from + found.index + found[0].length, 'HEALTHCHECK');
}

function pushCommand(draft: DataFileDraft, text: MappedText, name: string): void {
  if (text.text.trim() === '') return;
  const at: Span = sourceSpan(text, 0, text.text.length);
  draft.commands.push({ ...text, at, path: [name] });
}
