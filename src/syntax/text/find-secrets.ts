import { decodeBudget, decodedViews, shortestDecoded, type DecodeBudget } from '../../hilt/encodings.ts';
import { findKeys, type KeyContext } from '../../hilt/key-grammar.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import type { Secret } from '../../hilt/secret.ts';
import type { SecretForm } from '../module-summary.ts';
import type { Span } from '../span.ts';

/** A secret that can be read from a text. */
export interface TextSecret {
  readonly secret: Secret;
  /** The secret, or the smallest run of the text that decodes to it, or all the pieces that it is joined from. */
  readonly at: Span;
  readonly form: SecretForm;
}

export interface TextSecrets {
  /** One an occurrence, in position order. */
  readonly secrets: readonly TextSecret[];
  /** The decoding budget ended before everything was looked at: what follows may hold more. */
  readonly exhausted: boolean;
}

/**
 * Finds keys and setup tokens in any text, also where they are encoded, up to three encodings deep.
 * The work is bounded by a multiple of the text's length.
 */
export function findSecretsInText(text: string, options: KeyOptions, mentions: KeyContext): TextSecrets {
  const budget = decodeBudget(text.length);
  const secrets = oneAnOccurrence(secretsOfViews(text, options, mentions, budget));
  return { secrets, exhausted: budget.exhausted };
}

interface Candidate extends TextSecret { readonly depth: number }

function secretsOfViews(text: string, options: KeyOptions, context: KeyContext, budget: DecodeBudget): Candidate[] {
  const found: Candidate[] = [];
  const shortest = Math.max(8, Math.min(shortestDecoded, 'hk_live_'.length + options.minBodyLength));
  for (const view of decodedViews(text, budget, shortest)) {
    for (const key of findKeys(view.text, options, context)) {
      const at = view.origin(key.start, key.end);
      found.push({ secret: key.secret, at, form: view.depth === 0 ? 'plain' : 'encoded', depth: view.depth });
    }
  }
  return found;
}

/**
 * The same run may be read in several ways: with and without its escapes undone, at two byte orders. Of readings that cover
 * the same place the one with the fewest decodings stands, or the longer one where they disagree on what the key is.
 */
function oneAnOccurrence(candidates: Candidate[]): TextSecret[] {
  candidates.sort((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1] || a.depth - b.depth);
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    const last = kept.at(-1);
    if (!last || !isSamePlace(last.at, candidate.at)) kept.push(candidate);
    else if (isBetter(candidate, last)) kept[kept.length - 1] = candidate;
  }
  return kept.map(({ secret, at, form }) => ({ secret, at, form }));
}

/** Neighbours in base64 of base64 may share a character; readings of one key share most of theirs. */
function isSamePlace(a: Span, b: Span): boolean {
  const shared = Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
  return shared > Math.min(a[1] - a[0], b[1] - b[0]) / 2;
}

function isBetter(candidate: Candidate, last: Candidate): boolean {
  const byLength = candidate.at[1] - candidate.at[0] - (last.at[1] - last.at[0]);
  if (candidate.secret.digest !== last.secret.digest) return byLength > 0;
  return candidate.depth < last.depth || (candidate.depth === last.depth && byLength < 0);
}
