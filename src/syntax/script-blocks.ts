import type { MarkupLanguage, ScriptLanguage } from '../sources/language.ts';
import { closingBrace, markupComponents, type MarkupComponent } from './markup-components.ts';
import type { Span } from './span.ts';

/** The programs inside a component or a page, each as long as the file with everything else blanked, so that offsets stay. */
export interface ScriptBlocks {
  readonly language: ScriptLanguage;
  /** Vue and Svelte scripts, Astro front matter, the scripts of a page: one module. */
  readonly text: string;
  /** `text` with expressions of the markup as statements; the fullest first. */
  readonly withMarkup: readonly MarkedUp[];
  /** Processed scripts of an Astro page: programs of their own, on the client. */
  readonly parts: readonly string[];
}

export interface MarkedUp {
  readonly text: string;
  /** Components whose attributes are among the statements. */
  readonly components: readonly MarkupComponent[];
}

/** One that is not closed runs to the end, as browsers and compilers read it. */
const scriptTag = /<script\b((?:[^<>"']|"[^"]{0,4096}"|'[^']{0,4096}')*)>([\s\S]*?)(?:<\/script\s*>|$)/gi;
/** Script types that hold no program: JSON, templates, import maps, shaders. */
const noProgram = /\btype\s*=\s*["']?(?!text\/(?:javascript|babel|typescript|ecmascript)|application\/(?:javascript|ecmascript)|module\b|["'])[\w+./-]+/i;
const frontMatter = /^\s*---[^\n]*\n([\s\S]*?)\n---/;

interface Block { readonly start: number; readonly end: number; readonly attributes: string }

/** Finds the programs of a Vue, Svelte, Astro or HTML file. */
export function readScriptBlocks(kind: MarkupLanguage, text: string): ScriptBlocks {
  const blocks = findScripts(text);
  if (kind === 'astro') {
    const matter = frontMatter.exec(text);
    const start = matter ? matter[0].indexOf('\n') + 1 : 0;
    const front = matter ? [{ start, end: start + (matter[1] ?? '').length, attributes: '' }] : [];
    const scripts = blocks.filter((block) => !front.some((each) => block.start < each.end));
    return { language: 'ts', text: keepOnly(text, front), withMarkup: [], parts: scripts.map((block) => keepOnly(text, [block])) };
  }
  const isTyped = blocks.some((block) => /\blang\s*=\s*["']?tsx?\b/i.test(block.attributes));
  const isJsx = blocks.some((block) => /\blang\s*=\s*["']?[jt]sx\b/i.test(block.attributes));
  const scripts = keepOnly(text, blocks);
  return { language: isTyped ? (isJsx ? 'tsx' : 'ts') : 'jsx', text: scripts, withMarkup: kind === 'html' ? [] : readMarkup(kind, scripts, text, blocks), parts: [] };
}

/** Where the scripts of a component stand. */
export function scriptSpans(text: string): Span[] {
  return findScripts(text).map(({ start, end }) => [start, end]);
}

/** The markup of a component or a page, as long as the file: its scripts, styles, comments and front matter are blanked. */
export function markupOf(kind: 'svelte' | 'astro', text: string): string {
  const front = kind === 'astro' ? (frontMatter.exec(text)?.[0].length ?? 0) : 0;
  return blank(text.slice(0, front)) + withoutComments(markupOnly(text.slice(front)));
}

function readMarkup(kind: 'vue' | 'svelte', scripts: string, text: string, blocks: readonly Block[]): MarkedUp[] {
  const markup = withoutComments(markupOnly(text));
  const telling = kind === 'svelte' ? addMarkup(scripts, markup) : scripts;
  const components = markupComponents(kind, markup);
  return [
    ...(components.length > 0 ? [{ text: addAttributes(telling, components, markup, blocks), components }] : []),
    ...(telling === scripts ? [] : [{ text: telling, components: [] }]),
  ];
}

/** Comments of a component's markup, which a build takes out; scripts and styles hold none. */
export function markupComments(text: string): { text: string; at: readonly [number, number]; block: true }[] {
  const markup = markupOnly(text);
  return commentSpans(markup).map(([start, end]) => ({ text: markup.slice(start + 4, end - 3), at: [start, end], block: true }));
}

/** Programs that markup holds: `import("./x")`, calls and reads in attributes and text. Nothing else of it tells what a client gets. */
const tellingExpression = /\bimport\b|\bfetch\b|\benv\b|[A-Z]{2}|hilt/i;

/**
 * The expressions of Svelte's markup in place, each between semicolons where its braces stand: `{#if a}` gives `a`, `{#each a as b}` gives `a`.
 * What is no expression that can stand as a statement is left out.
 */
function addMarkup(scripts: string, markup: string): string {
  let result = '';
  let from = 0;
  for (let open = markup.indexOf('{'); open >= 0; open = markup.indexOf('{', from)) {
    const close = closingBrace(markup, open);
    if (close === undefined) break;
    const inner = markup.slice(open + 1, close);
    const kept = tellingExpression.test(inner) ? markupExpression(inner) : undefined;
    result += scripts.slice(from, open) + (kept === undefined ? scripts.slice(open, close + 1) : `;${kept};`);
    from = close + 1;
  }
  return result + scripts.slice(from);
}

/** An expression of the same length as the text between the braces; `undefined` for none. */
function markupExpression(inner: string): string | undefined {
  const sigil = /^\s*(?:[#:@](?:if|else\s+if|else|each|await|key|html|const|render|debug|attach)|\.\.\.)/.exec(inner)?.[0] ?? '';
  const tail = /\s(?:as|then|catch)\s[^"'`]*$/.exec(/^\s*[#:](?:each|await)/.test(sigil) ? inner : '')?.[0] ?? '';
  const body = inner.slice(sigil.length, inner.length - tail.length);
  if (/^\s*(?:[#:/@]|$|\{|function\b|class\b|async\s+function\b)/.test(body)) return undefined;
  return blank(sigil) + body + blank(tail);
}

/** The expressions that components are given, in place, each in parentheses where its braces or quotes stand: an object is no block then. */
function addAttributes(program: string, components: readonly MarkupComponent[], markup: string, blocks: readonly Block[]): string {
  const pieces: { start: number; end: number; text: string }[] = blocks.filter(({ start }) => start > 0).map(({ start }) => ({ start: start - 1, end: start, text: ';' }));
  for (const { attributes } of components) {
    for (const { valueAt: [start, end], isExpression } of attributes) {
      const expression = markup.slice(start, end);
      if (isExpression && expression.trim() !== '') pieces.push({ start: start - 2, end: end + 1, text: `;(${expression})` });
    }
  }
  let result = '';
  let from = 0;
  for (const { start, end, text } of pieces.sort((a, b) => a.start - b.start)) {
    if (start < from) continue;
    result += program.slice(from, start) + text;
    from = end;
  }
  return result + program.slice(from);
}

/** One that is not closed is none. Searched by hand: a pattern would look for each one's end anew. */
function commentSpans(text: string): (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  for (let start = text.indexOf('<!--'); start >= 0; ) {
    const close = text.indexOf('-->', start + 4);
    if (close < 0) break;
    spans.push([start, close + 3]);
    start = text.indexOf('<!--', close + 3);
  }
  return spans;
}

function withoutComments(text: string): string {
  let result = '';
  let from = 0;
  for (const [start, end] of commentSpans(text)) {
    result += text.slice(from, start) + blank(text.slice(start, end));
    from = end;
  }
  return result + text.slice(from);
}

function markupOnly(text: string): string {
  return text.replace(/<(script|style)\b(?:[^<>"']|"[^"]{0,4096}"|'[^']{0,4096}')*>[\s\S]*?(?:<\/\1\s*>|$)/gi, (block) => blank(block));
}

function findScripts(text: string): Block[] {
  // Comments hide scripts, but not those inside a script's own text, so they are blanked only for the search.
  const visible = withoutComments(text);
  return [...visible.matchAll(scriptTag)].flatMap((match) => {
    const attributes = match[1] ?? '';
    if (noProgram.test(attributes)) return [];
    const body = match[2] ?? '';
    const start = match.index + match[0].indexOf('>', '<script'.length + attributes.length) + 1;
    return [{ start, end: start + body.length, attributes }];
  });
}

/** Everything outside the blocks becomes blanks; line breaks stay. A `;` ends each block, so that two do not run together. */
function keepOnly(text: string, blocks: readonly Block[]): string {
  let kept = '';
  let from = 0;
  for (const { start, end } of blocks) {
    kept += blank(text.slice(from, start)) + text.slice(start, end);
    from = end;
    if (end < text.length && text[end] !== '\n') {
      kept += ';';
      from += 1;
    }
  }
  return kept + blank(text.slice(from));
}

function blank(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}
