import { isReference, looksRandom } from './key-grammar.ts';
import { isPlaceholderBody } from './placeholder.ts';

/** Words of a literal that is made up for a test or for one's own machine. */
const madeUp: ReadonlySet<string> = new Set(['test', 'testing', 'dummy', 'mock', 'local', 'dev']);
/** `my_webhook_secret`: what stands there, and not what it is. */
const saysWhatItIs: ReadonlySet<string> = new Set(['a', 'the', 'my', 'our', 'hilt', 'webhook', 'webhooks', 'signing', 'secret', 'key', 'value', 'shared', 'super', 'some', 'whsec']);

/**
 * Whether a literal that stands where a signing secret does is one: any that is no placeholder and whose words do not say that it is
 * made up. Hilt publishes no format of them; `whsec_` is what its examples have.
 */
export function isWebhookSecret(text: string): boolean {
  const body = text.replace(/^whsec_/, '');
  if (body.length < 8 || isReference(text) || isPlaceholderBody(body)) return false;
  if (looksRandom(body)) return true;
  const words = body.toLowerCase().split(/[^a-z0-9]+/);
  return !words.some((word) => madeUp.has(word)) && !words.every((word) => saysWhatItIs.has(word));
}
