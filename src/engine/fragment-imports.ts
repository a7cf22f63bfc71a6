import { mentionsHilt } from '../hilt/needles.ts';
import { folderOf, joinPath } from '../project/graph/posix-path.ts';
import { decode } from '../sources/decode.ts';
import type { Source, SourceFile } from '../sources/source.ts';

const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.mts', '.cjs', '.cts', '.json', '.vue', '.svelte', '/index.ts', '/index.tsx', '/index.js', '/index.mjs'];
/** A text that is put together: without one, imports cannot make a key. */
const composes = /\+|`|\.(?:concat|join)\b/;
/**
 * A literal that begins as a relative specifier does, plain or escaped, and the unquoted attribute of a tag. More than what is imported:
 * a path too many costs a look into the index. Literals behind `import type` are left out.
 */
const relative = /(\bimport\s+type\s+(?!from\b)[^;"'`]*?\bfrom\s*)?(["'`])((?:\.|\\)[^"'`\n]*)\2|=\s*(\.[^\s"'`>]*)/g;
const escape = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|(.))/g;

/** Remembers which staged code files import what, so that pieces of a key in files that are not staged are seen. */
export class FragmentImports {
  /** By what a specifier names: the paths that it may stand for. */
  readonly #wanted = new Map<string, { readonly paths: readonly string[]; readonly importers: Set<SourceFile> }>();

  note(file: SourceFile): void {
    const bytes = /\.d\.[mc]?ts$/.test(file.path) ? undefined : file.read();
    const text = bytes ? decode(bytes).text : '';
    if (!composes.test(text)) return;
    for (const specifier of relativeSpecifiers(text)) {
      const base = joinPath(folderOf(file.path), specifier.replace(/[?#].*$/, ''));
      if (base === undefined) continue;
      const known = this.#wanted.get(base);
      if (known) known.importers.add(file);
      else this.#wanted.set(base, { paths: candidatesOf(base), importers: new Set([file]) });
    }
  }

  /** The files that import one which mentions Hilt. */
  importers(source: Source): Set<SourceFile> {
    const found = new Set<SourceFile>();
    const wanted = [...this.#wanted.values()];
    if (wanted.length === 0) return found;
    const near = source.peek?.(wanted.flatMap(({ paths }) => paths));
    const unsure = wanted.filter(({ paths }) => !near || !isKnown(paths, near));
    if (unsure.length > 0) source.prefetch?.(unsure.flatMap(({ paths }) => paths));
    for (const { paths, importers } of wanted) {
      const get = near && isKnown(paths, near) ? (path: string) => near.get(path) : (path: string) => source.open(path)?.read();
      const isMention = (bytes: Uint8Array | undefined): boolean => bytes !== undefined && mentionsHilt(bytes);
      if (paths.some((path) => isMention(get(path)))) for (const file of importers) found.add(file);
    }
    return found;
  }
}

/** Whether the content is known wherever there is any, and there is some. */
function isKnown(paths: readonly string[], near: ReadonlyMap<string, Uint8Array | undefined>): boolean {
  const there = paths.filter((path) => near.has(path));
  return there.length > 0 && there.every((path) => near.get(path) !== undefined);
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
