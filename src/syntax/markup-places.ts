import { closingBrace } from './markup-components.ts';
import type { SecretOccurrence } from './module-summary.ts';
import { contains, type Span } from './span.ts';
import { templateFrame } from './text/template-frame.ts';

/** A stretch of markup that is no text: a tag, the value of an attribute in it (with its quotes), or code in braces. */
interface Stretch { readonly kind: 'tag' | 'value' | 'code'; readonly at: Span }

/** Where the one key of a text stands; `undefined` for none and for several. */
type FindKey = (text: string) => { readonly start: number; readonly end: number } | undefined;

/**
 * Secrets in the text and in the attributes of a template, with what code has before and after it there. Code in braces stands in
 * the place of text and of a whole value in Svelte and Astro, in Svelte also inside of a value.
 *
 * @param markup the file with its scripts, styles and comments blanked
 */
export function withMarkupFrames(dialect: 'svelte' | 'astro', markup: string, secrets: readonly SecretOccurrence[], findKey: FindKey): readonly SecretOccurrence[] {
  const isOpen = ({ at, form, replaceable }: SecretOccurrence): boolean => form === 'plain' && !replaceable && markup.slice(at[0], at[1]).trim() !== '';
  // Astro's `is:raw` makes text of braces.
  if (!secrets.some(isOpen) || (dialect === 'astro' && markup.includes('is:raw'))) return secrets;
  const stretches = readStretches(dialect, markup);
  return secrets.map((secret) => {
    const frame = isOpen(secret) ? frameAt(dialect, markup, stretches, secret, findKey) : undefined;
    return frame ? { ...secret, replaceable: true, frame } : secret;
  });
}

function frameAt(dialect: 'svelte' | 'astro', markup: string, stretches: readonly Stretch[], { at }: SecretOccurrence, findKey: FindKey): readonly [string, string] | undefined {
  const around = stretches.filter((each) => each.at[0] < at[1] && each.at[1] > at[0]);
  if (around.length === 0) return inBraces(markup.slice(...at), findKey);
  const value = around.find(({ kind }) => kind === 'value');
  if (!value || !contains(value.at, at) || around.some(({ kind }) => kind === 'code')) return undefined;
  if (at[0] > value.at[0]) return dialect === 'svelte' ? inBraces(markup.slice(...at), findKey) : undefined;
  const text = markup.slice(...value.at).replace(/^(["'])(.*)\1$/s, '$2');
  const key = findKey(text);
  // An entity and code would mean something else in a template literal.
  const frame = key && at[1] === value.at[1] && !/[&{]/.test(text) ? templateFrame(text, key.start, key.end) : undefined;
  return frame && [`{${frame[0]}`, `${frame[1]}}`];
}

/** Text stays as it is written around the code. */
function inBraces(text: string, findKey: FindKey): readonly [string, string] | undefined {
  const key = findKey(text);
  return key && [`${text.slice(0, key.start)}{`, `}${text.slice(key.end)}`];
}

/** One pass over the markup. What is not closed runs to the end. */
function readStretches(dialect: 'svelte' | 'astro', markup: string): Stretch[] {
  const stretches: Stretch[] = [];
  const opening = /\{|<(?=[A-Za-z/!])/g;
  for (let match = opening.exec(markup); match; match = opening.exec(markup)) {
    const start = match.index;
    const end = match[0] === '{' ? endOfCode(markup, start) : readTag(dialect, markup, start, stretches);
    stretches.push({ kind: match[0] === '{' ? 'code' : 'tag', at: [start, end] });
    opening.lastIndex = end;
  }
  return stretches;
}

function endOfCode(markup: string, start: number): number {
  const close = closingBrace(markup, start);
  return close === undefined ? markup.length : close + 1;
}

/** Where the tag ends; the values of its attributes, and code, go into `stretches`. */
function readTag(dialect: 'svelte' | 'astro', markup: string, from: number, stretches: Stretch[]): number {
  const parts = /[>{`"']|=\s*(?:(?=["'])|[^\s"'`{>]+)/g;
  parts.lastIndex = from;
  for (let match = parts.exec(markup); match; match = parts.exec(markup)) {
    const [sign] = match;
    const start = match.index;
    if (sign === '>') return start + 1;
    if (sign.startsWith('=')) {
      const value = start + (/^=\s*/.exec(sign)?.[0].length ?? 1);
      if (value === start + sign.length) continue;
      stretches.push({ kind: 'value', at: [value, start + sign.length] });
    } else {
      const end = sign === '{' ? endOfCode(markup, start) : endOfQuoted(dialect, markup, start, stretches);
      stretches.push({ kind: sign === '{' || sign === '`' ? 'code' : 'value', at: [start, end] });
      parts.lastIndex = end;
    }
  }
  return markup.length;
}

/** A quoted value of Svelte may hold code, which may hold quotes. */
function endOfQuoted(dialect: 'svelte' | 'astro', markup: string, start: number, stretches: Stretch[]): number {
  const quote = markup[start];
  for (let i = start + 1; i < markup.length; i++) {
    if (markup[i] === quote) return i + 1;
    if (dialect !== 'svelte' || markup[i] !== '{') continue;
    const end = endOfCode(markup, i);
    stretches.push({ kind: 'code', at: [i, end] });
    i = end - 1;
  }
  return markup.length;
}
