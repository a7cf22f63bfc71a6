import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One import of a module: `specifier` as written, `file` the repository path it names (`undefined` for a package). */
export interface ImportEdge {
  readonly specifier: string;
  readonly file?: string;
  /** Erased by the compiler: `import type`, or every name in the list is a type. */
  readonly typeOnly: boolean;
}

/** Repository path of each module -> what it imports. */
export type ImportGraph = ReadonlyMap<string, readonly ImportEdge[]>;

/** Folder of a layer -> the folders that it may import besides itself. */
export type Layers = Readonly<Record<string, readonly string[]>>;

/** Every TypeScript module below `folders` with every import that it makes. */
export function readImportGraph(root: string, folders: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(folder, name.replaceAll('\\', '/'))));
  return new Map(files.sort().map((file) => [file, importsOf(root, file)]));
}

function importsOf(root: string, file: string): ImportEdge[] {
  const text = readFileSync(join(root, file), 'utf8');
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message ?? 'does not parse'}`);
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
  }));
  const reexports = module.staticExports.flatMap(({ entries }) => entries.flatMap((entry) => (
    entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType }] : []
  )));
  // `import("…")`, also as a type, and `require("…")` of createRequire: by text, since no parser lists all three.
  const calls = [...text.matchAll(/\b(?:import|require(?:\.resolve)?)\(\s*['"]([^'"\n]+)['"]/g)]
    .map((match) => ({ specifier: match[1] ?? '', typeOnly: false }));
  return [...imports, ...reexports, ...calls].flatMap((edge) => resolved(root, file, edge));
}

function resolved(root: string, from: string, edge: ImportEdge): ImportEdge[] {
  if (!edge.specifier.startsWith('.')) return [edge];
  const file = posix.join(posix.dirname(from), edge.specifier);
  // What only looks like an import (an example in a comment) names no file of ours.
  return existsSync(join(root, file)) ? [{ ...edge, file }] : [];
}

/** One sentence for each import that points upwards or sideways, and for each module that no layer holds. */
export function forbiddenImports(graph: ImportGraph, layers: Layers): string[] {
  return [...graph].flatMap(([file, edges]) => {
    const layer = layerOf(file, layers);
    if (layer === undefined) return [`${file} is in no layer.`];
    return edges.flatMap((edge) => {
      const target = edge.file === undefined ? layer : layerOf(edge.file, layers);
      if (target === layer || (target !== undefined && layers[layer]?.includes(target))) return [];
      return [`${file} imports ${edge.file}, and ${layer} may not import ${target ?? 'what is in no layer'}.`];
    });
  });
}

function layerOf(file: string, layers: Layers): string | undefined {
  return Object.keys(layers).find((layer) => file === layer || file.startsWith(`${layer}/`));
}

/** Each circle of imports that remain at run time, once, as `a -> b -> a`. */
export function circles(graph: ImportGraph): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      found.add(spellCircle(path.slice(start)));
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const edge of graph.get(file) ?? []) if (edge.file !== undefined && !edge.typeOnly) visit(edge.file);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return [...found];
}

/** Begins at the first file by name, so that one circle has one spelling. */
function spellCircle(files: readonly string[]): string {
  const first = files.indexOf([...files].sort()[0] ?? '');
  const turned = [...files.slice(first), ...files.slice(0, first)];
  return [...turned, turned[0]].join(' -> ');
}
