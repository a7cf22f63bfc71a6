import type { ModuleSummary } from '../syntax/module-summary.ts';

const programs = new Set(['js', 'jsx', 'ts', 'tsx', 'vue', 'svelte', 'astro', 'html']);

/** Code that reads a variable of the environment in the file's own way, so that a change looks like the code around it; `undefined` where the file is no program. */
export function environmentReadIn(module: ModuleSummary, name: string): string | undefined {
  if (module.language === 'python') return `os.environ["${name}"]`;
  if (!programs.has(module.language)) return undefined;
  const idiom = idiomOf(module);
  return idiom === 'Deno.env.get' ? `Deno.env.get("${name}")` : `${idiom}.${name}`;
}

function idiomOf({ reads }: ModuleSummary): string {
  const accesses = new Set(reads.map((read) => read.access));
  if (accesses.has('process.env')) return 'process.env';
  if (accesses.has('Deno.env')) return 'Deno.env.get';
  if (accesses.has('Bun.env')) return 'Bun.env';
  return accesses.has('import.meta.env') ? 'import.meta.env' : 'process.env';
}
