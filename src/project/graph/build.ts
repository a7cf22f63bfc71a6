import { detectFrameworks, type Detection } from '../frameworks/detect.ts';
import type { Source } from '../../sources/source.ts';
import type { Notice } from '../../sources/notice.ts';
import { createManifests, type Manifests } from './manifest.ts';
import { linkEdges, type ModuleGraph } from './module-graph.ts';
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
  /** Edges that need no reading, and who keeps those of this graph. */
  readonly cache?: { readonly edges: KnownEdges; save(raw: RawGraph): void };
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
  options.cache?.save(raw);
  const resolution = createResolution(source, manifests, workspace, {
    aliases: [...raw.aliases, ...(options.aliases ?? []), ...detection.aliases],
    ...(options.side === undefined ? {} : { side: options.side }),
  });
  const graph = linkEdges(raw, resolution, source);
  return { graph, raw, resolution, manifests, workspace, detection, notices: [...manifests.notices, ...detection.notices] };
}
