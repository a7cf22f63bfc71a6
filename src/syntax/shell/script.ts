import { createRequire } from 'node:module';
import type { Assignment, Command, CommandNode, CompoundList, ParsedScript, PipelineNode, Statement, TestExpression, Word } from 'unbash';
import { array, assignment, block, globalName, identifier, literal, makeNode, member, methodCall, opaque, spread, statement, template } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import { conditionOf, conditionOfList, negated } from './conditions.ts';
import { readCall, redirectionsOf, type CallSurroundings, type ShellAssignment } from './command-call.ts';
import { declaring, isListing, scriptArgument } from './command-words.ts';
import { surveyOf, type Survey } from './survey.ts';
import { argumentNames, plainText, readArgument, readWord } from './words.ts';
import { baseName } from '../../sources/base-name.ts';

// A commit without a shell script must not pay for its parser.
const require = createRequire(import.meta.url);
type Unbash = typeof import('unbash');

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

/** Assignments of one variable that are followed: a variable that is built up in branches and loops may hold anything. */
const maxAssignments = 5;

class ShellTranslator implements CallSurroundings {
  readonly #text: string;
  readonly #place: Place;
  readonly #depth: number;
  readonly #assignments: ShellAssignment[] = [];
  readonly #survey: Survey;
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
    this.#survey = surveyOf(script);
  }

  translate(script: ParsedScript): TranslatedScript {
    const names = [...this.#survey.firstSet.keys()].map((name) => makeNode('VariableDeclarator', [0, 0], { id: identifier([0, 0], name) }));
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
    return (this.#survey.timesSet.get(name) ?? 0) <= maxAssignments;
  }

  isSet(name: string, position: number): boolean {
    if (this.#locals.some((names) => names.has(name))) return true;
    const first = this.#survey.firstSet.get(name);
    return first !== undefined && (position >= first || this.#locals.length > 0);
  }

  isFunction(name: string): boolean {
    return this.#survey.functions.has(name) && !this.#survey.firstSet.has(name);
  }

  get stdout(): Node | undefined {
    return this.#captures > 0 ? undefined : this.#stdout;
  }

  note(assignment: ShellAssignment): void {
    this.#assignments.push(assignment);
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
      case 'AndOr':
        return this.#andOr(node, at);
      case 'Pipeline':
        return [this.#performed(at, this.#pipeline(node.commands, at))];
      case 'Command':
        return this.#command(node);
      case 'If':
        return this.#if(node, at);
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

  /** In `a && b && c` all follow from the first; in `a || b || c` and `a && b || c` only the second does. */
  #andOr(node: Extract<Statement['command'], { type: 'AndOr' }>, at: Span): Node[] {
    const [first, second, ...others] = node.commands;
    const isOneKind = node.operators.every((each) => each === node.operators[0]);
    const test = conditionOf(this, first);
    const when = (condition: Node, commands: readonly PipelineNode[]): Node => makeNode('IfStatement', at, { test: condition, consequent: block(this.place(commands[0]?.pos ?? node.pos, commands.at(-1)?.end ?? node.end), commands.flatMap((each) => this.#perform(each))) });
    const performed = first ? this.#perform(first) : [];
    const following = second ? [second, ...(isOneKind && node.operators[0] === '&&' ? others : [])] : [];
    const isLater = following.length < 1 + others.length;
    return [...performed, when(node.operators[0] === '||' ? negated(test) : test, following), ...(isLater ? [when(opaque([at[0], at[0]]), others)] : [])];
  }

  #if(node: Extract<Statement['command'], { type: 'If' }>, at: Span): Node[] {
    const clauses = [node, ...node.elif];
    const tests = clauses.map((each) => conditionOfList(this, each.clause));
    const performed = clauses.flatMap((each, index) => [...this.#list(each.clause), makeNode('IfStatement', at, { test: tests[index], consequent: block(this.place(each.then.pos, each.then.end), this.#list(each.then)) })]);
    const [first] = tests;
    return node.else && first ? [...performed, makeNode('IfStatement', at, { test: negated(first), consequent: block(this.place(node.else.pos, node.else.end), this.#list(node.else)) })] : performed;
  }

  /** `{ …; } > file`: each of the commands writes there. */
  #redirected(node: Extract<Statement['command'], { type: 'Redirected' }>, at: Span): Node[] {
    const { stdout, stdin, values } = redirectionsOf(this, node.redirects);
    const outer = this.#stdout;
    if (stdout) this.#stdout = stdout;
    const performed = this.#perform(node.command);
    this.#stdout = outer;
    return [...performed, opaque(at, [...(stdin ? [stdin] : []), ...values])];
  }

  /** A command as the value that it prints. */
  #value(node: PipelineNode | Statement['command']): Node {
    const at = this.place(node.pos, node.end);
    if (node.type === 'Command') return readCall(this, node) ?? opaque(at, this.#command(node));
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
      given = command.type === 'Command' ? readCall(this, command, before) : undefined;
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
    if (name === undefined && !command.name) return command.prefix.flatMap((item) => (item.type === 'Assignment' ? this.#assign(item, undefined) : [opaque(at, redirectionsOf(this, [item]).values)]));
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
    const made = readCall(this, command);
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

  #assign(item: Assignment, locals: Set<string> | undefined): Node[] {
    const { name, value, append, index } = item;
    const at = this.place(item.pos, item.end);
    const nameAt = this.place(item.pos, item.pos + name.length);
    const read = value.type === 'Word' ? readWord(this, value) : array(at, value.elements.map((word) => readArgument(this, word)));
    if (value.type === 'Word') this.#assignments.push({ name, at: nameAt, valueAt: this.place(value.pos, value.end), value: read });
    const id = identifier(nameAt, name);
    if (index) {
      const left = makeNode('MemberExpression', nameAt, { object: id, property: readWord(this, index), computed: true });
      return [statement(at, assignment(at, left, read))];
    }
    if (append && value.type === 'ArrayValue') return [statement(at, methodCall(at, id, 'push', [spread(at, read)]))];
    if (locals && !locals.has(name) && !append) {
      locals.add(name);
      return [makeNode('VariableDeclaration', at, { kind: 'var', declarations: [makeNode('VariableDeclarator', at, { id, init: read })] })];
    }
    return [statement(at, assignment(at, id, read, append ? '+=' : '='))];
  }

  #for(name: Word, words: readonly Word[] | undefined, body: CompoundList, at: Span): Node {
    const list = array(at, (words ?? []).map((word) => readArgument(this, word)));
    const item = methodCall(at, list, 'find', []);
    const assigned = statement(at, assignment([at[0], at[0]], identifier(this.place(name.pos, name.end), name.value), item));
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
