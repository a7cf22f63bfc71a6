import type { DetectedFramework } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { isRecord, stringsOf } from '../graph/manifest.ts';
import { joinPath } from '../graph/posix-path.ts';
import { createResolution, type ManifestReading, type Resolution } from '../graph/resolution.ts';
import type { Package } from '../graph/workspace.ts';
import type { Project } from '../project.ts';

const cache = new WeakMap<BuiltGraph, Map<string, Resolution>>();

/** Where imports lead in one framework's build: the project's own resolution, unless its bundler reads manifests in another way that matters here. */
export function resolutionFor(project: Project, built: BuiltGraph, { traits, facts }: Pick<DetectedFramework, 'traits' | 'facts'>): Resolution {
  const reading: ManifestReading = facts.packageExports ? {} : traits.manifests;
  if (!project.source || !built.workspace.packages.some((each) => readsDifferently(each, reading))) return built.resolution;
  const byReading = cache.get(built) ?? new Map<string, Resolution>();
  cache.set(built, byReading);
  const name = JSON.stringify(reading);
  const known = byReading.get(name) ?? createResolution(project.source, built.manifests, built.workspace, { aliases: [...built.raw.aliases, ...built.detection.aliases], manifests: reading });
  byReading.set(name, known);
  return known;
}

function readsDifferently({ manifest }: Package, { ignoresBrowserMap, ignoresExports, conditions = [] }: ManifestReading): boolean {
  if (ignoresBrowserMap && isRecord(manifest['browser'])) return true;
  const { exports } = manifest;
  return exports !== undefined && (ignoresExports === true || conditions.some((condition) => JSON.stringify(exports).includes(`"${condition}"`)));
}

/**
 * Files that an import of `file` may stand for as well: who takes it under one bundler may get another file, or none, under another one,
 * and the graph knows one of them.
 */
export function alternativesOf({ workspace, raw }: BuiltGraph, owner: Package, file: string): readonly string[] {
  const { manifest, folder } = owner;
  const browser = isRecord(manifest['browser']) ? Object.keys(manifest['browser']).flatMap((key) => (key.startsWith('.') ? (joinPath(folder, key) ?? []) : [])) : [];
  if (browser.includes(file)) return raw.files.filter((each) => workspace.packageOf(each) === owner);
  if (manifest['exports'] === undefined) return [];
  const named = ['main', 'module', 'exports'].flatMap((field) => textsIn(manifest[field], 0)).flatMap((path) => joinPath(folder, path) ?? []);
  return named.includes(file) ? named : [];
}

const deepest = 8;

function textsIn(value: unknown, depth: number): string[] {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return stringsOf(value);
  if (!isRecord(value)) return typeof value === 'string' ? [value] : [];
  return Object.values(value).flatMap((inner) => textsIn(inner, depth + 1));
}
