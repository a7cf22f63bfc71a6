import { literalPattern } from '../../syntax/text/literal-pattern.ts';

/** A step on the way to a value inside another; a predicate says which of many. */
export type Step = string | ((name: string) => boolean);

/** Where an expression of a template names a value, or what holds it. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  /** The steps that are left from there: none, where the value itself is named. */
  readonly rest: readonly Step[];
}

/** What engines call the whole of what a template is given. */
const wholes = ['it', 'locals', 'this', '@root', '_context', 'self', 'data', 'props', 'ctx', 'Model', 'model', 'requestScope', 'sessionScope'];

/** The places at which an expression names the value with this path, in order. Other properties of what holds it are none. */
export function mentionsOf(text: string, path: readonly Step[]): Mention[] {
  const [first, ...steps] = path;
  if (typeof first !== 'string' || first === '') return [];
  const code = withoutStrings(text);
  const name = literalPattern(first);
  const named = new RegExp(`(?<![\\w$.@:-])(?:(?:${wholes.join('|')})\\??\\.|(?:\\.\\.\\/)+|(?<![)\\]}'"])\\$?\\.)?${name}(?![\\w$-])(?!\\s*=(?![=>~])|:(?!:))`, 'g');
  const found = [...code.matchAll(named)].flatMap(({ index, 0: match }) => {
    const mention = follow(text, index, index + match.length, steps);
    return mention ? [mention] : [];
  });
  const whole = /(?<![\w$.])(?:it|locals|this|@root)(?![\w$.[?])/g;
  return [...found, ...[...code.matchAll(whole)].map(({ index, 0: match }): Mention => ({ start: index, end: index + match.length, rest: path }))];
}

const property = /^\s*(?:\??\.\s*([\w$]+)(?!\s*\()|(?:\?\.)?\[\s*(?:['"]([^'"]*)['"]|:?(\w+))\s*\])/;

function follow(text: string, start: number, from: number, steps: readonly Step[]): Mention | undefined {
  let end = from;
  let rest = steps;
  while (rest.length > 0) {
    const found = property.exec(text.slice(end, end + 200));
    if (!found) break;
    const name = found[1] ?? found[2] ?? found[3] ?? '';
    const [step] = rest;
    const isNext = typeof step === 'function' ? step(name) : step === '*' || step === name;
    if (!isNext) return wholeMethods.test(name) ? { start, end, rest } : undefined;
    rest = rest.slice(1);
    end += found[0].length;
  }
  return { start, end, rest };
}

/** Properties and methods that show all of an object. */
const wholeMethods = /^(?:to_?json|toString|inspect|items|values|entries|dump|as_json)$/i;
/** Properties and methods of a text that leave it whole. */
const keepingMethods = /^(?:trim|strip|to_?s|to_?str|toString|valueOf|to_?json|inspect|html_safe|presence|upcase|downcase|toUpperCase|toLowerCase|encode|decode|raw|value|concat|join|reveal|unwrap)$/i;
/** Functions and filters whose answer tells little of what they are given. */
const hiding = /mask|redact|hash|digest|md5|sha\d|crc|hmac|crypt|length|count|size|len$|^(?:has|is|check|verify|valid|boolean|bool|empty|isset|defined|typeof|not|if|unless|yesno|slice|substr|truncate|first|last|keys|fetch|get|load|list)|last4|short|prefix/i;
/** Functions, helpers and filters that write what they are given. */
const keeping = /^(?:json\w*|stringify|to_?json|tojson|raw|h|j|e|dump|escape\w*|safe\w*|html_safe|encode\w*|string|str|s|esc_\w+|wp_json_encode|serialize|from|echo|print\w*|\w+_tag|tag|content_for|meta|data|meta_tag|\w+_field|render|partial|include|default|trim|upper|lower|concat|quote|inspect|array|attributes|html_attrs|js|script|array_merge|return|capture|and|or|else|in|as|value|content|dict|list|Object|assign)$/i;

/** Whether the value is readable in what an expression shows that mentions it: not where it is only asked for, measured, cut or used. */
export function isPrinted(text: string, { start, end, rest }: Mention): 'certain' | 'possible' | undefined {
  const before = text.slice(Math.max(0, start - 200), start);
  const after = text.slice(end, end + 200);
  if (/(?:!|\b(?:not|if|unless|elsif|is|typeof|defined\??|new|case|when))\s*\(?\s*$/.test(before)) return undefined;
  if (/^\s*(?:\?(?![.?:])|[!=]==?|[<>]=?(?!\/)|&&|(?:and|is|in|if .* == )\b)/.test(after)) return undefined;
  const method = /^\s*[?&]?\.\s*(\w+)/.exec(after)?.[1];
  if (method !== undefined && !(rest.length > 0 ? wholeMethods : keepingMethods).test(method)) return undefined;
  if (rest.length === 0 && /^\s*(?:\?\.)?\[/.test(after)) return undefined;
  // `key.to_s.length`, `key.present? ? …`
  if (method !== undefined && /^\s*[?&]?\.\s*\w+(?:\(\))?\s*[?&]?\.\s*(?:length|size|slice|first|last|present|blank|empty|substr\w*|startsWith|start_with)/.test(after)) return undefined;
  return judgeCallees(text, start, end, after);
}

/** The functions, filters and helpers that an expression gives the value to. */
function judgeCallees(text: string, start: number, end: number, after: string): 'certain' | 'possible' | undefined {
  const helper = /(?:^|[\s({=])([A-Za-z_][\w.]*)[ \t]+$/.exec(text.slice(0, start))?.[1];
  const filters = [...after.replace(/[,;)}].*$/s, '').matchAll(/\|(?!\|)\s*(\w+)/g)].map((match) => match[1] ?? '');
  const calls = enclosingCalls(text, start, end);
  if (calls.some(({ isUsed }) => isUsed)) return undefined;
  const names = [...filters, ...calls.map(({ name }) => name), ...(helper === undefined ? [] : [lastWord(helper)])].filter((name) => name !== '');
  if (names.some((name) => !keeping.test(name) && hiding.test(name))) return undefined;
  return names.every((name) => keeping.test(name)) ? 'certain' : 'possible';
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

interface EnclosingCall {
  readonly name: string;
  /** Something is taken of what it gives: `new Hilt(key).products`. */
  readonly isUsed: boolean;
}

function enclosingCalls(text: string, start: number, end: number): EnclosingCall[] {
  const calls: EnclosingCall[] = [];
  let depth = 0;
  let close = end;
  for (let at = start - 1; at >= 0 && at > start - 400; at -= 1) {
    const character = text.charAt(at);
    if (character === ')') depth += 1;
    if (character !== '(') continue;
    if (depth > 0) {
      depth -= 1;
      continue;
    }
    const name = /([\w$]+)[?!]?\s*$/.exec(text.slice(Math.max(0, at - 60), at))?.[1] ?? '';
    close = closingParenthesis(text, close);
    const method = /^\s*\??\.\s*(\w+)/.exec(text.slice(close, close + 60))?.[1];
    calls.push({ name, isUsed: name !== '' && method !== undefined && !keepingMethods.test(method) && !wholeMethods.test(method) && !/^(?:replace|replaceAll|gsub)$/.test(method) });
  }
  return calls;
}

function closingParenthesis(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length && at < from + 400; at += 1) {
    const character = text.charAt(at);
    if (character === '(') depth += 1;
    if (character === ')' && depth === 0) return at + 1;
    if (character === ')') depth -= 1;
  }
  return text.length;
}

/** The expression with blanks for what its strings hold, but for what they interpolate and the names of properties. */
function withoutStrings(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  return text.replace(/(["'])((?:\\.|(?!\1)[^\\\n])*)\1/g, (_match, quote: string, body: string) => {
    if (!/#\{/.test(body)) return `${quote}${blank(body)}${quote}`;
    return `${quote}${body.replace(/(^|\})[^#}]*(?=#\{|$)/g, (part, close: string) => close + blank(part.slice(close.length)))}${quote}`;
  });
}
