import { collectCode } from './code-edges.ts';
import { collectScriptSources, htmlEdges, markAstroScripts } from './page-edges.ts';
import type { RawEdge } from './raw-edge.ts';

export { importMapOf } from './page-edges.ts';
export type { RawEdge } from './raw-edge.ts';

/**
 * The import edges of one file, in order of position. `text` may also be bytes read as Latin-1, at twice the speed of decoded text;
 * then offsets are bytes and a specifier outside ASCII must be decoded by the caller.
 */
export function importEdges(file: string, text: string): RawEdge[] {
  const kind = fileKind(file);
  if (kind === 'html') return htmlEdges(text);
  const edges: RawEdge[] = [];
  collectCode(text, edges);
  if (kind === 'component') collectScriptSources(text, edges);
  return kind === 'component' && file.endsWith('.astro') ? markAstroScripts(text, edges) : edges;
}

/** Files of one kind with the same content have the same edges. */
export function edgeKind(file: string): number {
  const kind = fileKind(file);
  if (kind === 'code') return 0;
  return kind === 'html' ? 1 : file.endsWith('.astro') ? 2 : 3;
}

function fileKind(file: string): 'html' | 'component' | 'code' {
  if (/\.x?html?$/i.test(file)) return 'html';
  return /\.(?:vue|svelte|astro)$/i.test(file) ? 'component' : 'code';
}
