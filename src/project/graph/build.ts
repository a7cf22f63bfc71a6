import { detectFrameworks, type Detection } from '../frameworks/detect.ts';
import type { Source } from '../../sources/source.ts';
import type { Notice } from '../../sources/notice.ts';
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
  save(raw: RawGraph, linked: LinkedEdges, world: World): void;
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
  const manifests = options.manifests ?? createManifests(source);
  const workspace = options.workspace ?? openWorkspace(source, manifests);
  const detection = detectFrameworks(source, manifests, workspace);
  const raw = collectEdges(source, options.cache?.edges);
  const world: World = { workspace, aliases: [...raw.aliases, ...(options.aliases ?? []), ...detection.aliases], side: options.side ?? 'client' };
  const resolution = createResolution(source, manifests, workspace, world);
  const linked = linkEdges(raw, resolution, options.cache?.links(world));
  options.cache?.save(raw, linked, world);
  const graph = createGraph(linked, source);
  return { graph, raw, resolution, manifests, workspace, detection, notices: [...manifests.notices, ...detection.notices] };
}
