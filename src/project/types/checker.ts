import type ts from 'typescript';
import type { Notice } from '../../sources/notice.ts';
import type { Source } from '../../sources/source.ts';
import type { Span } from '../../syntax/span.ts';
import { typescript } from '../../syntax/typescript.ts';
import type { Resolution } from '../graph/resolution.ts';
import { ambientFile } from './ambient.ts';
import { createCheckerHost, fileNameOf, isScript, type CheckerHost } from './checker-host.ts';
import type { Typed } from './lookup.ts';
import type { TypeOracle } from './oracle.ts';

type TypeScript = typeof ts;

const maxRoots = 200;
const maxQuestions = 500;
/** Members of unions, and classes above a class, that are looked at. */
const maxParts = 32;
const maxGenerations = 8;

interface Opened { readonly compiler: TypeScript; readonly program: ts.Program; readonly checker: ts.TypeChecker; readonly host: CheckerHost }

/**
 * Asks TypeScript's checker, over the files that mention Hilt and what they import. Nothing is loaded before the first question:
 * the compiler costs a third of a second, and the program what its files cost.
 */
export function createTypeOracle(source: Source, resolution: () => Resolution, candidates: () => Iterable<string>): TypeOracle {
  return new CheckerOracle(source, resolution, candidates);
}

class CheckerOracle implements TypeOracle {
  readonly notices: Notice[] = [];
  readonly #source: Source;
  readonly #resolution: () => Resolution;
  readonly #candidates: () => Iterable<string>;
  readonly #known = new Map<string, readonly Typed[]>();
  #opened: Opened | undefined;

  constructor(source: Source, resolution: () => Resolution, candidates: () => Iterable<string>) {
    this.#source = source;
    this.#resolution = resolution;
    this.#candidates = candidates;
  }

  typeAt(file: string, at: Span): readonly Typed[] {
    return this.#answer(file, at, 0);
  }

  receiverOf(file: string, call: Span, names: number): readonly Typed[] {
    return this.#answer(file, call, names);
  }

  #answer(file: string, at: Span, names: number): readonly Typed[] {
    if (!isScript(file)) return [];
    const question = `${file}:${at.join()}:${names}`;
    const known = this.#known.get(question);
    if (known) return known;
    if (this.#known.size >= maxQuestions) {
      this.#tell(`More than ${maxQuestions} expressions are known by their inferred type alone`);
      return [];
    }
    const answer = this.#ask(file, at, names);
    this.#known.set(question, answer);
    return answer;
  }

  #ask(file: string, at: Span, names: number): readonly Typed[] {
    this.#opened ??= this.#open(file);
    const { program, checker, compiler, host } = this.#opened;
    const sourceFile = program.getSourceFile(fileNameOf(file));
    if (host.isCut) this.#tell('There are more or larger files than types are looked up in');
    const outer = sourceFile && expressionAt(compiler, sourceFile, at);
    const node = outer && below(compiler, outer, names);
    return node ? partsOf(checker, checker.getTypeAtLocation(node)).flatMap((type) => typedAs(compiler, checker, type, 0)) : [];
  }

  #open(file: string): Opened {
    const compiler = typescript();
    const host = createCheckerHost(compiler, this.#source, this.#resolution());
    const roots = new Set([file, ...this.#candidates()].filter(isScript));
    if (roots.size > maxRoots) this.#tell(`More than ${maxRoots} files mention Hilt`);
    const names = [ambientFile, ...[...roots].slice(0, maxRoots)].map(fileNameOf);
    // Before what they import, which the bounds may keep out.
    for (const name of names) host.getSourceFile(name, compiler.ScriptTarget.ES2022);
    const program = compiler.createProgram(names, {
      allowJs: true, checkJs: false, noEmit: true, skipLibCheck: true, strict: true, types: [], lib: ['lib.es2022.d.ts'], resolveJsonModule: true,
      target: compiler.ScriptTarget.ES2022, module: compiler.ModuleKind.ESNext, moduleResolution: compiler.ModuleResolutionKind.Bundler,
      jsx: compiler.JsxEmit.Preserve, experimentalDecorators: true, maxNodeModuleJsDepth: 0, noResolve: false,
    }, host);
    return { compiler, host, program, checker: program.getTypeChecker() };
  }

  #tell(what: string): void {
    if (this.notices.some(({ message }) => message.startsWith(what))) return;
    this.notices.push({ code: 'fold-budget', level: 'info', message: `${what}; clients that only an inferred type tells of may have been missed beyond.` });
  }
}

/** The outermost expression that begins and ends inside the span, at its start. */
function expressionAt(compiler: TypeScript, sourceFile: ts.SourceFile, [start, end]: Span): ts.Node | undefined {
  let found: ts.Node | undefined;
  let current: ts.Node | undefined = sourceFile;
  while (current) {
    const next: ts.Node | undefined = compiler.forEachChild(current, (child) => (child.getStart(sourceFile) <= start && start < child.end ? child : undefined));
    if (next && !found && next.getStart(sourceFile) === start && next.end <= end) found = next;
    current = next;
  }
  return found;
}

/** What the callee of a call is called on, so many names below it. */
function below(compiler: TypeScript, node: ts.Node, names: number): ts.Node | undefined {
  if (names === 0) return node;
  let current: ts.Node = node;
  while (compiler.isAwaitExpression(current) || compiler.isParenthesizedExpression(current) || compiler.isNonNullExpression(current)) current = current.expression;
  if (!compiler.isCallExpression(current)) return undefined;
  current = current.expression;
  for (let taken = 0; taken < names; taken += 1) {
    while (compiler.isNonNullExpression(current) || compiler.isParenthesizedExpression(current)) current = current.expression;
    if (!compiler.isPropertyAccessExpression(current) && !compiler.isElementAccessExpression(current)) return undefined;
    current = current.expression;
  }
  return current;
}

function partsOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  const awaited = checker.getAwaitedType(type) ?? type;
  const bound = awaited.isTypeParameter() ? (checker.getBaseConstraintOfType(awaited) ?? awaited) : awaited;
  return bound.isUnionOrIntersection() ? bound.types.slice(0, maxParts) : [bound];
}

/** A class of the SDK, also above a class that extends it, and literal texts. */
function typedAs(compiler: TypeScript, checker: ts.TypeChecker, type: ts.Type, generation: number): Typed[] {
  if (type.isStringLiteral()) return [{ kind: 'text', text: type.value }];
  const specifier = packageOf(compiler, type.getSymbol());
  if (specifier !== undefined) return [{ kind: 'outside', specifier, name: type.symbol.name, args: [] }];
  if (generation > maxGenerations || !type.isClassOrInterface()) return [];
  return checker.getBaseTypes(type).flatMap((base) => typedAs(compiler, checker, base, generation + 1));
}

/** The package whose declarations hold a symbol, where that is told by `declare module`. */
function packageOf(compiler: TypeScript, symbol: ts.Symbol | undefined): string | undefined {
  for (let node: ts.Node | undefined = symbol?.declarations?.[0]; node; node = node.parent) {
    if (compiler.isModuleDeclaration(node) && compiler.isStringLiteral(node.name)) return node.name.text;
  }
  return undefined;
}
