import { mentionsOf, type HiltMentions } from '../hilt/context.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import { isMarkupLanguage, isScriptLanguage, type Language } from '../sources/language.ts';
import { sourceSpan } from './data/index.ts';
import type { MappedText } from './data/mapped-text.ts';
import type { ModuleFacts } from './estree/module-facts.ts';
import { withMarkupFrames } from './markup-places.ts';
import type { Declaration, SecretOccurrence } from './module-summary.ts';
import { markupOf, type ScriptBlocks } from './script-blocks.ts';
import { SecretLiterals } from './secret-literals.ts';
import { overlap, type Span } from './span.ts';
import { findNamedSecrets } from './text/find-named-secrets.ts';
import { findSecretsInText, type TextSecret } from './text/find-secrets.ts';
import { findSlotLiterals, findTokensInLiteral } from './text/find-slot-literals.ts';
import { findSplitSecrets } from './text/find-split-secrets.ts';
import type { Value } from './value.ts';

/** Finds the secrets of one file, whatever reads it. */
export class FileSecrets {
  readonly mentions: HiltMentions;
  /** What the text holds as it is, or encoded. */
  readonly found: readonly TextSecret[];
  readonly literals: SecretLiterals;
  /** Whether more encoded text was there than is searched. */
  readonly exhausted: boolean;
  readonly #text: string;
  readonly #language: Language;
  readonly #options: KeyOptions;

  constructor(text: string, language: Language, options: KeyOptions) {
    this.#text = text;
    this.#language = language;
    this.#options = options;
    this.mentions = mentionsOf(text);
    const { secrets, exhausted } = findSecretsInText(text, options, this.mentions);
    this.found = secrets;
    this.exhausted = exhausted;
    this.literals = new SecretLiterals(text, secrets, options, this.mentions);
  }

  /** The secrets that a reader found, with those that only what stands beside them tells; `language`: of the program that was read. */
  complete(secrets: readonly SecretOccurrence[], literals: ModuleFacts['literals'], language: Language): readonly SecretOccurrence[] {
    const found = withApart(this.#withSlotLiterals(secrets, language), this.#tokensIn(literals));
    // ESLint has parsers of components, but none of pages.
    return isMarkupLanguage(this.#language) && this.#language !== 'html' ? this.#withFrames(found.map((each) => withQuotes(each, this.#text))) : found;
  }

  /** What expressions of the markup put together; scripts are followed as programs. */
  joinedInMarkup({ text, parts }: ScriptBlocks): TextSecret[] {
    if (!this.mentions.key) return [];
    const isMarkup = ({ at: [start, end] }: TextSecret): boolean => [text, ...parts].every((program) => program.slice(start, end).trim() === '');
    const joined = [...findSplitSecrets(this.#text, this.#options, this.mentions).secrets, ...findNamedSecrets(this.#text, this.#options, this.mentions)].filter(isMarkup);
    return joined.filter((each, index) => joined.findIndex((other) => overlap(other.at, each.at)) === index);
  }

  /** What the cells of a notebook put together, at its place in the file. */
  splitIn(code: MappedText): TextSecret[] {
    return findSplitSecrets(code.text, this.#options, this.mentions).secrets.map((each) => ({ ...each, at: sourceSpan(code, ...each.at) }));
  }

  /** Those of a file that has no tree: what stands in its text, and what its text puts together by name. */
  ofText(): SecretOccurrence[] {
    const joined = findSplitSecrets(this.#text, this.#options, this.mentions).secrets;
    const named = this.mentions.key ? findNamedSecrets(this.#text, this.#options, this.mentions) : [];
    const split = [...joined, ...named.filter((each) => !joined.some((known) => overlap(known.at, each.at)))];
    const isCovered = (at: Span, others: readonly TextSecret[]): boolean => others.some((other) => overlap(at, other.at));
    // A key that goes on in the next literal: the whole of it, not its first piece.
    const longer = split.filter((each) => this.found.some((known) => known.form === 'plain' && known.at[0] >= each.at[0] && known.at[1] <= each.at[1] && known.secret.preview === each.secret.preview));
    const apart = split.filter((each) => !isCovered(each.at, this.found) || longer.includes(each));
    return [...this.found.filter((each) => !isCovered(each.at, longer)), ...apart].map(({ secret, at, form }) => ({ secret, at, form, replaceable: false })).sort((a, b) => a.at[0] - b.at[0]);
  }

  /** The declaration with values in the place of texts that hold a secret. */
  replaceIn(declaration: Declaration): Declaration {
    return { ...declaration, value: this.#replaceText(declaration.value) };
  }

  #replaceText(value: Value): Value {
    if (value.kind === 'text') return this.literals.valueOf(value.text, value.at ?? [0, 0]);
    if (value.kind === 'concat') return { ...value, parts: value.parts.map((part) => this.#replaceText(part)) };
    if (value.kind === 'choice') return { ...value, options: value.options.map((option) => this.#replaceText(option)) };
    return value;
  }

  #withFrames(secrets: readonly SecretOccurrence[]): readonly SecretOccurrence[] {
    if (secrets.length === 0 || (this.#language !== 'svelte' && this.#language !== 'astro')) return secrets;
    return withMarkupFrames(this.#language, markupOf(this.#language, this.#text), secrets, (text) => this.literals.onlyKey(text));
  }

  /** Secrets with those that only what stands beside them tells. */
  #withSlotLiterals(secrets: readonly SecretOccurrence[], language: Language): readonly SecretOccurrence[] {
    const isProgram = isScriptLanguage(language) || isMarkupLanguage(language) || language === 'python';
    const inSlots = this.mentions.hiltPay ? findSlotLiterals(this.#text, this.#options, isProgram) : [];
    return withApart(secrets, inSlots);
  }

  #tokensIn(literals: ModuleFacts['literals']): TextSecret[] {
    if (!this.mentions.hiltPay) return [];
    return literals.filter(({ text }) => text.includes('eyJ')).flatMap(({ at }) => findTokensInLiteral(this.#text.slice(...at), this.#options).map((found) => ({ ...found, at: [found.at[0] + at[0], found.at[1] + at[0]] as Span })));
  }

  /** What is a secret only where the package uses hilt.so. */
  ofPackage(literals: ModuleFacts['literals']): { packageSecrets?: readonly SecretOccurrence[] } {
    if (this.mentions.hiltPay || this.mentions.other || !/hilt_live_|delivery_claim/.test(this.#text)) return {};
    const context = { ...this.mentions, hiltPay: true };
    const loose = findSecretsInText(this.#text, this.#options, context).secrets.filter((each) => !this.found.some((known) => overlap(known.at, each.at)));
    const found = new SecretLiterals(this.#text, loose, this.#options, context).occurrences(literals);
    const packageSecrets = withApart(found, findSlotLiterals(this.#text, this.#options, true));
    return packageSecrets.length > 0 ? { packageSecrets } : {};
  }
}

/** In markup some parsers count the quotes of a literal or an attribute to it, others do not, and text has no literals: the same place for all. An expression stands inside of them. */
function withQuotes(occurrence: SecretOccurrence, text: string): SecretOccurrence {
  const [start, end] = occurrence.at;
  const isQuoted = /["'`]/.test(text[start - 1] ?? '') && text[start - 1] === text[end] && !/["'`]/.test(text.slice(start, end));
  return isQuoted ? { ...occurrence, at: [start - 1, end + 1] } : occurrence;
}

/** With those of `more` that stand where no other does, in position order. */
export function withApart(secrets: readonly SecretOccurrence[], more: readonly TextSecret[]): readonly SecretOccurrence[] {
  const apart = more.filter((each) => !secrets.some((known) => overlap(known.at, each.at)));
  if (apart.length === 0) return secrets;
  return [...secrets, ...apart.map(({ secret, at, form }) => ({ secret, at, form, replaceable: false }))].sort((a, b) => a.at[0] - b.at[0]);
}
