import { digestOf } from './digest.ts';
import { isIdentifier } from './identifier.ts';
import type { KeyOptions } from './key-options.ts';
import { isPlaceholderBody } from './placeholder.ts';
import type { KeyEnvironment, Secret, SecretKind } from './secret.ts';

/** A secret that stands in a text as it is. Offsets are UTF-16, `end` is exclusive. */
export interface KeyMatch {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly secret: Secret;
}

/** What else the file or package says: `hilt_live_` is Hilt's only beside hilt.so, and hilt-review.com has the same prefix. */
export interface KeyContext {
  readonly hiltPay: boolean;
  readonly other: boolean;
}

const noContext: KeyContext = { hiltPay: false, other: false };

/** Prefixes of what Hilt issues. Sources: API keys page, Postman environment, OpenAPI (`AccessAgentSetup*Request.setup_token`). */
const prefixes: readonly { readonly text: string; readonly kind: SecretKind; readonly environment: KeyEnvironment }[] = [
  { text: 'hk_live_', kind: 'key', environment: 'live' },
  { text: 'hk_sandbox_', kind: 'key', environment: 'sandbox' },
  { text: 'hilt_live_', kind: 'key', environment: 'live' },
  { text: 'hst_', kind: 'setup-token', environment: 'unknown' },
];

/** Setup tokens have 20 to 300 characters with their prefix in the OpenAPI; RULES asks for 20 after it. */
const setupTokenBody = 20;

/**
 * Every key and setup token that stands in `text` literally, in order, without overlaps.
 *
 * No `[A-Za-z0-9_]` may stand before the prefix (`chk_live_…` is a checkout id), unless it is the tail of an escape:
 * in `"a\nhk_live_…"` and `?k%3Dhk_live_…` the character before the key is a line break and a `=`.
 */
export function findKeys(text: string, options: KeyOptions, context: KeyContext = noContext): KeyMatch[] {
  const found: KeyMatch[] = [];
  const prefix = /(?:hk_(?:live|sandbox)|hilt_live|hst)_/g;
  const body = /[A-Za-z0-9_-]*/y;
  for (let match = prefix.exec(text); match; match = prefix.exec(text)) {
    const start = match.index;
    if (!isBoundary(text, start)) continue;
    body.lastIndex = prefix.lastIndex;
    const tail = trimCommentEnd(body.exec(text)?.[0] ?? '', text[body.lastIndex]);
    if (!isSecretBody(match[0], tail, options, context)) continue;
    const end = prefix.lastIndex + tail.length;
    if (isIdentifier(text, start, end, tail)) continue;
    const secretText = text.slice(start, end);
    found.push({ text: secretText, start, end, secret: secretOf(secretText, kindOf(secretText)) });
    prefix.lastIndex = end;
  }
  return found;
}

function isSecretBody(prefix: string, body: string, options: KeyOptions, context: KeyContext): boolean {
  if (prefix === 'hst_') return body.length >= setupTokenBody && isRandomBody(body);
  if (prefix === 'hilt_live_' && (!context.hiltPay || context.other)) return false;
  return body.length >= options.minBodyLength && !isPlaceholderBody(body);
}

/** The `--` of `<!-- hk_live_…-->` is the comment's. */
function trimCommentEnd(body: string, next: string | undefined): string {
  return next === '>' && body.endsWith('--') ? body.slice(0, -2) : body;
}

/** The longest escape that {@link isBoundary} looks back for: a terminal colour, `\u001b[38;5;196m`. */
const longestEscape = 24;

function isBoundary(text: string, start: number): boolean {
  if (start === 0 || !/[A-Za-z0-9_]/.test(text[start - 1] ?? '')) return true;
  const before = text.slice(Math.max(0, start - longestEscape), start);
  if (/\\[abefnrtvZ]$/.test(before)) return true;
  // The code after which a terminal prints the key in colour ends in a letter.
  // eslint-disable-next-line no-control-regex -- terminals do write the escape character.
  if (/(?:\x1b|\\x1[bB]|\\u001[bB]|\\033|\\e)\[[0-9;]*m$/.test(before)) return true;
  const escape = /(?:\\u\{?|\\x|%u|%|=)([0-9A-Fa-f]{2,6})$/.exec(before);
  if (escape && isEscapeOf(escape[0], escape[1] ?? '')) return true;
  const octal = /\\([0-3]?[0-7]{1,2})$/.exec(before);
  return octal !== null && !isWordCode(Number.parseInt(octal[1] ?? '', 8));
}

/** Whether the escape has as many digits as its kind has, and yields no word character (`\u0063hk_live_` is `chk_live_`). */
function isEscapeOf(escape: string, digits: string): boolean {
  const length = escape.startsWith('\\u{') ? digits.length : /^(?:\\u|%u)/.test(escape) ? 4 : 2;
  return digits.length === length && !isWordCode(Number.parseInt(digits, 16));
}

function isWordCode(code: number): boolean {
  return /[A-Za-z0-9_]/.test(String.fromCharCode(code));
}

/** What follows the prefix of a key, or the whole text where it has none. */
function bodyOf(text: string): string {
  return text.slice(prefixes.find((prefix) => text.startsWith(prefix.text))?.text.length ?? 0);
}

function kindOf(text: string): SecretKind {
  return prefixes.find((prefix) => text.startsWith(prefix.text))?.kind ?? 'key';
}

/**
 * The identity of a secret: what it is, where it is valid, a preview of four characters behind the prefix
 * (`hk_live_a1b2…`; four characters of a secret without a prefix) and the first 32 hex digits of its SHA-256.
 */
export function secretOf(text: string, kind: SecretKind): Secret {
  const prefix = prefixes.find((candidate) => text.startsWith(candidate.text));
  return {
    kind,
    environment: prefix?.environment ?? 'unknown',
    preview: `${text.slice(0, (prefix?.text.length ?? 0) + 4)}…`,
    digest: digestOf(text).slice(0, 32),
  };
}

/**
 * Whether a literal that fills a slot for a secret looks like one: 16 or more characters without blanks, letters and digits
 * mixed within a word. Digits that only number words do not count (`integration-test-key-1`), nor do placeholders, URLs,
 * references to a secret manager, templates, and names of variables.
 */
export function looksRandom(text: string): boolean {
  if (text.length < 16 || text.length > 4096) return false;
  if (isReference(text)) return false;
  if (isPlaceholderBody(bodyOf(text))) return false;
  return text.split(/[^A-Za-z0-9]+/).some(isMixed);
}

/** Where a secret lies, in place of the secret: `/run/secrets/hilt2`, `ssm:/prod1/hilt`, `arn:…`, `projects/p1/secrets/…`, templates. */
export function isReference(text: string): boolean {
  return /[\s<>{}$"'`()]|:\/|\.\.\.|…|^arn:|^[\w-]*vault:|^projects\/[^/]+\/secrets\/|^(?:~|\.{1,2})?\/[\w./-]*(?<=\/)[a-z][a-z_.-]+\//.test(text);
}

function isMixed(word: string): boolean {
  if (!/[A-Za-z]/.test(word) || !/[0-9]/.test(word)) return false;
  return !/^[A-Za-z]*[a-z][A-Za-z]*\d{1,4}$|^[A-Z]+\d{1,4}$|^v\d+$/.test(word) || countTokens(word) > 3;
}

/**
 * Whether a body behind a prefix as short as `hst_` is a token and no name (`hst_buyer_setup_token`, `hst_amount_2019_quarter1`):
 * one of its segments has eight or more characters and changes between capitals, small letters and digits every three
 * characters or so, as random text does.
 */
function isRandomBody(body: string): boolean {
  if (isPlaceholderBody(body)) return false;
  return body.split(/[_-]+/).some((segment) => segment.length >= 8 && segment.length / countTokens(segment) < 3.4 && /[0-9A-Z]/.test(segment) && !isCamelCase(segment));
}

function isCamelCase(segment: string): boolean {
  return /^[A-Za-z]+$/.test(segment) && segment.length / countTokens(segment) >= 2.6;
}

function countTokens(word: string): number {
  return word.match(/\d+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g)?.length ?? 1;
}

/**
 * Whether the whole text is a JSON Web Token: three base64url parts, of which the first decodes to a JSON object that
 * names an algorithm. Hilt's dashboard sessions are such tokens; that one is Hilt's, only its slot can tell.
 */
export function isJwt(text: string): boolean {
  if (text.length > 16_384) return false;
  const parts = /^(eyJ[\w-]+)\.(eyJ[\w-]+)\.[\w-]{16,}$/.exec(text);
  if (!parts) return false;
  return isJsonObject(parts[1] ?? '', 'alg') && isJsonObject(parts[2] ?? '');
}

function isJsonObject(part: string, field?: string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) && (field === undefined || field in value);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
