import type { KeyOptions } from './key-options.ts';

/** The part of {@link KeyOptions} that says which further names hold a key. */
export type NameOptions = Pick<KeyOptions, 'names'>;

/**
 * Prefixes by which a framework or bundler copies a variable into what the client downloads. The longest come first, so that
 * `NUXT_PUBLIC_X` is not taken for another's. Source: the frameworks' documentation of environment variables.
 */
const publicPrefixes: readonly { readonly prefix: string; readonly frameworks: readonly string[] }[] = [
  { prefix: 'NEXT_PUBLIC_', frameworks: ['next'] },
  { prefix: 'NUXT_PUBLIC_', frameworks: ['nuxt'] },
  { prefix: 'NUXT_ENV_', frameworks: ['nuxt2'] },
  { prefix: 'EXPO_PUBLIC_', frameworks: ['expo'] },
  { prefix: 'REACT_APP_', frameworks: ['create-react-app'] },
  { prefix: 'VUE_APP_', frameworks: ['vue-cli'] },
  { prefix: 'GATSBY_', frameworks: ['gatsby'] },
  { prefix: 'STORYBOOK_', frameworks: ['storybook'] },
  { prefix: 'GRIDSOME_', frameworks: ['gridsome'] },
  { prefix: 'PLASMO_PUBLIC_', frameworks: ['plasmo'] },
  { prefix: 'BUN_PUBLIC_', frameworks: ['bun'] },
  { prefix: 'RSPRESS_PUBLIC_', frameworks: ['rspress'] },
  { prefix: 'NX_PUBLIC_', frameworks: ['nx'] },
  { prefix: 'WXT_', frameworks: ['wxt'] },
  { prefix: 'TAURI_ENV_', frameworks: ['tauri'] },
  { prefix: 'VITE_', frameworks: ['vite', 'solid-start', 'tanstack-start', 'react-router', 'remix', 'qwik', 'vike', 'wxt'] },
  { prefix: 'PUBLIC_', frameworks: ['sveltekit', 'astro', 'rsbuild', 'qwik'] },
];

/** The prefix that makes the variable public in some framework (`NEXT_PUBLIC_`), or `undefined`. */
export function publicPrefixOf(name: string): string | undefined {
  return publicPrefixes.find(({ prefix }) => name.startsWith(prefix) && name.length > prefix.length)?.prefix;
}

/** The name without its public prefix. */
export function withoutPublicPrefix(name: string): string {
  return name.slice(publicPrefixOf(name)?.length ?? 0);
}

/**
 * The words of a name in capitals, whatever its spelling: `HILT_API_KEY`, `hiltApiKey`, `hilt-api-key` and `hilt.api.key`
 * are all `["HILT", "API", "KEY"]`. Digits stay with the word before them.
 */
export function wordsOf(name: string): string[] {
  const spaced = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return spaced.split(/[^A-Za-z0-9]+/).filter((word) => word !== '').map((word) => word.toUpperCase());
}

/**
 * Words after `KEY` that make it the name of something that is no secret: Hilt's API returns `key_id`, `key_prefix` and a key's
 * `name` openly; the others are where a key lies, what it may do, or how it is spelled.
 */
const keyAttributes = new Set([
  'ID', 'IDS', 'PREFIX', 'PREFIXES', 'NAME', 'NAMES', 'HASH', 'DIGEST', 'FINGERPRINT', 'LENGTH', 'HEADER', 'PATH', 'FILE', 'ARN', 'REF',
  'SCOPE', 'SCOPES', 'PERMISSION', 'PERMISSIONS', 'TTL', 'EXPIRES', 'EXPIRY', 'NOTICE', 'PATTERN', 'REGEX', 'REGEXP', 'SCHEMA',
]);

/** Words between `HILT` and `KEY` that make it another kind of key. `entitlement_key` and `Idempotency-Key` are Hilt's own. */
const otherKeys = new Set([
  'IDEMPOTENCY', 'ENTITLEMENT', 'CACHE', 'STORAGE', 'QUERY', 'ROUTE', 'FOREIGN', 'SORT', 'PARTITION', 'SSH', 'MODEL', 'VIEWMODEL', 'MODULE', 'COMPONENT',
]);

/**
 * Whether a variable of that name stands for a Hilt key: `HILT_API_KEY`, `HILT_KEY`, and any `UPPER_SNAKE` name that has the word
 * `HILT` and later the word `KEY` (`SUPPORT_HILT_KEY`, `HILT_API_KEY_TELEGRAM_BOT`), with or without a public prefix, and the
 * names of `options`. Names in other spellings (`hiltApiKey`) are asked for by {@link isKeyLikeName}.
 */
export function isKeyName(name: string, options: NameOptions): boolean {
  const plain = withoutPublicPrefix(name);
  if (options.names.includes(name) || options.names.includes(plain)) return true;
  return /^[A-Z][A-Z0-9_]*$/.test(name) && isKeyWords(wordsOf(plain));
}

/** Words before `API_KEY` that name no other service. */
const ownWords = new Set(['HILT', 'HILTPAY', 'PAY', 'LIVE', 'SANDBOX', 'TEST', 'PROD', 'PRODUCTION', 'STAGING', 'MERCHANT', 'SERVER', 'SECRET', 'MY', 'OUR', 'THE', 'NEW', 'RAW', 'X']);

/** Whether a name of any spelling says that it is an API key, and of no other service: `apiKey`, `API_KEY`, `liveApiKey`; not `stripeApiKey`. */
export function isApiKeyName(name: string, options: NameOptions): boolean {
  const words = wordsOf(name);
  const at = words.findIndex((word, index) => word === 'APIKEY' || (word === 'KEY' && words[index - 1] === 'API'));
  const before = words.slice(0, words[at] === 'APIKEY' ? at : at - 1);
  return (at >= 0 && before.every((word) => ownWords.has(word)) && !isAttributeOf(words.slice(at + 1))) || isKeyLikeName(name, options);
}

/** The same for a name of any spelling: a secret's name in a workflow, a property, a Kubernetes key (`hilt-api-key`, `hiltApiKey`). */
export function isKeyLikeName(name: string, options: NameOptions): boolean {
  return isKeyName(name, options) || isKeyWords(wordsOf(withoutPublicPrefix(name)));
}

function isKeyWords(words: readonly string[]): boolean {
  const hilt = words.indexOf('HILT');
  // `HILT_APIKEY` and `HILTKEY1` are spellings of the same words; `HILT_KEY2` is a second key.
  const key = words.findIndex((word, i) => i > hilt && /^(?:API)?KEY\d*$/.test(word));
  if (hilt < 0 || key < 0) return false;
  if (words.slice(hilt + 1, key).some((word) => otherKeys.has(word))) return false;
  return !isAttributeOf(words.slice(key + 1));
}

/** `HILT_KEY_ID`, `HILT_KEY_ID_BOT` and `HILT_API_KEY_BOT_ID` name an id. */
function isAttributeOf(after: readonly string[]): boolean {
  return keyAttributes.has(after.at(-1) ?? '') || ['ID', 'PREFIX', 'NAME'].includes(after[0] ?? '');
}

/** What a secret name stands for, beside keys. */
export type SecretNameKind = 'webhook-secret' | 'bearer-token' | 'setup-token' | 'delivery-claim';

/**
 * What other secret of Hilt a variable of that name stands for, or `undefined`: `HILT_WEBHOOK_SECRET` (the only official one),
 * `HILT_SIGNING_SECRET`, `HILT_BEARER_TOKEN`, `HILT_JWT`, `HILT_SESSION_TOKEN`, `HILT_SETUP_TOKEN`, `HILT_DELIVERY_CLAIM`.
 */
export function secretNameKind(name: string): SecretNameKind | undefined {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
  const words = wordsOf(withoutPublicPrefix(name));
  const hilt = words.indexOf('HILT');
  if (hilt < 0) return undefined;
  const rest = words.slice(hilt + 1);
  const has = (...any: string[]): boolean => rest.some((word) => any.includes(word));
  const last = rest.at(-1) ?? '';
  if (keyAttributes.has(last) || last === 'PREVIEW') return undefined;
  if (has('SECRET') && has('WEBHOOK', 'WEBHOOKS', 'SIGNING')) return 'webhook-secret';
  if (has('SETUP') && has('TOKEN')) return 'setup-token';
  if (has('DELIVERY') && has('CLAIM')) return 'delivery-claim';
  if (has('JWT') || (has('TOKEN') && (has('BEARER', 'SESSION', 'DASHBOARD', 'AUTH', 'ACCESS', 'LOGIN') || rest.length === 1))) return 'bearer-token';
  return undefined;
}

/** Whether the name stands for a Hilt secret other than a key. */
export function isSecretName(name: string): boolean {
  return secretNameKind(name) !== undefined;
}
