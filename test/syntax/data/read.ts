import { readDeclarations, sourceSpan, type Command } from '../../../src/syntax/data/index.ts';
import type { Language } from '../../../src/syntax/module-summary.ts';
import type { Span } from '../../../src/syntax/span.ts';
import type { Value } from '../../../src/syntax/value.ts';

/** A file as the reader sees it, with every span replaced by the text that stands there. */
export function read(language: Language, file: string, text: string) {
  const slice = (at: Span): string => text.slice(at[0], at[1]);
  const data = readDeclarations(language, file, text);
  return {
    declarations: data.declarations.map(({ name, path, value, at, valueAt }) => ({
      key: [...path, name].join('/'),
      nameText: slice(at),
      valueText: slice(valueAt),
      value: show(value, slice),
    })),
    /** `path/to/name` -> the value, shown. */
    values: Object.fromEntries(data.declarations.map(({ name, path, value }) => [[...path, name].join('/'), show(value, slice)])),
    comments: data.comments.map(({ at }) => slice(at)),
    commands: data.commands.map((command) => ({ path: command.path.join('/'), text: command.text, source: slice(command.at) })),
    reads: data.reads.map(({ name, module, at }) => ({ name, module, text: slice(at) })),
    notices: data.notices.map(({ code, level, message }) => ({ code, level, message })),
    data,
    /** The source of the first `part` in a command's text. */
    sourceOf: (command: Command, part: string): string => slice(sourceSpan(command, command.text.indexOf(part), command.text.indexOf(part) + part.length)),
  };
}

/** `text@source`: what the value is, and what stands in the file at its span. */
function show(value: Value, slice: (at: Span) => string): string {
  const at = 'at' in value && value.at !== undefined ? `@${slice(value.at)}` : '';
  switch (value.kind) {
    case 'text': return slice(value.at ?? [0, 0]) === value.text ? value.text : `${value.text}${at}`;
    case 'variable': return `${value.access}(${value.name})${at}`;
    case 'concat': return value.parts.map((part) => show(part, slice)).join(' + ');
    case 'choice': return value.options.map((option) => show(option, slice)).join(' | ');
    case 'number': return `number ${value.value}`;
    case 'constant': return `constant ${String(value.value)}`;
    case 'binding': return `binding(${value.name})`;
    default: return value.kind;
  }
}
