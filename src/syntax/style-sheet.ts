import type { Comment, ImportEdge } from './module-summary.ts';
import type { Span } from './span.ts';

/** Whether a file is a style sheet, which bundlers take in from code and write out beside it. */
export function isStyleSheet(path: string): boolean {
  return /\.(?:css|pcss|postcss|scss|sass|less|styl)$/i.test(path);
}

export interface StyleImport { readonly specifier: string; readonly at: Span }

const comment = /\/\*[^]*?(?:\*\/|$)/g;
const lineComment = /(?:^|[\s;{}])\/\/[^\n]*/g;
/** https://developer.mozilla.org/docs/Web/CSS/@import, https://sass-lang.com/documentation/at-rules/use, https://github.com/css-modules/css-modules/blob/master/docs/composition.md */
const rule = /@(?:import|use|forward|reference|config|plugin)\b\s*(?:\([^)\n]{0,100}\)\s*)?(?:url\(\s*)?(["']?)([^"'()\s;]+)\1|\bcomposes\s*:[^;{}\n]{1,500}?\bfrom\s+(["'])([^"'\n]+)\3/g;

/** The style sheets that one takes in, as specifiers that are relative where the language means a file beside it. */
export function styleSheetImports(text: string): StyleImport[] {
  if (!/@(?:import|use|forward|reference)|\bcomposes\s*:/.test(text)) return [];
  const blank = (match: string): string => ' '.repeat(match.length);
  const found: StyleImport[] = [];
  for (const match of text.replace(comment, blank).matchAll(rule)) {
    const written = match[2] ?? match[4] ?? '';
    const start = match.index + match[0].lastIndexOf(written);
    for (const specifier of specifiersOf(written)) found.push({ specifier, at: [start, start + written.length] });
  }
  return found;
}

/** A plain name is a file beside the sheet; Sass also takes `_name.scss` and `name/_index.scss`. */
function specifiersOf(written: string): string[] {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(written) || /[#{}$]/.test(written)) return [];
  if (/^[~@/]/.test(written)) return [written.replace(/^~(?!\/)/, '')];
  const path = written.startsWith('.') ? written : `./${written}`;
  if (isStyleSheet(path)) return [path];
  const slash = path.lastIndexOf('/');
  const partial = `${path.slice(0, slash + 1)}_${path.slice(slash + 1)}`;
  return [`${path}.scss`, `${partial}.scss`, `${path}/_index.scss`, `${path}.sass`, `${partial}.sass`, `${path}.less`, `${path}.css`, `${path}.styl`];
}

/** As edges of a module: a sheet that is taken in is there as a whole. */
export function styleSheetEdges(text: string): ImportEdge[] {
  return styleSheetImports(text).map(({ specifier, at }) => ({ specifier, how: 'import', typeOnly: false, names: [], at, fn: -1 }));
}

/** Comments, which a build that minifies leaves out, but for those that begin with `!`. */
export function styleSheetComments(file: string, text: string): Comment[] {
  const blocks = [...text.matchAll(comment)].map((match): Comment => ({ text: match[0].slice(2, -2), at: [match.index, match.index + match[0].length], block: true }));
  if (/\.css$/i.test(file)) return blocks;
  const lines = [...text.matchAll(lineComment)].map((match): Comment => ({ text: match[0].replace(/^[^/]*\/\//, ''), at: [match.index + match[0].indexOf('//'), match.index + match[0].length], block: false }));
  return [...blocks, ...lines.filter(({ at }) => !blocks.some((block) => block.at[0] < at[1] && at[0] < block.at[1]))];
}
