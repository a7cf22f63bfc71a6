import picomatch from 'picomatch';
import type { ImportEdge, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Value } from '../../syntax/value.ts';
import { isWebOnly, type ConfigFacts } from '../frameworks/config-facts.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import type { ServerRule, StrippedCall } from '../frameworks/framework.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { isRecord, stringsOf, type Manifests } from '../graph/manifest.ts';
import { folderOf, isBelow, joinPath, relativeTo } from '../graph/posix-path.ts';
import type { Resolution } from '../graph/resolution.ts';
import type { Project } from '../project.ts';
import { calleeName, type Resolved } from '../resolved.ts';
import { alternativesOf, resolutionFor } from './client-resolution.ts';
import type { LivenessGraph } from './liveness-graph.ts';
import { importedFrom } from '../module-exports.ts';

const partMark = '?script=';

/** The key under which a client script inside a file is a module of its own. */
export function partKey(file: string, index: number): string {
  return `${file}${partMark}${index}`;
}

/** The project's modules as one framework's client build sees them. */
export function createClientGraph(project: Project, built: BuiltGraph, detected: DetectedFramework, relevant: ReadonlySet<string>): LivenessGraph {
  const { framework, folder, facts } = detected;
  const resolution = resolutionFor(project, built, detected);
  const serverOnly = new Map<string, boolean>();
  const declared = project.settings?.server;
  const isDeclaredServer = declared && declared.length > 0 ? picomatch([...declared], { dot: true }) : () => false;
  const matchers = framework.serverOnly.map((rule) => ({ rule, matches: rule.files ? picomatch([...rule.files], { dot: true }) : undefined }));

  function decideServerOnly(file: string): boolean {
    if (isDeclaredServer(file)) return true;
    if (!isBelow(file, folder)) return false;
    const path = relativeTo(folder, file);
    return matchers.some(({ rule, matches }) => matches?.(path) === true || hasServerMark(project, file, rule));
  }

  return {
    module: (key) => moduleOf(project, key),
    targets: (from, edge) => {
      const targets = withReplacements(targetsOf(resolution, fileOfKey(from), edge), facts.replacedFiles);
      return isWebOnly(facts) ? forTheWeb(targets) : targets;
    },
    // What the frontmatter of an Astro file imports is the server's.
    markupImports: ({ file, imports }) =>
      built.graph.importsOf(file).filter((edge) => !edge.typeOnly && (edge.script || !file.endsWith('.astro')) && !imports.some((known) => known.specifier === edge.specifier)).map((edge) => edge.to),
    isRelevant: (file) => relevant.has(fileOfKey(file)),
    isServerOnly: (file) => {
      const known = serverOnly.get(file);
      if (known !== undefined) return known;
      const decided = decideServerOnly(fileOfKey(file));
      serverOnly.set(file, decided);
      return decided;
    },
    isSideEffectFree: (file) => isSideEffectFree(built, fileOfKey(file), detected.traits.honoursSideEffects === 'workspace'),
    isInLinkedPackage: (file) => isInLinkedPackage(built, fileOfKey(file)),
    isVerbatim: (file) => isVerbatim(built, fileOfKey(file)),
    imported: (module, specifier) => project.resolve(module, specifier),
    importedFlag: (module, specifier, name) => {
      const value = importedFrom(project.evaluator, module, specifier, name);
      return value.kind === 'constant' && typeof value.value === 'boolean' ? value.value : undefined;
    },
    strippedRegions: (module) => strippedRegions(project, module, framework.strippedCalls),
  };
}

/** The file that a module stands in: another than its key for a script inside a file. */
export function fileOfKey(key: string): string {
  const mark = key.indexOf(partMark);
  return mark < 0 ? key : key.slice(0, mark);
}

function moduleOf(project: Project, key: string): ModuleSummary | undefined {
  const mark = key.indexOf(partMark);
  if (mark < 0) return project.module(key);
  return project.module(key.slice(0, mark))?.parts?.[Number(key.slice(mark + partMark.length))];
}

function targetsOf(resolution: Resolution, from: string, edge: Pick<ImportEdge, 'specifier' | 'how' | 'except'>): readonly string[] {
  if (edge.how === 'glob') return resolution.resolveGlob(from, edge.specifier, edge.except);
  return resolution.resolveAll(from, edge.specifier);
}

/** What the build takes in the place of a file: instead of it, or in some configurations. */
function withReplacements(targets: readonly string[], replaced: ConfigFacts['replacedFiles']): readonly string[] {
  if (replaced.length === 0) return targets;
  return [...new Set(targets.flatMap((file) => {
    const own = replaced.filter(({ from }) => from === file);
    return [...(own.some(({ always }) => always) ? [] : [file]), ...own.map(({ to }) => to)];
  }))];
}

/** Of a module's variants for platforms the one for the web, else the one for all (https://docs.expo.dev/router/advanced/platform-specific-modules). */
function forTheWeb(targets: readonly string[]): readonly string[] {
  const web = targets.filter((file) => /\.web\.[^./]+$/.test(file));
  return web.length > 0 ? web : targets.filter((file) => !/\.(?:ios|android|native)\.[^./]+$/.test(file));
}

function hasServerMark(project: Project, file: string, rule: ServerRule): boolean {
  if (!rule.directive && !rule.modules) return false;
  const module = project.module(file);
  if (!module) return false;
  if (rule.directive && module.directives.includes(rule.directive)) return true;
  return rule.modules?.some((marker) => module.imports.some((edge) => edge.specifier === marker && !edge.typeOnly)) ?? false;
}

/**
 * `"sideEffects": false` or a list of files that have some (webpack.js.org/guides/tree-shaking). `readsAsFilter`: an empty list is a filter
 * that lets everything through, as the resolve plugin of Rollup has it (built).
 */
function isSideEffectFree({ workspace }: BuiltGraph, file: string, readsAsFilter: boolean): boolean {
  const owner = workspace.packageOf(file);
  const declared = owner?.manifest['sideEffects'];
  if (declared === undefined || declared === true || !owner) return false;
  if (declared === false) return true;
  if (!Array.isArray(declared) || (declared.length === 0 && readsAsFilter)) return false;
  const patterns = declared.filter((item): item is string => typeof item === 'string').map((pattern) => (pattern.includes('/') ? pattern.replace(/^\.\//, '') : `**/${pattern}`));
  return !picomatch(patterns, { dot: true })(relativeTo(owner.folder, file));
}

/** Whether another package of the repository depends on the file's package, or reaches it as a member of a workspace. */
function isInLinkedPackage({ workspace }: BuiltGraph, file: string): boolean {
  const owner = workspace.packageOf(file);
  return owner?.name !== undefined && workspace.packages.some((other) => other !== owner && workspace.named(other, owner.name ?? '') === owner);
}

/** `verbatimModuleSyntax` and what came before it, from the nearest tsconfig and those that it extends. */
function isVerbatim({ manifests }: BuiltGraph, file: string): boolean {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const path = folder === '' ? 'tsconfig.json' : `${folder}/tsconfig.json`;
    const config = manifests.json(path);
    if (config) return hasVerbatimOption(manifests, path, 0);
    if (folder === '') return false;
  }
}

function hasVerbatimOption(manifests: Manifests, path: string, depth: number): boolean {
  const config = manifests.json(path);
  if (!config || depth > 8) return false;
  const options = isRecord(config['compilerOptions']) ? config['compilerOptions'] : {};
  const own = options['verbatimModuleSyntax'] ?? options['preserveValueImports'] ?? (options['importsNotUsedAsValues'] === 'preserve' ? true : undefined);
  if (own !== undefined) return own === true;
  return stringsOf(config['extends']).some((base) => {
    const target = base.startsWith('.') ? joinPath(folderOf(path), base.endsWith('.json') ? base : `${base}.json`) : undefined;
    return target !== undefined && hasVerbatimOption(manifests, target, depth + 1);
  });
}

/** Code that stays on the server although it stands in a client module. */
function strippedRegions(project: Project, module: ModuleSummary, calls: readonly StrippedCall[]): Span[] {
  const regions: Span[] = module.functions.filter((fn) => fn.directives.includes('use server')).map((fn) => fn.at);
  if (calls.length === 0) return regions;
  for (const use of module.uses) {
    if (use.kind !== 'call') continue;
    const callee = project.evaluator.look(module, use.callee);
    for (const call of calls) {
      if (!isStripped(callee, call)) continue;
      const { property } = call;
      regions.push(...(property === undefined ? use.args.map((item) => item.at) : use.args.flatMap((item) => propertySpans(item.value, property))));
    }
  }
  return regions;
}

function propertySpans(value: Value, property: string): Span[] {
  if (value.kind !== 'object') return [];
  return value.entries.flatMap((entry) => (entry.key?.kind === 'text' && entry.key.text === property ? [entry.at] : []));
}

function isStripped(callee: Resolved, call: StrippedCall): boolean {
  if (call.property !== undefined) return isCallee(callee, call) || (callee.kind === 'call' && isCallee(callee.callee, call));
  if (call.method === undefined) return isCallee(callee, call);
  if (callee.kind !== 'member' || calleeName(callee) !== call.method) return false;
  // `createServerFn().validator(…).handler(…)`: the chain begins with the call.
  for (let object: Resolved = callee.object; ; ) {
    if (object.kind === 'call') {
      if (isCallee(object.callee, call)) return true;
      object = object.callee;
    } else if (object.kind === 'member') object = object.object;
    else return false;
  }
}

function isCallee(callee: Resolved, { callee: name, modules }: StrippedCall): boolean {
  if (callee.kind === 'outside') return callee.name === name && modules.includes(callee.specifier);
  // Auto-imports leave a global.
  return callee.kind === 'global' && callee.path === name && modules.includes('#imports');
}

/** Files from which one of the targets can be reached over imports, the targets included. */
export function filesThatReach(built: BuiltGraph, targets: Iterable<string>): Set<string> {
  const { graph, detection, workspace } = built;
  const reached = new Set(targets);
  // Whoever imports a file gets what the build takes in its place.
  for (const { facts } of detection.frameworks) for (const { from, to } of facts.replacedFiles) if (reached.has(to)) reached.add(from);
  const queue = [...reached];
  const add = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    queue.push(file);
  };
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const owner = workspace.packageOf(file);
    if (owner) alternativesOf(built, owner, file).forEach(add);
    for (const edge of graph.importersOf(file)) {
      // A type-only edge may be kept for its effects (`verbatimModuleSyntax`): what is followed is decided later.
      add(edge.from);
    }
  }
  return reached;
}

