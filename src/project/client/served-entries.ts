import { onceEach } from '../../sources/once.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import { folderOf } from '../graph/posix-path.ts';
import { filesBelow, standIn, testFile, type Search } from './entry-search.ts';
import { servedBy } from './served-files.ts';

/** Code in folders that are served or packed as they are. */
export function addServed(search: Search): void {
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

/** What a page begins with that is given out; a fragment may be shown by anything. */
const wholePage = /<(?:!doctype\s+html|html|head|body)\b/i;
/** Folders of pages that are for something else than to be given out as they are. */
const setAside = /(?:^|\/)(?:docs?|tests?|__\w+__|spec|fixtures|e2e|cypress|examples?|samples?|templates?|views|emails?|mails?|snapshots?)\//i;

/**
 * Pages that no framework builds: those with scripts, and whole ones that nothing sets aside. Beside a client framework a page is
 * only possibly served: those of its entries are known already.
 */
export function addPages(search: Search): void {
  for (const file of search.sorted) {
    if (!/\.x?html?$/i.test(file) || generated.test(file) || search.entries.has(`${file}\n`)) continue;
    const text = search.text(file);
    if (!/<script\b/i.test(text) && (setAside.test(file) || !wholePage.test(text))) continue;
    const client = search.detection.at(file).find((detected) => detected.framework.side !== 'server' && !isLoose(detected));
    search.add({ file, reason: 'HTML page', confidence: client === undefined ? 'certain' : 'possible', framework: standIn('html', folderOf(file)) });
  }
}

/** Pages that a program of Bun imports, which bundles and serves them (https://bun.com/docs/bundler/fullstack). */
export function addBunPages(search: Search): void {
  const isBunServer = onceEach((file: string) => /\.[mc]?[jt]sx?$/.test(file) && /\bBun\s*\.\s*serve\s*\(|\bfrom\s*['"]bun['"]/.test(search.text(file)));
  for (const file of search.sorted) {
    if (!file.endsWith('.html') || generated.test(file) || !search.built.graph.importersOf(file).some(({ from }) => isBunServer(from))) continue;
    const framework = search.detection.at(file).find((detected) => detected.framework.id === 'bun') ?? standIn('bun', folderOf(file));
    search.add({ file, reason: 'page that Bun serves', confidence: 'certain', framework });
  }
}

/** `"use client"` in a library: whoever renders it may be outside the repository. */
export function addBoundaryLibraries(search: Search): void {
  const isLibrary = onceEach((file: string) => {
    const owner = search.built.workspace.packageOf(file);
    const found = search.detection.at(file).filter((detected) => detected.framework.side !== 'server' && detected.framework.id !== 'unknown-client');
    if (owner === undefined) return found.length === 0;
    return found.every((detected) => detected.folder !== owner.folder) && 'react' in owner.dependencies;
  });
  for (const file of search.sorted) {
    if (!/\.[mc]?[jt]sx?$/.test(file) || testFile.test(file) || search.entries.has(`${file}\n`) || !isLibrary(file)) continue;
    const directive = search.directive(file);
    if (directive !== undefined) search.add({ file, reason: '"use client"', confidence: 'possible', framework: standIn('unknown-client', folderOf(file)), at: directive.at });
  }
}

const handlers = /\bon[A-Z]\w*=\{|\buse(?:State|Effect|Ref|LayoutEffect)\s*[<(]/;
const browserObjects = /\bdocument\s*\.\s*(?:querySelector|getElementById|createElement|addEventListener|body|cookie)\b|\bwindow\s*\.\s*(?:location|addEventListener|localStorage)\b/;

/** Code that only makes sense in a browser, where nothing says how it is built. */
export function addUnbuilt(search: Search): void {
  for (const file of search.sorted) {
    if (!/\.(?:vue|svelte|[mc]?[jt]sx?)$/.test(file) || generated.test(file) || testFile.test(file) || search.entries.has(`${file}\n`) || search.detection.at(file).length > 0) continue;
    const reason = reasonOf(file, search);
    if (reason !== undefined) search.add({ file, reason, confidence: 'possible', framework: standIn('unknown-client', folderOf(file)) });
  }
}

function reasonOf(file: string, { text }: Search): string | undefined {
  if (/\.(?:vue|svelte)$/.test(file)) return file.endsWith('.vue') ? 'component of Vue' : 'component of Svelte';
  if (/\.[jt]sx$/.test(file)) return handlers.test(text(file)) ? 'component with handlers' : undefined;
  const isUsual = /(?:^|\/)(?:index|main|app|client|browser)\.[mc]?[jt]s$/i.test(file);
  return isUsual && browserObjects.test(text(file)) ? "code that uses a browser's objects" : undefined;
}

/** Frameworks that do not decide which pages there are. */
function isLoose({ framework }: DetectedFramework): boolean {
  return ['unknown-client', 'esbuild', 'rollup', 'rolldown', 'webpack', 'rspack', 'bun', 'electron', 'browser-extension'].includes(framework.id);
}
