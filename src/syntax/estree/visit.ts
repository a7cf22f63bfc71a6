import type { Node } from './node.ts';
import type { Scope } from './scopes.ts';
import type { Reference } from '../module-summary.ts';

/** A node with what it stands in. */
export interface Visit {
  readonly node: Node;
  readonly scope: Scope;
  readonly fn: number;
  readonly cls: number | undefined;
  readonly parent: Node | undefined;
  readonly above: Visit | undefined;
  /** The statement of the module that it is in, if the names that stand here are read by it. */
  readonly statement: StatementDraft | undefined;
}

export interface StatementDraft { readonly node: Node; readonly declares: readonly string[]; readonly references: Reference[] }
