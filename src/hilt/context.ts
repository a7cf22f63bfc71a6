import { needlesIn } from './needles.ts';

/** What of Hilt a text names. */
export interface HiltMentions {
  /** A key's prefix, a fragment of one, or an encoding of one. */
  readonly key: boolean;
  /** The word `hilt` in any case. */
  readonly hilt: boolean;
  /** hilt.so for certain: the SDK, a host of hilt.so, or the header `X-Hilt-Key`. */
  readonly hiltPay: boolean;
  /** Another product of that name: hilt-review.com, or Dagger Hilt on Android. */
  readonly other: boolean;
}

/** The SDKs' packages and their tarballs, the CLI, the WooCommerce plugin, hosts, and the header (also as CGI and PHP spell it). */
const hiltPay = /@hiltpay\/|(?<![A-Za-z0-9_.-])hilt[-_]sdk(?![A-Za-z0-9])|@hilt\/cli|hilt-pay-for-woocommerce|(?<![A-Za-z0-9-])hilt\.so(?![A-Za-z0-9-])|(?<![A-Za-z0-9-])(?:http_)?x[-_]hilt[-_]key(?![A-Za-z0-9])/i;

/** hilt-review.com: its packages, host and variable. Dagger Hilt: its packages and annotations. */
const other = /@hilt-review\/|hilt-review\.com|HILT_SOURCE_ID|(?<![A-Za-z0-9])dagger[./]hilt|androidx\.hilt|hilt-android|@(?:HiltAndroidApp|AndroidEntryPoint|HiltViewModel|HiltAndroidTest)\b/;

/** Reads from a file's decoded text which Hilt it is about, if any. */
export function mentionsOf(text: string): HiltMentions {
  const { key, hilt } = needlesIn(Buffer.from(text, 'utf8'));
  return { key, hilt, hiltPay: hilt && hiltPay.test(text), other: hilt && other.test(text) };
}
