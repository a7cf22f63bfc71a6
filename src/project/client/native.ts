import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';
import type { Exposure } from './exposure.ts';

export function nativeExposures(_project: Project, _built: BuiltGraph): Exposure[] {
  return [];
}
