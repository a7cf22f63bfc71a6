import { hasKnownState, readKnownState } from '../project/cache/known-state-file.ts';
import { importsChecksum, mayLeadTo, wayToHilt } from '../project/hilt-imports.ts';
import { decode } from '../sources/decode.ts';
import type { Source, SourceFile } from '../sources/source.ts';
import type { ScanSettings } from './settings.ts';

/**
 * Of staged files that do not mention Hilt themselves those whose imports newly lead to a module that does, as far as an earlier
 * run has seen where those are: what such a file adds may put a key into a client, or give it to one more integration.
 */
export async function newWays(source: Source, { cacheVersion }: ScanSettings, files: readonly SourceFile[]): Promise<readonly SourceFile[]> {
  if (cacheVersion === undefined || files.length === 0 || !hasKnownState(source.root)) return [];
  const state = readKnownState(source, await cacheVersion());
  if (!state) return [];
  const way = wayToHilt(Object.keys(state.files), state.packages);
  return files.filter((file) => {
    const bytes = file.read();
    const text = bytes ? decode(bytes).text : '';
    return mayLeadTo(way, file.path, text) && state.files[file.path]?.imports !== importsChecksum(file.path, text);
  });
}
