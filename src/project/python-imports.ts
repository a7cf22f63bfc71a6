import { isNotebook } from '../sources/language.ts';
import { sourceSpan } from '../syntax/data/index.ts';
import { pythonOfNotebook } from '../syntax/notebook.ts';
import type { Span } from '../syntax/span.ts';

/** A module that a Python program may import, and the statement that does. */
export interface PythonImport { readonly specifier: string; readonly at: Span }

/** `import a.b as c, d`, `from .a import b, c`, `from a import (b, c)`, `importlib.import_module("a.b")`. */
const statement = /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]+)|import[ \t]+([^\n#;]+))|\bimport_module\(\s*["']([\w.]+)["']/gm;

/** What a program imports, by its text alone: of `from a import b` first `a.b`, which may be a module, then `a`. */
export function pythonImports(file: string, text: string): PythonImport[] {
  const code = isNotebook(file) ? pythonOfNotebook(file, text) : undefined;
  if (code) return importsIn(code.text).map(({ specifier, at }) => ({ specifier, at: sourceSpan(code, ...at) }));
  return isNotebook(file) ? [] : importsIn(text);
}

function importsIn(text: string): PythonImport[] {
  return [...text.matchAll(statement)].flatMap((match) => {
    const [whole, from, names = '', modules, dynamic] = match;
    const start = match.index + whole.length - whole.trimStart().length;
    const at: Span = [start, match.index + whole.trimEnd().length];
    return specifiersOf(from, names, modules, dynamic).map((specifier) => ({ specifier, at }));
  });
}

function specifiersOf(from: string | undefined, names: string, modules: string | undefined, dynamic: string | undefined): string[] {
  if (dynamic !== undefined) return [dynamic];
  const listed = (modules ?? names).replace(/[()\\]/g, ' ').replace(/#.*$/gm, '').split(',').map((name) => name.trim().split(/\s+/)[0] ?? '').filter((name) => /^[\w.]+$/.test(name));
  if (from === undefined) return listed;
  return [...listed.map((name) => (from.endsWith('.') ? from + name : `${from}.${name}`)), from];
}
