import { mentionsHilt } from '../hilt/needles.ts';
import { sessionWords } from '../hilt/session-words.ts';
import { folderOf, joinPath } from '../project/graph/posix-path.ts';
import { pythonImports } from '../project/python-imports.ts';
import { pythonModulePaths } from '../project/python-modules.ts';
import { decode } from '../sources/decode.ts';
import { textIn } from '../sources/file-text.ts';
import { isPythonFile } from '../sources/language.ts';
import type { Source, SourceFile } from '../sources/source.ts';

const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.mts', '.cjs', '.cts', '.json', '.vue', '.svelte', '/index.ts', '/index.tsx', '/index.js', '/index.mjs'];
/** A text that is put together: without one, imports cannot make a key. */
const composes = /\+|`|\.(?:concat|join)\b/;
const composesInPython = /[+%]|\b[rR]?[fF][rR]?\\?["']|\.(?:format|join)\b/;
/**
 * A literal that begins as a relative specifier does, plain or escaped, and the unquoted attribute of a tag. More than what is imported:
 * a path too many costs a look into the index. Literals behind `import type` are left out.
 */
const relative = /(\bimport\s+type\s+(?!from\b)[^;"'`]*?\bfrom\s*)?(["'`])((?:\.|\\)[^"'`\n]*)\2|=\s*(\.[^\s"'`>]*)/g;
const escape = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|(.))/g;

/** A literal that may be the rest of a key, or a key of unknown shape that a wrapper in another file sends. */
const mayBeSecret = /["'`](?=[^"'`\n]{0,200}\d)(?=[^"'`\n]{0,200}[A-Za-z])[\w.-]{12,200}\\?["'`]/;
/** Prefixes that configurations map to folders: what is behind them is looked for at the end of every path. */
const aliased = /(["'`])(?:@\/|~\/?|#|\$lib\/|src\/)([\w./-]+)\1/g;
const reexports = /\bexport\s*(?:\*|\{[^}]*\})[^;"'`]*?\bfrom\b/;
const maxAliases = 200;
/** Modules that only pass on what others export, one after another. */
const maxHops = 3;

/** Remembers which staged code files import what, so that pieces of a key in files that are not staged are seen. */
export class FragmentImports {
  /** By what a specifier names: the paths that it may stand for. */
  readonly #wanted = new Map<string, { readonly paths: readonly string[]; readonly importers: Set<SourceFile> }>();

  /** By what stands behind an alias. */
  readonly #aliased = new Map<string, Set<SourceFile>>();

  note(file: SourceFile): void {
    const text = (/\.d\.[mc]?ts$/.test(file.path) ? undefined : textIn(file)) ?? '';
    const isSuspicious = mayBeSecret.test(text) || sessionWords.test(text);
    if (!isSuspicious && !(isPythonFile(file.path) ? composesInPython : composes).test(text)) return;
    if (isSuspicious && !isPythonFile(file.path)) this.#noteAliases(file, text);
    for (const { base, paths } of importsIn(file.path, text)) this.#want(base, paths, file);
  }

  #noteAliases(file: SourceFile, text: string): void {
    for (const [, , rest = ''] of text.matchAll(aliased)) {
      const known = this.#aliased.get(rest);
      if (known) known.add(file);
      else if (this.#aliased.size < maxAliases) this.#aliased.set(rest, new Set([file]));
    }
  }

  /** Every path that ends as an aliased specifier does. */
  #resolveAliases(source: Source): void {
    if (this.#aliased.size === 0) return;
    const byEnding = new Map([...this.#aliased].flatMap(([rest, importers]) => candidatesOf(rest).map((ending) => [ending, importers] as const)));
    for (const path of source.paths()) {
      for (let slash = path.indexOf('/'), rest = path; ; rest = path.slice(slash + 1), slash = path.indexOf('/', slash + 1)) {
        const importers = byEnding.get(rest);
        if (importers) for (const file of importers) this.#want(path, [path], file);
        if (slash < 0) break;
      }
    }
  }

  #want(base: string, paths: readonly string[], file: SourceFile): void {
    const known = this.#wanted.get(base);
    if (known) known.importers.add(file);
    else this.#wanted.set(base, { paths, importers: new Set([file]) });
  }

  /** The files that import one which mentions Hilt, through modules that only pass it on. */
  importers(source: Source): Set<SourceFile> {
    const found = new Set<SourceFile>();
    this.#resolveAliases(source);
    for (let hop = 0; hop <= maxHops && this.#wanted.size > 0; hop++) this.#look(source, found);
    return found;
  }

  /** Looks at what is wanted; what it passes on is wanted next. */
  #look(source: Source, found: Set<SourceFile>): void {
    const wanted = [...this.#wanted.values()].filter(({ importers }) => [...importers].some((file) => !found.has(file)));
    this.#wanted.clear();
    if (wanted.length === 0) return;
    const near = source.peek?.(wanted.flatMap(({ paths }) => paths));
    const unsure = wanted.filter(({ paths }) => !near || !isKnown(paths, near));
    if (unsure.length > 0) source.prefetch?.(unsure.flatMap(({ paths }) => paths));
    for (const { paths, importers } of wanted) {
      const get = near && isKnown(paths, near) ? (path: string) => near.get(path) : (path: string) => source.open(path)?.read();
      const isMention = (bytes: Uint8Array | undefined): boolean => bytes !== undefined && mentionsHilt(bytes);
      for (const path of paths) {
        const bytes = get(path);
        if (isMention(bytes)) for (const file of importers) found.add(file);
        else if (bytes) this.#follow(path, bytes, importers);
      }
    }
  }

  #follow(path: string, bytes: Uint8Array, importers: ReadonlySet<SourceFile>): void {
    const text = decode(bytes).text;
    if (!isPythonFile(path) && !reexports.test(text)) return;
    for (const { base, paths } of importsIn(path, text)) if (base !== path) for (const file of importers) this.#want(base, paths, file);
  }
}

/** Whether the content is known wherever there is any, and there is some. */
function isKnown(paths: readonly string[], near: ReadonlyMap<string, Uint8Array | undefined>): boolean {
  const there = paths.filter((path) => near.has(path));
  return there.length > 0 && there.every((path) => near.get(path) !== undefined);
}

/** What a file imports, under a name for it, and the paths where that may be. */
function importsIn(file: string, text: string): { readonly base: string; readonly paths: readonly string[] }[] {
  if (isPythonFile(file)) return pythonImports(file, text).map(({ specifier }) => ({ base: `${folderOf(file)}\n${specifier}`, paths: pythonModulePaths(file, specifier) }));
  return [...relativeSpecifiers(text)].flatMap((specifier) => {
    const base = joinPath(folderOf(file), specifier.replace(/[?#].*$/, ''));
    return base === undefined ? [] : [{ base, paths: candidatesOf(base) }];
  });
}

function* relativeSpecifiers(text: string): Generator<string> {
  for (const [, typeOnly, , quoted, bare = ''] of text.matchAll(relative)) {
    if (typeOnly !== undefined) continue;
    const specifier = quoted?.includes('\\') ? unescape(quoted) : (quoted ?? bare);
    if (/^\.\.?(?:\/|$)/.test(specifier)) yield specifier;
  }
}

function unescape(literal: string): string {
  return literal.replace(escape, (_whole, two?: string, four?: string, braced?: string, other?: string) => {
    const code = two ?? four ?? braced;
    return code === undefined ? (other ?? '') : String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10_ff_ff));
  });
}

function candidatesOf(base: string): string[] {
  // A compiled name may stand for its source: `./a.js` for `./a.ts`.
  const source = base.replace(/\.([mc]?)jsx?$/, '.$1ts');
  return source === base ? endings.map((ending) => base + ending) : [base, source, source.replace(/\.ts$/, '.tsx')];
}
