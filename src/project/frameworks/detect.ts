import type { Notice } from '../../sources/notice.ts';
import type { Source } from '../../sources/source.ts';
import type { Manifests } from '../graph/manifest.ts';
import { isRecord } from '../graph/manifest.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import type { Alias } from '../graph/resolution.ts';
import type { Package, Workspace } from '../graph/workspace.ts';
import { bundlerTraits, traitsOf, type BundlerId, type BundlerTraits } from './bundler.ts';
import type { ConfigFacts } from './config-facts.ts';
import { mayBeConfig } from './config-names.ts';
import { configName, createConfigReader } from './config-values.ts';
import type { Framework, FrameworkId } from './framework.ts';
import { frameworkById, frameworks } from './index.ts';
import { commandsOf } from './package-scripts.ts';
import { baseName } from '../../sources/base-name.ts';
import { literalPattern } from '../../syntax/text/literal-pattern.ts';

/** A framework in one folder of the repository. */
export interface DetectedFramework {
  readonly framework: Framework;
  /** Relative to the root; the framework's globs count from here. */
  readonly folder: string;
  /** Undefined where no manifest tells it. */
  readonly major: number | undefined;
  readonly bundler: BundlerId;
  readonly bundlerMajor: number | undefined;
  readonly traits: BundlerTraits;
  /** What may ship besides, where nothing says whether the build is minified. */
  readonly looseTraits: BundlerTraits;
  /** What gave it away: `"next" in apps/web/package.json`. */
  readonly because: string;
  readonly facts: ConfigFacts;
  /** Names that env files of the folder declare, where the framework goes by these. */
  readonly declaredNames: ReadonlySet<string>;
}

export interface Detection {
  readonly frameworks: readonly DetectedFramework[];
  readonly aliases: readonly Alias[];
  readonly notices: readonly Notice[];
  /** The frameworks that a file belongs to: those of the deepest folder above it that has any. */
  at(path: string): readonly DetectedFramework[];
}

/** Finds the frameworks of a repository from manifests and configuration files, which are read and never run. */
export function detectFrameworks(source: Source, manifests: Manifests, workspace: Workspace): Detection {
  const configs = configFiles(source);
  addBuildScripts(configs, source, manifests, workspace);
  const reader = createConfigReader(source, manifests);
  const folders = new Set([...workspace.packages.map((item) => item.folder), ...configs.keys()]);
  const detected: DetectedFramework[] = [];
  for (const folder of [...folders].sort()) detected.push(...detectIn(folder, { source, manifests, workspace, configs, reader }));
  const notices = unique(detected.flatMap((item) => item.facts.notices));
  const sourceFolders = foldersOf(source);
  const aliases = uniqueAliases(detected.flatMap((item) => [...item.facts.aliases, ...ownAliases(item, sourceFolders)]));
  const byFolder = new Map<string, DetectedFramework[]>();
  for (const item of detected) byFolder.set(item.folder, [...(byFolder.get(item.folder) ?? []), item]);
  return { frameworks: detected, aliases, notices, at: (path) => nearest(byFolder, folderOf(path)) };
}

function nearest(byFolder: ReadonlyMap<string, DetectedFramework[]>, folder: string): readonly DetectedFramework[] {
  for (let at = folder; ; at = folderOf(at)) {
    const found = byFolder.get(at);
    if (found !== undefined) return found;
    if (at === '') return [];
  }
}

interface Context {
  readonly source: Source;
  readonly manifests: Manifests;
  readonly workspace: Workspace;
  /** Configuration files by the folder that they hold for. */
  readonly configs: ReadonlyMap<string, readonly string[]>;
  readonly reader: { read(folder: string, files: readonly string[]): ConfigFacts };
}

/** `build/webpack.config.js` and its like hold for the folder above. */
const configFolders = /(?:^|\/)(?:config|configs|build|scripts|webpack|\.config|tools|src-tauri|bundler)$/;

function configFiles(source: Source): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of source.paths()) {
    const name = baseName(path);
    if (!isConfigName(name) || /(?:^|\/)node_modules\//.test(path)) continue;
    const own = folderOf(path);
    const folder = configFolders.test(own) && name !== 'package.json' ? folderOf(own) : own;
    const list = found.get(folder);
    if (list === undefined) found.set(folder, [path]);
    else list.push(path);
  }
  return found;
}

const buildsWith = /(?:from\s*|require\(\s*|import\(\s*)['"](?:esbuild|rollup|rolldown|vite|webpack|@rspack\/core|@rsbuild\/core|@parcel\/core)['"]|\bBun\.build\s*\(/;

/** Programs of package scripts that call a bundler, whatever their name: `node scripts/bundle.mjs`. */
function addBuildScripts(configs: Map<string, string[]>, source: Source, manifests: Manifests, workspace: Workspace): void {
  for (const { folder, manifest } of workspace.packages) {
    const scripts = manifest['scripts'];
    if (!isRecord(scripts)) continue;
    for (const [name, line] of Object.entries(scripts)) {
      if (typeof line !== 'string') continue;
      for (const { args } of commandsOf(name, line, [0, 0]).filter(({ program }) => /^(?:node|tsx|ts-node|bun|deno|zx|jiti)$/.test(program))) {
        const file = joinPath(folder, args.find((arg) => /\.[mc]?[jt]s$/.test(arg)) ?? '');
        const known = configs.get(folder) ?? [];
        if (file === undefined || !source.paths().has(file) || known.includes(file) || !buildsWith.test(manifests.text(file) ?? '')) continue;
        configs.set(folder, [...known, file]);
      }
    }
  }
}

export function isConfigName(name: string): boolean {
  return mayBeConfig(name) && (configName.test(name) || frameworks.some((framework) => framework.detect.configs?.test(name) === true));
}

function detectIn(folder: string, context: Context): DetectedFramework[] {
  const own = context.workspace.inFolder(folder);
  const owner = own ?? context.workspace.packageOf(folder === '' ? 'x' : `${folder}/x`);
  const files = context.configs.get(folder) ?? [];
  const because = new Map<FrameworkId, string>();
  for (const framework of frameworks) {
    const reason = reasonFor(framework, folder, own, files, context);
    if (reason !== undefined) because.set(framework.id, reason);
  }
  for (const id of [...because.keys()]) for (const part of frameworkById(id).supersedes) because.delete(part);
  dropTools(because, folder, context);
  if (because.size === 0) return [];
  const facts = context.reader.read(folder, files);
  return [...because].map(([id, reason]) => detectedFrom(frameworkById(id), folder, owner, reason, facts, context));
}

function reasonFor(framework: Framework, folder: string, own: Package | undefined, files: readonly string[], context: Context): string | undefined {
  const dependency = own === undefined ? undefined : framework.detect.dependencies.find((name) => name in own.dependencies);
  if (dependency !== undefined) return `"${dependency}" in ${join(folder, 'package.json')}`;
  const config = files.find((file) => framework.detect.configs?.test(baseName(file)) === true);
  if (config !== undefined) return config;
  if (framework.id === 'angular') return files.find((file) => file.endsWith('project.json') && angularExecutor.test(context.manifests.text(file) ?? ''));
  if (framework.id === 'browser-extension') return files.find((file) => isExtensionManifest(file, context.manifests));
  if (framework.id === 'bun') return scriptReason(/\bbun\s+(?:build\b|(?:[^\s;&|]+\s+)*[^\s;&|]+\.html\b)/, folder, own) ?? files.find((file) => bunMark(file)?.test(context.manifests.text(file) ?? ''));
  if (framework.id === 'parcel') return scriptReason(/(?:^|[\s;&])parcel(?:\s|$)/, folder, own);
  if (framework.id === 'esbuild') return scriptReason(/(?:^|[\s;&])esbuild\s/, folder, own);
  return undefined;
}

/** `Bun.build(…)`, and what `Bun.serve` makes of the pages that it serves; most files of Bun's settings are of its runtime and its tests. */
function bunMark(file: string): RegExp | undefined {
  if (file.endsWith('bunfig.toml')) return /^\s*\[serve\.static\]|^\s*serve\.static\b|^\s*static\s*=|^\s*\[serve\]/m;
  return /\.[mc]?[jt]s$/.test(file) ? /Bun\.build\(/ : undefined;
}

/** Nx keeps what `angular.json` says in a `project.json` an application (https://nx.dev/nx-api/angular). */
const angularExecutor = /"(?:executor|builder)"\s*:\s*"(?:@angular\/build|@angular-devkit\/build-angular|@n(?:x|rwl)\/angular):/;

function isExtensionManifest(file: string, manifests: Manifests): boolean {
  return /(?:^|\/)manifest\.json$/.test(file) && typeof manifests.json(file)?.['manifest_version'] === 'number';
}

function scriptReason(pattern: RegExp, folder: string, own: Package | undefined): string | undefined {
  const scripts = own?.manifest['scripts'];
  if (!isRecord(scripts)) return undefined;
  const name = Object.keys(scripts).find((key) => typeof scripts[key] === 'string' && pattern.test(scripts[key]));
  return name === undefined ? undefined : `script "${name}" in ${join(folder, 'package.json')}`;
}

/**
 * A bundler among the dependencies is often only a tool of tests or of the publication of a library: it counts where something is there
 * for it to bundle for a client.
 */
function dropTools(because: Map<FrameworkId, string>, folder: string, { source, workspace }: Context): void {
  const own = workspace.inFolder(folder);
  const isTool = (id: FrameworkId): boolean => because.get(id)?.startsWith('"') === true;
  const paths = source.paths();
  if (isTool('vite') && own !== undefined && 'vitest' in own.dependencies && !paths.has(join(folder, 'index.html')) && !usesVite(own)) because.delete('vite');
}

function usesVite(own: Package): boolean {
  const scripts = own.manifest['scripts'];
  return isRecord(scripts) && Object.values(scripts).some((line) => typeof line === 'string' && /(?:^|[\s;&])vite(?:\s+build|\s*$|\s+(?:dev|serve|preview))/.test(line));
}

function detectedFrom(framework: Framework, folder: string, owner: Package | undefined, because: string, facts: ConfigFacts, context: Context): DetectedFramework {
  const major = framework.detect.dependencies.map((name) => majorOf(name, owner, context)).find((found) => found !== undefined);
  const bundler = bundlerOf(framework, owner);
  const bundlerMajor = bundlerMajorOf(framework, bundler, major, owner, context);
  const own = { ...bundlerTraits(bundler, bundlerMajor), ...framework.traits, ...(facts.sourceMaps === undefined ? {} : { sourceMapsByDefault: facts.sourceMaps }) };
  const { strict, loose } = traitsOf(bundler, bundlerMajor, own, framework.id === bundler || bundler !== 'esbuild' ? facts.minified : true);
  return { framework, folder, major, bundler, bundlerMajor, traits: strict, looseTraits: loose, because, facts, declaredNames: declaredNames(framework, folder, context) };
}

function declaredNames({ publicPrefixes }: Framework, folder: string, { manifests, source }: Context): Set<string> {
  const texts = publicPrefixes.flatMap(({ declaredIn = [] }) => declaredIn).map((file) => join(folder, file)).flatMap((file) => (source.paths().has(file) ? (manifests.text(file) ?? []) : []));
  return new Set(texts.flatMap((text) => [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=/gm)].map((match) => match[1] ?? '')));
}

function bundlerOf(framework: Framework, owner: Package | undefined): BundlerId {
  const dependencies = owner?.dependencies ?? {};
  // Remix 1, and 2 without Vite, bundle with esbuild.
  if (framework.id === 'react-router' && !('vite' in dependencies) && '@remix-run/dev' in dependencies) return 'esbuild';
  if (framework.id === 'expo' && 'webpack' in dependencies && !('metro' in dependencies) && '@expo/webpack-config' in dependencies) return 'webpack';
  if (framework.bundler !== 'none' || framework.id === 'html') return framework.bundler;
  // An extension that nothing builds is packed as it is written.
  if (framework.id === 'browser-extension' && ['plasmo', 'parcel', '@parcel/config-webextension'].some((name) => name in dependencies)) return 'parcel';
  if (['vite', 'electron-vite', 'wxt', '@crxjs/vite-plugin'].some((name) => name in dependencies)) return 'vite';
  return 'webpack' in dependencies ? 'webpack' : framework.bundler;
}

function bundlerMajorOf(framework: Framework, bundler: BundlerId, major: number | undefined, owner: Package | undefined, context: Context): number | undefined {
  if (bundler !== 'vite') return bundler === framework.bundler && framework.id === bundler ? major : undefined;
  if (owner !== undefined && 'rolldown-vite' in owner.dependencies) return 8;
  if (/^npm:rolldown-vite@/.test(owner?.dependencies['vite'] ?? '')) return 8;
  return majorOf('vite', owner, context) ?? (major === undefined ? undefined : framework.bundlerMajors[major]);
}

/**
 * The major version of a dependency: from the lock file of npm beside the root, else from the range. A range that allows several
 * majors (`>=5`, `6 || 7`) tells none, nor do tags.
 */
function majorOf(name: string, owner: Package | undefined, { manifests, source }: Context): number | undefined {
  if (owner === undefined || !(name in owner.dependencies)) return undefined;
  const range = owner.dependencies[name] ?? '';
  return majorOfRange(range.startsWith('catalog:') ? (catalogRange(name, range, manifests, source) ?? '') : range) ?? lockedMajor(name, owner, manifests, source);
}

export function majorOfRange(range: string): number | undefined {
  const text = range.replace(/^(?:npm:(?:@[^/]+\/)?[^@]+@|workspace:)/, '').trim();
  const majors = new Set([...text.matchAll(/(?:^|\s|\|\|)\s*(?:[\^~=v]*)(\d+)(?:\.[\dx*]+)*(?:-[\w.]+)?(?=\s|$|\|\|)/g)].map((match) => Number(match[1])));
  return /[<>]|\*$|^\*/.test(text) && !/^\d+\.(?:\*|x)/.test(text) || majors.size !== 1 ? undefined : [...majors][0];
}

/** pnpm's catalogs keep ranges in `pnpm-workspace.yaml`: a line `name: range` below `catalog` or the named catalog. */
function catalogRange(name: string, range: string, manifests: Manifests, source: Source): string | undefined {
  for (const path of source.paths()) {
    if (!/(?:^|\/)pnpm-workspace\.yaml$/.test(path)) continue;
    const text = manifests.text(path) ?? '';
    const escaped = literalPattern(name);
    const catalog = range.slice('catalog:'.length);
    const section = catalog === '' || catalog === 'default' ? text : text.slice(Math.max(0, text.search(new RegExp(`^\\s+${literalPattern(catalog)}:`, 'm'))));
    const found = new RegExp(`^\\s+['"]?${escaped}['"]?:\\s*['"]?([^'"\\n#]+)`, 'm').exec(section)?.[1];
    if (found !== undefined) return found.trim();
  }
  return undefined;
}

function lockedMajor(name: string, owner: Package, manifests: Manifests, source: Source): number | undefined {
  for (let folder = owner.folder; ; folder = folderOf(folder)) {
    const lock = join(folder, 'package-lock.json');
    if (source.paths().has(lock)) {
      const packages = manifests.json(lock)?.['packages'];
      const entry = isRecord(packages) ? packages[`node_modules/${name}`] : undefined;
      const version = isRecord(entry) ? entry['version'] : undefined;
      return typeof version === 'string' ? majorOfRange(version) : undefined;
    }
    if (folder === '') return undefined;
  }
}

/** Nuxt 4 and the frameworks with `~` keep the application in a folder of its own; where that is not there, the names mean the root. */
function ownAliases({ framework, folder }: DetectedFramework, folders: ReadonlySet<string>): Alias[] {
  return Object.entries(framework.aliases).map(([find, to]) => ({ folder, find, to: folders.has(join(folder, to)) ? join(folder, to) : folder }));
}

function foldersOf(source: Source): Set<string> {
  const folders = new Set<string>(['']);
  for (const path of source.paths()) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

function join(folder: string, path: string): string {
  if (folder === '') return path;
  return path === '' ? folder : `${folder}/${path}`;
}

function unique(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((notice) => [`${notice.file ?? ''}\n${notice.message}`, notice])).values()];
}

function uniqueAliases(aliases: readonly Alias[]): Alias[] {
  return [...new Map(aliases.map((alias) => [`${alias.folder}\n${alias.find}\n${alias.to}`, alias])).values()];
}
