/**
 * What the reader of a report must know beside the findings.
 * `incomplete` means: something that should have been read was not, and a scan without `--allow-incomplete` exits 2.
 */
export interface Notice {
  readonly code: NoticeCode;
  readonly level: 'info' | 'incomplete';
  /** POSIX path relative to the root. */
  readonly file?: string;
  /** A sentence that names the cause and what to do. Never holds a key. */
  readonly message: string;
}

export type NoticeCode =
  | 'too-large'
  | 'unreadable'
  | 'broken-link'
  | 'link-outside'
  | 'link-not-followed'
  | 'special-file'
  | 'vanished'
  | 'missing-object'
  | 'submodule'
  | 'lfs-pointer'
  | 'sparse-checkout'
  | 'ignored'
  | 'not-a-repository'
  | 'no-work-tree'
  | 'git-unavailable'
  | 'parse-error'
  | 'parse-skipped'
  | 'fold-budget'
  | 'config-computed'
  | 'config-unused'
  | 'manifest-unreadable'
  | 'cache-discarded';
