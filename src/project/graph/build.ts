import { detectFrameworks, type Detection } from '../frameworks/detect.ts';
import type { Source } from '../../sources/source.ts';
import type { Notice } from '../../sources/notice.ts';
import { DiskLinks } from './disk-links.ts';
import { createManifests, type Manifests } from './manifest.ts';
import { createGraph, linkEdges, type LinkedEdges, type ModuleGraph, type PreviousLinks } from './module-graph.ts';
import { collectEdges, type KnownEdges, type RawGraph } from './raw-graph.ts';
import { createResolution, type Alias, type Resolution, type ResolutionSide } from './resolution.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

export interface GraphOptions {
  /** Manifests and packages that were read already. */
  readonly manifests?: Manifests;
  readonly workspace?: Workspace;
  /** Aliases beside those of frameworks and bundler configurations. */
  readonly aliases?: readonly Alias[];
  readonly side?: ResolutionSide;
  /** What earlier runs learned, and who keeps what this one learns. */
  readonly cache?: GraphCache;
}

/** Edges by content, and where they led. */
export interface GraphCache {
  readonly edges: KnownEdges;
  /** The links of an earlier run, if nothing has changed since that decides where imports lead: paths, manifests, aliases. */
  links(world: World): PreviousLinks | undefined;
  /** `world` is left out where more decided than it knows. */
  save(raw: RawGraph, linked: LinkedEdges, world?: World): void;
}

/** What decides where the imports of a snapshot lead, beside the imports. */
export interface World {
  readonly workspace: Workspace;
  readonly aliases: readonly Alias[];
  readonly side: ResolutionSide;
}

export interface BuiltGraph {
  readonly graph: ModuleGraph;
  readonly raw: RawGraph;
  readonly resolution: Resolution;
  readonly manifests: Manifests;
  readonly workspace: Workspace;
  readonly detection: Detection;
  readonly notices: readonly Notice[];
}

/** Reads the import edges of a whole snapshot and resolves them. Call it only where something of Hilt was found. */
export function buildModuleGraph(source: Source, options: GraphOptions = {}): BuiltGraph {
  return buildWitnessed(source, options).built;
}

/** What a graph was made of beside the edges: for who wants to know whether it still holds. */
export interface Witnessed {
  readonly built: BuiltGraph;
  readonly linked: LinkedEdges;
  /** Files that were read for what they say of all others: manifests, configurations, pages. */
  readonly reads: ReadonlySet<string>;
  readonly links: DiskLinks;
}

/** As `buildModuleGraph`, with what it went by. */
export function buildWitnessed(source: Source, options: GraphOptions = {}): Witnessed {
  const reads = new Set<string>();
  const links = new DiskLinks(source.root);
  const read = recorded(source, reads);
  const manifests = options.manifests ?? createManifests(read);
  const workspace = options.workspace ?? openWorkspace(read, manifests, links);
  const detection = detectFrameworks(read, manifests, workspace);
  const raw = collectEdges(source, options.cache?.edges, read);
  const world: World = { workspace, aliases: [...raw.aliases, ...(options.aliases ?? []), ...detection.aliases], side: options.side ?? 'client' };
  const resolution = createResolution(read, manifests, workspace, { ...world, links });
  const linked = linkEdges(raw, resolution, options.cache?.links(world));
  // On disk a manifest may name a file that git ignores, and nothing tells when that changes.
  const isAllListed = source.prefetch !== undefined || [...reads].every((path) => source.paths().has(path));
  options.cache?.save(raw, linked, isAllListed ? world : undefined);
  const graph = createGraph(linked, source);
  return { built: { graph, raw, resolution, manifests, workspace, detection, notices: [...manifests.notices, ...detection.notices] }, linked, reads, links };
}

/** The same source, which notes what is opened. */
export function recorded(source: Source, reads: Set<string>): Source {
  return {
    root: source.root,
    notices: source.notices,
    files: () => source.files(),
    paths: () => source.paths(),
    open: (path) => {
      reads.add(path);
      return source.open(path);
    },
    ...(source.overlaid && { overlaid: source.overlaid }),
    ...(source.prefetch && { prefetch: (paths) => source.prefetch?.(paths) }),
    ...(source.peek && { peek: (paths) => source.peek?.(paths) ?? new Map() }),
  };
}
