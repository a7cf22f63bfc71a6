/**
 * Names that begin as a key does: `hk_live_stream_handler(…)`, `.hk_live_badge_wrapper {`, `emit('hk_sandbox_checkout_completed')`.
 */

/** How far back is looked for what introduces a name. */
const nearby = 64;

/**
 * Whether what stands from `start` up to `end` is the name of a thing and no key: its body is words alone, and it does not stand
 * right behind a word for a key (`apiKey: "…"`, `HILT_API_KEY=…`, "the key …"), where only what takes a name tells the two apart.
 */
export function isIdentifier(text: string, start: number, end: number, body: string): boolean {
  return isWords(body) && (!isKeyPlace(text, start) || isNamePlace(text, start, end));
}

/**
 * Two or more words of small letters that can be spoken, a version behind them or not. A random body of sixteen characters has
 * other digits, a capital or a heap of consonants.
 */
function isWords(body: string): boolean {
  const words = body.replace(/[_-]v\d{1,2}$/, '').split(/[_-]/);
  const isSpoken = (word: string): boolean => word.length < 3 || (/[aeiouy]/.test(word) && !/[^aeiouy]{5}|[aeiou]{4}|(.)\1\1/.test(word));
  return words.length > 1 && words.some((word) => word.length > 2) && words.every((word) => /^[a-z]{1,14}$/.test(word) && isSpoken(word));
}

/** A word for a key, and no more than signs and a type between it and the value. */
const keyPlace = /(?:key|token|secret|credentials?|password|bearer)(?:["'`]?\s{0,4}:\s{0,4}string)?[^A-Za-z0-9\n]{0,12}$/i;

function isKeyPlace(text: string, start: number): boolean {
  return keyPlace.test(text.slice(Math.max(0, start - nearby), start));
}

/** Words that a name follows, in SQL and in programs. */
const introduces = /(?:^|[\s;{(])(?:class|column|const|constraint|def|enum|fn|fun|func|function|exists|from|import|index|interface|into|join|let|mod|new|on|operator|package|policy|proc|procedure|schema|static|struct|sub|table|trigger|type|update|var|view)[ \t]+["`[]?$/i;
const member = /(?:[\w)\]]\??\.|->|::)$/;
const selector = /(?:^|[\s,>+~{}])[.#]$/;
const styleClass = /\b(?:class|className|id)\s{0,4}=\s{0,4}\{?["'`][\w\s-]*$/;

function isNamePlace(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - nearby), start);
  const after = text.slice(end, end + nearby);
  if (introduces.test(before) || member.test(before) || styleClass.test(before)) return true;
  if (selector.test(before)) return /^[^"'`\n]*[{,]/.test(after);
  // The name of a property: `"…": true`, and at the start of a line without quotes too.
  if (/["']$/.test(before)) return /^["']\s{0,8}(?::|=>)/.test(after) && !/["']\s*[:=]\s*["']$/.test(before);
  if (/(?:^|[\n{,])\s*(?:-\s+)?$/.test(before) && /^\??\s{0,8}(?::(?!\/\/)|=(?!=))\s/.test(after)) return true;
  // A call, an index, an argument or the end of a statement of a program.
  return /^(?:\(|\[)/.test(after) || (/(?:[([,]|[^=!<>]=|\breturn)\s{0,8}$/.test(before) && /^\s{0,8}[;),\]]/.test(after) && !/[?&][\w-]*=$/.test(before));
}
