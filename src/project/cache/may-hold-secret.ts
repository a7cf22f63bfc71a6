/** What a cache must not hold; it errs on the side of yes. */
export const keyLike = /hk_|hst_|eyJ/i;

/** A specifier can hold anything that a string can. What looks like a key, or is random enough to be one, is not written down. */
export function mayHoldSecret(specifier: string): boolean {
  return keyLike.test(specifier) || holdsToken(specifier);
}

/** Whether there is a run as long and as mixed as a key's body. */
export function holdsToken(text: string): boolean {
  return (text.match(/[A-Za-z0-9_+=-]{24,}/g) ?? []).some((run) => /\d/.test(run) && /[A-Za-z]/.test(run));
}
