import type { ScriptLanguage } from '../../sources/language.ts';
import type { Comment } from '../module-summary.ts';
import { parseTolerantly } from '../typescript.ts';
import { childrenOf, isLeaf, type Node } from './node.ts';
import { loadOxc, type OxcParser } from './oxc.ts';

export interface Parsed {
  readonly program: Node;
  readonly comments: readonly Comment[];
  /** The file has syntax errors; the tree holds what could be read. */
  readonly recovered: boolean;
}

/**
 * Texts above this many UTF-16 units are searched as text only: a tree takes about a hundred times the memory of its source,
 * and a file of this size is generated. The largest that keeps the whole process under 150 MB (`npm run bench`).
 */
export const maxParseLength = 262_144;

// Beyond these oxc's native parser overflows the stack, which ends the process (measured with 0.159: 3,000, 8,000 and 5,000).
const maxNesting = 1_200;
const maxChain = 6_000;
const maxWords = 3_500;

let oxc: OxcParser | undefined;

/**
 * Parses one program. oxc is fast and takes what is right; what has errors, or is nested beyond what oxc can take,
 * goes to the TypeScript parser, which never gives up on a file. `undefined`: neither could.
 */
export function parseProgram(text: string, language: ScriptLanguage): Parsed | undefined {
  if (isShallow(text)) {
    const parsed = parseFast(text, language) ?? (language === 'js' || language === 'jsx' ? parseFast(text, 'tsx') : undefined);
    if (parsed) return parsed;
  }
  const tolerant = parseTolerantly(text, language);
  return tolerant && { ...tolerant, recovered: true };
}

/** A type alone, as comments have it; `undefined` where it is none. */
export function parseType(text: string): Node | undefined {
  const parsed = isShallow(text) ? parseFast(`type _ = ${text}`, 'ts') : undefined;
  const [only, ...others] = (parsed?.program['body'] ?? []) as Node[];
  return others.length === 0 && only?.type === 'TSTypeAliasDeclaration' ? only['typeAnnotation'] : undefined;
}

function parseFast(text: string, language: ScriptLanguage): Parsed | undefined {
  oxc ??= loadOxc();
  // Every .js file may hold JSX; a .ts file may not, since `<T>x` is an assertion there.
  const lang = language === 'js' ? 'jsx' : language;
  const options = { lang, range: true, astType: 'ts', preserveParens: false } as const;
  let result = oxc.parseSync('module', text, { ...options, sourceType: 'unambiguous' });
  // Without an import or an export `for await` at the top level makes a module of it, which oxc does not take into account.
  if (result.errors.length > 0 && text.includes('await')) result = oxc.parseSync('module', text, { ...options, sourceType: 'module' });
  if (result.errors.length > 0) return undefined;
  const comments = result.comments.map((comment) => ({ text: comment.value, at: [comment.start, comment.end] as const, block: comment.type === 'Block' }));
  const program = result.program as unknown as Node;
  shareTypes(program);
  return { program, comments, recovered: false };
}

/**
 * `JSON.parse`, by which the tree comes, makes every long text anew, so that `node.type === 'CallExpression'` has to compare
 * letters. As the names of properties are, the types become one text each, and to compare them is to compare addresses.
 */
function shareTypes(program: Node): void {
  const queue: Node[] = [program];
  for (let node = queue.pop(); node; node = queue.pop()) {
    const children = childrenOf(node);
    for (let i = 0; i < children.length; i++) {
      const child = children[i] as Node;
      (child as { type: string }).type = sharedType(child.type);
      if (!isLeaf(child)) queue.push(child);
    }
  }
}

const sharedTypes = new Map<string, string>();

function sharedType(type: string): string {
  const known = sharedTypes.get(type);
  if (known !== undefined) return known;
  const [shared = type] = Object.keys({ [type]: true });
  sharedTypes.set(type, shared);
  return shared;
}

/**
 * Words that a statement or an operand follows: `else if`, `for (…) for (…)`, `typeof typeof`, `class extends class`. A chain of
 * them nests without any bracket.
 */
const openingWords = 'else|for|while|if|with|do|typeof|void|delete|await|new|yield|extends|keyof|readonly|infer';
const openings = new RegExp(`\\b(?:${openingWords})\\b`, 'g');

/** Whether nothing is nested deep enough to hurt; counts what stands in strings too, which only errs to the safe side. */
function isShallow(text: string): boolean {
  return hasLittleThatNests(text) || isNestedLittle(text);
}

/** So few brackets, operators and words that it does not matter how they stand: counted by regular expressions, which are fast from the first one on. */
function hasLittleThatNests(text: string): boolean {
  return count(text, /[([{<]/g) <= maxNesting && count(text, /[>+.?:=!\-~|&*]/g) <= maxChain && count(text, openings) <= maxWords;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const opening = new RegExp(`(?:${openingWords})\\b`, 'y');

function isNestedLittle(text: string): boolean {
  let depth = 0;
  let chain = 0;
  let angles = 0;
  /** Opening words whose statement has not ended, by depth of brackets, and all of them. */
  const words: number[] = [0];
  let open = 0;
  const endWords = (): void => {
    open -= words[depth] ?? 0;
    words[depth] = 0;
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    switch (code) {
      case 0x28: // (
      case 0x5b: // [
        depth += 1;
        break;
      case 0x7b: // {
        depth += 1;
        chain = 0;
        break;
      case 0x29: // )
      case 0x5d: // ]
        endWords();
        depth -= 1;
        break;
      case 0x7d: // }
        endWords();
        depth -= 1;
        chain = 0;
        angles = 0;
        if (!goesOnWithElse(text, index + 1)) endWords();
        break;
      case 0x3b: // ;
      case 0x2c: // ,
        chain = 0;
        angles = 0;
        if (!goesOnWithElse(text, index + 1)) endWords();
        break;
      case 0x3c: // <
        angles += 1;
        break;
      case 0x3e: // >
        if (angles > 0) angles -= 1;
        chain += 1;
        break;
      case 0x2b: // +
      case 0x2e: // .
      case 0x3f: // ?
      case 0x3a: // :
      case 0x3d: // =
      case 0x21: // !
      case 0x2d: // -
      case 0x7e: // ~
      case 0x7c: // |
      case 0x26: // &
      case 0x2a: // *
        chain += 1;
        break;
      default:
        if (!isSmallLetter(code) || isWordCode(text.charCodeAt(index - 1))) continue;
        opening.lastIndex = index;
        if (!opening.test(text)) continue;
        words[depth] = (words[depth] ?? 0) + 1;
        open += 1;
    }
    if (depth < 0) depth = 0;
    if (depth > maxNesting || chain > maxChain || angles > maxNesting || open > maxWords) return false;
  }
  return true;
}

function goesOnWithElse(text: string, from: number): boolean {
  let index = from;
  while (text.charCodeAt(index) <= 0x20) index += 1;
  return text.startsWith('else', index);
}

function isSmallLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isWordCode(code: number): boolean {
  return isSmallLetter(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code === 0x24;
}
