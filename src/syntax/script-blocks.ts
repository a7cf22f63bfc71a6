import type { ParseLanguage } from './estree/parse.ts';

/** The programs inside a component or a page, each as long as the file with everything else blanked, so that offsets stay. */
export interface ScriptBlocks {
  readonly language: ParseLanguage;
  /** Vue and Svelte scripts, Astro front matter, the scripts of a page: one module. */
  readonly text: string;
  /** Processed scripts of an Astro page: programs of their own, on the client. */
  readonly parts: readonly string[];
}

const scriptTag = /<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script\s*>/gi;
const htmlComment = /<!--[\s\S]*?-->/g;
/** Script types that hold no program: JSON, templates, import maps, shaders. */
const noProgram = /\btype\s*=\s*["']?(?!text\/(?:javascript|babel|typescript|ecmascript)|application\/(?:javascript|ecmascript)|module\b|["'])[\w+./-]+/i;
const frontMatter = /^\s*---[^\n]*\n([\s\S]*?)\n---/;

interface Block { readonly start: number; readonly end: number; readonly attributes: string }

/** Finds the programs of a Vue, Svelte, Astro or HTML file. */
export function readScriptBlocks(kind: 'vue' | 'svelte' | 'astro' | 'html', text: string): ScriptBlocks {
  const blocks = findScripts(text);
  if (kind === 'astro') {
    const matter = frontMatter.exec(text);
    const start = matter ? matter[0].indexOf('\n') + 1 : 0;
    const front = matter ? [{ start, end: start + (matter[1] ?? '').length, attributes: '' }] : [];
    const scripts = blocks.filter((block) => !front.some((each) => block.start < each.end));
    return { language: 'ts', text: keepOnly(text, front), parts: scripts.map((block) => keepOnly(text, [block])) };
  }
  const isTyped = blocks.some((block) => /\blang\s*=\s*["']?tsx?\b/i.test(block.attributes));
  const isJsx = blocks.some((block) => /\blang\s*=\s*["']?[jt]sx\b/i.test(block.attributes));
  return { language: isTyped ? (isJsx ? 'tsx' : 'ts') : 'jsx', text: keepOnly(text, blocks), parts: [] };
}

function findScripts(text: string): Block[] {
  // Comments hide scripts, but not those inside a script's own text, so they are blanked only for the search.
  const visible = text.replace(htmlComment, (comment) => blank(comment));
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
