import type { Formatter } from './formatter.ts';

/** The registry: a format is one file, loaded when it is asked for. */
const loaders: Readonly<Record<string, () => Promise<Formatter>>> = {
  stylish: async () => (await import('./stylish.ts')).formatStylish,
  json: async () => (await import('./json.ts')).formatJson,
};

export const formatNames: readonly string[] = Object.keys(loaders);

/** The formatter of that name, or `undefined` if there is none. */
export async function loadFormatter(name: string): Promise<Formatter | undefined> {
  return Object.hasOwn(loaders, name) ? loaders[name]?.() : undefined;
}
