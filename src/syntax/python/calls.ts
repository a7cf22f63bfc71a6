import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import type { CallArguments } from './arguments.ts';
import { call, either, element, globalName, identifier, literal, makeNode, member, methodCall, object, opaque, property, spread, widened } from '../estree/build.ts';
import type { Expressions } from './expressions.ts';
import { fillTemplate, literalsOf } from './formatting.ts';
import { formatPieces } from './strings.ts';
import { partsOf, spanOf, type SyntaxNode } from './tree.ts';

/** A call while it is translated. */
interface Call {
  readonly expressions: Expressions;
  readonly at: Span;
  readonly callee: SyntaxNode;
  readonly args: CallArguments;
}

/** Translates a call: what the standard library says in other words than JavaScript's is put into those. */
export function translateCall(expressions: Expressions, node: SyntaxNode, callee: SyntaxNode, args: CallArguments): Node {
  const made: Call = { expressions, at: spanOf(node), callee, args };
  return knownCall(made) ?? methodOf(made) ?? plainCall(made);
}

function plainCall(made: Call): Node {
  const { expressions, at, callee } = made;
  // `super().__init__(…)` is `super(…)`.
  const target = superCall(made) ?? expressions.read(callee);
  return makeNode(isConstructor(expressions, callee) ? 'NewExpression' : 'CallExpression', at, { callee: target, arguments: readArguments(made) });
}

/** Positional arguments, then the keywords as one object that says what it is. */
function readArguments({ expressions, args }: Call): Node[] {
  const positional = args.positional.map(({ value, spread: isSpread, comprehension }) => {
    if (comprehension) return expressions.comprehension(comprehension, [value.from, comprehension.at(-1)?.to ?? value.to]);
    const read = expressions.read(value);
    return isSpread ? spread(spanOf(value), read) : read;
  });
  return args.keywords.length === 0 ? positional : [...positional, readKeywords(expressions, args)];
}

function readKeywords(expressions: Expressions, { keywords }: CallArguments): Node {
  const properties = keywords.map(({ name, value }) => {
    const read = expressions.read(value);
    if (!name) return spread([value.from - 2, value.to], read);
    return property([name.from, value.to], identifier(spanOf(name), expressions.text(name)), read, false);
  });
  const range: Span = [properties[0]?.range[0] ?? 0, properties.at(-1)?.range[1] ?? 0];
  return makeNode('ObjectExpression', range, { properties, keywords: true });
}

/** Classes are written in capitals (PEP 8); whether it is one is seen once modules are linked. */
function isConstructor(expressions: Expressions, callee: SyntaxNode): boolean {
  const name = callee.name === 'MemberExpression' ? partsOf(callee).at(-1) : callee;
  return name !== undefined && /^_*[A-Z]\w*[a-z]/.test(expressions.text(name)) && /^(?:VariableName|PropertyName)$/.test(name.name);
}

function superCall({ expressions, callee }: Call): Node | undefined {
  if (callee.name !== 'MemberExpression') return undefined;
  const [object, , property] = partsOf(callee);
  const inner = object?.name === 'CallExpression' ? partsOf(object)[0] : undefined;
  if (!object || !property || inner?.name !== 'VariableName' || expressions.text(inner) !== 'super') return undefined;
  const base = makeNode('Super', spanOf(object));
  return expressions.text(property) === '__init__' ? base : member(spanOf(callee), base, expressions.text(property));
}

/** The path of a function of the standard library or of a builtin that nothing here hides. */
function pathOf({ expressions, callee }: Call): string | undefined {
  const path = expressions.pathOf(callee);
  if (path !== undefined) return path;
  const [object, dot, property] = callee.name === 'MemberExpression' ? partsOf(callee) : [callee];
  if (object?.name !== 'VariableName' || expressions.names.meaning(expressions.text(object)).kind !== 'free') return undefined;
  return dot && property ? `${expressions.text(object)}.${expressions.text(property)}` : expressions.text(object);
}

const decoders: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({
  'base64.b64decode': 'base64', 'base64.urlsafe_b64decode': 'base64', 'base64.standard_b64decode': 'base64', 'base64.decodebytes': 'base64', 'binascii.a2b_base64': 'base64',
  'base64.b16decode': 'hex', 'bytes.fromhex': 'hex', 'bytearray.fromhex': 'hex', 'binascii.unhexlify': 'hex', 'binascii.a2b_hex': 'hex',
}));

const environmentGetters = /^(?:os\.getenv|os\.environ\.(?:get|setdefault|pop)|decouple\.(?:config|AutoConfig))$/;

/** Names of functions with one argument that JavaScript has under another name. */
const renamed: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({
  'base64.b64encode': 'btoa', 'base64.urlsafe_b64encode': 'btoa',
  'urllib.parse.unquote': 'decodeURIComponent', 'urllib.parse.unquote_plus': 'decodeURIComponent', 'urllib.parse.quote': 'encodeURIComponent', 'urllib.parse.quote_plus': 'encodeURIComponent',
  'json.loads': 'JSON.parse', 'json.dumps': 'JSON.stringify',
  chr: 'String.fromCharCode', str: 'String', list: 'Array.from', tuple: 'Array.from',
}));

function knownCall(made: Call): Node | undefined {
  const path = pathOf(made);
  const first = made.args.positional[0];
  if (path === undefined) return undefined;
  if (environmentGetters.test(path)) return environmentRead(made);
  if (path === 'dict') return dictionary(made);
  if (!first || first.spread) return undefined;
  const encoding = decoders.get(path);
  const name = renamed.get(path);
  if (encoding !== undefined) return decoded(made, readFirst(made), encoding);
  if (name !== undefined) return call(made.at, globalName(made.at, name), [readFirst(made)]);
  return otherKnownCall(made, path);
}

function otherKnownCall(made: Call, path: string): Node | undefined {
  const { expressions, at, args } = made;
  const second = args.positional[1];
  switch (path) {
    case 'codecs.decode':
    case 'codecs.encode':
      return second && coded(made, readFirst(made), expressions.read(second.value));
    case 'bytes':
    case 'bytearray':
      return methodCall(at, methodCall(at, globalName(at, 'Buffer'), 'from', [readFirst(made)]), 'toString', []);
    case 'int':
      return call(at, globalName(at, 'parseInt'), args.positional.map(({ value }) => expressions.read(value)));
    case 'ord':
      return methodCall(at, readFirst(made), 'charCodeAt', []);
    case 'reversed':
      return methodCall(at, call(at, globalName(at, 'Array.from'), [readFirst(made)]), 'reverse', []);
    case 'map':
      return second && methodCall(at, call(at, globalName(at, 'Array.from'), [expressions.read(second.value)]), 'map', [callback(made)]);
    case 'getattr':
      return second && element(at, readFirst(made), expressions.read(second.value));
    default:
      return undefined;
  }
}

/** `map(chr, codes)`: a builtin is passed by its name in JavaScript. */
function callback(made: Call): Node {
  const { expressions, args } = made;
  const given = args.positional[0]?.value;
  const name = given?.name === 'VariableName' ? expressions.text(given) : '';
  const path = renamed.get(name);
  return given && path !== undefined && expressions.names.meaning(name).kind === 'free' ? globalName(spanOf(given), path) : readFirst(made);
}

function readFirst({ expressions, args }: Call): Node {
  const first = args.positional[0];
  if (!first) return opaque([0, 0]);
  return first.comprehension ? expressions.comprehension(first.comprehension, spanOf(first.value)) : expressions.read(first.value);
}

/** `os.getenv(name, default)` and its relatives. */
function environmentRead(made: Call): Node {
  const { expressions, at, args } = made;
  const named = args.positional.slice(0, 1).map(({ value }) => expressions.read(value));
  const given = args.positional[1]?.value ?? args.keywords.find(({ name }) => name && expressions.text(name) === 'default')?.value;
  const fallback = given && expressions.read(given);
  const read = call(at, globalName(at, 'os.getenv'), fallback?.type === 'Literal' ? [...named, fallback] : named);
  return fallback ? either(at, read, fallback) : read;
}

/** `dict(a, b=1)` is `{...a, b: 1}`. */
function dictionary(made: Call): Node {
  const { expressions, at, args } = made;
  const [only] = args.positional;
  if (only?.comprehension || (only && args.keywords.length === 0)) return call(at, globalName(at, 'Object.fromEntries'), [readFirst(made)]);
  const keywords: Node[] = args.keywords.length > 0 ? readKeywords(expressions, args)['properties'] : [];
  const properties = [...args.positional.map(({ value }) => spread(spanOf(value), expressions.read(value))), ...keywords];
  return object(at, properties);
}

/** Bytes as text: Python's bytes and texts are one here. */
function decoded({ at }: Call, value: Node, encoding: string): Node {
  const bytes = methodCall(at, globalName(at, 'Buffer'), 'from', [value, literal([at[1], at[1]], encoding)]);
  return methodCall(at, bytes, 'toString', []);
}

/** A text through a codec that is named: `codecs.decode(x, "rot13")`, `x.decode("hex")`. */
function coded(made: Call, value: Node, codec: Node): Node | undefined {
  const name = codec.type === 'Literal' && typeof codec['value'] === 'string' ? codec['value'].toLowerCase().replace(/[-_]/g, '') : undefined;
  switch (name) {
    case 'rot13':
      return call(made.at, globalName(made.at, 'python:rot13'), [value]);
    case 'hex':
    case 'hexcodec':
      return decoded(made, value, 'hex');
    case 'base64':
    case 'base64codec':
      return decoded(made, value, 'base64');
    case 'utf8':
    case 'ascii':
    case 'latin1':
    case 'usascii':
    case 'iso88591':
    case 'unicodeescape':
      return widened(value, made.at);
    default:
      return undefined;
  }
}

/** Methods of texts that JavaScript has under another name. */
const renamedMethods: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({
  strip: 'trim', lstrip: 'trimStart', rstrip: 'trimEnd', lower: 'toLowerCase', casefold: 'toLowerCase', upper: 'toUpperCase',
  replace: 'replaceAll', ljust: 'padEnd', rjust: 'padStart',
}));

function methodOf(made: Call): Node | undefined {
  const { expressions, at, callee, args } = made;
  const [object, dot, property] = callee.name === 'MemberExpression' ? partsOf(callee) : [];
  if (!object || dot?.name !== '.' || !property) return undefined;
  const name = expressions.text(property);
  const [first, second] = args.positional;
  const isPlain = args.keywords.length === 0 && args.positional.every((argument) => !argument.spread);
  const isModule = expressions.pathOf(object) !== undefined;
  switch (name) {
    case 'join':
      if (!first || second || !isPlain || isModule) return undefined;
      return methodCall(at, readFirst(made), 'join', [expressions.read(object)]);
    case 'encode':
    case 'decode':
      return isModule ? undefined : codecMethod(made, object);
    case 'format':
      return isModule ? undefined : formatted(made, object);
    case 'append':
      if (!first || second || !isPlain) return undefined;
      return call(at, member(spanOf(callee), expressions.read(object), 'push'), readArguments(made));
    case 'extend':
      if (!first || second || !isPlain) return undefined;
      return call(at, member(spanOf(callee), expressions.read(object), 'push'), [spread(spanOf(first.value), readFirst(made))]);
    case 'update':
      return { ...plainCall(made), merges: true };
  }
  const renamedTo = renamedMethods.get(name);
  // With characters to strip it is another operation.
  const isBare = !/^[lr]?strip$/.test(name) || !first;
  return renamedTo !== undefined && isPlain && isBare && !isModule ? call(at, member(spanOf(callee), expressions.read(object), renamedTo), readArguments(made)) : undefined;
}

function codecMethod(made: Call, object: SyntaxNode): Node | undefined {
  const { expressions, at, args } = made;
  const codec = args.positional[0]?.value ?? args.keywords.find(({ name }) => name && expressions.text(name) === 'encoding')?.value;
  if (args.positional.length > 2) return undefined;
  if (!codec) return args.positional.length === 0 ? widened(expressions.read(object), at) : undefined;
  if (codec.name !== 'String') return undefined;
  return coded(made, expressions.read(object), expressions.read(codec));
}

/** `"…{}…".format(a, b=c)` */
function formatted(made: Call, object: SyntaxNode): Node | undefined {
  const { expressions, at, args } = made;
  if (args.positional.some((argument) => argument.spread)) return undefined;
  const held = expressions.read(object);
  const texts = literalsOf(held);
  const positional = args.positional.map(({ value }) => expressions.read(value));
  const named = new Map(args.keywords.flatMap(({ name, value }) => (name ? [[expressions.text(name), expressions.read(value)] as const] : [])));
  const others = args.keywords.find(({ name }) => !name)?.value;
  const rest = others && expressions.read(others);
  const filled = texts && fillTemplate(expressions.source, texts, formatPieces, at, { at: (index) => positional[index], named: (name) => named.get(name) ?? (rest && element(at, rest, literal(at, name))) });
  return filled ?? call(at, member(spanOf(made.callee), held, 'format'), readArguments(made));
}
