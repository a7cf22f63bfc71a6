import { linesOf } from '../data/index.ts';
import { call, globalName, literal, member, statement, template } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';

type Place = (start: number, end: number) => Span;

/** Files that curl reads as options by their name. Source: curl(1), `-K, --config`. */
const configName = /(?:^|\/)(?:[._]?curlrc|[\w.-]+\.curlrc|curl[\w-]*\.(?:conf|cfg|config|txt))$/i;
/** What only a file of options for curl has: a header with its name. */
const headerLine = /^[ \t]*(?:-H|(?:--)?(?:expand-)?header)[ \t]*[=:]?[ \t]*"[\w-]+:/m;
const optionLine = /^(\s*)(-[A-Za-z]|(?:--)?[a-z][\w-]+)(?:[ \t]*[=:][ \t]*|[ \t]+|[ \t]*$)/;

export function isCurlConfig(file: string, source: string): boolean {
  return configName.test(file) || (/(?:^|\/)[^/.]+$|\.(?:conf|cfg|config|txt)$/i.test(file) && headerLine.test(source));
}

/** The options of such a text as words; `place` says where a part of it stands. */
export function curlOptions(source: string, place: Place): Node[] {
  return [...linesOf(source)].flatMap(({ start, end }) => wordsOf(source, start, end, place));
}

/** The options of such a file as the words of one command `curl`. */
export function curlCommand(source: string): Node[] {
  const words = curlOptions(source, (start, end) => [start, end]);
  const at: Span = [words[0]?.range[0] ?? 0, words.at(-1)?.range[1] ?? 0];
  return words.length === 0 ? [] : [statement(at, call(at, globalName(at, 'shell:curl'), words))];
}

function wordsOf(source: string, start: number, end: number, place: Place): Node[] {
  const line = source.slice(start, end);
  const match = /^\s*#/.test(line) ? null : optionLine.exec(line);
  if (!match) return [];
  const name = match[2] ?? '';
  const nameStart = start + (match[1] ?? '').length;
  const plain = name.startsWith('-') ? name : `--${name}`;
  const option = literal(place(nameStart, nameStart + name.length), plain.replace(/^--expand-/, '--'));
  const rest = line.slice(match[0].length);
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(rest);
  const text = quoted ? (quoted[1] ?? '') : (/^\S*/.exec(rest)?.[0] ?? '');
  if (text === '') return [option];
  const from = start + match[0].length + (quoted ? 1 : 0);
  return [option, textAt(text, from, place)];
}

/** `{{NAME}}` is curl's own variable, `$NAME` and `${NAME}` one that is filled in before curl reads the file. */
function textAt(text: string, from: number, place: Place): Node {
  const pieces: (Node | { text: string; at: Span })[] = [];
  let done = 0;
  const push = (end: number): void => {
    if (end > done) pieces.push({ text: text.slice(done, end).replace(/\\(.)/g, '$1'), at: place(from + done, from + end) });
  };
  for (const match of text.matchAll(/\{\{(\w+)[^{}]*\}\}|\$\{(\w+)\}|\$([A-Za-z_]\w*)/g)) {
    push(match.index);
    done = match.index + match[0].length;
    const at = place(from + match.index, from + done);
    pieces.push(member(at, globalName(at, 'shell:env'), match[1] ?? match[2] ?? match[3] ?? ''));
  }
  push(text.length);
  const at = place(from, from + text.length);
  const [only] = pieces;
  if (pieces.length > 1 || !only) return template(at, pieces);
  return 'type' in only ? only : literal(at, only.text);
}
