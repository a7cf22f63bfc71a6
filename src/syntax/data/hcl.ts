import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import { addComment, noticePlaces, type DataFileDraft } from './data-file.ts';
import { declareTree } from './declare-tree.ts';
import { sourceSpan, verbatim } from './mapped-text.ts';
import { nativeSyntaxes, tokenize, type NativeToken, type StringToken } from './native-tokens.ts';
import { bracedReferences, valueOfText, variable } from './references.ts';
import type { DataNode, ListNode, MapEntry, MapNode, ScalarNode } from './tree.ts';

/**
 * Reads Terraform and other HCL: attributes by their names below the block that holds them
 * (`["resource", "aws_lambda_function", "bot", "environment", "variables"]`).
 * `var.x`, `local.x` and the attributes of resources are references; what comes from a store of secrets is a secret's.
 */
export function readHcl(draft: DataFileDraft): void {
  const { tokens, comments, unclosed } = tokenize(draft.source, nativeSyntaxes.hcl);
  for (const { at, block } of comments) addComment(draft, at[0], at[1], block);
  const parsing: Parsing = { source: draft.source, tokens, next: 0 };
  const root: MapNode = { kind: 'map', entries: [], at: [0, draft.source.length] };
  // A brace too many ends a body early; the rest is read all the same.
  while (parsing.next < tokens.length) root.entries.push(...readBody(parsing, 0, root.at).entries);
  declareTree(draft, root, bracedReferences);
  noticePlaces(draft, unclosed, 'closed (a string, comment or heredoc)');
}

interface Parsing { readonly source: string; readonly tokens: readonly NativeToken[]; next: number }

const maximumDepth = 100;

/** Terraform's blocks have two labels at most, Nomad's one. */
const maximumLabels = 4;

function symbol(parsing: Parsing, ahead = 0): string | undefined {
  const token = parsing.tokens[parsing.next + ahead];
  return token?.kind === 'punctuation' ? token.text : undefined;
}

/** Reads entries up to the closing brace, or to the end of the file. */
function readBody(parsing: Parsing, depth: number, at: Span): MapNode {
  const span: [number, number] = [at[0], at[1]];
  const body: MapNode = { kind: 'map', entries: [], at: span };
  while (parsing.next < parsing.tokens.length && symbol(parsing) !== '}') {
    const before = parsing.next;
    const entry = readEntry(parsing, depth);
    if (entry !== undefined) body.entries.push(entry);
    if (parsing.next === before) parsing.next += 1;
  }
  span[1] = parsing.tokens[parsing.next]?.at[1] ?? parsing.source.length;
  parsing.next += 1;
  return body;
}

function readEntry(parsing: Parsing, depth: number): MapEntry | undefined {
  const key = nameOf(parsing.source, parsing.tokens[parsing.next]);
  if (key === undefined || depth > maximumDepth) return undefined;
  const sign = symbol(parsing, 1);
  if (sign === '=' || sign === ':') {
    parsing.next += 2;
    const node = readValue(parsing, depth + 1);
    return node && { ...key, node };
  }
  const labels = [key];
  let ahead = 1;
  for (let label = nameOf(parsing.source, parsing.tokens[parsing.next + ahead]); label !== undefined && ahead <= maximumLabels; label = nameOf(parsing.source, parsing.tokens[parsing.next + ahead])) {
    labels.push(label);
    ahead += 1;
  }
  if (symbol(parsing, ahead) !== '{') return undefined;
  parsing.next += ahead + 1;
  const body = readBody(parsing, depth + 1, key.at);
  return labels.reduceRight<MapEntry | undefined>((inner, label) => {
    const node: DataNode = inner === undefined ? body : { kind: 'map', entries: [inner], at: body.at };
    return { ...label, node };
  }, undefined);
}

interface Name { readonly name: string; readonly at: Span }

function nameOf(source: string, token: NativeToken | undefined): Name | undefined {
  if (token?.kind === 'word') return { name: token.text, at: token.at };
  if (token?.kind !== 'string') return undefined;
  const [only] = token.parts;
  if (token.parts.length !== 1 || only === undefined || !('text' in only) || source[token.at[0]] === '<') return undefined;
  return { name: only.text, at: sourceSpan(only, 0, only.text.length) };
}

function readValue(parsing: Parsing, depth: number): DataNode | undefined {
  const token = parsing.tokens[parsing.next];
  if (token === undefined || depth > maximumDepth) return undefined;
  parsing.next += 1;
  const node = token.kind === 'string' ? scalarOfString(parsing.source, token) : readOperand(parsing, token, depth);
  // A condition or a calculation: nobody knows its value without the plan.
  if (!/^(?:\?|==|!=|&&|\|\||[<>*/%-])$/.test(symbol(parsing) ?? '') || node === undefined || node.kind !== 'scalar') return node;
  return readCondition(parsing, node, depth);
}

function readCondition(parsing: Parsing, node: ScalarNode, depth: number): DataNode {
  const options: Value[] = [];
  let end = node.at[1];
  while (/^(?:\?|:|==|!=|&&|\|\||[<>*/%-])$/.test(symbol(parsing) ?? '')) {
    const sign = symbol(parsing);
    parsing.next += 1;
    const operand = readValue(parsing, depth + 1);
    if (operand === undefined) break;
    end = operand.at[1];
    if ((sign === '?' || sign === ':') && operand.kind === 'scalar') options.push(...optionsOf(operand));
  }
  const at: Span = [node.at[0], end];
  return scalar(parsing.source, at, options.length === 0 ? { kind: 'unknown', at } : { kind: 'choice', options, at });
}

function optionsOf(node: ScalarNode): readonly Value[] {
  if (node.value?.kind === 'choice') return node.value.options;
  return [node.value ?? valueOfText(node.content, bracedReferences, node.at)];
}

function scalar(source: string, at: Span, value: Value): ScalarNode {
  return { kind: 'scalar', at, content: verbatim(source, at[0], at[1]), value };
}

function readOperand(parsing: Parsing, token: NativeToken, depth: number): DataNode | undefined {
  if (token.kind === 'string') return undefined;
  if (token.text === '{') return readBody(parsing, depth, token.at);
  if (token.text === '[') return readList(parsing, token.at, ']', depth);
  if (token.kind !== 'word') return undefined;
  if (/^\d/.test(token.text)) return scalar(parsing.source, token.at, numberOf(token));
  if (symbol(parsing) === '(') return readCall(parsing, token, depth);
  return readTraversal(parsing, token);
}

function numberOf(token: NativeToken): Value {
  const value = token.kind === 'word' ? Number(token.text) : Number.NaN;
  return Number.isNaN(value) ? { kind: 'unknown', at: token.at } : { kind: 'number', value };
}

function readList(parsing: Parsing, from: Span, closing: string, depth: number): ListNode {
  const at: [number, number] = [from[0], from[1]];
  const items: DataNode[] = [];
  while (parsing.next < parsing.tokens.length && symbol(parsing) !== closing) {
    const before = parsing.next;
    const item = readValue(parsing, depth + 1);
    if (item !== undefined) items.push(item);
    if (symbol(parsing) === ',' || parsing.next === before) parsing.next += 1;
  }
  at[1] = parsing.tokens[parsing.next]?.at[1] ?? parsing.source.length;
  parsing.next += 1;
  return { kind: 'list', items, at };
}

/** `sensitive(x)` is x, `jsonencode({…})` holds what it is given; any other result is unknown. */
function readCall(parsing: Parsing, callee: NativeToken, depth: number): DataNode {
  const name = callee.kind === 'word' ? callee.text : '';
  parsing.next += 1;
  const args = readList(parsing, callee.at, ')', depth);
  const [first] = args.items;
  const isTransparent = /^(?:sensitive|nonsensitive|tostring|trimspace|chomp|jsonencode|yamlencode|tomap|tolist|toset|merge|concat)$/.test(name);
  if (isTransparent && first !== undefined && args.items.length === 1) return first;
  if (isTransparent && args.items.some((item) => item.kind !== 'scalar')) return mergedArguments(args);
  return scalar(parsing.source, args.at, { kind: 'unknown', at: args.at });
}

function mergedArguments(args: ListNode): DataNode {
  const maps = args.items.filter((item) => item.kind === 'map');
  if (maps.length === 0) return { kind: 'list', items: args.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])), at: args.at };
  return { kind: 'map', entries: maps.flatMap((map) => map.entries), at: args.at };
}

/** `var.hilt_key`, `data.aws_secretsmanager_secret_version.hilt.secret_string`, `each.value["k"]`. */
function readTraversal(parsing: Parsing, first: NativeToken): ScalarNode {
  let end = first.at[1];
  for (;;) {
    const sign = symbol(parsing);
    const step = parsing.tokens[parsing.next + 1];
    if (sign === '.' && (step?.kind === 'word' || (step?.kind === 'punctuation' && step.text === '*'))) parsing.next += 2;
    else if (sign === '[' && parsing.tokens[parsing.next + 2]?.kind === 'punctuation' && symbol(parsing, 2) === ']') parsing.next += 3;
    else break;
    end = parsing.tokens[parsing.next - 1]?.at[1] ?? end;
  }
  const at: Span = [first.at[0], end];
  return scalar(parsing.source, at, referenceOf(parsing.source.slice(at[0], at[1]), at));
}

function referenceOf(text: string, at: Span): Value {
  if (text === 'true' || text === 'false') return { kind: 'constant', value: text === 'true' };
  if (text === 'null') return { kind: 'constant', value: null };
  const isSecret = /^(?:data\.)?(?:aws_secretsmanager_|aws_ssm_parameter|google_secret_manager_|azurerm_key_vault_secret|vault_|onepassword_|doppler_|infisical_|github_actions_secret)/.test(text);
  if (isSecret) return variable(text, 'secret', at);
  return text.includes('.') ? variable(text, 'expansion', at) : { kind: 'unknown', at };
}

function scalarOfString(source: string, token: StringToken): ScalarNode {
  const [only] = token.parts;
  if (token.parts.length === 1 && only !== undefined && 'text' in only) {
    // A heredoc is one part, with its `${…}` inside.
    return { kind: 'scalar', at: token.at, content: only };
  }
  const empty: Span = [token.at[0] + 1, token.at[0] + 1];
  const parts = token.parts.map((part): Value => {
    if (!('text' in part)) return referenceOf(source.slice(part[0], part[1]).trim(), part);
    return { kind: 'text', text: part.text, at: sourceSpan(part, 0, part.text.length) };
  });
  const [single] = parts;
  if (single === undefined) return scalar(source, token.at, { kind: 'text', text: '', at: empty });
  return scalar(source, token.at, parts.length === 1 ? single : { kind: 'concat', parts, at: token.at });
}
