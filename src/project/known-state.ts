import { readText, textOfFile } from '../sources/file-text.ts';
import { once } from '../sources/once.ts';
import type { IndexChange, StagedSource } from '../sources/index-source.ts';
import type { Source } from '../sources/source.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import { clientEntries } from './client/entries.ts';
import { filesThatReach } from './client/client-graph.ts';
import { awaitedBy } from './client/handover-site.ts';
import { exposuresOf } from './client/exposures.ts';
import type { BuiltGraph } from './graph/build.ts';
import { isCodeFile } from './graph/code-file.ts';
import { folderOf, joinPath } from './graph/posix-path.ts';
import { importsChecksum, mayHandOn, mayLeadTo, stemOf, wayToHilt, type WayToHilt } from './hilt-imports.ts';
import { unitsOfCode } from './integrations/code-manifests.ts';
import { isBuildConfig } from './integrations/build-config.ts';
import { findKeyReads, hiltModules, nameOfRead } from './integrations/key-reads.ts';
import { keyUsesOf } from './integrations/key-uses.ts';
import { sharedKeysOf } from './integrations/shared-keys.ts';
import type { Project } from './project.ts';

/**
 * What a run that looked at the whole repository found out, for those that come after it: a commit that changes nothing of what the
 * rules on the whole project go by needs none of it worked out again. Holds names of files and of variables, digests and checksums.
 */
export interface KnownState {
  /** What the index held then: a commit, and the paths with another content (`""`: none). */
  readonly base: string;
  readonly changes: Readonly<Record<string, string>>;
  /** Checksum of the settings that it was worked out under. */
  readonly settings: string;
  /** The modules that mention Hilt, and those from which imports lead to them. */
  readonly files: Readonly<Record<string, KnownFile>>;
  /** Components and templates that are given a key, and say nothing of Hilt themselves. */
  readonly receivers: readonly string[];
  /** Texts by which client code would ask a server for a key. */
  readonly words: readonly string[];
  /** Names of the packages that these files belong to. */
  readonly packages: readonly string[];
  /** Paths without ending that imports name and nothing has: a file that is added there would be imported. */
  readonly unresolved: readonly string[];
  /** Whether anything may reach a client, be it through a framework, a page or a native app. */
  readonly hasClients: boolean;
  readonly integrations: number;
  /** Whether no rule on the whole project had anything to say. */
  readonly isClean: boolean;
}

export interface KnownFile {
  /** Checksum of what it imports. */
  readonly imports: string;
  /** The keys that it reads or holds, by name or digest. */
  readonly keys: readonly string[];
}

/** More files than these on the way to Hilt are not kept: a state of twenty thousand takes 1.2 MB, and is read by every commit that concerns Hilt. */
const maxFiles = 20_000;
const maxUnresolved = 20_000;

// --- making ---------------------------------------------------------------------------------------------------------------------

/** The state of a project whose rules have all run; `before`: what was known until then, if they looked at a part. `undefined` where it is not worth keeping. */
export function makeKnownState(project: Project, source: StagedSource, settings: string, before: KnownState | undefined): KnownState | undefined {
  const { graph: built } = project;
  const base = source.commit();
  const changes = base === undefined ? undefined : source.since(base);
  if (!built || base === undefined || !changes) return undefined;
  const modules = hiltModules(project);
  const reaching = filesThatReach(built, modules.map(({ file }) => file).filter((file) => isCodeFile(file)));
  const unresolved = unresolvedStems(built);
  const isClean = exposuresOf(project).size === 0 && sharedKeysOf(project).length === 0;
  const awaited = awaitedBy(project);
  const receivers = new Set([...(before?.receivers ?? []).filter((path) => source.paths().has(path)), ...awaited.files]);
  const words = new Set([...(before?.words ?? []), ...awaited.words]);
  if (reaching.size > maxFiles || unresolved.size > maxUnresolved || receivers.size > maxFiles || words.size > maxFiles) return undefined;
  const keys = keysByFile(project, modules);
  const files = Object.fromEntries([...reaching].sort().map((file): [string, KnownFile] => [file, { imports: importsChecksum(file, textOfFile(source, file)), keys: keys.get(file) ?? [] }]));
  return {
    base, settings, files,
    receivers: [...receivers], words: [...words],
    packages: [...new Set([...reaching].flatMap((file) => built.workspace.packageOf(file)?.name ?? []))],
    changes: blobsOf(changes),
    unresolved: [...unresolved],
    hasClients: hasClients(project, source, built),
    integrations: keyUsesOf(project)?.found.integrations.length ?? 0,
    isClean,
  };
}

function blobsOf(changes: ReadonlyMap<string, IndexChange>): Record<string, string> {
  return Object.fromEntries([...changes].map(([path, { blob }]) => [path, blob]));
}

function keysByFile(project: Project, modules: readonly ModuleSummary[]): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const read of findKeyReads(project, modules)) {
    const own = keys.get(read.file) ?? [];
    keys.set(read.file, own);
    own.push(nameOfRead(read));
  }
  return keys;
}

function unresolvedStems({ raw, graph }: BuiltGraph): Set<string> {
  const stems = new Set<string>();
  for (const file of raw.files) {
    for (const specifier of graph.externalsOf(file)) {
      const path = specifier.startsWith('.') ? joinPath(folderOf(file), specifier.replace(/[?#].*$/, '')) : undefined;
      if (path !== undefined) stems.add(stemOf(path));
    }
  }
  return stems;
}

/** Files that belong to a client without any import: pages, templates, native apps. */
const clientFile = /\.(?:x?html?|vue|svelte|astro|ejs|hbs|handlebars|mustache|njk|nunjucks|liquid|twig|jinja2?|j2|eta|erb|php|pug|jade|swift|kt|kts|java|dart|gradle|plist|xcconfig|storyboard|m|mm)$|(?:^|\/)(?:AndroidManifest\.xml|app\.json|pubspec\.yaml)$/i;

function hasClients(project: Project, source: Source, built: BuiltGraph): boolean {
  const { client = [], ignores = () => false } = project.settings ?? {};
  if (client.length > 0) return true;
  if (built.detection.frameworks.some(({ framework, folder }) => framework.side !== 'server' && !ignores(`${folder}/package.json`))) return true;
  if ([...source.paths()].some((path) => clientFile.test(path) && !ignores(path))) return true;
  return clientEntries(source, built, built.detection).some(({ file }) => !ignores(file));
}

// --- comparing ------------------------------------------------------------------------------------------------------------------

/** Programs on a server; what is written in another language may be read in other ways. */
const serverProgram = /\.[mc]?[jt]s$/;
/** Folders whose files are handed out, or are programs by their place. */
const special = /(?:^|\/)(?:public|static|www|wwwroot|assets|dist|build|client|browser|frontend|web|extension|views|templates)\//;

/**
 * Whether what changed since `state` leaves every rule on the whole project with nothing new to say. Only what is sure counts: what
 * is not understood is looked at anew. `project` holds the changed modules that mention Hilt.
 */
export function isSettled(state: KnownState, source: StagedSource, project: Project, settings: string): KnownState | undefined {
  if (state.settings !== settings) return undefined;
  const now = source.since(state.base);
  if (!now) return undefined;
  const changed = [...now].filter(([path, { blob }]) => state.changes[path] !== blob);
  if (Object.keys(state.changes).some((path) => !now.has(path)) || hasOpenFindings(state, source)) return undefined;
  const comparison: Comparison = { state, source, project, way: once(() => wayToHilt(Object.keys(state.files), state.packages)) };
  const files = { ...state.files };
  for (const [path, { blob, isNew }] of changed) {
    const known = blob === '' ? undefined : compare(comparison, path, isNew && state.changes[path] === undefined);
    if (known === undefined) return undefined;
    if (known !== 'apart') files[path] = known;
  }
  return { ...state, changes: blobsOf(now), files };
}

/** Whether what was found may stand in what was staged then and is not committed yet: a commit that was blocked is tried again. */
function hasOpenFindings(state: KnownState, source: StagedSource): boolean {
  const staged = source.changes();
  return !state.isClean && Object.entries(state.changes).some(([path, blob]) => staged.get(path)?.blob === blob);
}

interface Comparison {
  readonly state: KnownState;
  readonly source: StagedSource;
  readonly project: Project;
  readonly way: () => WayToHilt;
}

/** What is known of a changed file from now on: `apart` from Hilt, or on the way to it. `undefined`: it may change what a rule says. */
function compare(comparison: Comparison, path: string, isAdded: boolean): KnownFile | 'apart' | undefined {
  const { state, source, project } = comparison;
  if (isProse(path)) return 'apart';
  if (!isCodeFile(path) || isBuildConfig(path) || clientFile.test(path)) return undefined;
  const module = project.modules.get(path);
  const before = state.files[path];
  const text = readText(source, path);
  if (text === undefined || mayHandOn(state, path, text) || (isAdded && mayBeImported(comparison, path))) return undefined;
  if (!module && !before) return mayLeadTo(comparison.way(), path, text) ? undefined : 'apart';
  // Here what a module does with a key decides, and not only which keys it reads.
  if (state.hasClients || !state.isClean || !serverProgram.test(path) || special.test(path) || /["']use client["']/.test(text)) return undefined;
  if (module && (module.secrets.length > 0 || unitsOfCode(project, [module]).length > 0)) return undefined;
  const now: KnownFile = { imports: importsChecksum(path, text), keys: module ? (keysByFile(project, [module]).get(path) ?? []) : [] };
  if (before) return before.imports === now.imports && before.keys.length <= 1 && now.keys.every((key) => before.keys.includes(key)) ? before : undefined;
  return isAdded && state.integrations <= 1 && !isKnownKey(state, now.keys) && !mayLeadTo(comparison.way(), path, text) ? now : undefined;
}

/** The modules that a commit adds or changes, where it does nothing else: what it takes away, and what is no module, may matter anywhere. */
export function changedModules(source: StagedSource): ReadonlySet<string> | undefined {
  const files = [...source.changes()].filter(([path]) => !isProse(path));
  return files.every(([path, { blob }]) => blob !== '' && isCodeFile(path) && !isBuildConfig(path) && !/\.x?html?$/i.test(path)) ? new Set(files.map(([path]) => path)) : undefined;
}

/** Prose declares nothing and runs nowhere. */
export function isProse(path: string): boolean {
  return /\.(?:md|txt|rst|adoc)$/i.test(path);
}

function isKnownKey({ files }: KnownState, keys: readonly string[]): boolean {
  return Object.values(files).some((file) => file.keys.some((key) => keys.includes(key)));
}

const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.vue', '.svelte', '.astro', '.d.ts'];

/** Whether an import that stood before may lead to the added file: one that led nowhere, or to a file of the same name. */
function mayBeImported({ state, source }: Comparison, path: string): boolean {
  const stem = stemOf(path);
  if (state.unresolved.includes(stem) || /(?:^|\/)index\.[^./]+$/.test(path)) return true;
  const others = endings.flatMap((ending) => [`${stem}${ending}`, `${stem}/index${ending}`]).filter((other) => other !== path);
  const near = source.peek?.(others);
  return near === undefined || near.size > 0;
}
