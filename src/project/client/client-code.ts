import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import type { Place } from '../resolved.ts';
import { startsOf } from './bundle-exposures.ts';
import { createClientGraph, filesThatReach } from './client-graph.ts';
import type { BundlerProfile } from './bundler-profile.ts';
import type { LiveModule } from './live-module.ts';
import { findLive } from './liveness.ts';
import { shippedAt } from './shipped-at.ts';
import { profileOf } from './profile.ts';
import { entriesOf } from './project-entries.ts';
import { oncePerModule } from '../once-per-project.ts';

interface LiveIn { readonly live: LiveModule; readonly profile: BundlerProfile }

/** Whether code is part of what a browser or an app downloads: such code is no backend. */
export function isClientCode(project: Project, { module, at }: Place): boolean {
  if (module.directives.includes('use client') || module.language === 'html') return true;
  return liveIn(project, module).some(({ live, profile }) => shippedAt(live, at, profile) !== undefined);
}

const liveIn = oncePerModule(findLiveIn);

/** Only the entries from which the module can be reached are followed, so that a question about one file stays small. */
function findLiveIn(project: Project, module: ModuleSummary): LiveIn[] {
  const { graph: built } = project;
  if (!built) return [];
  const relevant = filesThatReach(built, [module.file]);
  const entries = entriesOf(project).filter((entry) => relevant.has(entry.file));
  const frameworks = [...new Set(entries.map((entry) => entry.framework))];
  return frameworks.flatMap((detected) => {
    const profile = profileOf(detected, false);
    const starts = startsOf(project, detected, entries.filter((entry) => entry.framework === detected));
    const live = findLive(createClientGraph(project, built, detected, relevant), starts, profile);
    return [...live.modules.values()].filter(({ summary }) => summary === module).map((each) => ({ live: each, profile }));
  });
}
