import { isMarkupLanguage, isScriptLanguage, type Language } from '../sources/language.ts';
import type { FunctionSummary, ImportEdge, ModuleSummary } from '../syntax/module-summary.ts';
import { contains, type Span } from '../syntax/span.ts';

/** Code that reads a variable, and what must be added to the file for it. */
export interface EnvironmentRead {
  readonly code: string;
  readonly edits: readonly { readonly at: Span; readonly text: string }[];
}

/** Reads a variable of the environment in the file's own way at a place in it, so that a change looks like the code around it; `undefined` where the file is no program. */
export function environmentReadIn(module: ModuleSummary, name: string, at: Span): EnvironmentRead | undefined {
  if (module.language === 'python') return { code: `os.environ["${name}"]`, edits: [] };
  if (!runsScripts(module.language) || isInVueTemplate(module, at)) return undefined;
  const fromParameter = readFromParameter(module, name, at);
  if (fromParameter !== undefined) return { code: fromParameter, edits: [] };
  return readFromModule(module, name) ?? { code: readFromGlobal(module, name), edits: [] };
}

function runsScripts(language: Language): boolean {
  return (isScriptLanguage(language) && language !== 'dts') || isMarkupLanguage(language);
}

/** An expression of a Vue template sees the component and a few globals; `process` and `import.meta` are none of them. */
function isInVueTemplate({ scripts }: ModuleSummary, at: Span): boolean {
  return scripts !== undefined && !scripts.some((script) => contains(script, at));
}

/** `env.X` of a Worker and `c.env.X` of Hono, in the function that is handed them and in those inside it. */
function readFromParameter({ functions, reads }: ModuleSummary, name: string, at: Span): string | undefined {
  const bindings = reads.filter(({ owner }) => owner !== undefined);
  // The innermost first: it begins last.
  const around = functions.filter((fn) => contains(fn.at, at)).sort((a, b) => b.at[0] - a.at[0]);
  for (const fn of around) {
    const owner = fn.environment ?? bindings.find((read) => isRightIn(fn, read.at, functions))?.owner;
    if (owner !== undefined) return `${owner}.${name}`;
  }
  return undefined;
}

function isRightIn(fn: FunctionSummary, at: Span, functions: readonly FunctionSummary[]): boolean {
  return contains(fn.at, at) && !functions.some((inner) => inner !== fn && contains(fn.at, inner.at) && contains(inner.at, at));
}

function readFromGlobal(module: ModuleSummary, name: string): string {
  const accesses = new Set(module.reads.map((read) => read.access));
  if (accesses.has('process.env')) return `process.env.${name}`;
  if (accesses.has('Deno.env') || runsOn(module, /^(?:jsr:|npm:|https:\/\/deno\.land\/)/, 'Deno.')) return `Deno.env.get("${name}")`;
  if (accesses.has('Bun.env') || runsOn(module, /^bun(?::|$)/, 'Bun.')) return `Bun.env.${name}`;
  // Astro's code on the server reads it there, too. Source: docs.astro.build, "Using environment variables".
  return `${accesses.has('import.meta.env') || module.language === 'astro' ? 'import.meta.env' : 'process.env'}.${name}`;
}

/** Whether the file imports what only that runtime resolves, or calls what only it has. */
function runsOn({ imports, uses }: ModuleSummary, specifiers: RegExp, global: string): boolean {
  return imports.some(({ specifier }) => specifiers.test(specifier)) || uses.some((use) => use.kind === 'call' && use.callee.kind === 'global' && use.callee.path.startsWith(global));
}

/** Modules that export an object of variables. A module of the repository is one by its name: `~/env`, `./env.server`, `@/config/env.mjs`. */
const objects = /^(?:\$env\/dynamic\/private|cloudflare:workers|(?:node:)?process|[.~@#$].*\/env(?:[./](?:server|private))?(?:\.[mc]?[jt]s)?)$/;
/** Modules that export each variable by its name. Source: their documentation at svelte.dev and docs.astro.build. */
const named = /^(?:\$env\/static\/private|astro:env\/server)$/;

function readFromModule({ imports }: ModuleSummary, name: string): EnvironmentRead | undefined {
  const values = imports.filter(({ how, typeOnly }) => how === 'import' && !typeOnly);
  for (const { specifier, names } of values) {
    const env = objects.test(specifier) ? names.find(({ imported, typeOnly }) => imported === 'env' && !typeOnly) : undefined;
    if (env) return { code: `${env.local}.${name}`, edits: [] };
  }
  const one = values.find(({ specifier }) => named.test(specifier));
  return one && readByName(one, name);
}

function readByName({ specifier, names, at }: ImportEdge, name: string): EnvironmentRead {
  const known = names.find(({ imported }) => imported === name);
  if (known) return { code: known.local, edits: [] };
  return { code: name, edits: [{ at: [at[0], at[0]], text: `import { ${name} } from '${specifier}';\n` }] };
}
