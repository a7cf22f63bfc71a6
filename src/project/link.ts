import type { KeyOptions } from '../hilt/key-options.ts';
import type { Source } from '../sources/source.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Project } from './project.ts';

/** Links summaries; modules that they import are read from `source` and summarised on demand. Without a source, imports stay unknown. */
export function linkProject(_modules: Iterable<ModuleSummary>, _options: KeyOptions, _source?: Source): Project {
  throw new Error('not built yet');
}
