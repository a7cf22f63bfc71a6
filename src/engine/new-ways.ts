import { hasKnownState, readKnownState } from '../project/cache/known-state-file.ts';
import { importsChecksum, mayHandOn, mayLeadTo, wayToHilt } from '../project/hilt-imports.ts';
import { mayBeConfig } from '../project/frameworks/config-names.ts';
import type { KnownState } from '../project/known-state.ts';
import { textIn } from '../sources/file-text.ts';
import type { StagedSource } from '../sources/index-source.ts';
import type { SourceFile } from '../sources/source.ts';
import { directivesOf } from '../syntax/directives.ts';
import type { ScanSettings } from './settings.ts';
import { baseName } from '../sources/base-name.ts';

/** What may matter without mentioning Hilt, besides programs: pages, templates, and what says how they are built. */
export function mayBeWay(path: string): boolean {
  return /\.(?:x?html?|ejs|hbs|handlebars|mustache|njk|nunjucks|liquid|twig|jinja2?|j2|eta|erb|rhtml|haml|slim|edge|php|pug|jade|cshtml|jspx?)$/.test(path) || mayBeConfig(baseName(path));
}

/**
 * Of staged files that do not mention Hilt themselves those that may put a key into a client, or give it to one more integration: their
 * imports lead to a module that mentions it, they are given a key, they become client code, or they say anew what is built. Most of it
 * only an earlier run can tell, which has seen the whole repository.
 */
export async function newWays(source: StagedSource, { cacheVersion }: ScanSettings, files: readonly SourceFile[]): Promise<readonly SourceFile[]> {
  const state = cacheVersion !== undefined && files.length > 0 && hasKnownState(source.root) ? readKnownState(source, await cacheVersion()) : undefined;
  const isWay = state ? wayBy(state) : undefined;
  const found: SourceFile[] = [];
  for (const file of files) {
    const text = textIn(file) ?? '';
    if (becomesClient(source, file.path, text) || isWay?.(file.path, text) === true) found.push(file);
    else if (state && Object.keys(state.files).length > 0 && mayBeConfig(baseName(file.path))) {
      const { changesSetUp } = await import('./set-up-changes.ts');
      if (changesSetUp(source, file.path, text)) found.push(file);
    }
  }
  return found;
}

function wayBy(state: KnownState): (path: string, text: string) => boolean {
  const way = wayToHilt(Object.keys(state.files), state.packages);
  return (path, text) => {
    if (mayHandOn(state, path, text)) return true;
    // In an application any change of what leads to Hilt may bring it to the client; on a server only another import tells. What a run
    // that found something saw for the first time is still new: that commit was blocked, and is tried again.
    const isNew = (): boolean => state.files[path]?.imports !== importsChecksum(path, text) || (!state.isClean && state.changes[path] !== undefined);
    return mayLeadTo(way, path, text) && (state.hasClients || isNew());
  };
}

/** A module that was there before, and now begins with `"use client"`. */
function becomesClient(source: StagedSource, path: string, text: string): boolean {
  if (!isClient(text)) return false;
  const before = textIn(source.head(path));
  return before !== undefined && !isClient(before);
}

function isClient(text: string): boolean {
  return /['"]use client['"]/.test(text) && directivesOf(text).some(({ name }) => name === 'use client');
}
