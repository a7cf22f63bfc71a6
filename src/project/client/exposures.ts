import { contains, type Span } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import { bundleExposures } from './bundle-exposures.ts';
import { declaredExposures, publicReads } from './declarations.ts';
import { focusOf } from './focus.ts';
import { handedOver } from './handovers.ts';
import { injectedExposures } from './injections.ts';
import { nativeExposures } from './native.ts';
import { pageReads } from './page-reads.ts';
import { entriesOf } from './project-entries.ts';
import { servedExposures } from './served-files.ts';
import type { Exposure } from './exposure.ts';
import { groupBy } from '../../syntax/group-by.ts';
import { oncePerProject } from '../once-per-project.ts';

/** Every key that reaches a client, by the file of its origin. Computed once a project, and only where something of Hilt was found. */
export const exposuresOf = oncePerProject((project): ReadonlyMap<string, readonly Exposure[]> => groupBy(findExposures(project), (exposure) => exposure.file));

function findExposures(project: Project): Exposure[] {
  const { graph: built, source } = project;
  if (!built || !source) return [];
  const { detection } = built;
  const entries = entriesOf(project);
  const focus = focusOf(project, built);
  const bundled = bundleExposures(project, built, entries, focus);
  const found = [
    ...withoutRepeats(bundled, handedOver(project, built, detection, focus)),
    ...pageReads(project, detection),
    ...declaredExposures(project, built, detection, entries, bundled),
    ...injectedExposures(project, built, detection, entries, bundled),
    ...nativeExposures(project, built, detection),
  ];
  const told = (file: string, at: Span): boolean => found.some((each) => each.file === file && (contains(at, each.at) || contains(each.at, at)));
  return [
    ...found,
    ...servedExposures(project, detection, found),
    ...publicReads(project, built, detection, entries, bundled).filter(({ file, at }) => !told(file, at)),
  ];
}

/**
 * One finding an origin: what stands in the bundle is not told again where it is handed over, and a read in client code that
 * gets no value there is not told beside the value that the server hands over at the same place.
 */
function withoutRepeats(bundled: readonly Exposure[], handed: readonly Exposure[]): Exposure[] {
  const isSame = (one: Exposure, other: Exposure): boolean => one.file === other.file && contains(other.at, one.at) && (one.secret ? one.secret.digest === other.secret?.digest : one.name === other.name);
  const added = handed.filter((each) => !bundled.some((known) => known.exposure === 'value' && known.confidence === 'certain' && isSame(known, each)));
  return [...bundled.filter((known) => known.exposure === 'value' || !added.some((each) => isSame(known, each))), ...added];
}
