import type { Source } from '../../sources/source.ts';
import type { Span } from '../../syntax/span.ts';
import type { VariableAccess } from '../../syntax/value.ts';
import type { Manifests } from '../graph/manifest.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import { emptyFacts, openBunEnv, tellComputed, type ConfigFacts, type ConfiguredInput, type FactList, type Injection } from './config-facts.ts';
import { everyForm } from './framework.ts';
import { readJsonConfig } from './json-config.ts';
import { entriesOf, parts, readStaticModule, textsOf, valuesAt, type ModuleReader, type StaticEntry, type StaticModule, type StaticValue } from './static-value.ts';

/** Base names of files that `readConfigFacts` understands, package.json among them. */
export const configName =
  /^(?:(?:next|vite|vitest|svelte|nuxt|astro|rsbuild|modern|vue|craco|babel|app|electron\.vite|wxt|react-router|capacitor|qwik|solid|forge|rolldown|tsdown)\.config(?:\.[\w-]+)?\.(?:[mc]?[jt]s|json)|(?:webpack|rspack|rollup|esbuild|build|bundle|bun\.build)(?:[.-][\w.-]+)?\.[mc]?[jt]s|gatsby-(?:node|config)\.[mc]?[jt]s|package\.json|app\.json|angular\.json|project\.json|\.babelrc(?:\.json)?|\.parcelrc|tauri\.conf\.json5?|manifest\.json|wrangler\.(?:toml|jsonc?))$/;

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
        else readModuleConfig(file, folder, load(file), facts);
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

interface Config {
  readonly file: string;
  readonly folder: string;
  readonly main: StaticValue;
  readonly facts: FactList;
}

function readModuleConfig(file: string, folder: string, module: StaticModule | undefined, facts: FactList): void {
  if (module === undefined) {
    facts.notices.push({ code: 'config-computed', level: 'info', file, message: `${file} is too large or too deeply nested to be read, so what it sends to the client is not known.` });
    return;
  }
  if (!module.isWhole) {
    facts.notices.push({ code: 'config-computed', level: 'info', file, message: `${file} has syntax errors, so what it sends to the client is only known in part.` });
  }
  const config: Config = { file, folder, main: module.main, facts };
  const name = file.slice(file.lastIndexOf('/') + 1);
  readByName(name, config);
  readPlugins(module, config);
  if (name.startsWith('vue.')) readDefinedWrites(module, config);
  readBuildCalls(module, config);
}

function readByName(name: string, config: Config): void {
  if (name.startsWith('next.')) return readNext(config);
  if (/^(?:vite|vitest|react-router|qwik|solid|wxt)\./.test(name)) return readVite(config, []);
  if (name.startsWith('astro.')) return readAstro(config);
  if (name.startsWith('nuxt.')) return readNuxt(config);
  if (name.startsWith('svelte.')) return readSvelte(config);
  if (name.startsWith('electron.vite.')) return ['main', 'preload', 'renderer'].forEach((part) => readVite(config, [part], `Electron ${part}`));
  if (/^(?:rsbuild|modern)\./.test(name)) return readRsbuild(config);
  if (/^(?:webpack|rspack|craco|vue)\b/.test(name)) return readWebpack(config);
  if (/^(?:rollup|rolldown|tsdown)\b/.test(name)) return readRollup(config);
  if (name.startsWith('app.config.')) return readExpo(config);
  if (name.startsWith('babel.')) return readBabel(config);
  if (name.startsWith('capacitor.')) return readCapacitor(config);
}

// --- what several have in common ------------------------------------------------------------------------------------------------

interface Injecting {
  readonly how: Injection['how'];
  readonly key: string;
  readonly always?: boolean;
  readonly access?: readonly VariableAccess[];
  readonly whole?: boolean;
}

/** `{ NAME: value }`: every entry goes to the client under its name. */
function injectEntries(value: StaticValue, injecting: Injecting, config: Config): void {
  for (const entry of entriesOf(value)) {
    if (entry.key === undefined) injectSpread(entry, injecting, config);
    else inject(entry.key, entry.value, injecting, config);
  }
  for (const part of parts(value)) if (part.kind === 'environment' || isOpaque(part)) injectSpread({ value: part, at: part.at, keyAt: part.at }, injecting, config);
}

/** Whether nothing is known of a value: a call that was given no object is as good as unknown. */
function isOpaque(value: StaticValue): boolean {
  if (value.kind === 'call') return parts(value).every((part) => part === value || (part.kind !== 'object' && part.kind !== 'environment'));
  return value.kind === 'unknown' && value.at[1] > 0;
}

/** `...process.env` opens every name; any other spread that cannot be read may. */
function injectSpread(entry: StaticEntry, injecting: Injecting, config: Config): void {
  const { file, facts } = config;
  const environment = parts(entry.value).find((part) => part.kind === 'environment');
  if (environment?.kind === 'environment') {
    for (const prefix of environment.prefix ?? ['']) {
      facts.prefixes.push({ prefix, access: injecting.access ?? ['process.env'], forms: everyForm, ships: injecting.whole ? 'object' : 'read', replaces: false, file, at: entry.at, confidence: 'certain' });
    }
    return;
  }
  tellComputed(facts, file, injecting.key);
}

function inject(name: string, value: StaticValue, injecting: Injecting, config: Config): void {
  const { file, facts } = config;
  const origin = originOf(value);
  if (origin === undefined && /hilt|key|secret|token/i.test(name)) tellComputed(facts, file, `${injecting.key}.${name}`);
  facts.injections.push({
    name,
    how: injecting.how,
    ...(injecting.access === undefined ? {} : { access: injecting.access }),
    ...(injecting.whole ? { forms: everyForm } : {}),
    ...origin,
    file,
    at: value.at,
    always: injecting.always ?? false,
    confidence: origin === undefined ? 'possible' : 'certain',
  });
}

/** The variable or literal that a value comes from; of several, a variable before a literal. */
function originOf(value: StaticValue): { variable: string } | { literal: Span } | undefined {
  const flat = parts(value).flatMap((part) => (part.kind === 'concat' ? part.parts : [part]));
  const variable = flat.find((part) => part.kind === 'env');
  if (variable?.kind === 'env') return { variable: variable.name };
  // What is given to a function need not be what it gives.
  if (flat.some((part) => part.kind === 'call')) return undefined;
  const text = flat.find((part) => part.kind === 'text') ?? flat.find((part) => part.kind === 'constant');
  return text === undefined ? undefined : { literal: text.at };
}

/** `define`-like maps: keys are expressions (`process.env.X`, `import.meta.env.X`, `__X__`), and whole objects of them. */
function injectDefinitions(value: StaticValue, key: string, config: Config): void {
  for (const entry of entriesOf(value)) {
    if (entry.key === undefined) injectSpread(entry, { how: 'define', key }, config);
    else injectDefinition(entry.key, entry.value, key, config);
  }
  if (parts(value).every(isOpaque)) tellComputed(config.facts, config.file, key);
}

function injectDefinition(name: string, value: StaticValue, key: string, config: Config): void {
  const match = /^(?:globalThis\.|window\.)?(process\.env|import\.meta\.env)(?:\.(.+))?$/.exec(name);
  if (match === null) {
    const nested = parts(value).some((part) => part.kind === 'object' || part.kind === 'environment');
    if (!nested) return inject(name, value, { how: 'define', key }, config);
    // `define: { __CONFIG__: { key: process.env.X } }`, `"process": { env: … }`
    if (name === 'process') return valuesAt(value, ['env']).forEach((env) => injectDefinition('process.env', env, key, config));
    return injectEntries(value, { how: 'define', key: name }, config);
  }
  const access = match[1] === 'process.env' ? (['process.env'] as const) : (['import.meta.env'] as const);
  if (match[2] !== undefined) return inject(match[2], value, { how: 'env', key, access }, config);
  injectEntries(value, { how: 'env', key: `${key}["${name}"]`, access, whole: true }, config);
}

function readAliases(values: readonly StaticValue[], config: Config): void {
  for (const value of values) {
    for (const entry of entriesOf(value)) if (entry.key !== undefined) pushAlias(entry.key, entry.value, config);
    for (const part of parts(value)) {
      if (part.kind !== 'array') continue;
      for (const item of part.items) {
        const find = valuesAt(item, ['find'])[0];
        const replacement = valuesAt(item, ['replacement'])[0];
        const name = find?.kind === 'text' ? find.text : find?.kind === 'regexp' ? plainPattern(find.source) : undefined;
        if (name !== undefined && replacement !== undefined) pushAlias(name, replacement, config);
      }
    }
  }
}

/** `^@/` and `^~(.*)$` as the prefix that they match; anything more is left alone. */
function plainPattern(source: string): string | undefined {
  const match = /^\^?([\w@~#$/-]+?|\\\$\w+)\\?(\/)?(?:\(?\.[*+]\)?)?\$?$/.exec(source.replace(/\\\//g, '/').replace(/\\([@~#$])/g, '$1'));
  return match === null ? undefined : `${match[1] ?? ''}${match[2] ?? ''}`;
}

function pushAlias(name: string, value: StaticValue, config: Config): void {
  const to = pathsOf(value, config.folder)[0];
  if (to === undefined) return;
  const exact = name.length > 1 && name.endsWith('$');
  const find = exact ? name.slice(0, -1) : name.replace(/\/\*$/, '');
  config.facts.aliases.push(exact ? { folder: config.folder, find, to, exact: true } : { folder: config.folder, find, to });
}

/** Paths relative to the root: texts count from `folder`. */
function pathsOf(value: StaticValue, folder: string): string[] {
  return parts(value).flatMap((part) => {
    if (part.kind === 'path') return [part.path];
    if (part.kind === 'array') return part.items.flatMap((item) => pathsOf(item, folder));
    if (part.kind !== 'text' || /^[a-z]+:\/\//.test(part.text)) return [];
    const path = joinPath(folder, part.text.replace(/\/?\*$/, '').replace(/^<rootDir>\//, ''));
    return path === undefined ? [] : [path];
  });
}

/** Every file that an `entry`, `input` or `entryPoints` names: a string, a list, a map of them, `{ import: … }`. */
function readInputs(values: readonly StaticValue[], input: Pick<ConfiguredInput, 'side' | 'reason' | 'confidence'>, config: Config): void {
  const collect = (value: StaticValue, depth: number): void => {
    if (depth > 4) return;
    for (const part of parts(value)) {
      if (part.kind === 'text' || part.kind === 'path') {
        const path = part.kind === 'path' ? part.path : joinPath(config.folder, part.text);
        if (path !== undefined && path !== '' && !/\.(?:css|s[ac]ss|less|styl)$/.test(path)) config.facts.inputs.push({ ...input, path, file: config.file, at: part.at });
      } else if (part.kind === 'array') part.items.forEach((item) => collect(item, depth + 1));
      else if (part.kind === 'object') {
        for (const entry of part.entries) if (!/^(?:dependOn|filename|library|publicPath|runtime|chunks|title|html|layer|out)$/.test(entry.key ?? '')) collect(entry.value, depth + 1);
      }
    }
  };
  for (const value of values) collect(value, 0);
}

function readSourceMaps(values: readonly StaticValue[], config: Config): void {
  for (const value of values) {
    for (const part of parts(value)) {
      if (part.kind === 'constant' && typeof part.value === 'boolean') config.facts.sourceMaps = part.value;
      else if (part.kind === 'text' && part.text !== '') config.facts.sourceMaps = !/^(?:none|eval(?!-source-map)\S*|external-none)$/.test(part.text);
    }
  }
}

// --- one function a tool --------------------------------------------------------------------------------------------------------

/** https://nextjs.org/docs/app/api-reference/config/next-config-js; built: `env` needs no prefix. */
function readNext(config: Config): void {
  const { main } = config;
  const endings = valuesAt(main, ['pageExtensions']).flatMap(textsOf);
  if (endings.length > 0) config.facts.pageExtensions = endings;
  for (const value of valuesAt(main, ['env'])) injectEntries(value, { how: 'env', key: 'env', access: ['process.env'] }, config);
  for (const value of valuesAt(main, ['compiler', 'define'])) injectDefinitions(value, 'compiler.define', config);
  for (const value of valuesAt(main, ['publicRuntimeConfig'])) injectEntries(value, { how: 'runtime-config', key: 'publicRuntimeConfig', always: true }, config);
  for (const path of [['turbopack', 'resolveAlias'], ['experimental', 'turbo', 'resolveAlias']]) readAliases(valuesAt(main, path), config);
  readSourceMaps(valuesAt(main, ['productionBrowserSourceMaps']), config);
}

/** https://vite.dev/config; `at` is where a host framework keeps Vite's options. */
function readVite(config: Config, at: readonly string[], host?: string): void {
  const read = (...path: string[]): StaticValue[] => valuesAt(config.main, [...at, ...path]);
  for (const value of read('define')) injectDefinitions(value, 'define', config);
  for (const value of read('envPrefix')) readEnvPrefix(value, config);
  readAliases(read('resolve', 'alias'), config);
  readSourceMaps(read('build', 'sourcemap'), config);
  const root = read('root').flatMap((value) => pathsOf(value, config.folder))[0];
  const inRoot = root === undefined ? config : { ...config, folder: root };
  if (root !== undefined && root !== config.folder) pushPage(`${root}/index.html`, 'Vite entry page', config);
  const reason = host ?? 'Vite input';
  const server = read('build', 'ssr').some((value) => parts(value).some((part) => part.kind === 'text' || (part.kind === 'constant' && part.value === true)));
  for (const key of ['rollupOptions', 'rolldownOptions']) {
    readInputs(read('build', key, 'input'), { side: server ? 'server' : 'client', reason, confidence: 'certain' }, inRoot);
  }
  // A library is built for whoever imports it, server or client.
  readInputs(read('build', 'lib', 'entry'), { side: 'client', reason: host ?? 'Vite library entry', confidence: host === undefined ? 'possible' : 'certain' }, inRoot);
  for (const call of callsIn(read('plugins'))) readVitePlugin(call, inRoot);
}

function pushPage(path: string, reason: string, { file, facts }: Config): void {
  facts.inputs.push({ path, side: 'client', reason, confidence: 'certain', file, at: [0, 0] });
}

function callsIn(values: readonly StaticValue[]): (StaticValue & { kind: 'call' })[] {
  return values.flatMap((value) => parts(value).flatMap((part) => (part.kind === 'array' ? callsIn(part.items) : part.kind === 'call' ? [part] : [])));
}

/** Plugins that open names or begin bundles: `vite-plugin-environment`, `laravel-vite-plugin`, `vite-plugin-ruby`'s input. */
function readVitePlugin(call: StaticValue & { kind: 'call' }, config: Config): void {
  const [first, second] = call.args;
  if (/^(?:environment\w*|EnvironmentPlugin)$/i.test(call.callee) && first !== undefined) {
    const defineOn = second === undefined ? undefined : valuesAt(second, ['defineOn']).flatMap(textsOf)[0];
    injectNames(first, 'EnvironmentPlugin', [defineOn === 'import.meta.env' ? 'import.meta.env' : 'process.env'], config);
  }
  if (/^laravel$/i.test(call.callee) && first !== undefined) {
    const input = valuesAt(first, ['input']);
    readInputs(input.length > 0 ? input : [first], { side: 'client', reason: 'Laravel Vite input', confidence: 'certain' }, config);
  }
}

function readEnvPrefix(value: StaticValue, config: Config): void {
  const texts = parts(value).flatMap((part) => (part.kind === 'array' ? part.items : [part])).filter((part) => part.kind === 'text');
  for (const text of texts) {
    config.facts.prefixes.push({ prefix: text.text, access: ['import.meta.env'], forms: everyForm, ships: 'object', replaces: true, file: config.file, at: text.at, confidence: 'certain' });
  }
  if (texts.length === 0) tellComputed(config.facts, config.file, 'envPrefix');
}

/** https://docs.astro.build/en/guides/environment-variables/#type-safe-environment-variables; built: any name may be opened. */
function readAstro(config: Config): void {
  readVite(config, ['vite']);
  for (const schema of valuesAt(config.main, ['env', 'schema'])) {
    for (const entry of entriesOf(schema)) {
      if (entry.key === undefined) tellComputed(config.facts, config.file, 'env.schema');
      else if (valuesAt(entry.value, ['context']).flatMap(textsOf).includes('client')) {
        config.facts.injections.push({ name: entry.key, how: 'module', variable: entry.key, file: config.file, at: entry.keyAt, always: false, confidence: 'certain' });
      }
    }
  }
}

/** https://nuxt.com/docs/api/nuxt-config; built: the public half goes into the HTML of every page. */
function readNuxt(config: Config): void {
  const { main, folder } = config;
  readVite(config, ['vite']);
  for (const value of valuesAt(main, ['runtimeConfig', 'public'])) injectTree(value, '', { how: 'runtime-config', key: 'runtimeConfig.public', always: true }, config);
  for (const key of ['publicRuntimeConfig', 'env']) for (const value of valuesAt(main, [key])) injectTree(value, '', { how: key === 'env' ? 'env' : 'runtime-config', key, always: key !== 'env' }, config);
  for (const value of valuesAt(main, ['appConfig'])) injectTree(value, '', { how: 'app-config', key: 'appConfig' }, config);
  for (const value of valuesAt(main, ['app', 'head'])) injectTree(value, '', { how: 'html', key: 'app.head', always: true }, config);
  config.facts.layers.push(...valuesAt(main, ['extends']).flatMap((value) => pathsOf(value, folder)));
  readAliases(valuesAt(main, ['alias']), config);
  readSourceMaps([...valuesAt(main, ['sourcemap']), ...valuesAt(main, ['sourcemap', 'client'])], config);
  for (const source of valuesAt(main, ['srcDir']).flatMap((value) => pathsOf(value, folder))) {
    for (const find of ['~', '@']) config.facts.aliases.push({ folder, find, to: source });
  }
}

/** Nested objects: names are dotted paths. */
function injectTree(value: StaticValue, prefix: string, injecting: Injecting, config: Config): void {
  for (const part of parts(value)) {
    if (part.kind === 'array') part.items.forEach((item, i) => injectLeaf(item, `${prefix}${i}`, injecting, config));
    if (part.kind === 'environment') injectSpread({ value: part, at: part.at, keyAt: part.at }, injecting, config);
    if (part.kind !== 'object') continue;
    for (const entry of part.entries) {
      if (entry.key !== undefined) injectLeaf(entry.value, `${prefix}${entry.key}`, injecting, config);
      else if (entry.value.kind === 'object' || entry.value.kind === 'choice') injectTree(entry.value, prefix, injecting, config);
      else injectSpread(entry, injecting, config);
    }
  }
}

function injectLeaf(value: StaticValue, name: string, injecting: Injecting, config: Config): void {
  const isTree = parts(value).some((part) => part.kind === 'object' || part.kind === 'array');
  if (isTree && name.split('.').length < 8) injectTree(value, `${name}.`, injecting, config);
  else inject(name, value, injecting, config);
}

/** https://svelte.dev/docs/kit/configuration */
function readSvelte(config: Config): void {
  const { main, file, facts, folder } = config;
  readAliases(valuesAt(main, ['kit', 'alias']), config);
  for (const lib of valuesAt(main, ['kit', 'files', 'lib']).flatMap((value) => pathsOf(value, folder))) facts.aliases.push({ folder, find: '$lib', to: lib });
  for (const value of valuesAt(main, ['kit', 'env', 'publicPrefix'])) {
    for (const prefix of textsOf(value)) {
      facts.prefixes.push({ prefix, access: ['module'], modules: ['$env/static/public', '$env/dynamic/public'], forms: everyForm, ships: 'read', replaces: true, file, at: value.at, confidence: 'certain' });
    }
  }
}

/** https://rsbuild.rs/config */
function readRsbuild(config: Config): void {
  const { main } = config;
  for (const path of [['source', 'define'], ['environments', 'web', 'source', 'define']]) for (const value of valuesAt(main, path)) injectDefinitions(value, 'source.define', config);
  for (const path of [['source', 'alias'], ['resolve', 'alias']]) readAliases(valuesAt(main, path), config);
  const node = valuesAt(main, ['output', 'target']).flatMap(textsOf).includes('node');
  readInputs([...valuesAt(main, ['source', 'entry']), ...valuesAt(main, ['environments', 'web', 'source', 'entry'])], { side: node ? 'server' : 'client', reason: 'Rsbuild entry', confidence: 'certain' }, config);
  readInputs(valuesAt(main, ['environments', 'node', 'source', 'entry']), { side: 'server', reason: 'Rsbuild entry', confidence: 'certain' }, config);
  readSourceMaps([...valuesAt(main, ['output', 'sourceMap']), ...valuesAt(main, ['output', 'sourceMap', 'js'])], config);
}

/** A configuration may be a list of them, each with a target of its own (https://webpack.js.org/configuration/target). */
function readWebpack(config: Config): void {
  const lists = parts(config.main).filter((part) => part.kind === 'array');
  const groups = lists.length > 0 ? lists.flatMap((list) => list.items) : [config.main];
  for (const group of groups) {
    const targets = valuesAt(group, ['target']).flatMap(textsOf);
    const side = targets.length > 0 && targets.every((target) => /node/.test(target)) ? 'server' : 'client';
    readInputs(valuesAt(group, ['entry']), { side, reason: 'webpack entry', confidence: 'certain' }, config);
  }
  const { main } = config;
  readInputs([...valuesAt(main, ['pages', '*', 'entry']), ...valuesAt(main, ['pages', '*']).filter((value) => value.kind === 'text')], { side: 'client', reason: 'Vue CLI page', confidence: 'certain' }, config);
  for (const path of [['resolve', 'alias'], ['configureWebpack', 'resolve', 'alias'], ['webpack', 'alias']]) readAliases(valuesAt(main, path), config);
  readSourceMaps([...valuesAt(main, ['devtool']), ...valuesAt(main, ['productionSourceMap'])], config);
  for (const path of [['builtins', 'define']]) for (const value of valuesAt(main, path)) injectDefinitions(value, 'builtins.define', config);
}

/** `config.plugin("define").tap((args) => { args[0]["process.env"].X = …; return args; })` of Vue CLI's `chainWebpack`. */
function readDefinedWrites(module: StaticModule, config: Config): void {
  for (const { keys, value } of module.writes()) {
    const at = keys.findIndex((key) => /^(?:process\.env|import\.meta\.env)(?:\.|$)/.test(key));
    const name = keys.slice(at).join('.');
    if (at >= 0) injectDefinition(name, value, 'chainWebpack', config);
    // `args[0] = { ...args[0], __KEY__: … }`
    else if (keys.length === 1 && parts(value).some((part) => part.kind === 'object')) injectDefinitions(value, 'chainWebpack', config);
  }
}

/** Rollup builds for browsers when it makes a script (`iife`, `umd`); a module may be for either side. */
function readRollup(config: Config): void {
  const lists = parts(config.main).filter((part) => part.kind === 'array');
  const groups = lists.length > 0 ? lists.flatMap((list) => list.items) : [config.main];
  for (const group of groups) {
    const formats = [...valuesAt(group, ['output', 'format']), ...valuesAt(group, ['output', '*', 'format'])].flatMap(textsOf);
    const platform = valuesAt(group, ['platform']).flatMap(textsOf);
    const isScript = formats.some((format) => /^(?:iife|umd|amd|system)$/.test(format)) || platform.includes('browser') || resolvesForBrowser(group);
    const isServer = platform.includes('node') || (formats.length > 0 && formats.every((format) => /^(?:cjs|commonjs)$/.test(format)));
    const input = { side: isServer ? ('server' as const) : ('client' as const), reason: 'Rollup input', confidence: isScript ? ('certain' as const) : ('possible' as const) };
    readInputs([...valuesAt(group, ['input']), ...valuesAt(group, ['entry'])], input, config);
    for (const path of [['transform', 'define'], ['define']]) for (const value of valuesAt(group, path)) injectDefinitions(value, path.join('.'), config);
    readSourceMaps([...valuesAt(group, ['output', 'sourcemap']), ...valuesAt(group, ['output', '*', 'sourcemap'])], config);
    readAliases(valuesAt(group, ['resolve', 'alias']), config);
  }
}

/** `nodeResolve({ browser: true })`: the bundle is made for browsers. */
function resolvesForBrowser(group: StaticValue): boolean {
  const plugins = valuesAt(group, ['plugins']).flatMap((list) => (list.kind === 'array' ? list.items : [list]));
  return plugins.some((plugin) => plugin.kind === 'call' && plugin.args.some((options) => valuesAt(options, ['browser']).some((value) => value.kind === 'constant' && value.value === true)));
}

/** https://docs.expo.dev/workflow/configuration; built: `extra` is in the bundle as a whole. */
function readExpo(config: Config): void {
  for (const path of [['extra'], ['expo', 'extra']]) {
    for (const value of valuesAt(config.main, path)) injectTree(value, '', { how: 'expo-extra', key: 'extra', always: true }, config);
  }
  const platforms = [['platforms'], ['expo', 'platforms']].flatMap((path) => valuesAt(config.main, path)).flatMap((value) => (value.kind === 'array' ? value.items : [])).flatMap(textsOf);
  if (platforms.length > 0) config.facts.platforms = platforms;
  readNuxtAppConfig(config);
}

/** Nuxt's `app.config.ts` bears the same name as Expo's: `defineAppConfig({ … })` tells it apart, and ships whole. */
function readNuxtAppConfig(config: Config): void {
  const call = parts(config.main).find((part) => part.kind === 'call' && part.callee === 'defineAppConfig');
  if (call !== undefined) injectTree(call, '', { how: 'app-config', key: 'defineAppConfig' }, config);
}

/** https://capacitorjs.com/docs/config: the whole configuration is packed into the app. */
function readCapacitor(config: Config): void {
  const folders = valuesAt(config.main, ['webDir']).flatMap((value) => pathsOf(value, config.folder));
  config.facts.carriers.push(...folders);
  injectTree(config.main, '', { how: 'app-config', key: 'plugins', always: true }, config);
}

/** Babel plugins by their name: names inlined, aliases. */
function readBabel(config: Config): void {
  const plugins = [...valuesAt(config.main, ['plugins']), ...valuesAt(config.main, ['env', '*', 'plugins'])];
  for (const plugin of plugins.flatMap((value) => parts(value)).flatMap((part) => (part.kind === 'array' ? part.items : []))) {
    const [first, options] = plugin.kind === 'array' ? plugin.items : [plugin];
    if (first === undefined || first.kind !== 'text') continue;
    if (/transform-inline-environment-variables/.test(first.text)) readInlineAll(first.at, options, config);
    if (/module-resolver/.test(first.text) && options !== undefined) readAliases(valuesAt(options, ['alias']), config);
    if (/react-native-dotenv|inline-dotenv/.test(first.text)) {
      const name = (options === undefined ? [] : valuesAt(options, ['moduleName'])).flatMap(textsOf)[0] ?? '@env';
      config.facts.prefixes.push({ prefix: '', access: ['module', 'process.env'], modules: [name], forms: ['dot', 'bracket', 'destructured'], ships: 'read', replaces: false, file: config.file, at: first.at, confidence: 'certain' });
    }
  }
}

/** https://www.npmjs.com/package/babel-plugin-transform-inline-environment-variables; built: dot and bracket, not destructuring. */
function readInlineAll(at: Span, options: StaticValue | undefined, config: Config): void {
  const included = options === undefined ? [] : valuesAt(options, ['include']).flatMap(textsOf);
  const { file, facts } = config;
  if (included.length === 0) {
    facts.prefixes.push({ prefix: '', access: ['process.env'], forms: ['dot', 'bracket'], ships: 'read', replaces: false, file, at, confidence: 'certain' });
  }
  for (const name of included) facts.injections.push({ name, how: 'env', access: ['process.env'], variable: name, file, at, always: false, confidence: 'certain' });
}

// --- plugins and build calls, wherever they stand -------------------------------------------------------------------------------

function readPlugins(module: StaticModule, config: Config): void {
  for (const call of module.calls()) {
    const name = call.callee.slice(call.callee.lastIndexOf('.') + 1);
    const [first] = call.args;
    if (name === 'DefinePlugin' && first !== undefined) injectDefinitions(first, 'DefinePlugin', config);
    // Built: since webpack 5.100 it also defines `import.meta.env.X`.
    else if (name === 'EnvironmentPlugin' && call.isNew) for (const arg of call.args) injectNames(arg, 'EnvironmentPlugin', ['process.env', 'import.meta.env'], config);
    else if (/^(?:Dotenv|DotenvPlugin|DotenvWebpack|DotenvWebPack)$/.test(name) && call.isNew) openDotenv(call, config);
    else if (/^(?:replace|replacePlugin)$/.test(name) && first !== undefined) readReplace(first, config);
  }
}

/** `["A", "B"]` or `{ A: "default" }`: names whose values go to the client. */
function injectNames(value: StaticValue, key: string, access: readonly VariableAccess[], config: Config): void {
  const { file, facts } = config;
  const add = (name: string, at: Span): void => void facts.injections.push({ name, how: 'env', access, variable: name, file, at, always: false, confidence: 'certain' });
  for (const part of parts(value)) {
    if (part.kind === 'text' && part.text === 'all') facts.prefixes.push({ prefix: '', access, forms: ['dot', 'bracket', 'optional'], ships: 'read', replaces: false, file, at: part.at, confidence: 'certain' });
    else if (part.kind === 'text') add(part.text, part.at);
    else if (part.kind === 'array') {
      for (const item of part.items) {
        if (item.kind === 'text') add(item.text, item.at);
        else tellComputed(facts, file, key);
      }
    } else if (part.kind === 'object') {
      for (const entry of entriesOf(part)) {
        if (entry.key === undefined) injectSpread(entry, { how: 'env', key, access }, config);
        else add(entry.key, entry.keyAt);
      }
    } else if (part.kind === 'unknown') tellComputed(facts, file, key);
  }
}

/** `dotenv-webpack` (built): every name of the env file, with `systemvars` every name at all; webpack's own plugin asks for a prefix. */
function openDotenv(call: StaticValue & { kind: 'call' }, config: Config): void {
  const own = call.callee.endsWith('DotenvPlugin');
  const prefixes = call.args.flatMap((arg) => valuesAt(arg, ['prefix'])).flatMap(textsOf);
  for (const prefix of prefixes.length > 0 && own ? prefixes : [own ? 'WEBPACK_' : '']) {
    config.facts.prefixes.push({ prefix, access: ['process.env'], forms: ['dot', 'bracket', 'optional', 'destructured'], ships: 'read', replaces: false, file: config.file, at: call.at, confidence: 'certain' });
  }
}

/** `@rollup/plugin-replace`: its own options aside, keys are texts that it replaces; `values` holds them too. */
function readReplace(value: StaticValue, config: Config): void {
  for (const nestedValues of valuesAt(value, ['values'])) injectDefinitions(nestedValues, 'replace', config);
  for (const entry of entriesOf(value)) {
    if (entry.key !== undefined && !/^(?:values|preventAssignment|include|exclude|delimiters|sourceMap|objectGuards)$/.test(entry.key)) injectDefinition(entry.key, entry.value, 'replace', config);
  }
}

/** `esbuild.build({ … })`, `Bun.build({ … })`, `vite.build({ … })` in a build file. */
function readBuildCalls(module: StaticModule, config: Config): void {
  for (const call of module.calls()) {
    const name = call.callee.slice(call.callee.lastIndexOf('.') + 1);
    if (!/^(?:build|buildSync|context|rolldown|rollup|defineConfig)$/.test(name)) continue;
    const [options] = call.args;
    if (options === undefined) continue;
    const inputs = [...valuesAt(options, ['entryPoints']), ...valuesAt(options, ['entrypoints'])];
    if (inputs.length === 0) continue;
    const platform = [...valuesAt(options, ['platform']), ...valuesAt(options, ['target'])].flatMap(textsOf);
    const side = platform.some((item) => /^(?:node|bun)/.test(item)) ? 'server' : 'client';
    const bundles = call.callee.startsWith('Bun') || valuesAt(options, ['bundle']).some((value) => !(value.kind === 'constant' && value.value === false));
    readInputs(inputs, { side, reason: call.callee.startsWith('Bun') ? 'Bun entry' : 'esbuild entry', confidence: bundles ? 'certain' : 'possible' }, config);
    if (side === 'client') for (const value of valuesAt(options, ['define'])) injectDefinitions(value, 'define', config);
    for (const value of valuesAt(options, ['env'])) for (const text of textsOf(value)) openBunEnv(text, config.file, value.at, config.facts);
    readSourceMaps(valuesAt(options, ['sourcemap']), config);
  }
}
