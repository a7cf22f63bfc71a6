import { textOfFile } from '../../sources/file-text.ts';
import picomatch from 'picomatch';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Value } from '../../syntax/value.ts';
import type { DetectedFramework, Detection } from '../frameworks/detect.ts';
import type { HandOver } from '../frameworks/framework.ts';
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
import { isResourceRoute } from '../disclosure/route-modules.ts';
import { gatsbyHandOvers } from './handover-gatsby.ts';
import { handedKeysIn } from './handover-keys.ts';
import { awaitedBy, configurationsIn, createHandOvers, functionsIn, handOverReturns, handOverValue, type HandOvers, type Handing } from './handover-site.ts';
import { pageTextHandOvers } from './handover-page-texts.ts';
import { renderedHandOvers } from './handover-rendered.ts';
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
    if (files.length > 0) handOverBy(handOvers, detected, files, built, relevant);
  }
  templateHandOvers(handOvers, relevant, detection);
  pageTextHandOvers(handOvers, relevant);
  renderedHandOvers(handOvers, relevant, built, detection);
  return handOvers.exposures();
}

function mentionsSecret(module: ModuleSummary): boolean {
  return module.mentions.hilt || module.mentions.key || module.secrets.length > 0;
}

function handOverBy(handOvers: HandOvers, detected: DetectedFramework, files: readonly string[], built: BuiltGraph, relevant: ReadonlySet<string>): void {
  const { framework } = detected;
  for (const rule of framework.handsOver) {
    if (rule.how === 'return') handOverExports(handOvers, detected, rule, files, built);
    else if (rule.how === 'call') handOverCalls(handOvers, detected, rule, files);
  }
  if (framework.handsOver.some((rule) => rule.how === 'props' && rule.of === 'client-component')) elementHandOvers(handOvers, detected, files, built, relevant);
  if (framework.id === 'astro') astroHandOvers(handOvers, detected, files);
  if (framework.id === 'next' || framework.id === 'solid-start') handOverServerFunctions(handOvers, files);
  if (framework.id === 'next') handOverInitialProps(handOvers, detected, files);
  if (framework.id === 'next') handOverAnswerHeads(handOvers, files);
  if (framework.id === 'sveltekit') handOverPageChunks(handOvers, files);
  if (framework.id === 'angular') handOverTransferState(handOvers, files);
  if (framework.id === 'electron') electronHandOvers(handOvers, files);
  if (framework.id === 'gatsby') gatsbyHandOvers(handOvers, detected.folder, files);
  if (framework.id === 'nuxt') {
    handOverHeads(handOvers, files);
    handOverMustaches(handOvers, files);
  }
  if (framework.id === 'tanstack-start') handOverRouteOptions(handOvers, files);
}

// --- what an export returns -----------------------------------------------------------------------------------------------------

function handOverExports(handOvers: HandOvers, detected: DetectedFramework, rule: HandOver & { how: 'return' }, files: readonly string[], built: BuiltGraph): void {
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
      const route = detected.framework.id === 'nuxt' ? routeOf(detected, file) : undefined;
      const into = route === undefined || isFetched(handOvers, detected, route, built) ? handOvers : awaitingQuestion(handOvers, route);
      for (const fn of functionsIn(project, value)) handOverReturns(into, fn, handing);
    }
  }
}

function whatOfExport({ framework }: DetectedFramework, name: string): string {
  if (framework.id === 'nuxt') return 'the answer of a handler that a page fetches';
  if (name === 'actions') return 'what a form action returns';
  return `what \`${name}\` returns`;
}

/** What a handler of Nuxt answers goes to no page until one asks for it by its path. */
function awaitingQuestion(handOvers: HandOvers, route: string): HandOvers {
  return { ...handOvers, add: () => void awaitedBy(handOvers.project).words.add(route) };
}

/** The fixed part of the path under which a handler of Nuxt answers. */
function routeOf({ folder }: DetectedFramework, file: string): string {
  const route = relativeTo(folder, file).replace(/^server\//, '/').replace(/\.(?:get|post|put|patch|delete|head)?\.?[mc]?[jt]s$/, '').replace(/\/index$/, '');
  return route.replace(/\/\[.*$/, '/');
}

/** Whether client code of a Nuxt application asks the handler: its answer is then in the page's payload. Who else asks it is another matter. */
function isFetched({ project }: HandOvers, { folder }: DetectedFramework, fixed: string, { graph }: BuiltGraph): boolean {
  return project.source !== undefined && [...project.source.paths()].some((path) => {
    if (!isBelow(path, folder) || !/\.(?:vue|[mc]?[jt]sx?)$/.test(path) || /(?:^|\/)server\//.test(relativeTo(folder, path)) || !graph.has(path)) return false;
    const text = textOfFile(project.source, path);
    return /\b(?:useFetch|useLazyFetch|\$fetch|useAsyncData|useRequestFetch)\b/.test(text) && new RegExp(`['"\`]${fixed.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${fixed.endsWith('/') ? '' : '[\'"`?]'}`).test(text);
  });
}

// --- what is given to a call ----------------------------------------------------------------------------------------------------

function handOverCalls(handOvers: HandOvers, detected: DetectedFramework, rule: HandOver & { how: 'call' }, files: readonly string[]): void {
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

/** What a Nuxt page puts into its head is in the HTML, also where only the server does it (built). */
function handOverHeads(handOvers: HandOvers, files: readonly string[]): void {
  const { project } = handOvers;
  for (const file of files) {
    const module = handOvers.open(file);
    if (!module) continue;
    for (const use of module.uses) {
      if (use.kind !== 'call' || !/^use(?:Server)?(?:Head(?:Safe)?|SeoMeta)$/.test(calleeName(project.evaluator.look(module, use.callee)))) continue;
      for (const item of use.args) handOverValue(handOvers, project.evaluator.lazy(module, item.value, undefined, item.at), item.at, { module, what: 'the head of the page' });
    }
  }
}

const template = /<template\b[^>]*>[\s\S]*<\/template>/;
const mustache = /\{\{\s*([A-Za-z_$][\w$]*)((?:\??\.[A-Za-z_$][\w$]*)+)\s*\}\}/g;

/** `{{ config.hiltKey }}` in the template of a page: the server has the value, and writes it into the HTML (built). */
function handOverMustaches(handOvers: HandOvers, files: readonly string[]): void {
  const { project, add } = handOvers;
  for (const file of files) {
    const module = file.endsWith('.vue') ? handOvers.open(file) : undefined;
    if (!module) continue;
    const text = textOfFile(project.source, file);
    const markup = template.exec(text);
    for (const match of markup?.[0].matchAll(mustache) ?? []) {
      const start = (markup?.index ?? 0) + match.index;
      const at: Span = [start, start + match[0].length];
      const names = (match[2] ?? '').replaceAll('?', '').split('.').slice(1);
      let value: Value = { kind: 'binding', name: match[1] ?? '', at };
      for (const name of names) value = { kind: 'member', object: value, property: { kind: 'text', text: name }, at };
      for (const expression of handedKeysIn(project, project.evaluator.lazy(module, value, undefined, at))) {
        add({ module, what: 'what the page renders', variablesOnly: true }, at, expression);
      }
    }
  }
}

/** `"use server"`: whoever has the page may call the function, and gets what it returns. */
function handOverServerFunctions(handOvers: HandOvers, files: readonly string[]): void {
  for (const file of files) {
    const module = handOvers.openIf(file, 'server functions');
    if (!module) continue;
    const isWhole = module.directives.includes('use server');
    module.functions.forEach((fn, index) => {
      if (!fn.directives.includes('use server') && !(isWhole && fn.parent === -1 && isExported(handOvers.project, module, index))) return;
      handOverReturns(handOvers, { kind: 'function', module, fn: index, frame: undefined, self: undefined }, { module, what: 'what a server function returns' });
    });
  }
}

function isExported(project: Project, module: ModuleSummary, fn: number): boolean {
  return module.exports.some((entry) => {
    const value = entry.value && project.evaluator.look(module, entry.value);
    return value?.kind === 'function' && value.module === module && value.fn === fn;
  });
}

/** `Page.getInitialProps = …` and the static method of that name: run by the server first, and what they return is in the page. */
function handOverInitialProps(handOvers: HandOvers, { folder }: DetectedFramework, files: readonly string[]): void {
  const { project } = handOvers;
  const isPage = picomatch('{src/,}pages/**');
  for (const file of files) {
    const module = isPage(relativeTo(folder, file)) ? handOvers.openIf(file, 'initial props') : undefined;
    if (!module) continue;
    const handing: Handing = { module, what: 'what `getInitialProps` returns', variablesOnly: true };
    for (const use of module.uses) {
      if (use.kind !== 'assign' || use.property.kind !== 'text' || use.property.text !== 'getInitialProps') continue;
      for (const fn of functionsIn(project, project.evaluator.look(module, use.value))) handOverReturns(handOvers, fn, handing);
    }
    for (const cls of module.classes) {
      const value = cls.statics['getInitialProps'];
      if (value) for (const fn of functionsIn(project, project.evaluator.look(module, value))) handOverReturns(handOvers, fn, handing);
    }
  }
}

/** `headers()` and `redirects()` of `next.config`: https://nextjs.org/docs/app/api-reference/config/next-config-js/headers. What is rewritten stays on the server. */
function handOverAnswerHeads(handOvers: HandOvers, files: readonly string[]): void {
  for (const file of files) {
    const module = /(?:^|\/)next\.config\.[mc]?[jt]s$/.test(file) ? handOvers.open(file) : undefined;
    const config = module && handOvers.project.evaluator.exportOf(module, 'default');
    if (!module || !config) continue;
    for (const object of configurationsIn(handOvers.project, config)) {
      for (const name of ['headers', 'redirects']) {
        for (const fn of functionsIn(handOvers.project, handOvers.project.evaluator.property(object, name))) handOverReturns(handOvers, fn, { module, what: `what \`${name}\` returns` });
      }
    }
  }
}

const routeMakers = new Set(['createFileRoute', 'createRootRoute', 'createRootRouteWithContext', 'createRoute', 'createLazyFileRoute']);
const routeOptions = ['loader', 'beforeLoad', 'context', 'head', 'scripts'];

/** Loaders of TanStack routes are client code too; but the server runs them first, and what they return is in the page. */
function handOverRouteOptions(handOvers: HandOvers, files: readonly string[]): void {
  const { project } = handOvers;
  for (const file of files) {
    const module = handOvers.open(file);
    if (!module) continue;
    for (const use of module.uses) {
      if (use.kind !== 'call' || !makesRoute(project.evaluator.look(module, use.callee))) continue;
      const options = use.args[0] && project.evaluator.look(module, use.args[0].value);
      if (options?.kind !== 'object') continue;
      for (const name of routeOptions) {
        const value = project.evaluator.property(options, name);
        for (const fn of functionsIn(project, value)) handOverReturns(handOvers, fn, { module, what: `what \`${name}\` returns`, variablesOnly: true });
      }
    }
  }
}

function makesRoute(callee: Resolved): boolean {
  if (callee.kind === 'call') return makesRoute(callee.callee);
  return callee.kind === 'outside' && routeMakers.has(callee.name);
}
