import { array, assignment, call, element, globalName, identifier, literal, makeNode, member, object, opaque, property, statement, template } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import { commandCall, isConversion, type Argument } from './commands.ts';
import { Scanner } from './scanner.ts';

type Piece = Node | { readonly text: string; readonly at: Span };

/** Brackets inside brackets that are followed. */
const maxDepth = 60;
/** Parts of one expression (`$a.b.c`, `$a + $b`) that are followed; longer ones are data. */
const maxLinks = 400;

const keywords = /(?:if|elseif|else|foreach|for|while|do|until|switch|try|catch|finally|begin|process|end|trap|return|exit)(?![\w-])/iy;

/**
 * Reads a PowerShell script as statements of ESTree, as far as requests and what is printed need it: assignments, hashtables,
 * strings with what is expanded in them, commands with their parameters. It takes any text.
 */
export function readPowerShell(text: string): Node[] {
  return new Reader(text).statements();
}

class Reader {
  readonly #scanner: Scanner;
  /** Names of variables as first written, by small letters: their case does not count. */
  readonly #names = new Map<string, string>();
  readonly #declared = new Set<string>();
  /** The keys of hashtables, as written, by variable and small letters. */
  readonly #tables = new Map<string, ReadonlyMap<string, string>>();
  #depth = 0;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  statements(close = ''): Node[] {
    const found: Node[] = [];
    const scanner = this.#scanner;
    for (;;) {
      scanner.skipLines();
      if (scanner.isAtEnd || (close !== '' && scanner.takeText(close))) return found;
      const start = scanner.at;
      found.push(...this.#statement());
      // What is not understood is left behind.
      if (scanner.at === start) scanner.at += 1;
    }
  }

  #statement(): Node[] {
    const scanner = this.#scanner;
    const start = scanner.at;
    if (scanner.takeText('{')) return this.#nested(() => this.statements('}'));
    if (scanner.take(/(?:function|filter|workflow)\s+[\w:-]+/iy)) return [];
    if (scanner.take(/throw(?![\w-])/iy)) return [makeNode('ThrowStatement', scanner.span(start), { argument: this.#pipeline() })];
    if (scanner.take(/param\s*(?=\()/iy)) return [statement(scanner.span(start), this.#pipeline())];
    if (scanner.take(keywords)) return [];
    const target = this.#target();
    if (target) return this.#assignment(start, target);
    scanner.at = start;
    const value = this.#pipeline();
    return scanner.at > start ? [statement(scanner.span(start), value)] : [];
  }

  /** `$name =`, `$env:NAME +=`, `$headers['X'] =`; also with a type before it. */
  #target(): Node | undefined {
    const scanner = this.#scanner;
    scanner.take(/(?:\[[\w.]+(?:\[\])?\][ \t]*){1,3}(?=\$)/y);
    if (scanner.peek() !== '$') return undefined;
    const left = this.#postfix(this.#variable());
    scanner.skipBlanks();
    return scanner.take(/[+?]{0,2}=(?!=)/y) ? left : undefined;
  }

  #assignment(start: number, left: Node): Node[] {
    const scanner = this.#scanner;
    scanner.skipLines();
    const table = scanner.peek(2) === '@{' || /^\[(?:ordered|hashtable|pscustomobject)\]\s*@\{/i.test(scanner.peek(40));
    const right = this.#pipeline();
    const at: Span = [start, Math.max(start, right.range[1])];
    if (left.type !== 'Identifier') return [statement(at, assignment(at, left, right))];
    const name = String(left['name']);
    if (table && right.type === 'ObjectExpression') this.#tables.set(name, keysOf(right));
    if (this.#declared.has(name)) return [statement(at, assignment(at, left, right))];
    this.#declared.add(name);
    return [makeNode('VariableDeclaration', at, { kind: 'var', declarations: [makeNode('VariableDeclarator', at, { id: left, init: right })] })];
  }

  /** Commands and values between bars: what the last gives, or what a conversion of it was given. */
  #pipeline(): Node {
    const scanner = this.#scanner;
    scanner.skipBlanks();
    const start = scanner.at;
    let value = this.#element(undefined);
    for (let links = 0; ; links += 1) {
      scanner.skipBlanks();
      if (scanner.peek(2) === '||' || !scanner.takeText('|')) return value;
      scanner.skipLines();
      const given = value;
      const next = this.#element(given);
      if (next !== given && links < maxLinks) value = { ...next, range: [start, scanner.at] };
    }
  }

  #element(given: Node | undefined): Node {
    const scanner = this.#scanner;
    scanner.take(/(?:&&?|\.)[ \t]+/y);
    const start = scanner.at;
    const name = scanner.take(/[A-Za-z_][\w.-]*(?=[\s;|)}]|$)/y)?.[0];
    if (name === undefined) return this.#expression();
    const args = this.#arguments();
    if (given && isConversion(name)) return given;
    const at: Span = [start, start + scanner.text.slice(start, scanner.at).trimEnd().length];
    return commandCall({ name, at, nameAt: [start, start + name.length], args, given }, (variable) => this.#tables.get(variable));
  }

  #arguments(): Argument[] {
    const scanner = this.#scanner;
    const found: Argument[] = [];
    for (;;) {
      scanner.skipBlanks();
      if (scanner.isAtEnd || /[\n\r;|)}]/.test(scanner.peek()) || scanner.peek(2) === '&&') return found;
      const start = scanner.at;
      const parameter = scanner.take(/-([A-Za-z]\w*)(?=[\s:;|)}]|$):?/y)?.[1];
      if (parameter !== undefined) {
        scanner.skipBlanks();
        const hasValue = !scanner.isAtEnd && !/[\n\r;|)}]/.test(scanner.peek()) && !/^-[A-Za-z]/.test(scanner.peek(2));
        const value = hasValue ? this.#word() : undefined;
        found.push({ name: parameter, value, at: scanner.span(start) });
        continue;
      }
      const splat = scanner.take(/@([A-Za-z_]\w*)/y)?.[1];
      if (splat !== undefined) found.push({ splat: this.#nameOf(splat), at: scanner.span(start) });
      else found.push({ value: this.#word(), at: scanner.span(start) });
      if (scanner.at === start) scanner.at += 1;
    }
  }

  /** A word of a command: a text without quotes, or a value that begins with a sign of one. */
  #word(): Node {
    const scanner = this.#scanner;
    if (/["'@([{]/.test(scanner.peek()) || /^\$[({\w]/.test(scanner.peek(2))) {
      const start = scanner.at;
      const value = this.#postfix(this.#primary());
      if (scanner.isAtEnd || /[\s;|)},]/.test(scanner.peek())) return this.#listed(value, start);
      scanner.at = start;
    }
    const start = scanner.at;
    const word = scanner.take(/(?:`.|[^\s;|(){}`,"']|"[^"\n]*")+/y)?.[0] ?? '';
    return this.#expanded(word, start, scanner.span(start));
  }

  #listed(first: Node, start: number): Node {
    const scanner = this.#scanner;
    const items = [first];
    while (scanner.take(/[ \t]*,\s*/y)) items.push(this.#postfix(this.#primary()));
    return items.length === 1 ? first : array(scanner.span(start), items);
  }

  #expression(): Node {
    const scanner = this.#scanner;
    const start = scanner.at;
    let left = this.#postfix(this.#primary());
    for (let links = 0; ; links += 1) {
      scanner.skipBlanks();
      const operator = scanner.take(/\+(?![+=])|-[a-zA-Z]+(?=\s)|,|\?\?|[*%](?![=])|-(?=\s)/y)?.[0];
      if (operator === undefined) return left;
      scanner.skipLines();
      const right = this.#postfix(this.#primary());
      if (links < maxLinks) left = combined(operator, left, right, scanner.span(start));
    }
  }

  #primary(): Node {
    const scanner = this.#scanner;
    const start = scanner.at;
    if (this.#depth > maxDepth) return opaque([start, start]);
    const cast = scanner.take(/\[([\w.]+(?:\[\])?)\]/y)?.[1];
    if (cast !== undefined) {
      if (scanner.take(/::/y)) return this.#staticCall(cast, start);
      scanner.skipBlanks();
      return this.#nested(() => this.#postfix(this.#primary()));
    }
    if (scanner.takeText('@{')) return this.#nested(() => this.#hashtable(start));
    if (scanner.take(/@?\(|\$\(/y)) return this.#nested(() => this.#grouped(start, scanner.text[start] === '@'));
    if (scanner.takeText('{')) return opaque(scanner.span(start), this.#nested(() => this.statements('}')));
    if (scanner.peek() === '$') return this.#variable();
    return this.#string() ?? this.#number();
  }

  #number(): Node {
    const scanner = this.#scanner;
    const start = scanner.at;
    const digits = scanner.take(/-?\d[\d.]*/y)?.[0];
    return digits === undefined ? opaque([start, start]) : literal(scanner.span(start), Number(digits));
  }

  /** `[Environment]::GetEnvironmentVariable("X")`; of another type nothing is known but what it is given. */
  #staticCall(type: string, start: number): Node {
    const scanner = this.#scanner;
    const method = scanner.take(/\w+/y)?.[0] ?? '';
    const args = scanner.peek() === '(' ? this.#callArguments() : [];
    const [first] = args;
    if (/environment$/i.test(type) && /^getenvironmentvariable$/i.test(method) && first?.type === 'Literal') {
      return member(scanner.span(start), globalName(scanner.span(start), 'shell:env'), String(first['value']));
    }
    return opaque(scanner.span(start), args);
  }

  #callArguments(): Node[] {
    const scanner = this.#scanner;
    scanner.takeText('(');
    return this.#nested(() => {
      const args: Node[] = [];
      for (;;) {
        scanner.skipLines();
        if (scanner.isAtEnd || scanner.takeText(')')) return args;
        const start = scanner.at;
        args.push(this.#postfix(this.#primary()));
        scanner.take(/[\s,]+/y);
        if (scanner.at === start) scanner.at += 1;
      }
    });
  }

  #grouped(start: number, isList: boolean): Node {
    const inner = this.statements(')').map((each) => (each.type === 'ExpressionStatement' ? (each['expression'] as Node) : each));
    const [only] = inner;
    if (isList) return array(this.#scanner.span(start), inner.length === 1 && only?.type === 'ArrayExpression' ? (only['elements'] as Node[]) : inner);
    return inner.length === 1 && only ? only : opaque(this.#scanner.span(start), inner);
  }

  #hashtable(start: number): Node {
    const scanner = this.#scanner;
    const properties: Node[] = [];
    for (;;) {
      scanner.skipLines();
      if (scanner.isAtEnd || scanner.takeText('}')) return object(scanner.span(start), properties);
      const from = scanner.at;
      const word = scanner.take(/[\w-]+/y)?.[0];
      const key = word === undefined ? this.#postfix(this.#primary()) : literal(scanner.span(from), word);
      scanner.skipLines();
      if (scanner.takeText('=')) {
        scanner.skipLines();
        const value = this.#pipeline();
        properties.push(property([from, Math.max(from, value.range[1])], key, value, true));
      }
      if (scanner.at === from) scanner.at += 1;
    }
  }

  /** `.Name`, `['x']`, `.Method(…)`; `$headers.Add("X", $key)` sets an entry. */
  #postfix(base: Node): Node {
    const scanner = this.#scanner;
    const start = base.range[0];
    let value = base;
    for (let links = 0; ; links += 1) {
      if (links % maxLinks === maxLinks - 1) value = opaque(scanner.span(start));
      const name = scanner.take(/\.([A-Za-z_]\w*)/y)?.[1];
      if (name !== undefined) {
        const args = scanner.peek() === '(' ? this.#callArguments() : undefined;
        const at = scanner.span(start);
        if (!args) value = member(at, value, name);
        else if (/^add$/i.test(name) && args[0] && args[1]) value = assignment(at, element(at, value, args[0]), args[1]);
        else value = call(at, member(at, value, methodNames.get(name.toLowerCase()) ?? name), args);
        continue;
      }
      if (value.type === 'ObjectExpression' || !scanner.takeText('[')) return value;
      const index = this.#nested(() => this.#expression());
      scanner.take(/\s*\]/y);
      value = element(scanner.span(start), value, index);
    }
  }

  /** `$name`, `$env:NAME`, `${env:NAME}`, `$script:name`. */
  #variable(): Node {
    const scanner = this.#scanner;
    const start = scanner.at;
    const match = scanner.take(/\$(?:\{(?:(\w+):)?([^}\n]+)\}|(?:(\w+):)?(\w+|[?^$]))/y);
    if (!match) {
      scanner.at += 1;
      return opaque(scanner.span(start));
    }
    const scope = match[1] ?? match[3];
    const name = match[2] ?? match[4] ?? '';
    const at = scanner.span(start);
    if (scope?.toLowerCase() === 'env') return member(at, globalName(at, 'shell:env'), name);
    if (/^(?:true|false|null)$/i.test(name)) return literal(at, name.toLowerCase() === 'null' ? null : name.toLowerCase() === 'true');
    return identifier(at, this.#nameOf(name));
  }

  #nameOf(name: string): string {
    const known = this.#names.get(name.toLowerCase());
    if (known !== undefined) return known;
    this.#names.set(name.toLowerCase(), name);
    return name;
  }

  #string(): Node | undefined {
    const scanner = this.#scanner;
    const start = scanner.at;
    const opening = scanner.take(/@(["'])[ \t]*\r?\n/y);
    if (opening) return this.#hereString(opening[1] ?? '', start);
    const plain = scanner.take(/'((?:[^']|'')*)(?:'|$)/y);
    if (plain) return literal(scanner.span(start), (plain[1] ?? '').replaceAll("''", "'"));
    const quoted = scanner.take(/"((?:[^"`]|`[^]|"")*)(?:"|$)/y);
    return quoted ? this.#expanded(quoted[1] ?? '', start + 1, scanner.span(start)) : undefined;
  }

  /** It goes to the next line that begins with the same quote and `@`, or to the end. */
  #hereString(quote: string, start: number): Node {
    const scanner = this.#scanner;
    const from = scanner.at;
    const close = scanner.text.indexOf(`\n${quote}@`, from - 1);
    const end = close < 0 ? scanner.text.length : Math.max(from, close);
    scanner.at = close < 0 ? end : close + 3;
    const text = scanner.text.slice(from, end).replace(/\r$/, '');
    return quote === "'" ? literal(scanner.span(start), text) : this.#expanded(text, from, scanner.span(start));
  }

  /** Text with variables in it, also as `$($name.part)`; what else stands in `$(…)` is not followed. */
  #expanded(text: string, offset: number, at: Span): Node {
    const scanner = this.#scanner;
    const back = scanner.at;
    const pieces: Piece[] = [];
    let from = 0;
    for (const match of text.matchAll(/(?<!`)\$(?:\((?:\$(?:\w+:)?\w+(?:\.\w+)*)?(\))?|\{[^}\n]+\}|(?:\w+:)?\w+)/g)) {
      if (match.index < from) continue;
      if (match.index > from) pieces.push({ text: cooked(text.slice(from, match.index)), at: [offset + from, offset + match.index] });
      const isGroup = match[0].startsWith('$(');
      scanner.at = offset + match.index + (isGroup ? 2 : 0);
      const isFollowed = !isGroup || (match[1] !== undefined && match[0].length > 3);
      const end = match.index + match[0].length;
      pieces.push(isFollowed ? this.#variableIn(isGroup) : opaque([offset + match.index, offset + end]));
      from = isGroup ? end : Math.min(scanner.at - offset, text.length);
    }
    if (from < text.length) pieces.push({ text: cooked(text.slice(from)), at: [offset + from, offset + text.length] });
    scanner.at = back;
    const [only] = pieces;
    if (!only) return literal(at, '');
    if (pieces.length === 1) return 'type' in only ? only : literal(at, only.text);
    return template(at, pieces);
  }

  /** In a text a name alone is expanded, in `$(…)` its parts as well. */
  #variableIn(isGroup: boolean): Node {
    const variable = this.#variable();
    return isGroup ? this.#postfix(variable) : variable;
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }
}

/** .NET's methods by the names that JavaScript has for them. */
const methodNames: ReadonlyMap<string, string> = new Map([['trim', 'trim'], ['substring', 'substring'], ['replace', 'replaceAll'], ['tolower', 'toLowerCase'], ['toupper', 'toUpperCase'], ['startswith', 'startsWith'], ['tostring', 'toString']]);

function keysOf({ properties }: Node): ReadonlyMap<string, string> {
  const keys = (properties as Node[]).map((property) => String((property['key'] as Node)['value'] ?? ''));
  return new Map(keys.map((key) => [key.toLowerCase(), key]));
}

/** A backtick and its character: a line's end, a tab, or the character itself. */
function cooked(text: string): string {
  return text.replace(/`([^])/g, (_, character: string) => ({ n: '\n', t: '\t', r: '\r', 0: '\0' })[character] ?? character).replaceAll('""', '"');
}

function combined(operator: string, left: Node, right: Node, at: Span): Node {
  if (operator === '+') return makeNode('BinaryExpression', at, { operator: '+', left, right });
  if (operator === '??') return makeNode('LogicalExpression', at, { operator: '??', left, right });
  if (operator.toLowerCase() === '-f' && left.type === 'Literal') return formatted(left, right.type === 'ArrayExpression' ? (right['elements'] as Node[]) : [right], at);
  if (operator === ',') return array(at, left.type === 'ArrayExpression' ? [...(left['elements'] as Node[]), right] : [left, right]);
  return opaque(at, [left, right]);
}

/** `'Bearer {0}' -f $key` */
function formatted(left: Node, values: readonly Node[], at: Span): Node {
  const text = String(left['value']);
  const place: Span = [left.range[0], left.range[1]];
  const pieces = text.split(/(\{\d+(?:[,:][^}]*)?\})/).flatMap((part): Piece[] => {
    const index = /^\{(\d+)/.exec(part)?.[1];
    const value = index === undefined ? undefined : values[Number(index)];
    if (value) return [value];
    return part === '' ? [] : [{ text: part, at: place }];
  });
  return template(at, pieces);
}
