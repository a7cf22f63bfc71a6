/**
 * Makes text that comes from a repository safe to show on one line of a terminal: control characters (escape sequences,
 * line breaks), invisible and direction-changing ones become visible escapes. https://trojansource.codes
 */
export function makePrintable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, escape);
}

function escape(character: string): string {
  const known: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const code = character.charCodeAt(0);
  return known[character] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`);
}
