import type { Span } from '../../syntax/span.ts';
import { noteMinified, tellComputed } from './config-facts.ts';
import { injectDefinitions, injectEntries, injectNames, injectTree, type Config } from './config-injections.ts';
import { pathsOf, readAliases, readInputs, readMinified, readSourceMaps } from './config-paths.ts';
import { everyForm } from './framework.ts';
import type { StaticModule } from './static-scope.ts';
import { entriesOf, parts, textsOf, valuesAt, type StaticValue } from './static-value.ts';

/** Reads what a tool's own configuration file says, by the name of the file. */
export function readByName(name: string, config: Config): void {
  for (const [pattern, read] of tools) if (pattern.test(name)) return read(config);
}

const tools: readonly (readonly [RegExp, (config: Config) => void])[] = [
  [/^next\./, readNext],
  [/^(?:vite|vitest|react-router|qwik|solid|wxt)\./, (config) => readVite(config, [])],
  [/^astro\./, readAstro],
  [/^nuxt\./, readNuxt],
  [/^svelte\./, readSvelte],
  [/^electron\.vite\./, (config) => ['main', 'preload', 'renderer'].forEach((part) => readVite(config, [part], `Electron ${part}`))],
  [/^(?:rsbuild|modern)\./, readRsbuild],
  [/^(?:webpack|rspack|craco|vue)\b/, readWebpack],
  [/^(?:rollup|rolldown|tsdown)\b/, readRollup],
  [/^app\.config\./, readExpo],
  [/^babel\./, readBabel],
  [/^capacitor\./, readCapacitor],
];

/** Calls by which a script of the repository builds: `vite.build({ … })`, `rollup({ … })`, `webpack({ … })`, `createRsbuild({ … })`. */
export function readScriptedBuilds(module: StaticModule, config: Config): void {
  for (const call of module.calls()) {
    const name = call.callee.slice(call.callee.lastIndexOf('.') + 1);
    const [options] = call.args;
    if (options === undefined) continue;
    const inCall = { ...config, main: options };
    if (name === 'build' && valuesAt(options, ['entryPoints']).length === 0 && valuesAt(options, ['entrypoints']).length === 0) {
      const isRolldown = valuesAt(options, ['input']).length > 0;
      if (isRolldown) readRollup(inCall);
      else readVite(inCall, []);
    } else if (name === 'rollup' || name === 'rolldown') readRollup(inCall);
    else if (name === 'webpack' || name === 'rspack') readWebpack(inCall);
    else if (name === 'createRsbuild') for (const inner of valuesAt(options, ['rsbuildConfig'])) readRsbuild({ ...config, main: inner });
    else if (name === 'Parcel' && call.isNew) readInputs(valuesAt(options, ['entries']), { side: 'client', reason: 'Parcel entry', confidence: 'certain' }, config);
  }
}

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
  readMinified(read('build', 'minify'), config);
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

function readEnvPrefix(value: StaticValue, config: Config): void {
  const texts = parts(value).flatMap((part) => (part.kind === 'array' ? part.items : [part])).filter((part) => part.kind === 'text');
  for (const text of texts) {
    config.facts.prefixes.push({ prefix: text.text, access: ['import.meta.env'], forms: everyForm, ships: 'object', replaces: true, file: config.file, at: text.at, confidence: 'certain' });
  }
  if (texts.length > 0) return;
  tellComputed(config.facts, config.file, 'envPrefix', ['import.meta.env']);
  config.facts.hasUnknownPrefixes = true;
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
  readMode(main, config);
  readMinified(valuesAt(main, ['output', 'minify']), config);
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
  for (const group of groups) readMode(group, config);
  const minimize = valuesAt(main, ['optimization', 'minimize']);
  if (minimize.length > 0 && minimize.every((value) => value.kind === 'constant' && value.value === false)) config.facts.minified = false;
  readSourceMaps([...valuesAt(main, ['devtool']), ...valuesAt(main, ['productionSourceMap'])], config);
  for (const path of [['builtins', 'define']]) for (const value of valuesAt(main, path)) injectDefinitions(value, 'builtins.define', config);
}

/** `mode: "development"` leaves everything as it is; a mode that is computed is the one of production (https://webpack.js.org/configuration/mode). */
function readMode(group: StaticValue, config: Config): void {
  const modes = valuesAt(group, ['mode']).flatMap(textsOf);
  if (modes.length > 0) noteMinified(config.facts, modes.includes('production'));
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
    noteMinified(config.facts, minifies(group));
    readSourceMaps([...valuesAt(group, ['output', 'sourcemap']), ...valuesAt(group, ['output', '*', 'sourcemap'])], config);
    readAliases(valuesAt(group, ['resolve', 'alias']), config);
  }
}

/** A plugin that minifies, `esbuild({ minify: true })`, Rolldown's `output.minify`. */
function minifies(group: StaticValue): boolean {
  const isOn = (value: StaticValue): boolean => value.kind === 'text' || value.kind === 'object' || value.kind === 'unknown' || (value.kind === 'constant' && value.value !== false);
  const plugins = [['plugins'], ['output', 'plugins'], ['output', '*', 'plugins']].flatMap((path) => callsIn(valuesAt(group, path)));
  if (plugins.some((plugin) => /terser|uglify|minif/i.test(plugin.callee) || plugin.args.some((options) => valuesAt(options, ['minify']).some(isOn)))) return true;
  return [['output', 'minify'], ['output', '*', 'minify'], ['minify']].some((path) => valuesAt(group, path).some(isOn));
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
