import type { Frame, Lazy, Place } from './resolved.ts';

/** How something is called: what it is given, where, and inside which calls. */
export interface CallSite {
  readonly args: readonly Lazy[];
  readonly isNew: boolean;
  readonly place: Place;
  readonly frame: Frame | undefined;
}
