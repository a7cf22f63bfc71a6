import picomatch from 'picomatch';
import type { Span } from '../../syntax/span.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import { isCodeFile } from '../graph/code-file.ts';
import { importEdges } from '../graph/import-edges.ts';
import type { Reach } from '../graph/module-graph.ts';
import { folderOf, joinPath, relativeTo } from '../graph/posix-path.ts';
import { filesBelow, filesNamed, type ClientEntry, type Search } from './entry-search.ts';
import { extensionEntries } from './extension-manifest.ts';
import { nuxtAutoImports } from './nuxt-auto-imports.ts';

/** What only some frameworks have: directives, islands, auto-imports, route tables, manifests. */
export function addSpecial(detected: DetectedFramework, search: Search): void {
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
  const reach = search.built.graph.reachableFrom(roots.map((file) => ({ file })), (edge) => search.directive(edge.from) === undefined);
  for (const file of reach.files) {
    const directive = isCodeFile(file) ? search.directive(file) : undefined;
    if (directive !== undefined) search.add({ file, reason: '"use client"', confidence: 'certain', framework: detected, renderedBy: roots, renderedOver: () => stepsTo(reach, file, search), at: directive.at });
  }
}

function stepsTo(reach: Reach, file: string, { built }: Search): { file: string; at: Span; to: string }[] {
  return (reach.pathTo(file) ?? []).map((edge) => ({ file: edge.from, at: built.graph.locate(edge) ?? [0, 0], to: edge.to }));
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
  addMain(detected, 'Electron main program', search, { runs: 'program' });
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
        for (const target of path === undefined ? [] : filesNamed(path, search)) search.add({ file: target, confidence: 'certain', framework: detected, namedBy: { file, at }, ...(path?.endsWith('.html') ? { reason: 'Electron window' } : { reason: 'Electron preload script', runs: 'program' }) });
      }
    }
  }
}

/** The `main` of package.json. */
function addMain(detected: DetectedFramework, reason: string, search: Search, more: Pick<ClientEntry, 'runs'> = {}): void {
  const own = search.built.workspace.inFolder(detected.folder);
  const main = own?.manifest['main'];
  const path = typeof main === 'string' ? joinPath(detected.folder, main) : undefined;
  for (const file of path === undefined ? [] : filesNamed(path, search)) search.add({ file, reason, confidence: 'certain', framework: detected, ...more });
}

/** https://nextjs.org/docs/app/api-reference/config/next-config-js/pageExtensions */
export function hasPageEnding({ facts: { pageExtensions } }: DetectedFramework, file: string): boolean {
  return pageExtensions === undefined || pageExtensions.some((ending) => file.endsWith(`.${ending}`));
}
