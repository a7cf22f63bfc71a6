import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import { assignment, block, call, identifier, literal, makeNode, member, methodCall, opaque, spread, statement } from '../estree/build.ts';
import { readClassBody } from './classes.ts';
import { isExpression, Expressions } from './expressions.ts';
import type { Names } from './names.ts';
import { readParameters } from './parameters.ts';
import { cookPython, stringToken } from './strings.ts';
import { commaGroups, partsOf, spanOf, stringsIn, type SyntaxNode } from './tree.ts';

/** Blocks inside blocks that are followed. */
const maxDepth = 60;

/** Translates Python statements into ESTree. */
export class Statements {
  readonly expressions: Expressions;
  readonly names: Names;
  #depth = 0;

  constructor(source: string, names: Names) {
    this.names = names;
    this.expressions = new Expressions(source, names);
  }

  /** The statements below a `Script` or a `Body`. */
  readBody(node: SyntaxNode | undefined): Node[] {
    if (!node) return [];
    if (this.#depth > maxDepth) {
      this.expressions.exhausted = true;
      return [opaque(spanOf(node), stringsIn(node).map((string) => this.expressions.read(string)))];
    }
    this.#depth += 1;
    const body = partsOf(node).flatMap((part) => (part.name === ':' ? [] : this.read(part)));
    this.#depth -= 1;
    return body;
  }

  read(node: SyntaxNode): Node[] {
    const at = spanOf(node);
    switch (node.name) {
      case 'StatementGroup':
        return partsOf(node).flatMap((part) => (part.name === ';' ? [] : this.read(part)));
      case 'ExpressionStatement':
        return [this.#expressionStatement(node)];
      case 'AssignStatement':
        return this.#assign(node);
      case 'UpdateStatement':
        return [this.#update(node)];
      case 'ImportStatement':
        return this.#import(node);
      case 'FunctionDefinition':
        return [this.function(node, 'FunctionDeclaration')];
      case 'ClassDefinition':
        return [this.class(node, [])];
      case 'DecoratedStatement':
        return this.#decorated(node);
      case 'ReturnStatement':
        return [this.#return(node)];
      case 'RaiseStatement':
        return [this.#raise(node)];
      case 'AssertStatement': {
        const [test, message] = this.#expressionsOf(node);
        if (!test || !message) return [opaque(at, test ? [test] : [])];
        return [makeNode('IfStatement', at, { test: makeNode('UnaryExpression', test.range as Span, { operator: '!', argument: test }), consequent: makeNode('ThrowStatement', at, { argument: message }) })];
      }
      case 'IfStatement':
        return [this.#if(partsOf(node), at)];
      case 'WhileStatement':
        return [this.#while(node)];
      case 'ForStatement':
        return [this.#for(node)];
      case 'TryStatement':
        return [this.#try(node)];
      case 'WithStatement':
        return this.#with(node);
      case 'MatchStatement':
        return [this.#match(node)];
      case 'ScopeStatement':
        for (const part of partsOf(node)) if (part.name === 'VariableName') this.names.leaveToOuter(this.expressions.text(part));
        return [];
      case 'PrintStatement':
        return [statement(at, makeNode('CallExpression', at, { callee: identifier([node.from, node.from + 5], 'print'), arguments: this.#expressionsOf(node) }))];
      case 'PassStatement':
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'TypeDefinition':
        return [];
      default: {
        const read = isExpression(node) ? this.#expressionsOf(node) : [];
        return read.length > 0 ? [opaque(at, read)] : [];
      }
    }
  }

  #expressionsOf(node: SyntaxNode): Node[] {
    return partsOf(node).filter(isExpression).map((part) => this.expressions.read(part));
  }

  #expressionStatement(node: SyntaxNode): Node {
    const parts = partsOf(node);
    const [only] = parts;
    if (parts.length === 1 && only?.name === 'String') return this.#documentation(only);
    return statement(spanOf(node), this.expressions.readList(parts, spanOf(node)));
  }

  /** A string that is a statement is documentation: text, not a literal that could be replaced. */
  #documentation(node: SyntaxNode): Node {
    const { prefix, inner } = stringToken(this.expressions.source, spanOf(node));
    return makeNode('JSXText', spanOf(node), { value: cookPython(this.expressions.source.slice(inner[0], inner[1]), prefix) });
  }

  #assign(node: SyntaxNode): Node[] {
    const segments: SyntaxNode[][] = [[]];
    for (const part of partsOf(node)) {
      if (part.name === 'AssignOp') segments.push([]);
      else if (part.name !== 'TypeDef') segments.at(-1)?.push(part);
    }
    const value = segments.pop();
    if (!value?.length || segments.length === 0) return [];
    const range: Span = [value[0]?.from ?? node.from, value.at(-1)?.to ?? node.to];
    const read = this.expressions.readList(value, range);
    const [only] = value;
    const path = value.length === 1 && only ? this.expressions.pathOf(only) : undefined;
    const [first, ...others] = segments;
    const assigned = first ? this.assignTo(first, read) : [];
    if (path === 'os.environ' && first?.length === 1 && first[0]?.name === 'VariableName') this.names.alias(this.expressions.text(first[0]), path);
    // `a = b = value`: the value stands once, and the others take the first one's.
    const again = first?.length === 1 && first[0]?.name === 'VariableName' ? first[0] : undefined;
    return [...assigned, ...others.flatMap((target) => this.assignTo(target, again ? this.expressions.read(again) : opaque(range)))];
  }

  /** `target = value`; the first assignment to a name in its scope declares it. */
  assignTo(target: readonly SyntaxNode[], value: Node): Node[] {
    const [first] = target;
    if (!first) return [];
    const range: Span = [Math.min(first.from, value.range[0]), Math.max(value.range[1], target.at(-1)?.to ?? first.to)];
    const names = target.flatMap((part) => this.expressions.targetNames(part));
    const fresh = names.filter((name) => this.names.declare(name));
    const pattern = this.expressions.pattern(target, [first.from, target.at(-1)?.to ?? first.to]);
    const isName = pattern.type === 'Identifier' || pattern.type === 'ArrayPattern';
    if (isName && fresh.length === names.length && fresh.length > 0) return [declaration(range, pattern, value)];
    const declared = fresh.map((name) => declaration(pattern.range as Span, identifier(pattern.range as Span, name)));
    return [...declared, statement(range, assignment(range, pattern, value))];
  }

  #update(node: SyntaxNode): Node {
    const parts = partsOf(node);
    const operator = parts.findIndex((part) => part.name === 'UpdateOp');
    const [target] = parts;
    const values = parts.slice(operator + 1);
    if (!target || operator < 0 || values.length === 0) return opaque(spanOf(node), this.#expressionsOf(node));
    const left = this.expressions.read(target);
    const right = this.expressions.readList(values, [values[0]?.from ?? node.from, values.at(-1)?.to ?? node.to]);
    const sign = this.expressions.text(parts[operator] as SyntaxNode);
    if (sign === '|=' && left.type === 'Identifier') return statement(spanOf(node), { ...methodCall(spanOf(node), left, 'update', [right]), merges: true });
    // `parts += ["a"]` adds to the list.
    if (sign === '+=' && right.type === 'ArrayExpression') return statement(spanOf(node), methodCall(spanOf(node), left, 'push', [spread(right.range as Span, right)]));
    return statement(spanOf(node), assignment(spanOf(node), left, right, sign));
  }

  #import(node: SyntaxNode): Node[] {
    const parts = partsOf(node);
    const middle = parts.findIndex((part) => part.name === 'import');
    if (middle < 0) return [];
    const isFrom = parts[0]?.name === 'from';
    const groups = commaGroups(parts.slice(middle + 1));
    if (!isFrom) return groups.flatMap((group) => this.#importModule(group, spanOf(node)));
    const specifier = parts.slice(1, middle).map((part) => this.expressions.text(part)).join('');
    const specifiers = groups.flatMap((group) => this.#importedName(group, specifier));
    return [importDeclaration(spanOf(node), specifier, specifiers, groups.some((group) => group[0]?.name === '*'))];
  }

  #importModule(group: readonly SyntaxNode[], at: Span): Node[] {
    const as = group.findIndex((part) => part.name === 'as');
    const names = group.slice(0, as < 0 ? undefined : as).filter((part) => part.name === 'VariableName');
    const specifier = names.map((part) => this.expressions.text(part)).join('.');
    const [root] = names;
    const alias = as < 0 ? undefined : group[as + 1];
    if (!root || specifier === '') return [];
    const namespace = (local: string, range: Span): Node => makeNode('ImportNamespaceSpecifier', range, { local: identifier(range, local) });
    if (alias || names.length === 1) {
      const local = alias ?? root;
      this.names.declareImport(this.expressions.text(local), specifier);
      return [importDeclaration(at, specifier, [namespace(this.expressions.text(local), spanOf(local))])];
    }
    // `import a.b.c` binds `a`; what is written `a.b.c` is the module.
    const package_ = this.expressions.text(root);
    this.names.declareImport(package_, package_);
    this.names.dotted.add(specifier);
    return [importDeclaration(at, package_, [namespace(package_, spanOf(root))]), importDeclaration(at, specifier, [namespace(specifier, at)])];
  }

  #importedName(group: readonly SyntaxNode[], specifier: string): Node[] {
    const [imported, , alias] = group;
    if (imported?.name !== 'VariableName') return [];
    const local = alias ?? imported;
    this.names.declareImport(this.expressions.text(local), `${specifier}.${this.expressions.text(imported)}`);
    return [makeNode('ImportSpecifier', [imported.from, local.to], {
      imported: identifier(spanOf(imported), this.expressions.text(imported)), local: identifier(spanOf(local), this.expressions.text(local)),
    })];
  }

  #decorated(node: SyntaxNode): Node[] {
    const decorators = partsOf(node).filter((part) => part.name === 'Decorator');
    const defined = partsOf(node).find((part) => part.name === 'FunctionDefinition' || part.name === 'ClassDefinition');
    const name = defined?.name === 'FunctionDefinition' ? partsOf(defined).find((part) => part.name === 'VariableName') : undefined;
    const applied = decorators.map((decorator) => statement(spanOf(decorator), withFunction(this.decorator(decorator), name && identifier(spanOf(name), this.expressions.text(name)))));
    if (!defined) return applied;
    return [...applied, defined.name === 'ClassDefinition' ? this.class(defined, decorators) : this.function(defined, 'FunctionDeclaration')];
  }

  /** `@app.get("/x")` as the call that it is. */
  decorator(node: SyntaxNode): Node {
    let built: Node | undefined;
    for (const part of partsOf(node)) {
      if (part.name === 'VariableName') built = built ? member([built.range[0], part.to], built, this.expressions.text(part)) : this.expressions.read(part);
      else if (part.name === 'PropertyName' && built) built = member([built.range[0], part.to], built, this.expressions.text(part));
      else if (part.name === 'ArgList' && built) built = makeNode('CallExpression', [built.range[0], part.to], { callee: built, arguments: this.#decoratorArguments(part) });
    }
    return built ?? opaque(spanOf(node), this.#expressionsOf(node));
  }

  #decoratorArguments(list: SyntaxNode): Node[] {
    return commaGroups(partsOf(list)).map((group) => {
      const value = group.findLast(isExpression);
      return value ? this.expressions.read(value) : opaque(spanOf(list));
    });
  }

  /** A function or a method; `self` says how many parameters are the object itself. */
  function(node: SyntaxNode, type: 'FunctionDeclaration' | 'FunctionExpression', own: { readonly skip: number; readonly cls?: string } = { skip: 0 }): Node {
    const parts = partsOf(node);
    const name = parts.find((part) => part.name === 'VariableName');
    const list = parts.find((part) => part.name === 'ParamList');
    const { params, signature, names, first } = readParameters(this.expressions, list, own.skip);
    if (name && type === 'FunctionDeclaration') this.names.declare(this.expressions.text(name));
    const body = parts.find((part) => part.name === 'Body');
    const self = first === undefined ? {} : { self: { name: first, ...(own.cls === undefined ? {} : { cls: own.cls }) } };
    const read = this.names.within('function', names, () => this.readBody(body), self);
    return makeNode(type, spanOf(node), {
      ...(name ? { id: identifier(spanOf(name), this.expressions.text(name)) } : {}),
      params, signature, body: block(spanOf(body ?? node), read), async: parts[0]?.name === 'async',
    });
  }

  class(node: SyntaxNode, decorators: readonly SyntaxNode[]): Node {
    const name = partsOf(node).find((part) => part.name === 'VariableName');
    if (name) this.names.declare(this.expressions.text(name));
    return readClassBody(this, node, decorators, 'ClassDeclaration');
  }

  #return(node: SyntaxNode): Node {
    const values = partsOf(node).slice(1);
    if (values.length === 0) return makeNode('ReturnStatement', spanOf(node), { argument: null });
    const range: Span = [values[0]?.from ?? node.from, values.at(-1)?.to ?? node.to];
    return makeNode('ReturnStatement', spanOf(node), { argument: this.expressions.readList(values, range) });
  }

  #raise(node: SyntaxNode): Node {
    const [first, ...others] = this.#expressionsOf(node);
    if (!first) return opaque(spanOf(node));
    return makeNode('ThrowStatement', spanOf(node), { argument: first, others });
  }

  /** `if`, then each `elif` as the alternative of the one before. */
  #if(parts: readonly SyntaxNode[], at: Span): Node {
    const [, test] = parts;
    const bodyIndex = parts.findIndex((part) => part.name === 'Body');
    const body = parts[bodyIndex];
    const others = parts.slice(bodyIndex + 1);
    const consequent = (): Node => block(spanOf(body ?? test ?? (parts[0] as SyntaxNode)), this.readBody(body));
    const condition = test && isExpression(test) ? this.expressions.read(test) : opaque(at);
    const then = consequent();
    const alternate = bodyIndex < 0 ? undefined : others[0]?.name === 'elif' ? this.#alternative(others, at) : others[0]?.name === 'else' ? this.#alternative(others, at) : undefined;
    return makeNode('IfStatement', at, { test: condition, consequent: then, ...(alternate ? { alternate } : {}) });
  }

  #alternative(parts: readonly SyntaxNode[], at: Span): Node | undefined {
    const [word, body] = parts;
    if (!word) return undefined;
    if (word.name === 'elif') return this.#if(parts, [word.from, at[1]]);
    return body ? block(spanOf(body), this.readBody(body)) : undefined;
  }

  #while(node: SyntaxNode): Node {
    const parts = partsOf(node);
    const test = parts.find(isExpression);
    const bodies = parts.filter((part) => part.name === 'Body').flatMap((body) => this.readBody(body));
    return makeNode('WhileStatement', spanOf(node), { test: test ? this.expressions.read(test) : opaque(spanOf(node)), body: block(spanOf(node), bodies) });
  }

  /** The loop's names take any of the items, as `items.find(…)` does. */
  #for(node: SyntaxNode): Node {
    const parts = partsOf(node);
    const start = parts.findIndex((part) => part.name === 'for') + 1;
    const middle = parts.findIndex((part) => part.name === 'in');
    const bodies = parts.findIndex((part) => part.name === 'Body');
    if (middle < 0) return block(spanOf(node), parts.filter((part) => part.name === 'Body').flatMap((body) => this.readBody(body)));
    const list = parts.slice(middle + 1, bodies < 0 ? undefined : bodies);
    const range: Span = [list[0]?.from ?? node.from, list.at(-1)?.to ?? node.to];
    const item = methodCall(range, this.expressions.readList(list, range), 'find', []);
    const assigned = this.assignTo(parts.slice(start, middle), item);
    const body = parts.filter((part) => part.name === 'Body').flatMap((each) => this.readBody(each));
    return makeNode('WhileStatement', spanOf(node), { test: literal([node.from, node.from], true), body: block(spanOf(node), [...assigned, ...body]), isEach: true });
  }

  #try(node: SyntaxNode): Node {
    const clauses: Node[] = [];
    let word = '';
    for (const part of partsOf(node)) {
      if (/^[a-z]/.test(part.name)) word = part.name;
      else if (part.name === 'Body') clauses.push(block(spanOf(part), this.readBody(part)));
      else if (word === 'as') this.names.declare(this.expressions.text(part));
      else if (isExpression(part)) clauses.push(this.expressions.read(part));
    }
    return makeNode('TryStatement', spanOf(node), { clauses });
  }

  #with(node: SyntaxNode): Node[] {
    const parts = partsOf(node);
    const start = parts.findIndex((part) => part.name === 'with') + 1;
    const bodyIndex = parts.findIndex((part) => part.name === 'Body');
    const items = commaGroups(parts.slice(start, bodyIndex < 0 ? undefined : bodyIndex));
    const opened = items.flatMap(([value, , target]) => {
      if (!value) return [];
      const read = this.expressions.read(value);
      return target ? this.assignTo([target], read) : [statement(spanOf(value), read)];
    });
    return [...opened, ...this.readBody(parts[bodyIndex])];
  }

  /** The subject stands once, and further names take the first one's value. */
  #capture(names: readonly SyntaxNode[], [subject, ...others]: readonly Node[]): Node[] {
    const [first, ...more] = names;
    if (!first || !subject || others.length > 0) return [];
    return [...this.assignTo([first], subject), ...more.flatMap((name) => this.assignTo([name], this.expressions.read(first)))];
  }

  #match(node: SyntaxNode): Node {
    const parts = partsOf(node);
    const subject = parts.filter(isExpression).filter((part) => part.name !== 'MatchBody').map((part) => this.expressions.read(part));
    const clauses = parts.flatMap((part) => (part.name === 'MatchBody' ? partsOf(part) : [])).filter((part) => part.name === 'MatchClause');
    const captured = this.#capture(clauses.flatMap((clause) => capturedName(clause) ?? []), subject);
    const cases = clauses.map((clause) => {
      const bodies = partsOf(clause).filter((part) => part.name === 'Body');
      const strings = partsOf(clause).filter((part) => part.name !== 'Body').flatMap((part) => stringsIn(part));
      return makeNode('SwitchCase', spanOf(clause), { patterns: strings.map((string) => this.expressions.read(string)), consequent: bodies.flatMap((body) => this.readBody(body)) });
    });
    return opaque(spanOf(node), [...(captured.length > 0 ? captured : subject), ...cases]);
  }
}

/** The name that a clause gives to all that it looks at: `case key:`, `case str() as key:`. */
function capturedName(clause: SyntaxNode): SyntaxNode | undefined {
  const pattern = partsOf(clause).find((part) => part.name === 'CapturePattern' || part.name === 'AsPattern');
  return pattern && partsOf(pattern).findLast((part) => part.name === 'VariableName');
}

function declaration(range: Span, id: Node, init?: Node): Node {
  return makeNode('VariableDeclaration', range, { kind: 'var', declarations: [makeNode('VariableDeclarator', range, { id, ...(init ? { init } : {}) })] });
}

function importDeclaration(at: Span, specifier: string, specifiers: readonly Node[], isStar = false): Node {
  const source = literal(at, specifier);
  return makeNode(isStar ? 'ImportAll' : 'ImportDeclaration', at, isStar ? { specifier } : { source, specifiers });
}


/** `@tool` as the call that it is, which is given the function; `@app.get("/x")` is a call already. */
function withFunction(decorator: Node, fn: Node | undefined): Node {
  return fn && (decorator.type === 'Identifier' || decorator.type === 'MemberExpression') ? call([decorator.range[0], decorator.range[1]], decorator, [fn]) : decorator;
}
