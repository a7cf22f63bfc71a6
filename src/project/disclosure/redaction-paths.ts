import type { Project } from '../project.ts';
import { resolvedLazy, type Lazy, type Resolved, type ResolvedEntry } from '../resolved.ts';
import { isClientClass } from '../slots.ts';
import { textOf } from './text-of.ts';

/** A path into what is logged; `*` is any one name. */
export type Path = readonly string[];

/** `a.b`, `a["b-c"].d`, `list[*].key`, `*.key`. Source: github.com/pinojs/pino, docs/redaction.md, "Path Syntax". */
export function parsePath(text: string): Path {
  return [...text.matchAll(/\[\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\]]*))\s*\]|([^.[\]]+)/g)].map(([, ...names]) => names.find((name) => name !== undefined) ?? '');
}

/** A value without what stands at any of the paths. */
export function withoutPaths(project: Project, value: Resolved, paths: readonly Path[]): Resolved {
  if (paths.length === 0) return value;
  switch (value.kind) {
    case 'choice':
      return { ...value, options: value.options.map((option) => withoutPaths(project, option, paths)) };
    case 'array':
      return { ...value, items: value.items.map((item, index) => (item.spread ? item : pruned(project, item, below(paths, String(index))))) };
    case 'object':
      return { ...value, entries: project.evaluator.entries(value).entries.flatMap((entry) => withoutInside(project, entry, paths)) };
    // A client has its key in a field of that name.
    case 'call':
      return isClientClass(project, value.callee) && reaches(paths, 'apiKey') ? { kind: 'unknown' } : value;
    case 'environment':
      return paths.some(([name, ...rest]) => rest.length === 0 && name !== undefined && /^(?:\*|\w*KEY\w*)$/.test(name)) ? { kind: 'unknown' } : value;
    default:
      return value;
  }
}

function withoutInside(project: Project, entry: ResolvedEntry, paths: readonly Path[]): ResolvedEntry[] {
  const name = textOf(project, entry.key);
  if (name === '') return [entry];
  if (reaches(paths, name)) return [];
  const inner = below(paths, name);
  return [inner.length === 0 ? entry : { ...entry, value: pruned(project, entry.value, inner) }];
}

function pruned(project: Project, lazy: Lazy, paths: readonly Path[]): Lazy {
  if (paths.length === 0) return lazy;
  return { ...resolvedLazy(withoutPaths(project, project.evaluator.head(lazy), paths), { module: lazy.module, at: lazy.at ?? [0, 0] }), at: lazy.at };
}

function reaches(paths: readonly Path[], name: string): boolean {
  return paths.some((path) => path.length === 1 && (path[0] === name || path[0] === '*'));
}

function below(paths: readonly Path[], name: string): Path[] {
  return paths.flatMap(([first, ...rest]) => (rest.length > 0 && (first === name || first === '*') ? [rest] : []));
}
