import type { KeyOptions } from '../hilt/key-options.ts';
import { Evaluator } from '../project/evaluate.ts';
import { findComposers } from '../project/composers.ts';
import { declarationFile } from '../project/graph/declaration-file.ts';
import type { BuiltGraph } from '../project/graph/build.ts';
import type { LinkSettings } from '../project/link-settings.ts';
import type { Project } from '../project/project.ts';
import { resolvePythonModule } from '../project/python-modules.ts';
import { takesSecrets } from '../project/slots.ts';
import type { Source } from '../sources/source.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { WorkingCopy } from './working-copy.ts';

export interface LinkOptions {
  readonly keyOptions: KeyOptions;
  /** Files that are no part of the project, whatever they mention. */
  readonly ignores: (file: string) => boolean;
  readonly settings: LinkSettings;
  /** Absent: imports stay unknown. */
  readonly copy?: WorkingCopy | undefined;
  /** The module as the editor has it; it takes the place of its file. */
  readonly own?: ModuleSummary | undefined;
}

/** Links a working copy, with the text of an editor laid over it. The other files are read when a rule asks for them. */
export function linkCopy(options: LinkOptions): Project {
  return new LinkedCopy(options);
}

class LinkedCopy implements Project {
  readonly keyOptions: KeyOptions;
  readonly evaluator: Evaluator;
  readonly #options: LinkOptions;
  readonly settings: LinkSettings;
  readonly notices = [];
  #related: readonly ModuleSummary[] | undefined;
  readonly #loaded = new Map<string, ModuleSummary>();
  readonly #resolved = new Map<string, ModuleSummary | undefined>();
  #isComplete = false;

  constructor(options: LinkOptions) {
    this.keyOptions = options.keyOptions;
    this.#options = options;
    this.settings = options.settings;
    this.evaluator = new Evaluator(this);
    if (options.own) this.#loaded.set(options.own.file, options.own);
  }

  get modules(): ReadonlyMap<string, ModuleSummary> {
    if (!this.#isComplete) {
      this.#isComplete = true;
      const { copy, ignores } = this.#options;
      for (const module of copy?.candidates(ignores) ?? []) if (!this.#loaded.has(module.file)) this.#loaded.set(module.file, module);
    }
    return this.#loaded;
  }

  resolve(from: ModuleSummary, specifier: string): ModuleSummary | undefined {
    const { copy } = this.#options;
    if (!copy) return undefined;
    const question = `${from.file}\n${specifier}`;
    if (this.#resolved.has(question)) return this.#resolved.get(question);
    const path = from.language === 'python' ? resolvePythonModule(copy.source, from.file, specifier) : copy.resolve(from.file, specifier) ?? declarationFile(copy.source, from.file, specifier);
    const module = path === undefined ? undefined : this.module(path);
    this.#resolved.set(question, module);
    return module;
  }

  module(file: string): ModuleSummary | undefined {
    const known = this.#loaded.get(file);
    if (known) return known;
    const module = this.#options.copy?.module(file);
    if (module) this.#loaded.set(file, module);
    return module;
  }

  dependents(module: ModuleSummary): readonly ModuleSummary[] {
    const files = this.#options.copy?.dependentsOf(module.file, this.#options.ignores) ?? [];
    return files.flatMap((file) => this.module(file) ?? []);
  }

  related(): readonly ModuleSummary[] {
    this.#related ??= this.#findRelated();
    return this.#related;
  }

  #findRelated(): readonly ModuleSummary[] {
    const { copy } = this.#options;
    if (!copy) return [];
    const given = new Set(this.modules.values());
    const files = findComposers(given, this, (file) => copy.graph.graph.importersOf(file), (module) => takesSecrets(this, module));
    return files.flatMap((file) => this.module(file) ?? []).filter((module) => !given.has(module));
  }

  get graph(): BuiltGraph | undefined {
    return this.#options.copy?.graph;
  }

  get source(): Source | undefined {
    return this.#options.copy?.source;
  }
}
