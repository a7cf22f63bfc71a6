import picomatch from 'picomatch';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { isResourceRoute } from '../disclosure/route-modules.ts';
import type { DetectedFramework, Detection } from '../frameworks/detect.ts';
import type { FrameworkId, HandOver } from '../frameworks/framework.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { isBelow, relativeTo } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import { calleeName, type Resolved } from '../resolved.ts';
import { filesThatReach } from './client-graph.ts';
import { electronHandOvers } from './electron-bridge.ts';
import type { Exposure } from './exposure.ts';
import { astroHandOvers } from './handover-astro.ts';
import { handOverPageChunks, handOverTransferState } from './handover-calls.ts';
import { elementHandOvers } from './handover-elements.ts';
import { gatsbyHandOvers } from './handover-gatsby.ts';
import { handOverServerFunctions, nextHandOvers } from './handover-next.ts';
import { answersOf, nuxtHandOvers } from './handover-nuxt.ts';
import { pageTextHandOvers } from './handover-page-texts.ts';
import { renderedHandOvers } from './handover-rendered.ts';
import { createHandOvers, functionsIn, handOverReturns, type HandOvers, type Handing } from './handover-site.ts';
import { handOverRouteOptions } from './handover-tanstack.ts';
import { templateHandOvers } from './handover-templates.ts';

/**
 * Keys that a server hands to its client: what loaders and server functions return, props of client components, state and
 * templates. Each stands at the value handed over, with the way back to where the key is written or read. `focus`: where to look.
 */
export function handedOver(project: Project, built: BuiltGraph, detection: Detection, focus?: ReadonlySet<string>): Exposure[] {
  const holders = [...project.modules.values()].filter(mentionsSecret).map((module) => module.file);
  const reaching = filesThatReach(built, holders);
  const relevant = focus ? new Set([...reaching].filter((file) => focus.has(file))) : reaching;
  const handOvers = createHandOvers(project);
  for (const detected of detection.frameworks) {
    const files = [...relevant].filter((file) => isBelow(file, detected.folder) && detection.at(file).includes(detected)).sort();
    if (files.length > 0) handOverBy(handOvers, { detected, files, built, relevant });
  }
  templateHandOvers(handOvers, relevant, detection);
  pageTextHandOvers(handOvers, relevant);
  renderedHandOvers(handOvers, relevant, built, detection);
  return handOvers.exposures();
}

function mentionsSecret(module: ModuleSummary): boolean {
  return module.mentions.hilt || module.mentions.key || module.secrets.length > 0;
}

/** Where a framework's hand-overs are looked for. */
interface Served {
  readonly detected: DetectedFramework;
  /** Its files that lead to a key. */
  readonly files: readonly string[];
  readonly built: BuiltGraph;
  /** The same files of the whole repository. */
  readonly relevant: ReadonlySet<string>;
}

/** What frameworks hand over in ways of their own; what they share is told by `handsOver` of each. */
const ownHandOvers: Partial<Record<FrameworkId, (handOvers: HandOvers, served: Served) => void>> = {
  'angular': (handOvers, { files }) => handOverTransferState(handOvers, files),
  'astro': (handOvers, { detected, files }) => astroHandOvers(handOvers, detected, files),
  'electron': (handOvers, { files }) => electronHandOvers(handOvers, files),
  'gatsby': (handOvers, { detected, files }) => gatsbyHandOvers(handOvers, detected.folder, files),
  'next': (handOvers, { detected, files }) => nextHandOvers(handOvers, detected, files),
  'nuxt': (handOvers, { files }) => nuxtHandOvers(handOvers, files),
  'solid-start': (handOvers, { files }) => handOverServerFunctions(handOvers, files),
  'sveltekit': (handOvers, { files }) => handOverPageChunks(handOvers, files),
  'tanstack-start': (handOvers, { files }) => handOverRouteOptions(handOvers, files),
};

function handOverBy(handOvers: HandOvers, served: Served): void {
  const { detected: { framework } } = served;
  for (const rule of framework.handsOver) {
    if (rule.how === 'return') handOverExports(handOvers, served, rule);
    else if (rule.how === 'call') handOverCalls(handOvers, served, rule);
  }
  if (framework.handsOver.some((rule) => rule.how === 'props' && rule.of === 'client-component')) elementHandOvers(handOvers, served.detected, served.files, served.built, served.relevant);
  ownHandOvers[framework.id]?.(handOvers, served);
}

// --- what an export returns -----------------------------------------------------------------------------------------------------

function handOverExports(handOvers: HandOvers, { detected, files, built }: Served, rule: HandOver & { how: 'return' }): void {
  const { project } = handOvers;
  const matches = picomatch([...rule.files]);
  for (const file of files) {
    if (!matches(relativeTo(detected.folder, file))) continue;
    const module = handOvers.open(file);
    // A resource route has no page: its answer is an HTTP response, which `no-key-disclosure` judges.
    if (!module || (detected.framework.id === 'react-router' && isResourceRoute(module))) continue;
    for (const name of rule.exports) {
      const value = project.evaluator.exportOf(module, name);
      if (!value) continue;
      const handing: Handing = { module, what: whatOfExport(detected, name), ...(name.startsWith('get') && detected.framework.id === 'next' ? { property: 'props' } : {}) };
      const into = detected.framework.id === 'nuxt' ? answersOf(handOvers, detected, file, built) : handOvers;
      for (const fn of functionsIn(project, value)) handOverReturns(into, fn, handing);
    }
  }
}

function whatOfExport({ framework }: DetectedFramework, name: string): string {
  if (framework.id === 'nuxt') return 'the answer of a handler that a page fetches';
  if (name === 'actions') return 'what a form action returns';
  return `what \`${name}\` returns`;
}

// --- what is given to a call ----------------------------------------------------------------------------------------------------

function handOverCalls(handOvers: HandOvers, { detected, files }: Served, rule: HandOver & { how: 'call' }): void {
  const { project } = handOvers;
  for (const file of files) {
    const module = handOvers.open(file);
    if (!module) continue;
    for (const use of module.uses) {
      if (use.kind !== 'call') continue;
      const callee = project.evaluator.look(module, use.callee);
      if (!isHandingCall(callee, rule)) continue;
      // Literals in a module that ships are found as such; a variable that only the server has is not.
      const handing: Handing = { module, what: `what \`${rule.callee}\` gives`, ...(detected.framework.id === 'nuxt' ? { variablesOnly: true } : {}) };
      for (const item of use.args) {
        const value = project.evaluator.look(module, item.value);
        for (const fn of functionsIn(project, value)) handOverReturns(handOvers, fn, handing);
      }
    }
  }
}

/** `createServerFn(…).handler(…)`: the last call of the chain that begins with the named one. */
function isHandingCall(callee: Resolved, { callee: name, modules }: HandOver & { how: 'call' }): boolean {
  if (callee.kind === 'outside') return callee.name === name && modules.includes(callee.specifier);
  if (callee.kind === 'global') return callee.path === name && modules.includes('#imports');
  if (callee.kind !== 'member' || calleeName(callee) !== 'handler') return false;
  for (let object: Resolved = callee.object; ; ) {
    if (object.kind === 'call') {
      if (object.callee.kind === 'outside' && object.callee.name === name && modules.includes(object.callee.specifier)) return true;
      object = object.callee;
    } else if (object.kind === 'member') object = object.object;
    else return false;
  }
}

