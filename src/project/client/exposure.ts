import type { Secret } from '../../hilt/secret.ts';
import type { Span } from '../../syntax/span.ts';

/** One step of the way from a client entry to a key. */
export interface ExposureStep { readonly file: string; readonly at: Span; readonly message: string }

/** By which way a key reaches a client. */
export type ExposureReason =
  /** It stands in, or is read by, code that a client bundle contains. */
  | 'bundle'
  /** A slot in client code is filled with a value of unknown origin. */
  | 'slot'
  /** A server hands it over: props, loader data, templates. */
  | 'handed-over'
  /** A name that the framework makes public. */
  | 'public-name'
  /** Configuration puts the value into the bundle. */
  | 'injected'
  /** A native application carries it. */
  | 'native'
  /** A file that is served or packed as it is. */
  | 'carrier';

/** A key, or code that wants one, on a client. */
export interface Exposure {
  readonly file: string;
  readonly at: Span;
  /** `value`: the key itself is in what the client downloads; `code`: only code that wants it is. */
  readonly exposure: 'value' | 'code';
  readonly confidence: 'certain' | 'possible';
  readonly reason: ExposureReason;
  readonly secret?: Secret;
  /** The key's name, where it is read or declared by name. */
  readonly name?: string;
  /** Framework or mechanism in words, for the message: "Next.js", "the browser", "an Android app". */
  readonly what: string;
  /** Who downloads it: "the browser" (default), "the app". */
  readonly client?: string;
  /** Who hands it over, for `handed-over`: "the server" (default), "the program". */
  readonly giver?: string;
  /** The slot that is filled, for `slot`. */
  readonly slot?: string;
  /** Client entry first, origin last. */
  readonly trace: readonly ExposureStep[];
}
