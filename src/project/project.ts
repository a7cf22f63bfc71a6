import type { KeyOptions } from '../hilt/key-options.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Evaluator } from './evaluate.ts';

/** Many summaries, linked. Built once, then only queried. */
export interface Project {
  readonly keyOptions: KeyOptions;
  /** The modules that findings may stand in, and those that were loaded because they are imported, by file. */
  readonly modules: ReadonlyMap<string, ModuleSummary>;
  /** The module that `specifier` names in `from`, or `undefined` if it is outside the project. */
  resolve(from: ModuleSummary, specifier: string): ModuleSummary | undefined;
  /** Looks at values with imports, calls and members followed. */
  readonly evaluator: Evaluator;
}
