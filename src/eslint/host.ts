import type { Node } from '../syntax/estree/node.ts';

/**
 * What a rule needs of its host: the part of ESLint's rule context that oxlint's plugins and other languages of ESLint
 * have too. No parser services, no scope manager.
 */
export interface HostContext {
  readonly cwd: string;
  readonly filename: string;
  readonly physicalFilename: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly options: readonly unknown[];
  readonly sourceCode: HostSource;
}

export interface HostSource {
  /** Without a byte order mark. */
  readonly text: string;
  readonly ast: Node;
  getAllComments?(): readonly HostComment[];
  getLocFromIndex?(offset: number): HostPosition;
}

export interface HostComment {
  readonly type: string;
  readonly value: string;
  readonly range?: readonly [number, number];
}

/** In the host's own counting of lines and columns. */
export interface HostPosition { readonly line: number; readonly column: number }
