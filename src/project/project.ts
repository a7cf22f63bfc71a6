import type { KeyOptions } from '../hilt/key-options.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Notice } from '../sources/notice.ts';
import type { Source } from '../sources/source.ts';
import type { Evaluator } from './evaluate.ts';
import type { BuiltGraph } from './graph/build.ts';
import type { LinkSettings } from './link-settings.ts';

/** Many summaries, linked. Built once, then only queried. */
export interface Project {
  readonly keyOptions: KeyOptions;
  /** The modules that findings may stand in, and those that were loaded because they are imported, by file. */
  readonly modules: ReadonlyMap<string, ModuleSummary>;
  /** The module that `specifier` names in `from`, or `undefined` if it is outside the project. */
  resolve(from: ModuleSummary, specifier: string): ModuleSummary | undefined;
  /** The module of a file, summarised on demand. */
  module(file: string): ModuleSummary | undefined;
  /** The modules that may use what `module` exports, where the host knows them without looking at all; default: any. */
  dependents?(module: ModuleSummary): readonly ModuleSummary[];
  /** Modules beside the given ones in which a finding may stand, since they import from them. */
  related(): readonly ModuleSummary[];
  /** The import graph of the whole snapshot, built on first use; absent where the project has no source. */
  readonly graph: BuiltGraph | undefined;
  readonly source: Source | undefined;
  /** What the configuration says of the repository as a whole. */
  readonly settings?: LinkSettings;
  /** What building the graph had to tell. */
  readonly notices: readonly Notice[];
  /** Keeps, where the host does so, what is known of files for the next run. Called once, at the end. */
  keepSummaries?(): void;
  /** Looks at values with imports, calls and members followed. */
  readonly evaluator: Evaluator;
}
