import type { Assignment, Command, Redirection, Word } from 'unbash';
import { call, globalName, identifier, literal, makeNode, object, opaque, property } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import { unwrapped } from './command-words.ts';
import { curlOptions } from './curl-config.ts';
import { plainText, readArgument, readText, readWord, type Surroundings } from './words.ts';
import { baseName } from '../../sources/base-name.ts';

/** An assignment of a script, for whoever looks for declarations. */
export interface ShellAssignment { readonly name: string; readonly at: Span; readonly valueAt: Span; readonly value: Node }

/** What calls need of the script around them. */
export interface CallSurroundings extends Surroundings {
  /** Whether the script has a function of that name, which no variable of it hides. */
  isFunction(name: string): boolean;
  /** The file that output goes to where a command does not say; none where something takes what it prints. */
  readonly stdout: Node | undefined;
  note(assignment: ShellAssignment): void;
}

/** A command with a name as a call; `piped`: what the command before it prints. */
export function readCall(around: CallSurroundings, command: Command, piped?: Node): Node | undefined {
  const at = around.place(command.pos, command.end);
  if (!command.name) return undefined;
  const words = [command.name, ...command.suffix.filter((item): item is Word => item.type === 'Word')];
  const items = [...command.prefix, ...command.suffix];
  const wrapped = unwrapped(words);
  const environment = [
    ...items.flatMap((item) => (item.type === 'Assignment' ? [environmentEntry(around, item)] : [])),
    ...wrapped.assigned.map((word) => environmentWord(around, word)),
  ];
  const redirections = items.filter((item): item is Redirection => item.type !== 'Word' && item.type !== 'Assignment');
  const redirects = redirectionsOf(around, redirections);
  const [first, ...args] = wrapped.words;
  const given = keywordsOf({ at, stdin: redirects.stdin ?? piped, stdout: redirects.stdout ?? around.stdout, environment });
  const callee = calleeOf(around, first ?? command.name);
  return { ...call(at, callee, [...args.map((word) => readArgument(around, word)), ...optionsOfCurl(around, wrapped.words, redirections), ...given]), others: redirects.values };
}

/** `curl -K - <<END`: the options that it is given as a text. */
function optionsOfCurl(around: Surroundings, [name, ...words]: readonly Word[], redirections: readonly Redirection[]): Node[] {
  if (!name || baseName(name.value) !== 'curl' || !words.some((word) => /^(?:-|@-|\/dev\/stdin|-K-|--config=-)$/.test(word.value))) return [];
  if (!words.some((word) => /^(?:-K|--config\b)/.test(word.value))) return [];
  return redirections.flatMap((item) => (item.type === 'HereDoc' ? curlOptions(item.body.text, (start, end) => around.place(item.body.pos + start, item.body.pos + end)) : []));
}

function calleeOf(around: CallSurroundings, name: Word): Node {
  const at = around.place(name.pos, name.end);
  const text = plainText(name);
  if (text === undefined) return makeNode('Opaque', at, { parts: [readWord(around, name)] });
  return around.isFunction(text) ? identifier(at, text) : globalName(at, `shell:${baseName(text)}`);
}

// --- what a command is given beside its words ------------------------------------------------------------------------------------

function environmentEntry(around: CallSurroundings, item: Assignment): Node {
  const read = item.value.type === 'Word' ? readWord(around, item.value) : opaque(around.place(item.pos, item.end));
  const nameAt = around.place(item.pos, item.pos + item.name.length);
  if (item.value.type === 'Word') around.note({ name: item.name, at: nameAt, valueAt: around.place(item.value.pos, item.value.end), value: read });
  return property(around.place(item.pos, item.end), identifier(nameAt, item.name), read, false);
}

/** `env NAME=value command` */
function environmentWord(around: Surroundings, word: Word): Node {
  const at = around.place(word.pos, word.end);
  const name = /^\w+/.exec(word.value)?.[0] ?? '';
  const text = plainText(word);
  return property(at, identifier(at, name), text === undefined ? opaque(at, [readWord(around, word)]) : literal(at, text.slice(name.length + 1)), false);
}

interface Keywords { readonly at: Span; readonly stdin: Node | undefined; readonly stdout: Node | undefined; readonly environment: readonly Node[] }

function keywordsOf({ at, stdin, stdout, environment }: Keywords): Node[] {
  const properties = [
    ...(stdin ? [keyword(stdin.range as Span, 'stdin', stdin)] : []),
    ...(stdout ? [keyword(stdout.range as Span, 'stdout', stdout)] : []),
    ...(environment.length > 0 ? [keyword(at, 'environment', object(at, environment))] : []),
  ];
  return properties.length > 0 ? [makeNode('ObjectExpression', at, { properties, keywords: true })] : [];
}

function keyword(at: Span, name: string, value: Node): Node {
  return property(at, identifier(at, name), value, false);
}

/** Where a command reads from and prints to; `values`: what else is named there. */
export interface Redirects { readonly stdin?: Node; readonly stdout?: Node; readonly values: readonly Node[] }

export function redirectionsOf(around: Surroundings, items: readonly Redirection[]): Redirects {
  const found: { stdin?: Node; stdout?: Node; values: Node[] } = { values: [] };
  for (const item of items) {
    if (item.type === 'HereDoc') found.stdin = readText(around, item.body.text, item.delimiter?.quoted === true ? undefined : item.body.parts, around.place(item.body.pos, item.body.end));
    else if (item.type === 'HereString') found.stdin = readWord(around, item.target);
    else if (item.target && /^(?:>|>>|>\||&>|&>>)$/.test(item.operator) && !isOtherDescriptor(item)) found.stdout = readWord(around, item.target);
    // What a file holds is not known here.
    else if (item.target && item.operator === '<') found.stdin = opaque(around.place(item.pos, item.end), [readWord(around, item.target)]);
    else if (item.target) found.values.push(readWord(around, item.target));
  }
  return found;
}

/** `2>` goes elsewhere than what the command prints. */
function isOtherDescriptor(item: Extract<Redirection, { type: 'Redirect' }>): boolean {
  return item.descriptor?.type === 'FileDescriptor' && item.descriptor.value !== 1;
}
