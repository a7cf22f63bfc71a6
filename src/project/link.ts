import type { KeyOptions } from '../hilt/key-options.ts';
import { textIn } from '../sources/file-text.ts';
import type { Notice } from '../sources/notice.ts';
import { once } from '../sources/once.ts';
import type { Source } from '../sources/source.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import { summarise } from '../syntax/summarise.ts';
import { keptGraph } from './cache/kept-graph.ts';
import { SummaryCache } from './cache/summary-cache.ts';
import { Evaluator } from './evaluate.ts';
import { findComposers } from './composers.ts';
import { detectFrameworks } from './frameworks/detect.ts';
import { buildModuleGraph, type BuiltGraph } from './graph/build.ts';
import { declarationFile } from './graph/declaration-file.ts';
import { isSdkSpecifier } from '../hilt/sdk.ts';
import { createManifests } from './graph/manifest.ts';
import { createRegistryNames } from './graph/registry-names.ts';
import { createResolution, type Resolution } from './graph/resolution.ts';
import { openWorkspace } from './graph/workspace.ts';
import type { LinkSettings } from './link-settings.ts';
import type { Project } from './project.ts';
import { importersOf } from './python-graph.ts';
import { resolvePythonModule } from './python-modules.ts';
import { takesSecrets } from './slots.ts';
import { createTypeOracle } from './types/checker.ts';
import type { TypeOracle } from './types/oracle.ts';

/** Links summaries; modules that they import are read from `source` and summarised on demand. Without a source, imports stay unknown. */
export function linkProject(modules: Iterable<ModuleSummary>, options: KeyOptions, source?: Source, settings: LinkSettings = {}): Project {
  return new LinkedProject(modules, options, source, settings);
}

class LinkedProject implements Project {
  readonly keyOptions: KeyOptions;
  readonly modules = new Map<string, ModuleSummary>();
  readonly evaluator: Evaluator;
  readonly source: Source | undefined;
  readonly types: TypeOracle | undefined;
  readonly settings: LinkSettings;
  readonly #notices: Notice[] = [];
  #graph: BuiltGraph | undefined;
  #related: readonly ModuleSummary[] | undefined;
  readonly #resolved = new Map<string, ModuleSummary | undefined>();
  #resolution: Resolution | undefined;
  #registryNames: ReturnType<typeof createRegistryNames> | undefined;
  /** Of the index alone, where git knows every content. */
  readonly #summaries = once(() => {
    const { source, settings: { cacheVersion } } = this;
    return cacheVersion === undefined || source?.prefetch === undefined ? undefined : SummaryCache.open({ version: cacheVersion, root: source.root }, this.keyOptions);
  });

  constructor(modules: Iterable<ModuleSummary>, options: KeyOptions, source: Source | undefined, settings: LinkSettings) {
    for (const module of modules) this.modules.set(module.file, module);
    this.keyOptions = options;
    this.source = source;
    this.settings = settings;
    this.types = source && settings.types ? createTypeOracle(source, () => this.#resolver(source), () => this.modules.keys()) : undefined;
    this.evaluator = new Evaluator(this);
  }

  get notices(): readonly Notice[] {
    return [...this.#notices, ...(this.types?.notices ?? [])];
  }

  resolve(from: ModuleSummary, specifier: string): ModuleSummary | undefined {
    if (!this.source) return undefined;
    const question = `${from.file}\n${specifier}`;
    if (this.#resolved.has(question)) return this.#resolved.get(question);
    if (this.#isFromRegistry(from.file, specifier)) return undefined;
    const path = from.language === 'python' ? resolvePythonModule(this.source, from.file, specifier) : this.#resolver(this.source).resolve(from.file, specifier) ?? declarationFile(this.source, from.file, specifier);
    const module = path === undefined ? undefined : this.module(path);
    this.#resolved.set(question, module);
    return module;
  }

  /** The SDK is itself, also where a stub of its types is mapped to its name. */
  #isFromRegistry(from: string, specifier: string): boolean {
    if (isSdkSpecifier(specifier) || specifier.startsWith('node:')) return true;
    if (this.source?.peek === undefined || this.#graph || this.#resolution) return false;
    this.#registryNames ??= createRegistryNames(this.source);
    return this.#registryNames(from, specifier);
  }

  module(file: string): ModuleSummary | undefined {
    if (!this.modules.has(file) && this.source) this.#load(file, this.source);
    return this.modules.get(file);
  }

  get graph(): BuiltGraph | undefined {
    this.#graph ??= this.source && this.#buildGraph(this.source);
    return this.#graph;
  }

  #buildGraph(source: Source): BuiltGraph {
    const { cacheVersion } = this.settings;
    const { built, notices } = cacheVersion === undefined ? { built: buildModuleGraph(source), notices: [] } : keptGraph(source, cacheVersion);
    this.#notices.push(...built.notices, ...notices);
    return built;
  }

  related(): readonly ModuleSummary[] {
    this.#related ??= this.#findRelated();
    return this.#related;
  }

  #findRelated(): readonly ModuleSummary[] {
    if (!this.source) return [];
    const given = new Set(this.modules.values());
    // What a commit leaves alone is called as it was, or by a file of the commit, which is looked at for what it gives.
    const changed = this.settings.changedModules?.();
    const files = findComposers(given, this, (file) => importersOf(this, file), (module) => changed?.has(module.file) !== false && takesSecrets(this, module));
    return files.flatMap((file) => {
      const module = this.module(file);
      return module && !given.has(module) ? [module] : [];
    });
  }

  #resolver(source: Source): Resolution {
    if (!this.#resolution) {
      this.#resolution = this.#graph?.resolution ?? resolutionOf(source);
    }
    return this.#resolution;
  }

  #load(path: string, source: Source): void {
    const file = source.open(path);
    const blob = file?.blob;
    const kept = blob === undefined ? undefined : this.#summaries()?.get(path, blob);
    if (kept) return void this.modules.set(path, kept);
    const text = textIn(file);
    if (text === undefined) return;
    const { summary } = summarise(path, text, this.keyOptions);
    this.modules.set(path, summary);
    if (blob !== undefined) this.#summaries()?.put(blob, text, summary);
  }

  keepSummaries(): void {
    const { source } = this;
    if (source) this.#summaries()?.save((path) => source.open(path)?.blob);
  }
}

/** With the names that frameworks and their configurations map (`$lib`, `~`), but without the import graph. */
export function resolutionOf(source: Source): Resolution {
  const manifests = createManifests(source);
  const workspace = openWorkspace(source, manifests);
  return createResolution(source, manifests, workspace, { aliases: detectFrameworks(source, manifests, workspace).aliases });
}
