import { createRequire } from 'node:module';
import type { Assignment, Command, CommandNode, CompoundList, ParsedScript, PipelineNode, Redirection, Statement, SyntaxNode, TestExpression, Word } from 'unbash';
import { array, block, call, globalName, identifier, literal, makeNode, methodCall, opaque, spread, statement } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Comment } from '../module-summary.ts';
import type { Span } from '../span.ts';
import { plainText, readArgument, readText, readWord, type Surroundings } from './words.ts';

// A commit without a shell script must not pay for its parser.
const require = createRequire(import.meta.url);
type Unbash = typeof import('unbash');

/** An assignment of a script, for whoever looks for declarations. */
export interface ShellAssignment { readonly name: string; readonly at: Span; readonly valueAt: Span; readonly value: Node }

export interface TranslatedScript {
  readonly body: readonly Node[];
  readonly assignments: readonly ShellAssignment[];
  readonly hasErrors: boolean;
}

/** Where `[start, end)` of the shell's text stands in the file. */
export type Place = (start: number, end: number) => Span;

/** Scripts inside scripts that are followed. */
const maxDepth = 24;

/**
 * Translates shell text into ESTree statements. A command is a call of the global `shell:<command>` with its words; what it is
 * given beside them is one last object (`ObjectValue.keywords`): `stdin` (a pipe, a heredoc, a file), `stdout` (the file it goes to) and
 * `environment`. Functions and variables of the script are functions and variables; `$1` is the first parameter.
 */
export function translateShell(text: string, place: Place, depth = 0): TranslatedScript {
  const { parse } = require('unbash') as Unbash;
  const script = parse(text);
  return new ShellTranslator(script, place, depth).translate(script);
}

/** The comments of a script: a `#` at the start of a word, outside quotes and heredocs. */
export function commentsOf(text: string, strings: readonly Span[]): Comment[] {
  const comments: Comment[] = [];
  let next = 0;
  for (const match of text.matchAll(/(?:^|[\s;&|()])(#[^\n]*)/g)) {
    const start = match.index + match[0].length - (match[1] ?? '').length;
    while ((strings[next]?.[1] ?? Infinity) <= start) next += 1;
    const string = strings[next];
    if (string && string[0] <= start) continue;
    comments.push({ text: (match[1] ?? '').slice(1), at: [start, start + (match[1] ?? '').length], block: false });
  }
  return comments;
}

/** Assignments of one variable that are followed: a variable that is built up in branches and loops may hold anything. */
const maxAssignments = 5;
/** Commands that run the command in their arguments. */
const wrappers = new Set(['sudo', 'command', 'exec', 'nohup', 'time', 'builtin', 'env', 'xargs', 'timeout', 'nice', 'doas', 'npx', 'retry']);
const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash']);
const declaring = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);

class ShellTranslator implements Surroundings {
  readonly #place: Place;
  readonly #depth: number;
  readonly #assignments: ShellAssignment[] = [];
  /** Where each variable is first set. */
  readonly #firstSet = new Map<string, number>();
  readonly #timesSet = new Map<string, number>();
  readonly #functions = new Set<string>();
  /** Names that `local` made, of the functions around. */
  readonly #locals: Set<string>[] = [];
  #hasErrors: boolean;

  constructor(script: ParsedScript, place: Place, depth: number) {
    this.#place = place;
    this.#depth = depth;
    this.#hasErrors = (script.errors?.length ?? 0) > 0;
    this.#survey(script);
  }

  translate(script: ParsedScript): TranslatedScript {
    const names = [...this.#firstSet.keys()].map((name) => makeNode('VariableDeclarator', [0, 0], { id: identifier([0, 0], name) }));
    const declared = names.length > 0 ? [makeNode('VariableDeclaration', [0, 0], { kind: 'var', declarations: names })] : [];
    const body = [...declared, ...this.#statements(script.commands)];
    return { body, assignments: this.#assignments, hasErrors: this.#hasErrors };
  }

  place(start: number, end: number): Span {
    return this.#place(start, end);
  }

  isFollowed(name: string): boolean {
    return (this.#timesSet.get(name) ?? 0) <= maxAssignments;
  }

  isSet(name: string, position: number): boolean {
    if (this.#locals.some((names) => names.has(name))) return true;
    const first = this.#firstSet.get(name);
    return first !== undefined && (position >= first || this.#locals.length > 0);
  }

  output(script: ParsedScript | undefined, at: Span, hasOwnText: boolean): Node {
    if (!script || script.commands.length === 0) return opaque(at);
    if (script.errors) this.#hasErrors = true;
    // Escaped backticks are a text of their own, which stands nowhere as it is.
    if (hasOwnText) return opaque(at);
    const values = script.commands.map((each) => this.#value(each.command));
    const last = values.at(-1) as Node;
    return values.length === 1 ? { ...last, range: [at[0], at[1]] } : makeNode('SequenceExpression', at, { expressions: values });
  }

  /** Which names the script sets, and which functions it has, before anything is read. */
  #survey(script: ParsedScript): void {
    const { forEachChild } = require('unbash') as Unbash;
    const queue: SyntaxNode[] = [script];
    for (let node = queue.pop(); node; node = queue.pop()) {
      if (node.type === 'Function' && node.name.value !== '') this.#functions.add(node.name.value);
      if (node.type === 'Command') this.#surveyCommand(node);
      if (node.type === 'For' || node.type === 'Select') this.#note(node.name.value, node.name.end);
      forEachChild(node, (child) => void queue.push(child));
    }
  }

  #surveyCommand(command: Command): void {
    const name = plainText(command.name);
    if (name === undefined || declaring.has(name)) {
      const set = [...(name === undefined ? command.prefix : []), ...command.suffix];
      if (name !== 'local') for (const item of set) if (item.type === 'Assignment') this.#note(item.name, item.end);
    }
    if (name === 'read' || name === 'mapfile' || name === 'readarray') {
      for (const word of command.suffix) if (word.type === 'Word' && /^[A-Za-z_]\w*$/.test(word.value)) this.#note(word.value, word.end);
    }
  }

  #note(name: string, position: number): void {
    const known = this.#firstSet.get(name);
    this.#timesSet.set(name, (this.#timesSet.get(name) ?? 0) + 1);
    if (/^[A-Za-z_]\w*$/.test(name) && (known === undefined || position < known)) this.#firstSet.set(name, position);
  }

  #statements(statements: readonly Statement[]): Node[] {
    return statements.flatMap(({ command }) => this.#perform(command));
  }

  #list(list: CompoundList | undefined): Node[] {
    return list ? this.#statements(list.commands) : [];
  }

  /** A command as statements. */
  #perform(node: Statement['command']): Node[] {
    const at = this.place(node.pos, node.end);
    switch (node.type) {
      case 'AndOr': {
        const [first, ...others] = node.commands;
        const rest = others.flatMap((each) => this.#perform(each));
        return [...(first ? this.#perform(first) : []), makeNode('IfStatement', at, { test: opaque([at[0], at[0]]), consequent: block(at, rest) })];
      }
      case 'Pipeline':
        return [statement(at, this.#pipeline(node.commands, at))];
      case 'Command':
        return this.#command(node);
      case 'If': {
        const clauses = [node, ...node.elif].map((each) => block(at, [...this.#list(each.clause), makeNode('IfStatement', at, { test: opaque([at[0], at[0]]), consequent: block(at, this.#list(each.then)) })]));
        return [...clauses, makeNode('IfStatement', at, { test: opaque([at[0], at[0]]), consequent: block(at, this.#list(node.else)) })];
      }
      case 'For':
      case 'Select':
        return [this.#for(node.name, node.wordlist, node.body, at)];
      case 'While':
        return [makeNode('WhileStatement', at, { test: opaque([at[0], at[0]]), body: block(at, [...this.#list(node.clause), ...this.#list(node.body)]) })];
      case 'ArithmeticFor':
        return [makeNode('WhileStatement', at, { test: opaque([at[0], at[0]]), body: block(at, this.#list(node.body)) })];
      case 'Case':
        return [makeNode('IfStatement', at, { test: opaque(at, [readWord(this, node.word)]), consequent: block(at, node.items.flatMap((item) => this.#list(item.body))) })];
      case 'Subshell':
      case 'BraceGroup':
        return this.#list(node.body);
      case 'Function':
        return [this.#function(node.name, node.body, at)];
      case 'Redirected':
        return [...this.#perform(node.command), opaque(at, this.#redirections(node.redirects).values)];
      case 'Coproc':
        return node.body.type === 'CompoundList' ? this.#list(node.body) : this.#perform(node.body);
      case 'TestCommand':
        return [opaque(at, wordsOf(node.expression).map((word) => readWord(this, word)))];
      case 'ArithmeticCommand':
        return [];
    }
  }

  /** A command as the value that it prints. */
  #value(node: PipelineNode | Statement['command']): Node {
    const at = this.place(node.pos, node.end);
    if (node.type === 'Command') return this.#call(node) ?? opaque(at, this.#command(node));
    if (node.type === 'Pipeline') return this.#pipeline(node.commands, at);
    return opaque(at, this.#perform(node));
  }

  /** Each command is given what the one before it prints. */
  #pipeline(commands: readonly CommandNode[], at: Span): Node {
    let given: Node | undefined;
    for (const command of commands) {
      const before: Node | undefined = given;
      given = command.type === 'Command' ? this.#call(command, before) : undefined;
      given ??= opaque(this.place(command.pos, command.end), [...(before ? [before] : []), ...this.#perform(command)]);
    }
    return given ? { ...given, range: [at[0], at[1]] } : opaque(at);
  }

  #command(command: Command): Node[] {
    const at = this.place(command.pos, command.end);
    const name = plainText(command.name);
    if (name === undefined && !command.name) return command.prefix.flatMap((item) => (item.type === 'Assignment' ? this.#assign(item, undefined) : [opaque(at, this.#redirections([item]).values)]));
    if (name !== undefined && declaring.has(name)) return this.#declare(command, name);
    if ((name === 'source' || name === '.') && command.suffix[0]?.type === 'Word') {
      const path = plainText(command.suffix[0]);
      if (path !== undefined) return [makeNode('ImportDeclaration', at, { source: literal(at, path), specifiers: [] })];
    }
    const inner = this.#innerScript(command, name);
    if (inner) return inner;
    const made = this.#call(command);
    return made ? [statement(at, made)] : [];
  }

  #declare(command: Command, name: string): Node[] {
    const isLocal = name === 'local' || (name !== 'export' && this.#locals.length > 0);
    return command.suffix.flatMap((item) => {
      if (item.type === 'Assignment') return this.#assign(item, isLocal ? this.#locals.at(-1) : undefined);
      if (item.type === 'Word') {
        if (isLocal && /^[A-Za-z_]\w*$/.test(item.value)) this.#locals.at(-1)?.add(item.value);
        return item.parts ? [opaque(this.place(item.pos, item.end), [readWord(this, item)])] : [];
      }
      return [];
    });
  }

  #assign(assignment: Assignment, locals: Set<string> | undefined): Node[] {
    const { name, value, append, index } = assignment;
    const at = this.place(assignment.pos, assignment.end);
    const nameAt = this.place(assignment.pos, assignment.pos + name.length);
    const read = value.type === 'Word' ? readWord(this, value) : array(at, value.elements.map((word) => readArgument(this, word)));
    if (value.type === 'Word') this.#assignments.push({ name, at: nameAt, valueAt: this.place(value.pos, value.end), value: read });
    const id = identifier(nameAt, name);
    if (index) {
      const left = makeNode('MemberExpression', nameAt, { object: id, property: readWord(this, index), computed: true });
      return [statement(at, makeNode('AssignmentExpression', at, { operator: '=', left, right: read }))];
    }
    if (append && value.type === 'ArrayValue') return [statement(at, methodCall(at, id, 'push', [spread(at, read)]))];
    if (locals && !locals.has(name) && !append) {
      locals.add(name);
      return [makeNode('VariableDeclaration', at, { kind: 'var', declarations: [makeNode('VariableDeclarator', at, { id, init: read })] })];
    }
    return [statement(at, makeNode('AssignmentExpression', at, { operator: append ? '+=' : '=', left: id, right: read }))];
  }

  #for(name: Word, words: readonly Word[] | undefined, body: CompoundList, at: Span): Node {
    const list = array(at, (words ?? []).map((word) => readArgument(this, word)));
    const item = methodCall(at, list, 'find', []);
    const assigned = statement(at, makeNode('AssignmentExpression', [at[0], at[0]], { operator: '=', left: identifier(this.place(name.pos, name.end), name.value), right: item }));
    return makeNode('WhileStatement', at, { test: opaque([at[0], at[0]]), body: block(at, [assigned, ...this.#list(body)]) });
  }

  #function(name: Word, body: Extract<CommandNode, { type: 'Function' }>['body'], at: Span): Node {
    this.#locals.push(new Set());
    const read = body.type === 'CompoundList' ? this.#list(body) : this.#perform(body);
    this.#locals.pop();
    const last = read.at(-1);
    // What the last command prints is what `$(name)` gives.
    const printed = last?.type === 'ExpressionStatement' && last['expression'].type === 'CallExpression' ? makeNode('ReturnStatement', last.range as Span, { argument: last['expression'] }) : last;
    const params = '123456789'.split('').map((each) => identifier([at[0], at[0]], each));
    return makeNode('FunctionDeclaration', at, {
      id: identifier(this.place(name.pos, name.end), name.value), params, body: block(at, printed ? [...read.slice(0, -1), printed] : []), async: false,
    });
  }

  /** `bash -c '…'`: a script in a word that stands as it is. */
  #innerScript(command: Command, name: string | undefined): Node[] | undefined {
    if (name === undefined || !shells.has(baseName(name)) || this.#depth > maxDepth) return undefined;
    const words = command.suffix.filter((item): item is Word => item.type === 'Word');
    const flag = words.findIndex((word) => /^-[a-z]*c$/.test(word.value));
    const script = flag < 0 ? undefined : words[flag + 1];
    const [quoted] = script?.parts ?? [];
    if (!script || script.parts?.length !== 1 || quoted?.type !== 'SingleQuoted') return undefined;
    const start = quoted.pos + 1;
    const inner = translateShell(quoted.value, (from, to) => this.place(start + from, start + to), this.#depth + 1);
    this.#assignments.push(...inner.assignments);
    return [...inner.body];
  }

  /** A command with a name as a call. */
  #call(command: Command, piped?: Node): Node | undefined {
    const at = this.place(command.pos, command.end);
    if (!command.name) return undefined;
    const words = [command.name, ...command.suffix.filter((item): item is Word => item.type === 'Word')];
    const assigned = [...command.prefix, ...command.suffix].filter((item): item is Assignment => item.type === 'Assignment');
    const wrapped = unwrapped(words);
    const environment = [...assigned.map((item) => this.#environmentEntry(item)), ...wrapped.assigned.map((word) => this.#environmentWord(word))];
    const redirects = this.#redirections([...command.prefix, ...command.suffix].filter((item): item is Redirection => item.type !== 'Word' && item.type !== 'Assignment'));
    const [first, ...args] = wrapped.words;
    const given = this.#keywords(at, redirects, environment, piped);
    const callee = this.#callee(first ?? command.name);
    return { ...call(at, callee, [...args.map((word) => readArgument(this, word)), ...given]), others: redirects.values };
  }

  #callee(name: Word): Node {
    const at = this.place(name.pos, name.end);
    const text = plainText(name);
    if (text === undefined) return makeNode('Opaque', at, { parts: [readWord(this, name)] });
    return this.#functions.has(text) && !this.#firstSet.has(text) ? identifier(at, text) : globalName(at, `shell:${baseName(text)}`);
  }

  #environmentEntry(item: Assignment): Node {
    const read = item.value.type === 'Word' ? readWord(this, item.value) : opaque(this.place(item.pos, item.end));
    const nameAt = this.place(item.pos, item.pos + item.name.length);
    if (item.value.type === 'Word') this.#assignments.push({ name: item.name, at: nameAt, valueAt: this.place(item.value.pos, item.value.end), value: read });
    return property(this.place(item.pos, item.end), identifier(nameAt, item.name), read);
  }

  /** `env NAME=value command` */
  #environmentWord(word: Word): Node {
    const at = this.place(word.pos, word.end);
    const name = /^\w+/.exec(word.value)?.[0] ?? '';
    const text = plainText(word);
    return property(at, identifier(at, name), text === undefined ? opaque(at, [readWord(this, word)]) : literal(at, text.slice(name.length + 1)));
  }

  #keywords(at: Span, redirects: Redirects, environment: readonly Node[], piped: Node | undefined): Node[] {
    const stdin = redirects.stdin ?? piped;
    const properties = [
      ...(stdin ? [property(stdin.range as Span, identifier(stdin.range as Span, 'stdin'), stdin)] : []),
      ...(redirects.stdout ? [property(redirects.stdout.range as Span, identifier(redirects.stdout.range as Span, 'stdout'), redirects.stdout)] : []),
      ...(environment.length > 0 ? [property(at, identifier(at, 'environment'), makeNode('ObjectExpression', at, { properties: environment }))] : []),
    ];
    return properties.length > 0 ? [makeNode('ObjectExpression', at, { properties, keywords: true })] : [];
  }

  #redirections(items: readonly Redirection[]): Redirects {
    const found: { stdin?: Node; stdout?: Node; values: Node[] } = { values: [] };
    for (const item of items) {
      if (item.type === 'HereDoc') found.stdin = readText(this, item.body.text, item.delimiter?.quoted === true ? undefined : item.body.parts, this.place(item.body.pos, item.body.end));
      else if (item.type === 'HereString') found.stdin = readWord(this, item.target);
      else if (item.target && /^(?:>|>>|>\||&>|&>>)$/.test(item.operator) && !isOtherDescriptor(item)) found.stdout = readWord(this, item.target);
      // What a file holds is not known here.
      else if (item.target && item.operator === '<') found.stdin = opaque(this.place(item.pos, item.end), [readWord(this, item.target)]);
      else if (item.target) found.values.push(readWord(this, item.target));
    }
    return found;
  }
}

interface Redirects { readonly stdin?: Node; readonly stdout?: Node; readonly values: readonly Node[] }

/** `2>` goes elsewhere than what the command prints. */
function isOtherDescriptor(item: Extract<Redirection, { type: 'Redirect' }>): boolean {
  return item.descriptor?.type === 'FileDescriptor' && item.descriptor.value !== 1;
}

function property(at: Span, key: Node, value: Node): Node {
  return makeNode('Property', at, { key, value, computed: false, kind: 'init' });
}

/** Without `sudo`, `env A=b`, `timeout 30` and their kin in front. */
function unwrapped(words: readonly Word[]): { words: readonly Word[]; assigned: readonly Word[] } {
  const assigned: Word[] = [];
  let at = 0;
  while (wrappers.has(baseName(plainText(words[at]) ?? '')) && at < words.length - 1) {
    let next = at + 1;
    for (; next < words.length; next += 1) {
      const text = words[next]?.value ?? '';
      if (/^[A-Za-z_]\w*=/.test(text)) assigned.push(words[next] as Word);
      else if (!/^-|^\d+[smh]?$/.test(text)) break;
    }
    if (next >= words.length) break;
    at = next;
  }
  return { words: words.slice(at), assigned };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function wordsOf(expression: TestExpression): Word[] {
  switch (expression.type) {
    case 'TestUnary':
      return [expression.operand];
    case 'TestBinary':
      return [expression.left, expression.right];
    case 'TestLogical':
      return expression.operands.flatMap(wordsOf);
    case 'TestNot':
      return wordsOf(expression.operand);
    case 'TestGroup':
      return wordsOf(expression.expression);
  }
}
