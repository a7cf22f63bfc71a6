import type { Command } from '../data/index.ts';
import { sourceSpan } from '../data/index.ts';
import { call, globalName, identifier, literal, makeNode, opaque, statement, template } from '../estree/build.ts';
import { isNode, type Node } from '../estree/node.ts';
import { parseProgram } from '../estree/parse.ts';
import type { Span } from '../span.ts';
import { templateExpression } from './words.ts';

/** What the action hands its script as packages. Source: README of actions/github-script. */
const given = ['core', 'exec', 'glob', 'io'];
const before = 'async () => {';
const maxDepth = 400;
/** Fields that are not of the tree below, or that stand for a place in it. */
const links = new Set(['type', 'range', 'parent', 'loc', 'start', 'end']);
/** An expression of the workflow, which is filled in before the script runs. */
const expression = /\$\{\{[^}]*\}\}/g;

/**
 * The script of `actions/github-script` as a function. Expressions of the workflow are names of the same length while it is parsed,
 * since they may stand in a text and outside of one.
 */
export function readActionScript(command: Command): Node {
  const masked = command.text.replace(expression, (found) => '$'.padEnd(found.length, '_'));
  const program = parseProgram(`${before}${masked}\n}`, 'js')?.program;
  const script: unknown = (program?.['body'] as Node[] | undefined)?.[0]?.['expression'];
  if (!isNode(script) || !isNode(script['body'])) return statement(command.at, opaque(command.at));
  const body = (script['body']['body'] as Node[]).map((each) => placed(each, command));
  return statement(command.at, makeNode('ArrowFunctionExpression', command.at, { params: [], async: true, body: makeNode('BlockStatement', command.at, { body: [...given.map((name) => required(name, command.at[0])), ...body] }) }));
}

/** `const core = require("@actions/core")` */
function required(name: string, from: number): Node {
  const at: Span = [from, from];
  const init = call(at, globalName(at, 'require'), [literal(at, `@actions/${name}`)]);
  return makeNode('VariableDeclaration', at, { kind: 'const', declarations: [makeNode('VariableDeclarator', at, { id: identifier(at, name), init })] });
}

/** A copy of a node with its ranges in the file, and with the workflow's expressions in it. */
function placed(node: Node, command: Command, depth = 0): Node {
  const [start, end] = [node.range[0] - before.length, node.range[1] - before.length];
  const at = sourceSpan(command, start, end);
  if (depth > maxDepth) return opaque(at);
  const text = command.text.slice(start, end);
  if (node.type === 'Identifier' && text.startsWith('${{')) return templateExpression(text, at);
  if (node.type === 'Literal' && typeof node['value'] === 'string' && text.includes('${{')) return template(at, piecesOf(command, start + 1, end - 1));
  if (node.type === 'TemplateLiteral' && text.includes('${{')) return filledTemplate(node, command, depth);
  const copied = (field: unknown): unknown => (isNode(field) ? placed(field, command, depth + 1) : Array.isArray(field) ? field.map(copied) : field);
  return makeNode(node.type, at, Object.fromEntries(Object.entries(node).flatMap(([name, field]) => (links.has(name) ? [] : [[name, copied(field)]]))));
}

function filledTemplate(node: Node, command: Command, depth: number): Node {
  const at = sourceSpan(command, node.range[0] - before.length, node.range[1] - before.length);
  const pieces = (node['quasis'] as Node[]).flatMap((quasi, index) => {
    const inner: Node | undefined = node['expressions'][index];
    const [start, end] = [quasi.range[0] - before.length, quasi.range[1] - before.length];
    return [...piecesOf(command, start, end), ...(inner ? [placed(inner, command, depth + 1)] : [])];
  });
  return template(at, pieces);
}

/** A text with the workflow's expressions. */
function piecesOf(command: Command, start: number, end: number): (Node | { text: string; at: Span })[] {
  const text = command.text.slice(start, end);
  const pieces: (Node | { text: string; at: Span })[] = [];
  let done = 0;
  const push = (to: number): void => {
    if (to > done) pieces.push({ text: text.slice(done, to), at: sourceSpan(command, start + done, start + to) });
  };
  for (const found of text.matchAll(expression)) {
    push(found.index);
    done = found.index + found[0].length;
    pieces.push(templateExpression(found[0], sourceSpan(command, start + found.index, start + done)));
  }
  push(text.length);
  return pieces;
}
