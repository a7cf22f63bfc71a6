import type { Command } from '../data/index.ts';
import { sourceSpan } from '../data/index.ts';
import { makeNode, statement } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Declaration } from '../module-summary.ts';
import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import { readActionScript } from './action-script.ts';
import { batchAsShell } from './batch.ts';
import type { ShellAssignment } from './command-call.ts';
import { fishAsShell } from './fish.ts';
import { translateShell } from './script.ts';

export { commentsOf } from './comments.ts';

/** A script in the words of the shell that is read here, each in its place. */
export function asShell(file: string, text: string): string {
  if (/\.(?:bat|cmd)$/i.test(file)) return batchAsShell(text);
  return /\.fish$/i.test(file) || /^#!.*\bfish\b/.test(text) ? fishAsShell(text) : text;
}

export interface ReadShell {
  /** The script as an ESTree; ranges are offsets in the file. */
  readonly program: Node;
  /** What the script sets or exports. Texts are as written: the caller replaces what is secret. */
  readonly declarations: readonly Declaration[];
  readonly recovered: boolean;
}

/** Reads a shell script; it takes any text. */
export function readShell(text: string): ReadShell {
  const { body, assignments, hasErrors } = translateShell(text, (start, end) => [start, end]);
  return { program: makeNode('Program', [0, text.length], { body }), declarations: assignments.map(declarationOf), recovered: hasErrors };
}

/** Reads the commands of a file that is no script, each as a function of its own: what one sets the next does not see. */
export function readCommands(text: string, commands: readonly Command[], more: readonly Node[] = []): Node {
  const scripts = commands.map((command) => {
    if (command.isJavaScript) return readActionScript(command);
    const { body } = translateShell(command.text, (start, end) => sourceSpan(command, start, end));
    return statement(command.at, makeNode('ArrowFunctionExpression', command.at, { params: [], body: makeNode('BlockStatement', command.at, { body }) }));
  });
  return makeNode('Program', [0, text.length], { body: [...scripts, ...more] });
}

function declarationOf({ name, at, valueAt, value }: ShellAssignment): Declaration {
  return { name, path: [], at, valueAt, value: valueOf(value, valueAt) };
}

/** A word as it is written: its variables are not followed. */
function valueOf(node: Node, at: Span): Value {
  const range: Span = [node.range[0], node.range[1]];
  switch (node.type) {
    case 'Literal':
      return { kind: 'text', text: String(node['value']), at: range };
    case 'Identifier':
      return { kind: 'variable', name: String(node['name']), access: 'expansion', form: 'dot', at: range };
    case 'MemberExpression':
      return node['object'].name === 'shell:env' ? { kind: 'variable', name: String(node['property'].name), access: 'expansion', form: 'dot', at: range } : { kind: 'unknown', at: range };
    case 'LogicalExpression':
      return { kind: 'choice', options: [valueOf(node['left'], at), valueOf(node['right'], at)], at: range };
    case 'TemplateLiteral':
      return { kind: 'concat', parts: templateParts(node, at), at: range };
    default:
      return { kind: 'unknown', at };
  }
}

function templateParts(node: Node, at: Span): Value[] {
  return (node['quasis'] as Node[]).flatMap((quasi, index) => {
    const text: string = quasi['value'].cooked;
    const expression: Node | undefined = node['expressions'][index];
    return [...(text === '' ? [] : [{ kind: 'text' as const, text, at: [quasi.range[0], quasi.range[1]] as Span }]), ...(expression ? [valueOf(expression, at)] : [])];
  });
}

