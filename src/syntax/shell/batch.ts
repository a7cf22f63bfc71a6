/**
 * A batch file of Windows as the shell's reader takes it, character for character in the same place.
 * Source: learn.microsoft.com/windows-server/administration/windows-commands, `echo`, `set`, `rem`.
 */
export function batchAsShell(text: string): string {
  return text.replace(/[^\r\n]+/g, (line) => lineOf(line));
}

function lineOf(line: string): string {
  if (brackets.test(line)) return ' '.repeat(line.length);
  if (/^\s*(?::|@?rem\b|@?(?:goto|setlocal|endlocal|if|for|call)\b)/i.test(line)) return commentOf(line);
  const plain = line.replace(/^\s*@/, (mark) => ' '.repeat(mark.length)).replace(/\^$/, '\\');
  // The blank behind the name stands where the second sign stood.
  return assignmentOf(plain.replace(/%([A-Za-z_]\w*)%/g, (_, name: string) => `$${name} `).replace(/\\(?!$)/g, '/'));
}

/** A line of brackets around a block: `) else (`. */
const brackets = /^\s*\)?\s*(?:else)?\s*\(?\s*$/i;

/** What is not followed: labels, remarks, jumps and conditions. A command behind a condition still is one. */
function commentOf(line: string): string {
  const command = /^(\s*@?if\b.*?)\b((?:echo|curl)\b.*)$/i.exec(line);
  return command ? ' '.repeat(command[1]?.length ?? 0) + lineOf(command[2] ?? '') : ' '.repeat(line.length);
}

/** `set NAME=value`, also with quotes around all of it. */
function assignmentOf(line: string): string {
  const [, head = '', quote = '', rest = ''] = /^(\s*set\s+)("?)([A-Za-z_]\w*=.*)$/i.exec(line) ?? [];
  if (rest === '') return line;
  return ' '.repeat(head.length + quote.length) + (quote === '' ? rest : rest.replace(/"(?=\s*$)/, ' '));
}
