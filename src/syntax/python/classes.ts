import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import { argumentsOf } from './arguments.ts';
import { array, call, either, element, globalName, identifier, literal, makeNode, member } from '../estree/build.ts';
import type { Statements } from './statements.ts';
import { partsOf, spanOf, type SyntaxNode } from './tree.ts';

/** What the fields of a class are to callers and to the environment. */
type FieldStyle =
  /** Attributes of the class. */
  | 'plain'
  /** Parameters of a constructor that nobody writes: dataclasses, pydantic models, named tuples. */
  | 'constructor'
  /** Read from the environment: pydantic's `BaseSettings`. */
  | 'settings';

interface ClassReading {
  readonly statements: Statements;
  readonly name: string;
  readonly style: FieldStyle;
  /** Of settings: what stands before each variable's name. */
  readonly prefix: string;
  readonly fields: { readonly name: SyntaxNode; readonly fallback?: Node; readonly isHidden: boolean }[];
}

/** Reads a `ClassDefinition`. */
export function readClassBody(statements: Statements, node: SyntaxNode, decorators: readonly SyntaxNode[], type: 'ClassDeclaration' | 'ClassExpression'): Node {
  const { expressions, names } = statements;
  const parts = partsOf(node);
  const nameNode = parts.find((part) => part.name === 'VariableName');
  const name = nameNode ? expressions.text(nameNode) : '';
  const bases = argumentsOf(parts.find((part) => part.name === 'ArgList')).positional.map(({ value }) => value);
  const body = parts.find((part) => part.name === 'Body');
  const style = styleOf(bases.map((base) => expressions.text(base)), decorators.map((decorator) => expressions.text(decorator)));
  const [superClass, ...mixins] = bases.map((base) => expressions.read(base));
  const reading: ClassReading = { statements, name, style, prefix: style === 'settings' ? settingsPrefix(expressions.text(body ?? node)) : '', fields: [] };
  const members = names.within('class', [], () => (body ? partsOf(body).flatMap((part) => readMember(reading, part)) : []), { cls: name });
  const hasMember = (kind: string, key: string): boolean => members.some((member) => member['kind'] === kind && member['key']?.name === key);
  const made = style === 'constructor' ? [...(hasMember('constructor', 'constructor') ? [] : fieldConstructor(reading, spanOf(node))), ...(hasMember('method', '__repr__') ? [] : fieldList(reading, spanOf(node)))] : [];
  return makeNode(type, spanOf(node), {
    ...(nameNode ? { id: identifier(spanOf(nameNode), name) } : {}),
    ...(superClass ? { superClass } : {}),
    mixins,
    body: makeNode('ClassBody', spanOf(body ?? node), { body: [...members, ...made] }),
  });
}

function styleOf(bases: readonly string[], decorators: readonly string[]): FieldStyle {
  if (bases.some((base) => /Settings$/.test(base))) return 'settings';
  if (bases.some((base) => /(?:^|\.)(?:BaseModel|NamedTuple)$/.test(base))) return 'constructor';
  return decorators.some((decorator) => /^@\s*(?:[\w.]*\.)?(?:dataclass|define|frozen|attrs|s)\b/.test(decorator)) ? 'constructor' : 'plain';
}

/** `model_config = SettingsConfigDict(env_prefix="HILT_")` or `class Config: env_prefix = "HILT_"`. Pydantic looks names up without case. */
function settingsPrefix(body: string): string {
  return /env_prefix["']?\s*[=:]\s*["']([\w]*)["']/.exec(body)?.[1] ?? '';
}

function readMember(reading: ClassReading, node: SyntaxNode): Node[] {
  const { statements } = reading;
  switch (node.name) {
    case 'FunctionDefinition':
      return [readMethod(reading, node, [])];
    case 'DecoratedStatement': {
      const decorators = partsOf(node).filter((part) => part.name === 'Decorator');
      const defined = partsOf(node).find((part) => part.name === 'FunctionDefinition' || part.name === 'ClassDefinition');
      if (!defined) return [];
      return [defined.name === 'FunctionDefinition' ? readMethod(reading, defined, decorators) : readInner(reading, defined, decorators), applied(reading, decorators, spanOf(node))];
    }
    case 'ClassDefinition':
      return [readInner(reading, node, [])];
    case 'AssignStatement':
      return readField(reading, node);
    case 'StatementGroup':
      return partsOf(node).flatMap((part) => (part.name === ';' ? [] : readMember(reading, part)));
    case ':':
      return [];
    default:
      return [makeNode('StaticBlock', spanOf(node), { body: statements.read(node) })];
  }
}

function applied({ statements }: ClassReading, decorators: readonly SyntaxNode[], at: Span): Node {
  return makeNode('StaticBlock', at, { body: decorators.map((decorator) => statements.decorator(decorator)) });
}

function readInner({ statements }: ClassReading, node: SyntaxNode, decorators: readonly SyntaxNode[]): Node {
  const inner = readClassBody(statements, node, decorators, 'ClassExpression');
  const id = inner['id'] as Node | undefined;
  return makeNode('PropertyDefinition', spanOf(node), { key: id ?? identifier(spanOf(node), ''), value: inner, static: true, computed: false });
}

function readMethod({ statements, name }: ClassReading, node: SyntaxNode, decorators: readonly SyntaxNode[]): Node {
  const { expressions } = statements;
  const marks = decorators.map((decorator) => expressions.text(decorator).trim());
  const isStatic = marks.includes('@staticmethod');
  const isOfClass = marks.includes('@classmethod');
  const id = partsOf(node).find((part) => part.name === 'VariableName');
  const method = id ? expressions.text(id) : '';
  const isConstructor = method === '__init__';
  const kind = isConstructor ? 'constructor' : marks.some((mark) => /property$/.test(mark)) ? 'get' : marks.some((mark) => /\.(?:setter|deleter)$/.test(mark)) ? 'set' : 'method';
  const value = statements.function(node, 'FunctionExpression', isStatic ? { skip: 0 } : { skip: 1, ...(isOfClass ? { cls: name } : {}) });
  return makeNode('MethodDefinition', spanOf(node), {
    key: identifier(id ? spanOf(id) : spanOf(node), isConstructor ? 'constructor' : method), value, kind, static: isStatic || isOfClass, computed: false,
  });
}

function readField(reading: ClassReading, node: SyntaxNode): Node[] {
  const { statements, style } = reading;
  const { expressions, names } = statements;
  const parts = partsOf(node);
  const [target] = parts;
  const assign = parts.findIndex((part) => part.name === 'AssignOp');
  const isAnnotated = parts[1]?.name === 'TypeDef';
  const value = assign < 0 ? undefined : parts.slice(assign + 1);
  if (target?.name !== 'VariableName' || (assign >= 0 && assign !== (isAnnotated ? 2 : 1))) return [makeNode('StaticBlock', spanOf(node), { body: statements.read(node) })];
  const first = value?.[0];
  const read = first ? expressions.readList(value, [first.from, value.at(-1)?.to ?? first.to]) : undefined;
  names.declare(expressions.text(target));
  const key = identifier(spanOf(target), expressions.text(target));
  if (!isAnnotated || style === 'plain' || expressions.text(target) === 'model_config') {
    return read ? [makeNode('PropertyDefinition', spanOf(node), { key, value: read, static: true, computed: false })] : [];
  }
  const fallback = first?.name === 'CallExpression' ? fieldDefault(reading, first, read as Node) : read;
  // pydantic's `SecretStr` is not printed.
  const isHidden = /\bSecret(?:Str|Bytes)?\b/.test(parts[1] ? expressions.text(parts[1]) : '');
  if (style === 'constructor') {
    const isLeftOut = first !== undefined && /\brepr\s*=\s*False\b/.test(expressions.text(first));
    reading.fields.push({ name: target, ...(fallback ? { fallback } : {}), isHidden: isHidden || isLeftOut });
    return [];
  }
  const setting = settingsRead(reading, target, first, fallback);
  const held = isHidden ? call(setting.range as Span, globalName(setting.range as Span, 'SecretStr'), [setting]) : setting;
  return [makeNode('PropertyDefinition', spanOf(node), { key, value: held, static: false, computed: false })];
}

/** The default in `Field("x", …)`, `Field(default="x")`, `field(default="x")`; another call is the default itself. */
function fieldDefault({ statements }: ClassReading, node: SyntaxNode, read: Node): Node | undefined {
  const name = statements.expressions.text(partsOf(node)[0] ?? node);
  if (!/^(?:[\w.]*\.)?(?:Field|field|attrib|ib)$/.test(name)) return read;
  const args: Node[] = read['arguments'] ?? [];
  const keywords = args.find((argument) => argument['keywords'] === true);
  const given = keywords?.['properties'].find((property: Node) => property['key']?.name === 'default')?.['value'] as Node | undefined;
  const [first] = args;
  // `Field(...)` has no default.
  return given ?? (first && first !== keywords && first.type !== 'Opaque' ? first : undefined);
}

/** A field of `BaseSettings` is the variable of its name, or of the alias that `Field` gives. */
function settingsRead({ statements, prefix }: ClassReading, target: SyntaxNode, value: SyntaxNode | undefined, fallback: Node | undefined): Node {
  const { expressions } = statements;
  const at = spanOf(target);
  const alias = value?.name === 'CallExpression' ? fieldAlias(statements, value) : undefined;
  const name = alias ?? `${prefix}${expressions.text(target)}`.toUpperCase();
  const read = element(at, globalName(at, 'os.environ'), literal(at, name));
  return fallback ? either([at[0], Math.max(at[1], fallback.range[1])], read, fallback) : read;
}

function fieldAlias({ expressions }: Statements, node: SyntaxNode): string | undefined {
  const { keywords } = argumentsOf(partsOf(node)[1]);
  for (const wanted of ['validation_alias', 'env', 'alias']) {
    const found = keywords.find(({ name }) => name && expressions.text(name) === wanted)?.value;
    const string = found?.name === 'String' ? found : found && argumentsOf(partsOf(found).find((part) => part.name === 'ArgList')).positional[0]?.value;
    if (string?.name === 'String') return expressions.text(string).replace(/^['"]|['"]$/g, '').toUpperCase();
  }
  return undefined;
}

/** The constructor that the fields stand for, by position and by keyword. */
function fieldConstructor({ fields, statements }: ClassReading, at: Span): Node[] {
  if (fields.length === 0) return [];
  const params = fields.map(({ name, fallback }) => {
    const id = identifier(spanOf(name), statements.expressions.text(name));
    const parameter = fallback ? makeNode('AssignmentPattern', spanOf(name), { left: id, right: fallback }) : id;
    return makeNode('TSParameterProperty', spanOf(name), { parameter });
  });
  const signature = { names: fields.map(({ name }) => statements.expressions.text(name)), positional: fields.length };
  const value = makeNode('FunctionExpression', at, { params, signature, body: makeNode('Statements', at, { body: [] }), async: false });
  return [makeNode('MethodDefinition', at, { key: identifier(at, 'constructor'), value, kind: 'constructor', static: false, computed: false })];
}

/** What a data class or a model says of itself: its fields. */
function fieldList({ fields, statements }: ClassReading, at: Span): Node[] {
  const shown = fields.filter(({ isHidden }) => !isHidden).map(({ name }) => member(at, makeNode('ThisExpression', at), statements.expressions.text(name)));
  const body = makeNode('Statements', at, { body: [makeNode('ReturnStatement', at, { argument: array(at, shown) })] });
  const value = makeNode('FunctionExpression', at, { params: [], body, async: false });
  return [makeNode('MethodDefinition', at, { key: identifier(at, '__repr__'), value, kind: 'method', static: false, computed: false })];
}
