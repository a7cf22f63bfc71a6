import type { Lazy, Place } from '../resolved.ts';

export type SinkKind = 'log' | 'tracker' | 'message' | 'model' | 'response' | 'error' | 'process' | 'file' | 'tracked-file' | 'storage' | 'script' | 'foreign-client';

/** A place at which whatever a value holds leaves the program. */
export interface Sink {
  readonly kind: SinkKind;
  /** For messages: `console.log`, `@sentry/node`, `res.json`. */
  readonly name: string;
  readonly value: Lazy;
  readonly place: Place;
  /** The calls that lead to it from the asked module, outermost first. */
  /** A page that a handler sends: what of a key `no-client-key` tells is told there. */
  readonly isPage?: true;
  readonly calls: readonly Place[];
  /** Default: `certain`. */
  readonly confidence?: 'possible';
}

/** What a call lets out, before it is laid out as one {@link Sink} a value. */
export interface Found { readonly kind: SinkKind; readonly name: string; readonly values: readonly Lazy[]; readonly confidence?: 'possible' }
