import type { Source } from '../../sources/source.ts';
import type { Manifests } from '../graph/manifest.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import { readBuildCalls, readDefinedWrites, readPlugins } from './config-builds.ts';
import { emptyFacts, tellUnread, type ConfigFacts, type FactList } from './config-facts.ts';
import type { Config } from './config-injections.ts';
import { readByName, readScriptedBuilds } from './config-tools.ts';
import { readJsonConfig } from './json-config.ts';
import { readStaticModule } from './static-module.ts';
import type { ModuleReader, StaticModule } from './static-scope.ts';
import { baseName } from '../../sources/base-name.ts';

/** Base names of files that `readConfigFacts` understands, package.json among them. */
export const configName =
  /^(?:(?:next|vite|vitest|svelte|nuxt|astro|rsbuild|modern|vue|craco|babel|app|electron\.vite|wxt|react-router|capacitor|qwik|solid|forge|rolldown|tsdown)\.config(?:\.[\w-]+)?\.(?:[mc]?[jt]s|json)|(?:webpack|rspack|rollup|esbuild|build|bundle|bun\.build)(?:[.-][\w.-]+)?\.[mc]?[jt]s|gatsby-(?:node|config)\.[mc]?[jt]s|package\.json|app\.json|angular\.json|project\.json|\.babelrc(?:\.json)?|\.parcelrc|tauri\.conf\.json5?|manifest\.json|bunfig\.toml|wrangler\.(?:toml|jsonc?))$/;

/** Configurations of one folder, and what they say about its client code. */
export interface ConfigReader {
  /** `files` are the configuration files that hold for `folder`; both relative to the root. */
  read(folder: string, files: readonly string[]): ConfigFacts;
}

// Generated bundles sometimes bear the name of a configuration.
const longestConfig = 1_000_000;

export function createConfigReader(source: Source, manifests: Manifests): ConfigReader {
  const modules = new Map<string, StaticModule | undefined>();
  const load = (file: string): StaticModule | undefined => {
    if (modules.has(file)) return modules.get(file);
    modules.set(file, undefined);
    const text = manifests.text(file);
    const module = text === undefined || text.length > longestConfig ? undefined : readSafely(file, text, importModule);
    modules.set(file, module);
    return module;
  };
  const importModule = (from: string, specifier: string): StaticModule | undefined => {
    const base = specifier.startsWith('.') ? joinPath(folderOf(from), specifier) : undefined;
    if (base === undefined) return undefined;
    const file = ['', '.ts', '.js', '.mjs', '.mts', '.cjs', '.cts', '/index.ts', '/index.js'].map((end) => base + end).find((path) => source.paths().has(path) && /\.[mc]?[jt]s$/.test(path));
    return file === undefined ? undefined : load(file);
  };
  return {
    read: (folder, files) => {
      const facts = emptyFacts();
      for (const file of files) {
        if (/\.(?:json5?|jsonc|toml)$|\.babelrc$|\.parcelrc$/.test(file)) readJsonConfig(file, folder, manifests, facts);
        else if (/\.[mc]?[jt]s$/.test(file)) readModuleConfig(file, folder, load(file), facts);
      }
      return facts;
    },
  };
}

/** A configuration that is nested deeper than the stack counts as one that cannot be read. */
function readSafely(file: string, text: string, importModule: ModuleReader): StaticModule | undefined {
  try {
    return readStaticModule(file, text, importModule);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readModuleConfig(file: string, folder: string, module: StaticModule | undefined, facts: FactList): void {
  if (module === undefined) return tellUnread(facts, file, 'is too large or too deeply nested to be read, so what it sends to the client is not known; findings that depend on it are told as possible.');
  if (!module.isWhole) tellUnread(facts, file, 'has syntax errors, so what it sends to the client is only known in part; findings that depend on it are told as possible.');
  const config: Config = { file, folder, main: module.main, facts };
  const name = baseName(file);
  if (configName.test(name)) readByName(name, config);
  // A script that the package calls to build.
  else readScriptedBuilds(module, config);
  readPlugins(module, config);
  if (name.startsWith('vue.')) readDefinedWrites(module, config);
  readBuildCalls(module, config);
  if (!module.isWhole) doubtAll(file, facts);
}

/** What a broken file seems to say is only possible. */
function doubtAll(file: string, { injections, prefixes }: FactList): void {
  injections.forEach((each, index) => (injections[index] = each.file === file ? { ...each, confidence: 'possible' } : each));
  prefixes.forEach((each, index) => (prefixes[index] = each.file === file ? { ...each, confidence: 'possible' } : each));
}
