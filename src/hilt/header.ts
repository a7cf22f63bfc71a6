/** The one header by which Hilt takes a key. Sources: the API keys page; `resolveAuthHeader` in the JS SDK's client. */
export const keyHeader = 'X-Hilt-Key';

/** Whether a header of that name carries the key. Header names have no case. */
export function isKeyHeader(name: string): boolean {
  return name.trim().toLowerCase() === 'x-hilt-key';
}

/** What an `Authorization` value is. `payment` is MPP's, made by the payer: no Hilt secret. */
export function authorizationScheme(value: string): 'bearer' | 'basic' | 'payment' | 'other' {
  const scheme = /^\s*([A-Za-z]+)(?:\s|$)/.exec(value)?.[1]?.toLowerCase();
  return scheme === 'bearer' || scheme === 'basic' || scheme === 'payment' ? scheme : 'other';
}
