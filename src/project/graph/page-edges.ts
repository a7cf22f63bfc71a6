import { styleSheetImports } from '../../syntax/style-sheet.ts';
import { collectCode } from './code-edges.ts';
import { push, type RawEdge } from './raw-edge.ts';
import { urlSpecifier } from './worker-edges.ts';

const scriptTag = /<script\b((?:[^<>"']|"[^"]{0,2000}"|'[^']{0,2000}'){0,2000})>/gi;
const closingScript = /<\/script\s*>/gi;
const styleTag = /<style\b((?:[^<>"']|"[^"]{0,2000}"|'[^']{0,2000}'){0,200})>/gi;
const closingStyle = /<\/style\s*>/gi;
const sourceAttribute = /(?:^|\s)src\s*=\s*("([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const typeAttribute = /(?:^|\s)type\s*=\s*["']?([^\s"'>]+)/i;

interface BlockTag { readonly attributes: string; readonly attributesAt: number; readonly start: number; readonly end: number }

/** The `<script>` elements of a page or component; `start` to `end` is the program text. */
function scriptTags(text: string): BlockTag[] {
  return blockTags(text, scriptTag, closingScript);
}

function blockTags(text: string, opening: RegExp, closing: RegExp): BlockTag[] {
  const tags: BlockTag[] = [];
  opening.lastIndex = 0;
  for (let open = opening.exec(text); open !== null; open = opening.exec(text)) {
    const start = opening.lastIndex;
    closing.lastIndex = start;
    const close = closing.exec(text);
    const end = close === null ? text.length : close.index;
    tags.push({ attributes: open[1] ?? '', attributesAt: start - 1 - (open[1] ?? '').length, start, end });
    opening.lastIndex = end;
  }
  return tags;
}

export function htmlEdges(text: string): RawEdge[] {
  const edges: RawEdge[] = [];
  for (const tag of scriptTags(text)) {
    if (!isProgram(tag.attributes)) continue;
    pushSource(text, tag, false, edges);
    const inside: RawEdge[] = [];
    collectCode(text.slice(tag.start, tag.end), inside);
    for (const edge of inside) edges.push({ ...edge, at: [edge.at[0] + tag.start, edge.at[1] + tag.start] });
  }
  collectStyleLinks(text, edges);
  collectStyleImports(text, edges);
  return edges.sort((left, right) => left.at[0] - right.at[0]);
}

const linkTag = /<link\b((?:[^<>"']|"[^"]{0,2000}"|'[^']{0,2000}'){0,200})>/gi;
const relation = /(?:^|\s)rel\s*=\s*["']?(?:stylesheet|modulepreload|preload)\b/i;
const reference = /(?:^|\s)href\s*=\s*("([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

/** `<link rel="stylesheet" href="…">` */
function collectStyleLinks(text: string, edges: RawEdge[]): void {
  for (const match of text.includes('<link') ? text.matchAll(linkTag) : []) {
    const attributes = match[1] ?? '';
    const href = relation.test(attributes) ? reference.exec(attributes) : null;
    const specifier = href === null ? undefined : urlSpecifier(href[2] ?? href[3] ?? href[4] ?? '');
    if (href === null || specifier === undefined) continue;
    const raw = href[1] ?? '';
    const at = match.index + '<link'.length + href.index + href[0].length - raw.length;
    push(text, at, { specifier, how: 'import', typeOnly: false, at: [at, at + raw.length] }, edges);
  }
}

/** `@import` and `@use` in the `<style>` of a page or component. */
function collectStyleImports(text: string, edges: RawEdge[]): void {
  if (!text.includes('<style') || !/@(?:import|use|forward)\b/.test(text)) return;
  for (const { start, end } of blockTags(text, styleTag, closingStyle)) {
    for (const { specifier, at } of styleSheetImports(text.slice(start, end))) push(text, start + at[0], { specifier, how: 'import', typeOnly: false, at: [start + at[0], start + at[1]] }, edges);
  }
}

/** A script without a type, a module, or one that a loader in the page compiles; JSON, templates and import maps are data. */
function isProgram(attributes: string): boolean {
  const type = typeAttribute.exec(attributes)?.[1]?.toLowerCase();
  return type === undefined || /^(?:module|text\/(?:java|ecma|type)script|application\/(?:java|ecma)script|text\/(?:babel|jsx|partytown)|ts|tsx)$/.test(type);
}

export function collectScriptSources(text: string, edges: RawEdge[]): void {
  if (text.includes('<script')) for (const tag of scriptTags(text)) pushSource(text, tag, true, edges);
  collectStyleImports(text, edges);
  edges.sort((left, right) => left.at[0] - right.at[0]);
}

function pushSource(text: string, tag: BlockTag, component: boolean, edges: RawEdge[]): void {
  const match = sourceAttribute.exec(tag.attributes);
  if (match === null) return;
  const url = match[2] ?? match[3] ?? match[4] ?? '';
  const specifier = component && /^[@~#]/.test(url) ? url : urlSpecifier(url);
  if (specifier === undefined) return;
  const raw = match[1] ?? '';
  const at = tag.attributesAt + match.index + match[0].length - raw.length;
  push(text, at, { specifier, how: 'import', typeOnly: false, at: [at, at + raw.length] }, edges);
}

/** Frontmatter of an Astro file runs on the server; its `<script>` elements are programs of the client. */
export function markAstroScripts(text: string, edges: readonly RawEdge[]): RawEdge[] {
  const tags = scriptTags(text);
  const inScript = (at: number): boolean => tags.some((tag) => at >= tag.attributesAt && at < tag.end);
  return edges.map((edge) => (inScript(edge.at[0]) ? { ...edge, script: true } : edge));
}

/** `imports` of a page's import maps, as written: bare name or prefix to URL. A broken map maps nothing, as in a browser. */
export function importMapOf(text: string): Record<string, string> {
  const map: Record<string, string> = {};
  if (!text.includes('importmap')) return map;
  for (const tag of scriptTags(text)) {
    if (typeAttribute.exec(tag.attributes)?.[1]?.toLowerCase() !== 'importmap') continue;
    for (const [name, url] of Object.entries(parsedImports(text.slice(tag.start, tag.end)))) {
      if (typeof url === 'string') map[name] = url;
    }
  }
  return map;
}

function parsedImports(json: string): object {
  try {
    const parsed: unknown = JSON.parse(json);
    const imports = typeof parsed === 'object' && parsed !== null && 'imports' in parsed ? parsed.imports : undefined;
    return typeof imports === 'object' && imports !== null ? imports : {};
  } catch {
    return {};
  }
}
