import type { Span } from '../span.ts';
import type { Value, VariableValue } from '../value.ts';
import { addComment, declare, noticePlaces, type DataFileDraft } from './data-file.ts';
import { sourceSpan } from './mapped-text.ts';
import { addPipelineSteps } from './pipeline-steps.ts';
import { findReads } from './native-reads.ts';
import { nativeSyntaxes, tokenize, type NativeLanguage, type NativeToken, type StringToken } from './native-tokens.ts';
import { secretReference, variable } from './references.ts';

/**
 * Reads what Kotlin, Java, Swift, Dart and Gradle files declare: `name = value` in any dress (`val`, `const`, `static let`,
 * `ext.name`), `"name": value` and `"name" to value` of maps, the named value of a call (`buildConfigField("String", "K", "\"v\"")`,
 * `header("X-Hilt-Key", v)`, `setValue(v, forHTTPHeaderField: "K")`), and every read of a configured value.
 *
 * It is a scanner over words, strings and comments, no parser: what an expression is beyond strings, names, reads and `+` is unknown.
 */
export function readNative(draft: DataFileDraft, language: Exclude<NativeLanguage, 'hcl'>): void {
  const { tokens, comments, unclosed } = tokenize(draft.source, nativeSyntaxes[language]);
  for (const { at, block } of comments) addComment(draft, at[0], at[1], block);
  const starts = new Set(tokens.filter((token) => token.kind === 'word').map((token) => token.at[0]));
  const reads = new Map<number, VariableValue>();
  for (const read of findReads(draft.source, 0)) if (starts.has(read.at[0])) reads.set(read.at[0], read);
  draft.reads.push(...reads.values());
  for (const token of tokens) if (token.kind === 'string') draft.reads.push(...readsInside(draft.source, token));
  draft.reads.sort((one, other) => one.at[0] - other.at[0]);
  const scan: Scan = { draft, tokens, reads };
  for (const index of tokens.keys()) declareAt(scan, index);
  if (language === 'groovy') addPipelineSteps(draft, tokens);
  noticePlaces(draft, unclosed, 'closed (a string or comment)');
}

interface Scan {
  readonly draft: DataFileDraft;
  readonly tokens: readonly NativeToken[];
  /** By the offset at which they begin. */
  readonly reads: ReadonlyMap<number, VariableValue>;
}

interface Name { readonly text: string; readonly at: Span; readonly path: readonly string[] }

interface Expression { readonly value: Value; readonly at: Span; readonly next: number }

function textAt({ tokens }: Scan, index: number): string | undefined {
  const token = tokens[index];
  return token === undefined || token.kind === 'string' ? undefined : token.text;
}

function declareAt(scan: Scan, index: number): void {
  const token = scan.tokens[index];
  if (token === undefined) return;
  const text = token.kind === 'string' ? undefined : token.text;
  if (text === '=' || text === '+=' || text === '??=') return declareValue(scan, assignedName(scan, index), index + 1);
  if (text === ':' || text === 'to') return declareKeyed(scan, index);
  if (text === 'buildConfigField' || text === 'resValue') return declareField(scan, index);
  if (text === 'forHTTPHeaderField') return declareSwiftHeader(scan, index);
  if (text === '(') declareArgument(scan, index);
}

function declareValue(scan: Scan, name: Name | undefined, from: number): void {
  const expression = name && readExpression(scan, from);
  if (name === undefined || expression === undefined || expression.value.kind === 'unknown') return;
  declare(scan.draft, { name: name.text, at: name.at, path: name.path, value: expression.value, valueAt: expression.at });
}

/** The name to the left of `=`: before its type (`val k: String =`), or the last word (`static const String k =`, `ext.k =`). */
function assignedName(scan: Scan, index: number): Name | undefined {
  const before = scan.tokens[index - 1];
  if (before === undefined || before.kind === 'string') return undefined;
  if (before.text === ']') return subscriptName(scan, index - 1);
  const at = typedName(scan, index) ?? index - 1;
  const name = scan.tokens[at];
  return name?.kind === 'word' && /^[\p{L}_$]/u.test(name.text) ? { text: name.text, at: name.at, path: ownerOf(scan, at) } : undefined;
}

/** The index of the word before `: Type`, where one stands in the same statement. */
function typedName(scan: Scan, index: number): number | undefined {
  for (let at = index - 1; at > 0 && index - at < 20; at -= 1) {
    const text = textAt(scan, at);
    if (text === undefined || /^[;{}()=,]$/.test(text)) return undefined;
    if (text === ':') return at - 1;
    const between = scan.draft.source.slice(scan.tokens[at - 1]?.at[1], scan.tokens[at]?.at[0]);
    if (between.includes('\n')) return undefined;
  }
  return undefined;
}

/** `manifestPlaceholders["K"] = v` */
function subscriptName(scan: Scan, close: number): Name | undefined {
  const key = scan.tokens[close - 1];
  if (key?.kind !== 'string' || textAt(scan, close - 2) !== '[') return undefined;
  return nameOfString(key, [textAt(scan, close - 3) ?? '']);
}

function nameOfString(token: StringToken, path: readonly string[]): Name | undefined {
  const [only] = token.parts;
  if (token.parts.length !== 1 || only === undefined || !('text' in only) || !/^[\w.-]+$/.test(only.text)) return undefined;
  return { text: only.text, at: sourceSpan(only, 0, only.text.length), path };
}

/** `ext` of `ext.k` */
function ownerOf(scan: Scan, index: number): readonly string[] {
  const owner = textAt(scan, index - 1) === '.' ? textAt(scan, index - 2) : undefined;
  return owner === undefined ? [] : [owner];
}

/** `"k": v`, `k: v` and `"k" to v`. Behind a bare word a bare word is its type (`k: String`), but not among placeholders. */
function declareKeyed(scan: Scan, index: number): void {
  const key = scan.tokens[index - 1];
  const value = scan.tokens[index + 1];
  if (key === undefined || value === undefined || (key.kind === 'punctuation') || (key.kind === 'word' && textAt(scan, index) !== ':')) return;
  if (key.kind === 'word' && /^for(?:HTTPHeaderField|InfoDictionaryKey|Key)$/.test(key.text)) return;
  const isPlain = key.kind === 'string' || value.kind === 'string' || scan.reads.has(value.at[0]);
  if (!isPlain && !/^[A-Z][A-Z0-9_]+$/.test(textAt(scan, index + 1) ?? '')) return;
  const path = containerOf(scan, index - 1);
  if (!isPlain && path[0] !== 'manifestPlaceholders') return;
  declareValue(scan, key.kind === 'string' ? nameOfString(key, path) : { text: key.text, at: key.at, path }, index + 1);
}

/** What the list, map or call around a token is called: `manifestPlaceholders = [`, `mapOf(`. */
function containerOf(scan: Scan, index: number): readonly string[] {
  let depth = 0;
  for (let at = index - 1; at >= 0 && index - at < 200; at -= 1) {
    const text = textAt(scan, at);
    if (text === ']' || text === ')' || text === '}') depth += 1;
    if (text !== '[' && text !== '(' && text !== '{') continue;
    if (depth > 0) depth -= 1;
    else {
      const before = textAt(scan, at - 1);
      const owner = before === '=' ? textAt(scan, at - 2) : before;
      return owner !== undefined && /^\w+$/.test(owner) ? [owner] : [];
    }
  }
  return [];
}

/** Android's `buildConfigField type, name, value` and `resValue type, name, value`, with or without parentheses. */
function declareField(scan: Scan, index: number): void {
  const from = textAt(scan, index + 1) === '(' ? index + 2 : index + 1;
  const name = scan.tokens[from + 2];
  const isField = scan.tokens[from]?.kind === 'string' && textAt(scan, from + 1) === ',' && name?.kind === 'string' && textAt(scan, from + 3) === ',';
  if (!isField || name?.kind !== 'string') return;
  const found = nameOfString(name, [textAt(scan, index) ?? '']);
  const expression = readExpression(scan, from + 4);
  if (found === undefined || expression === undefined) return;
  declare(scan.draft, { name: found.text, at: found.at, path: found.path, value: withoutQuotes(expression.value), valueAt: expression.at });
}

/** `"\"v\""`: the value of a Java string constant is written with its quotes. */
function withoutQuotes(value: Value): Value {
  if (value.kind === 'text') {
    const inner = /^"(.*)"$/s.exec(value.text)?.[1];
    return inner === undefined ? value : { ...value, text: inner };
  }
  if (value.kind !== 'concat') return value;
  const parts = value.parts.filter((part) => part.kind !== 'text' || part.text !== '"');
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return { ...value, parts };
}

/** `setValue(v, forHTTPHeaderField: "K")` and `addValue`. */
function declareSwiftHeader(scan: Scan, index: number): void {
  const key = scan.tokens[index + 2];
  if (textAt(scan, index + 1) !== ':' || key?.kind !== 'string') return;
  let open = index - 1;
  while (open > 0 && index - open < 40 && textAt(scan, open) !== 'setValue' && textAt(scan, open) !== 'addValue') open -= 1;
  if (textAt(scan, open + 1) !== '(') return;
  declareValue(scan, nameOfString(key, [textAt(scan, open) ?? '']), open + 2);
}

/** `header("X-Hilt-Key", v)`: a call whose first argument names what the second is. */
function declareArgument(scan: Scan, index: number): void {
  const callee = scan.tokens[index - 1];
  const first = scan.tokens[index + 1];
  if (callee?.kind !== 'word' || first?.kind !== 'string' || textAt(scan, index + 2) !== ',') return;
  if (/^(?:buildConfigField|resValue|if|while|for|switch|when)$/.test(callee.text)) return;
  declareValue(scan, nameOfString(first, [callee.text]), index + 3);
}

const maximumDepth = 10;

/** Reads terms joined by `+`, and fallbacks after `?:` and `??`. */
function readExpression(scan: Scan, from: number, depth = 0): Expression | undefined {
  const first = readTerm(scan, from, depth);
  if (first === undefined) return undefined;
  const parts = [first.value];
  const options: Value[] = [];
  let { next } = first;
  let end = first.at[1];
  for (let sign = textAt(scan, next); sign === '+' || sign === '?:' || sign === '??'; sign = textAt(scan, next)) {
    const term = readTerm(scan, next + 1, depth);
    if (term === undefined) break;
    if (sign !== '+') options.push(joined(parts.splice(0)));
    parts.push(term.value);
    end = term.at[1];
    next = term.next;
  }
  const last = joined(parts);
  const at: Span = [first.at[0], end];
  return { value: options.length === 0 ? last : { kind: 'choice', options: [...options, last], at }, at, next };
}

function joined(parts: readonly Value[]): Value {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'concat', parts };
}

function readTerm(scan: Scan, index: number, depth: number): Expression | undefined {
  const token = scan.tokens[index];
  if (token === undefined) return undefined;
  if (token.kind === 'string') return { value: valueOfString(scan.draft.source, token), at: token.at, next: index + 1 };
  if (token.text === '(') return readParenthesised(scan, index, depth + 1);
  const read = scan.reads.get(token.at[0]);
  if (read !== undefined) return afterRead(scan, read, index);
  if (token.text === 'const' || token.text === 'try' || token.text === 'await') return depth > maximumDepth ? undefined : readTerm(scan, index + 1, depth + 1);
  if (token.kind !== 'word') return undefined;
  const follows = textAt(scan, index + 1);
  const isName = /^[\p{L}_$]/u.test(token.text) && follows !== '.' && follows !== '(' && follows !== '[' && follows !== '?.';
  if (!isName) return { value: { kind: 'unknown', at: token.at }, at: token.at, next: index + 1 };
  return { value: constantOf(token.text) ?? { kind: 'binding', name: token.text, at: token.at }, at: token.at, next: index + 1 };
}

function constantOf(text: string): Value | undefined {
  if (text === 'true' || text === 'false') return { kind: 'constant', value: text === 'true' };
  return text === 'null' || text === 'nil' ? { kind: 'constant', value: null } : undefined;
}

function readParenthesised(scan: Scan, index: number, depth: number): Expression | undefined {
  const inner = depth > maximumDepth ? undefined : readExpression(scan, index + 1, depth);
  if (inner === undefined || textAt(scan, inner.next) !== ')') return undefined;
  return { ...inner, next: afterConversions(scan, inner.next + 1) };
}

function afterRead(scan: Scan, read: VariableValue, index: number): Expression {
  let next = index;
  while (next < scan.tokens.length && (scan.tokens[next]?.at[0] ?? Infinity) < read.at[1]) next += 1;
  return { value: read, at: read.at, next: afterConversions(scan, next) };
}

/** Goes on past casts, unwrapping and calls without arguments: `as? String`, `!!`, `.toString()`. */
function afterConversions(scan: Scan, from: number): number {
  let next = from;
  for (;;) {
    const text = textAt(scan, next);
    if (text === 'as') next += /^[?!]$/.test(textAt(scan, next + 1) ?? '') ? 3 : 2;
    else if (text === '!' || text === '!!') next += 1;
    else if (/^\??\.$/.test(text ?? '') && textAt(scan, next + 2) === '(' && textAt(scan, next + 3) === ')') next += 4;
    else return next;
  }
}

function valueOfString(source: string, token: StringToken): Value {
  const parts = token.parts.map((part): Value => {
    if (!('text' in part)) return valueOfInterpolation(source, part);
    return { kind: 'text', text: part.text, at: sourceSpan(part, 0, part.text.length) };
  });
  const [only] = parts;
  if (only === undefined) return { kind: 'text', text: '', at: [token.at[0] + 1, token.at[0] + 1] };
  if (parts.length > 1) return { kind: 'concat', parts, at: token.at };
  const stored = only.kind === 'text' ? secretReference(only.text) : undefined;
  return stored === undefined ? only : variable(stored, 'secret', token.at);
}

function valueOfInterpolation(source: string, at: Span): Value {
  const code = source.slice(at[0], at[1]);
  const [read] = findReads(code, at[0]);
  if (read !== undefined) return read;
  return /^[A-Za-z_]\w*$/.test(code.trim()) ? { kind: 'binding', name: code.trim(), at } : { kind: 'unknown', at };
}

function readsInside(source: string, token: StringToken): VariableValue[] {
  return token.parts.flatMap((part) => ('text' in part ? [] : findReads(source.slice(part[0], part[1]), part[0])));
}
