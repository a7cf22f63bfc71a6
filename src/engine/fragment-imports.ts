import { mentionsHilt } from '../hilt/needles.ts';
import { importEdges, isCodeFile } from '../project/graph/import-edges.ts';
import { folderOf, joinPath } from '../project/graph/posix-path.ts';
import { decode } from '../sources/decode.ts';
import type { Source, SourceFile } from '../sources/source.ts';

const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.mts', '.cjs', '.cts', '.json', '.vue', '.svelte', '/index.ts', '/index.tsx', '/index.js', '/index.mjs'];
/** A text that is put together: without one, imports cannot make a key. */
const composes = /\+|`|\.(?:concat|join)\b/;

/** Remembers which staged code files import what, so that pieces of a key in files that are not staged are seen. */
export class FragmentImports {
  readonly #wanted = new Map<string, SourceFile[]>();

  note(file: SourceFile): void {
    const bytes = isCodeFile(file.path) ? file.read() : undefined;
    const text = bytes ? decode(bytes).text : '';
    if (!composes.test(text)) return;
    for (const { specifier, typeOnly } of importEdges(file.path, text)) {
      if (typeOnly || !specifier.startsWith('.')) continue;
      for (const path of candidatesOf(file.path, specifier)) {
        const importers = this.#wanted.get(path);
        if (importers) importers.push(file);
        else this.#wanted.set(path, [file]);
      }
    }
  }

  /** The files that import one which mentions Hilt. */
  importers(source: Source): Set<SourceFile> {
    const found = new Set<SourceFile>();
    if (this.#wanted.size === 0) return found;
    source.prefetch?.([...this.#wanted.keys()]);
    for (const [path, importers] of this.#wanted) {
      const bytes = source.open(path)?.read();
      if (bytes && mentionsHilt(bytes)) for (const file of importers) found.add(file);
    }
    return found;
  }
}

function candidatesOf(from: string, specifier: string): string[] {
  const base = joinPath(folderOf(from), specifier.replace(/[?#].*$/, ''));
  if (base === undefined) return [];
  // A compiled name may stand for its source: `./a.js` for `./a.ts`.
  const source = base.replace(/\.([mc]?)jsx?$/, '.$1ts');
  return source === base ? endings.map((ending) => base + ending) : [base, source, source.replace(/\.ts$/, '.tsx')];
}
