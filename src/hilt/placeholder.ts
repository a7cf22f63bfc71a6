/**
 * Words that a person reads as "put yours here". Hilt's own documentation and examples use `replace_me`;
 * the others are what READMEs and `.env.example` files write in its place.
 */
const words = new Set([
  'replace', 'replaceme', 'your', 'yours', 'example', 'changeme', 'dummy', 'fake', 'placeholder', 'redacted', 'insert', 'here', 'sample',
  'todo', 'fixme', 'notreal', 'notareal',
]);

/** What stands beside those words in one that is written without separators (`yourapikeyhere`). */
const fillers = new Set([
  'a', 'add', 'an', 'api', 'change', 'copy', 'for', 'from', 'goes', 'hilt', 'in', 'is', 'it', 'key', 'keys', 'live', 'me', 'my', 'not',
  'own', 'paste', 'prod', 'production', 'put', 'real', 'sandbox', 'secret', 'some', 'test', 'the', 'this', 'to', 'token', 'use', 'value', 'with',
]);

const longestWord = 11;

/** What follows has no bearing on what a person reads, and may be a bundle's whole line. */
const longestBody = 256;

/**
 * Whether what follows a key's prefix is no key but a stand-in for one: one repeated character, a run of the alphabet or of
 * digits in order, or a word of {@link words}.
 *
 * Words count only between `_`, `-`, case changes and ends, and case changes count only in a segment that is written
 * in words all through: `9fHereQ2…` is random and holds "Here" by accident.
 * Templates (`${…}`, `<…>`, `%NAME%`, dots) need no test here: their characters cannot stand in a body.
 */
export function isPlaceholderBody(body: string): boolean {
  if (body.length > longestBody) return isPlaceholderBody(body.slice(0, longestBody));
  if (/^(?:\.{2,}|…|<[^<>]*>|\{\{.*\}\}|\$\{.*\}|\$\w+|%\w+%|\*+)$/u.test(body)) return true;
  const plain = body.replace(/[_-]/g, '');
  if (plain === '' || isOrdered(plain) || /([A-Za-z0-9*])\1{7}/.test(body) || isRepeatedWord(plain)) return true;

  const segments = body.split(/[_-]+/).filter((segment) => segment !== '');
  return segments.some((segment, i) => isPlaceholderSegment(segment) || /^change(?:me|this|it)$|^notreal$/i.test(segment + (segments[i + 1] ?? '')) || /^nota?real$/i.test(segments.slice(i, i + 3).join('')));
}

/** `deadbeefdeadbeef`, `test_test_test_test`, `asdfasdfasdfasdf`: letters of one case that come again and again. */
function isRepeatedWord(letters: string): boolean {
  return letters.length >= 16 && /^(?:([a-z]{2,16})\1+[a-z]{0,15}|([A-Z]{2,16})\2+[A-Z]{0,15})$/.test(letters);
}

function isPlaceholderSegment(segment: string): boolean {
  const parts = /^(\d*)([A-Za-z]+)(\d*)$/.exec(segment);
  if (!parts) return false;
  const [, before = '', letters = '', after = ''] = parts;
  if (!isCounter(before) || !isCounter(after)) return false;
  if (/^x{4,}$/i.test(letters) || words.has(letters.toLowerCase())) return true;

  const humps = letters.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  if (humps.length > 1) return letters.length / humps.length >= 3 && humps.some((hump) => words.has(hump.toLowerCase()));
  return isGluedWords(letters.toLowerCase());
}

/** Digits that a person adds to a word: none, one to four, or a run in order (`your1`, `example1234567890`). */
function isCounter(digits: string): boolean {
  return digits.length <= 2 || isOrdered(digits);
}

/**
 * Whether the text is made of ordered runs (`1234567890abcdef`, `abc123def456`, `aaaabbbb`, `fedcba98`), each of three
 * characters or more, or is one for the most part (`test1234567890abcdef`). Random text of sixteen characters is neither.
 */
function isOrdered(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower.length < 3) return false;
  let long = 0;
  let short = 0;
  let start = 0;
  let step: number | undefined;
  for (let i = 1; i <= lower.length; i++) {
    const next = i < lower.length ? stepBetween(lower.charCodeAt(i - 1), lower.charCodeAt(i)) : undefined;
    if (next !== undefined && (step === undefined || next === step)) {
      step = next;
      continue;
    }
    const length = i - start;
    if (length >= 4) long += length;
    if (length < 3 && i < lower.length) short++;
    start = i;
    step = undefined;
  }
  return short === 0 || long >= lower.length * 0.6;
}

/** `0`, `1` or `-1` where the second character repeats, follows or precedes the first (`9` is followed by `0`), else `undefined`. */
function stepBetween(first: number, second: number): number | undefined {
  if (first === 0x39 && second === 0x30) return 1;
  if (first === 0x30 && second === 0x39) return -1;
  const step = second - first;
  return step >= -1 && step <= 1 ? step : undefined;
}

/** Whether lower-case letters are known words end to end, at least one of them a placeholder's. */
function isGluedWords(letters: string): boolean {
  if (letters.length > 64) return false;
  // 0: not reachable, 1: made of fillers, 2: with a placeholder's word.
  const reach = new Uint8Array(letters.length + 1);
  reach[0] = 1;
  for (let i = 0; i < letters.length; i++) {
    const state = reach[i] ?? 0;
    if (state === 0) continue;
    for (let length = 1; length <= longestWord && i + length <= letters.length; length++) {
      const word = letters.slice(i, i + length);
      const next = words.has(word) ? 2 : fillers.has(word) ? state : 0;
      reach[i + length] = Math.max(reach[i + length] ?? 0, next);
    }
  }
  return reach[letters.length] === 2;
}
