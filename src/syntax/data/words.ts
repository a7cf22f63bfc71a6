import { createMappedText, sliceMapped, sourceSpan, type MappedText } from './mapped-text.ts';
import type { Span } from '../span.ts';

/** A word of a command-like line. */
export interface Word {
  /** Without its quotes. */
  readonly content: MappedText;
  /** With its quotes, as it stands in the file. */
  readonly at: Span;
  /** The offset in `content` after the last character that no single quotes surround. */
  readonly expandsUntil: number;
  /** The offset in the line after the word. */
  readonly end: number;
}

/** Splits a line at white space outside quotes; a backslash takes the next character as it is, outside single quotes. */
export function splitWords(line: MappedText, from = 0): Word[] {
  const words: Word[] = [];
  let at = from;
  for (;;) {
    while (/\s/.test(line.text[at] ?? '')) at += 1;
    if (at >= line.text.length) return words;
    const word = readWord(line, at);
    words.push(word);
    at = word.end;
  }
}

function readWord(line: MappedText, start: number): Word {
  const { text } = line;
  const content = createMappedText();
  let expandsUntil = 0;
  let quote: string | undefined;
  let at = start;
  const add = (from: number, length: number, character = text.slice(from, from + length)): void => {
    const [sourceStart, sourceEnd] = sourceSpan(line, from, from + length);
    content.append(character, sourceStart, sourceEnd);
  };
  while (at < text.length && (quote !== undefined || !/\s/.test(text[at] ?? ''))) {
    const character = text[at] ?? '';
    if (quote === undefined ? character === '"' || character === "'" : character === quote) {
      quote = quote === undefined ? character : undefined;
      at += 1;
      continue;
    }
    const isEscape = character === '\\' && quote !== "'" && /["'\\ ]/.test(text[at + 1] ?? '');
    add(at, isEscape ? 2 : 1, isEscape ? (text[at + 1] ?? '') : character);
    if (quote !== "'") expandsUntil = content.length;
    at += isEscape ? 2 : 1;
  }
  return { content: content.finish(), at: sourceSpan(line, start, at), expandsUntil, end: at };
}

export interface AssignmentWord {
  readonly name: string;
  readonly nameAt: Span;
  readonly content: MappedText;
  readonly valueAt: Span;
  /** Whether any of the value stands outside single quotes. */
  readonly expands: boolean;
}

/** `K=V`, `K="V"`, `"K=V"` as one word; `undefined` where it is none. */
export function assignmentOf(word: Word, source: string): AssignmentWord | undefined {
  const { text } = word.content;
  const name = /^([A-Za-z_][\w.-]*)=/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const nameAt = sourceSpan(word.content, 0, name.length);
  const afterEquals = sourceSpan(word.content, name.length, name.length + 1)[1];
  const content = sliceMapped(word.content, name.length + 1, text.length);
  const isWhole = source[word.at[0]] === '"' || source[word.at[0]] === "'";
  return { name, nameAt, content, valueAt: [afterEquals, isWhole ? word.at[1] - 1 : word.at[1]], expands: word.expandsUntil > name.length + 1 };
}
