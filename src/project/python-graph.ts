import { textOfFile } from '../sources/file-text.ts';
import { isPythonFile } from '../sources/language.ts';
import type { Source } from '../sources/source.ts';
import type { Span } from '../syntax/span.ts';
import type { ModuleEdge, Reach } from './graph/module-graph.ts';
import type { Project } from './project.ts';
import { pythonImports } from './python-imports.ts';
import { resolvePythonModule } from './python-modules.ts';
import { groupBy } from '../syntax/group-by.ts';

/** Files that are read; a repository with more of Python than that is followed as far as this goes. */
const maxFiles = 20_000;

/** The imports among the Python files of a snapshot. Files are read when they are asked for. */
export interface PythonGraph {
  importsOf(file: string): readonly ModuleEdge[];
  /** Reads every Python file. */
  importersOf(file: string): readonly ModuleEdge[];
  reachableFrom(entries: readonly string[], follows: (edge: ModuleEdge) => boolean): Reach;
  /** The statement of an import in the text of its file. */
  locate(edge: ModuleEdge): Span | undefined;
}

interface Found { readonly edge: ModuleEdge; readonly at: Span }

const graphs = new WeakMap<Source, PythonGraph>();

/** The graph of a project's snapshot, made once; `undefined` where it has none. */
export function pythonGraphOf({ source }: Pick<Project, 'source'>): PythonGraph | undefined {
  if (!source) return undefined;
  const graph = graphs.get(source) ?? openPythonGraph(source);
  graphs.set(source, graph);
  return graph;
}

/** Who imports a file. Imports of Python are no part of the import graph. */
export function importersOf(project: Pick<Project, 'source' | 'graph'>, file: string): readonly ModuleEdge[] {
  return (isPythonFile(file) ? pythonGraphOf(project) : project.graph?.graph)?.importersOf(file) ?? [];
}

function openPythonGraph(source: Source): PythonGraph {
  const files = [...source.paths()].filter(isPythonFile).slice(0, maxFiles);
  const found = new Map<string, readonly Found[]>();
  let importers: Map<string, ModuleEdge[]> | undefined;

  const read = (file: string): readonly Found[] => {
    const known = found.get(file);
    if (known) return known;
    const edges = isPythonFile(file) ? edgesIn(source, file, textOfFile(source, file)) : [];
    found.set(file, edges);
    return edges;
  };
  const importsOf = (file: string): readonly ModuleEdge[] => read(file).map(({ edge }) => edge);

  return {
    importsOf,
    importersOf: (file) => {
      importers ??= groupBy(files.flatMap(importsOf), (edge) => edge.to);
      return importers.get(file) ?? [];
    },
    reachableFrom: (entries, follows) => reach(entries, importsOf, follows),
    locate: (edge) => read(edge.from).find((each) => each.edge === edge)?.at,
  };
}

function edgesIn(source: Source, file: string, text: string): Found[] {
  const edges = new Map<string, Found>();
  for (const { specifier, at } of pythonImports(file, text)) {
    const to = resolvePythonModule(source, file, specifier);
    if (to !== undefined && to !== file && !edges.has(to)) edges.set(to, { edge: { from: file, to, specifier, how: 'import', typeOnly: false, script: false }, at });
  }
  return [...edges.values()];
}

/** Breadth first, so that the chains are the shortest. */
function reach(entries: readonly string[], importsOf: (file: string) => readonly ModuleEdge[], follows: (edge: ModuleEdge) => boolean): Reach {
  const arrivedBy = new Map<string, ModuleEdge | undefined>(entries.map((entry) => [entry, undefined]));
  // A map is gone through in the order of insertion, what is added meanwhile included.
  for (const file of arrivedBy.keys()) {
    for (const edge of importsOf(file)) if (!arrivedBy.has(edge.to) && follows(edge)) arrivedBy.set(edge.to, edge);
  }
  return {
    has: (file) => arrivedBy.has(file),
    files: [...arrivedBy.keys()],
    pathTo: (file) => {
      if (!arrivedBy.has(file)) return undefined;
      const chain: ModuleEdge[] = [];
      for (let edge = arrivedBy.get(file); edge; edge = arrivedBy.get(edge.from)) chain.unshift(edge);
      return chain;
    },
  };
}
