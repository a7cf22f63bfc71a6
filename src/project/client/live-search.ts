import type { ImportEdge, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { BundlerProfile } from './bundler-profile.ts';
import type { LiveModule, Members } from './live-module.ts';
import type { LivenessGraph } from './liveness-graph.ts';

/** What the parts of one search for live code ask of each other; `liveness.ts` has the whole. */
export interface LiveSearch {
  readonly graph: LivenessGraph;
  readonly profile: BundlerProfile;
  /** Puts a step off until those that were found before are done, so that edges are found breadth first. */
  later(step: () => void): void;
  /** The module, which is evaluated where it has effects; `undefined` where there is none. */
  include(file: string): LiveModule | undefined;
  /** Does what the module does when it loads. */
  evaluate(live: LiveModule): void;
  /** Notes the edge by which a module was first reached from another. */
  link(live: LiveModule, to: string, at: Span): void;
  /** The files that an import of the module leads to, as far as they may be live. */
  targets(from: ModuleSummary, edge: Pick<ImportEdge, 'specifier' | 'how' | 'except'>): string[];
  /** Uses what is imported dynamically, required, or named as an asset or a worker. */
  followLoaded(live: LiveModule, edge: ImportEdge): void;
  useStatement(live: LiveModule, index: number, asked: Members): void;
  /** Uses an export under the name that an import has for it; `*` is the namespace. */
  useImported(target: string, imported: string, members: Members): void;
}

/** `import text from "./x.js?raw"`: the file itself. */
export function isRawText(specifier: string): boolean {
  return /\?(?:raw|url|inline)\b/.test(specifier);
}
