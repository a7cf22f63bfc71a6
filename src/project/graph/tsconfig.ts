import { isRecord, stringsOf, type JsonRecord, type Manifests } from './manifest.ts';
import { folderOf, joinPath } from './posix-path.ts';

/** How one tsconfig maps specifiers that are not relative. All paths are relative to the root. */
export interface PathRules {
  /** In the order in which TypeScript tries them: exact names first, then the longest prefix. */
  readonly patterns: readonly PathPattern[];
  readonly baseUrl?: string;
  /** `verbatimModuleSyntax`, or its forerunners: imports without `type` stay, also when only types are used. */
  readonly verbatim: boolean;
}

export interface PathPattern {
  readonly prefix: string;
  /** What must follow the star; `undefined` for a name without a star. */
  readonly suffix?: string;
  readonly targets: readonly string[];
}

/** Finds the file that an `extends` of a package name means (`@acme/tsconfig/base.json`), if it is in the repository. */
export type PackageFile = (from: string, specifier: string) => string | undefined;

/**
 * The rules of the tsconfig at `path`, and those of the projects that it references: a solution file
 * (`files: []`, as Vite's templates have it) maps nothing itself. Unreadable and circular configs count as empty.
 */
export function pathRulesOf(path: string, manifests: Manifests, packageFile: PackageFile): readonly PathRules[] {
  const rules: PathRules[] = [];
  collectRules(path, manifests, packageFile, new Set(), rules);
  return rules;
}

const mostReferences = 200;

function collectRules(path: string, manifests: Manifests, packageFile: PackageFile, seen: Set<string>, rules: PathRules[]): void {
  if (seen.has(path) || seen.size > mostReferences) return;
  seen.add(path);
  const config = manifests.json(path);
  if (config === undefined) return;
  const own = rulesOf(mergedOptions(path, config, manifests, packageFile, new Set([path])), folderOf(path));
  if (own.patterns.length > 0 || own.baseUrl !== undefined || own.verbatim) rules.push(own);
  // The references of a folder's tsconfig are its parts (`tsconfig.app.json`); those to other folders have files of their own.
  for (const reference of Array.isArray(config['references']) ? config['references'] : []) {
    const target = isRecord(reference) && typeof reference['path'] === 'string' ? joinPath(folderOf(path), reference['path']) : undefined;
    if (target === undefined) continue;
    const file = target.endsWith('.json') ? target : `${target}/tsconfig.json`;
    if (folderOf(file) === folderOf(path)) collectRules(file, manifests, packageFile, seen, rules);
  }
}

interface Options {
  readonly paths?: JsonRecord;
  /** The folder of the file that has `paths`: where there is no `baseUrl`, in whichever file, their targets are relative to it. */
  readonly pathsBase?: string;
  readonly baseUrl?: string;
  readonly verbatim?: boolean;
}

/** Options with those of `extends` below them; later bases win, the file itself wins over all (TypeScript 5 takes a list). */
function mergedOptions(path: string, config: JsonRecord, manifests: Manifests, packageFile: PackageFile, seen: Set<string>): Options {
  let merged: Options = {};
  for (const base of stringsOf(config['extends'])) {
    const file = extendedFile(path, base, manifests, packageFile);
    const json = file === undefined || seen.has(file) ? undefined : manifests.json(file);
    if (file === undefined || json === undefined) continue;
    merged = { ...merged, ...mergedOptions(file, json, manifests, packageFile, new Set([...seen, file])) };
  }
  return { ...merged, ...ownOptions(path, config) };
}

function ownOptions(path: string, config: JsonRecord): Options {
  const options = config['compilerOptions'];
  if (!isRecord(options)) return {};
  const folder = folderOf(path);
  const written = options['baseUrl'];
  const baseUrl = typeof written === 'string' ? (written.startsWith(configFolder) ? written : joinPath(folder, written)) : undefined;
  const verbatim = options['verbatimModuleSyntax'] ?? options['preserveValueImports'];
  return {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(isRecord(options['paths']) ? { paths: options['paths'], pathsBase: folder } : {}),
    ...(typeof verbatim === 'boolean' ? { verbatim } : {}),
  };
}

/** The folder of the config that is used, not of one that it extends (TypeScript 5.5). */
const configFolder = '${configDir}';

function pathFrom(base: string, path: string, folder: string): string | undefined {
  return path.startsWith(configFolder) ? joinPath(folder, `.${path.slice(configFolder.length)}`) : joinPath(base, path);
}

function extendedFile(from: string, specifier: string, manifests: Manifests, packageFile: PackageFile): string | undefined {
  if (!specifier.startsWith('.')) {
    return packageFile(from, specifier) ?? packageFile(from, `${specifier}.json`) ?? packageFile(from, `${specifier}/tsconfig.json`);
  }
  const path = joinPath(folderOf(from), specifier);
  if (path === undefined) return undefined;
  return [path, `${path}.json`, `${path}/tsconfig.json`].find((file) => manifests.json(file) !== undefined);
}

/** `folder`: that of the config that is used. */
function rulesOf(options: Options, folder: string): PathRules {
  const baseUrl = options.baseUrl === undefined ? undefined : pathFrom('', options.baseUrl, folder);
  const patterns: PathPattern[] = [];
  for (const [pattern, targets] of Object.entries(options.paths ?? {})) {
    const resolved = stringsOf(targets).flatMap((target) => pathFrom(baseUrl ?? options.pathsBase ?? '', target, folder) ?? []);
    const star = pattern.indexOf('*');
    patterns.push(star < 0
      ? { prefix: pattern, targets: resolved }
      : { prefix: pattern.slice(0, star), suffix: pattern.slice(star + 1), targets: resolved });
  }
  patterns.sort((left, right) => Number(left.suffix !== undefined) - Number(right.suffix !== undefined) || right.prefix.length - left.prefix.length);
  return { patterns, verbatim: options.verbatim ?? false, ...(baseUrl === undefined ? {} : { baseUrl }) };
}

/** The paths that the rules give for a specifier, best first, without extensions resolved. */
export function mappedPaths(rules: PathRules, specifier: string): string[] {
  const mapped: string[] = [];
  for (const pattern of rules.patterns) {
    const star = starOf(pattern, specifier);
    if (star === undefined) continue;
    for (const target of pattern.targets) mapped.push(target.replace('*', () => star));
  }
  if (rules.baseUrl !== undefined) {
    const based = joinPath(rules.baseUrl, specifier);
    if (based !== undefined) mapped.push(based);
  }
  return mapped;
}

function starOf(pattern: PathPattern, specifier: string): string | undefined {
  if (pattern.suffix === undefined) return specifier === pattern.prefix ? '' : undefined;
  if (!specifier.startsWith(pattern.prefix) || !specifier.endsWith(pattern.suffix)) return undefined;
  if (specifier.length < pattern.prefix.length + pattern.suffix.length) return undefined;
  return specifier.slice(pattern.prefix.length, specifier.length - pattern.suffix.length);
}
