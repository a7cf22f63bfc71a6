/** A tag of a comment that declares a type. Source: TypeScript's handbook, "JSDoc Reference". */
export interface TypeTag {
  readonly tag: 'type' | 'param' | 'returns';
  readonly name: string | undefined;
  /** The text between the braces. */
  readonly type: string;
}

/** What may stand between a comment and the function or the declaration that it is about. */
const between = /\*\/\s*(?:(?:export|default|async|static|public|private|protected|readonly|override|const|let|var|get)\s+|(?:[\w$.]+|#\w+)\s*[:=]\s*\(?)*(?:\*\s*)?(?:#?[\w$]+\s*)?$/;
const longestComment = 10_000;
const longestGap = 200;

/** The type tags of the comment that ends just before `start`. */
export function readTags(text: string, start: number): readonly TypeTag[] {
  const gap = between.exec(text.slice(Math.max(0, start - longestGap), start));
  if (!gap) return [];
  const end = start - gap[0].length;
  const opening = text.lastIndexOf('/**', end);
  return opening < 0 || end - opening > longestComment ? [] : tagsIn(text.slice(opening, end));
}

function tagsIn(comment: string): TypeTag[] {
  const tags: TypeTag[] = [];
  for (const match of comment.matchAll(/@(type|param|returns?)\s*(?=\{)/g)) {
    const type = braced(comment, match.index + match[0].length);
    if (type === undefined) continue;
    const name = /^\s*\[?\s*([\w$]+)/.exec(comment.slice(match.index + match[0].length + type.length + 2))?.[1];
    tags.push({ tag: match[1] === 'type' ? 'type' : match[1] === 'param' ? 'param' : 'returns', name, type: plain(type) });
  }
  return tags;
}

/** Types that comments of the whole file declare: `@typedef {T} Name`, `@import { Name } from "package"`. */
export function typeDefinitions(text: string): { readonly name: string; readonly type: string }[] {
  const found: { name: string; type: string }[] = [];
  for (const match of text.matchAll(/@typedef\s*(?=\{)/g)) {
    const type = braced(text, match.index + match[0].length);
    const name = type === undefined ? undefined : /^\s*([\w$]+)/.exec(text.slice(match.index + match[0].length + type.length + 2))?.[1];
    if (type !== undefined && name !== undefined) found.push({ name, type: plain(type) });
  }
  for (const [, names = '', specifier = ''] of text.matchAll(/@import\s*\{([^}]{1,500})\}\s*from\s*['"]([^'"\n]{1,200})['"]/g)) {
    for (const item of names.split(',')) {
      const [imported, local] = item.trim().split(/\s+as\s+/);
      if (imported) found.push({ name: local ?? imported, type: `import(${JSON.stringify(specifier)}).${imported}` });
    }
  }
  return found.slice(0, 200);
}

/** The text between the brace at `start` and the one that closes it. */
function braced(text: string, start: number): string | undefined {
  let depth = 0;
  for (let index = start; index < text.length && index - start < 2_000; index += 1) {
    if (text[index] === '{') depth += 1;
    else if (text[index] === '}') depth -= 1;
    if (depth === 0) return text.slice(start + 1, index);
  }
  return undefined;
}

/** Closure's marks for "may be null" and "optional", and the stars of a comment of several lines. */
function plain(type: string): string {
  return type.replace(/\n\s*\*/g, ' ').trim().replace(/^(?:\.\.\.|[?!])/, '').replace(/=$/, '');
}
