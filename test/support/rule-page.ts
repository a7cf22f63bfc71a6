import { randomText } from './keys.ts';

/** An example of a rule's page: a repository that is linted as a whole, mostly of one file. */
export interface PageExample {
  readonly verdict: 'bad' | 'good';
  /** 1-based line of the first block in the page. */
  readonly line: number;
  readonly files: readonly PageFile[];
}

export interface PageFile {
  /** From `title="…"` of the fence, else a name made from the fence's language. */
  readonly file: string;
  readonly text: string;
}

interface PageBlock extends PageFile {
  readonly verdict: PageExample['verdict'];
  readonly line: number;
  readonly project: string | undefined;
}

const fileByLanguage: Readonly<Record<string, string>> = {
  dotenv: '.env', dockerfile: 'Dockerfile', bash: 'example.sh', shell: 'example.sh', python: 'example.py',
  javascript: 'example.js', typescript: 'example.ts', markdown: 'example.md', kotlin: 'example.kt',
};

/**
 * The examples below the headings `## Bad` and `## Good`, in order. Each block is one, but those with the same
 * `project="…"` below one heading are one together. In a bad block each `…` has become a random text.
 */
export function readPageExamples(page: string): PageExample[] {
  const blocks = readBlocks(page);
  const isFirst = (block: PageBlock) => blocks.find((other) => isSameExample(other, block)) === block;
  return blocks.filter(isFirst).map((first) => ({
    verdict: first.verdict,
    line: first.line,
    files: blocks.filter((block) => isSameExample(block, first)),
  }));
}

function isSameExample(a: PageBlock, b: PageBlock): boolean {
  return a === b || (a.project !== undefined && a.project === b.project && a.verdict === b.verdict);
}

function readBlocks(page: string): PageBlock[] {
  const blocks: PageBlock[] = [];
  let verdict: PageBlock['verdict'] | undefined;
  let open: { fence: string; info: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of page.split('\n').entries()) {
    if (open !== undefined) {
      if (line.trim() === open.fence) {
        if (verdict !== undefined) blocks.push(pageBlock(verdict, open.info, open.lines, open.line));
        open = undefined;
      } else open.lines.push(line);
      continue;
    }
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (fence) open = { fence: fence[1] ?? '', info: fence[2] ?? '', line: index + 1, lines: [] };
    else if (/^## /.test(line)) verdict = /^## Bad\b/.test(line) ? 'bad' : /^## Good\b/.test(line) ? 'good' : undefined;
  }
  return blocks;
}

function pageBlock(verdict: PageBlock['verdict'], info: string, lines: readonly string[], line: number): PageBlock {
  const language = info.trim().split(/\s/)[0] ?? '';
  const file = /\btitle="([^"]+)"/.exec(info)?.[1] ?? fileByLanguage[language] ?? `example.${language || 'txt'}`;
  const text = `${lines.join('\n')}\n`;
  const project = /\bproject="([^"]+)"/.exec(info)?.[1];
  return { verdict, file, line, project, text: verdict === 'bad' ? withRandomText(text, line) : text };
}

/** A page holds no key: `…` stands for the body of one, and becomes it here. */
function withRandomText(text: string, line: number): string {
  let count = 0;
  return text.replaceAll('…', () => randomText(`page/${line}/${count++}`, 32));
}
