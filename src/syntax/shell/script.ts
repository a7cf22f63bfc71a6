import { createRequire } from 'node:module';
import type { Assignment, Command, CommandNode, CompoundList, ParsedScript, PipelineNode, Redirection, Statement, SyntaxNode, TestExpression, Word } from 'unbash';
import { array, block, call, globalName, identifier, literal, makeNode, member, methodCall, opaque, spread, statement, template } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Comment } from '../module-summary.ts';
import type { Span } from '../span.ts';
import { conditionOf, conditionOfList, negated } from './conditions.ts';
import { curlOptions } from './curl-config.ts';
import { baseName, isListing, scriptArgument, unwrapped } from './command-words.ts';
import { argumentNames, plainText, readArgument, readText, readWord, type Surroundings } from './words.ts';

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
 * `environment`. A call is a statement where what it prints goes where the script's output goes, and a value where something takes it. Functions and variables of the script are functions and variables; `$1` is the first parameter.
 */
export function translateShell(text: string, place: Place, depth = 0): TranslatedScript {
  const { parse } = require('unbash') as Unbash;
  const script = parse(text);
  return new ShellTranslator(text, script, place, depth).translate(script);
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
const declaring = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);

class ShellTranslator implements Surroundings {
  readonly #text: string;
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
  /** How many arguments `shift` has taken away, as far as every way through the script does. */
  #shifted = 0;
  /** How many pipes and substitutions around take what a command prints. */
  #captures = 0;
  /** The file that the output of a group goes to. */
  #stdout: Node | undefined;

  constructor(text: string, script: ParsedScript, place: Place, depth: number) {
    this.#text = text;
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

  argument(index: number): string {
    return String(index + this.#shifted);
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
    const variable = variableOfPipeline(script);
    if (variable !== undefined) return member(at, globalName(at, 'shell:env'), variable);
    const values = this.#capturing(() => script.commands.map((each) => this.#value(each.command)));
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
    // What only some ways through the script take away is not counted.
    const shifted = this.#shifted;
    const performed = this.#performAny(node);
    if (/^(?:AndOr|If|For|Select|While|ArithmeticFor|Case|Subshell)$/.test(node.type)) this.#shifted = shifted;
    return performed;
  }

  #performAny(node: Statement['command']): Node[] {
    const at = this.place(node.pos, node.end);
    switch (node.type) {
      case 'AndOr': {
        const [first, second, ...others] = node.commands;
        const isOneKind = node.operators.every((each) => each === node.operators[0]);
        const test = conditionOf(this, first);
        const when = (condition: Node, commands: readonly PipelineNode[]): Node => makeNode('IfStatement', at, { test: condition, consequent: block(this.place(commands[0]?.pos ?? node.pos, commands.at(-1)?.end ?? node.end), commands.flatMap((each) => this.#perform(each))) });
        const performed = first ? this.#perform(first) : [];
        // In `a && b && c` all follow from the first; in `a || b || c` and `a && b || c` only the second does.
        const following = second ? [second, ...(isOneKind && node.operators[0] === '&&' ? others : [])] : [];
        const isLater = following.length < 1 + others.length;
        return [...performed, when(node.operators[0] === '||' ? negated(test) : test, following), ...(isLater ? [when(opaque([at[0], at[0]]), others)] : [])];
      }
      case 'Pipeline':
        return [this.#performed(at, this.#pipeline(node.commands, at))];
      case 'Command':
        return this.#command(node);
      case 'If': {
        const clauses = [node, ...node.elif];
        const tests = clauses.map((each) => conditionOfList(this, each.clause));
        const performed = clauses.flatMap((each, index) => [...this.#list(each.clause), makeNode('IfStatement', at, { test: tests[index], consequent: block(this.place(each.then.pos, each.then.end), this.#list(each.then)) })]);
        const [first] = tests;
        return node.else && first ? [...performed, makeNode('IfStatement', at, { test: negated(first), consequent: block(this.place(node.else.pos, node.else.end), this.#list(node.else)) })] : performed;
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
        return this.#redirected(node, at);
      case 'Coproc':
        return node.body.type === 'CompoundList' ? this.#list(node.body) : this.#perform(node.body);
      case 'TestCommand':
        return [opaque(at, wordsOf(node.expression).map((word) => readWord(this, word)))];
      case 'ArithmeticCommand':
        return [];
    }
  }

  /** `{ …; } > file`: each of the commands writes there. */
  #redirected(node: Extract<Statement['command'], { type: 'Redirected' }>, at: Span): Node[] {
    const { stdout, stdin, values } = this.#redirections(node.redirects);
    const outer = this.#stdout;
    if (stdout) this.#stdout = stdout;
    const performed = this.#perform(node.command);
    this.#stdout = outer;
    return [...performed, opaque(at, [...(stdin ? [stdin] : []), ...values])];
  }

  /** A command as the value that it prints. */
  #value(node: PipelineNode | Statement['command']): Node {
    const at = this.place(node.pos, node.end);
    if (node.type === 'Command') return this.#call(node) ?? opaque(at, this.#command(node));
    if (node.type === 'Pipeline') return this.#pipeline(node.commands, at);
    const printed = node.type === 'Subshell' || node.type === 'BraceGroup' ? node.body.commands.map((each) => each.command) : [];
    // What a group prints is what its commands print one after the other.
    if (printed.length > 0 && printed.every((each) => isPrinting(each))) return template(at, printed.map((each) => this.#value(each)));
    return this.#capturing(() => opaque(at, this.#perform(node)));
  }

  /** Each command is given what the one before it prints. */
  #pipeline(commands: readonly CommandNode[], at: Span): Node {
    let given: Node | undefined;
    commands.forEach((command, index) => {
      const before: Node | undefined = given;
      const isLast = index === commands.length - 1;
      given = command.type === 'Command' ? this.#call(command, before) : undefined;
      if (given) return;
      const perform = (): Node => opaque(this.place(command.pos, command.end), [...(before ? [before] : []), ...this.#perform(command)]);
      given = isLast ? perform() : before ? this.#capturing(perform) : this.#value(command);
    });
    return given ? { ...(given as Node), range: [at[0], at[1]] } : opaque(at);
  }

  /** Reads commands whose output something else takes: a pipe, `$(…)`. */
  #capturing<T>(read: () => T): T {
    this.#captures += 1;
    const result = read();
    this.#captures -= 1;
    return result;
  }

  /** A command whose output goes where the script's goes, unless something around it takes it: then its call is no statement. */
  #performed(at: Span, made: Node): Node {
    return this.#captures > 0 ? opaque(at, [made]) : statement(at, made);
  }

  #command(command: Command): Node[] {
    const at = this.place(command.pos, command.end);
    const name = plainText(command.name);
    if (name === undefined && !command.name) return command.prefix.flatMap((item) => (item.type === 'Assignment' ? this.#assign(item, undefined) : [opaque(at, this.#redirections([item]).values)]));
    if (name !== undefined && declaring.has(name) && !isListing(command)) return this.#declare(command, name);
    if ((name === 'source' || name === '.') && command.suffix[0]?.type === 'Word') {
      const path = plainText(command.suffix[0]);
      if (path !== undefined) return [makeNode('ImportDeclaration', at, { source: literal(at, path), specifiers: [] })];
    }
    if (name === 'shift') {
      const [count] = command.suffix;
      this.#shifted += count?.type === 'Word' ? Number.parseInt(count.value, 10) || 0 : 1;
      return [];
    }
    const inner = this.#innerScript(command, name);
    if (inner) return inner;
    const made = this.#call(command);
    return made ? [this.#performed(at, made)] : [];
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
    const [captures, stdout, shifted] = [this.#captures, this.#stdout, this.#shifted];
    this.#shifted = 0;
    this.#captures = 0;
    this.#stdout = undefined;
    this.#locals.push(new Set());
    const read = body.type === 'CompoundList' ? this.#list(body) : this.#perform(body);
    this.#locals.pop();
    this.#captures = captures;
    this.#stdout = stdout;
    this.#shifted = shifted;
    const last = read.at(-1);
    // What the last command prints is what `$(name)` gives.
    const printed = last?.type === 'ExpressionStatement' && last['expression'].type === 'CallExpression' ? makeNode('ReturnStatement', last.range as Span, { argument: last['expression'] }) : last;
    const params = argumentNames.map((each) => identifier([at[0], at[0]], each));
    return makeNode('FunctionDeclaration', at, {
      id: identifier(this.place(name.pos, name.end), name.value), params, body: block(at, printed ? [...read.slice(0, -1), printed] : []), async: false,
    });
  }

  /** `bash -c '…'`, `docker exec x sh -c "…"`, `eval "…"`: a script in a word. */
  #innerScript(command: Command, name: string | undefined): Node[] | undefined {
    if (name === undefined || this.#depth > maxDepth) return undefined;
    const words = [command.name as Word, ...command.suffix.filter((item): item is Word => item.type === 'Word')];
    const script = baseName(name) === 'eval' ? words[1] : scriptArgument(words);
    const [quoted] = script?.parts ?? [];
    if (!script || script.parts?.length !== 1 || (quoted?.type !== 'SingleQuoted' && quoted?.type !== 'DoubleQuoted')) return undefined;
    const start = quoted.pos + 1;
    const text = this.#text.slice(start, Math.max(start, quoted.end - 1));
    // Escapes would have to be undone, which moves what stands behind them.
    if (quoted.type === 'DoubleQuoted' && /[\\`]/.test(text)) return undefined;
    // The shell around expands variables, whatever quotes the inner one sees about them.
    const inner = translateShell(quoted.type === 'DoubleQuoted' ? text.replaceAll("'", '"') : text, (from, to) => this.place(start + from, start + to), this.#depth + 1);
    this.#assignments.push(...inner.assignments);
    return this.#captures > 0 ? [opaque(this.place(command.pos, command.end), inner.body)] : [...inner.body];
  }

  /** A command with a name as a call. */
  #call(command: Command, piped?: Node): Node | undefined {
    const at = this.place(command.pos, command.end);
    if (!command.name) return undefined;
    const words = [command.name, ...command.suffix.filter((item): item is Word => item.type === 'Word')];
    const assigned = [...command.prefix, ...command.suffix].filter((item): item is Assignment => item.type === 'Assignment');
    const wrapped = unwrapped(words);
    const environment = [...assigned.map((item) => this.#environmentEntry(item)), ...wrapped.assigned.map((word) => this.#environmentWord(word))];
    const redirections = [...command.prefix, ...command.suffix].filter((item): item is Redirection => item.type !== 'Word' && item.type !== 'Assignment');
    const redirects = this.#redirections(redirections);
    const [first, ...args] = wrapped.words;
    const given = this.#keywords(at, redirects, environment, piped);
    const callee = this.#callee(first ?? command.name);
    return { ...call(at, callee, [...args.map((word) => readArgument(this, word)), ...this.#optionsOfCurl(wrapped.words, redirections), ...given]), others: redirects.values };
  }

  /** `curl -K - <<END`: the options that it is given as a text. */
  #optionsOfCurl([name, ...words]: readonly Word[], redirections: readonly Redirection[]): Node[] {
    if (!name || baseName(name.value) !== 'curl' || !words.some((word) => /^(?:-|@-|\/dev\/stdin|-K-|--config=-)$/.test(word.value))) return [];
    if (!words.some((word) => /^(?:-K|--config\b)/.test(word.value))) return [];
    return redirections.flatMap((item) => (item.type === 'HereDoc' ? curlOptions(item.body.text, (start, end) => this.place(item.body.pos + start, item.body.pos + end)) : []));
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
    const stdout = redirects.stdout ?? (this.#captures > 0 ? undefined : this.#stdout);
    const properties = [
      ...(stdin ? [property(stdin.range as Span, identifier(stdin.range as Span, 'stdin'), stdin)] : []),
      ...(stdout ? [property(stdout.range as Span, identifier(stdout.range as Span, 'stdout'), stdout)] : []),
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

/** `$(HILT_API_KEY)`: a variable of Azure Pipelines, which is filled in before the shell runs. No command has such a name. */
function variableOfPipeline({ commands }: ParsedScript): string | undefined {
  const command = commands.length === 1 ? commands[0]?.command : undefined;
  if (command?.type !== 'Command' || command.suffix.length > 0 || command.prefix.length > 0) return undefined;
  const name = plainText(command.name);
  return name !== undefined && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) ? name : undefined;
}

/** A command that is worth following for what it prints. */
function isPrinting(node: Statement['command']): boolean {
  return node.type === 'Pipeline' || (node.type === 'Command' && node.name !== undefined && !declaring.has(node.name.value));
}

interface Redirects { readonly stdin?: Node; readonly stdout?: Node; readonly values: readonly Node[] }

/** `2>` goes elsewhere than what the command prints. */
function isOtherDescriptor(item: Extract<Redirection, { type: 'Redirect' }>): boolean {
  return item.descriptor?.type === 'FileDescriptor' && item.descriptor.value !== 1;
}

function property(at: Span, key: Node, value: Node): Node {
  return makeNode('Property', at, { key, value, computed: false, kind: 'init' });
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
