import type { Span } from '../../syntax/span.ts';
import type { GraphEntry, ModuleGraph } from '../graph/module-graph.ts';
import { relativeTo } from '../graph/posix-path.ts';

export interface AutoImport {
  readonly file: string;
  readonly by: { readonly file: string; readonly at: Span };
  /** Of a composable or utility: the exports that are mentioned anywhere. */
  readonly names?: ReadonlySet<string>;
}

/** An application, or a layer that it extends. */
export interface NuxtSource { readonly folder: string; readonly files: readonly string[] }

/**
 * The components, composables and utilities of a Nuxt application that its client code uses without importing them
 * (https://nuxt.com/docs/guide/concepts/auto-imports). Built: what nobody uses does not ship.
 */
export function nuxtAutoImports(sources: readonly NuxtSource[], entries: readonly GraphEntry[], graph: ModuleGraph, text: (file: string) => string): AutoImport[] {
  const names = namesOf(sources, text);
  const helpers = new Set(sources.flatMap(({ folder, files }) => files.filter((file) => helper.test(relativeTo(folder, file)))));
  if (names.size === 0) return [];
  const found = new Map<string, AutoImport & { readonly names?: Set<string> }>();
  const seen = new Set<string>();
  let queue = [...graph.reachableFrom(entries).files];
  while (queue.length > 0) {
    const next: GraphEntry[] = [];
    for (const file of queue) {
      if (seen.has(file) || !/\.(?:vue|[mc]?[jt]sx?)$/.test(file)) continue;
      seen.add(file);
      for (const [name, at] of mentions(text(file))) {
        for (const target of names.get(name) ?? []) {
          if (target === file) continue;
          found.get(target)?.names?.add(name);
          if (found.has(target)) continue;
          // The name of a default export is the file's.
          found.set(target, { file: target, by: { file, at }, ...(helpers.has(target) ? { names: new Set(['default', name]) } : {}) });
          next.push({ file: target });
        }
      }
    }
    queue = next.length === 0 ? [] : graph.reachableFrom(next).files.filter((file) => !seen.has(file));
  }
  return [...found.values()];
}

const root = String.raw`^(?:app\/|src\/)?`;
const component = new RegExp(`${root}components\\/(.+)\\.(?:vue|tsx|jsx)$`);
const helper = new RegExp(`${root}(?:composables|utils)\\/(?:[^/]+|[^/]+\\/index)\\.[mc]?[jt]s$|^shared\\/(?:utils|types)\\/[^/]+\\.[mc]?[jt]s$`);
const exported = /\bexport\s+(?:async\s+)?(?:const|let|var|function\*?|class|enum)\s+([\w$]+)|\bexport\s+default\b|\bexport\s*\{([^}]*)\}/g;

function namesOf(sources: readonly NuxtSource[], text: (file: string) => string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  const add = (name: string, file: string): void => void names.set(name, [...(names.get(name) ?? []), file]);
  for (const { folder, file } of sources.flatMap(({ folder, files }) => files.map((file) => ({ folder, file })))) {
    const path = relativeTo(folder, file);
    const match = component.exec(path);
    if (match !== null && !/\.server$/.test(match[1] ?? '')) for (const name of componentNames(match[1] ?? '')) add(name, file);
    else if (helper.test(path)) for (const name of exportedNames(path, text(file))) add(name, file);
  }
  return names;
}

/** `base/foo/Button.vue` is `<BaseFooButton>`, with repeated segments once; `Lazy` may stand before it, dashes instead of capitals. */
function componentNames(path: string): string[] {
  const words: string[] = [];
  for (const segment of path.replace(/\.client$/, '').replace(/\/index$/i, '').split('/')) {
    const own = segment.split(/[-_.\s]+|(?<=[a-z0-9])(?=[A-Z])/).filter((word) => word !== '').map((word) => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`);
    while (own.length > 0 && words.length > 0 && own[0]?.toLowerCase() === words.at(-1)?.toLowerCase() && words.length >= 1) own.shift();
    words.push(...own);
  }
  const name = words.join('');
  return [name, `Lazy${name}`];
}

function exportedNames(path: string, text: string): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(exported)) {
    if (match[1] !== undefined) names.push(match[1]);
    else if (match[2] !== undefined) names.push(...match[2].split(',').map((item) => item.trim().split(/\s+as\s+/).at(-1) ?? ''));
    else names.push(camelCase(path.replace(/\/index\.\w+$/, '').replace(/^.*\//, '').replace(/\.\w+$/, '')));
  }
  return names.filter((name) => name !== '');
}

function camelCase(name: string): string {
  return name.replace(/[-_.]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Identifiers and tags of a text, tags with dashes as the component's name. */
function* mentions(text: string): Generator<[name: string, at: Span]> {
  for (const match of text.matchAll(/<([a-z]+(?:-[a-z0-9]+)+)|(?<![\w$.'"])([A-Za-z_$][\w$]*)/g)) {
    const name = match[1] === undefined ? (match[2] ?? '') : camelCase(`-${match[1]}`);
    yield [name, [match.index, match.index + match[0].length]];
  }
}
