/**
 * A script of fish as the shell's reader takes it, character for character in the same place: words of blocks and command
 * substitutions are blank, `set -x NAME value` is an `export`. Source: fishshell.com/docs/current/language.html.
 */
export function fishAsShell(text: string): string {
  return withoutSubstitutions(text).replace(/(^|[;\n])([ \t]*)([^;\n]*)/g, (_, before: string, indent: string, statement: string) => before + indent + statementOf(statement));
}

/** A statement, of the same length. */
function statementOf(statement: string): string {
  const word = /^(?:(?:else\s+)?if|while|not|and|or|begin|end|else|switch)(?![\w-])/.exec(statement)?.[0];
  if (word !== undefined) return statement.trim() === word ? nothing(statement) : blank(word) + afterBlanks(statement.slice(word.length));
  if (/^(?:function|for|case)(?![\w-])/.test(statement)) return nothing(statement);
  return assignmentOf(statement) ?? statement;
}

function afterBlanks(rest: string): string {
  const indent = /^\s*/.exec(rest)?.[0] ?? '';
  return rest.length > indent.length ? indent + statementOf(rest.slice(indent.length)) : rest;
}

/** `set -gx NAME value`; `set -e NAME` takes it away. */
function assignmentOf(statement: string): string | undefined {
  const [, head = '', flags = '', name = '', value = ''] = /^(set((?:\s+-[\w-]+)*)\s+)([A-Za-z_]\w*)\s([^]*)$/.exec(statement) ?? [];
  if (name === '') return undefined;
  if (/-\w*[eqnS]|--(?:erase|query|names|show)/.test(flags)) return nothing(statement);
  // What a command prints is not known.
  if (/^\s/.test(value)) return blank(statement.slice(0, statement.length - value.length)) + value;
  const isExported = /\s-\w*x|--export/.test(flags);
  return `${isExported ? 'export'.padEnd(head.length) : blank(head)}${name}=${value}`;
}

/** `(command)`, unless it is quoted. */
function withoutSubstitutions(text: string): string {
  return text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\\.|#[^\n]*|[()]/gs, (found) => (found === '(' || found === ')' ? ' ' : found));
}

/** A command that does nothing: between two `;` has to be one. */
function nothing(statement: string): string {
  return `:${blank(statement.slice(1))}`;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
