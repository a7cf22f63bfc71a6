import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Value } from '../syntax/value.ts';

/** Many summaries, linked. Built once, then only queried. */
export interface Project {
  readonly modules: ReadonlyMap<string, ModuleSummary>;
  /** The module that `specifier` names in `from`, or `undefined` if it is outside the project. */
  resolve(from: ModuleSummary, specifier: string): ModuleSummary | undefined;
  /** The value with imports, bindings, members and calls resolved as far as the project knows, within the fold budget. */
  evaluate(module: ModuleSummary, value: Value): Value;
}
