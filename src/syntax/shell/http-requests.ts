import { call, globalName, identifier, literal, makeNode, member, object, property, statement, template } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import { linesOf } from '../data/index.ts';

interface Line { readonly start: number; readonly end: number }

const requestLine = /^\s*(?:(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE)\s+)?(\S.*?)(?:\s+HTTP\/[\d.]+)?\s*$/;

/**
 * The requests of a `.http` or `.rest` file as calls of the global `http:request` with method, URL, headers and body (where there is one).
 * `{{name}}` is the file's own variable, or one of the environment that the client keeps.
 */
export function httpRequests(source: string): Node[] {
  const declared = new Set<string>();
  for (const match of source.matchAll(/^\s*@([\w.-]+)\s*=/gm)) declared.add(match[1] ?? '');
  const blocks: Line[][] = [[]];
  const variables: Node[] = [];
  for (const { start, end } of linesOf(source)) {
    const line = source.slice(start, end);
    const variable = /^\s*@([\w.-]+)\s*=\s*/.exec(line);
    if (/^###/.test(line)) blocks.push([]);
    else if (variable) variables.push(declaration(source, variable, start, end, declared));
    else blocks.at(-1)?.push({ start, end });
  }
  return [...variables, ...blocks.flatMap((block) => request(source, block, declared))];
}

function declaration(source: string, match: RegExpExecArray, start: number, end: number, declared: ReadonlySet<string>): Node {
  const from = start + match[0].length;
  const init = textWithVariables(source, [Math.min(from, end), end], declared);
  return makeNode('VariableDeclaration', [start, end], { kind: 'var', declarations: [makeNode('VariableDeclarator', [start, end], { id: identifier([start, end], match[1] ?? ''), init })] });
}

function request(source: string, lines: readonly Line[], declared: ReadonlySet<string>): Node[] {
  const isBlank = ({ start, end }: Line): boolean => source.slice(start, end).trim() === '';
  const isComment = ({ start, end }: Line): boolean => /^\s*(?:#|\/\/)/.test(source.slice(start, end));
  const first = lines.findIndex((line) => !isBlank(line) && !isComment(line));
  const head = lines[first];
  if (!head) return [];
  const match = requestLine.exec(source.slice(head.start, head.end));
  const method = match?.[1] ?? 'GET';
  const url = match?.[2] ?? '';
  if (!match || !/^(?:https?:|\/|\{\{|[\w.-]+[:/])/.test(url)) return [];
  const urlStart = source.indexOf(url, head.start + (match[1]?.length ?? 0));
  const blank = lines.findIndex((line, index) => index > first && isBlank(line));
  const above = lines.slice(first + 1, blank < 0 ? undefined : blank).filter((line) => !isComment(line));
  // A URL goes on in lines that begin with `?` or `&`.
  const headers = above.flatMap((line) => header(source, line, declared));
  const below = blank < 0 ? [] : lines.slice(blank).filter((line) => !isBlank(line));
  const end = (below.at(-1) ?? above.at(-1) ?? head).end;
  const at: Span = [head.start, end];
  const continued = above.filter(({ start, end: stop }) => /^\s+[?&]/.test(source.slice(start, stop))).at(-1);
  const [bodyFirst] = below;
  return [statement(at, call(at, globalName([head.start, urlStart], 'http:request'), [
    literal([head.start, urlStart], method),
    textWithVariables(source, [urlStart, continued?.end ?? urlStart + url.length], declared),
    object(at, headers),
    ...(bodyFirst ? [textWithVariables(source, [bodyFirst.start, end], declared)] : []),
  ]))];
}

function header(source: string, { start, end }: Line, declared: ReadonlySet<string>): Node[] {
  const match = /^(\s*)([\w-]+)\s*:\s*/.exec(source.slice(start, end));
  if (!match) return [];
  const nameStart = start + (match[1] ?? '').length;
  const name = match[2] ?? '';
  const from = start + match[0].length;
  const stop = start + source.slice(start, end).trimEnd().length;
  return [property([nameStart, end], literal([nameStart, nameStart + name.length], name), textWithVariables(source, [Math.min(from, stop), stop], declared), true)];
}

const none: ReadonlySet<string> = new Set();

/** Text with `{{name}}` in it; `declared` are the variables of the file itself. */
export function textWithVariables(source: string, [start, end]: Span, declared: ReadonlySet<string> = none): Node {
  const pieces: (Node | { text: string; at: Span })[] = [];
  let from = start;
  for (const match of source.slice(start, end).matchAll(/\{\{\s*([^{}]+?)\s*\}\}/g)) {
    const at: Span = [start + match.index, start + match.index + match[0].length];
    if (at[0] > from) pieces.push({ text: source.slice(from, at[0]), at: [from, at[0]] });
    pieces.push(variable(match[1] ?? '', at, declared));
    from = at[1];
  }
  if (from < end) pieces.push({ text: source.slice(from, end), at: [from, end] });
  const [only] = pieces;
  if (pieces.length === 0) return literal([start, end], '');
  if (pieces.length === 1 && only) return 'type' in only ? only : literal(only.at, only.text);
  return template([start, end], pieces);
}

/** `{{$dotenv X}}`, `{{$processEnv X}}` and Bruno's `{{process.env.X}}` read the environment, `{{X}}` the file or the client's environment. */
function variable(text: string, at: Span, declared: ReadonlySet<string>): Node {
  const name = /^(?:\$(?:dotenv|processEnv|env|shared)[\s.]+%?|process\.env\.)([\w.-]+)$/.exec(text)?.[1];
  if (name === undefined && declared.has(text)) return identifier(at, text);
  return member(at, globalName(at, 'shell:env'), name ?? text);
}
