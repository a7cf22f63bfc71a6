import { createRequire } from 'node:module';
import type { Node } from './estree/node.ts';
import type { Comment } from './module-summary.ts';
import type { ScriptLanguage } from '../sources/language.ts';

type TypeScript = typeof import('typescript');
type TypeScriptEstree = typeof import('@typescript-eslint/typescript-estree');

const require = createRequire(import.meta.url);
let compiler: TypeScript | undefined;

/**
 * The TypeScript compiler, loaded on first use: it costs 0.3 s, and a commit without a Hilt mention must not pay that.
 * Throws where another package version took its place (an `overrides` entry that names TypeScript 7, which has no JS API).
 */
export function typescript(): TypeScript {
  if (compiler) return compiler;
  const loaded = require('typescript') as TypeScript;
  if (typeof loaded.createSourceFile !== 'function') {
    throw new Error(
      `hilt-guard needs TypeScript 6, but "typescript" resolves to version ${loaded.version} at ${require.resolve('typescript')}, which has no compiler API. ` +
        'Remove the override of "typescript" for hilt-guard in package.json ("overrides", "resolutions" or "pnpm.overrides").',
    );
  }
  compiler = loaded;
  return loaded;
}

/** Reads a file with syntax errors as far as it goes. `undefined` where even that fails (nesting beyond the stack). */
export function parseTolerantly(text: string, language: ScriptLanguage): { program: Node; comments: readonly Comment[] } | undefined {
  const ts = typescript();
  const estree = require('@typescript-eslint/typescript-estree') as TypeScriptEstree;
  const name = `module.${language === 'dts' ? 'd.ts' : language === 'js' ? 'jsx' : language}`;
  try {
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    // The converter refuses a file that has diagnostics; the tree below them is whole.
    (source as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics = [];
    const program = estree.parse(source as never, { range: true, comment: true, allowInvalidAST: true, jsx: name.endsWith('x'), suppressDeprecatedPropertyWarnings: true, filePath: name });
    const comments = (program.comments ?? []).map((comment) => ({ text: comment.value, at: [comment.range[0], comment.range[1]] as const, block: (comment.type as string) === 'Block' }));
    return { program: program as unknown as Node, comments };
  } catch {
    // Both throw on input that they cannot represent; the caller then falls back to the text and says so.
    return undefined;
  }
}
