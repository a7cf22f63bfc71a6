import { findKeys } from '../../hilt/key-grammar.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import type { Node } from '../estree/node.ts';
import { contains, type Span } from '../span.ts';
import type { HiltMentions } from '../../hilt/context.ts';
import type { TextSecret } from '../text/find-secrets.ts';
import { stepThrough } from './machine.ts';

/** What only stepping through tells: loops without a list, branches in them, lists that are changed in place, functions that pick and sort. */
const needsSteps = /\b(?:while|do|for|switch)\b|\.(?:forEach|filter|splice|shift|pop|sort|toSorted|reduce|fill|find|keys|every|some)\b|\b(?:lodash|underscore|es-toolkit|remeda)\b|\bfunction\b|=>|\b(?:Buffer|URLSearchParams|Set)\b/;
/** What hides a key from a search of the text as well. */
const hides = /fromCharCode|charCodeAt|codePointAt|\bchr\b|to(?:Lower|Upper)Case|\batob\b|\bBuffer\b/;
const maxLength = 400_000;

/** `whole`: the text that the key stands in. */
interface Candidate { readonly text: string; readonly whole: string; readonly secret: TextSecret['secret']; readonly at: Span }

/**
 * Secrets that a program makes step by step, each at the expression that makes it whole. Keys that a literal holds are not among
 * them. Whether the program could be stepped through to its end is of no account: the rest is what is followed by values.
 */
export function findMadeSecrets(program: Node, source: string, options: KeyOptions, mentions: HiltMentions, written: readonly TextSecret[]): TextSecret[] {
  if (source.length > maxLength || !needsSteps.test(source) || (!mentions.key && !hides.test(source))) return [];
  // A text that grows in a loop is whole when it stands there for the last time.
  const byPlace = new Map<string, Candidate>();
  stepThrough(program, ({ node, text, open }) => {
    if (!/(?:hk_(?:live|sandbox)|hilt_live|hst)_/.test(text)) return;
    const at: Span = [node.range[0], node.range[1]];
    // What grew there so far is the beginning of a key, which values may tell.
    if (open && byPlace.get(at.join())?.whole === text) byPlace.delete(at.join());
    if (open) return;
    const [key] = findKeys(text, options, mentions);
    if (key && !written.some(({ secret, at: inner }) => secret.preview === key.secret.preview && (secret.digest === key.secret.digest || contains(at, inner)))) byPlace.set(at.join(), { text: key.text, whole: text, secret: key.secret, at });
  });
  return once([...byPlace.values()]).map(({ secret, at }) => ({ secret, at, form: 'folded' }));
}

/** Of one key the place where it was first whole, or the expression around that. Beginnings of a longer key are none. */
function once(candidates: readonly Candidate[]): Candidate[] {
  // In their order a text is followed by those that begin with it.
  const texts = [...new Set(candidates.map(({ text }) => text))].sort();
  const whole = new Set(texts.filter((text, index) => texts[index + 1]?.startsWith(text) !== true));
  const kept = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const first = kept.get(candidate.text);
    if (whole.has(candidate.text) && (!first || contains(candidate.at, first.at))) kept.set(candidate.text, candidate);
  }
  return [...kept.values()];
}
