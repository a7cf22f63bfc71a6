import type { ImportEdge, ModuleSummary } from '../syntax/module-summary.ts';
import type { Span } from '../syntax/span.ts';

/** Code that reads a variable, and what must be added to the file for it. */
export interface EnvironmentRead {
  readonly code: string;
  readonly edits: readonly { readonly at: Span; readonly text: string }[];
}

const programs = new Set(['js', 'jsx', 'ts', 'tsx', 'vue', 'svelte', 'astro', 'html']);

/** Reads a variable of the environment in the file's own way, so that a change looks like the code around it; `undefined` where the file is no program. */
export function environmentReadIn(module: ModuleSummary, name: string): EnvironmentRead | undefined {
  if (module.language === 'python') return { code: `os.environ["${name}"]`, edits: [] };
  if (!programs.has(module.language)) return undefined;
  return readFromModule(module, name) ?? { code: readFromGlobal(module, name), edits: [] };
}

function readFromGlobal({ reads }: ModuleSummary, name: string): string {
  const accesses = new Set(reads.map((read) => read.access));
  if (accesses.has('process.env')) return `process.env.${name}`;
  if (accesses.has('Deno.env')) return `Deno.env.get("${name}")`;
  if (accesses.has('Bun.env')) return `Bun.env.${name}`;
  return `${accesses.has('import.meta.env') ? 'import.meta.env' : 'process.env'}.${name}`;
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
