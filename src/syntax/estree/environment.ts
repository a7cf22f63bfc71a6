import type { Span } from '../span.ts';
import type { VariableAccess, VariableForm, VariableValue } from '../value.ts';

const objects: ReadonlyMap<string, VariableAccess> = new Map<string, VariableAccess>(Object.entries({
  'process.env': 'process.env',
  'import.meta.env': 'import.meta.env',
  'Bun.env': 'Bun.env',
  // `Deno.env.toObject().X`
  'Deno.env.toObject': 'Deno.env',
  'os.environ': 'os.environ',
  // k6 (grafana.com/docs/k6, "Environment variables").
  __ENV: 'helper',
  // A shell's variables that the script does not set.
  'shell:env': 'expansion',
  'shell:secrets': 'secret',
}));

/** Methods of Python's `os.environ`, which is a dictionary. */
export const dictionaryMethods: ReadonlySet<string> = new Set(['get', 'items', 'keys', 'values', 'copy', 'pop', 'setdefault', 'update']);

/** Functions that read the variable that their first argument names. */
export const environmentGetters: ReadonlyMap<string, VariableAccess> = new Map<string, VariableAccess>(Object.entries({ 'Deno.env.get': 'Deno.env', 'os.getenv': 'os.environ' }));

/** The variable that a member of a global reads, or `undefined` where the global is no environment. */
export function environmentRead(path: string, name: string, form: VariableForm, at: Span): VariableValue | undefined {
  const access = objects.get(path);
  if (path === 'os.environ' && dictionaryMethods.has(name)) return undefined;
  return access ? { kind: 'variable', name, access, form, at } : undefined;
}

export function isEnvironmentPath(path: string): boolean {
  return objects.has(path);
}

/**
 * Modules whose named exports are variables of the environment.
 * SvelteKit `$env/static|dynamic/*` (kit.svelte.dev, "$env"), react-native-dotenv `@env`, Astro `astro:env/*` (docs.astro.build, "astro:env").
 */
const staticModules = [/^\$env\/static\/(?:private|public)$/, /^@env$/, /^astro:env\/(?:server|client)$/, /^\$app\/env\/(?:private|public)$/];

/** A read of a name that an environment module exports. It stands where the name is used, not where it is imported. */
export function environmentModuleRead(specifier: string, name: string, at: Span): VariableValue | undefined {
  if (name === '*' || name === 'default' || !staticModules.some((module) => module.test(specifier))) return undefined;
  return { kind: 'variable', name, access: 'module', form: 'dot', module: specifier, at };
}

/** Modules that export the whole environment as one object: `import { env } from "$env/dynamic/private"`, `node:process`. */
export function environmentObject(specifier: string, name: string): VariableAccess | undefined {
  if (/^\$env\/dynamic\/(?:private|public)$/.test(specifier) && name === 'env') return 'module';
  if (/^(?:node:)?process$/.test(specifier) && name === 'env') return 'process.env';
  if (specifier === 'bun' && name === 'env') return 'Bun.env';
  // The whole `.env` file as an object (https://www.npmjs.com/package/react-native-config).
  if (/^react-native-(?:ultimate-)?config$/.test(specifier) && (name === 'default' || name === 'Config')) return 'module';
  if (specifier === 'cloudflare:workers' && name === 'env') return 'binding';
  if ((specifier === 'django.conf' && name === 'settings') || (specifier === 'flask' && name === 'current_app.config')) return 'helper';
  return undefined;
}
