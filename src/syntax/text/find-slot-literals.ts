import { findKeys, isJwt, looksRandom, secretOf } from '../../hilt/key-grammar.ts';
import type { SecretKind } from '../../hilt/secret.ts';
import { isHiltHost } from '../../hilt/hosts.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import { overlap, type Span } from '../span.ts';
import type { TextSecret } from './find-secrets.ts';

// Blanks are bounded everywhere: a text of blanks alone must not be searched again from each of them.

/** `X-Hilt-Key: value` as a header is sent: in a comment, a string, a command, a document. */
const headerLine = /\bX-Hilt-Key\s{0,60}:\s{0,60}([^\s"'`\\,;<>(){}[\]]{16,4096})/gi;
/** `"X-Hilt-Key": "value"`, `["X-Hilt-Key"] = 'value'`, `("X-Hilt-Key", "value")`, `{"key": "X-Hilt-Key", "value": "value"}`. */
const namedValue = /\bX-Hilt-Key\\?["'`]?\s{0,60}[\])]?\s{0,60}(?:=>|:=|[:=,])\s{0,60}(?:\\?"(?:value|type)\\?"\s{0,60}:\s{0,60}(?:\\?"text\\?"\s{0,60},\s{0,60}\\?"value\\?"\s{0,60}:\s{0,60})?)?\\?["'`]([^\s"'`\\]{16,4096})\\?["'`]/gi;
/** The other way round: `setValue("value", forHTTPHeaderField: "X-Hilt-Key")`, `{"value": "value", "key": "X-Hilt-Key"}`. */
const valueFirst = /\\?["'`]([^\s"'`\\]{16,4096})\\?["'`]\s{0,60},\s{0,60}(?:forHTTPHeaderField\s{0,60}:|\\?"(?:key|name)\\?"\s{0,60}:)\s{0,60}\\?["'`]X-Hilt-Key\\?["'`]/gi;
/** `name: X-Hilt-Key` over `value: …` in YAML (Insomnia, OpenAPI, proxies), and the other way round. */
const yamlPair = /\b(?:name|key|header)[ \t]{0,8}:[ \t]{0,8}["']?X-Hilt-Key["']?[ \t]{0,8}\r?\n[ \t]{0,60}value[ \t]{0,8}:[ \t]{0,8}["']?([^\s"'`]{16,4096})/gi;
const yamlPairValueFirst = /\bvalue[ \t]{0,8}:[ \t]{0,8}["']?([^\s"'`]{16,4096})["']?[ \t]{0,8}\r?\n[ \t]{0,60}(?:name|key|header)[ \t]{0,8}:[ \t]{0,8}["']?X-Hilt-Key\b/gi;
/** Postman's authorisation by API key, a list of settings in any order: `{"key": "value", "value": "…"}, {"key": "key", "value": "X-Hilt-Key"}`. */
const postmanSetting = String.raw`"key"\s{0,60}:\s{0,60}"value"\s{0,60},\s{0,60}"value"\s{0,60}:\s{0,60}"([^\s"\\]{16,4096})"`;
const postmanHeader = String.raw`"key"\s{0,60}:\s{0,60}"key"\s{0,60},\s{0,60}"value"\s{0,60}:\s{0,60}"X-Hilt-Key"`;
const betweenSettings = String.raw`[^{}[\]]{0,200}\}\s{0,60},\s{0,60}\{\s{0,60}`;
const postmanApiKey = new RegExp(`${postmanSetting}${betweenSettings}${postmanHeader}`, 'gi');
const postmanApiKeyLast = new RegExp(`${postmanHeader}${betweenSettings}${postmanSetting}`, 'gi');
/** `"delivery_claim": "value"`, in whatever syntax. */
const deliveryClaim = /\bdelivery_claim\\?["'`]?\s{0,60}(?:=>|:=|[:=])\s{0,60}\\?["'`]([^\s"'`\\]{16,4096})\\?["'`]/g;
/** `proxy_set_header X-Hilt-Key value;` of nginx, `RequestHeader set X-Hilt-Key value` of Apache, `header_up X-Hilt-Key value` of Caddy. */
const proxyHeader = /\b(?:proxy_set_header|fastcgi_param|add_header|RequestHeader\s{1,8}(?:set|add|append)|header_up|request_header)\s{1,60}["']?(?:X-Hilt-Key|HTTP_X_HILT_KEY)["']?\s{1,60}["']?([^\s"'`;{}]{16,4096})/gi;
/** Hilt's Postman environment (hilt-facts.md section 2): its variables of type secret. */
const postmanVariable = /"key"\s{0,60}:\s{0,60}"(?:apiKey|sandboxApiKey|liveApiKey|hilt[A-Za-z_]{0,20}Key)"\s{0,60},\s{0,60}"value"\s{0,60}:\s{0,60}"([^\s"\\]{16,4096})"/g;
const jwt = /(?<![\w-])eyJ[\w-]{8,4096}\.eyJ[\w-]{4,8192}\.[\w-]{16,1024}/g;
const url = /\bhttps?:\/\/(?:[^\s/@"'`]+@)?([A-Za-z0-9.-]+)/g;

/**
 * Literals that only what stands beside them makes secrets, where no program tells: values of `X-Hilt-Key`, delivery claims, and
 * dashboard sessions beside an address of Hilt's. `isProgram`: the syntax tree tells of pairs of literals, so only what stands
 * inside one literal or comment is taken.
 */
export function findSlotLiterals(text: string, options: KeyOptions, isProgram: boolean): TextSecret[] {
  const found: TextSecret[] = [];
  const add = (kind: SecretKind, value: string, start: number): void => {
    const at: Span = [start, start + value.length];
    if (found.some((each) => overlap(each.at, at))) return;
    // What has the form of a key is found without its slot.
    if (findKeys(value, options).length === 0) found.push({ secret: secretOf(value, kind), at, form: 'plain' });
  };
  const addAll = (pattern: RegExp, kind: SecretKind): void => {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      const start = match.index + match[0].lastIndexOf(value);
      if (isJwt(value)) add('dashboard-jwt', value, start);
      else if (looksRandom(value)) add(kind, value, start);
    }
  };
  if (/x-hilt-key/i.test(text)) {
    addAll(headerLine, 'key');
    if (!isProgram) {
      addAll(namedValue, 'key');
      addAll(valueFirst, 'key');
      addAll(proxyHeader, 'key');
      for (const pair of [yamlPair, yamlPairValueFirst, postmanApiKey, postmanApiKeyLast]) addAll(pair, 'key');
    }
  }
  if (!isProgram && text.includes('"_postman_variable_scope"')) addAll(postmanVariable, 'key');
  addAll(deliveryClaim, 'delivery-claim');
  if (!isProgram) for (const { value, start } of tokensForHilt(text, options)) add('dashboard-jwt', value, start);
  return found.sort((a, b) => a.at[0] - b.at[0]);
}

/** Dashboard sessions that stand with an address of Hilt's in one literal of a program: a command that it runs. */
export function findTokensInLiteral(text: string, options: KeyOptions): TextSecret[] {
  return [...tokensForHilt(text, options)].map(({ value, start }) => ({ secret: secretOf(value, 'dashboard-jwt'), at: [start, start + value.length], form: 'plain' }));
}

const maxTokens = 1000;
const maxDistance = 2000;

/** Tokens in the paragraph of an address of Hilt's, where no other address is nearer. */
function* tokensForHilt(text: string, options: KeyOptions): Iterable<{ value: string; start: number }> {
  if (!/hilt\.so/i.test(text) && options.hosts.length === 0) return;
  let count = 0;
  for (const match of text.matchAll(jwt)) {
    if (++count > maxTokens) return;
    const value = match[0];
    if (!isJwt(value)) continue;
    const before = text.slice(Math.max(0, match.index - maxDistance), match.index);
    const after = text.slice(match.index + value.length, match.index + value.length + maxDistance);
    const above = before.slice(Math.max(before.lastIndexOf('\n\n'), before.lastIndexOf('\r\n\r\n'), 0));
    const below = after.split(/\r?\n\r?\n/)[0] ?? '';
    const previous = [...above.matchAll(url)].at(-1);
    const next = below.match(new RegExp(url.source));
    const distances = [previous ? { host: previous[1] ?? '', by: above.length - previous.index } : [], next ? { host: next[1] ?? '', by: next.index ?? 0 } : []].flat();
    const nearest = distances.sort((a, b) => a.by - b.by)[0];
    if (nearest && isHiltHost(nearest.host, options)) yield { value, start: match.index };
  }
}
