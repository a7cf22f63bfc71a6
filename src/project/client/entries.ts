import picomatch from 'picomatch';
import type { Source } from '../../sources/source.ts';
import type { DetectedFramework, Detection } from '../frameworks/detect.ts';
import type { EntryRule } from '../frameworks/framework.ts';
import { frameworks } from '../frameworks/index.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { isCodeFile } from '../graph/code-file.ts';
import { folderOf, relativeTo } from '../graph/posix-path.ts';
import { createSearch, filesBelow, filesNamed, standIn, testFile, type ClientEntry, type Search } from './entry-search.ts';
import { addSpecial, hasPageEnding } from './framework-entries.ts';
import { addBoundaryLibraries, addBunPages, addPages, addServed, addUnbuilt } from './served-entries.ts';

export interface EntryOptions {
  /** Globs relative to the root: files that are client code by the project's own configuration, and files that are not. */
  readonly client?: readonly string[];
  readonly server?: readonly string[];
}

/** The client entries of a repository, one a file and part, in path order. */
export function clientEntries(source: Source, built: BuiltGraph, detection: Detection, options: EntryOptions = {}): readonly ClientEntry[] {
  const search = createSearch(source, built, detection);
  for (const detected of detection.frameworks) {
    addRules(detected, search);
    addInputs(detected, search);
    addSpecial(detected, search);
  }
  addServed(search);
  addBunPages(search);
  addPages(search);
  addBoundaryLibraries(search);
  addUnbuilt(search);
  return finish(search, options);
}

// --- rules ----------------------------------------------------------------------------------------------------------------------

function addRules(detected: DetectedFramework, search: Search): void {
  const { framework, folder, facts } = detected;
  const named = facts.inputs.some((input) => input.reason.startsWith(framework.title));
  for (const rule of framework.entries) {
    if (!appliesTo(rule, detected, search)) continue;
    // A bundler's default entry counts where its configuration names none.
    if (named && rule.confidence === 'possible') continue;
    const matches = matcherOf(rule);
    for (const file of filesBelow(search, folder)) {
      if (testFile.test(file) || !matches(relativeTo(folder, file)) || isMisplaced(detected, file, search)) continue;
      if (rule.reason === 'Next.js page' && !hasPageEnding(detected, file)) continue;
      search.add({ file, reason: rule.reason, confidence: rule.confidence ?? 'certain', framework: detected, ...(rule.part === undefined ? {} : { part: rule.part }), ...(rule.runs === undefined ? {} : { runs: rule.runs }) });
    }
  }
}

function matcherOf(rule: EntryRule): (path: string) => boolean {
  const names = picomatch([...rule.files], { ignore: [...(rule.except ?? [])], dot: false });
  return (path) => names(path);
}

function appliesTo(rule: EntryRule, { framework, major, folder }: DetectedFramework, { built }: Search): boolean {
  if (rule.majors !== undefined && (major === undefined || !rule.majors.includes(major))) return false;
  // Astro's pages are walked from `src/pages`; see `addAstro`.
  if (framework.id === 'astro') return false;
  const dependencies = built.workspace.inFolder(folder)?.dependencies ?? {};
  return rule.needs === undefined || rule.needs.some((name) => name in dependencies);
}

/**
 * In a package that also is a server, only what is called client or browser is taken for client code of an unknown bundler. What an
 * application of Nx is built with says its `project.json`.
 */
function isMisplaced({ framework, folder }: DetectedFramework, file: string, { detection, source }: Search): boolean {
  if (framework.id === 'angular') return source.paths().has(`${file.replace(/(?:^|\/)src\/.*$/, '')}/project.json`);
  if (framework.id !== 'unknown-client') return false;
  const isServer = detection.frameworks.some((other) => other.folder === folder && other.framework.side === 'server');
  return isServer && !/(?:client|browser|\.html$|\.[jt]sx$)/.test(relativeTo(folder, file));
}

// --- what configurations name ---------------------------------------------------------------------------------------------------

function addInputs(detected: DetectedFramework, search: Search): void {
  if (detected !== ownerOfInputs(detected, search)) return;
  for (const input of detected.facts.inputs) {
    for (const file of filesNamed(input.path, search)) {
      if (input.side === 'server') search.server.add(file);
      else search.add({ file, reason: input.reason, confidence: input.confidence, framework: builderOf(detected, input.reason, search), namedBy: { file: input.file, at: input.at } });
    }
  }
}

/** The facts of a folder belong to all of its frameworks; one of them adds the inputs. */
function ownerOfInputs(detected: DetectedFramework, { detection }: Search): DetectedFramework | undefined {
  return detection.frameworks.find((other) => other.folder === detected.folder);
}

/** Of several frameworks in a folder the one that the reason names. */
function builderOf(detected: DetectedFramework, reason: string, { detection }: Search): DetectedFramework {
  const here = detection.frameworks.filter((other) => other.folder === detected.folder && other.framework.side !== 'server');
  const named = here.find((other) => reason.startsWith(other.framework.title));
  if (named) return named;
  // A widget that Vite builds beside an application of Next.js, which builds by itself.
  const builder = frameworks.find(({ id, title }) => reason.startsWith(`${title} `) && here.some((other) => other.framework.side === 'mixed' && other.framework.bundler !== id && other.framework.supersedes.includes(id)));
  if (builder) return { ...standIn(builder.id, detected.folder), facts: detected.facts };
  return here[0] ?? standIn('unknown-client', detected.folder);
}

// --- the project's own word -----------------------------------------------------------------------------------------------------

function finish(search: Search, options: EntryOptions): ClientEntry[] {
  const isServer = options.server === undefined ? () => false : picomatch([...options.server], { dot: true });
  if (options.client !== undefined && options.client.length > 0) addConfigured(search, options.client);
  return [...search.entries.values()]
    .filter((entry) => !isServer(entry.file) && (entry.confidence === 'certain' || !search.server.has(entry.file)))
    .sort((left, right) => (left.file < right.file ? -1 : left.file > right.file ? 1 : 0));
}

function addConfigured(search: Search, globs: readonly string[]): void {
  const isClient = picomatch([...globs], { dot: true });
  for (const file of search.sorted) {
    if (!isCodeFile(file) || !isClient(file)) continue;
    const framework = search.detection.at(file).find((detected) => detected.framework.side !== 'server') ?? standIn('unknown-client', folderOf(file));
    search.add({ file, reason: '`client` in the configuration of hilt-guard', confidence: 'certain', framework });
  }
}
