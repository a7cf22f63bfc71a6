/**
 * A path of keys as a message shows it: `key.minBodyLength`. A part is shown only where it looks like a name: somebody may have
 * pasted a secret in its place.
 */
export function showKey(path: readonly (string | number)[]): string {
  return path.map((part) => (/^[A-Za-z$][A-Za-z_/$-]{0,40}$|^\w{1,12}$/.test(String(part)) ? String(part) : '…')).join('.');
}
