import type { ModuleSummary } from '../module-summary.ts';
import type { StringLiteral } from './string-literals.ts';

type FactOfTree =
  | 'directives' | 'imports' | 'exports' | 'bindings' | 'types' | 'signatures' | 'augmentedTypes' | 'functions' | 'classes'
  | 'statements' | 'branches' | 'flags' | 'callEffects' | 'uses' | 'folds' | 'reads';

/** What the tree of one module says; the text-level half of a summary is added by `summarise`. */
export interface ModuleFacts extends Pick<ModuleSummary, FactOfTree> {
  readonly literals: readonly StringLiteral[];
  /** Whether the bounds of the analysis cut anything. */
  readonly exhausted: boolean;
}
