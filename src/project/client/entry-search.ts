import { textOfFile } from '../../sources/file-text.ts';
import { onceEach } from '../../sources/once.ts';
import type { Source } from '../../sources/source.ts';
import type { Span } from '../../syntax/span.ts';
import type { Directive } from '../../syntax/directives.ts';
import { bundlerTraits } from '../frameworks/bundler.ts';
import { emptyFacts } from '../frameworks/config-facts.ts';
import type { DetectedFramework, Detection } from '../frameworks/detect.ts';
import type { FrameworkId } from '../frameworks/framework.ts';
import { frameworkById } from '../frameworks/index.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { clientDirectives } from './directives.ts';
import { isCodeFile } from '../graph/code-file.ts';
import { pathsWith } from '../graph/sorted-paths.ts';

/** A file whose code a client gets because of what it is, not because another client file imports it. */
export interface ClientEntry {
  readonly file: string;
  /** Only the processed `<script>` elements of the file. */
  readonly part?: 'script';
  /** In words: "Next.js page", `"use client"`, "esbuild entry". */
  readonly reason: string;
  readonly confidence: 'certain' | 'possible';
  /** Who builds or serves it. */
  readonly framework: DetectedFramework;
  /** Of a `"use client"` module: the files in which the server's tree begins. */
  readonly renderedBy?: readonly string[];
  /** The shortest chain of imports that leads to it from there. */
  readonly renderedOver?: () => readonly { readonly file: string; readonly at: Span; readonly to: string }[];
  /** The exports that are taken of it, where only some are. */
  readonly takes?: (name: string) => boolean;
  /** It runs outside of a browser: `EntryRule.runs`. */
  readonly runs?: 'program';
  /** What in the file makes it an entry: the directive. */
  readonly at?: Span;
  /** The configuration or page that names it. */
  readonly namedBy?: { readonly file: string; readonly at: Span };
}

export interface Search {
  readonly source: Source;
  readonly built: BuiltGraph;
  readonly detection: Detection;
  readonly sorted: readonly string[];
  readonly entries: Map<string, ClientEntry>;
  /** Files that a configuration builds for a server. */
  readonly server: Set<string>;
  text(file: string): string;
  /** The `"use client"` that the file begins with. */
  directive(file: string): Directive | undefined;
  add(entry: ClientEntry): void;
}

export function createSearch(source: Source, built: BuiltGraph, detection: Detection): Search {
  const entries = new Map<string, ClientEntry>();
  const sorted = [...source.paths()].sort();
  return {
    source,
    built,
    detection,
    sorted,
    entries,
    server: new Set(),
    directive: clientDirectives(source),
    text: onceEach((file) => textOfFile(source, file)),
    add: (entry) => {
      const key = `${entry.file}\n${entry.part ?? ''}`;
      const known = entries.get(key);
      if (known === undefined || (known.confidence === 'possible' && entry.confidence === 'certain')) entries.set(key, entry);
    },
  };
}

/** Paths below a folder, without those of packages inside it. */
export function* filesBelow({ sorted, built }: Search, folder: string): Generator<string> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const own = built.workspace.packageOf(`${prefix}x`);
  for (const path of pathsWith(sorted, prefix)) {
    if ((isCodeFile(path) || path.endsWith('.json')) && built.workspace.packageOf(path) === own) yield path;
  }
}

export function filesNamed(path: string, { built, source }: Search): readonly string[] {
  if (source.paths().has(path)) return [path];
  if (/[*{]/.test(path)) return built.resolution.resolveGlob('_', `./${path}`);
  return built.resolution.resolveAll('_', `./${path}`);
}

/** A framework that nothing was detected for: a page, a served file, a directive in a library. */
export function standIn(id: FrameworkId, folder: string): DetectedFramework {
  const framework = frameworkById(id);
  const traits = bundlerTraits(framework.bundler);
  return { framework, folder, major: undefined, bundler: framework.bundler, bundlerMajor: undefined, traits, looseTraits: traits, because: folder, facts: emptyFacts(), declaredNames: new Set() };
}

export const testFile = /(?:^|\/)(?:__tests__|__mocks__)\/|\.(?:test|spec|stories|cy)\.[^./]+$/;
