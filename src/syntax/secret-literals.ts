import { findKeys, type KeyContext } from '../hilt/key-grammar.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import type { StringLiteral } from './estree/string-literals.ts';
import type { SecretOccurrence } from './module-summary.ts';
import { inOrder, type Span } from './span.ts';
import { findSecretsInText, type TextSecret } from './text/find-secrets.ts';
import { templateFrame } from './text/template-frame.ts';
import type { Value } from './value.ts';

/** Knows where the secrets of one file stand, and turns literals that hold them into values that do not. */
export class SecretLiterals {
  readonly #found: readonly TextSecret[];
  readonly #options: KeyOptions;
  readonly #context: KeyContext;
  readonly #source: string;

  constructor(source: string, found: readonly TextSecret[], options: KeyOptions, context: KeyContext) {
    this.#source = source;
    this.#found = found;
    this.#options = options;
    this.#context = context;
  }

  /** The value of a literal: its text, or what of it is no secret around the secrets. */
  valueOf(text: string, at: Span): Value {
    const plain = findKeys(text, this.#options, this.#context);
    if (plain.length > 0) return joined(text, at, plain);
    const encoded = this.#inside(at)[0] ?? this.#onlyCooked(text, at)[0];
    return encoded ? { kind: 'secret', secret: encoded.secret, at } : { kind: 'text', text, at };
  }

  /** One occurrence for each secret: at the literal where it is the only one in it, else at its own text. */
  occurrences(literals: readonly StringLiteral[]): SecretOccurrence[] {
    const occurrences: SecretOccurrence[] = [];
    const taken = new Set<TextSecret>();
    for (const literal of literals) {
      const inside = this.#inside(literal.at);
      const cooked = inside.length === 0 ? this.#onlyCooked(literal.text, literal.at) : [];
      const all = [...inside, ...cooked].filter((secret) => !taken.has(secret));
      const isAtLiteral = literal.whole && all.length === 1;
      for (const secret of all) {
        taken.add(secret);
        const at = isAtLiteral ? literal.at : secret.at;
        const frame = isAtLiteral && literal.replaceable ? this.#frame(literal) : secret.form === 'plain' && !isAtLiteral ? literal.hole : undefined;
        occurrences.push({ secret: secret.secret, at, form: secret.form, replaceable: frame !== undefined, ...(frame?.[0] ? { frame } : {}) });
      }
    }
    for (const secret of this.#found) {
      if (!taken.has(secret)) occurrences.push({ secret: secret.secret, at: secret.at, form: secret.form, replaceable: false });
    }
    return inOrder(occurrences);
  }

  /** Only of a key that the literal has in plain text: what is decoded is decoded by code that would have to go too. */
  #frame({ text, at, braces }: StringLiteral): readonly [string, string] | undefined {
    const key = this.onlyKey(text);
    const frame = key ? templateFrame(text, key.start, key.end) : undefined;
    if (!frame) return undefined;
    if (braces) return [`{${frame[0]}`, `${frame[1]}}`];
    // `return"…"`: a quote ends the word before it, a name would go on with it.
    const isGlued = frame[0] === '' && /[\w$]/.test(this.#source[at[0] - 1] ?? '');
    return isGlued ? [' ', ''] : frame;
  }

  /** The one key that a text has in plain text; `undefined` for none and for several. */
  onlyKey(text: string): { readonly start: number; readonly end: number } | undefined {
    const [key, ...more] = findKeys(text, this.#options, this.#context);
    return more.length === 0 ? key : undefined;
  }

  #inside([start, end]: Span): TextSecret[] {
    return this.#found.filter((secret) => secret.at[0] >= start && secret.at[1] <= end);
  }

  /** Secrets that only the cooked text has: escapes and line continuations that hide one from a search of the source. */
  #onlyCooked(text: string, at: Span): TextSecret[] {
    if (text.length < 16 || this.#source.slice(at[0], at[1]).includes(text)) return [];
    return findSecretsInText(text, this.#options, this.#context).secrets.map((secret) => ({ ...secret, at, form: 'encoded' as const }));
  }
}

function joined(text: string, at: Span, keys: ReturnType<typeof findKeys>): Value {
  const parts: Value[] = [];
  let from = 0;
  for (const key of keys) {
    if (key.start > from) parts.push({ kind: 'text', text: text.slice(from, key.start) });
    parts.push({ kind: 'secret', secret: key.secret, at });
    from = key.end;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  const only = parts[0];
  return parts.length === 1 && only ? only : { kind: 'concat', parts, at };
}
