/** Which side of Hilt a key talks to. Live keys move money; sandbox keys are secret all the same. */
export type KeyEnvironment = 'live' | 'sandbox' | 'unknown';

/**
 * What a secret is. `key` also stands for a random literal in a key slot, whose shape Hilt does not publish.
 */
export type SecretKind = 'key' | 'setup-token' | 'webhook-secret' | 'dashboard-jwt' | 'delivery-claim';

/**
 * The identity of a secret, safe to print, cache and log: it never holds the secret's text.
 * `preview` is the prefix and four characters (`hk_live_a1b2…`); `digest` is a truncated SHA-256 in hex.
 */
export interface Secret {
  readonly kind: SecretKind;
  readonly environment: KeyEnvironment;
  readonly preview: string;
  readonly digest: string;
}
