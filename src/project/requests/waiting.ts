import type { Request } from './request.ts';
import { dependsOnParameter } from './url.ts';

/** Whether a caller that is not in view decides where it goes or what goes along. */
export function isWaiting({ url, credentials, isGiven }: Request): boolean {
  return url.isOpen || isGiven === true || credentials.some(({ value }) => value !== undefined && dependsOnParameter(value));
}
