/** The one header by which Hilt takes a key. Sources: the API keys page; `resolveAuthHeader` in the JS SDK's client. */
export const keyHeader = 'X-Hilt-Key';

/** Whether a header of that name carries the key. Header names have no case. */
export function isKeyHeader(name: string): boolean {
  return name.trim().toLowerCase() === 'x-hilt-key';
}

/**
 * Headers that Hilt and its SDKs use and that are no secret. Sources: SDK webhooks and client modules, OpenAPI parameters,
 * Postman collection.
 */
export const openHeaders: readonly string[] = [
  'X-Hilt-Signature', 'X-Hilt-Timestamp', 'X-Hilt-Customer-Id', 'X-Hilt-Request-Id', 'Idempotency-Key', 'X-Customer-Id', 'X-Agent-Id', 'X-Request-Id',
  'PAYMENT-REQUIRED', 'PAYMENT-SIGNATURE', 'PAYMENT-RESPONSE', 'Payment-Receipt',
];

/** The names that servers give the header: CGI and WSGI (`HTTP_X_HILT_KEY`), PHP's `$_SERVER`. */
export function isKeyHeaderVariable(name: string): boolean {
  return name.toUpperCase() === 'HTTP_X_HILT_KEY';
}

/** What an `Authorization` value is. `payment` is MPP's, made by the payer: no Hilt secret. */
export function authorizationScheme(value: string): 'bearer' | 'basic' | 'payment' | 'other' {
  const scheme = /^\s*([A-Za-z]+)(?:\s|$)/.exec(value)?.[1]?.toLowerCase();
  return scheme === 'bearer' || scheme === 'basic' || scheme === 'payment' ? scheme : 'other';
}
