import type { ArithmeticExpression, ParameterExpansionPart, ParsedScript, Word, WordPart } from 'unbash';
import { array, either, element, globalName, identifier, literal, member, methodCall, opaque, spread, template } from '../estree/build.ts';
import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';

/** What words need of the script around them. */
export interface Surroundings {
  /** Where `[start, end)` of the shell's text stands in the file. */
  place(start: number, end: number): Span;
  /** Whether the script has set a variable before this place; what it has not set is the environment's. */
  isSet(name: string, position: number): boolean;
  /** The name of the parameter that is `$index` here, after `shift`. */
  argument(index: number): string;
  /** Whether a variable that the script sets is set so seldom that its value can be followed. */
  isFollowed(name: string): boolean;
  /** What the commands of a `$(…)` print. */
  output(script: ParsedScript | undefined, at: Span, hasOwnText: boolean): Node;
}

/** `$1` to `$9`; more of them are not followed. */
export const argumentNames: readonly string[] = [...'123456789'];

type Piece = Node | { readonly text: string; readonly at: Span };

/** A word as one value. */
export function readWord(around: Surroundings, word: Word | undefined): Node {
  if (!word) return opaque([0, 0]);
  const at = around.place(word.pos, word.end);
  return joined(piecesOf(around, word.parts, word), at);
}

/** A word that is one variable, or what stands for it where it is not set: `"$X"`, `${X:-}`. */
export function readVariable(around: Surroundings, word: Word): Node | undefined {
  const name = /^"?\$(?:\{([A-Za-z_]\w*)(?::?-[^{}$]*)?\}|([A-Za-z_]\w*))"?$/.exec(word.text);
  return name ? variable(around, name[1] ?? name[2] ?? '', word.pos, around.place(word.pos, word.end)) : undefined;
}

/** A word as arguments: `"${args[@]}"` is all that the array holds. */
export function readArgument(around: Surroundings, word: Word): Node {
  const all = allOf(around, word);
  return all ? spread(around.place(word.pos, word.end), all) : readWord(around, word);
}

/** The text of a word that nothing is expanded in, else `undefined`. */
export function plainText(word: Word | undefined): string | undefined {
  if (!word) return undefined;
  const isPlain = (parts: readonly WordPart[] | undefined): boolean =>
    (parts ?? []).every((part) => part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted' || (part.type === 'DoubleQuoted' && isPlain(part.parts)));
  return isPlain(word.parts) ? word.value : undefined;
}

/** Text with expansions in it, such as the body of a heredoc. */
export function readText(around: Surroundings, text: string, parts: readonly WordPart[] | undefined, at: Span): Node {
  return parts ? joined(parts.flatMap((part) => pieceOf(around, part)), at) : literal(at, text);
}

function joined(pieces: readonly Piece[], at: Span): Node {
  const texts = pieces.filter((piece): piece is { text: string; at: Span } => !('type' in piece));
  if (texts.length === pieces.length) return literal(at, texts.map((piece) => piece.text).join(''));
  const [only] = pieces;
  return pieces.length === 1 && only && 'type' in only ? only : template(at, pieces);
}

function piecesOf(around: Surroundings, parts: readonly WordPart[] | undefined, word: Word): Piece[] {
  if (!parts) return [{ text: word.value, at: around.place(word.pos, word.end) }];
  return parts.flatMap((part, index) => {
    // GitHub's `${{ … }}`, which is filled in before the shell runs: the parser leaves its last brace outside.
    const before = parts[index - 1];
    const follows = before?.type === 'ParameterExpansion' && isTemplateExpression(before) && part.type === 'Literal' && part.value.startsWith('}');
    return follows && part.type === 'Literal' ? pieceOf(around, { ...part, pos: part.pos + 1, value: part.value.slice(1) }) : pieceOf(around, part);
  });
}

function pieceOf(around: Surroundings, part: WordPart): Piece[] {
  const at = around.place(part.pos, part.end);
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value === '' ? [] : [{ text: part.value, at: innerSpan(around, part) }];
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.flatMap((inner, index) => {
        const before = part.parts[index - 1];
        const follows = before?.type === 'ParameterExpansion' && isTemplateExpression(before) && inner.type === 'Literal' && inner.value.startsWith('}');
        return follows && inner.type === 'Literal' ? pieceOf(around, { ...inner, pos: inner.pos + 1, value: inner.value.slice(1) }) : pieceOf(around, inner);
      });
    case 'SimpleExpansion':
      return [variable(around, part.text.slice(1), part.pos, at)];
    case 'ParameterExpansion':
      return [parameter(around, part, at)];
    case 'CommandExpansion':
    case 'ProcessSubstitution':
      return [around.output(part.script, at, part.script !== undefined && 'source' in part.script && part.script.source !== undefined)];
    case 'ArithmeticExpansion':
      return [opaque(at, arithmeticWords(around, part.expression))];
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return [{ text: part.text, at }];
  }
}

/** Quotes are no part of the text. */
function innerSpan(around: Surroundings, part: { readonly type: string; readonly pos: number; readonly end: number }): Span {
  if (part.type === 'SingleQuoted') return around.place(part.pos + 1, Math.max(part.pos + 1, part.end - 1));
  if (part.type === 'AnsiCQuoted') return around.place(part.pos + 2, Math.max(part.pos + 2, part.end - 1));
  return around.place(part.pos, part.end);
}

function variable(around: Surroundings, name: string, position: number, at: Span): Node {
  if (/^[1-9]\d*$/.test(name)) return identifier(at, around.argument(Number(name)));
  // `"key $*"`: all arguments in one text.
  if (name === '*' || name === '@') return methodCall(at, allArguments(around, at), 'join', [literal(at, ' ')]);
  if (around.isSet(name, position)) return around.isFollowed(name) ? identifier(at, name) : opaque(at);
  return /^[A-Za-z_]\w*$/.test(name) ? member(at, globalName(at, 'shell:env'), name) : opaque(at);
}

/** `$@` */
function allArguments(around: Surroundings, at: Span): Node {
  const first = Number(around.argument(1)) - 1;
  return array(at, argumentNames.slice(first).map((name) => identifier(at, name)));
}

function parameter(around: Surroundings, part: ParameterExpansionPart, at: Span): Node {
  // With the last brace, which the parser leaves outside.
  if (isTemplateExpression(part)) return templateExpression(part.text, around.place(part.pos, part.end + 1));
  if (part.prefix !== undefined) return opaque(at);
  const value = variable(around, part.parameter, part.pos, at);
  const held = part.index === undefined ? value : element(at, value, readWord(around, part.index));
  const { operation } = part;
  if (operation && operation.type !== 'Default') return changed(held, operation, at);
  if (!operation) return held;
  const given = readWord(around, operation.operand);
  // `${X:?message}` gives X or ends the script, `${X:+y}` gives y or nothing.
  if (operation.operator.endsWith('?')) return held;
  return operation.operator.endsWith('+') ? given : either(at, held, given);
}

type Change = Exclude<NonNullable<ParameterExpansionPart['operation']>, { type: 'Default' }>;

/** `${X:0:8}`, `${X/a/b}`, `${X%%_*}`: what is left of a variable. */
function changed(held: Node, operation: Change, at: Span): Node {
  switch (operation.type) {
    case 'Slice':
      return sliced(held, numberIn(operation.offset), operation.length && numberIn(operation.length), operation.length !== undefined, at);
    case 'Replace': {
      const pattern = plainText(operation.pattern);
      const replacement = plainText(operation.replacement);
      // One character for each, or stars: a mask.
      if (replacement === undefined || pattern === undefined || /^[*x#•.]+$/i.test(replacement)) return opaque(at, [held]);
      const isPlain = !/[*?[\\]/.test(pattern) && (operation.operator === '/' || operation.operator === '//');
      return isPlain ? methodCall(at, held, operation.operator === '//' ? 'replaceAll' : 'replace', [literal(at, pattern), literal(at, replacement)]) : held;
    }
    case 'Remove':
      // `${X%%_*}` keeps the start alone, as far as a pattern says.
      return operation.operator.startsWith('%') && /[*?[]/.test(operation.operand.value) ? opaque(at, [held]) : held;
    default:
      return held;
  }
}

function sliced(held: Node, offset: number | undefined, length: number | undefined, hasLength: boolean, at: Span): Node {
  if (offset === undefined || (hasLength && length === undefined)) return opaque(at, [held]);
  const end = length === undefined ? [] : [length < 0 ? length : offset + length];
  // `${X: -4:4}` goes to the end.
  const bounds = end[0] === 0 && offset < 0 ? [offset] : [offset, ...end];
  return methodCall(at, held, 'slice', bounds.map((bound) => literal(at, bound)));
}

function numberIn(word: Word): number | undefined {
  const text = /^\s*\(?\s*(-?\d{1,6})\s*\)?\s*$/.exec(word.value)?.[1];
  return text === undefined ? undefined : Number(text);
}

function isTemplateExpression(part: ParameterExpansionPart): boolean {
  return part.text.startsWith('${{');
}

/** `secrets.X`, `env.X`, `vars.X` of a workflow. */
export function templateExpression(text: string, at: Span): Node {
  const path = /^\$\{\{\s*([\w-]+)\.([\w.-]+)\s*\}?/.exec(text);
  const [, scope, name] = path ?? [];
  if (scope === undefined || name === undefined) return opaque(at);
  if (scope === 'secrets') return member(at, globalName(at, 'shell:secrets'), `secrets.${name}`);
  return member(at, globalName(at, 'shell:env'), scope === 'env' ? name : `${scope}.${name}`);
}

/** The array of `"${args[@]}"` or the arguments of `"$@"`, where that is all of the word. */
function allOf(around: Surroundings, word: Word): Node | undefined {
  const [outer, ...more] = word.parts ?? [];
  const part = outer?.type === 'DoubleQuoted' && outer.parts.length === 1 ? outer.parts[0] : outer;
  if (!part || more.length > 0) return undefined;
  const at = around.place(part.pos, part.end);
  if (part.type === 'SimpleExpansion' && /^\$[@*]$/.test(part.text)) return allArguments(around, at);
  if (part.type !== 'ParameterExpansion' || part.prefix !== undefined || !/^[@*]$/.test(part.index?.value ?? '')) return undefined;
  return variable(around, part.parameter, part.pos, at);
}

function arithmeticWords(around: Surroundings, expression: ArithmeticExpression | undefined): Node[] {
  if (expression?.type !== 'ArithmeticCommandExpansion') return [];
  return [around.output(expression.script, around.place(expression.pos, expression.end), false)];
}
