import { linesOf } from '../data/index.ts';
import { call, globalName, literal, object, property, statement, template } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import { httpRequests, textWithVariables } from './http-requests.ts';

/** The requests of a file that is made of them, as calls of the global `http:request`: `.http` and `.rest`, Hurl, Bruno. */
export function requestsOfFile(file: string, source: string): Node[] {
  if (/\.hurl$/i.test(file)) return hurlRequests(source);
  return /\.bru$/i.test(file) ? brunoRequest(source) : httpRequests(source);
}

/** A request while its file is read. Places are those of the file. */
interface Draft {
  readonly method: string;
  readonly methodAt: Span;
  url: Node;
  readonly headers: Node[];
  readonly query: Node[];
  readonly form: Node[];
  body: Span | undefined;
  end: number;
}

interface Pair { readonly name: string; readonly at: Span; readonly valueAt: Span }

/** `name: value` of one line. */
function pairIn(source: string, start: number, end: number): Pair | undefined {
  const line = source.slice(start, end);
  const match = /^(\s*)([^\s:{}[\]"]+)\s*:\s*/.exec(line);
  if (!match) return undefined;
  const nameStart = start + (match[1] ?? '').length;
  const stop = start + line.trimEnd().length;
  return { name: match[2] ?? '', at: [nameStart, stop], valueAt: [Math.min(start + match[0].length, stop), stop] };
}

function entry({ name, at, valueAt }: Pair, value: Node): Node {
  return property([at[0], valueAt[1]], literal([at[0], at[0] + name.length], name), value, true);
}

function finished(source: string, { method, methodAt, url, headers, query, form, body, end }: Draft, inherits = false): Node {
  const at: Span = [methodAt[0], end];
  return statement(at, call(at, globalName(methodAt, 'http:request'), [literal(methodAt, method), url, object(at, headers), body ? textWithVariables(source, body) : object(at, form), object(at, query), ...(inherits ? [literal(methodAt, 'inherit')] : [])]));
}

// --- Hurl: hurl.dev/docs/hurl-file.html -----------------------------------------------------------------------------------------

const hurlStart = /^([A-Z]+)[ \t]+(https?:\S+|\{\{\S+|\/\S*)\s*$/;

function hurlRequests(source: string): Node[] {
  const drafts: Draft[] = [];
  let section: string | undefined;
  for (const { start, end } of linesOf(source)) {
    const line = source.slice(start, end);
    const first = hurlStart.exec(line);
    if (first) {
      const urlStart = start + line.indexOf(first[2] ?? '', (first[1] ?? '').length);
      drafts.push(draftAt(source, first[1] ?? '', [start, start + (first[1] ?? '').length], [urlStart, urlStart + (first[2] ?? '').length]));
      section = 'Headers';
      continue;
    }
    const draft = drafts.at(-1);
    // What is expected of the answer ends the request.
    if (/^HTTP(?:\/[\d.]+)?[ \t]/.test(line)) section = 'Answer';
    const opened = /^\s*\[(\w+)\]\s*$/.exec(line)?.[1];
    if (opened !== undefined && section !== 'Answer') section = opened;
    else if (draft && section !== undefined && section !== 'Answer' && !/^\s*(?:#|$)/.test(line)) takeHurlLine(source, draft, section, start, end);
  }
  return drafts.map((draft) => finished(source, draft));
}

function takeHurlLine(source: string, draft: Draft, section: string, start: number, end: number): void {
  const pair = pairIn(source, start, end);
  if (!pair || (section === 'Headers' && draft.body)) {
    draft.body = [draft.body?.[0] ?? start, end];
    draft.end = end;
    return;
  }
  draft.end = end;
  take(source, draft, /^Query/.test(section) ? 'query' : /^(?:Form|Multipart)/.test(section) ? 'form' : section === 'Cookies' ? 'cookie' : section === 'BasicAuth' ? 'basic' : section === 'Headers' ? 'header' : undefined, pair);
}

// --- Bruno: docs.usebruno.com, "Bru Lang" ---------------------------------------------------------------------------------------

const brunoBlock = /^([a-z][\w:-]*)[ \t]*\{[ \t]*$/;

/**
 * A request, or what `collection.bru` and `folder.bru` give to the requests below them: a call of the global `http:defaults` with headers,
 * query and authentication. The last argument of a request says whether it takes that authentication.
 */
function brunoRequest(source: string): Node[] {
  const lines = [...linesOf(source)];
  const blocks = blocksOf(source, lines);
  const verb = blocks.find(({ name }) => /^(?:get|post|put|patch|delete|head|options)$/.test(name));
  const url = verb && pairsOf(source, verb).find(({ name }) => name === 'url');
  if (!verb || !url) return brunoDefaults(source, blocks);
  const draft = draftAt(source, verb.name.toUpperCase(), [verb.at[0], verb.at[0] + verb.name.length], url.valueAt);
  const mode = modeOf(source, [verb, ...blocks.filter(({ name }) => name === 'auth')]);
  for (const block of blocks) {
    draft.end = Math.max(draft.end, block.at[1]);
    takeBlock(source, draft, block);
    takeAuth(source, draft, block, mode);
  }
  return [finished(source, draft, mode === 'inherit')];
}

function takeBlock(source: string, draft: Draft, block: Block): void {
  const pairs = pairsOf(source, block);
  if (block.name === 'headers') for (const pair of pairs) take(source, draft, 'header', pair);
  else if (block.name === 'query' || block.name === 'params:query') for (const pair of pairs) take(source, draft, 'query', pair);
  else if (/^body:form|^body:multipart/.test(block.name)) for (const pair of pairs) take(source, draft, 'form', pair);
  else if (/^body(?::|$)/.test(block.name)) draft.body = trimmed(source, block.inside);
}

function brunoDefaults(source: string, blocks: readonly Block[]): Node[] {
  const first = blocks[0];
  if (!first) return [];
  const given = draftAt(source, '', first.at, first.at);
  const auth = draftAt(source, '', first.at, first.at);
  const mode = modeOf(source, blocks.filter(({ name }) => name === 'auth'));
  for (const block of blocks) {
    takeBlock(source, given, block);
    takeAuth(source, auth, block, mode);
  }
  return [statement(first.at, call(first.at, globalName(first.at, 'http:defaults'), [object(first.at, given.headers), object(first.at, given.query), object(first.at, [...auth.headers, ...auth.query])]))];
}

/** `auth: bearer` of a request, `auth { mode: bearer }` of a folder: which of the blocks counts, or `inherit`. */
function modeOf(source: string, blocks: readonly Block[]): string | undefined {
  const pair = blocks.flatMap((block) => pairsOf(source, block)).find(({ name }) => name === 'auth' || name === 'mode');
  return pair && source.slice(...pair.valueAt);
}

interface Block { readonly name: string; readonly at: Span; readonly inside: Span }

function blocksOf(source: string, lines: readonly { readonly start: number; readonly end: number }[]): Block[] {
  const blocks: Block[] = [];
  let open: { name: string; start: number; inside: number } | undefined;
  for (const { start, end } of lines) {
    const name = open ? undefined : brunoBlock.exec(source.slice(start, end))?.[1];
    if (name !== undefined) open = { name, start, inside: Math.min(end + 1, source.length) };
    else if (open && source.startsWith('}', start)) {
      blocks.push({ name: open.name, at: [open.start, start + 1], inside: [open.inside, Math.max(open.inside, start)] });
      open = undefined;
    }
  }
  return blocks;
}

/** Lines that begin with `~` are switched off. */
function pairsOf(source: string, { inside: [from, to] }: Block): Pair[] {
  return [...linesOf(source.slice(from, to))].flatMap(({ start, end }) => (/^\s*~/.test(source.slice(from + start, from + end)) ? [] : pairIn(source, from + start, from + end) ?? []));
}

function trimmed(source: string, [start, end]: Span): Span {
  const text = source.slice(start, end);
  return [start + text.length - text.trimStart().length, Math.max(start, end - (text.length - text.trimEnd().length))];
}

function takeAuth(source: string, draft: Draft, block: Block, mode: string | undefined): void {
  const { name } = block;
  if (!name.startsWith('auth:') || (mode !== undefined && name !== `auth:${mode}`)) return;
  const pairs = pairsOf(source, block);
  const pair = (part: string): Pair | undefined => pairs.find((each) => each.name === part);
  const token = name === 'auth:bearer' ? pair('token') : undefined;
  const user = name === 'auth:basic' ? pair('username') : undefined;
  if (token) take(source, draft, 'bearer', token);
  if (user) take(source, draft, 'basic', user);
  const [key, value, placement] = name === 'auth:apikey' ? [pair('key'), pair('value'), pair('placement')] : [];
  if (!key || !value) return;
  const isQuery = placement !== undefined && source.slice(...placement.valueAt).startsWith('query');
  take(source, draft, isQuery ? 'query' : 'header', { ...value, name: source.slice(...key.valueAt) });
}

// --- both -----------------------------------------------------------------------------------------------------------------------

function draftAt(source: string, method: string, methodAt: Span, urlAt: Span): Draft {
  return { method, methodAt, url: textWithVariables(source, urlAt), headers: [], query: [], form: [], body: undefined, end: urlAt[1] };
}

function take(source: string, draft: Draft, what: 'header' | 'query' | 'form' | 'cookie' | 'bearer' | 'basic' | undefined, pair: Pair): void {
  const value = textWithVariables(source, pair.valueAt);
  const scheme = (text: string): Node => entry({ ...pair, name: 'Authorization' }, template(pair.valueAt, [{ text, at: [pair.valueAt[0], pair.valueAt[0]] }, value]));
  switch (what) {
    case 'header':
      return void draft.headers.push(entry(pair, value));
    case 'cookie':
      return void draft.headers.push(entry({ ...pair, name: 'Cookie' }, value));
    case 'bearer':
      return void draft.headers.push(scheme('Bearer '));
    case 'basic':
      return void draft.headers.push(scheme('Basic '));
    case 'query':
      return void draft.query.push(entry(pair, value));
    case 'form':
      return void draft.form.push(entry(pair, value));
    default:
  }
}
