import type { ImportEdge, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';

/** The modules of a project as liveness needs them. */
export interface LivenessGraph {
  module(file: string): ModuleSummary | undefined;
  /** The files that an import means; several for a glob or a platform choice. */
  targets(from: string, edge: Pick<ImportEdge, 'specifier' | 'how' | 'except'>): readonly string[];
  /** Files that a page or component names in its markup: `<script src>`. */
  markupImports(module: ModuleSummary): readonly string[];
  /** Whether anything behind the file matters; others are not followed. */
  isRelevant(file: string): boolean;
  /** Whether a client build refuses or replaces the module (`server-only`, `.server` files). */
  isServerOnly(file: string, specifier: string): boolean;
  /** Whether the file's package says that it has no side effects. */
  isSideEffectFree(file: string): boolean;
  /** Whether the file belongs to a package that others import by its name. */
  isInLinkedPackage(file: string): boolean;
  /** Whether the file's tsconfig asks for imports as they are written. */
  isVerbatim(file: string): boolean;
  /** The module that an import means. */
  imported(module: ModuleSummary, specifier: string): ModuleSummary | undefined;
  /** The constant that an import gives, where it is a plain boolean of another module. */
  importedFlag(module: ModuleSummary, specifier: string, name: string): boolean | undefined;
  /** Regions that the framework takes out of the client's copy: arguments of server functions, bodies under `"use server"`. */
  strippedRegions(module: ModuleSummary): readonly Span[];
}
