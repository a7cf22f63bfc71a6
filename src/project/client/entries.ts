import picomatch from 'picomatch';
import { decode } from '../../sources/decode.ts';
import type { Source } from '../../sources/source.ts';
import type { Span } from '../../syntax/span.ts';
import { frameworkById } from '../frameworks/index.ts';
import type { DetectedFramework, Detection } from '../frameworks/detect.ts';
import type { EntryRule, FrameworkId } from '../frameworks/framework.ts';
import { bundlerTraits } from '../frameworks/bundler.ts';
import { emptyFacts } from '../frameworks/config-facts.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { importEdges, isCodeFile } from '../graph/import-edges.ts';
import type { Reach } from '../graph/module-graph.ts';
import { folderOf, joinPath, relativeTo } from '../graph/posix-path.ts';
import { directivesOf } from './directives.ts';
import { extensionEntries } from './extension-manifest.ts';
import { nuxtAutoImports } from './nuxt-auto-imports.ts';
import { servedBy } from './served-files.ts';

/** A file whose code a client gets because of what it is, not because another client file imports it. */
export interface ClientEntry {
  readonly file: string;
  /** Only the processed `<script>` elements of the file. */
  readonly part?: 'script';
  /** In words: "Next.js page", `"use client"`, "esbuild entry". */
  readonly reason: string;
  readonly confidence: 'certain' | 'possible';
  /** Who builds or serves it. */
  readonly framework: DetectedFramework;
  /** Of a `"use client"` module: the files in which the server's tree begins. */
  readonly renderedBy?: readonly string[];
  /** The shortest chain of imports that leads to it from there. */
  readonly renderedOver?: () => readonly { readonly file: string; readonly at: Span; readonly to: string }[];
  /** The exports that are taken of it, where only some are. */
  readonly takes?: (name: string) => boolean;
  /** What in the file makes it an entry: the directive. */
  readonly at?: Span;
  /** The configuration or page that names it. */
  readonly namedBy?: { readonly file: string; readonly at: Span };
}

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
  addPages(search);
  addBoundaryLibraries(search);
  return finish(search, options);
}

interface Search {
  readonly source: Source;
  readonly built: BuiltGraph;
  readonly detection: Detection;
  readonly sorted: readonly string[];
  readonly entries: Map<string, ClientEntry>;
  /** Files that a configuration builds for a server. */
  readonly server: Set<string>;
  text(file: string): string;
  add(entry: ClientEntry): void;
}

function createSearch(source: Source, built: BuiltGraph, detection: Detection): Search {
  const entries = new Map<string, ClientEntry>();
  const texts = new Map<string, string>();
  const sorted = [...source.paths()].sort();
  return {
    source,
    built,
    detection,
    sorted,
    entries,
    server: new Set(),
    text: (file) => {
      const known = texts.get(file);
      if (known !== undefined) return known;
      fetchNear(source, sorted, file, texts);
      const bytes = source.open(file)?.read();
      const text = bytes === undefined ? '' : decode(bytes).text;
      texts.set(file, text);
      return text;
    },
    add: (entry) => {
      const key = `${entry.file}\n${entry.part ?? ''}`;
      const known = entries.get(key);
      if (known === undefined || (known.confidence === 'possible' && entry.confidence === 'certain')) entries.set(key, entry);
    },
  };
}

/** Where files are dear to read one by one, those beside it are read with it: what is asked for next is mostly near. */
function fetchNear(source: Source, sorted: readonly string[], file: string, texts: ReadonlyMap<string, string>): void {
  if (source.prefetch === undefined) return;
  const start = lowerBound(sorted, file);
  source.prefetch(sorted.slice(start, start + 400).filter((path) => isCodeFile(path) && !texts.has(path)).slice(0, 200));
}

// --- rules ----------------------------------------------------------------------------------------------------------------------

const testFile = /(?:^|\/)(?:__tests__|__mocks__)\/|\.(?:test|spec|stories|cy)\.[^./]+$/;

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
      search.add({ file, reason: rule.reason, confidence: rule.confidence ?? 'certain', framework: detected, ...(rule.part === undefined ? {} : { part: rule.part }) });
    }
  }
}

/** https://nextjs.org/docs/app/api-reference/config/next-config-js/pageExtensions */
function hasPageEnding({ facts: { pageExtensions } }: DetectedFramework, file: string): boolean {
  return pageExtensions === undefined || pageExtensions.some((ending) => file.endsWith(`.${ending}`));
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

/** In a package that also is a server, only what is called client or browser is taken for client code of an unknown bundler. */
function isMisplaced({ framework, folder }: DetectedFramework, file: string, { detection }: Search): boolean {
  if (framework.id !== 'unknown-client') return false;
  const isServer = detection.frameworks.some((other) => other.folder === folder && other.framework.side === 'server');
  return isServer && !/(?:client|browser|\.html$|\.[jt]sx$)/.test(relativeTo(folder, file));
}

/** Paths below a folder, without those of packages inside it. */
function* filesBelow({ sorted, built }: Search, folder: string): Generator<string> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const own = built.workspace.packageOf(`${prefix}x`);
  for (let i = lowerBound(sorted, prefix); i < sorted.length; i++) {
    const path = sorted[i] ?? '';
    if (!path.startsWith(prefix)) return;
    if ((isCodeFile(path) || path.endsWith('.json')) && built.workspace.packageOf(path) === own) yield path;
  }
}

function lowerBound(sorted: readonly string[], prefix: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
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
  return here.find((other) => reason.startsWith(other.framework.title)) ?? here[0] ?? standIn('unknown-client', detected.folder);
}

function filesNamed(path: string, { built, source }: Search): readonly string[] {
  if (source.paths().has(path)) return [path];
  if (/[*{]/.test(path)) return built.resolution.resolveGlob('_', `./${path}`);
  return built.resolution.resolveAll('_', `./${path}`);
}

/** A framework that nothing was detected for: a page, a served file, a directive in a library. */
function standIn(id: FrameworkId, folder: string): DetectedFramework {
  const framework = frameworkById(id);
  return { framework, folder, major: undefined, bundler: framework.bundler, bundlerMajor: undefined, traits: bundlerTraits(framework.bundler), because: folder, facts: emptyFacts() };
}

// --- what only some frameworks have ---------------------------------------------------------------------------------------------

function addSpecial(detected: DetectedFramework, search: Search): void {
  switch (detected.framework.id) {
    case 'next':
      return addBoundaries(detected, search);
    case 'astro':
      return addAstro(detected, search);
    case 'nuxt':
      return addNuxt(detected, search);
    case 'react-router':
      return addNamedFiles(detected, ['app/routes.ts', 'app/routes.js', 'app/routes.tsx'], 'app', 'React Router route', search);
    case 'gatsby':
      return addNamedFiles(detected, ['gatsby-node.js', 'gatsby-node.ts', 'gatsby-node.mjs'], '', 'Gatsby template', search);
    case 'browser-extension':
      return addExtension(detected, search);
    case 'electron':
      return addElectron(detected, search);
    case 'expo':
    case 'react-native':
      return addMain(detected, `${detected.framework.title} application`, search);
    default:
  }
}

/** `"use client"` modules that the server's tree reaches: what nobody renders does not ship (built). */
function addBoundaries(detected: DetectedFramework, search: Search): void {
  const { framework, folder } = detected;
  const matches = picomatch([...framework.serverRoots]);
  const roots = [...filesBelow(search, folder)].filter((file) => matches(relativeTo(folder, file)) && hasPageEnding(detected, file));
  const boundary = memo((file: string) => directivesOf(search.text(file)).find((directive) => directive.name === 'use client'));
  const reach = search.built.graph.reachableFrom(roots.map((file) => ({ file })), (edge) => boundary(edge.from) === undefined);
  for (const file of reach.files) {
    const directive = isCodeFile(file) ? boundary(file) : undefined;
    if (directive !== undefined) search.add({ file, reason: '"use client"', confidence: 'certain', framework: detected, renderedBy: roots, renderedOver: () => stepsTo(reach, file, search), at: directive.at });
  }
}

function stepsTo(reach: Reach, file: string, { built }: Search): { file: string; at: Span; to: string }[] {
  return (reach.pathTo(file) ?? []).map((edge) => ({ file: edge.from, at: built.graph.locate(edge) ?? [0, 0], to: edge.to }));
}

function memo<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as Value;
  };
}

const island = /<([A-Z][\w$]*(?:\.[\w$]+)?)\b(?:[^<>"'{]|"[^"]*"|'[^']*'|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*?\sclient:(?:load|idle|visible|media|only|\w+)/g;

/** Astro pages and what they render: the processed scripts, and components with a `client:` directive. */
function addAstro(detected: DetectedFramework, search: Search): void {
  const { folder } = detected;
  const isRoot = picomatch(['src/pages/**/*.{astro,md,mdx,html}', 'src/{layouts,content}/**/*.{astro,mdx}']);
  const roots = [...filesBelow(search, folder)].filter((file) => isRoot(relativeTo(folder, file)));
  for (const file of search.built.graph.reachableFrom(roots.map((root) => ({ file: root }))).files) {
    if (!/\.(?:astro|mdx)$/.test(file)) continue;
    if (file.endsWith('.astro')) search.add({ file, part: 'script', reason: 'script of an Astro component', confidence: 'certain', framework: detected });
    addIslands(file, detected, search);
  }
}

function addIslands(file: string, detected: DetectedFramework, search: Search): void {
  const text = search.text(file);
  if (!text.includes('client:')) return;
  const edges = importEdges(file, text);
  for (const match of text.matchAll(island)) {
    const name = (match[1] ?? '').replace(/\..*$/, '');
    const edge = edges.find((candidate) => !candidate.typeOnly && clauseOf(text, candidate.at[0]).test(name));
    const at: Span = [match.index, match.index + match[0].length];
    for (const target of edge === undefined ? [] : search.built.resolution.resolveAll(file, edge.specifier)) {
      search.add({ file: target, reason: 'Astro island', confidence: 'certain', framework: detected, namedBy: { file, at } });
    }
  }
}

/** Whether the import clause that ends at `end` binds a name. */
function clauseOf(text: string, end: number): { test(name: string): boolean } {
  const start = text.lastIndexOf('import', end);
  const clause = start < 0 ? '' : text.slice(start, end);
  return { test: (name) => new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(clause) };
}

function addNuxt(detected: DetectedFramework, search: Search): void {
  const own = [...search.entries.values()].filter((entry) => entry.framework === detected).map((entry) => ({ file: entry.file }));
  const sources = nuxtFolders(detected, search).map((folder) => ({ folder, files: [...filesBelow(search, folder)] }));
  for (const { file, by, names } of nuxtAutoImports(sources, own, search.built.graph, search.text)) {
    search.add({ file, reason: 'Nuxt auto-import', confidence: 'certain', framework: detected, namedBy: by, ...(names ? { takes: (name: string) => names.has(name) } : {}) });
  }
}

/** The folder of an application and those of its layers: what it extends, and everything in `layers/` (https://nuxt.com/docs/getting-started/layers). */
function nuxtFolders({ folder, facts }: DetectedFramework, { detection }: Search): readonly string[] {
  const inside = folder === '' ? 'layers' : `${folder}/layers`;
  const layers = detection.frameworks.filter((other) => other.framework.id === 'nuxt' && (folderOf(other.folder) === inside || facts.layers.includes(other.folder)));
  return [...new Set([folder, ...layers.map((layer) => layer.folder)])];
}

/** Files that another file names in strings: route tables, page templates. */
function addNamedFiles(detected: DetectedFramework, tables: readonly string[], base: string, reason: string, search: Search): void {
  const { folder } = detected;
  for (const table of tables) {
    const file = joinPath(folder, table);
    if (file === undefined || !search.source.paths().has(file)) continue;
    const from = joinPath(folder, base) ?? '';
    for (const match of search.text(file).matchAll(/(['"`])((?:(?!\1)[^\\\n])+\.(?:[jt]sx?|mdx?))\1/g)) {
      const path = joinPath(from, match[2] ?? '');
      if (path !== undefined && isCodeFile(path) && search.source.paths().has(path)) {
        search.add({ file: path, reason, confidence: 'certain', framework: detected, namedBy: { file, at: [match.index, match.index + match[0].length] } });
      }
    }
  }
}

function addExtension(detected: DetectedFramework, search: Search): void {
  for (const path of filesNamedManifest(detected, search)) {
    const manifest = search.built.manifests.json(path);
    if (manifest === undefined || typeof manifest['manifest_version'] !== 'number') continue;
    for (const { path: named, reason } of extensionEntries(manifest)) {
      const joined = joinPath(folderOf(path), named);
      for (const file of joined === undefined ? [] : filesNamed(joined, search)) search.add({ file, reason, confidence: 'certain', framework: detected, namedBy: { file: path, at: [0, 0] } });
    }
  }
}

function filesNamedManifest({ folder }: DetectedFramework, search: Search): string[] {
  return [...filesBelow(search, folder)].filter((file) => /(?:^|\/)manifest(?:\.\w+)?\.json$/.test(file));
}

const preload = /\bpreload\s*:[^\n]*?(['"`])([^'"`\n]+\.[mc]?[jt]s)\1/g;
const loadFile = /\bloadFile\s*\([^\n]*?(['"`])([^'"`\n]+\.html)\1/g;

/** The main program, and the preload scripts and pages that it names. */
function addElectron(detected: DetectedFramework, search: Search): void {
  addMain(detected, 'Electron main program', search);
  const mains = [...search.entries.values()].filter((entry) => entry.framework === detected && /\.[mc]?[jt]s$/.test(entry.file));
  const reach = search.built.graph.reachableFrom(mains.map((entry) => ({ file: entry.file })));
  for (const file of reach.files) {
    if (!/\.[mc]?[jt]s$/.test(file)) continue;
    const text = search.text(file);
    if (!text.includes('preload') && !text.includes('loadFile')) continue;
    for (const match of [...text.matchAll(preload), ...text.matchAll(loadFile)]) {
      const at: Span = [match.index, match.index + match[0].length];
      for (const base of [folderOf(file), detected.folder]) {
        const path = joinPath(base, match[2] ?? '');
        for (const target of path === undefined ? [] : filesNamed(path, search)) search.add({ file: target, reason: path?.endsWith('.html') ? 'Electron window' : 'Electron preload script', confidence: 'certain', framework: detected, namedBy: { file, at } });
      }
    }
  }
}

/** The `main` of package.json. */
function addMain(detected: DetectedFramework, reason: string, search: Search): void {
  const own = search.built.workspace.inFolder(detected.folder);
  const main = own?.manifest['main'];
  const path = typeof main === 'string' ? joinPath(detected.folder, main) : undefined;
  for (const file of path === undefined ? [] : filesNamed(path, search)) search.add({ file, reason, confidence: 'certain', framework: detected });
}

// --- pages and served files -----------------------------------------------------------------------------------------------------

/** Code in folders that are served or packed as they are. */
function addServed(search: Search): void {
  addConventional(search);
  for (const detected of search.detection.frameworks) {
    const isServed = servedBy(detected);
    if (!isServed) continue;
    for (const file of filesBelow(search, detected.folder)) {
      if (file.endsWith('.json') || !isServable(file) || !isServed(file)) continue;
      search.add({ file, reason: `file that ${detected.framework.title} serves as it is`, confidence: 'certain', framework: { ...standIn('html', detected.folder), because: detected.because } });
    }
  }
}

/** By custom what web servers give out, where nothing says how the repository is served. */
const givenOut = /(?:^|\/)(?:public|static|wwwroot|htdocs|webroot|public_html)\/(?:[^/]+\/)*[^/]+\.m?js$/;

function addConventional(search: Search): void {
  for (const file of search.sorted) {
    if (!givenOut.test(file) || generated.test(file) || testFile.test(file)) continue;
    const isKnown = search.detection.at(file).some((detected) => detected.framework.side !== 'server' && !isLoose(detected));
    if (!isKnown) search.add({ file, reason: 'script in a folder that servers give out', confidence: 'possible', framework: standIn('html', folderOf(file)) });
  }
}

/** What a browser runs without a build. */
function isServable(file: string): boolean {
  return /\.(?:[mc]?js|x?html?)$/i.test(file);
}

const generated = /(?:^|\/)(?:node_modules|coverage|storybook-static|playwright-report|test-results|lcov-report)\//;

/**
 * Pages that load scripts and that no framework builds. Beside a client framework a page is only possibly served:
 * those of its entries are known already.
 */
function addPages(search: Search): void {
  for (const file of search.sorted) {
    if (!/\.x?html?$/i.test(file) || generated.test(file) || search.entries.has(`${file}\n`)) continue;
    if (!/<script\b/i.test(search.text(file))) continue;
    const client = search.detection.at(file).find((detected) => detected.framework.side !== 'server' && !isLoose(detected));
    search.add({ file, reason: 'HTML page', confidence: client === undefined ? 'certain' : 'possible', framework: standIn('html', folderOf(file)) });
  }
}

/** Frameworks that do not decide which pages there are. */
function isLoose({ framework }: DetectedFramework): boolean {
  return ['unknown-client', 'esbuild', 'rollup', 'rolldown', 'webpack', 'rspack', 'bun', 'electron', 'browser-extension'].includes(framework.id);
}

/** `"use client"` in a library: whoever renders it may be outside the repository. */
function addBoundaryLibraries(search: Search): void {
  const isLibrary = memo((file: string) => {
    const owner = search.built.workspace.packageOf(file);
    const found = search.detection.at(file).filter((detected) => detected.framework.side !== 'server' && detected.framework.id !== 'unknown-client');
    return owner !== undefined && found.every((detected) => detected.folder !== owner.folder) && 'react' in owner.dependencies;
  });
  for (const file of search.sorted) {
    if (!/\.[mc]?[jt]sx?$/.test(file) || testFile.test(file) || search.entries.has(`${file}\n`) || !isLibrary(file)) continue;
    const directive = directivesOf(search.text(file)).find((item) => item.name === 'use client');
    if (directive !== undefined) search.add({ file, reason: '"use client"', confidence: 'possible', framework: standIn('unknown-client', folderOf(file)), at: directive.at });
  }
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
