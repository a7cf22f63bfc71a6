import { relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { once } from '../../sources/once.ts';
import type { Source } from '../../sources/source.ts';
import { DiskLinks } from './disk-links.ts';
import { isCodeFile } from './code-file.ts';
import { isRecord, type Manifests } from './manifest.ts';
import { packageTarget, packageTargets } from './package-exports.ts';
import { folderOf, isBelow, joinPath, relativeTo } from './posix-path.ts';
import { browserReplacement, shippedFiles } from './shipped-files.ts';
import { pathsWith } from './sorted-paths.ts';
import { cleanSpecifier, isRelative, splitSpecifier } from './specifier-parts.ts';
import { mappedPaths, pathRulesOf, type PathRules } from './tsconfig.ts';
import type { Package, Workspace } from './workspace.ts';

/** A name that a bundler's or framework's configuration maps to a path of the repository. */
export interface Alias {
  /** Files below this folder know the alias. */
  readonly folder: string;
  /** `@`, `$lib`, `~/`; matches itself and what follows it after a slash. */
  readonly find: string;
  /** Path relative to the root. */
  readonly to: string;
  /** Only the name itself (webpack's trailing `$`). */
  readonly exact?: true;
}

/** Who will run the code: decides conditions of `exports` and the `browser` field. */
export type ResolutionSide = 'client' | 'server';

export interface ResolutionOptions {
  readonly aliases?: readonly Alias[];
  /** Default: `client`, as the module graph asks what ships. */
  readonly side?: ResolutionSide;
  readonly links?: DiskLinks;
  readonly manifests?: ManifestReading;
}

/** How a bundler reads the manifests of packages, where it differs from most. */
export interface ManifestReading {
  /** It leaves the map in the field `browser` alone. */
  readonly ignoresBrowserMap?: true;
  /** It leaves the field `exports` alone. */
  readonly ignoresExports?: true;
  /** Conditions of `exports` that it takes besides. */
  readonly conditions?: readonly string[];
}

/**
 * Resolves specifiers to paths of one snapshot. Only the snapshot's own paths and manifests decide, so that the index is never
 * mixed with the working tree and nothing needs to be installed; what comes from a registry resolves to nothing.
 */
export interface Resolution {
  /** The file that `specifier` means in the file `from`; both relative to the root. */
  resolve(from: string, specifier: string): string | undefined;
  /** As `resolve`, with every platform's file where a native bundler chooses between `x.ios.ts`, `x.native.ts`, `x.web.ts`. */
  resolveAll(from: string, specifier: string): readonly string[];
  /** The code and JSON files that a glob means in `from`. */
  resolveGlob(from: string, pattern: string, except?: readonly string[]): readonly string[];
  /** The tsconfig rules that hold for a file. */
  pathRules(from: string): readonly PathRules[];
}

const extensions = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.mts', '.cjs', '.cts', '.json', '.vue', '.svelte', '.astro'] as const;
const sharedConfig = 'tsconfig.base.json';
const platforms = ['.ios', '.android', '.native', '.web'] as const;
const nothing: readonly string[] = [];
/** Loaded when a name is looked up first: a commit that resolves none starts earlier. */
const builtins = once(() => new Set(process.getBuiltinModule('node:module').builtinModules));

const conditionsOf: Readonly<Record<ResolutionSide, ReadonlySet<string>>> = {
  client: new Set(['browser', 'import', 'module', 'require', 'react-native', 'svelte', 'solid', 'style', 'default']),
  server: new Set(['node', 'import', 'module', 'require', 'react-server', 'svelte', 'solid', 'default']),
};

interface Context {
  readonly package: Package | undefined;
  readonly rules: readonly PathRules[];
  readonly aliases: readonly Alias[];
  /** Specifiers that are not relative mean the same in every file of the context. */
  readonly known: Map<string, readonly string[]>;
}

export function createResolution(source: Source, manifests: Manifests, workspace: Workspace, options: ResolutionOptions = {}): Resolution {
  const paths = source.paths();
  const reading = options.manifests ?? {};
  const conditions = new Set([...conditionsOf[options.side ?? 'client'], ...(reading.conditions ?? [])]);
  const importing = new Set([...conditions].filter((condition) => condition !== 'require'));
  const readsBrowserField = (options.side ?? 'client') === 'client';
  const readsBrowserMap = readsBrowserField && reading.ignoresBrowserMap !== true;
  const aliases = [...(options.aliases ?? [])].sort((left, right) => right.folder.length - left.folder.length || right.find.length - left.find.length);
  const hasNative = workspace.packages.some((item) => 'react-native' in item.dependencies || 'expo' in item.dependencies || '@nativescript/core' in item.dependencies);
  const hasBrowserMaps = readsBrowserMap && workspace.packages.some((item) => isRecord(item.manifest['browser']));
  const contexts = new Map<string, Context>();
  const contextOfFolder = new Map<string, Context>();
  const tsconfigOfFolder = new Map<string, string | undefined>();
  const links = options.links ?? new DiskLinks(source.root);
  let sorted: string[] | undefined;

  function nearestTsconfig(folder: string): string | undefined {
    if (tsconfigOfFolder.has(folder)) return tsconfigOfFolder.get(folder);
    const prefix = folder === '' ? '' : `${folder}/`;
    const own = ['tsconfig.json', 'jsconfig.json'].map((name) => prefix + name).find((path) => paths.has(path));
    const found = own ?? (folder === '' ? undefined : nearestTsconfig(folderOf(folder)));
    tsconfigOfFolder.set(folder, found);
    return found;
  }

  /** Nx keeps the names of its libraries in one file at the root, and its plugins read them there whether an application extends it or not. */
  function configsFor(tsconfig: string | undefined): string[] {
    const shared = paths.has(sharedConfig) && (tsconfig === undefined || paths.has('nx.json')) ? [sharedConfig] : [];
    return tsconfig === undefined ? shared : [tsconfig, ...shared];
  }

  function contextOf(folder: string): Context {
    const known = contextOfFolder.get(folder);
    if (known !== undefined) return known;
    const owner = workspace.packageOf(`${folder}/x`.replace(/^\//, ''));
    const tsconfig = nearestTsconfig(folder);
    const own = aliases.filter((alias) => isBelow(folder, alias.folder));
    const key = `${owner?.folder ?? '?'}\n${tsconfig ?? ''}\n${own.map((alias) => `${alias.folder}>${alias.find}`).join('|')}`;
    let context = contexts.get(key);
    if (context === undefined) {
      const rules = configsFor(tsconfig).flatMap((path) => pathRulesOf(path, manifests, packageFile));
      context = { package: owner, rules, aliases: own, known: new Map() };
      contexts.set(key, context);
    }
    contextOfFolder.set(folder, context);
    return context;
  }

  /** An import takes `import` where a package offers both; what offers `require` alone is taken by that. */
  function targetOf(field: unknown, request: string): string | null | undefined {
    return packageTarget(field, request, importing) ?? packageTarget(field, request, conditions);
  }

  function packageFile(from: string, specifier: string): string | undefined {
    const { name, rest } = splitSpecifier(specifier);
    const target = workspace.named(workspace.packageOf(from), name);
    const path = target === undefined ? undefined : joinPath(target.folder, rest);
    return path !== undefined && paths.has(path) ? path : undefined;
  }

  /** A file by its path without extension, as a compiled `.js` of a `.ts`, or as a folder. */
  function fileAt(base: string): string | undefined {
    if (paths.has(base)) return base;
    const source = sourceOf(base);
    if (source !== undefined) return source;
    for (const extension of extensions) if (paths.has(base + extension)) return base + extension;
    const nested = base === '' ? undefined : workspace.inFolder(base);
    const main = nested === undefined ? undefined : packageMain(nested);
    if (main !== undefined) return main;
    const index = base === '' ? 'index' : `${base}/index`;
    for (const extension of extensions) if (paths.has(index + extension)) return index + extension;
    return undefined;
  }

  function sourceOf(base: string): string | undefined {
    const match = base.includes('js', base.length - 3) ? /\.([mc]?)js(x?)$/.exec(base) : null;
    if (match === null) return undefined;
    const stem = base.slice(0, match.index);
    const found = [`.${match[1] ?? ''}ts${match[2] ?? ''}`, '.tsx', '.ts', '.jsx'].find((extension) => paths.has(stem + extension));
    return found === undefined ? undefined : stem + found;
  }

  /** All files that a path without extension may mean: one, or one a platform. */
  function filesAt(base: string): readonly string[] {
    const file = fileAt(base);
    if (!hasNative) return file === undefined ? nothing : [file];
    return platformFiles(base, file);
  }

  function platformFiles(base: string, file: string | undefined): readonly string[] {
    const extension = file === undefined ? undefined : (/\.[^./]+$/.exec(file)?.[0] ?? '');
    const stem = file === undefined || extension === undefined ? base : file.slice(0, file.length - extension.length);
    const found: string[] = [];
    for (const platform of platforms) {
      if (extension !== undefined && paths.has(stem + platform + extension)) found.push(stem + platform + extension);
      else if (extension === undefined) {
        const other = extensions.find((candidate) => paths.has(stem + platform + candidate));
        if (other !== undefined) found.push(stem + platform + other);
      }
    }
    if (found.length === 0) return file === undefined ? nothing : [file];
    return file === undefined ? found : [...found, file];
  }

  function resolveAll(from: string, written: string): readonly string[] {
    const specifier = cleanSpecifier(written);
    const folder = folderOf(from);
    const first = specifier.charCodeAt(0);
    if (first === 46 && isRelative(specifier)) {
      const base = joinPath(folder, specifier);
      if (base === undefined) return nothing;
      const path = specifier.endsWith('/') ? joinPath(base, 'index') ?? base : base;
      const direct = filesAt(path);
      const all = direct.length > 0 ? direct : filesBehindLink(path);
      const found = all.length > 1 ? shippedFiles(contextOf(folder).package, all) : all;
      return hasBrowserMaps ? browserFiles(contextOf(folder).package, found) : found;
    }
    if (specifier === '' || specifier.includes(':') || builtins().has(specifier)) return nothing;
    const context = contextOf(folder);
    let found = context.known.get(specifier);
    if (found === undefined) {
      found = shippedFiles(context.package, resolveName(context, from, specifier));
      context.known.set(specifier, found);
    }
    return found;
  }

  /** Git lists a symlinked folder as a file: a path below it goes on where the link leads, if that is in the repository. */
  function filesBehindLink(path: string): readonly string[] {
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
      if (!paths.has(folder)) continue;
      const target = linkedFolder(source.root, folder, links);
      const inside = target === undefined ? undefined : joinPath(target, relativeTo(folder, path));
      return inside === undefined ? nothing : filesAt(inside);
    }
    return nothing;
  }

  function resolveName(context: Context, from: string, specifier: string): readonly string[] {
    if (hasBrowserMaps) {
      const replaced = browserReplacement(context.package, specifier);
      if (replaced === false) return nothing;
      if (replaced !== undefined) return filesAt(joinPath(context.package?.folder ?? '', replaced) ?? replaced);
    }
    for (const base of aliasedPaths(context, specifier)) {
      const found = filesAt(base);
      if (found.length > 0) return found;
    }
    const { name, rest } = splitSpecifier(specifier);
    if (specifier.startsWith('#')) {
      const found = importsOf(context.package, specifier);
      if (found.length > 0) return found;
    }
    const target = specifier.startsWith('/') ? undefined : workspace.named(context.package, name);
    if (target !== undefined) {
      const found = browserFiles(target, inPackage(target, rest));
      if (found.length > 0) return found;
    }
    return specifier.startsWith('/') ? fromServedRoot(context, from, specifier) : customary(context, specifier);
  }

  function aliasedPaths(context: Context, specifier: string): string[] {
    const bases = context.aliases.flatMap((alias) => aliasedPath(alias, specifier) ?? []);
    for (const rules of context.rules) bases.push(...mappedPaths(rules, specifier));
    return bases;
  }

  /** `#name` of the package's own `imports`; its target may be another package. */
  function importsOf(owner: Package | undefined, specifier: string): readonly string[] {
    if (owner === undefined) return nothing;
    const field = owner.manifest['imports'];
    const target = targetOf(field, specifier);
    if (typeof target === 'string' && !target.startsWith('.')) {
      const { name, rest } = splitSpecifier(target);
      const other = workspace.named(owner, name);
      return other === undefined ? nothing : inPackage(other, rest);
    }
    return packagePaths(owner, target, packageTargets(field, specifier));
  }

  /** A request for a package: `rest` is `""` or the path below it. */
  function inPackage(target: Package, rest: string): readonly string[] {
    const exported = reading.ignoresExports === true ? undefined : target.manifest['exports'];
    if (exported !== undefined) {
      const request = rest === '' ? '.' : `./${rest}`;
      const main = targetOf(exported, request);
      if (main === null) return nothing;
      return packagePaths(target, main, packageTargets(exported, request));
    }
    if (rest === '') {
      const main = packageMain(target);
      return main === undefined ? nothing : [main];
    }
    for (const base of [joinPath(target.folder, rest), joinPath(target.folder, `src/${rest}`)]) {
      const found = base === undefined ? nothing : filesAt(base);
      if (found.length > 0) return found;
    }
    return nothing;
  }

  /** The target's file; where it is built and not tracked, the file of another condition or of the sources that it is built from. */
  function packagePaths(owner: Package, target: string | null | undefined, others: readonly string[]): readonly string[] {
    if (target === null) return nothing;
    for (const candidate of target === undefined ? others : [target, ...others]) {
      const base = joinPath(owner.folder, candidate);
      const exact = base !== undefined && !isDeclaration(base) ? filesAt(base) : nothing;
      if (exact.length > 0) return exact;
    }
    for (const candidate of target === undefined ? others : [target, ...others]) {
      const built = builtFrom(owner, candidate);
      if (built !== undefined) return [built];
    }
    return nothing;
  }

  function packageMain(target: Package): string | undefined {
    const { manifest } = target;
    const browser = manifest['browser'];
    const fields = [readsBrowserField ? browser : undefined, manifest['module'], manifest['main'], manifest['source'], manifest['react-native'], manifest['svelte']];
    const named = fields.filter((field): field is string => typeof field === 'string' && field !== '');
    for (const field of named) {
      const base = joinPath(target.folder, field);
      const file = base === undefined || base === target.folder ? undefined : fileWithoutPackage(base);
      if (file !== undefined) return file;
    }
    for (const field of named) {
      const built = builtFrom(target, field);
      if (built !== undefined) return built;
    }
    for (const index of ['index', 'src/index', 'src/main', 'lib/index']) {
      const base = joinPath(target.folder, index);
      const found = base === undefined ? undefined : extensions.find((extension) => paths.has(base + extension));
      if (base !== undefined && found !== undefined) return base + found;
    }
    return undefined;
  }

  /** As `fileAt` without nested packages: a `main` that names its own folder must not go round. */
  function fileWithoutPackage(base: string): string | undefined {
    if (paths.has(base)) return base;
    const candidates = [...extensions.map((extension) => base + extension), ...extensions.map((extension) => `${base}/index${extension}`)];
    return sourceOf(base) ?? candidates.find((path) => paths.has(path));
  }

  /** `dist/esm/x.js` → `src/x.ts`: leading folders give way to `src` or to nothing. */
  function builtFrom(owner: Package, target: string): string | undefined {
    const parts = target.replace(/^\.\//, '').replace(/\.d\.([mc]?ts)$/, '.$1').split('/');
    for (let skip = 1; skip < Math.min(parts.length, 4); skip++) {
      const rest = parts.slice(skip).join('/');
      for (const candidate of [`src/${rest}`, rest]) {
        const base = joinPath(owner.folder, candidate);
        const file = base === undefined ? undefined : fileWithoutPackage(base) ?? fileWithoutPackage(base.replace(/\.[mc]?[jt]sx?$/, ''));
        if (file !== undefined) return file;
      }
    }
    return undefined;
  }

  /** `/src/main.ts` of a page: the page's own folder, the package, the folders that are served as they are, the root. */
  function fromServedRoot(context: Context, from: string, specifier: string): readonly string[] {
    const folder = context.package?.folder ?? '';
    const path = specifier.slice(1);
    for (const base of [folder, folderOf(from), `${folder}/public`, `${folder}/static`, `${folder}/src`, '']) {
      const file = joinPath(base, path);
      const found = file === undefined ? nothing : filesAt(file);
      if (found.length > 0) return found;
    }
    return nothing;
  }

  /** Aliases that no configuration had to tell: what templates of Vue, Nuxt, Next and Remix set up, often in generated files. */
  function customary(context: Context, specifier: string): readonly string[] {
    const match = /^(?:@|~|~~|@@)\/(.+)$/.exec(specifier);
    if (match === null) return nothing;
    const folder = context.package?.folder ?? '';
    for (const base of ['src', 'app', '']) {
      const path = joinPath(folder, `${base}/${match[1] ?? ''}`);
      const found = path === undefined ? nothing : filesAt(path);
      if (found.length > 0) return found;
    }
    return nothing;
  }

  function browserFiles(owner: Package | undefined, found: readonly string[]): readonly string[] {
    if (!readsBrowserMap || owner === undefined || !isRecord(owner.manifest['browser'])) return found;
    return found.flatMap((file) => {
      const replaced = browserReplacement(owner, `./${relativeTo(owner.folder, file)}`);
      if (replaced === undefined) return [file];
      return replaced === false ? [] : filesAt(joinPath(owner.folder, replaced) ?? replaced);
    });
  }

  function globFiles(from: string, pattern: string, except: readonly string[]): readonly string[] {
    const absolute = absolutePatterns(from, pattern);
    const ignore = except.flatMap((item) => absolutePatterns(from, item));
    const found: string[] = [];
    for (const item of absolute) {
      const base = picomatch.scan(item).base;
      const matches = picomatch(item, { ignore, dot: false });
      sorted ??= [...paths].sort();
      for (const path of pathsWith(sorted, base)) {
        if (path !== from && isGlobTarget(path, item) && matches(path)) found.push(path);
        if (found.length >= mostGlobFiles) return found;
      }
    }
    return found;
  }

  function absolutePatterns(from: string, written: string): string[] {
    const pattern = cleanSpecifier(written);
    if (isRelative(pattern)) return [joinPath(folderOf(from), pattern) ?? []].flat();
    const context = contextOf(folderOf(from));
    if (pattern.startsWith('/')) return [joinPath(context.package?.folder ?? '', pattern) ?? []].flat();
    if (/^[*{]/.test(pattern)) return [];
    return aliasedPaths(context, pattern);
  }

  return {
    resolve: (from, specifier) => resolveAll(from, specifier)[0],
    resolveAll,
    resolveGlob: (from, pattern, except = []) => globFiles(from, pattern, except),
    pathRules: (from) => contextOf(folderOf(from)).rules,
  };
}

/** Where a link leads, relative to the root; `undefined` if out of it, in a circle or nowhere. */
function linkedFolder(root: string, folder: string, links: DiskLinks): string | undefined {
  const target = links.targetOf(folder);
  const inside = target === undefined ? undefined : relative(root, target).split(sep).join('/');
  return inside === undefined || inside === '..' || inside.startsWith('../') ? undefined : inside;
}

const mostGlobFiles = 20_000;

function isGlobTarget(path: string, pattern: string): boolean {
  return isCodeFile(path) || path.endsWith('.json') || /\.[a-z0-9]+$/i.test(pattern);
}

function aliasedPath(alias: Alias, specifier: string): string | undefined {
  if (specifier === alias.find) return alias.to;
  if (alias.exact || !specifier.startsWith(alias.find)) return undefined;
  const rest = specifier.slice(alias.find.length);
  if (!alias.find.endsWith('/') && !rest.startsWith('/')) return undefined;
  return joinPath(alias.to, rest);
}

function isDeclaration(path: string): boolean {
  return /\.d\.[mc]?ts$/.test(path);
}
