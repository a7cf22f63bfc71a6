/** The `key` and `hosts` part of the configuration, as the grammar needs it. */
export interface KeyOptions {
  /** Characters of a key's body below which it is no key. Hilt does not publish the length of its keys. */
  readonly minBodyLength: number;
  /** Further names of variables that hold a key. */
  readonly names: readonly string[];
  /** Further hosts that are Hilt's (a proxy, a test server). */
  readonly hosts: readonly string[];
}

export const defaultKeyOptions: KeyOptions = { minBodyLength: 16, names: [], hosts: [] };
