import type { Project } from '../project.ts';
import { textFrom, type Lazy, type Resolved } from '../resolved.ts';

/** `Authorization: Bearer $TOKEN` as one text: the name, and what stands behind the colon. */
export function headerOfLine(project: Project, line: Lazy): { readonly name: string; readonly value: Lazy } | undefined {
  const text = leadingText(project.evaluator.head(line));
  const match = text === undefined ? null : /^\s*([\w-]+)\s*:\s*/.exec(text);
  const value = match ? withoutStart(project, line, match[0].length) : undefined;
  return match && value ? { name: match[1] ?? '', value } : undefined;
}

/** The text that a value begins with, where it begins with one. */
export function leadingText(value: Resolved): string | undefined {
  if (value.kind === 'text') return value.text;
  const first = value.kind === 'concat' ? value.parts[0] : undefined;
  return first?.kind === 'text' ? first.text : undefined;
}

/** A value without the first characters of its leading text. */
export function withoutStart(project: Project, lazy: Lazy, length: number): Lazy | undefined {
  const value = project.evaluator.head(lazy);
  if (value.kind === 'text') return { ...lazy, known: textFrom(value, length) };
  if (value.kind !== 'concat') return undefined;
  const [first, ...rest] = value.parts;
  if (first?.kind !== 'text') return undefined;
  const start = textFrom(first, length);
  const parts: Resolved[] = start.text === '' ? rest : [start, ...rest];
  const only = parts[0];
  return { ...lazy, known: parts.length === 1 && only ? only : { kind: 'concat', parts } };
}
